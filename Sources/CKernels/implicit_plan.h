// How convolutions as implicit products are laid out and divided among threads; see implicit.h for their loops.
#ifndef IMPLICIT_PLAN_H
#define IMPLICIT_PLAN_H

#include <string.h>

#include "kernel_set.h"
#include "plan.h"
#include "work.h"

static windows windows_of(const kernels_convolution *shape) {
  return (windows){
      .samples = shape->samples,
      .height = shape->height,
      .width = shape->width,
      .channels = shape->channels,
      .kernel_height = shape->kernel_height,
      .kernel_width = shape->kernel_width,
      .row_step = shape->stride,
      .column_step = shape->stride,
      .top = -(ptrdiff_t)shape->padding,
      .left = -(ptrdiff_t)shape->padding,
      .rows = output_side(shape->height, shape->kernel_height, shape->stride, shape->padding),
      .columns = output_side(shape->width, shape->kernel_width, shape->stride, shape->padding),
  };
}

// Windows on copies of the images with all that they meet, where that is less to copy than each window which reaches
// beyond the image.
static padding padding_of(windows *windows, arena *arena) {
  padding work = {.windows = *windows};
  if (windows->kernel_height == 0 || windows->kernel_width == 0 || windows->rows == 0 || windows->columns == 0)
    return work;
  size_t height = (windows->rows - 1) * windows->row_step + windows->kernel_height;
  size_t width = (windows->columns - 1) * windows->column_step + windows->kernel_width;
  ptrdiff_t right = windows->left + (ptrdiff_t)width - (ptrdiff_t)windows->width;
  size_t beyond = (windows->left < 0 ? (size_t)-windows->left : 0) + (right > 0 ? (size_t)right : 0);
  size_t bordering = at_most(windows->columns, quotient(beyond, windows->column_step)) * windows->rows;
  // A copy takes as long as some numbers, however few it has.
  size_t copies = bordering * windows->kernel_height * (windows->kernel_width * windows->channels + 32);
  if (copies <= height * width * windows->channels) return work;
  work.height = height, work.width = width;
  work.target = take(arena, windows->samples * height * width * windows->channels);
  windows->height = height, windows->width = width, windows->top = 0, windows->left = 0;
  return work;
}

// The images, or the copies of them, which are made.
static const float *padded_input(const kernels *kernels, kernels_team *team, padding *padding, const float *input) {
  if (padding->height == 0) return input;
  padding->windows.input = input;
  kernels_share(team, kernels->pad_images, padding, padding->windows.samples, 1);
  return padding->target;
}

// Of windows that each have the kernels of so many pixels, and of the outputs of them all.
static implicit_product implicit_product_of(windows windows, size_t pixels, size_t outputs, size_t threads, arena *arena) {
  implicit_product work = {.pixels = pixels, .outputs = outputs, .tap_step = 1};
  work.padding = padding_of(&windows, arena);
  work.windows = windows;
  size_t length = windows.kernel_width * windows.channels;
  work.weight_columns = windows.kernel_width;
  work.windows.zeros = take(arena, length);
  work.packed = take(arena, windows.kernel_height * length * rounded(outputs));
  work.initial = take(arena, rounded(outputs));
  // As many as make a panel that stays in the first-level cache.
  work.segments = length ? at_most((outputs > 8 ? 256 : 512) / length, at_most(windows.kernel_height, MOST_SEGMENTS)) : 1;
  if (work.segments == 0) work.segments = 1;
  work.room_of_thread = rounded(work.segments * BLOCK_PIXELS * length);
  work.room = take(arena, threads * work.room_of_thread);
  return work;
}

static void multiply_implicitly(const kernels *kernels, kernels_team *team, implicit_product *work, const float *input,
                                const float *bias) {
  work->windows.input = padded_input(kernels, team, &work->padding, input);
  memset(work->windows.zeros, 0, work->windows.kernel_width * work->windows.channels * sizeof(float));
  memset(work->initial, 0, rounded(work->outputs) * sizeof(float));
  size_t outputs = work->outputs / work->pixels;
  for (size_t pixel = 0; bias && pixel < work->pixels; pixel++)
    memcpy(work->initial + pixel * outputs, bias, outputs * sizeof(float));
  kernels_share(team, kernels->pack_weights, work, quotient(work->outputs, kernels->dense_columns), 1);
  kernels_share(team, kernels->convolve_implicitly, work,
                work->windows.samples * work->windows.rows * work->windows.columns, 48);
}

