// The vectors of one instruction set; see loops.h.

typedef float vector __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));
typedef float four_floats __attribute__((vector_size(16), aligned(4)));
typedef float eight_floats __attribute__((vector_size(32), aligned(4)));
#define ALWAYS_INLINE static inline __attribute__((always_inline))

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }

// The next numbers, at most a vector of them, the rest being zeros.
ALWAYS_INLINE vector load_vector(const float *source, size_t count) {
  if (count >= LANES) return *(const vector *)source;
  vector result = {0};
  for (size_t i = 0; i < LANES - 1; i++)
    if (i < count) result[i] = source[i];
  return result;
}

ALWAYS_INLINE void store_vector(float *target, vector value, size_t count) {
  if (count >= LANES) {
    *(vector *)target = value;
  } else {
    for (size_t i = 0; i < LANES - 1; i++)
      if (i < count) target[i] = value[i];
  }
}
