/* Decimals: sums of written digits, from text and from scaled integers. */
#include <float.h>
#include <math.h>

#include "../check.h"

static const tally_decimal empty = TALLY_DECIMAL_INIT;

#define SAME(a, b) CHECK_BYTES(a, b, sizeof(tally_decimal))

/* Adds a text that is all there is, and checks how much of it was added. */
static void check_add(tally_decimal *sum, const char *text, char separator,
                      size_t count, const struct place *at) {
    size_t consumed = 0x5a, values = 0x5a;
    check_status(tally_decimal_add_text(sum, text, strlen(text), separator, 1,
                                        &consumed, &values),
                 TALLY_OK, "", at);
    check_size(consumed, strlen(text), at);
    check_size(values, count, at);
}

#define ADD(sum, text, separator, count)                                       \
    CHECK_CALL(check_add, sum, text, separator, count)

static tally_decimal sum_of(const char *words) {
    tally_decimal sum = TALLY_DECIMAL_INIT;
    size_t consumed, values;
    CHECK_OK(tally_decimal_add_text(&sum, words, strlen(words), ' ', 1,
                                    &consumed, &values));
    return sum;
}

static const char *text_of(const tally_decimal *sum, int digits) {
    static char text[800];
    size_t needed = 0x5a;
    CHECK_OK(tally_decimal_value_text(sum, digits, text, sizeof text, &needed));
    CHECK_SIZE(needed, strlen(text));
    return text;
}

static const char *mean_of(const tally_decimal *sum, int digits) {
    static char text[800];
    CHECK_OK(tally_decimal_mean_text(sum, digits, text, sizeof text, NULL));
    return text;
}

static double double_of(const tally_decimal *sum) {
    double value = 0x5a;
    CHECK_OK(tally_decimal_value_f64(sum, &value));
    return value;
}

static int64_t count_of(const tally_decimal *sum) {
    int64_t count = 0x5a;
    CHECK_OK(tally_decimal_count(sum, &count));
    return count;
}

static void sums_are_those_of_the_written_digits(void) {
    CHECK_SIZE(tally_decimal_size(), 352);
    CHECK_SIZE(sizeof(tally_decimal), 352);
    tally_decimal sum = sum_of("0.10 0.20");
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.30");
    CHECK_TEXT(text_of(&sum, -1), "0.3");
    CHECK_TEXT(text_of(&sum, 0), "0");
    CHECK_TEXT(text_of(&sum, 1), "0.3");
    CHECK_DOUBLE(double_of(&sum), 0.3);
    CHECK_INT(count_of(&sum), 2);
    CHECK_TEXT(text_of(&empty, -1), "0");
    CHECK_TEXT(text_of(&empty, 2), "0.00");
    CHECK_INT(count_of(&empty), 0);

    sum = empty;
    for (int i = 0; i < (is_quick() ? 10000 : 10000000); i++) {
        size_t consumed, values;
        if (tally_decimal_add_text(&sum, "0.1", 3, ',', 1, &consumed,
                                   &values) != TALLY_OK) {
            CHECK(false);
            break;
        }
    }
    CHECK_TEXT(text_of(&sum, -1), is_quick() ? "1000" : "1000000");

    sum = sum_of("1e100 1 -1e100 1e-342 12345678901234567890.5");
    char expected[400];
    snprintf(expected, sizeof expected, "12345678901234567891.5%0341d", 1);
    CHECK_TEXT(text_of(&sum, -1), expected);
}

/* Zeros may go on, but a scale does not. */
static void a_scale_is_at_most_342(void) {
    static char zeros[500];
    memset(zeros, '0', sizeof zeros - 1);
    zeros[1] = '.';
    static const size_t digits[] = {341, 342, 343, 400};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
        char word[500];
        size_t scale = digits[i] < 342 ? digits[i] : 342;
        snprintf(word, sizeof word, "%.*s", (int)(2 + digits[i]), zeros);
        tally_decimal sum = sum_of(word);
        CHECK_SIZE(strlen(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN)), 2 + scale);
        snprintf(word, sizeof word, "0e-%zu", digits[i]);
        sum = sum_of(word);
        CHECK_SIZE(strlen(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN)), 2 + scale);
        snprintf(word, sizeof word, "1.%.*s", (int)digits[i], zeros + 2);
        sum = sum_of(word);
        CHECK_SIZE(strlen(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN)), 2 + scale);
    }
}

