/* An invoice: prices times quantities, and doubles as decimals. */
#include <stdio.h>
#include <string.h>
#include <tally.h>

int main(void) {
    /* 19.99 a kilogram and 0.05 a bag; 3.5 kilograms and 12 bags. */
    const int64_t prices[] = {1999, 5}, quantities[] = {3500, 12000};
    tally_decimal total = TALLY_DECIMAL_INIT;
    if (tally_decimal_add_products(&total, prices, quantities, 2, 2, 3) !=
        TALLY_OK)
        return 1;

    /* These came as doubles. Each is added as the decimal it was read from. */
    const double credits[] = {73.2, -70.1, -3.1};
    if (tally_decimal_add_f64(&total, credits, 3) != TALLY_OK)
        return 1;

    /* A field must be exactly one number. */
    const char *field = "1.50 EUR";
    if (tally_decimal_add_one_text(&total, field, strlen(field)) != TALLY_OK)
        printf("%s\n", tally_last_message());
    if (tally_decimal_add_one_text(&total, field, 4) != TALLY_OK)
        return 1;

    /* Exact, then rounded once, as the law requires. */
    char text[64];
    if (tally_decimal_value_text(&total, -1, text, sizeof text, NULL) !=
        TALLY_OK)
        return 1;
    printf("exactly %s\n", text);
    const int directions[] = {TALLY_ROUND_HALF_EVEN, TALLY_ROUND_HALF_UP,
                              TALLY_ROUND_DOWN};
    for (size_t i = 0; i < 3; i++) {
        if (tally_decimal_value_text_rounded(&total, 2, directions[i], text,
                                             sizeof text, NULL) != TALLY_OK)
            return 1;
        printf("to pay: %s\n", text);
    }
    return 0;
}

/* Prints:
 *
 *     "1.50 EUR" is not a finite number, at byte 4
 *     exactly 72.065
 *     to pay: 72.06
 *     to pay: 72.07
 *     to pay: 72.06
 */
