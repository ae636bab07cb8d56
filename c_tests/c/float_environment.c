/*
 * The caller's floating-point environment - rounding, subnormals flushed,
 * traps, flags - changes no result of any function, and is left as it was.
 *
 * Each call of every_function.h is made in the default environment and in all
 * others, on inputs and for results that are subnormal among them, and must
 * give the same bytes. Some results are known from integer arithmetic as well.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <float.h>
#include <signal.h>

#include "matrix.h"

#include "float_environment.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { LONGEST = 1500 };

/* Kinds of values. */
enum kind {
    SUBNORMAL,
    SMALL,
    LITTLE,
    ORDINARY,
    WIDE,
    SPECIAL,
    KINDS_OF_VALUES
};
static const char *const kinds[KINDS_OF_VALUES] = {
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

static void fill_with(enum kind kind) {
    /* The first raises a flag, or traps, where it is made a double. */
    static const uint32_t narrow_specials[] = {0x7f800001, 0xff800000,
                                               0x80000000, 0x00000001};
    static const uint64_t specials[] = {UINT64_C(0x7ff0000000000001),
                                        UINT64_C(0xfff0000000000000),
                                        UINT64_C(0x8000000000000000), 1};
    uint64_t seed = (uint64_t)kind + 1;
    for (size_t i = 0; i < LONGEST; i++) {
        uint64_t random = random_word(&seed);
        uint32_t bits = (uint32_t)random & 0x80ffffffU;
        x_values[i] = value_of(kind, random);
        memcpy(&float_values[i], &bits, sizeof bits);
        if (kind > LITTLE) {
            float_values[i] =
                ldexpf((float)((int64_t)random >> 40), -(int)(random % 150));
        }
        if (kind == SPECIAL && i % 7 == 5) {
            memcpy(&x_values[i], &specials[i % 4], sizeof *specials);
            memcpy(&float_values[i], &narrow_specials[i % 4],
                   sizeof *narrow_specials);
        }
        int64s[i] = (int64_t)random;
        int32s[i] = (int32_t)(random >> 16);
        uint64s[i] = random;
    }
}

/* Some of the values, and what is awkward to read. */
static void write_text(void) {
    static char text[8000];
    strcpy(text, "5e-324 -2.4703282292062328e-324 1e-310 1e-330 0.1 -7 0");
    size_t size = strlen(text);
    for (size_t i = 0; i < count && i < 200; i++) {
        /* Decimals have 342 digits after the point, and NaN once is enough. */
        if (isfinite(x[i])) {
            size += (size_t)sprintf(text + size, " %.16e", ldexp(x[i], 20));
        }
    }
    numbers = decimals = integers = text;
}

/* States that are changed: of the values in another order. */
static struct given before;

static void set_up(enum kind kind, size_t length) {
    fill_with(kind);
    count = parallel_count = length;
    x = x_values;
    write_text();
    a_value = x[0], another_value = x[LONGEST - count];
    x = y = weights = x_values + (LONGEST - count);
    make_given();
    before = *given;
    x = x_values;
    make_given();
    given->integer = given->accumulator;
    given->integer_products = given->product_accumulator;
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
static void make(const struct function *function,
                 const struct environment *environment,
                 const struct place *at) {
    struct registers caller, set, after;
    snprintf(running, sizeof running, "failed: a trap in %s\n", at->text);
    memset(got, 0, sizeof *got);
#define BEFORE(kind) got->kind = before.kind;
    KINDS(BEFORE)
    function->prepare();
    /* For those functions that tell of an error. */
    got->last = tally_sum_f64(NULL, 1, &got->f64);
    get_registers(&caller);
    errno = ERANGE;
    set_environment(environment);
    get_registers(&set);
    function->call();
    get_registers(&after);
    set_registers(&caller);
    check_int(errno, ERANGE, at);
    check_bytes(&after, &set, sizeof after, at);
    finish_call();
}

/* The kind of the values as they are now. */
static const char *what;

static void in_each_environment(const struct function *function) {
    static struct results expected;
    char name[200];
    struct place at = {__FILE__, __LINE__, name};
    snprintf(name, sizeof name, "%s", function->name);
    make(function, &environments[0], &at);
    expected = *got;
    for (size_t i = 0; i < environment_count; i++) {
        snprintf(name, sizeof name, "%s of %zu %s, %s", function->name, count,
                 what, environments[i].name);
        make(function, &environments[i], &at);
        check_bytes(got, &expected, sizeof expected, &at);
    }
}

static void every_call_in_every_environment(void) {
    static const size_t counts[] = {1, 3, 16, 100, 700, LONGEST};
    for (int kind = 0; kind < KINDS_OF_VALUES; kind++) {
        for (size_t i = 0; i < COUNT_OF(counts); i++) {
            if (is_quick() && i % 3 != 2) {
                continue;
            }
            set_up((enum kind)kind, counts[i]);
            what = kinds[kind];
            every_function_in(FLOAT_ENVIRONMENT, 1, in_each_environment);
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

/* A fault: it computes in the environment of its caller. */
static void divide(void) {
    volatile double one = 1, three = 3;
    got->f64 = one / three;
}

int main(void) {
    signal(SIGFPE, on_trap);
    share_memory();
    find_environments();
    the_environments_are_real();
    set_up(ORDINARY, 3);
    what = "values";
    CHECK_SEEN(in_each_environment, "computes as its caller", nothing, divide);
    known_results();
    every_call_in_every_environment();
    printf("%d functions, %zu environments\n", FUNCTIONS, environment_count);
    return finish();
}
