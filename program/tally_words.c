#define _POSIX_C_SOURCE 200809L

#include "tally_words.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "tally_console.h"
#include "tally_money.h"

#define TRY_HELP "\nTry 'tally --help'."

_Noreturn void usage_error(const char *what, const char *option) {
    char shown[PRINTABLE_MAX];
    fail(EXIT_USAGE, "%s: %s" TRY_HELP, what,
         printable(shown, option, strlen(option)));
}

_Noreturn void invalid_word(const char *what, const char *word,
                            const char *advice) {
    char shown[PRINTABLE_MAX];
    fail(EXIT_USAGE, "invalid %s \"%s\": use %s" TRY_HELP, what,
         printable(shown, word, strlen(word)), advice);
}

_Noreturn void bad_combination(const char *what) {
    fail(EXIT_USAGE, "%s" TRY_HELP, what);
}

/* What other programs call it, and what it is here. */
static const char *foreign_option_hint(const char *option) {
    static const struct {
        const char *name, *hint;
    } names[] = {
        {"-F", "; use -d for the separator"},
        {"-f", "; use -c for the columns"},
        {"-k", "; use -g for the groups, or -c for the columns"},
        {"-t", "; use -d for the separator"},
        {"--average", "; use --mean"},
        {"--avg", "; use --mean"},
        {"--by", "; use -g for the groups"},
        {"--csv", "; use --to csv"},
        {"--delimiter", "; use -d for the separator"},
        {"--field-separator", "; use -d for the separator"},
        {"--field", "; use -c for the columns"},
        {"--fs", "; use -d for the separator"},
        {"--group-by", "; use -g for the groups"},
        {"--icsv", "; use -d ,"},
        {"--ifs", "; use -d for the separator"},
        {"--json", "; use --to json"},
        {"--key", "; use -g for the groups, or -c for the columns"},
        {"--sstdev", "; use --sd"},
        {"--std", "; use --sd, or --psd for a population"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(option, names[i].name, strlen(names[i].name)) == 0)
            return names[i].hint;
    return "";
}

_Noreturn void unknown_option(const char *option) {
    char shown[PRINTABLE_MAX];
    fail(EXIT_USAGE, "unknown option: %s%s" TRY_HELP,
         printable(shown, option, strlen(option)), foreign_option_hint(option));
}

char read_separator(const char *word) {
    if (strcmp(word, "\\t") == 0 || strcmp(word, "tab") == 0)
        return '\t';
    /* A character that may be part of a number cannot separate numbers. */
    unsigned char byte = (unsigned char)*word;
    if (strlen(word) != 1 || strchr("\"\r\n+-.", byte) != NULL ||
        byte >= 0x80 || isalnum(byte))
        invalid_word("separator", word,
                     "one ASCII character, but no letter, digit, quote, +, - "
                     "or .");
    return *word;
}

/* Neither a digit nor a letter nor a sign, a parenthesis or a quote. */
static bool may_stand_in_numbers(const char *word) {
    return *word != '\0' && !isalnum((unsigned char)*word) &&
           strchr("\"()+-\r\n", *word) == NULL;
}

char read_point(const char *word) {
    if (strlen(word) != 1 || !may_stand_in_numbers(word) ||
        (unsigned char)*word >= 0x80 || *word == ' ')
        invalid_word("decimal point", word,
                     "one ASCII character, but no letter, digit, blank, quote, "
                     "parenthesis, + or -");
    return *word;
}

const char *read_thousands(const char *word) {
    if (strcmp(word, SPELLING_SPACES) == 0 || strcmp(word, " ") == 0)
        return SPELLING_SPACES;
    bool one_character = may_stand_in_numbers(word) &&
                         character_size(word, strlen(word)) == strlen(word);
    if (!one_character)
        invalid_word("thousands separator", word,
                     "one character, but no letter, digit, quote, parenthesis, "
                     "+ or -; or the word space");
    return word;
}

#define MOST_DIGITS 342

int read_digits(const char *word) {
    size_t length = strlen(word);
    int digits = 0;
    for (size_t i = 0; i < length && digits <= MOST_DIGITS; i++)
        digits = isdigit((unsigned char)word[i]) ? digits * 10 + (word[i] - '0')
                                                 : MOST_DIGITS + 1;
    if (length == 0 || digits > MOST_DIGITS)
        invalid_word("number of digits", word, "0 to 342");
    return digits;
}

char read_comment(const char *word) {
    if (strlen(word) != 1 || strchr("\"\r\n+-. \t", *word) != NULL ||
        (unsigned char)*word >= 0x80 || isalnum((unsigned char)*word))
        invalid_word("comment character", word,
                     "one ASCII character, but no letter, digit, blank, quote, "
                     "+, - or .");
    return *word;
}

uint64_t read_lines_to_skip(const char *word) {
    uint64_t count = 0;
    bool good = *word != '\0';
    for (const char *at = word; *at != '\0' && good; at++) {
        good = isdigit((unsigned char)*at) && count < UINT64_MAX / 16;
        count = count * 10 + (uint64_t)(*at - '0');
    }
    if (!good)
        invalid_word("number of lines", word, "a whole number");
    return count;
}

int read_choice(const char *what, const char *advice,
                const char *const choices[], int count, const char *word) {
    for (int i = 0; i < count; i++)
        if (strcmp(word, choices[i]) == 0)
            return i;
    invalid_word(what, word, advice);
}
