/* Groups: one call computes a result for each. */
#include <stdio.h>
#include <tally.h>

int main(void) {
    /* Payments in three shops; 1e100 came and went. */
    const double paid[] = {0.1, 1e100, 0.2, 1.0, 0.3, -1e100};
    const uint8_t shops[] = {0, 2, 0, 2, 0, 2};
    tally_column values = TALLY_COLUMN(TALLY_F64, paid, 6);
    tally_column groups = TALLY_COLUMN(TALLY_U8, shops, 6);
    double totals[3], means[3];
    if (tally_group(&values, &groups, 3, TALLY_SUM, 0, totals) != TALLY_OK ||
        tally_group(&values, &groups, 3, TALLY_MEAN, 0, means) != TALLY_OK)
        return 1;
    for (int shop = 0; shop < 3; shop++)
        printf("shop %d: total %g, mean %g\n", shop, totals[shop], means[shop]);

    /* Exact sums of integers. */
    const int32_t cents[] = {10, 5, 20, 100, 30, 7};
    tally_column integers = TALLY_COLUMN(TALLY_I32, cents, 6);
    int64_t sums[3];
    size_t overflowed;
    if (tally_group_sum_i64(&integers, &groups, 3, sums, &overflowed) !=
        TALLY_OK)
        return 1;
    printf("cents: %d, %d and %d\n", (int)sums[0], (int)sums[1], (int)sums[2]);

    /* An id outside the range is refused; the message names its row. */
    if (tally_group(&values, &groups, 2, TALLY_SUM, 0, totals) != TALLY_OK)
        printf("%s\n", tally_last_message());
    return 0;
}

/* Prints:
 *
 *     shop 0: total 0.6, mean 0.2
 *     shop 1: total 0, mean nan
 *     shop 2: total 1, mean 0.333333
 *     cents: 60, 0 and 112
 *     groups: the id in row 1 is not from 0 to group_count - 1
 */
