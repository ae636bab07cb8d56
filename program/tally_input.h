/*
 * Records and fields from a file: words on lines, or CSV as RFC 4180 has it.
 */
#ifndef TALLY_INPUT_H
#define TALLY_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally_stream.h"

/* The separator that stands for "words with blanks between them". */
#define SEPARATOR_BLANKS '\0'

/*
 * A field, unquoted, and trimmed but for blanks inside quotes. text[size] is
 * NUL.
 */
struct field {
    char *text;
    size_t size;
    uint64_t line; /* where it begins, from 1 */
};

/* How the text of a file is to be read. */
struct layout {
    char separator;
    bool no_quotes; /* a quote is a character like any other */
    bool ragged;    /* records may have any number of fields */
    bool pad;       /* fields that a record lacks are absent ones */
    uint64_t skip;  /* number of lines at the beginning that are not read */
    char comment;   /* nor are lines that begin so; '\0' for none */
};

/* A file being read. Callers may look at the first members only. */
struct input {
    const char *name;
    uint64_t line;  /* where the latest record begins, from 1 */
    uint64_t bytes; /* of the file, read so far */
    uint64_t size;  /* of the file; 0 where it is not known */

    struct field *fields; /* of the latest record */
    size_t field_count;   /* how many of them are set */
    size_t width;         /* how many there are */
    bool quoted;          /* some of them may be */

    struct stream stream;
    struct layout layout;
    bool started, ended;
    bool has_header;
    bool quoted_last_is_empty; /* the last field of the latest record */
    size_t expected;           /* the width of the first record */
    size_t fewest;             /* one less, if the last name is empty */
    uint64_t first_line;       /* where that record begins */
    bool one_column;           /* so that an empty line is a value */
    struct field first; /* of such a file, if empty lines come before it */
    char *buffer;
    size_t capacity;
    size_t start, end; /* what is in the buffer and not yet used */
    size_t scanned;    /* there is no line end between start and here */
    size_t quote;      /* there is no quote between start and here */
    uint64_t lines;    /* how many lines the latest record spans */
    size_t field_capacity;
};

/*
 * Opens a file, "-" being standard input. Ends the program if it cannot.
 * `input` is all zero or was used before: its memory is used again.
 */
void open_input(struct input *input, const char *path,
                const struct layout *layout);

/*
 * Reads the header, all its fields: the first line that is not empty. False if
 * there is none.
 */
bool read_header(struct input *input);

/*
 * Reads the next record; false at the end. At least the first `wanted` fields
 * are set, as far as there are any; they live until the next call. Ends the
 * program when the file cannot be read, its quotes are wrong, or a record has
 * not as many fields as the first, which is the header if there is one. One
 * empty field more, at the end, is accepted.
 *
 * An empty line is not a record, except in a file of one column whose fields a
 * character separates: there it is an empty value. The first line that is not
 * empty decides, so a file of empty lines has no records.
 */
bool next_record(struct input *input, size_t wanted);

/* Whether a field stands for one that its record lacks, by layout.pad. */
bool is_absent(const struct field *field);

/*
 * Whether whole lines may be values of the only column, for all that the first
 * record says.
 */
bool has_value_lines(const struct input *input);

/* Lines as they stand in the file. */
struct lines {
    const char *text;
    size_t size;
    bool last;           /* nothing follows them */
    bool empty_is_value; /* as next_record() has it */
};

/*
 * Finds the lines that are in the buffer; reads more if there is no whole line.
 * For callers that need no fields. False at the end of the file, and where
 * next_record() must come first.
 */
bool next_lines(struct input *input, struct lines *lines);

/*
 * Consumes the first `size` bytes of these lines. Returns how many lines they
 * are, an unfinished one at the end of the file included.
 */
uint64_t skip_lines(struct input *input, size_t size);

/* The rest of the line that contains byte `offset`. */
struct field field_of_line(const struct input *input, size_t offset);

/* Closes the file. The memory stays for the next one. */
void close_input(struct input *input);

/* Frees the memory. */
void free_input(struct input *input);

#endif
