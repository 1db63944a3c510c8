// Any processor: four lanes are SSE2 on x86-64.
#include <math.h>
#include <string.h>

#include "kernel_set.h"
#include "philox.h"
#include "work.h"

#define LANES 4
#define TILE_ROWS 2
#define TILE_VECTORS 4
#define DENSE_ROWS 6
#define DENSE_VECTORS 2
#define PANEL_DEPTH 160
#define SET_NAME "portable"
#define SET_SYMBOL kernels_portable
#include "loops.h"
