/* What is wrong with a state, or with the bytes of one, is said with the
 * argument and the part of it that is meant, for each kind of state. */
#include "../check.h"

/* A counter: the word of a state that has it, and what it counts. */
struct counter {
    size_t word;
    const char *name;
};

static void check_message(const char *function, tally_status status,
                          const char *argument, const char *part,
                          const char *what) {
    char message[256];
    snprintf(message, sizeof message, "%s%s%s", argument, part, what);
    CHECK_RECORD(status, function);
    CHECK_TEXT(tally_last_message(), message);
}

#define COUNTERS(first)                                                        \
    {{first, "the count of values"},                                           \
     {first + 1, "the count of negative zeros"},                               \
     {first + 2, "the count of NaN"},                                          \
     {first + 3, "the count of plus infinity"},                                \
     {first + 4, "the count of minus infinity"}}
static const struct counter accumulator_counters[] = COUNTERS(34);
static const struct counter product_accumulator_counters[] = COUNTERS(67);
static const struct counter moments_counters[] = COUNTERS(34);
static const struct counter decimal_counters[] = {
    {38, "the count of values"},
    {39, "the count of NaN"},
    {40, "the count of plus infinity"},
    {41, "the count of minus infinity"}};

#define LEAVES " would leave the range of the state"

/* `limb` is the largest of a total, which has as many as `limbs`. */
#define DEFINE_KIND(kind, limbs, limb)                                         \
    static void a_full_##kind##_is_named(void) {                               \
        const size_t count = sizeof kind##_counters / sizeof *kind##_counters; \
        for (size_t i = 0; i < count; i++) {                                   \
            const struct counter *counter = &kind##_counters[i];               \
            tally_##kind full = {{0}}, other;                                  \
            full.opaque[counter->word] = INT64_MAX;                            \
            other = full;                                                      \
            CHECK_INT(tally_##kind##_merge(&other, &full), TALLY_OVERFLOW);    \
            check_message("tally_" #kind "_merge", TALLY_OVERFLOW,             \
                          "into: ", counter->name, LEAVES);                    \
            tally_##kind in[3] = {{{0}}, full, full}, inout[3];                \
            memcpy(inout, in, sizeof in);                                      \
            memset(&inout[2], 0xa5, sizeof *inout);                            \
            tally_##kind##_combine(in, inout, 3);                              \
            check_message("tally_" #kind "_combine", TALLY_OVERFLOW,           \
                          "inout[1]: ", counter->name, LEAVES);                \
        }                                                                      \
        tally_##kind full = {{0}};                                             \
        for (size_t i = 0; i < limbs; i++) {                                   \
            full.opaque[i] = limb;                                             \
        }                                                                      \
        CHECK_INT(tally_##kind##_merge(&full, &full), TALLY_OVERFLOW);         \
        check_message("tally_" #kind "_merge", TALLY_OVERFLOW,                 \
                      "into: ", "the total", LEAVES);                          \
    }                                                                          \
                                                                               \
    static void the_##kind##_that_combine_refused_first_is_named(void) {       \
        tally_##kind in[3] = {{{0}}}, inout[3] = {{{0}}};                      \
        memset(&in[1], 0xa5, sizeof *in);                                      \
        in[2].opaque[kind##_counters->word] = INT64_MAX;                       \
        inout[2] = in[2];                                                      \
        tally_##kind##_combine(in, inout, 3);                                  \
        check_message("tally_" #kind "_combine", TALLY_INVALID, "in[1]", "",   \
                      " is damaged, or was never initialized");                \
        /* Both have failed now, each in its own way. */                       \
        tally_##kind##_combine(in, inout, 3);                                  \
        check_message("tally_" #kind "_combine", TALLY_INVALID, "inout[1]",    \
                      "", " failed earlier, with TALLY_INVALID");              \
        tally_##kind##_combine(in, inout + 2, 1);                              \
        check_message("tally_" #kind "_combine", TALLY_OVERFLOW, "inout[0]",   \
                      "", " failed earlier, with TALLY_OVERFLOW");             \
    }                                                                          \
                                                                               \
    static void bytes_of_##kind##_are_refused_by_part(void) {                  \
        const size_t count = sizeof kind##_counters / sizeof *kind##_counters; \
        const tally_##kind empty = {{0}};                                      \
        tally_##kind loaded;                                                   \
        unsigned char bytes[128];                                              \
        size_t size = 0;                                                       \
        CHECK_OK(tally_##kind##_save(&empty, bytes, sizeof bytes, &size));     \
        for (size_t i = 0; i < count; i++) {                                   \
            bytes[8 + 8 * i + 7] = 0x80;                                       \
            CHECK_INT(tally_##kind##_load(bytes, size, &loaded),               \
                      TALLY_FORMAT);                                           \
            check_message("tally_" #kind "_load", TALLY_FORMAT,                \
                          "bytes: ", kind##_counters[i].name,                  \
                          " is out of range");                                 \
            bytes[8 + 8 * i + 7] = 0;                                          \
        }                                                                      \
        bytes[6] = 1;                                                          \
        CHECK_INT(tally_##kind##_load(bytes, size, &loaded), TALLY_FORMAT);    \
        check_message("tally_" #kind "_load", TALLY_FORMAT,                    \
                      "bytes: ", "the total", " is not in its shortest form"); \
        CHECK_INT(tally_##kind##_load(bytes, SIZE_MAX, &loaded),               \
                  TALLY_INVALID);                                              \
        char number[32];                                                       \
        snprintf(number, sizeof number, "%zu", SIZE_MAX);                      \
        check_message("tally_" #kind "_load", TALLY_INVALID,                   \
                      "bytes: ", number,                                       \
                      " (-1 as a signed number) bytes do not fit in memory");  \
    }

DEFINE_KIND(accumulator, 34, INT64_MAX)
DEFINE_KIND(product_accumulator, 67, INT64_MAX)
DEFINE_KIND(moments, 34, INT64_MAX)
DEFINE_KIND(decimal, 38, 499999999999999999)

static void squares_are_told_from_their_values(void) {
    tally_moments full = {{0}};
    for (size_t i = 39; i < 106; i++) {
        full.opaque[i] = INT64_MAX;
    }
    CHECK_INT(tally_moments_merge(&full, &full), TALLY_OVERFLOW);
    check_message("tally_moments_merge", TALLY_OVERFLOW,
                  "into: ", "the total of squares", LEAVES);
    unsigned char bytes[128];
    const tally_moments empty = {{0}};
    size_t size = 0;
    CHECK_OK(tally_moments_save(&empty, bytes, sizeof bytes, &size));
    /* Behind the counters: where the squares' first limb is. */
    bytes[48] = 1;
    CHECK_INT(tally_moments_load(bytes, size, &full), TALLY_FORMAT);
    check_message("tally_moments_load", TALLY_FORMAT,
                  "bytes: ", "the total of squares",
                  " is not in its shortest form");
}

static void a_shared_accumulator_is_named(void) {
    tally_accumulator full = {{0}};
    tally_shared *shared = NULL;
    full.opaque[34] = INT64_MAX;
    CHECK_OK(tally_shared_new(&shared));
    CHECK_OK(tally_shared_merge(shared, &full));
    CHECK_INT(tally_shared_merge(shared, &full), TALLY_OVERFLOW);
    check_message("tally_shared_merge", TALLY_OVERFLOW,
                  "shared: ", "the count of values", LEAVES);
    CHECK_INT(tally_unref(shared), TALLY_OK);
}

int main(void) {
    a_full_accumulator_is_named();
    a_full_product_accumulator_is_named();
    a_full_moments_is_named();
    a_full_decimal_is_named();
    the_accumulator_that_combine_refused_first_is_named();
    the_product_accumulator_that_combine_refused_first_is_named();
    the_moments_that_combine_refused_first_is_named();
    the_decimal_that_combine_refused_first_is_named();
    bytes_of_accumulator_are_refused_by_part();
    bytes_of_product_accumulator_are_refused_by_part();
    bytes_of_moments_are_refused_by_part();
    bytes_of_decimal_are_refused_by_part();
    squares_are_told_from_their_values();
    a_shared_accumulator_is_named();
    return finish();
}
