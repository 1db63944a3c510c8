// Runs the kernels of every instruction set that the processor has over odd shapes: products, convolutions and poolings
// against a plain loop in double precision, all else against the portable kernels. For processors that the Swift tests
// cannot run on, such as an emulated one; see scripts/check-kernels.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"

static void check_product(const char *set, kernels_team *team, size_t rows, size_t columns, size_t depth, bool zeros) {
  const kernels *kernels = kernels_named(set);
  float *left = numbers(rows * depth), *right = numbers(depth * columns), *bias = numbers(columns);
  // Where there are none, another tile multiplies.
  for (size_t i = 0; i < rows * depth; i++)
    if (!zeros && left[i] == 0) left[i] = 0.5f;
  float *left_transposed = malloc(rows * depth * sizeof(float)), *right_transposed = malloc(depth * columns * sizeof(float));
  for (size_t i = 0; i < rows; i++)
    for (size_t p = 0; p < depth; p++) left_transposed[p * rows + i] = left[i * depth + p];
  for (size_t p = 0; p < depth; p++)
    for (size_t j = 0; j < columns; j++) right_transposed[j * depth + p] = right[p * columns + j];
  double *expected = calloc(rows * columns, sizeof(double));
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      expected[i * columns + j] = bias[j];
      for (size_t p = 0; p < depth; p++)
        expected[i * columns + j] += (double)left[i * depth + p] * (double)right[p * columns + j];
    }
  float *output = malloc(rows * columns * sizeof(float)), *other = malloc(rows * columns * sizeof(float));
  kernels_multiply(kernels, NULL, rows, columns, depth, left, depth, 1, right, columns, 1, bias, output);
  expect_close(set, "product", output, expected, rows * columns);
  kernels_multiply(kernels, team, rows, columns, depth, left_transposed, 1, rows, right_transposed, 1, depth, bias, other);
  if (memcmp(output, other, rows * columns * sizeof(float)) != 0) {
    printf("%s: %zu x %zu x %zu has other bits with transposes and a team\n", set, rows, columns, depth);
    failures++;
  }
  free(left), free(right), free(bias), free(left_transposed), free(right_transposed), free(expected), free(output), free(other);
}

static float deviation(const kernels *kernels, kernels_team *team, size_t count, const float *values) {
  kernels_deviations sums = kernels_sum_deviations(kernels, team, count, values, values[0]);
  return (float)sqrt(fmax(0, sums.squares - sums.sum * sums.sum / (double)count) / (double)count);
}

