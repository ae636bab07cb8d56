/*
 * A good call of every function of the header, for tests of what holds for all
 * of them. parameters.sh reads from the header which functions there are: one
 * without a row here fails each of those tests.
 *
 * A row has a step of preparation, for those that need a handle or a block, and
 * the call. What the call gives goes to *got, and no address does.
 */
#ifndef TALLY_C_TESTS_EVERY_FUNCTION_H
#define TALLY_C_TESTS_EVERY_FUNCTION_H

#include <math.h>
#if !defined(_WIN32)
#include <sys/mman.h>
#endif

#include "../arrow.h"
#include "../check.h"

/* Long enough for threads of the library's own. */
enum { MOST = 600000 };
static double x_values[MOST + 1], y_values[MOST + 1], weight_values[MOST + 1];
static float float_values[MOST + 1];
static int32_t int32s[MOST];
static int64_t int64s[MOST];
static uint64_t uint64s[MOST];
static const tally_int128 *int128s = (const void *)int64s;
static const double *x = x_values, *y = y_values, *weights = weight_values;
static const float *floats = float_values;
/* How many of them the calls get that have no threads, and that have. */
static size_t count = 9000, parallel_count = MOST;
/* Of parallel_count results, of which a call's last is kept. */
static double long_batch[MOST];
static int64_t long_batch_i64[MOST];
static double a_value = 1.5, another_value = 2.5;
/* What a small accumulator has room for. */
enum { FEW = 4 };
static const double few[FEW] = {0x1p-100, -0x1.8p100, 0x1.fp-52, 3.0};
static const tally_record a_record = {1, "one", 7};
static const char *numbers = "1e300 -1e-300 12.5 0.1 1e-310";
static const char *decimals = "1e321 -1e-342 12.50 -0.1";
static const char *field = "-12345678901234567890.5e-3";
static const char *integers = "12 30 -2";

static double wide(size_t i, int binades) {
    double digits = (double)(1 + i % 97);
    return ldexp(i % 2 ? digits : -digits, (int)(i * 7 % (size_t)binades));
}

/* Fills the arrays with values spread over a number of binades. */
static inline void fill(int binades) {
    for (size_t i = 0; i < MOST; i++) {
        x_values[i] = wide(i, binades) / ldexp(1, binades / 2);
        y_values[i] = wide(i / 3 + 1, binades) / ldexp(1, binades / 2);
        weight_values[i] = fabs(y_values[i]);
        float_values[i] = (float)wide(i, binades < 100 ? binades : 100);
        int32s[i] = (int32_t)(i * 7) - MOST;
        int64s[i] = (int64_t)(i * i) - MOST;
        uint64s[i] = i * i;
    }
}

/* Where the arrays begin: 1 is a place where nothing is aligned. */
static inline void place_at(size_t offset) {
    const void *arrays[] = {
        (char *)x_values + offset, (char *)y_values + offset,
        (char *)weight_values + offset, (char *)float_values + offset};
    memmove((char *)x_values + offset, x, MOST * sizeof *x);
    memmove((char *)y_values + offset, y, MOST * sizeof *y);
    memmove((char *)weight_values + offset, weights, MOST * sizeof *weights);
    memmove((char *)float_values + offset, floats, MOST * sizeof *floats);
    x = arrays[0], y = arrays[1], weights = arrays[2], floats = arrays[3];
}

/* The kinds of states. */
#define KINDS(DO)                                                              \
    DO(accumulator) DO(product_accumulator) DO(moments) DO(decimal)

/* States to read, to merge and to load: plain memory, so that another process
 * can have made them. */
#define GIVEN_OF(kind)                                                         \
    tally_##kind kind;                                                         \
    unsigned char saved_##kind[1024];                                          \
    size_t size_##kind;
static struct given {
    KINDS(GIVEN_OF)
    GIVEN_OF(small_accumulator)
    tally_accumulator weights;
    tally_moments others;
    tally_decimal scaled;
    /* Totals that every type holds. */
    tally_accumulator integer;
    tally_small_accumulator small_integer;
    tally_product_accumulator integer_products;
} *given;

