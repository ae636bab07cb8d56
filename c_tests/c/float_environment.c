/*
 * The caller's floating-point environment - rounding, subnormals flushed,
 * traps, flags - changes no result of any function, and is left as it was.
 *
 * float_environment_calls.h has a call of each function, and parameters.inc
 * says which functions there are: one without a call fails this test. Each call
 * is made in the default environment and in all others, on inputs and for
 * results that are subnormal among them, and must give the same bytes. Some
 * results are known from integer arithmetic as well.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <float.h>
#include <math.h>
#include <signal.h>
#include <unistd.h>

#include "../check.h"
#include "float_environment.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* What calls are given. `x` and `y` have `count` values, and so have the
 * others. */
#define MOST 1500
static double all[MOST];
static const double *x, *y;
#define f64s x
static float f32s[MOST];
static int32_t i32s[MOST];
static int64_t i64s[MOST];
static uint64_t u64s[MOST];
static const int ints[3] = {1, -2, 3};
static size_t count;
static char text[8000];
static size_t text_size;
static const tally_record records[2] = {{1, "a", 1}, {2, "b", 2}};
#define SAVED_MAX 864
static struct given {
    tally_accumulator sum, other_sum;
    tally_product_accumulator products, other_products;
    tally_moments moments, other_moments;
    tally_decimal decimal, other_decimal;
    unsigned char saved_sum[SAVED_MAX], saved_products[SAVED_MAX];
    unsigned char saved_moments[SAVED_MAX], saved_decimal[SAVED_MAX];
    size_t saved_sum_size, saved_products_size, saved_moments_size;
    size_t saved_decimal_size;
    tally_array *array_f64, *array_f32, *array_i32, *array_i64, *array_u64;
    void *object;
} given;

/* What calls give, and all that is compared. */
static struct got {
    tally_status status, other_status;
    double f64;
    float f32;
    int32_t i32;
    int64_t i64, other_i64, third_i64;
    uint64_t u64;
    size_t size, other_size, bytes;
    int results[3];
    tally_element_type element_type;
    tally_accumulator sum;
    tally_product_accumulator products;
    tally_moments moments;
    tally_decimal decimal;
    unsigned char saved[SAVED_MAX];
    char text[3600], message[256];
} got;

/* Callbacks copy, and never compute: they run in the environment too. */
static size_t give(double *buffer, size_t capacity, void *user_data) {
    size_t *at = (size_t *)user_data;
    size_t size = count - *at < capacity ? count - *at : capacity;
    memcpy(buffer, x + *at, size * sizeof *buffer);
    *at += size;
    return size;
}

static int first_word(const void *data, int *result) {
    memcpy(result, data, sizeof *result);
    return 0;
}

static int first_word_of(const void *element, int *result, void *user_data) {
    (void)user_data;
    return first_word(element, result);
}

static void copy_text(const char *from) {
    strncpy(got.text, from, sizeof got.text - 1);
}

static void fail(void) {
    got.other_status = tally_sum_f64(NULL, 1, &got.f64);
}

static tally_shared *a_shared(void) {
    tally_shared *shared = NULL;
    got.other_status = tally_shared_new(&shared);
    return shared;
}

static void end_shared(tally_shared *shared) {
    if (tally_shared_snapshot(shared, &got.sum) != TALLY_OK) {
        got.other_status = tally_last_status();
    }
    tally_unref(shared);
}

static void end_array(tally_array *array) {
    if (tally_array_length(array, &got.size) != TALLY_OK) {
        got.other_status = tally_last_status();
    }
    tally_unref(array);
}

/* The list of calls is read twice: for the functions, and for the table. */
#define CALL(function, ...)                                                    \
    static void call_##function(void) {                                        \
        __VA_ARGS__;                                                           \
    }
#include "float_environment_calls.h"
#undef CALL
#undef CHANGE
#undef GET
#undef ADD
#undef STATE
#undef TEXT
#undef WRITE
#undef ARRAY

