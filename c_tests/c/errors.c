/* The error record: set by failure, cleared by success, kept by releases. */
#include "../check.h"

static void fail_with_null(void) {
    double total;
    CHECK_REFUSED(tally_sum_f64(NULL, 1, &total), TALLY_NULL, "tally_sum_f64");
}

static void the_record_is_empty_at_first(void) {
    CHECK_INT(tally_last_status(), TALLY_OK);
    CHECK_TEXT(tally_last_message(), "");
    CHECK_TEXT(tally_last_function(), "");
    CHECK_SIZE(tally_last_error_copy(NULL, 0), 0);
    char buffer[4] = "abc";
    CHECK_SIZE(tally_last_error_copy(buffer, sizeof buffer), 0);
    CHECK_TEXT(buffer, "");
}

static void success_clears_it(void) {
    int64_t total;
    int32_t one = 1;
    fail_with_null();
    CHECK_OK(tally_sum_i32(&one, 1, &total));
    fail_with_null();
    CHECK_INT(rust_function(1), 2);
    CHECK_RECORD(TALLY_OK, "");
    fail_with_null();
    tally_clear_error();
    CHECK_RECORD(TALLY_OK, "");
}

static void failure_replaces_it(void) {
    fail_with_null();
    int64_t total;
    CHECK_REFUSED(tally_sum_i64(NULL, 1, &total), TALLY_NULL, "tally_sum_i64");
    CHECK_INT(risky_operation("1 two"), TALLY_PARSE);
    CHECK_RECORD(TALLY_PARSE, "risky_operation");
    CHECK_CONTAINS(tally_last_message(), "two");
}

static void a_release_that_succeeds_keeps_it(void) {
    void *block = tally_alloc(1), *classic_block = c_alloc(1);
    void *object = tally_object_new(), *classic_object = c_object_new();
    tally_record *record = NULL;
    CHECK_OK(tally_record_new(1, "a", 1, &record));
    fail_with_null();
    tally_free(block);
    c_free(classic_block);
    CHECK_INT(tally_unref(object), TALLY_OK);
    c_object_unref(classic_object);
    tally_record_free(record);
    tally_free(NULL);
    c_free(NULL);
    CHECK_INT(tally_unref(NULL), TALLY_OK);
    c_object_unref(NULL);
    tally_record_free(NULL);
    CHECK_RECORD(TALLY_NULL, "tally_sum_f64");
}

static void a_release_that_fails_replaces_it(void) {
    static int not_ours;
    fail_with_null();
    tally_free(&not_ours);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    c_free(&not_ours);
    CHECK_RECORD(TALLY_BAD_HANDLE, "c_free");
    CHECK_REFUSED(tally_unref(&not_ours), TALLY_BAD_HANDLE, "tally_unref");
    c_object_unref(&not_ours);
    CHECK_RECORD(TALLY_BAD_HANDLE, "c_object_unref");
    tally_record_free((tally_record *)(void *)&not_ours);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_record_free");
}

static void readers_change_nothing(void) {
    fail_with_null();
    char before[256];
    tally_last_error_copy(before, sizeof before);
    const char *message = tally_last_message();
    CHECK(message == get_last_error());
    CHECK_INT(tally_last_status(), TALLY_NULL);
    CHECK_TEXT(tally_status_name(TALLY_PARSE), "TALLY_PARSE");
    CHECK_TEXT(tally_status_name(12345), "TALLY_UNKNOWN");
    CHECK(tally_version()[0] != '\0' && tally_version_number() > 0);
    CHECK_SIZE(tally_accumulator_size(), sizeof(tally_accumulator));
    CHECK_SIZE(tally_small_accumulator_size(), sizeof(tally_small_accumulator));
    CHECK_SIZE(tally_product_accumulator_size(),
               sizeof(tally_product_accumulator));
    CHECK_SIZE(tally_moments_size(), sizeof(tally_moments));
    CHECK_SIZE(tally_decimal_size(), sizeof(tally_decimal));
    CHECK_RECORD(TALLY_NULL, "tally_sum_f64");
    CHECK_TEXT(message, before);
}

static void the_message_names_what_is_wrong(void) {
    double total;
    fail_with_null();
    CHECK_CONTAINS(tally_last_message(), "values");
    CHECK_INT(tally_sum_f64(&total, 1, NULL), TALLY_NULL);
    CHECK_CONTAINS(tally_last_message(), "total");
    CHECK_INT(tally_sum_f64(&total, SIZE_MAX, &total), TALLY_INVALID);
    CHECK_CONTAINS(tally_last_message(), "values");
}

