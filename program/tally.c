/*
 * tally - prints exact totals of columns of numbers.
 *
 * A program like any other that uses the library: it includes <tally.h> and
 * links with -ltally. The parts, each a file tally_*.c beside this one:
 * options, stream (bytes, decompressed), input (records and fields), groups,
 * sums (where the library is called), report, number (to text), and console
 * (messages).
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tally.h>

#include "tally_bytes.h"
#include "tally_console.h"
#include "tally_groups.h"
#include "tally_input.h"
#include "tally_options.h"
#include "tally_report.h"

/* After this many consecutive lines that are not values, a file is read field
 * by field. */
#define MOST_LINES_REFUSED 8

/* A column that was asked for. */
struct column {
    const char *asked; /* the word of the command line */
    size_t index;      /* in the file being read, from 0 */
    struct label label;
    uint64_t missing;
};

struct work {
    struct options options;
    struct column *columns; /* one for each -c, then the group's */
    size_t column_count;    /* of those, without the group's */
    struct groups groups;
    uint64_t values;
    bool missing_is_number; /* a word that is to be skipped is a number */
    bool missing_is_empty;  /* an empty value is to be skipped */
    int lines_refused;      /* one after the other */
};

static struct label copy_label(const char *text, size_t size) {
    struct label label = {resize(NULL, size + 1, 1), size};
    memcpy(label.text, text, size);
    label.text[size] = '\0';
    return label;
}

/* The group's column comes after the others, if there is one. */
static size_t all_columns(const struct work *work) {
    return work->column_count + (work->options.group != NULL);
}

/* Ends the program, naming the columns that there are. */
static _Noreturn void no_such_column(const struct input *input,
                                     const char *asked) {
    char shown[PRINTABLE_MAX], name[PRINTABLE_MAX];
    char *list = resize(NULL, input->field_count * (PRINTABLE_MAX + 2) + 1, 1);
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < input->field_count; i++)
        used += (size_t)sprintf(
            list + used, "%s%s", i > 0 ? ", " : "",
            printable(name, input->fields[i].text, input->fields[i].size));
    fail(EXIT_USAGE, "%s: no column \"%s\"; the columns are %s", input->name,
         printable(shown, asked, strlen(asked)), list);
}

/*
 * Finds the column that a word means in a file with a header. A name comes
 * before a number, or a column that is named by a number could be mistaken.
 */
static size_t find_column(const struct input *input, const char *asked) {
    char shown[PRINTABLE_MAX];
    size_t number = column_number(asked), found = SIZE_MAX;
    for (size_t i = 0; i < input->field_count; i++) {
        const struct field *field = &input->fields[i];
        if (field->size != strlen(asked) ||
            memcmp(field->text, asked, field->size) != 0)
            continue;
        if (found != SIZE_MAX)
            fail(EXIT_USAGE,
                 "%s: columns %zu and %zu are both named \"%s\": give a number",
                 input->name, found + 1, i + 1,
                 printable(shown, asked, strlen(asked)));
        found = i;
    }
    if (found != SIZE_MAX)
        return found;
    if (number > 0 && number <= input->field_count)
        return number - 1;
    no_such_column(input, asked);
}

/* Refuses a column that has another name than in the first file: it was asked
 * for by its number. */
static void expect_name(const struct work *work, const struct input *input,
                        const struct column *column) {
    char here[PRINTABLE_MAX], there[PRINTABLE_MAX];
    const struct field *field = &input->fields[column->index];
    if (field->size == column->label.size &&
        memcmp(field->text, column->label.text, field->size) == 0)
        return;
    fail(EXIT_USAGE, "%s: column %zu is \"%s\", but \"%s\" in %s", input->name,
         column->index + 1, printable(here, field->text, field->size),
         printable(there, column->label.text, column->label.size),
         work->options.files[0]);
}

/* Finds where the columns are. Returns how many fields of a record are needed.
 * */
