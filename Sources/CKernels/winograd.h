// Winograd's convolution with 3 × 3 kernels and stride 1, in one instruction set; see loops.h and winograd_transforms.h.
//
// For each of the points (m+2)² there is a product: of tiles × channels by channels × outputs in a convolution, of
// channels × tiles by tiles × outputs in the gradient of its weights.

static inline size_t points_of(const winograd *work) { return (work->tile + 2) * (work->tile + 2); }

// Floats between what two points have of an array of rows: a power of two would make them compete for a few cache sets.
static inline size_t point_stride(size_t rows, size_t columns) { return rows * columns + 16; }

// The pixels of a square of an image whose first row and column are given; zeros beyond it.
ALWAYS_INLINE void list_square(const float *image, size_t height, size_t width, size_t channels, ptrdiff_t top,
                               ptrdiff_t left, size_t side, const float *zeros, const float **pixels) {
  for (size_t i = 0; i < side; i++) {
    ptrdiff_t row = top + (ptrdiff_t)i;
    bool row_inside = row >= 0 && row < (ptrdiff_t)height;
    for (size_t j = 0; j < side; j++) {
      ptrdiff_t column = left + (ptrdiff_t)j;
      bool inside = row_inside && column >= 0 && column < (ptrdiff_t)width;
      pixels[i * side + j] = inside ? image + ((size_t)row * width + (size_t)column) * channels : zeros;
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
    for (size_t c = 0; c < work->channels; c += LANES) {
      vector square[6 * 6], result[6 * 6];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < side * side; i++) square[i] = load_vector(pixels[i] + c, work->channels - c);
      transform_square(input_line, m, side, side, square, result);
      float *target = room + (index - first) * work->padded_channels + c;
#pragma clang loop unroll(full)
      for (size_t i = 0; i < side * side; i++) *(vector *)(target + i * stride) = result[i];
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
    for (size_t k = 0; k < work->outputs; k += LANES) {
      vector square[4 * 4], result[6 * 6];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < m * m; i++) square[i] = load_vector(pixels[i] + k, work->outputs - k);
      transform_square(gradient_line, m, m, side, square, result);
      float *target = room + place_in_panels(work->outputs, rows, row + index - first, k);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < side * side; i++) *(vector *)(target + i * stride) = result[i];
    }
  }
}

ALWAYS_INLINE void transform_weights_by(size_t m, const winograd *work, size_t first, size_t last) {
  const size_t side = m + 2;
  size_t stride = point_stride(work->channels, work->padded_outputs);
  for (size_t c = first; c < last; c++) {
    for (size_t k = 0; k < work->outputs; k += LANES) {
      vector square[3 * 3], result[6 * 6];
#pragma clang loop unroll(full)
      for (size_t tap = 0; tap < 9; tap++) {
        size_t source = work->mirrored ? 8 - tap : tap;
        square[tap] = load_vector(work->weights + (source * work->channels + c) * work->outputs + k, work->outputs - k);
      }
      transform_square(weight_line, m, 3, side, square, result);
      float *target = work->transformed + place_in_panels(work->outputs, work->channels, c, k);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < side * side; i++) *(vector *)(target + i * stride) = result[i];
    }
  }
}

// Transforms the weights of some channels, into panels.
static void transform_weights(const void *argument, size_t first_channel, size_t last_channel) {
  const winograd *work = argument;
  if (work->tile == 2) {
    transform_weights_by(2, work, first_channel, last_channel);
  } else {
    transform_weights_by(4, work, first_channel, last_channel);
  }
}

// Transforms the products of `count` tiles back to pixels.
ALWAYS_INLINE void transform_outputs_by(size_t m, const winograd *work, size_t first, size_t count,
                                        const float *products, size_t rows) {
  const size_t side = m + 2;
  size_t stride = point_stride(rows, work->padded_outputs);
  for (size_t index = first; index < first + count; index++) {
    winograd_tile tile = tile_at(work, index);
    size_t height = least(m, work->rows - tile.row), width = least(m, work->columns - tile.column);
    float *corner =
        work->output + ((tile.sample * work->rows + tile.row) * work->columns + tile.column) * work->outputs;
    for (size_t k = 0; k < work->outputs; k += LANES) {
      vector square[6 * 6], result[4 * 4];
      const float *source = products + (index - first) * work->padded_outputs + k;
      size_t left = work->outputs - k;
#pragma clang loop unroll(full)
      for (size_t i = 0; i < side * side; i++) square[i] = *(const vector *)(source + i * stride);
      transform_square(output_line, m, side, m, square, result);
      vector bias = work->bias ? load_vector(work->bias + k, left) : (vector){0};
#pragma clang loop unroll(full)
      for (size_t i = 0; i < m; i++) {
        if (i >= height) continue;
#pragma clang loop unroll(full)
        for (size_t j = 0; j < m; j++)
          if (j < width)
            store_vector(corner + (i * work->columns + j) * work->outputs + k, result[i * m + j] + bias, left);
      }
    }
  }
}

