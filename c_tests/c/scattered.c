/* Adding to many accumulators, and subtracting: each row as a call of its own
 * would do it. */
#include <math.h>

#include "../check.h"

typedef tally_small_accumulator small;
static const small empty = TALLY_SMALL_ACCUMULATOR_INIT;

static double value_of(const small *sum) {
    double total;
    CHECK_OK(tally_small_accumulator_value_f64(sum, &total));
    return total;
}

/* Memory for some, and the rows that were done at each call. */
struct arena {
    tally_accumulator *memory;
    size_t given, capacity;
    const size_t *done;
    size_t done_at[8];
};

/* Set in the thread that calls. */
static _Thread_local bool is_the_caller;

static void *give(size_t size, void *user_data) {
    struct arena *arena = user_data;
    CHECK(is_the_caller);
    CHECK_SIZE(size, 320);
    if (arena->done != NULL && arena->given < 8) {
        arena->done_at[arena->given] = *arena->done;
    }
    /* A callback may call the library. */
    double sum;
    CHECK_OK(tally_sum_f64(NULL, 0, &sum));
    return arena->given == arena->capacity ? NULL
                                           : &arena->memory[arena->given++];
}

/* Each row as a call of its own would do it. */
static void columns_are_as_calls_for_each_row(void) {
    enum { ROWS = 20000, STATES = 700 };
    static double values[ROWS];
    static small states[STATES], *into[ROWS];
    static tally_accumulator large[STATES], *into_large[ROWS], memory[STATES];
    const tally_accumulator nothing = TALLY_ACCUMULATOR_INIT;
    uint64_t seed = 3;
    for (size_t i = 0; i < ROWS; i++) {
        size_t state = random_word(&seed) % STATES;
        /* Some of some states are too wide. */
        int spread = state % 3 == 0 ? 600 : 200;
        int exponent =
            (int)(random_word(&seed) % (unsigned)spread) - spread / 2;
        values[i] = ldexp((double)(int64_t)random_word(&seed), exponent);
        if (random_word(&seed) % 50 == 0) {
            const double special[] = {0.0, -0.0, NAN, INFINITY, 5e-324};
            values[i] = special[random_word(&seed) % 5];
        }
        into[i] = &states[state];
        into_large[i] = &large[state];
    }
    const tally_column column = TALLY_COLUMN(TALLY_F64, values, ROWS);
    struct arena arena = {memory, 0, STATES, NULL, {0}};
    size_t done = 0;
    CHECK_OK(tally_small_accumulator_add_scattered(into, &column, give, &arena,
                                                   &done));
    CHECK_SIZE(done, ROWS);
    done = 0;
    CHECK_OK(tally_accumulator_add_scattered(into_large, &column, &done));
    CHECK_SIZE(done, ROWS);
    CHECK(arena.given > STATES / 4 && arena.given < STATES / 2);
    for (size_t state = 0; state < STATES; state++) {
        tally_accumulator expected = TALLY_ACCUMULATOR_INIT, expanded;
        for (size_t i = 0; i < ROWS; i++) {
            if (into[i] == &states[state]) {
                CHECK_OK(tally_accumulator_add_one_f64(&expected, values[i]));
            }
        }
        CHECK_BYTES(&large[state], &expected, sizeof expected);
        CHECK_OK(tally_small_accumulator_expand(&states[state], &expanded));
        CHECK_BYTES(&expanded, &expected, sizeof expected);
    }

    /* All of it taken out: from those that have it, and from others before it
     * is put in. */
    CHECK_OK(tally_accumulator_subtract_scattered(into_large, &column, &done));
    CHECK_SIZE(done, ROWS);
    CHECK_OK(tally_small_accumulator_subtract_scattered(into, &column, NULL,
                                                        NULL, &done));
    CHECK_SIZE(done, ROWS);
    for (size_t state = 0; state < STATES; state++) {
        tally_accumulator expanded;
        CHECK_BYTES(&large[state], &nothing, sizeof nothing);
        CHECK_OK(tally_small_accumulator_expand(&states[state], &expanded));
        CHECK_BYTES(&expanded, &nothing, sizeof nothing);
        states[state] = empty;
    }
    const size_t grew = arena.given;
    arena.given = 0;
    CHECK_OK(tally_small_accumulator_subtract_scattered(into, &column, give,
                                                        &arena, NULL));
    CHECK_SIZE(arena.given, grew);
    CHECK_OK(
        tally_small_accumulator_add_scattered(into, &column, NULL, NULL, NULL));
    for (size_t state = 0; state < STATES; state++) {
        tally_accumulator expanded;
        CHECK_OK(tally_small_accumulator_expand(&states[state], &expanded));
        CHECK_BYTES(&expanded, &nothing, sizeof nothing);
    }
}

