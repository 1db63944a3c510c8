// Any processor: four lanes are SSE2 on x86-64 and NEON on ARM.
#include <string.h>

#include "kernel_set.h"
#include "philox.h"

#define LANES 4
#define TILE_ROWS 4
#define TILE_VECTORS 2
#define SET_NAME "portable"
#define SET_SYMBOL kernels_portable
#include "loops.h"
