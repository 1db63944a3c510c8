// Images of a batch as they are and changed at random, in grey and in colour, against plain loops.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"

enum { IMAGES = 7, ROWS = 9 };

static ptrdiff_t mirrored(ptrdiff_t place, ptrdiff_t size) {
  return place < 0 ? -place : place >= size ? 2 * size - 2 - place : place;
}

static bool is_covered(size_t place, size_t middle, size_t side) {
  ptrdiff_t first = (ptrdiff_t)middle - (ptrdiff_t)(side / 2);
  return (ptrdiff_t)place >= first && (ptrdiff_t)place < first + (ptrdiff_t)side;
}

static void check(const char *set, size_t height, size_t width, kernels_pixel_scale normalization,
                  kernels_augmentation augmentation, size_t threads) {
  const kernels *kernels = kernels_named(set);
  kernels_team *team = kernels_team_create(threads);
  size_t channels = normalization.channels, size = height * width * channels;
  uint8_t *images = malloc(IMAGES * size);
  for (size_t i = 0; i < IMAGES * size; i++) images[i] = (uint8_t)(i * 37 + 11);
  int32_t samples[ROWS];
  for (size_t r = 0; r < ROWS; r++) samples[r] = (int32_t)(r * 5 % IMAGES);
  double *expected = malloc(ROWS * size * sizeof(double)), *plain = malloc(ROWS * size * sizeof(double));
  for (size_t i = 0; i < ROWS * size; i++) {
    size_t c = i % channels, x = i / channels % width, y = i / channels / width % height, row = i / size;
    kernels_image_change change = kernels_drawn_image_change(samples[row], height, width, augmentation);
    ptrdiff_t from_y = (ptrdiff_t)y - change.down, from_x = (ptrdiff_t)x - change.right;
    if (augmentation.reflects) {
      from_y = mirrored(from_y, (ptrdiff_t)height);
      from_x = mirrored(from_x, (ptrdiff_t)width);
    }
    bool is_inside = from_y >= 0 && from_x >= 0 && from_y < (ptrdiff_t)height && from_x < (ptrdiff_t)width;
    if (change.flip) from_x = (ptrdiff_t)width - 1 - from_x;
    const uint8_t *image = images + (size_t)samples[row] * size;
    float value = is_inside ? (float)image[((size_t)from_y * width + (size_t)from_x) * channels + c] / 255 : 0;
    if (is_covered(y, change.cut_row, augmentation.cutout) && is_covered(x, change.cut_column, augmentation.cutout)) value = 0;
    float original = (float)image[i % size] / 255;
    if (normalization.means) {
      value = (value - normalization.means[c]) / normalization.deviations[c];
      original = (original - normalization.means[c]) / normalization.deviations[c];
    }
    expected[i] = value;
    plain[i] = original;
  }
  float *output = room(ROWS * size);
  kernels_gather_augmented(kernels, team, ROWS, height, width, normalization, augmentation, images, samples, output);
  for (size_t i = 0; i < ROWS * size; i++)
    if ((double)output[i] != expected[i]) {
      printf("%s: pixel %zu of images %zux%zux%zu changed at random is %g instead of %g\n", set, i, height, width, channels,
             (double)output[i], expected[i]);
      failures++;
      break;
    }
  free(output);
  output = room(ROWS * size);
  kernels_gather(kernels, team, ROWS, size, normalization, images, samples, output);
  for (size_t i = 0; i < ROWS * size; i++)
    if ((double)output[i] != plain[i]) {
      printf("%s: pixel %zu of images %zux%zux%zu is %g instead of %g\n", set, i, height, width, channels, (double)output[i],
             plain[i]);
      failures++;
      break;
    }
  kernels_team_destroy(team);
  free(images), free(expected), free(plain), free(output);
}

void check_images(const char *set) {
  static const float means[] = {0.4914f, 0.4822f, 0.4465f}, deviations[] = {0.247f, 0.2435f, 0.2616f};
  static const size_t sides[][2] = {{1, 1}, {2, 3}, {5, 19}, {17, 8}, {32, 33}};
  for (size_t s = 0; s < sizeof sides / sizeof sides[0]; s++) {
    size_t height = sides[s][0], width = sides[s][1], smaller = height < width ? height : width;
    for (size_t channels = 1; channels <= 3; channels += 2)
      for (size_t kind = 0; kind < 16; kind++) {
        bool reflects = kind & 1;
        size_t shift = kind & 2 ? (smaller > 4 ? 4 : smaller - (reflects ? 1 : 0)) : 0;
        kernels_augmentation augmentation = {
            .shift = shift, .cutout = kind & 4 ? smaller / 2 + 1 : 0, .flip = s != 2 || kind & 2, .reflects = reflects,
            .key = 12345678901ull, .epoch = (uint32_t)kind, .stream = 5u << 24};
        kernels_pixel_scale normalization = {channels, kind & 8 ? means : NULL, kind & 8 ? deviations : NULL};
        check(set, height, width, normalization, augmentation, 1 + kind % 3);
      }
  }
}
