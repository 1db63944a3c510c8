// Measures what bounds the kernels on this machine. The fastest of many short trials counts: other work on the machine only
// ever makes one slower.
#include <stdlib.h>
#include <time.h>

#include "kernel_set.h"
#include "work.h"

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double kernels_measure_arithmetic(const kernels *kernels, kernels_team *team) {
  // A trial takes about a millisecond.
  enum { count = 64 };
  float results[count];
  const limit_measurement work = {NULL, results};
  double best = 0;
  for (int trial = 0; trial < 60; trial++) {
    double start = seconds();
    kernels_share(team, kernels->multiply_and_add, &work, count, 1);
    double rate = (double)(count * kernels->operations_measured) / (seconds() - start);
    if (rate > best) best = rate;
  }
  return best;
}

double kernels_measure_memory(const kernels *kernels, kernels_team *team) {
  // More than any cache holds, as a rule.
  enum { pages = 384 };
  size_t bytes = (size_t)pages * LIMIT_PAGE * sizeof(float);
  float *values = malloc(bytes), results[pages];
  if (values == NULL) return 0;
  for (size_t i = 0; i < (size_t)pages * LIMIT_PAGE; i++) values[i] = 1;
  const limit_measurement work = {values, results};
  double best = 0;
  for (int trial = 0; trial < 6; trial++) {
    double start = seconds();
    kernels_share(team, kernels->read_memory, &work, pages, 1);
    double rate = (double)bytes / (seconds() - start);
    if (rate > best) best = rate;
  }
  free(values);
  return best;
}
