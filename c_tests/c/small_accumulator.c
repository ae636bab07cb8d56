/* Small accumulators: what every state promises, what does not fit, growing,
 * and columns of states. The oracle is the sum of integers in 128 bits; an
 * accumulator has tests of its own. */
#include <math.h>

#include "../check.h"

typedef tally_small_accumulator small;
static const small empty = TALLY_SMALL_ACCUMULATOR_INIT;

enum { VALUES = 1000 };

/* A thousand of them have a sum in 64 bits. */
static double integer(uint64_t *seed, int64_t *whole) {
    int bits = (int)(random_word(seed) % 52);
    *whole = (int64_t)(random_word(seed) >> (12 + bits));
    *whole = random_word(seed) % 2 ? -*whole : *whole;
    return (double)*whole;
}

static double value_of(const small *sum) {
    double total;
    CHECK_OK(tally_small_accumulator_value_f64(sum, &total));
    return total;
}

static void same(const small *a, const small *b) {
    CHECK_BYTES(a, b, sizeof *a);
}

static void check_whole(const small *sum, int64_t whole) {
    int64_t high, i64;
    uint64_t low;
    CHECK_OK(tally_small_accumulator_value_i128(sum, &high, &low));
    CHECK_INT(high, whole < 0 ? -1 : 0);
    CHECK(low == (uint64_t)whole);
    CHECK_OK(tally_small_accumulator_value_i64(sum, &i64));
    CHECK_INT(i64, whole);
}

static void integers_beyond_64_bits(void) {
    int64_t high, i64 = 5;
    uint64_t low;
    small sum = empty;
    CHECK_OK(tally_small_accumulator_add_one_f64(&sum, 0x1p70));
    CHECK_OK(tally_small_accumulator_add_one_f64(&sum, 3.0));
    CHECK_OK(tally_small_accumulator_value_i128(&sum, &high, &low));
    CHECK_INT(high, 64);
    CHECK(low == 3);
    CHECK_REFUSED(tally_small_accumulator_value_i64(&sum, &i64), TALLY_OVERFLOW,
                  "tally_small_accumulator_value_i64");
    CHECK_INT(i64, 5);
}

static void any_order_and_any_parts_give_the_same_bytes(void) {
    static double values[VALUES];
    uint64_t seed = 1;
    for (int round = 0; round < 50; round++) {
        int64_t whole = 0;
        for (int i = 0; i < VALUES; i++) {
            int64_t one;
            values[i] = integer(&seed, &one);
            whole += one;
        }
        small forward = empty, backward = empty, parts = empty, part = empty;
        CHECK_OK(tally_small_accumulator_add_f64(&forward, values, VALUES));
        for (int i = VALUES; i-- > 0;) {
            CHECK_OK(tally_small_accumulator_add_one_f64(&backward, values[i]));
        }
        for (int i = 0; i < VALUES;) {
            size_t n = random_word(&seed) % 40;
            n = n < (size_t)(VALUES - i) ? n : (size_t)(VALUES - i);
            part = empty;
            CHECK_OK(tally_small_accumulator_add_f64(&part, values + i, n));
            CHECK_OK(tally_small_accumulator_merge(&parts, &part));
            i += (int)n;
        }
        same(&backward, &forward);
        same(&parts, &forward);
        check_whole(&forward, whole);
        int64_t count;
        CHECK_OK(tally_small_accumulator_count(&forward, &count));
        CHECK_INT(count, VALUES);

        /* The saved bytes are an accumulator's. */
        tally_accumulator large = TALLY_ACCUMULATOR_INIT, expanded, joined;
        memset(&expanded, 0x5a, sizeof expanded);
        unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX],
            as_large[sizeof saved];
        size_t size, large_size;
        CHECK_OK(tally_accumulator_add_f64(&large, values, VALUES));
        CHECK_OK(tally_accumulator_save(&large, as_large, sizeof as_large,
                                        &large_size));
        CHECK_OK(
            tally_small_accumulator_save(&forward, saved, sizeof saved, &size));
        CHECK_SIZE(size, large_size);
        CHECK(size <= 96);
        CHECK_BYTES(saved, as_large, size);
        CHECK_OK(tally_small_accumulator_load(as_large, large_size, &part));
        same(&part, &forward);
        CHECK_OK(tally_small_accumulator_expand(&forward, &expanded));
        CHECK_BYTES(&expanded, &large, sizeof large);
        joined = large;
        CHECK_OK(tally_accumulator_merge_small(&joined, &forward));
        CHECK_OK(tally_accumulator_unmerge(&joined, &large));
        CHECK_BYTES(&joined, &large, sizeof large);

        /* Everything is taken out again. */
        CHECK_OK(tally_small_accumulator_unmerge(&parts, &forward));
        same(&parts, &empty);
        CHECK_OK(
            tally_small_accumulator_subtract_f64(&forward, values, VALUES / 2));
        for (int i = VALUES / 2; i < VALUES; i++) {
            CHECK_OK(
                tally_small_accumulator_subtract_one_f64(&forward, values[i]));
        }
        same(&forward, &empty);
    }
}

