// Parts of the scratch of an operation, and sizes; for the operations that divide work among threads.
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
