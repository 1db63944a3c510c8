// Lets one operation on the files of a folder fail, in a program that is started with this library in LD_PRELOAD.
//
//   FAULT_FOLDER   what lies in it counts
//   FAULT_AT       the number of the operation, from 1 on; 0 lets none fail
//   FAULT_FOREVER  set where all that follow fail as well
//   FAULT_ERROR    the number of the error, or "short" for half a read or write
//   FAULT_LOG      gets a line for each operation: number, name, path
//
// Closing is left out: what it could tell, the fsync before it has told.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *folder;
static long first;
static int for_ever, error_number, is_short, log_descriptor = -1;
static atomic_long operations;

__attribute__((constructor)) static void read_settings(void) {
  folder = getenv("FAULT_FOLDER");
  const char *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERROR"), *log = getenv("FAULT_LOG");
  first = at ? atol(at) : 0;
  for_ever = getenv("FAULT_FOREVER") != NULL;
  is_short = error && strcmp(error, "short") == 0;
  error_number = error ? atoi(error) : EIO;
  if (log) log_descriptor = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// What becomes of an operation.
typedef enum { goes_on, fails, is_cut } fate;

static fate fate_of(const char *name, const char *path) {
  if (!folder || !path) return goes_on;
  char absolute[8192];
  if (path[0] != '/') {
    char current[4096];
    if (!getcwd(current, sizeof current)) return goes_on;
    snprintf(absolute, sizeof absolute, "%s/%s", current, path);
    path = absolute;
  }
  if (strncmp(path, folder, strlen(folder)) != 0) return goes_on;
  long number = atomic_fetch_add(&operations, 1) + 1;
  int hit = first > 0 && (number == first || (for_ever && number > first));
  if (log_descriptor >= 0) {
    char line[9000];
    int length = snprintf(line, sizeof line, "%ld %s %s%s\n", number, name, path, hit ? " !" : "");
    syscall(SYS_write, log_descriptor, line, (size_t)length);
  }
  if (!hit) return goes_on;
  if (is_short) return is_cut;
  errno = error_number;
  return fails;
}

static fate fate_of_open_file(const char *name, int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  int before = errno;
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  errno = before;
  if (length < 0) return goes_on;
  path[length] = 0;
  return fate_of(name, path);
}

// Half as much, but something: nothing at all would be the end of a file.
static size_t cut(fate fate, size_t count) { return fate == is_cut && count > 1 ? count / 2 : count; }

ssize_t write(int descriptor, const void *bytes, size_t count) {
  fate fate = fate_of_open_file("write", descriptor);
  return fate == fails ? -1 : syscall(SYS_write, descriptor, bytes, cut(fate, count));
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  fate fate = fate_of_open_file("write", descriptor);
  return fate == fails ? -1 : syscall(SYS_pwrite64, descriptor, bytes, cut(fate, count), offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  fate fate = fate_of_open_file("read", descriptor);
  return fate == fails ? -1 : syscall(SYS_read, descriptor, bytes, cut(fate, count));
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
  fate fate = fate_of_open_file("read", descriptor);
  return fate == fails ? -1 : syscall(SYS_pread64, descriptor, bytes, cut(fate, count), offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off_t offset) {
  return pread(descriptor, bytes, count, offset);
}

static int open_at(int place, const char *path, int flags, mode_t mode) {
  return fate_of("open", path) == fails ? -1 : (int)syscall(SYS_openat, place, path, flags, mode);
}

#define MODE_AFTER(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list arguments; \
    va_start(arguments, flags); \
    mode = va_arg(arguments, mode_t); \
    va_end(arguments); \
  }

int open(const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int place, const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(place, path, flags, mode);
}

int openat64(int place, const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(place, path, flags, mode);
}

int fsync(int descriptor) {
  return fate_of_open_file("fsync", descriptor) == fails ? -1 : (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
  return fate_of_open_file("fsync", descriptor) == fails ? -1 : (int)syscall(SYS_fdatasync, descriptor);
}

int ftruncate(int descriptor, off_t length) {
  return fate_of_open_file("ftruncate", descriptor) == fails ? -1 : (int)syscall(SYS_ftruncate, descriptor, length);
}

int ftruncate64(int descriptor, off_t length) { return ftruncate(descriptor, length); }

int flock(int descriptor, int operation) {
  return fate_of_open_file("flock", descriptor) == fails ? -1 : (int)syscall(SYS_flock, descriptor, operation);
}

int rename(const char *from, const char *to) {
  return fate_of("rename", to) == fails ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int link(const char *from, const char *to) {
  return fate_of("link", to) == fails ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path) {
  return fate_of("unlink", path) == fails ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int mkdir(const char *path, mode_t mode) {
  return fate_of("mkdir", path) == fails ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

DIR *opendir(const char *path) {
  DIR *(*next)(const char *) = (DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir");
  return fate_of("opendir", path) == fails ? NULL : next(path);
}
