// Winograd's convolution with 3 × 3 kernels and stride 1, in one instruction set; see loops.h and winograd_transforms.h.
//
// For each of the points (m+2)² there is a product: of tiles × channels by channels × outputs in a convolution, of
// channels × tiles by tiles × outputs in the gradient of its weights.

static inline size_t points_of(const winograd *work) { return (work->tile + 2) * (work->tile + 2); }

// Floats between what two points have of an array of rows: a power of two would make them compete for a few cache sets.
static inline size_t point_stride(size_t rows, size_t columns) { return rows * columns + 16; }

static inline size_t padded(size_t count) { return (count + 15) / 16 * 16; }

// The pixels of a square of an image whose first row and column are given; zeros beyond it.
ALWAYS_INLINE void list_square(const float *image, size_t height, size_t width, size_t channels, ptrdiff_t top,
                               ptrdiff_t left, size_t side, const float *zeros, const float **pixels) {
  bool within = left >= 0 && left + (ptrdiff_t)side <= (ptrdiff_t)width;
  for (size_t i = 0; i < side; i++) {
    ptrdiff_t row = top + (ptrdiff_t)i;
    bool row_inside = row >= 0 && row < (ptrdiff_t)height;
    const float *first = image + (row * (ptrdiff_t)width + left) * (ptrdiff_t)channels;
    if (row_inside && within) {
#pragma clang loop unroll(full)
      for (size_t j = 0; j < side; j++) pixels[i * side + j] = first + j * channels;
      continue;
    }
    for (size_t j = 0; j < side; j++) {
      ptrdiff_t column = left + (ptrdiff_t)j;
      bool inside = row_inside && column >= 0 && column < (ptrdiff_t)width;
      pixels[i * side + j] = inside ? first + j * channels : zeros;
    }
  }
}

// A tile of the output: its image, and its first row and column.
typedef struct {
  size_t sample, row, column;
} winograd_tile;

static inline winograd_tile tile_at(const winograd *work, size_t index) {
  size_t across = index % work->tiles_across, line = index / work->tiles_across;
  return (winograd_tile){line / work->tiles_down, line % work->tiles_down * work->tile, across * work->tile};
}

// Has the rows that follow fetched into the cache, from below the first row of a tile on: those of the next row of tiles.
// Threads would otherwise wait for what no layer has kept there. The addresses may lie beyond the images.
ALWAYS_INLINE void fetch_below(const float *first, size_t rows, size_t row_stride, size_t numbers, bool for_writing) {
  for (size_t row = rows; row < 2 * rows; row++) {
    uintptr_t place = (uintptr_t)first + row * row_stride * sizeof(float), end = place + numbers * sizeof(float);
    for (; place < end; place += 64) {
      if (for_writing) {
        __builtin_prefetch((const void *)place, 1);
      } else {
        __builtin_prefetch((const void *)place, 0);
      }
    }
  }
}

// Transforms the pixels of the tiles from `first` to `last`, `room` being that of `rows` tiles.
ALWAYS_INLINE void transform_inputs_by(size_t m, const winograd *work, size_t first, size_t last, float *room,
                                       size_t rows) {
  const size_t side = m + 2;
  size_t stride = point_stride(rows, work->padded_channels);
  for (size_t index = first; index < last; index++) {
    winograd_tile tile = tile_at(work, index);
    const float *pixels[6 * 6];
    list_square(work->input + tile.sample * work->height * work->width * work->channels, work->height, work->width,
                work->channels, (ptrdiff_t)tile.row - work->padding, (ptrdiff_t)tile.column - work->padding, side,
                work->zeros, pixels);
    // The middle of the square always lies within the image.
    fetch_below(pixels[2 * side + 2], m, work->width * work->channels, m * work->channels, false);
    float *target = room + (index - first) * work->padded_channels;
    for (size_t c = 0; c < work->channels; c += LANES) {
      square_source source = {.places = pixels, .offset = c};
      float copies[6 * 6][LANES];
      if (work->channels - c < LANES) {
        list_filled(pixels, side * side, c, work->channels - c, copies);
        source.offset = 0;
      }
      transform_square(input_line, m, side, side, source, target + c, stride);
    }
  }
}

