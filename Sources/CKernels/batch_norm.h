// Batch normalisation and sums over a batch in one instruction set; see loops.h. Each column is summed row by row,
// so that its bits do not depend on the columns beside it.

// Columns whose sums are kept at hand while the rows go by.
#define SUMMED_COLUMNS 64

static void sum_columns(const void *argument, size_t first_column, size_t last_column) {
  const column_sums *work = argument;
  for (size_t start = first_column; start < last_column; start += SUMMED_COLUMNS) {
    size_t columns = last_column - start < SUMMED_COLUMNS ? last_column - start : SUMMED_COLUMNS;
    float sum[SUMMED_COLUMNS] = {0};
    for (size_t r = 0; r < work->rows; r++) {
      const float *row = work->values + r * work->columns + start;
      for (size_t c = 0; c < columns; c++) sum[c] += row[c];
    }
    memcpy(work->sums + start, sum, columns * sizeof(float));
  }
}

static void normalize(const void *argument, size_t first_column, size_t last_column) {
  const normalization *work = argument;
  float count = (float)work->rows;
  for (size_t start = first_column; start < last_column; start += SUMMED_COLUMNS) {
    size_t columns = last_column - start < SUMMED_COLUMNS ? last_column - start : SUMMED_COLUMNS;
    float mean[SUMMED_COLUMNS] = {0}, squares[SUMMED_COLUMNS] = {0};
    for (size_t r = 0; r < work->rows; r++) {
      const float *row = work->input + r * work->columns + start;
      for (size_t c = 0; c < columns; c++) mean[c] += row[c];
    }
    for (size_t c = 0; c < columns; c++) mean[c] /= count;
    memcpy(work->mean + start, mean, columns * sizeof(float));
    for (size_t r = 0; r < work->rows; r++) {
      const float *row = work->input + r * work->columns + start;
      for (size_t c = 0; c < columns; c++) squares[c] += (row[c] - mean[c]) * (row[c] - mean[c]);
    }
    float *inverse = work->inverse_deviation + start;
    for (size_t c = 0; c < columns; c++) {
      inverse[c] = 1 / __builtin_sqrtf(squares[c] / count + work->epsilon);
      work->running_mean[start + c] += work->momentum * (mean[c] - work->running_mean[start + c]);
      work->running_variance[start + c] +=
          work->momentum * (squares[c] / (count - 1) - work->running_variance[start + c]);
    }
    const float *scale = work->scale + start, *shift = work->shift + start;
    for (size_t r = 0; r < work->rows; r++) {
      const float *row = work->input + r * work->columns + start;
      float *output = work->output + r * work->columns + start;
      for (size_t c = 0; c < columns; c++) output[c] = scale[c] * ((row[c] - mean[c]) * inverse[c]) + shift[c];
    }
  }
}

static void normalize_running(const void *argument, size_t first_column, size_t last_column) {
  const running_normalization *work = argument;
  for (size_t start = first_column; start < last_column; start += SUMMED_COLUMNS) {
    size_t columns = last_column - start < SUMMED_COLUMNS ? last_column - start : SUMMED_COLUMNS;
    float factor[SUMMED_COLUMNS], offset[SUMMED_COLUMNS];
    for (size_t c = 0; c < columns; c++) {
      factor[c] = work->scale[start + c] / __builtin_sqrtf(work->running_variance[start + c] + work->epsilon);
      offset[c] = work->shift[start + c] - factor[c] * work->running_mean[start + c];
    }
    for (size_t r = 0; r < work->rows; r++) {
      const float *row = work->input + r * work->columns + start;
      float *output = work->output + r * work->columns + start;
      for (size_t c = 0; c < columns; c++) output[c] = factor[c] * row[c] + offset[c];
    }
  }
}

static void derive_normalized(const void *argument, size_t first_column, size_t last_column) {
  const normalization_derivation *work = argument;
  float count = (float)work->rows;
  for (size_t start = first_column; start < last_column; start += SUMMED_COLUMNS) {
    size_t columns = last_column - start < SUMMED_COLUMNS ? last_column - start : SUMMED_COLUMNS;
    float sum[SUMMED_COLUMNS] = {0}, product[SUMMED_COLUMNS] = {0}, factor[SUMMED_COLUMNS];
    const float *mean = work->mean + start, *inverse = work->inverse_deviation + start;
    for (size_t r = 0; r < work->rows; r++) {
      const float *gradient = work->gradient + r * work->columns + start;
      const float *row = work->input + r * work->columns + start;
      for (size_t c = 0; c < columns; c++) {
        sum[c] += gradient[c];
        product[c] += gradient[c] * ((row[c] - mean[c]) * inverse[c]);
      }
    }
    memcpy(work->shift_gradient + start, sum, columns * sizeof(float));
    memcpy(work->scale_gradient + start, product, columns * sizeof(float));
    for (size_t c = 0; c < columns; c++)
      factor[c] = work->scale[start + c] * inverse[c] / count;
    for (size_t r = 0; r < work->rows; r++) {
      float *gradient = work->gradient + r * work->columns + start;
      const float *row = work->input + r * work->columns + start;
      for (size_t c = 0; c < columns; c++) {
        float normalized = (row[c] - mean[c]) * inverse[c];
        gradient[c] = factor[c] * (count * gradient[c] - sum[c] - normalized * product[c]);
      }
    }
  }
}
