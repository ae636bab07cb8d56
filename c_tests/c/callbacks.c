/* Callbacks: called as promised, stopped by a failure, with its error told. */
#include <math.h>

#include "../check.h"

/* process */

struct call {
    const void *data;
    int *result;
    int count, returns;
};

static struct call last_call;

static int remember(const void *data, int *result) {
    last_call.data = data;
    last_call.result = result;
    last_call.count++;
    /* As long as it has not returned, that is what the record says. */
    CHECK_INT(tally_last_status(), TALLY_CALLBACK);
    CHECK_TEXT(tally_last_message(), "callback did not return");
    CHECK_TEXT(tally_last_function(), "tally_process");
    return last_call.returns;
}

static void process_calls_once_and_passes_all_on(void) {
    static const int returns[] = {0, 1, -1, 77, INT32_MAX, INT32_MIN};
    /* Never read: these are not even pointers. */
    const void *data = (const void *)3;
    int *result = (int *)5;
    for (size_t i = 0; i < sizeof returns / sizeof *returns; i++) {
        last_call = (struct call){.returns = returns[i]};
        CHECK_INT(tally_process(data, remember, result), returns[i]);
        CHECK_INT(last_call.count, 1);
        CHECK(last_call.data == data && last_call.result == result);
        if (returns[i] == 0) {
            CHECK_RECORD(TALLY_OK, "");
        } else {
            char number[20];
            snprintf(number, sizeof number, "returned %d", returns[i]);
            CHECK_RECORD(TALLY_CALLBACK, "tally_process");
            CHECK_CONTAINS(tally_last_message(), number);
        }
    }
}

static int leaves_an_error(const void *data, int *result) {
    (void)data;
    (void)result;
    double total;
    CHECK_INT(tally_sum_f64(NULL, 1, &total), TALLY_NULL);
    return 9;
}

static int fails_after_a_success(const void *data, int *result) {
    leaves_an_error(data, result);
    CHECK_INT(rust_function(2), 4);
    return 9;
}

static int succeeds_with_an_error_left(const void *data, int *result) {
    leaves_an_error(data, result);
    return 0;
}

static void an_error_that_the_callback_leaves_follows(void) {
    CHECK_INT(tally_process(NULL, leaves_an_error, NULL), 9);
    CHECK_RECORD(TALLY_CALLBACK, "tally_process");
    CHECK_CONTAINS(tally_last_message(), "returned 9");
    CHECK_CONTAINS(tally_last_message(), "tally_sum_f64");
    CHECK_CONTAINS(tally_last_message(), "values is NULL");
    /* One that it did not leave does not. */
    CHECK_INT(tally_process(NULL, fails_after_a_success, NULL), 9);
    CHECK_RECORD(TALLY_CALLBACK, "tally_process");
    CHECK(strstr(tally_last_message(), "tally_sum_f64") == NULL);
    CHECK(strstr(tally_last_message(), "did not return") == NULL);
    CHECK_INT(tally_process(NULL, succeeds_with_an_error_left, NULL), 0);
    CHECK_RECORD(TALLY_OK, "");
}

static int nested(const void *data, int *result) {
    int depth = *(const int *)data;
    if (depth == 0) {
        *result = 1;
        return 0;
    }
    int inner = 0;
    depth--;
    CHECK_INT(tally_process(&depth, nested, &inner), 0);
    *result = inner + 1;
    return 0;
}

static void callbacks_may_call_the_library(void) {
    int depth = 100, result = 0;
    CHECK_INT(tally_process(&depth, nested, &result), 0);
    CHECK_INT(result, 101);
    CHECK_RECORD(TALLY_OK, "");
}

/* map */

struct mapping {
    int stop_at, calls;
    const size_t *done;
    int *results;
};

static int twice(const void *element, int *result, void *user_data) {
    struct mapping *mapping = user_data;
    int value;
    memcpy(&value, element, sizeof value);
    if (mapping->done != NULL) {
        /* *done is right at every moment. */
        CHECK_SIZE(*mapping->done, (size_t)mapping->calls);
    }
    mapping->calls++;
    *result = 2 * value;
    return value == mapping->stop_at ? -6 : 0;
}

