// The table behind the lists of places in product.h.
#include <string.h>

#include "kernel_set.h"

uint64_t kernels_places_of_bits[256];

// Filled before main: a table of 256 long constants would say less.
__attribute__((constructor)) static void fill(void) {
  for (unsigned bits = 0; bits < 256; bits++) {
    uint8_t places[8] = {0};
    size_t count = 0;
    for (uint8_t place = 0; place < 8; place++)
      if (bits >> place & 1) places[count++] = place;
    memcpy(&kernels_places_of_bits[bits], places, sizeof places);
  }
}