#define CALL(function, ...) {#function, call_##function},
static const struct call {
    const char *function;
    void (*call)(void);
} calls[] = {
#include "float_environment_calls.h"
};

/* What the header has. */
#define FUNCTION(name) #name,
#define PARAMETER(function, parameter, kind)
static const char *const functions[] = {
#include "parameters.inc"
};

static bool is_called(const char *function) {
    for (size_t i = 0; i < COUNT_OF(calls); i++) {
        if (strcmp(calls[i].function, function) == 0) {
            return true;
        }
    }
    return false;
}

/* Functions of one architecture alone, which others have no call of. */
static bool is_elsewhere(const char *function) {
    static const char *const elsewhere[] = {
        "rust_function_win64", "rust_function_sysv64", "rust_function_stdcall",
        "rust_function_fastcall"};
    for (size_t i = 0; i < COUNT_OF(elsewhere); i++) {
        if (strcmp(elsewhere[i], function) == 0) {
            return true;
        }
    }
    return false;
}

static void no_function_is_missing(void) {
    for (size_t i = 0; i < COUNT_OF(functions); i++) {
        if (!is_elsewhere(functions[i]) && !is_called(functions[i])) {
            struct place at = {"include/tally.h", 0, functions[i]};
            check_failed(&at);
            fprintf(stderr, "    has no call in float_environment_calls.h\n");
        }
    }
}

/* Kinds of values. */
enum kind { SUBNORMAL, SMALL, LITTLE, ORDINARY, WIDE, SPECIAL, KINDS };
static const char *const kinds[KINDS] = {
    "subnormal values",        "values whose squares are subnormal",
    "values below 2^-511",     "ordinary values",
    "values of all exponents", "values with NaN and infinities",
};

