// x86-64 with AVX-512. The target attribute covers this file's functions only: nothing leaks into other code.
#include <math.h>
#include <string.h>

#include "kernel_set.h"
#include "philox.h"
#include "work.h"

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
// Loads and stores of the first lanes of a vector.
#define HAS_MASKS
#define LANES 16
#define TILE_ROWS 4
#define TILE_VECTORS 4
#define DENSE_ROWS 12
#define DENSE_VECTORS 2
#define PANEL_DEPTH 128
#define SET_NAME "avx512"
#define SET_SYMBOL kernels_avx512
#include "loops.h"
#pragma clang attribute pop
#endif
