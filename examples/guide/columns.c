/* Values that do not lie side by side: a field of a struct, a column with gaps.
 */
#include <stdio.h>
#include <tally.h>

struct sale {
    char product;
    double price;
};

int main(void) {
    /* Every price of a table of structs. */
    const struct sale sales[] = {{'a', 1.5}, {'b', 2.25}, {'c', 4.0}};
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    double total;
    if (tally_accumulator_add_f64_strided(&sum, &sales[0].price, 3,
                                          sizeof *sales) != TALLY_OK ||
        tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
        return 1;
    printf("prices: %g\n", total);

    /* A column in Arrow's layout: a bit says whether the value is there. */
    const double column[] = {1.0, 2.0, 4.0, 8.0};
    const uint8_t validity[] = {0x0d}; /* all but the second */
    tally_accumulator valid = TALLY_ACCUMULATOR_INIT;
    if (tally_accumulator_add_f64_masked(&valid, column, 4, validity, 0) !=
            TALLY_OK ||
        tally_accumulator_value_f64(&valid, &total) != TALLY_OK)
        return 1;
    printf("those that are there: %g\n", total);
    return 0;
}

/* Prints:
 *
 *     prices: 7.75
 *     those that are there: 13
 */
