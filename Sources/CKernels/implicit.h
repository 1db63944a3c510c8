// Convolutions as products whose factor on the left, the windows of the pixels, is never written down, in one instruction
// set; see loops.h. A kernel's row meets numbers of the image that lie side by side: each pixel is a pointer to them.
// Only windows that reach beyond the image are copied, with zeros.

// Pixels of a block, and at most so many are added up in one go in the gradient of the weights.
#define BLOCK_PIXELS 96
#define CHUNK_PIXELS 256

// Kernel rows that are taken together: all, where each meets only a few numbers.
static inline size_t rows_together(const windows *windows) {
  return windows->kernel_width * windows->channels < 32 ? windows->kernel_height : 1;
}

// What a kernel row meets, from `left` on, in a row of the image, or beyond it.
static inline void copy_window(const windows *windows, size_t sample, ptrdiff_t row, ptrdiff_t left, float *target) {
  ptrdiff_t width = (ptrdiff_t)windows->width, end = (ptrdiff_t)windows->kernel_width;
  ptrdiff_t first = left < 0 ? -left : 0, last = left + end > width ? width - left : end;
  size_t channels = windows->channels;
  if (row < 0 || row >= (ptrdiff_t)windows->height || first >= last) first = last = end;
  for (size_t i = 0; i < (size_t)first * channels; i++) target[i] = 0;
  if (first == last) return;
  const float *source =
      windows->input + ((sample * windows->height + (size_t)row) * windows->width + (size_t)(left + first)) * channels;
  for (size_t i = 0; i < (size_t)(last - first) * channels; i++) target[(size_t)first * channels + i] = source[i];
  for (size_t i = (size_t)last * channels; i < (size_t)end * channels; i++) target[i] = 0;
}

// A place of the output, and the next one.
typedef struct {
  size_t sample, row, column;
} place;

static inline place place_at(const windows *windows, size_t index) {
  size_t column = index % windows->columns, line = index / windows->columns;
  return (place){line / windows->rows, line % windows->rows, column};
}

static inline void advance(const windows *windows, place *place) {
  if (++place->column < windows->columns) return;
  place->column = 0;
  if (++place->row < windows->rows) return;
  place->row = 0;
  place->sample++;
}

// Lists what the kernel rows from r on meet at `count` places, the first of which is given.
static void list_windows(const windows *windows, size_t r, size_t first, size_t count, float *copies,
                         const float **pixels) {
  size_t together = rows_together(windows), length = windows->kernel_width * windows->channels;
  place place = place_at(windows, first);
  for (size_t i = 0; i < count; i++, advance(windows, &place)) {
    ptrdiff_t row = (ptrdiff_t)(place.row * windows->stride + r) + windows->top;
    ptrdiff_t left = (ptrdiff_t)(place.column * windows->stride) + windows->left;
    bool inside = row >= 0 && row < (ptrdiff_t)windows->height && left >= 0 &&
                  left + (ptrdiff_t)windows->kernel_width <= (ptrdiff_t)windows->width;
    if (inside && together == 1) {
      size_t line = place.sample * windows->height + (size_t)row;
      pixels[i] = windows->input + (line * windows->width + (size_t)left) * windows->channels;
      continue;
    }
    float *copy = copies + i * together * length;
    pixels[i] = copy;
    for (size_t a = 0; a < together; a++)
      copy_window(windows, place.sample, row + (ptrdiff_t)a, left, copy + a * length);
  }
}

// The transpose of the weights of the taps from `first` to `last`.
static void transpose_weights(const void *argument, size_t first, size_t last) {
  const weight_transposition *work = argument;
  size_t size = work->channels * work->outputs;
  for (size_t tap = first; tap < last; tap++)
    transpose(work->weights + tap * size, work->outputs, work->channels, work->outputs, work->target + tap * size,
              work->channels);
}

