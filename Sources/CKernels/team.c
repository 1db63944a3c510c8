// Threads that take chunks of work, a few for each: each its own first, because what it needs is then often still in its
// cache, then those that are left. Chunks may be unequal, black images being multiplied in no time, and so may
// processors. A thread waits awake for a short while, because the loops of a step follow each other closely, then
// sleeps: a paused team uses no processor. Nobody waits for a thread that has not begun: on a busy machine the others do
// its share.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "kernel_set.h"

// As many as there are bits for them.
#define MOST_CHUNKS KERNELS_MOST_THREADS
#define CHUNKS_PER_THREAD 4

struct worker {
  pthread_t thread;
  kernels_team *team;
  // The caller is thread 0.
  size_t number;
};

struct kernels_team {
  size_t threads, started;
  // Room for numbers that all threads read.
  float *room;
  size_t room_size;
  // The work at hand; atomic because a thread may come so late that the next is being set.
  kernels_loop *_Atomic loop;
  const void *_Atomic work;
  atomic_size_t count, grain, chunks;
  // Counts works in its upper half; below, a bit for each chunk of this one that is not taken.
  _Alignas(64) _Atomic uint64_t ticket;
  // Chunks not yet done.
  _Alignas(64) atomic_size_t unfinished;
  // Only for those who have waited long enough to sleep.
  _Alignas(64) atomic_size_t sleepers;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  atomic_bool ending;
  struct worker worker[];
};

static _Thread_local size_t number_of_thread;

size_t kernels_thread(void) { return number_of_thread; }

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

typedef bool condition(kernels_team *team, uint32_t seen);

// The end is announced like work, and whoever was at work then has seen that ticket.
static bool is_new(kernels_team *team, uint32_t seen) {
  return (uint32_t)(atomic_load(&team->ticket) >> 32) != seen || atomic_load(&team->ending);
}

static bool is_done(kernels_team *team, uint32_t seen) {
  (void)seen;
  return atomic_load(&team->unfinished) == 0;
}

static void await(kernels_team *team, condition *holds, uint32_t seen) {
  // About 50 µs on an AMD EPYC, as long as it takes to wake a thread of a virtual machine: then waiting awake costs at
  // most twice the best choice.
  for (int i = 0; i < 2000; i++) {
    if (holds(team, seen)) return;
    pause_briefly();
  }
  pthread_mutex_lock(&team->mutex);
  atomic_fetch_add(&team->sleepers, 1);
  while (!holds(team, seen)) pthread_cond_wait(&team->changed, &team->mutex);
  atomic_fetch_sub(&team->sleepers, 1);
  pthread_mutex_unlock(&team->mutex);
}

// Wakes sleepers after something has changed. Either they see the change before they sleep, or are seen here.
static void wake(kernels_team *team) {
  if (atomic_load(&team->sleepers) == 0) return;
  pthread_mutex_lock(&team->mutex);
  pthread_cond_broadcast(&team->changed);
  pthread_mutex_unlock(&team->mutex);
}

// Bits for the chunks from `first` up to `last`.
static uint32_t bits(size_t first, size_t last) { return (uint32_t)((1ull << last) - (1ull << first)); }

// Does chunks until all are taken, those of the thread first; returns the number of the work they were of.
static uint32_t do_chunks(kernels_team *team, size_t thread) {
  for (;;) {
    uint64_t ticket = atomic_load(&team->ticket);
    uint32_t left = (uint32_t)ticket;
    if (left == 0) return (uint32_t)(ticket >> 32);
    kernels_loop *loop = atomic_load(&team->loop);
    const void *work = atomic_load(&team->work);
    size_t count = atomic_load(&team->count), grain = atomic_load(&team->grain), chunks = atomic_load(&team->chunks);
    uint32_t own = left & bits(thread * chunks / team->threads, (thread + 1) * chunks / team->threads);
    // Of another thread's chunks the last: that thread comes to it last.
    size_t chunk = own ? (size_t)__builtin_ctz(own) : (size_t)(31 - __builtin_clz(left));
    // Where this succeeds a chunk was left, so that what was read belongs to this ticket.
    if (!atomic_compare_exchange_strong(&team->ticket, &ticket, ticket - (1ull << chunk))) continue;
    size_t grains = (count + grain - 1) / grain;
    size_t first = grains * chunk / chunks * grain, last = grains * (chunk + 1) / chunks * grain;
    loop(work, first, last < count ? last : count);
    if (atomic_fetch_sub(&team->unfinished, 1) == 1) wake(team);
  }
}

