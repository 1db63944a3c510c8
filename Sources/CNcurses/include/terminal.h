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

/// What terminal_read_key returns beside characters, which are their Unicode scalar.
enum {
  TERMINAL_NO_KEY = -1,
  TERMINAL_UP = 0x200000,
  TERMINAL_DOWN,
  TERMINAL_LEFT,
  TERMINAL_RIGHT,
  TERMINAL_HOME,
  TERMINAL_END,
  TERMINAL_PAGE_UP,
  TERMINAL_PAGE_DOWN,
  TERMINAL_ENTER,
  TERMINAL_BACK_TAB,
  TERMINAL_BACKSPACE,
  TERMINAL_RESIZE,
  TERMINAL_CLICK,
  TERMINAL_WHEEL_UP,
  TERMINAL_WHEEL_DOWN,
  TERMINAL_OTHER,
};

/// Takes over the terminal on standard output; false if it cannot be used as a screen.
///
/// What is written to standard error from now on is kept aside. A signal that ends the process, and that nobody else
/// handles or ignores, restores the terminal before.
bool terminal_open(void);

/// Restores the terminal and writes what was kept aside to standard error.
void terminal_close(void);

/// Restores the terminal from within a signal handler that is about to end the process.
void terminal_abandon(void);

/// Whether reading a key has shown that the terminal is there no more.
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

/// The next key; TERMINAL_NO_KEY if none came within `milliseconds` or a signal came.
int32_t terminal_read_key(int milliseconds);

/// Begins or ends to report clicks and turns of the wheel as keys.
void terminal_listen_to_mouse(bool listens);

/// The cell that the latest click or turn of the wheel was over.
void terminal_mouse_cell(int *x, int *y);

#pragma clang assume_nonnull end

#endif
