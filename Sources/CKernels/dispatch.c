// Chooses the kernels once, when they are first needed.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "image_change.h"
#include "kernel_set.h"
#include "philox.h"
#include "work.h"

const kernels *kernels_named(const char *name) {
  if (strcmp(name, "portable") == 0) return &kernels_portable;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return &kernels_avx2;
  if (strcmp(name, "avx512") == 0 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return &kernels_avx512;
#elif defined(__aarch64__)
  if (strcmp(name, "neon") == 0) return &kernels_neon;
#endif
  return NULL;
}

const char *kernels_set_name(size_t index) {
  static const char *const names[] = {"avx512", "avx2", "neon", "portable"};
  return index < sizeof names / sizeof names[0] ? names[index] : NULL;
}

static const kernels *chosen;

static void choose(void) {
  const char *wanted = getenv("FMNIST_KERNELS");
  chosen = wanted ? kernels_named(wanted) : NULL;
  for (size_t index = 0; chosen == NULL; index++) chosen = kernels_named(kernels_set_name(index));
}

const kernels *kernels_default(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, choose);
  return chosen;
}

size_t kernels_activation_function(const char *name) {
  size_t index = 0;
  while (kernels_portable.activation_functions[index].name &&
         strcmp(kernels_portable.activation_functions[index].name, name) != 0)
    index++;
  return index;
}

size_t kernels_update_rule(const char *name) {
  size_t index = 0;
  while (kernels_portable.update_rules[index].name && strcmp(kernels_portable.update_rules[index].name, name) != 0)
    index++;
  return index;
}

const char *kernels_name(const kernels *kernels) { return kernels->name; }

kernels_random_block kernels_philox(uint64_t key, uint32_t counter0, uint32_t counter1, uint32_t counter2,
                                    uint32_t counter3) {
  kernels_random_block block = {{counter0, counter1, counter2, counter3}};
  philox_4x32_10(block.word, key);
  return block;
}

kernels_image_change kernels_drawn_image_change(int32_t sample, size_t height, size_t width,
                                                kernels_augmentation augmentation) {
  return draw_image_change(sample, height, width, &augmentation);
}
