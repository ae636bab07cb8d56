/* Sealed states: what was sealed is opened, and nothing else. Integers of 128
 * bits, counts of NaN and infinities, and failures that are left in a state. */
#include <math.h>
#include <stdlib.h>

#include "../check.h"

/* An accumulator of some values, saved. */
static size_t saved_sum(unsigned char *bytes, size_t size) {
    static const double values[] = {0.1, 1e100, -3.5, 1e-300, 7};
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t length = 0;
    CHECK_OK(tally_accumulator_add_f64(&sum, values, 5));
    CHECK_OK(tally_accumulator_save(&sum, bytes, size, &length));
    return length;
}

static void every_changed_bit_is_noticed(void) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    unsigned char sealed[sizeof bytes + TALLY_SEAL_SIZE];
    size_t length = saved_sum(bytes, sizeof bytes), sealed_length,
           opened_length;
    const void *opened;
    CHECK_OK(
        tally_saved_seal(bytes, length, sealed, sizeof sealed, &sealed_length));
    CHECK_SIZE(sealed_length, length + TALLY_SEAL_SIZE);
    for (size_t bit = 0; bit < sealed_length * 8; bit++) {
        sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
        CHECK_REFUSED(
            tally_saved_open(sealed, sealed_length, &opened, &opened_length),
            TALLY_FORMAT, "tally_saved_open");
        sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    CHECK_OK(tally_saved_open(sealed, sealed_length, &opened, &opened_length));
    CHECK(opened == sealed + 12);
    CHECK_SIZE(opened_length, length);
    CHECK_BYTES(opened, bytes, length);
}

static void a_buffer_that_is_too_small_is_left_alone(void) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    unsigned char sealed[sizeof bytes + TALLY_SEAL_SIZE], before[sizeof sealed];
    size_t length = saved_sum(bytes, sizeof bytes), needed = 0;
    memset(sealed, 7, sizeof sealed);
    memcpy(before, sealed, sizeof sealed);
    CHECK_REFUSED(tally_saved_seal(bytes, length, sealed,
                                   length + TALLY_SEAL_SIZE - 1, &needed),
                  TALLY_TOO_SMALL, "tally_saved_seal");
    CHECK_SIZE(needed, length + TALLY_SEAL_SIZE);
    CHECK_BYTES(sealed, before, sizeof sealed);
}

/* The buffer may be the saved bytes' own, or lie anywhere across them. */
static void the_buffer_may_overlap_what_is_sealed(void) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    unsigned char expected[sizeof bytes + TALLY_SEAL_SIZE];
    size_t length = saved_sum(bytes, sizeof bytes), sealed_length;
    CHECK_OK(tally_saved_seal(bytes, length, expected, sizeof expected,
                              &sealed_length));
    for (size_t from = 0; from <= 40; from++) {
        unsigned char room[sizeof expected + 40];
        memcpy(room + from, bytes, length);
        CHECK_OK(tally_saved_seal(room + from, length, room + 20, sealed_length,
                                  &sealed_length));
        CHECK_BYTES(room + 20, expected, sealed_length);
    }
}

static void the_size_may_be_written_over_what_is_sealed(void) {
    union {
        unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
        size_t needed;
    } saved;
    unsigned char expected[sizeof saved + TALLY_SEAL_SIZE];
    unsigned char sealed[sizeof expected];
    size_t length = saved_sum(saved.bytes, sizeof saved.bytes), needed;
    CHECK_OK(tally_saved_seal(saved.bytes, length, expected, sizeof expected,
                              &needed));
    CHECK_OK(tally_saved_seal(saved.bytes, length, sealed, sizeof sealed,
                              &saved.needed));
    CHECK_SIZE(saved.needed, needed);
    CHECK_BYTES(sealed, expected, needed);
}

