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
#include "tally_input.h"
#include "tally_stream.h"

static const char help[] =
    "Usage: tally [OPTION]... [FILE]...\n"
    "Prints exact totals of columns of numbers. With no options: the total of\n"
    "the first column and nothing else. With no FILE, or for -, it reads\n"
    "standard input.\n"
    "\n"
    "  -H, --header          the first line of each file names the columns\n"
    "  -c, --column COLUMN   total this column: its number, from 1, or, with\n"
    "                        -H, its name; a name that stands in the header\n"
    "                        wins over a number; may be given several times\n"
    "  -d, --separator CHAR  what separates fields; tab and \\t mean a tab\n"
    "  --group COLUMN        a total for each different word in this column,\n"
    "                        which is given as for -c\n"
    "  --sum                 the total; the default; several statistics are\n"
    "                        printed in the order they are given, separated\n"
    "                        by tabs\n"
    "  --decimal             the total of the numbers as they are written, to\n"
    "                        the last digit: 0.10 and 0.20 make 0.30\n"
    "  --digits N            round what --decimal gives to N digits after the\n"
    "                        point, 0 to 342, half to even\n"
    "  --mean                the mean; beside --decimal, that of the numbers\n"
    "                        as they are written\n"
    "  --sd                  the standard deviation of a sample: with n - 1\n"
    "                        for n values\n"
    "  --min                 the least value, as written\n"
    "  --max                 the greatest value, as written\n"
    "  --count               how many values there are\n"
    "  --compare             beside each exact total, those of a naive loop\n"
    "                        of doubles, forward and backward, and how far\n"
    "                        off they are, in units in the last place (ulps);\n"
    "                        keeps every value in memory\n"
    "  --missing WORD        skip this value, and report how many were\n"
    "                        skipped; may be given several times; case\n"
    "                        matters; replaces the default, which is to skip\n"
    "                        NA and empty values (--missing '')\n"
    "  -h, --help            print a short help\n"
    "  --version             print the versions of the tool and the library\n"
    "  --                    what follows are files\n"
    "\n";

static const char more_help[] =
    "Fields: separated by commas in files named .csv, by tabs in .tsv, and by\n"
    "any number of blanks everywhere else. Where a character separates them,\n"
    "fields may be quoted as in CSV, and blanks around them do not count.\n"
    "Files named .gz, .bz2, .xz and .zst are decompressed by gzip, bzip2, xz\n"
    "and zstd, which must be installed; .csv.gz is .csv then.\n"
    "\n"
    "Empty lines are skipped, with one exception: where a character separates\n"
    "the fields and the first line has only one, an empty line is an empty\n"
    "value. Nothing follows the line end at the end of a file, not even an\n"
    "empty line.\n"
    "\n"
    "Numbers: integers are added as integers; if a column has nothing else,\n"
    "its total is printed in full. Other numbers are taken as the nearest\n"
    "doubles, and the total is the double nearest to their true sum, in its\n"
    "shortest form. A number too small for a double is rounded to the nearest\n"
    "like every other: 1e-400 is 0. One too large, like 1e400, is an error.\n"
    "\n"
    "The mean and the standard deviation are exact in the same sense: of the\n"
    "true values of those doubles and integers, rounded once.\n"
    "\n"
    "--decimal rounds nothing: it adds the digits, up to 342 after the point\n"
    "and 322 before it, and writes as many after the point as the longest of\n"
    "the numbers has. Other numbers are an error then: 1e-400 is. The mean of\n"
    "what is written has up to six digits more, without zeros at their end,\n"
    "and is rounded once; --digits sets their number for both.\n"
    "\n"
    "--min and --max compare what is written. Of equal ones the first is\n"
    "printed. They are nan, as it is written, if a value is.\n"
    "\n"
    "In the names of groups and columns, a backslash is printed as \\\\, and\n"
    "a line end, a tab or the like as \\x and two digits.\n"
    "\n"
    "A comparison is a table for the eye, and stands alone: no other\n"
    "statistics go with --compare. While a file is read, and standard error\n"
    "is a terminal, a line there says how far it is.\n"
    "\n"
    "The words nan, inf and infinity are numbers, in any case, and a total\n"
    "with a nan is nan. --missing nan skips that word, but not NaN.\n"
    "\n"
    "With several columns or groups, each total has a line: group, column and\n"
    "total, separated by tabs. The total of no values is 0: of an empty "
    "input,\n"
    "and of a column or group where every value is missing. How many were\n"
    "missing, and which groups had no value, is said on standard error. Where\n"
    "there is no mean, least or greatest value, or, for fewer than two "
    "values,\n"
    "no standard deviation, NA is printed.\n"
    "\n"
    "Exit status:\n"
    "  0  the totals are right\n"
    "  1  the data are wrong: a value is not a number or is too large, a line\n"
    "     is too short, a quote is never closed or text follows a closing\n"
    "     quote; or a total is beyond the range of a double, and printed as\n"
    "     an infinity\n"
    "  2  the arguments are wrong: an unknown option or column, or a name "
    "that\n"
    "     two columns have; or the work cannot be done: a file cannot be "
    "read,\n"
    "     or decompressed to its end, or has no header line, a write failed, "
    "or\n"
    "     memory ran out\n"
    "\n"
    "  seq 10 | tally\n"
    "  tally expenses.csv -H -c food -c rent\n"
    "  tally -H -c price --group shop --decimal --mean --count sales.csv.gz\n"
    "  tally -H -c wind_speed --group origin --compare weather.csv\n";

static _Noreturn void print_and_exit(const char *text, const char *more) {
    if (fputs(text, stdout) == EOF || fputs(more, stdout) == EOF ||
        fclose(stdout) != 0)
        fail(EXIT_USAGE, "standard output: %s", strerror(errno));
    exit(EXIT_SUCCESS);
}

static _Noreturn void print_versions(void) {
    char text[128];
    snprintf(text, sizeof text, "tally %s (libtally %s)\n", TALLY_VERSION,
             tally_version());
    print_and_exit(text, "");
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
    case 'h':
        print_and_exit(help, more_help);
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

char separator_for(const struct options *options, const char *path) {
    if (options->separator_given)
        return options->separator;
    size_t length = plain_name_length(path);
    if (length >= 4 && strncasecmp(path + length - 4, ".csv", 4) == 0)
        return ',';
    if (length >= 4 && strncasecmp(path + length - 4, ".tsv", 4) == 0)
        return '\t';
    return SEPARATOR_BLANKS;
}
