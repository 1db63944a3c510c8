// Batch normalisation of the pixels of images, and the activation function after it, against plain loops in double precision;
// with the same bits for any number of threads.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"

static void check(const char *set, size_t rows, size_t columns, const char *function) {
  const kernels *kernels = kernels_named(set);
  bool is_rectified = strcmp(function, "relu") == 0, is_sigmoid = strcmp(function, "sigmoid") == 0;
  kernels_normalization shape = {1, rows, columns, 1e-5f, {false, 0, 0, false}};
  if (is_rectified || is_sigmoid)
    shape.following = (kernels_following_activation){true, kernels_activation_function(function), 0, true};
  restart_numbers();
  size_t count = rows * columns;
  float *input = numbers(count), *upstream = numbers(count), *scale = numbers(columns), *shift = numbers(columns);
  // Gradients whose sums are small beside their number, so that rounding of the mean matters as little as in training.
  for (size_t i = 0; i < count; i++) upstream[i] = i / columns % 2 == 0 ? upstream[i] : -upstream[i];
  // Means beside 0.
  for (size_t i = 0; i < count; i++) input[i] += (float)(i % columns % 7) / 8;
  double *normalized = malloc(count * sizeof(double)), *output = malloc(count * sizeof(double));
  double *slope = malloc(count * sizeof(double));
  double *gradient = malloc(count * sizeof(double)), *means = calloc(columns, sizeof(double));
  double *variances = calloc(columns, sizeof(double)), *sums = calloc(columns, sizeof(double));
  double *products = calloc(columns, sizeof(double)), *running = malloc(columns * sizeof(double));
  for (size_t i = 0; i < count; i++) means[i % columns] += (double)input[i] / (double)rows;
  for (size_t i = 0; i < count; i++) variances[i % columns] += pow((double)input[i] - means[i % columns], 2) / (double)rows;
  for (size_t i = 0; i < count; i++) {
    size_t c = i % columns;
    normalized[i] = ((double)input[i] - means[c]) / sqrt(variances[c] + 1e-5);
    double argument = (double)scale[c] * normalized[i] + (double)shift[c], share = 1 / (1 + exp(-argument));
    output[i] = is_rectified ? fmax(0, argument) : is_sigmoid ? share : argument;
    slope[i] = (double)upstream[i] * (is_rectified ? argument > 0 : is_sigmoid ? share * (1 - share) : 1);
    sums[c] += slope[i], products[c] += slope[i] * normalized[i];
  }
  for (size_t i = 0; i < count; i++) {
    size_t c = i % columns;
    gradient[i] = (double)scale[c] / sqrt(variances[c] + 1e-5) *
                  (slope[i] - sums[c] / (double)rows - normalized[i] * products[c] / (double)rows);
  }
  static const size_t threads[] = {1, 2, 3, 8};
  float *first = NULL, *first_gradient = NULL;
  for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
    kernels_team *team = kernels_team_create(threads[t]);
    float *values = room(count), *statistics = room(2 * columns), *slopes = copied(upstream, count);
    float *mean = calloc(columns, sizeof(float)), *variance = calloc(columns, sizeof(float));
    float *scale_gradient = room(columns), *shift_gradient = room(columns);
    kernels_normalize(kernels, team, &shape, 0.1f, input, scale, shift, mean, variance, statistics, values);
    kernels_derive_normalized(kernels, team, &shape, input, scale, shift, statistics, slopes, scale_gradient, shift_gradient);
    if (t == 0) {
      expect_close(set, "batch norm's output", values, output, count);
      expect_close(set, "batch norm's gradient", slopes, gradient, count);
      expect_close(set, "gradient of the shift", shift_gradient, sums, columns);
      expect_close(set, "gradient of the scale", scale_gradient, products, columns);
      for (size_t c = 0; c < columns; c++) running[c] = 0.1 * means[c];
      expect_close(set, "running mean", mean, running, columns);
      for (size_t c = 0; c < columns; c++) running[c] = 0.1 * variances[c] * (double)rows / (double)(rows - 1);
      expect_close(set, "running variance", variance, running, columns);
      for (size_t i = 0; i < count; i++) {
        size_t c = i % columns;
        output[i] = ((double)input[i] - (double)mean[c]) / sqrt((double)variance[c] + 1e-5) * (double)scale[c] + (double)shift[c];
        if (is_rectified) output[i] = fmax(0, output[i]);
        if (is_sigmoid) output[i] = 1 / (1 + exp(-output[i]));
      }
      float *running_values = room(count);
      kernels_normalize_running(kernels, team, &shape, input, scale, shift, mean, variance, running_values);
      expect_close(set, "normalised with running statistics", running_values, output, count);
      free(running_values);
      first = values, first_gradient = slopes;
    } else {
      if (memcmp(first, values, count * sizeof(float)) || memcmp(first_gradient, slopes, count * sizeof(float))) {
        printf("%s: batch norm of %zu x %zu has other bits with %zu threads\n", set, rows, columns, threads[t]);
        failures++;
      }
      free(values), free(slopes);
    }
    kernels_team_destroy(team);
    free(statistics), free(mean), free(variance), free(scale_gradient), free(shift_gradient);
  }
  free(first), free(first_gradient), free(input), free(upstream), free(scale), free(shift), free(normalized), free(output);
  free(gradient), free(slope), free(means), free(variances), free(sums), free(products), free(running);
}

void check_normalization(const char *set) {
  static const size_t shapes[][2] = {{8192, 16}, {9001, 70}, {20000, 6}, {8200, 33}, {40, 512}, {49, 600}};
  static const char *const functions[] = {"", "relu", "sigmoid"};
  for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++)
    for (size_t f = 0; f < 3; f++) check(set, shapes[s][0], shapes[s][1], functions[f]);
}
