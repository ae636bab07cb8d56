/* A reduction over processes, as by MPI: a failure of one of them reaches all.
 */
#include <stdio.h>
#include <string.h>
#include <tally.h>

/* The sum of a process's numbers. If they cannot be read, it must take part in
 * the reduction all the same. */
static tally_accumulator part_of(const char *numbers) {
    tally_accumulator part = TALLY_ACCUMULATOR_INIT;
    size_t consumed, values;
    tally_status status = tally_accumulator_add_text(
        &part, numbers, strlen(numbers), ' ', 1, &consumed, &values);
    if (status != TALLY_OK && tally_accumulator_fail(&part, status) != TALLY_OK)
        fprintf(stderr, "%s\n", tally_last_message());
    return part;
}

/* What a function given to MPI_Op_create() does. */
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
