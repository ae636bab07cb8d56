/* Numbers as text: what is added, what is refused and where, and that the same
 * text gives the same bytes wherever it is cut. */
#define _POSIX_C_SOURCE 200809L
#include <fenv.h>
#include <math.h>
#include <pthread.h>
#include <stddef.h>

#include "../check.h"
#include "little_stack.h"

#define ADD_TEXT "tally_accumulator_add_text"

/* Adds a text in one call. Returns its status; checks that all is consumed. */
static tally_status add_all(tally_accumulator *sum, const char *text,
                            size_t size, char separator, size_t *values) {
    size_t consumed = SIZE_MAX;
    tally_status status = tally_accumulator_add_text(sum, text, size, separator,
                                                     1, &consumed, values);
    if (status == TALLY_OK)
        CHECK_SIZE(consumed, size);
    return status;
}

static double total_of(const tally_accumulator *sum) {
    double total = -1;
    CHECK_OK(tally_accumulator_value_f64(sum, &total));
    return total;
}

/* The total of `text` is `total`, of `count` values. */
static void check_total(const char *text, char separator, double total,
                        size_t count) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t values = SIZE_MAX;
    int64_t counted = -1;
    struct place at = {__FILE__, __LINE__, text};
    check_status(add_all(&sum, text, strlen(text), separator, &values),
                 TALLY_OK, "", &at);
    check_size(values, count, &at);
    check_double(total_of(&sum), total, &at);
    CHECK_OK(tally_accumulator_count(&sum, &counted));
    check_int(counted, (long long)count, &at);
}

static void what_is_written_is_added(void) {
    check_total("", ' ', 0.0, 0);
    check_total(" \n\t\r\n", ' ', 0.0, 0);
    check_total("0.1", ' ', 0.1, 1);
    check_total("1 2\n3\t4\r\n", ' ', 10.0, 4);
    check_total("1,2\n 3 ,\t4\n\n", ',', 10.0, 4);
    check_total("1\t2\r\n3\t4", '\t', 10.0, 4);
    check_total(" 1 \n2\n", '\n', 3.0, 2);
    check_total("1;2;3", ';', 6.0, 3);
    check_total("+1 -2 .5 1. 1e3 1.5E+2 125e-1 .75e0", ' ', 1163.75, 8);
    check_total("1e308 1e308 -1e308", ' ', 1e308, 3);
    check_total("1e100 1 -1e100", ' ', 1.0, 3);
    check_total("1e-400", ' ', 0.0, 1);
    check_total("-0.0 -0.0", ' ', -0.0, 2);
    check_total("-0.0", ' ', -0.0, 1);
    check_total("-0", ' ', 0.0, 1);
    check_total("inf 1", ' ', INFINITY, 2);
    check_total("-Infinity", ' ', -INFINITY, 1);
    check_total("9007199254740992 1 -9007199254740992", ' ', 1.0, 3);
    check_total("9007199254740993 -9007199254740992", ' ', 1.0, 2);
    check_total("18446744073709551615 -18446744073709551614", ' ', 1.0, 2);
    check_total("100000000000000000000000000000001 "
                "-100000000000000000000000000000000",
                ' ', 1.0, 2);
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t values = 0;
    CHECK_OK(add_all(&sum, "-NaN", 4, ' ', &values));
    CHECK(isnan(total_of(&sum)));
}

/* A NUL is a byte like others: it separates if it is asked to. */
static void a_nul_does_not_end_a_text(void) {
    static const char numbers[] = "1\0002\0003";
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t values = 0;
    CHECK_OK(add_all(&sum, numbers, 5, '\0', &values));
    CHECK_SIZE(values, 3);
    CHECK_DOUBLE(total_of(&sum), 6.0);
    CHECK_REFUSED(add_all(&sum, numbers, 5, ' ', &values), TALLY_PARSE,
                  ADD_TEXT);
    CHECK_CONTAINS(tally_last_message(), "\"1\\x002\\x003\" at byte 0");
}

