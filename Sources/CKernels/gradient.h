// Changes of gradients in one instruction set; see loops.h.

static void add_signs(const void *argument, size_t first, size_t last) {
  const gradient_change *work = argument;
  float strength = work->amount, *gradient = work->gradient;
  const float *values = work->values;
  for (size_t i = first; i < last; i++)
    gradient[i] += values[i] > 0 ? strength : values[i] < 0 ? -strength : 0;
}

// Adds numbers and applies the activation function that follows, while they are in the cache.
static void add(const void *argument, size_t first, size_t last) {
  const addition *work = argument;
  for (size_t start = first; start < last; start += GROUP_NUMBERS) {
    size_t end = least(start + GROUP_NUMBERS, last);
    const float *values = work->values, *others = work->others;
    float *target = work->target;
    for (size_t i = start; i < end; i++) target[i] = values[i] + others[i];
    activate_group(work->following, target + start, end - start);
  }
}

// Replaces the gradient of such values by that of the sums, and copies it.
static void spread_gradient(const void *argument, size_t first, size_t last) {
  const gradient_spread *work = argument;
  for (size_t start = first; start < last; start += GROUP_NUMBERS) {
    size_t count = least(GROUP_NUMBERS, last - start);
    float *gradient = work->gradient + start;
    derive_values(work->following, work->values + start, gradient, count);
    memcpy(work->copy + start, gradient, count * sizeof(float));
  }
}

static void copy(const void *argument, size_t first, size_t last) {
  const copying *work = argument;
  memcpy(work->target + first, work->source + first, (last - first) * sizeof(float));
}

static void scale(const void *argument, size_t first, size_t last) {
  const gradient_change *work = argument;
  float factor = work->amount, *gradient = work->gradient;
  for (size_t i = first; i < last; i++) gradient[i] *= factor;
}

// NaN stays NaN.
static void clip(const void *argument, size_t first, size_t last) {
  const gradient_change *work = argument;
  float limit = work->amount, *gradient = work->gradient;
  for (size_t i = first; i < last; i++)
    gradient[i] = gradient[i] > limit ? limit : gradient[i] < -limit ? -limit : gradient[i];
}

// Sums each part's squares, sixteen side by side whatever the instruction set.
static void sum_squares(const void *argument, size_t first_part, size_t last_part) {
  const square_sums *work = argument;
  for (size_t part = first_part; part < last_part; part++) {
    size_t first = work->count * part / SUMMED_PARTS, last = work->count * (part + 1) / SUMMED_PARTS;
    double sums[16] = {0}, total = 0;
    size_t i = first;
    for (; i + 16 <= last; i += 16)
      for (size_t s = 0; s < 16; s++) sums[s] += (double)work->values[i + s] * (double)work->values[i + s];
    for (; i < last; i++) total += (double)work->values[i] * (double)work->values[i];
    for (size_t s = 0; s < 16; s++) total += sums[s];
    work->sums[part] = total;
  }
}

// Sums each part's distances from a number, and their squares.
static void sum_deviations(const void *argument, size_t first_part, size_t last_part) {
  const deviation_sums *work = argument;
  for (size_t part = first_part; part < last_part; part++) {
    size_t first = work->count * part / SUMMED_PARTS, last = work->count * (part + 1) / SUMMED_PARTS;
    double sums[16] = {0}, squares[16] = {0}, sum = 0, square = 0;
    size_t i = first;
    for (; i + 16 <= last; i += 16)
      for (size_t s = 0; s < 16; s++) {
        double distance = (double)work->values[i + s] - work->from;
        sums[s] += distance;
        squares[s] += distance * distance;
      }
    for (; i < last; i++) {
      double distance = (double)work->values[i] - work->from;
      sum += distance;
      square += distance * distance;
    }
    for (size_t s = 0; s < 16; s++) {
      sum += sums[s];
      square += squares[s];
    }
    work->sums[part] = sum;
    work->squares[part] = square;
  }
}
