/* Columns of every type, stride, alignment and mask, against plain loops over
 * small integers, which lose nothing. Memory ends, and begins, where the
 * columns do. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */

#include <float.h>
#include <math.h>

#include "../check.h"
#include "room.h"

enum { MOST = 1000 };

/* Where `size` bytes lie: at the beginning of a room, or up to its end. */
static unsigned char *place(struct room room, size_t size, bool at_the_end) {
    memset(room.first, 0xff, (size_t)(room.end - room.first));
    return at_the_end ? room.end - size : room.first;
}

/* What an element holds: a small integer, or NaN. */
struct cell {
    int value;
    bool nan, there;
};

/* The bits of a small integer in a float of so many exponent and fraction
 * bits. */
static uint16_t narrow(int value, int exponent_bits, int fraction_bits) {
    int exponent;
    double fraction = frexp(abs(value), &exponent);
    int bias = (1 << (exponent_bits - 1)) - 1;
    uint32_t sign = value < 0 ? 0x8000 : 0;
    if (value == 0) {
        return 0;
    }
    uint32_t digits = (uint32_t)ldexp(fraction, fraction_bits + 1);
    return (uint16_t)(sign +
                      ((uint32_t)(exponent + bias - 2) << fraction_bits) +
                      digits);
}

static void store(void *to, tally_type type, struct cell cell) {
    int value = cell.value;
#define STORE(number, c_type, expression)                                      \
    case number: {                                                             \
        c_type element = (c_type)(expression);                                 \
        memcpy(to, &element, sizeof element);                                  \
        break;                                                                 \
    }
    switch (type) {
        STORE(TALLY_F64, double, cell.nan ? NAN : value)
        STORE(TALLY_F32, float, cell.nan ? NAN : (float)value)
        STORE(TALLY_F16, uint16_t, cell.nan ? 0xfe01 : narrow(value, 5, 10))
        STORE(TALLY_BF16, uint16_t, cell.nan ? 0x7f81 : narrow(value, 8, 7))
        STORE(TALLY_I8, int8_t, value)
        STORE(TALLY_I16, int16_t, value)
        STORE(TALLY_I32, int32_t, value)
        STORE(TALLY_I64, int64_t, value)
        STORE(TALLY_U8, uint8_t, value)
        STORE(TALLY_U16, uint16_t, value)
        STORE(TALLY_U32, uint32_t, value)
        STORE(TALLY_U64, uint64_t, value)
        STORE(TALLY_BOOL, uint8_t, value == 0 ? 0 : 255)
    default:
        CHECK(!"a type");
    }
}

static bool is_float(tally_type type) {
    return type <= TALLY_BF16;
}

static bool is_unsigned(tally_type type) {
    return type >= TALLY_U8;
}

/* A column and what it holds. */
struct made {
    tally_column column;
    struct cell cells[MOST];
};

static struct room value_room, validity_room, other_room, other_validity_room;

static void make(struct made *made, tally_type type, size_t count,
                 ptrdiff_t stride, int mask, bool skip_nan, bool at_the_end,
                 struct room values_in, struct room validity_in,
                 uint64_t *seed) {
    size_t size = (size_t)TALLY_TYPE_SIZE(type);
    size_t step = (size_t)(stride < 0 ? -stride : stride);
    size_t extent = count == 0 ? 0 : (count - 1) * step + size;
    unsigned char *values = place(values_in, extent, at_the_end);
    unsigned char *first = stride < 0 ? values + (extent - size) : values;
    size_t offset = mask == 0 ? 0 : (size_t)(random_word(seed) % 70);
    size_t validity_size = mask == 0   ? 0
                           : mask == 1 ? (offset + count + 7) / 8
                                       : offset + count;
    /* What is before the first element's place is not looked at. */
    size_t before = mask == 1 ? offset / 8 : offset;
    unsigned char *validity =
        place(validity_in, validity_size - before, at_the_end);
    for (size_t i = 0; i < count; i++) {
        struct cell *cell = &made->cells[i];
        cell->value = (int)(random_word(seed) % 100);
        if (!is_unsigned(type) && random_word(seed) % 2) {
            cell->value = -cell->value;
        }
        if (type == TALLY_BOOL) {
            cell->value %= 2;
        }
        cell->nan = is_float(type) && skip_nan && random_word(seed) % 5 == 0;
        cell->there = mask == 0 || random_word(seed) % 3 != 0;
        if (stride == 0) {
            cell->value = made->cells[0].value;
            cell->nan = made->cells[0].nan;
        }
        store(first + (ptrdiff_t)i * stride, type, *cell);
        size_t bit = offset % 8 + i;
        if (mask == 1) {
            validity[bit / 8] &= (unsigned char)~(1 << bit % 8);
            validity[bit / 8] |= (unsigned char)(cell->there << bit % 8);
        } else if (mask == 2) {
            validity[i] =
                cell->there ? (unsigned char)(1 + random_word(seed) % 255) : 0;
        }
    }
    made->column = TALLY_COLUMN(type, first, count);
    made->column.stride = stride;
    made->column.flags =
        (skip_nan ? TALLY_SKIP_NAN : 0u) | (mask == 2 ? TALLY_BYTE_MASK : 0u);
    made->column.validity = mask == 0 ? NULL : validity - before;
    made->column.offset = offset;
}

