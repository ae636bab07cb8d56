/* Objects: an integer with several owners. */
#include "../check.h"

static void an_object_is_born_with_zero(void) {
    void *object = tally_object_new();
    CHECK(object != NULL);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_INT(tally_object_value(object), 0);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_OK(tally_unref(object));
}

static void every_value_can_be_held(void) {
    static const int32_t values[] = {1, -1, INT32_MAX, INT32_MIN, 0};
    void *object = tally_object_new();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        CHECK_OK(tally_object_set_value(object, values[i]));
        CHECK_INT(tally_object_value(object), values[i]);
        CHECK_RECORD(TALLY_OK, "");
    }
    CHECK_OK(tally_unref(object));
}

static void zero_and_refusal_can_be_told_apart(void) {
    void *object = tally_object_new();
    CHECK_INT(tally_object_value(object), 0);
    CHECK_INT(tally_last_status(), TALLY_OK);
    CHECK_OK(tally_unref(object));
    CHECK_INT(tally_object_value(object), 0);
    CHECK_INT(tally_last_status(), TALLY_STALE);
}

static void objects_are_apart(void) {
    enum { COUNT = 100 };
    void *objects[COUNT];
    for (int32_t i = 0; i < COUNT; i++) {
        objects[i] = tally_object_new();
        CHECK_OK(tally_object_set_value(objects[i], i * i));
    }
    for (int32_t i = 0; i < COUNT; i++) {
        for (int32_t j = 0; j < i; j++) {
            CHECK(objects[i] != objects[j]);
        }
        CHECK_INT(tally_object_value(objects[i]), i * i);
        CHECK_OK(tally_unref(objects[i]));
    }
}

static void a_new_object_does_not_inherit_a_value(void) {
    for (int i = 0; i < 100; i++) {
        void *object = tally_object_new();
        CHECK_INT(tally_object_value(object), 0);
        CHECK_OK(tally_object_set_value(object, 77));
        CHECK_OK(tally_unref(object));
    }
}

#if SIZE_MAX == UINT32_MAX
/* Of 64-bit machines, the same table takes more memory than a test may have. */
static void one_more_than_the_table_has_is_out_of_memory(void) {
    enum { MOST = 1 << 19 };
    static void *objects[MOST];
    for (int round = 0; round < 2; round++) {
        size_t count = 0;
        while (count < MOST && (objects[count] = tally_object_new()) != NULL) {
            count++;
        }
        CHECK_SIZE(count, MOST);
        CHECK(tally_object_new() == NULL);
        CHECK_RECORD(TALLY_MEMORY, "tally_object_new");
        tally_clear_error();
        while (count > 0) {
            CHECK_OK(tally_unref(objects[--count]));
        }
    }
}
#endif

int main(void) {
    an_object_is_born_with_zero();
    every_value_can_be_held();
    zero_and_refusal_can_be_told_apart();
    objects_are_apart();
    a_new_object_does_not_inherit_a_value();
#if SIZE_MAX == UINT32_MAX
    one_more_than_the_table_has_is_out_of_memory();
#endif
    return finish();
}