static void a_column_stops_at_the_first_row_that_is_refused(void) {
    static tally_accumulator memory[2];
    small a = empty, b = empty, bad;
    memset(&bad, 0xa5, sizeof bad);
    size_t done = 99;
    struct arena arena = {memory, 0, 2, &done, {0}};
    const double values[] = {1.0, 2.0, 1e300, 3.0, -1e300, 1e-300, 4.0};
    const tally_column column = TALLY_COLUMN(TALLY_F64, values, 7);
    small *const into[] = {&a, &b, &a, &b, &b, &a, &b};
#define FUNCTION "tally_small_accumulator_add_scattered"
    CHECK_OK(tally_small_accumulator_add_scattered(into, &column, give, &arena,
                                                   &done));
    CHECK_SIZE(done, 7);
    CHECK_SIZE(arena.given, 2);
    CHECK_SIZE(arena.done_at[0], 2);
    CHECK_SIZE(arena.done_at[1], 4);

    arena.given = 0, arena.capacity = 1, a = b = empty;
    CHECK_REFUSED(tally_small_accumulator_add_scattered(into, &column, give,
                                                        &arena, &done),
                  TALLY_MEMORY, FUNCTION);
    CHECK_TEXT(tally_last_message(),
               "row 4: room returned no memory for into[4]");
    CHECK_SIZE(done, 4);
    CHECK_DOUBLE(value_of(&a), 1e300);
    CHECK_DOUBLE(value_of(&b), 5.0);
    /* From there on, with memory. */
    arena.capacity = 2;
    const tally_column rest = TALLY_COLUMN(TALLY_F64, values + done, 7 - done);
    CHECK_OK(tally_small_accumulator_add_scattered(into + done, &rest, give,
                                                   &arena, &done));
    CHECK_DOUBLE(value_of(&b), -1e300);

    a = b = empty;
    CHECK_REFUSED(
        tally_small_accumulator_add_scattered(into, &column, NULL, NULL, &done),
        TALLY_TOO_SMALL, FUNCTION);
    CHECK_TEXT(
        tally_last_message(),
        "row 2: the total of into[2] does not fit in a small accumulator: "
        "pass a room function or grow it");
    CHECK_SIZE(done, 2);
    a = b = empty;
    CHECK_REFUSED(tally_small_accumulator_subtract_scattered(into, &column,
                                                             NULL, NULL, &done),
                  TALLY_TOO_SMALL,
                  "tally_small_accumulator_subtract_scattered");
    CHECK_CONTAINS(tally_last_message(), "row 2: the total of into[2]");
    CHECK_SIZE(done, 2);
    CHECK_DOUBLE(value_of(&a), -1.0);

    small *const with_bad[] = {&a, &bad}, *const with_null[] = {&a, &b, NULL};
    const tally_column two = TALLY_COLUMN(TALLY_F64, values, 2);
    const tally_column three = TALLY_COLUMN(TALLY_F64, values, 3);
    CHECK_REFUSED(tally_small_accumulator_add_scattered(with_bad, &two, give,
                                                        &arena, &done),
                  TALLY_INVALID, FUNCTION);
    CHECK_CONTAINS(tally_last_message(), "into[1] is damaged");
    CHECK_SIZE(done, 1);
    CHECK_REFUSED(tally_small_accumulator_add_scattered(with_null, &three, give,
                                                        &arena, &done),
                  TALLY_NULL, FUNCTION);
    CHECK_CONTAINS(tally_last_message(), "into[2] is NULL");
    CHECK_SIZE(done, 2);

    tally_accumulator large = TALLY_ACCUMULATOR_INIT;
    tally_accumulator *const large_rows[] = {&large, &large, NULL};
    double total;
    CHECK_REFUSED(tally_accumulator_add_scattered(large_rows, &three, &done),
                  TALLY_NULL, "tally_accumulator_add_scattered");
    CHECK_CONTAINS(tally_last_message(), "into[2] is NULL");
    CHECK_SIZE(done, 2);
    CHECK_OK(tally_accumulator_value_f64(&large, &total));
    CHECK_DOUBLE(total, 3.0);
    done = 0;
    CHECK_REFUSED(
        tally_accumulator_subtract_scattered(large_rows, &three, &done),
        TALLY_NULL, "tally_accumulator_subtract_scattered");
    CHECK_SIZE(done, 2);
    CHECK_OK(tally_accumulator_value_f64(&large, &total));
    CHECK_DOUBLE(total, 0.0);
}

/* Within the very state that grows. */
static void *give_place(size_t size, void *user_data) {
    CHECK_SIZE(size, 320);
    return user_data;
}

