/*
 * Every pointer, length and enum of every function, given wrongly.
 *
 * The rows are in bad_arguments_*.h, one for each way to be wrong (or, where
 * NULL or any number is allowed, one that shows it). What must have a row is
 * read from the header by parameters.sh, into parameters.inc: a parameter
 * without a row fails this test, and so does a function that has neither a row
 * nor a place in the list of those that take nothing of the kind.
 *
 * Each row is checked for its status, the record's status, function and
 * message, and for outputs that are as they were before: all of them lie in
 * one struct, which is compared byte by byte.
 */
#include "../arrow.h"
#include "../check.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* As many as the rows' calls say that there are. */
#define GIVEN 3
/* More elements than memory can hold, of a size of 4 or more bytes, but no
 * obviously negative number. */
#define TOO_MANY (SIZE_MAX / 4 + 1)
#define TALLY_UNKNOWN_STATUS (-1000)

static const double doubles[GIVEN] = {1.5, 2.25, -3.0};
static const double other_doubles[GIVEN] = {3.0, 1.0, 2.0};
static const float floats[GIVEN] = {1.5F, 2.25F, -3.0F};
static const int32_t int32s[GIVEN] = {1, 2, 3};
static const int64_t int64s[GIVEN] = {1, 2, 3};
static const uint64_t uint64s[GIVEN] = {1, 2, 3};
static const tally_int128 int128s[GIVEN] = {{1, 0}, {2, 0}, {3, -1}};
static const int ints[GIVEN] = {1, 2, 3};
static const uint8_t bits[1] = {7};
static const char not_utf8[] = "a\xff";

#define COLUMN(size, type, flags, values, count, stride, validity, offset)     \
    {(size), (type), (flags), (values), (count), (stride), (validity), (offset)}
static const struct good_columns {
    tally_column f64, i64, fewer, nothing, same, one;
} good_columns = {
    COLUMN(sizeof(tally_column), TALLY_F64, 0, doubles, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, int64s, GIVEN, 8, bits, 0),
    COLUMN(sizeof(tally_column), TALLY_F64, 0, doubles, GIVEN - 1, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_F64, 0, NULL, 0, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_F64, 0, doubles, GIVEN, 0, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_F64, 0, doubles, 1, 8, NULL, 0),
};

/* Each wrong in one way. Of `larger`, bytes follow that are not 0. */
static const struct bad_columns {
    tally_column no_size, too_small, any_size, no_type, last_type,
        negative_type, unknown_flag, null_values, at_the_end, too_many,
        wide_stride, before_memory, large_offset, bits_at_the_end,
        bytes_at_the_end;
    struct {
        tally_column column;
        size_t more;
    } larger;
} bad_columns = {
    COLUMN(0, TALLY_I64, 0, int64s, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column) - 1, TALLY_I64, 0, int64s, GIVEN, 8, NULL, 0),
    COLUMN(SIZE_MAX, TALLY_I64, 0, int64s, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), 0, 0, int64s, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_BOOL + 1, 0, int64s, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), -1, 0, int64s, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_I64, 4, int64s, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, NULL, GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, (const void *)(UINTPTR_MAX - 7),
           GIVEN, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, int64s, SIZE_MAX, 8, NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, int64s, GIVEN, PTRDIFF_MAX, NULL,
           0),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, (const void *)16, GIVEN, -9,
           NULL, 0),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, int64s, GIVEN, 8, bits,
           SIZE_MAX),
    COLUMN(sizeof(tally_column), TALLY_I64, 0, int64s, GIVEN, 8,
           (const uint8_t *)UINTPTR_MAX, 8),
    COLUMN(sizeof(tally_column), TALLY_I64, TALLY_BYTE_MASK, int64s, GIVEN, 8,
           (const uint8_t *)(UINTPTR_MAX - 1), 0),
    {COLUMN(sizeof(tally_column) + sizeof(size_t), TALLY_I64, 0, int64s, GIVEN,
            8, NULL, 0),
     1},
};

