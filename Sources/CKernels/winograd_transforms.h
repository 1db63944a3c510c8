// The transforms of Winograd's convolution with 3 × 3 kernels (Lavin and Gray, 2015), in one instruction set; see loops.h.
//
// A tile of m × m outputs, m being 2 or 4, needs (m+2)² products instead of 9 · m²: Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A. Its
// points are 0, ±1, ∞ with m = 2, and 0, ±3/4, ±3/2, ∞ with m = 4: with ±1 and ±2 rounding errors are three times as
// large. Each line function makes one of the matrices' products with a line of vectors.

#define NEAR 0.75f
#define FAR 1.5f
#define NEAR2 (NEAR * NEAR)
#define FAR2 (FAR * FAR)
// What the two points' rows of G are divided by.
#define NEAR_SCALE (1 / (2 * NEAR2 * (NEAR2 - FAR2)))
#define FAR_SCALE (1 / (2 * FAR2 * (FAR2 - NEAR2)))

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
  vector near_even = d[4 * s] - FAR2 * d[2 * s], near_odd = d[3 * s] - FAR2 * d[s];
  vector far_even = d[4 * s] - NEAR2 * d[2 * s], far_odd = d[3 * s] - NEAR2 * d[s];
  to[0] = (d[4 * s] - (NEAR2 + FAR2) * d[2 * s]) + NEAR2 * FAR2 * d[0];
  to[t] = near_even + NEAR * near_odd;
  to[2 * t] = near_even - NEAR * near_odd;
  to[3 * t] = far_even + FAR * far_odd;
  to[4 * t] = far_even - FAR * far_odd;
  to[5 * t] = (d[5 * s] - (NEAR2 + FAR2) * d[3 * s]) + NEAR2 * FAR2 * d[s];
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
  vector near_even = NEAR_SCALE * g[0] + NEAR_SCALE * NEAR2 * g[2 * s], near_odd = NEAR_SCALE * NEAR * g[s];
  vector far_even = FAR_SCALE * g[0] + FAR_SCALE * FAR2 * g[2 * s], far_odd = FAR_SCALE * FAR * g[s];
  to[0] = 1 / (NEAR2 * FAR2) * g[0];
  to[t] = near_even + near_odd;
  to[2 * t] = near_even - near_odd;
  to[3 * t] = far_even + far_odd;
  to[4 * t] = far_even - far_odd;
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
  to[t] = NEAR * difference + FAR * difference2;
  to[2 * t] = NEAR2 * sum + FAR2 * sum2;
  to[3 * t] = (u[5 * s] + NEAR2 * NEAR * difference) + FAR2 * FAR * difference2;
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
  vector near_even = y[0] + NEAR2 * y[2 * s], near_odd = y[s] + NEAR2 * y[3 * s];
  vector far_even = y[0] + FAR2 * y[2 * s], far_odd = y[s] + FAR2 * y[3 * s];
  to[0] = y[0];
  to[t] = near_even + NEAR * near_odd;
  to[2 * t] = near_even - NEAR * near_odd;
  to[3 * t] = far_even + FAR * far_odd;
  to[4 * t] = far_even - FAR * far_odd;
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
  to[0] = (1 / (NEAR2 * FAR2) * u[0] + NEAR_SCALE * sum) + FAR_SCALE * sum2;
  to[t] = NEAR_SCALE * NEAR * difference + FAR_SCALE * FAR * difference2;
  to[2 * t] = (u[5 * s] + NEAR_SCALE * NEAR2 * sum) + FAR_SCALE * FAR2 * sum2;
}

// Where the vectors of a square are, from `offset` on: at places that are listed, or `stride` apart.
typedef struct {
  const float *const *places;
  const float *first;
  size_t stride, offset;
} square_source;

// Transforms the columns of a square. Its vectors are loaded column by column: all at once would not fit the registers. So
// are its rows then to be transformed one by one, each of which is stored before the next.
ALWAYS_INLINE void transform_columns(line_function line, size_t m, size_t side, square_source source, vector *result) {
#pragma clang loop unroll(full)
  for (size_t j = 0; j < side; j++) {
    vector column[6];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < side; i++) {
      size_t place = i * side + j;
      const float *numbers = source.places ? source.places[place] : source.first + place * source.stride;
      column[i] = *(const vector *)(numbers + source.offset);
    }
    line(m, column, 1, result + j, side);
  }
}

// Transforms a square of side² vectors to one of result_side², which are stored `stride` apart.
ALWAYS_INLINE void transform_square(line_function line, size_t m, size_t side, size_t result_side,
                                    square_source source, float *target, size_t stride) {
  vector middle[6 * 6];
  transform_columns(line, m, side, source, middle);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < result_side; i++) {
    vector row[6];
    line(m, middle + i * side, 1, row, 1);
#pragma clang loop unroll(full)
    for (size_t j = 0; j < result_side; j++) *(vector *)(target + (i * result_side + j) * stride) = row[j];
  }
}

// Lists copies of the last numbers at some places instead, filled up to a vector with zeros.
static void list_filled(const float **places, size_t count, size_t offset, size_t numbers, float copies[][LANES]) {
  for (size_t i = 0; i < count; i++) {
    memset(copies[i], 0, sizeof copies[i]);
    memcpy(copies[i], places[i] + offset, numbers * sizeof(float));
    places[i] = copies[i];
  }
}
