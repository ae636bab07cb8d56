/*
 * From records to sums: which value goes where, and which are skipped.
 */
#ifndef TALLY_VALUES_H
#define TALLY_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "tally_columns.h"
#include "tally_groups.h"
#include "tally_input.h"
#include "tally_options.h"
#include "tally_text.h"

struct work {
    struct options options;
    struct columns columns;
    struct groups groups;
    uint64_t values;
    bool missing_is_number; /* a word that is to be skipped is a number */
    bool missing_is_empty;  /* an empty value is to be skipped */
    bool is_plain;          /* a value is the text of one field */
    struct text key;        /* the latest record's, of several words */
    /* Of the latest value, in plain digits. */
    struct text value, factor, product;
};

/* Prepares for sums of these columns, once they are known. */
void prepare_groups(struct work *work);

/* Looks at the words to be skipped. */
void prepare_values(struct work *work);

/* Adds what the latest record has. Ends the program if it is wrong. */
void add_record(struct work *work, const struct input *input);

/* Whether a field could be added to a sum, or is missing. */
bool is_value(const void *work, const struct field *field);

/* Ends the program, naming the value and what is wrong with it. */
_Noreturn void bad_value(const struct work *work, const struct input *input,
                         const struct column *column, const struct field *field,
                         tally_status status);

/* Says on standard error how many values were skipped. */
void report_skipped(const struct work *work);

#endif
