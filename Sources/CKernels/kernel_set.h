// What each instruction set provides. One source, loops.h, is compiled once for each.
#ifndef KERNEL_SET_H
#define KERNEL_SET_H

#include "include/kernels.h"

struct kernels {
  const char *name;
  // Rows are handed to threads in multiples of this.
  size_t tile_rows;
  void (*multiply)(const kernels_product *product, size_t first_row, size_t last_row);
  void (*dropout_factors)(uint64_t key, uint32_t step, uint32_t stream, uint32_t threshold, float scale,
                          size_t rows, size_t columns, float *factors);
};

extern const kernels kernels_portable;
#if defined(__x86_64__)
extern const kernels kernels_avx2;
extern const kernels kernels_avx512;
#endif

#endif
