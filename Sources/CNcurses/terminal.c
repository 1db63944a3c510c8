#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1
#include "terminal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;

// What a handler of signals needs, gathered while allocation is allowed.
static volatile sig_atomic_t is_open;
static volatile sig_atomic_t was_continued;
static bool is_gone;
static struct termios original_modes;
static char leave_sequence[256];
static bool takes_sequences, listens_to_mouse, is_asked, was_heard;
static struct winsize window;
static int real_error = -1;
static int kept_error = -1;

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

// Standard error goes to a file without a name, so that nothing is written across the screen.
static void keep_error_aside(void) {
  FILE *file = tmpfile();
  if (file == NULL) return;
  fflush(stderr);
  real_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  kept_error = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
  dup2(fileno(file), STDERR_FILENO);
  fclose(file);
}

static void replay_error(void) {
  if (kept_error < 0) return;
  char bytes[4096];
  ssize_t count;
  dup2(real_error, STDERR_FILENO);
  lseek(kept_error, 0, SEEK_SET);
  while ((count = read(kept_error, bytes, sizeof bytes)) > 0) write_all(STDERR_FILENO, bytes, (size_t)count);
  close(kept_error);
  close(real_error);
  kept_error = real_error = -1;
}

// Only what POSIX allows in a signal handler.
void terminal_abandon(void) {
  if (!is_open) return;
  is_open = 0;
  write_all(STDOUT_FILENO, leave_sequence, strlen(leave_sequence));
  tcsetattr(STDOUT_FILENO, TCSANOW, &original_modes);
  replay_error();
}

static void crash(int number) {
  terminal_abandon();
  signal(number, SIG_DFL);
  raise(number);
}

static void note_continuation(int number) {
  (void)number;
  was_continued = 1;
}

// Whether the system ends a process for the signal, unless it is handled.
static bool ends_process(int number) {
  switch (number) {
    case SIGCHLD:
    case SIGCONT:
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
    case SIGURG:
    case SIGWINCH:
    case SIGKILL:
#ifdef SIGINFO
    case SIGINFO:
#endif
      return false;
    default: return true;
  }
}

// Whether it tells of a mistake in the program, or of SIGQUIT: the runtime of Swift may have a handler for those, which
// writes on the terminal and waits for an answer there.
static bool is_crash(int number) {
  switch (number) {
    case SIGQUIT:
    case SIGILL:
    case SIGTRAP:
    case SIGABRT:
    case SIGBUS:
    case SIGFPE:
    case SIGSEGV: return true;
    default: return false;
  }
}

static void catch_signals(void) {
  // A thread whose stack is full needs another one for the handler.
  static char room[1 << 16];
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    stack = (stack_t){.ss_sp = room, .ss_size = sizeof room};
    sigaltstack(&stack, NULL);
  }
#ifdef SIGRTMAX
  const int last = SIGRTMAX;
#else
  const int last = NSIG - 1;
#endif
  for (int number = 1; number <= last; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) != 0 || action.sa_handler == SIG_IGN) continue;
    if (action.sa_handler != SIG_DFL && !is_crash(number)) continue;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    if (number == SIGCONT) {
      action.sa_handler = note_continuation;
      action.sa_flags = SA_RESTART;
    } else if (ends_process(number)) {
      action.sa_handler = crash;
      action.sa_flags = SA_ONSTACK;
    } else {
      continue;
    }
    sigaction(number, &action, NULL);
  }
}

static void tell(const char *sequence) {
  if (takes_sequences) write_all(STDOUT_FILENO, sequence, strlen(sequence));
}

static const char *const stop_listening = "\033[?1000l\033[?1006l\033[?2004l";
static struct sigaction curses_stop;

// The shell that is there meanwhile knows nothing of pastes and the mouse.
static void stop(int number) {
  tell(stop_listening);
  curses_stop.sa_handler(number);
}

static void catch_stop(void) {
  struct sigaction action;
  if (sigaction(SIGTSTP, NULL, &action) != 0 || action.sa_handler == stop) return;
  if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN) return;
  curses_stop = action;
  action.sa_handler = stop;
  sigaction(SIGTSTP, &action, NULL);
}

static void append_capability(const char *name) {
  const char *sequence = tigetstr(name);
  if (sequence == NULL || sequence == (const char *)-1) return;
  strncat(leave_sequence, sequence, sizeof leave_sequence - strlen(leave_sequence) - 1);
}

static void prepare_for_crash(void) {
  leave_sequence[0] = 0;
  append_capability("sgr0");
  append_capability("op");
  append_capability("cnorm");
  append_capability("rmkx");
  append_capability("rmcup");
  // The mouse may be listened to by then; a terminal that does not know of it does not mind.
  if (takes_sequences) strncat(leave_sequence, stop_listening, sizeof leave_sequence - strlen(leave_sequence) - 1);
  is_open = 1;
  catch_signals();
  catch_stop();
}

