/* Threads: errors are apart, sums are the same, handles go from one to another,
 * and the error path works to a thread's very end. */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <pthread.h>

#include "../check.h"

#define THREADS 8

static void run(void *(*body)(void *), void *arguments[THREADS]) {
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_create(&threads[i], NULL, body, arguments[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
    }
}

/* All threads fail in their own way, and each sees only its own. */
static void *see_only_own_errors(void *argument) {
    int number = *(int *)argument;
    CHECK_RECORD(TALLY_OK, "");
    int rounds = is_quick() ? 200 : 20000;
    for (int i = 0; i < rounds; i++) {
        char word[40], expected[80];
        snprintf(word, sizeof word, "thread-%d-%d", number, i);
        snprintf(expected, sizeof expected, "\"%s\" at byte 0", word);
        CHECK_INT(risky_operation(word), TALLY_PARSE);
        const char *message = tally_last_message();
        CHECK_CONTAINS(message, expected);
        CHECK_RECORD(TALLY_PARSE, "risky_operation");
        CHECK_CONTAINS(message, expected);
        if (i % 3 == number % 3) {
            CHECK_INT(rust_function(i), 2 * i);
            CHECK_RECORD(TALLY_OK, "");
        }
    }
    return NULL;
}

static void errors_are_apart(void) {
    int numbers[THREADS];
    void *arguments[THREADS];
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        arguments[i] = &numbers[i];
    }
    CHECK_INT(risky_operation("main"), TALLY_PARSE);
    run(see_only_own_errors, arguments);
    CHECK_CONTAINS(tally_last_message(), "main");
}

/* What is valid for as long as the library is, in the order of get_names(). */
static const char *names[4];

static void *get_names(void *argument) {
    double total;
    CHECK_REFUSED(tally_sum_f64(NULL, 1, &total), TALLY_NULL, "tally_sum_f64");
    names[0] = tally_last_function();
    names[1] = tally_status_name(TALLY_PARSE);
    names[2] = tally_status_name(1);
    names[3] = tally_version();
    return argument;
}

