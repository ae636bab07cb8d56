#define _POSIX_C_SOURCE 200809L

#include "tally_report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_number.h"

/* A total of 2^63 integers below 2^1024 has at most 328 digits and a sign. */
#define TOTAL_TEXT_MAX 336

struct total {
    double nearest;
    char text[TOTAL_TEXT_MAX];
    bool too_large;
};

static struct total total_of(const struct sum *sum) {
    struct total total = {0};
    tally_status status =
        tally_accumulator_value_f64(sum->total, &total.nearest);
    if (status != TALLY_OVERFLOW)
        must(status);
    else
        total.too_large = sum->has_doubles;
    if (sum->has_doubles) {
        write_double(total.text, total.nearest);
    } else {
        size_t needed;
        must(tally_accumulator_value_text(sum->total, 0, total.text,
                                          sizeof total.text, &needed));
    }
    return total;
}

/* Escapes names, so that they stay on one line and between their tabs. */
static void print_label(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < ' ' || byte == 0x7f)
            printf("\\x%02x", byte);
        else if (byte == '\\')
            fputs("\\\\", stdout);
        else
            putchar(byte);
    }
}

static double naive_forward(const double *values, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

static double naive_backward(const double *values, size_t count) {
    double total = 0;
    for (size_t i = count; i > 0; i--)
        total += values[i - 1];
    return total;
}

static void print_error(int width, double ulps) {
    if (ulps == 0)
        printf("%*s\n", width, "0");
    else
        printf("%*.*f\n", width, ulps < 1e9 ? 2 : 0, ulps);
}

static void print_comparison(const struct report *report,
                             const struct group *group, size_t column,
                             const struct total *total) {
    const struct sum *sum = &group->sums[column];
    const char *names[3] = {"exact", "naive loop", "naive loop, backward"};
    char naive_text[2][DOUBLE_TEXT_MAX];
    const char *texts[3] = {total->text, naive_text[0], naive_text[1]};
    double naive[2] = {naive_forward(sum->kept->values, sum->kept->count),
                       naive_backward(sum->kept->values, sum->kept->count)};
    double ulps[3] = {0};
    int width = (int)strlen("total");

    /* A total of integers is printed in full, without an error. */
    if (sum->has_doubles)
        must(tally_accumulator_error_f64(sum->total, total->nearest, &ulps[0]));
    for (int i = 0; i < 2; i++) {
        write_double(naive_text[i], naive[i]);
        must(tally_accumulator_error_f64(sum->total, naive[i], &ulps[i + 1]));
        /* Correct as a double, but far from the printed total. */
        if (isinf(naive[i]) && !sum->has_doubles)
            ulps[i + 1] = INFINITY;
    }
    for (int i = 0; i < 3; i++)
        if ((int)strlen(texts[i]) > width)
            width = (int)strlen(texts[i]);

    printf("column ");
    print_label(report->columns[column].text, report->columns[column].size);
    if (report->options->group != NULL) {
        printf(", group ");
        print_label(group->key, group->key_size);
    }
    printf(": %" PRIu64 " value%s\n", sum->count, sum->count == 1 ? "" : "s");
    printf("  %-20s  %-*s  %12s\n", "", width, "total", "off by, ulps");
    for (int i = 0; i < 3; i++) {
        printf("  %-20s  %-*s  ", names[i], width, texts[i]);
        print_error(12, ulps[i]);
    }
}

/* False if the value is beyond the range of a double and was printed as an
 * infinity. */
static bool print_double(tally_status status, double value) {
    char text[DOUBLE_TEXT_MAX];
    if (status != TALLY_OVERFLOW)
        must(status);
    fputs(write_double(text, value), stdout);
    return status == TALLY_OK;
}

/* The total or mean of the numbers as written. The caller frees it. */
static char *decimal_text(const tally_decimal *decimal, bool mean, int digits) {
    size_t size;
    tally_status (*write)(const tally_decimal *, int, char *, size_t,
                          size_t *) =
        mean ? tally_decimal_mean_text : tally_decimal_value_text;
    must(write(decimal, digits, NULL, 0, &size));
    char *text = resize(NULL, size + 1, 1);
    must(write(decimal, digits, text, size + 1, &size));
    return text;
}

static void print_decimal(const tally_decimal *decimal, int digits) {
    char *text = decimal_text(decimal, false,
                              digits < 0 ? TALLY_DECIMAL_AS_WRITTEN : digits);
    fputs(text, stdout);
    free(text);
}

/* How many digits a number has after its point, as written. */
static int places_of(const char *text) {
    const char *point = strchr(text, '.');
    return point == NULL ? 0 : (int)strlen(point + 1);
}

#define MORE_PLACES 6
#define MOST_PLACES 342

static void print_decimal_mean(const tally_decimal *decimal, int digits) {
    if (digits >= 0) {
        char *text = decimal_text(decimal, true, digits);
        fputs(text, stdout);
        free(text);
        return;
    }
    char *total = decimal_text(decimal, false, TALLY_DECIMAL_AS_WRITTEN);
    int written = places_of(total), most = written + MORE_PLACES;
    free(total);
    char *text =
        decimal_text(decimal, true, most < MOST_PLACES ? most : MOST_PLACES);
    size_t size = strlen(text);
    for (int places = places_of(text); places > written; places--) {
        if (text[size - 1] != '0')
            break;
        text[--size] = '\0';
    }
    if (size > 0 && text[size - 1] == '.')
        text[size - 1] = '\0';
    fputs(text, stdout);
    free(text);
}

/* The fewest values that a statistic needs. */
static uint64_t fewest_for(enum statistic statistic) {
    switch (statistic) {
    case MEAN:
    case LEAST:
    case GREATEST:
        return 1;
    case SD:
        return 2;
    default:
        return 0;
    }
}

/* False as for print_double(). */
static bool print_statistic(const struct options *options,
                            const struct sum *sum, enum statistic statistic,
                            const struct total *total) {
    double value = 0;
    tally_status status;
    if (sum->count < fewest_for(statistic)) {
        fputs("NA", stdout);
        return true;
    }
    switch (statistic) {
    case SUM:
        fputs(total->text, stdout);
        return !total->too_large;
    case DECIMAL:
        print_decimal(sum->decimal, options->digits);
        return true;
    case MEAN:
        if (sum->decimal != NULL) {
            print_decimal_mean(sum->decimal, options->digits);
            return true;
        }
        status = tally_accumulator_mean_f64(sum->total, &value);
        return print_double(status, value);
    case SD:
        status = tally_moments_standard_deviation_f64(sum->moments, 1, &value);
        return print_double(status, value);
    case LEAST:
        fputs(sum->least->text, stdout);
        return true;
    case GREATEST:
        fputs(sum->greatest->text, stdout);
        return true;
    default:
        printf("%" PRIu64, sum->count);
        return true;
    }
}

/* False as for print_double(). */
static bool print_line(const struct report *report, const struct group *group,
                       size_t column, const struct total *total) {
    const struct options *options = report->options;
    bool all_fit = true;
    if (options->group != NULL) {
        print_label(group->key, group->key_size);
        putchar('\t');
    }
    if (report->groups->columns > 1) {
        print_label(report->columns[column].text, report->columns[column].size);
        putchar('\t');
    }
    for (size_t i = 0; i < options->statistic_count; i++) {
        if (i > 0)
            putchar('\t');
        all_fit &= print_statistic(options, &group->sums[column],
                                   options->statistics[i], total);
    }
    putchar('\n');
    return all_fit;
}

static void warn_too_large(const struct report *report,
                           const struct group *group, size_t column) {
    char name[PRINTABLE_MAX], key[PRINTABLE_MAX];
    printable(name, report->columns[column].text, report->columns[column].size);
    printable(key, group->key, group->key_size);
    warn("column %s%s%s: the %s is beyond the range of a double", name,
         report->options->group != NULL ? ", group " : "",
         report->options->group != NULL ? key : "",
         is_asked(report->options, SUM) ? "total" : "result");
}

void report_empty_groups(const struct report *report) {
    const struct groups *groups = report->groups;
    char name[PRINTABLE_MAX], key[PRINTABLE_MAX];
    for (size_t column = 0; column < groups->columns; column++) {
        const struct group *first = NULL;
        size_t empty = 0;
        for (size_t i = groups->count; i > 0; i--)
            if (groups->list[i - 1].sums[column].count == 0) {
                first = &groups->list[i - 1];
                empty++;
            }
        if (first == NULL)
            continue;
        printable(name, report->columns[column].text,
                  report->columns[column].size);
        printable(key, first->key, first->key_size);
        bool totals = is_asked(report->options, SUM) ||
                      is_asked(report->options, DECIMAL);
        if (empty == 1)
            warn("column %s: no values in group \"%s\"%s", name, key,
                 totals ? ", whose total is 0" : "");
        else
            warn("column %s: no values in %zu groups, the first \"%s\"%s", name,
                 empty, key, totals ? ", whose totals are 0" : "");
    }
}

bool print_report(const struct report *report) {
    const struct groups *groups = report->groups;
    bool all_fit = true;
    for (size_t i = 0; i < groups->count; i++)
        for (size_t column = 0; column < groups->columns; column++) {
            const struct group *group = &groups->list[i];
            struct total total = {0};
            bool fits;
            if (is_asked(report->options, SUM))
                total = total_of(&group->sums[column]);
            if (report->options->compare) {
                if (i + column > 0)
                    putchar('\n');
                print_comparison(report, group, column, &total);
                fits = !total.too_large;
            } else {
                fits = print_line(report, group, column, &total);
            }
            if (!fits)
                warn_too_large(report, group, column);
            all_fit &= fits;
        }
    return all_fit;
}
