/* Numbers in text, in pieces as they come from a file. */
#include <stdio.h>
#include <string.h>
#include <tally.h>

int main(void) {
    /* Two reads; the first ends in the middle of 125. */
    const char *pieces[] = {"0.5 1e3\n12", "5 -0.25\n"};
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    char buffer[64];
    size_t kept = 0, consumed, values, all = 0;
    for (int i = 0; i < 2; i++) {
        size_t size = kept + strlen(pieces[i]);
        memcpy(buffer + kept, pieces[i], size - kept);
        if (tally_accumulator_add_text(&sum, buffer, size, ' ', i == 1,
                                       &consumed, &values) != TALLY_OK)
            return 1;
        /* Keep the end that was not consumed; the next piece follows it. */
        kept = size - consumed;
        memmove(buffer, buffer + consumed, kept);
        all += values;
    }
    double total;
    if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
        return 1;
    printf("%zu numbers, total %g\n", all, total);

    /* A word that is not a number: nothing is added; the message quotes it. */
    if (tally_accumulator_add_text(&sum, "1 2 many", 8, ' ', 1, &consumed,
                                   &values) == TALLY_PARSE)
        puts(tally_last_message());
    return 0;
}

/* Prints:
 *
 *     4 numbers, total 1125.25
 *     "many" at byte 4 is not a number
 */
