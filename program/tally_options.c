#define _POSIX_C_SOURCE 200809L

#include "tally_options.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <tally.h>

#include "tally_columns.h"
#include "tally_combinations.h"
#include "tally_console.h"
#include "tally_help.h"
#include "tally_input.h"
#include "tally_stream.h"
#include "tally_words.h"

static _Noreturn void print_and_exit(const char *text) {
    if (fputs(text, stdout) == EOF || fclose(stdout) != 0)
        fail(EXIT_USAGE, "standard output: %s", strerror(errno));
    exit(EXIT_SUCCESS);
}

static _Noreturn void print_versions(void) {
    char text[400];
    snprintf(
        text, sizeof text,
        "tally %s (libtally %s)\n"
        "Licence: MIT or Apache-2.0, at your option. There is no warranty, "
        "to the extent\npermitted by law.\n"
        "Report errors where you got it from, with this version and the "
        "smallest input\nthat shows them.\n",
        TALLY_VERSION, tally_version());
    print_and_exit(text);
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

void ask_by_name(struct options *options, const char *name, size_t size) {
    for (int i = 0; i < STATISTICS; i++)
        if (strlen(statistic_names[i]) == size &&
            memcmp(statistic_names[i], name, size) == 0)
            ask(options, (enum statistic)i);
}

/* What an option does. Those from ASK on ask for a statistic. */
enum action {
    ALL,
    COLUMN,
    COMMENT,
    COMPARE,
    DECIMAL_POINT,
    DIGITS,
    GROUP,
    HEADER,
    HELP,
    LABELS,
    LOAD,
    MERGE,
    MISSING,
    MONEY,
    NAMES,
    NO_QUOTES,
    PAD,
    RAGGED,
    ROUND,
    SAVE,
    SEPARATOR,
    SKIP,
    SKIP_WORDS,
    SORT,
    THOUSANDS,
    TIMES,
    TO,
    TOTAL,
    VERSION,
    WEIGHT,
    ASK
};

static const struct option {
    const char *name;
    char letter; /* '\0' if there is none */
    bool takes_word;
    int action;
} known_options[] = {
    {"all", '\0', false, ALL},
    {"column", 'c', true, COLUMN},
    {"comment", '\0', true, COMMENT},
    {"compare", '\0', false, COMPARE},
    {"count", '\0', false, ASK + COUNT},
    {"decimal", '\0', false, ASK + DECIMAL},
    {"decimal-point", '\0', true, DECIMAL_POINT},
    {"digits", '\0', true, DIGITS},
    {"group", 'g', true, GROUP},
    {"header", 'H', false, HEADER},
    {"help", 'h', false, HELP},
    {"labels", '\0', false, LABELS},
    {"load", '\0', true, LOAD},
    {"max", '\0', false, ASK + GREATEST},
    {"mean", '\0', false, ASK + MEAN},
    {"merge", '\0', false, MERGE},
    {"min", '\0', false, ASK + LEAST},
    {"missing", '\0', true, MISSING},
    {"money", '\0', false, MONEY},
    {"names", '\0', false, NAMES},
    {"no-quotes", '\0', false, NO_QUOTES},
    {"pad", '\0', false, PAD},
    {"psd", '\0', false, ASK + PSD},
    {"pvar", '\0', false, ASK + PVAR},
    {"ragged", '\0', false, RAGGED},
    {"round", '\0', true, ROUND},
    {"rows", '\0', false, ASK + ROWS},
    {"save", '\0', true, SAVE},
    {"sd", '\0', false, ASK + SD},
    {"separator", 'd', true, SEPARATOR},
    {"skip", '\0', true, SKIP},
    {"skip-words", '\0', false, SKIP_WORDS},
    {"sort", '\0', false, SORT},
    {"sum", '\0', false, ASK + SUM},
    {"thousands", '\0', true, THOUSANDS},
    {"times", '\0', true, TIMES},
    {"to", '\0', true, TO},
    {"total", '\0', false, TOTAL},
    {"var", '\0', false, ASK + VAR},
    {"version", 'V', false, VERSION},
    {"weight", '\0', true, WEIGHT},
};

static const struct option *const options_end =
    known_options + sizeof known_options / sizeof *known_options;

static void add_word(struct words *words, const char *word) {
    words->list = resize(words->list, words->count + 1, sizeof *words->list);
    words->list[words->count++] = word;
}

static void apply(struct options *options, int action, const char *word) {
    static const char *const forms[] = {"tsv", "csv", "json"};
    /* In the order of tally_rounding. */
    static const char *const roundings[] = {"half-even", "half-up", "down",
                                            "up",        "ceiling", "floor"};
    switch (action) {
    case ALL:
        options->all = true;
        break;
    case COLUMN:
        add_word(&options->columns, word);
        break;
    case COMMENT:
        options->comment = read_comment(word);
        break;
    case COMPARE:
        options->compare = true;
        break;
    case DECIMAL_POINT:
        options->spelling.point = read_point(word);
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
    case LOAD:
        add_word(&options->loads, word);
        break;
    case MERGE:
        options->merge = true;
        break;
    case MISSING:
        add_word(&options->missing, word);
        break;
    case MONEY:
        options->spelling.money = true;
        break;
    case NAMES:
        options->names = true;
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
    case ROUND:
        options->rounding =
            (tally_rounding)(1 + read_choice(
                                     "rounding",
                                     "half-even, half-up, down, up, ceiling or "
                                     "floor",
                                     roundings, 6, word));
        options->rounding_given = true;
        break;
    case SAVE:
        options->save = word;
        break;
    case SEPARATOR:
        options->separator = read_separator(word);
        options->separator_given = true;
        break;
    case SKIP:
        options->skip = read_lines_to_skip(word);
        break;
    case SKIP_WORDS:
        options->skip_words = true;
        break;
    case SORT:
        options->sort = true;
        break;
    case THOUSANDS:
        options->spelling.thousands = read_thousands(word);
        break;
    case TIMES:
        add_word(&options->times, word);
        break;
    case TO:
        options->form = (enum output_form)read_choice(
            "format", "tsv, csv or json", forms, 3, word);
        break;
    case TOTAL:
        options->total = true;
        break;
    case VERSION:
        print_versions();
    case WEIGHT:
        add_word(&options->weights, word);
        break;
    default:
        ask(options, (enum statistic)(action - ASK));
    }
}

/* The option of this name, or the only one whose name begins so. */
static const struct option *find_option(const char *argument, const char *name,
                                        size_t length) {
    const struct option *found = NULL;
    bool several = false;
    for (const struct option *at = known_options; at < options_end; at++) {
        if (strncmp(at->name, name, length) != 0)
            continue;
        if (at->name[length] == '\0')
            return at;
        several |= found != NULL;
        found = at;
    }
    if (several && length > 0)
        usage_error("ambiguous option", argument);
    return length > 0 ? found : NULL;
}

/* Reads argv[i] and its word, if it takes one. Returns the last index read. */
static int read_long_option(struct options *options, char **argv, int i) {
    const char *name = argv[i] + 2;
    size_t length = strcspn(name, "=");
    const struct option *option = find_option(argv[i], name, length);
    const char *word = NULL;
    if (option == NULL)
        unknown_option(argv[i]);
    if (name[length] == '=') {
        if (!option->takes_word)
            usage_error("option takes no argument", argv[i]);
        word = name + length + 1;
    } else if (option->takes_word) {
        word = argv[++i];
        if (word == NULL)
            usage_error("option needs an argument", argv[i - 1]);
    }
    apply(options, option->action, word);
    return i;
}

static int read_short_options(struct options *options, char **argv, int i) {
    for (const char *at = argv[i] + 1; *at != '\0'; at++) {
        const struct option *option = known_options;
        while (option < options_end && option->letter != *at)
            option++;
        if (option == options_end)
            unknown_option(argv[i]);
        if (!option->takes_word) {
            apply(options, option->action, NULL);
            continue;
        }
        const char *word = at[1] != '\0' ? at + 1 : argv[++i];
        if (word == NULL)
            usage_error("option needs an argument", argv[i - 1]);
        apply(options, option->action, word);
        break;
    }
    return i;
}

static void fill_in_defaults(struct options *options) {
    bool only_rows = options->statistic_count == 1 && is_asked(options, ROWS);
    if (options->files.count == 0)
        add_word(&options->files, "-");
    if (options->merge)
        return;
    options->default_column =
        options->columns.count == 0 && !options->all && !only_rows;
    if (options->default_column)
        add_word(&options->columns, "1");
    if (options->statistic_count == 0)
        ask(options, options->weights.count > 0 ? MEAN : SUM);
    if (options->missing.count == 0) {
        add_word(&options->missing, "NA");
        add_word(&options->missing, "");
    }
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
    if (!options.names)
        check_words(&options);
    return options;
}

void free_options(struct options *options) {
    free(options->columns.list);
    free(options->groups.list);
    free(options->times.list);
    free(options->weights.list);
    free(options->missing.list);
    free(options->loads.list);
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
    layout.skip = options->skip;
    layout.comment = options->comment;
    return layout;
}
