// Batch normalisation of few columns over so many rows, the pixels of images, that these are what threads share; see
// loops.h. Sums are made in parts, of chunks of rows that begin at 0, four rows side by side, whatever the threads.

#define NARROW_COLUMNS 16
#define NARROW_VECTORS (NARROW_COLUMNS / LANES)
#define CHUNK_ROWS 256

// What is summed: numbers, the squares of their distances from a mean, or numbers and their products with others.
enum { sum_of_numbers, sum_of_squares, sum_of_products };

// Adds the sums of up to NARROW_COLUMNS columns of a few rows.
ALWAYS_INLINE void add_rows(int kind, const float *values, const float *others, size_t stride, size_t rows,
                            size_t columns, const float *mean, float *sums, float *products) {
  enum { side_by_side = 4 };
  vector sum[side_by_side][NARROW_VECTORS] = {{{0}}}, product[side_by_side][NARROW_VECTORS] = {{{0}}};
  vector middle[NARROW_VECTORS];
#pragma clang loop unroll(full)
  for (size_t v = 0; v < NARROW_VECTORS; v++)
    middle[v] = kind == sum_of_squares && v * LANES < columns ? load_vector(mean + v * LANES, columns - v * LANES)
                                                              : (vector){0};
  for (size_t r = 0; r < rows; r += side_by_side) {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < side_by_side; i++) {
      if (r + i >= rows) break;
#pragma clang loop unroll(full)
      for (size_t v = 0; v < NARROW_VECTORS; v++) {
        size_t place = (r + i) * stride + v * LANES;
        if (v * LANES >= columns) continue;
        vector value = load_vector(values + place, columns - v * LANES);
        if (kind == sum_of_squares) {
          value -= middle[v];
          sum[i][v] += value * value;
          continue;
        }
        sum[i][v] += value;
        if (kind == sum_of_products) product[i][v] += value * load_vector(others + place, columns - v * LANES);
      }
    }
  }
#pragma clang loop unroll(full)
  for (size_t v = 0; v < NARROW_VECTORS; v++) {
    if (v * LANES >= columns) continue;
    vector total = (sum[0][v] + sum[1][v]) + (sum[2][v] + sum[3][v]);
    store_vector(sums + v * LANES, load_vector(sums + v * LANES, columns - v * LANES) + total, columns - v * LANES);
    if (kind != sum_of_products) continue;
    total = (product[0][v] + product[1][v]) + (product[2][v] + product[3][v]);
    store_vector(products + v * LANES, load_vector(products + v * LANES, columns - v * LANES) + total,
                 columns - v * LANES);
  }
}

ALWAYS_INLINE void sum_rows(int kind, const row_sums *work, size_t first_part, size_t last_part) {
  size_t columns = work->columns;
  for (size_t part = first_part; part < last_part; part++) {
    size_t last = work->rows * (part + 1) / SUMMED_PARTS;
    float *sums = work->sums + part * columns, *products = kind == sum_of_products ? work->products + part * columns : NULL;
    memset(sums, 0, columns * sizeof(float));
    if (products) memset(products, 0, columns * sizeof(float));
    for (size_t row = work->rows * part / SUMMED_PARTS; row < last; row += CHUNK_ROWS) {
      for (size_t c = 0; c < columns; c += NARROW_COLUMNS) {
        const float *values = work->values + row * columns + c, *mean = kind == sum_of_squares ? work->mean + c : NULL;
        const float *others = products ? work->others + row * columns + c : NULL;
        float *product = products ? products + c : NULL;
        size_t rows = least(CHUNK_ROWS, last - row);
        // A loop of its own for whole vectors.
        if (columns - c >= NARROW_COLUMNS) {
          add_rows(kind, values, others, columns, rows, NARROW_COLUMNS, mean, sums + c, product);
        } else {
          add_rows(kind, values, others, columns, rows, columns - c, mean, sums + c, product);
        }
      }
    }
  }
}

static void sum_numbers(const void *argument, size_t first_part, size_t last_part) {
  sum_rows(sum_of_numbers, argument, first_part, last_part);
}

