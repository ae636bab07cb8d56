/*
 * The command line.
 */
#ifndef TALLY_OPTIONS_H
#define TALLY_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "tally_input.h"

/* What is printed of a column. */
enum statistic {
    SUM,
    DECIMAL, /* the sum of what is written */
    MEAN,
    SD, /* the standard deviation of a sample */
    LEAST,
    GREATEST,
    COUNT,
    STATISTICS /* how many there are */
};

struct options {
    bool header, compare;
    bool no_quotes, ragged, pad;
    enum statistic statistics[STATISTICS]; /* each once, in the order asked */
    size_t statistic_count;
    int digits; /* after the point, of what is summed as written; -1: all */
    bool separator_given;
    char separator;
    const char *group; /* NULL without --group */
    const char **columns, **missing, **files;
    size_t column_count, missing_count, file_count;
};

/*
 * Reads the arguments and fills in the defaults. Ends the program for --help,
 * --version and wrong arguments.
 */
struct options read_options(int argc, char **argv);

void free_options(struct options *options);

/* The column's number, from 1, when `word` is one; 0 otherwise. */
size_t column_number(const char *word);

bool is_asked(const struct options *options, enum statistic statistic);

/* How this file is to be read: as was said, or as its name says. */
struct layout layout_for(const struct options *options, const char *path);

#endif