/* The kinds of states. */
#define KINDS(DO)                                                              \
    DO(accumulator) DO(product_accumulator) DO(moments) DO(decimal)

/* Of each kind one with a total, one with the status of an earlier failure, one
 * of bytes that are none, and the first one saved. */
#define STATES_OF(kind)                                                        \
    static tally_##kind good_##kind, failed_##kind, damaged_##kind;            \
    static unsigned char saved_##kind[1024];                                   \
    static size_t saved_##kind##_size;
KINDS(STATES_OF)
STATES_OF(small_accumulator)

/* Too wide for a small accumulator: values, and a saved one. The first alone is
 * too far from what is good. */
static const double wide_doubles[GIVEN] = {1e300, 1.5, -1e-300};
static unsigned char saved_wide[TALLY_ACCUMULATOR_SAVED_MAX];
static size_t saved_wide_size;

/* Good ones of nothing. */
static const tally_accumulator empty;
static const tally_product_accumulator no_products;
static const tally_moments no_moments;
static const tally_small_accumulator no_small;

/* Those of a line. */
static tally_moments line_moments;
static tally_product_accumulator line_products;

/* Whatever a call could write to, in one place. */
#define OUTPUTS_OF(kind)                                                       \
    tally_##kind kind, kind##_list[GIVEN], failed_##kind, damaged_##kind;
static struct outputs {
    int64_t i64, high, total_i32, total_i64;
    uint64_t u64, total_u64;
    double f64, total_f64, other_f64;
    float f32, total_f32;
    int32_t i32;
    size_t size, other_size;
    int results[GIVEN];
    double group_f64[GIVEN + 1];
    int64_t group_i64[GIVEN + 1];
    double results_f64[GIVEN];
    int64_t results_i64[GIVEN];
    char text[8];
    KINDS(OUTPUTS_OF)
    OUTPUTS_OF(small_accumulator)
    tally_accumulator *room;
    char *string;
    tally_record *record;
    tally_shared *shared;
    tally_array *array;
    tally_type element_type;
    tally_column column;
    tally_view *view;
    const double *values_f64;
    const float *values_f32;
    const int32_t *values_i32;
    const int64_t *values_i64;
    const uint64_t *values_u64;
    const void *opened;
    unsigned char sealed[TALLY_ACCUMULATOR_SAVED_MAX + TALLY_SEAL_SIZE];
} out, untouched;

/* What a column of values is added to. */
static tally_accumulator *const into_accumulator[GIVEN] = {
    &out.accumulator, &out.accumulator, &out.accumulator_list[0]};
static tally_small_accumulator *const into_small_accumulator[GIVEN] = {
    &out.small_accumulator, &out.small_accumulator,
    &out.small_accumulator_list[0]};

/* The saved accumulator, sealed. */
static unsigned char sealed[TALLY_ACCUMULATOR_SAVED_MAX + TALLY_SEAL_SIZE];
static size_t sealed_size;

static void *object, *stale_object, *shared_as_object;
static tally_shared *shared, *stale_shared, *object_as_shared;
static tally_array *array_f64, *array_f32, *array_i32, *array_i64, *array_u64;
static tally_array *other_than_f64, *other_than_f32, *other_than_i32,
    *other_than_i64, *other_than_u64;
static tally_array *stale_array, *object_as_array;
static tally_view *stale_view, *array_as_view;
static void *block, *freed_block;
static tally_record *record, *freed_record;
static const tally_record records[GIVEN] = {
    {1, "a", 1}, {2, "b", 2}, {3, NULL, 3}};
static const tally_record not_utf8_record = {1, not_utf8, 1};

/* Looks like a pointer, was never a handle. */
static void *foreign(void) {
    return &out;
}

static int no_result(const void *data, int *result) {
    (void)data;
    (void)result;
    return 0;
}

static int one(const void *element, int *result, void *user_data) {
    (void)element;
    (void)user_data;
    *result = 1;
    return 0;
}

