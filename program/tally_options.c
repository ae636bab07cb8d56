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

#include "tally_columns.h"
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

static const char *const statistic_names[STATISTICS] = {
    "sum", "decimal", "mean", "var",   "sd",  "pvar",
    "psd", "min",     "max",  "count", "rows"};

const char *statistic_name(enum statistic statistic) {
    return statistic_names[statistic];
}

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

/* What an option does. Those from ASK on ask for a statistic. */
enum action {
    ALL,
    COLUMN,
    COMPARE,
    DIGITS,
    GROUP,
    HEADER,
    HELP,
    LABELS,
    MISSING,
    NO_QUOTES,
    PAD,
    RAGGED,
    SEPARATOR,
    SORT,
    TO,
    TOTAL,
    VERSION,
    ASK
};

static const struct spelling {
    const char *name;
    char letter; /* '\0' if there is none */
    bool takes_word;
    int action;
} spellings[] = {
    {"all", '\0', false, ALL},
    {"column", 'c', true, COLUMN},
    {"compare", '\0', false, COMPARE},
    {"count", '\0', false, ASK + COUNT},
    {"decimal", '\0', false, ASK + DECIMAL},
    {"digits", '\0', true, DIGITS},
    {"group", 'g', true, GROUP},
    {"header", 'H', false, HEADER},
    {"help", 'h', false, HELP},
    {"labels", '\0', false, LABELS},
    {"max", '\0', false, ASK + GREATEST},
    {"mean", '\0', false, ASK + MEAN},
    {"min", '\0', false, ASK + LEAST},
    {"missing", '\0', true, MISSING},
    {"no-quotes", '\0', false, NO_QUOTES},
    {"pad", '\0', false, PAD},
    {"ragged", '\0', false, RAGGED},
    {"rows", '\0', false, ASK + ROWS},
    {"sd", '\0', false, ASK + SD},
    {"separator", 'd', true, SEPARATOR},
    {"sort", '\0', false, SORT},
    {"sum", '\0', false, ASK + SUM},
    {"to", '\0', true, TO},
    {"total", '\0', false, TOTAL},
    {"version", '\0', false, VERSION},
};

static const struct spelling *const spellings_end =
    spellings + sizeof spellings / sizeof *spellings;

/* One of `count` words, or an error that has `what` they are. */
static int read_choice(const char *what, const char *const choices[], int count,
                       const char *word) {
    for (int i = 0; i < count; i++)
        if (strcmp(word, choices[i]) == 0)
            return i;
    usage_error(what, word);
}

static void add_word(struct words *words, const char *word) {
    words->list = resize(words->list, words->count + 1, sizeof *words->list);
    words->list[words->count++] = word;
}

static void apply(struct options *options, int action, const char *word) {
    static const char *const forms[] = {"tsv", "csv", "json"};
    switch (action) {
    case ALL:
        options->all = true;
        break;
    case COLUMN:
        add_word(&options->columns, word);
        break;
    case COMPARE:
        options->compare = true;
        break;
    case DIGITS:
        options->digits = read_digits(word);
        break;
    case GROUP:
        add_word(&options->groups, word);
        break;
    case HEADER:
        options->header = true;
        break;
    case HELP:
        print_and_exit(tally_help());
    case LABELS:
        options->labels = true;
        break;
    case MISSING:
        add_word(&options->missing, word);
        break;
    case NO_QUOTES:
        options->no_quotes = true;
        break;
    case PAD:
        options->pad = true;
        break;
    case RAGGED:
        options->ragged = true;
        break;
    case SEPARATOR:
        options->separator = read_separator(word);
        options->separator_given = true;
        break;
    case SORT:
        options->sort = true;
        break;
    case TO:
        options->form = (enum output_form)read_choice(
            "--to takes tsv, csv or json", forms, 3, word);
        break;
    case TOTAL:
        options->total = true;
        break;
    case VERSION:
        print_versions();
    default:
        ask(options, (enum statistic)(action - ASK));
    }
}