static void transform_inputs(const winograd *work, size_t first, size_t last, float *room, size_t rows) {
  if (work->tile == 2) {
    transform_inputs_by(2, work, first, last, room, rows);
  } else {
    transform_inputs_by(4, work, first, last, room, rows);
  }
}

// Where a panel of `depth` rows has a column.
static inline size_t place_in_panels(size_t columns, size_t depth, size_t row, size_t column) {
  size_t first = column / DENSE_COLUMNS * DENSE_COLUMNS;
  return first * depth + row * panel_vectors(first, columns) * LANES + (column - first);
}

// Transforms the gradient of the output, into panels whose rows are tiles.
ALWAYS_INLINE void transform_gradients_by(size_t m, const winograd *work, size_t first, size_t last, size_t row,
                                          float *room, size_t rows) {
  const size_t side = m + 2;
  size_t stride = point_stride(rows, work->padded_outputs);
  for (size_t index = first; index < last; index++) {
    winograd_tile tile = tile_at(work, index);
    const float *pixels[4 * 4];
    list_square(work->output_gradient + tile.sample * work->rows * work->columns * work->outputs, work->rows,
                work->columns, work->outputs, (ptrdiff_t)tile.row, (ptrdiff_t)tile.column, m, work->zeros, pixels);
    fetch_below(pixels[0], m, work->columns * work->outputs, m * work->outputs, false);
    for (size_t k = 0; k < work->outputs; k += LANES) {
      square_source source = {.places = pixels, .offset = k};
      float copies[4 * 4][LANES];
      if (work->outputs - k < LANES) {
        list_filled(pixels, m * m, k, work->outputs - k, copies);
        source.offset = 0;
      }
      transform_square(gradient_line, m, m, side, source,
                       room + place_in_panels(work->outputs, rows, row + index - first, k), stride);
    }
  }
}

// Outputs of a convolution, side by side, and where panels of what each point has for them are.
typedef struct {
  size_t first, last;
  float *panels;
} output_range;

ALWAYS_INLINE void transform_weights_by(size_t m, const winograd *work, size_t first, size_t last, output_range range) {
  const size_t side = m + 2;
  size_t outputs = range.last - range.first, stride = point_stride(work->channels, padded(outputs));
  for (size_t c = first; c < last; c++) {
    const float *taps[3 * 3];
    for (size_t tap = 0; tap < 9; tap++)
      taps[tap] = work->weights + ((work->mirrored ? 8 - tap : tap) * work->channels + c) * work->outputs + range.first;
    for (size_t k = 0; k < outputs; k += LANES) {
      square_source source = {.places = taps, .offset = k};
      float copies[3 * 3][LANES];
      if (outputs - k < LANES) {
        list_filled(taps, 9, k, outputs - k, copies);
        source.offset = 0;
      }
      transform_square(weight_line, m, 3, side, source,
                       range.panels + place_in_panels(outputs, work->channels, c, k), stride);
    }
  }
}

static void transform_weights_of(const winograd *work, size_t first, size_t last, output_range range) {
  if (work->tile == 2) {
    transform_weights_by(2, work, first, last, range);
  } else {
    transform_weights_by(4, work, first, last, range);
  }
}

static output_range all_outputs(const winograd *work) { return (output_range){0, work->outputs, work->transformed}; }

// Transforms the weights of some channels.
static void transform_weights(const void *argument, size_t first_channel, size_t last_channel) {
  const winograd *work = argument;
  transform_weights_of(work, first_channel, last_channel, all_outputs(work));
}

