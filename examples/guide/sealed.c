/* A saved sum in an envelope that reveals damage. */
#include <stdio.h>
#include <tally.h>

int main(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, later;
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    unsigned char sealed[sizeof bytes + TALLY_SEAL_SIZE];
    size_t length;
    if (tally_accumulator_add_one_f64(&sum, 0.5) != TALLY_OK ||
        tally_accumulator_save(&sum, bytes, sizeof bytes, &length) !=
            TALLY_OK ||
        tally_saved_seal(bytes, length, sealed, sizeof sealed, &length) !=
            TALLY_OK)
        return 1;
    printf("%zu bytes\n", length);

    /* The saved state is read in place, within the envelope. */
    const void *saved;
    size_t saved_length;
    double total;
    if (tally_saved_open(sealed, length, &saved, &saved_length) != TALLY_OK ||
        tally_accumulator_load(saved, saved_length, &later) != TALLY_OK ||
        tally_accumulator_value_f64(&later, &total) != TALLY_OK)
        return 1;
    printf("%g\n", total);

    /* One bit of the total changes on the way. */
    sealed[60] ^= 1;
    if (tally_saved_open(sealed, length, &saved, &saved_length) == TALLY_FORMAT)
        puts(tally_last_message());
    return 0;
}

/* Prints:
 *
 *     72 bytes
 *     0.5
 *     sealed: the checksum does not match: the bytes were damaged
 */