static inline void make_given(void) {
    size_t consumed, values;
    memset(given, 0, sizeof *given);
    CHECK_OK(tally_accumulator_add_f64(&given->accumulator, x, count));
    CHECK_OK(tally_accumulator_add_f64(&given->weights, weights, count));
    CHECK_OK(tally_product_accumulator_add_f64(&given->product_accumulator, x,
                                               y, count));
    CHECK_OK(tally_moments_add_f64(&given->moments, x, count));
    CHECK_OK(tally_moments_add_f64(&given->others, y, count));
    CHECK_OK(tally_decimal_add_text(&given->decimal, decimals, strlen(decimals),
                                    ' ', 1, &consumed, &values));
    CHECK_OK(tally_decimal_add_scaled(&given->scaled, int64s, count, 330));
    CHECK_OK(tally_accumulator_add_one_f64(&given->integer, 2));
    CHECK_OK(tally_small_accumulator_add_one_f64(&given->small_integer, 2));
    for (size_t i = 0; i < FEW; i++) {
        CHECK_OK(tally_small_accumulator_add_one_f64(&given->small_accumulator,
                                                     few[i]));
    }
    CHECK_OK(
        tally_product_accumulator_add_one_f64(&given->integer_products, 2, 3));
#define SAVE(kind)                                                             \
    CHECK_OK(tally_##kind##_save(&given->kind, given->saved_##kind,            \
                                 sizeof given->saved_##kind,                   \
                                 &given->size_##kind));
    KINDS(SAVE)
    SAVE(small_accumulator)
}

/* What a call gives. */
static struct results {
    double group_f64[2];
    int64_t group_i64[2];
    tally_status status, last;
    double f64, other_f64, third_f64;
    float f32;
    int32_t i32;
    int64_t i64, special_counts[3];
    uint64_t u64;
    size_t size, other_size, third_size;
    int number, numbers[3];
    double batch[5000];
    int64_t batch_i64[5000];
#define GOT_OF(kind) tally_##kind kind;
    KINDS(GOT_OF)
    GOT_OF(small_accumulator)
    char text[4096], message[256];
} *got;

/* What is made before a call or by it, and given back after it. */
static void *handle, *block;
static tally_shared *shared;
static tally_array *array;
static tally_view *view;
static tally_record *record;
static char *string;

static inline void nothing(void) {}

static inline void an_object(void) {
    handle = tally_object_new();
    CHECK(handle != NULL);
}

static inline void a_reference(void) {
    an_object();
    CHECK_OK(tally_ref(handle));
}

static inline void a_shared_one(void) {
    CHECK_OK(tally_shared_new(&shared));
}

static inline void a_block(void) {
    block = tally_alloc(100);
    CHECK(block != NULL);
}

static inline void a_copied_record(void) {
    CHECK_OK(tally_record_new(1, "one", 1, &record));
}

static inline void an_array_f64(void) {
    CHECK_OK(tally_array_new_f64(x, count, &array));
}

static inline void an_array_f32(void) {
    CHECK_OK(tally_array_new_f32(floats, count, &array));
}

static inline void an_array_i32(void) {
    CHECK_OK(tally_array_new_i32(int32s, count, &array));
}

static inline void an_array_i64(void) {
    CHECK_OK(tally_array_new_i64(int64s, count, &array));
}

static inline void an_array_u64(void) {
    CHECK_OK(tally_array_new_u64(uint64s, count, &array));
}

/* A batch with nulls of its own and of its columns, and a stream of two. */
static struct arrow_data batch, batch_x, batch_cents;
static struct arrow_source batch_source;
static struct ArrowArrayStream stream;

static inline void a_batch(void) {
    const int64_t rows = (int64_t)count / 2;
    make_arrow(&batch, "+s", "", rows, 1, uint64s, NULL);
    make_arrow(&batch_x, "g", "x", rows + 1, 2, int64s, x);
    add_arrow_field(&batch, &batch_x);
}

/* A batch of decimals, of 16 bytes each. */
static inline void a_batch_of_decimals(void) {
    const int64_t rows = (int64_t)count / 4;
    make_arrow(&batch, "+s", "", rows, 1, uint64s, NULL);
    make_arrow(&batch_cents, "d:38,2", "cents", rows + 1, 1, int64s, int128s);
    add_arrow_field(&batch, &batch_cents);
}

static inline void as_a_stream(void) {
    static const struct arrow_data *const batches[] = {&batch, &batch};
    make_arrow_stream(&stream, &batch_source, batches, 2);
}

static inline void a_batch_in_a_stream(void) {
    a_batch();
    as_a_stream();
}

static inline void a_batch_of_decimals_in_a_stream(void) {
    a_batch_of_decimals();
    as_a_stream();
}

static inline void a_view(void) {
    const double *values;
    size_t length;
    an_array_f64();
    CHECK_OK(tally_array_view_f64(array, &values, &length, &view));
}

static inline void a_reference_to_a_view(void) {
    a_view();
    CHECK_OK(tally_ref(view));
}

static inline void give_all_back(void) {
    tally_unref(handle), tally_unref(shared), tally_unref(array);
    tally_unref(view), tally_free(block), tally_free(string);
    tally_record_free(record);
    handle = NULL, shared = NULL, array = NULL, view = NULL, block = NULL;
    string = NULL, record = NULL;
}

/* Callbacks only copy: they run in whatever environment the call does. */
static inline int copy_int(const void *data, int *result) {
    memcpy(result, data, sizeof *result);
    return 0;
}

static inline int copy_element(const void *element, int *result, void *unused) {
    (void)unused;
    return copy_int(element, result);
}

static inline void *no_room(size_t size, void *unused) {
    (void)size, (void)unused;
    return NULL;
}

/* Gives `count` values in all. */
static inline size_t some_values(double *buffer, size_t capacity,
                                 void *given_so_far) {
    size_t *done = given_so_far, n = count - *done;
    n = n < capacity ? n : capacity;
    memcpy(buffer, (const char *)x + *done * sizeof *x, n * sizeof *x);
    *done += n;
    return n;
}

static inline void no_release(const void *values, size_t length, void *unused) {
    (void)values, (void)length, (void)unused;
}

struct function {
    const char *name;
    void (*prepare)(void), (*call)(void);
};

#define ROW(function, prepare, ...)                                            \
    static void call_##function(void) {                                        \
        __VA_ARGS__;                                                           \
    }
