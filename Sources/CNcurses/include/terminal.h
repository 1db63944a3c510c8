/// The terminal as a screen of cells: a handful of functions over ncursesw.
///
/// To be used by one thread only. No type and no macro of curses shows here, because Swift cannot import most of them.
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// How a cell looks; colours are indices of the terminal's palette, or -1 for its own.
typedef struct {
  int16_t foreground, background;
  bool bold, dim, reverse;
} terminal_style;

/// What terminal_read returns where the window has another size.
enum { TERMINAL_RESIZED = -1 };

/// Takes over the terminal on standard output; false if it cannot be used as a screen.
///
/// What is written to standard error from now on is kept aside. A signal that ends the process, and that nobody else
/// handles or ignores, restores the terminal before.
bool terminal_open(void);

/// Restores the terminal and writes what was kept aside to standard error.
void terminal_close(void);

/// Restores the terminal from within a signal handler that is about to end the process.
void terminal_abandon(void);

/// Whether reading has shown that the terminal is there no more.
bool terminal_is_gone(void);

/// Colours of the terminal's palette; 0 if it has none.
int terminal_colors(void);

/// The present size in cells.
void terminal_size(int *width, int *height);

/// Puts a character, which may have combining marks, at a place.
void terminal_put(int x, int y, const char *utf8, terminal_style style);

/// Makes everything that was put visible.
void terminal_flush(void);

/// Draws everything anew at the next flush.
void terminal_redraw(void);

/// Reads what was typed, up to `capacity` bytes, as soon as there is something; returns how many.
///
/// 0 if nothing came within `milliseconds` or a signal came, TERMINAL_RESIZED if the window has another size.
int terminal_read(uint8_t *bytes, int capacity, int milliseconds);

/// Whether anybody has typed or the terminal has answered what it is since it was opened.
bool terminal_was_heard(void);

/// Begins or ends to report clicks and turns of the wheel.
void terminal_listen_to_mouse(bool listens);

#pragma clang assume_nonnull end

#endif
