// What a batch begins and ends with, in one instruction set: pixels, and the loss of the logits; see loops.h.

#include "image_change.h"

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
  }
}

// Mirrors and moves each image at random, the zeros coming in being black.
static void gather_augmented(const void *argument, size_t first_row, size_t last_row) {
  const augmented_gathering *work = argument;
  size_t height = work->height, width = work->width, shift = work->shift;
  for (size_t r = first_row; r < last_row; r++) {
    kernels_image_change change =
        draw_image_change(work->samples[r], shift, work->flip, work->key, work->epoch, work->stream);
    // How far from the farthest place on the left and above.
    size_t right = (size_t)(change.right + (ptrdiff_t)shift), down = (size_t)(change.down + (ptrdiff_t)shift);
    // Columns of the output that show the image, and the column of the image that the first of them shows.
    size_t begin = right > shift ? right - shift : 0, source = right < shift ? shift - right : 0;
    size_t count = width - begin - source;
    const uint8_t *image = work->images + (size_t)work->samples[r] * height * width;
    float *row = work->output + r * height * width;
    memset(row, 0, height * width * sizeof(float));
    for (size_t y = 0; y < height; y++) {
      if (y + shift < down || y + shift - down >= height) continue;
      const uint8_t *restrict pixels = image + (y + shift - down) * width;
      float *restrict line = row + y * width + begin;
      if (change.flip) {
        const uint8_t *last = pixels + width - 1 - source;
        for (size_t i = 0; i < count; i++) line[i] = (float)*(last - i) / 255;
      } else {
        for (size_t i = 0; i < count; i++) line[i] = (float)pixels[source + i] / 255;
      }
    }
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
    float shift = largest > 256 || largest < -256 ? largest : 0, log_sum = (largest - shift) + logf(sum);
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
