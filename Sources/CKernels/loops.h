// The loops of one instruction set. Includers define LANES (floats per vector register), TILE_ROWS and TILE_VECTORS
// (the register tile), SET_NAME and SET_SYMBOL. No include guard: this is compiled once per instruction set.

#define TILE_COLUMNS (TILE_VECTORS * LANES)
// Depth of a packed panel of right: 256 × 64 floats are 64 KB, which stays in the second-level cache.
#define PANEL_DEPTH 256

typedef float vector __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

// Adds left · panel to a tile of `rows` ≤ TILE_ROWS rows. Rows beyond repeat the last one and are not stored:
// one loop serves every edge.
static inline __attribute__((always_inline)) void multiply_tile(const float *left, size_t left_row_stride,
                                                                size_t left_column_stride, const float *panel,
                                                                size_t depth, float *output, size_t output_row_stride,
                                                                size_t rows, size_t columns, bool starts) {
  const float *row[TILE_ROWS];
  vector sum[TILE_ROWS][TILE_VECTORS];
  float edge[TILE_ROWS][TILE_COLUMNS];
  bool whole = columns == TILE_COLUMNS;
#pragma clang loop unroll(full)
  for (size_t i = 0; i < TILE_ROWS; i++) row[i] = left + (i < rows ? i : rows - 1) * left_row_stride;
  if (starts) {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < TILE_ROWS; i++)
#pragma clang loop unroll(full)
      for (size_t v = 0; v < TILE_VECTORS; v++) sum[i][v] = (vector){0};
  } else {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < TILE_ROWS; i++) {
      const float *source = output + (i < rows ? i : rows - 1) * output_row_stride;
      if (!whole) {
        memset(edge[i], 0, sizeof edge[i]);
        memcpy(edge[i], source, columns * sizeof(float));
        source = edge[i];
      }
#pragma clang loop unroll(full)
      for (size_t v = 0; v < TILE_VECTORS; v++) sum[i][v] = *(const vector *)(source + v * LANES);
    }
  }
  for (size_t p = 0; p < depth; p++) {
    vector right[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) right[v] = *(const vector *)(panel + p * TILE_COLUMNS + v * LANES);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < TILE_ROWS; i++) {
      float factor = row[i][p * left_column_stride];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < TILE_VECTORS; v++) sum[i][v] += factor * right[v];
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < TILE_ROWS; i++) {
    if (i >= rows) continue;
    float *target = output + i * output_row_stride;
    float *destination = whole ? target : edge[i];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) *(vector *)(destination + v * LANES) = sum[i][v];
    if (!whole) memcpy(target, edge[i], columns * sizeof(float));
  }
}

// Copies `depth` rows of `columns` ≤ TILE_COLUMNS floats side by side, padded with zeros: a power-of-two stride
// between the rows of right would make them compete for the same few cache sets.
static void pack_panel(const float *right, size_t row_stride, size_t column_stride, size_t depth, size_t columns,
                       float *panel) {
  for (size_t p = 0; p < depth; p++) {
    const float *row = right + p * row_stride;
    float *packed = panel + p * TILE_COLUMNS;
    if (column_stride == 1) {
      memcpy(packed, row, columns * sizeof(float));
    } else {
      for (size_t j = 0; j < columns; j++) packed[j] = row[j * column_stride];
    }
    for (size_t j = columns; j < TILE_COLUMNS; j++) packed[j] = 0;
  }
}

static void multiply(const kernels_product *product, size_t first_row, size_t last_row) {
  float panel[PANEL_DEPTH * TILE_COLUMNS] __attribute__((aligned(64)));
  for (size_t column = 0; column < product->columns; column += TILE_COLUMNS) {
    size_t columns = product->columns - column < TILE_COLUMNS ? product->columns - column : TILE_COLUMNS;
    for (size_t start = 0; start < product->depth; start += PANEL_DEPTH) {
      size_t depth = product->depth - start < PANEL_DEPTH ? product->depth - start : PANEL_DEPTH;
      pack_panel(product->right + start * product->right_row_stride + column * product->right_column_stride,
                 product->right_row_stride, product->right_column_stride, depth, columns, panel);
      const float *left = product->left + start * product->left_column_stride;
      for (size_t i = first_row; i < last_row; i += TILE_ROWS) {
        size_t rows = last_row - i < TILE_ROWS ? last_row - i : TILE_ROWS;
        multiply_tile(left + i * product->left_row_stride, product->left_row_stride, product->left_column_stride, panel,
                      depth, product->output + i * product->output_row_stride + column, product->output_row_stride,
                      rows, columns, start == 0);
      }
    }
  }
}

static void dropout_factors(uint64_t key, uint32_t step, uint32_t stream, uint32_t threshold, float scale, size_t rows,
                            size_t columns, float *factors) {
  for (size_t r = 0; r < rows; r++) {
    float *row = factors + r * columns;
    for (size_t block = 0; block * 8 < columns; block += LANES) {
      // LANES blocks side by side, word by word, so that the rounds run in vector registers.
      uint32_t word[4][LANES];
      for (size_t lane = 0; lane < LANES; lane++) {
        uint32_t counter[4] = {(uint32_t)(block + lane), (uint32_t)r, step, stream};
        philox_4x32_10(counter, key);
        for (size_t w = 0; w < 4; w++) word[w][lane] = counter[w];
      }
      for (size_t lane = 0; lane < LANES; lane++) {
        for (size_t half = 0; half < 8; half++) {
          size_t unit = (block + lane) * 8 + half;
          if (unit >= columns) break;
          uint32_t bits = (word[half / 2][lane] >> (half % 2 * 16)) & 0xFFFF;
          row[unit] = bits >= threshold ? scale : 0;
        }
      }
    }
  }
}

const kernels SET_SYMBOL = {SET_NAME, TILE_ROWS, multiply, dropout_factors};
