// What a batch begins and ends with, in one instruction set: pixels, and the loss of the logits; see loops.h.

#include "image_change.h"

// Makes fractions what networks get.
static void normalize_pixels(float *restrict row, size_t size, const kernels_pixel_scale *normalization) {
  const float *restrict means = normalization->means, *restrict deviations = normalization->deviations;
  if (!means) return;
  if (normalization->channels == 1) {
    float mean = means[0], deviation = deviations[0];
    for (size_t i = 0; i < size; i++) row[i] = (row[i] - mean) / deviation;
  } else {
    for (size_t i = 0; i < size; i += normalization->channels)
      for (size_t c = 0; c < normalization->channels; c++) row[i + c] = (row[i + c] - means[c]) / deviations[c];
  }
}

static void gather(const void *argument, size_t first_row, size_t last_row) {
  const gathering *work = argument;
  size_t size = work->size;
  for (size_t r = first_row; r < last_row; r++) {
    // Memory is far away: the image after three more is asked for while this one is copied.
    if (r + 4 < last_row)
      for (size_t i = 0; i < size; i += 64) __builtin_prefetch(work->images + (size_t)work->samples[r + 4] * size + i);
    const uint8_t *restrict image = work->images + (size_t)work->samples[r] * size;
    float *restrict row = work->output + r * size;
    for (size_t i = 0; i < size; i++) row[i] = (float)image[i] / 255;
    normalize_pixels(row, size, &work->normalization);
  }
}

// The place that an edge mirrors, of one that is beyond it; the edge itself is not repeated.
static inline size_t mirrored_place(ptrdiff_t place, size_t size) {
  ptrdiff_t last = (ptrdiff_t)size - 1;
  return (size_t)(place < 0 ? -place : place > last ? 2 * last - place : place);
}

// Columns `first` to `last` of a line, each by itself: those that an edge mirrors.
static void gather_mirrored(float *restrict line, const uint8_t *restrict pixels, size_t first, size_t last, size_t width,
                            size_t channels, const kernels_image_change *change) {
  for (size_t x = first; x < last; x++) {
    size_t place = mirrored_place((ptrdiff_t)x - change->right, width);
    if (change->flip) place = width - 1 - place;
    for (size_t c = 0; c < channels; c++) line[x * channels + c] = (float)pixels[place * channels + c] / 255;
  }
}

// Mirrors, moves and covers each image at random.
static void gather_augmented(const void *argument, size_t first_row, size_t last_row) {
  const augmented_gathering *work = argument;
  const kernels_augmentation *augmentation = &work->augmentation;
  size_t height = work->height, width = work->width, channels = work->normalization.channels;
  for (size_t r = first_row; r < last_row; r++) {
    kernels_image_change change = draw_image_change(work->samples[r], height, width, augmentation);
    // Columns of the output that show the image, and the column of the image that the first of them shows.
    size_t begin = change.right > 0 ? (size_t)change.right : 0, source = change.right < 0 ? (size_t)-change.right : 0;
    size_t count = width - begin - source;
    const uint8_t *image = work->images + (size_t)work->samples[r] * height * width * channels;
    float *row = work->output + r * height * width * channels;
    memset(row, 0, height * width * channels * sizeof(float));
    for (size_t y = 0; y < height; y++) {
      ptrdiff_t above = (ptrdiff_t)y - change.down;
      if (!augmentation->reflects && (above < 0 || above >= (ptrdiff_t)height)) continue;
      const uint8_t *restrict pixels = image + mirrored_place(above, height) * width * channels;
      float *restrict line = row + y * width * channels, *restrict shown = line + begin * channels;
      if (!change.flip) {
        for (size_t i = 0; i < count * channels; i++) shown[i] = (float)pixels[source * channels + i] / 255;
      } else if (channels == 1) {
        const uint8_t *last = pixels + width - 1 - source;
        for (size_t i = 0; i < count; i++) shown[i] = (float)*(last - i) / 255;
      } else {
        const uint8_t *last = pixels + (width - 1 - source) * channels;
        for (size_t i = 0; i < count; i++)
          for (size_t c = 0; c < channels; c++) shown[i * channels + c] = (float)(last - i * channels)[c] / 255;
      }
      if (!augmentation->reflects) continue;
      gather_mirrored(line, pixels, 0, begin, width, channels, &change);
      gather_mirrored(line, pixels, begin + count, width, width, channels, &change);
    }
    if (augmentation->cutout > 0) {
      // The square reaches as far up and left as down and right, if its side is odd, and may reach beyond the image.
      size_t half = augmentation->cutout / 2, rest = augmentation->cutout - half;
      size_t top = change.cut_row > half ? change.cut_row - half : 0, left = change.cut_column > half ? change.cut_column - half : 0;
      size_t bottom = change.cut_row + rest < height ? change.cut_row + rest : height;
      size_t right = change.cut_column + rest < width ? change.cut_column + rest : width;
      for (size_t y = top; y < bottom; y++)
        memset(row + (y * width + left) * channels, 0, (right - left) * channels * sizeof(float));
    }
    normalize_pixels(row, height * width * channels, &work->normalization);
  }
}

static void cross_entropy(const void *argument, size_t first_row, size_t last_row) {
  const cross_entropy_work *work = argument;
  size_t classes = work->classes;
  float rest = work->label_smoothing / (float)classes;
  for (size_t r = first_row; r < last_row; r++) {
    const float *logit = work->logits + r * classes;
    size_t label = work->labels[r], predicted = 0;
    float largest = -INFINITY, sum = 0, total = 0;
    for (size_t c = 0; c < classes; c++) {
      if (logit[c] > largest) {
        largest = logit[c];
        predicted = c;
      }
    }
    // log Σ exp(logit), shifted by the maximum so that nothing overflows. Added to a large maximum, the logarithm would be
    // rounded away: all logits are shifted then.
    for (size_t c = 0; c < classes; c++) sum += exponential(logit[c] - largest);
    float shift = largest > 256 || largest < -256 ? largest : 0, log_sum = (largest - shift) + kernels_log_single(sum);
    for (size_t c = 0; c < classes; c++) total += logit[c] - shift;
    if (work->losses) {
      work->losses[r] = log_sum - (1 - work->label_smoothing) * (logit[label] - shift);
      // A target of 0 times a class that is ruled out is 0, not 0 · ∞.
      if (work->label_smoothing > 0) work->losses[r] -= work->label_smoothing * (total / (float)classes);
    }
    // A NaN among the logits is one in their sum of exponentials.
    if (work->correct) work->correct[r] = predicted == label && sum == sum;
    if (work->gradient) {
      float *gradient = work->gradient + r * classes;
      for (size_t c = 0; c < classes; c++) {
        float target = c == label ? 1 - work->label_smoothing + rest : rest;
        gradient[c] = (exponential(logit[c] - shift - log_sum) - target) / (float)work->rows;
      }
    }
  }
}
