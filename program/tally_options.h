/*
 * The command line.
 */
#ifndef TALLY_OPTIONS_H
#define TALLY_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tally.h>

#include "tally_input.h"
#include "tally_money.h"
#include "tally_output.h"

/* What is printed of a column. */
enum statistic {
    SUM,
    DECIMAL, /* the sum of what is written */
    MEAN,
    VAR, /* the variance of a sample */
    SD,  /* the standard deviation of a sample */
    PVAR,
    PSD, /* the same of a population */
    LEAST,
    GREATEST,
    COUNT,
    ROWS,
    STATISTICS /* how many there are */
};

/* Words of the command line, in their order. */
struct words {
    const char **list;
    size_t count;
};

struct options {
    bool header, compare;
    bool all, sort, total, labels;
    bool default_column; /* no column was asked for: it is the first */
    bool no_quotes, ragged, pad, skip_words, names;
    uint64_t skip;
    char comment; /* '\0' without --comment */
    enum output_form form;
    enum statistic statistics[STATISTICS]; /* each once, in the order asked */
    size_t statistic_count;
    int digits; /* after the point; -1: as many as there are */
    tally_rounding rounding;
    bool rounding_given;
    bool separator_given;
    char separator;
    struct spelling spelling;
    const char *save; /* NULL without --save */
    bool merge;
    struct words columns, groups, times, weights, missing, loads, files;
};

/*
 * Reads the arguments and fills in the defaults. Ends the program for --help,
 * --version and wrong arguments.
 */
struct options read_options(int argc, char **argv);

void free_options(struct options *options);

/* The statistic's name, which is that of its option. */
const char *statistic_name(enum statistic statistic);

/* Asks for the statistic with this name, if there is one. */
void ask_by_name(struct options *options, const char *name, size_t size);

bool is_asked(const struct options *options, enum statistic statistic);

/* How this file is to be read: as was said, or as its name says. */
struct layout layout_for(const struct options *options, const char *path);

#endif
