// What a batch begins and ends with, in one instruction set: pixels, and the loss of the logits; see loops.h.

static void gather(const void *argument, size_t first_row, size_t last_row) {
  const gathering *work = argument;
  size_t size = work->size;
  for (size_t r = first_row; r < last_row; r++) {
    const uint8_t *restrict image = work->images + (size_t)work->samples[r] * size;
    float *restrict row = work->output + r * size;
    for (size_t i = 0; i < size; i++) row[i] = (float)image[i] / 255;
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
      total += logit[c];
    }
    // log Σ exp(logit), shifted by the maximum so that nothing overflows.
    for (size_t c = 0; c < classes; c++) sum += exponential(logit[c] - largest);
    float log_sum = largest + logf(sum);
    if (work->losses)
      work->losses[r] =
          log_sum - (1 - work->label_smoothing) * logit[label] - work->label_smoothing * (total / (float)classes);
    // A NaN among the logits is one in their sum of exponentials.
    if (work->correct) work->correct[r] = predicted == label && sum == sum;
    if (work->gradient) {
      float *gradient = work->gradient + r * classes;
      for (size_t c = 0; c < classes; c++) {
        float target = c == label ? 1 - work->label_smoothing + rest : rest;
        gradient[c] = (exponential(logit[c] - log_sum) - target) / (float)work->rows;
      }
    }
  }
}
