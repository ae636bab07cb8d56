#define _POSIX_C_SOURCE 200809L

#include "tally_report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tally_console.h"

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
        tally_accumulator_value_f64(&sum->exact, &total.nearest);
    if (status != TALLY_OVERFLOW)
        must(status);
    else
        total.too_large = sum->has_doubles;
    if (sum->has_doubles) {
        write_double(total.text, total.nearest);
    } else {
        size_t needed;
        must(tally_accumulator_value_text(&sum->exact, 0, total.text,
                                          sizeof total.text, &needed));
    }
    return total;
}

/* Names keep to their line and their place between the tabs. */
static void print_label(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < ' ' || byte == 0x7f)
            printf("\\x%02x", byte);
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
    double naive[2] = {naive_forward(sum->kept, sum->kept_count),
                       naive_backward(sum->kept, sum->kept_count)};
    double ulps[3] = {0};
    int width = (int)strlen("total");

    /* A total of integers is printed in full: nothing is off. */
    if (sum->has_doubles)
        must(
            tally_accumulator_error_f64(&sum->exact, total->nearest, &ulps[0]));
    for (int i = 0; i < 2; i++) {
        write_double(naive_text[i], naive[i]);
        must(tally_accumulator_error_f64(&sum->exact, naive[i], &ulps[i + 1]));
        /* Right as a double, but far from the total that is printed. */
        if (isinf(naive[i]) && !sum->has_doubles)
            ulps[i + 1] = INFINITY;
    }
    for (int i = 0; i < 3; i++)
        if ((int)strlen(texts[i]) > width)
            width = (int)strlen(texts[i]);

    printf("column ");
    print_label(report->columns[column].text, report->columns[column].size);
    if (report->grouped) {
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

static void print_total(const struct report *report, const struct group *group,
                        size_t column, const struct total *total) {
    if (report->grouped) {
        print_label(group->key, group->key_size);
        putchar('\t');
    }
    if (report->groups->columns > 1) {
        print_label(report->columns[column].text, report->columns[column].size);
        putchar('\t');
    }
    puts(total->text);
}

static void warn_too_large(const struct report *report,
                           const struct group *group, size_t column) {
    char name[PRINTABLE_MAX], key[PRINTABLE_MAX];
    printable(name, report->columns[column].text, report->columns[column].size);
    printable(key, group->key, group->key_size);
    warn("column %s%s%s: the total is beyond the range of a double", name,
         report->grouped ? ", group " : "", report->grouped ? key : "");
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
        if (empty == 1)
            warn("column %s: no values in group \"%s\", whose total is 0", name,
                 key);
        else
            warn("column %s: no values in %zu groups, the first \"%s\", whose "
                 "totals are 0",
                 name, empty, key);
    }
}

bool print_report(const struct report *report) {
    const struct groups *groups = report->groups;
    bool all_fit = true;
    for (size_t i = 0; i < groups->count; i++)
        for (size_t column = 0; column < groups->columns; column++) {
            const struct group *group = &groups->list[i];
            struct total total = total_of(&group->sums[column]);
            if (report->compare) {
                if (i + column > 0)
                    putchar('\n');
                print_comparison(report, group, column, &total);
            } else {
                print_total(report, group, column, &total);
            }
            if (total.too_large) {
                warn_too_large(report, group, column);
                all_fit = false;
            }
        }
    return all_fit;
}
