#define _POSIX_C_SOURCE 200809L

#include "tally_options.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <tally.h>

#include "tally_console.h"
#include "tally_help.h"
#include "tally_input.h"
#include "tally_stream.h"

static _Noreturn void print_and_exit(const char *text) {
    if (fputs(text, stdout) == EOF || fclose(stdout) != 0)
        fail(EXIT_USAGE, "standard output: %s", strerror(errno));
    exit(EXIT_SUCCESS);
}

static _Noreturn void print_versions(void) {
    char text[128];
    snprintf(text, sizeof text, "tally %s (libtally %s)\n", TALLY_VERSION,
             tally_version());
    print_and_exit(text);
}

static _Noreturn void usage_error(const char *what, const char *word) {
    char shown[PRINTABLE_MAX];
    fail(EXIT_USAGE, "%s: %s\nTry 'tally --help'.", what,
         printable(shown, word, strlen(word)));
}

size_t column_number(const char *word) {
    size_t number = 0;
    if (*word == '\0')
        return 0;
    for (; *word != '\0'; word++) {
        if (*word < '0' || *word > '9')
            return 0;
        if (number < SIZE_MAX / 16)
            number = number * 10 + (size_t)(*word - '0');
    }
    return number;
}

static char read_separator(const char *word) {
    if (strcmp(word, "\\t") == 0 || strcmp(word, "tab") == 0)
        return '\t';
    /* A character that may be part of a number cannot separate numbers. */
    unsigned char byte = (unsigned char)*word;
    if (strlen(word) != 1 || strchr("\"\r\n+-.", byte) != NULL ||
        byte >= 0x80 || isalnum(byte))
        usage_error("a separator is one ASCII character, but none that may "
                    "stand in a number, nor a quote",
                    word);
    return *word;
}

#define MOST_DIGITS 342

static int read_digits(const char *word) {
    size_t length = strlen(word);
    int digits = 0;
    for (size_t i = 0; i < length && digits <= MOST_DIGITS; i++)
        digits = isdigit((unsigned char)word[i]) ? digits * 10 + (word[i] - '0')
                                                 : MOST_DIGITS + 1;
    if (length == 0 || digits > MOST_DIGITS)
        usage_error("--digits is a number from 0 to 342", word);
    return digits;
}

/* Options by letter, whatever their spelling; statistics, which have no short
 * option, by number. */
struct spelling {
    const char *name;
    char letter;
    bool takes_word;
};

static const struct spelling spellings[] = {
    {"header", 'H', false},        {"column", 'c', true},
    {"separator", 'd', true},      {"group", 'g', true},
    {"compare", 'C', false},       {"missing", 'm', true},
    {"help", 'h', false},          {"version", 'V', false},
    {"sum", '0' + SUM, false},     {"decimal", '0' + DECIMAL, false},
    {"mean", '0' + MEAN, false},   {"sd", '0' + SD, false},
    {"min", '0' + LEAST, false},   {"max", '0' + GREATEST, false},
    {"count", '0' + COUNT, false}, {"digits", 'D', true},
    {"no-quotes", 'Q', false},     {"ragged", 'R', false},
    {"pad", 'P', false},
};

bool is_asked(const struct options *options, enum statistic statistic) {
    for (size_t i = 0; i < options->statistic_count; i++)
        if (options->statistics[i] == statistic)
            return true;
    return false;
}

static void ask(struct options *options, enum statistic statistic) {
    if (!is_asked(options, statistic))
        options->statistics[options->statistic_count++] = statistic;
}

static void apply(struct options *options, char letter, const char *word) {
    switch (letter) {
    case 'H':
        options->header = true;
        break;
    case 'C':
        options->compare = true;
        break;
    case 'c':
        options->columns[options->column_count++] = word;
        break;
    case 'm':
        options->missing[options->missing_count++] = word;
        break;
    case 'd':
        options->separator = read_separator(word);
        options->separator_given = true;
        break;
    case 'D':
        options->digits = read_digits(word);
        break;
    case 'g':
        if (options->group != NULL)
            usage_error("--group is given twice", word);
        options->group = word;
        break;
    case 'Q':
        options->no_quotes = true;
        break;
    case 'R':
        options->ragged = true;
        break;
    case 'P':
        options->pad = true;
        break;
    case 'h':
        print_and_exit(tally_help());
    case 'V':
        print_versions();
    default:
        ask(options, (enum statistic)(letter - '0'));
    }
}

