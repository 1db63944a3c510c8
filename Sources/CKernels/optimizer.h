// The optimisers' updates in one instruction set; see loops.h. What the coefficients are each rule says.

// Learning rate, momentum, whether it is Nesterov's, weight decay; the memory is the velocity, if there is momentum.
static void sgd(const update *work, size_t first, size_t last) {
  float *values = work->values, *velocities = work->first_memory;
  const float *gradient = work->gradient, *number = work->coefficients.number;
  float rate = number[0], momentum = number[1], decay = number[3];
  if (momentum == 0) {
    for (size_t i = first; i < last; i++) values[i] -= rate * (gradient[i] + decay * values[i]);
  } else if (number[2] != 0) {
    for (size_t i = first; i < last; i++) {
      float decayed = gradient[i] + decay * values[i];
      velocities[i] = momentum * velocities[i] + decayed;
      values[i] -= rate * (decayed + momentum * velocities[i]);
    }
  } else {
    for (size_t i = first; i < last; i++) {
      velocities[i] = momentum * velocities[i] + (gradient[i] + decay * values[i]);
      values[i] -= rate * velocities[i];
    }
  }
}

// value ← shrink · value; g ← gradient + penalty · value; m ← m + (1-β₁)(g - m); v ← β₂v + (1-β₂)g²;
// value ← value - step · m / (√v / correction + ε). Coefficients: step, correction, 1-β₁, β₂, 1-β₂, ε, shrink, penalty.
static void adam(const update *work, size_t first, size_t last) {
  float *values = work->values, *first_moments = work->first_memory, *second_moments = work->second_memory;
  const float *gradient = work->gradient, *number = work->coefficients.number;
  float step_size = number[0], correction = number[1], rest1 = number[2], beta2 = number[3], rest2 = number[4];
  float epsilon = number[5], shrink = number[6], penalty = number[7];
  for (size_t i = first; i < last; i++) {
    float value = shrink * values[i], total = gradient[i] + penalty * value;
    first_moments[i] += rest1 * (total - first_moments[i]);
    second_moments[i] = beta2 * second_moments[i] + rest2 * total * total;
    values[i] = value - step_size * first_moments[i] / (__builtin_sqrtf(second_moments[i]) / correction + epsilon);
  }
}

// Learning rate, α, 1-α, ε, momentum, weight decay; the memory is the mean square and the velocity, if there is momentum.
static void rmsprop(const update *work, size_t first, size_t last) {
  float *values = work->values, *squares = work->first_memory, *velocities = work->second_memory;
  const float *gradient = work->gradient, *number = work->coefficients.number;
  float rate = number[0], alpha = number[1], rest = number[2], epsilon = number[3];
  float momentum = number[4], decay = number[5];
  for (size_t i = first; i < last; i++) {
    float total = gradient[i] + decay * values[i];
    squares[i] = alpha * squares[i] + rest * total * total;
    float step = total / (__builtin_sqrtf(squares[i]) + epsilon);
    velocities[i] = momentum * velocities[i] + step;
    values[i] -= rate * velocities[i];
  }
}

// Learning rate, ε, weight decay; the memory is the sum of squares.
static void adagrad(const update *work, size_t first, size_t last) {
  float *values = work->values, *squares = work->first_memory;
  const float *gradient = work->gradient, *number = work->coefficients.number;
  float rate = number[0], epsilon = number[1], decay = number[2];
  for (size_t i = first; i < last; i++) {
    float total = gradient[i] + decay * values[i];
    squares[i] += total * total;
    values[i] -= rate * total / (__builtin_sqrtf(squares[i]) + epsilon);
  }
}

// All of them, by their names.
static const update_rule update_rules[] = {
    {"sgd", sgd}, {"adam", adam}, {"rmsprop", rmsprop}, {"adagrad", adagrad}, {NULL, NULL},
};

static void make_update(const void *argument, size_t first, size_t last) {
  const update *work = argument;
  update_rules[work->rule].update(work, first, last);
}
