/* A program that has functions and data of its own under the teaching text's
 * plain names, of other types: it gets its own, and the library its own. */
#define TALLY_NO_CLASSIC
#include <limits.h>

#include "../check.h"

double rust_function(double x) {
    return x + 0.5;
}
long sum_array(long a, long b) {
    return 1000 + a + b;
}
struct own {
    int x;
} process_with_callback = {11};
const char *risky_operation(void) {
    return "own";
}
int get_last_error(void) {
    return 12345;
}
int c_alloc[4] = {1, 2, 3, 4};
int c_free(int a) {
    return -a;
}
static int c_object_new = 5;
int c_object_ref(void) {
    return 6;
}
void c_object_unref(int *out) {
    *out = 7;
}
int c_object_get_value = 8;
int c_object_set_value(void) {
    return 9;
}
int rust_function_system(void) {
    return 10;
}
const char rust_function_win64[] = "win64";
int rust_function_sysv64 = 64;

static void own_names_are_own(void) {
    int seven = 0;
    CHECK_DOUBLE(rust_function(1.0), 1.5);
    CHECK_INT(sum_array(1, 2), 1003);
    CHECK_INT(process_with_callback.x, 11);
    CHECK_TEXT(risky_operation(), "own");
    CHECK_INT(get_last_error(), 12345);
    CHECK_INT(c_alloc[0] + c_alloc[3], 5);
    CHECK_INT(c_free(3), -3);
    CHECK_INT(c_object_new, 5);
    CHECK_INT(c_object_ref(), 6);
    c_object_unref(&seven);
    CHECK_INT(seven, 7);
    CHECK_INT(c_object_get_value, 8);
    CHECK_INT(c_object_set_value(), 9);
    CHECK_INT(rust_function_system(), 10);
    CHECK_TEXT(rust_function_win64, "win64");
    CHECK_INT(rust_function_sysv64, 64);
}

static int one(const void *data, int *result) {
    *result = *(const int *)data + 1;
    return 0;
}

static void the_library_uses_its_own(void) {
    static const int32_t values[] = {1, 2, 3};
    int result = 0;
    int64_t total = 0;
    CHECK_OK(tally_sum_i32(values, 3, &total));
    CHECK_INT(total, 6);
    CHECK_REFUSED(tally_sum_i32(NULL, 3, &total), TALLY_NULL, "tally_sum_i32");
    CHECK_INT(tally_process(values, one, &result), 0);
    CHECK_INT(result, 2);
    CHECK_INT(tally_process(values, NULL, &result), TALLY_NULL);
    CHECK_CONTAINS(tally_last_message(), "callback");
    void *block = tally_alloc(10);
    CHECK(block != NULL);
    tally_free(block);
    char *copy = NULL;
    CHECK_OK(tally_text_copy("text", &copy));
    CHECK_TEXT(copy, "text");
    tally_free(copy);
    void *object = tally_object_new();
    CHECK_OK(tally_object_set_value(object, 42));
    CHECK_OK(tally_ref(object));
    CHECK_OK(tally_unref(object));
    CHECK_INT(tally_object_value(object), 42);
    CHECK_OK(tally_unref(object));
}

int main(void) {
    own_names_are_own();
    the_library_uses_its_own();
    own_names_are_own();
    return finish();
}
