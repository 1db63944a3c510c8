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

// The normal distribution's Φ(x) and x φ(x), to a few units of the last place at both ends.
static inline __attribute__((always_inline)) float normal_share(float x, float *slope) {
  // Beyond 20 nothing changes.
  float size = x < 0 ? -x : x;
  size = size > 20 ? 20 : size;
  // erfc(u) = t exp(-u² + P(t)) with t = 1 / (1 + u/2) (Press et al., Numerical Recipes), u being |x| / √2. The
  // square is that of twelve bits, which is exact, and a rest.
  uint32_t bits;
  memcpy(&bits, &size, sizeof bits);
  bits &= 0xFFFFF000;
  float head, t = 1 / (1 + 0.35355339f * size);
  memcpy(&head, &bits, sizeof head);
  float series = 0.17087277f;
  series = series * t - 0.82215223f;
  series = series * t + 1.48851587f;
  series = series * t - 1.13520398f;
  series = series * t + 0.27886807f;
  series = series * t - 0.18628806f;
  series = series * t + 0.09678418f;
  series = series * t + 0.37409196f;
  series = series * t + 1.00002368f;
  series = series * t - 1.26551223f;
  float bell = exponential(-0.5f * head * head), rest = 0.5f * (head - size) * (head + size);
  float tail = 0.5f * t * bell * exponential(rest + series);
  *slope = 0.39894228f * (x < 0 ? -size : size) * bell * exponential(rest);
  return x < 0 ? tail : 1 - tail;
}

static inline __attribute__((always_inline)) float gelu_of(float x) {
  float slope;
  return x * normal_share(x, &slope);
}

static inline __attribute__((always_inline)) float gelu_slope(float x) {
  float slope, share = normal_share(x, &slope);
  return share + slope;
}

static inline __attribute__((always_inline)) float silu_slope(float x) {
  float share = 1 / (1 + exponential(-x));
  return share * (1 + x * (1 - share));
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
ACTIVATION(gelu, gelu_of(x), x, gelu_slope(x) * gradient)
ACTIVATION(silu, x / (1 + exponential(-x)), x, silu_slope(x) * gradient)
ACTIVATION(prelu, x <= 0 ? parameter * x : x, x, x > 0 ? gradient : parameter * gradient)
// The gradient of PReLU's slope at each number.
ACTIVATION(prelu_slope, x <= 0 ? x : 0, x, x > 0 ? 0 : x * gradient)

// All of them, by their names.
#define LISTED(name) {#name, name##_values, name##_gradient}
static const activation_function activation_functions[] = {
    LISTED(relu), LISTED(leaky_relu), LISTED(elu), LISTED(sigmoid), LISTED(tanh),
    LISTED(gelu), LISTED(silu),       LISTED(prelu), LISTED(prelu_slope), {NULL, NULL, NULL},
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

// Numbers that are computed in one go: they stay in the first-level cache.
#define GROUP_NUMBERS 2048

// Applies the activation function that follows, if one does.
static void activate_group(kernels_following_activation following, float *values, size_t count) {
  if (!following.exists) return;
  const activation work = {.parameter = following.parameter, .values = values};
  activation_functions[following.function].values(&work, 0, count);
}

// Replaces the gradient of its values by that of its arguments; `kept` are the ones that its derivative goes by.
static void derive_values(kernels_following_activation following, const float *kept, float *gradient, size_t count) {
  if (!following.exists) return;
  const derivation work = {.parameter = following.parameter, .values = kept, .gradient = gradient};
  activation_functions[following.function].gradient(&work, 0, count);
}
