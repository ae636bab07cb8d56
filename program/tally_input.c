#define _POSIX_C_SOURCE 200809L

#include "tally_input.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_bytes.h"
#include "tally_console.h"

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
                     "%s:%llu: field %llu: a quote is opened here and never "
                     "closed; --no-quotes takes quotes as they are",
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

static void set_field(struct input *input, char *from, char *to,
                      uint64_t line) {
    if (input->field_count == input->field_capacity) {
        input->field_capacity = input->field_capacity * 2 + 16;
        input->fields =
            resize(input->fields, input->field_capacity, sizeof *input->fields);
    }
    *to = '\0';
    struct field field = {from, (size_t)(to - from), line};
    input->fields[input->field_count++] = field;
}

static void set_trimmed(struct input *input, char *from, char *to,
                        uint64_t line) {
    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    set_field(input, from, to, line);
}

static void split_words(struct input *input, char *at, char *end,
                        size_t wanted) {
    uint64_t edges = 0, word = 0, inside = 0;
    char *from = NULL; /* where the latest word begins, until it has ended */
    while (at < end && input->field_count < wanted) {
        size_t size = at_most((size_t)(end - at), 8);
        edges = word_edges(at, size, &word, &inside);
        for (; edges != 0 && input->field_count < wanted; edges &= edges - 1) {
            char *edge = at + first_byte(edges);
            if (from != NULL)
                set_field(input, from, edge, input->line);
            from = from == NULL ? edge : NULL;
        }
        at += size;
    }
    if (from != NULL && input->field_count < wanted)
        set_field(input, from, end, input->line);
    input->width = input->field_count + count_bytes(edges & word) +
                   count_words(at, (size_t)(end - at), inside);
}

static void split_plain(struct input *input, char *at, char *end,
                        size_t wanted) {
    char separator = input->layout.separator, *from = at;
    size_t size;
    uint64_t found = 0;
    input->width = 0;
    for (; input->field_count < wanted; at += size) {
        size = (size_t)(end - at) < 8 ? (size_t)(end - at) : 8;
        if (size == 0) {
            set_trimmed(input, from, end, input->line);
            input->width = input->field_count;
            return;
        }
        for (found = bytes_equal_to(at, size, separator);
             found != 0 && input->field_count < wanted; found &= found - 1) {
            char *stop = at + first_byte(found);
            set_trimmed(input, from, stop, input->line);
            from = stop + 1;
        }
    }
    input->width = input->field_count + 1 + count_bytes(found) +
                   count_of(at, (size_t)(end - at), separator);
}

/* The record's quotes are known to be right. */
static void split_quoted(struct input *input, char *at, char *end,
                         size_t wanted) {
    char separator = input->layout.separator;
    uint64_t line = input->line;
    for (input->width = 1;; input->width++, at++) {
        char *from = at;
        while (at < end && is_blank(*at) && *at != separator)
            at++;
        char *to = at;
        uint64_t field_line = line;
        bool quoted = at < end && *at == '"';
        if (quoted) {
            from = to;
            /* Moves the content over its quotes. */
            for (at++; *at != '"' || (at + 1 < end && at[1] == '"'); at++) {
                at += *at == '"';
                line += *at == '\n';
                *to++ = *at;
            }
        }
        while (at < end && *at != separator)
            at++;
        bool last = at == end;
        if (input->field_count < wanted) {
            if (quoted)
                set_field(input, from, to, field_line);
            else
                set_trimmed(input, from, at, field_line);
        }
        if (last) {
            input->quoted_last_is_empty = from == (quoted ? to : at);
            return;
        }
    }
}

static char absent[1];

bool is_absent(const struct field *field) {
    return field->text == absent;
}

/* Whether the record, which ends at `end`, has an empty field there. */
static bool last_is_empty(const struct input *input, const char *end) {
    char separator = input->layout.separator;
    if (separator == SEPARATOR_BLANKS)
        return false;
    if (input->quoted)
        return input->quoted_last_is_empty;
    const struct field *last =
        input->field_count > 0 ? &input->fields[input->field_count - 1] : NULL;
    if (input->field_count == input->width)
        return last->size == 0;
    while (is_blank(end[-1]) && end[-1] != separator)
        end--;
    /* The separator behind the last field that is set may be its NUL. */
    return end[-1] == separator ||
           (last != NULL && end - 1 == last->text + last->size);
}

static void expect_width(struct input *input, const char *end) {
    input->expected = input->fewest = input->width;
    input->first_line = input->line;
    if (input->has_header && input->width > 1 && last_is_empty(input, end))
        input->fewest--;
}

/* Refuses a record of another width than the first, or pads it. */
static void check_width(struct input *input, const char *end, size_t wanted) {
    char first[40] = "the header";
    if (input->width >= input->fewest && input->width <= input->expected)
        return;
    if (input->width == input->expected + 1 && last_is_empty(input, end))
        return;
    if (input->width < input->expected && input->layout.pad) {
        if (wanted > input->expected)
            wanted = input->expected;
        while (input->field_count < wanted)
            set_field(input, absent, absent, input->line);
        return;
    }
    if (input->layout.ragged)
        return;
    if (!input->has_header)
        snprintf(first, sizeof first, "line %" PRIu64, input->first_line);
    fail(EXIT_DATA, "%s:%" PRIu64 ": the line has %zu field%s, but %s has %zu",
         input->name, input->line, input->width, input->width == 1 ? "" : "s",
         first, input->expected);
}

/* Empty lines are skipped unless the file is known to have one column. */
static bool read_record(struct input *input, size_t wanted) {
    for (;;) {
        size_t size;
        bool quoted;
        input->field_count = 0;
        input->line += input->lines;
        input->lines = 1;
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
    while (input->end < 3 && read_more(input))
        continue;
    if (input->end >= 3 && memcmp(input->buffer, "\xef\xbb\xbf", 3) == 0)
        input->start = 3;
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
        if (!read_first_record(input, wanted))
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

bool next_lines(struct input *input, struct lines *lines) {
    bool is_one_word =
        (input->layout.separator == SEPARATOR_BLANKS &&
         (input->expected == 1 || input->layout.ragged)) ||
        (input->one_column && !is_blank(input->layout.separator));
    if (!input->started || input->line < input->first.line || !is_one_word)
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
