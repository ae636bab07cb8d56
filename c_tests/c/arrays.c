/* Arrays: shared, typed, copied or borrowed, and given back exactly once. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "../check.h"

#define COUNT 6
static const double doubles[COUNT] = {1e100, 1.0, -1e100, 0.1, 2.5, -0.25};
static const float floats[COUNT] = {1e30F, 1.0F, -1e30F, 0.1F, 2.5F, -0.25F};
static const int32_t int32s[COUNT] = {INT32_MAX, INT32_MAX, 1, -5, 7, 9};
static const int64_t int64s[COUNT] = {INT64_MAX, -INT64_MAX, 1, -5, 7, 9};
static const uint64_t uint64s[COUNT] = {UINT64_MAX - 30, 1, 2, 3, 4, 5};

/* What a release callback was called with, and how often. */
struct released {
    int calls;
    const void *values;
    size_t count;
    pthread_t thread;
};

static void note_release(const void *values, size_t count, void *user_data) {
    struct released *released = user_data;
    released->calls++;
    released->values = values;
    released->count = count;
    released->thread = pthread_self();
}

/* Everything that can be asked of an array of one type agrees with what the
 * functions for plain arrays say. */
#define DEFINE_TYPE(suffix, type, sum_type, given, named)                      \
    static void check_##suffix(tally_array *array, const type *values_,        \
                               size_t count) {                                 \
        size_t length = 99;                                                    \
        type value;                                                            \
        sum_type total, expected;                                              \
        CHECK_OK(tally_array_length(array, &length));                          \
        CHECK_SIZE(length, count);                                             \
        tally_type element_type = 0;                                           \
        CHECK_OK(tally_array_type(array, &element_type));                      \
        CHECK_INT(element_type, named);                                        \
        for (size_t i = 0; i < count; i++) {                                   \
            CHECK_OK(tally_array_get_##suffix(array, i, &value));              \
            CHECK_BYTES(&value, (const char *)values_ + i * sizeof value,      \
                        sizeof value);                                         \
        }                                                                      \
        CHECK_REFUSED(tally_array_get_##suffix(array, count, &value),          \
                      TALLY_INVALID, "tally_array_get_" #suffix);              \
        CHECK_OK(tally_sum_##suffix(values_, count, &expected));               \
        CHECK_OK(tally_array_sum_##suffix(array, &total));                     \
        CHECK_BYTES(&total, &expected, sizeof total);                          \
        const type *seen = NULL;                                               \
        tally_view *view = NULL;                                               \
        CHECK_OK(tally_array_view_##suffix(array, &seen, &length, &view));     \
        CHECK_SIZE(length, count);                                             \
        CHECK_BYTES(seen, values_, count * sizeof value);                      \
        CHECK_OK(tally_array_release_view(view));                              \
        tally_accumulator own = TALLY_ACCUMULATOR_INIT, by_array = own;        \
        CHECK_OK(tally_accumulator_add_##suffix(&own, values_, count));        \
        CHECK_OK(tally_accumulator_add_array(&by_array, array));               \
        CHECK_BYTES(&by_array, &own, sizeof own);                              \
    }                                                                          \
                                                                               \
    static void an_array_of_##suffix##_is_what_was_given(void) {               \
        tally_array *array = NULL;                                             \
        type copied[COUNT];                                                    \
        memcpy(copied, given, sizeof copied);                                  \
        CHECK_OK(tally_array_new_##suffix(copied, COUNT, &array));             \
        CHECK_LIVE(1, 0, sizeof copied);                                       \
        memset(copied, 0x5a, sizeof copied);                                   \
        check_##suffix(array, given, COUNT);                                   \
        CHECK_OK(tally_unref(array));                                          \
        CHECK_LIVE(0, 0, 0);                                                   \
        struct released released = {0, NULL, 0, pthread_self()};               \
        CHECK_OK(tally_array_borrow_##suffix(given, COUNT, note_release,       \
                                             &released, &array));              \
        CHECK_LIVE(1, 0, 0);                                                   \
        check_##suffix(array, given, COUNT);                                   \
        CHECK_OK(tally_ref(array));                                            \
        CHECK_OK(tally_unref(array));                                          \
        CHECK_INT(released.calls, 0);                                          \
        CHECK_OK(tally_unref(array));                                          \
        CHECK_INT(released.calls, 1);                                          \
        CHECK(released.values == (const void *)given);                         \
        CHECK_SIZE(released.count, COUNT);                                     \
        CHECK_REFUSED(tally_unref(array), TALLY_STALE, "tally_unref");         \
        CHECK_INT(released.calls, 1);                                          \
        /* Nothing, at any address; and at any alignment. */                   \
        CHECK_OK(tally_array_new_##suffix(NULL, 0, &array));                   \
        check_##suffix(array, given, 0);                                       \
        CHECK_OK(tally_unref(array));                                          \
        CHECK_OK(tally_array_borrow_##suffix(NULL, 0, NULL, NULL, &array));    \
        check_##suffix(array, given, 0);                                       \
        CHECK_OK(tally_unref(array));                                          \
        for (size_t offset = 0; offset < sizeof(type); offset++) {             \
            char bytes[sizeof copied + sizeof(type)];                          \
            const type *shifted =                                              \
                (const type *)(const void *)(bytes + offset);                  \
            memcpy(bytes + offset, given, sizeof copied);                      \
            CHECK_OK(tally_array_new_##suffix(shifted, COUNT, &array));        \
            check_##suffix(array, shifted, COUNT);                             \
            CHECK_OK(tally_unref(array));                                      \
            CHECK_OK(tally_array_borrow_##suffix(shifted, COUNT, NULL, NULL,   \
                                                 &array));                     \
            check_##suffix(array, shifted, COUNT);                             \
            CHECK_OK(tally_unref(array));                                      \
        }                                                                      \
    }

DEFINE_TYPE(f64, double, double, doubles, TALLY_F64)
DEFINE_TYPE(f32, float, float, floats, TALLY_F32)
DEFINE_TYPE(i32, int32_t, int64_t, int32s, TALLY_I32)
DEFINE_TYPE(i64, int64_t, int64_t, int64s, TALLY_I64)
DEFINE_TYPE(u64, uint64_t, uint64_t, uint64s, TALLY_U64)

static void a_copy_is_aligned(void) {
    tally_array *array = NULL;
    const double *seen;
    size_t count;
    tally_view *view;
    CHECK_OK(tally_array_new_f64(doubles, COUNT, &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    CHECK_SIZE((uintptr_t)seen % 64, 0);
    CHECK_OK(tally_array_release_view(view));
    CHECK_OK(tally_unref(array));
}

/* Of what is borrowed, a view is the pointer itself, also where it is not
 * aligned. */
static void a_view_of_borrowed_values_is_their_address(void) {
    char bytes[sizeof doubles + 1];
    const double *shifted = (const double *)(const void *)(bytes + 1);
    tally_array *array = NULL;
    const double *seen = NULL;
    size_t count;
    tally_view *view;
    memcpy(bytes + 1, doubles, sizeof doubles);
    CHECK_OK(tally_array_borrow_f64(shifted, COUNT, NULL, NULL, &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    CHECK(seen == shifted);
    CHECK_OK(tally_array_release_view(view));
    CHECK_OK(tally_unref(array));
}

/* No pointer, but an address that is passed on. */
static void *const unread = (void *)3;
static int unread_releases;

static void count_unread_release(const void *values, size_t count,
                                 void *user_data) {
    CHECK(values == doubles && count == COUNT && user_data == unread);
    unread_releases++;
}

static void only_what_was_borrowed_is_released(void) {
    tally_array *array = NULL;
    CHECK_REFUSED(tally_array_borrow_f64(NULL, COUNT, count_unread_release,
                                         unread, &array),
                  TALLY_NULL, "tally_array_borrow_f64");
    CHECK_REFUSED(tally_array_borrow_f64(doubles, SIZE_MAX,
                                         count_unread_release, unread, &array),
                  TALLY_INVALID, "tally_array_borrow_f64");
    CHECK_REFUSED(tally_array_borrow_f64(doubles, COUNT, count_unread_release,
                                         unread, NULL),
                  TALLY_NULL, "tally_array_borrow_f64");
    CHECK_INT(unread_releases, 0);
    CHECK_OK(tally_array_borrow_f64(doubles, COUNT, count_unread_release,
                                    unread, &array));
    CHECK_OK(tally_unref(array));
    CHECK_INT(unread_releases, 1);
}

static void totals_that_do_not_fit_are_errors(void) {
    static const int64_t large[2] = {INT64_MAX, 1};
    static const double huge[2] = {1.7e308, 1.7e308};
    tally_array *array = NULL;
    int64_t integer = 5;
    double total = 5;
    CHECK_OK(tally_array_borrow_i64(large, 2, NULL, NULL, &array));
    CHECK_REFUSED(tally_array_sum_i64(array, &integer), TALLY_OVERFLOW,
                  "tally_array_sum_i64");
    CHECK_INT(integer, 5);
    CHECK_INT(tally_unref(array), TALLY_OK);
    CHECK_OK(tally_array_borrow_f64(huge, 2, NULL, NULL, &array));
    CHECK_REFUSED(tally_array_sum_f64(array, &total), TALLY_OVERFLOW,
                  "tally_array_sum_f64");
    CHECK(total > 1.7e308);
    CHECK_INT(tally_unref(array), TALLY_OK);
}

static void a_view_outlives_the_array(void) {
    struct released released = {0, NULL, 0, pthread_self()};
    tally_array *array = NULL;
    const double *seen;
    size_t count;
    tally_view *first, *second;
    CHECK_OK(tally_array_borrow_f64(doubles, COUNT, note_release, &released,
                                    &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &first));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &second));
    CHECK_LIVE(3, 0, 0);
    CHECK_OK(tally_unref(array));
    /* No handle leads to it any more, and it is there. */
    CHECK_REFUSED(tally_array_view_f64(array, &seen, &count, &first),
                  TALLY_STALE, "tally_array_view_f64");
    CHECK_LIVE(2, 0, 0);
    CHECK_BYTES(seen, doubles, sizeof doubles);
    CHECK_OK(tally_array_release_view(first));
    CHECK_INT(released.calls, 0);
    /* Twice is not two views. */
    CHECK_REFUSED(tally_array_release_view(first), TALLY_STALE,
                  "tally_array_release_view");
    CHECK_INT(released.calls, 0);
    tally_clear_error();
    CHECK_OK(tally_array_release_view(second));
    CHECK_INT(released.calls, 1);
    CHECK_LIVE(0, 0, 0);
}

/* What an array copied is the library's to keep, as long as there are views. */
static void the_bytes_of_an_array_count_until_it_ends(void) {
    tally_array *array = NULL;
    const double *seen;
    size_t count;
    tally_view *first, *second;
    CHECK_OK(tally_array_new_f64(doubles, COUNT, &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &first));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &second));
    CHECK_LIVE(3, 0, sizeof doubles);
    CHECK_OK(tally_unref(array));
    CHECK_LIVE(2, 0, sizeof doubles);
    CHECK_OK(tally_array_release_view(first));
    CHECK_LIVE(1, 0, sizeof doubles);
    CHECK_OK(tally_array_release_view(second));
    CHECK_LIVE(0, 0, 0);
}

/* A view counts references as other handles do, and both functions that give
 * one up may give up any. */
static void the_last_reference_to_a_view_closes_it(void) {
    struct released released = {0, NULL, 0, pthread_self()};
    tally_array *array = NULL;
    const double *seen;
    size_t count;
    tally_view *view;
    for (int last_by_unref = 0; last_by_unref < 2; last_by_unref++) {
        released.calls = 0;
        CHECK_OK(tally_array_borrow_f64(doubles, COUNT, note_release, &released,
                                        &array));
        CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
        CHECK_OK(tally_unref(array));
        CHECK_OK(tally_ref(view));
        CHECK_OK(tally_ref(view));
        CHECK_OK(tally_array_release_view(view));
        CHECK_OK(tally_unref(view));
        CHECK_INT(released.calls, 0);
        CHECK_LIVE(1, 0, 0);
        CHECK_BYTES(seen, doubles, sizeof doubles);
        CHECK_OK(last_by_unref ? tally_unref(view)
                               : tally_array_release_view(view));
        CHECK_INT(released.calls, 1);
        CHECK_REFUSED(tally_unref(view), TALLY_STALE, "tally_unref");
        CHECK_REFUSED(tally_array_release_view(view), TALLY_STALE,
                      "tally_array_release_view");
        CHECK_REFUSED(tally_ref(view), TALLY_STALE, "tally_ref");
        CHECK_INT(released.calls, 1);
        tally_clear_error();
    }
}

static void there_is_an_end_to_views(void) {
    enum { MOST = 1023 };
    static tally_view *views[MOST];
    tally_array *array = NULL;
    const double *seen;
    size_t count, length = 7;
    CHECK_OK(tally_array_new_f64(doubles, COUNT, &array));
    for (int i = 0; i < MOST; i++) {
        CHECK_OK(tally_array_view_f64(array, &seen, &count, &views[i]));
    }
    tally_view *none = NULL;
    CHECK_REFUSED(tally_array_view_f64(array, &seen, &count, &none), TALLY_BUSY,
                  "tally_array_view_f64");
    CHECK(none == NULL);
    CHECK_REFUSED(tally_array_length(array, &length), TALLY_BUSY,
                  "tally_array_length");
    CHECK_SIZE(length, 7);
    /* References have room of their own. */
    CHECK_OK(tally_ref(array));
    CHECK_OK(tally_unref(array));
    CHECK_OK(tally_array_release_view(views[0]));
    CHECK_OK(tally_array_length(array, &length));
    CHECK_OK(tally_unref(array));
    for (int i = 1; i < MOST; i++) {
        CHECK_OK(tally_array_release_view(views[i]));
    }
    CHECK_LIVE(0, 0, 0);
}

/* The library holds nothing while it calls back: the callback may use it, may
 * make and end other arrays, and may fail. */
struct chain {
    tally_array *next;
    int *ended;
};

static void end_the_next(const void *values, size_t count, void *user_data) {
    struct chain *link = user_data;
    int64_t total = 0;
    CHECK_OK(tally_sum_i32(values, count, &total));
    CHECK_INT(total, 3);
    CHECK_INT(rust_function(INT32_MAX), INT32_MAX);
    CHECK_RECORD(TALLY_OVERFLOW, "rust_function");
    ++*link->ended;
    if (link->next != NULL) {
        CHECK_INT(tally_unref(link->next), TALLY_OK);
    }
}

static void a_callback_may_use_the_library(void) {
    enum { LINKS = 100 };
    static const int32_t two[2] = {1, 2};
    static struct chain links[LINKS];
    tally_array *array = NULL;
    int ended = 0;
    for (int i = 0; i < LINKS; i++) {
        links[i] = (struct chain){array, &ended};
        CHECK_OK(
            tally_array_borrow_i32(two, 2, end_the_next, &links[i], &array));
    }
    CHECK_LIVE(LINKS, 0, 0);
    CHECK_INT(tally_unref(array), TALLY_OK);
    CHECK_INT(ended, LINKS);
    /* What it left is still there. */
    CHECK_RECORD(TALLY_OVERFLOW, "rust_function");
    CHECK_LIVE(0, 0, 0);
}

static void a_release_leaves_an_error_alone(void) {
    struct released released = {0, NULL, 0, pthread_self()};
    tally_array *array = NULL;
    CHECK_OK(tally_array_borrow_f64(doubles, COUNT, note_release, &released,
                                    &array));
    CHECK_INT(risky_operation("x"), TALLY_PARSE);
    CHECK_INT(tally_unref(array), TALLY_OK);
    CHECK_INT(released.calls, 1);
    CHECK_RECORD(TALLY_PARSE, "risky_operation");
    const double *seen;
    size_t count;
    tally_view *view;
    CHECK_OK(tally_array_new_f64(doubles, COUNT, &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    CHECK_INT(risky_operation("x"), TALLY_PARSE);
    CHECK_INT(tally_array_release_view(view), TALLY_OK);
    CHECK_INT(tally_array_release_view(NULL), TALLY_OK);
    CHECK_INT(tally_unref(array), TALLY_OK);
    CHECK_RECORD(TALLY_PARSE, "risky_operation");
}

/* Many threads use an array while its last reference goes: it is released once,
 * when the last of them is done, and on the thread that was last. */
#define THREADS 4
static tally_array *contended;
static pthread_barrier_t start;

static void *use_until_it_is_gone(void *argument) {
    (void)argument;
    double total, expected;
    CHECK_OK(tally_sum_f64(doubles, COUNT, &expected));
    pthread_barrier_wait(&start);
    for (int i = 0;; i++) {
        tally_status status = tally_array_sum_f64(contended, &total);
        if (status != TALLY_OK) {
            CHECK_INT(status, TALLY_STALE);
            return NULL;
        }
        CHECK_DOUBLE(total, expected);
        if (i % 3 == 0) {
            const double *seen;
            size_t count;
            tally_view *view;
            status = tally_array_view_f64(contended, &seen, &count, &view);
            if (status == TALLY_OK) {
                CHECK_BYTES(seen, doubles, sizeof doubles);
                CHECK_OK(tally_array_release_view(view));
            } else {
                CHECK_INT(status, TALLY_STALE);
            }
        }
    }
}

static void count_release(const void *values, size_t count, void *user_data) {
    CHECK(values == doubles && count == COUNT);
    __atomic_add_fetch((int *)user_data, 1, __ATOMIC_SEQ_CST);
}

static void the_last_one_out_releases(void) {
    int rounds = is_quick() ? 20 : 500;
    CHECK_INT(pthread_barrier_init(&start, NULL, THREADS + 1), 0);
    for (int round = 0; round < rounds; round++) {
        pthread_t threads[THREADS];
        int calls = 0;
        CHECK_OK(tally_array_borrow_f64(doubles, COUNT, count_release, &calls,
                                        &contended));
        for (int i = 0; i < THREADS; i++) {
            CHECK_INT(
                pthread_create(&threads[i], NULL, use_until_it_is_gone, NULL),
                0);
        }
        pthread_barrier_wait(&start);
        CHECK_OK(tally_unref(contended));
        for (int i = 0; i < THREADS; i++) {
            CHECK_INT(pthread_join(threads[i], NULL), 0);
        }
        CHECK_INT(calls, 1);
    }
    CHECK_INT(pthread_barrier_destroy(&start), 0);
}

/* The thread that gives the last thing back is the one that is called. */
static void *release_view(void *view) {
    CHECK_OK(tally_array_release_view(view));
    return NULL;
}

static void the_release_is_on_the_thread_that_was_last(void) {
    struct released released = {0, NULL, 0, pthread_self()};
    tally_array *array = NULL;
    const double *seen;
    size_t count;
    tally_view *view;
    pthread_t thread;
    CHECK_OK(tally_array_borrow_f64(doubles, COUNT, note_release, &released,
                                    &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    CHECK_OK(tally_unref(array));
    CHECK_INT(pthread_create(&thread, NULL, release_view, view), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(released.calls, 1);
    CHECK(pthread_equal(released.thread, thread));
}

int main(void) {
    an_array_of_f64_is_what_was_given();
    an_array_of_f32_is_what_was_given();
    an_array_of_i32_is_what_was_given();
    an_array_of_i64_is_what_was_given();
    an_array_of_u64_is_what_was_given();
    a_copy_is_aligned();
    a_view_of_borrowed_values_is_their_address();
    only_what_was_borrowed_is_released();
    totals_that_do_not_fit_are_errors();
    a_view_outlives_the_array();
    the_bytes_of_an_array_count_until_it_ends();
    the_last_reference_to_a_view_closes_it();
    there_is_an_end_to_views();
    a_callback_may_use_the_library();
    a_release_leaves_an_error_alone();
    the_last_one_out_releases();
    the_release_is_on_the_thread_that_was_last();
    return finish();
}