static void sum_distances(const void *argument, size_t first_part, size_t last_part) {
  sum_rows(sum_of_squares, argument, first_part, last_part);
}

static void sum_products(const void *argument, size_t first_part, size_t last_part) {
  sum_rows(sum_of_products, argument, first_part, last_part);
}

// From the sums of the squares to what the rows are multiplied with, and the running statistics.
static void finish_statistics(const void *argument, size_t first_column, size_t last_column) {
  const normalization *work = argument;
  float count = (float)work->rows;
  for (size_t c = first_column; c < last_column; c++) {
    float squares = work->inverse_deviation[c];
    work->inverse_deviation[c] = 1 / __builtin_sqrtf(squares / count + work->epsilon);
    work->running_mean[c] += work->momentum * (work->mean[c] - work->running_mean[c]);
    work->running_variance[c] += work->momentum * (squares / (count - 1) - work->running_variance[c]);
  }
}

// Whole vectors of columns: so few that a loop which is vectorised by the compiler would spend its time on beginning.
#define FOR_COLUMNS(c, columns) for (size_t c = 0; c + LANES <= columns; c += LANES)
#define AT(numbers, place) (*(vector *)(numbers + place))

static void normalize_rows(const void *argument, size_t first_row, size_t last_row) {
  const normalization *work = argument;
  size_t columns = work->columns;
  const float *mean = work->mean, *inverse = work->inverse_deviation;
  const float *scale = work->scale, *shift = work->shift;
  for (size_t r = first_row; r < last_row; r++) {
    float *row = work->values + r * columns, *normalized = work->normalized + r * columns;
    FOR_COLUMNS(c, columns) {
      vector value = (AT(row, c) - AT(mean, c)) * AT(inverse, c);
      AT(normalized, c) = value;
      AT(row, c) = AT(scale, c) * value + AT(shift, c);
    }
    for (size_t c = columns / LANES * LANES; c < columns; c++) {
      normalized[c] = (row[c] - mean[c]) * inverse[c];
      row[c] = scale[c] * normalized[c] + shift[c];
    }
  }
}

// The same numbers as those of normalize_running.
static void normalize_rows_running(const void *argument, size_t first_row, size_t last_row) {
  const running_normalization *work = argument;
  size_t columns = work->columns;
  float factor[MOST_NARROW_COLUMNS], offset[MOST_NARROW_COLUMNS];
  for (size_t c = 0; c < columns; c++) {
    factor[c] = work->scale[c] / __builtin_sqrtf(work->running_variance[c] + work->epsilon);
    offset[c] = work->shift[c] - factor[c] * work->running_mean[c];
  }
  for (size_t r = first_row; r < last_row; r++) {
    float *row = work->values + r * columns;
    FOR_COLUMNS(c, columns) AT(row, c) = AT(factor, c) * AT(row, c) + AT(offset, c);
    for (size_t c = columns / LANES * LANES; c < columns; c++) row[c] = factor[c] * row[c] + offset[c];
  }
}

static void derive_normalized_rows(const void *argument, size_t first_row, size_t last_row) {
  const normalization_derivation *work = argument;
  size_t columns = work->columns;
  float count = (float)work->rows, factor[MOST_NARROW_COLUMNS];
  for (size_t c = 0; c < columns; c++) factor[c] = work->scale[c] * work->inverse_deviation[c] / count;
  const float *sum = work->shift_gradient, *product = work->scale_gradient;
  for (size_t r = first_row; r < last_row; r++) {
    float *gradient = work->gradient + r * columns;
    const float *normalized = work->normalized + r * columns;
    FOR_COLUMNS(c, columns)
      AT(gradient, c) = AT(factor, c) * (count * AT(gradient, c) - AT(sum, c) - AT(normalized, c) * AT(product, c));
    for (size_t c = columns / LANES * LANES; c < columns; c++)
      gradient[c] = factor[c] * (count * gradient[c] - sum[c] - normalized[c] * product[c]);
  }
}
