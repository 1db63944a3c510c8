// How the gradient of the input of few channels is laid out and divided among threads; see scattered.h for its loops.
#ifndef SCATTERED_PLAN_H
#define SCATTERED_PLAN_H

#include "implicit_plan.h"

// Whether it takes less to multiply each pixel of the output's gradient with the whole kernel and to add up what windows
// share than to compute each pixel of the input with a vector that its channels fill by half or less, zeros beyond the
// output included. Counted in products of vectors of 16 numbers; to add one up takes eight times as long.
static bool scatters(const kernels_convolution *shape) {
  size_t height = shape->height, width = shape->width, taps = shape->kernel_height * shape->kernel_width;
  if (shape->channels > 8) return false;
  size_t rows = output_side(height, shape->kernel_height, shape->stride, shape->padding);
  size_t columns = output_side(width, shape->kernel_width, shape->stride, shape->padding);
  size_t products = shape->outputs * quotient(taps * shape->channels, line);
  size_t sums = 8 * shape->kernel_height * quotient(shape->kernel_width * shape->channels, line);
  size_t gathered = height * width * taps * shape->outputs / (shape->stride * shape->stride) / 2;
  return rows * columns * (products + sums) < gathered;
}

static scattered_product scattered_product_of(const kernels_convolution *shape, size_t threads, arena *arena) {
  scattered_product work = {.windows = windows_of(shape), .outputs = shape->outputs};
  work.numbers = shape->kernel_height * shape->kernel_width * shape->channels;
  work.padded_numbers = rounded(work.numbers);
  work.packed = take(arena, work.padded_numbers * work.outputs);
  work.room_of_thread = SCATTERED_PIXELS * work.padded_numbers;
  work.room = take(arena, threads * work.room_of_thread);
  return work;
}

static void multiply_and_scatter(const kernels *kernels, kernels_team *team, const scattered_product *work) {
  kernels_share(team, kernels->pack_kernels, work, quotient(work->numbers, kernels->dense_columns), 1);
  kernels_share(team, kernels->scatter_products, work, work->windows.samples, 1);
}

#endif
