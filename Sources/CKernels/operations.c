// Hands each operation to the loop of an instruction set, divided among the threads of a team.
#include "kernel_set.h"
#include "work.h"

// Floats of a cache line: threads write to different lines.
static const size_t line = 16;

// Below this much work, in numbers read and written, handing it over costs more than it saves.
static kernels_team *team_for(kernels_team *team, size_t numbers) { return numbers < 1 << 14 ? NULL : team; }

void kernels_multiply(const kernels *kernels, kernels_team *team, size_t rows, size_t columns, size_t depth,
                      const float *left, size_t left_row_stride, size_t left_column_stride, const float *right,
                      size_t right_row_stride, size_t right_column_stride, const float *bias, float *output) {
  // Sixteen multiplications take as long as reading a number.
  team = team_for(team, rows * columns * depth / 16);
  // With fewer rows than 16, a thread would read every panel for too little work, unless there are few for each anyway.
  size_t tile = kernels->tile_rows, least_rows = rows / kernels_team_size(team);
  least_rows = (least_rows > 16 ? 16 + tile - 1 : least_rows + tile - 1) / tile * tile;
  if (least_rows == 0) least_rows = tile;
  size_t padded_columns = (columns + kernels->lanes - 1) / kernels->lanes * kernels->lanes;
  const product work = {
      rows, columns, depth, left, left_row_stride, left_column_stride, right, right_row_stride, right_column_stride,
      bias, output, team && rows > least_rows ? kernels_team_room(team, depth * padded_columns) : NULL};
  if (work.packed) kernels_share(team, kernels->pack, &work, depth, line);
  kernels_share(team, kernels->multiply, &work, rows, least_rows);
}

void kernels_sum_columns(const kernels *kernels, kernels_team *team, size_t rows, size_t columns, const float *values,
                         float *sums) {
  const column_sums work = {rows, columns, values, sums};
  kernels_share(team_for(team, rows * columns), kernels->sum_columns, &work, columns, line);
}

void kernels_activate(const kernels *kernels, kernels_team *team, size_t function, float parameter, size_t count,
                      float *values, const float *factors, float *output) {
  const activation work = {function, parameter, values, factors, output};
  kernels_share(team_for(team, count), kernels->activate, &work, count, line);
}

void kernels_derive(const kernels *kernels, kernels_team *team, size_t function, float parameter, size_t count,
                    const float *values, const float *factors, float *gradient) {
  const derivation work = {function, parameter, values, factors, gradient};
  kernels_share(team_for(team, count), kernels->derive, &work, count, line);
}

void kernels_drop(const kernels *kernels, kernels_team *team, size_t count, const float *factors, float *values) {
  const dropping work = {values, factors, values};
  kernels_share(team_for(team, count), kernels->drop, &work, count, line);
}

void kernels_draw_factors(const kernels *kernels, kernels_team *team, uint64_t key, uint32_t step, uint32_t stream,
                          uint32_t threshold, float scale, size_t rows, size_t columns, float *factors) {
  const dropout work = {key, step, stream, threshold, scale, columns, factors};
  kernels_share(team_for(team, rows * columns), kernels->draw_factors, &work, rows, 1);
}

// Whether threads share the rows, which images have many of. The bits of units are those of columns summed row by row.
static bool shares_rows(const kernels_normalization *shape) {
  return shape->pixels > 1 && shape->columns <= MOST_NARROW_COLUMNS;
}

static void apply(const kernels *kernels, kernels_team *team, kernels_following_activation following, size_t count,
                  float *values) {
  if (following.exists) kernels_activate(kernels, team, following.function, following.parameter, count, values, NULL, NULL);
}

void kernels_normalize(const kernels *kernels, kernels_team *team, const kernels_normalization *shape, float momentum,
                       const float *input, const float *scale, const float *shift, float *running_mean,
                       float *running_variance, float *statistics, float *output) {
  size_t rows = shape->samples * shape->pixels, columns = shape->columns;
  normalization work = {.rows = rows, .columns = columns, .following = shape->following, .epsilon = shape->epsilon};
  work.momentum = momentum, work.input = input, work.scale = scale, work.shift = shift, work.output = output;
  work.running_mean = running_mean, work.running_variance = running_variance;
  work.mean = statistics, work.inverse_deviation = statistics + columns;
  team = team_for(team, rows * columns);
  if (!shares_rows(shape)) {
    kernels_share(team, kernels->normalize, &work, columns, line);
    apply(kernels, team, shape->following, rows * columns, output);
    return;
  }
  float parts[2 * SUMMED_PARTS * MOST_NARROW_COLUMNS];
  const row_sums sums = {rows, columns, input, parts, parts + SUMMED_PARTS * columns};
  work.parts = parts;
  kernels_share(team, kernels->measure, &sums, SUMMED_PARTS, 1);
  kernels->finish_statistics(&work, 0, columns);
  kernels_share(team, kernels->normalize_rows, &work, rows, line);
}