static void texts_are_rounded_half_to_even(void) {
    tally_decimal sum = sum_of("0.125");
    CHECK_TEXT(text_of(&sum, 2), "0.12");
    sum = sum_of("0.375");
    CHECK_TEXT(text_of(&sum, 2), "0.38");
    sum = sum_of("0.125 1e-342");
    CHECK_TEXT(text_of(&sum, 2), "0.13");
    sum = sum_of("-999.5");
    CHECK_TEXT(text_of(&sum, 0), "-1000");
    /* No negative zero. */
    sum = sum_of("-0.00");
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.00");
    sum = sum_of("-0.004");
    CHECK_TEXT(text_of(&sum, 2), "0.00");
    CHECK_DOUBLE(double_of(&sum), -0.004);

    sum = sum_of("1 1 2");
    CHECK_TEXT(mean_of(&sum, 4), "1.3333");
    CHECK_TEXT(mean_of(&sum, 0), "1");
    sum = sum_of("0.05 0.10");
    CHECK_TEXT(mean_of(&sum, 2), "0.08");
    char text[8];
    CHECK_REFUSED(tally_decimal_mean_text(&empty, 2, text, sizeof text, NULL),
                  TALLY_INVALID, "tally_decimal_mean_text");
    tally_decimal less = empty;
    CHECK_OK(tally_decimal_subtract_one_text(&less, "1", 1));
    CHECK_REFUSED(tally_decimal_mean_text(&less, 2, text, sizeof text, NULL),
                  TALLY_INVALID, "tally_decimal_mean_text");

    /* One buffer, byte by byte. */
    sum = sum_of("-12.34");
    memset(text, 'x', sizeof text);
    size_t needed = 0;
    CHECK_OK(tally_decimal_value_text(&sum, 2, NULL, 0, &needed));
    CHECK_SIZE(needed, 6);
    needed = 0;
    CHECK_REFUSED(tally_decimal_value_text(&sum, 2, text, 6, &needed),
                  TALLY_TOO_SMALL, "tally_decimal_value_text");
    CHECK_SIZE(needed, 6);
    CHECK_BYTES(text, "xxxxxxxx", 8);
    CHECK_OK(tally_decimal_value_text(&sum, 2, text, 7, &needed));
    CHECK_BYTES(text, "-12.34\0x", 8);
}

static void specials_are_counted(void) {
    tally_decimal sum = sum_of("nan -NaN 1");
    CHECK_TEXT(text_of(&sum, 3), "nan");
    CHECK_TEXT(mean_of(&sum, 3), "nan");
    CHECK_DOUBLE(double_of(&sum), (double)NAN);
    sum = sum_of("INF infinity");
    CHECK_TEXT(text_of(&sum, -1), "inf");
    CHECK_DOUBLE(double_of(&sum), (double)INFINITY);
    tally_decimal negative = sum_of("-Infinity 5");
    CHECK_TEXT(text_of(&negative, TALLY_DECIMAL_AS_WRITTEN), "-inf");
    CHECK_OK(tally_decimal_merge(&sum, &negative));
    CHECK_TEXT(text_of(&sum, -1), "nan");
    CHECK_INT(count_of(&sum), 4);
    CHECK_OK(tally_decimal_unmerge(&sum, &negative));
    CHECK_TEXT(text_of(&sum, -1), "inf");
    tally_decimal none = empty;
    CHECK_OK(tally_decimal_unmerge(&none, &sum));
    double value = 0x5a;
    CHECK_REFUSED(tally_decimal_value_f64(&none, &value), TALLY_INVALID,
                  "tally_decimal_value_f64");
    CHECK_DOUBLE(value, 0x5a);
    int order;
    CHECK_REFUSED(tally_decimal_compare(&none, &sum, &order), TALLY_INVALID,
                  "tally_decimal_compare");
}

