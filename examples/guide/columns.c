/* Columns: any type, any layout, and values that are missing. */
#include <math.h>
#include <stdio.h>
#include <tally.h>

struct sale {
    char product;
    float price;
    int16_t pieces;
};

int main(void) {
    /* Two fields of a table of structs. */
    const struct sale sales[] = {{'a', 1.5F, 2}, {'b', 2.5F, 4}, {'c', 5, 1}};
    tally_column prices = TALLY_COLUMN(TALLY_F32, &sales[0].price, 3);
    tally_column pieces = TALLY_COLUMN(TALLY_I16, &sales[0].pieces, 3);
    prices.stride = pieces.stride = sizeof *sales;
    double mean, turnover;
    if (tally_column_mean(&prices, &mean) != TALLY_OK ||
        tally_column_dot(&prices, &pieces, &turnover) != TALLY_OK)
        return 1;
    printf("mean price %g, turnover %g\n", mean, turnover);

    /* NaN is skipped. So is the first value: its bit in the bitmap is 0. */
    const double measured[] = {99, 1.0, NAN, 2.0, 6.0};
    const uint8_t validity[] = {0x1e};
    tally_column column = TALLY_COLUMN(TALLY_F64, measured, 5);
    column.flags = TALLY_SKIP_NAN;
    column.validity = validity;
    double variance;
    size_t count, skipped;
    if (tally_column_variance(&column, 1, &variance) != TALLY_OK ||
        tally_column_count(&column, &count, &skipped) != TALLY_OK)
        return 1;
    printf("variance %g of %zu values, %zu skipped\n", variance, count,
           skipped);

    /* A line through timestamps: nothing cancels. */
    const int64_t seconds[] = {1700000000, 1700000060, 1700000120};
    const double level[] = {425000000.25, 425000015.25, 425000030.25};
    double slope, intercept;
    if (tally_column_linear_fit(&TALLY_COLUMN(TALLY_I64, seconds, 3),
                                &TALLY_COLUMN(TALLY_F64, level, 3), &slope,
                                &intercept, NULL) != TALLY_OK)
        return 1;
    printf("level = %g + %g t\n", intercept, slope);
    return 0;
}

/* Prints:
 *
 *     mean price 3, turnover 18
 *     variance 7 of 3 values, 2 skipped
 *     level = 0.25 + 0.25 t
 */