void kernels_normalize_running(const kernels *kernels, kernels_team *team, const kernels_normalization *shape,
                               const float *input, const float *scale, const float *shift, const float *running_mean,
                               const float *running_variance, float *output) {
  size_t rows = shape->samples * shape->pixels, columns = shape->columns;
  const running_normalization work = {rows,  columns, shape->following, shape->epsilon,   input,
                                      scale, shift,   running_mean,     running_variance, output};
  team = team_for(team, rows * columns);
  if (shares_rows(shape)) {
    kernels_share(team, kernels->normalize_rows_running, &work, rows, line);
  } else {
    kernels_share(team, kernels->normalize_running, &work, columns, line);
    apply(kernels, team, shape->following, rows * columns, output);
  }
}

void kernels_derive_normalized(const kernels *kernels, kernels_team *team, const kernels_normalization *shape,
                               const float *input, const float *scale, const float *shift, const float *statistics,
                               float *gradient, float *scale_gradient, float *shift_gradient) {
  size_t rows = shape->samples * shape->pixels, columns = shape->columns;
  float parts[2 * SUMMED_PARTS * MOST_NARROW_COLUMNS];
  const normalization_derivation work = {
      rows,     columns,        shape->following, input, scale, shift, statistics, statistics + columns,
      gradient, scale_gradient, shift_gradient,   parts};
  team = team_for(team, rows * columns);
  if (!shares_rows(shape)) {
    if (shape->following.exists) kernels_share(team, kernels->derive_activation, &work, rows, 1);
    kernels_share(team, kernels->derive_normalized, &work, columns, line);
    return;
  }
  kernels_share(team, kernels->sum_gradients, &work, SUMMED_PARTS, 1);
  kernels->sum_parts(&(part_sums){SUMMED_PARTS, columns, parts, shift_gradient}, 0, columns);
  kernels->sum_parts(&(part_sums){SUMMED_PARTS, columns, parts + SUMMED_PARTS * columns, scale_gradient}, 0, columns);
  for (size_t c = 0; c < columns; c++) scale_gradient[c] *= work.inverse_deviation[c];
  kernels_share(team, kernels->derive_normalized_rows, &work, rows, line);
}

void kernels_add_signs(const kernels *kernels, kernels_team *team, size_t count, float strength, const float *values,
                       float *gradient) {
  const gradient_change work = {strength, values, gradient};
  kernels_share(team_for(team, count), kernels->add_signs, &work, count, line);
}

void kernels_scale(const kernels *kernels, kernels_team *team, size_t count, float factor, float *gradient) {
  const gradient_change work = {factor, gradient, gradient};
  kernels_share(team_for(team, count), kernels->scale, &work, count, line);
}

void kernels_clip(const kernels *kernels, kernels_team *team, size_t count, float limit, float *gradient) {
  const gradient_change work = {limit, gradient, gradient};
  kernels_share(team_for(team, count), kernels->clip, &work, count, line);
}

double kernels_sum_squares(const kernels *kernels, kernels_team *team, size_t count, const float *values) {
  double sums[SUMMED_PARTS], total = 0;
  const square_sums work = {count, values, sums};
  kernels_share(team_for(team, count), kernels->sum_squares, &work, SUMMED_PARTS, 1);
  for (size_t part = 0; part < SUMMED_PARTS; part++) total += sums[part];
  return total;
}

kernels_deviations kernels_sum_deviations(const kernels *kernels, kernels_team *team, size_t count, const float *values,
                                          double from) {
  double sums[SUMMED_PARTS], squares[SUMMED_PARTS];
  const deviation_sums work = {count, values, from, sums, squares};
  kernels_share(team_for(team, count), kernels->sum_deviations, &work, SUMMED_PARTS, 1);
  kernels_deviations total = {0, 0};
  for (size_t part = 0; part < SUMMED_PARTS; part++) {
    total.sum += sums[part];
    total.squares += squares[part];
  }
  return total;
}

