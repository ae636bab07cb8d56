/* A reduction over processes, as in MPI: a failure in one reaches all. */
#include <stdio.h>
#include <string.h>
#include <tally.h>

/* The sum of the numbers of one process. If it cannot read them, it must take
 * part in the reduction anyway. */
static tally_accumulator part_of(const char *numbers) {
    tally_accumulator part = TALLY_ACCUMULATOR_INIT;
    size_t consumed, values;
    tally_status status = tally_accumulator_add_text(
        &part, numbers, strlen(numbers), ' ', 1, &consumed, &values);
    if (status != TALLY_OK && tally_accumulator_fail(&part, status) != TALLY_OK)
        fprintf(stderr, "%s\n", tally_last_message());
    return part;
}

/* The work of a function for MPI_Op_create(). */
static void merge(void *in, void *inout, int *count) {
    tally_accumulator_combine(in, inout, (size_t)*count);
}

static void report(const tally_accumulator *sum) {
    double total;
    tally_status status = tally_accumulator_value_f64(sum, &total);
    if (status == TALLY_OK)
        printf("%g\n", total);
    else
        printf("no total: %s\n", tally_status_name(status));
}

int main(void) {
    tally_accumulator all = part_of("0.1 0.2"), second = part_of("0.3"),
                      third = part_of("0.4 O.5");
    int count = 1;
    merge(&second, &all, &count);
    report(&all);
    merge(&third, &all, &count);
    report(&all);
    return 0;
}

/* Prints:
 *
 *     0.6
 *     no total: TALLY_PARSE
 */