static void *serve(void *argument) {
  const struct worker *worker = argument;
  kernels_team *team = worker->team;
  uint32_t seen = 0;
  number_of_thread = worker->number;
  for (;;) {
    await(team, is_new, seen);
    if (atomic_load(&team->ending)) return NULL;
    seen = do_chunks(team, worker->number);
  }
}

// Announces new work of so many chunks.
static void announce(kernels_team *team, size_t chunks) {
  uint64_t number = (atomic_load(&team->ticket) >> 32) + 1;
  atomic_store(&team->ticket, number << 32 | bits(0, chunks));
  wake(team);
}

void kernels_share(kernels_team *team, kernels_loop *loop, const void *work, size_t count, size_t grain) {
  size_t threads = kernels_team_size(team), grains = (count + grain - 1) / grain;
  // As many for each thread, so that equal work takes them equally long.
  size_t chunks = threads * (MOST_CHUNKS / threads < CHUNKS_PER_THREAD ? MOST_CHUNKS / threads : CHUNKS_PER_THREAD);
  if (threads == 1) chunks = 1;
  if (chunks > grains) chunks = grains;
  if (chunks <= 1) {
    loop(work, 0, count);
    return;
  }
  atomic_store(&team->loop, loop);
  atomic_store(&team->work, work);
  atomic_store(&team->count, count);
  atomic_store(&team->grain, grain);
  atomic_store(&team->chunks, chunks);
  atomic_store(&team->unfinished, chunks);
  announce(team, chunks);
  do_chunks(team, 0);
  await(team, is_done, 0);
}

size_t kernels_team_size(const kernels_team *team) { return team ? team->threads : 1; }

float *kernels_team_room(kernels_team *team, size_t count) {
  if (team->room_size < count) {
    free(team->room);
    team->room = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
    team->room_size = team->room ? count : 0;
  }
  return team->room;
}

kernels_team *kernels_team_create(size_t threads) {
  if (threads > KERNELS_MOST_THREADS) threads = KERNELS_MOST_THREADS;
  // Whole cache lines, as the alignment of the counters demands.
  size_t size = (sizeof(kernels_team) + threads * sizeof(struct worker) + 63) / 64 * 64;
  kernels_team *team = aligned_alloc(64, size);
  if (team == NULL) return NULL;
  team->threads = threads;
  team->started = 0;
  team->room = NULL;
  team->room_size = 0;
  atomic_init(&team->ticket, 0);
  atomic_init(&team->unfinished, 0);
  atomic_init(&team->sleepers, 0);
  atomic_init(&team->ending, false);
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->changed, NULL);
  for (size_t index = 1; index < threads; index++) {
    struct worker *worker = &team->worker[team->started];
    worker->team = team;
    worker->number = index;
    if (pthread_create(&worker->thread, NULL, serve, worker) != 0) {
      kernels_team_destroy(team);
      return NULL;
    }
    team->started++;
  }
  return team;
}

void kernels_team_destroy(kernels_team *team) {
  atomic_store(&team->ending, true);
  announce(team, 0);
  for (size_t i = 0; i < team->started; i++) pthread_join(team->worker[i].thread, NULL);
  pthread_cond_destroy(&team->changed);
  pthread_mutex_destroy(&team->mutex);
  free(team->room);
  free(team);
}