void kernels_update(const kernels *kernels, kernels_team *team, size_t rule, kernels_coefficients coefficients,
                    size_t count, float *values, const float *gradient, float *first_memory, float *second_memory) {
  const update work = {rule, coefficients, values, gradient, first_memory, second_memory};
  kernels_share(team_for(team, count), kernels->make_update, &work, count, line);
}

void kernels_gather(const kernels *kernels, kernels_team *team, size_t rows, size_t size,
                    kernels_pixel_scale normalization, const uint8_t *images, const int32_t *samples, float *output) {
  const gathering work = {size, normalization, images, samples, output};
  kernels_share(team_for(team, rows * size), kernels->gather, &work, rows, 1);
}

void kernels_gather_augmented(const kernels *kernels, kernels_team *team, size_t rows, size_t height, size_t width,
                              kernels_pixel_scale normalization, kernels_augmentation augmentation,
                              const uint8_t *images, const int32_t *samples, float *output) {
  const augmented_gathering work = {height, width, normalization, augmentation, images, samples, output};
  kernels_share(team_for(team, rows * height * width * normalization.channels), kernels->gather_augmented, &work, rows, 1);
}

void kernels_cross_entropy(const kernels *kernels, kernels_team *team, size_t rows, size_t classes,
                           float label_smoothing, const float *logits, const uint8_t *labels, float *losses,
                           bool *correct, float *gradient) {
  const cross_entropy_work work = {rows, classes, label_smoothing, logits, labels, losses, correct, gradient};
  // An exponential takes about as long as eight numbers.
  kernels_share(team_for(team, rows * classes * 8), kernels->cross_entropy, &work, rows, line);
}

void kernels_add(const kernels *kernels, kernels_team *team, size_t count, kernels_following_activation following,
                 const float *values, const float *others, float *target) {
  const addition work = {following, values, others, target};
  kernels_share(team_for(team, count), kernels->add, &work, count, line);
}

void kernels_spread_gradient(const kernels *kernels, kernels_team *team, size_t count,
                             kernels_following_activation following, const float *values, float *gradient,
                             float *copy) {
  const gradient_spread work = {following, values, gradient, copy};
  kernels_share(team_for(team, count), kernels->spread_gradient, &work, count, line);
}

void kernels_copy(const kernels *kernels, kernels_team *team, size_t count, const float *values, float *target) {
  const copying work = {values, target};
  kernels_share(team_for(team, count), kernels->copy, &work, count, line);
}

static pooling pooling_of(const kernels_pooling *shape) {
  return (pooling){.shape = *shape,
                   .output_height = (shape->height + 2 * shape->padding - shape->kernel_height) / shape->stride + 1,
                   .output_width = (shape->width + 2 * shape->padding - shape->kernel_width) / shape->stride + 1};
}

static kernels_team *team_for_pooling(kernels_team *team, const kernels_pooling *shape) {
  return team_for(team, shape->samples * shape->height * shape->width * shape->channels);
}

void kernels_pool_maximum(const kernels *kernels, kernels_team *team, const kernels_pooling *shape, const float *input,
                          float *output, uint8_t *places) {
  pooling work = pooling_of(shape);
  work.input = input, work.output = output, work.places = places;
  kernels_share(team_for_pooling(team, shape), kernels->pool_maximum, &work, shape->samples * work.output_height, 1);
}

void kernels_pool_maximum_gradient(const kernels *kernels, kernels_team *team, const kernels_pooling *shape,
                                   const float *output_gradient, const uint8_t *places, float *input_gradient) {
  pooling work = pooling_of(shape);
  work.output_gradient = output_gradient, work.found = places, work.input_gradient = input_gradient;
  kernels_share(team_for_pooling(team, shape), kernels->pool_maximum_gradient, &work, shape->samples, 1);
}

void kernels_pool_average(const kernels *kernels, kernels_team *team, const kernels_pooling *shape, const float *input,
                          float *output) {
  pooling work = pooling_of(shape);
  work.input = input, work.output = output;
  kernels_share(team_for_pooling(team, shape), kernels->pool_average, &work, shape->samples * work.output_height, 1);
}

void kernels_pool_average_gradient(const kernels *kernels, kernels_team *team, const kernels_pooling *shape,
                                   const float *output_gradient, float *input_gradient) {
  pooling work = pooling_of(shape);
  work.output_gradient = output_gradient, work.input_gradient = input_gradient;
  kernels_share(team_for_pooling(team, shape), kernels->pool_average_gradient, &work, shape->samples, 1);
}
