/* A decimal's state: canonical bytes, at its limits, failed, made of any bits,
 * at any address, and saved. */
#include "../check.h"

static const tally_decimal empty = TALLY_DECIMAL_INIT;

/* Places of words in the state. */
enum { POINT = 19, COUNT = 38, NANS, PLUS, MINUS, SCALE, STATUS };

#define SAME(a, b) CHECK_BYTES(a, b, sizeof(tally_decimal))

static tally_decimal sum_of(const char *words) {
    tally_decimal sum = TALLY_DECIMAL_INIT;
    size_t consumed, values;
    CHECK_OK(tally_decimal_add_text(&sum, words, strlen(words), ' ', 1,
                                    &consumed, &values));
    return sum;
}

static int64_t count_of(const tally_decimal *sum) {
    int64_t count = 0x5a;
    CHECK_OK(tally_decimal_count(sum, &count));
    return count;
}

static void the_words_are_as_documented(void) {
    tally_decimal sum = sum_of("-1234.56 nan inf inf -inf"), want = empty;
    want.opaque[POINT] = (uint64_t)-1235;
    want.opaque[POINT - 1] = UINT64_C(440000000000000000);
    want.opaque[COUNT] = 5;
    want.opaque[NANS] = want.opaque[MINUS] = 1;
    want.opaque[PLUS] = 2;
    want.opaque[SCALE] = 2;
    SAME(&sum, &want);
    sum = sum_of("0.5");
    want = empty;
    want.opaque[POINT] = 1;
    want.opaque[POINT - 1] = (uint64_t)INT64_C(-500000000000000000);
    want.opaque[COUNT] = want.opaque[SCALE] = 1;
    SAME(&sum, &want);
}

static void equal_sums_have_equal_bytes(void) {
    static const char *words[] = {
        "1.10",  "-2.2",   "3e20",          "-3.00e20", "0.000000000000000001",
        "1e-30", "-1e300", "5e17",          "-5e17",    "999999999999999999.5",
        "0.5",   "-0.5",   "9.99999999e99", "nan",      "-inf",
    };
    enum { WORDS = sizeof words / sizeof *words };
    uint64_t seed = 3;
    tally_decimal first = TALLY_DECIMAL_INIT;
    for (int round = 0; round < 500; round++) {
        for (size_t i = WORDS - 1; i > 0; i--) {
            size_t j = random_word(&seed) % (i + 1);
            const char *swapped = words[i];
            words[i] = words[j];
            words[j] = swapped;
        }
        tally_decimal parts[3] = {empty, empty, empty};
        for (size_t i = 0; i < WORDS; i++) {
            size_t consumed, values;
            CHECK_OK(tally_decimal_add_text(&parts[random_word(&seed) % 3],
                                            words[i], strlen(words[i]), ',', 1,
                                            &consumed, &values));
        }
        CHECK_OK(tally_decimal_merge(&parts[2], &parts[0]));
        CHECK_OK(tally_decimal_merge(&parts[1], &parts[2]));
        if (round == 0) {
            first = parts[1];
        }
        SAME(&parts[1], &first);
    }
    /* After taking out, but for the scale. */
    tally_decimal kept = sum_of("2.5"), gone = sum_of("1.25 nan"), sum = kept;
    CHECK_OK(tally_decimal_merge(&sum, &gone));
    CHECK_OK(tally_decimal_unmerge(&sum, &gone));
    CHECK_INT((int64_t)sum.opaque[SCALE], 2);
    sum.opaque[SCALE] = kept.opaque[SCALE];
    SAME(&sum, &kept);
    /* Itself: twice, and not at all. */
    tally_decimal twice = sum_of("2.5 2.5");
    CHECK_OK(tally_decimal_merge(&sum, &sum));
    SAME(&sum, &twice);
    CHECK_OK(tally_decimal_unmerge(&sum, &sum));
    sum.opaque[SCALE] = 0;
    SAME(&sum, &empty);
}

