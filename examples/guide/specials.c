/* NaN and infinities in a sum: how many there are, and the sum of the rest. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <tally.h>

int main(void) {
    const double readings[] = {20.5, NAN, 21.25, INFINITY, NAN, 19.75};
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    double total;
    if (tally_accumulator_add_f64(&sum, readings, 6) != TALLY_OK ||
        tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
        return 1;
    printf("with all readings: %s\n", isnan(total) ? "NaN" : "a number");

    int64_t nan, positive, negative, count;
    if (tally_accumulator_special_counts(&sum, &nan, &positive, &negative) !=
        TALLY_OK)
        return 1;
    printf("NaN: %" PRId64 ", infinite: %" PRId64 "\n", nan,
           positive + negative);

    /* They are counted, not mixed into the sum, and can be taken out again. */
    for (; nan > 0; nan--)
        if (tally_accumulator_subtract_one_f64(&sum, NAN) != TALLY_OK)
            return 1;
    for (; positive > 0; positive--)
        if (tally_accumulator_subtract_one_f64(&sum, INFINITY) != TALLY_OK)
            return 1;
    if (tally_accumulator_count(&sum, &count) != TALLY_OK ||
        tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
        return 1;
    printf("the other %" PRId64 ": %g\n", count, total);
    return 0;
}

/* Prints:
 *
 *     with all readings: NaN
 *     NaN: 2, infinite: 1
 *     the other 3: 61.5
 */
