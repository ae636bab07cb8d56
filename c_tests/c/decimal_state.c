/* A decimal's state: what every state promises, what its own words are, and its
 * own ways in. Doubles go in as the texts that name them exactly enough. */
#define STATE tally_decimal
#define FUNCTION(verb) tally_decimal_##verb
#define NAME(verb) NAME_##verb
#define NAME_add_f64 "tally_decimal_add_text"
#define NAME_add_one_f64 "tally_decimal_add_text"
#define NAME_subtract_f64 "tally_decimal_subtract_text"
#define NAME_subtract_one_f64 "tally_decimal_subtract_text"
#define NAME_merge "tally_decimal_merge"
#define NAME_combine "tally_decimal_combine"
#define NAME_count "tally_decimal_count"
#define NAME_save "tally_decimal_save"
#define NAME_load "tally_decimal_load"
#define INITIAL TALLY_DECIMAL_INIT
#define SIZE 352
#define SAVED_MAX TALLY_DECIMAL_SAVED_MAX
/* DBL_MAX is 1.8*10^308, and 2^111 times that is below 5*10^341. */
#define DOUBLINGS 111
#define LIMB(word)                                                             \
    ((word) % UINT64_C(1000000000000000000) - UINT64_C(500000000000000000) + 1)
/* Taking out leaves the scale. */
#define EMPTIED(state)                                                         \
    do {                                                                       \
        STATE emptied = *(state);                                              \
        emptied.opaque[SCALE] = 0;                                             \
        SAME(&emptied, &empty);                                                \
    } while (0)

/* Places of words in the state. */
enum { POINT = 19, COUNT_AT = 38, NANS, PLUS, MINUS, SCALE, STATUS };

#include "state_kind.h"

typedef tally_status take_text(STATE *, const char *, size_t, char, int,
                               size_t *, size_t *);

/* The doubles as text: 17 digits name each. */
static tally_status take(take_text *function, STATE *into, const void *numbers,
                         size_t count) {
    static char text[COUNT * 32];
    size_t size = 0, consumed, values;
    for (size_t i = 0; i < count; i++) {
        double number;
        memcpy(&number, (const char *)numbers + 8 * i, sizeof number);
        size += (size_t)snprintf(text + size, sizeof text - size, "%.17g\n",
                                 number);
    }
    return function(into, text, size, '\n', 1, &consumed, &values);
}

static tally_status add(STATE *into, const double *a, const double *b,
                        size_t count) {
    (void)b;
    return take(tally_decimal_add_text, into, a, count);
}

static tally_status subtract(STATE *into, const double *a, const double *b,
                             size_t count) {
    (void)b;
    return take(tally_decimal_subtract_text, into, a, count);
}

static tally_status add_one(STATE *into, double a, double b) {
    (void)b;
    return take(tally_decimal_add_text, into, &a, 1);
}

static tally_status subtract_one(STATE *into, double a, double b) {
    (void)b;
    return take(tally_decimal_subtract_text, into, &a, 1);
}

static int ask(const STATE *state) {
    static unsigned char bytes[SAVED_MAX];
    static char text[800];
    static int round;
    double f64;
    int order;
    int64_t count;
    size_t needed;
    round++;
    const tally_status statuses[] = {
        tally_decimal_count(state, &count),
        tally_decimal_value_f64(state, &f64),
        tally_decimal_compare(state, &empty, &order),
        tally_decimal_value_text(state, round % 345 - 2, text, sizeof text,
                                 &needed),
        tally_decimal_mean_text(state, round % 343, text, sizeof text, &needed),
        tally_decimal_save(state, bytes, sizeof bytes, &needed),
    };
    return SUCCEEDED(statuses);
}

static STATE sum_of(const char *words) {
    STATE sum = TALLY_DECIMAL_INIT;
    size_t consumed, values;
    CHECK_OK(tally_decimal_add_text(&sum, words, strlen(words), ' ', 1,
                                    &consumed, &values));
    return sum;
}

