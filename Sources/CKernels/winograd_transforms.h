// The transforms of Winograd's convolution with 3 × 3 kernels (Lavin and Gray, 2015), in one instruction set; see loops.h.
//
// A tile of m × m outputs, m being 2 or 4, needs (m+2)² products instead of 9 · m²: Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A. Its
// points are 0, ±1, ∞ and, with m = 4, ±2. Each line function makes one of the matrices' products with a line of vectors.

typedef void line_function(size_t m, const vector *from, size_t stride, vector *to, size_t to_stride);

// Bᵀ, from m+2 to m+2 numbers.
ALWAYS_INLINE void input_line(size_t m, const vector *d, size_t s, vector *to, size_t t) {
  if (m == 2) {
    to[0] = d[0] - d[2 * s];
    to[t] = d[s] + d[2 * s];
    to[2 * t] = d[2 * s] - d[s];
    to[3 * t] = d[s] - d[3 * s];
    return;
  }
  vector even = d[4 * s] - 4 * d[2 * s], odd = d[3 * s] - 4 * d[s];
  vector even2 = d[4 * s] - d[2 * s], odd2 = 2 * (d[3 * s] - d[s]);
  to[0] = 4 * d[0] + (d[4 * s] - 5 * d[2 * s]);
  to[t] = even + odd;
  to[2 * t] = even - odd;
  to[3 * t] = even2 + odd2;
  to[4 * t] = even2 - odd2;
  to[5 * t] = 4 * d[s] + (d[5 * s] - 5 * d[3 * s]);
}

// G, from 3 to m+2 numbers.
ALWAYS_INLINE void weight_line(size_t m, const vector *g, size_t s, vector *to, size_t t) {
  if (m == 2) {
    vector sum = 0.5f * (g[0] + g[2 * s]), half = 0.5f * g[s];
    to[0] = g[0];
    to[t] = sum + half;
    to[2 * t] = sum - half;
    to[3 * t] = g[2 * s];
    return;
  }
  vector sum = (g[0] + g[2 * s]) * (-1.0f / 6), middle = g[s] * (1.0f / 6);
  vector sum2 = (g[0] + 4 * g[2 * s]) * (1.0f / 24), middle2 = g[s] * (1.0f / 12);
  to[0] = 0.25f * g[0];
  to[t] = sum - middle;
  to[2 * t] = sum + middle;
  to[3 * t] = sum2 + middle2;
  to[4 * t] = sum2 - middle2;
  to[5 * t] = g[2 * s];
}

// Aᵀ, from m+2 to m numbers.
ALWAYS_INLINE void output_line(size_t m, const vector *u, size_t s, vector *to, size_t t) {
  vector sum = u[s] + u[2 * s], difference = u[s] - u[2 * s];
  if (m == 2) {
    to[0] = u[0] + sum;
    to[t] = difference - u[3 * s];
    return;
  }
  vector sum2 = u[3 * s] + u[4 * s], difference2 = u[3 * s] - u[4 * s];
  to[0] = (u[0] + sum) + sum2;
  to[t] = difference + 2 * difference2;
  to[2 * t] = sum + 4 * sum2;
  to[3 * t] = (difference + u[5 * s]) + 8 * difference2;
}

// A, from m to m+2 numbers.
ALWAYS_INLINE void gradient_line(size_t m, const vector *y, size_t s, vector *to, size_t t) {
  if (m == 2) {
    to[0] = y[0];
    to[t] = y[0] + y[s];
    to[2 * t] = y[0] - y[s];
    to[3 * t] = -y[s];
    return;
  }
  vector even = y[0] + y[2 * s], odd = y[s] + y[3 * s];
  vector even2 = y[0] + 4 * y[2 * s], odd2 = 2 * (y[s] + 4 * y[3 * s]);
  to[0] = y[0];
  to[t] = even + odd;
  to[2 * t] = even - odd;
  to[3 * t] = even2 + odd2;
  to[4 * t] = even2 - odd2;
  to[5 * t] = y[3 * s];
}

// Gᵀ, from m+2 to 3 numbers.
ALWAYS_INLINE void weight_gradient_line(size_t m, const vector *u, size_t s, vector *to, size_t t) {
  vector sum = u[s] + u[2 * s], difference = u[s] - u[2 * s];
  if (m == 2) {
    to[0] = u[0] + 0.5f * sum;
    to[t] = 0.5f * difference;
    to[2 * t] = u[3 * s] + 0.5f * sum;
    return;
  }
  vector sum2 = u[3 * s] + u[4 * s], difference2 = u[3 * s] - u[4 * s];
  to[0] = 0.25f * u[0] + (0.25f * sum2 - sum) * (1.0f / 6);
  to[t] = (0.5f * difference2 - difference) * (1.0f / 6);
  to[2 * t] = u[5 * s] + (sum2 - sum) * (1.0f / 6);
}

// Transforms a square of from² vectors to one of to², the columns first.
ALWAYS_INLINE void transform_square(line_function line, size_t m, size_t from, size_t to, const vector *square,
                                    vector *result) {
  vector middle[6 * 6];
#pragma clang loop unroll(full)
  for (size_t j = 0; j < from; j++) line(m, square + j, from, middle + j, from);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < to; i++) line(m, middle + i * from, 1, result + i * to, 1);
}
