/*
 * The words that options take.
 */
#ifndef TALLY_WORDS_H
#define TALLY_WORDS_H

#include <stdint.h>

/* End the program: an option is wrong, or the word that it takes, or several
 * options together. */
_Noreturn void usage_error(const char *what, const char *option);
_Noreturn void invalid_word(const char *what, const char *word,
                            const char *advice);
_Noreturn void bad_combination(const char *what);
_Noreturn void unknown_option(const char *option);

/* Each reads a word, or ends the program, saying what it should be. */
char read_separator(const char *word);
char read_point(const char *word);
const char *read_thousands(const char *word);
int read_digits(const char *word);
char read_comment(const char *word);
uint64_t read_lines_to_skip(const char *word);

/* One of `count` words, from 0; `advice` says which there are. */
int read_choice(const char *what, const char *advice,
                const char *const choices[], int count, const char *word);

#endif
