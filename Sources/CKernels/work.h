// What the loops of kernel_set.h work on; kernels.h says what the members mean.
#ifndef WORK_H
#define WORK_H

#include "include/kernels.h"

typedef struct {
  size_t rows, columns, depth;
  const float *left;
  size_t left_row_stride, left_column_stride;
  const float *right;
  size_t right_row_stride, right_column_stride;
  const float *bias;
  float *output;
  // Right, panel by panel, where threads share it; NULL where each packs what it needs.
  float *packed;
} product;

typedef struct {
  size_t rows, columns;
  const float *values;
  float *sums;
} column_sums;

typedef struct {
  const float *source, *factors;
  float *target;
} dropping;

typedef struct {
  size_t function;
  float parameter;
  float *values;
  const float *factors;
  float *output;
} activation;

typedef struct {
  size_t function;
  float parameter;
  const float *values, *factors;
  float *gradient;
} derivation;

struct activation_function {
  const char *name;
  void (*values)(const activation *work, size_t first, size_t last);
  void (*gradient)(const derivation *work, size_t first, size_t last);
};

typedef struct {
  uint64_t key;
  uint32_t step, stream, threshold;
  float scale;
  size_t columns;
  float *factors;
} dropout;

typedef struct {
  size_t rows, columns;
  kernels_following_activation following;
  float epsilon, momentum;
  const float *input, *scale, *shift;
  float *running_mean, *running_variance, *mean, *inverse_deviation, *output;
  // Means and sums of squares of the parts, where the rows are what threads share.
  const float *parts;
} normalization;

typedef struct {
  size_t rows, columns;
  kernels_following_activation following;
  float epsilon;
  const float *input, *scale, *shift, *running_mean, *running_variance;
  float *output;
} running_normalization;

typedef struct {
  size_t rows, columns;
  kernels_following_activation following;
  const float *input, *scale, *shift, *mean, *inverse_deviation;
  float *gradient, *scale_gradient, *shift_gradient;
  // Sums and products of the parts, where the rows are what threads share.
  float *parts;
} normalization_derivation;

typedef struct {
  float amount;
  const float *values;
  float *gradient;
} gradient_change;

typedef struct {
  kernels_following_activation following;
  const float *values, *others;
  float *target;
} addition;

typedef struct {
  kernels_following_activation following;
  const float *values;
  float *gradient, *copy;
} gradient_spread;

typedef struct {
  const float *source;
  float *target;
} copying;

// Parts that are summed each by itself, as many whatever the number of threads.
#define SUMMED_PARTS 32

typedef struct {
  size_t count;
  const float *values;
  double *sums;
} square_sums;

typedef struct {
  size_t count;
  const float *values;
  double from;
  double *sums, *squares;
} deviation_sums;

typedef struct {
  size_t rule;
  kernels_coefficients coefficients;
  float *values;
  const float *gradient;
  float *first_memory, *second_memory;
} update;

struct update_rule {
  const char *name;
  void (*update)(const update *work, size_t first, size_t last);
};

// Numbers that are read at a time to measure the memory.
#define LIMIT_PAGE 65536

typedef struct {
  const float *values;
  float *results;
} limit_measurement;

typedef struct {
  size_t size;
  kernels_pixel_scale normalization;
  const uint8_t *images;
  const int32_t *samples;
  float *output;
} gathering;

typedef struct {
  size_t height, width;
  kernels_pixel_scale normalization;
  kernels_augmentation augmentation;
  const uint8_t *images;
  const int32_t *samples;
  float *output;
} augmented_gathering;

typedef struct {
  size_t rows, classes;
  float label_smoothing;
  const float *logits;
  const uint8_t *labels;
  float *losses;
  bool *correct;
  float *gradient;
} cross_entropy_work;

// Up to so many columns, threads share the rows of a batch normalisation.
#define MOST_NARROW_COLUMNS 512

// Each part's sums of the columns' numbers; or their means, and the sums of the squares of their distances from these.
typedef struct {
  size_t rows, columns;
  const float *values;
  float *sums, *products;
} row_sums;

