// 64-bit ARM, which always has NEON. It has twice the registers that the portable tile is made for.
#include <math.h>
#include <string.h>

#include "kernel_set.h"
#include "philox.h"
#include "work.h"

#if defined(__aarch64__)
#define LANES 4
#define TILE_ROWS 4
#define TILE_VECTORS 4
#define DENSE_ROWS 6
#define DENSE_VECTORS 4
#define PANEL_DEPTH 160
#define SET_NAME "neon"
#define SET_SYMBOL kernels_neon
#include "loops.h"
#endif
