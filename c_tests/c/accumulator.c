/* The accumulator's verbs: whatever the order, the parts and the alignment, the
 * same values give the same bytes. */
#include <float.h>
#include <math.h>

#include "../check.h"

#define COUNT 600

static double values[COUNT];
static const tally_accumulator empty = TALLY_ACCUMULATOR_INIT;

/* All kinds of doubles, special ones too. */
static void fill(uint64_t *seed) {
    for (size_t i = 0; i < COUNT; i++) {
        uint64_t word = random_word(seed);
        memcpy(&values[i], &word, sizeof word);
        switch (random_word(seed) % 16) {
        case 0:
            values[i] = 0.0;
            break;
        case 1:
            values[i] = -0.0;
            break;
        case 2:
            values[i] = INFINITY;
            break;
        case 3:
            values[i] = NAN;
            break;
        default:
            break;
        }
    }
}

static tally_accumulator sum_of(const double *numbers, size_t count) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&sum, numbers, count));
    return sum;
}

static int64_t count_of(const tally_accumulator *sum) {
    int64_t count = 0x5a;
    CHECK_OK(tally_accumulator_count(sum, &count));
    return count;
}

static double value_of(const tally_accumulator *sum) {
    double total = 12345;
    CHECK_OK(tally_accumulator_value_f64(sum, &total));
    return total;
}

#define SAME(a, b) CHECK_BYTES(a, b, sizeof(tally_accumulator))

static void a_zeroed_state_is_the_empty_sum(void) {
    tally_accumulator zeroed;
    memset(&zeroed, 0, sizeof zeroed);
    SAME(&zeroed, &empty);
    CHECK_SIZE(sizeof zeroed, 320);
    CHECK_SIZE(tally_accumulator_size(), 320);
    CHECK_INT(count_of(&zeroed), 0);
    CHECK_DOUBLE(value_of(&zeroed), 0.0);
}

static void every_way_of_adding_gives_the_same_bytes(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 20; round++) {
        fill(&seed);
        tally_accumulator whole = sum_of(values, COUNT);
        CHECK_INT(count_of(&whole), COUNT);

        tally_accumulator one_by_one = TALLY_ACCUMULATOR_INIT;
        for (size_t i = COUNT; i-- > 0;) {
            CHECK_OK(tally_accumulator_add_one_f64(&one_by_one, values[i]));
        }
        SAME(&one_by_one, &whole);

        size_t cut = random_word(&seed) % (COUNT + 1);
        tally_accumulator first = sum_of(values, cut);
        tally_accumulator second = sum_of(values + cut, COUNT - cut);
        tally_accumulator merged = second;
        CHECK_OK(tally_accumulator_merge(&merged, &first));
        SAME(&merged, &whole);
        CHECK_OK(tally_accumulator_merge(&first, &second));
        SAME(&first, &whole);

        /* Taking out comes before putting in. */
        tally_accumulator signed_counts = TALLY_ACCUMULATOR_INIT;
        CHECK_OK(tally_accumulator_subtract_f64(&signed_counts, values, cut));
        CHECK_INT(count_of(&signed_counts), -(int64_t)cut);
        CHECK_OK(tally_accumulator_add_f64(&signed_counts, values, COUNT));
        CHECK_OK(tally_accumulator_add_f64(&signed_counts, values, cut));
        SAME(&signed_counts, &whole);
    }
}

static void subtracting_leaves_nothing(void) {
    uint64_t seed = 2;
    fill(&seed);
    tally_accumulator sum = sum_of(values, COUNT), whole = sum;
    for (size_t i = 0; i < COUNT; i++) {
        CHECK_OK(tally_accumulator_subtract_one_f64(&sum, values[i]));
    }
    SAME(&sum, &empty);
    CHECK_OK(tally_accumulator_unmerge(&sum, &whole));
    CHECK_OK(tally_accumulator_merge(&sum, &whole));
    SAME(&sum, &empty);
}

