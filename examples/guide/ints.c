/* Plain int: the nearest int where the true result does not fit. */
#include <limits.h>
#include <stdio.h>
#include <tally.h>

int main(void) {
    /* Totals on the way do not matter. */
    const int fits[] = {INT_MAX, 1, -1};
    printf("%d\n", tally_sum_int(fits, 3) == INT_MAX &&
                       tally_last_status() == TALLY_OK);

    const int too_much[] = {INT_MAX, 1};
    printf("%d\n", tally_sum_int(too_much, 2) == INT_MAX);
    puts(tally_status_name(tally_last_status()));

    printf("%d\n", tally_double(21));
    return 0;
}

/* Prints:
 *
 *     1
 *     1
 *     TALLY_OVERFLOW
 *     42
 */
