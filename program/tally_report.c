#define _POSIX_C_SOURCE 200809L

#include "tally_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_cells.h"
#include "tally_compare.h"
#include "tally_console.h"
#include "tally_output.h"
#include "tally_text.h"

/* A group as messages have it: its words, with commas between them. */
static const char *group_name(const struct report *report,
                              const struct group *group, struct text *out) {
    char shown[PRINTABLE_MAX];
    text_clear(out);
    for (size_t i = 0; i < report->columns->keys; i++) {
        size_t size;
        const char *word = group_word(report->groups, group, i, &size);
        text_puts(out, i > 0 ? ", " : "");
        text_puts(out, printable(shown, word, size));
    }
    return out->at;
}

static const char *column_name(char out[PRINTABLE_MAX],
                               const struct report *report, size_t column) {
    const struct label *label = &report->columns->list[column].label;
    return printable(out, label->text, label->size);
}

static void warn_too_large(const struct report *report,
                           const struct group *group, size_t column,
                           enum statistic statistic) {
    char name[PRINTABLE_MAX];
    struct text words = {0};
    bool has_group = report->columns->keys > 0 && group->key_size != ALL_GROUPS;
    warn("column %s%s%s: the %s is beyond the range of a double",
         column_name(name, report, column), has_group ? ", group " : "",
         has_group ? group_name(report, group, &words) : "",
         statistic == SUM ? "total" : "result");
    text_free(&words);
}

void report_empty_groups(const struct report *report) {
    const struct groups *groups = report->groups;
    char name[PRINTABLE_MAX];
    struct text words = {0};
    bool totals =
        is_asked(report->options, SUM) || is_asked(report->options, DECIMAL);
    for (size_t column = 0; column < groups->columns; column++) {
        const struct group *first = NULL;
        size_t empty = 0;
        for (size_t i = groups->count; i > 0; i--)
            if (group_sum(groups, groups->list[i - 1], column)->count == 0) {
                first = groups->list[i - 1];
                empty++;
            }
        if (first == NULL)
            continue;
        column_name(name, report, column);
        group_name(report, first, &words);
        if (empty == 1)
            warn("column %s: group \"%s\" has no values%s", name, words.at,
                 totals ? "; its total is 0" : "");
        else
            warn("column %s: %zu groups have no values, the first \"%s\"%s",
                 name, empty, words.at, totals ? "; their totals are 0" : "");
    }
    text_free(&words);
}

/* The label of a statistic: its name and, if it is alone, the column's. */
static const char *statistic_label(const struct report *report,
                                   enum statistic statistic, struct text *out) {
    text_clear(out);
    text_puts(out, statistic_name(statistic));
    if (report->groups->columns == 1 && statistic != ROWS &&
        report->options->form != OUTPUT_JSON) {
        const struct label *column = &report->columns->list[0].label;
        text_puts(out, "(");
        text_put(out, column->text, column->size);
        text_puts(out, ")");
    }
    return out->at;
}

static bool has_column_cell(const struct report *report) {
    return report->groups->columns > 1 ||
           (report->groups->columns == 1 &&
            report->options->form == OUTPUT_JSON);
}

static const struct label *key_label(const struct report *report, size_t key) {
    return &report->columns->list[report->columns->values + key].label;
}

static void print_labels(const struct report *report, struct output *output) {
    struct text text = {0};
    for (size_t i = 0; i < report->columns->keys; i++)
        output_name(output, NULL, key_label(report, i)->text,
                    key_label(report, i)->size);
    if (has_column_cell(report))
        output_name(output, NULL, "column", strlen("column"));
    for (size_t i = 0; i < report->options->statistic_count; i++) {
        statistic_label(report, report->options->statistics[i], &text);
        output_name(output, NULL, text.at, text.size);
    }
    output_line(output);
    text_free(&text);
}

/* The words of a group; of all of them together, "total". */
static void print_words(const struct report *report, const struct group *group,
                        struct output *output) {
    for (size_t i = 0; i < report->columns->keys; i++) {
        const char *word = i == 0 ? "total" : "";
        size_t size = strlen(word);
        if (group->key_size != ALL_GROUPS)
            word = group_word(report->groups, group, i, &size);
        else if (report->options->form == OUTPUT_JSON)
            word = NULL;
        output_name(output, key_label(report, i)->text, word, size);
    }
}

