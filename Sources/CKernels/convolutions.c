// Chooses how to convolve, lays out the scratch, and hands the work to the loops of an instruction set, divided among the
// threads of a team.
#include <string.h>

#include "kernel_set.h"
#include "work.h"

// Floats of a cache line.
enum { line = 16 };

static size_t rounded(size_t count) { return (count + line - 1) / line * line; }

static size_t quotient(size_t count, size_t divisor) { return (count + divisor - 1) / divisor; }

static size_t at_most(size_t a, size_t b) { return a < b ? a : b; }

// Parts of the scratch, one after the other; without scratch they are only counted.
typedef struct {
  float *scratch;
  size_t used;
} arena;

static arena arena_in(float *scratch) {
  size_t misaligned = scratch ? (size_t)((uintptr_t)scratch / sizeof(float) % line) : 0;
  return (arena){scratch, misaligned ? line - misaligned : 0};
}

static float *take(arena *arena, size_t count) {
  float *part = arena->scratch ? arena->scratch + arena->used : NULL;
  arena->used += rounded(count);
  return part;
}

static size_t output_side(size_t side, size_t kernel, size_t stride, size_t padding) {
  return (side + 2 * padding - kernel) / stride + 1;
}

static bool uses_winograd(const kernels_convolution *shape) {
  return shape->kernel_height == 3 && shape->kernel_width == 3 && shape->stride == 1 && shape->channels >= 16 &&
         shape->outputs >= 16;
}

// ---- Winograd's convolution

static size_t points(const winograd *work) { return (work->tile + 2) * (work->tile + 2); }

// Room for what all points have of an array.
static size_t points_size(const winograd *work, size_t rows, size_t columns) {
  return points(work) * (rows * columns + line);
}

// Reads images of height × width × channels and writes such of `outputs` channels.
static winograd winograd_of(size_t samples, size_t height, size_t width, size_t channels, ptrdiff_t padding,
                            size_t outputs, arena *arena) {
  winograd work = {.height = height, .width = width, .channels = channels, .outputs = outputs, .padding = padding};
  work.rows = (size_t)((ptrdiff_t)height + 2 * padding - 2), work.columns = (size_t)((ptrdiff_t)width + 2 * padding - 2);
  work.padded_channels = rounded(channels), work.padded_outputs = rounded(outputs);
  // The tile that needs fewer products.
  size_t large = 36 * quotient(work.rows, 4) * quotient(work.columns, 4);
  size_t small = 16 * quotient(work.rows, 2) * quotient(work.columns, 2);
  work.tile = large < small ? 4 : 2;
  work.tiles_down = quotient(work.rows, work.tile), work.tiles_across = quotient(work.columns, work.tile);
  work.tiles = samples * work.tiles_down * work.tiles_across;
  work.zeros = take(arena, work.padded_channels > work.padded_outputs ? work.padded_channels : work.padded_outputs);
  return work;
}

static void begin(const winograd *work) {
  size_t count = work->padded_channels > work->padded_outputs ? work->padded_channels : work->padded_outputs;
  memset(work->zeros, 0, count * sizeof(float));
}

// Whether the transformed weights are more than the caches hold: then each thread has them of a few outputs only.
static bool has_many_weights(const winograd *work) {
  return points(work) * work->padded_channels * work->padded_outputs > 1 << 21;
}

// The most tiles of which all threads share what is transformed, so many numbers each, in multiples of a chunk.
static size_t shared_tiles(const winograd *work, size_t numbers, size_t most) {
  size_t chunks = quotient(work->tiles, CHUNK_TILES), chunks_at_once = most / (numbers * CHUNK_TILES);
  if (chunks_at_once < 2) chunks_at_once = 2;
  // As many each time.
  return quotient(chunks, quotient(chunks, chunks_at_once)) * CHUNK_TILES;
}

