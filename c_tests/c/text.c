/* Text: copied, measured and added up; only UTF-8. */
#include <limits.h>

#include "../check.h"

/* Hello in letters of one to four bytes. */
static const char four_sizes[] = "h\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";

static const char *const bad_texts[] = {
    "\xff",             /* no such byte */
    "a\x80",            /* a continuation of nothing */
    "\xc3",             /* cut */
    "\xc3(",            /* not continued */
    "\xe2\x82",         /* cut */
    "\xf0\x9f\x98",     /* cut */
    "\xc0\xaf",         /* overlong */
    "\xe0\x80\xaf",     /* overlong */
    "\xf0\x80\x80\xaf", /* overlong */
    "\xed\xa0\x80",     /* a surrogate */
    "\xf4\x90\x80\x80", /* above U+10FFFF */
    "\xf8\x88\x80\x80", /* five bytes */
};

static void a_copy_is_the_callers(void) {
    static const char *const texts[] = {"", "a", "hello, world", four_sizes};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *copy = NULL;
        CHECK_OK(tally_text_copy(texts[i], &copy));
        CHECK_TEXT(copy, texts[i]);
        CHECK(copy != texts[i]);
        CHECK_LIVE(0, 1, strlen(texts[i]) + 1);
        if (copy != NULL && copy[0] != '\0') {
            copy[0] = '#';
        }
        tally_free(copy);
    }
    static char long_text[100001];
    memset(long_text, 'x', sizeof long_text - 1);
    char *copy = NULL;
    CHECK_OK(tally_text_copy(long_text, &copy));
    CHECK_TEXT(copy, long_text);
    c_free(copy);
}

static void text_is_measured_in_bytes_and_characters(void) {
    size_t bytes = 5, characters = 5;
    CHECK_OK(tally_text_length("", &bytes, &characters));
    CHECK_SIZE(bytes, 0);
    CHECK_SIZE(characters, 0);
    CHECK_OK(tally_text_length(four_sizes, &bytes, &characters));
    CHECK_SIZE(bytes, 10);
    CHECK_SIZE(characters, 4);
    CHECK_OK(tally_text_length("abc", NULL, NULL));
}

static void what_is_not_utf8_is_refused(void) {
    for (size_t i = 0; i < sizeof bad_texts / sizeof *bad_texts; i++) {
        char *copy = (char *)bad_texts;
        size_t bytes = 5, characters = 5;
        CHECK_REFUSED(tally_text_copy(bad_texts[i], &copy), TALLY_ENCODING,
                      "tally_text_copy");
        CHECK(copy == (char *)bad_texts);
        CHECK_REFUSED(tally_text_length(bad_texts[i], &bytes, &characters),
                      TALLY_ENCODING, "tally_text_length");
        CHECK_SIZE(bytes + characters, 10);
        CHECK_INT(risky_operation(bad_texts[i]), TALLY_ENCODING);
        CHECK_RECORD(TALLY_ENCODING, "risky_operation");
    }
    CHECK_INT(risky_operation("12 abc\xff"), TALLY_ENCODING);
    CHECK_CONTAINS(tally_last_message(), "6");
}

static void check_total(const char *text, int want, const struct place *at) {
    check_int(risky_operation(text), want, at);
    check_record(want < 0 ? want : TALLY_OK, want < 0 ? "risky_operation" : "",
                 at);
}

#define CHECK_TOTAL(...) CHECK_CALL(check_total, __VA_ARGS__)

static void integers_are_added(void) {
    CHECK_TOTAL("", 0);
    CHECK_TOTAL(" \t\r\n ", 0);
    CHECK_TOTAL("12 30 -2", 40);
    CHECK_TOTAL("+5", 5);
    CHECK_TOTAL("-0", 0);
    CHECK_TOTAL("007\n8", 15);
    CHECK_TOTAL("\f1\v2\n", 3);
    CHECK_TOTAL("2147483647", INT_MAX);
    CHECK_TOTAL("2147483648", TALLY_OVERFLOW);
    CHECK_TOTAL("2147483648 -1", INT_MAX);
    CHECK_TOTAL("99999999999999999999999999 -99999999999999999999999998", 1);
    CHECK_TOTAL("-1", TALLY_INVALID);
    CHECK_TOTAL("1 -2", TALLY_INVALID);
    CHECK_TOTAL("-99999999999999999999999999", TALLY_INVALID);
}

static void words_that_are_no_integers_are_named(void) {
    static const char *const words[] = {"x",  "1.5", "1e3", "--1", "+",  "-",
                                        "0x", "1,2", "1_0", "+-1", "1-", "12a"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[40], where[40];
        snprintf(text, sizeof text, "10 %s 20", words[i]);
        CHECK_TOTAL(text, TALLY_PARSE);
        snprintf(where, sizeof where, "\"%s\" at byte 3", words[i]);
        CHECK_CONTAINS(tally_last_message(), where);
    }
    /* Offsets are in bytes. */
    CHECK_TOTAL("1 \xe2\x82\xac 2", TALLY_PARSE);
    CHECK_CONTAINS(tally_last_message(), "\xe2\x82\xac");
    CHECK_CONTAINS(tally_last_message(), "byte 2");
}

static void random_totals_are_right(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        char text[2000];
        size_t length = 0;
        long long exact = 0;
        size_t count = random_word(&seed) % 50;
        text[0] = '\0';
        for (size_t i = 0; i < count; i++) {
            int number =
                (int)(uint32_t)random_word(&seed) >> (random_word(&seed) % 16);
            exact += number;
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       "%d%c", number, " \n\t"[number & 1]);
        }
        CHECK_TOTAL(text, exact < 0         ? TALLY_INVALID
                          : exact > INT_MAX ? TALLY_OVERFLOW
                                            : (int)exact);
    }
}

static void very_long_words_are_bounded(void) {
    static char text[2000];
    memset(text, '9', 600);
    CHECK_TOTAL(text, TALLY_OVERFLOW);
    memset(text, '9', 601);
    CHECK_TOTAL(text, TALLY_OVERFLOW);
    CHECK_CONTAINS(tally_last_message(), "digits");
    memset(text, '0', 700);
    memcpy(text + 700, "12", 3);
    CHECK_TOTAL(text, 12);
    /* A number of so many digits, twelve, and the number taken out again. */
    for (int digits = 600; digits <= 601; digits++) {
        char number[602];
        memset(number, '9', sizeof number);
        snprintf(text, sizeof text, "000%.*s 12 -%.*s", digits, number, digits,
                 number);
        CHECK_TOTAL(text, digits == 600 ? 12 : TALLY_OVERFLOW);
    }
}

int main(void) {
    a_copy_is_the_callers();
    text_is_measured_in_bytes_and_characters();
    what_is_not_utf8_is_refused();
    integers_are_added();
    words_that_are_no_integers_are_named();
    random_totals_are_right();
    very_long_words_are_bounded();
    return finish();
}
