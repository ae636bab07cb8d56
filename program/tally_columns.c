#define _POSIX_C_SOURCE 200809L

#include "tally_columns.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_text.h"

/* Of a range that no header limits. */
#define MOST_COLUMNS 100000

/* How much of a list of names a message shows. */
#define SHOWN_NAMES 600

/* Columns that a word means: from `first` to `last`, both from 1. */
struct range {
    size_t first, last; /* SIZE_MAX: to the last column */
};

/* The number of no column, and of all that are larger. */
#define BEYOND (SIZE_MAX / 16)

/* A number of digits alone, or 0. */
static size_t read_number(const char *at, size_t size) {
    size_t number = 0;
    for (size_t i = 0; i < size; i++) {
        if (at[i] < '0' || at[i] > '9')
            return 0;
        if (number < BEYOND)
            number = number * 10 + (size_t)(at[i] - '0');
    }
    return number < BEYOND ? number : BEYOND;
}

/* Reads one item of a list: 4, 4-6 or 4-. False if it is none of these. */
static bool read_range(const char *at, size_t size, struct range *range) {
    const char *dash = memchr(at, '-', size);
    size_t before = dash != NULL ? (size_t)(dash - at) : size;
    range->first = range->last = read_number(at, before);
    if (range->first == 0 || dash == NULL)
        return range->first > 0;
    if (before + 1 == size) {
        range->last = SIZE_MAX;
        return true;
    }
    range->last = read_number(dash + 1, size - before - 1);
    return range->last >= range->first;
}

/* The next item of a list; advances `*rest`, which is NULL after the last. */
static size_t next_item(const char **rest) {
    size_t size = strcspn(*rest, ",");
    *rest = (*rest)[size] == ',' ? *rest + size + 1 : NULL;
    return size;
}

static void check_word(const char *word) {
    char shown[PRINTABLE_MAX];
    const char *rest = word;
    while (rest != NULL) {
        const char *item = rest;
        size_t size = next_item(&rest);
        struct range range;
        bool is_range = read_range(item, size, &range);
        printable(shown, item, size);
        if (is_range && (range.first == BEYOND || range.last == BEYOND))
            fail(EXIT_USAGE,
                 "no line has as many columns: %s\nTry 'tally --help'.", shown);
        if (is_range &&
            (range.last == SIZE_MAX || range.last - range.first < MOST_COLUMNS))
            continue;
        size_t sign = size > 0 && *item == '-';
        if (size > sign && strspn(item + sign, "0123456789") >= size - sign)
            fail(EXIT_USAGE,
                 "columns are numbered from 1: %s\nTry 'tally --help'.", shown);
        if (strcspn(item, "0123456789") < size &&
            strspn(item, "0123456789-") >= size)
            fail(EXIT_USAGE,
                 "invalid range of columns: %s\nTry 'tally --help'.", shown);
        fail(EXIT_USAGE,
             "column \"%s\": names need -H, which reads them from the first "
             "line",
             shown);
    }
}

void check_words(const struct options *options) {
    /* With a header any word may be a name; the file decides. */
    if (options->header)
        return;
    const struct words *all[] = {&options->columns, &options->groups,
                                 &options->times, &options->weights};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t j = 0; j < all[i]->count; j++)
            check_word(all[i]->list[j]);
}

const char *separator_hint(const char *text, size_t size, char separator) {
    static const struct {
        char separator;
        const char *hint;
    } hints[] = {
        {',', "; use -d , if commas separate the fields"},
        {';', "; use -d ';' if semicolons separate the fields"},
        {'\t', "; use -d tab if tabs separate the fields"},
        {'|', "; use -d '|' if bars separate the fields"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].separator != separator &&
            memchr(text, hints[i].separator, size) != NULL)
            return hints[i].hint;
    return "";
}

/* Says which separator would make several columns of the only one. */
static const char *one_column_hint(const struct input *input) {
    const struct field *field = &input->fields[0];
    return input->field_count == 1 ? separator_hint(field->text, field->size,
                                                    input->layout.separator)
                                   : "";
}

