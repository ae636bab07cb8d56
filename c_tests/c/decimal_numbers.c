/* Decimals: doubles, integers of 128 bits, products, fields, and rounding. */
#include <float.h>
#include <math.h>

#include "../check.h"

static const tally_decimal empty = TALLY_DECIMAL_INIT;

#define SAME(a, b) CHECK_BYTES(a, b, sizeof(tally_decimal))

static tally_decimal sum_of(const char *words) {
    tally_decimal sum = TALLY_DECIMAL_INIT;
    size_t consumed, values;
    CHECK_OK(tally_decimal_add_text(&sum, words, strlen(words), ' ', 1,
                                    &consumed, &values));
    return sum;
}

static const char *text_of(const tally_decimal *sum, int digits) {
    static char text[800];
    CHECK_OK(tally_decimal_value_text(sum, digits, text, sizeof text, NULL));
    return text;
}

/* The same numbers, with the digits that they were written with. */
static void empty_but_for_the_scale(const tally_decimal *sum) {
    int64_t count = 0x5a;
    int order = 0x5a;
    CHECK_OK(tally_decimal_count(sum, &count));
    CHECK_INT(count, 0);
    CHECK_OK(tally_decimal_compare(sum, &empty, &order));
    CHECK_INT(order, 0);
}

/* The shortest text that strtod() reads as the value. */
static void shortest(char *text, size_t size, double value) {
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, size, "%.*e", digits - 1, value);
        if (strtod(text, NULL) == value) {
            return;
        }
    }
}

static void what_was_meant_is_summed(void) {
    static const double values[] = {73.2, -70.1, -3.1};
    tally_decimal sum = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_f64(&sum, values, 3));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.0");
    CHECK_OK(tally_decimal_subtract_f64(&sum, values, 3));
    empty_but_for_the_scale(&sum);
    for (size_t i = 0; i < 3; i++) {
        CHECK_OK(tally_decimal_add_one_f64(&sum, values[i]));
    }
    CHECK_TEXT(text_of(&sum, -1), "0");
    for (size_t i = 0; i < 3; i++) {
        CHECK_OK(tally_decimal_subtract_one_f64(&sum, values[i]));
    }
    empty_but_for_the_scale(&sum);
    sum = empty;
    CHECK_OK(tally_decimal_add_one_f64(&sum, 0.1));
    CHECK_OK(tally_decimal_add_one_f64(&sum, 0.2));
    CHECK_TEXT(text_of(&sum, -1), "0.3");
    CHECK_OK(tally_decimal_add_one_f64(&sum, 1.0 / 3));
    CHECK_TEXT(text_of(&sum, -1), "0.6333333333333333");
    CHECK_OK(tally_decimal_subtract_one_f64(&sum, 1.0 / 3));
    CHECK_OK(tally_decimal_add_f64(&sum, NULL, 0));
    CHECK_TEXT(text_of(&sum, -1), "0.3");

    static const struct {
        double value;
        const char *as_written;
    } cases[] = {
        {0x1p63, "9223372036854776000"},
        {0.1 + 0.2, "0.30000000000000004"},
        {0.25, "0.25"},
        {1e22, "10000000000000000000000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sum = empty;
        CHECK_OK(tally_decimal_add_f64(&sum, &cases[i].value, 1));
        CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN),
                   cases[i].as_written);
    }
}

/* Of all sizes, one at a time and together. */
static void doubles_are_the_shortest_texts(void) {
    static double values[2000];
    uint64_t state = 1;
    tally_decimal words = TALLY_DECIMAL_INIT, one_by_one = words;
    tally_decimal together = words;
    for (size_t i = 0; i < 2000; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
        double value = (double)(int64_t)(state >> 20) / (1 << 22);
        switch (i % 4) {
        case 0:
            value = floor(value) / 100;
            break;
        case 1:
            value = (double)(state >> 40) / 1000;
            break;
        case 2:
            value = ldexp(value, (int)(state % 2000) - 1010);
            break;
        default:
            break;
        }
        values[i] = i % 3 ? value : -value;
        char text[64];
        shortest(text, sizeof text, values[i]);
        size_t consumed, count;
        CHECK_OK(tally_decimal_add_text(&words, text, strlen(text), ' ', 1,
                                        &consumed, &count));
        CHECK_OK(tally_decimal_add_one_f64(&one_by_one, values[i]));
    }
    CHECK_OK(tally_decimal_add_f64(&together, values, 2000));
    /* "1e22" is written with digits before the point alone, as 1e22 is. */
    SAME(&one_by_one, &words);
    SAME(&together, &words);
    /* At any alignment. */
    static unsigned char bytes[sizeof values + 8];
    memcpy(bytes + 3, values, sizeof values);
    tally_decimal unaligned = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_f64(&unaligned,
                                   (const double *)(void *)(bytes + 3), 2000));
    SAME(&unaligned, &words);
    CHECK_OK(tally_decimal_subtract_f64(&unaligned, values, 2000));
    empty_but_for_the_scale(&unaligned);
}

