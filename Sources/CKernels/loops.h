// The loops of one instruction set. Includers define LANES (floats per vector register), TILE_ROWS and TILE_VECTORS
// (the register tile of the product), DENSE_ROWS and DENSE_VECTORS (that of products without zeros), PANEL_DEPTH (at most 255: so many rows of the factor on the right, as wide as the
// tile, and what they meet stay in the first-level cache), SET_NAME and SET_SYMBOL. No include guards: this is compiled once per
// instruction set. Each loop does its share of the work: the rows, columns or elements from `first` to `last`.

#include "vectors.h"
#include "dense.h"
#include "product.h"
#include "activation.h"
#include "batch_norm.h"
#include "dropout.h"
#include "gradient.h"
#include "optimizer.h"
#include "limits.h"
#include "samples.h"
#include "batch_norm_rows.h"
#include "implicit.h"
#include "scattered.h"
#include "winograd_transforms.h"
#include "winograd.h"
#include "pooling.h"

const kernels SET_SYMBOL = {
    .name = SET_NAME,
    .activation_functions = activation_functions,
    .update_rules = update_rules,
    .tile_rows = TILE_ROWS,
    .lanes = LANES,
    .dense_columns = DENSE_COLUMNS,
    .pack = pack,
    .multiply = multiply,
    .activate = activate,
    .derive = derive,
    .drop = drop,
    .draw_factors = draw_factors,
    .sum_columns = sum_columns,
    .normalize = normalize,
    .normalize_running = normalize_running,
    .derive_normalized = derive_normalized,
    .add_signs = add_signs,
    .scale = scale,
    .clip = clip,
    .sum_squares = sum_squares,
    .sum_deviations = sum_deviations,
    .make_update = make_update,
    .multiply_and_add = multiply_and_add,
    .operations_measured = 2 * CHAINS * CHAIN_ROUNDS * LANES,
    .read_memory = read_memory,
    .gather = gather,
    .gather_augmented = gather_augmented,
    .cross_entropy = cross_entropy,
    .add = add,
    .spread_gradient = spread_gradient,
    .copy = copy,
    .clear = clear,
    .sum_parts = sum_parts,
    .pad_images = pad_images,
    .transpose_weights = transpose_weights,
    .pack_weights = pack_weights,
    .convolve_implicitly = convolve_implicitly,
    .pack_kernels = pack_kernels,
    .scatter_products = scatter_products,
    .weight_gradient_of_groups = weight_gradient_of_groups,
    .weight_gradient_of_rows = weight_gradient_of_rows,
    .sum_numbers = sum_numbers,
    .measure = measure,
    .sum_gradients = sum_gradients,
    .derive_activation = derive_activation,
    .finish_statistics = finish_statistics,
    .normalize_rows = normalize_rows,
    .normalize_rows_running = normalize_rows_running,
    .derive_normalized_rows = derive_normalized_rows,
    .transform_weights = transform_weights,
    .convolve_tiles = convolve_tiles,
    .transform_pixels = transform_pixels,
    .convolve_outputs = convolve_outputs,
    .transform_tiles = transform_tiles,
    .multiply_points = multiply_points,
    .finish_weight_gradient = finish_weight_gradient,
    .weight_gradient_of_outputs = weight_gradient_of_outputs,
    .pool_maximum = pool_maximum,
    .pool_maximum_gradient = pool_maximum_gradient,
    .pool_average = pool_average,
    .pool_average_gradient = pool_average_gradient,
};
