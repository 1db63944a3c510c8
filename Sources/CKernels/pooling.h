// Pooling in one instruction set; see loops.h. The loops within go over channels, which lie side by side.

// The part of a window that begins `start` pixels beyond the padding's edge and lies within the image.
typedef struct {
  size_t first, last;
} window_part;

static inline window_part within_image(size_t start, size_t kernel, size_t padding, size_t side) {
  window_part part = {start < padding ? padding - start : 0, kernel};
  if (start + kernel > side + padding) part.last = side + padding > start ? side + padding - start : 0;
  return part;
}

static void pool_maximum(const void *argument, size_t first_row, size_t last_row) {
  const pooling *work = argument;
  kernels_pooling shape = work->shape;
  size_t channels = shape.channels;
  for (size_t row = first_row; row < last_row; row++) {
    size_t sample = row / work->output_height, y = row % work->output_height * shape.stride;
    window_part rows = within_image(y, shape.kernel_height, shape.padding, shape.height);
    for (size_t column = 0; column < work->output_width; column++) {
      size_t x = column * shape.stride, place = (row * work->output_width + column) * channels;
      window_part columns = within_image(x, shape.kernel_width, shape.padding, shape.width);
      float *restrict output = work->output + place;
      uint8_t *restrict places = work->places + place;
      for (size_t r = rows.first; r < rows.last; r++) {
        for (size_t s = columns.first; s < columns.last; s++) {
          size_t pixel = (sample * shape.height + y + r - shape.padding) * shape.width + x + s - shape.padding;
          const float *restrict input = work->input + pixel * channels;
          uint8_t here = (uint8_t)(r * shape.kernel_width + s);
          if (r == rows.first && s == columns.first) {
            memcpy(output, input, channels * sizeof(float));
            memset(places, here, channels);
            continue;
          }
          for (size_t c = 0; c < channels; c++) {
            bool wins = input[c] > output[c] || input[c] != input[c];
            places[c] = wins ? here : places[c];
            output[c] = wins ? input[c] : output[c];
          }
        }
      }
    }
  }
}

static void pool_maximum_gradient(const void *argument, size_t first_sample, size_t last_sample) {
  const pooling *work = argument;
  kernels_pooling shape = work->shape;
  size_t channels = shape.channels, size = shape.height * shape.width * channels;
  memset(work->input_gradient + first_sample * size, 0, (last_sample - first_sample) * size * sizeof(float));
  for (size_t row = first_sample * work->output_height; row < last_sample * work->output_height; row++) {
    size_t sample = row / work->output_height, y = row % work->output_height * shape.stride;
    window_part rows = within_image(y, shape.kernel_height, shape.padding, shape.height);
    for (size_t column = 0; column < work->output_width; column++) {
      size_t x = column * shape.stride, place = (row * work->output_width + column) * channels;
      window_part columns = within_image(x, shape.kernel_width, shape.padding, shape.width);
      const float *restrict gradient = work->output_gradient + place;
      const uint8_t *restrict found = work->found + place;
      for (size_t r = rows.first; r < rows.last; r++) {
        for (size_t s = columns.first; s < columns.last; s++) {
          size_t pixel = (sample * shape.height + y + r - shape.padding) * shape.width + x + s - shape.padding;
          float *restrict target = work->input_gradient + pixel * channels;
          uint8_t here = (uint8_t)(r * shape.kernel_width + s);
          for (size_t c = 0; c < channels; c++) target[c] += found[c] == here ? gradient[c] : 0;
        }
      }
    }
  }
}

static void pool_average(const void *argument, size_t first_row, size_t last_row) {
  const pooling *work = argument;
  kernels_pooling shape = work->shape;
  size_t channels = shape.channels;
  float area = (float)(shape.kernel_height * shape.kernel_width);
  for (size_t row = first_row; row < last_row; row++) {
    size_t sample = row / work->output_height, y = row % work->output_height * shape.stride;
    window_part rows = within_image(y, shape.kernel_height, shape.padding, shape.height);
    for (size_t column = 0; column < work->output_width; column++) {
      size_t x = column * shape.stride;
      window_part columns = within_image(x, shape.kernel_width, shape.padding, shape.width);
      float *restrict output = work->output + (row * work->output_width + column) * channels;
      memset(output, 0, channels * sizeof(float));
      for (size_t r = rows.first; r < rows.last; r++) {
        for (size_t s = columns.first; s < columns.last; s++) {
          size_t pixel = (sample * shape.height + y + r - shape.padding) * shape.width + x + s - shape.padding;
          const float *restrict input = work->input + pixel * channels;
          for (size_t c = 0; c < channels; c++) output[c] += input[c];
        }
      }
      for (size_t c = 0; c < channels; c++) output[c] /= area;
    }
  }
}

static void pool_average_gradient(const void *argument, size_t first_sample, size_t last_sample) {
  const pooling *work = argument;
  kernels_pooling shape = work->shape;
  size_t channels = shape.channels, size = shape.height * shape.width * channels;
  float area = (float)(shape.kernel_height * shape.kernel_width);
  memset(work->input_gradient + first_sample * size, 0, (last_sample - first_sample) * size * sizeof(float));
  for (size_t row = first_sample * work->output_height; row < last_sample * work->output_height; row++) {
    size_t sample = row / work->output_height, y = row % work->output_height * shape.stride;
    window_part rows = within_image(y, shape.kernel_height, shape.padding, shape.height);
    for (size_t column = 0; column < work->output_width; column++) {
      size_t x = column * shape.stride;
      window_part columns = within_image(x, shape.kernel_width, shape.padding, shape.width);
      const float *restrict gradient = work->output_gradient + (row * work->output_width + column) * channels;
      for (size_t r = rows.first; r < rows.last; r++) {
        for (size_t s = columns.first; s < columns.last; s++) {
          size_t pixel = (sample * shape.height + y + r - shape.padding) * shape.width + x + s - shape.padding;
          float *restrict target = work->input_gradient + pixel * channels;
          for (size_t c = 0; c < channels; c++) target[c] += gradient[c] / area;
        }
      }
    }
  }
}
