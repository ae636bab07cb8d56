#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "tally_console.h"
#include "tally_text.h"

/* How much of a file's name is shown, and of the whole line. */
#define NAME_COLUMNS 30
#define MOST_COLUMNS 79

/* How many columns the line on the terminal takes; 0 when there is none. */
static volatile sig_atomic_t drawn;

/* Covers the line. Nothing but write() may be called by a handler. */
static void cover(void) {
    char blanks[MOST_COLUMNS + 2];
    size_t size = (size_t)drawn;
    drawn = 0;
    memset(blanks, ' ', sizeof blanks);
    blanks[0] = '\r';
    blanks[size + 1] = '\r';
    if (size > 0 && write(STDERR_FILENO, blanks, size + 2) < 0)
        return;
}

void erase_progress(void) {
    if (drawn > 0)
        cover();
}

static void end_by_signal(int signal) {
    cover();
    raise(signal);
}

/* Signals that end the program; what the parent had ignored stays so. */
static void catch_signals(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction before, ours;
    memset(&ours, 0, sizeof ours);
    ours.sa_handler = end_by_signal;
    ours.sa_flags = SA_RESETHAND;
    sigemptyset(&ours.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &before) == 0 &&
            before.sa_handler == SIG_DFL)
            sigaction(signals[i], &ours, NULL);
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

/* How long the line may be: the last column would begin the next row. */
static int columns_of_terminal(void) {
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
        size.ws_col > MOST_COLUMNS)
        return MOST_COLUMNS;
    return size.ws_col - 1;
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
    if (now < next_time || !isatty(STDERR_FILENO))
        return;
    next_time = now + 0.2;
    if (!caught)
        catch_signals();
    caught = true;

    char rest[80], percent[16] = "";
    struct text line = {0};
    int room = columns_of_terminal();
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
    if (write(STDERR_FILENO, line.at, line.size) < 0)
        drawn = 0;
    text_free(&line);
}
