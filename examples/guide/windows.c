/* Windows, running totals, and the axes of a matrix. */
#include <math.h>
#include <stdio.h>
#include <tally.h>

static void show(const char *what, const double *results, size_t count) {
    printf("%s:", what);
    for (size_t i = 0; i < count; i++)
        printf(" %g", results[i]);
    printf("\n");
}

int main(void) {
    /* Values that have left the window leave no trace. */
    const double prices[] = {1, 1e300, 3, 5, 10};
    tally_column column = TALLY_COLUMN(TALLY_F64, prices, 5);
    double means[5], totals[5];
    if (tally_rolling(&column, 2, 1, TALLY_MEAN, 0, means) != TALLY_OK ||
        tally_cumulative_sum(&column, totals) != TALLY_OK)
        return 1;
    show("means of two", means, 5);
    show("running totals", totals, 5);

    /* The columns of a picture, and its rows. */
    const float pixels[2][3] = {{1, 2, 3}, {4, 5, 9}};
    tally_column row = TALLY_COLUMN(TALLY_F32, pixels[0], 3);
    ptrdiff_t row_stride = sizeof pixels[0];
    double of_columns[3], of_rows[2];
    if (tally_axis(&row, 2, row_stride, 0, TALLY_MEAN, 0, of_columns) !=
            TALLY_OK ||
        tally_axis(&row, 2, row_stride, 1, TALLY_SUM, 0, of_rows) != TALLY_OK)
        return 1;
    show("means of columns", of_columns, 3);
    show("sums of rows", of_rows, 2);
    return 0;
}

/* Prints:
 *
 *     means of two: 1 5e+299 5e+299 4 7.5
 *     running totals: 1 1e+300 1e+300 1e+300 1e+300
 *     means of columns: 2.5 3.5 6
 *     sums of rows: 6 18
 */
