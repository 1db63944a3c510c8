// Threads that wait for work and do their share of it. A thread waits awake for a short while, because the products of
// a step follow each other closely, then sleeps: a paused team uses no processor.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "kernel_set.h"

typedef struct {
  kernels_loop *loop;
  const void *work;
  size_t count, grain;
} task;

struct kernels_team {
  size_t threads, started;
  task task;
  // Counts the tasks, so that a worker can tell a new one from the one it has done.
  _Alignas(64) atomic_size_t generation;
  _Alignas(64) atomic_size_t unfinished;
  // Only for those who have waited long enough to sleep.
  _Alignas(64) atomic_size_t sleepers;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  atomic_bool ending;
  pthread_t worker[];
};

typedef struct {
  kernels_team *team;
  size_t index;
} membership;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Waits until `counter` is no longer (or, with `until`, has become) `value`.
static void await(kernels_team *team, atomic_size_t *counter, size_t value, bool until) {
  // About 20 to 40 µs, as long as it takes to wake a thread: then waiting awake costs at most twice the best choice.
  for (int i = 0; i < 1000; i++) {
    if ((atomic_load_explicit(counter, memory_order_acquire) == value) == until) return;
    pause_briefly();
  }
  pthread_mutex_lock(&team->mutex);
  atomic_fetch_add(&team->sleepers, 1);
  while ((atomic_load(counter) == value) != until) pthread_cond_wait(&team->changed, &team->mutex);
  atomic_fetch_sub(&team->sleepers, 1);
  pthread_mutex_unlock(&team->mutex);
}

// Wakes sleepers after a counter has changed. Either they see the change before they sleep, or are seen here.
static void wake(kernels_team *team) {
  if (atomic_load(&team->sleepers) == 0) return;
  pthread_mutex_lock(&team->mutex);
  pthread_cond_broadcast(&team->changed);
  pthread_mutex_unlock(&team->mutex);
}

static void do_share(const task *task, size_t index, size_t threads) {
  size_t grains = (task->count + task->grain - 1) / task->grain;
  size_t first = grains * index / threads * task->grain, last = grains * (index + 1) / threads * task->grain;
  if (last > task->count) last = task->count;
  if (first < last) task->loop(task->work, first, last);
}

static void *work(void *argument) {
  membership member = *(membership *)argument;
  free(argument);
  kernels_team *team = member.team;
  for (size_t done = 0;; done++) {
    await(team, &team->generation, done, false);
    if (atomic_load(&team->ending)) return NULL;
    do_share(&team->task, member.index, team->threads);
    if (atomic_fetch_sub(&team->unfinished, 1) == 1) wake(team);
  }
}

void kernels_share(kernels_team *team, kernels_loop *loop, const void *work, size_t count, size_t grain) {
  task task = {loop, work, count, grain};
  if (team == NULL) {
    do_share(&task, 0, 1);
    return;
  }
  team->task = task;
  atomic_store(&team->unfinished, team->threads - 1);
  atomic_fetch_add(&team->generation, 1);
  wake(team);
  do_share(&task, 0, team->threads);
  await(team, &team->unfinished, 0, true);
}

kernels_team *kernels_team_create(size_t threads) {
  // Whole cache lines, as the alignment of the counters demands.
  size_t size = (sizeof(kernels_team) + threads * sizeof(pthread_t) + 63) / 64 * 64;
  kernels_team *team = aligned_alloc(64, size);
  if (team == NULL) return NULL;
  team->threads = threads;
  team->started = 0;
  atomic_init(&team->generation, 0);
  atomic_init(&team->unfinished, 0);
  atomic_init(&team->sleepers, 0);
  atomic_init(&team->ending, false);
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->changed, NULL);
  for (size_t index = 1; index < threads; index++) {
    membership *member = malloc(sizeof *member);
    if (member != NULL) *member = (membership){team, index};
    if (member == NULL || pthread_create(&team->worker[team->started], NULL, work, member) != 0) {
      free(member);
      kernels_team_destroy(team);
      return NULL;
    }
    team->started++;
  }
  return team;
}

void kernels_team_destroy(kernels_team *team) {
  atomic_store(&team->ending, true);
  atomic_fetch_add(&team->generation, 1);
  wake(team);
  for (size_t i = 0; i < team->started; i++) pthread_join(team->worker[i], NULL);
  pthread_cond_destroy(&team->changed);
  pthread_mutex_destroy(&team->mutex);
  free(team);
}