/* Ends the program, naming the columns that there are. */
static _Noreturn void no_such_column(const struct input *input,
                                     const char *asked, size_t size) {
    char shown[PRINTABLE_MAX], name[PRINTABLE_MAX], rest[40] = "";
    struct text list = {0};
    for (size_t i = 0; i < input->field_count; i++) {
        if (list.size > SHOWN_NAMES) {
            snprintf(rest, sizeof rest, " and %zu more",
                     input->field_count - i);
            break;
        }
        text_puts(&list, i > 0 ? ", " : "");
        text_puts(&list, printable(name, input->fields[i].text,
                                   input->fields[i].size));
    }
    fail(EXIT_USAGE, "%s: no column \"%s\"; the columns are %s%s%s",
         input->name, printable(shown, asked, size), list.at, rest,
         one_column_hint(input));
}

/* The column of the header that has this name, from 1, or 0. */
static size_t find_name(const struct input *input, const char *name,
                        size_t size) {
    char shown[PRINTABLE_MAX];
    size_t found = 0;
    for (size_t i = 0; i < input->field_count; i++) {
        const struct field *field = &input->fields[i];
        if (field->size != size || memcmp(field->text, name, size) != 0)
            continue;
        if (found != 0)
            fail(EXIT_USAGE,
                 "%s: columns %zu and %zu are both named \"%s\": give a number",
                 input->name, found, i + 1, printable(shown, name, size));
        found = i + 1;
    }
    return found;
}

struct label copy_label(const char *text, size_t size) {
    struct label label = {resize(NULL, size + 1, 1), size};
    memcpy(label.text, text, size);
    label.text[size] = '\0';
    return label;
}

static void add_column(struct columns *columns, const struct options *options,
                       const struct input *input, size_t number, bool by_name) {
    char digits[24];
    const char *name = digits;
    size_t size = (size_t)snprintf(digits, sizeof digits, "%zu", number);
    if (options->header) {
        name = input->fields[number - 1].text;
        size = input->fields[number - 1].size;
    }
    columns->list =
        resize(columns->list, columns->count + 1, sizeof *columns->list);
    struct column *column = &columns->list[columns->count++];
    memset(column, 0, sizeof *column);
    column->label = copy_label(name, size);
    column->by_name = by_name;
    column->index = number - 1;
}

/*
 * Adds the columns that a word means in the first file. The whole of it, or an
 * item of the list that it is, may be a name; a name comes before a number, or
 * a column that is named by a number could be mistaken.
 */
static void add_columns(struct columns *columns, const struct options *options,
                        const struct input *input, const char *word) {
    const char *rest = word;
    size_t number = options->header ? find_name(input, word, strlen(word)) : 0;
    if (number > 0) {
        add_column(columns, options, input, number, true);
        return;
    }
    while (rest != NULL) {
        const char *item = rest;
        size_t size = next_item(&rest);
        struct range range;
        number = options->header ? find_name(input, item, size) : 0;
        if (number > 0) {
            add_column(columns, options, input, number, true);
            continue;
        }
        if (!read_range(item, size, &range))
            no_such_column(input, item, size);
        if (range.last == SIZE_MAX)
            range.last =
                input->width > range.first ? input->width : range.first;
        if (options->header &&
            (range.first > input->width || range.last > input->width))
            no_such_column(input, item, size);
        for (number = range.first; number <= range.last; number++)
            add_column(columns, options, input, number, false);
    }
}

static bool is_taken(const struct columns *columns, size_t index) {
    for (size_t i = columns->values; i < columns->count; i++)
        if (columns->list[i].index == index)
            return true;
    return false;
}

/* Every column that has no other part, in place of none, at the front. */
static void add_all(struct columns *columns, const struct options *options,
                    const struct input *input) {
    struct columns others = *columns;
    columns->list = NULL;
    columns->count = 0;
    for (size_t i = 0; i < input->width; i++)
        if (!is_taken(&others, i))
            add_column(columns, options, input, i + 1, false);
    columns->values = columns->count;
    columns->count += others.count;
    columns->list =
        resize(columns->list, columns->count + 1, sizeof *columns->list);
    if (others.count > 0)
        memcpy(columns->list + columns->values, others.list,
               others.count * sizeof *others.list);
    free(others.list);
}

/* Refuses a column that has another name than in the first file: it was asked
 * for by its number. */