/* Nothing is added, and `consumed` is where the bad word starts. */
static void check_refused(const char *text, size_t size, char separator,
                          tally_status status, size_t offset,
                          const char *message) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, before;
    size_t values = 77, consumed = 77;
    struct place at = {__FILE__, __LINE__, text};
    CHECK_OK(tally_accumulator_add_one_f64(&sum, 0.5));
    before = sum;
    for (int final = 0; final < 2; final++) {
        /* A text that goes on may still make a number of its last word. */
        const char *end = final ? "" : "\n";
        char *copy = malloc(size + 2);
        CHECK(copy != NULL);
        memcpy(copy, text, size);
        strcpy(copy + size, end);
        check_status(tally_accumulator_add_text(&sum, copy, size + strlen(end),
                                                separator, final, &consumed,
                                                &values),
                     status, ADD_TEXT, &at);
        check_size(consumed, offset, &at);
        check_size(values, 77, &at);
        check_contains(tally_last_message(), message, &at);
        check_bytes(&sum, &before, sizeof sum, &at);
        free(copy);
    }
}

static void a_bad_word_is_named_with_its_place(void) {
    static const char *const words[] = {
        "0x10", "1e",    "1e+",  ".",    "e5",  "-",        "+",    "1.2.3",
        "1,5",  "1_000", "--1",  "+-1",  "-+1", "++1",      "infi", "nan0",
        "1f",   "0b1",   "1e5.", "1 0x", "x",   "nan(123)", "1..2", "1.e",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[64], message[64];
        for (int more = 0; more < 2; more++) {
            /* Alone, and behind enough others for the batches. */
            snprintf(text, sizeof text, "%s%s", more ? "1\n2.5\n-7\n" : "",
                     words[i]);
            snprintf(message, sizeof message, "\"%s\" at byte %d is not a",
                     words[i], more ? 9 : 0);
            check_refused(text, strlen(text), '\n', TALLY_PARSE, more ? 9 : 0,
                          message);
        }
    }
    check_refused("1 1e400 x", 9, ' ', TALLY_OVERFLOW, 2,
                  "\"1e400\" at byte 2 is beyond the range");
    check_refused("-1e309", 6, ' ', TALLY_OVERFLOW, 0, "\"-1e309\" at byte 0");
    check_refused("1\n\xff\x1b", 4, ' ', TALLY_PARSE, 2,
                  "\"\\xff\\x1b\" at byte 2");
}

static void an_empty_field_is_no_number(void) {
    check_refused("1,,2", 4, ',', TALLY_PARSE, 2, "\"\" at byte 2 is not a");
    check_refused(",1", 2, ',', TALLY_PARSE, 0, "\"\" at byte 0 is not a");
    check_refused("1,2,", 4, ',', TALLY_PARSE, 4, "\"\" at byte 4 is not a");
    check_refused("1, \n2", 5, ',', TALLY_PARSE, 3, "\"\" at byte 3 is not a");
    check_refused("1\t\t2", 4, '\t', TALLY_PARSE, 2, "\"\" at byte 2 is not a");
}

static void a_separator_stands_in_no_number(void) {
    static const char bad[] = "0123456789+-.eExXnaifty\r";
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t consumed = 77, values = 77;
    for (size_t i = 0; i + 1 < sizeof bad; i++) {
        CHECK_REFUSED(tally_accumulator_add_text(&sum, "1", 1, bad[i], 1,
                                                 &consumed, &values),
                      TALLY_INVALID, ADD_TEXT);
        CHECK_CONTAINS(tally_last_message(), "separator");
    }
    CHECK_SIZE(consumed, 77);
    CHECK_SIZE(values, 77);
}

/* Words of a million bytes: a number, and something else. */
static void a_huge_word_is_read_or_shortened(void) {
    enum { SIZE = 1000000 };
    char *text = malloc(SIZE);
    CHECK(text != NULL);
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t values = 0;
    memset(text, '0', SIZE);
    text[SIZE - 1] = '7';
    CHECK_OK(add_all(&sum, text, SIZE, ' ', &values));
    CHECK_DOUBLE(total_of(&sum), 7.0);
    text[1] = '.';
    memset(text + 2, '3', SIZE - 2);
    CHECK_OK(add_all(&sum, text, SIZE, ' ', &values));
    CHECK_DOUBLE(total_of(&sum), 7.0 + 1.0 / 3.0);
    memset(text, '9', SIZE);
    CHECK_REFUSED(add_all(&sum, text, SIZE, ' ', &values), TALLY_OVERFLOW,
                  ADD_TEXT);
    text[SIZE - 1] = 'x';
    CHECK_REFUSED(add_all(&sum, text, SIZE, ' ', &values), TALLY_PARSE,
                  ADD_TEXT);
    CHECK_CONTAINS(tally_last_message(), "99...\" at byte 0 is not a number");
    free(text);
}

/* Adds `text` as two files would be read: cut at `cut`, what is left over moved
 * before the rest. */
