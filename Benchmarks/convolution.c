// Times the kernels of convolutions for Benchmarks/convolution, which sends a shape a line and reads three times a line: of
// the output, of the gradient of the input and of that of the weights, in seconds.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kernels.h"

// One thread's own time is that of the processor: what else the machine does then matters less.
static clockid_t watch = CLOCK_MONOTONIC;

static double seconds(void) {
  struct timespec now;
  clock_gettime(watch, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static float *numbers(size_t count) {
  float *result = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  uint32_t state = 1;
  for (size_t i = 0; i < count; i++) {
    state = state * 1664525 + 1013904223;
    result[i] = (float)(state >> 8) / 8388608 - 1;
  }
  return result;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// The median of as many times as fit into a quarter of a second, at least three.
#define MEDIAN(call)                                                           \
  ({                                                                           \
    double times[1000], begin = seconds();                                     \
    size_t count = 0;                                                          \
    call;                                                                      \
    while (count < 3 || (count < 1000 && seconds() - begin < 0.25)) {          \
      double start = seconds();                                                \
      call;                                                                    \
      times[count++] = seconds() - start;                                      \
    }                                                                          \
    qsort(times, count, sizeof *times, ascending);                             \
    times[count / 2];                                                          \
  })

int main(int count, char **arguments) {
  if (count < 2) return 2;
  size_t threads = (size_t)atoi(arguments[1]);
  if (threads == 1) watch = CLOCK_THREAD_CPUTIME_ID;
  const kernels *kernels = kernels_default();
  kernels_team *team = threads == 1 ? NULL : kernels_team_create(threads);
  printf("%s %g\n", kernels_name(kernels), kernels_measure_arithmetic(kernels, team));
  fflush(stdout);
  kernels_convolution shape;
  while (scanf("%zu %zu %zu %zu %zu %zu %zu %zu %zu", &shape.samples, &shape.height, &shape.width, &shape.channels,
               &shape.outputs, &shape.kernel_height, &shape.kernel_width, &shape.stride, &shape.padding) == 9) {
    size_t rows = (shape.height + 2 * shape.padding - shape.kernel_height) / shape.stride + 1;
    size_t columns = (shape.width + 2 * shape.padding - shape.kernel_width) / shape.stride + 1;
    size_t inputs = shape.samples * shape.height * shape.width * shape.channels;
    size_t weights = shape.kernel_height * shape.kernel_width * shape.channels * shape.outputs;
    size_t outputs = shape.samples * rows * columns * shape.outputs;
    float *input = numbers(inputs), *weight = numbers(weights), *output = numbers(outputs), *bias = numbers(shape.outputs);
    float *input_gradient = numbers(inputs), *weight_gradient = numbers(weights), *bias_gradient = numbers(shape.outputs);
    float *scratch = numbers(kernels_convolution_scratch(kernels, threads, &shape));
    double forward = MEDIAN(kernels_convolve(kernels, team, &shape, input, weight, bias, output, scratch));
    double backward = MEDIAN(kernels_convolve_input_gradient(kernels, team, &shape, output, weight, input_gradient, scratch));
    double update = MEDIAN(kernels_convolve_weight_gradient(kernels, team, &shape, input, output, weight_gradient, bias_gradient, scratch));
    printf("%g %g %g\n", forward, backward, update);
    fflush(stdout);
    free(input), free(weight), free(output), free(bias), free(input_gradient), free(weight_gradient), free(bias_gradient);
    free(scratch);
  }
  if (team) kernels_team_destroy(team);
  return 0;
}
