/*
 * How much stack each function uses, and each within each function that calls
 * back: the README says that 96 KiB are enough, and 12 KiB for each level more.
 *
 * A thread gets a larger stack that was painted before; where the paint has
 * gone is how deep it came. What the system itself keeps on it counts.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <pthread.h>

#include "matrix.h"

enum {
    KIB = 1024,
    PROMISE = 96 * KIB,
    LEVEL = 12 * KIB,
    SIZE = 512 * KIB,
    PAINT = 0xa5
};

static unsigned char *stack;

/* The function that is called last, from wherever. */
static const struct function *innermost;
static size_t calls;

static void call_innermost(void) {
    innermost->call();
    calls++;
}

static int within_process(const void *data, int *result) {
    (void)data, (void)result;
    call_innermost();
    return 0;
}

static int within_map(const void *element, int *result, void *unused) {
    (void)element, (void)result, (void)unused;
    call_innermost();
    return 0;
}

static size_t within_pull(double *buffer, size_t capacity, void *done) {
    (void)buffer, (void)capacity;
    if (!*(bool *)done) {
        call_innermost();
    }
    *(bool *)done = true;
    return 0;
}

static void within_release(const void *values, size_t length, void *unused) {
    (void)values, (void)length, (void)unused;
    call_innermost();
}

static void process(void) {
    CHECK_INT(tally_process(NULL, within_process, NULL), 0);
}

static void process_classic(void) {
    CHECK_INT(process_with_callback(NULL, within_process, NULL), 0);
}

static void map(void) {
    int result;
    size_t done;
    CHECK_OK(tally_map(int32s, 1, 4, within_map, NULL, &result, &done));
}

static void pull(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    bool done = false;
    CHECK_OK(tally_accumulator_pull(&sum, within_pull, &done));
}

/* The last reference goes with unref(), or the last view. */
static void unref(void) {
    tally_array *borrowed;
    CHECK_OK(tally_array_borrow_f64(x, 1, within_release, NULL, &borrowed));
    CHECK_OK(tally_unref(borrowed));
}

static void release_view(void) {
    tally_array *borrowed;
    tally_view *last;
    const double *values;
    size_t length;
    CHECK_OK(tally_array_borrow_f64(x, 1, within_release, NULL, &borrowed));
    CHECK_OK(tally_array_view_f64(borrowed, &values, &length, &last));
    CHECK_OK(tally_unref(borrowed));
    CHECK_OK(tally_array_release_view(last));
}

static void *within_room(size_t size, void *user_data) {
    call_innermost();
    return size == sizeof(tally_accumulator) ? user_data : NULL;
}

static void grow(void) {
    static tally_accumulator room;
    tally_small_accumulator sum = TALLY_SMALL_ACCUMULATOR_INIT;
    tally_small_accumulator *const into[] = {&sum, &sum};
    const double wide_values[] = {0x1p1000, 1.0};
    const tally_column wide = TALLY_COLUMN(TALLY_F64, wide_values, 2);
    size_t done;
    CHECK_OK(tally_small_accumulator_add_scattered(into, &wide, within_room,
                                                   &room, &done));
    CHECK_SIZE(done, 2);
}

static int within_next(struct ArrowArrayStream *within,
                       struct ArrowArray *out) {
    /* The first one, so that there is an array to come. */
    struct arrow_source *own = within->private_data;
    if (own->given == 0) {
        call_innermost();
    }
    return give_arrow_array(within, out);
}

/* Those of a stream of its own, of two columns at a time. */
static void take_stream(void) {
    const double one = 1;
    struct arrow_data numbers;
    const struct arrow_data *const chunks[] = {&numbers};
    struct arrow_source own;
    struct ArrowArrayStream within;
    tally_product_accumulator sum = TALLY_PRODUCT_ACCUMULATOR_INIT;
    make_arrow(&numbers, "g", "", 1, 0, NULL, &one);
    make_arrow_stream(&within, &own, chunks, 1);
    within.get_next = within_next;
    CHECK_OK(
        tally_product_accumulator_add_arrow_stream(&sum, &within, NULL, NULL));
}