static void merging_with_itself_doubles_and_empties(void) {
    uint64_t seed = 3;
    fill(&seed);
    tally_accumulator once = sum_of(values, COUNT), twice = once;
    CHECK_OK(tally_accumulator_add_f64(&twice, values, COUNT));
    tally_accumulator sum = once;
    CHECK_OK(tally_accumulator_merge(&sum, &sum));
    SAME(&sum, &twice);
    CHECK_OK(tally_accumulator_unmerge(&sum, &sum));
    SAME(&sum, &empty);

    /* Two that overlap: `from` is read before anything is written. */
    unsigned char bytes[sizeof sum + 24], copy[sizeof sum];
    memset(bytes, 0, sizeof bytes);
    tally_accumulator *low = (tally_accumulator *)(void *)bytes;
    tally_accumulator *high = (tally_accumulator *)(void *)(bytes + 24);
    double one = 1.0;
    CHECK_OK(tally_accumulator_add_f64(high, &one, 1));
    memcpy(copy, bytes + 24, sizeof copy);
    tally_accumulator expected = TALLY_ACCUMULATOR_INIT, from;
    memcpy(&expected, bytes, sizeof expected);
    memcpy(&from, copy, sizeof from);
    tally_status expected_status = tally_accumulator_merge(&expected, &from);
    CHECK_INT(tally_accumulator_merge(low, high), expected_status);
    CHECK_BYTES(bytes, &expected, sizeof expected);
}

/* Values in the accumulator's own bytes, wholly or in part, and next to them:
 * all are read before anything is written. */
static void values_may_lie_in_the_accumulator(void) {
    enum { WORDS = sizeof(tally_accumulator) / sizeof(double), ROOM = 20 };
    double memory[ROOM + WORDS + ROOM], copy[ROOM];
    for (size_t count = 0; count < ROOM; count++) {
        for (size_t first = 0; first + count <= ROOM + WORDS + ROOM; first++) {
            tally_accumulator *sum =
                (tally_accumulator *)(void *)(memory + ROOM);
            for (size_t i = 0; i < ROOM + WORDS + ROOM; i++) {
                memory[i] = 0.5 * (double)i;
            }
            memset(sum, 0, sizeof *sum);
            CHECK_OK(tally_accumulator_add_f64(sum, values, 3));
            tally_accumulator expected = *sum;
            memcpy(copy, memory + first, count * sizeof *copy);
            CHECK_OK(tally_accumulator_add_f64(&expected, copy, count));
            CHECK_OK(tally_accumulator_add_f64(sum, memory + first, count));
            SAME(sum, &expected);
        }
    }
}

/* The saved form over the accumulator's own bytes, wholly or in part, with its
 * length elsewhere or there too: what is saved is read before anything is
 * written, and the length is written first. */
static void the_saved_form_may_lie_in_the_accumulator(void) {
    enum {
        SIZE = sizeof(tally_accumulator),
        ROOM = TALLY_ACCUMULATOR_SAVED_MAX
    };
    static unsigned char memory[ROOM + SIZE + ROOM],
        expected[ROOM + SIZE + ROOM];
    unsigned char bytes[ROOM];
    const tally_accumulator whole = sum_of(values, 40);
    size_t length = 0, needed;
    CHECK_OK(tally_accumulator_save(&whole, bytes, sizeof bytes, &length));
    for (size_t first = 0; first <= ROOM + SIZE; first++) {
        for (size_t at = first < 16 ? 0 : first - 16; at < first + 96;
             at += 8) {
            for (size_t i = 0; i < sizeof memory; i++) {
                memory[i] = (unsigned char)i;
            }
            memcpy(memory + ROOM, &whole, sizeof whole);
            memcpy(expected, memory, sizeof memory);
            memcpy(expected + at, &length, sizeof length);
            memcpy(expected + first, bytes, length);
            CHECK_OK(tally_accumulator_save((void *)(memory + ROOM),
                                            memory + first, length,
                                            (void *)(memory + at)));
            CHECK_BYTES(memory, expected, sizeof memory);
        }
        memcpy(memory + ROOM, &whole, sizeof whole);
        CHECK_OK(tally_accumulator_save((void *)(memory + ROOM), memory + first,
                                        ROOM, &needed));
        CHECK_BYTES(memory + first, bytes, length);
    }
}

