#define _GNU_SOURCE 1
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include <wchar.h>

int platform_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static int argument_count;
static char **argument_values;

#ifdef __GLIBC__
// What is done before main gets its arguments too.
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  argument_values = values;
}
#endif

char *const *platform_arguments(int *count) {
  *count = argument_count;
  return argument_values;
}

int platform_processors(void) {
#ifdef __linux__
  // A set is refused where the system knows more processors than it has room for.
  static const int most = 1 << 16;
  for (int room = 1024; room <= most; room *= 8) {
    cpu_set_t *set = CPU_ALLOC(room);
    if (set == NULL) break;
    int refused = sched_getaffinity(0, CPU_ALLOC_SIZE(room), set);
    int count = refused ? 0 : CPU_COUNT_S(CPU_ALLOC_SIZE(room), set);
    CPU_FREE(set);
    if (count > 0) return count;
  }
#endif
  return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

static void *wait_for_all(void *mutex) {
  pthread_mutex_lock(mutex);
  pthread_mutex_unlock(mutex);
  return NULL;
}

int platform_thread_problem(int threads) {
  pthread_t *started = calloc((size_t)threads, sizeof *started);
  if (started == NULL) return ENOMEM;
  pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&all);
  int count = 0, problem = 0;
  while (count < threads && problem == 0) {
    problem = pthread_create(&started[count], NULL, wait_for_all, &all);
    if (problem == 0) count++;
  }
  pthread_mutex_unlock(&all);
  while (count > 0) pthread_join(started[--count], NULL);
  pthread_mutex_destroy(&all);
  free(started);
  return problem;
}

static void *call(void *body) {
  (*(void (**)(void))body)();
  return NULL;
}

void platform_with_stack(size_t least, size_t size, void (*body)(void)) {
  struct rlimit limit;
  pthread_attr_t attributes;
  pthread_t thread;
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= least || pthread_attr_init(&attributes) != 0) {
    body();
    return;
  }
  pthread_attr_setstacksize(&attributes, size);
#ifdef __GLIBC__
  // Threads have what the limit was at the start.
  pthread_setattr_default_np(&attributes);
#endif
  int problem = pthread_create(&thread, &attributes, call, &body);
  pthread_attr_destroy(&attributes);
  if (problem != 0) {
    body();
    return;
  }
  // They are for those who work.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
  pthread_join(thread, NULL);
}

int platform_descriptor_problem(int descriptors) {
  int opened[16], count = 0, problem = 0;
  while (count < descriptors && count < 16 && problem == 0) {
    int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      problem = errno;
    } else {
      opened[count++] = descriptor;
    }
  }
  while (count > 0) close(opened[--count]);
  return problem;
}

const char *program_commit(void) { return PROGRAM_COMMIT; }

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define HAS_THREAD_SANITIZER
#endif
#endif

#ifdef HAS_THREAD_SANITIZER
// Declared here, as the sanitizer's header is not installed with every compiler.
void __tsan_acquire(void *address);
void __tsan_release(void *address);
void sanitizer_entered(const void *guarded) { __tsan_acquire((void *)guarded); }
void sanitizer_left(const void *guarded) { __tsan_release((void *)guarded); }
#else
void sanitizer_entered(const void *guarded) { (void)guarded; }
void sanitizer_left(const void *guarded) { (void)guarded; }
#endif
