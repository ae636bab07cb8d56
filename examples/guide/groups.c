/* A sum for each group: one call adds a whole column of rows. */
#include <stdio.h>
#include <tally.h>

enum { ROWS = 8, GROUPS = 3 };

/* Memory for the groups that outgrow 64 bytes. */
static tally_accumulator memory[GROUPS];

static void *room(size_t size, void *user_data) {
    size_t *given = user_data;
    return size > sizeof *memory || *given == GROUPS ? NULL
                                                     : &memory[(*given)++];
}

int main(void) {
    const int groups[ROWS] = {0, 1, 0, 2, 1, 2, 0, 2};
    const double values[ROWS] = {0.1, 1e300, 0.2, 5, 1, 7, 0.3, -2};
    tally_small_accumulator sums[GROUPS] = {TALLY_SMALL_ACCUMULATOR_INIT};

    tally_small_accumulator *into[ROWS];
    for (int row = 0; row < ROWS; row++)
        into[row] = &sums[groups[row]];
    tally_column column = TALLY_COLUMN(TALLY_F64, values, ROWS);
    size_t given = 0, done;
    if (tally_small_accumulator_add_scattered(into, &column, room, &given,
                                              &done) != TALLY_OK) {
        fprintf(stderr, "row %zu: %s\n", done, tally_last_message());
        return 1;
    }

    for (int group = 0; group < GROUPS; group++) {
        double total;
        if (tally_small_accumulator_value_f64(&sums[group], &total) != TALLY_OK)
            return 1;
        printf("group %d: %g\n", group, total);
    }
    printf("%zu of them in 320 bytes\n", given);
    return 0;
}

/* Prints:
 *
 *     group 0: 0.6
 *     group 1: 1e+300
 *     group 2: 10
 *     1 of them in 320 bytes
 */
