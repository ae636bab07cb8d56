/* Sums of arrays: exact or an error, whatever the order and the alignment. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <float.h>
#include <math.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "../check.h"

#define COUNT 1000
/* On 64-bit machines the compiler has an integer to compare with. */
#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 wide;
#else
typedef int64_t wide;
#endif

static void int32_totals_are_exact(void) {
    static int32_t values[COUNT];
    uint64_t seed = 1;
    for (int round = 0; round < 200; round++) {
        int64_t exact = 0, total = 0;
        size_t count = random_word(&seed) % (COUNT + 1);
        for (size_t i = 0; i < count; i++) {
            values[i] = (int32_t)(uint32_t)random_word(&seed);
            exact += values[i];
        }
        CHECK_OK(tally_sum_i32(values, count, &total));
        CHECK_INT(total, exact);
    }
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = INT32_MIN;
    }
    int64_t total;
    CHECK_OK(tally_sum_i32(values, COUNT, &total));
    CHECK_INT(total, COUNT * (int64_t)INT32_MIN);
}

/* The total of 2^32 of the least is the least, and there is none of one more:
 * 16 GiB, which are 16 MiB again and again. */
static void int32_totals_need_more_than_2_to_the_32_values_to_overflow(void) {
#if defined(__linux__) && SIZE_MAX > UINT32_MAX
    const size_t most = (size_t)1 << 32, piece = (size_t)1 << 24;
    const size_t size = most * sizeof(int32_t) + piece;
    FILE *file = is_quick() ? NULL : tmpfile();
    void *room = file == NULL
                     ? MAP_FAILED
                     : mmap(NULL, size, PROT_NONE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) {
        printf("skipped: 16 GiB of address space cannot be had here\n");
        if (file != NULL) {
            fclose(file);
        }
        return;
    }
    for (size_t i = 0; i < piece / sizeof(int32_t); i++) {
        const int32_t least = INT32_MIN;
        CHECK_SIZE(fwrite(&least, sizeof least, 1, file), 1);
    }
    CHECK_INT(fflush(file), 0);
    for (size_t at = 0; at < size; at += piece) {
        CHECK(mmap((char *)room + at, piece, PROT_READ, MAP_SHARED | MAP_FIXED,
                   fileno(file), 0) != MAP_FAILED);
    }
    const int32_t *values = (const int32_t *)room;
    int64_t total = 7;
    CHECK_OK(tally_sum_i32(values, most, &total));
    CHECK_INT(total, INT64_MIN);
    CHECK_REFUSED(tally_sum_i32(values, most + 1, &total), TALLY_OVERFLOW,
                  "tally_sum_i32");
    CHECK_INT(total, INT64_MIN);
    munmap(room, size);
    fclose(file);
#endif
}

static void int64_totals_are_exact_or_an_error(void) {
    static int64_t values[COUNT];
    uint64_t seed = 2;
    for (int round = 0; round < 500; round++) {
        size_t count = random_word(&seed) % (COUNT + 1);
        /* Some totals fit and some do not. */
        int shift = (int)(random_word(&seed) % 12);
        wide exact = 0;
        for (size_t i = 0; i < count; i++) {
            values[i] = (int64_t)random_word(&seed) >> shift;
            exact += values[i];
        }
        int64_t high = 0, total = 0x5a5a;
        uint64_t low = 0;
        if (sizeof exact == 16) {
            CHECK_OK(tally_sum_i64_wide(values, count, &high, &low));
            CHECK_INT(high, (int64_t)(exact >> (4 * sizeof exact)));
            CHECK_SIZE(low, (uint64_t)exact);
            if (exact > INT64_MAX || exact < INT64_MIN) {
                CHECK_REFUSED(tally_sum_i64(values, count, &total),
                              TALLY_OVERFLOW, "tally_sum_i64");
                CHECK_INT(total, 0x5a5a);
            } else {
                CHECK_OK(tally_sum_i64(values, count, &total));
                CHECK_INT(total, (int64_t)exact);
            }
        }
    }
}

static void int64_totals_on_the_way_do_not_matter(void) {
    int64_t total, high;
    uint64_t low;
    static const int64_t up_and_down[] = {INT64_MAX, INT64_MAX, INT64_MIN,
                                          INT64_MIN, 9};
    CHECK_OK(tally_sum_i64(up_and_down, 5, &total));
    CHECK_INT(total, 7);
    static const int64_t edge[] = {INT64_MAX, 1, -1};
    CHECK_OK(tally_sum_i64(edge, 3, &total));
    CHECK_INT(total, INT64_MAX);
    CHECK_REFUSED(tally_sum_i64(edge, 2, &total), TALLY_OVERFLOW,
                  "tally_sum_i64");
    CHECK_CONTAINS(tally_last_message(), "9223372036854775808");
    CHECK_OK(tally_sum_i64_wide(edge, 2, &high, &low));
    CHECK_INT(high, 0);
    CHECK_SIZE(low, UINT64_C(1) << 63);
    static const int64_t minus_one[] = {-1};
    CHECK_OK(tally_sum_i64_wide(minus_one, 1, &high, &low));
    CHECK_INT(high, -1);
    CHECK_SIZE(low, UINT64_MAX);
}

