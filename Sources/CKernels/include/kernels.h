/// The hot loops of training, compiled once per instruction set and chosen when the program starts.
#ifndef KERNELS_H
#define KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The kernels for one instruction set.
typedef struct kernels kernels;

/// The best kernels this processor can run, unless the environment variable FMNIST_KERNELS names others that it can.
const kernels *kernels_default(void);

/// The names of all sets of kernels, from the fastest to the one that every processor can run; NULL beyond the last.
const char *_Nullable kernels_set_name(size_t index);

/// The kernels of that name; NULL if this processor cannot run them.
const kernels *_Nullable kernels_named(const char *name);

/// The name of the instruction set.
const char *kernels_name(const kernels *kernels);

/// Threads that share the work of one call. None of the results depends on how many they are.
typedef struct kernels_team kernels_team;

/// The most threads of a team.
#define KERNELS_MOST_THREADS 32

/// A team of `threads` threads, at least 1 and at most KERNELS_MOST_THREADS, the caller being one of them; NULL if the
/// threads cannot be created.
kernels_team *_Nullable kernels_team_create(size_t threads);

/// Ends the team's threads.
void kernels_team_destroy(kernels_team *team);

/// Four random words.
typedef struct {
  uint32_t word[4];
} kernels_random_block;

/// Philox 4×32 with 10 rounds (Salmon et al., 2011): four random words from a key and a counter.
kernels_random_block kernels_philox(uint64_t key, uint32_t counter0, uint32_t counter1, uint32_t counter2,
                                    uint32_t counter3);

/// The natural logarithm, as near as a double can be and the same on every system.
double kernels_log(double x);

/// The exponential function, likewise.
double kernels_exp(double x);

/// The exponential function, computed like that of doubles and rounded.
float kernels_exp_single(float x);

/// The cosine of an angle of at most 2^20 in magnitude, likewise; NaN beyond.
double kernels_cos(double x);

/// A number of the normal distribution about 0 with a standard deviation, by Box and Muller's transform of two numbers of
/// 0..<1: deviation · √(-2 log(1 - first)) · cos(2π · second), computed in doubles by the functions above and rounded.
float kernels_normal_single(double first, double second, double deviation);

/// A power of a number that is not negative, likewise; NaN of one that is.
double kernels_power(double base, uint64_t exponent);

/// The natural logarithm to within 0.82 units of the last place, the same on every system.
float kernels_log_single(float x);

/// Computes output[rows × columns] = left[rows × depth] · right[depth × columns] + bias; the depth is at least 1.
///
/// Element (i, p) of left is `left[i * left_row_stride + p * left_column_stride]`, and right likewise, so that a
/// transpose is a matter of strides. The rows of output are contiguous. Every output element is summed over `depth`
/// in order, beginning with the bias of its column if there are biases, whatever the shape and the number of threads:
/// the bits do not depend on how the work is split.
void kernels_multiply(const kernels *kernels, kernels_team *_Nullable team, size_t rows, size_t columns, size_t depth,
                      const float *left, size_t left_row_stride, size_t left_column_stride, const float *right,
                      size_t right_row_stride, size_t right_column_stride, const float *_Nullable bias, float *output);

/// Sums each column of a rows × columns array over the rows, in order.
void kernels_sum_columns(const kernels *kernels, kernels_team *_Nullable team, size_t rows, size_t columns,
                         const float *values, float *sums);

/// The activation function of that name, which there must be.
size_t kernels_activation_function(const char *name);

/// Replaces `count` values by those of an activation function, whose parameter is a slope or ELU's α, and sets
/// output = values · factors if there are factors: dropout. Where a factor is 0, so is the output.
void kernels_activate(const kernels *kernels, kernels_team *_Nullable team, size_t function, float parameter,
                      size_t count, float *values, const float *_Nullable factors, float *_Nullable output);

/// Replaces the gradient of what `kernels_activate` gives by that of its argument; `values` are those it has left, or
/// the arguments of a function whose derivative goes by these.
void kernels_derive(const kernels *kernels, kernels_team *_Nullable team, size_t function, float parameter,
                    size_t count, const float *values, const float *_Nullable factors, float *gradient);

/// Multiplies each value with a factor; where a factor is 0, so is the value.
void kernels_drop(const kernels *kernels, kernels_team *_Nullable team, size_t count, const float *factors,
                  float *values);

/// Draws a rows × columns array of dropout factors: 0 with probability threshold / 65536, otherwise `scale`.
///
/// Unit u of row r takes 16 bits of the Philox block with counter (u / 8, r, step, stream): half-word u % 8.
void kernels_draw_factors(const kernels *kernels, kernels_team *_Nullable team, uint64_t key, uint32_t step,
                          uint32_t stream, uint32_t threshold, float scale, size_t rows, size_t columns,
                          float *factors);

/// An activation function that is applied at once to what another kernel gives: the number that
/// `kernels_activation_function` gives, its parameter, and whether its gradient goes by its values or by its arguments.
typedef struct {
  bool exists;
  size_t function;
  float parameter;
  bool derives_from_value;
} kernels_following_activation;

