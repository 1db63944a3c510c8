// What each instruction set provides. One source, loops.h, is compiled once for each.
#ifndef KERNEL_SET_H
#define KERNEL_SET_H

#include "include/kernels.h"

#pragma clang assume_nonnull begin

/// Does a share of the work: the rows, columns or elements from `first` to `last`.
typedef void kernels_loop(const void *work, size_t first, size_t last);

/// An activation function, or the rule of an optimiser, of one instruction set: see work.h.
typedef struct activation_function activation_function;
typedef struct update_rule update_rule;

struct kernels {
  const char *name;
  // The last one has no name. All sets have the same ones in the same order.
  const activation_function *activation_functions;
  const update_rule *update_rules;
  // Rows of a product are handed to threads in multiples of this.
  size_t tile_rows;
  // Rows of the packed factor are padded to multiples of this.
  size_t lanes;
  // Columns of a dense tile.
  size_t dense_columns;
  // Multiplications and additions of each number that multiply_and_add gives.
  size_t operations_measured;
  kernels_loop *pack, *multiply, *activate, *derive, *drop, *draw_factors, *sum_columns, *normalize, *normalize_running,
      *derive_normalized, *add_signs, *scale, *clip, *sum_squares, *sum_deviations, *make_update, *gather,
      *gather_augmented, *cross_entropy, *multiply_and_add, *read_memory, *add, *spread_gradient, *copy, *clear, *sum_parts,
      *pad_images, *transpose_weights, *pack_weights, *convolve_implicitly, *pack_kernels, *scatter_products, *weight_gradient_of_groups, *weight_gradient_of_rows,
      *sum_numbers, *measure, *sum_gradients, *derive_activation, *finish_statistics, *normalize_rows, *normalize_rows_running,
      *derive_normalized_rows, *transform_weights, *convolve_tiles, *transform_pixels,
      *convolve_outputs, *transform_tiles, *multiply_points, *finish_weight_gradient, *weight_gradient_of_outputs,
      *pool_maximum, *pool_maximum_gradient, *pool_average, *pool_average_gradient;
};

extern const kernels kernels_portable;
#if defined(__x86_64__)
extern const kernels kernels_avx2;
extern const kernels kernels_avx512;
#elif defined(__aarch64__)
extern const kernels kernels_neon;
#endif

/// For eight bits, the places of those that are set, one byte each, from the lowest up.
extern uint64_t kernels_places_of_bits[256];

/// Divides `count` rows, columns or elements among the threads of `team`, in multiples of `grain`, and returns when
/// all are done.
///
/// What a thread does may take longer than what another does: there are up to four shares for each.
void kernels_share(kernels_team *_Nullable team, kernels_loop *loop, const void *work, size_t count, size_t grain);

/// The threads of a team, the caller being one of them; without a team the caller alone.
size_t kernels_team_size(const kernels_team *_Nullable team);

/// The number of the thread that does a share of work, below the size of its team; the caller's is 0.
size_t kernels_thread(void);

/// Room for `count` numbers, which the team keeps until more are asked for; NULL if there is no memory.
float *_Nullable kernels_team_room(kernels_team *team, size_t count);

#pragma clang assume_nonnull end

#endif