static void expect_name(const struct columns *columns,
                        const struct input *input,
                        const struct column *column) {
    char here[PRINTABLE_MAX], there[PRINTABLE_MAX];
    const struct label *label = &column->label;
    if (column->index >= input->field_count) {
        snprintf(here, sizeof here, "%zu", column->index + 1);
        no_such_column(input, here, strlen(here));
    }
    const struct field *field = &input->fields[column->index];
    if (field->size == label->size &&
        memcmp(field->text, label->text, field->size) == 0)
        return;
    fail(EXIT_USAGE, "%s: column %zu is \"%s\", but \"%s\" in %s", input->name,
         column->index + 1, printable(here, field->text, field->size),
         printable(there, label->text, label->size), columns->first_file);
}

/* Finds the columns of the first file in a later one. */
static void find_again(struct columns *columns, const struct options *options,
                       const struct input *input) {
    if (!options->header)
        return;
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->list[i];
        if (column->by_name) {
            size_t number =
                find_name(input, column->label.text, column->label.size);
            if (number == 0)
                no_such_column(input, column->label.text, column->label.size);
            column->index = number - 1;
        } else {
            expect_name(columns, input, column);
        }
    }
}

/* Adds what all these words mean; returns how many columns that is. */
static size_t add_words(struct columns *columns, const struct options *options,
                        const struct input *input, const struct words *words) {
    size_t before = columns->count;
    for (size_t i = 0; i < words->count; i++)
        add_columns(columns, options, input, words->list[i]);
    return columns->count - before;
}

void find_columns(struct columns *columns, const struct options *options,
                  const struct input *input) {
    if (columns->found) {
        find_again(columns, options, input);
        return;
    }
    columns->found = true;
    columns->first_file = strdup(input->name);
    if (columns->first_file == NULL)
        fail(EXIT_USAGE, "out of memory");
    columns->values = add_words(columns, options, input, &options->columns);
    columns->keys = add_words(columns, options, input, &options->groups);
    columns->factors = add_words(columns, options, input, &options->times);
    columns->weights = add_words(columns, options, input, &options->weights);
    if (options->all)
        add_all(columns, options, input);
}

bool needs_record(const struct columns *columns,
                  const struct options *options) {
    if (columns->found || options->header)
        return false;
    bool needed = options->all;
    for (size_t i = 0; i < options->columns.count; i++) {
        const char *word = options->columns.list[i];
        needed |= strstr(word, "-,") != NULL || word[strlen(word) - 1] == '-';
    }
    return needed;
}

size_t fields_needed(const struct columns *columns) {
    size_t needed = 0;
    for (size_t i = 0; i < columns->count; i++)
        if (columns->list[i].index >= needed)
            needed = columns->list[i].index + 1;
    return needed;
}

void keep_numbers(struct columns *columns, const struct input *input,
                  bool (*is_value)(const void *work, const struct field *field),
                  const void *work) {
    char name[PRINTABLE_MAX];
    struct text list = {0};
    size_t kept = 0, dropped = 0;
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->list[i];
        if (i >= columns->values || column->index >= input->field_count ||
            is_value(work, &input->fields[column->index])) {
            columns->list[kept++] = *column;
            continue;
        }
        dropped++;
        if (list.size < SHOWN_NAMES) {
            text_puts(&list, dropped > 1 ? ", " : "");
            text_puts(&list,
                      printable(name, column->label.text, column->label.size));
        }
        free(column->label.text);
    }
    columns->count = kept;
    columns->values -= dropped;
    if (columns->values == 0) {
        const char *hint = one_column_hint(input);
        if (*hint == '\0' && !input->has_header)
            hint = "; use -H if the first line has names";
        fail(EXIT_DATA, "%s:%llu: no column has a number on this line%s",
             input->name, (unsigned long long)input->line, hint);
    }
    if (dropped > 0)
        warn("%s:%llu: %zu column%s without a number on this line left out: "
             "%s%s",
             input->name, (unsigned long long)input->line, dropped,
             dropped == 1 ? "" : "s", list.at,
             list.size < SHOWN_NAMES ? "" : ", ...");
    text_free(&list);
}

void free_columns(struct columns *columns) {
    for (size_t i = 0; i < columns->count; i++) {
        free(columns->list[i].label.text);
        free(columns->list[i].first_word);
    }
    free(columns->list);
    free(columns->first_file);
}
