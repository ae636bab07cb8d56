#define _POSIX_C_SOURCE 200809L

#include "tally_values.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tally_bytes.h"
#include "tally_console.h"
#include "tally_digits.h"
#include "tally_money.h"
#include "tally_product.h"

static const struct field *field_of(const struct input *input,
                                    const struct column *column) {
    char name[PRINTABLE_MAX];
    if (column->index >= input->field_count)
        fail(EXIT_DATA, "%s:%llu: column %s: the line has only %zu field%s",
             input->name, (unsigned long long)input->line,
             printable(name, column->label.text, column->label.size),
             input->width, input->width == 1 ? "" : "s");
    return &input->fields[column->index];
}

static bool is_missing(const struct options *options,
                       const struct field *field) {
    if (is_absent(field))
        return true;
    for (size_t i = 0; i < options->missing.count; i++)
        if (strlen(options->missing.list[i]) == field->size &&
            memcmp(options->missing.list[i], field->text, field->size) == 0)
            return true;
    return false;
}

/* Other spellings, in which what is not a number may be one. */
static const struct {
    struct spelling spelling;
    const char *hint;
} spellings[] = {
    {{false, '\0', ","}, "; use --thousands , if commas separate thousands"},
    {{false, ',', NULL}, "; use --decimal-point , if the comma is one"},
    {{true, '\0', ","}, "; use --money for amounts of money"},
#define EUROPEAN_MONEY 3
    {{true, ',', "."},
     "; use --money --decimal-point , for amounts of money with a comma"},
};

static const char *spelling_hint(const struct field *field, size_t first) {
    const char *hint = "";
    struct text plain = {0};
    char currency[CURRENCY_MAX];
    bool comma = memchr(field->text, ',', field->size) != NULL;
    for (size_t i = first; i < sizeof spellings / sizeof *spellings; i++)
        if ((comma || spellings[i].spelling.money) && *hint == '\0' &&
            read_spelling(&spellings[i].spelling, field->text, field->size,
                          &plain, currency) &&
            is_written_number(plain.at, plain.size))
            hint = spellings[i].hint;
    text_free(&plain);
    return hint;
}

/* Words that often stand for a missing value. */
static const char *missing_hint(const struct field *field) {
    static const char *const words[] = {"-",   "--",   ".",    "?",    "\\N",
                                        "n/a", "#n/a", "null", "none", "na"};
    if (field->size == 0 ||
        (field->size == 2 && memcmp(field->text, "NA", 2) == 0))
        return "; --missing replaced NA and empty values: add them";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == field->size &&
            strncasecmp(words[i], field->text, field->size) == 0)
            return "; use --missing to skip this word";
    return "";
}

/* What may be wrong, where it can be guessed. */
static const char *hint_for(const struct work *work, const struct input *input,
                            const struct field *field) {
    const struct spelling *spelling = &work->options.spelling;
    bool first = field->line == 1 && !input->has_header;
    unsigned char byte = (unsigned char)field->text[0];
    bool plain = !spelling->money && spelling->point == '\0' &&
                 spelling->thousands == NULL;
    /* A comma may also be the point, where a character separates the fields. */
    char separator =
        input->layout.separator == SEPARATOR_BLANKS ? SEPARATOR_BLANKS : ',';
    const char *hint = separator_hint(field->text, field->size, separator);
    if (plain && first && *hint != '\0')
        return hint;
    hint = missing_hint(field);
    if (*hint != '\0')
        return hint;
    if (first && (isalpha(byte) || byte == '_' || byte == '"'))
        return "; use -H if the first line has names";
    if (plain || (spelling->money && spelling->point == '\0'))
        hint = spelling_hint(field, 0);
    else if (!spelling->money && spelling->point == ',')
        hint = spelling_hint(field, EUROPEAN_MONEY);
    if (*hint != '\0' || !work->options.default_column || work->values > 0 ||
        (!input->has_header && work->columns.keys == 0))
        return hint;
    return is_asked(&work->options, COUNT)
               ? "; use -c for another column, or --rows to count lines"
               : "; use -c for another column";
}