// Packs the weights of some panels.
static void pack_weights(const void *argument, size_t first_panel, size_t last_panel) {
  const implicit_product *work = argument;
  const windows *windows = &work->windows;
  size_t taps = windows->kernel_height * windows->kernel_width, depth = taps * windows->channels;
  for (size_t panel = first_panel; panel < last_panel; panel++) {
    size_t column = panel * DENSE_COLUMNS, vectors = panel_vectors(column, work->outputs);
    size_t columns = least(work->outputs - column, vectors * LANES);
    for (size_t tap = 0; tap < taps; tap++) {
      ptrdiff_t r = work->first_row + work->tap_step * (ptrdiff_t)(tap / windows->kernel_width);
      ptrdiff_t s = work->first_column + work->tap_step * (ptrdiff_t)(tap % windows->kernel_width);
      size_t source = (size_t)r * work->weight_columns + (size_t)s;
      pack_panel(work->weights + source * windows->channels * work->outputs + column, work->outputs, 1,
                 windows->channels, columns, vectors,
                 work->packed + column * depth + tap * windows->channels * vectors * LANES);
    }
  }
}

// Convolves the places of the output from `first` to `last`.
static void convolve_implicitly(const void *argument, size_t first, size_t last) {
  const implicit_product *work = argument;
  const windows *windows = &work->windows;
  size_t depth = windows->kernel_height * windows->kernel_width * windows->channels;
  size_t step = rows_together(windows), length = step * windows->kernel_width * windows->channels;
  float *copies = work->room + kernels_thread() * work->room_of_thread;
  const float *pixels[BLOCK_PIXELS];
  float *outputs[BLOCK_PIXELS];
  for (size_t start = first; start < last; start += work->block) {
    size_t count = least(work->block, last - start);
    place place = place_at(windows, start);
    for (size_t i = 0; i < count; i++, advance(windows, &place))
      outputs[i] = work->output + place.sample * work->sample_stride + place.row * work->row_stride +
                   place.column * work->column_stride;
    for (size_t r = 0; r < windows->kernel_height; r += step) {
      list_windows(windows, r, start, count, copies, pixels);
      for (size_t slice = 0; slice < length; slice += DENSE_DEPTH) {
        bool begins = r == 0 && slice == 0;
        size_t slice_depth = least(DENSE_DEPTH, length - slice);
        for (size_t column = 0; column < work->outputs; column += DENSE_COLUMNS) {
          size_t vectors = panel_vectors(column, work->outputs);
          size_t columns = least(work->outputs - column, vectors * LANES);
          const float *panel =
              work->packed + column * depth + (r / step * length + slice) * vectors * LANES;
          for (size_t i = 0; i < count; i += DENSE_ROWS) {
            size_t rows = least(DENSE_ROWS, count - i);
            const float *left[DENSE_ROWS];
            float *target[DENSE_ROWS];
            for (size_t j = 0; j < rows; j++) left[j] = pixels[i + j] + slice, target[j] = outputs[i + j] + column;
            const float *initial = begins ? work->initial + column : NULL;
            if (columns < vectors * LANES) {
              dense_tile_edge(rows, vectors, left, slice_depth, panel, initial, target, columns);
            } else {
              dense_tile(rows, vectors, left, slice_depth, panel, initial, target);
            }
          }
        }
      }
    }
  }
}