/* Reads argv[i] and its word, if it takes one. Returns the last index read. */
static int read_long_option(struct options *options, char **argv, int i) {
    const char *name = argv[i] + 2;
    size_t length = strcspn(name, "=");
    for (size_t j = 0; j < sizeof spellings / sizeof *spellings; j++) {
        const struct spelling *spelling = &spellings[j];
        if (strlen(spelling->name) != length ||
            memcmp(spelling->name, name, length) != 0)
            continue;
        const char *word = NULL;
        if (name[length] == '=') {
            if (!spelling->takes_word)
                usage_error("the option takes no word", argv[i]);
            word = name + length + 1;
        } else if (spelling->takes_word) {
            word = argv[++i];
            if (word == NULL)
                usage_error("the option needs a word", argv[i - 1]);
        }
        apply(options, spelling->letter, word);
        return i;
    }
    usage_error("unknown option", argv[i]);
}

static int read_short_options(struct options *options, char **argv, int i) {
    for (const char *at = argv[i] + 1; *at != '\0'; at++) {
        if (*at == 'H' || *at == 'h') {
            apply(options, *at, NULL);
        } else if (*at == 'c' || *at == 'd') {
            const char *word = at[1] != '\0' ? at + 1 : argv[++i];
            if (word == NULL)
                usage_error("the option needs a word", argv[i - 1]);
            apply(options, *at, word);
            return i;
        } else {
            usage_error("unknown option", argv[i]);
        }
    }
    return i;
}

/* With a header any word may be a name; the file decides. */
static void check_column(const struct options *options, const char *word) {
    char shown[PRINTABLE_MAX];
    if (options->header || column_number(word) > 0)
        return;
    const char *digits = word + (*word == '-');
    if (*digits != '\0' && strspn(digits, "0123456789") == strlen(digits))
        usage_error("columns are numbered from 1", word);
    fail(EXIT_USAGE,
         "column \"%s\": names need -H, for a first line that has them",
         printable(shown, word, strlen(word)));
}

struct options read_options(int argc, char **argv) {
    struct options options = {0};
    options.digits = -1;
    size_t room = (size_t)argc + 2;
    bool only_files = false;

    options.columns = resize(NULL, room, sizeof *options.columns);
    options.missing = resize(NULL, room, sizeof *options.missing);
    options.files = resize(NULL, room, sizeof *options.files);

    for (int i = 1; i < argc; i++) {
        if (only_files || argv[i][0] != '-' || argv[i][1] == '\0')
            options.files[options.file_count++] = argv[i];
        else if (strcmp(argv[i], "--") == 0)
            only_files = true;
        else if (argv[i][1] == '-')
            i = read_long_option(&options, argv, i);
        else
            i = read_short_options(&options, argv, i);
    }
    if (options.column_count == 0)
        options.columns[options.column_count++] = "1";
    if (options.statistic_count == 0)
        ask(&options, SUM);
    else if (options.compare)
        usage_error("no other statistics can be combined with it", "--compare");
    if (options.digits >= 0 && !is_asked(&options, DECIMAL))
        usage_error("the option needs --decimal", "--digits");
    if (options.missing_count == 0) {
        options.missing[options.missing_count++] = "NA";
        options.missing[options.missing_count++] = "";
    }
    if (options.file_count == 0)
        options.files[options.file_count++] = "-";
    for (size_t i = 0; i < options.column_count; i++)
        check_column(&options, options.columns[i]);
    if (options.group != NULL)
        check_column(&options, options.group);
    return options;
}

void free_options(struct options *options) {
    free(options->columns);
    free(options->missing);
    free(options->files);
}

/* The separator that was given, or the one that the file's name says. */
static char separator_for(const struct options *options, const char *path) {
    if (options->separator_given)
        return options->separator;
    size_t length = plain_name_length(path);
    if (length >= 4 && strncasecmp(path + length - 4, ".csv", 4) == 0)
        return ',';
    if (length >= 4 && strncasecmp(path + length - 4, ".tsv", 4) == 0)
        return '\t';
    return SEPARATOR_BLANKS;
}

struct layout layout_for(const struct options *options, const char *path) {
    struct layout layout = {0};
    layout.separator = separator_for(options, path);
    layout.no_quotes = options->no_quotes;
    layout.ragged = options->ragged;
    layout.pad = options->pad;
    return layout;
}
