/* A failure leaves a status, a message and the name of the function. */
#include <stdio.h>
#include <tally.h>

static void report(void) {
    printf("%s from %s\n", tally_status_name(tally_last_status()),
           tally_last_function());
}

int main(void) {
    double total = 42;

    /* NULL is refused, and the result is unchanged. */
    if (tally_sum_f64(NULL, 3, &total) != TALLY_OK)
        report();
    printf("total: %g\n", total);

    /* Every int is a valid value, so ask the record whether the call failed. */
    void *object = tally_object_new();
    tally_unref(object);
    int value = tally_object_value(object);
    if (tally_last_status() != TALLY_OK) {
        printf("%d, but: ", value);
        report();
    }

    /* Cleaning up does not wipe the error that it cleans up after. */
    char *copy = NULL;
    if (tally_text_copy("\xff", &copy) != TALLY_OK) {
        tally_free(copy);
        report();
    }

    /* A call that succeeds does. */
    if (tally_sum_f64(&total, 1, &total) == TALLY_OK)
        puts(tally_status_name(tally_last_status()));
    return 0;
}

/* Prints:
 *
 *     TALLY_NULL from tally_sum_f64
 *     total: 42
 *     0, but: TALLY_STALE from tally_object_value
 *     TALLY_ENCODING from tally_text_copy
 *     TALLY_OK
 */
