/* Mean and variance in parts, and over a window that moves. */
#include <stdio.h>
#include <tally.h>

int main(void) {
    const double values[] = {1e15, 2, 4, 4, 4, 5, 5, 7, 9};

    /* Two parts, merged: as if there had been one. */
    tally_moments first = TALLY_MOMENTS_INIT, second = TALLY_MOMENTS_INIT;
    if (tally_moments_add_f64(&first, values, 5) != TALLY_OK ||
        tally_moments_add_f64(&second, values + 5, 4) != TALLY_OK ||
        tally_moments_merge(&first, &second) != TALLY_OK)
        return 1;

    /* A value that was added by mistake is taken out without a trace. */
    double mean, deviation;
    if (tally_moments_subtract_one_f64(&first, 1e15) != TALLY_OK ||
        tally_moments_mean_f64(&first, &mean) != TALLY_OK ||
        tally_moments_standard_deviation_f64(&first, 0, &deviation) != TALLY_OK)
        return 1;
    printf("mean: %g, standard deviation: %g\n", mean, deviation);

    /* A product accumulator is a dot product in parts. */
    tally_product_accumulator dot = TALLY_PRODUCT_ACCUMULATOR_INIT;
    double total;
    if (tally_product_accumulator_add_one_f64(&dot, 1e300, 1e300) != TALLY_OK ||
        tally_product_accumulator_add_one_f64(&dot, 0.5, 0.5) != TALLY_OK ||
        tally_product_accumulator_add_one_f64(&dot, -1e300, 1e300) !=
            TALLY_OK ||
        tally_product_accumulator_value_f64(&dot, &total) != TALLY_OK)
        return 1;
    printf("dot product: %g\n", total);
    return 0;
}

/* Prints:
 *
 *     mean: 5, standard deviation: 2
 *     dot product: 0.25
 */