/* `integer`, of up to 52 bits, times 2^-1074: its bits are its value. */
static double units(uint64_t integer, uint64_t negative) {
    uint64_t bits = integer | negative << 63;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double value_of(enum kind kind, uint64_t random) {
    uint64_t sign = random & 1;
    double number = (double)((int64_t)random >> 11);
    switch (kind) {
    case SUBNORMAL:
        return units(random >> 12, sign);
    case SMALL:
        return ldexp(number, -52 - 530 - (int)(random % 10));
    case LITTLE:
        return ldexp(number, -52 - 511);
    case ORDINARY:
        return ldexp(number, -60 - (int)(random % 10));
    default:
        return ldexp(number, -1100 + (int)(random % 2000));
    }
}

static void fill(enum kind kind) {
    /* The first raises a flag, or traps, where it is made a double. */
    static const uint32_t narrow_specials[] = {0x7f800001, 0xff800000,
                                               0x80000000, 0x00000001};
    static const uint64_t specials[] = {UINT64_C(0x7ff0000000000001),
                                        UINT64_C(0xfff0000000000000),
                                        UINT64_C(0x8000000000000000), 1};
    uint64_t seed = (uint64_t)kind + 1;
    for (size_t i = 0; i < MOST; i++) {
        uint64_t random = random_word(&seed);
        uint32_t bits = (uint32_t)random & 0x80ffffffU;
        all[i] = value_of(kind, random);
        memcpy(&f32s[i], &bits, sizeof bits);
        if (kind > LITTLE) {
            f32s[i] =
                ldexpf((float)((int64_t)random >> 40), -(int)(random % 150));
        }
        if (kind == SPECIAL && i % 7 == 5) {
            memcpy(&all[i], &specials[i % 4], sizeof all[i]);
            memcpy(&f32s[i], &narrow_specials[i % 4], sizeof f32s[i]);
        }
        i64s[i] = (int64_t)random;
        i32s[i] = (int32_t)(random >> 16);
        u64s[i] = random;
    }
}

/* Some of the values, and what is awkward to read. */
static void write_text(void) {
    strcpy(text, "5e-324 -2.4703282292062328e-324 1e-310 1e-330 0.1 -7 0");
    text_size = strlen(text);
    for (size_t i = 0; i < count && i < 200; i++) {
        /* Decimals have 342 digits after the point, and NaN once is enough. */
        if (isfinite(x[i])) {
            text_size +=
                (size_t)sprintf(text + text_size, " %.16e", ldexp(x[i], 20));
        }
    }
}

static void set_up(enum kind kind, size_t length) {
    fill(kind);
    count = length;
    x = all;
    y = all + (MOST - count);
    write_text();
    memset(&given, 0, sizeof given);
    CHECK_OK(tally_accumulator_add_f64(&given.sum, x, count));
    CHECK_OK(tally_accumulator_add_f64(&given.other_sum, y, count));
    CHECK_OK(tally_product_accumulator_add_f64(&given.products, x, y, count));
    CHECK_OK(
        tally_product_accumulator_add_f64(&given.other_products, y, y, count));
    CHECK_OK(tally_moments_add_f64(&given.moments, x, count));
    CHECK_OK(tally_moments_add_f64(&given.other_moments, y, count));
    CHECK_OK(tally_decimal_add_scaled(&given.decimal, i64s, count, 330));
    CHECK_OK(tally_decimal_add_scaled(&given.other_decimal, i64s, 1, 3));
    CHECK_OK(tally_accumulator_save(&given.sum, given.saved_sum, SAVED_MAX,
                                    &given.saved_sum_size));
    CHECK_OK(tally_product_accumulator_save(&given.products,
                                            given.saved_products, SAVED_MAX,
                                            &given.saved_products_size));
    CHECK_OK(tally_moments_save(&given.moments, given.saved_moments, SAVED_MAX,
                                &given.saved_moments_size));
    CHECK_OK(tally_decimal_save(&given.decimal, given.saved_decimal, SAVED_MAX,
                                &given.saved_decimal_size));
    CHECK_OK(tally_array_new_f64(x, count, &given.array_f64));
    CHECK_OK(tally_array_new_f32(f32s, count, &given.array_f32));
    CHECK_OK(tally_array_new_i32(i32s, count, &given.array_i32));
    CHECK_OK(tally_array_new_i64(i64s, count, &given.array_i64));
    CHECK_OK(tally_array_new_u64(u64s, count, &given.array_u64));
    given.object = tally_object_new();
}

static void tear_down(void) {
    CHECK_OK(tally_unref(given.array_f64));
    CHECK_OK(tally_unref(given.array_f32));
    CHECK_OK(tally_unref(given.array_i32));
    CHECK_OK(tally_unref(given.array_i64));
    CHECK_OK(tally_unref(given.array_u64));
    CHECK_OK(tally_unref(given.object));
}

/* What runs, for a message that a signal's handler can write. */
static char running[256];

static void on_trap(int signal_number) {
    (void)signal_number;
    if (write(STDERR_FILENO, running, strlen(running)) < 0) {
        _exit(3);
    }
    _exit(2);
}

/* Makes a call in an environment: what it gives is in `got`. */
static void make(const struct call *call, const struct environment *environment,
                 const struct place *at) {
    struct registers caller, before, after;
    snprintf(running, sizeof running, "failed: a trap in %s\n", at->text);
    memset(&got, 0, sizeof got);
    tally_clear_error();
    get_registers(&caller);
    errno = ERANGE;
    set_environment(environment);
    get_registers(&before);
    call->call();
    get_registers(&after);
    set_registers(&caller);
    check_int(errno, ERANGE, at);
    check_bytes(&after, &before, sizeof after, at);
    strncpy(got.message, tally_last_message(), sizeof got.message - 1);
}

/* Blocks and bytes of the process are no result. */
static void compare_call(const struct call *call, const char *what) {
    static struct got expected;
    char name[200];
    struct place at = {__FILE__, __LINE__, name};
    snprintf(name, sizeof name, "%s", call->function);
    make(call, &environments[0], &at);
    expected = got;
    for (size_t i = 0; i < environment_count; i++) {
        snprintf(name, sizeof name, "%s of %zu %s, %s", call->function, count,
                 what, environments[i].name);
        make(call, &environments[i], &at);
        check_bytes(&got, &expected, sizeof got, &at);
    }
}

static void every_call_in_every_environment(void) {
    static const size_t counts[] = {1, 3, 16, 100, 700, MOST};
    for (int kind = 0; kind < KINDS; kind++) {
        for (size_t i = 0; i < COUNT_OF(counts); i++) {
            if (is_quick() && i % 3 != 2) {
                continue;
            }
            set_up((enum kind)kind, counts[i]);
            for (size_t j = 0; j < COUNT_OF(calls); j++) {
                compare_call(&calls[j], kinds[kind]);
            }
            tear_down();
        }
    }
}

/* dividend / divisor, to the nearest, ties to even. */
static uint64_t nearest(uint64_t dividend, uint64_t divisor) {
    uint64_t quotient = dividend / divisor, rest = dividend % divisor;
    bool up = rest > divisor - rest ||
              (rest == divisor - rest && (quotient & 1) != 0);
    return quotient + (up ? 1 : 0);
}

/* The results for integers k times 2^-1074 or 2^-537, as numbers of the least
 * subnormal: by 64-bit integers alone. */
static void known_results(void) {
    enum { N = 1200 };
    static double tiny[N], small[N], less[N];
    static float narrow[N];
    uint64_t sum = 0, squares = 0, bits;
    for (uint32_t i = 0; i < N; i++) {
        uint32_t k = i * i % 1009 + 1;
        sum += k;
        squares += (uint64_t)k * k;
        tiny[i] = units(k, 0);
        small[i] = ldexp((double)k, -537);
        less[i] = ldexp((double)k, -540);
        memcpy(&narrow[i], &k, sizeof k);
    }
    uint64_t spread = N * squares - sum * sum;
    double wide_sum = ldexp((double)sum, -149);
    for (size_t i = 0; i < environment_count; i++) {
        struct registers caller;
        double total = 0, mean = 0, dot = 0, variance = 0, fine = 0, of_f32 = 0;
        tally_moments moments = TALLY_MOMENTS_INIT;
        tally_status statuses[7];
        get_registers(&caller);
        set_environment(&environments[i]);
        statuses[0] = tally_sum_f64(tiny, N, &total);
        statuses[1] = tally_mean_f64(tiny, N, &mean);
        statuses[2] = tally_dot_f64(small, small, N, &dot);
        statuses[3] = tally_variance_f64(small, N, 0, &variance);
        statuses[4] = tally_variance_f64(less, N, 0, &fine);
        statuses[5] = tally_moments_add_f32(&moments, narrow, N);
        statuses[6] = tally_moments_sum_f64(&moments, &of_f32);
        set_registers(&caller);
        struct place at = {__FILE__, __LINE__, environments[i].name};
        for (size_t j = 0; j < COUNT_OF(statuses); j++) {
            check_int(statuses[j], TALLY_OK, &at);
        }
        const struct {
            double result;
            uint64_t units;
        } expected[] = {{total, sum},
                        {mean, nearest(sum, N)},
                        {dot, squares},
                        {variance, nearest(spread, N * N)},
                        {fine, nearest(spread, N * N * UINT64_C(64))}};
        for (size_t j = 0; j < COUNT_OF(expected); j++) {
            memcpy(&bits, &expected[j].result, sizeof bits);
            check_size(bits, expected[j].units, &at);
        }
        check_double(of_f32, wide_sum, &at);
    }
}

int main(void) {
    signal(SIGFPE, on_trap);
    no_function_is_missing();
    find_environments();
    the_environments_are_real();
    known_results();
    every_call_in_every_environment();
    printf("%zu functions, %zu environments\n", COUNT_OF(calls),
           environment_count);
    return finish();
}