static size_t no_values(double *buffer, size_t capacity, void *user_data) {
    (void)buffer;
    (void)capacity;
    (void)user_data;
    return 0;
}

static void *no_room(size_t size, void *user_data) {
    (void)size;
    (void)user_data;
    return NULL;
}

static void no_release(const void *values, size_t count, void *user_data) {
    (void)values;
    (void)count;
    (void)user_data;
}

/* For functions that return no status: `got` is what a refused call returns,
 * the status is in the record. */
static tally_status returning(long long got, long long want) {
    CHECK_INT(got, want);
    return tally_last_status();
}

static tally_status returning_null(const void *got) {
    CHECK(got == NULL);
    return tally_last_status();
}

static tally_status returning_text(const char *got, const char *want) {
    CHECK_TEXT(got, want);
    return tally_last_status();
}

/* A block that was given: counted as success, and freed. */
static tally_status giving(void *given) {
    CHECK(given != NULL);
    tally_status status = tally_last_status();
    tally_free(given);
    return status;
}

static tally_status giving_string(tally_status status) {
    tally_free(out.string);
    out.string = untouched.string;
    return status;
}

/* The one output that a buffer too small does not leave alone. */
static tally_status with_needed_size(tally_status status, size_t needed) {
    CHECK_SIZE(out.size, needed);
    out.size = untouched.size;
    return status;
}

/* Of a column of which no row was done, it is said. */
static tally_status with_rows_done(tally_status status) {
    CHECK_SIZE(out.size, 0);
    out.size = untouched.size;
    return status;
}

static tally_status giving_record(tally_status status) {
    tally_record_free(out.record);
    out.record = untouched.record;
    return status;
}

static tally_status giving_array(tally_status status) {
    CHECK_INT(tally_unref(out.array), TALLY_OK);
    out.array = untouched.array;
    return status;
}

/* A batch of one column, and streams of it. */
static struct arrow_data batch, batch_x, released;
static struct ArrowArrayStream stream, released_stream;
static struct arrow_source source;

static void make_batch(void) {
    make_arrow(&batch, "+s", "", GIVEN, 0, NULL, NULL);
    make_arrow(&batch_x, "g", "x", GIVEN, 0, bits, doubles);
    add_arrow_field(&batch, &batch_x);
    released = batch_x;
    released.schema.release = NULL;
    released.array.release = NULL;
}

static struct ArrowArrayStream *a_stream(void) {
    static const struct arrow_data *const batches[] = {&batch};
    make_arrow_stream(&stream, &source, batches, 1);
    return &stream;
}

static struct ArrowArrayStream *a_failing_stream(void) {
    a_stream();
    source.failing = 1;
    source.error = 5;
    return &stream;
}

struct row {
    const char *function, *parameter, *what;
    tally_status expected;
    struct place at;
};

#include "bad_arguments_patterns.h"

/* The list of rows is read twice: for the calls, and for the table. A pattern
 * makes several rows of one line, so that they are known by their number. */
#define ROW(function, parameter, what, expected, ...)                          \
    if (row++ == wanted) {                                                     \
        return __VA_ARGS__;                                                    \
    }
static tally_status call(size_t wanted) {
    size_t row = 0;
#include "bad_arguments_rows.h"
    CHECK(row > wanted);
    return TALLY_PANIC;
}
#undef ROW

