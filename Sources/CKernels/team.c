// Threads that wait for products and compute their share of the rows. A waiting team uses no processor.
#include <pthread.h>
#include <stdlib.h>

#include "kernel_set.h"

struct kernels_team {
  pthread_mutex_t mutex;
  pthread_cond_t work_arrived, work_done;
  const kernels *kernels;
  const kernels_product *product;
  // Counts the products, so that a worker can tell a new one from the one it has done.
  size_t generation;
  size_t unfinished;
  bool ending;
  size_t threads;
  size_t started;
  pthread_t worker[];
};

typedef struct {
  kernels_team *team;
  size_t index;
} membership;

static void multiply_share(const kernels *kernels, const kernels_product *product, size_t index, size_t threads) {
  size_t height = kernels->tile_rows, tiles = (product->rows + height - 1) / height;
  size_t first = tiles * index / threads * height, last = tiles * (index + 1) / threads * height;
  if (last > product->rows) last = product->rows;
  if (first < last) kernels->multiply(product, first, last);
}

static void *work(void *argument) {
  membership member = *(membership *)argument;
  free(argument);
  kernels_team *team = member.team;
  size_t seen = 0;
  for (;;) {
    pthread_mutex_lock(&team->mutex);
    while (team->generation == seen && !team->ending) pthread_cond_wait(&team->work_arrived, &team->mutex);
    bool ending = team->ending;
    seen = team->generation;
    const kernels *kernels = team->kernels;
    const kernels_product *product = team->product;
    pthread_mutex_unlock(&team->mutex);
    if (ending) return NULL;

    multiply_share(kernels, product, member.index, team->threads);

    pthread_mutex_lock(&team->mutex);
    if (--team->unfinished == 0) pthread_cond_signal(&team->work_done);
    pthread_mutex_unlock(&team->mutex);
  }
}

kernels_team *kernels_team_create(size_t threads) {
  kernels_team *team = calloc(1, sizeof *team + threads * sizeof(pthread_t));
  if (team == NULL) return NULL;
  team->threads = threads;
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->work_arrived, NULL);
  pthread_cond_init(&team->work_done, NULL);
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
  pthread_mutex_lock(&team->mutex);
  team->ending = true;
  pthread_cond_broadcast(&team->work_arrived);
  pthread_mutex_unlock(&team->mutex);
  for (size_t i = 0; i < team->started; i++) pthread_join(team->worker[i], NULL);
  pthread_cond_destroy(&team->work_arrived);
  pthread_cond_destroy(&team->work_done);
  pthread_mutex_destroy(&team->mutex);
  free(team);
}

void kernels_multiply(const kernels *kernels, const kernels_product *product, kernels_team *team) {
  // Below this much work, waking a thread costs more than it saves.
  const size_t worth_sharing = 1 << 20;
  if (team == NULL || team->threads < 2 || product->rows * product->columns * product->depth < worth_sharing) {
    kernels->multiply(product, 0, product->rows);
    return;
  }
  pthread_mutex_lock(&team->mutex);
  team->kernels = kernels;
  team->product = product;
  team->generation++;
  team->unfinished = team->threads - 1;
  pthread_cond_broadcast(&team->work_arrived);
  pthread_mutex_unlock(&team->mutex);

  multiply_share(kernels, product, 0, team->threads);

  pthread_mutex_lock(&team->mutex);
  while (team->unfinished > 0) pthread_cond_wait(&team->work_done, &team->mutex);
  pthread_mutex_unlock(&team->mutex);
}