// The product that gives the output. Where a vector holds what two pixels side by side have, they are computed as one: its
// kernel is as wide as both of theirs together.
static implicit_product output_product_of(const kernels *kernels, const kernels_convolution *shape, size_t threads,
                                          arena *arena) {
  windows windows = windows_of(shape);
  size_t pixels = 1;
  if (2 * shape->outputs <= kernels->lanes && windows.columns % 2 == 0 && shape->kernel_width > 2 * shape->stride) pixels = 2;
  windows.columns /= pixels, windows.column_step *= pixels, windows.kernel_width += (pixels - 1) * shape->stride;
  implicit_product work = implicit_product_of(windows, pixels, pixels * shape->outputs, threads, arena);
  work.weight_columns = shape->kernel_width;
  work.column_stride = work.outputs, work.row_stride = windows.columns * work.column_stride;
  work.sample_stride = windows.rows * work.row_stride;
  return work;
}

// An input pixel whose place in the padded image leaves the rest q when divided by the stride meets only the taps q,
// q + stride, …, mirrored: for each rest of the rows and of the columns there is a convolution with stride 1.
typedef struct {
  size_t first, count, taps;
  ptrdiff_t start, first_tap;
} phase;

static phase phase_of(size_t rest, size_t side, size_t kernel, size_t stride, size_t padding) {
  phase phase = {.first = (rest + stride - padding % stride) % stride};
  phase.count = phase.first < side ? (side - phase.first - 1) / stride + 1 : 0;
  phase.taps = rest < kernel ? (kernel - rest - 1) / stride + 1 : 0;
  phase.start = (ptrdiff_t)((phase.first + padding - rest) / stride) - (ptrdiff_t)phase.taps + 1;
  phase.first_tap = (ptrdiff_t)rest + (ptrdiff_t)stride * ((ptrdiff_t)phase.taps - 1);
  return phase;
}

static implicit_product phase_product(const kernels_convolution *shape, phase rows, phase columns, size_t threads,
                                      arena *arena) {
  const windows windows = {
      .samples = shape->samples,
      .height = output_side(shape->height, shape->kernel_height, shape->stride, shape->padding),
      .width = output_side(shape->width, shape->kernel_width, shape->stride, shape->padding),
      .channels = shape->outputs,
      .kernel_height = rows.taps,
      .kernel_width = columns.taps,
      .row_step = 1,
      .column_step = 1,
      .top = rows.start,
      .left = columns.start,
      .rows = rows.count,
      .columns = columns.count,
  };
  implicit_product work = implicit_product_of(windows, 1, shape->channels, threads, arena);
  work.first_row = rows.first_tap, work.first_column = columns.first_tap;
  work.tap_step = -(ptrdiff_t)shape->stride, work.weight_columns = shape->kernel_width;
  work.column_stride = shape->stride * shape->channels, work.row_stride = work.column_stride * shape->width;
  work.sample_stride = shape->height * shape->width * shape->channels;
  return work;
}

static weight_transposition transposition_of(const kernels_convolution *shape, arena *arena) {
  weight_transposition work = {.channels = shape->channels, .outputs = shape->outputs};
  work.target = take(arena, shape->kernel_height * shape->kernel_width * shape->channels * shape->outputs);
  return work;
}

// Few weights are summed in groups of pixels, many row by row.
static weight_gradient weight_gradient_of(const kernels_convolution *shape, size_t threads, arena *arena) {
  weight_gradient work = {.windows = windows_of(shape), .outputs = shape->outputs};
  size_t size = shape->kernel_height * shape->kernel_width * shape->channels * shape->outputs;
  work.chunks = quotient(shape->samples * work.windows.rows * work.windows.columns, CHUNK_PIXELS);
  work.padding = padding_of(&work.windows, arena);
  work.groups = size <= 1 << 16 ? at_most(work.chunks, 8) : 1;
  work.sums = work.groups > 1 ? take(arena, work.groups * size) : NULL;
  size_t length = shape->kernel_width * shape->channels;
  work.windows.zeros = take(arena, length);
  work.packed_size = CHUNK_PIXELS * rounded(shape->outputs);
  size_t rows_together = length <= PAIRED_NUMBERS ? 2 : 1;
  work.room_of_thread = work.packed_size + rounded(rows_together * CHUNK_PIXELS * length);
  work.room = take(arena, threads * work.room_of_thread);
  return work;
}

#endif