static void totals_beyond_doubles_are_infinite(void) {
    tally_decimal sum = sum_of("-1e309");
    double value = 0x5a;
    CHECK_REFUSED(tally_decimal_value_f64(&sum, &value), TALLY_OVERFLOW,
                  "tally_decimal_value_f64");
    CHECK_DOUBLE(value, -(double)INFINITY);
    tally_decimal back = sum_of("1e309 1.7976931348623157e308");
    CHECK_OK(tally_decimal_merge(&sum, &back));
    CHECK_DOUBLE(double_of(&sum), DBL_MAX);
    sum = sum_of("-1e-342");
    CHECK_DOUBLE(double_of(&sum), -0.0);
    sum = sum_of("-0");
    CHECK_DOUBLE(double_of(&sum), 0.0);
}

static void check_order(const char *a, const char *b, int want,
                        const struct place *at) {
    tally_decimal left = sum_of(a), right = sum_of(b);
    int order = 0x5a;
    check_status(tally_decimal_compare(&left, &right, &order), TALLY_OK, "",
                 at);
    check_int(order, want, at);
    check_status(tally_decimal_compare(&right, &left, &order), TALLY_OK, "",
                 at);
    check_int(order, -want, at);
}

#define CHECK_ORDER(a, b, want) CHECK_CALL(check_order, a, b, want)

static void totals_are_compared_exactly(void) {
    CHECK_ORDER("0.10 0.20", "0.3", 0);
    CHECK_ORDER("", "-0", 0);
    CHECK_ORDER("1e321", "1e321 -1e-342", 1);
    CHECK_ORDER("-1e-342", "0", -1);
    CHECK_ORDER("-inf", "-9e321", -1);
    CHECK_ORDER("inf", "9e321", 1);
    CHECK_ORDER("inf 1", "inf", 0);
    CHECK_ORDER("-inf", "inf", -1);
    tally_decimal nan = sum_of("nan"), one = sum_of("1");
    int order = 0x5a;
    CHECK_REFUSED(tally_decimal_compare(&nan, &one, &order), TALLY_INVALID,
                  "tally_decimal_compare");
    CHECK_REFUSED(tally_decimal_compare(&one, &nan, &order), TALLY_INVALID,
                  "tally_decimal_compare");
    CHECK_INT(order, 0x5a);
}

static void asking_changes_nothing(void) {
    const tally_decimal sum = sum_of("1e300 -0.125 12.50"), other = sum;
    tally_decimal before = sum;
    double f64;
    int order;
    int64_t count, nan, plus, minus;
    size_t needed;
    char buffer[800];
    CHECK_OK(tally_decimal_value_f64(&sum, &f64));
    CHECK_OK(tally_decimal_value_text(&sum, 2, buffer, 800, &needed));
    CHECK_OK(tally_decimal_mean_text(&sum, 2, buffer, 800, &needed));
    CHECK_OK(tally_decimal_value_text_rounded(&sum, 2, TALLY_ROUND_UP, buffer,
                                              800, &needed));
    CHECK_OK(tally_decimal_mean_text_rounded(&sum, 2, TALLY_ROUND_DOWN, buffer,
                                             800, &needed));
    CHECK_OK(tally_decimal_compare(&sum, &other, &order));
    CHECK_OK(tally_decimal_count(&sum, &count));
    CHECK_OK(tally_decimal_special_counts(&sum, &nan, &plus, &minus));
    CHECK_OK(tally_decimal_save(&sum, buffer, 800, &needed));
    CHECK_BYTES(&sum, &before, sizeof sum);
    CHECK_BYTES(&other, &before, sizeof sum);
}

