// Elementary functions that are the same to the bit on every system. Those of the C library differ between its versions,
// and with whether the processor fuses multiplications and additions, in the last place of one result in some hundreds.
//
// A result is computed as the sum of two doubles, with an error below 2^-70 of it, and rounded once: it is the double
// nearest to the true one but for about one in a hundred thousand, where it is the next.
#include <float.h>
#include <math.h>
#include <string.h>

#include "include/kernels.h"

// Nothing is fused here, whatever the processor can do.
#pragma STDC FP_CONTRACT OFF

// --- sums of two doubles, the lower one at most half a unit of the last place of the higher one

typedef struct {
  double high, low;
} pair;

// a + b exactly, if a is not the smaller one.
static inline pair ordered_sum(double a, double b) {
  double sum = a + b;
  return (pair){sum, b - (sum - a)};
}

// a + b exactly (Knuth).
static inline pair sum(double a, double b) {
  double sum = a + b, part = sum - a;
  return (pair){sum, (a - (sum - part)) + (b - part)};
}

// The upper 26 bits of a number (Veltkamp).
static inline double upper(double a) {
  double scaled = 0x1.0000002p27 * a;
  return scaled - (scaled - a);
}

// a · b exactly (Dekker), far from the ends of the range.
static inline pair product(double a, double b) {
  double ah = upper(a), al = a - ah, bh = upper(b), bl = b - bh, product = a * b;
  return (pair){product, ((ah * bh - product) + ah * bl + al * bh) + al * bl};
}

static inline pair add(pair a, pair b) {
  pair s = sum(a.high, b.high);
  return ordered_sum(s.high, s.low + (a.low + b.low));
}

