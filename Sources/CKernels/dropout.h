// Dropout's random factors in one instruction set; see loops.h.

typedef uint32_t words __attribute__((vector_size(LANES * sizeof(uint32_t))));
typedef uint64_t products __attribute__((vector_size(LANES * sizeof(uint64_t))));

// Philox 4×32-10 as in philox.h, on LANES counters side by side.
static inline void philox_lanes(words counter[4], uint64_t key) {
  uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    products product0 = __builtin_convertvector(counter[0], products) * PHILOX_MULTIPLIER_0;
    products product1 = __builtin_convertvector(counter[2], products) * PHILOX_MULTIPLIER_1;
    counter[0] = __builtin_convertvector(product1 >> 32, words) ^ counter[1] ^ key0;
    counter[1] = __builtin_convertvector(product1, words);
    counter[2] = __builtin_convertvector(product0 >> 32, words) ^ counter[3] ^ key1;
    counter[3] = __builtin_convertvector(product0, words);
    key0 += PHILOX_INCREMENT_0;
    key1 += PHILOX_INCREMENT_1;
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
      uint16_t half[8 * LANES];
      for (size_t l = 0; l < LANES; l++) {
        for (size_t w = 0; w < 4; w++) {
          half[8 * l + 2 * w] = (uint16_t)counter[w][l];
          half[8 * l + 2 * w + 1] = (uint16_t)(counter[w][l] >> 16);
        }
      }
      size_t units = work->columns - unit < 8 * LANES ? work->columns - unit : 8 * LANES;
      for (size_t u = 0; u < units; u++) row[unit + u] = half[u] >= threshold ? scale : 0;
    }
  }
}