static void special_doubles_are_counted(void) {
    static const double specials[] = {(double)NAN, (double)INFINITY,
                                      -(double)INFINITY, 1.5};
    tally_decimal together = TALLY_DECIMAL_INIT, one_by_one = together;
    tally_decimal words = sum_of("nan inf -inf 1.5");
    CHECK_OK(tally_decimal_add_f64(&together, specials, 4));
    SAME(&together, &words);
    for (size_t i = 0; i < 4; i++) {
        CHECK_OK(tally_decimal_add_one_f64(&one_by_one, specials[i]));
    }
    SAME(&one_by_one, &words);
    CHECK_TEXT(text_of(&words, -1), "nan");
    tally_decimal ends = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_one_f64(&ends, DBL_MAX));
    CHECK_OK(tally_decimal_add_one_f64(&ends, 5e-324));
    words = sum_of("1.7976931348623157e308 5e-324");
    SAME(&ends, &words);
}

static void wide_integers_are_decimals(void) {
    static const tally_int128 values[] = {
        {12345, 0}, {UINT64_MAX, -1}, {UINT64_MAX, INT64_MAX}, {0, INT64_MIN}};
    tally_decimal sum = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_scaled_i128(&sum, values, 4, 2));
    tally_decimal words =
        sum_of("123.45 -0.01 1701411834604692317316873037158841057.27 "
               "-1701411834604692317316873037158841057.28");
    SAME(&sum, &words);
    CHECK_OK(tally_decimal_subtract_scaled_i128(&sum, values, 4, 2));
    empty_but_for_the_scale(&sum);
    for (size_t i = 0; i < 4; i++) {
        CHECK_OK(tally_decimal_add_scaled_i128(&sum, values + i, 1, 2));
    }
    SAME(&sum, &words);
    /* More than 128 bits, and more than one block, at any alignment. */
    enum { MANY = 1000 };
    static tally_int128 many[MANY + 1];
    void *shifted = (char *)many + 8;
    for (size_t i = 0; i < MANY; i++) {
        memcpy((char *)shifted + i * sizeof *many, &values[3], sizeof *many);
    }
    sum = empty;
    CHECK_OK(tally_decimal_add_scaled_i128(&sum, shifted, MANY, 3));
    CHECK_TEXT(text_of(&sum, -1), "-170141183460469231731687303715884105728");
    CHECK_OK(tally_decimal_add_scaled_i128(&sum, NULL, 0, 342));
    tally_decimal before = sum;
    static const int bad[] = {-1, 343, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < 4; i++) {
        CHECK_REFUSED(tally_decimal_add_scaled_i128(&sum, values, 1, bad[i]),
                      TALLY_INVALID, "tally_decimal_add_scaled_i128");
        CHECK_REFUSED(
            tally_decimal_subtract_scaled_i128(&sum, values, 4, bad[i]),
            TALLY_INVALID, "tally_decimal_subtract_scaled_i128");
    }
    SAME(&sum, &before);
#ifdef __SIZEOF_INT128__
    /* As the compiler has them. */
    const unsigned low_first = 1;
    if (*(const unsigned char *)&low_first == 1) {
        __extension__ __int128 native[2] = {-5, 0};
        native[1] = (native[0] + 6) * 1000000000 * 1000000000 * 1000000000;
        sum = empty;
        CHECK_OK(tally_decimal_add_scaled_i128(&sum, (void *)native, 2, 0));
        CHECK_TEXT(text_of(&sum, -1), "999999999999999999999999995");
    }
