/* A sum written to a file and continued later, on any machine. */
#include <stdio.h>
#include <tally.h>

static int save(const tally_accumulator *sum, FILE *file) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t length;
    return tally_accumulator_save(sum, bytes, sizeof bytes, &length) ==
               TALLY_OK &&
           fwrite(bytes, 1, length, file) == length;
}

static int load(tally_accumulator *sum, FILE *file) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t length = fread(bytes, 1, sizeof bytes, file);
    return tally_accumulator_load(bytes, length, sum) == TALLY_OK;
}

int main(void) {
    FILE *file = tmpfile();
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, later;
    if (file == NULL || tally_accumulator_add_one_f64(&sum, 1e300) != TALLY_OK)
        return 1;
    if (!save(&sum, file))
        return 1;

    rewind(file);
    double total;
    if (!load(&later, file) ||
        tally_accumulator_add_one_f64(&later, 0.5) != TALLY_OK ||
        tally_accumulator_add_one_f64(&later, -1e300) != TALLY_OK ||
        tally_accumulator_value_f64(&later, &total) != TALLY_OK)
        return 1;
    printf("%g\n", total);

    /* Bytes that are not a saved sum are refused. */
    if (tally_accumulator_load("no sum", 6, &later) == TALLY_FORMAT)
        puts(tally_last_function());
    return fclose(file);
}

/* Prints:
 *
 *     0.5
 *     tally_accumulator_load
 */
