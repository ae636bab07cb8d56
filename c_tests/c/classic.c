/* The teaching text's functions, by the text's own names. */
#include <limits.h>

#include "../check.h"

static void rust_function_doubles(void) {
    CHECK_INT(rust_function(21), 42);
    CHECK_INT(rust_function(-21), -42);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_INT(rust_function(INT_MAX), INT_MAX);
    CHECK_RECORD(TALLY_OVERFLOW, "rust_function");
    CHECK_INT(rust_function(INT_MIN / 2 - 1), INT_MIN);
    CHECK_RECORD(TALLY_OVERFLOW, "rust_function");
    CHECK_INT(rust_function(0), 0);
    CHECK_RECORD(TALLY_OK, "");
}

static void sum_array_adds(void) {
    static const int values[] = {1, 2, 3, 4, 5};
    static const int up_and_down[] = {INT_MAX, INT_MAX, INT_MIN, INT_MIN, 3};
    static const int down[] = {INT_MIN, -1};
    CHECK_INT(sum_array(values, 5), 15);
    CHECK_INT(sum_array(values, 0), 0);
    CHECK_INT(sum_array(NULL, 0), 0);
    CHECK_INT(sum_array(up_and_down, 5), 1);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_INT(sum_array(up_and_down, 2), INT_MAX);
    CHECK_RECORD(TALLY_OVERFLOW, "sum_array");
    CHECK_INT(sum_array(down, 2), INT_MIN);
    CHECK_RECORD(TALLY_OVERFLOW, "sum_array");
    CHECK_INT(sum_array(NULL, 1), 0);
    CHECK_RECORD(TALLY_NULL, "sum_array");
    CHECK_INT(sum_array(values, -1), 0);
    CHECK_RECORD(TALLY_INVALID, "sum_array");
}

static int double_it(const void *data, int *result) {
    int value = *(const int *)data;
    *result = 2 * value;
    return value < 0 ? value : 0;
}

static void process_with_callback_calls_back(void) {
    int value = 21, result = 0;
    CHECK_INT(process_with_callback(&value, double_it, &result), 0);
    CHECK_INT(result, 42);
    CHECK_RECORD(TALLY_OK, "");
    value = -3;
    CHECK_INT(process_with_callback(&value, double_it, &result), -3);
    CHECK_INT(result, -6);
    CHECK_RECORD(TALLY_CALLBACK, "process_with_callback");
    CHECK_CONTAINS(get_last_error(), "-3");
    CHECK_INT(process_with_callback(&value, NULL, &result), TALLY_NULL);
    CHECK_RECORD(TALLY_NULL, "process_with_callback");
}

static void risky_operation_fails_below_zero(void) {
    CHECK_INT(risky_operation("12 30 -2"), 40);
    CHECK_INT(risky_operation(""), 0);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_TEXT(get_last_error(), "");
    CHECK_INT(risky_operation("12 thirty"), TALLY_PARSE);
    CHECK_RECORD(TALLY_PARSE, "risky_operation");
    CHECK_CONTAINS(get_last_error(), "\"thirty\" at byte 3");
    CHECK_INT(risky_operation(NULL), TALLY_NULL);
    CHECK_RECORD(TALLY_NULL, "risky_operation");
    CHECK_INT(risky_operation("\xff"), TALLY_ENCODING);
    CHECK_RECORD(TALLY_ENCODING, "risky_operation");
    CHECK_INT(risky_operation("2147483647 1"), TALLY_OVERFLOW);
    CHECK_RECORD(TALLY_OVERFLOW, "risky_operation");
    CHECK_INT(risky_operation("2147483647 1 -1"), INT_MAX);
    CHECK_INT(risky_operation("-1"), TALLY_INVALID);
    CHECK_RECORD(TALLY_INVALID, "risky_operation");
}

static void get_last_error_is_never_null(void) {
    tally_clear_error();
    CHECK_TEXT(get_last_error(), "");
    CHECK_INT(sum_array(NULL, 1), 0);
    CHECK_TEXT(get_last_error(), tally_last_message());
    CHECK(get_last_error()[0] != '\0');
}

static void c_alloc_gives_zeroed_memory(void) {
    unsigned char *block = c_alloc(1000), *empty = c_alloc(0);
    CHECK(block != NULL && empty != NULL && block != empty);
    CHECK_SIZE((uintptr_t)block % 64, 0);
    for (size_t i = 0; i < 1000; i++) {
        CHECK_INT(block[i], 0);
    }
    CHECK_LIVE(0, 2, 1000);
    c_free(block);
    c_free(empty);
    c_free(NULL);
    CHECK_RECORD(TALLY_OK, "");
    c_free(block);
    CHECK_RECORD(TALLY_STALE, "c_free");
    CHECK(c_alloc(SIZE_MAX) == NULL);
    CHECK_RECORD(TALLY_MEMORY, "c_alloc");
    /* The twins take each other's. */
    tally_clear_error();
    tally_free(c_alloc(1));
    c_free(tally_alloc(1));
    CHECK_RECORD(TALLY_OK, "");
}

static void c_objects_are_counted(void) {
    void *object = c_object_new();
    CHECK(object != NULL);
    CHECK_INT(c_object_get_value(object), 0);
    CHECK_OK(c_object_set_value(object, 42));
    c_object_ref(object);
    c_object_unref(object);
    CHECK_INT(c_object_get_value(object), 42);
    CHECK_LIVE(1, 0, 0);
    c_object_unref(object);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_LIVE(0, 0, 0);
    CHECK_INT(c_object_get_value(object), 0);
    CHECK_RECORD(TALLY_STALE, "c_object_get_value");
    c_object_unref(object);
    CHECK_RECORD(TALLY_STALE, "c_object_unref");
    c_object_ref(object);
    CHECK_RECORD(TALLY_STALE, "c_object_ref");
    CHECK_REFUSED(c_object_set_value(object, 1), TALLY_STALE,
                  "c_object_set_value");
    c_object_ref(NULL);
    CHECK_RECORD(TALLY_NULL, "c_object_ref");
    tally_clear_error();
    c_object_unref(NULL);
    CHECK_RECORD(TALLY_OK, "");
}

static void c_objects_are_only_objects(void) {
    tally_shared *shared = NULL;
    CHECK_OK(tally_shared_new(&shared));
    c_object_ref(shared);
    CHECK_RECORD(TALLY_WRONG_KIND, "c_object_ref");
    c_object_unref(shared);
    CHECK_RECORD(TALLY_WRONG_KIND, "c_object_unref");
    CHECK_INT(c_object_get_value(shared), 0);
    CHECK_RECORD(TALLY_WRONG_KIND, "c_object_get_value");
    tally_clear_error();
    CHECK_OK(tally_unref(shared));
}

int main(void) {
    rust_function_doubles();
    sum_array_adds();
    process_with_callback_calls_back();
    risky_operation_fails_below_zero();
    get_last_error_is_never_null();
    c_alloc_gives_zeroed_memory();
    c_objects_are_counted();
    c_objects_are_only_objects();
    return finish();
}