#endif
}

static void columns_of_integers_are_decimals(void) {
    static const int16_t cents[] = {199, -5, 7000, 250};
    static const uint64_t large[] = {UINT64_MAX, 1};
    static const uint8_t bits[] = {0x0b}; /* all but the third */
    tally_column column = TALLY_COLUMN(TALLY_I16, cents, 4);
    column.validity = bits;
    tally_decimal sum = TALLY_DECIMAL_INIT, words = sum_of("1.99 -0.05 2.50");
    CHECK_OK(tally_decimal_add(&sum, &column, 2));
    SAME(&sum, &words);
    CHECK_OK(tally_decimal_subtract(&sum, &column, 2));
    empty_but_for_the_scale(&sum);
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.00");
    column = TALLY_COLUMN(TALLY_U64, large, 2);
    CHECK_OK(tally_decimal_subtract(&sum, &column, 19));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN),
               "-1.8446744073709551616");
    sum = empty;
    words = sum_of("18446744073709551615e-342 1e-342");
    CHECK_OK(tally_decimal_add(&sum, &column, 342));
    SAME(&sum, &words);
}

static void products_are_exact(void) {
    static const int64_t prices[] = {1999, -5, INT64_MIN, INT64_MAX};
    static const int64_t amounts[] = {3500, 1000, INT64_MIN, INT64_MIN};
    tally_decimal sum = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_products(&sum, prices, amounts, 2, 2, 3));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "69.91500");
    CHECK_OK(tally_decimal_subtract_products(&sum, prices, amounts, 2, 2, 3));
    empty_but_for_the_scale(&sum);
    CHECK_OK(tally_decimal_add_products(&sum, prices, amounts, 4, 0, 0));
    tally_decimal words =
        sum_of("6996500 -5000 85070591730234615865843651857942052864 "
               "-85070591730234615856620279821087277056");
    int order = 0x5a;
    CHECK_OK(tally_decimal_compare(&sum, &words, &order));
    CHECK_INT(order, 0);

    /* Both scales together have a limit. */
    sum = empty;
    CHECK_OK(tally_decimal_add_products(&sum, prices, amounts, 1, 342, 0));
    CHECK_OK(
        tally_decimal_subtract_products(&sum, prices, amounts, 1, 171, 171));
    empty_but_for_the_scale(&sum);
    tally_decimal before = sum;
    static const int bad[][2] = {{171, 172}, {343, 0}, {0, 343},
                                 {-1, 5},    {5, -1},  {INT32_MAX, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_REFUSED(tally_decimal_add_products(&sum, prices, amounts, 1,
                                                 bad[i][0], bad[i][1]),
                      TALLY_INVALID, "tally_decimal_add_products");
        CHECK_REFUSED(tally_decimal_subtract_products(&sum, prices, amounts, 1,
                                                      bad[i][0], bad[i][1]),
                      TALLY_INVALID, "tally_decimal_subtract_products");
    }
    SAME(&sum, &before);
}