#include "every_function_rows.h"
#undef ROW

#define ROW(function, prepare, ...) {#function, prepare, call_##function},
static const struct function functions[] = {
#include "every_function_rows.h"
};
#undef ROW
enum { FUNCTIONS = sizeof functions / sizeof *functions };

#define FUNCTION(name) {#name, "", ""},
#define PARAMETER(function, parameter, kind) {#function, #parameter, #kind},
static const struct parameter {
    const char *function, *parameter, *kind;
} parameters[] = {
#include "parameters.inc"
};
enum { PARAMETERS = sizeof parameters / sizeof *parameters };

static inline bool is_a_row(const char *name) {
    for (size_t i = 0; i < FUNCTIONS; i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static inline void check_that_no_function_is_missing(void) {
    for (size_t i = 0; i < PARAMETERS; i++) {
        struct place at = {"include/tally.h", 0, parameters[i].function};
        if (parameters[i].parameter[0] == '\0' &&
            !is_a_row(parameters[i].function) && check_failed(&at)) {
            fprintf(stderr, "    has no row in every_function_rows.h\n");
        }
    }
}

/* Memory that a child shares with its parent; on Windows there is none. */
static inline void share_memory(void) {
#if defined(_WIN32)
    char *memory = calloc(1, sizeof *given + 4096 + sizeof *got);
    CHECK(memory != NULL);
#else
    char *memory =
        mmap(NULL, sizeof *given + 4096 + sizeof *got, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(memory != MAP_FAILED);
#endif
    given = (void *)memory;
    got = (void *)(memory + (sizeof *given + 4095) / 4096 * 4096);
}

#endif
