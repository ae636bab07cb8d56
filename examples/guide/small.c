/* Sums in 64 bytes, until one of them needs more. */
#include <stdio.h>
#include <tally.h>

/* A sum, which moves to 'large' when it outgrows 'small'. */
struct sum {
    tally_small_accumulator small;
    tally_accumulator large;
    int is_large;
};

static tally_status add(struct sum *sum, double value) {
    if (!sum->is_large) {
        tally_status status =
            tally_small_accumulator_add_one_f64(&sum->small, value);
        if (status != TALLY_TOO_SMALL)
            return status;
        /* It does not fit, and nothing was added. */
        status = tally_small_accumulator_expand(&sum->small, &sum->large);
        if (status != TALLY_OK)
            return status;
        sum->is_large = 1;
    }
    return tally_accumulator_add_one_f64(&sum->large, value);
}

static tally_status value(const struct sum *sum, double *total) {
    return sum->is_large
               ? tally_accumulator_value_f64(&sum->large, total)
               : tally_small_accumulator_value_f64(&sum->small, total);
}

int main(void) {
    const double values[] = {1e20, 1.0, -1e20, 1e300, 0.5, -1e300};
    struct sum sum = {TALLY_SMALL_ACCUMULATOR_INIT, TALLY_ACCUMULATOR_INIT, 0};
    for (int i = 0; i < 6; i++) {
        double total;
        if (add(&sum, values[i]) != TALLY_OK ||
            value(&sum, &total) != TALLY_OK) {
            fprintf(stderr, "%s\n", tally_last_message());
            return 1;
        }
        printf("%7g  %7g  %d bytes\n", values[i], total,
               sum.is_large ? 320 : 64);
    }
    return 0;
}

/* Prints:
 *
 *       1e+20    1e+20  64 bytes
 *           1    1e+20  64 bytes
 *      -1e+20        1  64 bytes
 *      1e+300   1e+300  320 bytes
 *         0.5   1e+300  320 bytes
 *     -1e+300      1.5  320 bytes
 */
