/* Long arrays on several threads: the same bits on any number of them. */
#include <stdio.h>
#include <tally.h>

#define COUNT 1000000

int main(void) {
    double *values = tally_alloc(COUNT * sizeof *values);
    if (values == NULL)
        return 1;
    for (int i = 0; i < COUNT; i++)
        values[i] = (i % 2 ? -1e9 : 1e-9) / (i + 1);

    double one, four, all;
    if (tally_sum_f64(values, COUNT, &one) != TALLY_OK ||
        tally_sum_f64_parallel(values, COUNT, 4, &four) != TALLY_OK ||
        /* 0: one thread for each processor. */
        tally_sum_f64_parallel(values, COUNT, 0, &all) != TALLY_OK)
        return 1;
    printf("the same total: %s\n", one == four && one == all ? "yes" : "no");
    tally_free(values);
    return 0;
}

/* Prints:
 *
 *     the same total: yes
 */
