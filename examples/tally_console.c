#define _POSIX_C_SOURCE 200809L

#include "tally_console.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How much of a bad word a message shows. */
#define SHOWN_BYTES 48

/* Length of the progress line on the terminal; 0 when there is none. */
static int progress_length;

static void message(const char *format, va_list arguments) {
    erase_progress();
    fputs("tally: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void warn(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    message(format, arguments);
    va_end(arguments);
}

_Noreturn void fail(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    message(format, arguments);
    va_end(arguments);
    exit(status);
}

void must(tally_status status) {
    if (status != TALLY_OK)
        fail(status == TALLY_MEMORY ? EXIT_USAGE : EXIT_DATA, "%s: %s",
             tally_last_function(), tally_last_message());
}

const char *printable(char out[PRINTABLE_MAX], const char *text, size_t size) {
    size_t shown = size;
    if (size > SHOWN_BYTES) {
        shown = SHOWN_BYTES;
        /* Not in the middle of a UTF-8 character. */
        while (shown > 0 && ((unsigned char)text[shown] & 0xc0) == 0x80)
            shown--;
    }
    size_t used = 0;
    for (size_t i = 0; i < shown; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < ' ' || byte == 0x7f) {
            used += (size_t)snprintf(out + used, 5, "\\x%02x", byte);
        } else {
            if (byte == '"' || byte == '\\')
                out[used++] = '\\';
            out[used++] = (char)byte;
        }
    }
    strcpy(out + used, shown < size ? "..." : "");
    return out;
}

/* Seconds since the first call. */
static double elapsed(void) {
    static struct timespec begin;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (begin.tv_sec == 0 && begin.tv_nsec == 0)
        begin = now;
    return (double)(now.tv_sec - begin.tv_sec) +
           (double)(now.tv_nsec - begin.tv_nsec) / 1e9;
}

void show_progress(const char *name, uint64_t bytes, uint64_t size,
                   uint64_t values) {
    static double next_time = 1.0;
    double now = elapsed();
    if (now < next_time || !isatty(STDERR_FILENO))
        return;
    next_time = now + 0.2;

    char text[80], short_name[PRINTABLE_MAX], percent[16] = "";
    if (size > 0 && bytes <= size)
        snprintf(percent, sizeof percent, " (%d%%)",
                 (int)(100.0 * (double)bytes / (double)size));
    printable(short_name, name, strlen(name));
    int length =
        snprintf(text, sizeof text, "%.30s: %.1f MB%s, %llu values", short_name,
                 (double)bytes / 1e6, percent, (unsigned long long)values);
    if (length >= (int)sizeof text)
        length = (int)sizeof text - 1;
    /* Blanks cover what a longer line before this one left. */
    fprintf(stderr, "\r%-*s", progress_length, text);
    fflush(stderr);
    if (length > progress_length)
        progress_length = length;
}

void erase_progress(void) {
    if (progress_length > 0)
        fprintf(stderr, "\r%*s\r", progress_length, "");
    progress_length = 0;
}

void *resize(void *old, size_t count, size_t size) {
    void *new = count > SIZE_MAX / size ? NULL : realloc(old, count * size);
    if (new == NULL)
        fail(EXIT_USAGE, "out of memory");
    return new;
}
