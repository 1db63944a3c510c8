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

// Where the elements of left are whose depth is p: one after the other, at places that are listed, or `stride` apart; those
// of a second array, if there is one, at places of their own.
typedef struct {
  const float *const *places;
  const float *first;
  size_t stride;
  const float *const *second;
} dense_columns;

#define NUMBERS vector
#define WIDTH LANES
#define NAMED(name) name
#include "dense_loops.h"

// Where a panel has few columns, half a vector holds them, and a unit for whole vectors works on two halves at once.
#if LANES > 8
#define HALF_LANES 8
#define NUMBERS eight_floats
#define WIDTH HALF_LANES
#define NAMED(name) name##_of_half
#include "dense_loops.h"
#else
#define HALF_LANES 0
#endif

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

// Fills `columns` of a panel's columns at least.
static void dense_tile(size_t rows, size_t vectors, const dense_left *left, const float *panel,
                       const dense_output *output, size_t columns) {
  (void)columns;
#if HALF_LANES
#define CASE(rows_)                                                \
  case rows_:                                                      \
    dense_rows_of_half(rows_, 1, left, panel, LANES, output); \
    return;
  if (columns <= HALF_LANES) switch (rows) { EACH_TO_12(CASE) }
#undef CASE
#endif
#define CASE(rows_)                                               \
  case rows_:                                                     \
    dense_rows(rows_, count, left, panel, count * LANES, output); \
    break;
  DENSE_SWITCH(vectors, rows)
#undef CASE
}

#define CASE(rows_)                                                                           \
  case rows_:                                                                                 \
    dense_outer(rows_, rows_, count, left, row, depth, panel, count * LANES, adds, output, stride); \
    break;

static void dense_outer_listed(size_t rows, size_t vectors, const float *const *places, size_t row, size_t depth,
                               const float *panel, bool adds, float *output, size_t stride) {
  const dense_columns left = {places, NULL, 0, NULL};
  DENSE_SWITCH(vectors, rows)
}

static void dense_outer_strided(size_t rows, size_t vectors, const float *first, size_t left_stride, size_t row,
                                size_t depth, const float *panel, bool adds, float *output, size_t stride) {
  const dense_columns left = {NULL, first, left_stride, NULL};
  DENSE_SWITCH(vectors, rows)
}

#undef CASE

// Does the same as dense_outer_listed where the last of the panel's vectors is not full, to a buffer that is.
static void dense_outer_edge(size_t rows, size_t vectors, const float *const *places, size_t row, size_t depth,
                             const float *panel, float *edge, size_t columns) {
  (void)columns;
#if HALF_LANES
  const dense_columns left = {places, NULL, 0, NULL};
#define CASE(rows_)                                                                              \
  case rows_:                                                                                    \
    dense_outer_of_half(rows_, rows_, 1, left, row, depth, panel, LANES, false, edge, DENSE_COLUMNS); \
    return;
  if (columns <= HALF_LANES) switch (rows) { EACH_TO_12(CASE) }
#undef CASE
#endif
  dense_outer_listed(rows, vectors, places, row, depth, panel, false, edge, DENSE_COLUMNS);
}

// The same for two arrays of `rows` columns each, at most half of NARROW_ROWS, and a panel of a single vector: one array alone
// would leave the units waiting for sums.
static void dense_outer_pair(size_t rows, const float *const *places, const float *const *second, size_t depth,
                             const float *panel, float *edge, size_t columns) {
  (void)columns;
  const dense_columns left = {places, NULL, 0, second};
#if HALF_LANES
#define CASE(rows_)                                                                                     \
  case rows_:                                                                                           \
    dense_outer_of_half(2 * rows_, rows_, 1, left, 0, depth, panel, LANES, false, edge, DENSE_COLUMNS); \
    return;
  if (columns <= HALF_LANES) switch (rows) { EACH_TO_6(CASE) }
#undef CASE
#endif
#define CASE(rows_)                                                                             \
  case rows_:                                                                                   \
    dense_outer(2 * rows_, rows_, 1, left, 0, depth, panel, LANES, false, edge, DENSE_COLUMNS); \
    break;
  switch (rows) { EACH_TO_6(CASE) }
#undef CASE
}

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
  dense_tile(rows, vectors, left, panel, &(dense_output){output->initial, whole, 0}, columns);
  for (size_t i = 0; i < rows; i++) memcpy(output->rows[i] + output->column, edge[i], columns * sizeof(float));
}

// Multiplies `count` rows of left, of `depth` numbers from `offset` on, with all panels of `columns`, a slice of the depth at a
// time. The products go to rows that have room for whole vectors, from `column` on.
static void multiply_panels(size_t count, const float *const *left, size_t offset, size_t depth, const float *panels,
                            size_t columns, float *const *products, size_t column) {
  static const float zeros[DENSE_COLUMNS];
  for (size_t slice = 0; slice < depth; slice += DENSE_DEPTH) {
    for (size_t k = 0; k < columns; k += DENSE_COLUMNS) {
      size_t vectors = panel_vectors(k, columns);
      const float *panel = panels + k * depth + slice * vectors * LANES;
      for (size_t i = 0; i < count; i += tile_rows(vectors)) {
        dense_left rows = {left + i, 1, 0, offset + slice, least(DENSE_DEPTH, depth - slice)};
        dense_output output = {slice == 0 ? zeros : NULL, products + i, column + k};
        dense_tile(least(tile_rows(vectors), count - i), vectors, &rows, panel, &output, vectors * LANES);
      }
    }
  }
}