static void each_type_is_added_and_taken_out_exactly(void) {
    static const float floats[] = {0.1F, FLT_MAX, -0.0F, 1e-45F};
    static const int32_t int32s[] = {INT32_MAX, INT32_MIN, 5};
    static const int64_t int64s[] = {INT64_MAX, INT64_MIN, 1, INT64_MAX};
    static const uint64_t uint64s[] = {UINT64_MAX, 1, UINT64_MAX};
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, same = sum;

    CHECK_OK(tally_accumulator_add_f32(&sum, floats, 4));
    for (size_t i = 0; i < 4; i++) {
        CHECK_OK(tally_accumulator_add_one_f64(&same, (double)floats[i]));
    }
    SAME(&sum, &same);
    CHECK_OK(tally_accumulator_subtract_f32(&sum, floats, 4));
    SAME(&sum, &empty);

    CHECK_OK(tally_accumulator_add_i32(&sum, int32s, 3));
    CHECK_DOUBLE(value_of(&sum), 4.0);
    CHECK_OK(tally_accumulator_subtract_i32(&sum, int32s, 3));
    SAME(&sum, &empty);

    int64_t total = 0;
    CHECK_OK(tally_accumulator_add_i64(&sum, int64s, 4));
    CHECK_OK(tally_accumulator_value_i64(&sum, &total));
    CHECK_INT(total, INT64_MAX);
    CHECK_OK(tally_accumulator_subtract_i64(&sum, int64s, 4));
    SAME(&sum, &empty);

    CHECK_OK(tally_accumulator_add_u64(&sum, uint64s, 3));
    CHECK_OK(tally_accumulator_subtract_u64(&sum, uint64s, 1));
    CHECK_DOUBLE(value_of(&sum), 0x1p64);
    CHECK_OK(tally_accumulator_subtract_u64(&sum, uint64s + 1, 2));
    SAME(&sum, &empty);

    /* An integer zero is +0.0. */
    int32_t zero = 0;
    CHECK_OK(tally_accumulator_add_i32(&sum, &zero, 1));
    CHECK_OK(tally_accumulator_add_one_f64(&sum, -0.0));
    CHECK_DOUBLE(value_of(&sum), 0.0);
}

static void strides_go_up_down_and_nowhere(void) {
    uint64_t seed = 4;
    fill(&seed);
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, same = sum;
    CHECK_OK(tally_accumulator_add_f64_strided(&sum, values, COUNT / 3, 24));
    for (size_t i = 0; i < COUNT; i += 3) {
        CHECK_OK(tally_accumulator_add_one_f64(&same, values[i]));
    }
    SAME(&sum, &same);
    sum = empty;
    CHECK_OK(
        tally_accumulator_add_f64_strided(&sum, &values[COUNT - 1], COUNT, -8));
    same = sum_of(values, COUNT);
    SAME(&sum, &same);

    /* 0: one value, count times, at once. */
    sum = empty;
    same = empty;
    CHECK_OK(tally_accumulator_add_f64_strided(&sum, &values[1], 100, 0));
    for (int i = 0; i < 100; i++) {
        CHECK_OK(tally_accumulator_add_one_f64(&same, values[1]));
    }
    SAME(&sum, &same);
    double one = 1.0;
    sum = empty;
    CHECK_OK(tally_accumulator_add_f64_strided(
        &sum, &one, PTRDIFF_MAX / sizeof(double), 0));
    CHECK_DOUBLE(value_of(&sum), (double)(PTRDIFF_MAX / sizeof(double)));

    /* A packed column, at an odd distance. */
    unsigned char table[10 * 11];
    double expected = 0;
    for (int i = 0; i < 10; i++) {
        double number = 0.25 * i;
        expected += number;
        memcpy(table + 11 * i, &number, sizeof number);
    }
    sum = empty;
    CHECK_OK(tally_accumulator_add_f64_strided(&sum, table, 10, 11));
    CHECK_DOUBLE(value_of(&sum), expected);
}