// Places of the output that are computed together, kernel rows that are taken together at most, and pixels that are added
// up in one go in the gradient of the weights.
#define BLOCK_PIXELS 96
#define MOST_SEGMENTS 8
#define CHUNK_PIXELS 256

// What kernels of some size meet in images, in steps from a first row and column, which may lie before the image, to
// rows × columns places in each.
typedef struct {
  const float *input;
  size_t samples, height, width, channels, kernel_height, kernel_width, row_step, column_step;
  ptrdiff_t top, left;
  size_t rows, columns;
  // As many as a kernel row meets.
  float *zeros;
} windows;

// Rows of a kernel of at most so many numbers are taken two at a time in the gradient of its weights.
#define PAIRED_NUMBERS 6

// Copies of images, from the first row and column of the windows on.
typedef struct {
  windows windows;
  size_t height, width;
  float *target;
} padding;

typedef struct {
  size_t channels, outputs;
  const float *weights;
  float *target;
} weight_transposition;

typedef struct {
  windows windows;
  padding padding;
  size_t outputs;
  // Of the tap (j, l) of the windows the weights are those of row first_row + tap_step · j and column first_column +
  // tap_step · l among `weight_columns` in a row.
  const float *weights;
  ptrdiff_t first_row, first_column, tap_step;
  size_t weight_columns;
  // Pixels of the output side by side, one or two, that are computed as one: `outputs` are those of them all, and the windows
  // are as wide as their kernels together.
  size_t pixels;
  float *packed;
  // What the sums begin with, to the end of the last panel.
  float *initial;
  float *output;
  size_t sample_stride, row_stride, column_stride;
  // Kernel rows that are taken together, and each thread's room for copies of windows.
  size_t segments;
  float *room;
  size_t room_of_thread;
} implicit_product;

// Pixels of the output's gradient that are multiplied with the whole kernel together.
#define SCATTERED_PIXELS 24

typedef struct {
  // Of the images whose gradient is computed; the rows and columns are those of the output.
  windows windows;
  // Of a kernel, also rounded up to whole vectors of any instruction set.
  size_t numbers, padded_numbers, outputs;
  const float *weights, *output_gradient;
  float *packed, *input_gradient;
  // Each thread's room for products.
  float *room;
  size_t room_of_thread;
} scattered_product;

typedef struct {
  windows windows;
  padding padding;
  size_t outputs;
  const float *output_gradient;
  // Chunks of pixels, in groups that are summed each by itself.
  size_t chunks, groups;
  float *sums;
  // Each thread has room for the packed gradient of a chunk, and then for copies of windows.
  size_t packed_size;
  float *room;
  size_t room_of_thread;
} weight_gradient;

typedef struct {
  size_t count, size;
  const float *parts;
  float *target;
} part_sums;

// Tiles that a thread convolves together at most, those that are added up in one go in the gradient of the weights, and
// outputs of a share where the transformed weights of all are too many.
#define MOST_TILES 96
#define CHUNK_TILES 48
#define RANGE_OUTPUTS 32

typedef struct {
  // Of the images that are read, and of those that are written or whose gradient is read.
  size_t height, width, channels, rows, columns, outputs;
  // Rounded up to whole vectors of any instruction set.
  size_t padded_channels, padded_outputs;
  ptrdiff_t padding;
  const float *input, *weights, *bias, *output_gradient;
  float *output;
  // Whether the taps are taken from the last to the first.
  bool mirrored;
  // Outputs on a side of a tile, and tiles in all.
  size_t tile, tiles_down, tiles_across, tiles;
  // As many zeros as a pixel has numbers.
  float *zeros;
  // The transformed weights or their gradient, where all of them are kept.
  float *transformed;
  // Tiles that a thread convolves together.
  size_t block;
  float *room;
  size_t room_of_thread;
  // Room for the transformed tiles that all threads share, and what is in it.
  size_t shared;
  float *pixels, *gradients;
  size_t first_tile, shared_tiles;
} winograd;

typedef struct {
  kernels_pooling shape;
  size_t output_height, output_width;
  const float *input, *output_gradient;
  const uint8_t *found;
  float *output, *input_gradient;
  uint8_t *places;
} pooling;

#endif
