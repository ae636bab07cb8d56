/*
 * What every kind of state promises, whatever it holds: for a program that says
 * which kind before it includes this file.
 *
 *   STATE           the type
 *   FUNCTION(verb)  its function of that name; NAME(verb) is the name as text
 *   INITIAL         its initial value
 *   SIZE            its size in bytes
 *   SAVED_MAX       the largest size of a saved one
 *   COUNT_AT        the index of its counter of values
 *   DOUBLINGS       how often one that holds DBL_MAX can be doubled
 *   add, subtract, add_one, subtract_one
 *                   of values; a kind that has no pairs takes those of x, and
 *                   if it has functions for doubles says TAKES_DOUBLES instead
 *   ask             calls each function that only reads; how many succeeded
 *
 * and, where the kind is unlike the others in it:
 *
 *   LIMB(word)      a limb of a state, from any 64 bits
 *   EMPTIED(state)  checks that all was taken out of one
 */
#ifndef TALLY_C_TESTS_STATE_KIND_H
#define TALLY_C_TESTS_STATE_KIND_H

#include <float.h>
#include <math.h>

#include "../check.h"

#define COUNT 600
#define WORDS (sizeof(STATE) / 8)

#ifdef TAKES_DOUBLES
static tally_status add(STATE *into, const double *a, const double *b,
                        size_t count) {
    (void)b;
    return FUNCTION(add_f64)(into, a, count);
}

static tally_status subtract(STATE *into, const double *a, const double *b,
                             size_t count) {
    (void)b;
    return FUNCTION(subtract_f64)(into, a, count);
}

static tally_status add_one(STATE *into, double a, double b) {
    (void)b;
    return FUNCTION(add_one_f64)(into, a);
}

static tally_status subtract_one(STATE *into, double a, double b) {
    (void)b;
    return FUNCTION(subtract_one_f64)(into, a);
}
#else
static tally_status add(STATE *into, const double *x, const double *y,
                        size_t count);
static tally_status subtract(STATE *into, const double *x, const double *y,
                             size_t count);
static tally_status add_one(STATE *into, double x, double y);
static tally_status subtract_one(STATE *into, double x, double y);
#endif
static int ask(const STATE *state);

static double x[COUNT], y[COUNT];
static const STATE empty;

#define SAME(a, b) CHECK_BYTES(a, b, sizeof(STATE))
#ifndef EMPTIED
#define EMPTIED(state) SAME(state, &empty)
#endif
#ifndef LIMB
#define LIMB(word) (word)
#endif

/* All kinds of doubles, special ones too. */
static double any_double(uint64_t *seed) {
    static const double often[] = {0.0, -0.0, INFINITY, -INFINITY, NAN, 1.0};
    uint64_t word = random_word(seed);
    double number;
    memcpy(&number, &word, sizeof number);
    word = random_word(seed);
    return word % 16 == 0 ? often[word / 16 % 6] : number;
}

static void fill(uint64_t *seed) {
    for (size_t i = 0; i < COUNT; i++) {
        x[i] = any_double(seed);
        y[i] = any_double(seed);
    }
}

static STATE state_of(size_t first, size_t count) {
    STATE state = {{0}};
    CHECK_OK(add(&state, x + first, y + first, count));
    return state;
}

/* How many of the calls succeeded. None found a defect. */
#define SUCCEEDED(statuses)                                                    \
    succeeded(statuses, sizeof(statuses) / sizeof *(statuses))
static int succeeded(const tally_status *statuses, size_t count) {
    int succeeded = 0;
    for (size_t i = 0; i < count; i++) {
        CHECK(statuses[i] != TALLY_PANIC);
        succeeded += statuses[i] == TALLY_OK;
    }
    return succeeded;
}

static int64_t count_of(const STATE *state) {
    int64_t count = 0x5a;
    CHECK_OK(FUNCTION(count)(state, &count));
    return count;
}

static void a_zeroed_state_is_the_empty_sum(void) {
    STATE zeroed, initial = INITIAL;
    memset(&zeroed, 0, sizeof zeroed);
    SAME(&zeroed, &initial);
    CHECK_SIZE(sizeof zeroed, SIZE);
    CHECK_SIZE(FUNCTION(size)(), SIZE);
    CHECK_INT(count_of(&zeroed), 0);
}