static void add_cut(tally_accumulator *sum, const char *text, size_t size,
                    char separator, size_t cut, size_t *count) {
    size_t consumed = 0, rest = 0, values = 0;
    CHECK_OK(tally_accumulator_add_text(sum, text, cut, separator, 0, &consumed,
                                        count));
    CHECK(consumed <= cut);
    CHECK_OK(tally_accumulator_add_text(sum, text + consumed, size - consumed,
                                        separator, 1, &rest, &values));
    CHECK_SIZE(rest, size - consumed);
    *count += values;
}

/* `text` is this number. Not every strtod() reads so much of it. */
static void check_number(const char *text, size_t size, double expected) {
    char start[60];
    struct place at = {__FILE__, __LINE__, start};
    snprintf(start, sizeof start, "%zu bytes: %.30s", size, text);
    double total = -1;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    tally_moments moments = TALLY_MOMENTS_INIT;
    tally_decimal decimal = TALLY_DECIMAL_INIT;
    size_t values = 0, consumed = 0;
    check_status(add_all(&sum, text, size, ' ', &values), TALLY_OK, "", &at);
    check_double(total_of(&sum), expected, &at);
    const size_t cuts[] = {1, 3, size / 2, size - 3, size};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        memset(&sum, 0, sizeof sum);
        add_cut(&sum, text, size, ' ', cuts[i], &values);
        check_double(total_of(&sum), expected, &at);
    }
    check_status(tally_moments_add_text(&moments, text, size, ' ', 1, &consumed,
                                        &values),
                 TALLY_OK, "", &at);
    CHECK_OK(tally_moments_sum_f64(&moments, &total));
    check_double(total, expected, &at);
    check_status(tally_decimal_add_text(&decimal, text, size, ' ', 1, &consumed,
                                        &values),
                 TALLY_OK, "", &at);
    CHECK_OK(tally_decimal_value_f64(&decimal, &total));
    check_double(total, expected, &at);
}

/* Millions of zeros, and the exponent that makes up for them. */
static void zeros_and_exponents_make_up_for_each_other(void) {
    static const size_t counts[] = {1, 20, 400, 65535, 655359, 655360, 1000000};
    static const char digits[] = "123456789012345678901234";
    char *text = malloc(1000100);
    CHECK(text != NULL);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t zeros = counts[i], size;
        memcpy(text, "0.", 2);
        memset(text + 2, '0', zeros);
        size = 2 + zeros;
        size += (size_t)sprintf(text + size, "%se%zu", digits, zeros);
        check_number(text, size, 0.123456789012345678901234);
        memset(text + 1, '0', zeros);
        text[0] = '1';
        size = 1 + zeros;
        size += (size_t)sprintf(text + size, "e-%zu", zeros);
        check_number(text, size, 1.0);
        memcpy(text, "25e-", 4);
        memset(text + 4, '0', zeros);
        size = 4 + zeros;
        text[size++] = '2';
        check_number(text, size, 0.25);
    }
    free(text);
}

static void a_cut_leaves_no_trace(void) {
    static const char *const texts[] = {
        "1.5 -2\t3e5\r\n18446744073709551615 nan\n\n  inf  -0.0\n1e-3 7\r",
        "1.5,-2 ,\t3e5\r\n18446744073709551616,0.1\r\n\r\n-0.0,5 , 1\r",
        "12345678901234567890123 \r\n  .5\r\n+7\n0.000000000000000000001",
    };
    static const char separators[] = {' ', ',', '\n'};
    for (int i = 0; i < 3; i++) {
        const char *text = texts[i];
        size_t size = strlen(text), whole_count = 0;
        tally_accumulator whole = TALLY_ACCUMULATOR_INIT;
        CHECK_OK(add_all(&whole, text, size, separators[i], &whole_count));
        for (size_t cut = 0; cut <= size; cut++) {
            tally_accumulator parts = TALLY_ACCUMULATOR_INIT;
            size_t count = 0;
            add_cut(&parts, text, size, separators[i], cut, &count);
            CHECK_SIZE(count, whole_count);
            CHECK_BYTES(&parts, &whole, sizeof whole);
        }
    }
}

/* Long texts, through the batches: what strtod() and one call a value make of
 * them, and of parts of any size. */