static void what_does_not_fit_changes_nothing(void) {
    const double wide[] = {1.0, 1e300, -1e300};
    small sum = empty, other = empty;
    CHECK_OK(tally_small_accumulator_add_one_f64(&sum, 1.0));
    CHECK_OK(tally_small_accumulator_add_one_f64(&other, 1e300));
    const small before = sum;
#define TOO_SMALL(verb, ...)                                                   \
    CHECK_REFUSED(tally_small_accumulator_##verb(__VA_ARGS__),                 \
                  TALLY_TOO_SMALL, "tally_small_accumulator_" #verb);          \
    CHECK_CONTAINS(tally_last_message(),                                       \
                   "does not fit in a small accumulator");                     \
    same(&sum, &before)
    TOO_SMALL(add_one_f64, &sum, 1e300);
    TOO_SMALL(add_one_f64, &sum, 1e-300);
    TOO_SMALL(subtract_one_f64, &sum, 1e300);
    TOO_SMALL(add_f64, &sum, wide, 2);
    TOO_SMALL(subtract_f64, &sum, wide + 1, 1);
    TOO_SMALL(merge, &sum, &other);
    TOO_SMALL(unmerge, &sum, &other);
    CHECK_TEXT(tally_last_message(), "into: the total does not fit in a small "
                                     "accumulator: expand or grow it");
    /* The result is what has to fit. */
    CHECK_OK(tally_small_accumulator_add_f64(&sum, wide, 3));
    CHECK_DOUBLE(value_of(&sum), 2.0);
    double mean;
    CHECK_OK(tally_small_accumulator_mean_f64(&sum, &mean));
    CHECK_DOUBLE(mean, 0.5);

    /* So do counts. */
    small nans = empty;
    for (int i = 0; i < 131071; i++) {
        CHECK_OK(tally_small_accumulator_add_one_f64(&nans, NAN));
    }
    CHECK_INT(tally_small_accumulator_add_one_f64(&nans, NAN), TALLY_TOO_SMALL);
    CHECK_CONTAINS(tally_last_message(),
                   "into: the count of NaN does not fit in");
    unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
    tally_accumulator large = TALLY_ACCUMULATOR_INIT;
    size_t size = 0;
    CHECK_OK(tally_accumulator_add_f64(&large, wide, 2));
    CHECK_OK(tally_accumulator_save(&large, saved, sizeof saved, &size));
    CHECK_INT(tally_small_accumulator_load(saved, size, &other),
              TALLY_TOO_SMALL);
    CHECK_TEXT(
        tally_last_message(),
        "bytes: the total does not fit in a small accumulator: load it into a "
        "tally_accumulator");
    int64_t nan, positive;
    CHECK_OK(
        tally_small_accumulator_special_counts(&nans, &nan, &positive, NULL));
    CHECK_INT(nan, 131071);
    CHECK_INT(positive, 0);
}

static void nan_and_infinities_are_counted(void) {
    const double values[] = {NAN, INFINITY, 1, -INFINITY, -INFINITY, -0.0};
    int64_t nan = 7, plus = 7, minus = 7, count = 7;
    small sum = empty;
    CHECK_OK(tally_small_accumulator_add_f64(&sum, values, 6));
    CHECK_OK(tally_small_accumulator_count(&sum, &count));
    CHECK_INT(count, 6);
    CHECK_OK(tally_small_accumulator_special_counts(&sum, &nan, &plus, &minus));
    CHECK(nan == 1 && plus == 1 && minus == 2);
    CHECK_OK(tally_small_accumulator_subtract_f64(&sum, values, 2));
    CHECK_OK(tally_small_accumulator_subtract_one_f64(&sum, INFINITY));
    CHECK_OK(tally_small_accumulator_count(&sum, &count));
    CHECK_INT(count, 3);
    CHECK_OK(tally_small_accumulator_special_counts(&sum, NULL, &plus, NULL));
    CHECK_INT(plus, -1);
    CHECK_OK(tally_small_accumulator_special_counts(&sum, &nan, NULL, &minus));
    CHECK(nan == 0 && minus == 2);
}

/* Random bytes are refused, or are a state like any other. */
static void any_bytes_do_no_harm(void) {
    uint64_t seed = 2;
    const int rounds = is_quick() ? 4000 : 100000;
    int good = 0, bad = 0;
    small last = empty;
    for (int round = 0; round < rounds; round++) {
        small state;
        for (int i = 0; i < 8; i++) {
            state.opaque[i] = random_word(&seed);
        }
        switch (round % 4) {
        case 0: /* Nearly a state. */
            state.opaque[0] &= 31;
            break;
        case 1: { /* Nearly one that has grown. */
            tally_accumulator room;
            small grown = empty;
            CHECK_OK(tally_small_accumulator_grow(&grown, &room));
            grown.opaque[random_word(&seed) % 8] ^= 1ULL
                                                    << random_word(&seed) % 64;
            state = grown;
            break;
        }
        default:
            break;
        }
        small before = state, into = last;
        double f64;
        int64_t i64;
        uint64_t u64;
        size_t size, done;
        unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
        tally_accumulator large = TALLY_ACCUMULATOR_INIT, *room;
        small *row = &state;
        tally_status status = tally_small_accumulator_count(&state, &i64);
        CHECK(status == TALLY_OK || status == TALLY_INVALID);
        *(status == TALLY_OK ? &good : &bad) += 1;
        tally_status reads[] = {
            tally_small_accumulator_save(&state, saved, sizeof saved, &size),
            tally_small_accumulator_expand(&state, &large),
            tally_accumulator_merge_small(&large, &state),
            tally_small_accumulator_room(&state, &room),
        };
        for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
            CHECK(reads[i] == status ||
                  (status == TALLY_OK && reads[i] == TALLY_OVERFLOW));
        }
        tally_status others[] = {
            tally_small_accumulator_value_f64(&state, &f64),
            tally_small_accumulator_mean_f64(&state, &f64),
            tally_small_accumulator_value_i64(&state, &i64),
            tally_small_accumulator_value_i128(&state, &i64, &u64),
            tally_small_accumulator_merge(&into, &state),
            tally_small_accumulator_unmerge(&state, &last),
            tally_small_accumulator_add_f64(&state, (double[]){1e9, 5}, 2),
            tally_small_accumulator_subtract_f64(&state, (double[]){1e9, 5}, 2),
        };
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            CHECK(status == TALLY_OK || others[i] != TALLY_OK);
        }
        if (status != TALLY_OK) {
            same(&state, &before);
        } else if (reads[0] == TALLY_OK) {
            CHECK(size <= (room == NULL ? 96 : TALLY_ACCUMULATOR_SAVED_MAX));
        }
        CHECK(tally_small_accumulator_add_one_f64(&state, 1e5) <= TALLY_OK);
        CHECK(tally_small_accumulator_subtract_one_f64(&state, 1e5) <=
              TALLY_OK);
        CHECK(tally_small_accumulator_add_scattered(
                  &row, &TALLY_COLUMN(TALLY_F64, (double[]){1e5}, 1), NULL,
                  NULL, &done) <= TALLY_OK);
        if (status == TALLY_OK) {
            last = before;
        }
    }
    CHECK(good > rounds / 10 && bad > rounds / 10);
}

