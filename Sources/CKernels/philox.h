// Philox 4×32-10: the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
// 1, 2, 3" (2011).
#ifndef PHILOX_H
#define PHILOX_H

#include <stdint.h>

#define PHILOX_MULTIPLIER_0 0xD2511F53u
#define PHILOX_MULTIPLIER_1 0xCD9E8D57u
#define PHILOX_INCREMENT_0 0x9E3779B9u
#define PHILOX_INCREMENT_1 0xBB67AE85u

__attribute__((always_inline)) static inline void philox_4x32_10(uint32_t counter[4], uint64_t key) {
  uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    uint64_t product0 = (uint64_t)PHILOX_MULTIPLIER_0 * counter[0];
    uint64_t product1 = (uint64_t)PHILOX_MULTIPLIER_1 * counter[2];
    uint32_t high0 = (uint32_t)(product0 >> 32), high1 = (uint32_t)(product1 >> 32);
    counter[0] = high1 ^ counter[1] ^ key0;
    counter[1] = (uint32_t)product1;
    counter[2] = high0 ^ counter[3] ^ key1;
    counter[3] = (uint32_t)product0;
    key0 += PHILOX_INCREMENT_0;
    key1 += PHILOX_INCREMENT_1;
  }
}

#endif
