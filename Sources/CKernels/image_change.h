// How an image is changed at random: one rule for the kernels that change images and for whoever asks what they did.
#ifndef IMAGE_CHANGE_H
#define IMAGE_CHANGE_H

#include "kernels.h"
#include "philox.h"

__attribute__((always_inline)) static inline kernels_image_change draw_image_change(
    int32_t sample, size_t height, size_t width, const kernels_augmentation *augmentation) {
  uint32_t draw[4] = {(uint32_t)sample, augmentation->epoch, 0, augmentation->stream};
  philox_4x32_10(draw, augmentation->key);
  // The high half of a product of 32 bits with the number of choices.
  uint64_t choices = 2 * augmentation->shift + 1;
  ptrdiff_t right = (ptrdiff_t)((draw[1] * choices) >> 32), down = (ptrdiff_t)((draw[2] * choices) >> 32);
  return (kernels_image_change){augmentation->flip && (draw[0] & 1), right - (ptrdiff_t)augmentation->shift,
                                down - (ptrdiff_t)augmentation->shift, ((draw[3] >> 16) * height) >> 16,
                                ((draw[3] & 0xFFFF) * width) >> 16};
}

#endif