static void one_that_has_grown_takes_everything(void) {
    const double values[] = {1e300, 1.0, -1e-300, INFINITY, -INFINITY, -0.0};
    for (size_t offset = 0; offset < 8; offset++) {
        static unsigned char memory[320 + 8], moved[320];
        tally_accumulator *place = (void *)(memory + offset), *room;
        tally_accumulator large = TALLY_ACCUMULATOR_INIT, seen;
        small sum = empty, part = empty, copy;
        memset(memory, 0x5a, sizeof memory);
        CHECK_OK(tally_small_accumulator_add_one_f64(&sum, 0.5));
        CHECK_OK(tally_small_accumulator_room(&sum, &room));
        CHECK(room == NULL);
        CHECK_OK(tally_small_accumulator_grow(&sum, place));
        CHECK_OK(tally_small_accumulator_room(&sum, &room));
        CHECK(room == place);
        CHECK_DOUBLE(value_of(&sum), 0.5);

        CHECK_OK(tally_accumulator_add_one_f64(&large, 0.5));
        for (size_t i = 0; i < 6; i++) {
            CHECK_OK(tally_small_accumulator_add_one_f64(&sum, values[i]));
            CHECK_OK(tally_accumulator_add_one_f64(&large, values[i]));
            CHECK_BYTES(place, &large, sizeof large);
        }
        CHECK_OK(tally_small_accumulator_subtract_one_f64(&sum, -INFINITY));
        CHECK_OK(tally_small_accumulator_add_f64(&sum, values, 3));
        CHECK_OK(tally_small_accumulator_subtract_f64(&sum, values + 1, 1));
        CHECK_OK(tally_small_accumulator_add_one_f64(&part, 7.0));
        CHECK_OK(tally_small_accumulator_merge(&sum, &part));
        CHECK_OK(tally_accumulator_subtract_one_f64(&large, -INFINITY));
        CHECK_OK(tally_accumulator_add_f64(&large, values, 3));
        CHECK_OK(tally_accumulator_subtract_f64(&large, values + 1, 1));
        CHECK_OK(tally_accumulator_add_one_f64(&large, 7.0));
        CHECK_BYTES(place, &large, sizeof large);
        CHECK_DOUBLE(value_of(&sum), INFINITY);
        CHECK_OK(tally_small_accumulator_expand(&sum, &seen));
        CHECK_BYTES(&seen, &large, sizeof large);
        CHECK_OK(tally_accumulator_merge_small(&seen, &sum));
        CHECK_OK(tally_accumulator_unmerge(&seen, &large));
        CHECK_BYTES(&seen, &large, sizeof large);

        /* Too wide for another one, until the wide values are gone. */
        CHECK_INT(tally_small_accumulator_merge(&part, &sum), TALLY_TOO_SMALL);
        CHECK_OK(tally_small_accumulator_subtract_f64(&sum, values, 4));
        CHECK_OK(tally_small_accumulator_subtract_f64(&sum, values, 1));
        CHECK_OK(tally_small_accumulator_subtract_f64(&sum, values + 2, 1));
        part = empty;
        CHECK_OK(tally_small_accumulator_merge(&part, &sum));
        CHECK_DOUBLE(value_of(&part), 7.5);
        CHECK_OK(tally_small_accumulator_room(&part, &room));
        CHECK(room == NULL);

        /* A copy refers to the same sum. */
        copy = sum;
        CHECK_OK(tally_small_accumulator_add_one_f64(&copy, 1.0));
        CHECK_DOUBLE(value_of(&sum), 8.5);
        CHECK_OK(tally_small_accumulator_merge(&sum, &copy));
        CHECK_DOUBLE(value_of(&copy), 17.0);
        /* It moves, and the copy stays behind. */
        CHECK_OK(tally_small_accumulator_grow(&sum, (void *)moved));
        CHECK_OK(tally_small_accumulator_add_one_f64(&sum, 1.0));
        CHECK_DOUBLE(value_of(&sum), 18.0);
        CHECK_DOUBLE(value_of(&copy), 17.0);
        /* Saved and loaded, it is small again. */
        unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
        size_t size;
        CHECK_OK(
            tally_small_accumulator_save(&sum, saved, sizeof saved, &size));
        CHECK_OK(tally_small_accumulator_load(saved, size, &sum));
        CHECK_OK(tally_small_accumulator_room(&sum, &room));
        CHECK(room == NULL);
        CHECK_DOUBLE(value_of(&sum), 18.0);

        /* A failure there is one here. */
        CHECK_OK(tally_accumulator_fail(place, TALLY_MEMORY));
        CHECK_REFUSED(tally_small_accumulator_add_one_f64(&copy, 1.0),
                      TALLY_MEMORY, "tally_small_accumulator_add_one_f64");
        CHECK_CONTAINS(tally_last_message(), "into failed earlier");
    }
}