static void there_is_no_room_in_a_state_itself(void) {
    enum { MIDDLE = 320 };
    static unsigned char memory[2 * MIDDLE + sizeof(small) + 8];
    small *state = (void *)(memory + MIDDLE);
    small *const into[] = {state, state};
    const double values[] = {1.0, 1e300};
    const tally_column column = TALLY_COLUMN(TALLY_F64, values, 2);
    /* And at any alignment behind it. */
    for (size_t at = 0; at <= MIDDLE + sizeof(small) + 8; at++) {
        const bool apart = at == 0 || at >= MIDDLE + sizeof(small);
        size_t done = 99;
        memset(memory, 0, sizeof memory);
        tally_status status = tally_small_accumulator_add_scattered(
            into, &column, give_place, memory + at, &done);
        CHECK_INT(status, apart ? TALLY_OK : TALLY_INVALID);
        CHECK_TEXT(tally_last_message(), apart ? "" : "room overlaps into[1]");
        CHECK_SIZE(done, apart ? 2 : 1);
        CHECK_DOUBLE(value_of(state), apart ? 1e300 : 1.0);
    }
}

/* Elements of any type, some of them skipped, and integers beyond 2^53. */
static void columns_of_any_type(void) {
    tally_accumulator sums[2] = {TALLY_ACCUMULATOR_INIT,
                                 TALLY_ACCUMULATOR_INIT};
    small smalls[2] = {empty, empty};
    const float floats[] = {1.5F, NAN, 2.25F, -4.0F, 0.5F};
    const uint8_t there[] = {0x17}; /* all but the fourth */
    tally_column column = TALLY_COLUMN(TALLY_F32, floats, 5);
    column.flags = TALLY_SKIP_NAN;
    column.validity = there;
    /* Nobody looks at the pointers of what is skipped. */
    tally_accumulator *const into[] = {&sums[0], NULL, &sums[1],
                                       (tally_accumulator *)1, &sums[0]};
    small *const into_small[] = {&smalls[0], NULL, &smalls[1], (small *)1,
                                 &smalls[0]};
    size_t done = 77;
    CHECK_OK(tally_accumulator_add_scattered(into, &column, &done));
    CHECK_SIZE(done, 5);
    done = 77;
    CHECK_OK(tally_small_accumulator_add_scattered(into_small, &column, NULL,
                                                   NULL, &done));
    CHECK_SIZE(done, 5);
    double total;
    int64_t count;
    CHECK_OK(tally_accumulator_value_f64(&sums[0], &total));
    CHECK_DOUBLE(total, 2.0);
    CHECK_OK(tally_accumulator_count(&sums[0], &count));
    CHECK_INT(count, 2);
    CHECK_OK(tally_accumulator_value_f64(&sums[1], &total));
    CHECK_DOUBLE(total, 2.25);
    CHECK_DOUBLE(value_of(&smalls[0]), 2.0);
    CHECK_OK(tally_small_accumulator_count(&smalls[0], &count));
    CHECK_INT(count, 2);
    CHECK_DOUBLE(value_of(&smalls[1]), 2.25);

    /* All are skipped, the last ones too. */
    column.validity = (const uint8_t[]){0};
    CHECK_OK(tally_accumulator_subtract_scattered(into, &column, &done));
    CHECK_SIZE(done, 5);
    CHECK_OK(tally_accumulator_count(&sums[0], &count));
    CHECK_INT(count, 2);

    const int64_t large[] = {INT64_MAX, 5, INT64_MIN, -2};
    column = TALLY_COLUMN(TALLY_I64, large, 4);
    tally_accumulator integers[2] = {TALLY_ACCUMULATOR_INIT,
                                     TALLY_ACCUMULATOR_INIT};
    tally_accumulator *rows[] = {&integers[0], &integers[1], &integers[0],
                                 NULL};
    CHECK_REFUSED(tally_accumulator_add_scattered(rows, &column, &done),
                  TALLY_NULL, "tally_accumulator_add_scattered");
    CHECK_CONTAINS(tally_last_message(), "into[3] is NULL");
    CHECK_SIZE(done, 3);
    int64_t exact;
    CHECK_OK(tally_accumulator_value_i64(&integers[0], &exact));
    CHECK_INT(exact, -1);
    CHECK_OK(tally_accumulator_value_i64(&integers[1], &exact));
    CHECK_INT(exact, 5);

    /* The same of small ones: what fits no double fits here, and beside 2^400
     * it does not. */
    static tally_accumulator memory;
    struct arena arena = {&memory, 0, 1, &done, {0}};
    small whole[2] = {empty, empty};
    small *const whole_rows[] = {&whole[0], &whole[1], &whole[0], &whole[1]};
    CHECK_OK(tally_small_accumulator_add_one_f64(&whole[1], 0x1p400));
    CHECK_REFUSED(tally_small_accumulator_add_scattered(whole_rows, &column,
                                                        NULL, NULL, &done),
                  TALLY_TOO_SMALL, FUNCTION);
    CHECK_SIZE(done, 1);
    CHECK_OK(tally_small_accumulator_subtract_scattered(whole_rows, &column,
                                                        give, &arena, &done));
    CHECK_SIZE(done, 4);
    CHECK_SIZE(arena.given, 1);
    CHECK_SIZE(arena.done_at[0], 1);
    uint64_t low;
    CHECK_OK(tally_small_accumulator_value_i128(&whole[0], &exact, &low));
    CHECK(exact == 0 && low == UINT64_C(1) << 63);
    CHECK_OK(tally_small_accumulator_subtract_one_f64(&whole[1], 0x1p400));
    CHECK_OK(tally_small_accumulator_value_i64(&whole[1], &exact));
    CHECK_INT(exact, -3);
}