struct sums {
    int64_t rows, count, x, y, xx, xy, yy;
};

static struct sums sums_of(const struct made *x, const struct made *y) {
    struct sums sums = {(int64_t)x->column.count, 0, 0, 0, 0, 0, 0};
    for (size_t i = 0; i < x->column.count; i++) {
        const struct cell *a = &x->cells[i], *b = &y->cells[i];
        if (a->there && b->there && !a->nan && !b->nan) {
            sums.count++;
            sums.x += a->value, sums.y += b->value;
            sums.xx += a->value * a->value, sums.yy += b->value * b->value;
            sums.xy += a->value * b->value;
        }
    }
    return sums;
}

/* Quotients and roots of integers below 2^53: the processor rounds them once.
 */
static double quotient(int64_t a, int64_t b) {
    return a == 0 ? 0.0 : (double)a / (double)b;
}

#define CHECK_COLUMN(function, defined, want, ...)                             \
    do {                                                                       \
        double got_ = -7;                                                      \
        if (defined) {                                                         \
            CHECK_OK(function(__VA_ARGS__, &got_));                            \
            CHECK_DOUBLE(got_, want);                                          \
        } else {                                                               \
            CHECK_REFUSED(function(__VA_ARGS__, &got_), TALLY_INVALID,         \
                          #function);                                          \
            CHECK_DOUBLE(got_, -7.0);                                          \
        }                                                                      \
    } while (0)

static void check_one(const struct made *made) {
    const tally_column *column = &made->column;
    struct sums s = sums_of(made, made);
    int64_t n = s.count, spread = n * s.xx - s.x * s.x, total;
    size_t count, skipped;
    CHECK_OK(tally_column_count(column, &count, &skipped));
    CHECK_SIZE(count, (size_t)n);
    CHECK_SIZE(skipped, (size_t)(s.rows - n));
    CHECK_COLUMN(tally_column_sum, true, (double)s.x, column);
    CHECK_COLUMN(tally_column_mean, n > 0, quotient(s.x, n), column);
    CHECK_COLUMN(tally_column_norm, true, sqrt((double)s.xx), column);
    CHECK_COLUMN(tally_column_variance, n > 1, quotient(spread, n * (n - 1)),
                 column, 1);
    CHECK_COLUMN(tally_column_variance, n > 0, quotient(spread, n * n), column,
                 0);
    if (is_float(column->type)) {
        CHECK_REFUSED(tally_column_sum_i64(column, &total), TALLY_INVALID,
                      "tally_column_sum_i64");
    } else {
        CHECK_OK(tally_column_sum_i64(column, &total));
        CHECK_INT(total, s.x);
    }

    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, empty = sum;
    CHECK_OK(tally_accumulator_add(&sum, column));
    CHECK_OK(tally_accumulator_value_i64(&sum, &total));
    CHECK_INT(total, s.x);
    CHECK_OK(tally_accumulator_count(&sum, &total));
    CHECK_INT(total, n);
    CHECK_OK(tally_accumulator_subtract(&sum, column));
    CHECK_BYTES(&sum, &empty, sizeof sum);

    tally_moments moments = TALLY_MOMENTS_INIT, no_moments = moments;
    double norm;
    CHECK_OK(tally_moments_add(&moments, column));
    CHECK_OK(tally_moments_count(&moments, &total));
    CHECK_INT(total, n);
    CHECK_OK(tally_moments_norm_f64(&moments, &norm));
    CHECK_DOUBLE(norm, sqrt((double)s.xx));
    CHECK_OK(tally_moments_subtract(&moments, column));
    CHECK_BYTES(&moments, &no_moments, sizeof moments);

    tally_decimal decimal = TALLY_DECIMAL_INIT;
    if (is_float(column->type)) {
        CHECK_REFUSED(tally_decimal_add(&decimal, column, 2), TALLY_INVALID,
                      "tally_decimal_add");
    } else {
        char text[40], want[40];
        snprintf(want, sizeof want, "%lld", (long long)s.x);
        CHECK_OK(tally_decimal_add(&decimal, column, 0));
        CHECK_OK(
            tally_decimal_value_text(&decimal, -1, text, sizeof text, NULL));
        CHECK_TEXT(text, want);
        CHECK_OK(tally_decimal_subtract(&decimal, column, 0));
        CHECK_OK(tally_decimal_count(&decimal, &total));
        CHECK_INT(total, 0);
    }
}

static void check_pair(const struct made *x, const struct made *y) {
    const tally_column *a = &x->column, *b = &y->column;
    struct sums s = sums_of(x, y);
    int64_t n = s.count, spread = n * s.xy - s.x * s.y, total;
    size_t count, skipped;
    CHECK_OK(tally_column_count_pairs(a, b, &count, &skipped));
    CHECK_SIZE(count, (size_t)n);
    CHECK_SIZE(skipped, (size_t)(s.rows - n));
    double dot;
    CHECK_OK(tally_column_dot(a, b, &dot));
    /* Zeros times negative numbers may be all that there is. */
    CHECK(dot == (double)s.xy);
    CHECK_COLUMN(tally_column_covariance, n > 1, quotient(spread, n * (n - 1)),
                 a, b, 1);
    double mean = 7;
    tally_status status = tally_column_weighted_mean(a, b, &mean);
    CHECK_INT(status, s.y == 0 ? TALLY_INVALID : TALLY_OK);
    CHECK(mean == (s.y == 0 ? 7 : quotient(s.xy, s.y)));

    int64_t x_spread = n * s.xx - s.x * s.x;
    int64_t at_zero = s.y * s.xx - s.x * s.xy;
    double slope = 7, intercept = 7;
    status = tally_column_linear_fit(a, b, &slope, &intercept, NULL);
    CHECK_INT(status, x_spread == 0 ? TALLY_INVALID : TALLY_OK);
    CHECK_DOUBLE(slope, x_spread == 0 ? 7 : quotient(spread, x_spread));
    CHECK_DOUBLE(intercept, x_spread == 0 ? 7 : quotient(at_zero, x_spread));

    tally_product_accumulator sum = TALLY_PRODUCT_ACCUMULATOR_INIT, empty = sum;
    CHECK_OK(tally_product_accumulator_add(&sum, a, b));
    CHECK_OK(tally_product_accumulator_value_i64(&sum, &total));
    CHECK_INT(total, s.xy);
    CHECK_OK(tally_product_accumulator_count(&sum, &total));
    CHECK_INT(total, n);
    CHECK_OK(tally_product_accumulator_subtract(&sum, a, b));
    CHECK_BYTES(&sum, &empty, sizeof sum);
}

static void every_layout(void) {
    static struct made x, y;
    uint64_t seed = 1;
    static const size_t counts[] = {0, 1, 2, 9, 64, 65, 200, MOST};
    for (tally_type type = TALLY_F64; type <= TALLY_BOOL; type++) {
        ptrdiff_t size = TALLY_TYPE_SIZE(type);
        ptrdiff_t strides[] = {size,     -size,     0,        2 * size,
                               3 * size, -2 * size, size + 3, -size - 1,
                               4 * size, size,      1,        5 * size};
        for (size_t s = 0; s < sizeof strides / sizeof *strides; s++) {
            for (int options = 0; options < 12; options++) {
                size_t count = counts[random_word(&seed) % 8];
                /* Elements that overlap would be one another's bytes. */
                ptrdiff_t stride = strides[s] == 1 ? size : strides[s];
                make(&x, type, count, stride, options % 3, options / 3 % 2,
                     options / 6, value_room, validity_room, &seed);
                check_one(&x);
                tally_type other =
                    (tally_type)(1 + random_word(&seed) % TALLY_BOOL);
                make(&y, other, count,
                     (ptrdiff_t)(random_word(&seed) % 3) *
                         TALLY_TYPE_SIZE(other),
                     (int)(random_word(&seed) % 3), random_word(&seed) % 2,
                     random_word(&seed) % 2, other_room, other_validity_room,
                     &seed);
                check_pair(&x, &y);
                check_pair(&y, &x);
            }
        }
    }
}

/* Any bits of a half, as the format says. */
static double half(uint16_t bits, int fraction_bits) {
    int fraction = bits & ((1 << fraction_bits) - 1);
    int field = (bits & 0x7fff) >> fraction_bits;
    int top = (1 << (15 - fraction_bits)) - 1;
    if (field == top) {
        return fraction ? NAN : bits >> 15 ? -INFINITY : INFINITY;
    }
    int hidden = field ? 1 << fraction_bits : 0;
    double size =
        ldexp(fraction + hidden, (field ? field : 1) - top / 2 - fraction_bits);
    return bits >> 15 ? -size : size;
}

static void every_half(void) {
    for (uint32_t bits = 0; bits <= UINT16_MAX; bits++) {
        uint16_t element = (uint16_t)bits;
        double total;
        CHECK_OK(
            tally_column_sum(&TALLY_COLUMN(TALLY_F16, &element, 1), &total));
        double want = half(element, 10);
        CHECK(isnan(want) ? isnan(total) : memcmp(&total, &want, 8) == 0);
        CHECK_OK(
            tally_column_sum(&TALLY_COLUMN(TALLY_BF16, &element, 1), &total));
        want = half(element, 7);
        CHECK(isnan(want) ? isnan(total) : memcmp(&total, &want, 8) == 0);
    }
}

static void large_integers_are_exact(void) {
    int64_t times[] = {1700000000000000001, 1700000000000000002,
                       1700000000000000006};
    double result;
    tally_column column = TALLY_COLUMN(TALLY_I64, times, 3);
    CHECK_OK(tally_column_variance(&column, 1, &result));
    CHECK_DOUBLE(result, 7.0);
    CHECK_OK(tally_column_mean(&column, &result));
    CHECK_DOUBLE(result, 1700000000000000003.0);
    uint64_t large[] = {UINT64_MAX, UINT64_MAX - 1};
    int64_t signs[] = {1, -1};
    CHECK_OK(tally_column_dot(&TALLY_COLUMN(TALLY_U64, large, 2),
                              &TALLY_COLUMN(TALLY_I64, signs, 2), &result));
    CHECK_DOUBLE(result, 1.0);
    int64_t total;
    CHECK_REFUSED(
        tally_column_sum_i64(&TALLY_COLUMN(TALLY_U64, large, 2), &total),
        TALLY_OVERFLOW, "tally_column_sum_i64");
    /* 2^65 - 3, and nothing. */
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    uint64_t low = 0;
    column = TALLY_COLUMN(TALLY_U64, large, 2);
    CHECK_OK(tally_accumulator_add(&sum, &column));
    CHECK_OK(tally_accumulator_value_i128(&sum, &total, &low));
    CHECK_INT(total, 1);
    CHECK_SIZE(low, UINT64_MAX - 2);
    CHECK_OK(tally_accumulator_subtract(&sum, &column));
    CHECK_OK(tally_accumulator_value_i128(&sum, &total, &low));
    CHECK_INT(total, 0);
    CHECK_SIZE(low, 0);
}

/* The plain functions of other types. */
static void floats_and_integers(void) {
    float x[] = {1e30F, 1.0F, -1e30F, 3.0F}, y[] = {1.0F, 2.0F, 1.0F, 0.5F};
    int32_t small[] = {INT32_MAX, INT32_MAX, INT32_MAX - 3};
    int64_t opposite[] = {INT64_MAX, INT64_MAX, INT64_MIN + 4};
    uint64_t large[] = {UINT64_MAX, 1};
    double result;
    CHECK_OK(tally_mean_f32(x, 4, &result));
    CHECK_DOUBLE(result, 1.0);
    CHECK_OK(tally_dot_f32(x, y, 4, &result));
    CHECK_DOUBLE(result, 3.5);
    CHECK_OK(tally_norm_f32(y, 2, &result));
    CHECK_DOUBLE(result, sqrt(5.0));
    CHECK_OK(tally_variance_f32(y, 2, 0, &result));
    CHECK_DOUBLE(result, 0.25);
    CHECK_OK(tally_standard_deviation_f32(y, 2, 0, &result));
    CHECK_DOUBLE(result, 0.5);
    CHECK_OK(tally_weighted_mean_f32(x, y, 4, &result));
    CHECK_DOUBLE(result, 3.5 / 4.5);
    CHECK_OK(tally_mean_i32(small, 3, &result));
    CHECK_DOUBLE(result, (double)INT32_MAX - 1);
    CHECK_OK(tally_mean_i64(opposite, 3, &result));
    CHECK_DOUBLE(result, 3074457345618258603.0);
    CHECK_OK(tally_mean_u64(large, 2, &result));
    CHECK_DOUBLE(result, 9223372036854775808.0);
}

static void weights_and_lines(void) {
    int16_t values[] = {2, 3, 5, 7};
    uint8_t weights[] = {1, 0, 3, 2};
    tally_column column = TALLY_COLUMN(TALLY_I16, values, 4);
    double repeated[] = {2, 5, 5, 5, 7, 7}, result, want;
    for (size_t ddof = 0; ddof < 6; ddof++) {
        CHECK_OK(tally_variance_f64(repeated, 6, ddof, &want));
        CHECK_OK(tally_column_weighted_variance(
            &column, &TALLY_COLUMN(TALLY_U8, weights, 4), ddof, &result));
        CHECK_DOUBLE(result, want);
    }
    double x[] = {1e308, 1.0000001e308}, y[] = {-1e308, 1e308};
    double slope = 7, intercept = 7, r_squared = 7;
    CHECK_REFUSED(tally_column_linear_fit(&TALLY_COLUMN(TALLY_F64, x, 2),
                                          &TALLY_COLUMN(TALLY_F64, y, 2),
                                          &slope, &intercept, &r_squared),
                  TALLY_OVERFLOW, "tally_column_linear_fit");
    CHECK(slope > 1.9e7 && slope < 2.1e7);
    CHECK_DOUBLE(intercept, -INFINITY);
    CHECK_DOUBLE(r_squared, 1.0);
}

/* The function of columns says what that of arrays says, failures too. */
#define CHECK_AS_OF_ARRAYS(of_arrays, of_columns)                              \
    do {                                                                       \
        double want = -7, found = -7;                                          \
        tally_status status = of_arrays;                                       \
        CHECK_INT(of_columns, status);                                         \
        CHECK_DOUBLE(found, want);                                             \
    } while (0)

static void columns_of_doubles_are_as_arrays(void) {
    static double a[MOST], b[MOST];
    static const size_t counts[] = {0, 1, 2, 3, 9, 100, MOST};
    uint64_t seed = 2;
    for (int round = 0; round < 140; round++) {
        size_t count = counts[round % 7], ddof = (size_t)(round / 7 % 3);
        for (size_t i = 0; i < count; i++) {
            uint64_t x = random_word(&seed), y = random_word(&seed);
            memcpy(&a[i], &x, sizeof x);
            memcpy(&b[i], &y, sizeof y);
            /* Of any bits; finite; and near each other, with ties. */
            if (round % 3 == 1) {
                a[i] = isfinite(a[i]) ? a[i] : 1;
                b[i] = isfinite(b[i]) ? b[i] : 1;
            } else if (round % 3 == 2) {
                a[i] = 0.1 * (double)(x % 9), b[i] = (double)(y % 5) - 2;
            }
        }
        const tally_column x = TALLY_COLUMN(TALLY_F64, a, count);
        const tally_column y = TALLY_COLUMN(TALLY_F64, b, count);
        CHECK_AS_OF_ARRAYS(tally_sum_f64(a, count, &want),
                           tally_column_sum(&x, &found));
        CHECK_AS_OF_ARRAYS(tally_mean_f64(a, count, &want),
                           tally_column_mean(&x, &found));
        CHECK_AS_OF_ARRAYS(tally_norm_f64(a, count, &want),
                           tally_column_norm(&x, &found));
        CHECK_AS_OF_ARRAYS(tally_variance_f64(a, count, ddof, &want),
                           tally_column_variance(&x, ddof, &found));
        CHECK_AS_OF_ARRAYS(tally_standard_deviation_f64(a, count, ddof, &want),
                           tally_column_standard_deviation(&x, ddof, &found));
        CHECK_AS_OF_ARRAYS(tally_dot_f64(a, b, count, &want),
                           tally_column_dot(&x, &y, &found));
        CHECK_AS_OF_ARRAYS(tally_weighted_mean_f64(a, b, count, &want),
                           tally_column_weighted_mean(&x, &y, &found));
        CHECK_AS_OF_ARRAYS(tally_covariance_f64(a, b, count, ddof, &want),
                           tally_column_covariance(&x, &y, ddof, &found));
        CHECK_AS_OF_ARRAYS(tally_correlation_f64(a, b, count, &want),
                           tally_column_correlation(&x, &y, &found));
    }
}

#define CHECK_INFINITE(want, function, ...)                                    \
    do {                                                                       \
        double found = -7;                                                     \
        CHECK_REFUSED(function(__VA_ARGS__, &found), TALLY_OVERFLOW,           \
                      #function);                                              \
        CHECK_DOUBLE(found, want);                                             \
    } while (0)

static void results_beyond_the_doubles_are_infinite_and_an_error(void) {
    const double below[] = {-DBL_MAX, -DBL_MAX}, apart[] = {DBL_MAX, -DBL_MAX};
    const double backward[] = {-DBL_MAX, DBL_MAX}, signs[] = {2, -1};
    const uint8_t ones[] = {1, 1};
    const tally_column low = TALLY_COLUMN(TALLY_F64, below, 2);
    const tally_column x = TALLY_COLUMN(TALLY_F64, apart, 2);
    const tally_column y = TALLY_COLUMN(TALLY_F64, backward, 2);
    const tally_column weights = TALLY_COLUMN(TALLY_F64, signs, 2);
    const tally_column counts = TALLY_COLUMN(TALLY_U8, ones, 2);
    CHECK_INFINITE(-INFINITY, tally_column_sum, &low);
    CHECK_INFINITE(-INFINITY, tally_column_sum_parallel, &low, 2);
    CHECK_INFINITE(INFINITY, tally_column_norm, &low);
    CHECK_INFINITE(INFINITY, tally_column_variance, &x, 0);
    CHECK_INFINITE(INFINITY, tally_column_standard_deviation, &x, 1);
    CHECK_INFINITE(-INFINITY, tally_column_dot, &x, &y);
    CHECK_INFINITE(INFINITY, tally_column_weighted_mean, &x, &weights);
    CHECK_INFINITE(-INFINITY, tally_column_covariance, &x, &y, 0);
    CHECK_INFINITE(INFINITY, tally_column_weighted_variance, &x, &counts, 0);
}

/* Each row has one element of the pair only. */
static void pairs_of_which_none_counts(void) {
    const double left[] = {NAN, 1, NAN}, right[] = {2, NAN, 3};
    tally_column x = TALLY_COLUMN(TALLY_F64, left, 3);
    tally_column y = TALLY_COLUMN(TALLY_F64, right, 3);
    double result = 7;
    x.flags = y.flags = TALLY_SKIP_NAN;
    CHECK_REFUSED(tally_column_correlation(&x, &y, &result), TALLY_INVALID,
                  "tally_column_correlation");
    CHECK_REFUSED(tally_column_weighted_mean(&x, &y, &result), TALLY_INVALID,
                  "tally_column_weighted_mean");
    CHECK_REFUSED(tally_column_covariance(&x, &y, 0, &result), TALLY_INVALID,
                  "tally_column_covariance");
    CHECK_REFUSED(tally_column_weighted_variance(&x, &y, 0, &result),
                  TALLY_INVALID, "tally_column_weighted_variance");
    CHECK_REFUSED(tally_column_linear_fit(&x, &y, &result, NULL, NULL),
                  TALLY_INVALID, "tally_column_linear_fit");
    CHECK_DOUBLE(result, 7);
}

static void lines_of_zeros_and_of_nan(void) {
    const double at[] = {-1, 0, 1}, symmetric[] = {-1, 2, -1};
    const double special[] = {1, INFINITY, 2}, same[] = {0.1, 0.1, 0.1};
    const tally_column x = TALLY_COLUMN(TALLY_F64, at, 3);
    const tally_column y = TALLY_COLUMN(TALLY_F64, symmetric, 3);
    const tally_column not_finite = TALLY_COLUMN(TALLY_F64, special, 3);
    const tally_column constant = TALLY_COLUMN(TALLY_F64, same, 3);
    double slope = 7, intercept = 7, r_squared = 7;
    CHECK_OK(tally_column_linear_fit(&x, &y, &slope, &intercept, &r_squared));
    CHECK_DOUBLE(slope, 0.0);
    CHECK_DOUBLE(intercept, 0.0);
    CHECK_DOUBLE(r_squared, 0.0);
    CHECK_OK(tally_column_linear_fit(&constant, &not_finite, &slope, &intercept,
                                     &r_squared));
    CHECK(isnan(slope) && isnan(intercept) && isnan(r_squared));
    slope = intercept = r_squared = 7;
    CHECK_OK(tally_column_linear_fit(&not_finite, &constant, &slope, &intercept,
                                     &r_squared));
    CHECK(isnan(slope) && isnan(intercept) && isnan(r_squared));
}

/* A struct of a later version, one at any address, and one by hand. */
static void other_structs(void) {
    double values[] = {1.5, 2.5}, total;
    struct {
        tally_column column;
        size_t more[3];
    } later = {TALLY_COLUMN(TALLY_F64, values, 2), {0}};
    later.column.size = sizeof later;
    CHECK_OK(tally_column_sum(&later.column, &total));
    CHECK_DOUBLE(total, 4.0);
    char bytes[sizeof(tally_column) + 8];
    for (size_t i = 0; i < 8; i++) {
        memcpy(bytes + i, &TALLY_COLUMN(TALLY_F64, values, 2),
               sizeof(tally_column));
        CHECK_OK(tally_column_sum((const void *)(bytes + i), &total));
        CHECK_DOUBLE(total, 4.0);
    }
    tally_column by_hand;
    memset(&by_hand, 0, sizeof by_hand);
    by_hand.size = sizeof by_hand;
    by_hand.type = TALLY_F64;
    by_hand.values = values;
    by_hand.count = 2;
    by_hand.stride = sizeof *values;
    CHECK_OK(tally_column_sum(&by_hand, &total));
    CHECK_DOUBLE(total, 4.0);
    /* No mask is a mask of all. */
    size_t skipped = 7;
    by_hand.flags = TALLY_BYTE_MASK;
    CHECK_OK(tally_column_sum(&by_hand, &total));
    CHECK_DOUBLE(total, 4.0);
    CHECK_OK(tally_column_count(&by_hand, NULL, &skipped));
    CHECK_SIZE(skipped, 0);
}

/* One element as often as one likes takes no longer. */
static void one_element_many_times(void) {
    float element = 0.1F;
    tally_column column = TALLY_COLUMN(TALLY_F32, &element, SIZE_MAX / 2);
    column.stride = 0;
    double result;
    CHECK_OK(tally_column_mean(&column, &result));
    CHECK_DOUBLE(result, (double)element);
    CHECK_OK(tally_column_standard_deviation(&column, 1, &result));
    CHECK_DOUBLE(result, 0.0);
    CHECK_OK(tally_column_weighted_mean(&column, &column, &result));
    CHECK_DOUBLE(result, (double)element);
    size_t count = 0, skipped = 1;
    CHECK_OK(tally_column_count(&column, &count, &skipped));
    CHECK(count == SIZE_MAX / 2 && skipped == 0);
    column.flags = TALLY_SKIP_NAN;
    CHECK_OK(tally_column_count_pairs(&column, &column, &count, &skipped));
    CHECK(count == SIZE_MAX / 2 && skipped == 0);
    element = NAN;
    CHECK_OK(tally_column_count(&column, &count, &skipped));
    CHECK(count == 0 && skipped == SIZE_MAX / 2);
}

int main(void) {
    value_room = make_room(MOST * 64), other_room = make_room(MOST * 64);
    validity_room = make_room(2 * MOST);
    other_validity_room = make_room(2 * MOST);
    every_layout();
    every_half();
    large_integers_are_exact();
    floats_and_integers();
    weights_and_lines();
    columns_of_doubles_are_as_arrays();
    results_beyond_the_doubles_are_infinite_and_an_error();
    pairs_of_which_none_counts();
    lines_of_zeros_and_of_nan();
    other_structs();
    one_element_many_times();
    return finish();
}