static const struct spelling *find_spelling(const char *argument,
                                            const char *name, size_t length) {
    (void)argument;
    for (const struct spelling *at = spellings; at < spellings_end; at++)
        if (strlen(at->name) == length && memcmp(at->name, name, length) == 0)
            return at;
    return NULL;
}

/* Reads argv[i] and its word, if it takes one. Returns the last index read. */
static int read_long_option(struct options *options, char **argv, int i) {
    const char *name = argv[i] + 2;
    size_t length = strcspn(name, "=");
    const struct spelling *spelling = find_spelling(argv[i], name, length);
    const char *word = NULL;
    if (spelling == NULL)
        usage_error("unknown option", argv[i]);
    if (name[length] == '=') {
        if (!spelling->takes_word)
            usage_error("the option takes no word", argv[i]);
        word = name + length + 1;
    } else if (spelling->takes_word) {
        word = argv[++i];
        if (word == NULL)
            usage_error("the option needs a word", argv[i - 1]);
    }
    apply(options, spelling->action, word);
    return i;
}

static int read_short_options(struct options *options, char **argv, int i) {
    for (const char *at = argv[i] + 1; *at != '\0'; at++) {
        const struct spelling *spelling = spellings;
        while (spelling < spellings_end && spelling->letter != *at)
            spelling++;
        if (spelling == spellings_end)
            usage_error("unknown option", argv[i]);
        if (!spelling->takes_word) {
            apply(options, spelling->action, NULL);
            continue;
        }
        const char *word = at[1] != '\0' ? at + 1 : argv[++i];
        if (word == NULL)
            usage_error("the option needs a word", argv[i - 1]);
        apply(options, spelling->action, word);
        break;
    }
    return i;
}

/* Refuses an option that has no use without another, or beside it. */
static void refuse(bool wrong, const char *what, const char *option) {
    if (wrong)
        usage_error(what, option);
}

static void check_options(struct options *options) {
    bool is_table = options->form != OUTPUT_TSV || options->labels ||
                    options->total || options->statistic_count > 0;
    refuse(options->compare && options->statistic_count > 0,
           "no other statistics can be combined with it", "--compare");
    refuse(options->compare && is_table,
           "it has a form of its own, without labels and totals", "--compare");
    refuse(options->digits >= 0 && !is_asked(options, DECIMAL),
           "the option needs --decimal", "--digits");
    refuse(options->total && options->groups.count == 0,
           "the option needs --group", "--total");
    refuse(options->sort && options->groups.count == 0,
           "the option needs --group", "--sort");
    refuse(options->all && options->columns.count > 0,
           "it takes the place of -c", "--all");
}

static void fill_in_defaults(struct options *options) {
    bool only_rows = options->statistic_count == 1 && is_asked(options, ROWS);
    if (options->columns.count == 0 && !options->all && !only_rows)
        add_word(&options->columns, "1");
    if (options->statistic_count == 0)
        ask(options, SUM);
    if (options->missing.count == 0) {
        add_word(&options->missing, "NA");
        add_word(&options->missing, "");
    }
    if (options->files.count == 0)
        add_word(&options->files, "-");
}

struct options read_options(int argc, char **argv) {
    struct options options = {0};
    bool only_files = false;
    options.digits = -1;
    options.rounding = TALLY_ROUND_HALF_EVEN;
    for (int i = 1; i < argc; i++) {
        if (only_files || argv[i][0] != '-' || argv[i][1] == '\0')
            add_word(&options.files, argv[i]);
        else if (strcmp(argv[i], "--") == 0)
            only_files = true;
        else if (argv[i][1] == '-')
            i = read_long_option(&options, argv, i);
        else
            i = read_short_options(&options, argv, i);
    }
    check_options(&options);
    fill_in_defaults(&options);
    check_words(&options);
    return options;
}

void free_options(struct options *options) {
    free(options->columns.list);
    free(options->groups.list);
    free(options->missing.list);
    free(options->files.list);
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