static void masks_pick_values(void) {
    uint64_t seed = 5;
    fill(&seed);
    uint8_t bits[(COUNT + 64) / 8 + 1];
    for (size_t i = 0; i < sizeof bits; i++) {
        bits[i] = (uint8_t)random_word(&seed);
    }
    for (size_t offset = 0; offset < 40; offset++) {
        size_t count = COUNT - offset % 17;
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT, same = sum;
        CHECK_OK(tally_accumulator_add_f64_masked(&sum, values, count, bits,
                                                  offset));
        for (size_t i = 0; i < count; i++) {
            if (bits[(offset + i) / 8] >> ((offset + i) % 8) & 1) {
                CHECK_OK(tally_accumulator_add_one_f64(&same, values[i]));
            }
        }
        SAME(&sum, &same);
        sum = empty;
        CHECK_OK(tally_accumulator_add_f64_masked(&sum, values, count, NULL,
                                                  offset));
        same = sum_of(values, count);
        SAME(&sum, &same);
    }
}

static void any_alignment_will_do(void) {
    uint64_t seed = 6;
    fill(&seed);
    tally_accumulator whole = sum_of(values, COUNT), twice = whole;
    CHECK_OK(tally_accumulator_merge(&twice, &whole));
    static unsigned char bytes[sizeof whole + 8], other[sizeof values + 8];
    for (size_t offset = 0; offset < 8; offset++) {
        void *state = bytes + offset;
        void *array = other + 8 - offset;
        memset(bytes, 0, sizeof bytes);
        memcpy(array, values, sizeof values);
        CHECK_OK(tally_accumulator_add_f64(state, array, COUNT));
        SAME(state, &whole);
        CHECK_OK(tally_accumulator_merge(state, &whole));
        SAME(state, &twice);
        CHECK_OK(tally_accumulator_unmerge(state, &whole));
        CHECK_OK(tally_accumulator_subtract_f64(state, array, COUNT));
        CHECK_OK(tally_accumulator_add_f64_strided(state, array, COUNT, 8));
        tally_accumulator_combine(&whole, state, 1);
        CHECK_RECORD(TALLY_OK, "");
        SAME(state, &twice);
        double total, aligned;
        CHECK_INT(tally_accumulator_value_f64(state, &total),
                  tally_accumulator_value_f64(&twice, &aligned));
        CHECK_DOUBLE(total, aligned);
    }
}

static void values_may_lie_in_the_state(void) {
    tally_accumulator sum = sum_of((const double[]){1.5, -2.25}, 2);
    tally_accumulator copy = sum, expected = sum;
    CHECK_OK(tally_accumulator_add_f64(&expected, (const double *)(void *)&copy,
                                       40));
    CHECK_OK(tally_accumulator_add_f64(&sum, (const double *)(void *)&sum, 40));
    SAME(&sum, &expected);
}

int main(void) {
    a_zeroed_state_is_the_empty_sum();
    every_way_of_adding_gives_the_same_bytes();
    subtracting_leaves_nothing();
    merging_with_itself_doubles_and_empties();
    values_may_lie_in_the_accumulator();
    the_saved_form_may_lie_in_the_accumulator();
    each_type_is_added_and_taken_out_exactly();
    strides_go_up_down_and_nowhere();
    masks_pick_values();
    any_alignment_will_do();
    values_may_lie_in_the_state();
    return finish();
}