static void products_of_doubles_are_exact(void) {
    static const double prices[] = {19.99, 0.05, -73.2, 1e20};
    static const double amounts[] = {3.5, 12, 0.1, 1e-20};
    tally_decimal sum = TALLY_DECIMAL_INIT;
    tally_decimal words = sum_of("69.965 0.60 -7.32 1 0e-20");
    CHECK_OK(tally_decimal_add_products_f64(&sum, prices, amounts, 4));
    int order = 0x5a;
    CHECK_OK(tally_decimal_compare(&sum, &words, &order));
    CHECK_INT(order, 0);
    CHECK_SIZE(strlen(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN)), 3 + 20);
    CHECK_OK(tally_decimal_subtract_products_f64(&sum, prices, amounts, 4));
    empty_but_for_the_scale(&sum);

    /* At any alignment, in blocks; and the pair that is refused is named. */
    enum { MANY = 1000 };
    static unsigned char bytes[2][(MANY + 1) * sizeof(double)];
    double *x = (void *)(bytes[0] + 1), *y = (void *)(bytes[1] + 5);
    for (size_t i = 0; i < MANY; i++) {
        memcpy((char *)x + i * sizeof *x, &prices[i % 3], sizeof *x);
        memcpy((char *)y + i * sizeof *y, &amounts[i % 3], sizeof *y);
    }
    CHECK_OK(tally_decimal_add_products_f64(&sum, x, y, 999));
    CHECK_TEXT(text_of(&sum, 3), "21060.585");
    tally_decimal before = sum;
    static const double largest = 1e200, tiny = 1e-200;
    memcpy((char *)x + 700 * sizeof *x, &largest, sizeof largest);
    memcpy((char *)y + 700 * sizeof *y, &largest, sizeof largest);
    CHECK_REFUSED(tally_decimal_add_products_f64(&sum, x, y, MANY),
                  TALLY_OVERFLOW, "tally_decimal_add_products_f64");
    CHECK_CONTAINS(tally_last_message(), "x[700] times y[700]");
    memcpy((char *)x + 300 * sizeof *x, &tiny, sizeof tiny);
    memcpy((char *)y + 300 * sizeof *y, &tiny, sizeof tiny);
    CHECK_REFUSED(tally_decimal_subtract_products_f64(&sum, x, y, MANY),
                  TALLY_OVERFLOW, "tally_decimal_subtract_products_f64");
    CHECK_CONTAINS(tally_last_message(), "x[300] times y[300]");
    SAME(&sum, &before);

    static const double zero = 0, infinite = (double)INFINITY;
    CHECK_OK(tally_decimal_add_products_f64(&sum, &infinite, prices, 1));
    CHECK_TEXT(text_of(&sum, 2), "inf");
    CHECK_OK(tally_decimal_add_products_f64(&sum, &infinite, &zero, 1));
    CHECK_TEXT(text_of(&sum, 2), "nan");
}

static void check_field(const char *text, tally_status want, const char *part,
                        const struct place *at) {
    tally_decimal sum = sum_of("0.25"), before = sum;
    check_status(tally_decimal_add_one_text(&sum, text, strlen(text)), want,
                 "tally_decimal_add_one_text", at);
    check_contains(tally_last_message(), part, at);
    check_status(tally_decimal_subtract_one_text(&sum, text, strlen(text)),
                 want, "tally_decimal_subtract_one_text", at);
    check_bytes(&sum, &before, sizeof sum, at);
}

#define CHECK_FIELD(text, status, part)                                        \
    CHECK_CALL(check_field, text, status, part)

static void a_field_is_one_finite_number(void) {
    tally_decimal sum = TALLY_DECIMAL_INIT;
    static const char *const fields[] = {"12.50", "-1e3", "+.5", "7.",
                                         "1234567890123456789012345.5"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        tally_decimal words = sum_of(fields[i]), one = TALLY_DECIMAL_INIT;
        size_t size = strlen(fields[i]);
        CHECK_OK(tally_decimal_add_one_text(&one, fields[i], size));
        SAME(&one, &words);
        CHECK_OK(tally_decimal_add_one_text(&sum, fields[i], size));
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        CHECK_OK(tally_decimal_subtract_one_text(&sum, fields[i],
                                                 strlen(fields[i])));
    }
    empty_but_for_the_scale(&sum);
    /* What comes after the size is not read. */
    CHECK_OK(tally_decimal_add_one_text(&sum, "1.5x", 3));
    CHECK_TEXT(text_of(&sum, -1), "1.5");

    CHECK_FIELD("", TALLY_PARSE, "\"\" is not a finite number, at byte 0");
    CHECK_FIELD(" 1", TALLY_PARSE, "\" 1\" is not a finite number, at byte 0");
    CHECK_FIELD("1 ", TALLY_PARSE, "at byte 1");
    CHECK_FIELD("1\n", TALLY_PARSE, "at byte 1");
    CHECK_FIELD("12,5", TALLY_PARSE, "at byte 2");
    CHECK_FIELD("1e", TALLY_PARSE, "at byte 2");
    CHECK_FIELD("nan", TALLY_PARSE, "at byte 0");
    CHECK_FIELD("-Infinity", TALLY_PARSE, "at byte 1");
    CHECK_FIELD("1e322", TALLY_OVERFLOW, "\"1e322\" has digits outside");
    CHECK_FIELD("1e-343", TALLY_OVERFLOW, "\"1e-343\" has digits outside");
    char longest[1000];
    memset(longest, '9', sizeof longest - 1);
    longest[999] = '\0';
    CHECK_FIELD(longest, TALLY_OVERFLOW, "\"9999");
    CHECK_CONTAINS(tally_last_message(), "99...\" has digits outside");
    longest[998] = 'x';
    CHECK_FIELD(longest, TALLY_PARSE, "\"9999");
    CHECK_CONTAINS(tally_last_message(),
                   "99...\" is not a finite number, at byte 998");
    CHECK_REFUSED(tally_decimal_add_one_text(&sum, "1\0", 2), TALLY_PARSE,
                  "tally_decimal_add_one_text");
}

