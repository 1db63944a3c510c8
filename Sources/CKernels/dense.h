// Products without zeros to skip, in one instruction set; see loops.h. Whatever the tile, each sum adds over the depth in
// order: the bits are the same for all sets that multiply and add at once.

#define DENSE_COLUMNS (DENSE_VECTORS * LANES)
// Rows of a tile of a single vector: as many sums as keep the units busy.
#define NARROW_ROWS 12
// Panels are used a slice of this depth at a time, which stays in the first-level cache.
#define DENSE_DEPTH 256

// Vectors of a panel that begins at a column, of `columns` in all.
static inline size_t panel_vectors(size_t column, size_t columns) {
  return least(DENSE_VECTORS, (columns - column + LANES - 1) / LANES);
}

// Rows of left in segments of `depth` numbers, from `offset` on: the places of one segment side by side, those of the next
// `stride` further.
typedef struct {
  const float *const *places;
  size_t segments, stride, offset, depth;
} dense_left;

// Where the rows of a product go, from a column on; there they go on from what is held, or begin with `initial`.
typedef struct {
  const float *initial;
  float *const *rows;
  size_t column;
} dense_output;

// Adds the product of rows of left with a panel of right, whose rows are `panel_stride` apart, to the output.
ALWAYS_INLINE void dense_rows(size_t rows, size_t vectors, const dense_left *left_, const float *panel,
                              size_t panel_stride, const dense_output *output_) {
  const dense_left left = *left_;
  const dense_output output = *output_;
  vector sum[NARROW_ROWS][DENSE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++)
      sum[i][v] = *(const vector *)((output.initial ? output.initial : output.rows[i] + output.column) + v * LANES);
  for (size_t segment = 0; segment < left.segments; segment++) {
    const float *row[NARROW_ROWS];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) row[i] = left.places[segment * left.stride + i] + left.offset;
    for (size_t p = 0; p < left.depth; p++, panel += panel_stride) {
      vector right[DENSE_VECTORS];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < vectors; v++) right[v] = *(const vector *)(panel + v * LANES);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < rows; i++) {
        vector factor = row[i][p] - (vector){0};
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++) sum[i][v] += factor * right[v];
      }
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++) {
    float *row = output.rows[i] + output.column;
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) *(vector *)(row + v * LANES) = sum[i][v];
  }
}

// Where the elements of left are whose depth is p: one after the other, at places that are listed, or `stride` apart.
typedef struct {
  const float *const *places;
  const float *first;
  size_t stride;
} dense_columns;

// Multiplies the transpose of an array of `rows` columns with a panel: the sums begin at 0, and are added to the output
// or replace it.
ALWAYS_INLINE void dense_outer(size_t rows, size_t vectors, dense_columns left, size_t row, size_t depth,
                               const float *panel, bool adds, float *output, size_t stride) {
  vector sum[NARROW_ROWS][DENSE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) sum[i][v] = (vector){0};
  for (size_t p = 0; p < depth; p++) {
    const float *place = (left.places ? left.places[p] : left.first + p * left.stride) + row;
    vector right[DENSE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) right[v] = *(const vector *)(panel + (p * vectors + v) * LANES);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      vector factor = place[i] - (vector){0};
#pragma clang loop unroll(full)
      for (size_t v = 0; v < vectors; v++) sum[i][v] += factor * right[v];
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) {
      vector *target = (vector *)(output + i * stride + v * LANES);
      *target = adds ? *target + sum[i][v] : sum[i][v];
    }
}

// Rows of a tile of so many vectors.
static inline size_t tile_rows(size_t vectors) { return vectors == 1 ? NARROW_ROWS : DENSE_ROWS; }

// A loop for each number of rows and vectors, its sums all in registers.
#define EACH_TO_6(CASE) CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6)
#define EACH_TO_12(CASE) EACH_TO_6(CASE) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#if DENSE_ROWS > 6
#define DENSE_EACH_ROWS EACH_TO_12
#else
#define DENSE_EACH_ROWS EACH_TO_6
#endif
#if DENSE_VECTORS > 2
#define DENSE_MORE_VECTORS(CASE) CASE(3) CASE(4)
#else
#define DENSE_MORE_VECTORS(CASE)
#endif
#define DENSE_WIDE_VECTORS(CASE) CASE(2) DENSE_MORE_VECTORS(CASE)
#define DENSE_EACH_VECTORS(CASE) CASE(1) DENSE_WIDE_VECTORS(CASE)
#define DENSE_SWITCH(vectors, rows)      \
  switch (vectors) {                     \
    case 1: {                            \
      const size_t count = 1;            \
      switch (rows) { EACH_TO_12(CASE) } \
      break;                             \
    }                                    \
      DENSE_WIDE_VECTORS(VECTORS)        \
  }
#define VECTORS(vectors_)                   \
  case vectors_: {                          \
    const size_t count = vectors_;          \
    switch (rows) { DENSE_EACH_ROWS(CASE) } \
    break;                                  \
  }

static void dense_tile(size_t rows, size_t vectors, const dense_left *left, const float *panel,
                       const dense_output *output) {
#define CASE(rows_)                                               \
  case rows_:                                                     \
    dense_rows(rows_, count, left, panel, count * LANES, output); \
    break;
  DENSE_SWITCH(vectors, rows)
#undef CASE
}

#define CASE(rows_)                                                                   \
  case rows_:                                                                         \
    dense_outer(rows_, count, left, row, depth, panel, adds, output, stride);         \
    break;

static void dense_outer_listed(size_t rows, size_t vectors, const float *const *places, size_t row, size_t depth,
                               const float *panel, bool adds, float *output, size_t stride) {
  const dense_columns left = {places, NULL, 0};
  DENSE_SWITCH(vectors, rows)
}

static void dense_outer_strided(size_t rows, size_t vectors, const float *first, size_t left_stride, size_t row,
                                size_t depth, const float *panel, bool adds, float *output, size_t stride) {
  const dense_columns left = {NULL, first, left_stride};
  DENSE_SWITCH(vectors, rows)
}

#undef CASE
#undef VECTORS

// All rows of a tile with fewer vectors.
static void dense_rows_narrow(size_t vectors, const dense_left *left, const float *panel, size_t panel_stride,
                              const dense_output *output) {
  switch (vectors) {
#define VECTORS(vectors_)                                                       \
  case vectors_:                                                                \
    dense_rows(DENSE_ROWS, vectors_, left, panel, panel_stride, output);        \
    break;
    DENSE_EACH_VECTORS(VECTORS)
#undef VECTORS
  }
}

// Does the same as dense_tile where the last of the panel's vectors is not full, through a buffer that is.
static void dense_tile_edge(size_t rows, size_t vectors, const dense_left *left, const float *panel,
                            const dense_output *output, size_t columns) {
  float edge[NARROW_ROWS][DENSE_COLUMNS];
  float *whole[NARROW_ROWS];
  for (size_t i = 0; i < rows; i++) {
    whole[i] = edge[i];
    if (output->initial) continue;
    memset(edge[i], 0, sizeof edge[i]);
    memcpy(edge[i], output->rows[i] + output->column, columns * sizeof(float));
  }
  dense_tile(rows, vectors, left, panel, &(dense_output){output->initial, whole, 0});
  for (size_t i = 0; i < rows; i++) memcpy(output->rows[i] + output->column, edge[i], columns * sizeof(float));
}
