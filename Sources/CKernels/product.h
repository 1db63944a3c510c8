// The matrix product of one instruction set; see loops.h.

#define TILE_COLUMNS (TILE_VECTORS * LANES)
// Tiles whose places are listed together before they meet every panel.
#define LISTED_TILES 128

typedef bool eight_bools __attribute__((ext_vector_type(8)));

// A tile of left: the depths at which it holds anything but zeros, which pixels and dropped units often are. Adding
// 0 · right changes nothing.
typedef struct {
  size_t count;
  // Eight are written at a time, the last of which may not count.
  uint8_t place[PANEL_DEPTH + 8];
  // Those beyond the edge repeat the last one.
  const float *row[TILE_ROWS];
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

// Copies a rows × columns array to one of columns × rows.
static void transpose(const float *source, size_t source_stride, size_t rows, size_t columns, float *target,
                      size_t target_stride) {
  size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    const float *from = source + r * source_stride;
    float *to = target + r;
    size_t c = 0;
    for (; c + 4 <= columns; c += 4) {
      four_floats row0 = *(const four_floats *)(from + c), row1 = *(const four_floats *)(from + source_stride + c);
      four_floats row2 = *(const four_floats *)(from + 2 * source_stride + c);
      four_floats row3 = *(const four_floats *)(from + 3 * source_stride + c);
      four_floats low01 = __builtin_shufflevector(row0, row1, 0, 4, 1, 5);
      four_floats high01 = __builtin_shufflevector(row0, row1, 2, 6, 3, 7);
      four_floats low23 = __builtin_shufflevector(row2, row3, 0, 4, 1, 5);
      four_floats high23 = __builtin_shufflevector(row2, row3, 2, 6, 3, 7);
      float *column = to + c * target_stride;
      *(four_floats *)column = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
      *(four_floats *)(column + target_stride) = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
      *(four_floats *)(column + 2 * target_stride) = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
      *(four_floats *)(column + 3 * target_stride) = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
    }
    for (; c < columns; c++)
      for (size_t i = 0; i < 4; i++) to[c * target_stride + i] = from[i * source_stride + c];
  }
  for (; r < rows; r++)
    for (size_t c = 0; c < columns; c++) target[c * target_stride + r] = source[r * source_stride + c];
}

// Where the sums of a tile begin, and where they go: `rows` rows, `stride` apart (0 where all begin with the same).
typedef struct {
  const float *initial;
  size_t initial_stride;
  float *output;
  size_t stride, rows;
} tile_sums;

static inline __attribute__((always_inline)) void multiply_vectors(const tile *tile, size_t vectors,
                                                                   const float *panel, tile_sums sums) {
  vector sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < TILE_ROWS; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++)
      sum[i][v] =
          *(const vector *)(sums.initial + (i < sums.rows ? i : sums.rows - 1) * sums.initial_stride + v * LANES);
  const float *row[TILE_ROWS];
  memcpy(row, tile->row, sizeof row);
  for (size_t q = 0, count = tile->count; q < count; q++) {
    size_t p = tile->place[q];
    vector factor[TILE_ROWS];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < TILE_ROWS; i++) factor[i] = row[i][p] - (vector){0};
    // One vector of the panel at a time: the sums leave few registers free.
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) {
      vector right = *(const vector *)(panel + (p * vectors + v) * LANES);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < TILE_ROWS; i++) sum[i][v] += factor[i] * right;
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < TILE_ROWS; i++) {
    if (i >= sums.rows) continue;
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) *(vector *)(sums.output + i * sums.stride + v * LANES) = sum[i][v];
  }
}

// Multiplies a tile with a panel of 1 to TILE_VECTORS vectors: one loop for each width, its sums all in registers.
static void multiply_tile(const tile *tile, size_t vectors, const float *panel, tile_sums sums) {
  switch (vectors) {
    case 1:
      multiply_vectors(tile, 1, panel, sums);
      break;
    case 2:
      multiply_vectors(tile, 2, panel, sums);
      break;
    case 3:
      multiply_vectors(tile, 3, panel, sums);
      break;
    default:
      multiply_vectors(tile, TILE_VECTORS, panel, sums);
  }
}

