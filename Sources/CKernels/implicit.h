// Convolutions as products whose factor on the left, the windows of the pixels, is never written down, in one instruction
// set; see loops.h. A kernel's row meets numbers of the image that lie side by side: each pixel is a pointer to them.
// Only windows that reach beyond the image are copied, with zeros.

// Copies what a kernel row meets in a row of the image from a column on, with zeros beyond it.
static inline void copy_window(const windows *windows, const float *numbers, ptrdiff_t left, float *target) {
  ptrdiff_t end = (ptrdiff_t)windows->kernel_width, rest = (ptrdiff_t)windows->width - left;
  ptrdiff_t first = left < 0 ? -left : 0, last = rest < end ? rest : end;
  if (first >= last) first = last = end;
  size_t channels = windows->channels, before = (size_t)first * channels, after = (size_t)last * channels;
  memset(target, 0, before * sizeof(float));
  memcpy(target + before, numbers + (first < last ? (size_t)(left + first) : 0) * channels, (after - before) * sizeof(float));
  memset(target + after, 0, ((size_t)end * channels - after) * sizeof(float));
}

// A place of the output.
typedef struct {
  size_t sample, row, column;
} place;

static inline place place_at(const windows *windows, size_t index) {
  size_t column = index % windows->columns, line = index / windows->columns;
  return (place){line / windows->rows, line % windows->rows, column};
}

// From the first place of the row that follows.
static inline place next_row(const windows *windows, place place) {
  place.column = 0;
  if (++place.row < windows->rows) return place;
  place.row = 0;
  place.sample++;
  return place;
}

// Lists what the kernel row r meets at `count` places from `first` on.
static void list_windows(const windows *windows, size_t r, size_t first, size_t count, float *copies,
                         const float **pixels) {
  size_t length = windows->kernel_width * windows->channels, step = windows->column_step * windows->channels;
  ptrdiff_t stride = (ptrdiff_t)windows->column_step;
  // Columns whose windows lie within the image.
  ptrdiff_t inside = windows->left < 0 ? (stride - 1 - windows->left) / stride : 0;
  ptrdiff_t rest = (ptrdiff_t)windows->width - (ptrdiff_t)windows->kernel_width - windows->left;
  ptrdiff_t outside = rest < 0 ? 0 : rest / stride + 1;
  place place = place_at(windows, first);
  for (size_t i = 0; i < count; place = next_row(windows, place)) {
    size_t x = place.column, end = least(windows->columns, x + count - i);
    ptrdiff_t row = (ptrdiff_t)(place.row * windows->row_step + r) + windows->top;
    if (row < 0 || row >= (ptrdiff_t)windows->height) {
      for (; x < end; x++) pixels[i++] = windows->zeros;
      continue;
    }
    size_t line = place.sample * windows->height + (size_t)row;
    const float *numbers = windows->input + line * windows->width * windows->channels;
    while (x < end) {
      if ((ptrdiff_t)x < inside || (ptrdiff_t)x >= outside) {
        copy_window(windows, numbers, (ptrdiff_t)x * stride + windows->left, copies + i * length);
        pixels[i] = copies + i * length;
        i++, x++;
        continue;
      }
      const float *window = numbers + (size_t)((ptrdiff_t)x * stride + windows->left) * windows->channels;
      size_t run = least(end, (size_t)outside) - x;
      for (size_t j = 0; j < run; j++) pixels[i + j] = window + j * step;
      i += run, x += run;
    }
  }
}