/* By the function that takes the callback: parameters.sh finds those. */
static const struct way {
    const char *name;
    void (*call)(void);
} ways[] = {
    {"", call_innermost},
    {"tally_process", process},
    {"process_with_callback", process_classic},
    {"tally_map", map},
    {"tally_accumulator_pull", pull},
    {"tally_small_accumulator_add_scattered", grow},
    /* Subtracting has the body of adding. */
    {"tally_small_accumulator_subtract_scattered", NULL},
    {"tally_product_accumulator_add_arrow_stream", take_stream},
    {"tally_array_borrow_f64", unref},
    {"tally_array_borrow_f64", release_view},
    /* The release of an array is the same for all types. */
    {"tally_array_borrow_f32", NULL},
    {"tally_array_borrow_i32", NULL},
    {"tally_array_borrow_i64", NULL},
    {"tally_array_borrow_u64", NULL},
    /* A stream of one column takes less. */
    {"tally_accumulator_add_arrow_stream", NULL},
    {"tally_moments_add_arrow_stream", NULL},
    {"tally_decimal_add_arrow_stream", NULL},
};
enum { WAYS = sizeof ways / sizeof *ways };

static void check_that_no_way_is_missing(void) {
    for (size_t i = 0; i < PARAMETERS; i++) {
        struct place at = {"include/tally.h", 0, parameters[i].function};
        bool found = strcmp(parameters[i].kind, "CALLBACK") != 0 &&
                     strcmp(parameters[i].parameter, "stream") != 0;
        for (size_t w = 0; w < WAYS; w++) {
            found |= strcmp(ways[w].name, parameters[i].function) == 0;
        }
        if (!found && check_failed(&at)) {
            fprintf(stderr, "    calls back, and has no row in `ways`\n");
        }
    }
}

static void *run(void *way) {
    ((const struct way *)way)->call();
    return NULL;
}

/* The bytes of its stack that a thread used. */
static size_t measure(const struct way *way) {
    pthread_attr_t attributes;
    pthread_t thread;
    size_t untouched = 0;
    memset(stack, PAINT, SIZE);
    CHECK_INT(pthread_attr_init(&attributes), 0);
    CHECK_INT(pthread_attr_setstack(&attributes, stack, SIZE), 0);
    CHECK_INT(pthread_create(&thread, &attributes, run, (void *)way), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(pthread_attr_destroy(&attributes), 0);
    while (untouched < SIZE && stack[untouched] == PAINT) {
        untouched++;
    }
    return SIZE - untouched;
}

static size_t most, without_callback;
static char most_of[200];

static void check_use(const struct way *way, const struct function *function,
                      int binades) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    size_t before = calls;
    innermost = function;
    memset(got, 0, sizeof *got);
    function->prepare();
    size_t used = measure(way);
    if (way == ways && used > without_callback) {
        without_callback = used;
    }
    give_all_back();
    check_int(got->status, TALLY_OK, &at);
    check_that(calls == before + 1, &at);
    if (used > most) {
        most = used;
        snprintf(most_of, sizeof most_of, "%s%s%s", way->name,
                 way->name[0] == '\0' ? "" : ", within it ", function->name);
    }
    if (used > PROMISE && check_failed(&at)) {
        fprintf(stderr, "    used %zu bytes, within \"%s\", %d binades\n", used,
                way->name, binades);
    }
    check_that(used <= without_callback + LEVEL, &at);
    if (getenv("TALLY_STACK_USE") != NULL) {
        printf("%zu %s %s %d\n", used, function->name, way->name, binades);
    }
}

/* As they are now: the way to the function, and the data. */
static const struct way *way_now = ways;
static int binades_now = 1;

static void on_little_stack(const struct function *function) {
    make_long(function);
    check_use(way_now, function, binades_now);
}

/* A fault: more than was promised. */
static void use_97_kib(void) {
    volatile char bytes[97 * KIB];
    for (size_t i = 0; i < sizeof bytes; i += KIB) {
        bytes[i] = 1;
    }
}

int main(void) {
    /* Friendly data, wide, and wider than kernels of products take. */
    static const int spreads[] = {1, 400, 900};
    check_that_no_function_is_missing();
    check_that_no_way_is_missing();
    /* Tools that run with TALLY_TEST_QUICK have larger frames, or know a stack
     * that is over. */
    if (is_quick()) {
        return skip_all("the stack cannot be measured here");
    }
    share_memory();
    CHECK_INT(posix_memalign((void **)&stack, 64 * KIB, SIZE), 0);
    for (size_t s = 0; s < 3; s++) {
        fill(spreads[s]);
        way_now = ways;
        CHECK_SEEN(on_little_stack, "97 KiB", nothing, use_97_kib);
        for (size_t offset = 0; offset < 2; offset++) {
            place_at(offset);
            make_given();
            binades_now = spreads[s];
            for (way_now = ways; way_now < ways + WAYS; way_now++) {
                if (way_now->call != NULL) {
                    every_function_in(LITTLE_STACK, 1, on_little_stack);
                }
            }
        }
        place_at(0);
    }
    printf("%zu bytes at most: %s\n", most, most_of);
    free(stack);
    return finish();
}
