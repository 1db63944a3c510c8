// Tells at the end how many bytes a program had allocated at most, and how long it computed; for LD_PRELOAD, with the GNU
// C library.
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static atomic_long current, peak;

static void *add(void *memory) {
  long now = atomic_fetch_add(&current, (long)malloc_usable_size(memory)) + (long)malloc_usable_size(memory);
  long before = peak;
  while (now > before && !atomic_compare_exchange_weak(&peak, &before, now)) {}
  return memory;
}

static void subtract(void *memory) { atomic_fetch_sub(&current, (long)malloc_usable_size(memory)); }

void *malloc(size_t size) { return add(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return add(__libc_calloc(count, size)); }

void *realloc(void *old, size_t size) {
  subtract(old);
  void *memory = __libc_realloc(old, size);
  if (!memory && size) add(old);
  return add(memory);
}

void *aligned_alloc(size_t alignment, size_t size) { return add(__libc_memalign(alignment, size)); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
  *memory = add(__libc_memalign(alignment, size));
  return *memory ? 0 : ENOMEM;
}

void free(void *memory) {
  subtract(memory);
  __libc_free(memory);
}

__attribute__((destructor)) static void tell(void) {
  fprintf(stderr, "\nusage %ld %.3f\n", (long)peak, (double)clock() / CLOCKS_PER_SEC);
}
