/* Handles: counted, and refused once they are stale, forged or of another
 * kind. */
#include "../check.h"

static void *new_object(int32_t value) {
    void *object = tally_object_new();
    CHECK(object != NULL);
    CHECK_OK(tally_object_set_value(object, value));
    return object;
}

static tally_shared *new_shared(void) {
    tally_shared *shared = NULL;
    CHECK_OK(tally_shared_new(&shared));
    CHECK(shared != NULL);
    return shared;
}

/* On 32-bit machines generations wrap, and a stale handle of long ago cannot
 * be told from a foreign one. */
static bool is_stale_or_foreign(tally_status status) {
    return status == TALLY_STALE ||
           (sizeof(void *) == 4 && status == TALLY_BAD_HANDLE);
}

static void references_are_counted(void) {
    void *object = new_object(7);
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(tally_ref(object));
    }
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(tally_unref(object));
        CHECK_INT(tally_object_value(object), 7);
    }
    CHECK_LIVE(1, 0, 0);
    CHECK_OK(tally_unref(object));
    CHECK_LIVE(0, 0, 0);
}

static void a_stale_handle_is_refused_everywhere(void) {
    void *object = new_object(7);
    tally_shared *shared = new_shared();
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    double one = 1.0;
    CHECK_OK(tally_unref(object));
    CHECK_OK(tally_unref(shared));
    CHECK_REFUSED(tally_ref(object), TALLY_STALE, "tally_ref");
    CHECK_REFUSED(tally_unref(object), TALLY_STALE, "tally_unref");
    CHECK_INT(tally_object_value(object), 0);
    CHECK_RECORD(TALLY_STALE, "tally_object_value");
    CHECK_REFUSED(tally_object_set_value(object, 1), TALLY_STALE,
                  "tally_object_set_value");
    CHECK_REFUSED(tally_ref(shared), TALLY_STALE, "tally_ref");
    CHECK_REFUSED(tally_unref(shared), TALLY_STALE, "tally_unref");
    CHECK_REFUSED(tally_shared_add_f64(shared, &one, 1), TALLY_STALE,
                  "tally_shared_add_f64");
    CHECK_REFUSED(tally_shared_merge(shared, &sum), TALLY_STALE,
                  "tally_shared_merge");
    CHECK_REFUSED(tally_shared_snapshot(shared, &sum), TALLY_STALE,
                  "tally_shared_snapshot");
    /* Stale comes before the wrong kind. */
    CHECK_REFUSED(tally_shared_add_f64(object, &one, 1), TALLY_STALE,
                  "tally_shared_add_f64");
    /* Where a block should be, too. */
    tally_free(object);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    CHECK_CONTAINS(tally_last_message(), "is a handle");
    c_free(shared);
    CHECK_RECORD(TALLY_STALE, "c_free");
    tally_record_free((tally_record *)object);
    CHECK_RECORD(TALLY_STALE, "tally_record_free");
    CHECK_LIVE(0, 0, 0);
}

static void a_handle_stays_stale_when_its_place_is_used_again(void) {
    enum { COUNT = 2000 };
    static void *stale[COUNT];
    for (int i = 0; i < COUNT; i++) {
        stale[i] = new_object(i);
        CHECK_OK(tally_unref(stale[i]));
        void *live = new_object(-1);
        CHECK(live != stale[i]);
        CHECK(is_stale_or_foreign(tally_unref(stale[i])));
        CHECK(is_stale_or_foreign(tally_object_set_value(stale[i], 5)));
        CHECK_INT(tally_object_value(live), -1);
        CHECK_OK(tally_unref(live));
    }
    if (sizeof(void *) == 8) {
        for (int i = 0; i < COUNT; i++) {
            CHECK_REFUSED(tally_ref(stale[i]), TALLY_STALE, "tally_ref");
        }
    }
}

