// The innermost loops of dense products for one kind of vector, NUMBERS, of WIDTH numbers; NAMED gives them their names. No
// include guards: see dense.h.

// Adds the product of rows of left with a panel of right, whose rows are `panel_stride` apart, to the output.
ALWAYS_INLINE void NAMED(dense_rows)(size_t rows, size_t vectors, const dense_left *left_, const float *panel,
                                     size_t panel_stride, const dense_output *output_) {
  const dense_left left = *left_;
  const dense_output output = *output_;
  NUMBERS sum[NARROW_ROWS][DENSE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++)
      sum[i][v] = *(const NUMBERS *)((output.initial ? output.initial : output.rows[i] + output.column) + v * WIDTH);
  for (size_t segment = 0; segment < left.segments; segment++) {
    const float *row[NARROW_ROWS];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) row[i] = left.places[segment * left.stride + i] + left.offset;
    for (size_t p = 0; p < left.depth; p++, panel += panel_stride) {
      NUMBERS right[DENSE_VECTORS];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < vectors; v++) right[v] = *(const NUMBERS *)(panel + v * WIDTH);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < rows; i++) {
        NUMBERS factor = row[i][p] - (NUMBERS){0};
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++) sum[i][v] += factor * right[v];
      }
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++) {
    float *row = output.rows[i] + output.column;
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) *(NUMBERS *)(row + v * WIDTH) = sum[i][v];
  }
}

// Multiplies the transpose of an array of `rows` columns with a panel, whose rows are `panel_stride` apart: the sums begin at
// 0, and are added to the output or replace it. From `split` on the columns are those of a second array.
ALWAYS_INLINE void NAMED(dense_outer)(size_t rows, size_t split, size_t vectors, dense_columns left, size_t row, size_t depth,
                                      const float *panel, size_t panel_stride, bool adds, float *output,
                                      size_t stride) {
  NUMBERS sum[NARROW_ROWS][DENSE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) sum[i][v] = (NUMBERS){0};
  for (size_t p = 0; p < depth; p++) {
    const float *place = (left.places ? left.places[p] : left.first + p * left.stride) + row;
    const float *second = split < rows ? left.second[p] : NULL;
    NUMBERS right[DENSE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) right[v] = *(const NUMBERS *)(panel + p * panel_stride + v * WIDTH);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      NUMBERS factor = (i < split ? place[i] : second[i - split]) - (NUMBERS){0};
#pragma clang loop unroll(full)
      for (size_t v = 0; v < vectors; v++) sum[i][v] += factor * right[v];
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) {
      NUMBERS *target = (NUMBERS *)(output + i * stride + v * WIDTH);
      *target = adds ? *target + sum[i][v] : sum[i][v];
    }
}

#undef NUMBERS
#undef WIDTH
#undef NAMED