static size_t locate_columns(struct work *work, struct input *input) {
    size_t wanted = 0;
    if (work->options.header && !read_header(input))
        fail(EXIT_USAGE, "%s: there is no header line", input->name);
    for (size_t i = 0; i < all_columns(work); i++) {
        struct column *column = &work->columns[i];
        if (work->options.header) {
            column->index = find_column(input, column->asked);
            const struct field *field = &input->fields[column->index];
            if (column->label.text == NULL)
                column->label = copy_label(field->text, field->size);
            else
                expect_name(work, input, column);
        } else {
            column->index = column_number(column->asked) - 1;
            if (column->label.text == NULL)
                column->label =
                    copy_label(column->asked, strlen(column->asked));
        }
        if (column->index >= wanted)
            wanted = column->index + 1;
    }
    return wanted;
}

static const struct field *field_of(const struct input *input,
                                    const struct column *column) {
    char name[PRINTABLE_MAX];
    if (column->index >= input->field_count)
        fail(EXIT_DATA, "%s:%llu: column %s: the line has only %zu field%s",
             input->name, (unsigned long long)input->line,
             printable(name, column->label.text, column->label.size),
             input->field_count, input->field_count == 1 ? "" : "s");
    return &input->fields[column->index];
}

static bool is_missing(const struct options *options,
                       const struct field *field) {
    if (is_absent(field))
        return true;
    for (size_t i = 0; i < options->missing_count; i++)
        if (strlen(options->missing[i]) == field->size &&
            memcmp(options->missing[i], field->text, field->size) == 0)
            return true;
    return false;
}

static _Noreturn void bad_value(const struct input *input,
                                const struct column *column,
                                const struct field *field,
                                tally_status status) {
    char name[PRINTABLE_MAX], word[PRINTABLE_MAX];
    fail(EXIT_DATA, "%s:%llu: column %s: \"%s\" is %s", input->name,
         (unsigned long long)field->line,
         printable(name, column->label.text, column->label.size),
         printable(word, field->text, field->size),
         status == TALLY_OVERFLOW ? "out of range" : "not a number");
}

/* Blanks inside quotes are a part of a name, but not of a number. */
static struct field trim(const struct field *field) {
    struct field trimmed = *field;
    while (trimmed.size > 0 && is_blank(trimmed.text[0])) {
        trimmed.text++;
        trimmed.size--;
    }
    while (trimmed.size > 0 && is_blank(trimmed.text[trimmed.size - 1]))
        trimmed.text[--trimmed.size] = '\0';
    return trimmed;
}

static void add_value(struct work *work, const struct input *input,
                      struct column *column, struct sum *sum) {
    struct field trimmed;
    const struct field *field = field_of(input, column);
    if (field->size > 0 &&
        (is_blank(field->text[0]) || is_blank(field->text[field->size - 1]))) {
        trimmed = trim(field);
        field = &trimmed;
    }
    /* Words to be skipped are seldom numbers. */
    bool skipped = work->missing_is_number && is_missing(&work->options, field);
    /* A quoted field may contain line ends. */
    bool refused = skipped || (input->quoted &&
                               memchr(field->text, '\n', field->size) != NULL);
    tally_status status =
        refused ? TALLY_PARSE : add_field(sum, field->text, field->size);
    if (status == TALLY_OK)
        work->values++;
    else if (skipped || is_missing(&work->options, field))
        column->missing++;
    else
        bad_value(input, column, field, status);
}

static void add_record(struct work *work, const struct input *input) {
    struct group *group = work->groups.list;
    if (work->options.group != NULL) {
        const struct field *key =
            field_of(input, &work->columns[work->column_count]);
        group = find_group(&work->groups, key->text, key->size);
    }
    for (size_t i = 0; i < work->column_count; i++)
        add_value(work, input, &work->columns[i], &group->sums[i]);
}

/* Lines need no splitting: each is a value of the only column. */
static bool can_read_lines(const struct work *work) {
    return work->column_count == 1 && work->columns[0].index == 0 &&
           work->options.group == NULL && takes_lines(&work->groups.wanted) &&
           !work->missing_is_number;
}

/*
 * Reads lines that are values, many at a time, up to one that is not, which is
 * left to next_record(). False once such lines are the rule.
 */