// Transforms the products of the tiles from `first` to `last` back to pixels.
ALWAYS_INLINE void transform_outputs_by(size_t m, const winograd *work, size_t first, size_t last,
                                        const float *products, output_range range) {
  const size_t side = m + 2;
  size_t outputs = range.last - range.first, stride = point_stride(work->block, padded(outputs));
  for (size_t index = first; index < last; index++) {
    winograd_tile tile = tile_at(work, index);
    size_t height = least(m, work->rows - tile.row), width = least(m, work->columns - tile.column);
    float *corner = work->output + range.first +
                    ((tile.sample * work->rows + tile.row) * work->columns + tile.column) * work->outputs;
    fetch_below(corner, m, work->columns * work->outputs, m * outputs, true);
    const float *source = products + (index - first) * padded(outputs);
    for (size_t k = 0; k < outputs; k += LANES) {
      vector middle[6 * 6], bias = work->bias ? load_vector(work->bias + range.first + k, outputs - k) : (vector){0};
      transform_columns(output_line, m, side, (square_source){.first = source + k, .stride = stride}, middle);
      bool is_whole = height == m && width == m && outputs - k >= LANES;
#pragma clang loop unroll(full)
      for (size_t i = 0; i < m; i++) {
        vector row[4];
        output_line(m, middle + i * side, 1, row, 1);
#pragma clang loop unroll(full)
        for (size_t j = 0; j < m; j++) {
          float *target = corner + (i * work->columns + j) * work->outputs + k;
          row[j] += bias;
          if (is_whole) {
            *(vector *)target = row[j];
          } else if (i < height && j < width) {
            memcpy(target, &row[j], least(outputs - k, LANES) * sizeof(float));
          }
        }
      }
    }
  }
}

// Multiplies the tiles from `first` to `last`, at most MOST_TILES, with the weights, and transforms them back to pixels.
static void multiply_tiles(const winograd *work, size_t first, size_t last, const float *left, size_t left_stride,
                           float *products, output_range range) {
  size_t count = last - first, outputs = range.last - range.first;
  size_t right_stride = point_stride(work->channels, padded(outputs)), stride = point_stride(work->block, padded(outputs));
  const float *factors[MOST_TILES];
  float *sums[MOST_TILES];
  for (size_t i = 0; i < count; i++) {
    factors[i] = left + i * work->padded_channels;
    sums[i] = products + i * padded(outputs);
  }
  for (size_t point = 0; point < points_of(work); point++)
    multiply_panels(count, factors, point * left_stride, work->channels, range.panels + point * right_stride, outputs, sums,
                    point * stride);
  if (work->tile == 2) {
    transform_outputs_by(2, work, first, last, products, range);
  } else {
    transform_outputs_by(4, work, first, last, products, range);
  }
}

// Convolves the tiles from `first` to `last`.
static void convolve_tiles(const void *argument, size_t first, size_t last) {
  const winograd *work = argument;
  size_t block = work->block, left_stride = point_stride(block, work->padded_channels);
  float *left = work->room + kernels_thread() * work->room_of_thread;
  for (size_t start = first; start < last; start += block) {
    size_t end = least(start + block, last);
    transform_inputs(work, start, end, left, block);
    multiply_tiles(work, start, end, left, left_stride, left + points_of(work) * left_stride, all_outputs(work));
  }
}

// Transforms the pixels of tiles that all threads convolve together, counted from the first of them.
static void transform_pixels(const void *argument, size_t first, size_t last) {
  const winograd *work = argument;
  transform_inputs(work, work->first_tile + first, work->first_tile + last,
                   work->pixels + first * work->padded_channels, work->shared);
}

// Convolves these tiles to some outputs, in multiples of RANGE_OUTPUTS, whose weights are transformed only here: those of
// all outputs would be more than the caches hold.
static void convolve_outputs(const void *argument, size_t first_output, size_t last_output) {
  const winograd *work = argument;
  float *room = work->room + kernels_thread() * work->room_of_thread;
  for (size_t k = first_output; k < last_output; k += RANGE_OUTPUTS) {
    output_range range = {k, least(k + RANGE_OUTPUTS, last_output), room};
    transform_weights_of(work, 0, work->channels, range);
    float *products = room + points_of(work) * point_stride(work->channels, RANGE_OUTPUTS);
    for (size_t start = 0; start < work->shared_tiles; start += work->block) {
      size_t end = least(start + work->block, work->shared_tiles);
      multiply_tiles(work, work->first_tile + start, work->first_tile + end,
                     work->pixels + start * work->padded_channels, point_stride(work->shared, work->padded_channels),
                     products, range);
    }
  }
}