static void uint64_totals_are_exact_or_an_error(void) {
    uint64_t total = 0x5a5a;
    static const uint64_t values[] = {UINT64_MAX, 1, 0};
    CHECK_OK(tally_sum_u64(values, 1, &total));
    CHECK_SIZE(total, UINT64_MAX);
    CHECK_REFUSED(tally_sum_u64(values, 3, &total), TALLY_OVERFLOW,
                  "tally_sum_u64");
    CHECK_CONTAINS(tally_last_message(), "18446744073709551616");
    CHECK_SIZE(total, UINT64_MAX);
    static uint64_t many[COUNT];
    uint64_t seed = 3, exact = 0;
    for (size_t i = 0; i < COUNT; i++) {
        many[i] = random_word(&seed) >> 10;
        exact += many[i];
    }
    CHECK_OK(tally_sum_u64(many, COUNT, &total));
    CHECK_SIZE(total, exact);
}

/* Multiples of 2^-40 below 2^22: their exact sum is an integer that the
 * compiler adds and rounds. */
static void double_totals_are_rounded_once(void) {
#ifdef __SIZEOF_INT128__
    static double values[COUNT];
    uint64_t seed = 4;
    for (int round = 0; round < 500; round++) {
        size_t count = random_word(&seed) % (COUNT + 1);
        wide exact = 0;
        for (size_t i = 0; i < count; i++) {
            int64_t integer = (int64_t)random_word(&seed) >> 11;
            exact += integer;
            values[i] = ldexp((double)integer, -40);
        }
        double total = 1;
        CHECK_OK(tally_sum_f64(values, count, &total));
        CHECK_DOUBLE(total, ldexp((double)exact, -40));
    }
#endif
}