static void a_long_text_is_the_sum_of_its_values(void) {
    enum { COUNT = 20000, ROOM = 32 };
    char *text = malloc((size_t)COUNT * ROOM);
    CHECK(text != NULL);
    tally_accumulator expected = TALLY_ACCUMULATOR_INIT;
    tally_accumulator whole = TALLY_ACCUMULATOR_INIT;
    tally_accumulator parts = TALLY_ACCUMULATOR_INIT;
    uint64_t seed = 3;
    size_t size = 0, values = 0, at = 0, count = 0;
    for (int i = 0; i < COUNT; i++) {
        int64_t integer =
            (int64_t)random_word(&seed) >> random_word(&seed) % 60;
        char *word = text + size;
        switch (random_word(&seed) % 3) {
        case 0:
            size += (size_t)sprintf(word, "%lld", (long long)integer);
            CHECK_OK(tally_accumulator_add_i64(&expected, &integer, 1));
            break;
        case 1:
            size += (size_t)sprintf(word, "%.*f", (int)(random_word(&seed) % 9),
                                    (double)(integer % 1000000) / 512);
            CHECK_OK(
                tally_accumulator_add_one_f64(&expected, strtod(word, NULL)));
            break;
        default:
            size += (size_t)sprintf(
                word, "%.17g",
                ldexp((double)integer, (int)(random_word(&seed) % 900) - 500));
            CHECK_OK(
                tally_accumulator_add_one_f64(&expected, strtod(word, NULL)));
        }
        text[size++] = i % 3 ? '\n' : ' ';
    }
    CHECK_OK(add_all(&whole, text, size, ' ', &values));
    CHECK_SIZE(values, COUNT);
    /* "%.0f" of -0.3 is "-0": an integer here, a negative zero for strtod(). */
    expected.opaque[35] = whole.opaque[35];
    CHECK_BYTES(&whole, &expected, sizeof whole);
    /* The sum and the counts of moments are those of an accumulator. */
    tally_moments moments = TALLY_MOMENTS_INIT;
    CHECK_OK(
        tally_moments_add_text(&moments, text, size, ' ', 1, &count, &values));
    CHECK_SIZE(count, size);
    CHECK_BYTES(&moments, &whole, offsetof(tally_accumulator, opaque[39]));
    count = 0;
    while (at < size) {
        size_t part = random_word(&seed) % 9000, consumed = 0;
        if (part > size - at)
            part = size - at;
        CHECK_OK(tally_accumulator_add_text(&parts, text + at, part, ' ',
                                            at + part == size, &consumed,
                                            &values));
        at += consumed;
        count += values;
    }
    CHECK_SIZE(count, COUNT);
    CHECK_BYTES(&parts, &whole, sizeof whole);
    free(text);
}

