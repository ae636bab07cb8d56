/* The exact total of an array in OpenMP threads: a reduction of states. */
#include <stdio.h>
#include <stdlib.h>
#include <tally.h>

/* Merging cannot return a status: a failure stays in the state. */
/* clang-format off */
#pragma omp declare reduction(tally : tally_accumulator : \
        tally_accumulator_combine(&omp_in, &omp_out, 1)) \
    initializer(omp_priv = (tally_accumulator)TALLY_ACCUMULATOR_INIT)
/* clang-format on */

enum { COUNT = 1000000, BLOCK = 4096 };

int main(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    double *values = malloc(COUNT * sizeof *values), plain = 0, total;
    if (values == NULL)
        return 1;
    for (int i = 0; i < COUNT; i++)
        values[i] = 0.1 * (i % 1000) - 49.95;
    /* Blocks of values: a call for each value would take longer. */
#pragma omp parallel for reduction(tally : sum)
    for (int i = 0; i < COUNT; i += BLOCK) {
        size_t count = i + BLOCK < COUNT ? BLOCK : (size_t)(COUNT - i);
        tally_status status =
            tally_accumulator_add_f64(&sum, values + i, count);
        if (status != TALLY_OK &&
            tally_accumulator_fail(&sum, status) != TALLY_OK)
            tally_clear_error(); /* it has failed before */
    }
#pragma omp parallel for reduction(+ : plain)
    for (int i = 0; i < COUNT; i++)
        plain += values[i];
    if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK) {
        fprintf(stderr, "%s\n", tally_last_message());
        return 1;
    }
    printf("%a, by OpenMP's own sum %a\n", total, plain);
    free(values);
    return 0;
}