static void every_way_of_adding_gives_the_same_bytes(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 20; round++) {
        fill(&seed);
        const STATE whole = state_of(0, COUNT);
        CHECK_INT(count_of(&whole), COUNT);

        STATE one_by_one = empty;
        for (size_t i = COUNT; i-- > 0;) {
            CHECK_OK(add_one(&one_by_one, x[i], y[i]));
        }
        SAME(&one_by_one, &whole);

        size_t cut = random_word(&seed) % (COUNT + 1);
        STATE first = state_of(0, cut);
        const STATE second = state_of(cut, COUNT - cut);
        STATE merged = second;
        CHECK_OK(FUNCTION(merge)(&merged, &first));
        SAME(&merged, &whole);
        CHECK_OK(FUNCTION(merge)(&first, &second));
        SAME(&first, &whole);

        /* Taking out comes before putting in. */
        STATE signed_counts = empty;
        CHECK_OK(subtract(&signed_counts, x, y, cut));
        CHECK_INT(count_of(&signed_counts), -(int64_t)cut);
        CHECK_OK(add(&signed_counts, x, y, COUNT));
        CHECK_OK(add(&signed_counts, x, y, cut));
        SAME(&signed_counts, &whole);
    }
}

static void subtracting_leaves_nothing(void) {
    uint64_t seed = 2;
    fill(&seed);
    STATE state = state_of(0, COUNT);
    const STATE whole = state;
    for (size_t i = 0; i < COUNT; i++) {
        CHECK_OK(subtract_one(&state, x[i], y[i]));
    }
    EMPTIED(&state);
    CHECK_OK(FUNCTION(unmerge)(&state, &whole));
    CHECK_OK(FUNCTION(merge)(&state, &whole));
    EMPTIED(&state);
}

static void merging_with_itself_doubles_and_empties(void) {
    uint64_t seed = 3;
    fill(&seed);
    const STATE once = state_of(0, COUNT);
    STATE twice = once, state = once;
    CHECK_OK(add(&twice, x, y, COUNT));
    CHECK_OK(FUNCTION(merge)(&state, &state));
    SAME(&state, &twice);
    CHECK_OK(FUNCTION(unmerge)(&state, &state));
    EMPTIED(&state);

    /* Two that overlap: `from` is read before anything is written. */
    static unsigned char bytes[sizeof(STATE) + 24];
    STATE *low = (STATE *)(void *)bytes;
    STATE *high = (STATE *)(void *)(bytes + 24), from, expected;
    CHECK_OK(add_one(high, 1.0, 1.0));
    memcpy(&expected, bytes, sizeof expected);
    memcpy(&from, bytes + 24, sizeof from);
    tally_status status = FUNCTION(merge)(&expected, &from);
    CHECK_INT(FUNCTION(merge)(low, high), status);
    CHECK_BYTES(bytes, &expected, sizeof expected);
}

static void any_alignment_will_do(void) {
    uint64_t seed = 4;
    fill(&seed);
    const STATE whole = state_of(0, COUNT);
    STATE twice = whole;
    CHECK_OK(FUNCTION(merge)(&twice, &whole));
    static unsigned char bytes[sizeof(STATE) + 8];
    static unsigned char left[sizeof x + 8], right[sizeof y + 8];
    for (size_t offset = 0; offset < 8; offset++) {
        void *state = bytes + offset, *a = left + 8 - offset;
        void *b = right + (3 * offset + 1) % 8;
        memset(bytes, 0, sizeof bytes);
        memcpy(a, x, sizeof x);
        memcpy(b, y, sizeof y);
        CHECK_OK(add(state, a, b, COUNT));
        SAME(state, &whole);
        CHECK_OK(FUNCTION(merge)(state, &whole));
        SAME(state, &twice);
        CHECK_OK(FUNCTION(unmerge)(state, &whole));
        CHECK_OK(subtract(state, a, b, COUNT));
        CHECK_OK(add_one(state, x[0], y[0]));
        CHECK_OK(add(state, (double *)a + 1, (double *)b + 1, COUNT - 1));
        FUNCTION(combine)(&whole, state, 1);
        CHECK_RECORD(TALLY_OK, "");
        SAME(state, &twice);
        CHECK_INT(ask(state), ask(&twice));
    }
}

