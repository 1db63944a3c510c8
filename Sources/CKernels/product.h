// The matrix product of one instruction set; see loops.h.

#define TILE_COLUMNS (TILE_VECTORS * LANES)
// Depth of a packed panel of right: 128 rows of it (16 KB with 32 columns) and the rows of left it meets stay in the
// first-level cache.
#define PANEL_DEPTH 128
// Tiles whose places are listed together before they meet every panel.
#define LISTED_TILES 128

typedef float vector __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));
typedef float eight_floats __attribute__((vector_size(32), aligned(4)));
typedef bool eight_bools __attribute__((ext_vector_type(8)));

// A tile of left: the depths at which it holds anything but zeros, which pixels and dropped units often are. Adding
// 0 · right changes nothing.
typedef struct {
  size_t count;
  // Eight are written at a time, the last of which may not count.
  uint8_t place[PANEL_DEPTH + 8];
  // The rows where each is contiguous; those beyond the edge repeat the last one.
  const float *row[TILE_ROWS];
  // What the tile holds at its places where the rows are not contiguous: they would be fetched again and again.
  float (*copy)[TILE_ROWS];
} tile;

static inline void list_places(tile *tile, size_t depth) {
  size_t count = 0, p = 0;
  for (; p + 8 <= depth; p += 8) {
    eight_bools holds = {0};
#pragma clang loop unroll(full)
    for (size_t i = 0; i < TILE_ROWS; i++)
      holds |= __builtin_convertvector(*(const eight_floats *)(tile->row[i] + p) != 0, eight_bools);
    uint8_t bits = __builtin_bit_cast(uint8_t, holds);
    uint64_t places = kernels_places_of_bits[bits] + p * 0x0101010101010101u;
    memcpy(tile->place + count, &places, sizeof places);
    count += (size_t)__builtin_popcount(bits);
  }
  for (; p < depth; p++) {
    bool holds = false;
    for (size_t i = 0; i < TILE_ROWS; i++) holds |= tile->row[i][p] != 0;
    tile->place[count] = (uint8_t)p;
    count += holds;
  }
  tile->count = count;
}

static inline void list_and_copy_places(tile *tile, size_t step, size_t depth) {
  const float *row[TILE_ROWS];
  memcpy(row, tile->row, sizeof row);
  float (*copy)[TILE_ROWS] = tile->copy;
  size_t count = 0;
  for (size_t p = 0; p < depth; p++) {
    uint32_t bits[TILE_ROWS], holds = 0;
#pragma clang loop unroll(full)
    for (size_t i = 0; i < TILE_ROWS; i++) {
      memcpy(&bits[i], &row[i][p * step], sizeof bits[i]);
      holds |= bits[i];
    }
    memcpy(copy[count], bits, sizeof bits);
    tile->place[count] = (uint8_t)p;
    count += holds != 0;
  }
  tile->count = count;
}

// Where the sums of a tile begin, and where they go: `rows` rows, `stride` apart (0 where all begin with the same).
typedef struct {
  const float *initial;
  size_t initial_stride;
  float *output;
  size_t stride, rows;
} tile_sums;

static inline __attribute__((always_inline)) void multiply_tile(const tile *tile, bool copied, const float *panel,
                                                                tile_sums sums) {
  vector sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < TILE_ROWS; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++)
      sum[i][v] =
          *(const vector *)(sums.initial + (i < sums.rows ? i : sums.rows - 1) * sums.initial_stride + v * LANES);
  const float *row[TILE_ROWS];
  memcpy(row, tile->row, sizeof row);
  float (*const copy)[TILE_ROWS] = tile->copy;
  for (size_t q = 0, count = tile->count; q < count; q++) {
    size_t p = tile->place[q];
    vector factor[TILE_ROWS];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < TILE_ROWS; i++) factor[i] = (copied ? copy[q][i] : row[i][p]) - (vector){0};
    // One vector of the panel at a time: the sums leave few registers free.
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) {
      vector right = *(const vector *)(panel + p * TILE_COLUMNS + v * LANES);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < TILE_ROWS; i++) sum[i][v] += factor[i] * right;
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < TILE_ROWS; i++) {
    if (i >= sums.rows) continue;
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) *(vector *)(sums.output + i * sums.stride + v * LANES) = sum[i][v];
  }
}

