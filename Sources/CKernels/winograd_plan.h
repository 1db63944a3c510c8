// How Winograd's convolution is divided into tiles and threads; see winograd.h for its loops.
#ifndef WINOGRAD_PLAN_H
#define WINOGRAD_PLAN_H

#include <string.h>

#include "kernel_set.h"
#include "plan.h"
#include "work.h"

static bool uses_winograd(const kernels_convolution *shape) {
  return shape->kernel_height == 3 && shape->kernel_width == 3 && shape->stride == 1 && shape->channels >= 16 &&
         shape->outputs >= 16;
}

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

#endif