static void the_words_are_as_documented(void) {
    CHECK_SIZE(sizeof(STATE), 8 * (STATUS + 1));
    STATE sum = sum_of("-1234.56 nan inf inf -inf"), want = empty;
    want.opaque[POINT] = (uint64_t)-1235;
    want.opaque[POINT - 1] = UINT64_C(440000000000000000);
    want.opaque[COUNT_AT] = 5;
    want.opaque[NANS] = want.opaque[MINUS] = 1;
    want.opaque[PLUS] = 2;
    want.opaque[SCALE] = 2;
    SAME(&sum, &want);
    sum = sum_of("0.5");
    want = empty;
    want.opaque[POINT] = 1;
    want.opaque[POINT - 1] = (uint64_t)INT64_C(-500000000000000000);
    want.opaque[COUNT_AT] = want.opaque[SCALE] = 1;
    SAME(&sum, &want);
}

static void equal_sums_have_equal_bytes(void) {
    static const char *words[] = {
        "1.10",  "-2.2",   "3e20",          "-3.00e20", "0.000000000000000001",
        "1e-30", "-1e300", "5e17",          "-5e17",    "999999999999999999.5",
        "0.5",   "-0.5",   "9.99999999e99", "nan",      "-inf",
    };
    enum { NUMBERS = sizeof words / sizeof *words };
    uint64_t seed = 3;
    STATE first = TALLY_DECIMAL_INIT;
    for (int round = 0; round < 500; round++) {
        for (size_t i = NUMBERS - 1; i > 0; i--) {
            size_t j = random_word(&seed) % (i + 1);
            const char *swapped = words[i];
            words[i] = words[j];
            words[j] = swapped;
        }
        STATE parts[3] = {empty, empty, empty};
        for (size_t i = 0; i < NUMBERS; i++) {
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
    STATE kept = sum_of("2.5"), gone = sum_of("1.25 nan"), sum = kept;
    CHECK_OK(tally_decimal_merge(&sum, &gone));
    CHECK_OK(tally_decimal_unmerge(&sum, &gone));
    CHECK_INT((int64_t)sum.opaque[SCALE], 2);
    sum.opaque[SCALE] = kept.opaque[SCALE];
    SAME(&sum, &kept);
}

/* Scaled integers, one in place or more, into a count that is full. */
static void what_does_not_fit_is_not_added(void) {
    STATE sum = empty;
    sum.opaque[COUNT_AT] = INT64_MAX;
    const STATE before = sum;
    const int64_t ones[2] = {1, 1};
    size_t consumed = 0x5a, values = 0x5a;
    CHECK_REFUSED(
        tally_decimal_add_text(&sum, "1 2", 3, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, "tally_decimal_add_text");
    CHECK_SIZE(consumed, 0x5a);
    CHECK_SIZE(values, 0x5a);
    for (size_t count = 1; count <= 2; count++) {
        CHECK_REFUSED(tally_decimal_add_scaled(&sum, ones, count, 0),
                      TALLY_OVERFLOW, "tally_decimal_add_scaled");
        SAME(&sum, &before);
    }
    CHECK_OK(tally_decimal_subtract_scaled(&sum, ones, 1, 0));
    CHECK_INT(count_of(&sum), INT64_MAX - 1);
    CHECK_OK(tally_decimal_subtract_scaled(&sum, ones, 2, 0));
    CHECK_INT(count_of(&sum), INT64_MAX - 3);
}

/* Text and integers in the state's own bytes. */
static void what_is_added_may_lie_in_the_state(void) {
    STATE own = empty;
    size_t consumed = 0x5a, values = 0x5a;
    CHECK_REFUSED(tally_decimal_add_text(&own, (const char *)&own, sizeof own,
                                         ' ', 1, &consumed, &values),
                  TALLY_PARSE, "tally_decimal_add_text");
    SAME(&own, &empty);
    own = sum_of("1.5 -2e40");
    const STATE copy = own;
    STATE apart = own;
    CHECK_OK(
        tally_decimal_add_scaled(&own, (const int64_t *)(void *)&own, 38, 2));
    CHECK_OK(tally_decimal_add_scaled(
        &apart, (const int64_t *)(const void *)&copy, 38, 2));
    SAME(&own, &apart);
}

/* Scaled integers to any bits: they go in, or nothing changes. */
static void scaled_integers_are_safe_on_any_bits(void) {
    uint64_t seed = 8;
    int added = 0;
    for (int round = 0; round < 20000; round++) {
        STATE state;
        for (size_t i = 0; i < WORDS; i++) {
            uint64_t word = random_word(&seed);
            state.opaque[i] = i < COUNT_AT ? LIMB(word) : word % 300;
        }
        state.opaque[STATUS] = 0;
        if (round % 2 == 0) {
            state.opaque[random_word(&seed) % WORDS] = random_word(&seed);
        }
        const int64_t values[3] = {INT64_MIN, INT64_MAX, round};
        for (size_t first = 0; first < 3; first++) {
            const STATE before = state;
            size_t count = 3 - first;
            tally_status status =
                round % 3 == 0
                    ? tally_decimal_subtract_scaled(&state, values + first,
                                                    count, round % 343)
                    : tally_decimal_add_scaled(&state, values + first, count,
                                               round % 343);
            if (status == TALLY_OK) {
                added++;
            } else {
                CHECK(status != TALLY_PANIC);
                SAME(&state, &before);
            }
        }
    }
    CHECK(added > 20000);
}

/* What is no state is told as such by every path. */
static void damage_is_found_wherever_it_is(void) {
    for (size_t word = 0; word < WORDS; word++) {
        STATE sum = sum_of("1.5");
        sum.opaque[word] = word == STATUS ? UINT64_MAX : UINT64_C(1) << 63;
        const STATE before = sum;
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
        STATE sum = sum_of("0.5"), before = sum;
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

/* Another kind's saved bytes are refused, and so are ours by that kind. */
static void saved_decimals_are_no_accumulators(void) {
    unsigned char bytes[SAVED_MAX];
    STATE sum = sum_of("0.1 0.2 -inf");
    tally_accumulator acc = TALLY_ACCUMULATOR_INIT;
    size_t size = save(&sum, bytes);
    CHECK_REFUSED(tally_accumulator_load(bytes, size, &acc), TALLY_FORMAT,
                  "tally_accumulator_load");
    CHECK_OK(tally_accumulator_save(&acc, bytes, sizeof bytes, &size));
    CHECK_REFUSED(tally_decimal_load(bytes, size, &sum), TALLY_FORMAT,
                  "tally_decimal_load");
}

/* Every change of a byte: refused, or what it says is saved as it. */
static void changed_bytes_are_refused_or_mean_themselves(void) {
    static const char *words[] = {"", "0.00", "1", "-1e-342 1e321 nan",
                                  "0.1 0.2 -inf"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        unsigned char bytes[SAVED_MAX];
        const STATE sum = sum_of(words[i]);
        size_t size = save(&sum, bytes);
        CHECK(load(bytes, size));
        for (size_t at = 0; at < size; at++) {
            for (int change = 1; change < 256; change++) {
                bytes[at] = (unsigned char)(bytes[at] ^ change);
                load(bytes, size);
                bytes[at] = (unsigned char)(bytes[at] ^ change);
            }
        }
    }
}

int main(void) {
    the_words_are_as_documented();
    equal_sums_have_equal_bytes();
    what_does_not_fit_is_not_added();
    what_is_added_may_lie_in_the_state();
    scaled_integers_are_safe_on_any_bits();
    damage_is_found_wherever_it_is();
    every_text_is_safe();
    saved_decimals_are_no_accumulators();
    changed_bytes_are_refused_or_mean_themselves();
    keeps_the_promises_of_every_state();
    return finish();
}