static void any_bytes_can_be_sealed(void) {
    uint64_t seed = 5;
    for (size_t length = 0; length < 300; length++) {
        unsigned char bytes[300], sealed[300 + TALLY_SEAL_SIZE];
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (unsigned char)random_word(&seed);
        }
        size_t needed = 0, opened_length;
        const void *opened;
        CHECK_OK(tally_saved_seal(bytes, length, NULL, 0, &needed));
        CHECK_SIZE(needed, length + TALLY_SEAL_SIZE);
        CHECK_OK(tally_saved_seal(length == 0 ? NULL : bytes, length, sealed,
                                  needed, &needed));
        CHECK_OK(tally_saved_open(sealed, needed, &opened, &opened_length));
        CHECK_SIZE(opened_length, length);
        CHECK_BYTES(opened, bytes, length);
    }
}

static void there_is_an_end_to_what_is_sealed(void) {
    const size_t most = (size_t)1 << 27;
    void *bytes = is_quick() ? NULL : calloc(most + 1, 1);
    size_t needed = 0;
    if (bytes == NULL) {
        return;
    }
    CHECK_OK(tally_saved_seal(bytes, most, NULL, 0, &needed));
    CHECK_SIZE(needed, most + TALLY_SEAL_SIZE);
    CHECK_REFUSED(tally_saved_seal(bytes, most + 1, NULL, 0, &needed),
                  TALLY_INVALID, "tally_saved_seal");
    CHECK_SIZE(needed, most + TALLY_SEAL_SIZE);
    free(bytes);
}

/* A state passed where an envelope is expected, and the reverse. */
static void a_mistaken_form_is_named(void) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    unsigned char sealed[sizeof bytes + TALLY_SEAL_SIZE];
    size_t length = saved_sum(bytes, sizeof bytes), sealed_length;
    const void *opened;
    CHECK_REFUSED(tally_saved_open(bytes, length, &opened, &sealed_length),
                  TALLY_FORMAT, "tally_saved_open");
    CHECK_TEXT(tally_last_message(),
               "sealed: the bytes are a saved state that was not sealed");
    CHECK_OK(
        tally_saved_seal(bytes, length, sealed, sizeof sealed, &sealed_length));
    tally_accumulator sum;
    CHECK_REFUSED(tally_accumulator_load(sealed, sealed_length, &sum),
                  TALLY_FORMAT, "tally_accumulator_load");
    CHECK_TEXT(tally_last_message(), "bytes: the bytes are sealed: open them "
                                     "first, with tally_saved_open()");
    tally_decimal decimal;
    CHECK_REFUSED(tally_decimal_load(bytes, length, &decimal), TALLY_FORMAT,
                  "tally_decimal_load");
    CHECK_TEXT(tally_last_message(),
               "bytes: kind 1, accumulator, is a different kind of state");
}