static winograd tiles_of(winograd work, size_t threads, arena *arena) {
  if (has_many_weights(&work)) {
    work.block = MOST_TILES;
    work.shared = shared_tiles(&work, points(&work) * work.padded_channels, 1 << 22);
    work.pixels = take(arena, points_size(&work, work.shared, work.padded_channels));
    work.room_of_thread = rounded(points_size(&work, work.channels, RANGE_OUTPUTS) +
                                  points_size(&work, work.block, RANGE_OUTPUTS));
  } else {
    // What is transformed of the block fits the second-level cache.
    size_t numbers = points(&work) * (work.padded_channels + work.padded_outputs);
    work.block = at_most(100000 / numbers / 12 * 12, MOST_TILES);
    if (work.block < 24) work.block = 24;
    work.transformed = take(arena, points_size(&work, work.channels, work.padded_outputs));
    work.room_of_thread = rounded(points_size(&work, work.block, work.padded_channels) +
                                  points_size(&work, work.block, work.padded_outputs));
  }
  work.room = take(arena, threads * work.room_of_thread);
  return work;
}

static void convolve_by_tiles(const kernels *kernels, kernels_team *team, winograd *work) {
  begin(work);
  if (has_many_weights(work)) {
    for (work->first_tile = 0; work->first_tile < work->tiles; work->first_tile += work->shared) {
      work->shared_tiles = at_most(work->shared, work->tiles - work->first_tile);
      kernels_share(team, kernels->transform_pixels, work, work->shared_tiles, 1);
      kernels_share(team, kernels->convolve_outputs, work, work->outputs, RANGE_OUTPUTS);
    }
    return;
  }
  kernels_share(team, kernels->transform_weights, work, work->channels, 1);
  size_t grain = at_most(work->block, quotient(quotient(work->tiles, kernels_team_size(team)), 6) * 6);
  kernels_share(team, kernels->convolve_tiles, work, work->tiles, grain);
}

static winograd weight_tiles_of(winograd work, size_t threads, arena *arena) {
  size_t numbers = points(&work) * (work.padded_channels + work.padded_outputs);
  work.shared = shared_tiles(&work, numbers, has_many_weights(&work) ? 1 << 22 : 600000);
  work.pixels = take(arena, points_size(&work, work.shared, work.padded_channels));
  work.gradients = take(arena, points_size(&work, work.shared, work.padded_outputs));
  if (has_many_weights(&work)) {
    work.room_of_thread = rounded(points_size(&work, work.channels, RANGE_OUTPUTS));
    work.room = take(arena, threads * work.room_of_thread);
  } else {
    work.transformed = take(arena, points_size(&work, work.channels, work.padded_outputs));
  }
  return work;
}

static void weight_gradient_by_tiles(const kernels *kernels, kernels_team *team, winograd *work) {
  begin(work);
  for (work->first_tile = 0; work->first_tile < work->tiles; work->first_tile += work->shared) {
    work->shared_tiles = at_most(work->shared, work->tiles - work->first_tile);
    kernels_share(team, kernels->transform_tiles, work, work->shared_tiles, 1);
    if (has_many_weights(work)) {
      kernels_share(team, kernels->weight_gradient_of_outputs, work, work->outputs, RANGE_OUTPUTS);
    } else {
      kernels_share(team, kernels->multiply_points, work, points(work), 1);
    }
  }
  if (!has_many_weights(work)) kernels_share(team, kernels->finish_weight_gradient, work, work->channels, 1);
}

// ---- Implicit products

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

static implicit_product implicit_product_of(windows windows, size_t outputs, size_t threads, arena *arena) {
  implicit_product work = {.outputs = outputs, .tap_step = 1};
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
  size_t pixels = work->pair_step > 0 ? 2 : 1, outputs = work->outputs / pixels;
  for (size_t pixel = 0; bias && pixel < pixels; pixel++)
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
  implicit_product work = implicit_product_of(windows, pixels * shape->outputs, threads, arena);
  work.weight_columns = shape->kernel_width, work.pair_step = (pixels - 1) * shape->stride;
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
  implicit_product work = implicit_product_of(windows, shape->channels, threads, arena);
  work.first_row = rows.first_tap, work.first_column = columns.first_tap;
  work.tap_step = -(ptrdiff_t)shape->stride, work.weight_columns = shape->kernel_width;
  work.column_stride = shape->stride * shape->channels, work.row_stride = work.column_stride * shape->width;
  work.sample_stride = shape->height * shape->width * shape->channels;
  return work;
}

// ---- Scattered products

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

// ---- The operations

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
      struct { float *scratch; size_t used; } rest = {arena.scratch, arena.used};
      implicit_product work = phase_product(shape, rows, columns, threads, &arena);
      arena.used = rest.used;
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