static bool read_lines(struct work *work, struct input *input) {
    struct column *column = &work->columns[0];
    struct lines lines;
    size_t done, values;
    while (next_lines(input, &lines)) {
        if (lines.empty_is_value && !work->missing_is_empty)
            return false;
        tally_status status = add_lines(work->groups.list[0].sums, lines.text,
                                        lines.size, lines.last, &done, &values);
        if (status != TALLY_OK) {
            struct field field = field_of_line(input, done);
            bad_value(input, column, &field, status);
        }
        work->values += values;
        uint64_t passed = skip_lines(input, done);
        if (lines.empty_is_value)
            column->missing += passed - values;
        show_progress(input->name, input->bytes, input->size, work->values);
        work->lines_refused = done > 0 ? 0 : work->lines_refused + 1;
        if (done == 0 ||
            memchr(lines.text + done, '\n', lines.size - done) != NULL)
            return work->lines_refused < MOST_LINES_REFUSED;
    }
    return true;
}

static void read_file(struct work *work, struct input *input,
                      const char *path) {
    uint64_t shown = 0;
    struct layout layout = layout_for(&work->options, path);
    open_input(input, path, &layout);
    show_progress(input->name, 0, input->size, work->values);
    size_t wanted = locate_columns(work, input);
    bool by_lines = can_read_lines(work);
    work->lines_refused = 0;
    while (next_record(input, wanted)) {
        add_record(work, input);
        if (by_lines)
            by_lines = read_lines(work, input);
        if (input->bytes != shown) {
            shown = input->bytes;
            show_progress(input->name, shown, input->size, work->values);
        }
    }
    close_input(input);
}

static void report_missing(const struct work *work) {
    char name[PRINTABLE_MAX];
    for (size_t i = 0; i < work->column_count; i++) {
        const struct column *column = &work->columns[i];
        if (column->missing > 0)
            warn("%llu missing value%s skipped in column %s",
                 (unsigned long long)column->missing,
                 column->missing == 1 ? "" : "s",
                 printable(name, column->label.text, column->label.size));
    }
}

/* Returns the exit status. */
static int print_totals(struct work *work) {
    size_t count = work->column_count;
    struct label *labels = resize(NULL, count, sizeof *labels);
    for (size_t i = 0; i < count; i++)
        labels[i] = work->columns[i].label;

    struct report report = {0};
    report.groups = &work->groups;
    report.columns = labels;
    report.options = &work->options;
    if (work->options.group != NULL)
        report_empty_groups(&report);
    bool all_fit = print_report(&report);
    free(labels);
    return all_fit ? EXIT_SUCCESS : EXIT_DATA;
}

static struct wanted wanted_for(const struct options *options) {
    struct wanted wanted = {0};
    wanted.decimal = is_asked(options, DECIMAL);
    wanted.total =
        is_asked(options, SUM) || (is_asked(options, MEAN) && !wanted.decimal);
    wanted.moments = is_asked(options, SD);
    wanted.extremes = is_asked(options, LEAST) || is_asked(options, GREATEST);
    wanted.values = options->compare;
    return wanted;
}

static void look_at_missing_words(struct work *work) {
    for (size_t i = 0; i < work->options.missing_count; i++) {
        const char *word = work->options.missing[i];
        work->missing_is_empty |= *word == '\0';
        work->missing_is_number |= is_number(word, strlen(word));
    }
}

int main(int argc, char **argv) {
    struct work work = {0};
    struct input input = {0};

    work.options = read_options(argc, argv);
    work.column_count = work.options.column_count;
    work.columns = resize(NULL, work.column_count + 1, sizeof *work.columns);
    memset(work.columns, 0, (work.column_count + 1) * sizeof *work.columns);
    for (size_t i = 0; i < work.column_count; i++)
        work.columns[i].asked = work.options.columns[i];
    work.columns[work.column_count].asked = work.options.group;
    work.groups.columns = work.column_count;
    work.groups.wanted = wanted_for(&work.options);
    look_at_missing_words(&work);
    if (work.options.group == NULL)
        find_group(&work.groups, "", 0);

    for (size_t i = 0; i < work.options.file_count; i++)
        read_file(&work, &input, work.options.files[i]);
    erase_progress();
    report_missing(&work);

    int status = print_totals(&work);
    errno = 0;
    if (ferror(stdout) || fclose(stdout) != 0)
        fail(EXIT_USAGE, "standard output: %s",
             errno != 0 ? strerror(errno) : "a write failed");

    for (size_t i = 0; i < all_columns(&work); i++)
        free(work.columns[i].label.text);
    free(work.columns);
    free_groups(&work.groups);
    free_input(&input);
    free_options(&work.options);
    return status;
}