/* Of every type, apart, backward or in one place, with a mask of either kind
 * or none: each row that counts is as a call for its state. More rows than are
 * read at a time. */
static void columns_of_any_layout(void) {
    enum { ROWS = 2100, STATES = 20, STRIDE = 24 };
    static unsigned char memory[ROWS * STRIDE + 1], mask[ROWS + 3];
    static small states[STATES], *into[ROWS];
    static tally_accumulator large[STATES], *into_large[ROWS];
    static tally_accumulator expected[STATES], rooms[STATES];
    const tally_accumulator nothing = TALLY_ACCUMULATOR_INIT;
    uint64_t seed = 9;
    for (size_t i = 0; i < sizeof mask; i++) {
        mask[i] = random_word(&seed) % 3 != 0;
    }
    for (int type = TALLY_F64; type <= TALLY_BOOL; type++) {
        const ptrdiff_t size = TALLY_TYPE_SIZE(type);
        const ptrdiff_t strides[] = {size, size + 1, STRIDE, -STRIDE, 0};
        for (size_t i = 0; i < sizeof memory; i++) {
            memory[i] = (unsigned char)random_word(&seed);
        }
        for (int layout = 0; layout < 15; layout++) {
            tally_column column = TALLY_COLUMN((tally_type)type, memory, ROWS);
            column.stride = strides[layout % 5];
            if (column.stride < 0) {
                column.values = memory + (ROWS - 1) * STRIDE;
            }
            column.flags = layout % 2 ? TALLY_SKIP_NAN : 0;
            column.flags |= layout / 5 == 2 ? TALLY_BYTE_MASK : 0;
            column.validity = layout / 5 == 0 ? NULL : mask;
            column.offset = 3;
            memset(expected, 0, sizeof expected);
            memset(states, 0, sizeof states);
            memset(large, 0, sizeof large);
            for (size_t i = 0; i < ROWS; i++) {
                size_t state = random_word(&seed) % STATES, counts;
                tally_column one = column;
                one.count = 1;
                one.values = (const unsigned char *)column.values +
                             (ptrdiff_t)i * column.stride;
                one.offset += i;
                CHECK_OK(tally_column_count(&one, &counts, NULL));
                into[i] = counts ? &states[state] : NULL;
                into_large[i] = counts ? &large[state] : NULL;
                CHECK_OK(tally_accumulator_add(&expected[state], &one));
            }
            struct arena arena = {rooms, 0, STATES, NULL, {0}};
            size_t done = 0, done_small = 0;
            CHECK_OK(
                tally_accumulator_add_scattered(into_large, &column, &done));
            CHECK_OK(tally_small_accumulator_add_scattered(
                into, &column, give, &arena, &done_small));
            CHECK(done == ROWS && done_small == ROWS);
            CHECK_BYTES(large, expected, sizeof expected);
            for (size_t state = 0; state < STATES; state++) {
                tally_accumulator expanded;
                CHECK_OK(
                    tally_small_accumulator_expand(&states[state], &expanded));
                CHECK_BYTES(&expanded, &expected[state], sizeof expanded);
            }
            CHECK_OK(tally_accumulator_subtract_scattered(into_large, &column,
                                                          NULL));
            CHECK_OK(tally_small_accumulator_subtract_scattered(
                into, &column, NULL, NULL, NULL));
            for (size_t state = 0; state < STATES; state++) {
                tally_accumulator expanded;
                CHECK_OK(
                    tally_small_accumulator_expand(&states[state], &expanded));
                CHECK_BYTES(&expanded, &nothing, sizeof nothing);
                CHECK_BYTES(&large[state], &nothing, sizeof nothing);
            }
        }
    }
}

int main(void) {
    is_the_caller = true;
    columns_of_any_type();
    columns_of_any_layout();
    columns_are_as_calls_for_each_row();
    a_column_stops_at_the_first_row_that_is_refused();
    there_is_no_room_in_a_state_itself();
    return finish();
}
