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
typedef struct {
  window_part rows, columns;
  size_t place, corner;
} window;

static inline window window_at(const pooling *work, size_t row, size_t column) {
  const kernels_pooling *shape = &work->shape;
  size_t sample = row / work->output_height, y = row % work->output_height * shape->stride, x = column * shape->stride;
  return (window){
      .rows = within_image(y, shape->kernel_height, shape->padding, shape->height),
      .columns = within_image(x, shape->kernel_width, shape->padding, shape->width),
      .place = (row * work->output_width + column) * shape->channels,
      .corner = ((sample * shape->height + y - shape->padding) * shape->width + x - shape->padding) * shape->channels,
  };
}

// Where the image has the first number of a pixel of a window, which lies within it.
static inline size_t number_at(const pooling *work, const window *window, size_t r, size_t s) {
  return window->corner + (r * work->shape.width + s) * work->shape.channels;
}

// How many numbers are taken together from a channel on: a vector, wherever it stays in the rows of output and image.
static inline size_t numbers_at(const pooling *work, const window *window, size_t column, size_t channel) {
  const kernels_pooling *shape = &work->shape;
  size_t last = column * shape->stride + window->columns.last - shape->padding;
  bool stays = (work->output_width - column) * shape->channels >= channel + LANES &&
               (shape->width + 1 - last) * shape->channels >= channel + LANES;
  return stays ? LANES : least(LANES, shape->channels - channel);
}

static void pool_maximum(const void *argument, size_t first_row, size_t last_row) {
  const pooling *work = argument;
  kernels_pooling shape = work->shape;
  for (size_t row = first_row; row < last_row; row++) {
    for (size_t column = 0; column < work->output_width; column++) {
      window window = window_at(work, row, column);
      for (size_t c = 0; c < shape.channels; c += LANES) {
        size_t count = numbers_at(work, &window, column, c);
        vector largest = {0};
        whole_numbers places = {0};
        bool begins = true;
        for (size_t r = window.rows.first; r < window.rows.last; r++) {
          for (size_t s = window.columns.first; s < window.columns.last; s++) {
            vector value = load_vector(work->input + number_at(work, &window, r, s) + c, count);
            whole_numbers here = (int32_t)(r * shape.kernel_width + s) - (whole_numbers){0};
            whole_numbers wins = (value > largest) | (value != value);
            if (begins) wins = ~(whole_numbers){0};
            largest = (vector)((wins & (whole_numbers)value) | (~wins & (whole_numbers)largest));
            places = (wins & here) | (~wins & places);
            begins = false;
          }
        }
        store_vector(work->output + window.place + c, largest, count);
        small_numbers found = __builtin_convertvector(places, small_numbers);
        memcpy(work->places + window.place + c, &found, count);
      }
    }
  }
}

static void pool_average(const void *argument, size_t first_row, size_t last_row) {
  const pooling *work = argument;
  kernels_pooling shape = work->shape;
  float area = (float)(shape.kernel_height * shape.kernel_width);
  for (size_t row = first_row; row < last_row; row++) {
    for (size_t column = 0; column < work->output_width; column++) {
      window window = window_at(work, row, column);
      for (size_t c = 0; c < shape.channels; c += LANES) {
        size_t count = numbers_at(work, &window, column, c);
        vector sum = {0};
        for (size_t r = window.rows.first; r < window.rows.last; r++)
          for (size_t s = window.columns.first; s < window.columns.last; s++)
            sum += load_vector(work->input + number_at(work, &window, r, s) + c, count);
        store_vector(work->output + window.place + c, sum / area, count);
      }
    }
  }
}

// Whether each pixel of the image lies in exactly one window: then gradients are written, otherwise added up.
static inline bool windows_tile(const pooling *work) {
  kernels_pooling shape = work->shape;
  bool down = shape.kernel_height == shape.stride || work->output_height == 1;
  bool across = shape.kernel_width == shape.stride || work->output_width == 1;
  return down && across && work->output_height * shape.kernel_height == shape.height &&
         work->output_width * shape.kernel_width == shape.width;
}

// Gives each pixel of the windows its share of their gradients: that of the largest all, or that of a mean as much as the
// others.
ALWAYS_INLINE void pool_gradient(const pooling *work, size_t first_sample, size_t last_sample, bool is_maximum) {
  kernels_pooling shape = work->shape;
  size_t size = shape.height * shape.width * shape.channels;
  float area = (float)(shape.kernel_height * shape.kernel_width);
  bool adds = !windows_tile(work);
  if (adds) memset(work->input_gradient + first_sample * size, 0, (last_sample - first_sample) * size * sizeof(float));
  for (size_t row = first_sample * work->output_height; row < last_sample * work->output_height; row++) {
    for (size_t column = 0; column < work->output_width; column++) {
      window window = window_at(work, row, column);
      for (size_t r = window.rows.first; r < window.rows.last; r++) {
        for (size_t s = window.columns.first; s < window.columns.last; s++) {
          float *target = work->input_gradient + number_at(work, &window, r, s);
          for (size_t c = 0; c < shape.channels; c += LANES) {
            size_t count = adds ? least(LANES, shape.channels - c) : numbers_at(work, &window, column, c);
            vector gradient = load_vector(work->output_gradient + window.place + c, count);
            if (is_maximum) {
              small_numbers found = {0};
              memcpy(&found, work->found + window.place + c, count);
              whole_numbers here = (int32_t)(r * shape.kernel_width + s) - (whole_numbers){0};
              gradient = (vector)((__builtin_convertvector(found, whole_numbers) == here) & (whole_numbers)gradient);
            } else {
              gradient /= area;
            }
            if (adds) gradient += load_vector(target + c, count);
            store_vector(target + c, gradient, count);
          }
        }
      }
    }
  }
}

static void pool_maximum_gradient(const void *argument, size_t first_sample, size_t last_sample) {
  pool_gradient(argument, first_sample, last_sample, true);
}

static void pool_average_gradient(const void *argument, size_t first_sample, size_t last_sample) {
  pool_gradient(argument, first_sample, last_sample, false);
}
