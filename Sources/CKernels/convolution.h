// Convolutions in one instruction set, tap by tap; see loops.h.

// The pixel of the input that a tap meets at a place of the output; NULL in the padding.
static inline const float *pixel_at(const convolution *work, size_t sample, size_t row, size_t column) {
  const kernels_convolution *shape = &work->shape;
  size_t y = row - shape->padding, x = column - shape->padding;
  if (row < shape->padding || column < shape->padding || y >= shape->height || x >= shape->width) return NULL;
  return work->input + ((sample * shape->height + y) * shape->width + x) * shape->channels;
}

static void convolve(const void *argument, size_t first_row, size_t last_row) {
  const convolution *work = argument;
  kernels_convolution shape = work->shape;
  for (size_t row = first_row; row < last_row; row++) {
    size_t sample = row / work->output_height, y = row % work->output_height * shape.stride;
    for (size_t column = 0; column < work->output_width; column++) {
      float *restrict output = work->output + (row * work->output_width + column) * shape.outputs;
      for (size_t k = 0; k < shape.outputs; k++) output[k] = work->bias ? work->bias[k] : 0;
      for (size_t r = 0; r < shape.kernel_height; r++) {
        for (size_t s = 0; s < shape.kernel_width; s++) {
          const float *input = pixel_at(work, sample, y + r, column * shape.stride + s);
          const float *restrict weights =
              work->weights + (r * shape.kernel_width + s) * shape.channels * shape.outputs;
          if (input == NULL) continue;
          for (size_t c = 0; c < shape.channels; c++)
            for (size_t k = 0; k < shape.outputs; k++) output[k] += input[c] * weights[c * shape.outputs + k];
        }
      }
    }
  }
}

static void convolve_input_gradient(const void *argument, size_t first_row, size_t last_row) {
  const convolution *work = argument;
  kernels_convolution shape = work->shape;
  for (size_t row = first_row; row < last_row; row++) {
    size_t sample = row / shape.height, y = row % shape.height + shape.padding;
    for (size_t column = 0; column < shape.width; column++) {
      float *restrict gradient = work->input_gradient + (row * shape.width + column) * shape.channels;
      memset(gradient, 0, shape.channels * sizeof(float));
      for (size_t r = y % shape.stride; r < shape.kernel_height && r <= y; r += shape.stride) {
        size_t x = column + shape.padding, output_row = (y - r) / shape.stride;
        if (output_row >= work->output_height) continue;
        for (size_t s = x % shape.stride; s < shape.kernel_width && s <= x; s += shape.stride) {
          size_t output_column = (x - s) / shape.stride;
          if (output_column >= work->output_width) continue;
          const float *restrict upstream =
              work->output_gradient +
              ((sample * work->output_height + output_row) * work->output_width + output_column) * shape.outputs;
          const float *restrict weights =
              work->weights + (r * shape.kernel_width + s) * shape.channels * shape.outputs;
          for (size_t c = 0; c < shape.channels; c++)
            for (size_t k = 0; k < shape.outputs; k++) gradient[c] += upstream[k] * weights[c * shape.outputs + k];
        }
      }
    }
  }
}

// Rows are taps and channels here.
static void convolve_weight_gradient(const void *argument, size_t first_row, size_t last_row) {
  const convolution *work = argument;
  kernels_convolution shape = work->shape;
  for (size_t row = first_row; row < last_row; row++) {
    size_t c = row % shape.channels, tap = row / shape.channels;
    size_t r = tap / shape.kernel_width, s = tap % shape.kernel_width;
    float *restrict gradient = work->weight_gradient + row * shape.outputs;
    memset(gradient, 0, shape.outputs * sizeof(float));
    for (size_t pixel = 0; pixel < shape.samples * work->output_height * work->output_width; pixel++) {
      size_t x = pixel % work->output_width, y = pixel / work->output_width % work->output_height;
      size_t sample = pixel / work->output_width / work->output_height;
      const float *input = pixel_at(work, sample, y * shape.stride + r, x * shape.stride + s);
      const float *restrict upstream = work->output_gradient + pixel * shape.outputs;
      if (input == NULL) continue;
      for (size_t k = 0; k < shape.outputs; k++) gradient[k] += input[c] * upstream[k];
    }
  }
}

static void sum_bias_gradient(const void *argument, size_t first_column, size_t last_column) {
  const convolution *work = argument;
  for (size_t k = first_column; k < last_column; k++) {
    double sum = 0;
    for (size_t pixel = 0; pixel < work->shape.samples * work->output_height * work->output_width; pixel++)
      sum += (double)work->output_gradient[pixel * work->shape.outputs + k];
    work->bias_sums[k] = (float)sum;
  }
}
