#define _POSIX_C_SOURCE 200809L

#include "tally_input.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tally_bytes.h"
#include "tally_console.h"
#include "tally_split.h"

#define FIRST_CAPACITY ((size_t)1 << 20)
#define LEAST_READ ((size_t)1 << 16)

void open_input(struct input *input, const char *path,
                const struct layout *layout) {
    struct input next = {0};
    next.stream = open_stream(path);
    next.name = next.stream.name;
    next.size = next.stream.size;
    next.layout = *layout;
    next.buffer = input->buffer;
    next.capacity = input->capacity;
    next.fields = input->fields;
    next.field_capacity = input->field_capacity;
    *input = next;
    if (input->buffer == NULL) {
        input->capacity = FIRST_CAPACITY;
        input->buffer = resize(NULL, input->capacity, 1);
    }
}

void close_input(struct input *input) {
    close_stream(&input->stream);
}

void free_input(struct input *input) {
    free(input->buffer);
    free(input->fields);
}

/*
 * Appends more input to the buffer; false at the end of the file. May move the
 * buffer's content, so callers count from `start`.
 */
static bool read_more(struct input *input) {
    if (input->ended)
        return false;
    if (input->start > 0) {
        if (input->scanned < input->start)
            input->scanned = input->start;
        if (input->quote < input->start)
            input->quote = input->start;
        memmove(input->buffer, input->buffer + input->start,
                input->end - input->start);
        input->end -= input->start;
        input->scanned -= input->start;
        input->quote -= input->start;
        input->start = 0;
    }
    /* One byte stays free for the NUL behind the last field, and with it as
     * many as are looked at together. */
    if (input->capacity - input->end < LEAST_READ + BYTES_TOGETHER) {
        input->buffer = resize(input->buffer, input->capacity, 2);
        input->capacity *= 2;
    }
    size_t got = read_stream(&input->stream, input->buffer + input->end,
                             input->capacity - input->end - BYTES_TOGETHER);
    input->ended = got == 0;
    input->end += got;
    if (input->stream.child == 0)
        input->bytes += got;
    else
        input->bytes = stream_position(&input->stream);
    return got > 0;
}

/* True when a quote stands between the record's start and `limit`. */
static bool has_quote(struct input *input, size_t limit) {
    if (input->quote < limit && input->buffer[input->quote] != '"') {
        char *from = input->buffer + input->quote;
        char *found = memchr(from, '"', input->end - input->quote);
        input->quote =
            found != NULL ? (size_t)(found - input->buffer) : input->end;
    }
    return input->quote < limit;
}

/*
 * Finds the end of a record that has quotes, checking them, and counts its
 * lines. Returns the record's size.
 */
static size_t quoted_record_size(struct input *input) {
    enum {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_OR_END,
        CLOSED
    } state = FIELD_START;
    uint64_t field = 1, opened_field = 0, opened_line = 0;
    size_t at = 0;

    for (;; at++) {
        if (input->start + at == input->end && !read_more(input)) {
            if (state == QUOTED)
                fail(EXIT_DATA,
                     "%s:%llu: field %llu: a quote opened here is never "
                     "closed; --no-quotes reads quotes as plain characters",
                     input->name, (unsigned long long)opened_line,
                     (unsigned long long)opened_field);
            return at;
        }
        char c = input->buffer[input->start + at];
        if (state == QUOTED) {
            if (c == '"')
                state = QUOTE_OR_END;
            else if (c == '\n')
                input->lines++;
        } else if (state == QUOTE_OR_END && c == '"') {
            state = QUOTED;
        } else if (c == '\n') {
            return at;
        } else if (c == input->layout.separator) {
            state = FIELD_START;
            field++;
        } else if (state == FIELD_START && c == '"') {
            state = QUOTED;
            opened_field = field;
            opened_line = input->line + input->lines - 1;
        } else if (state == QUOTE_OR_END || state == CLOSED) {
            state = CLOSED;
            if (!is_blank(c) && c != '\r')
                fail(EXIT_DATA,
                     "%s:%llu: field %llu: text follows a closing quote",
                     input->name,
                     (unsigned long long)(input->line + input->lines - 1),
                     (unsigned long long)field);
        } else if (state == FIELD_START && !is_blank(c)) {
            state = PLAIN;
        }
    }
}