// Copies images with the zeros that kernels meet beyond them.
static void pad_images(const void *argument, size_t first_sample, size_t last_sample) {
  const padding *work = argument;
  const windows *windows = &work->windows;
  size_t channels = windows->channels, width = work->width * channels;
  ptrdiff_t left = windows->left, end = left + (ptrdiff_t)work->width, image_width = (ptrdiff_t)windows->width;
  ptrdiff_t begin = left < 0 ? 0 : left, stop = end < image_width ? end : image_width;
  size_t before = (size_t)(begin - left) * channels, length = stop > begin ? (size_t)(stop - begin) * channels : 0;
  for (size_t line = first_sample * work->height; line < last_sample * work->height; line++) {
    size_t sample = line / work->height;
    ptrdiff_t row = (ptrdiff_t)(line % work->height) + windows->top;
    float *target = work->target + line * width;
    if (row < 0 || row >= (ptrdiff_t)windows->height || length == 0) {
      memset(target, 0, width * sizeof(float));
      continue;
    }
    const float *numbers = windows->input + (sample * windows->height + (size_t)row) * windows->width * channels;
    memset(target, 0, before * sizeof(float));
    memcpy(target + before, numbers + (size_t)begin * channels, length * sizeof(float));
    memset(target + before + length, 0, (width - before - length) * sizeof(float));
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

// Packs the weights of two pixels' outputs side by side, with zeros where the other one's kernel reaches further.
static void pack_pairs(const implicit_product *work) {
  const windows *windows = &work->windows;
  size_t outputs = work->outputs / 2, channels = windows->channels, width = panel_vectors(0, work->outputs) * LANES;
  memset(work->packed, 0, windows->kernel_height * windows->kernel_width * channels * width * sizeof(float));
  for (size_t r = 0; r < windows->kernel_height; r++)
    for (size_t s = 0; s < work->weight_columns; s++)
      for (size_t c = 0; c < channels; c++)
        for (size_t pixel = 0; pixel < 2; pixel++) {
          size_t column = s + pixel * (windows->column_step / 2);
          memcpy(work->packed + ((r * windows->kernel_width + column) * channels + c) * width + pixel * outputs,
                 work->weights + ((r * work->weight_columns + s) * channels + c) * outputs, outputs * sizeof(float));
        }
}

// Packs the weights of some panels.
static void pack_weights(const void *argument, size_t first_panel, size_t last_panel) {
  const implicit_product *work = argument;
  const windows *windows = &work->windows;
  if (work->pixels == 2) {
    pack_pairs(work);
    return;
  }
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
  size_t length = windows->kernel_width * windows->channels, depth = windows->kernel_height * length;
  size_t outputs = work->outputs;
  float *copies = work->room + kernels_thread() * work->room_of_thread;
  const float *pixels[MOST_SEGMENTS][BLOCK_PIXELS];
  float *targets[BLOCK_PIXELS];
  // A vector that is not full may be written beyond its pixel, if what follows is computed afterwards, and in one go.
  bool spills = outputs < DENSE_COLUMNS && work->column_stride == outputs &&
                work->row_stride == windows->columns * outputs &&
                work->sample_stride == windows->rows * work->row_stride &&
                work->segments >= windows->kernel_height && length <= DENSE_DEPTH;
  for (size_t start = first; start < last; start += BLOCK_PIXELS) {
    size_t count = least(BLOCK_PIXELS, last - start), listed = 0;
    for (place place = place_at(windows, start); listed < count; place = next_row(windows, place)) {
      float *target = work->output + place.sample * work->sample_stride + place.row * work->row_stride;
      for (size_t x = place.column; x < windows->columns && listed < count; x++)
        targets[listed++] = target + x * work->column_stride;
    }
    for (size_t r = 0; r < windows->kernel_height; r += work->segments) {
      size_t segments = least(work->segments, windows->kernel_height - r);
      for (size_t s = 0; s < segments; s++)
        list_windows(windows, r + s, start, count, copies + s * BLOCK_PIXELS * length, pixels[s]);
      // One segment may be a slice at a time.
      for (size_t slice = 0; slice < length; slice += DENSE_DEPTH) {
        size_t slice_depth = least(DENSE_DEPTH, length - slice);
        for (size_t column = 0; column < outputs; column += DENSE_COLUMNS) {
          size_t vectors = panel_vectors(column, outputs), columns = least(outputs - column, vectors * LANES);
          const float *panel = work->packed + column * depth + (r * length + slice) * vectors * LANES;
          const float *initial = r == 0 && slice == 0 ? work->initial + column : NULL;
          for (size_t i = 0; i < count; i += tile_rows(vectors)) {
            size_t rows = least(tile_rows(vectors), count - i);
            dense_left left = {&pixels[0][i], segments, BLOCK_PIXELS, slice, slice_depth};
            dense_output output = {initial, targets + i, column};
            if (columns < vectors * LANES &&
                (!spills || (count - i - rows) * outputs < vectors * LANES - columns)) {
              dense_tile_edge(rows, vectors, &left, panel, &output, columns);
            } else {
              dense_tile(rows, vectors, &left, panel, &output, columns);
            }
          }
        }
      }
    }
  }
}

// Copies columns of pixels side by side, filled up to whole vectors with zeros.
static void pack_pixels(const float *values, size_t stride, size_t count, size_t columns, size_t vectors, float *panel) {
  for (size_t i = 0; i < count; i++)
    for (size_t v = 0; v < vectors; v++)
      *(vector *)(panel + (i * vectors + v) * LANES) = load_vector(values + i * stride + v * LANES, columns - v * LANES);
}

// Adds sums of a tile to what is there, or puts them in its place.
static void keep_sums(const float (*edge)[DENSE_COLUMNS], size_t rows, size_t columns, bool adds, float *sums,
                      size_t outputs) {
  for (size_t i = 0; i < rows; i++)
    for (size_t k = 0; k < columns; k++) sums[i * outputs + k] = adds ? sums[i * outputs + k] + edge[i][k] : edge[i][k];
}

// Adds up the rows from `first_row` to `last_row` of the gradient of the weights, taps and channels, over chunks of pixels.
static void add_weight_gradient(const weight_gradient *work, size_t first_chunk, size_t last_chunk, size_t first_row,
                                size_t last_row, float *target) {
  const windows *windows = &work->windows;
  size_t length = windows->kernel_width * windows->channels;
  size_t pixels_in_all = windows->samples * windows->rows * windows->columns, outputs = work->outputs;
  float *packed = work->room + kernels_thread() * work->room_of_thread, *copies = packed + work->packed_size;
  float edge[NARROW_ROWS][DENSE_COLUMNS];
  const float *pixels[2][CHUNK_PIXELS];
  // Two rows of the kernel fill a tile where one is short.
  bool pairs = length <= PAIRED_NUMBERS && outputs <= LANES;
  for (size_t chunk = first_chunk; chunk < last_chunk; chunk++) {
    size_t start = chunk * CHUNK_PIXELS, count = least(CHUNK_PIXELS, pixels_in_all - start);
    bool adds = chunk > first_chunk;
    for (size_t column = 0; column < outputs; column += DENSE_COLUMNS) {
      size_t vectors = panel_vectors(column, outputs);
      pack_pixels(work->output_gradient + start * outputs + column, outputs, count,
                  least(outputs - column, vectors * LANES), vectors, packed + column * CHUNK_PIXELS);
    }
    for (size_t r = first_row / length; r * length < last_row; r++) {
      list_windows(windows, r, start, count, copies, pixels[0]);
      size_t begin = first_row > r * length ? first_row - r * length : 0, end = least(length, last_row - r * length);
      if (pairs && begin == 0 && (r + 2) * length <= last_row) {
        list_windows(windows, r + 1, start, count, copies + CHUNK_PIXELS * length, pixels[1]);
        dense_outer_pair(length, pixels[0], pixels[1], count, packed, edge[0], outputs);
        keep_sums(edge, 2 * length, outputs, adds, target + r * length * outputs, outputs);
        r++;
        continue;
      }
      for (size_t column = 0; column < outputs; column += DENSE_COLUMNS) {
        size_t vectors = panel_vectors(column, outputs), columns = least(outputs - column, vectors * LANES);
        const float *panel = packed + column * CHUNK_PIXELS;
        for (size_t row = begin; row < end; row += tile_rows(vectors)) {
          size_t rows = least(tile_rows(vectors), end - row);
          float *sums = target + (r * length + row) * outputs + column;
          if (columns == vectors * LANES) {
            dense_outer_listed(rows, vectors, pixels[0], row, count, panel, adds, sums, outputs);
            continue;
          }
          dense_outer_edge(rows, vectors, pixels[0], row, count, panel, edge[0], columns);
          keep_sums(edge, rows, columns, adds, sums, outputs);
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