/* The count is at its end: neither one value more nor two. */
static void a_full_accumulator_stays_as_it_is(void) {
    tally_accumulator full = TALLY_ACCUMULATOR_INIT, before;
    size_t consumed = 77, values = 77;
    full.opaque[34] = INT64_MAX;
    before = full;
    CHECK_REFUSED(
        tally_accumulator_add_text(&full, "1", 1, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, ADD_TEXT);
    CHECK_REFUSED(
        tally_accumulator_add_text(&full, "1 2", 3, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, ADD_TEXT);
    CHECK_BYTES(&full, &before, sizeof full);
    tally_moments moments = TALLY_MOMENTS_INIT, same;
    moments.opaque[34] = INT64_MAX;
    same = moments;
    CHECK_REFUSED(
        tally_moments_add_text(&moments, "1", 1, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, "tally_moments_add_text");
    CHECK_REFUSED(
        tally_moments_add_text(&moments, "1 2", 3, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, "tally_moments_add_text");
    CHECK_BYTES(&moments, &same, sizeof moments);
    CHECK_SIZE(consumed, 77);
    CHECK_SIZE(values, 77);
}

/* Moments take the same numbers, and refuse the same words. */
static void moments_read_the_same_numbers(void) {
    static const char text[] = "1.5\n-2\n18446744073709551615\n0.1\n"
                               "-1180591620717411303424\n7";
    static const double doubles[] = {1.5, 0.1, -0x1p70};
    static const int64_t integers[] = {-2, 7};
    static const uint64_t large = UINT64_MAX;
    tally_moments read = TALLY_MOMENTS_INIT, expected = TALLY_MOMENTS_INIT;
    size_t consumed = 0, values = 0, size = strlen(text);
    CHECK_OK(tally_moments_add_f64(&expected, doubles, 3));
    CHECK_OK(tally_moments_add_i64(&expected, integers, 2));
    CHECK_OK(tally_moments_add_u64(&expected, &large, 1));
    CHECK_OK(
        tally_moments_add_text(&read, text, size, '\n', 1, &consumed, &values));
    CHECK_SIZE(consumed, size);
    CHECK_SIZE(values, 6);
    CHECK_BYTES(&read, &expected, sizeof read);

    /* One a call, in place and not, and cut anywhere. */
    for (size_t cut = 0; cut <= size; cut++) {
        tally_moments parts = TALLY_MOMENTS_INIT;
        size_t rest = 0;
        CHECK_OK(tally_moments_add_text(&parts, text, cut, '\n', 0, &consumed,
                                        &values));
        CHECK_OK(tally_moments_add_text(
            &parts, text + consumed, size - consumed, '\n', 1, &rest, &values));
        CHECK_BYTES(&parts, &expected, sizeof parts);
    }
    tally_moments single = TALLY_MOMENTS_INIT;
    for (const char *word = text; word < text + size;) {
        size_t length = strcspn(word, "\n");
        CHECK_OK(tally_moments_add_text(&single, word, length, '\n', 1,
                                        &consumed, &values));
        CHECK_SIZE(values, 1);
        word += length + 1;
    }
    CHECK_BYTES(&single, &expected, sizeof single);

    CHECK_REFUSED(
        tally_moments_add_text(&read, "1 x", 3, ' ', 1, &consumed, &values),
        TALLY_PARSE, "tally_moments_add_text");
    CHECK_CONTAINS(tally_last_message(), "\"x\" at byte 2 is not a number");
    CHECK_SIZE(consumed, 2);
    CHECK_SIZE(values, 1);
    CHECK_REFUSED(
        tally_moments_add_text(&read, "1e400", 5, ' ', 1, &consumed, &values),
        TALLY_OVERFLOW, "tally_moments_add_text");
    CHECK_BYTES(&read, &expected, sizeof read);

    /* 2^1023 as an integer: 308 digits, whose square has 2047 bits. */
    char wide[700];
    double power = 0x1p1023;
    snprintf(wide, sizeof wide, "%.0f -%.0f", power, power);
    tally_moments huge = TALLY_MOMENTS_INIT, same = TALLY_MOMENTS_INIT;
    CHECK_OK(tally_moments_add_one_f64(&same, power));
    CHECK_OK(tally_moments_add_one_f64(&same, -power));
    CHECK_OK(tally_moments_add_text(&huge, wide, strlen(wide), ' ', 1,
                                    &consumed, &values));
    CHECK_BYTES(&huge, &same, sizeof huge);
}

/* Decimals near and at the middle between two doubles. */
static void the_direction_of_rounding_has_no_say(void) {
    static const char *const words[] = {
        "0.1",
        "-0.3",
        "1234.56",
        "1e23",
        "8.5e-37",
        "123456789e30",
        "9007199254740993.0",
        "0.1000000000000000000000000000000000001",
        "00000000000000000000000000000.7",
        "2.2250738585072011e-308",
        "4e-324",
        "1.7976931348623157e308",
        "100000000000000000000000000000000000000000000000.5",
    };
    static const int directions[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        double nearest = strtod(words[i], NULL);
        for (int j = 0; j < 3; j++) {
            tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
            size_t values;
            fesetround(directions[j]);
            CHECK_OK(add_all(&sum, words[i], strlen(words[i]), ' ', &values));
            fesetround(FE_TONEAREST);
            struct place at = {__FILE__, __LINE__, words[i]};
            check_double(total_of(&sum), nearest, &at);
        }
    }
}

static void *text_in_a_small_stack(void *unused) {
    a_long_text_is_the_sum_of_its_values();
    return unused;
}

static void little_stack_is_enough(void) {
    pthread_attr_t attributes;
    pthread_t thread;
    CHECK_INT(pthread_attr_init(&attributes), 0);
    CHECK_INT(pthread_attr_setstacksize(&attributes, little_stack()), 0);
    CHECK_INT(pthread_create(&thread, &attributes, text_in_a_small_stack, NULL),
              0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(pthread_attr_destroy(&attributes), 0);
}

int main(void) {
    what_is_written_is_added();
    a_nul_does_not_end_a_text();
    a_bad_word_is_named_with_its_place();
    an_empty_field_is_no_number();
    a_separator_stands_in_no_number();
    a_huge_word_is_read_or_shortened();
    zeros_and_exponents_make_up_for_each_other();
    a_cut_leaves_no_trace();
    a_long_text_is_the_sum_of_its_values();
    a_full_accumulator_stays_as_it_is();
    moments_read_the_same_numbers();
    the_direction_of_rounding_has_no_say();
    little_stack_is_enough();
    return finish();
}
