// Poolings of odd shapes, and their gradients, against plain loops.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"

static void check(const char *set, const kernels_pooling *shape, size_t threads) {
  const kernels *kernels = kernels_named(set);
  kernels_team *team = kernels_team_create(threads);
  size_t height = (shape->height + 2 * shape->padding - shape->kernel_height) / shape->stride + 1;
  size_t width = (shape->width + 2 * shape->padding - shape->kernel_width) / shape->stride + 1;
  size_t channels = shape->channels, inputs = shape->samples * shape->height * shape->width * channels;
  size_t outputs = shape->samples * height * width * channels;
  float *input = numbers(inputs), *upstream = numbers(outputs);
  // Ties, and a window with nothing but what is never larger.
  for (size_t i = 0; i < inputs; i++) input[i] = i < 50 ? -INFINITY : floorf(input[i] * 3);
  double *largest = malloc(outputs * sizeof(double)), *mean = calloc(outputs, sizeof(double));
  double *largest_gradient = calloc(inputs, sizeof(double)), *mean_gradient = calloc(inputs, sizeof(double));
  uint8_t *expected_places = malloc(outputs), *places = malloc(outputs);
  double area = (double)(shape->kernel_height * shape->kernel_width);
  for (size_t o = 0; o < outputs; o++) {
    size_t c = o % channels, x = o / channels % width, y = o / channels / width % height, sample = o / channels / width / height;
    size_t winner = SIZE_MAX;
    for (size_t place = 0; place < shape->kernel_height * shape->kernel_width; place++) {
      size_t row = y * shape->stride + place / shape->kernel_width - shape->padding;
      size_t column = x * shape->stride + place % shape->kernel_width - shape->padding;
      if (row >= shape->height || column >= shape->width) continue;
      size_t i = ((sample * shape->height + row) * shape->width + column) * channels + c;
      mean[o] += (double)input[i] / area;
      mean_gradient[i] += (double)upstream[o] / area;
      if (winner != SIZE_MAX && !(input[i] > input[winner])) continue;
      winner = i;
      expected_places[o] = (uint8_t)place;
    }
    largest[o] = (double)input[winner];
    largest_gradient[winner] += (double)upstream[o];
  }
  float *output = room(outputs), *gradient = room(inputs);
  kernels_pool_maximum(kernels, team, shape, input, output, places);
  for (size_t o = 0; o < outputs; o++)
    if ((double)output[o] != largest[o] || places[o] != expected_places[o]) {
      printf("%s: maximum of %zux%zu has %g at %d instead of %g at %d\n", set, shape->height, shape->width, (double)output[o],
             places[o], largest[o], expected_places[o]);
      failures++;
      break;
    }
  kernels_pool_maximum_gradient(kernels, team, shape, upstream, places, gradient);
  expect_close(set, "gradient of the maximum", gradient, largest_gradient, inputs);
  // Means of infinities are of no interest.
  for (size_t i = 0; i < inputs; i++) input[i] = isinf(input[i]) ? 1 : input[i];
  memset(mean, 0, outputs * sizeof(double));
  for (size_t o = 0; o < outputs; o++)
    for (size_t place = 0; place < shape->kernel_height * shape->kernel_width; place++) {
      size_t c = o % channels, x = o / channels % width, y = o / channels / width % height;
      size_t row = y * shape->stride + place / shape->kernel_width - shape->padding;
      size_t column = x * shape->stride + place % shape->kernel_width - shape->padding;
      if (row >= shape->height || column >= shape->width) continue;
      size_t sample = o / channels / width / height;
      mean[o] += (double)input[((sample * shape->height + row) * shape->width + column) * channels + c] / area;
    }
  kernels_pool_average(kernels, team, shape, input, output);
  expect_close(set, "mean", output, mean, outputs);
  kernels_pool_average_gradient(kernels, team, shape, upstream, gradient);
  expect_close(set, "gradient of the mean", gradient, mean_gradient, inputs);
  kernels_team_destroy(team);
  free(input), free(upstream), free(largest), free(mean), free(largest_gradient), free(mean_gradient);
  free(expected_places), free(places), free(output), free(gradient);
}

static void check_not_a_number(const char *set) {
  const kernels_pooling shape = {1, 2, 2, 1, 2, 2, 2, 0};
  float output;
  uint8_t place;
  kernels_pool_maximum(kernels_named(set), NULL, &shape, (float[]){1, NAN, 3, 2}, &output, &place);
  if (isnan(output) && place == 1) return;
  printf("%s: the maximum of numbers with NaN is %g at %d\n", set, (double)output, place);
  failures++;
}

void check_poolings(const char *set) {
  static const kernels_pooling shapes[] = {
      {1, 1, 1, 1, 1, 1, 1, 0},    {3, 7, 5, 3, 2, 2, 2, 0},  {3, 9, 7, 5, 3, 3, 2, 0},  {2, 8, 9, 70, 3, 3, 2, 1},
      {1, 6, 7, 17, 3, 2, 1, 1},   {5, 4, 3, 8, 4, 3, 1, 0},  {40, 28, 28, 16, 2, 2, 2, 0}, {2, 7, 7, 33, 2, 2, 3, 0},
      {2, 12, 13, 4, 5, 4, 3, 2},  {4, 8, 6, 6, 2, 2, 2, 0},  {2, 9, 6, 20, 3, 3, 3, 0}, {3, 5, 4, 3, 5, 4, 1, 0},
  };
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
    for (size_t threads = 1; threads < 9; threads += 3) check(set, &shapes[i], threads);
  check_not_a_number(set);
}
