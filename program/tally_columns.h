/*
 * Which columns are read, and where they are in each file.
 */
#ifndef TALLY_COLUMNS_H
#define TALLY_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally_input.h"
#include "tally_money.h"
#include "tally_options.h"

/* A column's name: its header, or its number. */
struct label {
    char *text;
    size_t size;
};

struct column {
    struct label label;
    bool by_name;
    size_t index; /* in the file being read, from 0 */
    uint64_t missing;
    uint64_t words;              /* that are not numbers, skipped */
    char *first_word;            /* where the first was, and what */
    char currency[CURRENCY_MAX]; /* of its values so far, or "" */
};

/* First those with the values, then those with the names of groups, with
 * factors of the values, and with their weights. */
struct columns {
    struct column *list;
    size_t values, keys, factors, weights;
    size_t count;     /* of all of them */
    bool found;       /* the first file was looked at */
    char *first_file; /* its name, for messages */
};

/* A copy of a name. */
struct label copy_label(const char *text, size_t size);

/* Ends the program if a word cannot name columns, whatever the files are. */
void check_words(const struct options *options);

/*
 * Finds where the columns are in this file, whose header was just read if there
 * is one, and whose first record was if needs_record() says so.
 */
void find_columns(struct columns *columns, const struct options *options,
                  const struct input *input);

/* Whether the columns are known only by the number of fields. */
bool needs_record(const struct columns *columns, const struct options *options);

/* How many fields of a record are needed. */
size_t fields_needed(const struct columns *columns);

/*
 * For --all: leaves out the columns whose field in this record, the first, is
 * no number and not missing, and says so. It is an error if none is left.
 */
void keep_numbers(struct columns *columns, const struct input *input,
                  bool (*is_value)(const void *work, const struct field *field),
                  const void *work);

/* Which other separator a text has in it, as the end of a message, or "". */
const char *separator_hint(const char *text, size_t size, char separator);

void free_columns(struct columns *columns);

#endif