// Adds up the rows from `first_row` to `last_row` of the gradient of the weights, taps and channels, over chunks of pixels.
static void add_weight_gradient(const weight_gradient *work, size_t first_chunk, size_t last_chunk, size_t first_row,
                                size_t last_row, float *target) {
  const windows *windows = &work->windows;
  size_t step = rows_together(windows), length = step * windows->kernel_width * windows->channels;
  size_t pixels_in_all = windows->samples * windows->rows * windows->columns, outputs = work->outputs;
  float *packed = work->room + kernels_thread() * work->room_of_thread, *copies = packed + work->packed_size;
  const float *pixels[CHUNK_PIXELS];
  for (size_t chunk = first_chunk; chunk < last_chunk; chunk++) {
    size_t start = chunk * CHUNK_PIXELS, count = least(CHUNK_PIXELS, pixels_in_all - start);
    for (size_t column = 0; column < outputs; column += DENSE_COLUMNS) {
      size_t vectors = panel_vectors(column, outputs);
      pack_panel(work->output_gradient + start * outputs + column, outputs, 1, count,
                 least(outputs - column, vectors * LANES), vectors, packed + column * CHUNK_PIXELS);
    }
    for (size_t r = first_row / length; r * length < last_row; r++) {
      list_windows(windows, r * step, start, count, copies, pixels);
      size_t begin = first_row > r * length ? first_row - r * length : 0, end = least(length, last_row - r * length);
      for (size_t column = 0; column < outputs; column += DENSE_COLUMNS) {
        size_t vectors = panel_vectors(column, outputs), columns = least(outputs - column, vectors * LANES);
        for (size_t row = begin; row < end; row += DENSE_ROWS) {
          size_t rows = least(DENSE_ROWS, end - row);
          float *sums = target + (r * length + row) * outputs + column;
          const float *panel = packed + column * CHUNK_PIXELS;
          bool adds = chunk > first_chunk;
          if (columns == vectors * LANES) {
            dense_outer_listed(rows, vectors, pixels, row, count, panel, adds, sums, outputs);
            continue;
          }
          float edge[DENSE_ROWS][DENSE_COLUMNS];
          dense_outer_listed(rows, vectors, pixels, row, count, panel, false, edge[0], DENSE_COLUMNS);
          for (size_t i = 0; i < rows; i++)
            for (size_t k = 0; k < columns; k++)
              sums[i * outputs + k] = adds ? sums[i * outputs + k] + edge[i][k] : edge[i][k];
        }
      }
    }
  }
}

// Groups of chunks of pixels, each summed by itself.
static void weight_gradient_of_groups(const void *argument, size_t first_group, size_t last_group) {
  const weight_gradient *work = argument;
  size_t rows = work->windows.kernel_height * work->windows.kernel_width * work->windows.channels;
  for (size_t group = first_group; group < last_group; group++)
    add_weight_gradient(work, work->chunks * group / work->groups, work->chunks * (group + 1) / work->groups, 0, rows,
                        work->sums + group * rows * work->outputs);
}

// The rows of a gradient so large that there is one group only.
static void weight_gradient_of_rows(const void *argument, size_t first_row, size_t last_row) {
  const weight_gradient *work = argument;
  add_weight_gradient(work, 0, work->chunks, first_row, last_row, work->sums);
}

// Sums rows of pixels, in parts that are summed by themselves, within which chunks are too.
static void sum_pixels(const void *argument, size_t first_part, size_t last_part) {
  const pixel_sums *work = argument;
  for (size_t part = first_part; part < last_part; part++) {
    size_t first = work->pixels * part / SUMMED_PARTS, last = work->pixels * (part + 1) / SUMMED_PARTS;
    float *sums = work->sums + part * work->columns;
    memset(sums, 0, work->columns * sizeof(float));
    for (size_t start = first; start < last; start += CHUNK_PIXELS)
      for (size_t column = 0; column < work->columns; column += SUMMED_COLUMNS) {
        size_t columns = least(SUMMED_COLUMNS, work->columns - column);
        float sum[SUMMED_COLUMNS] = {0};
        for (size_t pixel = start; pixel < least(last, start + CHUNK_PIXELS); pixel++) {
          const float *row = work->values + pixel * work->columns + column;
          for (size_t c = 0; c < columns; c++) sum[c] += row[c];
        }
        for (size_t c = 0; c < columns; c++) sums[column + c] += sum[c];
      }
  }
}

// Adds parts of sums in order.
static void sum_parts(const void *argument, size_t first, size_t last) {
  const part_sums *work = argument;
  float *restrict target = work->target;
  for (size_t i = first; i < last; i++) target[i] = work->parts[i];
  for (size_t part = 1; part < work->count; part++)
    for (size_t i = first; i < last; i++) target[i] += work->parts[part * work->size + i];
}

static void clear(const void *argument, size_t first, size_t last) {
  memset((float *)argument + first, 0, (last - first) * sizeof(float));
}