static void map_goes_over_all_elements_in_order(void) {
    enum { COUNT = 100 };
    int values[COUNT], results[COUNT];
    for (int i = 0; i < COUNT; i++) {
        values[i] = i * i;
    }
    size_t done = 77;
    struct mapping mapping = {.stop_at = -1, .done = &done};
    CHECK_OK(tally_map(values, COUNT, sizeof *values, twice, &mapping, results,
                       &done));
    CHECK_SIZE(done, COUNT);
    CHECK_INT(mapping.calls, COUNT);
    for (int i = 0; i < COUNT; i++) {
        CHECK_INT(results[i], 2 * i * i);
    }
    /* Backwards, and always the same one. */
    mapping = (struct mapping){.stop_at = -1};
    CHECK_OK(tally_map(&values[9], 10, -(ptrdiff_t)sizeof *values, twice,
                       &mapping, results, NULL));
    CHECK_INT(results[0], 2 * 81);
    CHECK_INT(results[9], 0);
    CHECK_OK(tally_map(&values[9], 10, 0, twice, &mapping, results, NULL));
    CHECK_INT(results[0], 2 * 81);
    CHECK_INT(results[9], 2 * 81);
    done = 77;
    CHECK_OK(tally_map(values, 0, 4, twice, &mapping, results, &done));
    CHECK_SIZE(done, 0);
}

static void map_stops_where_the_callback_fails(void) {
    static const int values[] = {10, 20, 30, 40};
    for (size_t stop = 0; stop < 4; stop++) {
        int results[] = {-1, -1, -1, -1};
        size_t done = 77;
        struct mapping mapping = {.stop_at = values[stop], .done = &done};
        CHECK_REFUSED(tally_map(values, 4, 4, twice, &mapping, results, &done),
                      TALLY_CALLBACK, "tally_map");
        CHECK_CONTAINS(tally_last_message(), "returned -6");
        char element[20];
        snprintf(element, sizeof element, "element %zu", stop);
        CHECK_CONTAINS(tally_last_message(), element);
        CHECK_SIZE(done, stop);
        CHECK_INT(mapping.calls, (int)stop + 1);
        for (size_t i = 0; i < 4; i++) {
            CHECK_INT(results[i], i < stop ? 2 * values[i] : -1);
        }
    }
}

static void map_takes_any_alignment(void) {
    static const int values[] = {10, 20, 30};
    unsigned char elements[4 * 3 + 4], results[4 * 3 + 4];
    for (size_t offset = 0; offset < 4; offset++) {
        struct mapping mapping = {.stop_at = -1};
        memcpy(elements + offset, values, sizeof values);
        CHECK_OK(tally_map(elements + offset, 3, 4, twice, &mapping,
                           (int *)(void *)(results + offset), NULL));
        int copy[3];
        memcpy(copy, results + offset, sizeof copy);
        CHECK_INT(copy[0] + copy[1] + copy[2], 120);
    }
}

/* pull */

struct stream {
    size_t left, chunk;
    int calls;
    size_t last;
    tally_accumulator *into;
};

static double next_value(size_t left) {
    return (left % 2 == 0 ? 1.0 : -1.0) * ldexp(1.0, (int)(left % 1500) - 700);
}

static size_t give(double *buffer, size_t capacity, void *user_data) {
    struct stream *stream = user_data;
    stream->calls++;
    CHECK(capacity > 0);
    if (stream->into != NULL) {
        memset(stream->into, 0xa5, sizeof *stream->into);
    }
    size_t count = stream->left;
    if (count == 0) {
        return stream->last == 1 ? capacity + 1 : stream->last;
    }
    count = count < stream->chunk ? count : stream->chunk;
    count = count < capacity ? count : capacity;
    for (size_t i = 0; i < count; i++) {
        buffer[i] = next_value(stream->left--);
    }
    return count;
}

