// How an image is changed at random: one rule for the kernels that change images and for whoever asks what they did.
#ifndef IMAGE_CHANGE_H
#define IMAGE_CHANGE_H

#include "kernels.h"
#include "philox.h"

__attribute__((always_inline)) static inline kernels_image_change draw_image_change(
    int32_t sample, size_t shift, bool flip, uint64_t key, uint32_t epoch, uint32_t stream) {
  uint32_t draw[4] = {(uint32_t)sample, epoch, 0, stream};
  philox_4x32_10(draw, key);
  // The high half of a product of 32 bits with the number of choices.
  uint64_t choices = 2 * shift + 1;
  ptrdiff_t right = (ptrdiff_t)((draw[1] * choices) >> 32), down = (ptrdiff_t)((draw[2] * choices) >> 32);
  return (kernels_image_change){flip && (draw[0] & 1), right - (ptrdiff_t)shift, down - (ptrdiff_t)shift};
}

#endif
