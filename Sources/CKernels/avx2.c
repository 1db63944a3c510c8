// x86-64 with AVX2 and FMA. The target attribute covers this file's functions only: nothing leaks into other code.
#include <math.h>
#include <string.h>

#include "kernel_set.h"
#include "philox.h"
#include "work.h"

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
// Loads and stores of the first lanes of a vector.
#define HAS_MASKS
#define LANES 8
#define TILE_ROWS 2
#define TILE_VECTORS 4
#define DENSE_ROWS 6
#define DENSE_VECTORS 2
#define PANEL_DEPTH 128
#define SET_NAME "avx2"
#define SET_SYMBOL kernels_avx2
#include "loops.h"
#pragma clang attribute pop
#endif