// Pasted text is marked as such from now on, and a terminal that somebody looks at says what it is.
static void begin_to_listen(void) {
  tell("\033[?2004h");
  if (listens_to_mouse) tell("\033[?1000h\033[?1006h");
  // The background's colour is answered before what every terminal answers, or not at all. The console prints the question.
  const char *name = getenv("TERM");
  if (!is_asked && (name == NULL || strcmp(name, "linux") != 0)) tell("\033]11;?\033\\");
  if (!is_asked) tell("\033[c");
  is_asked = true;
}

bool terminal_open(void) {
  setlocale(LC_CTYPE, "");
  is_gone = false;
  if (tcgetattr(STDOUT_FILENO, &original_modes) != 0) return false;
  screen = newterm(NULL, stdout, stdin);
  if (screen == NULL) return false;
  set_term(screen);
  const char *move = tigetstr("cup");
  if (move == NULL || move == (char *)-1) {
    endwin();
    delscreen(screen);
    screen = NULL;
    return false;
  }
  takes_sequences = strncmp(move, "\033[", 2) == 0;
  listens_to_mouse = is_asked = was_heard = false;
  prepare_for_crash();
  keep_error_aside();
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  cbreak();
  noecho();
  nonl();
  curs_set(0);
  keypad(stdscr, TRUE);
  // A frame is drawn to its end, also while keys come.
  typeahead(-1);
  ioctl(STDOUT_FILENO, TIOCGWINSZ, &window);
  begin_to_listen();
  return true;
}

// An answer that is still under way would be typed into the shell.
static void swallow_answer(void) {
  char bytes[64];
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  if (takes_sequences && !was_heard && poll(&input, 1, 200) == 1 && (input.revents & POLLIN)) {
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    (void)count;
  }
}

void terminal_close(void) {
  if (screen == NULL) return;
  is_open = 0;
  tell(stop_listening);
  swallow_answer();
  endwin();
  delscreen(screen);
  screen = NULL;
  replay_error();
}

int terminal_colors(void) { return has_colors() ? COLORS : 0; }

void terminal_size(int *width, int *height) { getmaxyx(stdscr, *height, *width); }

// The pair of curses for two colours: when there are too many, that which was asked for longest ago has a new meaning. The
// plain one where there are no pairs.
static int pair_for(int16_t foreground, int16_t background) {
  if (foreground < 0 && background < 0) return 0;
  int pair = alloc_pair(foreground, background);
  return pair == ERR ? 0 : pair;
}

void terminal_put(int x, int y, const char *utf8, terminal_style style) {
  wchar_t text[CCHARW_MAX + 1];
  mbstate_t state = {0};
  size_t length = mbsrtowcs(text, &utf8, CCHARW_MAX, &state);
  if (length == (size_t)-1 || length == 0) {
    text[0] = L'?';
    length = 1;
  }
  text[length] = 0;
  attr_t attributes = (style.bold ? A_BOLD : 0) | (style.dim ? A_DIM : 0) | (style.reverse ? A_REVERSE : 0);
  int pair = pair_for(style.foreground, style.background);
  cchar_t cell;
  if (setcchar(&cell, text, attributes, (short)pair, &pair) == OK) mvadd_wch(y, x, &cell);
}

void terminal_flush(void) { refresh(); }

void terminal_redraw(void) { clearok(stdscr, TRUE); }

void terminal_listen_to_mouse(bool listens) {
  listens_to_mouse = listens;
  tell(listens ? "\033[?1000h\033[?1006h" : "\033[?1000l\033[?1006l");
}

bool terminal_is_gone(void) { return is_gone; }

bool terminal_was_heard(void) { return was_heard; }

// Whoever stopped the process by a signal that cannot be caught has used the terminal since.
static void take_back(void) {
  was_continued = 0;
  reset_prog_mode();
  refresh();
  keypad(stdscr, TRUE);
  begin_to_listen();
  clearok(stdscr, TRUE);
}

static bool take_size(void) {
  struct winsize now;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &now) != 0 || now.ws_row == 0 || now.ws_col == 0) return false;
  if (now.ws_row == window.ws_row && now.ws_col == window.ws_col) return false;
  window = now;
  resizeterm(now.ws_row, now.ws_col);
  return true;
}

int terminal_read(uint8_t *bytes, int capacity, int milliseconds) {
  if (was_continued) take_back();
  if (take_size()) return TERMINAL_RESIZED;
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  int ready = poll(&input, 1, milliseconds);
  if (ready <= 0) return take_size() ? TERMINAL_RESIZED : 0;
  ssize_t count = input.revents & POLLIN ? read(STDIN_FILENO, bytes, (size_t)capacity) : 0;
  // A terminal that was hung up, or whose window is closed, has nothing more to say and says so at once.
  if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) is_gone = true;
  // What `script` types where nobody does is the end of its own input: ctrl-D, or NUL where its terminal has no character for that.
  for (ssize_t i = 0; i < count; i++)
    if (bytes[i] != 4 && bytes[i] != 0) was_heard = true;
  return count > 0 ? (int)count : 0;
}