static void copying_works_as_snprintf_does(void) {
    fail_with_null();
    const char *message = tally_last_message();
    size_t length = strlen(message);
    for (size_t size = 0; size <= length + 2; size++) {
        char buffer[300], expected[300];
        memset(buffer, '#', sizeof buffer);
        memset(expected, '#', sizeof expected);
        CHECK_SIZE(tally_last_error_copy(buffer, size), length);
        /* The message is ASCII: any place is the end of a character. */
        snprintf(expected, size, "%s", message);
        CHECK_BYTES(buffer, expected, sizeof buffer);
    }
}

/* The last byte of UTF-8 text is the last one of a character. */
static bool is_cut_well(const char *text) {
    size_t length = strlen(text), trailing = 0;
    while (trailing < length &&
           ((unsigned char)text[length - 1 - trailing] & 0xc0) == 0x80) {
        trailing++;
    }
    if (trailing == length) {
        return length == 0;
    }
    unsigned char lead = (unsigned char)text[length - 1 - trailing];
    size_t follow = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    return follow == trailing;
}

static void a_copy_is_cut_at_the_end_of_a_character(void) {
    CHECK_INT(risky_operation("h\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"),
              TALLY_PARSE);
    size_t length = strlen(tally_last_message());
    for (size_t size = 1; size <= length + 1; size++) {
        char buffer[300];
        CHECK_SIZE(tally_last_error_copy(buffer, size), length);
        CHECK(strlen(buffer) < size && strlen(buffer) + 4 >= size);
        CHECK(is_cut_well(buffer));
        CHECK(strncmp(buffer, tally_last_message(), strlen(buffer)) == 0);
    }
}

static int fails_in_a_nested_call(const void *data, int *result) {
    if (data == NULL) {
        CHECK_INT(risky_operation("\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f"
                                  "\x98\x80 x"),
                  TALLY_PARSE);
        return 1;
    }
    const char *left = (const char *)data;
    return tally_process(left[0] == '\0' ? NULL : left + 1,
                         fails_in_a_nested_call, result);
}

static void a_message_is_bounded(void) {
    /* Each level puts its own words before those of the one below. */
    static const char levels[] = "0123456789012345678901234567890";
    int result = 0;
    for (size_t depth = 0; depth < sizeof levels; depth++) {
        CHECK_INT(
            tally_process(levels + depth, fails_in_a_nested_call, &result), 1);
        CHECK_RECORD(TALLY_CALLBACK, "tally_process");
        CHECK(strlen(tally_last_message()) <= 255);
        CHECK(is_cut_well(tally_last_message()));
    }
    static char long_word[10000];
    memset(long_word, 'x', sizeof long_word - 1);
    CHECK_INT(risky_operation(long_word), TALLY_PARSE);
    CHECK(strlen(tally_last_message()) <= 255);
    CHECK_CONTAINS(tally_last_message(), "...");
}

/* A text that is refused may be the message that is about to be replaced. */
static void a_message_may_quote_the_last_one(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t consumed, values;
    fail_with_null();
    CHECK_TEXT(tally_last_message(), "values is NULL");
    CHECK_INT(tally_accumulator_add_text(&sum, tally_last_message(), 14, ' ', 1,
                                         &consumed, &values),
              TALLY_PARSE);
    CHECK_TEXT(tally_last_message(), "\"values\" at byte 0 is not a number");
}

static void each_status_has_its_name(void) {
    static const char *const names[] = {
        "TALLY_OK",         "TALLY_NULL",     "TALLY_INVALID",
        "TALLY_OVERFLOW",   "TALLY_ENCODING", "TALLY_PARSE",
        "TALLY_MEMORY",     "TALLY_STALE",    "TALLY_WRONG_KIND",
        "TALLY_BAD_HANDLE", "TALLY_CALLBACK", "TALLY_PANIC",
        "TALLY_FORMAT",     "TALLY_BUSY",     "TALLY_TOO_SMALL",
    };
    for (int i = 0; i < 15; i++) {
        CHECK_TEXT(tally_status_name(-i), names[i]);
    }
    CHECK_TEXT(tally_status_name(-15), "TALLY_UNKNOWN");
    CHECK_TEXT(tally_status_name(1), "TALLY_UNKNOWN");
    CHECK_SIZE(sizeof(tally_status), 4);
    /* The numbers never change. */
    CHECK_INT(TALLY_NULL, -1);
    CHECK_INT(TALLY_OVERFLOW, -3);
    CHECK_INT(TALLY_TOO_SMALL, -14);
}

int main(void) {
    the_record_is_empty_at_first();
    success_clears_it();
    failure_replaces_it();
    a_release_that_succeeds_keeps_it();
    a_release_that_fails_replaces_it();
    readers_change_nothing();
    the_message_names_what_is_wrong();
    copying_works_as_snprintf_does();
    a_copy_is_cut_at_the_end_of_a_character();
    a_message_is_bounded();
    a_message_may_quote_the_last_one();
    each_status_has_its_name();
    return finish();
}