/* The line of a column, or of none. Returns the first statistic for which
 * write_statistic() is false, or STATISTICS. */
static enum statistic print_line(const struct report *report,
                                 const struct group *group, size_t column,
                                 struct output *output, struct text *cell,
                                 struct text *label) {
    const struct options *options = report->options;
    enum statistic too_large = STATISTICS;
    print_words(report, group, output);
    if (has_column_cell(report)) {
        const struct label *name = &report->columns->list[column].label;
        output_name(output, "column", name->text, name->size);
    }
    for (size_t i = 0; i < options->statistic_count; i++) {
        enum statistic statistic = options->statistics[i];
        if (options->form == OUTPUT_JSON)
            statistic_label(report, statistic, label);
        if (statistic == ROWS) {
            text_clear(cell);
            cell->size +=
                (size_t)sprintf(text_room(cell, 24), "%" PRIu64, group->rows);
        } else if (!write_statistic(options,
                                    group_sum(report->groups, group, column),
                                    statistic, cell) &&
                   too_large == STATISTICS) {
            too_large = statistic;
        }
        output_number(output, label->at, cell->at);
    }
    output_line(output);
    return too_large;
}

static bool print_group(const struct report *report, const struct group *group,
                        struct output *output, struct text *cell,
                        struct text *label) {
    size_t columns = report->groups->columns;
    bool all_fit = true;
    bool only_rows = report->options->statistic_count == 1 &&
                     is_asked(report->options, ROWS);
    if (columns == 0 && only_rows)
        return print_line(report, group, 0, output, cell, label) == STATISTICS;
    for (size_t column = 0; column < columns; column++) {
        enum statistic too_large =
            print_line(report, group, column, output, cell, label);
        if (too_large != STATISTICS)
            warn_too_large(report, group, column, too_large);
        all_fit &= too_large == STATISTICS;
    }
    return all_fit;
}

static void print_title(const struct report *report, const struct group *group,
                        size_t column) {
    const struct label *label = &report->columns->list[column].label;
    printf("column ");
    print_name(label->text, label->size);
    for (size_t i = 0; i < report->columns->keys; i++) {
        size_t size;
        const char *word = group_word(report->groups, group, i, &size);
        printf(i > 0 ? ", " : ", group ");
        print_name(word, size);
    }
}

static bool print_comparisons(const struct report *report,
                              const size_t *order) {
    const struct groups *groups = report->groups;
    bool all_fit = true;
    struct text text = {0};
    for (size_t i = 0; i < groups->count; i++)
        for (size_t column = 0; column < groups->columns; column++) {
            const struct group *group =
                groups->list[order != NULL ? order[i] : i];
            const struct sum *sum = group_sum(groups, group, column);
            struct total total = write_total(sum, &text);
            if (i + column > 0)
                putchar('\n');
            print_title(report, group, column);
            print_comparison(sum, &total, text.at);
            check_output();
            if (total.too_large)
                warn_too_large(report, group, column, SUM);
            all_fit &= !total.too_large;
        }
    text_free(&text);
    return all_fit;
}

bool print_report(const struct report *report) {
    const struct options *options = report->options;
    const struct groups *groups = report->groups;
    struct output output = {.form = options->form};
    struct text cell = {0}, label = {0};
    size_t *order = options->sort ? sorted_groups(groups) : NULL;
    bool all_fit = true;
    if (options->compare) {
        output.form = OUTPUT_TSV;
        all_fit = print_comparisons(report, order);
    } else {
        if (options->labels && options->form != OUTPUT_JSON)
            print_labels(report, &output);
        for (size_t i = 0; i < groups->count; i++)
            all_fit &=
                print_group(report, groups->list[order != NULL ? order[i] : i],
                            &output, &cell, &label);
    }
    if (options->total) {
        const struct group *total = total_of_groups(report->groups);
        all_fit &= print_group(report, total, &output, &cell, &label);
    }
    free(order);
    text_free(&cell);
    text_free(&label);
    output_end(&output);
    return all_fit;
}
