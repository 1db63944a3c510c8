// The optimisers' updates in one instruction set; see loops.h.

static void update_sgd(const void *argument, size_t first, size_t last) {
  const sgd_update *work = argument;
  float *values = work->values, *velocities = work->velocities;
  const float *gradient = work->gradient;
  float rate = work->learning_rate, momentum = work->momentum, decay = work->weight_decay;
  if (velocities == NULL) {
    for (size_t i = first; i < last; i++) values[i] -= rate * (gradient[i] + decay * values[i]);
  } else if (work->nesterov) {
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

static void update_adam(const void *argument, size_t first, size_t last) {
  const adam_update *work = argument;
  float *values = work->values, *first_moments = work->first_moments, *second_moments = work->second_moments;
  const float *gradient = work->gradient;
  float beta1 = work->beta1, beta2 = work->beta2;
  for (size_t i = first; i < last; i++) {
    float value = work->shrink * values[i], total = gradient[i] + work->penalty * value;
    first_moments[i] += (1 - beta1) * (total - first_moments[i]);
    second_moments[i] = beta2 * second_moments[i] + (1 - beta2) * total * total;
    values[i] = value - work->step_size * first_moments[i] /
                            (__builtin_sqrtf(second_moments[i]) / work->correction + work->epsilon);
  }
}