/* Where docs/handles.md says that a debugger finds it. */
static void the_kind_is_in_the_top_bits(void) {
    static const double value = 1;
    static const unsigned kinds[] = {0x41, 0x42, 0x44, 0x48};
    static const unsigned kinds_of_32_bits[] = {1, 2, 4, 8};
    bool wide = sizeof(void *) == 8;
    tally_array *array = NULL;
    tally_view *view = NULL;
    const double *seen;
    size_t count;
    CHECK_OK(tally_array_new_f64(&value, 1, &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    void *const handles[] = {new_object(1), new_shared(), array, view};
    for (int i = 0; i < 4; i++) {
        uint64_t bits = (uintptr_t)handles[i];
        CHECK_SIZE(bits >> (wide ? 56 : 28),
                   wide ? kinds[i] : kinds_of_32_bits[i]);
        CHECK_OK(tally_unref(handles[i]));
    }
}

static void another_kind_is_refused_and_unharmed(void) {
    void *object = new_object(7);
    tally_shared *shared = new_shared();
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, now = sum;
    double one = 1.0;
    CHECK_OK(tally_shared_add_f64(shared, &one, 1));
    CHECK_INT(tally_object_value(shared), 0);
    CHECK_RECORD(TALLY_WRONG_KIND, "tally_object_value");
    CHECK_REFUSED(tally_object_set_value(shared, 5), TALLY_WRONG_KIND,
                  "tally_object_set_value");
    CHECK_REFUSED(tally_shared_add_f64(object, &one, 1), TALLY_WRONG_KIND,
                  "tally_shared_add_f64");
    CHECK_REFUSED(tally_shared_merge(object, &sum), TALLY_WRONG_KIND,
                  "tally_shared_merge");
    CHECK_REFUSED(tally_shared_snapshot(object, &sum), TALLY_WRONG_KIND,
                  "tally_shared_snapshot");
    tally_free(object);
    CHECK_RECORD(TALLY_WRONG_KIND, "tally_free");
    CHECK_CONTAINS(tally_last_message(), "see tally_unref");
    CHECK_INT(tally_object_value(object), 7);
    CHECK_OK(tally_accumulator_add_one_f64(&sum, one));
    CHECK_OK(tally_shared_snapshot(shared, &now));
    CHECK_BYTES(&now, &sum, sizeof sum);
    CHECK_OK(tally_unref(object));
    CHECK_OK(tally_unref(shared));
}

/* A value that was never a handle, refused by everything that takes one. */
static void refused_by_all_with(void *forged, tally_status status) {
    tally_accumulator out;
    double one = 1.0;
    CHECK_REFUSED(tally_ref(forged), status, "tally_ref");
    CHECK_REFUSED(tally_unref(forged), status, "tally_unref");
    CHECK_INT(tally_object_value(forged), 0);
    CHECK_RECORD(status, "tally_object_value");
    CHECK_REFUSED(tally_shared_add_f64(forged, &one, 1), status,
                  "tally_shared_add_f64");
    CHECK_REFUSED(tally_shared_snapshot(forged, &out), status,
                  "tally_shared_snapshot");
}

static void refused_by_all(void *forged) {
    refused_by_all_with(forged, TALLY_BAD_HANDLE);
}

static void pointers_and_numbers_are_no_handles(void) {
    static int a_static;
    int on_the_stack;
    void *on_the_heap = malloc(1);
    refused_by_all(&a_static);
    refused_by_all(&on_the_stack);
    refused_by_all(on_the_heap);
    refused_by_all((void *)"text");
    for (uintptr_t i = 1; i < 100; i++) {
        refused_by_all((void *)i);
        refused_by_all((void *)(UINTPTR_MAX - i + 1));
    }
    free(on_the_heap);
}

static void a_block_is_no_handle(void) {
    void *block = tally_alloc(1);
    tally_record *record = NULL;
    CHECK_OK(tally_record_new(1, "name", 2, &record));
    refused_by_all_with(block, TALLY_WRONG_KIND);
    CHECK_CONTAINS(tally_last_message(), "is a block, not a handle: see ");
    CHECK_CONTAINS(tally_last_message(), "see tally_free");
    refused_by_all_with(record, TALLY_WRONG_KIND);
    CHECK_CONTAINS(tally_last_message(), "see tally_record_free");
    tally_free(block);
    tally_record_free(record);
    refused_by_all_with(block, TALLY_STALE);
    CHECK_CONTAINS(tally_last_message(), "a block that has been freed");
    refused_by_all_with(record, TALLY_STALE);
}

/* With one handle alive, everything else is forged. */
static void forged_values_are_refused(void) {
    void *object = new_object(7);
    uintptr_t bits = (uintptr_t)object;
    int refused = 0, tried = 0;
    for (size_t bit = 0; bit < 8 * sizeof bits; bit++) {
        void *forged = (void *)(bits ^ (uintptr_t)1 << bit);
        CHECK(tally_ref(forged) != TALLY_OK);
        CHECK(tally_object_set_value(forged, 5) != TALLY_OK);
        CHECK(tally_unref(forged) != TALLY_OK);
    }
    for (uintptr_t i = 1; i < 5000; i++) {
        CHECK(tally_unref((void *)(bits + i)) != TALLY_OK);
        CHECK(tally_unref((void *)(bits - i)) != TALLY_OK);
    }
    uint64_t seed = 1;
    int rounds = is_quick() ? 20000 : 1000000;
    for (; tried < rounds; tried++) {
        /* Random in the parts that a mask of random bits picks. */
        uintptr_t mask = (uintptr_t)(random_word(&seed) & random_word(&seed));
        uintptr_t value = (uintptr_t)random_word(&seed);
        uintptr_t forged = (bits & ~mask) | (value & mask);
        refused += tally_unref((void *)forged) != TALLY_OK || forged == 0;
        if (forged == bits) {
            /* It happened to be the handle: make it anew. */
            object = new_object(7);
            bits = (uintptr_t)object;
            refused++;
        }
    }
    CHECK_INT(refused, tried);
    CHECK_INT(tally_object_value(object), 7);
    CHECK_LIVE(1, 0, 0);
    CHECK_OK(tally_unref(object));
}

static void references_are_bounded(void) {
    if (is_quick()) {
        return;
    }
    void *object = new_object(7);
    for (int32_t i = 1; i < 4194303; i++) {
        if (tally_ref(object) != TALLY_OK) {
            CHECK_INT(i, 4194303);
            break;
        }
    }
    CHECK_REFUSED(tally_ref(object), TALLY_OVERFLOW, "tally_ref");
    CHECK_INT(tally_object_value(object), 7);
    for (int32_t i = 1; i < 4194303; i++) {
        tally_unref(object);
    }
    CHECK_INT(tally_object_value(object), 7);
    CHECK_OK(tally_unref(object));
    CHECK_REFUSED(tally_unref(object), TALLY_STALE, "tally_unref");
}

static void many_handles_live_at_once(void) {
    enum { COUNT = 20000 };
    static void *objects[COUNT];
    for (int32_t i = 0; i < COUNT; i++) {
        objects[i] = new_object(i);
    }
    CHECK_LIVE(COUNT, 0, 0);
    for (int32_t i = 0; i < COUNT; i += 2) {
        CHECK_OK(tally_unref(objects[i]));
    }
    for (int32_t i = 1; i < COUNT; i += 2) {
        CHECK_INT(tally_object_value(objects[i]), i);
        CHECK_OK(tally_unref(objects[i]));
        CHECK_REFUSED(tally_unref(objects[i - 1]), TALLY_STALE, "tally_unref");
        tally_clear_error();
    }
    CHECK_LIVE(0, 0, 0);
}

int main(void) {
    /* First, while no handle of long ago could be met. */
    forged_values_are_refused();
    references_are_counted();
    a_stale_handle_is_refused_everywhere();
    a_handle_stays_stale_when_its_place_is_used_again();
    the_kind_is_in_the_top_bits();
    another_kind_is_refused_and_unharmed();
    pointers_and_numbers_are_no_handles();
    a_block_is_no_handle();
    references_are_bounded();
    many_handles_live_at_once();
    return finish();
}
