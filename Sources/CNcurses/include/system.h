/// What the C library declares only to those who ask for more than POSIX.
#ifndef SYSTEM_H
#define SYSTEM_H

#include <stddef.h>
#include <stdint.h>

/// Cells of a character in the locale of the thread, as wcwidth says: -1 if it cannot be shown.
int platform_width(uint32_t scalar);

/// Processors that the process's affinity allows, or all that are online where there is no affinity.
int platform_processors(void);

/// 0 if so many more threads can be there at once, or else the number of the error.
int platform_thread_problem(int threads);

/// The arguments that the process was started with and their number, as far as the C library told; Swift's library reads
/// them from /proc, which not every system has mounted.
char *const *platform_arguments(int *count);

/// Calls `body` where there is room for a stack of `size` bytes, and gives so much to the threads that are started later,
/// if the system's limit for it is below `least`; else it calls it as it is.
void platform_with_stack(size_t least, size_t size, void (*body)(void));

/// 0 if so many more descriptors can be open at once, or else the number of the error.
int platform_descriptor_problem(int descriptors);

/// The commit that the program was built from, or an empty text: only flags for C have values.
const char *program_commit(void);

/// Tells the thread sanitizer, where there is one, that the caller has entered or leaves what `guarded` guards.
void sanitizer_entered(const void *guarded);
void sanitizer_left(const void *guarded);

#endif
