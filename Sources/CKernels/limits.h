// What bounds the other loops, to be measured, in one instruction set: arithmetic and memory; see loops.h.

// Rounds of a loop that does nothing but multiply and add: twelve sums keep every processor's units busy.
#define CHAINS 12
#define CHAIN_ROUNDS 10000

static void multiply_and_add(const void *argument, size_t first, size_t last) {
  const limit_measurement *work = argument;
  for (size_t index = first; index < last; index++) {
    vector sum[CHAINS], factor = 0.999f - (vector){0}, term = 0.001f - (vector){0};
#pragma clang loop unroll(full)
    for (size_t c = 0; c < CHAINS; c++) sum[c] = (float)c - (vector){0};
    for (size_t round = 0; round < CHAIN_ROUNDS; round++)
#pragma clang loop unroll(full)
      for (size_t c = 0; c < CHAINS; c++) sum[c] = sum[c] * factor + term;
    for (size_t c = 1; c < CHAINS; c++) sum[0] += sum[c];
    work->results[index] = sum[0][0];
  }
}

static void read_memory(const void *argument, size_t first, size_t last) {
  const limit_measurement *work = argument;
  for (size_t index = first; index < last; index++) {
    const float *page = work->values + index * LIMIT_PAGE;
    vector sum[8] = {0};
    for (size_t i = 0; i < LIMIT_PAGE; i += 8 * LANES)
#pragma clang loop unroll(full)
      for (size_t v = 0; v < 8; v++) sum[v] += *(const vector *)(page + i + v * LANES);
    for (size_t v = 1; v < 8; v++) sum[0] += sum[v];
    work->results[index] = sum[0][0];
  }
}