static void check_rest(const char *set, kernels_team *team, size_t rows, size_t columns) {
  const kernels *tested = kernels_named(set), *portable = kernels_named("portable");
  size_t count = rows * columns;
  float *values = numbers(count), *gradient = numbers(count), *first = numbers(count), *scale = numbers(columns);
  static const char *const functions[] = {"relu", "leaky_relu", "elu", "sigmoid", "tanh", "gelu", "silu", "prelu"};
  for (size_t f = 0; f < sizeof functions / sizeof functions[0]; f++) {
    size_t function = kernels_activation_function(functions[f]);
    float *a = copied(values, count), *b = copied(values, count), *c = copied(gradient, count), *d = copied(gradient, count);
    kernels_activate(tested, team, function, 0.1f, count, a, NULL, NULL);
    kernels_activate(portable, NULL, function, 0.1f, count, b, NULL, NULL);
    expect_alike(set, "activation", a, b, count);
    kernels_derive(tested, team, function, 0.1f, count, b, NULL, c);
    kernels_derive(portable, NULL, function, 0.1f, count, b, NULL, d);
    expect_alike(set, "derivative", c, d, count);
    free(a), free(b), free(c), free(d);
  }
  // What both sets of kernels make of the same numbers; then the next one begins with those of the portable set.
  enum { weights, slopes, velocities, squares, normalized, factors, arrays };
  static const char *const names[] = {"values", "gradient", "first moments", "second moments", "normalized", "dropout"};
  float *mine[arrays], *others[arrays];
  for (int i = 0; i < arrays; i++) {
    others[i] = copied(i == weights ? values : i == slopes ? gradient : first, count);
    if (i == squares)
      for (size_t e = 0; e < count; e++) others[i][e] = fabsf(others[i][e]);
    mine[i] = copied(others[i], count);
  }
#define FOR_BOTH(operation)                                               \
  {                                                                       \
    const kernels *kernels = tested;                                      \
    kernels_team *helpers = team;                                         \
    float **r = mine;                                                     \
    operation;                                                            \
    kernels = portable, helpers = NULL, r = others;                       \
    operation;                                                            \
    for (int i = 0; i < arrays; i++) {                                    \
      expect_alike(set, names[i], mine[i], others[i], count);             \
      memcpy(mine[i], others[i], count * sizeof(float));                  \
    }                                                                     \
  }
  float *statistics = numbers(2 * columns), *mean = calloc(columns, sizeof(float)), *variance = calloc(columns, sizeof(float));
  float *shift = calloc(columns, sizeof(float));
  FOR_BOTH(kernels_draw_factors(kernels, helpers, 42, 7, 3, 20000, 1.5f, rows, columns, r[factors]))
  FOR_BOTH(kernels_clip(kernels, helpers, count, 0.5f, r[slopes]))
  FOR_BOTH(kernels_add_signs(kernels, helpers, count, 0.01f, values, r[slopes]))
  FOR_BOTH(kernels_scale(kernels, helpers, count, (float)sqrt(kernels_sum_squares(kernels, helpers, count, first)), r[slopes]))
  FOR_BOTH(kernels_scale(kernels, helpers, count, deviation(kernels, helpers, count, first), r[slopes]))
  FOR_BOTH(kernels_sum_columns(kernels, helpers, rows, columns, values, r[factors]))
  // The fewer the rows, the more does rounding matter.
  if (rows > 4) {
    const kernels_normalization norm = {rows, 1, columns, 1e-3f, {true, kernels_activation_function("gelu"), 0, false}};
    FOR_BOTH(kernels_normalize(kernels, helpers, &norm, 0.1f, r[weights], scale, shift, mean, variance, statistics,
                               r[normalized]))
    FOR_BOTH(kernels_derive_normalized(kernels, helpers, &norm, r[weights], scale, shift, statistics, r[slopes], mean,
                                       variance))
  }
  const kernels_following_activation following = {true, kernels_activation_function("relu"), 0, true};
  FOR_BOTH(kernels_add(kernels, helpers, count, following, r[weights], values, r[normalized]))
  FOR_BOTH(kernels_spread_gradient(kernels, helpers, count, following, r[normalized], r[slopes], r[velocities]))
  FOR_BOTH(kernels_copy(kernels, helpers, count, r[factors], r[velocities]))
  const kernels_coefficients sgd = {{0.1f, 0.9f, 1, 1e-3f}}, adam = {{0.01f, 1, 0.1f, 0.999f, 1e-3f, 1e-3f, 1, 0}};
  const kernels_coefficients rmsprop = {{0.01f, 0.99f, 0.01f, 1e-3f, 0.5f, 1e-3f}}, adagrad = {{0.01f, 1e-3f, 1e-3f}};
  FOR_BOTH(kernels_update(kernels, helpers, kernels_update_rule("sgd"), sgd, count, r[weights], r[slopes],
                          r[velocities], r[squares]))
  FOR_BOTH(kernels_update(kernels, helpers, kernels_update_rule("adam"), adam, count, r[weights], r[slopes],
                          r[velocities], r[squares]))
  FOR_BOTH(kernels_update(kernels, helpers, kernels_update_rule("rmsprop"), rmsprop, count, r[weights], r[slopes],
                          r[squares], r[velocities]))
  FOR_BOTH(kernels_update(kernels, helpers, kernels_update_rule("adagrad"), adagrad, count, r[weights], r[slopes],
                          r[squares], r[velocities]))
  for (int i = 0; i < arrays; i++) free(mine[i]), free(others[i]);
  free(statistics), free(mean), free(variance), free(shift);
  free(values), free(gradient), free(first), free(scale);
}

int main(void) {
  static const size_t shapes[][3] = {{1, 1, 1},    {1, 10, 256},  {3, 5, 7},      {4, 64, 2},    {5, 65, 257}, {6, 16, 161},
                                     {7, 17, 300}, {96, 66, 161}, {256, 10, 100}, {13, 130, 1},  {2, 1, 1000}, {33, 31, 29},
                                     {257, 9, 35}, {1, 600, 70},  {300, 48, 320}, {700, 130, 140}};
  for (size_t index = 0; kernels_set_name(index); index++) {
    const char *set = kernels_set_name(index);
    if (kernels_named(set) == NULL) continue;
    // Four chunks for each thread, two, and one.
    static const size_t threads[] = {1, 3, 8, 11, 40};
    for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
      kernels_team *team = kernels_team_create(threads[t]);
      for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        check_product(set, team, shapes[s][0], shapes[s][1], shapes[s][2], true);
        check_product(set, team, shapes[s][0], shapes[s][1], shapes[s][2], false);
        if (threads[t] == 3 || threads[t] == 11) check_rest(set, team, shapes[s][0], shapes[s][1]);
      }
      kernels_team_destroy(team);
    }
    check_convolutions(set);
    check_poolings(set);
    check_images(set);
    check_normalization(set);
    printf("%s: %s\n", set, failures ? "failed" : "right");
  }
  return failures != 0;
}