// Multiplies a tile with a panel whose last vector is not full, through a buffer that is.
static void multiply_tile_edge(const tile *tile, size_t vectors, const float *panel, tile_sums sums, size_t columns) {
  float edge[TILE_ROWS][TILE_COLUMNS] = {{0}};
  for (size_t i = 0; i < sums.rows; i++)
    memcpy(edge[i], sums.initial + i * sums.initial_stride, columns * sizeof(float));
  tile_sums whole = {edge[0], TILE_COLUMNS, edge[0], TILE_COLUMNS, sums.rows};
  multiply_tile(tile, vectors, panel, whole);
  for (size_t i = 0; i < sums.rows; i++) memcpy(sums.output + i * sums.stride, edge[i], columns * sizeof(float));
}

// Copies `depth` rows of `columns` floats side by side, padded with zeros to whole vectors: a power-of-two stride
// between the rows of right would make them compete for the same few cache sets.
static void pack_panel(const float *right, size_t row_stride, size_t column_stride, size_t depth, size_t columns,
                       size_t vectors, float *panel) {
  size_t width = vectors * LANES;
  if (columns < width) memset(panel, 0, depth * width * sizeof(float));
  if (column_stride == 1) {
    for (size_t p = 0; p < depth; p++) memcpy(panel + p * width, right + p * row_stride, columns * sizeof(float));
  } else {
    transpose(right, column_stride, columns, depth, panel, width);
  }
}

// A slice of the depth.
typedef struct {
  size_t start, depth;
} slice;

static inline size_t slice_count(const product *work) { return (work->depth + PANEL_DEPTH - 1) / PANEL_DEPTH; }

static inline slice slice_at(const product *work, size_t index) {
  size_t slices = slice_count(work), start = work->depth * index / slices;
  return (slice){start, work->depth * (index + 1) / slices - start};
}

// Columns of right side by side. All are of about the same width: in a narrow one, sums would wait for each other.
typedef struct {
  size_t column, columns, vectors;
} panel;

static inline size_t vector_count(const product *work) { return (work->columns + LANES - 1) / LANES; }

static inline size_t panel_count(const product *work) { return (vector_count(work) + TILE_VECTORS - 1) / TILE_VECTORS; }

static inline panel panel_at(const product *work, size_t index) {
  size_t panels = panel_count(work), first = vector_count(work) * index / panels;
  size_t vectors = vector_count(work) * (index + 1) / panels - first, left = work->columns - first * LANES;
  return (panel){first * LANES, left < vectors * LANES ? left : vectors * LANES, vectors};
}

// Where a panel of a slice is packed.
static inline float *packed_place(const product *work, slice slice, panel panel) {
  return work->packed + slice.start * vector_count(work) * LANES + slice.depth * panel.column;
}

static void pack_part(const product *work, size_t start, size_t depth, panel panel, float *target) {
  pack_panel(work->right + start * work->right_row_stride + panel.column * work->right_column_stride,
             work->right_row_stride, work->right_column_stride, depth, panel.columns, panel.vectors, target);
}

// Packs what all panels have of the depths from `first` to `last`.
static void pack(const void *argument, size_t first, size_t last) {
  const product *work = argument;
  for (size_t s = 0; s < slice_count(work); s++) {
    slice slice = slice_at(work, s);
    size_t begin = first > slice.start ? first : slice.start;
    size_t end = last < slice.start + slice.depth ? last : slice.start + slice.depth;
    if (begin >= end) continue;
    for (size_t p = 0; p < panel_count(work); p++) {
      panel panel = panel_at(work, p);
      pack_part(work, begin, end - begin, panel,
                packed_place(work, slice, panel) + (begin - slice.start) * panel.vectors * LANES);
    }
  }
}

// Whether tiles that make one of the dense product have no place where one of them holds nothing but zeros.
static inline bool holds_no_zeros(const tile *tiles, size_t depth) {
  // Whole tiles only.
  if (DENSE_ROWS % TILE_ROWS != 0) return false;
  for (size_t t = 0; t < DENSE_ROWS / TILE_ROWS; t++)
    if (tiles[t].count < depth) return false;
  return true;
}