/* Whether the next line is a comment. */
static bool is_comment(struct input *input) {
    if (input->layout.comment == '\0')
        return false;
    if (input->start == input->end)
        read_more(input);
    return input->start < input->end &&
           input->buffer[input->start] == input->layout.comment;
}

/* Passes over a line, whatever it has; false if there is none. */
static bool skip_line(struct input *input) {
    char *newline;
    size_t passed = input->start;
    bool any = input->start < input->end;
    while ((newline = memchr(input->buffer + passed, '\n',
                             input->end - passed)) == NULL) {
        /* A line may be longer than the buffer. */
        input->start = input->end;
        if (!read_more(input))
            return any;
        any = true;
        passed = input->start;
    }
    input->start = (size_t)(newline - input->buffer) + 1;
    return true;
}

/* Finds the record at `start`; false when there is none. */
static bool find_record(struct input *input, size_t *size, bool *quoted) {
    input->scanned = input->start;
    if (input->quote < input->start)
        input->quote = input->start;
    for (;;) {
        char *newline = memchr(input->buffer + input->scanned, '\n',
                               input->end - input->scanned);
        size_t limit =
            newline != NULL ? (size_t)(newline - input->buffer) : input->end;
        *quoted = input->layout.separator != SEPARATOR_BLANKS &&
                  !input->layout.no_quotes && has_quote(input, limit);
        if (*quoted) {
            *size = quoted_record_size(input);
            return true;
        }
        *size = limit - input->start;
        if (newline != NULL)
            return true;
        input->scanned = input->end;
        if (!read_more(input)) {
            *size = input->end - input->start;
            return *size > 0;
        }
    }
}

/* Refuses lines that end in carriage returns alone: they look like one. */
static void refuse_returns(const struct input *input, const char *at,
                           const char *end) {
    while (end > at && end[-1] == '\r')
        end--;
    if (memchr(at, '\r', (size_t)(end - at)) != NULL)
        fail(EXIT_DATA,
             "%s:%" PRIu64 ": lines end in carriage returns "
             "alone; convert them with tr '\\r' '\\n'",
             input->name, input->line);
}

/* Refuses UTF-16, by its byte order mark or by its NULs. */
static void refuse_utf16(const struct input *input) {
    const char *at = input->buffer;
    if (input->end < 2)
        return;
    bool marked =
        memcmp(at, "\xff\xfe", 2) == 0 || memcmp(at, "\xfe\xff", 2) == 0;
    bool alternates = input->end >= 4 && (at[0] == '\0') != (at[1] == '\0') &&
                      (at[0] == '\0') == (at[2] == '\0') &&
                      (at[1] == '\0') == (at[3] == '\0');
    if (marked || alternates)
        fail(EXIT_DATA,
             "%s: UTF-16 text; convert it with iconv -f UTF-16 -t UTF-8",
             input->name);
}

/* Refuses zip archives, which spreadsheets are, too. */
static void refuse_zip(const struct input *input) {
    if (input->end >= 4 && memcmp(input->buffer, "PK\3\4", 4) == 0)
        fail(EXIT_DATA,
             "%s: a zip archive; extract it, or save the spreadsheet as CSV",
             input->name);
}

/*
 * What tally --save writes begins with eight bytes of a size below 2^24, and
 * "TALS": whether the input begins so, as far as it was read.
 */
static bool may_be_saved(const struct input *input) {
    static const char mark[] = "\0\0\0\0\0TALS";
    size_t first = 3, size = input->end - first;
    if (size > sizeof mark - 1)
        size = sizeof mark - 1;
    return memcmp(input->buffer + first, mark, size) == 0;
}

/*
 * Refuses what is no text. A pipe may bring less than the marks at first; text
 * is not waited for, as none of it may be a mark.
 */
static void refuse_others(struct input *input) {
    while (input->end < 4 && read_more(input))
        continue;
    if (input->end >= 4) {
        while (input->end < 12 && may_be_saved(input) && read_more(input))
            continue;
        if (input->end >= 12 && may_be_saved(input))
            fail(EXIT_USAGE,
                 "%s: saved totals; use --merge or --load to read them",
                 input->name);
    }
    refuse_utf16(input);
    refuse_zip(input);
}