static void pull_adds_all_that_the_source_gives(void) {
    static const size_t chunks[] = {1, 7, 1000, SIZE_MAX};
    tally_accumulator own = TALLY_ACCUMULATOR_INIT;
    for (size_t left = 5000; left > 0; left--) {
        CHECK_OK(tally_accumulator_add_one_f64(&own, next_value(left)));
    }
    for (size_t i = 0; i < 4; i++) {
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        struct stream stream = {.left = 5000, .chunk = chunks[i]};
        CHECK_OK(tally_accumulator_pull(&sum, give, &stream));
        CHECK_BYTES(&sum, &own, sizeof sum);
        CHECK(stream.calls > 1);
        /* What the source does to the accumulator is overwritten. */
        sum = (tally_accumulator)TALLY_ACCUMULATOR_INIT;
        stream =
            (struct stream){.left = 5000, .chunk = chunks[i], .into = &sum};
        CHECK_OK(tally_accumulator_pull(&sum, give, &stream));
        CHECK_BYTES(&sum, &own, sizeof sum);
    }
    struct stream nothing = {.left = 0};
    tally_accumulator sum = own;
    CHECK_OK(tally_accumulator_pull(&sum, give, &nothing));
    CHECK_BYTES(&sum, &own, sizeof sum);
    CHECK_INT(nothing.calls, 1);
}

static void pull_adds_nothing_where_the_source_fails(void) {
    /* SIZE_MAX fails; 1 stands for one more than the capacity. */
    static const size_t lasts[] = {SIZE_MAX, 1, SIZE_MAX - 1};
    static const char *const messages[] = {
        "source failed", "values, capacity is ", "values, capacity is "};
    for (size_t i = 0; i < 3; i++) {
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        CHECK_OK(tally_accumulator_add_one_f64(&sum, 0.1));
        tally_accumulator before = sum;
        struct stream stream = {.left = 3000, .chunk = 500, .last = lasts[i]};
        CHECK_REFUSED(tally_accumulator_pull(&sum, give, &stream),
                      TALLY_CALLBACK, "tally_accumulator_pull");
        CHECK_CONTAINS(tally_last_message(), messages[i]);
        CHECK_BYTES(&sum, &before, sizeof sum);
    }
}

static size_t fails_with_an_error(double *buffer, size_t capacity, void *data) {
    (void)capacity;
    (void)data;
    CHECK_INT(tally_sum_f64(NULL, 1, buffer), TALLY_NULL);
    return SIZE_MAX;
}

static void pull_tells_the_error_that_the_source_left(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_REFUSED(tally_accumulator_pull(&sum, fails_with_an_error, NULL),
                  TALLY_CALLBACK, "tally_accumulator_pull");
    CHECK_CONTAINS(tally_last_message(), "values is NULL");
}

static size_t one_more(double *buffer, size_t capacity, void *user_data) {
    int *calls = user_data;
    buffer[capacity - 1] = 1.0;
    buffer[0] = 1.0;
    return ++*calls < 3 ? 1 : 0;
}

static void pull_into_a_full_count_changes_nothing(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    sum.opaque[34] = INT64_MAX - 1; /* The counter of values. */
    tally_accumulator before = sum;
    int calls = 0;
    CHECK_REFUSED(tally_accumulator_pull(&sum, one_more, &calls),
                  TALLY_OVERFLOW, "tally_accumulator_pull");
    CHECK_BYTES(&sum, &before, sizeof sum);
    CHECK_INT(calls, 3);
}

int main(void) {
    process_calls_once_and_passes_all_on();
    an_error_that_the_callback_leaves_follows();
    callbacks_may_call_the_library();
    map_goes_over_all_elements_in_order();
    map_stops_where_the_callback_fails();
    map_takes_any_alignment();
    pull_adds_all_that_the_source_gives();
    pull_adds_nothing_where_the_source_fails();
    pull_tells_the_error_that_the_source_left();
    pull_into_a_full_count_changes_nothing();
    return finish();
}
