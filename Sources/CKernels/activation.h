// Activation functions and dropout of one instruction set; see loops.h.

// Splits exp(x) into 2^n and the rest: exp(x) = scale · (1 + rest). Beyond ±87 it stays at what it
// is there. NaN stays NaN.
static inline __attribute__((always_inline)) float split_exponential(float x, float *scale) {
  x = x > 87 ? 87 : x < -87 ? -87 : x;
  // Adding and subtracting 1.5 · 2^23 rounds to an integer.
  const float rounder = 12582912;
  float n = (x * 1.44269504f + rounder) - rounder;
  // ln 2 in two parts, so that the difference is exact.
  float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  // The polynomial of Cephes' expf (Moshier).
  float series = 1.9875691500e-4f;
  series = series * r + 1.3981999507e-3f;
  series = series * r + 8.3334519073e-3f;
  series = series * r + 4.1665795894e-2f;
  series = series * r + 1.6666665459e-1f;
  series = series * r + 5.0000001201e-1f;
  int32_t bits = ((int32_t)(n == n ? n : 0) + 127) << 23;
  memcpy(scale, &bits, sizeof bits);
  return series * r * r + r;
}

static inline __attribute__((always_inline)) float exponential(float x) {
  float scale, rest = split_exponential(x, &scale);
  return x < -87 ? 0 : scale + scale * rest;
}

// exp(x) - 1 without cancellation near 0.
static inline __attribute__((always_inline)) float exponential_minus_1(float x) {
  float scale, rest = split_exponential(x, &scale);
  return scale * rest + (scale - 1);
}

// NaN stays NaN: a diverged run must not look healthy.
static inline __attribute__((always_inline)) float activated(kernels_function function, float parameter, float x) {
  switch (function) {
    case kernels_identity:
      return x;
    case kernels_relu:
      return x <= 0 ? 0 : x;
    case kernels_leaky_relu:
      return x <= 0 ? parameter * x : x;
    case kernels_elu:
      return x <= 0 ? parameter * exponential_minus_1(x) : x;
    case kernels_sigmoid:
      return 1 / (1 + exponential(-x));
    case kernels_tanh: {
      float e = exponential_minus_1(2 * x);
      return e / (e + 2);
    }
  }
}

// The gradient of the input, from that of the output and the value y of the function.
static inline __attribute__((always_inline)) float derived(kernels_function function, float parameter, float y,
                                                           float gradient) {
  switch (function) {
    case kernels_identity:
      return gradient;
    case kernels_relu:
      return y > 0 ? gradient : 0;
    case kernels_leaky_relu:
      return y > 0 ? gradient : parameter * gradient;
    case kernels_elu:
      return y > 0 ? gradient : (y + parameter) * gradient;
    case kernels_sigmoid:
      return y * (1 - y) * gradient;
    case kernels_tanh:
      return (1 - y * y) * gradient;
  }
}

// A dropped number is 0 even where it overflowed: ∞ · 0 would be NaN.
static inline __attribute__((always_inline)) float dropped(float value, float factor) {
  return factor == 0 ? 0 : value * factor;
}

static inline __attribute__((always_inline)) void activate_with(kernels_function function, const activation *work,
                                                                size_t first, size_t last) {
  float parameter = work->parameter, *values = work->values;
  for (size_t i = first; i < last; i++) values[i] = activated(function, parameter, values[i]);
}

static inline __attribute__((always_inline)) void derive_with(kernels_function function, const derivation *work,
                                                              size_t first, size_t last) {
  float parameter = work->parameter, *gradient = work->gradient;
  const float *values = work->values;
  for (size_t i = first; i < last; i++) gradient[i] = derived(function, parameter, values[i], gradient[i]);
}

// Calls a loop with the function as a constant, so that the compiler makes one loop for each.
#define FOR_EACH_FUNCTION(loop)                    \
  switch (work->function) {                        \
    case kernels_identity:                         \
      loop(kernels_identity, work, first, last);   \
      break;                                       \
    case kernels_relu:                             \
      loop(kernels_relu, work, first, last);       \
      break;                                       \
    case kernels_leaky_relu:                       \
      loop(kernels_leaky_relu, work, first, last); \
      break;                                       \
    case kernels_elu:                              \
      loop(kernels_elu, work, first, last);        \
      break;                                       \
    case kernels_sigmoid:                          \
      loop(kernels_sigmoid, work, first, last);    \
      break;                                       \
    case kernels_tanh:                             \
      loop(kernels_tanh, work, first, last);       \
      break;                                       \
  }

static void drop(const float *source, const float *factors, float *target, size_t first, size_t last) {
  for (size_t i = first; i < last; i++) target[i] = dropped(source[i], factors[i]);
}

static void activate(const void *argument, size_t first, size_t last) {
  const activation *work = argument;
  FOR_EACH_FUNCTION(activate_with)
  if (work->factors) drop(work->values, work->factors, work->output, first, last);
}

static void derive(const void *argument, size_t first, size_t last) {
  const derivation *work = argument;
  if (work->factors) drop(work->gradient, work->factors, work->gradient, first, last);
  FOR_EACH_FUNCTION(derive_with)
}
