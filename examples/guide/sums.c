/* Totals of arrays in one call. */
#include <inttypes.h>
#include <stdio.h>
#include <tally.h>

int main(void) {
    /* The true sum is 1. A loop that adds from left to right gets 0. */
    const double values[] = {1e100, 1.0, -1e100};
    double total;
    if (tally_sum_f64(values, 3, &total) != TALLY_OK)
        return 1;
    printf("doubles: %g\n", total);

    /* A total that does not fit is an error, not a wrapped number. */
    const int64_t large[] = {INT64_MAX, 1};
    int64_t sum = 0;
    if (tally_sum_i64(large, 2, &sum) == TALLY_OVERFLOW)
        printf("too large: %s\n", tally_last_message());

    /* Intermediate totals may be of any size. */
    const int64_t back[] = {INT64_MAX, 1, -2};
    if (tally_sum_i64(back, 3, &sum) != TALLY_OK)
        return 1;
    printf("integers: %" PRId64 "\n", sum);

    /* 128 bits hold every total of 64-bit integers. */
    int64_t high;
    uint64_t low;
    if (tally_sum_i64_wide(large, 2, &high, &low) != TALLY_OK)
        return 1;
    printf("128 bits: %" PRId64 " * 2^64 + %" PRIu64 "\n", high, low);
    return 0;
}

/* Prints:
 *
 *     doubles: 1
 *     too large: the total 9223372036854775808 does not fit in int64_t
 *     integers: 9223372036854775806
 *     128 bits: 0 * 2^64 + 9223372036854775808
 */
