// What the tests of the kernels share.
#ifndef CHECKS_H
#define CHECKS_H

#include <stddef.h>
#include <stdint.h>

#include "kernels.h"

extern int failures;

// Numbers in -1..<1, some of them 0 as pixels and dropped units are.
float *numbers(size_t count);

// From now on they are the same as at the beginning.
void restart_numbers(void);

float *copied(const float *values, size_t count);

// Room that holds no numbers, so that what is not written shows.
float *room(size_t count);

// The largest difference may be 1e-5 of the largest number.
void expect_close(const char *set, const char *what, const float *actual, const double *expected, size_t count);

void expect_alike(const char *set, const char *what, const float *actual, const float *expected, size_t count);

void check_convolutions(const char *set);
void check_poolings(const char *set);
void check_images(const char *set);
void check_normalization(const char *set);

#endif
