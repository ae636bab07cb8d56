#define _POSIX_C_SOURCE 200809L

#include "tally_input.h"

#include <stdlib.h>
#include <string.h>

#include "tally_console.h"

#define FIRST_CAPACITY ((size_t)1 << 20)
#define LEAST_READ ((size_t)1 << 16)

void open_input(struct input *input, const char *path, char separator) {
    struct input next = {0};
    next.stream = open_stream(path);
    next.name = next.stream.name;
    next.size = next.stream.size;
    next.separator = separator;
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
    /* One byte stays free for the NUL behind the last field. */
    if (input->capacity - input->end < LEAST_READ + 1) {
        input->buffer = resize(input->buffer, input->capacity, 2);
        input->capacity *= 2;
    }
    size_t got = read_stream(&input->stream, input->buffer + input->end,
                             input->capacity - input->end - 1);
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

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
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
                     "closed",
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
        } else if (c == input->separator) {
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
        *quoted =
            input->separator != SEPARATOR_BLANKS && has_quote(input, limit);
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

static void add_field(struct input *input, char *from, char *to,
                      uint64_t line) {
    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    if (input->field_count == input->field_capacity) {
        input->field_capacity = input->field_capacity * 2 + 16;
        input->fields =
            resize(input->fields, input->field_capacity, sizeof *input->fields);
    }
    *to = '\0';
    struct field field = {from, (size_t)(to - from), line};
    input->fields[input->field_count++] = field;
}

static void split_words(struct input *input, char *at, char *end,
                        size_t wanted) {
    while (input->field_count < wanted) {
        while (at < end && is_blank(*at))
            at++;
        if (at == end)
            return;
        char *word = at;
        while (at < end && !is_blank(*at))
            at++;
        add_field(input, word, at, input->line);
        if (at < end)
            at++; /* over the blank, which is now the NUL of the word */
    }
}

static void split_plain(struct input *input, char *at, char *end,
                        size_t wanted) {
    while (input->field_count < wanted) {
        char *stop = memchr(at, input->separator, (size_t)(end - at));
        add_field(input, at, stop != NULL ? stop : end, input->line);
        if (stop == NULL)
            return;
        at = stop + 1;
    }
}

/* The record's quotes are known to be right. */
static void split_quoted(struct input *input, char *at, char *end,
                         size_t wanted) {
    uint64_t line = input->line;
    while (input->field_count < wanted) {
        char *from = at;
        while (at < end && is_blank(*at) && *at != input->separator)
            at++;
        char *to = at;
        uint64_t field_line = line;
        if (at < end && *at == '"') {
            from = to;
            /* Moves the content over its quotes. */
            for (at++; *at != '"' || (at + 1 < end && at[1] == '"'); at++) {
                at += *at == '"';
                line += *at == '\n';
                *to++ = *at;
            }
            while (at < end && *at != input->separator)
                at++;
        } else {
            while (at < end && *at != input->separator)
                at++;
            to = at;
        }
        bool last = at == end;
        add_field(input, from, to, field_line);
        if (last)
            return;
        at++;
    }
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
        char *at = input->buffer + input->start;
        char *end = at + size;
        input->start += size + (input->start + size < input->end);
        if (size > 0 && end[-1] == '\r')
            end--;
        if (at == end && !input->one_column)
            continue;
        if (input->separator == SEPARATOR_BLANKS)
            split_words(input, at, end, wanted);
        else if (quoted)
            split_quoted(input, at, end, wanted);
        else
            split_plain(input, at, end, wanted);
        if (input->field_count > 0)
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
    /* Two fields tell several columns from one. */
    if (!read_record(input, wanted < 2 ? 2 : wanted))
        return false;
    input->one_column =
        input->separator != SEPARATOR_BLANKS && input->field_count == 1;
    return true;
}

bool read_header(struct input *input) {
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
        input->field_count = 1;
        return true;
    }
    return read_record(input, wanted);
}

bool next_lines(struct input *input, struct lines *lines) {
    bool is_one_word = input->separator == SEPARATOR_BLANKS ||
                       (input->one_column && !is_blank(input->separator));
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
    const uint64_t ones = UINT64_C(0x0101010101010101), low = ones * 0x7f;
    uint64_t count = 0;
    size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        uint64_t eight;
        memcpy(&eight, text + at, 8);
        eight ^= ones * '\n';
        /* The high bit of each byte that is not zero now. */
        uint64_t others = ((eight & low) + low) | eight;
        count += ((~others >> 7) & ones) * ones >> 56;
    }
    for (; at < size; at++)
        count += text[at] == '\n';
    return count;
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