// Transforms tiles for the gradient of the weights, counted from the first of those at hand.
static void transform_tiles(const void *argument, size_t first, size_t last) {
  const winograd *work = argument;
  size_t start = work->first_tile;
  transform_pixels(work, first, last);
  if (work->tile == 2) {
    transform_gradients_by(2, work, start + first, start + last, first, work->gradients, work->shared);
  } else {
    transform_gradients_by(4, work, start + first, start + last, first, work->gradients, work->shared);
  }
}

// Adds what the tiles at hand have of a point to the transformed gradient of the weights of a panel, chunk by chunk.
static void add_products(const winograd *work, size_t point, size_t column, bool adds, float *sums) {
  size_t channels = work->channels, stride = work->padded_channels;
  size_t vectors = panel_vectors(column, work->outputs), width = vectors * LANES;
  const float *left = work->pixels + point * point_stride(work->shared, stride);
  const float *right = work->gradients + point * point_stride(work->shared, work->padded_outputs) + column * work->shared;
  for (size_t chunk = 0; chunk < work->shared_tiles; chunk += CHUNK_TILES)
    for (size_t c = 0; c < channels; c += tile_rows(vectors))
      dense_outer_strided(least(tile_rows(vectors), channels - c), vectors, left + chunk * stride, stride, c,
                          least(CHUNK_TILES, work->shared_tiles - chunk), right + chunk * width, adds || chunk > 0,
                          sums + c * width, width);
}

ALWAYS_INLINE void finish_weight_gradient_by(size_t m, const winograd *work, size_t first, size_t last,
                                             output_range range, bool adds) {
  const size_t side = m + 2;
  size_t outputs = range.last - range.first, stride = point_stride(work->channels, padded(outputs));
  for (size_t c = first; c < last; c++) {
    for (size_t k = 0; k < outputs; k += LANES) {
      const float *source = range.panels + place_in_panels(outputs, work->channels, c, k);
      float result[3 * 3][LANES];
      transform_square(weight_gradient_line, m, side, 3, (square_source){.first = source, .stride = stride}, result[0],
                       LANES);
      for (size_t tap = 0; tap < 9; tap++) {
        float *target = work->output + (tap * work->channels + c) * work->outputs + range.first + k;
        vector sum = *(const vector *)result[tap];
        if (adds) sum += load_vector(target, outputs - k);
        store_vector(target, sum, outputs - k);
      }
    }
  }
}

// Transforms the gradient of the weights of some channels back.
static void finish_weight_gradient_of(const winograd *work, size_t first, size_t last, output_range range, bool adds) {
  if (work->tile == 2) {
    finish_weight_gradient_by(2, work, first, last, range, adds);
  } else {
    finish_weight_gradient_by(4, work, first, last, range, adds);
  }
}

static void multiply_points(const void *argument, size_t first_point, size_t last_point) {
  const winograd *work = argument;
  for (size_t point = first_point; point < last_point; point++)
    for (size_t column = 0; column < work->outputs; column += DENSE_COLUMNS)
      add_products(work, point, column, work->first_tile > 0,
                   work->transformed + point * point_stride(work->channels, work->padded_outputs) +
                       column * work->channels);
}

static void finish_weight_gradient(const void *argument, size_t first_channel, size_t last_channel) {
  const winograd *work = argument;
  finish_weight_gradient_of(work, first_channel, last_channel, all_outputs(work), false);
}

// The gradient of the weights of some outputs, in multiples of RANGE_OUTPUTS, from the tiles at hand.
static void weight_gradient_of_outputs(const void *argument, size_t first_output, size_t last_output) {
  const winograd *work = argument;
  float *room = work->room + kernels_thread() * work->room_of_thread;
  for (size_t k = first_output; k < last_output; k += RANGE_OUTPUTS) {
    output_range range = {k, least(k + RANGE_OUTPUTS, last_output), room};
    size_t stride = point_stride(work->channels, padded(range.last - range.first));
    for (size_t point = 0; point < points_of(work); point++)
      for (size_t column = k; column < range.last; column += DENSE_COLUMNS)
        add_products(work, point, column, false, room + point * stride + (column - k) * work->channels);
    finish_weight_gradient_of(work, 0, work->channels, range, work->first_tile > 0);
  }
}
