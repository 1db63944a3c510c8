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

/// The kernels called `avx512`, `avx2` or `portable`; NULL if this processor cannot run them.
const kernels *_Nullable kernels_named(const char *name);

/// The name of the instruction set.
const char *kernels_name(const kernels *kernels);

/// Threads that share the work of one call.
typedef struct kernels_team kernels_team;

/// A team of `threads` threads, the caller being one of them; NULL if the threads cannot be created.
kernels_team *_Nullable kernels_team_create(size_t threads);

/// Ends the team's threads.
void kernels_team_destroy(kernels_team *team);

/// A product of two matrices: output[rows × columns] = left[rows × depth] · right[depth × columns].
///
/// Element (i, p) of left is `left[i * left_row_stride + p * left_column_stride]`, and right likewise, so that a
/// transpose is a matter of strides. The rows of output are contiguous. Every output element is summed over `depth`
/// in order, whatever the shape and the number of threads, so the bits do not depend on how the work is split.
typedef struct {
  size_t rows, columns, depth;
  const float *left;
  size_t left_row_stride, left_column_stride;
  const float *right;
  size_t right_row_stride, right_column_stride;
  float *output;
  size_t output_row_stride;
} kernels_product;

/// Computes `product`, its rows divided among the threads of `team` (or all by the caller without one).
void kernels_multiply(const kernels *kernels, const kernels_product *product, kernels_team *_Nullable team);

/// Four random words.
typedef struct {
  uint32_t word[4];
} kernels_random_block;

/// Philox 4×32 with 10 rounds (Salmon et al., 2011): four random words from a key and a counter.
kernels_random_block kernels_philox(uint64_t key, uint32_t counter0, uint32_t counter1, uint32_t counter2,
                                    uint32_t counter3);

/// A rows × columns array of dropout factors: 0 with probability threshold / 65536, otherwise `scale`.
///
/// Unit u of row r takes 16 bits of the Philox block with counter (u / 8, r, step, stream): half-word u % 8.
void kernels_dropout_factors(const kernels *kernels, uint64_t key, uint32_t step, uint32_t stream, uint32_t threshold,
                             float scale, size_t rows, size_t columns, float *factors);

#pragma clang assume_nonnull end

#endif
