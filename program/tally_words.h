/*
 * The words that options take.
 */
#ifndef TALLY_WORDS_H
#define TALLY_WORDS_H

#include <stdint.h>

/* Ends the program: a word of the command line is wrong. */
_Noreturn void usage_error(const char *what, const char *word);

/* Each reads a word, or ends the program, saying what it should be. */
char read_separator(const char *word);
char read_point(const char *word);
const char *read_thousands(const char *word);
int read_digits(const char *word);
char read_comment(const char *word);
uint64_t read_lines_to_skip(const char *word);

/* One of `count` words, from 0; `what` says which there are. */
int read_choice(const char *what, const char *const choices[], int count,
                const char *word);

#endif