static void names_outlive_their_thread(void) {
    pthread_t thread;
    CHECK_INT(pthread_create(&thread, NULL, get_names, NULL), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(risky_operation("another failure"), TALLY_PARSE);
    CHECK_TEXT(names[0], "tally_sum_f64");
    CHECK_TEXT(names[1], "TALLY_PARSE");
    CHECK_TEXT(names[2], "TALLY_UNKNOWN");
    CHECK_TEXT(names[3], TALLY_VERSION);
}

/* Destructors of thread-specific data run when the thread is nearly gone, in
 * rounds: each call sets its own key anew until the last one. POSIX promises 4
 * of them; TALLY_TEST_END_ROUNDS may say fewer, for a tool that has forgotten
 * the thread by then. */
static pthread_key_t key;
static int end_rounds = 4;
static int ended;

static void fail_at_the_end(void *value) {
    int *left = value;
    double total;
    CHECK_REFUSED(tally_sum_f64(NULL, 1, &total), TALLY_NULL, "tally_sum_f64");
    CHECK_CONTAINS(tally_last_message(), "values");
    void *object = tally_object_new();
    CHECK_OK(tally_unref(object));
    CHECK_REFUSED(tally_unref(object), TALLY_STALE, "tally_unref");
    void *block = tally_alloc(10);
    tally_free(block);
    tally_free(block);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    if (--*left > 0) {
        CHECK_INT(pthread_setspecific(key, left), 0);
    } else {
        __atomic_add_fetch(&ended, 1, __ATOMIC_SEQ_CST);
        free(left);
    }
}

static void *end_with_a_failure(void *argument) {
    int *left = malloc(sizeof *left);
    *left = end_rounds;
    CHECK_INT(pthread_setspecific(key, left), 0);
    /* Some threads never called the library before. */
    if (argument != NULL) {
        CHECK_INT(rust_function(1), 2);
    }
    return NULL;
}

static void the_error_path_works_while_a_thread_ends(void) {
    void *arguments[THREADS] = {NULL, &key, NULL, &key};
    const char *wanted = getenv("TALLY_TEST_END_ROUNDS");
    end_rounds = wanted != NULL ? atoi(wanted) : end_rounds;
    CHECK_INT(pthread_key_create(&key, fail_at_the_end), 0);
    for (int i = 0; i < 20; i++) {
        run(end_with_a_failure, arguments);
    }
    CHECK_INT(ended, 20 * THREADS);
    CHECK_INT(pthread_key_delete(key), 0);
}

/* The same numbers from all threads at once, in other portions each time. */
#define COUNT 20000
static double values[COUNT];
static tally_shared *shared;

struct part {
    size_t first, end;
    uint64_t seed;
};

static void *add_a_part(void *argument) {
    struct part *part = argument;
    tally_accumulator own = TALLY_ACCUMULATOR_INIT;
    size_t first = part->first;
    while (first < part->end) {
        size_t count = 1 + random_word(&part->seed) % 200;
        count = count < part->end - first ? count : part->end - first;
        if (random_word(&part->seed) % 4 == 0) {
            CHECK_OK(tally_accumulator_add_f64(&own, values + first, count));
        } else {
            CHECK_OK(tally_shared_add_f64(shared, values + first, count));
        }
        first += count;
        if (random_word(&part->seed) % 8 == 0) {
            tally_accumulator now;
            double total;
            CHECK_OK(tally_shared_snapshot(shared, &now));
            CHECK_OK(tally_accumulator_value_f64(&now, &total));
        }
    }
    CHECK_OK(tally_shared_merge(shared, &own));
    CHECK_OK(tally_unref(shared));
    return NULL;
}

static void shared_sums_are_the_same_each_time(void) {
    uint64_t seed = 1;
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = ldexp((double)((int64_t)random_word(&seed) >> 11),
                          (int)(random_word(&seed) % 1800) - 1000);
    }
    values[17] = -0.0;
    values[18] = NAN;
    values[19] = INFINITY;
    tally_accumulator whole = TALLY_ACCUMULATOR_INIT, now;
    CHECK_OK(tally_accumulator_add_f64(&whole, values, COUNT));
    for (int round = 0; round < 10; round++) {
        CHECK_OK(tally_shared_new(&shared));
        struct part parts[THREADS];
        void *arguments[THREADS];
        for (size_t i = 0; i < THREADS; i++) {
            parts[i].first = COUNT * i / THREADS;
            parts[i].end = COUNT * (i + 1) / THREADS;
            parts[i].seed = random_word(&seed);
            arguments[i] = &parts[i];
            CHECK_OK(tally_ref(shared));
        }
        run(add_a_part, arguments);
        CHECK_OK(tally_shared_snapshot(shared, &now));
        CHECK_BYTES(&now, &whole, sizeof whole);
        CHECK_OK(tally_unref(shared));
    }
}

/* An array is added as a whole, and an accumulator too: no snapshot sees half
 * of it. */
static int adding;

static void *add_pairs(void *argument) {
    static const double pair[] = {1e300, 1.0, -1e300, 1.0};
    (void)argument;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&sum, pair, 4));
    for (int i = 0; i < 500; i++) {
        CHECK_OK(i % 2 == 0 ? tally_shared_add_f64(shared, pair, 4)
                            : tally_shared_merge(shared, &sum));
    }
    __atomic_sub_fetch(&adding, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

static void *look_at_pairs(void *argument) {
    (void)argument;
    int64_t last = 0;
    do {
        tally_accumulator now;
        int64_t total = -1, count = -1;
        CHECK_OK(tally_shared_snapshot(shared, &now));
        CHECK_OK(tally_accumulator_value_i64(&now, &total));
        CHECK_OK(tally_accumulator_count(&now, &count));
        CHECK_INT(2 * total, count);
        CHECK_INT(count % 4, 0);
        CHECK(count >= last);
        last = count;
    } while (__atomic_load_n(&adding, __ATOMIC_SEQ_CST) > 0);
    return NULL;
}

static void an_array_is_added_at_one_moment(void) {
    CHECK_OK(tally_shared_new(&shared));
    adding = THREADS - 2;
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_create(&threads[i], NULL,
                                 i < 2 ? look_at_pairs : add_pairs, NULL),
                  0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
    }
    tally_accumulator now;
    int64_t total = 0;
    CHECK_OK(tally_shared_snapshot(shared, &now));
    CHECK_OK(tally_accumulator_value_i64(&now, &total));
    CHECK_INT(total, 2 * 500 * (THREADS - 2));
    CHECK_OK(tally_unref(shared));
}

/* A value of four equal bytes is set as a whole, too. */
static void *object_of_all;