/* Empty lines are skipped unless the file is known to have one column. */
static bool read_record(struct input *input, size_t wanted) {
    for (;;) {
        size_t size;
        bool quoted;
        input->field_count = 0;
        input->line += input->lines;
        input->lines = 1;
        if (is_comment(input)) {
            skip_line(input);
            continue;
        }
        if (!find_record(input, &size, &quoted))
            return false;
        input->quoted = quoted;
        char *at = input->buffer + input->start;
        char *end = at + size;
        input->start += size + (input->start + size < input->end);
        if (size > 0 && end[-1] == '\r')
            end--;
        if (at == end && !input->one_column)
            continue;
        if (input->expected == 0 && !quoted)
            refuse_returns(input, at, end);
        if (input->layout.separator == SEPARATOR_BLANKS)
            split_words(input, at, end, wanted);
        else if (quoted)
            split_quoted(input, at, end, wanted);
        else
            split_plain(input, at, end, wanted);
        if (input->width == 0)
            continue;
        if (input->expected == 0)
            expect_width(input, end);
        else if (input->width != input->expected)
            check_width(input, end, wanted);
        return true;
    }
}

static bool read_first_record(struct input *input, size_t wanted) {
    input->started = true;
    input->lines = 1;
    refuse_others(input);
    if (input->end >= 3 && memcmp(input->buffer, "\xef\xbb\xbf", 3) == 0)
        input->start = 3;
    for (uint64_t i = 0; i < input->layout.skip && skip_line(input); i++)
        input->lines++;
    if (!read_record(input, wanted))
        return false;
    input->one_column =
        input->layout.separator != SEPARATOR_BLANKS && input->width == 1;
    return true;
}

bool read_header(struct input *input) {
    input->has_header = true;
    return read_first_record(input, SIZE_MAX);
}

bool next_record(struct input *input, size_t wanted) {
    static char nothing[1];
    if (!input->started) {
        /* Where only rows are counted: a field, for what follows. */
        if (!read_first_record(input, wanted == 0 ? 1 : wanted))
            return false;
        if (!input->one_column || input->line == 1)
            return true;
        /* The lines before it were empty: they are values and come first. */
        input->first = input->fields[0];
        input->line = 0;
    }
    if (input->line < input->first.line) {
        struct field empty = {nothing, 0, ++input->line};
        bool last = input->line == input->first.line;
        input->fields[0] = last ? input->first : empty;
        input->field_count = input->width = 1;
        return true;
    }
    return read_record(input, wanted);
}

bool has_value_lines(const struct input *input) {
    if (input->layout.separator == SEPARATOR_BLANKS)
        return input->expected == 1 || input->layout.ragged;
    return input->one_column && !is_blank(input->layout.separator);
}

bool next_lines(struct input *input, struct lines *lines) {
    if (!input->started || input->line < input->first.line ||
        !has_value_lines(input))
        return false;
    size_t size = input->end - input->start;
    if (memchr(input->buffer + input->start, '\n', size) == NULL)
        read_more(input);
    lines->text = input->buffer + input->start;
    lines->size = input->end - input->start;
    lines->last = input->ended;
    lines->empty_is_value = input->one_column;
    return lines->size > 0;
}

static uint64_t count_line_ends(const char *text, size_t size) {
    return count_of(text, size, '\n');
}

uint64_t skip_lines(struct input *input, size_t size) {
    const char *text = input->buffer + input->start;
    uint64_t ends = count_line_ends(text, size);
    /* As if the latest record extended to there. */
    input->lines += ends;
    input->start += size;
    bool cut = size > 0 && text[size - 1] != '\n' && input->ended &&
               input->start == input->end;
    return ends + cut;
}

struct field field_of_line(const struct input *input, size_t offset) {
    char *text = input->buffer + input->start;
    char *from = text + offset, *limit = input->buffer + input->end;
    char *to = memchr(from, '\n', (size_t)(limit - from));
    if (to == NULL)
        to = limit;
    while (to > from && (is_blank(to[-1]) || to[-1] == '\r'))
        to--;
    struct field field = {from, (size_t)(to - from),
                          input->line + input->lines +
                              count_line_ends(text, offset)};
    return field;
}
