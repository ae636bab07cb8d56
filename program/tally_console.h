/*
 * Messages, the progress line and memory: what every part of the tool needs.
 */
#ifndef TALLY_CONSOLE_H
#define TALLY_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tally.h>

#include "tally_system.h"

/* The exit status of the tool, beside 0. */
enum {
    EXIT_DATA = 1, /* a value does not parse, or a total has no double */
    EXIT_USAGE = 2 /* wrong arguments, or a file or memory fails us */
};

/* Room for any text that printable() makes. */
#define PRINTABLE_MAX 256

/* Prints "tally: " and the message on standard error. */
void warn(const char *format, ...) FORMAT_AT(1, 2);

/* The same, and ends the program with this exit status. */
_Noreturn void fail(int status, const char *format, ...) FORMAT_AT(2, 3);

/* Names a file that is removed if the program fails; NULL for none. */
void remove_on_failure(const char *path);

/* Ends the program when a call of the library failed. */
void must(tally_status status);

/*
 * Puts a form of the text that fits on one line of a terminal into `out` and
 * returns it: shortened, with control characters and what is not UTF-8 as
 * escapes.
 */
const char *printable(char out[PRINTABLE_MAX], const char *text, size_t size);

/*
 * A file's name for messages, in full: what printable() would escape, but
 * quotes, is escaped. The caller frees it.
 */
char *shown_name(const char *path);

/*
 * The size of the UTF-8 character at `text`; 0 if there is none, or if it is a
 * control character.
 */
size_t character_size(const char *text, size_t size);

/* Whether one of the control characters beyond ASCII is there. */
bool is_c1_control(const char *text, size_t size);

/*
 * Draws the progress line, no longer than the terminal is wide, when standard
 * error is a terminal and the work has lasted more than a second. `size` is 0
 * where it is not known. A signal that ends the program takes the line away.
 */
void show_progress(const char *name, uint64_t bytes, uint64_t size,
                   uint64_t values);

/* Takes the progress line away, if there is one. */
void erase_progress(void);

/*
 * realloc() for `count` elements of `size` bytes. Ends the program when there
 * is no memory, so it never returns NULL.
 */
void *resize(void *old, size_t count, size_t size);

#endif