static void *set_equal_bytes(void *argument) {
    (void)argument;
    for (int i = 0; i < 20000; i++) {
        CHECK_OK(tally_object_set_value(object_of_all, i % 100 * 0x01010101));
    }
    __atomic_sub_fetch(&adding, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

static void *look_at_bytes(void *argument) {
    (void)argument;
    do {
        int32_t value = tally_object_value(object_of_all);
        CHECK_INT(value, value % 256 * 0x01010101);
    } while (__atomic_load_n(&adding, __ATOMIC_SEQ_CST) > 0);
    return NULL;
}

static void an_object_is_set_at_one_moment(void) {
    object_of_all = tally_object_new();
    adding = 2;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        CHECK_INT(pthread_create(&threads[i], NULL,
                                 i < 2 ? look_at_bytes : set_equal_bytes, NULL),
                  0);
    }
    for (int i = 0; i < 4; i++) {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
    }
    CHECK_INT(tally_object_value(object_of_all), 99 * 0x01010101);
    CHECK_OK(tally_unref(object_of_all));
}

/* What one thread makes, another may give back. */
static void *give_back(void *argument) {
    void **owned = argument;
    CHECK_INT(tally_object_value(owned[0]), 7);
    CHECK_OK(tally_unref(owned[0]));
    tally_free(owned[1]);
    tally_record_free(owned[2]);
    CHECK_RECORD(TALLY_OK, "");
    return NULL;
}

static void ownership_goes_from_thread_to_thread(void) {
    static void *owned[THREADS][3];
    void *arguments[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        tally_record *record = NULL;
        owned[i][0] = tally_object_new();
        CHECK_OK(tally_object_set_value(owned[i][0], 7));
        owned[i][1] = tally_alloc(100);
        CHECK_OK(tally_record_new(1, "name", 2, &record));
        owned[i][2] = record;
        arguments[i] = owned[i];
    }
    run(give_back, arguments);
    CHECK_LIVE(0, 0, 0);
}

/* However many blocks other threads free: one's own last ones are known. */
static void *free_many(void *argument) {
    (void)argument;
    for (int i = 0; i < 1000; i++) {
        tally_free(tally_alloc(100));
    }
    CHECK_RECORD(TALLY_OK, "");
    return NULL;
}

static void each_thread_has_its_own_last_blocks(void) {
    void *arguments[THREADS] = {NULL};
    void *block = tally_alloc(100);
    tally_free(block);
    run(free_many, arguments);
    tally_free(block);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_clear_error();
}

/* Of the larger ones, all threads have the last 64 together. */
static void *free_larger(void *count) {
    void *larger[64];
    for (int i = 0; i < *(int *)count; i++) {
        larger[i] = tally_alloc(2000);
    }
    for (int i = 0; i < *(int *)count; i++) {
        tally_free(larger[i]);
    }
    CHECK_RECORD(TALLY_OK, "");
    return NULL;
}

static void larger_blocks_are_remembered_by_the_process(void) {
    for (int count = 63; count <= 64; count++) {
        pthread_t thread;
        void *block = tally_alloc(2000);
        tally_free(block);
        CHECK_INT(pthread_create(&thread, NULL, free_larger, &count), 0);
        CHECK_INT(pthread_join(thread, NULL), 0);
        tally_free(block);
        CHECK_RECORD(count < 64 ? TALLY_STALE : TALLY_BAD_HANDLE, "tally_free");
        tally_clear_error();
    }
}

static void *free_one(void *block) {
    tally_free(block);
    CHECK_RECORD(TALLY_OK, "");
    return NULL;
}

/* They wait for the thread that takes its place. */
static void a_thread_that_ended_keeps_its_last_blocks(void) {
    pthread_t thread;
    void *block = tally_alloc(100);
    CHECK_INT(pthread_create(&thread, NULL, free_one, block), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    free_many(NULL);
    tally_free(block);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_clear_error();
}

int main(void) {
    errors_are_apart();
    names_outlive_their_thread();
    the_error_path_works_while_a_thread_ends();
    shared_sums_are_the_same_each_time();
    an_array_is_added_at_one_moment();
    an_object_is_set_at_one_moment();
    ownership_goes_from_thread_to_thread();
    each_thread_has_its_own_last_blocks();
    larger_blocks_are_remembered_by_the_process();
    a_thread_that_ended_keeps_its_last_blocks();
    return finish();
}