static void values_may_lie_in_the_state(void) {
    STATE state = empty;
    CHECK_OK(add_one(&state, 1.5, 2.0));
    STATE copy = state, expected = state;
    const double *inside = (const double *)(void *)&copy;
    CHECK_OK(add(&expected, inside, inside, WORDS));
    inside = (const double *)(void *)&state;
    CHECK_OK(add(&state, inside, inside, WORDS));
    SAME(&state, &expected);
}

static void a_full_state_refuses_and_stays(void) {
    STATE state = empty, before;
    CHECK_OK(add_one(&state, DBL_MAX, DBL_MAX));
    /* Without counts, the integer is full first. */
    CHECK_OK(subtract_one(&state, 0.0, 0.0));
    CHECK_INT(count_of(&state), 0);
    for (int doubling = 0; doubling < DOUBLINGS; doubling++) {
        CHECK_OK(FUNCTION(merge)(&state, &state));
    }
    before = state;
    CHECK_REFUSED(FUNCTION(merge)(&state, &state), TALLY_OVERFLOW, NAME(merge));
    SAME(&state, &before);
}

static void a_count_that_would_overflow_is_refused(void) {
    const double one = 1.0;
    STATE state = empty;
    state.opaque[COUNT_AT] = INT64_MAX;
    CHECK_INT(count_of(&state), INT64_MAX);
    STATE before = state;
    CHECK_REFUSED(add_one(&state, 1.0, 1.0), TALLY_OVERFLOW, NAME(add_one_f64));
    SAME(&state, &before);
    CHECK_REFUSED(add(&state, &one, &one, 1), TALLY_OVERFLOW, NAME(add_f64));
    SAME(&state, &before);
    CHECK_REFUSED(FUNCTION(merge)(&state, &state), TALLY_OVERFLOW, NAME(merge));
    SAME(&state, &before);
    CHECK_OK(subtract_one(&state, 1.0, 1.0));
    CHECK_INT(count_of(&state), INT64_MAX - 1);

    /* -2^63 is no count: one more than what there is goes, the next does not.
     */
    state = empty;
    state.opaque[COUNT_AT] = (uint64_t)-INT64_MAX + 1;
    CHECK_OK(subtract_one(&state, 1.0, 1.0));
    CHECK_INT(count_of(&state), -INT64_MAX);
    before = state;
    CHECK_REFUSED(subtract_one(&state, 1.0, 1.0), TALLY_OVERFLOW,
                  NAME(subtract_one_f64));
    CHECK_REFUSED(subtract(&state, &one, &one, 1), TALLY_OVERFLOW,
                  NAME(subtract_f64));
    SAME(&state, &before);
    state.opaque[COUNT_AT]--;
    CHECK_REFUSED(add_one(&state, 1.0, 1.0), TALLY_INVALID, NAME(add_one_f64));
}

static void combining_is_merging_with_sticky_failures(void) {
    uint64_t seed = 5;
    fill(&seed);
    STATE in[3], inout[3], merged[3];
    for (size_t i = 0; i < 3; i++) {
        in[i] = state_of(100 * i, 100);
        inout[i] = merged[i] = state_of(300 + 10 * i, 10);
        CHECK_OK(FUNCTION(merge)(&merged[i], &in[i]));
    }
    FUNCTION(combine)(in, inout, 3);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_BYTES(inout, merged, sizeof merged);

    /* The one in the middle fails and keeps what it holds; the others go on. */
    in[1].opaque[WORDS - 1] = UINT64_MAX;
    const STATE before = inout[1];
    FUNCTION(combine)(in, inout, 3);
    CHECK_RECORD(TALLY_INVALID, NAME(combine));
    for (size_t i = 0; i < 3; i += 2) {
        CHECK_OK(FUNCTION(merge)(&merged[i], &in[i]));
        SAME(&inout[i], &merged[i]);
    }
    CHECK_BYTES(&inout[1], &before, sizeof before - 8);
    int64_t count = 0x5a;
    CHECK_REFUSED(FUNCTION(count)(&inout[1], &count), TALLY_INVALID,
                  NAME(count));
    CHECK_CONTAINS(tally_last_message(), "failed earlier");
    CHECK_INT(count, 0x5a);
    CHECK_INT(ask(&inout[1]), 0);

    /* It spreads, with its own status, and the first status stays. */
    STATE full = empty, other;
    full.opaque[COUNT_AT] = INT64_MAX;
    other = full;
    FUNCTION(combine)(&full, &other, 1);
    CHECK_RECORD(TALLY_OVERFLOW, NAME(combine));
    STATE third = state_of(0, 1);
    FUNCTION(combine)(&other, &third, 1);
    CHECK_RECORD(TALLY_OVERFLOW, NAME(combine));
    const STATE first = third;
    FUNCTION(combine)(&in[1], &third, 1);
    CHECK_RECORD(TALLY_OVERFLOW, NAME(combine));
    SAME(&third, &first);
    third = empty;
    CHECK_OK(add_one(&third, 1.0, 1.0));
}

