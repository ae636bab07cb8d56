/* The saved form: specified bytes, read back as they were, nothing else read.
 */
#include <math.h>

#include "../check.h"

#define HEADER 8
#define LIMBS_AT 48

struct saved {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t size;
};

static struct saved save(const tally_accumulator *sum) {
    struct saved saved;
    size_t needed = 0;
    memset(&saved, 0xa5, sizeof saved);
    CHECK_OK(tally_accumulator_save(sum, NULL, 0, &needed));
    CHECK_REFUSED(
        tally_accumulator_save(sum, saved.bytes, needed - 1, &saved.size),
        TALLY_TOO_SMALL, "tally_accumulator_save");
    CHECK_SIZE(saved.size, needed);
    CHECK_INT(saved.bytes[0], 0xa5);
    CHECK_OK(tally_accumulator_save(sum, saved.bytes, needed, &saved.size));
    CHECK_SIZE(saved.size, needed);
    CHECK(needed <= sizeof saved.bytes);
    if (needed < sizeof saved.bytes) {
        CHECK_INT(saved.bytes[needed], 0xa5);
    }
    return saved;
}

static struct saved save_values(const double *values, size_t count) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&sum, values, count));
    return save(&sum);
}

/* Written by hand from docs/saved-format.md: a header of 8 bytes, 5 counters,
 * then limbs of 64 bits in units of 2^-1074, all little-endian. */
static void the_bytes_are_as_specified(void) {
    static const unsigned char nothing[LIMBS_AT] = {'T', 'A', 'L', 'Y', 1, 1};
    struct saved saved = save_values(NULL, 0);
    CHECK_SIZE(saved.size, sizeof nothing);
    CHECK_BYTES(saved.bytes, nothing, sizeof nothing);

    /* 1.0 is bit 1074 = 16 * 64 + 50. */
    static const unsigned char one[LIMBS_AT + 8] = {
        'T', 'A', 'L', 'Y', 1, 1, 16, 1, 1, [LIMBS_AT + 6] = 4};
    saved = save_values((const double[]){1.0}, 1);
    CHECK_SIZE(saved.size, sizeof one);
    CHECK_BYTES(saved.bytes, one, sizeof one);

    /* The least double is bit 0; taken out, it is -1. */
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, 0x1p-1074));
    unsigned char least[LIMBS_AT + 8] = {'T', 'A', 'L', 'Y', 1, 1, 0, 1};
    memset(least + HEADER, 0xff, 8);
    memset(least + LIMBS_AT, 0xff, 8);
    saved = save(&sum);
    CHECK_SIZE(saved.size, sizeof least);
    CHECK_BYTES(saved.bytes, least, sizeof least);

    /* The counters: all, -0.0, NaN, +inf, -inf. */
    static const unsigned char special[LIMBS_AT] = {
        'T', 'A', 'L',      'Y',      1,        1,       0,
        0,   15,  [16] = 5, [24] = 4, [32] = 3, [40] = 2};
    static const double specials[] = {
        -0.0, -0.0,     -0.0,     -0.0,     -0.0,      NAN,       -NAN, NAN,
        NAN,  INFINITY, INFINITY, INFINITY, -INFINITY, -INFINITY, 0.0};
    saved = save_values(specials, 15);
    CHECK_SIZE(saved.size, sizeof special);
    CHECK_BYTES(saved.bytes, special, sizeof special);
}

static void what_is_saved_is_read_back(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        double values[40];
        size_t count = random_word(&seed) % 41;
        for (size_t i = 0; i < count; i++) {
            uint64_t word = random_word(&seed);
            memcpy(&values[i], &word, sizeof word);
        }
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT, copy;
        memset(&copy, 0xa5, sizeof copy);
        CHECK_OK(tally_accumulator_add_f64(&sum, values, count));
        struct saved saved = save(&sum);
        CHECK_OK(tally_accumulator_load(saved.bytes, saved.size, &copy));
        CHECK_BYTES(&copy, &sum, sizeof sum);
        /* In any order, the same bytes. */
        tally_accumulator backwards = TALLY_ACCUMULATOR_INIT;
        for (size_t i = count; i-- > 0;) {
            CHECK_OK(tally_accumulator_add_one_f64(&backwards, values[i]));
        }
        struct saved again = save(&backwards);
        CHECK_SIZE(again.size, saved.size);
        CHECK_BYTES(again.bytes, saved.bytes, saved.size);
    }
}

static void any_alignment_will_do(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_one_f64(&sum, 0.1));
    struct saved saved = save(&sum);
    unsigned char bytes[sizeof saved.bytes + 8], state[sizeof sum + 8];
    for (size_t offset = 0; offset < 8; offset++) {
        size_t size = 0;
        memcpy(state + offset, &sum, sizeof sum);
        CHECK_OK(tally_accumulator_save(
            (const tally_accumulator *)(void *)(state + offset), bytes + offset,
            sizeof saved.bytes, &size));
        CHECK_BYTES(bytes + offset, saved.bytes, saved.size);
        memset(state, 0xa5, sizeof state);
        CHECK_OK(tally_accumulator_load(
            bytes + offset, size,
            (tally_accumulator *)(void *)(state + offset)));
        CHECK_BYTES(state + offset, &sum, sizeof sum);
    }
}

