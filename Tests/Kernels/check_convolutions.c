// Convolutions of odd shapes, and their gradients, against plain loops in double precision; with the same bits for any
// number of threads and for all instruction sets that multiply and add at once.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"

typedef struct {
  size_t height, width, inputs, weights, outputs;
} sizes;

static sizes sizes_of(const kernels_convolution *shape) {
  size_t height = (shape->height + 2 * shape->padding - shape->kernel_height) / shape->stride + 1;
  size_t width = (shape->width + 2 * shape->padding - shape->kernel_width) / shape->stride + 1;
  return (sizes){height, width, shape->samples * shape->height * shape->width * shape->channels,
                 shape->kernel_height * shape->kernel_width * shape->channels * shape->outputs,
                 shape->samples * height * width * shape->outputs};
}

// The output, and the gradients of the input, the weights and the biases, one after the other.
static double *expected_results(const kernels_convolution *shape, const float *input, const float *weights,
                                const float *bias, const float *upstream) {
  sizes sizes = sizes_of(shape);
  double *output = calloc(sizes.outputs + sizes.inputs + sizes.weights + shape->outputs, sizeof(double));
  double *input_gradient = output + sizes.outputs, *weight_gradient = input_gradient + sizes.inputs;
  double *bias_gradient = weight_gradient + sizes.weights;
  for (size_t pixel = 0; pixel < shape->samples * sizes.height * sizes.width; pixel++) {
    size_t sample = pixel / (sizes.height * sizes.width), y = pixel / sizes.width % sizes.height, x = pixel % sizes.width;
    for (size_t k = 0; k < shape->outputs; k++) {
      output[pixel * shape->outputs + k] = bias ? (double)bias[k] : 0;
      bias_gradient[k] += (double)upstream[pixel * shape->outputs + k];
    }
    for (size_t r = 0; r < shape->kernel_height; r++)
      for (size_t s = 0; s < shape->kernel_width; s++) {
        size_t row = y * shape->stride + r - shape->padding, column = x * shape->stride + s - shape->padding;
        if (row >= shape->height || column >= shape->width) continue;
        for (size_t c = 0; c < shape->channels; c++) {
          size_t i = ((sample * shape->height + row) * shape->width + column) * shape->channels + c;
          for (size_t k = 0; k < shape->outputs; k++) {
            size_t o = pixel * shape->outputs + k;
            size_t w = ((r * shape->kernel_width + s) * shape->channels + c) * shape->outputs + k;
            output[o] += (double)input[i] * (double)weights[w];
            input_gradient[i] += (double)upstream[o] * (double)weights[w];
            weight_gradient[w] += (double)upstream[o] * (double)input[i];
          }
        }
      }
  }
  return output;
}

static uint64_t hash(uint64_t start, const float *values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, &values[i], sizeof bits);
    start = (start ^ bits) * 0x100000001b3;
  }
  return start;
}

static void check(const char *set, const kernels_convolution *shape, uint64_t *bits) {
  const kernels *kernels = kernels_named(set);
  sizes sizes = sizes_of(shape);
#ifdef SMALL_SHAPES
  // What takes a moment takes minutes where a processor is emulated, or threads are watched.
  if (sizes.outputs * sizes.weights / shape->outputs > 1000000) return;
#endif
  // The same numbers for each instruction set.
  restart_numbers();
  float *input = numbers(sizes.inputs), *weights = numbers(sizes.weights), *upstream = numbers(sizes.outputs);
  float *bias = shape->outputs % 2 ? NULL : numbers(shape->outputs);
  double *expected = expected_results(shape, input, weights, bias, upstream);
  static const size_t threads[] = {1, 2, 3, 4, 8};
  for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
    kernels_team *team = threads[t] == 1 ? NULL : kernels_team_create(threads[t]);
    float *output = room(sizes.outputs), *input_gradient = room(sizes.inputs), *weight_gradient = room(sizes.weights);
    float *bias_gradient = room(shape->outputs);
    float *scratch = room(kernels_convolution_scratch(kernels, threads[t], shape));
    kernels_convolve(kernels, team, shape, input, weights, bias, output, scratch);
    kernels_convolve_input_gradient(kernels, team, shape, upstream, weights, input_gradient, scratch);
    kernels_convolve_weight_gradient(kernels, team, shape, input, upstream, weight_gradient, bias_gradient, scratch);
    char what[200];
    snprintf(what, sizeof what, "of %zu x %zux%zux%zu by %zux%zu to %zu, stride %zu, padding %zu, %zu threads", shape->samples,
             shape->height, shape->width, shape->channels, shape->kernel_height, shape->kernel_width, shape->outputs,
             shape->stride, shape->padding, threads[t]);
    uint64_t found = hash(hash(hash(hash(0, output, sizes.outputs), input_gradient, sizes.inputs), weight_gradient,
                               sizes.weights), bias_gradient, shape->outputs);
    if (t == 0) {
      char all[250];
      const double *next = expected;
#define EXPECT(name, values, count)                          \
  snprintf(all, sizeof all, name " %s", what);               \
  expect_close(set, all, values, next, count), next += count;
      EXPECT("output", output, sizes.outputs)
      EXPECT("input gradient", input_gradient, sizes.inputs)
      EXPECT("weight gradient", weight_gradient, sizes.weights)
      EXPECT("bias gradient", bias_gradient, shape->outputs)
      if (*bits == 0 || strcmp(set, "portable") == 0) *bits = found;
    }
    if (found != *bits) {
      printf("%s: other bits %s\n", set, what);
      failures++;
    }
    // Nothing but the gradient of the weights, as a convolution without biases asks for it.
    kernels_convolve_weight_gradient(kernels, team, shape, input, upstream, weight_gradient, NULL, scratch);
    if (team) kernels_team_destroy(team);
    free(output), free(input_gradient), free(weight_gradient), free(bias_gradient), free(scratch);
  }
  free(input), free(weights), free(upstream), free(bias), free(expected);
}