/* Saves, into a buffer that is just large enough. */
static size_t save(const STATE *state, unsigned char bytes[SAVED_MAX]) {
    size_t needed = 0, size = 0;
    CHECK_OK(FUNCTION(save)(state, NULL, 0, &needed));
    CHECK(needed <= SAVED_MAX);
    bytes[0] = 0xa5;
    CHECK_REFUSED(FUNCTION(save)(state, bytes, needed - 1, &size),
                  TALLY_TOO_SMALL, NAME(save));
    CHECK_SIZE(size, needed);
    CHECK_INT(bytes[0], 0xa5);
    CHECK_OK(FUNCTION(save)(state, bytes, needed, &size));
    CHECK_SIZE(size, needed);
    return needed;
}

static void what_is_saved_is_read_back(void) {
    uint64_t seed = 6;
    static unsigned char bytes[SAVED_MAX], again[SAVED_MAX + 8];
    for (int round = 0; round < 200; round++) {
        fill(&seed);
        size_t count = random_word(&seed) % 41;
        const STATE state = state_of(0, count);
        STATE copy, backwards = empty;
        memset(&copy, 0xa5, sizeof copy);
        size_t size = save(&state, bytes), offset = random_word(&seed) % 8;
        memcpy(again + offset, bytes, size);
        CHECK_OK(FUNCTION(load)(again + offset, size, &copy));
        SAME(&copy, &state);
        for (size_t i = count; i-- > 0;) {
            CHECK_OK(add_one(&backwards, x[i], y[i]));
        }
        CHECK_SIZE(save(&backwards, again), size);
        CHECK_BYTES(again, bytes, size);
    }
}

/* With no limb of zero: of moments, those of the squares are behind the
 * counters. */
static void the_longest_form_is_as_long_as_promised(void) {
    static unsigned char bytes[SAVED_MAX];
    STATE state = empty, copy = empty;
    for (size_t i = 0; i < WORDS - 1; i++) {
        if (i < COUNT_AT || i >= COUNT_AT + 5) {
            state.opaque[i] = LIMB(1);
        }
    }
    CHECK_SIZE(save(&state, bytes), SAVED_MAX);
    CHECK_OK(FUNCTION(load)(bytes, sizeof bytes, &copy));
    SAME(&copy, &state);
}

/* Loads bytes that may be wrong: refused, or what they say is saved as them. */
static bool load(const unsigned char *bytes, size_t size) {
    static unsigned char again[SAVED_MAX];
    STATE copy, before;
    memset(&before, 0xa5, sizeof before);
    copy = before;
    if (FUNCTION(load)(bytes, size, &copy) != TALLY_OK) {
        CHECK_RECORD(TALLY_FORMAT, NAME(load));
        SAME(&copy, &before);
        return false;
    }
    CHECK_SIZE(save(&copy, again), size);
    CHECK_BYTES(again, bytes, size);
    return true;
}