static void texts_are_rounded_as_asked(void) {
    static const struct {
        const char *total, *rounded[6];
    } cases[] = {
        {"0.125", {"0.12", "0.13", "0.12", "0.13", "0.13", "0.12"}},
        {"-0.125", {"-0.12", "-0.13", "-0.12", "-0.13", "-0.12", "-0.13"}},
        {"0.375", {"0.38", "0.38", "0.37", "0.38", "0.38", "0.37"}},
        {"0.121", {"0.12", "0.12", "0.12", "0.13", "0.13", "0.12"}},
        {"-0.121", {"-0.12", "-0.12", "-0.12", "-0.13", "-0.12", "-0.13"}},
        {"0.129", {"0.13", "0.13", "0.12", "0.13", "0.13", "0.12"}},
        {"-0.129", {"-0.13", "-0.13", "-0.12", "-0.13", "-0.12", "-0.13"}},
        {"0.12", {"0.12", "0.12", "0.12", "0.12", "0.12", "0.12"}},
        {"1e-342", {"0.00", "0.00", "0.00", "0.01", "0.01", "0.00"}},
        {"-1e-342", {"0.00", "0.00", "0.00", "-0.01", "0.00", "-0.01"}},
        {"99.995", {"100.00", "100.00", "99.99", "100.00", "100.00", "99.99"}},
        {"inf", {"inf", "inf", "inf", "inf", "inf", "inf"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tally_decimal sum = sum_of(cases[i].total), twice = sum;
        CHECK_OK(tally_decimal_merge(&twice, &twice));
        for (tally_rounding rounding = TALLY_ROUND_HALF_EVEN;
             rounding <= TALLY_ROUND_FLOOR; rounding++) {
            char text[16];
            size_t needed = 0x5a;
            CHECK_OK(tally_decimal_value_text_rounded(&sum, 2, rounding, text,
                                                      sizeof text, &needed));
            CHECK_TEXT(text, cases[i].rounded[rounding - 1]);
            CHECK_SIZE(needed, strlen(text));
            CHECK_OK(tally_decimal_mean_text_rounded(&twice, 2, rounding, text,
                                                     sizeof text, NULL));
            CHECK_TEXT(text, cases[i].rounded[rounding - 1]);
        }
    }
    tally_decimal thirds = sum_of("1 0 0");
    char text[16];
    CHECK_OK(tally_decimal_mean_text_rounded(&thirds, 3, TALLY_ROUND_UP, text,
                                             sizeof text, NULL));
    CHECK_TEXT(text, "0.334");
    /* Nothing is dropped here. */
    CHECK_OK(tally_decimal_value_text_rounded(&thirds, -1, TALLY_ROUND_UP, text,
                                              sizeof text, NULL));
    CHECK_TEXT(text, "1");
    CHECK_OK(tally_decimal_value_text_rounded(&thirds, TALLY_DECIMAL_AS_WRITTEN,
                                              TALLY_ROUND_UP, text, sizeof text,
                                              NULL));
    CHECK_TEXT(text, "1");
}

int main(void) {
    what_was_meant_is_summed();
    doubles_are_the_shortest_texts();
    special_doubles_are_counted();
    wide_integers_are_decimals();
    columns_of_integers_are_decimals();
    products_are_exact();
    products_of_doubles_are_exact();
    a_field_is_one_finite_number();
    texts_are_rounded_as_asked();
    return finish();
}