/* Each function refuses it with the status, until it is emptied. */
static void a_failure_stays(void) {
    const tally_column one = TALLY_COLUMN(TALLY_F64, (double[]){1.0}, 1);
    small sum = empty, other = empty, before;
    tally_accumulator large = TALLY_ACCUMULATOR_INIT, *room = &large;
    unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
    small *row = &sum;
    size_t size, done;
    double f64 = 7.0;
    int64_t i64 = 7;
    uint64_t u64 = 7;
    CHECK_OK(tally_small_accumulator_add_one_f64(&sum, 1e80));
    CHECK_OK(tally_small_accumulator_fail(&sum, TALLY_BUSY));
    before = sum;
    CHECK_REFUSED(tally_small_accumulator_add_one_f64(&sum, 1.0), TALLY_BUSY,
                  "tally_small_accumulator_add_one_f64");
    CHECK_CONTAINS(tally_last_message(),
                   "into failed earlier, with TALLY_BUSY");
    const tally_status refused[] = {
        tally_small_accumulator_subtract_one_f64(&sum, 1e80),
        tally_small_accumulator_add_f64(&sum, &f64, 1),
        tally_small_accumulator_subtract_f64(&sum, &f64, 1),
        tally_small_accumulator_add(&sum, &one),
        tally_small_accumulator_subtract(&sum, &one),
        tally_small_accumulator_add_scattered(&row, &one, NULL, NULL, &done),
        tally_small_accumulator_subtract_scattered(&row, &one, NULL, NULL,
                                                   &done),
        tally_small_accumulator_merge(&sum, &other),
        tally_small_accumulator_unmerge(&sum, &other),
        tally_small_accumulator_merge(&other, &sum),
        tally_accumulator_merge_small(&large, &sum),
        tally_small_accumulator_value_f64(&sum, &f64),
        tally_small_accumulator_value_i64(&sum, &i64),
        tally_small_accumulator_value_i128(&sum, &i64, &u64),
        tally_small_accumulator_mean_f64(&sum, &f64),
        tally_small_accumulator_count(&sum, &i64),
        tally_small_accumulator_special_counts(&sum, &i64, &i64, &i64),
        tally_small_accumulator_save(&sum, saved, sizeof saved, &size),
        tally_small_accumulator_expand(&sum, &large),
        tally_small_accumulator_grow(&sum, &large),
        /* The first one stays. */
        tally_small_accumulator_fail(&sum, TALLY_MEMORY),
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        CHECK_INT(refused[i], TALLY_BUSY);
    }
    same(&sum, &before);
    same(&other, &empty);
    CHECK(f64 == 7.0 && i64 == 7 && u64 == 7);
    CHECK_OK(tally_small_accumulator_room(&sum, &room));
    CHECK(room == NULL);
    CHECK_OK(tally_small_accumulator_save(&other, saved, sizeof saved, &size));
    CHECK_OK(tally_small_accumulator_load(saved, size, &sum));
    same(&sum, &empty);

    /* A number of a later version; and what is none, or has more than that. */
    CHECK_OK(tally_small_accumulator_fail(&sum, (tally_status)INT32_MIN));
    CHECK_REFUSED(tally_small_accumulator_count(&sum, &i64), TALLY_INVALID,
                  "tally_small_accumulator_count");
    CHECK_CONTAINS(tally_last_message(), "with the unknown status -2147483648");
    for (size_t byte = 0; byte < sizeof sum; byte++) {
        unsigned char bytes[sizeof sum];
        memcpy(bytes, &before, sizeof bytes);
        bytes[byte] ^= 0x20;
        memcpy(&other, bytes, sizeof bytes);
        CHECK(tally_small_accumulator_count(&other, &i64) == TALLY_INVALID);
    }

    /* There is no room for it in itself. */
    unsigned char both[sizeof large] = {0};
    tally_small_accumulator *within = (void *)(both + sizeof both - 64);
    CHECK_OK(tally_small_accumulator_add_one_f64(within, 2.5));
    CHECK_REFUSED(tally_small_accumulator_grow(within, (void *)both),
                  TALLY_INVALID, "tally_small_accumulator_grow");
    CHECK_TEXT(tally_last_message(), "room overlaps into");
    CHECK_OK(tally_small_accumulator_value_f64(within, &f64));
    CHECK_DOUBLE(f64, 2.5);

    /* Of one that has grown, it is in what it refers to. */
    sum = empty;
    CHECK_OK(tally_small_accumulator_grow(&sum, &large));
    before = sum;
    CHECK_OK(tally_small_accumulator_fail(&sum, TALLY_CALLBACK));
    same(&sum, &before);
    CHECK_INT(tally_small_accumulator_count(&sum, &i64), TALLY_CALLBACK);
    CHECK_INT(tally_accumulator_count(&large, &i64), TALLY_CALLBACK);
    CHECK_OK(tally_small_accumulator_room(&sum, &room));
    CHECK(room == &large);
}