// Multiplies such tiles with a panel: nothing would be skipped, and a dense tile is faster.
static void multiply_dense(const product *work, const tile *tiles, size_t row, slice slice, panel panel,
                           const float *packed) {
  static const float zeros[DENSE_COLUMNS];
  const float *places[DENSE_ROWS];
  float *rows[DENSE_ROWS];
  for (size_t r = 0; r < DENSE_ROWS; r++) {
    places[r] = tiles[r / TILE_ROWS].row[r % TILE_ROWS];
    rows[r] = work->output + (row + r) * work->columns;
  }
  const dense_left left = {places, 1, 0, 0, slice.depth};
  size_t stride = panel.vectors * LANES;
  for (size_t v = 0; v < panel.vectors; v += DENSE_VECTORS) {
    size_t column = panel.column + v * LANES;
    const float *initial = slice.start > 0 ? NULL : work->bias ? work->bias + column : zeros;
    const dense_output output = {initial, rows, column};
    if (panel.vectors - v >= DENSE_VECTORS) {
      dense_rows(DENSE_ROWS, DENSE_VECTORS, &left, packed + v * LANES, stride, &output);
    } else {
      dense_rows_narrow(panel.vectors - v, &left, packed + v * LANES, stride, &output);
    }
  }
}

// Multiplies tiles that have been listed with a panel of right after the other; the sums go on from what the output
// holds unless they start.
static void multiply_block(const product *work, const tile *tiles, size_t first_row, size_t last_row, slice slice) {
  static const float zeros[TILE_COLUMNS];
  float own[PANEL_DEPTH * TILE_COLUMNS] __attribute__((aligned(64)));
  for (size_t p = 0; p < panel_count(work); p++) {
    panel panel = panel_at(work, p);
    const float *packed = own;
    if (work->packed) {
      packed = packed_place(work, slice, panel);
    } else {
      pack_part(work, slice.start, slice.depth, panel, own);
    }
    bool whole = panel.columns == panel.vectors * LANES;
    for (size_t i = first_row; i < last_row; i += TILE_ROWS) {
      const tile *tile = &tiles[(i - first_row) / TILE_ROWS];
      if (whole && last_row - i >= DENSE_ROWS && holds_no_zeros(tile, slice.depth)) {
        multiply_dense(work, tile, i, slice, panel, packed);
        i += DENSE_ROWS - TILE_ROWS;
        continue;
      }
      float *output = work->output + i * work->columns + panel.column;
      tile_sums sums = {output, work->columns, output, work->columns,
                        last_row - i < TILE_ROWS ? last_row - i : TILE_ROWS};
      if (slice.start == 0) {
        sums.initial = work->bias ? work->bias + panel.column : zeros;
        sums.initial_stride = 0;
      }
      if (!whole) {
        multiply_tile_edge(tile, panel.vectors, packed, sums, panel.columns);
      } else {
        multiply_tile(tile, panel.vectors, packed, sums);
      }
    }
  }
}

static void multiply(const void *argument, size_t first_row, size_t last_row) {
  const product *work = argument;
  tile tiles[LISTED_TILES];
  // Rows of left that are not contiguous are copied, a cache line longer than they are: see pack_panel.
  float copy[LISTED_TILES * TILE_ROWS][PANEL_DEPTH + 16];
  for (size_t block = first_row; block < last_row; block += LISTED_TILES * TILE_ROWS) {
    size_t end = last_row - block < LISTED_TILES * TILE_ROWS ? last_row : block + LISTED_TILES * TILE_ROWS;
    for (size_t s = 0; s < slice_count(work); s++) {
      slice slice = slice_at(work, s);
      const float *left = work->left + block * work->left_row_stride + slice.start * work->left_column_stride;
      size_t stride = work->left_row_stride;
      if (work->left_column_stride != 1) {
        transpose(left, work->left_column_stride, slice.depth, end - block, copy[0], PANEL_DEPTH + 16);
        left = copy[0];
        stride = PANEL_DEPTH + 16;
      }
      for (size_t i = block; i < end; i += TILE_ROWS) {
        tile *tile = &tiles[(i - block) / TILE_ROWS];
        for (size_t r = 0; r < TILE_ROWS; r++) tile->row[r] = left + ((i + r < end ? i + r : end - 1) - block) * stride;
        list_places(tile, slice.depth);
      }
      multiply_block(work, tiles, block, end, slice);
    }
  }
}
