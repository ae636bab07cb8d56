#define _POSIX_C_SOURCE 200809L

#include "tally_compare.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tally_console.h"
#include "tally_number.h"

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

void print_comparison(const struct sum *sum, const struct total *total,
                      const char *text) {
    const char *names[3] = {"exact", "naive loop", "naive loop, backward"};
    char naive_text[2][DOUBLE_TEXT_MAX];
    const char *texts[3] = {text, naive_text[0], naive_text[1]};
    const struct kept *kept = sum_kept(sum);
    tally_accumulator room;
    const tally_accumulator *exact = sum_total(sum, &room);
    double naive[2] = {naive_forward(kept->values, kept->count),
                       naive_backward(kept->values, kept->count)};
    double ulps[3] = {0};
    int width = (int)strlen("total");

    /* A total of integers is printed in full, without an error. */
    if (sum->has_doubles)
        must(tally_accumulator_error_f64(exact, total->nearest, &ulps[0]));
    for (int i = 0; i < 2; i++) {
        write_double(naive_text[i], naive[i]);
        must(tally_accumulator_error_f64(exact, naive[i], &ulps[i + 1]));
        /* Correct as a double, but far from the printed total. */
        if (isinf(naive[i]) && !sum->has_doubles)
            ulps[i + 1] = INFINITY;
    }
    for (int i = 0; i < 3; i++)
        if ((int)strlen(texts[i]) > width)
            width = (int)strlen(texts[i]);

    printf(": %" PRIu64 " value%s\n", sum->count, sum->count == 1 ? "" : "s");
    printf("  %-20s  %-*s  %12s\n", "", width, "total", "off by, ulps");
    for (int i = 0; i < 3; i++) {
        printf("  %-20s  %-*s  ", names[i], width, texts[i]);
        print_error(12, ulps[i]);
    }
}
