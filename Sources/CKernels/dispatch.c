// Chooses the kernels once, when they are first needed.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "kernel_set.h"
#include "philox.h"

static const kernel_set *current = &kernel_set_portable;
static pthread_once_t chosen = PTHREAD_ONCE_INIT;

static const kernel_set *find(const char *name) {
  if (strcmp(name, "portable") == 0) return &kernel_set_portable;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return &kernel_set_avx2;
  if (strcmp(name, "avx512") == 0 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return &kernel_set_avx512;
#endif
  return NULL;
}

static void choose(void) {
  static const char *const best_first[] = {"avx512", "avx2", "portable"};
  const char *wanted = getenv("FMNIST_KERNELS");
  const kernel_set *set = wanted ? find(wanted) : NULL;
  for (size_t i = 0; set == NULL; i++) set = find(best_first[i]);
  current = set;
}

const kernel_set *kernel_set_current(void) {
  pthread_once(&chosen, choose);
  return current;
}

const char *kernels_name(void) { return kernel_set_current()->name; }

bool kernels_select(const char *name) {
  pthread_once(&chosen, choose);
  const kernel_set *set = find(name);
  if (set != NULL) current = set;
  return set != NULL;
}

kernels_random_block kernels_philox(uint64_t key, uint32_t counter0, uint32_t counter1, uint32_t counter2,
                                    uint32_t counter3) {
  kernels_random_block block = {{counter0, counter1, counter2, counter3}};
  philox_4x32_10(block.word, key);
  return block;
}

void kernels_dropout_factors(uint64_t key, uint32_t step, uint32_t stream, uint32_t threshold, float scale, size_t rows,
                             size_t columns, float *factors) {
  kernel_set_current()->dropout_factors(key, step, stream, threshold, scale, rows, columns, factors);
}