_Noreturn void bad_value(const struct work *work, const struct input *input,
                         const struct column *column, const struct field *field,
                         tally_status status) {
    char name[PRINTABLE_MAX], word[PRINTABLE_MAX];
    fail(EXIT_DATA, "%s:%llu: column %s: \"%s\" is %s%s", input->name,
         (unsigned long long)field->line,
         printable(name, column->label.text, column->label.size),
         printable(word, field->text, field->size),
         status == TALLY_OVERFLOW ? "out of range" : "not a number",
         status == TALLY_OVERFLOW ? "" : hint_for(work, input, field));
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

/* Counts a word that is no number, if that is what was asked for. */
static void skip_word(const struct work *work, const struct input *input,
                      struct column *column, const struct field *field,
                      tally_status status) {
    char word[PRINTABLE_MAX], place[32];
    struct text first = {0};
    if (!work->options.skip_words || status != TALLY_PARSE)
        bad_value(work, input, column, field, status);
    if (column->words++ > 0)
        return;
    snprintf(place, sizeof place, ":%llu", (unsigned long long)field->line);
    text_puts(&first, "\"");
    text_puts(&first, printable(word, field->text, field->size));
    text_puts(&first, "\" at ");
    text_puts(&first, input->name);
    text_puts(&first, place);
    column->first_word = first.at;
}

/* Refuses to add up amounts of several currencies. */
static void check_currency(const struct input *input, struct column *column,
                           const struct field *field, const char *currency) {
    char name[PRINTABLE_MAX], word[PRINTABLE_MAX];
    if (*currency == '\0' || strcmp(column->currency, currency) == 0)
        return;
    if (*column->currency == '\0') {
        strcpy(column->currency, currency);
        return;
    }
    fail(EXIT_DATA,
         "%s:%llu: column %s: \"%s\" is in %s, but earlier values are in %s",
         input->name, (unsigned long long)field->line,
         printable(name, column->label.text, column->label.size),
         printable(word, field->text, field->size), currency, column->currency);
}

/* Puts a value in plain digits into `out`. False if it is to be skipped, and
 * then `*missing` says whether it still is to be counted. */
static bool read_value(struct work *work, const struct input *input,
                       struct column *column, struct text *out, bool *missing) {
    const struct spelling *spelling = &work->options.spelling;
    char currency[CURRENCY_MAX];
    struct field field = trim(field_of(input, column));
    *missing = is_missing(&work->options, &field);
    if (*missing)
        return false;
    bool is_one =
        read_spelling(spelling, field.text, field.size, out, currency) &&
        is_written_number(out->at, out->size);
    if (!is_one) {
        skip_word(work, input, column, &field, TALLY_PARSE);
        return false;
    }
    check_currency(input, column, &field, currency);
    return true;
}

/* Adds a value that is not the text of one field: it is spelled in another way,
 * multiplied or weighted. */
static void add_made_value(struct work *work, const struct input *input,
                           struct column *column, struct sum *sum) {
    const struct columns *columns = &work->columns;
    struct column *factors = columns->list + columns->values + columns->keys;
    struct text *value = &work->value, *product = &work->product;
    bool missing;
    int too_long = 0;
    tally_status status = TALLY_OVERFLOW;
    if (!read_value(work, input, column, value, &missing)) {
        column->missing += missing;
        return;
    }
    for (size_t i = 0; i < columns->factors + columns->weights; i++) {
        if (!read_value(work, input, &factors[i], &work->factor, &missing)) {
            column->missing += missing;
            return;
        }
        too_long = write_product(value->at, value->size, work->factor.at,
                                 work->factor.size, product);
        if (too_long == 2) {
            struct field field = trim(field_of(input, &factors[i]));
            bad_value(work, input, &factors[i], &field, status);
        }
        if (too_long == 1)
            break;
        if (i < columns->factors) {
            struct text swap = *value;
            *value = *product;
            *product = swap;
        }
    }
    if (too_long == 0 && columns->weights > 0)
        status = add_weighted(sum, value, &work->factor, product);
    else if (too_long == 0)
        status = add_field(sum, value->at, value->size);
    if (status != TALLY_OK) {
        struct field field = trim(field_of(input, column));
        if (columns->factors + columns->weights > 0) {
            field.text = value->at;
            field.size = value->size;
        }
        bad_value(work, input, column, &field, status);
    }
    work->values++;
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
        skip_word(work, input, column, field, status);
}

/* The group of the latest record. */
static struct group *group_of(struct work *work, const struct input *input) {
    const struct column *keys = &work->columns.list[work->columns.values];
    size_t count = work->columns.keys, size = 0;
    if (count == 1) {
        const struct field *word = field_of(input, &keys[0]);
        return find_group(&work->groups, word->text, word->size);
    }
    for (size_t i = 0; i < count; i++)
        size += KEY_SIZE_BYTES + field_of(input, &keys[i])->size;
    work->key.size = 0;
    char *key = text_room(&work->key, size), *to = key;
    for (size_t i = 0; i < count; i++) {
        const struct field *word = field_of(input, &keys[i]);
        to = key_word(to, word->text, word->size);
    }
    return find_group(&work->groups, key, size);
}

void add_record(struct work *work, const struct input *input) {
    struct group *group =
        work->columns.keys > 0 ? group_of(work, input) : work->groups.list[0];
    group->rows++;
    for (size_t i = 0; i < work->columns.values; i++) {
        struct sum *sum = group_sum(&work->groups, group, i);
        if (work->is_plain)
            add_value(work, input, &work->columns.list[i], sum);
        else
            add_made_value(work, input, &work->columns.list[i], sum);
    }
}

bool is_value(const void *of, const struct field *field) {
    const struct work *work = of;
    char currency[CURRENCY_MAX];
    struct field trimmed = trim(field);
    struct text plain = {0};
    bool is_one = is_missing(&work->options, &trimmed) ||
                  (read_spelling(&work->options.spelling, trimmed.text,
                                 trimmed.size, &plain, currency) &&
                   is_written_number(plain.at, plain.size));
    text_free(&plain);
    return is_one;
}

static struct wanted wanted_for(const struct work *work) {
    const struct options *options = &work->options;
    struct wanted wanted = {0};
    wanted.decimal = is_asked(options, DECIMAL);
    wanted.weights = work->columns.weights > 0;
    wanted.total =
        is_asked(options, SUM) || options->compare ||
        (is_asked(options, MEAN) && !wanted.decimal && !wanted.weights);
    wanted.moments = is_asked(options, SD) || is_asked(options, VAR) ||
                     is_asked(options, PSD) || is_asked(options, PVAR);
    wanted.extremes = is_asked(options, LEAST) || is_asked(options, GREATEST);
    wanted.values = options->compare;
    return wanted;
}

void prepare_groups(struct work *work) {
    work->groups.columns = work->columns.values;
    work->groups.words = work->columns.keys;
    struct wanted wanted = wanted_for(work);
    work->groups.parts = parts_for(&wanted);
    if (work->columns.keys == 0)
        find_group(&work->groups, "", 0);
}

void prepare_values(struct work *work) {
    const struct spelling *spelling = &work->options.spelling;
    work->is_plain = !spelling->money && spelling->point == '\0' &&
                     spelling->thousands == NULL &&
                     work->options.times.count == 0 &&
                     work->options.weights.count == 0;
    for (size_t i = 0; i < work->options.missing.count; i++) {
        const char *word = work->options.missing.list[i];
        work->missing_is_empty |= *word == '\0';
        work->missing_is_number |= is_number(word, strlen(word));
    }
}

void report_skipped(const struct work *work) {
    char name[PRINTABLE_MAX];
    for (size_t i = 0; i < work->columns.values; i++) {
        const struct column *column = &work->columns.list[i];
        if (column->missing > 0)
            warn("%llu missing value%s skipped in column %s",
                 (unsigned long long)column->missing,
                 column->missing == 1 ? "" : "s",
                 printable(name, column->label.text, column->label.size));
    }
    /* A factor may be such a word, too. */
    for (size_t i = 0; i < work->columns.count; i++) {
        const struct column *column = &work->columns.list[i];
        if (column->words > 0)
            warn("%llu value%s skipped in column %s, the first %s",
                 (unsigned long long)column->words,
                 column->words == 1 ? " that is not a number"
                                    : "s that are not numbers",
                 printable(name, column->label.text, column->label.size),
                 column->first_word);
    }
}
