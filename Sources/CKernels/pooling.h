// Pooling in one instruction set; see loops.h. Channels lie side by side, and are taken a vector at a time. The last vector
// of a pixel may reach into those that follow in its row: what is written there is computed afterwards.

typedef int32_t whole_numbers __attribute__((vector_size(LANES * sizeof(int32_t)), aligned(4)));
typedef uint8_t small_numbers __attribute__((vector_size(LANES), aligned(1)));

// The part of a window that begins `start` pixels beyond the padding's edge and lies within the image.
typedef struct {
  size_t first, last;
} window_part;

static inline window_part within_image(size_t start, size_t kernel, size_t padding, size_t side) {
  window_part part = {start < padding ? padding - start : 0, kernel};
  if (start + kernel > side + padding) part.last = side + padding > start ? side + padding - start : 0;
  return part;
}

// The window of a pixel of the output: where that has its numbers, and where the image has those of the window's corner, which
// may lie beyond the image.
typedef struct window {
  window_part rows, columns;
  size_t place, corner;
} window;

// What is done with `count` channels of a window, from one on.
typedef void window_action(const pooling *work, const window *window, size_t channel, size_t count);

// Does it with all windows of some rows of the output, one after the other, with a vector of channels at a time: where
// `spills`, that is a whole one wherever it stays in the rows of output and image. Most windows have 2 × 2 pixels, and for
// these the compiler unrolls the loops.
ALWAYS_INLINE void at_each_window(const pooling *work_, size_t first_row, size_t last_row, bool spills,
                                  window_action action) {
  // A copy: what is written cannot change it, as the compiler has to expect of what a pointer leads to.
  const pooling copy = *work_, *work = &copy;
  kernels_pooling shape = work->shape;
  for (size_t row = first_row; row < last_row; row++) {
    size_t sample = row / work->output_height, y = row % work->output_height * shape.stride;
    window window = {.rows = within_image(y, shape.kernel_height, shape.padding, shape.height)};
    size_t line = sample * shape.height + y - shape.padding;
    bool has_two_rows = shape.kernel_width == 2 && window.rows.first == 0 && window.rows.last == 2;
    for (size_t column = 0; column < work->output_width; column++) {
      size_t x = column * shape.stride;
      window.columns = within_image(x, shape.kernel_width, shape.padding, shape.width);
      window.place = (row * work->output_width + column) * shape.channels;
      window.corner = (line * shape.width + x - shape.padding) * shape.channels;
      bool is_square = has_two_rows && window.columns.first == 0 && window.columns.last == 2;
      size_t pixels = least(work->output_width - column, shape.width + 1 + shape.padding - x - window.columns.last);
      size_t room = spills ? pixels * shape.channels : shape.channels;
      for (size_t c = 0; c < shape.channels; c += LANES) {
        if (c + LANES > room) {
          action(work, &window, c, least(LANES, shape.channels - c));
        } else if (is_square) {
          const struct window square = {{0, 2}, {0, 2}, window.place, window.corner};
          action(work, &square, c, LANES);
        } else {
          action(work, &window, c, LANES);
        }
      }
    }
  }
}

// Where the image has a number of a pixel of a window, which lies within it.
ALWAYS_INLINE size_t number_at(const pooling *work, const window *window, size_t r, size_t s) {
  return window->corner + (r * work->shape.width + s) * work->shape.channels;
}

// The number of a window's pixel, in each lane.
ALWAYS_INLINE whole_numbers pixel_number(const pooling *work, size_t r, size_t s) {
  return (int32_t)(r * work->shape.kernel_width + s) - (whole_numbers){0};
}

ALWAYS_INLINE void take_maximum(const pooling *work, const window *window, size_t channel, size_t count) {
  vector largest = {0};
  whole_numbers places = {0};
  bool begins = true;
  for (size_t r = window->rows.first; r < window->rows.last; r++) {
    for (size_t s = window->columns.first; s < window->columns.last; s++) {
      vector value = load_vector(work->input + number_at(work, window, r, s) + channel, count);
      whole_numbers wins = (value > largest) | (value != value);
      if (begins) wins = ~(whole_numbers){0};
      largest = (vector)((wins & (whole_numbers)value) | (~wins & (whole_numbers)largest));
      places = (wins & pixel_number(work, r, s)) | (~wins & places);
      begins = false;
    }
  }
  store_vector(work->output + window->place + channel, largest, count);
  small_numbers found = __builtin_convertvector(places, small_numbers);
  memcpy(work->places + window->place + channel, &found, count);
}

