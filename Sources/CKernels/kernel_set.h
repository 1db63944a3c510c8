// What each instruction set provides. One source, loops.h, is compiled once for each.
#ifndef KERNEL_SET_H
#define KERNEL_SET_H

#include "include/kernels.h"

typedef struct {
  const char *name;
  // Rows are handed to threads in multiples of this.
  size_t tile_rows;
  void (*multiply)(const kernels_product *product, size_t first_row, size_t last_row);
  void (*dropout_factors)(uint64_t key, uint32_t step, uint32_t stream, uint32_t threshold, float scale,
                          size_t rows, size_t columns, float *factors);
} kernel_set;

extern const kernel_set kernel_set_portable;
#if defined(__x86_64__)
extern const kernel_set kernel_set_avx2;
extern const kernel_set kernel_set_avx512;
#endif

/// The set in use.
const kernel_set *kernel_set_current(void);

#endif
