// Dropout's random factors in one instruction set; see loops.h.

typedef uint32_t words __attribute__((vector_size(LANES * sizeof(uint32_t))));
typedef uint64_t products __attribute__((vector_size(LANES * sizeof(uint32_t))));

// The halves of the 64-bit products of every lane and a constant, from two products of every other lane: processors
// multiply so, and moving lanes apart would take longer than multiplying them.
static inline __attribute__((always_inline)) void multiply_lanes(words factor, uint32_t constant, words *high,
                                                                 words *low) {
  const uint64_t lower = 0xFFFFFFFF;
  products even = ((products)factor & lower) * constant, odd = ((products)factor >> 32) * constant;
  *high = (words)(even >> 32 | (odd & ~lower));
  *low = (words)((even & lower) | odd << 32);
}

// Philox 4×32-10 as in philox.h, on LANES counters side by side.
static inline __attribute__((always_inline)) void philox_lanes(words counter[4], uint64_t key) {
  uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    words high0, low0, high1, low1;
    multiply_lanes(counter[0], PHILOX_MULTIPLIER_0, &high0, &low0);
    multiply_lanes(counter[2], PHILOX_MULTIPLIER_1, &high1, &low1);
    counter[0] = high1 ^ counter[1] ^ key0;
    counter[1] = low1;
    counter[2] = high0 ^ counter[3] ^ key1;
    counter[3] = low0;
    key0 += PHILOX_INCREMENT_0;
    key1 += PHILOX_INCREMENT_1;
  }
}

// A unit is kept where its 16 bits are at least the threshold.
static inline __attribute__((always_inline)) void keep(const uint32_t block[LANES][4], size_t units,
                                                       uint32_t threshold, float scale, float *factors) {
  for (size_t u = 0; u < units; u++) {
    uint32_t half = block[u / 8][u % 8 / 2] >> u % 2 * 16 & 0xFFFF;
    factors[u] = half >= threshold ? scale : 0;
  }
}

static void draw_factors(const void *argument, size_t first_row, size_t last_row) {
  const dropout *work = argument;
  uint32_t threshold = work->threshold;
  float scale = work->scale;
  words lane = {0};
  for (size_t i = 0; i < LANES; i++) lane[i] = (uint32_t)i;
  for (size_t r = first_row; r < last_row; r++) {
    float *row = work->factors + r * work->columns;
    // A block of 128 random bits serves eight units, 16 bits each.
    for (size_t unit = 0; unit < work->columns; unit += 8 * LANES) {
      words counter[4] = {lane + (uint32_t)(unit / 8), (words){0} + (uint32_t)r, (words){0} + work->step,
                          (words){0} + work->stream};
      philox_lanes(counter, work->key);
      uint32_t block[LANES][4];
#pragma clang loop unroll(full)
      for (size_t l = 0; l < LANES; l++)
        for (size_t w = 0; w < 4; w++) block[l][w] = counter[w][l];
      if (work->columns - unit >= 8 * LANES) {
        keep(block, 8 * LANES, threshold, scale, row + unit);
      } else {
        keep(block, work->columns - unit, threshold, scale, row + unit);
      }
    }
  }
}