static inline pair multiply(pair a, pair b) {
  pair p = product(a.high, b.high);
  return ordered_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

// first + x · rest
static inline pair step(pair first, pair x, pair rest) { return add(first, multiply(x, rest)); }

// The value at x of a polynomial whose coefficients are given from the highest one on.
static inline double polynomial(const double *coefficients, int count, double x) {
  double value = coefficients[0];
  for (int i = 1; i < count; i++) value = value * x + coefficients[i];
  return value;
}

#define COUNT(array) ((int)(sizeof(array) / sizeof(*array)))

// 2^exponent, of a number that is not subnormal.
static inline double power_of_two(int exponent) {
  uint64_t bits = (uint64_t)(exponent + 1023) << 52;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// The double nearest to a number near 1 times 2^exponent, from -1200 to 1200. Only the last step can round.
static double scaled(double value, int exponent) {
  int first = exponent / 2;
  return value * power_of_two(first) * power_of_two(exponent - first);
}

// A positive finite number as a mantissa in 1..<2, which it returns, and an exponent.
static double split(double x, int *exponent) {
  *exponent = -1023;
  if (x < DBL_MIN) {
    x *= 0x1p54;
    *exponent -= 54;
  }
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  *exponent += (int)(bits >> 52);
  bits = (bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// n!, as far as doubles hold it.
#define FACTORIAL_8 40320.0
#define FACTORIAL_9 362880.0
#define FACTORIAL_10 3628800.0
#define FACTORIAL_11 39916800.0
#define FACTORIAL_12 479001600.0
#define FACTORIAL_13 6227020800.0
#define FACTORIAL_14 87178291200.0
#define FACTORIAL_15 1307674368000.0
#define FACTORIAL_16 20922789888000.0
#define FACTORIAL_17 355687428096000.0
#define FACTORIAL_18 6402373705728000.0
#define FACTORIAL_19 121645100408832000.0
#define FACTORIAL_20 2432902008176640000.0
#define FACTORIAL_21 51090942171709440000.0
#define FACTORIAL_22 1124000727777607680000.0
#define FACTORIAL_23 25852016738884976640000.0
#define FACTORIAL_24 620448401733239439360000.0

// 1/n! and the odd fractions, as sums of two doubles.
static const pair one = {1, 0}, half = {0.5, 0}, third = {0x1.5555555555555p-2, 0x1.5555555555555p-56},
                  fifth = {0x1.999999999999ap-3, -0x1.999999999999ap-57},
                  factorial_3 = {0x1.5555555555555p-3, 0x1.5555555555555p-57},
                  factorial_4 = {0x1.5555555555555p-5, 0x1.5555555555555p-59},
                  factorial_5 = {0x1.1111111111111p-7, 0x1.1111111111111p-63},
                  factorial_6 = {0x1.6c16c16c16c17p-10, -0x1.f49f49f49f49fp-65},
                  factorial_7 = {0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-73};

static inline pair negative(pair a) { return (pair){-a.high, -a.low}; }

// ln 2 in two parts, the first so short that its product with an exponent is exact.
static const double ln2_high = 0x1.62e42fefa3800p-1, ln2_low = 0x1.ef35793c76730p-45;

double kernels_log(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  if (x == INFINITY) return x;
  int exponent;
  double m = split(x, &exponent);
  if (m > 0x1.6a09e667f3bcdp0) {
    m *= 0.5;
    exponent += 1;
  }
  // log m = 2 artanh s with s = (m - 1) / (m + 1), which lies within ±0.172.
  double f = m - 1;
  pair divisor = sum(m, 1);
  double quotient = f / divisor.high;
  pair back = product(quotient, divisor.high);
  double rest = ((f - back.high) - back.low - quotient * divisor.low) / divisor.high;
  pair s = ordered_sum(quotient, rest), z = multiply(s, s);
  // artanh s = s · (1 + z/3 + z²/5 + …)
  static const double odd[] = {1.0 / 29, 1.0 / 27, 1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19,
                               1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9,  1.0 / 7};
  pair result = step(one, z, step(third, z, step(fifth, z, (pair){polynomial(odd, COUNT(odd), z.high), 0})));
  result = multiply((pair){2 * s.high, 2 * s.low}, result);
  if (exponent != 0) {
    pair low = product(exponent, ln2_low);
    result = add((pair){exponent * ln2_high, 0}, add(low, result));
  }
  return result.high + result.low;
}

double kernels_exp(double x) {
  if (x != x) return x;
  if (x > 710) return INFINITY;
  if (x < -746) return 0;
  const double rounder = 0x1.8p52;
  double n = (x * 0x1.71547652b82fep0 + rounder) - rounder;
  pair r = add(sum(x, -n * ln2_high), negative(product(n, ln2_low)));
  // 1 + r + r²/2 + …, for r within ±0.347.
  static const double rest[] = {1 / FACTORIAL_18, 1 / FACTORIAL_17, 1 / FACTORIAL_16, 1 / FACTORIAL_15,
                                1 / FACTORIAL_14, 1 / FACTORIAL_13, 1 / FACTORIAL_12, 1 / FACTORIAL_11,
                                1 / FACTORIAL_10, 1 / FACTORIAL_9,  1 / FACTORIAL_8,  1 / 5040.0};
  pair result = step(factorial_5, r, step(factorial_6, r, (pair){polynomial(rest, COUNT(rest), r.high), 0}));
  result = step(half, r, step(factorial_3, r, step(factorial_4, r, result)));
  result = step(one, r, step(one, r, result));
  return scaled(result.high + result.low, (int)n);
}

float kernels_exp_single(float x) {
  if (x >= -104 && x <= 89) {
    const double rounder = 0x1.8p52;
    double n = (x * 0x1.71547652b82fep0 + rounder) - rounder;
    double r = (x - n * ln2_high) - n * ln2_low;
    static const double inverse[] = {1 / FACTORIAL_13, 1 / FACTORIAL_12, 1 / FACTORIAL_11, 1 / FACTORIAL_10, 1 / FACTORIAL_9,
                                     1 / FACTORIAL_8,  1 / 5040.0,       1 / 720.0,        1 / 120.0,        1 / 24.0,
                                     1 / 6.0,          0.5,              1,                1};
    double value = scaled(polynomial(inverse, COUNT(inverse), r), (int)n);
    // Its error is below 2^-50 of it: what rounds alike from both sides is what the exact value rounds to.
    float below = (float)(value * (1 - 0x1p-48)), above = (float)(value * (1 + 0x1p-48));
    if (below == above) return below;
  }
  return (float)kernels_exp(x);
}

// sin r and cos r for r within ±0.79.
static pair sine(pair r) {
  pair z = multiply(r, r);
  static const double rest[] = {-1 / FACTORIAL_23, 1 / FACTORIAL_21,  -1 / FACTORIAL_19, 1 / FACTORIAL_17,
                                -1 / FACTORIAL_15, 1 / FACTORIAL_13, -1 / FACTORIAL_11, 1 / FACTORIAL_9};
  pair result = step(factorial_5, z, step(negative(factorial_7), z, (pair){polynomial(rest, COUNT(rest), z.high), 0}));
  return multiply(r, step(one, z, step(negative(factorial_3), z, result)));
}

static pair cosine(pair r) {
  pair z = multiply(r, r);
  static const double rest[] = {1 / FACTORIAL_24,  -1 / FACTORIAL_22, 1 / FACTORIAL_20,  -1 / FACTORIAL_18, 1 / FACTORIAL_16,
                                -1 / FACTORIAL_14, 1 / FACTORIAL_12,  -1 / FACTORIAL_10, 1 / FACTORIAL_8};
  pair result = step(factorial_4, z, step(negative(factorial_6), z, (pair){polynomial(rest, COUNT(rest), z.high), 0}));
  return step(one, z, step(negative(half), z, result));
}

double kernels_cos(double x) {
  if (!(x >= -0x1p20 && x <= 0x1p20)) return NAN;
  x = x < 0 ? -x : x;
  // The nearest multiple of π/2, which is subtracted in parts of 33 bits: their products with n are exact.
  const double rounder = 0x1.8p52;
  double n = (x * 0x1.45f306dc9c883p-1 + rounder) - rounder;
  pair r = sum(x - n * 0x1.921fb544p0, -n * 0x1.0b4611a6p-34), rest = product(n, 0x1.3198a2e037073p-69);
  rest.low += n * 0x1.129024e088a68p-123;
  r = add(r, negative(rest));
  pair result;
  switch ((int)n & 3) {
    case 0: result = cosine(r); break;
    case 1: result = negative(sine(r)); break;
    case 2: result = negative(cosine(r)); break;
    default: result = sine(r);
  }
  return result.high + result.low;
}

// log x and cos x with an error below 2^-48 of them, in a tenth of the time: for positive x that are not subnormal, and for
// angles in 0..<7 whose cosine is not so near 0 that nothing is left of them, which gives NaN.

static double approximate_log(double x) {
  int exponent;
  double m = split(x, &exponent);
  if (m > 0x1.6a09e667f3bcdp0) {
    m *= 0.5;
    exponent += 1;
  }
  double s = (m - 1) / (m + 1), z = s * s;
  static const double odd[] = {1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11,
                               1.0 / 9,  1.0 / 7,  1.0 / 5,  1.0 / 3,  1};
  return exponent * ln2_high + (exponent * ln2_low + 2 * s * polynomial(odd, COUNT(odd), z));
}

static double approximate_cos(double x) {
  const double rounder = 0x1.8p52;
  double n = (x * 0x1.45f306dc9c883p-1 + rounder) - rounder;
  double r = (x - n * 0x1.921fb544p0) - n * 0x1.0b4611a626331p-34, z = r * r;
  static const double even[] = {1 / FACTORIAL_16, -1 / FACTORIAL_14, 1 / FACTORIAL_12, -1 / FACTORIAL_10, 1 / FACTORIAL_8,
                                -1 / 720.0,       1 / 24.0,          -0.5,             1};
  static const double odd[] = {-1 / FACTORIAL_15, 1 / FACTORIAL_13, -1 / FACTORIAL_11, 1 / FACTORIAL_9, -1 / 5040.0,
                               1 / 120.0,         -1 / 6.0,         1};
  switch ((int)n & 3) {
    case 0: return polynomial(even, COUNT(even), z);
    case 2: return -polynomial(even, COUNT(even), z);
  }
  double sine = z < 0x1p-40 ? NAN : r * polynomial(odd, COUNT(odd), z);
  return ((int)n & 3) == 1 ? -sine : sine;
}

float kernels_normal_single(double first, double second, double deviation) {
  double x = 1 - first, angle = 2 * 0x1.921fb54442d18p1 * second;
  double value = deviation * (__builtin_sqrt(-2 * approximate_log(x)) * approximate_cos(angle));
  // What rounds alike from both sides is what the exact value rounds to.
  float below = (float)(value * (1 - 0x1p-44)), above = (float)(value * (1 + 0x1p-44));
  if (below == above) return below;
  return (float)(deviation * (__builtin_sqrt(-2 * kernels_log(x)) * kernels_cos(angle)));
}

double kernels_power(double base, uint64_t exponent) {
  if (exponent == 0) return 1;
  if (!(base > 0) || base == INFINITY) return base == 0 || base == INFINITY ? base : NAN;
  // By squaring, the mantissas apart from the exponents of 2, so that nothing overflows on the way.
  int place;
  double m = split(base, &place);
  if (m > 0x1.6a09e667f3bcdp0) {
    m *= 0.5;
    place += 1;
  }
  pair factor = {m, 0}, result = one;
  double factor_place = place, result_place = 0;
  for (uint64_t rest = exponent;; ) {
    if (rest & 1) {
      result = multiply(result, factor);
      result_place += factor_place;
      int moved;
      split(result.high, &moved);
      result = (pair){result.high * power_of_two(-moved), result.low * power_of_two(-moved)};
      result_place += moved;
    }
    rest >>= 1;
    if (rest == 0) break;
    factor = multiply(factor, factor);
    factor_place *= 2;
    int moved;
    split(factor.high, &moved);
    factor = (pair){factor.high * power_of_two(-moved), factor.low * power_of_two(-moved)};
    factor_place += moved;
  }
  if (result_place > 1100) return INFINITY;
  if (result_place < -1200) return 0;
  return scaled(result.high + result.low, (int)result_place);
}

// log c for sixteen numbers c, and 1/c: the approximation of logf in Arm's Optimized Routines, which the C library of
// Linux has too, so that losses keep the bits that they have had. Copyright (c) 2017-2018, Arm Limited, MIT License.
static const struct {
  double reciprocal, log;
} logs[16] = {
    {0x1.661ec79f8f3bep+0, -0x1.57bf7808caadep-2}, {0x1.571ed4aaf883dp+0, -0x1.2bef0a7c06ddbp-2},
    {0x1.49539f0f010bp+0, -0x1.01eae7f513a67p-2},  {0x1.3c995b0b80385p+0, -0x1.b31d8a68224e9p-3},
    {0x1.30d190c8864a5p+0, -0x1.6574f0ac07758p-3}, {0x1.25e227b0b8eap+0, -0x1.1aa2bc79c81p-3},
    {0x1.1bb4a4a1a343fp+0, -0x1.a4e76ce8c0e5ep-4}, {0x1.12358f08ae5bap+0, -0x1.1973c5a611cccp-4},
    {0x1.0953f419900a7p+0, -0x1.252f438e10c1ep-5}, {0x1p+0, 0x0p+0},
    {0x1.e608cfd9a47acp-1, 0x1.aa5aa5df25984p-5},  {0x1.ca4b31f026aap-1, 0x1.c5e53aa362eb4p-4},
    {0x1.b2036576afce6p-1, 0x1.526e57720db08p-3},  {0x1.9c2d163a1aa2dp-1, 0x1.bc2860d22477p-3},
    {0x1.886e6037841edp-1, 0x1.1058bc8a07ee1p-2},  {0x1.767dcf5534862p-1, 0x1.4043057b6ee09p-2},
};

float kernels_log_single(float x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  if (x == INFINITY) return x;
  float normal = x < FLT_MIN ? x * 0x1p23f : x;
  uint32_t bits;
  memcpy(&bits, &normal, sizeof bits);
  // The mantissa lies between 0.7 and 1.4; its first four bits choose c.
  uint32_t above = bits - 0x3f330000;
  int32_t exponent = ((int32_t)above >> 23) - (x < FLT_MIN ? 23 : 0);
  uint32_t mantissa = bits - (above & 0xff800000);
  float m;
  memcpy(&m, &mantissa, sizeof m);
  double r = m * logs[above >> 19 & 15].reciprocal - 1;
  double base = logs[above >> 19 & 15].log + exponent * 0x1.62e42fefa39efp-1;
  double cubic = (0x1.5575b0be00b6ap-2 * r + -0x1.ffffef20a4123p-2) + -0x1.00ea348b88334p-2 * (r * r);
  return (float)(cubic * (r * r) + (base + r));
}