// Multiplies a tile with a panel that is not full, through a buffer that is.
static void multiply_tile_edge(const tile *tile, bool copied, const float *panel, tile_sums sums, size_t columns) {
  float edge[TILE_ROWS][TILE_COLUMNS] = {{0}};
  for (size_t i = 0; i < sums.rows; i++)
    memcpy(edge[i], sums.initial + i * sums.initial_stride, columns * sizeof(float));
  tile_sums whole = {edge[0], TILE_COLUMNS, edge[0], TILE_COLUMNS, sums.rows};
  if (copied) {
    multiply_tile(tile, true, panel, whole);
  } else {
    multiply_tile(tile, false, panel, whole);
  }
  for (size_t i = 0; i < sums.rows; i++) memcpy(sums.output + i * sums.stride, edge[i], columns * sizeof(float));
}

// Copies `depth` rows of `columns` ≤ TILE_COLUMNS floats side by side, padded with zeros: a power-of-two stride
// between the rows of right would make them compete for the same few cache sets.
static void pack_panel(const float *right, size_t row_stride, size_t column_stride, size_t depth, size_t columns,
                       float *panel) {
  if (columns < TILE_COLUMNS) memset(panel, 0, depth * TILE_COLUMNS * sizeof(float));
  if (column_stride == 1 && columns == TILE_COLUMNS) {
    for (size_t p = 0; p < depth; p++)
      memcpy(panel + p * TILE_COLUMNS, right + p * row_stride, TILE_COLUMNS * sizeof(float));
  } else {
    for (size_t j = 0; j < columns; j++)
      for (size_t p = 0; p < depth; p++) panel[p * TILE_COLUMNS + j] = right[p * row_stride + j * column_stride];
  }
}

// Multiplies tiles that have been listed with a panel of right after the other; the sums go on from what the output
// holds unless they start.
static void multiply_block(const product *work, const tile *tiles, bool copied, size_t first_row, size_t last_row,
                           size_t start, size_t depth) {
  static const float zeros[TILE_COLUMNS];
  float panel[PANEL_DEPTH * TILE_COLUMNS] __attribute__((aligned(64)));
  for (size_t column = 0; column < work->columns; column += TILE_COLUMNS) {
    size_t columns = work->columns - column < TILE_COLUMNS ? work->columns - column : TILE_COLUMNS;
    pack_panel(work->right + start * work->right_row_stride + column * work->right_column_stride,
               work->right_row_stride, work->right_column_stride, depth, columns, panel);
    for (size_t i = first_row; i < last_row; i += TILE_ROWS) {
      const tile *tile = &tiles[(i - first_row) / TILE_ROWS];
      float *output = work->output + i * work->columns + column;
      tile_sums sums = {output, work->columns, output, work->columns,
                        last_row - i < TILE_ROWS ? last_row - i : TILE_ROWS};
      if (start == 0) {
        sums.initial = work->bias ? work->bias + column : zeros;
        sums.initial_stride = 0;
      }
      if (columns < TILE_COLUMNS) {
        multiply_tile_edge(tile, copied, panel, sums, columns);
      } else if (copied) {
        multiply_tile(tile, true, panel, sums);
      } else {
        multiply_tile(tile, false, panel, sums);
      }
    }
  }
}

static void multiply(const void *argument, size_t first_row, size_t last_row) {
  const product *work = argument;
  tile tiles[LISTED_TILES];
  float copies[LISTED_TILES][PANEL_DEPTH + 1][TILE_ROWS];
  bool copied = work->left_column_stride != 1;
  for (size_t block = first_row; block < last_row; block += LISTED_TILES * TILE_ROWS) {
    size_t end = last_row - block < LISTED_TILES * TILE_ROWS ? last_row : block + LISTED_TILES * TILE_ROWS;
    for (size_t start = 0; start < work->depth; start += PANEL_DEPTH) {
      size_t depth = work->depth - start < PANEL_DEPTH ? work->depth - start : PANEL_DEPTH;
      const float *left = work->left + start * work->left_column_stride;
      for (size_t i = block; i < end; i += TILE_ROWS) {
        tile *tile = &tiles[(i - block) / TILE_ROWS];
        for (size_t r = 0; r < TILE_ROWS; r++)
          tile->row[r] = left + (i + r < end ? i + r : end - 1) * work->left_row_stride;
        tile->copy = copies[(i - block) / TILE_ROWS];
        if (copied) {
          list_and_copy_places(tile, work->left_column_stride, depth);
        } else {
          list_places(tile, depth);
        }
      }
      multiply_block(work, tiles, copied, block, end, start, depth);
    }
  }
}
