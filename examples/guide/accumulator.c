/* A sum in parts: the split leaves no trace. */
#include <stdio.h>
#include <string.h>
#include <tally.h>

#define COUNT 1000

int main(void) {
    double values[COUNT];
    for (int i = 0; i < COUNT; i++)
        values[i] = (i % 2 ? 1e-20 : 1e20) / (i + 1);

    /* All at once. */
    tally_accumulator whole = TALLY_ACCUMULATOR_INIT;
    if (tally_accumulator_add_f64(&whole, values, COUNT) != TALLY_OK)
        return 1;

    /* In two parts, as two threads or two machines would. */
    tally_accumulator first = TALLY_ACCUMULATOR_INIT;
    tally_accumulator second = TALLY_ACCUMULATOR_INIT;
    tally_status status = tally_accumulator_add_f64(&first, values, 400);
    for (int i = COUNT - 1; i >= 400 && status == TALLY_OK; i--)
        status = tally_accumulator_add_one_f64(&second, values[i]);
    if (status != TALLY_OK ||
        tally_accumulator_merge(&second, &first) != TALLY_OK)
        return 1;
    printf("the same bytes: %s\n",
           memcmp(&whole, &second, sizeof whole) == 0 ? "yes" : "no");

    /* Values that were added can be taken out again. */
    double total;
    if (tally_accumulator_unmerge(&second, &first) != TALLY_OK ||
        tally_accumulator_subtract_f64(&second, values + 401, COUNT - 401) !=
            TALLY_OK ||
        tally_accumulator_value_f64(&second, &total) != TALLY_OK)
        return 1;
    printf("only the one value is left: %s\n",
           total == values[400] ? "yes" : "no");

    /* How wrong is a plain loop? */
    double naive = 0, ulps;
    for (int i = 0; i < COUNT; i++)
        naive += values[i];
    if (tally_accumulator_error_f64(&whole, naive, &ulps) != TALLY_OK)
        return 1;
    printf("the loop is wrong: %s\n", ulps > 0.5 ? "yes" : "no");
    return 0;
}

/* Prints:
 *
 *     the same bytes: yes
 *     only the one value is left: yes
 *     the loop is wrong: yes
 */
