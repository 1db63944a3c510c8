// Batch normalisation over the pixels of images, with the activation function that follows; see loops.h. The rows, pixels, are
// what threads share. Memory is slower than arithmetic here: each pass over the rows does all that it can while they are in
// the cache. Sums are made in parts, of chunks of rows that begin at 0, four rows side by side, whatever the threads.

#define NARROW_COLUMNS 16
#define NARROW_VECTORS (NARROW_COLUMNS / LANES)
#define CHUNK_ROWS 256

// What is summed: numbers, the squares of their distances from a mean, or numbers and their products with the distances of others.
enum { sum_of_numbers, sum_of_squares, sum_of_products };

// Adds the sums of up to NARROW_COLUMNS columns of a few rows.
ALWAYS_INLINE void add_rows(int kind, const float *values, const float *others, size_t stride, size_t rows,
                            size_t columns, const float *mean, float *sums, float *products) {
  enum { side_by_side = 4 };
  vector sum[side_by_side][NARROW_VECTORS] = {{{0}}}, product[side_by_side][NARROW_VECTORS] = {{{0}}};
  vector middle[NARROW_VECTORS];
#pragma clang loop unroll(full)
  for (size_t v = 0; v < NARROW_VECTORS; v++)
    middle[v] = kind != sum_of_numbers && v * LANES < columns ? load_vector(mean + v * LANES, columns - v * LANES)
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
        if (kind == sum_of_products)
          product[i][v] += value * (load_vector(others + place, columns - v * LANES) - middle[v]);
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

// Adds the sums of all columns of up to CHUNK_ROWS rows.
ALWAYS_INLINE void add_chunk(int kind, const float *values, const float *others, size_t rows, size_t columns,
                             const float *mean, float *sums, float *products) {
  for (size_t c = 0; c < columns; c += NARROW_COLUMNS) {
    const float *other = others ? others + c : NULL, *middle = mean ? mean + c : NULL;
    float *product = products ? products + c : NULL;
    // A loop of its own for whole vectors.
    if (columns - c >= NARROW_COLUMNS) {
      add_rows(kind, values + c, other, columns, rows, NARROW_COLUMNS, middle, sums + c, product);
    } else {
      add_rows(kind, values + c, other, columns, rows, columns - c, middle, sums + c, product);
    }
  }
}

// The first row of a part.
static inline size_t part_start(size_t rows, size_t part) { return rows * part / SUMMED_PARTS; }

static void sum_numbers(const void *argument, size_t first_part, size_t last_part) {
  const row_sums *work = argument;
  size_t columns = work->columns;
  for (size_t part = first_part; part < last_part; part++) {
    size_t last = part_start(work->rows, part + 1);
    float *sums = work->sums + part * columns;
    memset(sums, 0, columns * sizeof(float));
    for (size_t row = part_start(work->rows, part); row < last; row += CHUNK_ROWS)
      add_chunk(sum_of_numbers, work->values + row * columns, NULL, least(CHUNK_ROWS, last - row), columns, NULL, sums,
                NULL);
  }
}

// Adds the statistics of `count` rows to those of the `before` rows before them: means, and sums of the squares of the
// distances from these (Chan, Golub and LeVeque, 1979).
static inline void merge_statistics(size_t columns, size_t before, float *mean, float *squares, size_t count,
                                    const float *more_mean, const float *more_squares) {
  if (count == 0) return;
  float share = (float)count / (float)(before + count), weight = (float)before * share;
  for (size_t c = 0; c < columns; c++) {
    float distance = more_mean[c] - mean[c];
    mean[c] += share * distance;
    squares[c] += more_squares[c] + weight * distance * distance;
  }
}

// The statistics of some parts.
static void measure(const void *argument, size_t first_part, size_t last_part) {
  const row_sums *work = argument;
  size_t columns = work->columns;
  for (size_t part = first_part; part < last_part; part++) {
    size_t first = part_start(work->rows, part), last = part_start(work->rows, part + 1);
    float *mean = work->sums + part * columns, *squares = work->products + part * columns;
    memset(mean, 0, columns * sizeof(float));
    memset(squares, 0, columns * sizeof(float));
    for (size_t row = first; row < last; row += CHUNK_ROWS) {
      const float *values = work->values + row * columns;
      size_t rows = least(CHUNK_ROWS, last - row);
      float chunk_mean[MOST_NARROW_COLUMNS] = {0}, chunk_squares[MOST_NARROW_COLUMNS] = {0};
      add_chunk(sum_of_numbers, values, NULL, rows, columns, NULL, chunk_mean, NULL);
      for (size_t c = 0; c < columns; c++) chunk_mean[c] /= (float)rows;
      add_chunk(sum_of_squares, values, NULL, rows, columns, chunk_mean, chunk_squares, NULL);
      merge_statistics(columns, row - first, mean, squares, rows, chunk_mean, chunk_squares);
    }
  }
}

// From the statistics of all parts to what the rows are multiplied with, and the running statistics.
static void finish_statistics(const void *argument, size_t first_column, size_t last_column) {
  const normalization *work = argument;
  float squares[MOST_NARROW_COLUMNS] = {0}, count = (float)work->rows;
  memset(work->mean, 0, work->columns * sizeof(float));
  for (size_t part = 0; part < SUMMED_PARTS; part++) {
    size_t before = part_start(work->rows, part), rows = part_start(work->rows, part + 1) - before;
    merge_statistics(work->columns, before, work->mean, squares, rows, work->parts + part * work->columns,
                     work->parts + (SUMMED_PARTS + part) * work->columns);
  }
  for (size_t c = first_column; c < last_column; c++) {
    work->inverse_deviation[c] = 1 / __builtin_sqrtf(squares[c] / count + work->epsilon);
    work->running_mean[c] += work->momentum * (work->mean[c] - work->running_mean[c]);
    work->running_variance[c] += work->momentum * (squares[c] / (count - 1) - work->running_variance[c]);
  }
}

// Rows that are changed together.
static inline size_t group_rows(size_t columns) { return columns < GROUP_NUMBERS ? GROUP_NUMBERS / columns : 1; }

// Whole vectors of columns: so few that a loop which is vectorised by the compiler would spend its time on beginning.
#define FOR_COLUMNS(c, columns) for (size_t c = 0; c + LANES <= columns; c += LANES)
#define FOR_REST(c, columns) for (size_t c = columns / LANES * LANES; c < columns; c++)
#define AT(numbers, place) (*(vector *)(numbers + place))
#define FROM(numbers, place) (*(const vector *)(numbers + place))

static void normalize_group(const float *input, size_t rows, size_t columns, const float *mean, const float *inverse,
                            const float *scale, const float *shift, float *output) {
  for (size_t r = 0; r < rows; r++, input += columns, output += columns) {
    FOR_COLUMNS(c, columns)
      AT(output, c) = FROM(scale, c) * ((FROM(input, c) - FROM(mean, c)) * FROM(inverse, c)) + FROM(shift, c);
    FOR_REST(c, columns) output[c] = scale[c] * ((input[c] - mean[c]) * inverse[c]) + shift[c];
  }
}

static void normalize_rows(const void *argument, size_t first_row, size_t last_row) {
  const normalization *work = argument;
  size_t columns = work->columns;
  for (size_t r = first_row; r < last_row; r += group_rows(columns)) {
    size_t rows = least(group_rows(columns), last_row - r);
    float *output = work->output + r * columns;
    normalize_group(work->input + r * columns, rows, columns, work->mean, work->inverse_deviation, work->scale, work->shift,
                    output);
    activate_group(work->following, output, rows * columns);
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
  for (size_t r = first_row; r < last_row; r += group_rows(columns)) {
    size_t rows = least(group_rows(columns), last_row - r);
    const float *input = work->input + r * columns;
    float *output = work->output + r * columns;
    for (size_t i = 0; i < rows; i++, input += columns, output += columns) {
      FOR_COLUMNS(c, columns) AT(output, c) = FROM(factor, c) * FROM(input, c) + FROM(offset, c);
      FOR_REST(c, columns) output[c] = factor[c] * input[c] + offset[c];
    }
    activate_group(work->following, work->output + r * columns, rows * columns);
  }
}

// Replaces the gradient of the activation function's values by that of its arguments, which are computed again, in some rows
// and columns, up to GROUP_NUMBERS in all. Either the rows are whole, or there is one.
static void derive_group(const normalization_derivation *work, size_t row, size_t rows, size_t column, size_t columns) {
  kernels_following_activation following = work->following;
  size_t start = row * work->columns + column;
  float kept[GROUP_NUMBERS];
  normalize_group(work->input + start, rows, columns, work->mean + column, work->inverse_deviation + column,
                  work->scale + column, work->shift + column, kept);
  if (following.derives_from_value) activate_group(following, kept, rows * columns);
  derive_values(following, kept, work->gradient + start, rows * columns);
}

static void derive_activation(const void *argument, size_t first_row, size_t last_row) {
  const normalization_derivation *work = argument;
  for (size_t row = first_row; row < last_row; row += group_rows(work->columns))
    for (size_t c = 0; c < work->columns; c += GROUP_NUMBERS)
      derive_group(work, row, least(group_rows(work->columns), last_row - row), c, least(GROUP_NUMBERS, work->columns - c));
}

// Sums the gradients of some parts, and their products with the distances of the input from its mean.
static void sum_gradients(const void *argument, size_t first_part, size_t last_part) {
  const normalization_derivation *work = argument;
  size_t columns = work->columns;
  for (size_t part = first_part; part < last_part; part++) {
    size_t last = part_start(work->rows, part + 1);
    float *sums = work->parts + part * columns, *products = work->parts + (SUMMED_PARTS + part) * columns;
    memset(sums, 0, columns * sizeof(float));
    memset(products, 0, columns * sizeof(float));
    for (size_t row = part_start(work->rows, part); row < last; row += CHUNK_ROWS) {
      size_t rows = least(CHUNK_ROWS, last - row);
      if (work->following.exists) derive_activation(work, row, row + rows);
      add_chunk(sum_of_products, work->gradient + row * columns, work->input + row * columns, rows, columns, work->mean,
                sums, products);
    }
  }
}

static void derive_normalized_rows(const void *argument, size_t first_row, size_t last_row) {
  const normalization_derivation *work = argument;
  size_t columns = work->columns;
  float factor[MOST_NARROW_COLUMNS], offset[MOST_NARROW_COLUMNS], slope[MOST_NARROW_COLUMNS], count = (float)work->rows;
  const float *mean = work->mean, *inverse = work->inverse_deviation;
  for (size_t c = 0; c < columns; c++) {
    factor[c] = work->scale[c] * inverse[c];
    offset[c] = factor[c] * work->shift_gradient[c] / count;
    slope[c] = factor[c] * inverse[c] * work->scale_gradient[c] / count;
  }
  for (size_t r = first_row; r < last_row; r++) {
    float *gradient = work->gradient + r * columns;
    const float *input = work->input + r * columns;
    FOR_COLUMNS(c, columns)
      AT(gradient, c) = (FROM(factor, c) * AT(gradient, c) - FROM(offset, c)) - (FROM(input, c) - FROM(mean, c)) * FROM(slope, c);
    FOR_REST(c, columns) gradient[c] = (factor[c] * gradient[c] - offset[c]) - (input[c] - mean[c]) * slope[c];
  }
}