static void a_full_state_refuses_and_stays(void) {
    tally_decimal sum = sum_of("1e321"), before, zero = sum_of("0");
    while (count_of(&sum) <= INT64_MAX / 2) {
        CHECK_OK(tally_decimal_merge(&sum, &sum));
    }
    before = sum;
    CHECK_REFUSED(tally_decimal_merge(&sum, &sum), TALLY_OVERFLOW,
                  "tally_decimal_merge");
    SAME(&sum, &before);

    /* Without counts, the total leaves its range. */
    sum = sum_of("1e321");
    CHECK_OK(tally_decimal_unmerge(&sum, &zero));
    int doublings = 0;
    for (; doublings < 200; doublings++) {
        before = sum;
        if (tally_decimal_merge(&sum, &sum) != TALLY_OK) {
            break;
        }
    }
    CHECK_RECORD(TALLY_OVERFLOW, "tally_decimal_merge");
    SAME(&sum, &before);
    /* 2^68 * 10^321 is below 5*10^341, 2^69 * 10^321 above. */
    CHECK_INT(doublings, 68);

    sum = empty;
    sum.opaque[COUNT] = INT64_MAX;
    before = sum;
    size_t consumed = 0x5a, values = 0x5a;
    const int64_t one = 1;
    CHECK_REFUSED(
        tally_decimal_add_text(&sum, "1", 1, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, "tally_decimal_add_text");
    CHECK_REFUSED(
        tally_decimal_add_text(&sum, "1 2", 3, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, "tally_decimal_add_text");
    CHECK_SIZE(consumed, 0x5a);
    CHECK_REFUSED(tally_decimal_add_scaled(&sum, &one, 1, 0), TALLY_OVERFLOW,
                  "tally_decimal_add_scaled");
    SAME(&sum, &before);
    CHECK_OK(tally_decimal_subtract_scaled(&sum, &one, 1, 0));
    CHECK_INT(count_of(&sum), INT64_MAX - 1);
}

static void combining_is_merging_with_sticky_failures(void) {
    tally_decimal in[3], inout[3], merged[3];
    static const char *words[] = {"1.25 -7e30", "0.1 0.2", "1e-342 nan"};
    for (size_t i = 0; i < 3; i++) {
        in[i] = sum_of(words[i]);
        inout[i] = merged[i] = sum_of(words[(i + 1) % 3]);
        CHECK_OK(tally_decimal_merge(&merged[i], &in[i]));
    }
    tally_decimal_combine(in, inout, 3);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_BYTES(inout, merged, sizeof merged);

    /* The one in the middle fails and keeps its total; the others go on. */
    in[1].opaque[0] = UINT64_C(500000000000000000);
    tally_decimal before = inout[1];
    tally_decimal_combine(in, inout, 3);
    CHECK_RECORD(TALLY_INVALID, "tally_decimal_combine");
    for (size_t i = 0; i < 3; i += 2) {
        CHECK_OK(tally_decimal_merge(&merged[i], &in[i]));
        SAME(&inout[i], &merged[i]);
    }
    CHECK_BYTES(&inout[1], &before, sizeof before - 8);
    CHECK_INT((int32_t)inout[1].opaque[STATUS], TALLY_INVALID);
    before = inout[1];
    size_t consumed = 0x5a, values = 0x5a;
    CHECK_REFUSED(
        tally_decimal_add_text(&inout[1], "1", 1, ' ', 1, &consumed, &values),
        TALLY_INVALID, "tally_decimal_add_text");
    CHECK_CONTAINS(tally_last_message(), "failed before");
    CHECK_SIZE(consumed, 0x5a);
    SAME(&inout[1], &before);

    /* It spreads with its own status, and the first status stays. */
    tally_decimal full = TALLY_DECIMAL_INIT, other = full;
    full.opaque[COUNT] = other.opaque[COUNT] = INT64_MAX;
    tally_decimal_combine(&full, &other, 1);
    CHECK_RECORD(TALLY_OVERFLOW, "tally_decimal_combine");
    tally_decimal third = sum_of("1");
    tally_decimal_combine(&other, &third, 1);
    CHECK_RECORD(TALLY_OVERFLOW, "tally_decimal_combine");
    tally_decimal first = third;
    tally_decimal_combine(&in[1], &third, 1);
    CHECK_RECORD(TALLY_OVERFLOW, "tally_decimal_combine");
    SAME(&third, &first);
}

/* Overlapping states are read first, then written. */
static void states_may_overlap_and_lie_anywhere(void) {
    static unsigned char memory[2 * sizeof(tally_decimal) + 16];
    const tally_decimal a = sum_of("1.5 -2e40"), b = sum_of("0.125");
    tally_decimal merged = a;
    CHECK_OK(tally_decimal_merge(&merged, &b));
    for (size_t offset = 0; offset < 8; offset++) {
        void *at = memory + offset, *next = memory + offset + sizeof a;
        memcpy(at, &a, sizeof a);
        memcpy(next, &b, sizeof b);
        CHECK_OK(tally_decimal_merge(at, next));
        SAME(at, &merged);
        size_t consumed, values;
        CHECK_OK(
            tally_decimal_add_text(at, "1.5", 3, ' ', 1, &consumed, &values));
        CHECK_OK(tally_decimal_subtract_text(at, "1.5 0", 5, ' ', 1, &consumed,
                                             &values));
        CHECK_OK(
            tally_decimal_add_text(at, "0 nan", 5, ' ', 1, &consumed, &values));
        CHECK_OK(tally_decimal_subtract_text(at, "nan", 3, ' ', 1, &consumed,
                                             &values));
        SAME(at, &merged);
    }
    /* All zero from the middle of one to the middle of another. */
    memset(memory, 0, sizeof memory);
    void *low = memory, *high = memory + 8;
    CHECK_OK(tally_decimal_merge(high, low));
    memcpy(low, &a, sizeof a);
    CHECK_OK(tally_decimal_merge(low, low));
    /* Text and arrays in the state's own bytes. */
    tally_decimal own = empty;
    size_t consumed = 0x5a, values = 0x5a;
    CHECK_REFUSED(tally_decimal_add_text(&own, (const char *)&own, sizeof own,
                                         ' ', 1, &consumed, &values),
                  TALLY_PARSE, "tally_decimal_add_text");
    SAME(&own, &empty);
    own = a;
    const int64_t *limbs = (const int64_t *)(void *)&own;
    CHECK_OK(tally_decimal_add_scaled(&own, limbs, 38, 2));
    tally_decimal apart = a;
    CHECK_OK(tally_decimal_add_scaled(&apart, (const int64_t *)(const void *)&a,
                                      38, 2));
    SAME(&own, &apart);
}

/* No bits are dangerous: every function on random words succeeds or refuses,
 * and refusing leaves them as they were. */
static void every_bit_pattern_is_safe(void) {
    uint64_t seed = 8;
    static unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
    static char text[800];
    int accepted = 0;
    for (int round = 0; round < 20000; round++) {
        tally_decimal sum, from, before;
        for (size_t i = 0; i < 44; i++) {
            static const uint64_t edges[] = {0, 1, UINT64_MAX,
                                             UINT64_C(1) << 63, INT64_MAX};
            uint64_t word = random_word(&seed);
            uint64_t digit = word % UINT64_C(1000000000000000000) -
                             UINT64_C(500000000000000000);
            sum.opaque[i] = word % 3 == 0 ? edges[word / 3 % 5] : digit;
            from.opaque[i] = round % 3 == 0 ? word : digit;
            if (round % 2 == 0) {
                sum.opaque[i] = i < COUNT ? digit : 0;
            }
        }
        if (round % 2 == 0) {
            sum.opaque[SCALE] = round % 350;
            from.opaque[SCALE] = from.opaque[STATUS] = 0;
            if (round % 5 == 0) {
                sum.opaque[random_word(&seed) % 44] = random_word(&seed);
            }
        }
        double f64;
        int order;
        int64_t count, values[3] = {INT64_MIN, INT64_MAX, round};
        size_t needed, consumed;
#define TRY(call)                                                              \
    do {                                                                       \
        before = sum;                                                          \
        if ((call) != TALLY_OK) {                                              \
            SAME(&sum, &before);                                               \
        } else {                                                               \
            accepted++;                                                        \
        }                                                                      \
    } while (0)
        TRY(tally_decimal_value_f64(&sum, &f64));
        TRY(tally_decimal_count(&sum, &count));
        TRY(tally_decimal_compare(&sum, &from, &order));
        TRY(tally_decimal_value_text(&sum, round % 345 - 2, text, sizeof text,
                                     &needed));
        TRY(tally_decimal_mean_text(&sum, round % 343, text, sizeof text,
                                    &needed));
        TRY(tally_decimal_save(&sum, bytes, sizeof bytes, &needed));
        TRY(tally_decimal_add_scaled(&sum, values, 3, round % 343));
        TRY(tally_decimal_subtract_scaled(&sum, values + 2, 1, 2));
        TRY(tally_decimal_add_text(&sum, "9.99", 4, ' ', 1, &consumed,
                                   &needed));
        TRY(tally_decimal_subtract_text(&sum, "9e300 nan -.5", 13, ' ', 1,
                                        &consumed, &needed));
        TRY(tally_decimal_merge(&sum, &from));
        TRY(tally_decimal_unmerge(&sum, &from));
        TRY(tally_decimal_merge(&sum, &sum));
        TRY(tally_decimal_unmerge(&sum, &sum));
#undef TRY
        tally_decimal_combine(&from, &sum, 1);
        CHECK_INT(tally_last_status() == TALLY_PANIC, 0);
    }
    CHECK(accepted > 50000);
}

/* What is no state is told as such by every path. */
static void damage_is_found_wherever_it_is(void) {
    for (size_t word = 0; word < 44; word++) {
        tally_decimal sum = sum_of("1.5");
        sum.opaque[word] = word == STATUS ? UINT64_MAX : UINT64_C(1) << 63;
        const tally_decimal before = sum;
        size_t consumed, values;
        int64_t count;
        CHECK_REFUSED(
            tally_decimal_add_text(&sum, "1", 1, ' ', 1, &consumed, &values),
            TALLY_INVALID, "tally_decimal_add_text");
        CHECK_REFUSED(tally_decimal_count(&sum, &count), TALLY_INVALID,
                      "tally_decimal_count");
        SAME(&sum, &before);
    }
}

/* Random bytes as text: added or refused, and refusing leaves the state. */
static void every_text_is_safe(void) {
    static const char alphabet[] = "0123456789.-+eE ,\n\r\tnaifNty\xff";
    uint64_t seed = 9;
    int added = 0;
    for (int round = 0; round < 50000; round++) {
        char text[24];
        size_t size = random_word(&seed) % sizeof text;
        for (size_t i = 0; i < size; i++) {
            text[i] = alphabet[random_word(&seed) % sizeof alphabet];
        }
        tally_decimal sum = sum_of("0.5"), before = sum;
        size_t consumed = 0x5a, values = 0x5a;
        tally_status status =
            tally_decimal_add_text(&sum, text, size, " ,\n\t;"[round % 5],
                                   round % 2, &consumed, &values);
        if (status == TALLY_OK) {
            CHECK(consumed <= size);
            CHECK_SIZE(values, (uint64_t)count_of(&sum) - 1);
            added++;
        } else {
            CHECK(status == TALLY_PARSE || status == TALLY_OVERFLOW);
            CHECK(consumed <= size);
            SAME(&sum, &before);
        }
    }
    CHECK(added > 1000);
}

static void a_saved_decimal_is_read_back(void) {
    static const char *words[] = {"", "0.00", "1", "-1e-342 1e321 nan",
                                  "0.1 0.2 -inf"};
    for (size_t i = 0; i < 5; i++) {
        tally_decimal sum = sum_of(words[i]), copy;
        unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
        size_t needed = 0x5a, size = 0x5a;
        CHECK_OK(tally_decimal_save(&sum, NULL, 0, &needed));
        CHECK_REFUSED(tally_decimal_save(&sum, bytes, needed - 1, &size),
                      TALLY_TOO_SMALL, "tally_decimal_save");
        CHECK_SIZE(size, needed);
        CHECK_OK(tally_decimal_save(&sum, bytes, needed, &size));
        memset(&copy, 0xa5, sizeof copy);
        CHECK_OK(tally_decimal_load(bytes, size, &copy));
        SAME(&copy, &sum);
        /* Another kind's bytes are refused, and so are ours by that kind. */
        tally_accumulator acc;
        CHECK_REFUSED(tally_accumulator_load(bytes, size, &acc), TALLY_FORMAT,
                      "tally_accumulator_load");
        for (size_t at = 0; at < size; at++) {
            for (int change = 1; change < 256; change++) {
                unsigned char other[sizeof bytes];
                memcpy(other, bytes, size);
                other[at] = (unsigned char)(other[at] ^ change);
                tally_decimal before = copy;
                if (tally_decimal_load(other, size, &copy) == TALLY_OK) {
                    CHECK_OK(tally_decimal_save(&copy, bytes, sizeof bytes,
                                                &needed));
                    CHECK_SIZE(needed, size);
                    CHECK_BYTES(bytes, other, size);
                    CHECK_OK(
                        tally_decimal_save(&sum, bytes, sizeof bytes, &needed));
                } else {
                    CHECK_RECORD(TALLY_FORMAT, "tally_decimal_load");
                    SAME(&copy, &before);
                }
            }
        }
    }
}

int main(void) {
    the_words_are_as_documented();
    equal_sums_have_equal_bytes();
    a_full_state_refuses_and_stays();
    combining_is_merging_with_sticky_failures();
    states_may_overlap_and_lie_anywhere();
    every_bit_pattern_is_safe();
    damage_is_found_wherever_it_is();
    every_text_is_safe();
    a_saved_decimal_is_read_back();
    return finish();
}