static void integers_of_two_halves(void) {
    static const struct {
        double power;
        int64_t less, high;
        uint64_t low;
        tally_status status;
    } cases[] = {
        {0, 0, 0, 0, TALLY_OK},
        {0, -1, -1, UINT64_MAX, TALLY_OK},
        {0x1p64, 5, 1, 5, TALLY_OK},
        {-0x1p64, -1, -2, UINT64_MAX, TALLY_OK},
        {0x1p127, -1, INT64_MAX, UINT64_MAX, TALLY_OK},
        {-0x1p127, 0, INT64_MIN, 0, TALLY_OK},
        {0x1p127, 0, 0, 0, TALLY_OVERFLOW},
        {-0x1p127, -1, 0, 0, TALLY_OVERFLOW},
        {0.5, 7, 0, 0, TALLY_INVALID},
        {INFINITY, 0, 0, 0, TALLY_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        int64_t high = 99;
        uint64_t low = 99;
        CHECK_OK(tally_accumulator_add_one_f64(&sum, cases[i].power));
        CHECK_OK(tally_accumulator_add_i64(&sum, &cases[i].less, 1));
        CHECK_INT(tally_accumulator_value_i128(&sum, &high, &low),
                  cases[i].status);
        bool good = cases[i].status == TALLY_OK;
        CHECK(high == (good ? cases[i].high : 99));
        CHECK(low == (good ? cases[i].low : 99));
    }
}

static void nan_and_infinities_are_counted(void) {
    const double values[] = {NAN, INFINITY, 1, -INFINITY, -INFINITY, -INFINITY};
    int64_t nan, plus, minus;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&sum, values, 6));
    CHECK_OK(tally_accumulator_special_counts(&sum, &nan, &plus, &minus));
    CHECK(nan == 1 && plus == 1 && minus == 3);
    CHECK_OK(tally_accumulator_subtract_f64(&sum, values + 1, 5));
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, INFINITY));
    CHECK_OK(tally_accumulator_special_counts(&sum, NULL, &plus, NULL));
    CHECK(plus == -1);

    const double ones[] = {1, 1, 0, 1, 1, 1};
    tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_product_accumulator_add_f64(&products, values, ones, 6));
    CHECK_OK(tally_product_accumulator_special_counts(&products, &nan, &plus,
                                                      &minus));
    CHECK(nan == 1 && plus == 1 && minus == 3);

    tally_moments moments = TALLY_MOMENTS_INIT;
    CHECK_OK(tally_moments_add_f64(&moments, values, 6));
    CHECK_OK(tally_moments_special_counts(&moments, &nan, &plus, &minus));
    CHECK(nan == 1 && plus == 1 && minus == 3);

    tally_decimal decimal = TALLY_DECIMAL_INIT;
    size_t consumed, count;
    CHECK_OK(tally_decimal_add_text(&decimal, "nan inf -inf -inf 2.5", 21, ' ',
                                    1, &consumed, &count));
    CHECK_OK(tally_decimal_special_counts(&decimal, &nan, &plus, &minus));
    CHECK(nan == 1 && plus == 1 && minus == 2);
}

/* A participant without a part of its own: all learn of it by merging. */
static void a_failure_is_passed_on(void) {
    tally_accumulator ranks[3] = {{{0}}, {{0}}, {{0}}};
    double total;
    for (int rank = 0; rank < 3; rank++) {
        CHECK_OK(tally_accumulator_add_one_f64(&ranks[rank], rank));
    }
    CHECK_OK(tally_accumulator_fail(&ranks[1], TALLY_MEMORY));
    CHECK_REFUSED(tally_accumulator_value_f64(&ranks[1], &total), TALLY_MEMORY,
                  "tally_accumulator_value_f64");
    CHECK_REFUSED(tally_accumulator_fail(&ranks[1], TALLY_PARSE), TALLY_MEMORY,
                  "tally_accumulator_fail");
    tally_accumulator_combine(&ranks[1], &ranks[2], 1);
    tally_accumulator_combine(&ranks[2], &ranks[0], 1);
    for (int rank = 0; rank < 3; rank++) {
        CHECK_INT(tally_accumulator_value_f64(&ranks[rank], &total),
                  TALLY_MEMORY);
    }
    /* A status of a program's own, or of a later version. */
    tally_moments moments = TALLY_MOMENTS_INIT;
    CHECK_OK(tally_moments_fail(&moments, -1000));
    CHECK_INT(tally_moments_mean_f64(&moments, &total), TALLY_INVALID);
    CHECK_CONTAINS(tally_last_message(), "unknown status -1000");
    CHECK_INT(tally_moments_fail(&moments, TALLY_OK), TALLY_INVALID);
}

int main(void) {
    every_changed_bit_is_noticed();
    a_buffer_that_is_too_small_is_left_alone();
    the_buffer_may_overlap_what_is_sealed();
    the_size_may_be_written_over_what_is_sealed();
    any_bytes_can_be_sealed();
    there_is_an_end_to_what_is_sealed();
    a_mistaken_form_is_named();
    integers_of_two_halves();
    nan_and_infinities_are_counted();
    a_failure_is_passed_on();
    return finish();
}