/* A change of one byte, or of the length, is refused, or is what some other
 * accumulator is saved as: then saving what was read gives the bytes back. */
static void only_canonical_bytes_are_read(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(
        &sum, (const double[]){0.1, -1e300, 0x1p-1074, NAN}, 4));
    const struct saved saved = save(&sum);
    int refused = 0, read = 0;
    for (size_t at = 0; at < saved.size; at++) {
        for (int change = 1; change < 256; change++) {
            unsigned char bytes[sizeof saved.bytes];
            memcpy(bytes, saved.bytes, sizeof bytes);
            bytes[at] = (unsigned char)(bytes[at] ^ change);
            tally_accumulator copy, before;
            memset(&copy, 0xa5, sizeof copy);
            before = copy;
            if (tally_accumulator_load(bytes, saved.size, &copy) == TALLY_OK) {
                struct saved again = save(&copy);
                CHECK_SIZE(again.size, saved.size);
                CHECK_BYTES(again.bytes, bytes, saved.size);
                /* Not magic, version, kind; the first limb may be another. */
                CHECK(at == 6 || at >= HEADER);
                read++;
            } else {
                CHECK_RECORD(TALLY_FORMAT, "tally_accumulator_load");
                CHECK_BYTES(&copy, &before, sizeof copy);
                refused++;
            }
        }
    }
    CHECK(refused >= 7 * 255 && read > 1000);
    for (size_t size = 0; size < sizeof saved.bytes; size++) {
        if (size != saved.size) {
            tally_accumulator copy;
            CHECK_REFUSED(tally_accumulator_load(saved.bytes, size, &copy),
                          TALLY_FORMAT, "tally_accumulator_load");
        }
    }
}

static void check_refused_bytes(const unsigned char *bytes, size_t size,
                                const struct place *at) {
    tally_accumulator copy = TALLY_ACCUMULATOR_INIT;
    check_status(tally_accumulator_load(bytes, size, &copy), TALLY_FORMAT,
                 "tally_accumulator_load", at);
}

#define CHECK_REFUSED_BYTES(...)                                               \
    do {                                                                       \
        static const unsigned char bytes_[] = {__VA_ARGS__};                   \
        struct place at_ = {__FILE__, __LINE__, #__VA_ARGS__};                 \
        check_refused_bytes(bytes_, sizeof bytes_, &at_);                      \
    } while (0)

static void other_forms_are_refused(void) {
    /* A limb that is zero, low and high; limbs past the 34; -2^63 values; a
     * first limb without limbs. */
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 1, 16, 1, [LIMBS_AT + 7] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 1, 15, 2, [LIMBS_AT + 8] = 1,
                        [LIMBS_AT + 15] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 1, 15, 2, [LIMBS_AT] = 1,
                        [LIMBS_AT + 15] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 1, 34, 1, [LIMBS_AT] = 1,
                        [LIMBS_AT + 7] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 1, 255, 1, [LIMBS_AT] = 1,
                        [LIMBS_AT + 7] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 1, 0, 0, [HEADER + 7] = 0x80,
                        [LIMBS_AT - 1] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 1, 3, 0, [LIMBS_AT - 1] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 2, 1, 0, 0, [LIMBS_AT - 1] = 0);
    CHECK_REFUSED_BYTES('T', 'A', 'L', 'Y', 1, 2, 0, 0, [LIMBS_AT - 1] = 0);
    CHECK_REFUSED_BYTES('t', 'A', 'L', 'Y', 1, 1, 0, 0, [LIMBS_AT - 1] = 0);
    CHECK_REFUSED_BYTES('T');
}

static void random_bytes_do_no_harm(void) {
    uint64_t seed = 2;
    for (int round = 0; round < 20000; round++) {
        unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX + 8] = {'T', 'A', 'L',
                                                                'Y', 1,   1};
        for (size_t i = round % 3 == 0 ? 0 : 6; i < sizeof bytes; i++) {
            bytes[i] = (unsigned char)random_word(&seed);
        }
        bytes[6] %= 36;
        bytes[7] %= 36;
        tally_accumulator copy;
        size_t size = random_word(&seed) % (sizeof bytes + 1);
        if (round % 2 == 0) {
            size = LIMBS_AT + 8 * (size_t)bytes[7];
        }
        tally_status status = tally_accumulator_load(
            bytes, size < sizeof bytes ? size : sizeof bytes, &copy);
        CHECK(status == TALLY_OK || status == TALLY_FORMAT);
    }
}

int main(void) {
    the_bytes_are_as_specified();
    what_is_saved_is_read_back();
    any_alignment_will_do();
    only_canonical_bytes_are_read();
    other_forms_are_refused();
    random_bytes_do_no_harm();
    return finish();
}
