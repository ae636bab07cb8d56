/* Money: decimal numbers added as they are written, with no binary rounding. */
#include <stdio.h>
#include <string.h>
#include <tally.h>

int main(void) {
    const char *prices = "0.10\n0.20\n1234567890123456.78\n";
    size_t consumed, values;
    tally_decimal sum = TALLY_DECIMAL_INIT;
    if (tally_decimal_add_text(&sum, prices, strlen(prices), '\n', 1, &consumed,
                               &values) != TALLY_OK)
        return 1;

    /* Amounts in cents, too. */
    const int64_t cents[] = {199, -5};
    if (tally_decimal_add_scaled(&sum, cents, 2, 2) != TALLY_OK)
        return 1;

    /* As many digits as were written, or rounded half to even. */
    char text[64];
    if (tally_decimal_value_text(&sum, TALLY_DECIMAL_AS_WRITTEN, text,
                                 sizeof text, NULL) != TALLY_OK)
        return 1;
    printf("%zu prices and 2 amounts: %s\n", values, text);
    if (tally_decimal_mean_text(&sum, 2, text, sizeof text, NULL) != TALLY_OK)
        return 1;
    printf("mean: %s\n", text);
    return 0;
}

/* Prints:
 *
 *     3 prices and 2 amounts: 1234567890123459.02
 *     mean: 246913578024691.80
 */