// Multiplies what `count` tiles have of a point.
static void multiply_tiles(const winograd *work, size_t count, const float *left, const float *right, float *output) {
  static const float zeros[DENSE_COLUMNS];
  for (size_t slice = 0; slice < work->channels; slice += DENSE_DEPTH) {
    size_t depth = least(DENSE_DEPTH, work->channels - slice);
    for (size_t column = 0; column < work->outputs; column += DENSE_COLUMNS) {
      size_t vectors = panel_vectors(column, work->outputs);
      const float *panel = right + column * work->channels + slice * vectors * LANES;
      for (size_t i = 0; i < count; i += DENSE_ROWS) {
        size_t rows = least(DENSE_ROWS, count - i);
        const float *factors[DENSE_ROWS];
        float *sums[DENSE_ROWS];
        for (size_t j = 0; j < rows; j++) {
          factors[j] = left + (i + j) * work->padded_channels + slice;
          sums[j] = output + (i + j) * work->padded_outputs + column;
        }
        dense_tile(rows, vectors, factors, depth, panel, slice == 0 ? zeros : NULL, sums);
      }
    }
  }
}

// Convolves the tiles from `first` to `last`.
static void convolve_tiles(const void *argument, size_t first, size_t last) {
  const winograd *work = argument;
  size_t block = work->block, left_stride = point_stride(block, work->padded_channels);
  size_t right_stride = point_stride(work->channels, work->padded_outputs);
  size_t output_stride = point_stride(block, work->padded_outputs);
  float *left = work->room + kernels_thread() * work->room_of_thread;
  float *products = left + points_of(work) * left_stride;
  for (size_t start = first; start < last; start += block) {
    size_t count = least(block, last - start);
    transform_inputs(work, start, start + count, left, block);
    for (size_t point = 0; point < points_of(work); point++)
      multiply_tiles(work, count, left + point * left_stride, work->transformed + point * right_stride,
                     products + point * output_stride);
    if (work->tile == 2) {
      transform_outputs_by(2, work, start, count, products, block);
    } else {
      transform_outputs_by(4, work, start, count, products, block);
    }
  }
}

// Transforms tiles, counted from the first of the block, for the gradient of the weights.
static void transform_tiles(const void *argument, size_t first, size_t last) {
  const winograd *work = argument;
  size_t start = work->first_tile;
  transform_inputs(work, start + first, start + last, work->room + first * work->padded_channels, work->block);
  if (work->tile == 2) {
    transform_gradients_by(2, work, start + first, start + last, first, work->gradients, work->block);
  } else {
    transform_gradients_by(4, work, start + first, start + last, first, work->gradients, work->block);
  }
}

// Adds what the tiles of the block have of some points to the transformed gradient of the weights, chunk by chunk.
static void multiply_points(const void *argument, size_t first_point, size_t last_point) {
  const winograd *work = argument;
  size_t channels = work->channels, stride = work->padded_channels;
  for (size_t point = first_point; point < last_point; point++) {
    const float *left = work->room + point * point_stride(work->block, stride);
    const float *right = work->gradients + point * point_stride(work->block, work->padded_outputs);
    float *sums = work->transformed + point * point_stride(channels, work->padded_outputs);
    for (size_t column = 0; column < work->outputs; column += DENSE_COLUMNS) {
      size_t vectors = panel_vectors(column, work->outputs), width = vectors * LANES;
      for (size_t chunk = 0; chunk < work->block_tiles; chunk += CHUNK_TILES) {
        const float *panel = right + column * work->block + chunk * width;
        bool adds = work->first_tile + chunk > 0;
        for (size_t c = 0; c < channels; c += DENSE_ROWS)
          dense_outer_strided(least(DENSE_ROWS, channels - c), vectors, left + chunk * stride, stride, c,
                              least(CHUNK_TILES, work->block_tiles - chunk), panel, adds,
                              sums + column * channels + c * width, width);
      }
    }
  }
}

ALWAYS_INLINE void finish_weight_gradient_by(size_t m, const winograd *work, size_t first, size_t last) {
  const size_t side = m + 2;
  size_t stride = point_stride(work->channels, work->padded_outputs);
  for (size_t c = first; c < last; c++) {
    for (size_t k = 0; k < work->outputs; k += LANES) {
      vector square[6 * 6], result[3 * 3];
      const float *source = work->transformed + place_in_panels(work->outputs, work->channels, c, k);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < side * side; i++) square[i] = *(const vector *)(source + i * stride);
      transform_square(weight_gradient_line, m, side, 3, square, result);
#pragma clang loop unroll(full)
      for (size_t tap = 0; tap < 9; tap++)
        store_vector(work->output + (tap * work->channels + c) * work->outputs + k, result[tap], work->outputs - k);
    }
  }
}

// Transforms the gradient of the weights of some channels back.
static void finish_weight_gradient(const void *argument, size_t first_channel, size_t last_channel) {
  const winograd *work = argument;
  if (work->tile == 2) {
    finish_weight_gradient_by(2, work, first_channel, last_channel);
  } else {
    finish_weight_gradient_by(4, work, first_channel, last_channel);
  }
}
