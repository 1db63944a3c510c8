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

static inline __attribute__((always_inline)) float hyperbolic_tangent(float x) {
  float e = exponential_minus_1(2 * x);
  return e / (e + 2);
}

// A dropped number is 0 even where it overflowed: ∞ · 0 would be NaN.
static inline __attribute__((always_inline)) float dropped(float value, float factor) {
  return factor == 0 ? 0 : value * factor;
}

// An activation function: its value at x, and the gradient of its argument from that of its value and a number that was
// kept, the value y or the argument x. NaN stays NaN: a diverged run must not look healthy.
#define ACTIVATION(name, value, kept, derivative)                                \
  static void name##_values(const activation *work, size_t first, size_t last) { \
    float parameter = work->parameter, *values = work->values;                   \
    (void)parameter;                                                             \
    for (size_t i = first; i < last; i++) {                                      \
      float x = values[i];                                                       \
      values[i] = value;                                                         \
    }                                                                            \
  }                                                                              \
  static void name##_gradient(const derivation *work, size_t first, size_t last) { \
    float parameter = work->parameter, *gradients = work->gradient;              \
    const float *values = work->values;                                          \
    (void)parameter;                                                             \
    for (size_t i = first; i < last; i++) {                                      \
      float kept = values[i], gradient = gradients[i];                           \
      (void)kept;                                                                \
      gradients[i] = derivative;                                                 \
    }                                                                            \
  }

ACTIVATION(relu, x <= 0 ? 0 : x, y, y > 0 ? gradient : 0)
ACTIVATION(leaky_relu, x <= 0 ? parameter * x : x, y, y > 0 ? gradient : parameter * gradient)
ACTIVATION(elu, x <= 0 ? parameter * exponential_minus_1(x) : x, y, y > 0 ? gradient : (y + parameter) * gradient)
ACTIVATION(sigmoid, 1 / (1 + exponential(-x)), y, y * (1 - y) * gradient)
ACTIVATION(tanh, hyperbolic_tangent(x), y, (1 - y * y) * gradient)

// All of them, by their names.
#define LISTED(name) {#name, name##_values, name##_gradient}
static const activation_function activation_functions[] = {
    LISTED(relu), LISTED(leaky_relu), LISTED(elu), LISTED(sigmoid), LISTED(tanh), {NULL, NULL, NULL},
};
#undef LISTED

static void drop(const void *argument, size_t first, size_t last) {
  const dropping *work = argument;
  float *target = work->target;
  const float *source = work->source, *factors = work->factors;
  for (size_t i = first; i < last; i++) target[i] = dropped(source[i], factors[i]);
}

static void activate(const void *argument, size_t first, size_t last) {
  const activation *work = argument;
  activation_functions[work->function].values(work, first, last);
  if (work->factors) drop(&(dropping){work->values, work->factors, work->output}, first, last);
}

static void derive(const void *argument, size_t first, size_t last) {
  const derivation *work = argument;
  if (work->factors) drop(&(dropping){work->gradient, work->factors, work->gradient}, first, last);
  activation_functions[work->function].gradient(work, first, last);
}