#define ROW(function, parameter, what, expected, ...)                          \
    {#function,                                                                \
     #parameter,                                                               \
     what,                                                                     \
     expected,                                                                 \
     {__FILE__, __LINE__, #function " " #parameter " " what}},
static const struct row rows[] = {
#include "bad_arguments_rows.h"
};
#undef ROW

/* What the header has. */
#define FUNCTION(name) {#name, "", ""},
#define PARAMETER(function, parameter, kind) {#function, #parameter, #kind},
static const struct parameter {
    const char *function, *parameter, *kind;
} parameters[] = {
#include "parameters.inc"
};

/* Functions without a pointer, a length or an enum. */
static const char *const without_such[] = {
    "tally_last_status",      "tally_last_message",
    "tally_last_function",    "tally_clear_error",
    "tally_version",          "tally_version_number",
    "tally_accumulator_size", "tally_object_new",
    "rust_function",          "rust_function_system",
    "rust_function_win64",    "rust_function_sysv64",
    "rust_function_stdcall",  "rust_function_fastcall",
    "get_last_error",         "c_object_new",
    "tally_moments_size",     "tally_product_accumulator_size",
    "tally_decimal_size",     "tally_small_accumulator_size",
};

static bool has_row(const char *function, const char *parameter) {
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (strcmp(rows[i].function, function) == 0 &&
            (parameter[0] == '\0' ||
             strcmp(rows[i].parameter, parameter) == 0)) {
            return true;
        }
    }
    return false;
}

static bool is_listed(const char *function) {
    for (size_t i = 0; i < COUNT_OF(without_such); i++) {
        if (strcmp(without_such[i], function) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_in_header(const char *function, const char *parameter) {
    for (size_t i = 0; i < COUNT_OF(parameters); i++) {
        if (strcmp(parameters[i].function, function) == 0 &&
            strcmp(parameters[i].parameter, parameter) == 0) {
            return true;
        }
    }
    return false;
}

static void check_that_nothing_is_missing(void) {
    for (size_t i = 0; i < COUNT_OF(parameters); i++) {
        const struct parameter *p = &parameters[i];
        bool listed = is_listed(p->function);
        struct place at = {"include/tally.h", 0, p->function};
        if (p->parameter[0] == '\0') {
            if (listed == has_row(p->function, "") && check_failed(&at)) {
                fprintf(stderr, "    needs a row, or a place in the list of "
                                "functions without such parameters\n");
            }
        } else if (!has_row(p->function, p->parameter) && check_failed(&at)) {
            fprintf(stderr, "    has no row for %s, a %s\n", p->parameter,
                    p->kind);
        }
    }
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (!is_in_header(rows[i].function, rows[i].parameter) &&
            check_failed(&rows[i].at)) {
            fprintf(stderr, "    the header has no such parameter\n");
        }
    }
    for (size_t i = 0; i < COUNT_OF(without_such); i++) {
        struct place at = {__FILE__, __LINE__, without_such[i]};
        check_that(is_in_header(without_such[i], ""), &at);
    }
}

static void run(size_t number) {
    const struct row *row = &rows[number];
    const char *function = row->expected == TALLY_OK ? "" : row->function;
    memcpy(&out, &untouched, sizeof out);
    tally_clear_error();
    check_status(call(number), row->expected, function, &row->at);
    if (row->expected != TALLY_OK) {
        check_bytes(&out, &untouched, sizeof out, &row->at);
    }
}

/* The first word that combine() refuses stays in the state. */
#define SET_UP_FAILED(kind)                                                    \
    memset(&damaged_##kind, 0xa5, sizeof damaged_##kind);                      \
    failed_##kind = good_##kind;                                               \
    tally_##kind##_combine(&damaged_##kind, &failed_##kind, 1);                \
    CHECK_RECORD(TALLY_INVALID, "tally_" #kind "_combine");

#define SET_UP(kind)                                                           \
    CHECK_OK(tally_##kind##_save(&good_##kind, saved_##kind,                   \
                                 sizeof saved_##kind, &saved_##kind##_size));  \
    untouched.kind = good_##kind;                                              \
    untouched.failed_##kind = failed_##kind;                                   \
    untouched.damaged_##kind = damaged_##kind;                                 \
    for (size_t i = 0; i < GIVEN; i++) {                                       \
        untouched.kind##_list[i] = good_##kind;                                \
    }

static void set_up(void) {
    memset(&untouched, 0xa5, sizeof untouched);
    CHECK_OK(tally_accumulator_add_f64(&good_accumulator, doubles, GIVEN));
    CHECK_OK(tally_product_accumulator_add_f64(&good_product_accumulator,
                                               doubles, other_doubles, GIVEN));
    CHECK_OK(tally_moments_add_f64(&good_moments, doubles, GIVEN));
    CHECK_OK(tally_decimal_add_scaled(&good_decimal, int64s, GIVEN, 2));
    KINDS(SET_UP_FAILED)
    CHECK_OK(tally_moments_add_f64(&line_moments, doubles, GIVEN));
    CHECK_OK(tally_product_accumulator_add_f64(&line_products, doubles, doubles,
                                               GIVEN));
    KINDS(SET_UP)
    make_batch();
    released_stream.get_schema = give_arrow_schema;
    released_stream.get_next = give_arrow_array;
    static tally_accumulator room;
    CHECK_OK(tally_small_accumulator_add_f64(&good_small_accumulator, doubles,
                                             GIVEN));
    memset(&damaged_small_accumulator, 0xa5, sizeof damaged_small_accumulator);
    failed_small_accumulator = good_small_accumulator;
    CHECK_OK(tally_small_accumulator_grow(&failed_small_accumulator, &room));
    CHECK_OK(tally_accumulator_fail(&room, TALLY_INVALID));
    SET_UP(small_accumulator)
    tally_accumulator wide = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&wide, wide_doubles, GIVEN));
    CHECK_OK(tally_accumulator_save(&wide, saved_wide, sizeof saved_wide,
                                    &saved_wide_size));
    CHECK_OK(tally_saved_seal(saved_accumulator, saved_accumulator_size, sealed,
                              sizeof sealed, &sealed_size));

    object = tally_object_new();
    stale_object = tally_object_new();
    CHECK(object != NULL && stale_object != NULL);
    CHECK_OK(tally_unref(stale_object));
    CHECK_OK(tally_shared_new(&shared));
    CHECK_OK(tally_shared_new(&stale_shared));
    CHECK_OK(tally_unref(stale_shared));
    shared_as_object = shared;
    object_as_shared = (tally_shared *)object;

    CHECK_OK(tally_array_new_f64(doubles, GIVEN, &array_f64));
    CHECK_OK(tally_array_new_f32(floats, GIVEN, &array_f32));
    CHECK_OK(tally_array_new_i32(int32s, GIVEN, &array_i32));
    CHECK_OK(tally_array_new_i64(int64s, GIVEN, &array_i64));
    CHECK_OK(tally_array_new_u64(uint64s, GIVEN, &array_u64));
    other_than_f64 = array_f32;
    other_than_f32 = array_f64;
    other_than_i32 = array_i64;
    other_than_i64 = array_u64;
    other_than_u64 = array_i64;
    CHECK_OK(tally_array_new_f64(doubles, GIVEN, &stale_array));
    const double *values;
    size_t count;
    CHECK_OK(tally_array_view_f64(array_f64, &values, &count, &stale_view));
    CHECK_OK(tally_array_release_view(stale_view));
    CHECK_OK(tally_unref(stale_array));
    object_as_array = (tally_array *)object;
    array_as_view = (tally_view *)(void *)array_f64;

    block = tally_alloc(8);
    freed_block = tally_alloc(8);
    CHECK(block != NULL && freed_block != NULL);
    tally_free(freed_block);
    CHECK_OK(tally_record_new(1, "one", 1, &record));
    CHECK_OK(tally_record_new(2, "two", 2, &freed_record));
    tally_record_free(freed_record);
}

int main(void) {
    set_up();
    check_that_nothing_is_missing();
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        run(i);
    }
    printf("%zu rows\n", COUNT_OF(rows));
    tally_unref(object);
    tally_unref(shared);
    tally_unref(array_f64);
    tally_unref(array_f32);
    tally_unref(array_i32);
    tally_unref(array_i64);
    tally_unref(array_u64);
    tally_free(block);
    tally_record_free(record);
    return finish();
}