static void scaled_integers_are_decimals(void) {
    static const int64_t cents[] = {199, -5, 123456, 0};
    tally_decimal sum = TALLY_DECIMAL_INIT, words = sum_of("1.99 -0.05");
    CHECK_OK(tally_decimal_add_scaled(&sum, cents, 2, 2));
    SAME(&sum, &words);
    CHECK_OK(tally_decimal_add_scaled(&sum, cents + 2, 2, 2));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "1236.50");
    CHECK_INT(count_of(&sum), 4);
    CHECK_OK(tally_decimal_subtract_scaled(&sum, cents, 4, 2));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.00");

    static const int64_t ends[] = {INT64_MIN, INT64_MAX, INT64_MIN};
    sum = empty;
    CHECK_OK(tally_decimal_add_scaled(&sum, ends, 3, 0));
    CHECK_TEXT(text_of(&sum, -1), "-9223372036854775809");
    CHECK_OK(tally_decimal_add_scaled(&sum, ends, 1, 342));
    CHECK_OK(tally_decimal_subtract_scaled(&sum, ends, 1, 342));
    CHECK_TEXT(text_of(&sum, -1), "-9223372036854775809");
    tally_decimal before = sum;
    for (int i = 0; i < 4; i++) {
        static const int bad[] = {-1, 343, INT32_MIN, INT32_MAX};
        CHECK_REFUSED(tally_decimal_add_scaled(&sum, cents, 4, bad[i]),
                      TALLY_INVALID, "tally_decimal_add_scaled");
        CHECK_REFUSED(tally_decimal_subtract_scaled(&sum, cents, 1, bad[i]),
                      TALLY_INVALID, "tally_decimal_subtract_scaled");
    }
    SAME(&sum, &before);
    /* An array at any alignment. */
    unsigned char bytes[sizeof cents + 8];
    for (size_t offset = 0; offset < 8; offset++) {
        memcpy(bytes + offset, cents, sizeof cents);
        for (size_t count = 1; count <= 4; count += 3) {
            tally_decimal aligned = TALLY_DECIMAL_INIT, other = aligned;
            CHECK_OK(tally_decimal_add_scaled(&aligned, cents, count, 2));
            CHECK_OK(tally_decimal_add_scaled(
                &other, (const int64_t *)(void *)(bytes + offset), count, 2));
            SAME(&aligned, &other);
        }
    }
}

static void words_are_separated_as_the_header_says(void) {
    tally_decimal sum = TALLY_DECIMAL_INIT;
    ADD(&sum, "1 2\t3\n\n 4 \r\n5", ' ', 5);
    CHECK_TEXT(text_of(&sum, -1), "15");
    ADD(&sum, "-1.5, 2.25 ,\t3\n4\r\n", ',', 4);
    CHECK_TEXT(text_of(&sum, -1), "22.75");
    ADD(&sum, "1\n-2\r\n  \n+3.", '\n', 3);
    ADD(&sum, "", ' ', 0);
    ADD(&sum, " \n\t\r\n", ';', 0);
    ADD(&sum, "7", ';', 1);
    ADD(&sum, "7", '\n', 1);
    ADD(&sum, " 7 ", ',', 1);
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "45.75");
    size_t consumed, values;
    for (int c = 1; c < 128; c++) {
        bool in_number = strchr("0123456789+-.\r", c) != NULL ||
                         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        tally_decimal some = sum_of("1");
        tally_status status = tally_decimal_add_text(&some, "1", 1, (char)c, 1,
                                                     &consumed, &values);
        CHECK_INT(status, in_number ? TALLY_INVALID : TALLY_OK);
        CHECK_INT(count_of(&some), in_number ? 1 : 2);
    }
    /* Taking out what was added leaves nothing but the scale. */
    CHECK_OK(tally_decimal_subtract_text(&sum, "45.750", 6, ' ', 1, &consumed,
                                         &values));
    CHECK_SIZE(values, 1);
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.000");
}

/* A text in two parts that are cut anywhere is the text in one part. */
static void a_text_may_be_cut_anywhere(void) {
    static const struct {
        const char *text;
        char separator;
        size_t count;
    } texts[] = {
        {"12.5 -3e2\n\t 0.125 \r\n7 nan 8", ' ', 6},
        {"1,2 , 3\r\n-4.5,5\n", ',', 5},
        {"1e-3\n2.50\r\n\n-7", '\n', 3},
    };
    for (size_t i = 0; i < 3; i++) {
        const char *text = texts[i].text;
        size_t size = strlen(text);
        tally_decimal whole = TALLY_DECIMAL_INIT;
        ADD(&whole, text, texts[i].separator, texts[i].count);
        for (size_t cut = 0; cut <= size; cut++) {
            tally_decimal sum = TALLY_DECIMAL_INIT;
            size_t consumed = 0x5a, first = 0x5a, rest = 0x5a, values = 0x5a;
            CHECK_OK(tally_decimal_add_text(&sum, text, cut, texts[i].separator,
                                            0, &consumed, &first));
            CHECK(consumed <= cut);
            CHECK_OK(tally_decimal_add_text(&sum, text + consumed,
                                            size - consumed, texts[i].separator,
                                            1, &rest, &values));
            CHECK_SIZE(consumed + rest, size);
            CHECK_SIZE(first + values, texts[i].count);
            SAME(&sum, &whole);
        }
    }
    /* One word that nothing follows yet. */
    tally_decimal sum = TALLY_DECIMAL_INIT;
    size_t consumed = 0x5a, values = 0x5a;
    CHECK_OK(tally_decimal_add_text(&sum, "12", 2, ',', 0, &consumed, &values));
    CHECK_SIZE(consumed, 0);
    CHECK_SIZE(values, 0);
    SAME(&sum, &empty);
}

