#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_system.h"
#include "tally_text.h"

/* How much of a file's name is shown, and of the whole line. */
#define NAME_COLUMNS 30
#define MOST_COLUMNS 79

/* How many columns the line on the terminal takes; 0 when there is none. */
static volatile sig_atomic_t drawn;

/* Covers the line. A handler may call this. */
static void cover(void) {
    char blanks[MOST_COLUMNS + 2];
    size_t size = (size_t)drawn;
    drawn = 0;
    memset(blanks, ' ', sizeof blanks);
    blanks[0] = '\r';
    blanks[size + 1] = '\r';
    if (size > 0 && !write_to_terminal(blanks, size + 2))
        return;
}

void erase_progress(void) {
    if (drawn > 0)
        cover();
}

/* Seconds since the first call. */
static double elapsed(void) {
    static double begin;
    double now = seconds();
    if (begin == 0)
        begin = now;
    return now - begin;
}

/* Puts as much of a name as fits; returns how many columns it takes. */
static int put_name(struct text *line, const char *name, int columns) {
    int used = 0;
    size_t size = strlen(name);
    for (size_t at = 0, length; at < size; at += length) {
        length = character_size(name + at, size - at);
        /* From the CJK radicals on, most characters are wide. */
        unsigned char byte = (unsigned char)name[at];
        int wide = length == 4 || (length == 3 && byte >= 0xe3) ? 2 : 1;
        if (length == 0 || used + wide > columns)
            break;
        text_put(line, name + at, length);
        used += wide;
    }
    return used;
}

void show_progress(const char *name, uint64_t bytes, uint64_t size,
                   uint64_t values) {
    static double next_time = 1.0;
    static bool caught;
    double now = elapsed();
    if (now < next_time)
        return;
    /* The last column would begin the next row. */
    int room = terminal_columns() - 1;
    if (room < 0)
        return;
    if (room > MOST_COLUMNS)
        room = MOST_COLUMNS;
    next_time = now + 0.2;
    if (!caught)
        call_when_ended(cover);
    caught = true;

    char rest[80], percent[16] = "";
    struct text line = {0};
    if (size > 0 && bytes <= size)
        snprintf(percent, sizeof percent, " (%d%%)",
                 (int)(100.0 * (double)bytes / (double)size));
    int length = snprintf(rest, sizeof rest, ": %.1f MB%s, %llu value%s",
                          (double)bytes / 1e6, percent,
                          (unsigned long long)values, values == 1 ? "" : "s");
    int free_columns = room - length;
    text_puts(&line, "\r");
    int used = put_name(
        &line, name, free_columns > NAME_COLUMNS ? NAME_COLUMNS : free_columns);
    if (length > room)
        length = room;
    text_put(&line, rest, (size_t)length);
    used += length;
    /* Blanks cover what a longer line before this one left. */
    int before = drawn;
    for (int i = used; i < before; i++)
        text_puts(&line, " ");
    drawn = used > before ? used : before;
    if (!write_to_terminal(line.at, line.size))
        drawn = 0;
    text_free(&line);
}
