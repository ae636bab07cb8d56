#define _POSIX_C_SOURCE 200809L

#include "tally_split.h"

#include <inttypes.h>
#include <stdio.h>

#include "tally_bytes.h"
#include "tally_console.h"

static inline void set_field(struct input *input, char *from, char *to,
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

static inline void set_trimmed(struct input *input, char *from, char *to,
                               uint64_t line) {
    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    set_field(input, from, to, line);
}

void split_words(struct input *input, char *at, char *end, size_t wanted) {
    marks edges = 0, words = 0, inside = 0;
    char *from = NULL; /* where the latest word begins, until it has ended */
    while (at < end && input->field_count < wanted) {
        size_t size = at_most((size_t)(end - at), BYTES_TOGETHER);
        edges = word_edges(at, size, &words, &inside);
        for (; edges != 0 && input->field_count < wanted; edges &= edges - 1) {
            char *edge = at + first_mark(edges);
            if (from != NULL)
                set_field(input, from, edge, input->line);
            from = from == NULL ? edge : NULL;
        }
        at += size;
    }
    if (from != NULL && input->field_count < wanted)
        set_field(input, from, end, input->line);
    input->width = input->field_count + count_ones(edges & words) +
                   count_words(at, (size_t)(end - at), inside);
}

void split_plain(struct input *input, char *at, char *end, size_t wanted) {
    char separator = input->layout.separator, *from = at;
    size_t size;
    marks found = 0;
    input->width = 0;
    for (; input->field_count < wanted; at += size) {
        size = at_most((size_t)(end - at), BYTES_TOGETHER);
        if (size == 0) {
            set_trimmed(input, from, end, input->line);
            input->width = input->field_count;
            return;
        }
        for (found = marks_of(at, size, separator, separator);
             found != 0 && input->field_count < wanted; found &= found - 1) {
            char *stop = at + first_mark(found);
            set_trimmed(input, from, stop, input->line);
            from = stop + 1;
        }
    }
    input->width = input->field_count + 1 + count_ones(found) +
                   count_of(at, (size_t)(end - at), separator);
}

/* The record's quotes are known to be right. */
void split_quoted(struct input *input, char *at, char *end, size_t wanted) {
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

void expect_width(struct input *input, const char *end) {
    input->expected = input->fewest = input->width;
    input->first_line = input->line;
    if (input->has_header && input->width > 1 && last_is_empty(input, end))
        input->fewest--;
}

/* Refuses a record of another width than the first, or pads it. */
void check_width(struct input *input, const char *end, size_t wanted) {
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
    /* Words often differ in number on purpose; separated fields do not. */
    fail(EXIT_DATA,
         "%s:%" PRIu64 ": the line has %zu field%s, but %s has %zu%s",
         input->name, input->line, input->width, input->width == 1 ? "" : "s",
         first, input->expected,
         input->layout.separator == SEPARATOR_BLANKS
             ? "; use --ragged to accept such lines"
             : "");
}
