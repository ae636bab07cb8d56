/*
 * What differs by system: files, other programs, the terminal. For Windows it
 * is in tally_system_windows.c, for all others in tally_system.c, and there
 * is what does not differ after all.
 */
#ifndef TALLY_SYSTEM_H
#define TALLY_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tally_text.h"

/* For functions that take a format and its arguments, from these places on. */
#if defined(__MINGW_PRINTF_FORMAT)
#define FORMAT_AT(format_, arguments)                                          \
    __attribute__((format(__MINGW_PRINTF_FORMAT, format_, arguments)))
#elif defined(__GNUC__)
#define FORMAT_AT(format_, arguments)                                          \
    __attribute__((format(printf, format_, arguments)))
#else
#define FORMAT_AT(format_, arguments)
#endif

/* Comes first: bytes go through the standard streams as they are. */
void prepare_streams(void);

/*
 * Files that are read, by descriptor. What fails gives -1 or false, and errno
 * says why. Reading is not interrupted by signals.
 */
enum { INPUT_FILE = 0 }; /* standard input */
int open_file(const char *path);
ptrdiff_t read_some(int file, char *to, size_t size);
void close_file(int file);

/* Whether it is a file on a disk: its size now. */
bool file_size(int file, uint64_t *size);

/* Where reading goes on; -1 if it is not known. */
int64_t file_position(int file);
bool set_file_position(int file, int64_t at);

/* A process that was started; 0 for none. */
typedef intptr_t process;

struct ending {
    bool known; /* else errno says why not */
    int signal; /* which ended it; 0 for none */
    int status; /* its exit status otherwise */
};

/*
 * Starts a program that reads the file and writes to a pipe, whose other end
 * becomes `*output`. An error's number, or 0.
 */
int start_filter(const char *program, const char *options, int file,
                 process *started, int *output);

/*
 * Starts a process that writes these bytes, and all that follows them in the
 * file, to a pipe, whose other end becomes `*output`. ESPIPE if this system
 * cannot do that.
 */
int start_feeder(const char *head, size_t size, int file, process *started,
                 int *output);

struct ending wait_for(process started);

/* A file that is written. */
struct place {
    char *target;     /* the file that is replaced, or NULL: written in place */
    struct text name; /* what is written until it is all there */
    FILE *file;       /* NULL if it cannot be: errno says why */
};

/*
 * A file is replaced by a new one, so that it is never half written: if the
 * program fails, the new one must be removed. Its permissions stay. What is no
 * file, such as a pipe or a device, is written in place.
 */
struct place open_place(const char *to);

/* Closes the file, and puts a new one in the place of the old. */
bool close_place(struct place *place);

/* Removes what is not all there, and perhaps open. The program then ends. */
void remove_unfinished(const char *path);

/* How many columns the terminal has that standard error is, INT_MAX if that is
 * not known; 0 if it is none. */
int terminal_columns(void);

/* Writes to it, past all buffers; a handler may call it. */
bool write_to_terminal(const char *bytes, size_t size);

/* Has a function called if the program is ended from outside. */
void call_when_ended(void (*function)(void));

/* Seconds of a clock that is never set. */
double seconds(void);

#endif
