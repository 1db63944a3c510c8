// What the tests of the kernels share; see checks.h.
#include "checks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t state = 1;
int failures;

float *numbers(size_t count) {
  float *result = malloc(count * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    state = state * 1664525 + 1013904223;
    result[i] = state >> 30 == 0 ? 0 : (float)(state >> 8) / 8388608 - 1;
  }
  return result;
}

void restart_numbers(void) { state = 1; }

float *copied(const float *values, size_t count) {
  float *result = malloc(count * sizeof(float));
  return memcpy(result, values, count * sizeof(float));
}

float *room(size_t count) {
  float *result = malloc((count ? count : 1) * sizeof(float));
  for (size_t i = 0; i < count; i++) result[i] = NAN;
  return result;
}

void expect_close(const char *set, const char *what, const float *actual, const double *expected, size_t count) {
  double scale = 1e-30, worst = 0;
  for (size_t i = 0; i < count; i++) scale = fmax(scale, fabs(expected[i]));
  for (size_t i = 0; i < count; i++) worst = isnan(actual[i]) ? INFINITY : fmax(worst, fabs(actual[i] - expected[i]) / scale);
  if (worst <= 1e-5) return;
  printf("%s: %s differs by %g\n", set, what, worst);
  failures++;
}

void expect_alike(const char *set, const char *what, const float *actual, const float *expected, size_t count) {
  double *doubles = malloc(count * sizeof(double));
  for (size_t i = 0; i < count; i++) doubles[i] = expected[i];
  expect_close(set, what, actual, doubles, count);
  free(doubles);
}