/// A batch normalisation of a (samples · pixels) × columns array by the statistics of its columns, and the activation function
/// that follows. Units have 1 pixel.
typedef struct {
  size_t samples, pixels, columns;
  float epsilon;
  kernels_following_activation following;
} kernels_normalization;

/// Normalises with the statistics of the columns and updates the running ones. `statistics` are what backward needs: the
/// mean of each column, and then 1 / √(variance + ε) of each.
void kernels_normalize(const kernels *kernels, kernels_team *_Nullable team, const kernels_normalization *shape,
                       float momentum, const float *input, const float *scale, const float *shift, float *running_mean,
                       float *running_variance, float *statistics, float *output);

/// Normalises with the running statistics.
void kernels_normalize_running(const kernels *kernels, kernels_team *_Nullable team, const kernels_normalization *shape,
                               const float *input, const float *scale, const float *shift, const float *running_mean,
                               const float *running_variance, float *output);

/// Replaces the gradient of the output of `kernels_normalize` by that of its input, and sets those of scale and shift.
void kernels_derive_normalized(const kernels *kernels, kernels_team *_Nullable team, const kernels_normalization *shape,
                               const float *input, const float *scale, const float *shift, const float *statistics,
                               float *gradient, float *scale_gradient, float *shift_gradient);

/// Adds `strength` times the sign of each value to its gradient; the sign of 0 is 0.
void kernels_add_signs(const kernels *kernels, kernels_team *_Nullable team, size_t count, float strength,
                       const float *values, float *gradient);

/// Multiplies each number with a factor.
void kernels_scale(const kernels *kernels, kernels_team *_Nullable team, size_t count, float factor, float *gradient);

/// Limits the absolute value of each number.
void kernels_clip(const kernels *kernels, kernels_team *_Nullable team, size_t count, float limit, float *gradient);

/// Sums the squares of numbers in double precision.
double kernels_sum_squares(const kernels *kernels, kernels_team *_Nullable team, size_t count, const float *values);

/// The sums of numbers' distances from one of them all, and of their squares.
typedef struct {
  double sum, squares;
} kernels_deviations;

/// Sums the distances of numbers from `from`, and their squares, in double precision.
kernels_deviations kernels_sum_deviations(const kernels *kernels, kernels_team *_Nullable team, size_t count,
                                          const float *values, double from);

/// The rule of that name by which an optimiser updates values, which there must be.
size_t kernels_update_rule(const char *name);

/// The numbers of an update that are the same for all values; what each is the rule says.
typedef struct {
  float number[8];
} kernels_coefficients;

/// Makes a step of an optimiser: updates `count` values along their gradients, and what the rule remembers of each.
void kernels_update(const kernels *kernels, kernels_team *_Nullable team, size_t rule,
                    kernels_coefficients coefficients, size_t count, float *values, const float *gradient,
                    float *first_memory, float *second_memory);

/// The numbers that pixels become beyond fractions of 255: less the mean of their channel and divided by its deviation.
/// Without means they stay fractions.
typedef struct {
  size_t channels;
  const float *_Nullable means, *_Nullable deviations;
} kernels_pixel_scale;

/// Copies the images `samples[0 ..< rows]` of `images`, `size` bytes each, as fractions of 255, normalised.
void kernels_gather(const kernels *kernels, kernels_team *_Nullable team, size_t rows, size_t size,
                    kernels_pixel_scale normalization, const uint8_t *images, const int32_t *samples, float *output);

/// How images are changed at random: mirrored left to right with probability 1/2 if `flip`, then moved right and down by
/// -shift...shift pixels each, then covered with a square of 0 of side `cutout` around a pixel of the image.
///
/// What comes in when an image is moved is 0 or, if `reflects`, what its edge mirrors, without the edge itself. `shift` is at
/// most the width and the height, and less than both if `reflects`.
///
/// The changes of image s are drawn from the Philox block with counter (s, epoch, 0, stream): whether to mirror from bit
/// 0 of its first word, how far right from the second word, how far down from the third; the row of the square's middle
/// from the high half of the fourth word, its column from the low half.
typedef struct {
  size_t shift, cutout;
  bool flip, reflects;
  uint64_t key;
  uint32_t epoch, stream;
} kernels_augmentation;

/// Does the same with images of `height` × `width` pixels, whose channels lie side by side, each changed at random.
void kernels_gather_augmented(const kernels *kernels, kernels_team *_Nullable team, size_t rows, size_t height,
                              size_t width, kernels_pixel_scale normalization, kernels_augmentation augmentation,
                              const uint8_t *images, const int32_t *samples, float *output);

/// How an image is changed: first mirrored left to right or not, then moved, to the left or up where negative, then
/// covered around a pixel.
typedef struct {
  bool flip;
  ptrdiff_t right, down;
  size_t cut_row, cut_column;
} kernels_image_change;