ALWAYS_INLINE void take_average(const pooling *work, const window *window, size_t channel, size_t count) {
  vector sum = {0};
  for (size_t r = window->rows.first; r < window->rows.last; r++)
    for (size_t s = window->columns.first; s < window->columns.last; s++)
      sum += load_vector(work->input + number_at(work, window, r, s) + channel, count);
  float area = (float)(work->shape.kernel_height * work->shape.kernel_width);
  store_vector(work->output + window->place + channel, sum / area, count);
}

static void pool_maximum(const void *work, size_t first_row, size_t last_row) {
  at_each_window(work, first_row, last_row, true, take_maximum);
}

static void pool_average(const void *work, size_t first_row, size_t last_row) {
  at_each_window(work, first_row, last_row, true, take_average);
}

// Whether each pixel of the image lies in exactly one window: then gradients are written, otherwise added up.
static inline bool windows_tile(const pooling *work) {
  kernels_pooling shape = work->shape;
  bool down = shape.kernel_height == shape.stride || work->output_height == 1;
  bool across = shape.kernel_width == shape.stride || work->output_width == 1;
  return down && across && work->output_height * shape.kernel_height == shape.height &&
         work->output_width * shape.kernel_width == shape.width;
}

// Writes a window's gradient to one of its pixels, or adds it.
ALWAYS_INLINE void give(float *target, vector gradient, size_t count, bool adds) {
  store_vector(target, adds ? load_vector(target, count) + gradient : gradient, count);
}

// The gradient of a maximum goes to the pixel that was the largest.
ALWAYS_INLINE void give_to_largest(const pooling *work, const window *window, size_t channel, size_t count, bool adds) {
  vector gradient = load_vector(work->output_gradient + window->place + channel, count);
  small_numbers found = {0};
  memcpy(&found, work->found + window->place + channel, count);
  whole_numbers places = __builtin_convertvector(found, whole_numbers);
  for (size_t r = window->rows.first; r < window->rows.last; r++)
    for (size_t s = window->columns.first; s < window->columns.last; s++)
      give(work->input_gradient + number_at(work, window, r, s) + channel,
           (vector)((places == pixel_number(work, r, s)) & (whole_numbers)gradient), count, adds);
}

// That of a mean goes to all pixels alike.
ALWAYS_INLINE void give_to_all(const pooling *work, const window *window, size_t channel, size_t count, bool adds) {
  float area = (float)(work->shape.kernel_height * work->shape.kernel_width);
  vector gradient = load_vector(work->output_gradient + window->place + channel, count) / area;
  for (size_t r = window->rows.first; r < window->rows.last; r++)
    for (size_t s = window->columns.first; s < window->columns.last; s++)
      give(work->input_gradient + number_at(work, window, r, s) + channel, gradient, count, adds);
}

ALWAYS_INLINE void add_to_largest(const pooling *work, const window *window, size_t channel, size_t count) {
  give_to_largest(work, window, channel, count, true);
}

ALWAYS_INLINE void write_to_largest(const pooling *work, const window *window, size_t channel, size_t count) {
  give_to_largest(work, window, channel, count, false);
}

ALWAYS_INLINE void add_to_all(const pooling *work, const window *window, size_t channel, size_t count) {
  give_to_all(work, window, channel, count, true);
}

ALWAYS_INLINE void write_to_all(const pooling *work, const window *window, size_t channel, size_t count) {
  give_to_all(work, window, channel, count, false);
}

// Gives the pixels of the images from `first_sample` to `last_sample` their shares of the windows' gradients.
ALWAYS_INLINE void pool_gradient(const pooling *work, size_t first_sample, size_t last_sample, window_action write,
                                 window_action add) {
  size_t first_row = first_sample * work->output_height, last_row = last_sample * work->output_height;
  if (windows_tile(work)) {
    // Of more channels the next vector would spill into pixels that are written already.
    at_each_window(work, first_row, last_row, work->shape.channels <= LANES, write);
    return;
  }
  size_t size = work->shape.height * work->shape.width * work->shape.channels;
  memset(work->input_gradient + first_sample * size, 0, (last_sample - first_sample) * size * sizeof(float));
  at_each_window(work, first_row, last_row, false, add);
}

static void pool_maximum_gradient(const void *work, size_t first_sample, size_t last_sample) {
  pool_gradient(work, first_sample, last_sample, write_to_largest, add_to_largest);
}

static void pool_average_gradient(const void *work, size_t first_sample, size_t last_sample) {
  pool_gradient(work, first_sample, last_sample, write_to_all, add_to_all);
}