static void any_alignment_will_do(void) {
    static unsigned char bytes[64 + 8], pointers[sizeof(small *) * 2 + 1];
    static unsigned char numbers[2 * 8 + 1];
    for (size_t offset = 0; offset < 8; offset++) {
        small *state = (void *)(bytes + offset);
        memset(bytes, 0, sizeof bytes);
        CHECK_OK(tally_small_accumulator_add_one_f64(state, 1e80));
        CHECK_OK(tally_small_accumulator_add_f64(state, (double[]){1, 2}, 2));
        CHECK_OK(tally_small_accumulator_merge(state, state));
        memcpy(pointers + 1, (small *[]){state, state}, 2 * sizeof state);
        memcpy(numbers + 1, (double[]){-2e80, 3.0}, 16);
        CHECK_OK(tally_small_accumulator_add_scattered(
            (void *)(pointers + 1),
            &TALLY_COLUMN(TALLY_F64, (void *)(numbers + 1), 2), NULL, NULL,
            NULL));
        CHECK_DOUBLE(value_of(state), 9.0);
    }
}

int main(void) {
    CHECK_SIZE(tally_small_accumulator_size(), sizeof(small));
    CHECK_SIZE(sizeof(small), 64);
    any_order_and_any_parts_give_the_same_bytes();
    integers_beyond_64_bits();
    what_does_not_fit_changes_nothing();
    nan_and_infinities_are_counted();
    any_bytes_do_no_harm();
    one_that_has_grown_takes_everything();
    a_failure_stays();
    any_alignment_will_do();
    return finish();
}