/// The change that `kernels_gather_augmented` draws for an image of `height` × `width` pixels.
kernels_image_change kernels_drawn_image_change(int32_t sample, size_t height, size_t width,
                                                kernels_augmentation augmentation);

/// Computes whatever is wanted of the cross-entropy between the softmax of rows × classes logits and one label per row:
/// each row's loss, whether its largest logit is the label's, and the gradient of the mean loss.
void kernels_cross_entropy(const kernels *kernels, kernels_team *_Nullable team, size_t rows, size_t classes,
                           float label_smoothing, const float *logits, const uint8_t *labels, float *_Nullable losses,
                           bool *_Nullable correct, float *_Nullable gradient);

/// A convolution of a batch of images, [samples][height][width][channels], with `outputs` kernels, which step by `stride`
/// over the image and `padding` zeros around it. Each side of the output is (side + 2 · padding - kernel) / stride + 1.
///
/// Weights are [kernel_height][kernel_width][channels][outputs]. All numbers but the padding are at least 1, and the
/// kernel is no larger than the padded image.
typedef struct {
  size_t samples, height, width, channels;
  size_t outputs, kernel_height, kernel_width, stride, padding;
} kernels_convolution;

/// How many floats of scratch the three functions of a convolution need at most with any team of up to `threads` threads.
size_t kernels_convolution_scratch(const kernels *kernels, size_t threads, const kernels_convolution *shape);

/// Computes output[sample][row][column][k] = bias[k] + Σ input[…] · weights[…][k]; without biases they are 0.
///
/// What the scratch holds before and after does not matter, here and below; nor does the number of threads to the bits.
void kernels_convolve(const kernels *kernels, kernels_team *_Nullable team, const kernels_convolution *shape,
                      const float *input, const float *weights, const float *_Nullable bias, float *output,
                      float *scratch);

/// Computes the gradient of a convolution's input from that of its output.
void kernels_convolve_input_gradient(const kernels *kernels, kernels_team *_Nullable team,
                                     const kernels_convolution *shape, const float *output_gradient,
                                     const float *weights, float *input_gradient, float *scratch);

/// Computes the gradients of a convolution's weights and, where they are wanted, of its biases.
void kernels_convolve_weight_gradient(const kernels *kernels, kernels_team *_Nullable team,
                                      const kernels_convolution *shape, const float *input,
                                      const float *output_gradient, float *weight_gradient,
                                      float *_Nullable bias_gradient, float *scratch);

/// A pooling of a batch of images, [samples][height][width][channels]. Each side of the output is
/// (side + 2 · padding - kernel) / stride + 1; the padding is at most half the kernel, and a kernel at most 256 pixels.
typedef struct {
  size_t samples, height, width, channels;
  size_t kernel_height, kernel_width, stride, padding;
} kernels_pooling;

/// Takes the largest of each window, and the place in the window, counted row by row, where it was found: of equal ones
/// the first, and NaN before all others, as PyTorch does. The padding never wins.
void kernels_pool_maximum(const kernels *kernels, kernels_team *_Nullable team, const kernels_pooling *shape,
                          const float *input, float *output, uint8_t *places);

/// Computes the gradient of the input of `kernels_pool_maximum` from that of its output and the places it has found.
void kernels_pool_maximum_gradient(const kernels *kernels, kernels_team *_Nullable team, const kernels_pooling *shape,
                                   const float *output_gradient, const uint8_t *places, float *input_gradient);

/// Takes the mean of each window, the padding being zeros that count. A kernel may be of any size here; one as large as the
/// image, without padding, is global pooling.
void kernels_pool_average(const kernels *kernels, kernels_team *_Nullable team, const kernels_pooling *shape,
                          const float *input, float *output);

/// Computes the gradient of the input of `kernels_pool_average` from that of its output.
void kernels_pool_average_gradient(const kernels *kernels, kernels_team *_Nullable team, const kernels_pooling *shape,
                                   const float *output_gradient, float *input_gradient);

/// Computes target = f(values + others), f being the activation function that follows, if one does.
void kernels_add(const kernels *kernels, kernels_team *_Nullable team, size_t count,
                 kernels_following_activation following, const float *values, const float *others, float *target);

/// Replaces the gradient of what `kernels_add` gives by that of both of its terms, and copies it; `values` are what it has
/// given with an activation function that derives from its values.
void kernels_spread_gradient(const kernels *kernels, kernels_team *_Nullable team, size_t count,
                             kernels_following_activation following, const float *values, float *gradient, float *copy);

/// Copies `count` values.
void kernels_copy(const kernels *kernels, kernels_team *_Nullable team, size_t count, const float *values, float *target);

/// Measures how many multiplications and additions of 32-bit floats a team makes a second.
double kernels_measure_arithmetic(const kernels *kernels, kernels_team *_Nullable team);

/// Measures how many bytes of memory a team reads a second; 0 where there is no room to measure in.
double kernels_measure_memory(const kernels *kernels, kernels_team *_Nullable team);

#pragma clang assume_nonnull end

#endif