static void the_order_leaves_no_trace(void) {
    static double values[COUNT];
    uint64_t seed = 5;
    for (size_t i = 0; i < COUNT; i++) {
        int64_t integer = (int64_t)random_word(&seed) >> 11;
        values[i] =
            ldexp((double)integer, (int)(random_word(&seed) % 1800) - 1000);
    }
    double first = 0;
    CHECK_OK(tally_sum_f64(values, COUNT, &first));
    for (int round = 0; round < 50; round++) {
        for (size_t i = COUNT - 1; i > 0; i--) {
            size_t j = random_word(&seed) % (i + 1);
            double swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
        double total = 0;
        CHECK_OK(tally_sum_f64(values, COUNT, &total));
        CHECK_DOUBLE(total, first);
    }
}

static double sum(const double *values, size_t count) {
    double total = 12345;
    CHECK_OK(tally_sum_f64(values, count, &total));
    return total;
}

#define SUM(...)                                                               \
    sum((const double[]){__VA_ARGS__},                                         \
        sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static void hard_cases_are_right(void) {
    CHECK_DOUBLE(SUM(1e100, 1.0, -1e100), 1.0);
    CHECK_DOUBLE(SUM(1e16, 1.0, 1.0), 1e16 + 2.0);
    CHECK_DOUBLE(SUM(0x1p53, 1.0), 0x1p53);
    CHECK_DOUBLE(SUM(0x1p53, 1.0, 0x1p-1074), 0x1p53 + 2.0);
    CHECK_DOUBLE(SUM(0x1p53, 1.0, -0x1p-1074), 0x1p53);
    CHECK_DOUBLE(SUM(0x1.0000000000001p53, 1.0), 0x1.0000000000002p53);
    CHECK_DOUBLE(SUM(DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX, 3.0), 3.0);
    CHECK_DOUBLE(SUM(0x1p-1074, 0x1p-1074), 0x1p-1073);
    CHECK_DOUBLE(SUM(DBL_MIN, -0x1p-1074), DBL_MIN - 0x1p-1074);
    /* Half an ulp above DBL_MAX, less the least double, is DBL_MAX. */
    CHECK_DOUBLE(SUM(DBL_MAX, 0x1p969, 0x1p969, -0x1p-1074), DBL_MAX);
}

static void zeros_have_the_right_sign(void) {
    CHECK_DOUBLE(sum(NULL, 0), 0.0);
    CHECK_DOUBLE(SUM(0.0), 0.0);
    CHECK_DOUBLE(SUM(-0.0), -0.0);
    CHECK_DOUBLE(SUM(-0.0, -0.0), -0.0);
    CHECK_DOUBLE(SUM(-0.0, 0.0), 0.0);
    CHECK_DOUBLE(SUM(1.5, -1.5), 0.0);
    CHECK_DOUBLE(SUM(-0.0, 1.5, -1.5), 0.0);
    static const float floats[] = {-0.0F, -0.0F, 0.0F};
    float total = 7;
    CHECK_OK(tally_sum_f32(NULL, 0, &total));
    CHECK_DOUBLE((double)total, 0.0);
    CHECK_OK(tally_sum_f32(floats, 2, &total));
    CHECK_DOUBLE((double)total, -0.0);
    CHECK_OK(tally_sum_f32(floats, 3, &total));
    CHECK_DOUBLE((double)total, 0.0);
}

static void special_values_are_as_documented(void) {
    CHECK_DOUBLE(SUM(INFINITY, 1.0, DBL_MAX, DBL_MAX), INFINITY);
    CHECK_DOUBLE(SUM(-INFINITY, 1.0, -INFINITY), -INFINITY);
    CHECK(isnan(SUM(INFINITY, -INFINITY)));
    CHECK(isnan(SUM(1.0, NAN, 2.0)));
    CHECK(isnan(SUM(INFINITY, NAN)));
    /* One NaN, whatever its payload and sign were. */
    CHECK_DOUBLE(SUM(1.0, -NAN), SUM(NAN, INFINITY, -INFINITY));
}

static void a_total_beyond_the_range_is_an_error(void) {
    static const double up[] = {DBL_MAX, 0x1p970};
    static const double down[] = {-DBL_MAX, -DBL_MAX};
    double total = 0;
    CHECK_REFUSED(tally_sum_f64(up, 2, &total), TALLY_OVERFLOW,
                  "tally_sum_f64");
    CHECK_DOUBLE(total, INFINITY);
    CHECK_REFUSED(tally_sum_f64(down, 2, &total), TALLY_OVERFLOW,
                  "tally_sum_f64");
    CHECK_DOUBLE(total, -INFINITY);
    static const float floats[] = {FLT_MAX, -1.0F, FLT_MAX};
    float total32 = 0;
    CHECK_REFUSED(tally_sum_f32(floats, 3, &total32), TALLY_OVERFLOW,
                  "tally_sum_f32");
    CHECK_DOUBLE((double)total32, INFINITY);
    /* Half a unit of the last place beyond FLT_MAX is as near to infinity. */
    static const float below[] = {-FLT_MAX, -0x1p103F};
    CHECK_REFUSED(tally_sum_f32(below, 2, &total32), TALLY_OVERFLOW,
                  "tally_sum_f32");
    CHECK_DOUBLE((double)total32, -INFINITY);
    CHECK_OK(tally_sum_f32(below, 1, &total32));
    CHECK_DOUBLE((double)total32, (double)-FLT_MAX);
}

static void float_totals_are_rounded_once(void) {
    static float values[COUNT];
    uint64_t seed = 6;
    for (int round = 0; round < 500; round++) {
        size_t count = random_word(&seed) % (COUNT + 1);
        int64_t exact = 0;
        for (size_t i = 0; i < count; i++) {
            int32_t integer = (int32_t)((int64_t)random_word(&seed) >> 40);
            exact += integer;
            values[i] = ldexpf((float)integer, -20);
        }
        float total = 1;
        CHECK_OK(tally_sum_f32(values, count, &total));
        CHECK_DOUBLE((double)total, (double)ldexpf((float)exact, -20));
    }
    /* By way of double, this would be a tie and round down to even. */
    static const float twice_rounded[] = {0x1p24F, 1.0F, 0x1p-60F};
    float total = 0;
    CHECK_OK(tally_sum_f32(twice_rounded, 3, &total));
    CHECK_DOUBLE((double)total, 0x1p24 + 2.0);
}

static void any_alignment_will_do(void) {
    static unsigned char bytes[sizeof(double) * (COUNT * 3 + 1)];
    static double values[COUNT * 3];
    uint64_t seed = 7;
    for (size_t i = 0; i < COUNT * 3; i++) {
        values[i] = ldexp((double)(int64_t)random_word(&seed),
                          (int)(random_word(&seed) % 100));
    }
    double aligned = sum(values, COUNT * 3), total64 = 0;
    for (size_t offset = 0; offset < sizeof(double); offset++) {
        memcpy(bytes + offset, values, sizeof values);
        CHECK_DOUBLE(sum((const double *)(void *)(bytes + offset), COUNT * 3),
                     aligned);
        int64_t integers[3] = {1, -20, 300};
        memcpy(bytes + offset, integers, sizeof integers);
        int64_t total = 0;
        CHECK_OK(tally_sum_i64((const int64_t *)(void *)(bytes + offset), 3,
                               &total));
        CHECK_INT(total, 281);
        /* The result's place may lie at any address too. */
        void *place = bytes + offset;
        static const double halves[] = {0.5, 0.25};
        CHECK_OK(tally_sum_f64(halves, 2, (double *)place));
        memcpy(&total64, place, sizeof total64);
        CHECK_DOUBLE(total64, 0.75);
    }
}

int main(void) {
    int32_totals_are_exact();
    int32_totals_need_more_than_2_to_the_32_values_to_overflow();
    int64_totals_are_exact_or_an_error();
    int64_totals_on_the_way_do_not_matter();
    uint64_totals_are_exact_or_an_error();
    double_totals_are_rounded_once();
    the_order_leaves_no_trace();
    hard_cases_are_right();
    zeros_have_the_right_sign();
    special_values_are_as_documented();
    a_total_beyond_the_range_is_an_error();
    float_totals_are_rounded_once();
    any_alignment_will_do();
    return finish();
}
