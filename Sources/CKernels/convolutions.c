// Chooses how to convolve, lays out the scratch, and hands the work to the loops of an instruction set, divided among the
// threads of a team.
#include "scattered_plan.h"
#include "winograd_plan.h"

size_t kernels_convolution_scratch(const kernels *kernels, size_t threads, const kernels_convolution *shape) {
  size_t most = 0;
#define COUNT(plan)                        \
  {                                        \
    arena arena = arena_in(NULL);          \
    plan;                                  \
    if (arena.used > most) most = arena.used; \
  }
  if (uses_winograd(shape)) {
    ptrdiff_t padding = (ptrdiff_t)shape->padding;
    size_t rows = shape->height + 2 * shape->padding - 2, columns = shape->width + 2 * shape->padding - 2;
    COUNT(tiles_of(winograd_of(shape->samples, shape->height, shape->width, shape->channels, padding, shape->outputs, &arena), threads, &arena))
    COUNT(transposition_of(shape, &arena); tiles_of(winograd_of(shape->samples, rows, columns, shape->outputs, 2 - padding, shape->channels, &arena), threads, &arena))
    COUNT(take(&arena, SUMMED_PARTS * shape->outputs); weight_tiles_of(winograd_of(shape->samples, shape->height, shape->width, shape->channels, padding, shape->outputs, &arena), threads, &arena))
  } else {
    COUNT(output_product_of(kernels, shape, threads, &arena))
    if (scatters(shape)) COUNT(scattered_product_of(shape, threads, &arena))
    for (size_t r = 0; r < shape->stride; r++)
      for (size_t s = 0; s < shape->stride; s++)
        COUNT(transposition_of(shape, &arena);
              phase_product(shape, phase_of(r, shape->height, shape->kernel_height, shape->stride, shape->padding),
                            phase_of(s, shape->width, shape->kernel_width, shape->stride, shape->padding), threads, &arena))
    COUNT(take(&arena, SUMMED_PARTS * shape->outputs); weight_gradient_of(shape, threads, &arena))
  }
  return most + line;
}

void kernels_convolve(const kernels *kernels, kernels_team *team, const kernels_convolution *shape, const float *input,
                      const float *weights, const float *bias, float *output, float *scratch) {
  size_t threads = kernels_team_size(team);
  arena arena = arena_in(scratch);
  if (uses_winograd(shape)) {
    winograd work = tiles_of(winograd_of(shape->samples, shape->height, shape->width, shape->channels,
                                         (ptrdiff_t)shape->padding, shape->outputs, &arena), threads, &arena);
    work.input = input, work.weights = weights, work.bias = bias, work.output = output;
    convolve_by_tiles(kernels, team, &work);
    return;
  }
  implicit_product work = output_product_of(kernels, shape, threads, &arena);
  work.weights = weights, work.output = output;
  multiply_implicitly(kernels, team, &work, input, bias);
}

void kernels_convolve_input_gradient(const kernels *kernels, kernels_team *team, const kernels_convolution *shape,
                                     const float *output_gradient, const float *weights, float *input_gradient,
                                     float *scratch) {
  size_t threads = kernels_team_size(team), stride = shape->stride;
  arena arena = arena_in(scratch);
  if (scatters(shape)) {
    scattered_product work = scattered_product_of(shape, threads, &arena);
    work.weights = weights, work.output_gradient = output_gradient, work.input_gradient = input_gradient;
    multiply_and_scatter(kernels, team, &work);
    return;
  }
  weight_transposition transposition = transposition_of(shape, &arena);
  transposition.weights = weights;
  kernels_share(team, kernels->transpose_weights, &transposition, shape->kernel_height * shape->kernel_width, 1);
  if (uses_winograd(shape)) {
    size_t rows = shape->height + 2 * shape->padding - 2, columns = shape->width + 2 * shape->padding - 2;
    winograd work = tiles_of(winograd_of(shape->samples, rows, columns, shape->outputs, 2 - (ptrdiff_t)shape->padding,
                                         shape->channels, &arena), threads, &arena);
    work.mirrored = true;
    work.input = output_gradient, work.weights = transposition.target, work.output = input_gradient;
    convolve_by_tiles(kernels, team, &work);
    return;
  }
  // Where the kernel is smaller than the stride, some pixels meet no tap.
  if (shape->kernel_height < stride || shape->kernel_width < stride)
    kernels_share(team, kernels->clear, input_gradient,
                  shape->samples * shape->height * shape->width * shape->channels, line);
  for (size_t r = 0; r < stride; r++) {
    for (size_t s = 0; s < stride; s++) {
      phase rows = phase_of(r, shape->height, shape->kernel_height, stride, shape->padding);
      phase columns = phase_of(s, shape->width, shape->kernel_width, stride, shape->padding);
      if (rows.taps == 0 || columns.taps == 0 || rows.count == 0 || columns.count == 0) continue;
      size_t used = arena.used;
      implicit_product work = phase_product(shape, rows, columns, threads, &arena);
      arena.used = used;
      work.weights = transposition.target;
      work.output = input_gradient + (rows.first * shape->width + columns.first) * shape->channels;
      multiply_implicitly(kernels, team, &work, output_gradient, NULL);
    }
  }
}

void kernels_convolve_weight_gradient(const kernels *kernels, kernels_team *team, const kernels_convolution *shape,
                                      const float *input, const float *output_gradient, float *weight_gradient_,
                                      float *bias_gradient, float *scratch) {
  size_t threads = kernels_team_size(team);
  arena arena = arena_in(scratch);
  windows windows = windows_of(shape);
  float *parts = take(&arena, SUMMED_PARTS * shape->outputs);
  if (bias_gradient) {
    const row_sums work = {.rows = shape->samples * windows.rows * windows.columns,
                           .columns = shape->outputs,
                           .values = output_gradient,
                           .sums = parts};
    kernels_share(team, kernels->sum_numbers, &work, SUMMED_PARTS, 1);
    kernels->sum_parts(&(part_sums){SUMMED_PARTS, shape->outputs, parts, bias_gradient}, 0, shape->outputs);
  }
  if (uses_winograd(shape)) {
    winograd work = weight_tiles_of(winograd_of(shape->samples, shape->height, shape->width, shape->channels,
                                                (ptrdiff_t)shape->padding, shape->outputs, &arena), threads, &arena);
    work.input = input, work.output_gradient = output_gradient, work.output = weight_gradient_;
    weight_gradient_by_tiles(kernels, team, &work);
    return;
  }
  weight_gradient work = weight_gradient_of(shape, threads, &arena);
  work.windows.input = padded_input(kernels, team, &work.padding, input), work.output_gradient = output_gradient;
  memset(work.windows.zeros, 0, shape->kernel_width * shape->channels * sizeof(float));
  size_t rows = shape->kernel_height * shape->kernel_width * shape->channels;
  if (work.groups > 1) {
    kernels_share(team, kernels->weight_gradient_of_groups, &work, work.groups, 1);
    const part_sums parts_of_weights = {work.groups, rows * shape->outputs, work.sums, weight_gradient_};
    kernels_share(team, kernels->sum_parts, &parts_of_weights, rows * shape->outputs, line);
  } else {
    work.sums = weight_gradient_;
    kernels_share(team, kernels->weight_gradient_of_rows, &work, rows, quotient(quotient(rows, threads), 12) * 12);
  }
}
