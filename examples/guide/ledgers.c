/* Decimals in parts: merged, compared, saved. */
#include <stdio.h>
#include <string.h>
#include <tally.h>

static tally_status add(tally_decimal *sum, const char *amounts) {
    size_t consumed, values;
    return tally_decimal_add_text(sum, amounts, strlen(amounts), ' ', 1,
                                  &consumed, &values);
}

int main(void) {
    tally_decimal branches = TALLY_DECIMAL_INIT;
    tally_decimal north = TALLY_DECIMAL_INIT;
    tally_decimal office = TALLY_DECIMAL_INIT;
    if (add(&branches, "19.90 5.10 -3.00") != TALLY_OK ||
        add(&north, "100.01 0.99") != TALLY_OK ||
        add(&office, "123") != TALLY_OK)
        return 1;
    if (tally_decimal_merge(&branches, &north) != TALLY_OK)
        return 1;

    /* The totals are compared exactly, however they were written. */
    int order;
    if (tally_decimal_compare(&branches, &office, &order) != TALLY_OK)
        return 1;
    printf("the books %s\n", order == 0 ? "agree" : "differ");

    /* The same bytes on every machine. */
    unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
    size_t length;
    tally_decimal copy;
    int64_t count;
    char text[64];
    if (tally_decimal_save(&branches, bytes, sizeof bytes, &length) !=
            TALLY_OK ||
        tally_decimal_load(bytes, length, &copy) != TALLY_OK ||
        tally_decimal_count(&copy, &count) != TALLY_OK ||
        tally_decimal_value_text(&copy, TALLY_DECIMAL_AS_WRITTEN, text,
                                 sizeof text, NULL) != TALLY_OK)
        return 1;
    printf("%s of %lld amounts, in %zu bytes\n", text, (long long)count,
           length);
    return 0;
}

/* Prints:
 *
 *     the books agree
 *     123.00 of 5 amounts, in 56 bytes
 */