static void only_canonical_bytes_are_read(void) {
    static const double numbers[] = {0.1, -1e300, 0x1p-1074, NAN, -0.0};
    static unsigned char bytes[SAVED_MAX + 1];
    STATE state = empty;
    CHECK_OK(add(&state, numbers, numbers, 5));
    const size_t size = save(&state, bytes);
    int refused = 0, read = 0;
    for (size_t at = 0; at < size; at++) {
        const unsigned char right = bytes[at];
        for (int change = 1; change < 256; change++) {
            bytes[at] = (unsigned char)(right ^ change);
            if (load(bytes, size)) {
                /* Not magic, version, kind. */
                CHECK(at >= 6);
                read++;
            } else {
                refused++;
            }
        }
        bytes[at] = right;
    }
    CHECK(refused >= 7 * 255 && read > 1000);
    for (size_t length = 0; length <= SAVED_MAX; length++) {
        CHECK_INT(load(bytes, length), length == size);
    }
    /* Several bytes at a time. */
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        static unsigned char changed[sizeof bytes];
        memcpy(changed, bytes, sizeof bytes);
        for (int i = 0; i < 4; i++) {
            uint64_t word = random_word(&seed);
            size_t at = i == 0 ? 6 + word % 2 : 8 + word % (SAVED_MAX - 8);
            changed[at] = (unsigned char)(word >> 16 & (i == 0 ? 0x7f : 0xff));
        }
        size_t length = 48 + 8 * (random_word(&seed) % (SAVED_MAX / 8 - 5));
        load(changed, round % 2 == 0 ? size : length);
    }
}

/* No bits are dangerous: every function on random words succeeds or refuses,
 * and refusing leaves them as they were. */
static void every_bit_pattern_is_safe(void) {
    static const uint64_t edges[] = {0, 1, UINT64_MAX, UINT64_C(1) << 63,
                                     INT64_MAX};
    static const double numbers[3] = {1.0, NAN, -DBL_MAX};
    uint64_t seed = 8;
    int accepted = 0;
    for (int round = 0; round < (is_quick() ? 500 : 5000); round++) {
        STATE state, from, before;
        for (size_t i = 0; i < WORDS; i++) {
            uint64_t word = random_word(&seed);
            bool limb = i < COUNT_AT;
            state.opaque[i] = limb ? LIMB(word) : word;
            from.opaque[i] = random_word(&seed) >> (word % 64);
            if (word % 3 == 0 && !(limb && round % 2 == 0)) {
                state.opaque[i] = edges[word / 3 % 5];
            }
        }
        if (round % 4 != 0) {
            state.opaque[WORDS - 1] = from.opaque[WORDS - 1] = 0;
            for (size_t i = 0; i < 5; i++) {
                state.opaque[COUNT_AT + i] %= round % 2 == 0 ? 3 : UINT64_MAX;
            }
        }
        before = state;
        accepted += ask(&state);
        SAME(&state, &before);
#define TRY(call)                                                              \
    do {                                                                       \
        before = state;                                                        \
        if ((call) != TALLY_OK) {                                              \
            CHECK(tally_last_status() != TALLY_PANIC);                         \
            SAME(&state, &before);                                             \
        } else {                                                               \
            accepted++;                                                        \
        }                                                                      \
    } while (0)
        TRY(add(&state, numbers, numbers, 3));
        TRY(subtract(&state, numbers, numbers, 3));
        TRY(add_one(&state, numbers[round % 3], 1.0));
        TRY(subtract_one(&state, numbers[round % 3], 1.0));
        TRY(FUNCTION(merge)(&state, &from));
        TRY(FUNCTION(unmerge)(&state, &from));
        TRY(FUNCTION(merge)(&state, &state));
        TRY(FUNCTION(unmerge)(&state, &state));
#undef TRY
        FUNCTION(combine)(&from, &state, 1);
        CHECK(tally_last_status() != TALLY_PANIC);
    }
    CHECK(accepted > 500);
}

static void keeps_the_promises_of_every_state(void) {
    a_zeroed_state_is_the_empty_sum();
    every_way_of_adding_gives_the_same_bytes();
    subtracting_leaves_nothing();
    merging_with_itself_doubles_and_empties();
    any_alignment_will_do();
    values_may_lie_in_the_state();
    a_full_state_refuses_and_stays();
    a_count_that_would_overflow_is_refused();
    combining_is_merging_with_sticky_failures();
    what_is_saved_is_read_back();
    the_longest_form_is_as_long_as_promised();
    only_canonical_bytes_are_read();
    every_bit_pattern_is_safe();
}

#endif
