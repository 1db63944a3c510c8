// The vectors of one instruction set; see loops.h.

typedef float vector __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));
typedef float four_floats __attribute__((vector_size(16), aligned(4)));
typedef float eight_floats __attribute__((vector_size(32), aligned(4)));
#define ALWAYS_INLINE static inline __attribute__((always_inline))

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }

#if defined(HAS_MASKS) && LANES == 8
// Ones in the lanes below `count`.
ALWAYS_INLINE __m256i first_lanes(size_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
#endif

// The next numbers, at most a vector of them, the rest being zeros.
ALWAYS_INLINE vector load_vector(const float *source, size_t count) {
  if (count >= LANES) return *(const vector *)source;
#if defined(HAS_MASKS) && LANES == 16
  return _mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), source);
#elif defined(HAS_MASKS) && LANES == 8
  return _mm256_maskload_ps(source, first_lanes(count));
#else
  vector result = {0};
  for (size_t i = 0; i < LANES - 1; i++)
    if (i < count) result[i] = source[i];
  return result;
#endif
}

ALWAYS_INLINE void store_vector(float *target, vector value, size_t count) {
  if (count >= LANES) {
    *(vector *)target = value;
    return;
  }
#if defined(HAS_MASKS) && LANES == 16
  _mm512_mask_storeu_ps(target, (__mmask16)((1u << count) - 1), value);
#elif defined(HAS_MASKS) && LANES == 8
  _mm256_maskstore_ps(target, first_lanes(count), value);
#else
  for (size_t i = 0; i < LANES - 1; i++)
    if (i < count) target[i] = value[i];
#endif
}
