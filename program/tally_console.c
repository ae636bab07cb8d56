#define _POSIX_C_SOURCE 200809L

#include "tally_console.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_text.h"

/* How much of a bad word a message shows. */
#define SHOWN_BYTES 48

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

static const char *unfinished;

void remove_on_failure(const char *path) {
    unfinished = path;
}

_Noreturn void fail(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    message(format, arguments);
    va_end(arguments);
    if (unfinished != NULL)
        remove_unfinished(unfinished);
    exit(status);
}

void must(tally_status status) {
    if (status != TALLY_OK)
        fail(status == TALLY_MEMORY ? EXIT_USAGE : EXIT_DATA, "%s: %s",
             tally_last_function(), tally_last_message());
}

bool is_c1_control(const char *text, size_t size) {
    const unsigned char *byte = (const unsigned char *)text;
    return size >= 2 && byte[0] == 0xc2 && byte[1] >= 0x80 && byte[1] < 0xa0;
}

size_t character_size(const char *text, size_t size) {
    const unsigned char *byte = (const unsigned char *)text;
    if (byte[0] < 0x80)
        return byte[0] >= ' ' && byte[0] != 0x7f;
    size_t length = byte[0] < 0xc2   ? 0
                    : byte[0] < 0xe0 ? 2
                    : byte[0] < 0xf0 ? 3
                    : byte[0] < 0xf5 ? 4
                                     : 0;
    if (length == 0 || length > size)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((byte[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (byte[0] == 0xe0 && byte[1] < 0xa0) ||
                    (byte[0] == 0xf0 && byte[1] < 0x90);
    bool surrogate = byte[0] == 0xed && byte[1] >= 0xa0;
    bool too_large = byte[0] == 0xf4 && byte[1] >= 0x90;
    return is_c1_control(text, size) || overlong || surrogate || too_large
               ? 0
               : length;
}

char *shown_name(const char *path) {
    struct text name = {0};
    size_t size = strlen(path);
    char escape[8];
    text_puts(&name, size == 0 ? "''" : "");
    for (size_t at = 0; at < size;) {
        size_t length = character_size(path + at, size - at);
        snprintf(escape, sizeof escape, "\\x%02x", (unsigned char)path[at]);
        if (length == 0)
            text_puts(&name, escape);
        else
            text_put(&name, path + at, length);
        at += length > 0 ? length : 1;
    }
    return name.at;
}

const char *printable(char out[PRINTABLE_MAX], const char *text, size_t size) {
    size_t used = 0, at = 0;
    while (at < size) {
        size_t length = character_size(text + at, size - at);
        if (at + (length > 0 ? length : 1) > SHOWN_BYTES)
            break;
        if (length == 0) {
            unsigned char byte = (unsigned char)text[at++];
            used += (size_t)snprintf(out + used, 5, "\\x%02x", byte);
            continue;
        }
        if (text[at] == '"' || text[at] == '\\')
            out[used++] = '\\';
        memcpy(out + used, text + at, length);
        used += length;
        at += length;
    }
    strcpy(out + used, at < size ? "..." : "");
    return out;
}

void *resize(void *old, size_t count, size_t size) {
    count += count == 0; /* realloc() may give NULL for nothing */
    void *new = count > SIZE_MAX / size ? NULL : realloc(old, count * size);
    if (new == NULL)
        fail(EXIT_USAGE, "out of memory");
    return new;
}
