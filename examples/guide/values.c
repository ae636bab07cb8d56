/* One total in many forms: rounded, as an integer, as text, as a mean. */
#include <inttypes.h>
#include <stdio.h>
#include <tally.h>

int main(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    const double prices[] = {0.5, 1e17, 2.25};
    const int64_t cents[] = {-100, 40};
    if (tally_accumulator_add_f64(&sum, prices, 3) != TALLY_OK ||
        tally_accumulator_add_i64(&sum, cents, 2) != TALLY_OK)
        return 1;

    double total, mean;
    if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK ||
        tally_accumulator_mean_f64(&sum, &mean) != TALLY_OK)
        return 1;
    printf("nearest double: %.17g\nmean: %.17g\n", total, mean);

    /* The text has every digit, and the integer is exact or refused. */
    char text[64];
    if (tally_accumulator_value_text(&sum, -1, text, sizeof text, NULL) !=
        TALLY_OK)
        return 1;
    printf("all digits: %s\n", text);
    int64_t whole;
    if (tally_accumulator_value_i64(&sum, &whole) != TALLY_OK)
        printf("as an integer: %s\n", tally_last_message());
    if (tally_accumulator_add_one_f64(&sum, 0.25) != TALLY_OK ||
        tally_accumulator_value_i64(&sum, &whole) != TALLY_OK)
        return 1;
    printf("with 0.25 more: %" PRId64 "\n", whole);
    return 0;
}

/* Prints:
 *
 *     nearest double: 99999999999999936
 *     mean: 19999999999999988
 *     all digits: 99999999999999942.75
 *     as an integer: the total is not an integer
 *     with 0.25 more: 99999999999999943
 */