static void check_bad_word(const char *text, size_t size, tally_status want,
                           size_t offset, const char *part,
                           const struct place *at) {
    tally_decimal sum = sum_of("0.25"), before = sum;
    size_t consumed = 0x5a, values = 0x5a;
    check_status(
        tally_decimal_add_text(&sum, text, size, ',', 1, &consumed, &values),
        want, "tally_decimal_add_text", at);
    check_contains(tally_last_message(), part, at);
    check_size(consumed, offset, at);
    check_size(values, 0x5a, at);
    check_bytes(&sum, &before, sizeof sum, at);
    consumed = 0x5a;
    check_status(tally_decimal_subtract_text(&sum, text, size, ',', 1,
                                             &consumed, &values),
                 want, "tally_decimal_subtract_text", at);
    check_size(consumed, offset, at);
    check_bytes(&sum, &before, sizeof sum, at);
}

#define CHECK_BAD_WORD(text, status, offset, part)                             \
    CHECK_CALL(check_bad_word, text, sizeof text - 1, status, offset, part)

static void a_bad_word_is_named_and_nothing_is_added(void) {
    CHECK_BAD_WORD("1,2,x3,4", TALLY_PARSE, 4, "\"x3\" at byte 4");
    CHECK_BAD_WORD("1,,2", TALLY_PARSE, 2, "\"\" at byte 2");
    CHECK_BAD_WORD("1,2,", TALLY_PARSE, 4, "\"\" at byte 4");
    CHECK_BAD_WORD("1.2.3", TALLY_PARSE, 0, "\"1.2.3\" at byte 0");
    CHECK_BAD_WORD("1\n 0x10", TALLY_PARSE, 3, "\"0x10\" at byte 3");
    CHECK_BAD_WORD("1 2", TALLY_PARSE, 0, "\"1 2\" at byte 0");
    CHECK_BAD_WORD("7,1\0002", TALLY_PARSE, 2, "at byte 2");
    CHECK_BAD_WORD("7,\xff", TALLY_PARSE, 2, "\"\\xff\" at byte 2");
    CHECK_BAD_WORD("5,1e322", TALLY_OVERFLOW, 2, "\"1e322\" at byte 2");
    CHECK_BAD_WORD("5,1e-343", TALLY_OVERFLOW, 2, "\"1e-343\" at byte 2");
    char longest[1000];
    memset(longest, 'q', sizeof longest);
    CHECK_CALL(check_bad_word, longest, sizeof longest, TALLY_PARSE, 0,
               "qqqq...\" at byte 0");
    memset(longest, '9', sizeof longest);
    CHECK_CALL(check_bad_word, longest, sizeof longest, TALLY_OVERFLOW, 0,
               "9999...\" at byte 0");
    memset(longest, '0', sizeof longest);
    tally_decimal sum = TALLY_DECIMAL_INIT;
    size_t consumed, values;
    CHECK_OK(tally_decimal_add_text(&sum, longest, sizeof longest, ' ', 1,
                                    &consumed, &values));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0");
}

int main(void) {
    sums_are_those_of_the_written_digits();
    a_scale_is_at_most_342();
    texts_are_rounded_half_to_even();
    specials_are_counted();
    totals_beyond_doubles_are_infinite();
    totals_are_compared_exactly();
    asking_changes_nothing();
    scaled_integers_are_decimals();
    words_are_separated_as_the_header_says();
    a_text_may_be_cut_anywhere();
    a_bad_word_is_named_and_nothing_is_added();
    return finish();
}