void check_convolutions(const char *set) {
  // Those of the first instruction set that multiplies and adds at once.
  static uint64_t bits[1000];
  static const kernels_convolution named[] = {
      {3, 28, 28, 16, 16, 3, 3, 1, 1}, {2, 14, 14, 32, 64, 3, 3, 1, 1},  {9, 7, 7, 64, 64, 3, 3, 1, 1},
      {4, 6, 6, 70, 65, 3, 3, 1, 1},   {70, 3, 3, 32, 48, 3, 3, 1, 1},   {3, 9, 11, 17, 33, 3, 3, 1, 0},
      {2, 8, 5, 24, 16, 3, 3, 1, 2},   {2, 4, 4, 16, 24, 3, 3, 1, 3},    {2, 1, 1, 16, 16, 3, 3, 1, 1},
      {2, 28, 28, 16, 32, 3, 3, 2, 1}, {2, 28, 28, 16, 32, 1, 1, 2, 0},  {3, 14, 14, 64, 64, 1, 1, 1, 0},
      {2, 35, 33, 3, 64, 7, 7, 2, 0},  {2, 28, 28, 1, 6, 5, 5, 1, 2},    {2, 12, 12, 6, 16, 5, 5, 1, 0},
      {2, 9, 300, 1, 3, 3, 5, 1, 1},   {1, 5, 5, 8, 9, 2, 4, 3, 3},      {1, 7, 7, 16, 16, 7, 7, 1, 0},
      {2, 7, 7, 20, 16, 1, 1, 3, 0},   {1, 40, 40, 300, 20, 3, 3, 2, 1}, {1, 3, 3, 160, 176, 3, 3, 1, 1},
      {5, 28, 27, 1, 6, 5, 5, 1, 2},   {3, 13, 11, 6, 16, 5, 5, 1, 0},  {7, 9, 9, 2, 1, 3, 3, 1, 1},
      {40, 2, 2, 144, 130, 3, 3, 1, 1}, {2, 9, 9, 8, 300, 5, 5, 1, 0},   {2, 12, 13, 3, 24, 7, 7, 2, 1},
      {3, 4, 4, 250, 260, 3, 3, 1, 1}, {2, 5, 6, 260, 520, 3, 3, 1, 1}, {400, 1, 2, 384, 400, 3, 3, 1, 1},
  };
  size_t index = 0;
  for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) check(set, &named[i], &bits[index++]);
  uint32_t random = 12345;
#define DRAW(first, last) (random = random * 1664525 + 1013904223, first + (random >> 8) % (last - first + 1))
  for (int i = 0; i < 150; i++) {
    kernels_convolution shape = {.samples = DRAW(1, 4)};
    shape.channels = DRAW(1, 70), shape.outputs = DRAW(1, 70);
    shape.kernel_height = DRAW(1, 5), shape.kernel_width = i % 2 ? shape.kernel_height : DRAW(1, 5);
    if (i % 3 == 0) shape.kernel_height = shape.kernel_width = 3;
    shape.stride = i % 3 == 0 ? 1 : DRAW(1, 3), shape.padding = DRAW(0, 3);
    size_t least = shape.kernel_height > shape.kernel_width ? shape.kernel_height : shape.kernel_width;
    least = least > 2 * shape.padding ? least - 2 * shape.padding : 1;
    shape.height = DRAW(least, 13), shape.width = DRAW(least, 13);
    check(set, &shape, &bits[index++]);
  }
}
