/*
 * tally.h - arithmetic over arrays that cannot silently go wrong
 *
 * Three promises:
 *
 * - Exact. Integer totals never wrap: they are right, or they are an error.
 *   Floating-point totals are the exactly rounded value of the true sum: the
 *   same numbers give the same bits, in any order, split over any threads or
 *   machines.
 * - Contained. NULL, an impossible length, a stale or foreign handle,
 *   malformed text: none of these crashes or corrupts the process. Each is
 *   reported as a status, a message, and the name of the function that refused
 *   it. An exception thrown by a callback passes through to its C++ caller,
 *   and nothing leaks.
 * - Fast. A call costs a few to a few tens of nanoseconds, and long arrays are
 *   added at memory bandwidth wherever memory is the limit.
 *
 * Conventions:
 *
 * - A function that can fail returns a tally_status, 0 or negative, and writes
 *   its results through its last pointer arguments. On failure it writes
 *   nothing, except where its comment says otherwise. Compilers warn if a
 *   status is ignored, unless the function only releases something.
 * - A pointer may be NULL only where a function says so; elsewhere NULL is
 *   refused with TALLY_NULL. If a count is 0, its pointer is ignored. Arrays
 *   may have any alignment.
 * - Each thread has its own record of its latest error.
 * - Strings are UTF-8 and NUL-terminated. Text that is passed with its size
 *   needs no NUL.
 * - A callback may throw a C++ exception, which reaches its C++ caller intact.
 *   It must not exit by longjmp() or by ending its thread.
 * - Any function may be called from several threads at once, on different data
 *   or on data that none of them changes. Handles may be shared freely. No
 *   function may be called from a signal handler.
 * - No function is a cancellation point: a thread whose cancellation is
 *   pending completes each call. Asynchronous cancellation is forbidden.
 * - The thread's floating-point environment - rounding direction, flushing of
 *   subnormals, traps, flags - affects no result and is restored when a call
 *   returns.
 *
 * The header needs C99 or C++11.
 */

/* Generated from the sources of the library: edit those instead. */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */

#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdint.h>

/* The version of this header; tally_version() returns that of the library. */
#define TALLY_VERSION "0.1.0"
#define TALLY_VERSION_MAJOR 0
#define TALLY_VERSION_MINOR 1
#define TALLY_VERSION_PATCH 0
/* Major * 10000 + minor * 100 + patch, to compare versions. */
#define TALLY_VERSION_NUMBER                                                   \
    (TALLY_VERSION_MAJOR * 10000 + TALLY_VERSION_MINOR * 100 +                 \
     TALLY_VERSION_PATCH)

/* Marks a result that must not be ignored. */
#ifndef TALLY_NODISCARD
#if defined(__cplusplus) && __cplusplus >= 201703L
#define TALLY_NODISCARD [[nodiscard]]
#elif !defined(__cplusplus) && __STDC_VERSION__ >= 202311L
#define TALLY_NODISCARD [[nodiscard]]
#elif defined(__GNUC__)
#define TALLY_NODISCARD __attribute__((warn_unused_result))
#else
#define TALLY_NODISCARD
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ========================================================================== */
/*                                   Status                                   */
/* ========================================================================== */

/*
 * The return value of every function that can fail. The numbers never change.
 */

/*
 * The outcome of a call: 0 for success, negative for failure.
 *
 * 32 bits wide in every dialect of C and C++. Later versions may add failures:
 * treat any negative number as one.
 */
enum tally_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    /* The call succeeded. */
    TALLY_OK = 0,
    /* A required pointer is NULL. */
    TALLY_NULL = -1,
    /* An argument is out of range, or the request has no meaning. */
    TALLY_INVALID = -2,
    /* The true result does not fit. */
    TALLY_OVERFLOW = -3,
    /* Text is not UTF-8. */
    TALLY_ENCODING = -4,
    /* A word is not a number. */
    TALLY_PARSE = -5,
    /* Out of memory. */
    TALLY_MEMORY = -6,
    /* The handle or block has been released already. */
    TALLY_STALE = -7,
    /* The handle or block is of another kind than this function takes. */
    TALLY_WRONG_KIND = -8,
    /* The pointer is not a handle or block of this library. */
    TALLY_BAD_HANDLE = -9,
    /* A callback failed, or did not return. */
    TALLY_CALLBACK = -10,
    /* A defect of this library was contained. Please report the message. */
    TALLY_PANIC = -11,
    /* Bytes are not a saved state that this library writes. */
    TALLY_FORMAT = -12,
    /* Too many calls and views are using the handle. Try again later. */
    TALLY_BUSY = -13,
    /*
     * The buffer is too small, and the function reports the size it needs; or
     * the result does not fit in a small accumulator.
     */
    TALLY_TOO_SMALL = -14,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum tally_status tally_status;
#else
typedef int32_t tally_status;
#endif
#endif

/* ========================================================================== */
/*                                   Errors                                   */
/* ========================================================================== */

/*
 * Each thread has a record of its latest failure: a status, a message and the
 * name of the function that failed. A failing call sets it; a successful call
 * clears it. The releasing functions (tally_free, tally_unref,
 * tally_array_release_view, tally_record_free, and the classic c_free and
 * c_object_unref) set it when they fail, but never clear it. Threads never see
 * each other's errors.
 *
 *     if (tally_sum_f64(values, count, &total) != TALLY_OK)
 *         printf("%s: %s\n", tally_last_function(), tally_last_message());
 *
 * The functions of this section only read the record, except
 * tally_clear_error(). They cannot fail.
 */

/*
 * The status of this thread's latest failure, or TALLY_OK if the latest call
 * that sets or clears the record succeeded.
 *
 * Use it to detect a failure where every return value is also a valid result,
 * as with tally_object_value().
 */
TALLY_NODISCARD tally_status tally_last_status(void);

/*
 * The message of this thread's latest failure, or "". Never NULL.
 *
 * UTF-8, at most 255 bytes. The library owns it; do not free it. It is valid
 * until this thread makes another call that may set or clear the record, or
 * ends; to keep it longer, use tally_last_error_copy().
 */
TALLY_NODISCARD const char *tally_last_message(void);

/*
 * The name of the function that failed last on this thread, or "" if there is
 * no error. Never NULL; valid for as long as the library is loaded.
 */
TALLY_NODISCARD const char *tally_last_function(void);

/*
 * Copies this thread's message, as snprintf() would.
 *
 * At most 'size' bytes are written to 'buffer', including the terminating NUL;
 * a longer message is truncated at a character boundary. Nothing is written if
 * 'buffer' is NULL or 'size' is 0.
 *
 * Returns the length of the complete message in bytes, without the NUL.
 */
size_t tally_last_error_copy(char *buffer, size_t size);

/*
 * Clears this thread's error.
 */
void tally_clear_error(void);

/*
 * The name of a status, such as "TALLY_OVERFLOW", or "TALLY_UNKNOWN" for any
 * other number. Never NULL; valid for as long as the library is loaded.
 */
TALLY_NODISCARD const char *tally_status_name(int32_t status);

/* ========================================================================== */
/*                                  Version                                   */
/* ========================================================================== */

/*
 * The macros TALLY_VERSION and TALLY_VERSION_NUMBER give the version that a
 * program was compiled against; these functions give the version it runs with.
 * They cannot fail and do not touch the error record.
 */

/*
 * The version of the running library, such as "0.1.0". Never NULL; valid for as
 * long as the library is loaded.
 */
TALLY_NODISCARD const char *tally_version(void);

/*
 * The version of the running library as one number: major * 10000 + minor * 100
 * + patch.
 */
TALLY_NODISCARD uint32_t tally_version_number(void);

/* ========================================================================== */
/*                               Sums of arrays                               */
/* ========================================================================== */

/*
 * One call, one total. Integer totals are exact or they are an error. Totals of
 * doubles and floats are the true sum rounded once, to nearest with ties to
 * even, so they do not depend on the order of the values.
 *
 *     double values[] = {1e100, 1.0, -1e100}, total;
 *     if (tally_sum_f64(values, 3, &total) == TALLY_OK)
 *         printf("%g\n", total);                              // 1
 *     else
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * 'count' is the number of elements. The array may have any alignment, and may
 * be NULL if 'count' is 0. Any NaN makes the total NaN, and so do infinities of
 * both signs; infinities of one sign make it that infinity. Only the final
 * total has to be in range; intermediate totals cannot overflow. Each function
 * returns TALLY_NULL if a required pointer is NULL, TALLY_INVALID if the array
 * would be larger than PTRDIFF_MAX bytes, and TALLY_OVERFLOW where documented.
 * On failure '*total' is unchanged, except for the documented infinity.
 *
 * The method is a superaccumulator: one integer wide enough for every sum of
 * doubles (U. Kulisch, Computer Arithmetic and Validity, 2013; R. Neal, Fast
 * exact summation using small and large superaccumulators, 2015).
 */

/*
 * Adds 'count' 32-bit integers.
 *
 * TALLY_OVERFLOW if the total is outside int64_t, which requires more than 2^32
 * values.
 */
TALLY_NODISCARD
tally_status tally_sum_i32(const int32_t *values, size_t count, int64_t *total);

/*
 * Adds 'count' signed 64-bit integers.
 *
 * TALLY_OVERFLOW if the total is outside int64_t. For a total that cannot
 * overflow, see tally_sum_i64_wide().
 */
TALLY_NODISCARD
tally_status tally_sum_i64(const int64_t *values, size_t count, int64_t *total);

/*
 * Adds 'count' signed 64-bit integers into a 128-bit total, which cannot
 * overflow.
 *
 * The total is '*high' * 2^64 + '*low'.
 */
TALLY_NODISCARD
tally_status tally_sum_i64_wide(const int64_t *values, size_t count,
                                int64_t *high, uint64_t *low);

/*
 * Adds 'count' unsigned 64-bit integers.
 *
 * TALLY_OVERFLOW if the total is above UINT64_MAX.
 */
TALLY_NODISCARD
tally_status tally_sum_u64(const uint64_t *values, size_t count,
                           uint64_t *total);

/*
 * Adds 'count' doubles. The total is the double nearest to the true sum.
 *
 * The total of an empty array is +0.0, and that of an array of only -0.0 is
 * -0.0. If the sum rounds beyond DBL_MAX, '*total' is set to infinity, with the
 * sum's sign, and TALLY_OVERFLOW is returned.
 */
TALLY_NODISCARD
tally_status tally_sum_f64(const double *values, size_t count, double *total);

/*
 * Adds 'count' floats. The total is the float nearest to the true sum.
 *
 * It is rounded once, straight to float. Zeros are as in tally_sum_f64(), and
 * so is overflow, beyond FLT_MAX.
 */
TALLY_NODISCARD
tally_status tally_sum_f32(const float *values, size_t count, float *total);

/* ========================================================================== */
/*                   Dot products and statistics of arrays                    */
/* ========================================================================== */

/*
 * One call, one number: the exact result rounded once, to the nearest double
 * with ties to even, so it does not depend on the order of the values. No
 * result suffers from cancellation: each is a quotient of integers of thousands
 * of bits, or the square root of one.
 *
 *     double x[] = {1e100, 1.0, 1e100}, y[] = {1.0, 1.0, -1.0}, dot;
 *     if (tally_dot_f64(x, y, 3, &dot) != TALLY_OK ||           // 1
 *         tally_variance_f64(values, count, 1, &variance) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * 'count' is the number of elements, in each array if there are two. An array
 * may have any alignment, may be NULL if 'count' is 0, and may be passed twice.
 * 'ddof', the delta degrees of freedom, is subtracted from the count in the
 * divisor: 0 gives the variance of a whole population, 1 that of a sample.
 *
 * Each function returns TALLY_NULL if a required pointer is NULL, TALLY_INVALID
 * if an array would be larger than PTRDIFF_MAX bytes and where documented, and
 * TALLY_OVERFLOW if the result rounds beyond DBL_MAX. On overflow the result is
 * set to infinity, with its sign; on any other failure it is unchanged.
 *
 * For other types and layouts see tally_column; for data that arrives in parts,
 * see tally_product_accumulator and tally_moments.
 *
 * The method is a superaccumulator of products (U. Kulisch, Computer Arithmetic
 * and Validity, 2013) with error-free transformations (T. Ogita, S. M. Rump, S.
 * Oishi, Accurate sum and dot product, 2005).
 */

/*
 * The dot product of 'count' pairs of doubles: the double nearest to the true
 * sum of the products.
 *
 * No product overflows or underflows. NaN, an infinity times zero, and infinite
 * products of both signs give NaN; infinite products of one sign give that
 * infinity. The total of empty arrays is +0.0, and that of products that are
 * all -0.0 is -0.0.
 */
TALLY_NODISCARD
tally_status tally_dot_f64(const double *x, const double *y, size_t count,
                           double *total);

/*
 * The dot product of 'count' pairs of floats, as a double.
 *
 * The result is that of tally_dot_f64() for the same numbers.
 */
TALLY_NODISCARD
tally_status tally_dot_f32(const float *x, const float *y, size_t count,
                           double *total);

/*
 * The mean of 'count' doubles: the double nearest to the true sum divided by
 * the count.
 *
 * TALLY_INVALID if 'count' is 0. NaN and infinities are treated as in
 * tally_sum_f64().
 */
TALLY_NODISCARD
tally_status tally_mean_f64(const double *values, size_t count, double *mean);

/*
 * The mean of 'count' floats, as a double: the result of tally_mean_f64() for
 * the same numbers.
 */
TALLY_NODISCARD
tally_status tally_mean_f32(const float *values, size_t count, double *mean);

/*
 * The mean of 'count' signed 32-bit integers: the double nearest to the true
 * sum divided by the count.
 *
 * TALLY_INVALID if 'count' is 0.
 */
TALLY_NODISCARD
tally_status tally_mean_i32(const int32_t *values, size_t count, double *mean);

/*
 * The mean of 'count' signed 64-bit integers, as for tally_mean_i32().
 */
TALLY_NODISCARD
tally_status tally_mean_i64(const int64_t *values, size_t count, double *mean);

/*
 * The mean of 'count' unsigned 64-bit integers, as for tally_mean_i32().
 */
TALLY_NODISCARD
tally_status tally_mean_u64(const uint64_t *values, size_t count, double *mean);

/*
 * The variance of 'count' doubles: the sum of their squared distances from the
 * mean, divided by 'count' - 'ddof'.
 *
 * TALLY_INVALID if 'count' is not greater than 'ddof'. The result is NaN if any
 * value is NaN or infinite.
 */
TALLY_NODISCARD
tally_status tally_variance_f64(const double *values, size_t count, size_t ddof,
                                double *variance);

/*
 * The variance of 'count' floats, as a double: the result of
 * tally_variance_f64() for the same numbers.
 */
TALLY_NODISCARD
tally_status tally_variance_f32(const float *values, size_t count, size_t ddof,
                                double *variance);

/*
 * The standard deviation of 'count' doubles: the square root of the variance,
 * as tally_variance_f64() defines it, rounded once.
 *
 * TALLY_INVALID if 'count' is not greater than 'ddof'. The result is NaN if any
 * value is NaN or infinite.
 */
TALLY_NODISCARD
tally_status tally_standard_deviation_f64(const double *values, size_t count,
                                          size_t ddof, double *deviation);

/*
 * The standard deviation of 'count' floats, as a double: the result of
 * tally_standard_deviation_f64() for the same numbers.
 */
TALLY_NODISCARD
tally_status tally_standard_deviation_f32(const float *values, size_t count,
                                          size_t ddof, double *deviation);

/*
 * The Euclidean norm of 'count' doubles: the square root of the sum of their
 * squares, rounded once.
 *
 * No square overflows or underflows. Any NaN gives NaN; otherwise any infinity
 * gives infinity. The norm of an empty array is +0.0.
 */
TALLY_NODISCARD
tally_status tally_norm_f64(const double *values, size_t count, double *norm);

/*
 * The Euclidean norm of 'count' floats, as a double: the result of
 * tally_norm_f64() for the same numbers.
 */
TALLY_NODISCARD
tally_status tally_norm_f32(const float *values, size_t count, double *norm);

/*
 * The weighted mean of 'count' doubles: the sum of each value times its weight,
 * divided by the sum of the weights.
 *
 * Weights may be negative. TALLY_INVALID if they add up to zero, as they do if
 * 'count' is 0. Otherwise the mean is NaN if there is a NaN, an infinite
 * weight, or an infinite value of weight zero, or if infinite products have
 * both signs.
 *
 * A mean of exactly zero has the sign of the zero that tally_dot_f64() returns
 * for values and weights if the weights add up to more than zero, and the
 * opposite sign if they add up to less: 1 and -1, each of weight -1, have the
 * mean -0.0. A mean that rounds to zero keeps its sign.
 */
TALLY_NODISCARD
tally_status tally_weighted_mean_f64(const double *values,
                                     const double *weights, size_t count,
                                     double *mean);

/*
 * The weighted mean of 'count' floats, as a double: the result of
 * tally_weighted_mean_f64() for the same numbers.
 */
TALLY_NODISCARD
tally_status tally_weighted_mean_f32(const float *values, const float *weights,
                                     size_t count, double *mean);

/*
 * The covariance of 'count' pairs of doubles: the sum of the products of their
 * distances from the means, divided by 'count' - 'ddof'.
 *
 * TALLY_INVALID if 'count' is not greater than 'ddof'. The result is NaN if any
 * element is NaN or infinite. A covariance of exactly zero is +0.0; one that
 * rounds to zero keeps its sign.
 */
TALLY_NODISCARD
tally_status tally_covariance_f64(const double *x, const double *y,
                                  size_t count, size_t ddof,
                                  double *covariance);

/*
 * The correlation coefficient (Pearson's) of 'count' pairs of doubles, from -1
 * to 1: the covariance divided by both standard deviations.
 *
 * TALLY_INVALID if 'count' is 0. The result is NaN if any element is NaN or
 * infinite; otherwise TALLY_INVALID if all elements of 'x' are equal, or all
 * elements of 'y'. A result of 1 or -1 may come from rounding, for pairs that
 * lie only nearly on a line. A coefficient of exactly zero is +0.0; one that
 * rounds to zero keeps its sign.
 */
TALLY_NODISCARD
tally_status tally_correlation_f64(const double *x, const double *y,
                                   size_t count, double *correlation);

/* ========================================================================== */
/*                                  Columns                                   */
/* ========================================================================== */

/*
 * A tally_column describes values as they lie in memory: of any type, at any
 * stride, with or without missing values. The functions below take any column.
 *
 *     float prices[] = {1.5F, NAN, 2.25F};
 *     double mean;
 *     tally_column column = TALLY_COLUMN(TALLY_F32, prices, 3);
 *     column.flags = TALLY_SKIP_NAN;
 *     if (tally_column_mean(&column, &mean) != TALLY_OK)        // 1.875
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Each result is exact and rounded once, to the nearest double with ties to
 * even; a column of doubles gives the same result as the function for arrays.
 * Floats of any size and integers are converted without loss, even int64_t and
 * uint64_t beyond 2^53; an integer zero is +0.0.
 *
 * An element is skipped if 'validity' marks it as missing, or if it is NaN and
 * 'flags' has TALLY_SKIP_NAN; in a pair of columns its partner is skipped with
 * it. All other elements count. tally_column_count() reports how many there are
 * of each. All 'count' elements must be readable, including skipped ones, whose
 * values do not matter.
 *
 * The struct is read only during the call, and may have any alignment.
 * TALLY_NULL if it is NULL, or if 'values' is NULL and 'count' is not 0.
 * TALLY_INVALID if 'size' is not sizeof(tally_column), if 'type' or a flag is
 * unknown, if the elements would span more than PTRDIFF_MAX bytes or extend
 * past the end of memory, if 'offset' + 'count' exceeds SIZE_MAX, if two
 * columns of a call differ in 'count', and where documented. The larger struct
 * of a later version is accepted if its additional bytes are 0.
 */

/*
 * A flag of a tally_column: skip NaN.
 */
#define TALLY_SKIP_NAN 1

/*
 * A flag of a tally_column: 'validity', unless it is NULL, has one byte for
 * each element, which is 0 if the element is missing.
 */
#define TALLY_BYTE_MASK 2

/*
 * The type of the elements of a column.
 *
 * 32 bits wide in every dialect of C and C++. Later versions may add types.
 */
enum tally_type
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    /* double */
    TALLY_F64 = 1,
    /* float */
    TALLY_F32 = 2,
    /* half precision (IEEE 754 binary16) */
    TALLY_F16 = 3,
    /* bfloat16: the upper 16 bits of a float */
    TALLY_BF16 = 4,
    /* int8_t */
    TALLY_I8 = 5,
    /* int16_t */
    TALLY_I16 = 6,
    /* int32_t */
    TALLY_I32 = 7,
    /* int64_t */
    TALLY_I64 = 8,
    /* uint8_t */
    TALLY_U8 = 9,
    /* uint16_t */
    TALLY_U16 = 10,
    /* uint32_t */
    TALLY_U32 = 11,
    /* uint64_t */
    TALLY_U64 = 12,
    /* a byte: 0 is 0, anything else is 1 */
    TALLY_BOOL = 13,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum tally_type tally_type;
#else
typedef int32_t tally_type;
#endif
#endif

/*
 * Values in memory.
 *
 * Plain data: initialize it with TALLY_COLUMN or TALLY_COLUMN_INIT, or set all
 * bytes to zero and then assign fields, including 'size' and 'stride'.
 */
typedef struct tally_column {
    /* sizeof(tally_column). */
    size_t size;
    /* The type of the elements. */
    tally_type type;
    /* TALLY_SKIP_NAN and TALLY_BYTE_MASK, or 0. */
    uint32_t flags;
    /* The first element, with any alignment. May be NULL if 'count' is 0. */
    const void *values;
    /* The number of elements, including missing ones. */
    size_t count;
    /*
     * The distance from one element to the next, in bytes. If negative, the
     * elements lie at descending addresses; if 0, one element is repeated
     * 'count' times.
     */
    ptrdiff_t stride;
    /*
     * Which elements are present: a bitmap with the least significant bit of
     * each byte first (Arrow's layout), or with TALLY_BYTE_MASK one byte for
     * each element. Its bits or bytes are contiguous, whatever 'stride' is: a
     * flag in an array of structs must be copied out. NULL if none is missing.
     */
    const uint8_t *validity;
    /* The position of the first element in 'validity', in bits or bytes. */
    size_t offset;
} tally_column;

/*
 * The size of an element of a tally_type in bytes.
 */
#define TALLY_TYPE_SIZE(type)                                                  \
    ((type) == TALLY_F64 || (type) == TALLY_I64 || (type) == TALLY_U64   ? 8   \
     : (type) == TALLY_F32 || (type) == TALLY_I32 || (type) == TALLY_U32 ? 4   \
     : (type) == TALLY_I8 || (type) == TALLY_U8 || (type) == TALLY_BOOL  ? 1   \
                                                                         : 2)

/*
 * Initializes a tally_column of 'count' contiguous elements, none of them
 * missing. It is a constant expression if its arguments are, so it also
 * initializes static columns, for which some compilers refuse TALLY_COLUMN in
 * strict C99.
 */
#ifdef __cplusplus
#define TALLY_COLUMN_INIT(type, values, count)                                 \
    {                                                                          \
        sizeof(tally_column), type, 0, values, static_cast<size_t>(count),     \
            TALLY_TYPE_SIZE(type), nullptr, 0                                  \
    }
#else
#define TALLY_COLUMN_INIT(type, values, count)                                 \
    {                                                                          \
        sizeof(tally_column), (type), 0, (values), (size_t)(count),            \
            TALLY_TYPE_SIZE(type), NULL, 0                                     \
    }
#endif

/*
 * A tally_column as TALLY_COLUMN_INIT initializes it, for use as an expression.
 */
#ifdef __cplusplus
#define TALLY_COLUMN(type, values, count)                                      \
    tally_column {                                                             \
        sizeof(tally_column), type, 0, values, static_cast<size_t>(count),     \
            TALLY_TYPE_SIZE(type), nullptr, 0                                  \
    }
#else
#define TALLY_COLUMN(type, values, count)                                      \
    ((tally_column){sizeof(tally_column), (type), 0, (values),                 \
                    (size_t)(count), TALLY_TYPE_SIZE(type), NULL, 0})
#endif

/*
 * The number of elements of a column that count, and of those that are skipped.
 * Either result pointer may be NULL.
 */
TALLY_NODISCARD
tally_status tally_column_count(const tally_column *values, size_t *count,
                                size_t *skipped);

/*
 * The number of pairs of elements that count, and of those that are skipped.
 * Either result pointer may be NULL.
 */
TALLY_NODISCARD
tally_status tally_column_count_pairs(const tally_column *x,
                                      const tally_column *y, size_t *count,
                                      size_t *skipped);

/*
 * The sum of a column, as defined by tally_sum_f64().
 *
 * TALLY_OVERFLOW if the sum rounds beyond DBL_MAX; '*total' is then infinity,
 * with the sum's sign.
 */
TALLY_NODISCARD
tally_status tally_column_sum(const tally_column *values, double *total);

/*
 * The exact sum of a column of integers or of TALLY_BOOL.
 *
 * TALLY_OVERFLOW if the total is outside int64_t. TALLY_INVALID for other
 * types.
 */
TALLY_NODISCARD
tally_status tally_column_sum_i64(const tally_column *values, int64_t *total);

/*
 * The mean of a column, as defined by tally_mean_f64().
 *
 * TALLY_INVALID if no element counts.
 */
TALLY_NODISCARD
tally_status tally_column_mean(const tally_column *values, double *mean);

/*
 * The Euclidean norm of a column, as defined by tally_norm_f64().
 *
 * TALLY_OVERFLOW as for tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_norm(const tally_column *values, double *norm);

/*
 * The variance of a column, as defined by tally_variance_f64().
 *
 * TALLY_INVALID unless more than 'ddof' elements count. TALLY_OVERFLOW as for
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_variance(const tally_column *values, size_t ddof,
                                   double *variance);

/*
 * The standard deviation of a column, as defined by
 * tally_standard_deviation_f64().
 *
 * TALLY_INVALID unless more than 'ddof' elements count. TALLY_OVERFLOW as for
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_standard_deviation(const tally_column *values,
                                             size_t ddof, double *deviation);

/*
 * The dot product of two columns, as defined by tally_dot_f64().
 *
 * TALLY_OVERFLOW as for tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_dot(const tally_column *x, const tally_column *y,
                              double *total);

/*
 * The weighted mean of a column, as defined by tally_weighted_mean_f64().
 *
 * TALLY_INVALID if the weights add up to zero. TALLY_OVERFLOW as for
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_weighted_mean(const tally_column *values,
                                        const tally_column *weights,
                                        double *mean);

/*
 * The covariance of two columns, as defined by tally_covariance_f64().
 *
 * TALLY_INVALID unless more than 'ddof' pairs count. TALLY_OVERFLOW as for
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_covariance(const tally_column *x,
                                     const tally_column *y, size_t ddof,
                                     double *covariance);

/*
 * The correlation coefficient of two columns, as defined by
 * tally_correlation_f64().
 *
 * TALLY_INVALID if no pair counts, or if the elements of 'x' that count are all
 * equal, or those of 'y'.
 */
TALLY_NODISCARD
tally_status tally_column_correlation(const tally_column *x,
                                      const tally_column *y,
                                      double *correlation);

/*
 * The variance of values with frequency weights, each of which says how often
 * its value occurs: for values x of weights w, with the sum of weights W and
 * the weighted mean m, the sum of w (x - m)^2 divided by W - 'ddof'.
 *
 * TALLY_INVALID if a weight is negative, and unless W is greater than 'ddof',
 * as it never is if nothing counts. Otherwise the result is NaN if an element
 * that counts is NaN or infinite. TALLY_OVERFLOW as for tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_weighted_variance(const tally_column *values,
                                            const tally_column *weights,
                                            size_t ddof, double *variance);

/*
 * Fits a straight line, y = '*intercept' + '*slope' x, by ordinary least
 * squares.
 *
 * '*r_squared' is the coefficient of determination, the square of the
 * correlation coefficient. Each result is rounded once. Any of the result
 * pointers may be NULL.
 *
 * All results are NaN if an element that counts is NaN or infinite. Otherwise
 * TALLY_INVALID, with nothing written, if no pair counts, if the elements of
 * 'x' that count are all equal, or if those of 'y' are and 'r_squared' is not
 * NULL; the message says which. A result of exactly zero is +0.0.
 * TALLY_OVERFLOW if a result rounds beyond DBL_MAX; that result is then
 * infinity, with its sign, and the others are written as usual.
 */
TALLY_NODISCARD
tally_status tally_column_linear_fit(const tally_column *x,
                                     const tally_column *y, double *slope,
                                     double *intercept, double *r_squared);

/*
 * Checks the length of an array, for bindings to this library whose arrays know
 * their lengths.
 *
 * TALLY_INVALID unless 'length' equals 'needed'. The message has 'name', which
 * is the name of the array, and both numbers.
 */
TALLY_NODISCARD
tally_status tally_check_length(const char *name, size_t length, size_t needed);

/* ========================================================================== */
/*                                   Groups                                   */
/* ========================================================================== */

/*
 * A statistic for each group of values, in one call: 'groups' is a column of
 * integers with the group id of each element of 'values'.
 *
 *     double prices[] = {0.1, 1e100, 0.2, 1.0, -1e100}, totals[3];
 *     uint8_t shops[] = {0, 2, 0, 2, 2};
 *     tally_column values = TALLY_COLUMN(TALLY_F64, prices, 5);
 *     tally_column groups = TALLY_COLUMN(TALLY_U8, shops, 5);
 *     if (tally_group(&values, &groups, 3, TALLY_SUM, 0, totals) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     else
 *         printf("%g %g %g\n", totals[0], totals[1], totals[2]);     // 0.3 0 1
 *
 * Each result is exact and rounded once, as from the function for a single
 * column; the order of the elements does not matter. An undefined result, such
 * as the mean of no values, is NaN, and one that rounds beyond DBL_MAX is
 * infinity, with its sign; neither is a failure. NaN and infinities affect only
 * the results of their own group.
 *
 * For the columns see Columns. Ids may be of any integer type or TALLY_BOOL,
 * and range from 0 to 'group_count' - 1. If an id is missing, its value is
 * skipped; the id of a skipped value is checked like any other. TALLY_INVALID
 * if an id is out of range, with the first such row, counted from 0, in the
 * message; if 'groups' is a column of floats; if the columns differ in 'count';
 * and if the results overlap the values, ids or validity of a column.
 *
 * Time is proportional to the number of elements and groups. A call allocates
 * at most one or two megabytes, plus up to 25 bytes for each group. Where a
 * result needs all values of its group at once, it allocates a further 8 bytes
 * for each group and for each such value: this is so for variances, deviations
 * and norms, and for sums and means of floats of which one is more than 2^30
 * times as large as another. Sorted ids, in runs of about 100 or more, take
 * only 8 bytes for each group. TALLY_MEMORY if out of memory. On failure
 * nothing is written, except by tally_group_sum_i64() on overflow.
 */

/*
 * The statistic that a function computes for each group, axis or window.
 *
 * 32 bits wide in every dialect of C and C++. Later versions may add
 * statistics.
 */
enum tally_statistic
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    /* the sum; 0 if nothing counts */
    TALLY_SUM = 1,
    /* the mean */
    TALLY_MEAN = 2,
    /* the variance; undefined unless more than 'ddof' values count */
    TALLY_VARIANCE = 3,
    /* the standard deviation, the square root of the variance */
    TALLY_STANDARD_DEVIATION = 4,
    /* the Euclidean norm, the square root of the sum of squares */
    TALLY_NORM = 5,
    /* the number of values that count */
    TALLY_COUNT = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum tally_statistic tally_statistic;
#else
typedef int32_t tally_statistic;
#endif
#endif

/*
 * Computes a statistic for each group: 'results[g]' is that of the values with
 * id 'g'.
 *
 * 'ddof' applies to TALLY_VARIANCE and TALLY_STANDARD_DEVIATION and is
 * otherwise ignored. 'results' has room for 'group_count' doubles, with any
 * alignment; it may be NULL if 'group_count' is 0. TALLY_INVALID if 'what' is
 * not a tally_statistic.
 */
TALLY_NODISCARD
tally_status tally_group(const tally_column *values, const tally_column *groups,
                         size_t group_count, tally_statistic what, size_t ddof,
                         double *results);

/*
 * Computes the exact sum of each group of integers: 'results[g]' is that of the
 * values with id 'g'.
 *
 * A sum outside int64_t is replaced by INT64_MAX or INT64_MIN, whichever is
 * nearer, and the call returns TALLY_OVERFLOW; all other results are correct.
 * '*overflowed' is the number of such sums; 'overflowed' may be NULL.
 * TALLY_INVALID if 'values' is a column of floats.
 */
TALLY_NODISCARD
tally_status tally_group_sum_i64(const tally_column *values,
                                 const tally_column *groups, size_t group_count,
                                 int64_t *results, size_t *overflowed);

/* ========================================================================== */
/*                              Axes of matrices                              */
/* ========================================================================== */

/*
 * One result for each column of a matrix, or for each row.
 *
 *     float pixels[2][3] = {{1, 2, 3}, {4, 5, 9}};
 *     tally_column row = TALLY_COLUMN(TALLY_F32, pixels[0], 3);
 *     double means[3];
 *     ptrdiff_t row_stride = sizeof pixels[0];
 *     if (tally_axis(&row, 2, row_stride, 0, TALLY_MEAN, 0, means) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     // means: 2.5, 3.5, 6
 */

/*
 * Computes a statistic for each column of a matrix ('axis' 0) or for each row
 * ('axis' 1). Each result is exact and rounded once; an undefined one is NaN,
 * and one that rounds beyond DBL_MAX is infinity, with its sign.
 *
 * 'first_row' describes the first of 'rows' rows: its 'count' is the number of
 * columns, and its 'stride' is the distance between them. Each row begins
 * 'row_stride' bytes after the previous one; 'row_stride' may be negative, or 0
 * to repeat one row. 'validity' covers the whole matrix, row by row: the
 * position of the element in row r and column c is 'offset' + r * 'count' + c.
 * 'ddof' applies to the variance and the standard deviation.
 *
 * 'results' has room for 'count' results with 'axis' 0 and for 'rows' results
 * with 'axis' 1, and must not overlap the matrix. TALLY_INVALID if it does, if
 * 'axis' is neither 0 nor 1, if 'what' is not a tally_statistic, and if the
 * rows would span more than PTRDIFF_MAX bytes or extend past the end of memory.
 */
TALLY_NODISCARD
tally_status tally_axis(const tally_column *first_row, size_t rows,
                        ptrdiff_t row_stride, int axis, tally_statistic what,
                        size_t ddof, double *results);

/* ========================================================================== */
/*                         Windows and running totals                         */
/* ========================================================================== */

/*
 * One result for each row of a column: for the window of rows that ends there,
 * or for all rows so far.
 *
 *     double prices[] = {1e300, 1.0, 2.0, 3.0}, means[4];
 *     tally_column column = TALLY_COLUMN(TALLY_F64, prices, 4);
 *     if (tally_rolling(&column, 2, 2, TALLY_MEAN, 0, means) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     // means: NaN, 5e299, 1.5, 2.5
 *
 * Each result is exact and rounded once. A value that has left the window has
 * no effect, be it NaN, an infinity or 1e300.
 *
 * The window of a row consists of that row and those before it, 'window' rows
 * in all, or fewer at the start. The result is NaN if fewer than 'min_count'
 * elements of the window count; missing and skipped elements do not. Other
 * undefined results are NaN too: with a 'min_count' of 0, the sum of a window
 * in which nothing counts is 0, and its mean is NaN. A result that rounds
 * beyond DBL_MAX is infinity, with its sign.
 *
 * 'results' has room for one result for each element of the column.
 * TALLY_INVALID if it overlaps the values or the validity of a column. The
 * exception is a running total computed in place: 'results' may be the column's
 * 'values' if the elements are contiguous and of the type of the results.
 */

/*
 * Computes a statistic for the window of each row: 'window' rows, of which at
 * least 'min_count' must count.
 *
 * 'ddof' applies to the variance and the standard deviation and is otherwise
 * ignored. TALLY_INVALID if 'window' is 0, if 'min_count' is greater than
 * 'window', and if 'what' is not a tally_statistic.
 */
TALLY_NODISCARD
tally_status tally_rolling(const tally_column *values, size_t window,
                           size_t min_count, tally_statistic what, size_t ddof,
                           double *results);

/*
 * Computes the covariance of the window of each row. A row counts if both of
 * its elements do.
 *
 * TALLY_INVALID as for tally_rolling(), and if the columns differ in 'count'.
 */
TALLY_NODISCARD
tally_status tally_rolling_covariance(const tally_column *x,
                                      const tally_column *y, size_t window,
                                      size_t min_count, size_t ddof,
                                      double *results);

/*
 * Computes the correlation coefficient of the window of each row: NaN where all
 * elements of 'x' that count are equal, or those of 'y'.
 *
 * TALLY_INVALID as for tally_rolling(), and if the columns differ in 'count'.
 */
TALLY_NODISCARD
tally_status tally_rolling_correlation(const tally_column *x,
                                       const tally_column *y, size_t window,
                                       size_t min_count, double *results);

/*
 * Computes running totals: for each element, the sum of all elements up to and
 * including it. An element that does not count adds nothing.
 *
 * A total that rounds beyond DBL_MAX is infinity, with its sign; later totals
 * may be finite again.
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum(const tally_column *values, double *results);

/*
 * Computes exact running totals of integers.
 *
 * '*done' is the number of results written; 'done' may be NULL. TALLY_OVERFLOW
 * if the next total is outside int64_t; the remaining results are unchanged.
 * TALLY_INVALID, with nothing written, if 'values' is a column of floats.
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum_i64(const tally_column *values,
                                      int64_t *results, size_t *done);

/* ========================================================================== */
/*                               Parallel sums                                */
/* ========================================================================== */

/*
 * Sums, dot products, groups, axes and windows of long arrays, computed by
 * several threads.
 *
 *     // 0: as many threads as there are processors
 *     if (tally_sum_f64_parallel(values, count, 0, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Each function does exactly what the function of the same name without
 * '_parallel' does, whatever 'threads' is and however the work is divided: the
 * results are the same bits, the failures are the same, and so is what is
 * written on failure.
 *
 * 'threads' is the maximum number of threads that work on the call at once,
 * including the calling thread. 0 means one for each processor that the calling
 * thread may run on, and no call uses more than that. Unless documented
 * otherwise, a call uses at most one thread for each 262,144 elements; the
 * calling thread processes shorter arrays alone. If no thread can be started,
 * the calling thread does all the work; that is not a failure.
 *
 * The library starts these threads when a call first needs them. They are idle
 * between calls and last until the process ends. They run none of the program's
 * code, and they block all signals except those for their own faults, such as
 * SIGBUS from an array in a mapped file. On Linux they run in the default
 * scheduling class, if the system lets a thread return to it, with the niceness
 * and the CPU affinity of the thread whose call started them. Concurrent calls
 * share them. A forked process starts its own. A plugin that contains the
 * static library must stay loaded after its first such call: link it with
 * '-Wl,-z,nodelete'.
 */

/*
 * Adds 'count' doubles on up to 'threads' threads: see tally_sum_f64().
 */
TALLY_NODISCARD
tally_status tally_sum_f64_parallel(const double *values, size_t count,
                                    size_t threads, double *total);

/*
 * Adds 'count' floats on up to 'threads' threads: see tally_sum_f32().
 */
TALLY_NODISCARD
tally_status tally_sum_f32_parallel(const float *values, size_t count,
                                    size_t threads, float *total);

/*
 * Adds 'count' signed 64-bit integers on up to 'threads' threads: see
 * tally_sum_i64().
 */
TALLY_NODISCARD
tally_status tally_sum_i64_parallel(const int64_t *values, size_t count,
                                    size_t threads, int64_t *total);

/*
 * Computes the dot product of 'count' pairs of doubles on up to 'threads'
 * threads: see tally_dot_f64().
 */
TALLY_NODISCARD
tally_status tally_dot_f64_parallel(const double *x, const double *y,
                                    size_t count, size_t threads,
                                    double *total);

/*
 * Adds the elements of a column on up to 'threads' threads: see
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_sum_parallel(const tally_column *values,
                                       size_t threads, double *total);

/*
 * Adds the integers of a column on up to 'threads' threads: see
 * tally_column_sum_i64().
 */
TALLY_NODISCARD
tally_status tally_column_sum_i64_parallel(const tally_column *values,
                                           size_t threads, int64_t *total);

/*
 * Computes a statistic along an axis on up to 'threads' threads: see
 * tally_axis().
 *
 * Uses at most one thread for each 131,072 elements, and at most one for each
 * 256 results.
 */
TALLY_NODISCARD
tally_status tally_axis_parallel(const tally_column *first_row, size_t rows,
                                 ptrdiff_t row_stride, int axis,
                                 tally_statistic what, size_t ddof,
                                 size_t threads, double *results);

/*
 * Computes a statistic of rolling windows on up to 'threads' threads: see
 * tally_rolling().
 *
 * Uses at most one thread for each 16,384 rows, and at most one for each
 * 'window' rows.
 */
TALLY_NODISCARD
tally_status tally_rolling_parallel(const tally_column *values, size_t window,
                                    size_t min_count, tally_statistic what,
                                    size_t ddof, size_t threads,
                                    double *results);

/*
 * Computes the covariances of rolling windows on up to 'threads' threads: see
 * tally_rolling_covariance() and tally_rolling_parallel().
 */
TALLY_NODISCARD
tally_status tally_rolling_covariance_parallel(const tally_column *x,
                                               const tally_column *y,
                                               size_t window, size_t min_count,
                                               size_t ddof, size_t threads,
                                               double *results);

/*
 * Computes the correlation coefficients of rolling windows on up to 'threads'
 * threads: see tally_rolling_correlation() and tally_rolling_parallel().
 */
TALLY_NODISCARD
tally_status tally_rolling_correlation_parallel(const tally_column *x,
                                                const tally_column *y,
                                                size_t window, size_t min_count,
                                                size_t threads,
                                                double *results);

/*
 * Computes running totals on up to 'threads' threads: see
 * tally_cumulative_sum().
 *
 * Uses at most one thread for each 16,384 rows, and at most 32.
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum_parallel(const tally_column *values,
                                           size_t threads, double *results);

/*
 * Computes exact running totals of integers on up to 'threads' threads: see
 * tally_cumulative_sum_i64() and tally_cumulative_sum_parallel().
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum_i64_parallel(const tally_column *values,
                                               size_t threads, int64_t *results,
                                               size_t *done);

/*
 * Computes the dot product of two columns on up to 'threads' threads: see
 * tally_column_dot().
 */
TALLY_NODISCARD
tally_status tally_column_dot_parallel(const tally_column *x,
                                       const tally_column *y, size_t threads,
                                       double *total);

/*
 * Computes a statistic for each group on up to 'threads' threads: see
 * tally_group().
 *
 * If there are fewer groups than elements, each thread may allocate memory for
 * the groups: TALLY_MEMORY is then possible where tally_group() succeeds.
 */
TALLY_NODISCARD
tally_status tally_group_parallel(const tally_column *values,
                                  const tally_column *groups,
                                  size_t group_count, tally_statistic what,
                                  size_t ddof, size_t threads, double *results);

/*
 * Computes the exact sum of each group of integers on up to 'threads' threads:
 * see tally_group_sum_i64() and tally_group_parallel().
 */
TALLY_NODISCARD
tally_status tally_group_sum_i64_parallel(const tally_column *values,
                                          const tally_column *groups,
                                          size_t group_count, size_t threads,
                                          int64_t *results, size_t *overflowed);

/* ========================================================================== */
/*                              The accumulator                               */
/* ========================================================================== */

/*
 * A running sum in the caller's memory, exact at every step and rounded only
 * when its value is read. Values may arrive in any order, in any number of
 * parts, on any number of threads or machines: merging the parts gives the same
 * bytes.
 *
 *     tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
 *     if (tally_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
 *         tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * An accumulator is 320 bytes of plain memory, with any alignment. All bytes
 * zero is the empty sum. It may be copied with memcpy() and compared with
 * memcmp(): equal sums of equal counts have equal bytes. It needs no
 * destructor. Its bytes are in native byte order and their meaning may differ
 * between versions of the library; use tally_accumulator_save() to store them
 * or to send them to another machine or process.
 *
 * It has no lock: two threads must not change one accumulator at the same time.
 * Give each thread its own and merge them, or see tally_shared.
 *
 * Every function that takes an accumulator returns TALLY_NULL for NULL,
 * TALLY_INVALID for bytes that are not an accumulator, and the status that
 * tally_accumulator_combine() or tally_accumulator_fail() left in a failed one.
 * On failure the accumulator is unchanged. TALLY_OVERFLOW means that a count
 * would exceed 2^63 - 1 in magnitude, or the total its 2176 bits, which up to
 * 2^63 - 1 doubles of any size never do.
 *
 * Counts are signed: a value may be subtracted before it is added.
 */

/*
 * A running sum. Its contents are private.
 */
typedef struct tally_accumulator {
    /* Private: copy, compare or clear it only as a whole. */
    uint64_t opaque[40];
} tally_accumulator;

/*
 * The initial value of a tally_accumulator: the empty sum.
 */
#define TALLY_ACCUMULATOR_INIT {{0}}

/*
 * The size of an accumulator in bytes: 320. For bindings that do not read this
 * header. Cannot fail and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_accumulator_size(void);

/*
 * Adds the contents of 'from' to 'into'.
 *
 * Both may be the same accumulator, which doubles it, or overlap. Merging is
 * exact: the order of merges has no effect.
 */
TALLY_NODISCARD
tally_status tally_accumulator_merge(tally_accumulator *into,
                                     const tally_accumulator *from);

/*
 * Subtracts the contents of 'from' from 'into': the inverse of merging.
 *
 * NaN and infinities are subtracted too. Both may be the same accumulator,
 * which empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_accumulator_unmerge(tally_accumulator *into,
                                       const tally_accumulator *from);

/*
 * The number of values added less the number subtracted, including NaN,
 * infinities and zeros.
 */
TALLY_NODISCARD
tally_status tally_accumulator_count(const tally_accumulator *acc,
                                     int64_t *count);

/*
 * The numbers of values that are NaN, plus infinity and minus infinity: those
 * added less those subtracted. Any of the result pointers may be NULL.
 */
TALLY_NODISCARD
tally_status tally_accumulator_special_counts(const tally_accumulator *acc,
                                              int64_t *nan,
                                              int64_t *positive_infinity,
                                              int64_t *negative_infinity);

/*
 * Merges each of the 'count' accumulators in 'in' into the corresponding one in
 * 'inout', as a reduction operator for MPI_Op_create() and the like.
 *
 * It returns nothing, so a failure is recorded in the state: an accumulator in
 * 'inout' whose merge failed, or whose counterpart had failed, keeps its total
 * and remembers the status. Every other function then refuses it with that
 * status, until all its bytes are set to zero or a saved state is loaded into
 * it. The thread's error is set too: also to TALLY_NULL for NULL with 'count'
 * above 0, and to TALLY_INVALID for an impossible 'count'.
 */
void tally_accumulator_combine(const tally_accumulator *in,
                               tally_accumulator *inout, size_t count);

/*
 * Marks 'into' as failed with 'status', for a participant in a reduction that
 * could not compute its part: tally_accumulator_combine() propagates the
 * failure, so that every participant learns of it.
 *
 * From then on every function that reads or changes 'into' refuses it with
 * 'status', or with TALLY_INVALID if this version of the library does not know
 * the number. To reuse 'into', set all its bytes to zero or load a saved state
 * into it. A state that has already failed is refused and keeps its first
 * status. TALLY_INVALID if 'status' is not negative.
 */
TALLY_NODISCARD
tally_status tally_accumulator_fail(tally_accumulator *into, int status);

/* ========================================================================== */
/*                          Adding to an accumulator                          */
/* ========================================================================== */

/*
 * 'count' is the number of elements. An array may have any alignment, and may
 * be NULL if 'count' is 0; it may even overlap the accumulator. TALLY_INVALID
 * if it would be larger than PTRDIFF_MAX bytes. A call adds all of its values
 * or, on failure, none.
 *
 *     if (tally_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
 *         tally_accumulator_add_i64(&sum, cents, count) != TALLY_OK ||
 *         tally_accumulator_add_one_f64(&sum, 0.25) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * Adds 'count' doubles.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_f64(tally_accumulator *into,
                                       const double *values, size_t count);

/*
 * Adds 'count' floats, without rounding.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_f32(tally_accumulator *into,
                                       const float *values, size_t count);

/*
 * Adds 'count' signed 32-bit integers.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_i32(tally_accumulator *into,
                                       const int32_t *values, size_t count);

/*
 * Adds 'count' signed 64-bit integers, without rounding.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_i64(tally_accumulator *into,
                                       const int64_t *values, size_t count);

/*
 * Adds 'count' unsigned 64-bit integers, without rounding.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_u64(tally_accumulator *into,
                                       const uint64_t *values, size_t count);

/*
 * Adds the elements of a column that count, of any type, without rounding.
 *
 * TALLY_INVALID for a malformed column: see Columns.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add(tally_accumulator *into,
                                   const tally_column *values);

/*
 * Adds one double.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_one_f64(tally_accumulator *into,
                                           double value);

/*
 * Adds 'count' doubles that lie 'stride' bytes apart, starting at 'first', such
 * as a column of a table or a member of structs.
 *
 * 'stride' may be negative, for values at descending addresses, or 0, to add
 * one value 'count' times in a single step. TALLY_INVALID if the values would
 * span more than PTRDIFF_MAX bytes.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_f64_strided(tally_accumulator *into,
                                               const void *first, size_t count,
                                               ptrdiff_t stride);

/*
 * Adds those of 'count' doubles that a validity bitmap in Arrow's layout marks
 * as present.
 *
 * Value 'i' is added if bit 'bit_offset + i' of 'validity' is set, counting
 * from the least significant bit of each byte; the other values are ignored. If
 * 'validity' is NULL, all are added. TALLY_INVALID if 'bit_offset + count'
 * exceeds SIZE_MAX.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_f64_masked(tally_accumulator *into,
                                              const double *values,
                                              size_t count,
                                              const uint8_t *validity,
                                              size_t bit_offset);

/* ========================================================================== */
/*                      Subtracting from an accumulator                       */
/* ========================================================================== */

/*
 * Subtracting undoes adding exactly, even for NaN, infinities and -0.0, so a
 * window can slide over data forever without accumulating error. A value may be
 * subtracted before it is added. Arrays are as for adding.
 *
 *     // A window of 7 values goes on by one.
 *     double newest = values[i], oldest = values[i - 7];
 *     if (tally_accumulator_add_one_f64(&window, newest) != TALLY_OK ||
 *         tally_accumulator_subtract_one_f64(&window, oldest) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * Subtracts 'count' doubles.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_f64(tally_accumulator *into,
                                            const double *values, size_t count);

/*
 * Subtracts 'count' floats.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_f32(tally_accumulator *into,
                                            const float *values, size_t count);

/*
 * Subtracts 'count' signed 32-bit integers.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_i32(tally_accumulator *into,
                                            const int32_t *values,
                                            size_t count);

/*
 * Subtracts 'count' signed 64-bit integers.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_i64(tally_accumulator *into,
                                            const int64_t *values,
                                            size_t count);

/*
 * Subtracts 'count' unsigned 64-bit integers.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_u64(tally_accumulator *into,
                                            const uint64_t *values,
                                            size_t count);

/*
 * Subtracts the elements of a column that count.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract(tally_accumulator *into,
                                        const tally_column *values);

/*
 * Subtracts one double.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_one_f64(tally_accumulator *into,
                                                double value);

/* ========================================================================== */
/*                        The value of an accumulator                         */
/* ========================================================================== */

/*
 * Each function reads the exact total and rounds it once, to nearest with ties
 * to even. The accumulator is not changed.
 *
 *     if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK ||
 *         tally_accumulator_error_f64(&sum, my_own_total, &ulps) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Any NaN among the values makes the total NaN (always the same NaN), and so do
 * infinities of both signs; infinities of one sign make it that infinity.
 * TALLY_INVALID if more NaN or infinities were subtracted than added. A nonzero
 * total that rounds to zero keeps its sign; a total of exactly zero is -0.0 if
 * there are values and all are -0.0, and +0.0 otherwise. On failure the result
 * is unchanged, except for the documented infinity.
 */

/*
 * The double nearest to the total.
 *
 * TALLY_OVERFLOW if it rounds beyond DBL_MAX; '*total' is then infinity, with
 * its sign.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_f64(const tally_accumulator *acc,
                                         double *total);

/*
 * The float nearest to the total, rounded once, without passing through double.
 *
 * TALLY_OVERFLOW if it rounds beyond FLT_MAX; '*total' is then infinity, with
 * its sign.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_f32(const tally_accumulator *acc,
                                         float *total);

/*
 * The total as a signed integer, if it is one.
 *
 * TALLY_INVALID if it is NaN or infinite; otherwise TALLY_OVERFLOW if it is
 * outside INT64_MIN to INT64_MAX; otherwise TALLY_INVALID if it has a
 * fractional part.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_i64(const tally_accumulator *acc,
                                         int64_t *total);

/*
 * The total as an unsigned integer, if it is one.
 *
 * TALLY_INVALID if it is NaN or infinite; otherwise TALLY_OVERFLOW if it is
 * outside 0 to UINT64_MAX; otherwise TALLY_INVALID if it has a fractional part.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_u64(const tally_accumulator *acc,
                                         uint64_t *total);

/*
 * The total as a signed 128-bit integer, if it is one: '*high' * 2^64 + '*low'.
 *
 * Errors are those of tally_accumulator_value_i64(), for the range -2^127 to
 * 2^127 - 1.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_i128(const tally_accumulator *acc,
                                          int64_t *high, uint64_t *low);

/*
 * The mean: the double nearest to the total divided by the count.
 *
 * TALLY_INVALID if the count is below 1. TALLY_OVERFLOW if the mean rounds
 * beyond DBL_MAX, which is possible only after subtracting; '*mean' is then
 * infinity, with its sign.
 */
TALLY_NODISCARD
tally_status tally_accumulator_mean_f64(const tally_accumulator *acc,
                                        double *mean);

/*
 * The total as decimal text, of any length.
 *
 * 'fraction_digits' is the number of digits after the point: 0 to 1074, rounded
 * half to even, or -1 for the exact total without trailing zeros. TALLY_INVALID
 * for any other number. The decimal point is always ".". Special totals are
 * "nan", "inf" and "-inf"; negative zeros keep their sign.
 *
 * 'buffer' receives the text and a NUL. '*needed' is the length of the text in
 * bytes, without the NUL; 'needed' may be NULL. TALLY_TOO_SMALL if 'size' is
 * less than that length plus 1; then only '*needed' is written. TALLY_INVALID
 * if 'size' is above PTRDIFF_MAX. To query the length alone, pass NULL for
 * 'buffer' and 0 for 'size': the call succeeds. NULL with any other size is
 * TALLY_NULL.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_text(const tally_accumulator *acc,
                                          int fraction_digits, char *buffer,
                                          size_t size, size_t *needed);

/*
 * Measures the error of another sum of the same values.
 *
 * '*ulps' is the distance of 'candidate' from the exact total, in units in the
 * last place (ulps) of the correctly rounded total, whose own error is at most
 * 0.5. An ulp is the distance to the next double away from zero; just below a
 * power of two doubles are closer together, so there a wrong double may also
 * have an error below 0.5. The distance is never negative. It is 0 if both are
 * NaN or the same infinity, and for the infinity that a total beyond DBL_MAX
 * rounds to. Otherwise it is infinite if either is NaN or infinite. The
 * distance of a finite candidate from a total beyond DBL_MAX is in units of
 * 2^971, the ulp of DBL_MAX. The distance is rounded to a double; beyond
 * DBL_MAX it is infinite.
 */
TALLY_NODISCARD
tally_status tally_accumulator_error_f64(const tally_accumulator *acc,
                                         double candidate, double *ulps);

/* ========================================================================== */
/*                           Saving an accumulator                            */
/* ========================================================================== */

/*
 * A saved accumulator is a short string of bytes that any machine and any later
 * version of the library can read. The same values give the same bytes, in
 * whatever order and parts they were added. The manual specifies the format in
 * "The saved form of an accumulator".
 *
 *     unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
 *     size_t n;
 *     if (tally_accumulator_save(&sum, bytes, sizeof bytes, &n) != TALLY_OK ||
 *         tally_accumulator_load(bytes, n, &copy) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * The maximum size of a saved accumulator in bytes.
 */
#define TALLY_ACCUMULATOR_SAVED_MAX 320

/*
 * Writes the saved form of 'acc'.
 *
 * 'buffer' receives the bytes, and '*needed' their number, at most
 * TALLY_ACCUMULATOR_SAVED_MAX. TALLY_TOO_SMALL if 'size' is less than
 * '*needed', which alone is then written. TALLY_INVALID if 'size' is above
 * PTRDIFF_MAX. To query the number alone, pass NULL for 'buffer' and 0 for
 * 'size': the call succeeds. NULL with any other size is TALLY_NULL.
 */
TALLY_NODISCARD
tally_status tally_accumulator_save(const tally_accumulator *acc, void *buffer,
                                    size_t size, size_t *needed);

/*
 * Reads a saved accumulator of exactly 'size' bytes into 'acc', replacing its
 * contents.
 *
 * TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes; the
 * message says where. TALLY_INVALID if 'size' is above PTRDIFF_MAX. Untrusted
 * bytes are safe to load.
 */
TALLY_NODISCARD
tally_status tally_accumulator_load(const void *bytes, size_t size,
                                    tally_accumulator *acc);

/* ========================================================================== */
/*                           The small accumulator                            */
/* ========================================================================== */

/*
 * A running sum in 64 bytes, for programs that keep many of them, such as one
 * for each group. It is as exact as an accumulator and has the same value and
 * the same saved bytes, but a limited width: a call whose result does not fit
 * returns TALLY_TOO_SMALL and changes nothing. You can then expand it to a
 * tally_accumulator and continue with that, or give it the memory of one with
 * tally_small_accumulator_grow().
 *
 *     tally_small_accumulator sum = TALLY_SMALL_ACCUMULATOR_INIT;
 *     if (tally_small_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
 *         tally_small_accumulator_value_f64(&sum, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * A total fits if it spans at most 320 bits, from its highest nonzero bit to
 * its lowest, whatever its magnitude; whether one of 321 to 384 bits fits
 * depends on the position of its highest bit. The sum of ten values always fits
 * if the largest is less than 2^260 times the smallest nonzero one, in
 * magnitude. The count has the same range as that of an accumulator; the counts
 * of NaN and of negative zeros range from -131,072 to 131,071, and those of the
 * infinities from -1024 to 1023. Whether a result fits depends on the result
 * alone, not on the order of the calls.
 *
 * Floats and integers are added as a column. Text, Arrow arrays and
 * tally_accumulator_combine() require an accumulator: see
 * tally_small_accumulator_expand() and tally_accumulator_merge_small().
 *
 * All bytes zero is the empty sum. It may have any alignment, may be copied
 * with memcpy() and compared with memcmp(): equal sums of equal counts have
 * equal bytes. It needs no destructor. Its bytes, threads and errors are
 * subject to the same rules as those of an accumulator.
 *
 * A small accumulator that has grown is a reference to a tally_accumulator
 * elsewhere: it holds whatever that holds, and no value is too wide for it. All
 * functions work on it as on any other. However, a copy refers to the same sum,
 * so adding to one adds to both, and memcmp() compares the references. The
 * library never frees the accumulator that it refers to. Loading a saved state,
 * or setting all bytes to zero, drops the reference and makes it small again. A
 * reference is valid only in this process and its forks; elsewhere it is
 * refused with TALLY_INVALID.
 */

/*
 * A running sum of limited width. Its contents are private.
 */
typedef struct tally_small_accumulator {
    /* Private: copy, compare or clear it only as a whole. */
    uint64_t opaque[8];
} tally_small_accumulator;

/*
 * The initial value of a tally_small_accumulator: the empty sum.
 */
#define TALLY_SMALL_ACCUMULATOR_INIT {{0}}

/*
 * The size of a small accumulator in bytes: 64. For bindings that do not read
 * this header. Cannot fail and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_small_accumulator_size(void);

/*
 * Adds one double.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_add_one_f64(tally_small_accumulator *into,
                                                 double value);

/*
 * Subtracts one double: the exact inverse of adding it.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_subtract_one_f64(
    tally_small_accumulator *into, double value);

/*
 * Adds 'count' doubles, all or none. The array is as for
 * tally_accumulator_add_f64().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_add_f64(tally_small_accumulator *into,
                                             const double *values,
                                             size_t count);

/*
 * Subtracts 'count' doubles, all or none.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_subtract_f64(tally_small_accumulator *into,
                                                  const double *values,
                                                  size_t count);

/*
 * Adds the elements of a column that count, of any type, without rounding: all
 * or none. See Columns.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_add(tally_small_accumulator *into,
                                         const tally_column *values);

/*
 * Subtracts the elements of a column that count, all or none.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_subtract(tally_small_accumulator *into,
                                              const tally_column *values);

/*
 * Adds the contents of 'from' to 'into'.
 *
 * Both may be the same one, which doubles it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_merge(
    tally_small_accumulator *into, const tally_small_accumulator *from);

/*
 * Subtracts the contents of 'from' from 'into': the inverse of merging.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_unmerge(
    tally_small_accumulator *into, const tally_small_accumulator *from);

/*
 * Adds the contents of a small accumulator to an accumulator.
 */
TALLY_NODISCARD
tally_status tally_accumulator_merge_small(
    tally_accumulator *into, const tally_small_accumulator *from);

/*
 * The double nearest to the total: see tally_accumulator_value_f64().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_value_f64(
    const tally_small_accumulator *acc, double *total);

/*
 * The total as a signed integer, if it is one: see
 * tally_accumulator_value_i64().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_value_i64(
    const tally_small_accumulator *acc, int64_t *total);

/*
 * The total as a signed 128-bit integer, if it is one: see
 * tally_accumulator_value_i128().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_value_i128(
    const tally_small_accumulator *acc, int64_t *high, uint64_t *low);

/*
 * The mean, as a double: see tally_accumulator_mean_f64().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_mean_f64(
    const tally_small_accumulator *acc, double *mean);

/*
 * The number of values added less the number subtracted, including NaN,
 * infinities and zeros.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_count(const tally_small_accumulator *acc,
                                           int64_t *count);

/*
 * The numbers of values that are NaN, plus infinity and minus infinity: those
 * added less those subtracted. Any of the result pointers may be NULL.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_special_counts(
    const tally_small_accumulator *acc, int64_t *nan,
    int64_t *positive_infinity, int64_t *negative_infinity);

/*
 * Marks 'into' as failed with 'status', for a group that could not be added up.
 * Its sum is lost.
 *
 * From then on every function that reads or changes 'into', or merges it into
 * another, refuses it with 'status', or with TALLY_INVALID if this version of
 * the library does not know the number. To reuse 'into', set all its bytes to
 * zero or load a saved state into it. If it has grown, the accumulator that it
 * refers to is marked. A state that has already failed is refused and keeps its
 * first status. TALLY_INVALID if 'status' is not negative.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_fail(tally_small_accumulator *into,
                                          int status);

/*
 * Writes the saved form of 'acc': the same bytes that tally_accumulator_save()
 * writes for the same values.
 *
 * 'buffer', 'size' and 'needed' are as for that function. There are at most 96
 * bytes, or TALLY_ACCUMULATOR_SAVED_MAX if it has grown.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_save(const tally_small_accumulator *acc,
                                          void *buffer, size_t size,
                                          size_t *needed);

/*
 * Reads a saved accumulator, small or not, into 'acc', replacing its contents.
 *
 * TALLY_TOO_SMALL if it does not fit; load it with tally_accumulator_load()
 * instead. TALLY_FORMAT if the bytes are not what tally_accumulator_save()
 * writes. TALLY_INVALID if 'size' is above PTRDIFF_MAX.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_load(const void *bytes, size_t size,
                                          tally_small_accumulator *acc);

/*
 * Copies the sum of a small accumulator to an accumulator, replacing its
 * contents.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_expand(const tally_small_accumulator *from,
                                            tally_accumulator *to);

/*
 * Grows a small accumulator into 'room', the memory of a tally_accumulator: 320
 * bytes with any alignment, which receive its sum. From then on 'into' refers
 * to 'room', which must remain valid as long as 'into' or a copy of it is used.
 *
 * If 'into' has already grown, its sum moves to the new room. TALLY_INVALID if
 * 'room' overlaps 'into'.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_grow(tally_small_accumulator *into,
                                          tally_accumulator *room);

/*
 * The memory that a small accumulator has grown into, for the caller to free.
 * '*room' is NULL if it has not grown. A failed state is accepted.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_room(const tally_small_accumulator *acc,
                                          tally_accumulator **room);

/* ========================================================================== */
/*                        Adding to many accumulators                         */
/* ========================================================================== */

/*
 * Adds each value of a column to the state that it belongs to, for query
 * engines that group rows and keep a state for each group. One call replaces
 * many that add a single value, and prefetches the states, which hides memory
 * latency when there are many. Subtracting undoes adding exactly.
 *
 *     tally_column column = TALLY_COLUMN(TALLY_F64, values, count);
 *     if (tally_accumulator_add_scattered(states, &column, &done) != TALLY_OK)
 *         fprintf(stderr, "row %zu: %s\n", done, tally_last_message());
 *
 * For the column see Columns. 'into' has one pointer for each element:
 * 'into[i]' is the state of element i, and rows may share a state. The pointers
 * of skipped elements are ignored. Neither 'into' nor the column may overlap a
 * state or change during the call.
 *
 * On failure in a row, the rows before it have been processed, and neither that
 * row nor any later one. '*done' is the number of rows processed, including
 * skipped ones; it is unchanged if 'into' or 'values' itself is refused. 'done'
 * may be NULL. TALLY_INVALID if an array would be larger than PTRDIFF_MAX
 * bytes, and for a malformed column.
 */

/*
 * Returns 'size' bytes of memory with any alignment, or NULL if there is none.
 */
typedef void *(*tally_room)(size_t size, void *user_data);

/*
 * Adds each element of a column to the accumulator at the same position in
 * 'into'. The elements may be of any type and are not rounded.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_scattered(tally_accumulator *const *into,
                                             const tally_column *values,
                                             size_t *done);

/*
 * Subtracts each element of a column from the accumulator at the same position
 * in 'into'.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_scattered(
    tally_accumulator *const *into, const tally_column *values, size_t *done);

/*
 * Adds each element of a column to the small accumulator at the same position
 * in 'into', growing those in which the result does not fit.
 *
 * For each state that must grow, 'room(size, user_data)' is called to provide
 * its memory: 'size' is 320, and the memory may have any alignment. It must
 * remain valid as long as the state refers to it, as for
 * tally_small_accumulator_grow(). If 'room' returns NULL, the row fails with
 * TALLY_MEMORY; if the memory overlaps the state itself, with TALLY_INVALID. If
 * 'room' itself is NULL, a row that does not fit fails with TALLY_TOO_SMALL.
 *
 * 'room' is called on the calling thread, before this function returns; '*done'
 * is up to date at each of its calls. Like other callbacks, it may call this
 * library and throw a C++ exception: see Callbacks. If it throws, the rows
 * before have been processed.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_add_scattered(
    tally_small_accumulator *const *into, const tally_column *values,
    tally_room room, void *user_data, size_t *done);

/*
 * Subtracts each element of a column from the small accumulator at the same
 * position in 'into', growing those in which the result does not fit.
 *
 * 'room' is as for tally_small_accumulator_add_scattered().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_subtract_scattered(
    tally_small_accumulator *const *into, const tally_column *values,
    tally_room room, void *user_data, size_t *done);

/* ========================================================================== */
/*                        The accumulator of products                         */
/* ========================================================================== */

/*
 * A running dot product: like a tally_accumulator, except that each value is
 * the exact product of two doubles, which may be as large as DBL_MAX squared
 * and as small as 2^-2148.
 *
 *     tally_product_accumulator dot = TALLY_PRODUCT_ACCUMULATOR_INIT;
 *     if (tally_product_accumulator_add_f64(&dot, x, y, count) != TALLY_OK ||
 *         tally_product_accumulator_value_f64(&dot, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * It is 584 bytes of plain memory, with any alignment, and behaves like a
 * tally_accumulator: all bytes zero is the empty sum, memcpy() copies it,
 * memcmp() compares it, and it needs no destructor. It has no lock. Errors are
 * those of tally_accumulator. TALLY_OVERFLOW means that a count would exceed
 * 2^63 - 1 in magnitude, or the total its 4288 bits, which up to 2^63 - 1
 * products of any doubles never do. On failure the state is unchanged.
 */

/*
 * The maximum size of a saved tally_product_accumulator in bytes.
 */
#define TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX 584

/*
 * A running sum of products. Its contents are private.
 */
typedef struct tally_product_accumulator {
    /* Private: copy, compare or clear it only as a whole. */
    uint64_t opaque[73];
} tally_product_accumulator;

/*
 * The initial value of a tally_product_accumulator: the empty sum.
 */
#define TALLY_PRODUCT_ACCUMULATOR_INIT {{0}}

/*
 * The size of a product accumulator in bytes: 584. For bindings that do not
 * read this header. Cannot fail and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_product_accumulator_size(void);

/*
 * Adds the products of 'count' pairs of doubles.
 *
 * Each element of 'x' is multiplied by the corresponding element of 'y'. The
 * arrays are as for tally_dot_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add_f64(tally_product_accumulator *into,
                                               const double *x, const double *y,
                                               size_t count);

/*
 * Adds the products of the pairs of elements of two columns that count.
 *
 * TALLY_INVALID for a malformed column: see Columns.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add(tally_product_accumulator *into,
                                           const tally_column *x,
                                           const tally_column *y);

/*
 * Adds one product, 'x' times 'y'.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add_one_f64(
    tally_product_accumulator *into, double x, double y);

/*
 * Subtracts the products of 'count' pairs of doubles.
 *
 * This undoes adding exactly, even for NaN and infinities.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_subtract_f64(
    tally_product_accumulator *into, const double *x, const double *y,
    size_t count);

/*
 * Subtracts the products of the pairs of elements of two columns that count.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_subtract(tally_product_accumulator *into,
                                                const tally_column *x,
                                                const tally_column *y);

/*
 * Subtracts one product, 'x' times 'y'.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_subtract_one_f64(
    tally_product_accumulator *into, double x, double y);

/*
 * Adds the contents of 'from' to 'into'.
 *
 * Both may be the same state, which doubles it, or overlap. The order of merges
 * has no effect.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_merge(
    tally_product_accumulator *into, const tally_product_accumulator *from);

/*
 * Subtracts the contents of 'from' from 'into': the inverse of merging.
 *
 * Both may be the same state, which empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_unmerge(
    tally_product_accumulator *into, const tally_product_accumulator *from);

/*
 * The number of products added less the number subtracted.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_count(
    const tally_product_accumulator *acc, int64_t *count);

/*
 * The numbers of products that are NaN, plus infinity and minus infinity: those
 * added less those subtracted. An infinity times zero is NaN. Any of the result
 * pointers may be NULL.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_special_counts(
    const tally_product_accumulator *acc, int64_t *nan,
    int64_t *positive_infinity, int64_t *negative_infinity);

/*
 * The double nearest to the total.
 *
 * Zeros, NaN, infinities and overflow are treated as by
 * tally_accumulator_value_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_value_f64(
    const tally_product_accumulator *acc, double *total);

/*
 * The total as a signed integer, if it is one. Errors are those of
 * tally_accumulator_value_i64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_value_i64(
    const tally_product_accumulator *acc, int64_t *total);

/*
 * The mean of the products: the double nearest to the total divided by the
 * count.
 *
 * TALLY_INVALID if the count is below 1. TALLY_OVERFLOW if the mean rounds
 * beyond DBL_MAX; '*mean' is then infinity, with its sign.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_mean_f64(
    const tally_product_accumulator *acc, double *mean);

/*
 * The weighted mean of values: the double nearest to the total of 'acc', which
 * holds the products of values and weights, divided by the total of 'weights',
 * which holds the same weights.
 *
 * TALLY_INVALID if their counts differ or the weights add up to zero. Otherwise
 * the result is that of tally_weighted_mean_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_weighted_mean_f64(
    const tally_product_accumulator *acc, const tally_accumulator *weights,
    double *mean);

/*
 * The total as decimal text, of any length.
 *
 * Parameters and errors are those of tally_accumulator_value_text(), with
 * 'fraction_digits' from -1 to 2148.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_value_text(
    const tally_product_accumulator *acc, int fraction_digits, char *buffer,
    size_t size, size_t *needed);

/*
 * Measures the error of another sum of the same products: the distance of
 * 'candidate' from the exact total, in units in the last place of the correctly
 * rounded total. See tally_accumulator_error_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_error_f64(
    const tally_product_accumulator *acc, double candidate, double *ulps);

/*
 * Writes the saved form of 'acc'. The same contents give the same bytes on
 * every machine. The manual specifies the format in "The saved form of an
 * accumulator".
 *
 * '*needed' is the number of bytes, at most
 * TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX. 'buffer' and 'size' are as for
 * tally_accumulator_save().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_save(
    const tally_product_accumulator *acc, void *buffer, size_t size,
    size_t *needed);

/*
 * Reads a saved product accumulator of exactly 'size' bytes into 'acc',
 * replacing its contents.
 *
 * TALLY_FORMAT if the bytes are not what tally_product_accumulator_save()
 * writes; the message says where. TALLY_INVALID if 'size' is above PTRDIFF_MAX.
 * Untrusted bytes are safe to load.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_load(const void *bytes, size_t size,
                                            tally_product_accumulator *acc);

/*
 * Merges each of the 'count' product accumulators in 'in' into the
 * corresponding one in 'inout', as a reduction operator for MPI_Op_create() and
 * the like. Failures are recorded as by tally_accumulator_combine().
 */
void tally_product_accumulator_combine(const tally_product_accumulator *in,
                                       tally_product_accumulator *inout,
                                       size_t count);

/*
 * Marks 'into' as failed with 'status', which
 * tally_product_accumulator_combine() propagates: see tally_accumulator_fail().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_fail(tally_product_accumulator *into,
                                            int status);

/* ========================================================================== */
/*           Moments: running mean, variance and standard deviation           */
/* ========================================================================== */

/*
 * The exact sums of values and of their squares, and the statistics that follow
 * from them, each rounded once to the nearest double. The variance is computed
 * by the textbook formula, which is safe here: no intermediate result is
 * rounded, so nothing is lost to cancellation.
 *
 *     tally_moments moments = TALLY_MOMENTS_INIT;
 *     if (tally_moments_add_f64(&moments, values, count) != TALLY_OK ||
 *         tally_moments_variance_f64(&moments, 1, &variance) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * A tally_moments is 856 bytes of plain memory, with any alignment, and behaves
 * like a tally_accumulator: all bytes zero is the empty state, memcpy() copies
 * it, memcmp() compares it, and it needs no destructor. Merging parts from
 * several threads or machines gives the same bytes as adding all values in one
 * place. It has no lock. Errors are those of tally_accumulator. TALLY_OVERFLOW
 * means that a count or a sum would leave its range, which is that of the
 * accumulators and is large enough for any 2^63 - 1 values. On failure the
 * state is unchanged.
 *
 * Values may be subtracted, even before they are added. While more has been
 * subtracted than added, a statistic may fail with TALLY_INVALID because no set
 * of values has such sums.
 *
 * There is no skewness or kurtosis: exact sums of cubes and fourth powers would
 * make the state 2720 bytes.
 */

/*
 * The maximum size of a saved tally_moments in bytes.
 */
#define TALLY_MOMENTS_SAVED_MAX 864

/*
 * Running sums of values and of their squares. Its contents are private.
 */
typedef struct tally_moments {
    /* Private: copy, compare or clear it only as a whole. */
    uint64_t opaque[107];
} tally_moments;

/*
 * The initial value of tally_moments: no values.
 */
#define TALLY_MOMENTS_INIT {{0}}

/*
 * The size of a tally_moments in bytes: 856. For bindings that do not read this
 * header. Cannot fail and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_moments_size(void);

/*
 * Adds 'count' doubles.
 *
 * The array is as for tally_accumulator_add_f64().
 */
TALLY_NODISCARD
tally_status tally_moments_add_f64(tally_moments *into, const double *values,
                                   size_t count);

/*
 * Adds 'count' floats, without rounding.
 */
TALLY_NODISCARD
tally_status tally_moments_add_f32(tally_moments *into, const float *values,
                                   size_t count);

/*
 * Adds 'count' signed 32-bit integers, without rounding.
 */
TALLY_NODISCARD
tally_status tally_moments_add_i32(tally_moments *into, const int32_t *values,
                                   size_t count);

/*
 * Adds 'count' signed 64-bit integers, without rounding.
 */
TALLY_NODISCARD
tally_status tally_moments_add_i64(tally_moments *into, const int64_t *values,
                                   size_t count);

/*
 * Adds 'count' unsigned 64-bit integers, without rounding.
 */
TALLY_NODISCARD
tally_status tally_moments_add_u64(tally_moments *into, const uint64_t *values,
                                   size_t count);

/*
 * Adds the elements of a column that count, of any type, without rounding.
 *
 * TALLY_INVALID for a malformed column: see Columns.
 */
TALLY_NODISCARD
tally_status tally_moments_add(tally_moments *into, const tally_column *values);

/*
 * Adds one double.
 */
TALLY_NODISCARD
tally_status tally_moments_add_one_f64(tally_moments *into, double value);

/*
 * Subtracts 'count' doubles: the exact inverse of tally_moments_add_f64().
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_f64(tally_moments *into,
                                        const double *values, size_t count);

/*
 * Subtracts 'count' floats: the exact inverse of tally_moments_add_f32().
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_f32(tally_moments *into,
                                        const float *values, size_t count);

/*
 * Subtracts 'count' signed 32-bit integers: the exact inverse of
 * tally_moments_add_i32().
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_i32(tally_moments *into,
                                        const int32_t *values, size_t count);

/*
 * Subtracts 'count' signed 64-bit integers: the exact inverse of
 * tally_moments_add_i64().
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_i64(tally_moments *into,
                                        const int64_t *values, size_t count);

/*
 * Subtracts 'count' unsigned 64-bit integers: the exact inverse of
 * tally_moments_add_u64().
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_u64(tally_moments *into,
                                        const uint64_t *values, size_t count);

/*
 * Subtracts the elements of a column that count: the exact inverse of
 * tally_moments_add().
 */
TALLY_NODISCARD
tally_status tally_moments_subtract(tally_moments *into,
                                    const tally_column *values);

/*
 * Subtracts one double.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_one_f64(tally_moments *into, double value);

/*
 * Adds the contents of 'from' to 'into'.
 *
 * Both may be the same state, which doubles it, or overlap. The order of merges
 * has no effect.
 */
TALLY_NODISCARD
tally_status tally_moments_merge(tally_moments *into,
                                 const tally_moments *from);

/*
 * Subtracts the contents of 'from' from 'into': the inverse of merging.
 *
 * Both may be the same state, which empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_moments_unmerge(tally_moments *into,
                                   const tally_moments *from);

/*
 * Writes the saved form of 'moments'. The same contents give the same bytes on
 * every machine. The manual specifies the format in "The saved form of an
 * accumulator".
 *
 * '*needed' is the number of bytes, at most TALLY_MOMENTS_SAVED_MAX. 'buffer'
 * and 'size' are as for tally_accumulator_save().
 */
TALLY_NODISCARD
tally_status tally_moments_save(const tally_moments *moments, void *buffer,
                                size_t size, size_t *needed);

/*
 * Reads a saved tally_moments of exactly 'size' bytes into 'moments', replacing
 * its contents.
 *
 * TALLY_FORMAT if the bytes are not what tally_moments_save() writes; the
 * message says where. TALLY_INVALID if 'size' is above PTRDIFF_MAX. Untrusted
 * bytes are safe to load.
 */
TALLY_NODISCARD
tally_status tally_moments_load(const void *bytes, size_t size,
                                tally_moments *moments);

/*
 * Merges each of the 'count' states in 'in' into the corresponding one in
 * 'inout', as a reduction operator for MPI_Op_create() and the like. Failures
 * are recorded as by tally_accumulator_combine().
 */
void tally_moments_combine(const tally_moments *in, tally_moments *inout,
                           size_t count);

/*
 * Marks 'into' as failed with 'status', which tally_moments_combine()
 * propagates: see tally_accumulator_fail().
 */
TALLY_NODISCARD
tally_status tally_moments_fail(tally_moments *into, int status);

/* ========================================================================== */
/*                         The statistics of moments                          */
/* ========================================================================== */

/*
 * Each result is the double nearest to the true value, with ties to even. NaN
 * or infinities among the values make it NaN, with two exceptions: with
 * infinities of one sign and no NaN, the sum and the mean are that infinity,
 * and with infinities and no NaN, the norm is infinite. TALLY_INVALID where
 * documented, if more NaN or infinities were subtracted than added, and if no
 * set of values has such sums. TALLY_OVERFLOW if a result rounds beyond
 * DBL_MAX; it is then infinity, with its sign. 'ddof' is as for
 * tally_variance_f64().
 *
 *     if (tally_moments_mean_f64(&a, &mean) != TALLY_OK ||
 *         tally_moments_standard_deviation_f64(&a, 1, &sd) != TALLY_OK ||
 *         tally_moments_covariance_f64(&a, &b, &ab, 1, &cov) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * The number of values added less the number subtracted.
 */
TALLY_NODISCARD
tally_status tally_moments_count(const tally_moments *moments, int64_t *count);

/*
 * The numbers of values that are NaN, plus infinity and minus infinity: those
 * added less those subtracted. Any of the result pointers may be NULL.
 */
TALLY_NODISCARD
tally_status tally_moments_special_counts(const tally_moments *moments,
                                          int64_t *nan,
                                          int64_t *positive_infinity,
                                          int64_t *negative_infinity);

/*
 * The sum, as returned by tally_accumulator_value_f64().
 */
TALLY_NODISCARD
tally_status tally_moments_sum_f64(const tally_moments *moments, double *sum);

/*
 * The mean: the sum divided by the count.
 *
 * TALLY_INVALID if the count is below 1.
 */
TALLY_NODISCARD
tally_status tally_moments_mean_f64(const tally_moments *moments, double *mean);

/*
 * The variance, as defined by tally_variance_f64().
 *
 * TALLY_INVALID if the count is not greater than 'ddof'.
 */
TALLY_NODISCARD
tally_status tally_moments_variance_f64(const tally_moments *moments,
                                        size_t ddof, double *variance);

/*
 * The standard deviation: the square root of the variance, rounded once.
 *
 * TALLY_INVALID if the count is not greater than 'ddof'.
 */
TALLY_NODISCARD
tally_status tally_moments_standard_deviation_f64(const tally_moments *moments,
                                                  size_t ddof,
                                                  double *deviation);

/*
 * The Euclidean norm: the square root of the sum of squares, rounded once.
 */
TALLY_NODISCARD
tally_status tally_moments_norm_f64(const tally_moments *moments, double *norm);

/*
 * The covariance of pairs, as defined by tally_covariance_f64().
 *
 * 'x' and 'y' are the moments of the two sides, and 'products' holds the
 * products of the pairs. TALLY_INVALID if their counts differ or are not
 * greater than 'ddof'.
 */
TALLY_NODISCARD
tally_status tally_moments_covariance_f64(
    const tally_moments *x, const tally_moments *y,
    const tally_product_accumulator *products, size_t ddof, double *covariance);

/*
 * The correlation coefficient of pairs, as defined by tally_correlation_f64().
 *
 * 'x' and 'y' are the moments of the two sides, and 'products' holds the
 * products of the pairs. TALLY_INVALID if their counts differ or are 0, or if
 * all values of one side are equal.
 */
TALLY_NODISCARD
tally_status tally_moments_correlation_f64(
    const tally_moments *x, const tally_moments *y,
    const tally_product_accumulator *products, double *correlation);

/*
 * Fits a straight line through pairs, as tally_column_linear_fit() does.
 *
 * 'x' and 'y' are the moments of the two sides, and 'products' holds the
 * products of the pairs. Result pointers and errors are those of
 * tally_column_linear_fit(); TALLY_INVALID also if the counts differ.
 */
TALLY_NODISCARD
tally_status tally_moments_linear_fit(const tally_moments *x,
                                      const tally_moments *y,
                                      const tally_product_accumulator *products,
                                      double *slope, double *intercept,
                                      double *r_squared);

/* ========================================================================== */
/*                                Adding text                                 */
/* ========================================================================== */

/*
 * Adds decimal numbers, straight from the bytes of a file, to an accumulator or
 * to moments. (For decimals see tally_decimal_add_text().)
 *
 *     size_t consumed, values;
 *     if (tally_accumulator_add_text(&sum, "0.1 0.2\n1e3", 11, ' ', 1,
 *                                    &consumed, &values) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * 'separator' separates the numbers within a line. With ' ', any run of spaces
 * and tabs does; with '\n', each line is one number. With any other character,
 * such as ',' or '\t', each separator is followed by another number: an empty
 * field, as in "1,,2" or "1,", is refused, never skipped. A line ends with
 * "\n", "\r\n" or the end of the text. Blank lines are skipped, and spaces and
 * tabs around a number are ignored.
 *
 * A number is decimal digits with an optional sign, decimal point and exponent,
 * such as 12, -0.5, .5, 5. and 1e-3; or it is nan, inf or infinity, in upper or
 * lower case, with an optional sign. The locale has no effect.
 *
 * Text may be passed in pieces that end anywhere. With 0 for 'final', a number
 * at the end that the next piece might continue is not consumed: the next piece
 * must begin with the text from '*consumed' on, which is at most one number and
 * the separator after it.
 */

/*
 * Adds the numbers in 'size' bytes of text to an accumulator.
 *
 * Integers, which have neither a point nor an exponent, are added exactly,
 * within the range of doubles, and -0 is 0. Any other number is added as the
 * nearest double, with ties to even: 1e-400 is 0, and -0.0 stays negative. NUL
 * has no special meaning, and cannot be part of a number. 'text' may be NULL if
 * 'size' is 0; TALLY_INVALID if 'size' is above PTRDIFF_MAX.
 *
 * For 'separator' see Adding text. TALLY_INVALID if it is a character that may
 * occur in a number (a digit, a letter, '+', '-', '.') or '\r'. 'final' is 0 if
 * more text follows. '*consumed' is the number of bytes processed and '*values'
 * the number of numbers added; neither pointer may be NULL.
 *
 * TALLY_PARSE for a word that is not a number, such as a hexadecimal one,
 * "1_000", "1,5" or an empty field. TALLY_OVERFLOW for a number that rounds to
 * infinity, such as 1e400. In both cases the message quotes the word, possibly
 * shortened, with its byte offset, and '*consumed' is that offset; nothing is
 * added, and '*values' is unchanged. On any other failure '*consumed' and
 * '*values' are unchanged; that includes TALLY_OVERFLOW for an accumulator that
 * would leave its range.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_text(tally_accumulator *into,
                                        const char *text, size_t size,
                                        char separator, int final,
                                        size_t *consumed, size_t *values);

/*
 * Adds the numbers in 'size' bytes of text to moments. Parameters, errors and
 * the numbers accepted are those of tally_accumulator_add_text().
 */
TALLY_NODISCARD
tally_status tally_moments_add_text(tally_moments *into, const char *text,
                                    size_t size, char separator, int final,
                                    size_t *consumed, size_t *values);

/* ========================================================================== */
/*                                  Decimals                                  */
/* ========================================================================== */

/*
 * Sums of decimal numbers exactly as they are written, with no binary rounding:
 * ten million times "0.1" is 1000000, as an accountant expects. (The double
 * nearest to 0.1 is not 0.1, and the exact sum of ten million such doubles is
 * not 1000000.)
 *
 *     tally_decimal sum = TALLY_DECIMAL_INIT;
 *     size_t consumed, values;
 *     char text[40];
 *     if (tally_decimal_add_text(&sum, "0.10 0.20", 9, ' ', 1, &consumed,
 *                                &values) == TALLY_OK &&
 *         tally_decimal_value_text(&sum, TALLY_DECIMAL_AS_WRITTEN, text,
 *                                  sizeof text, NULL) == TALLY_OK)
 *         puts(text);                                         // 0.30
 *     else
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * A decimal is 352 bytes of plain memory that the caller owns, like a
 * tally_accumulator. All bytes zero is the empty sum. It may have any
 * alignment, may be copied with memcpy(), and needs no destructor. The same
 * numbers give the same bytes, in whatever order and parts they were added and
 * merged. Its bytes are in native byte order and their meaning may differ
 * between versions of the library; use tally_decimal_save() to store or send
 * them. It has no lock: give each thread its own and merge them.
 *
 * A number has at most 342 digits after the point and 322 before it. A decimal
 * counts its values and remembers its scale: the largest number of digits after
 * the point that any of them was written with, but at most 342, even if a
 * number ends in more zeros. Subtracting is exact too, but never lowers the
 * scale: after it, a decimal can differ only in its scale from one to which the
 * values were never added.
 *
 * Every function that takes a decimal returns TALLY_NULL for NULL,
 * TALLY_INVALID for bytes that are not a decimal, and the status that
 * tally_decimal_combine() or tally_decimal_fail() left in a failed one. On
 * failure the decimal is unchanged. TALLY_OVERFLOW means that a count would
 * exceed 2^63 - 1 in magnitude, or the total 5*10^341, which up to 2^63 - 1
 * numbers of any size never do.
 */

/*
 * A running sum of decimals. Its contents are private.
 */
typedef struct tally_decimal {
    /* Private: copy, compare or clear it only as a whole. */
    uint64_t opaque[44];
} tally_decimal;

/*
 * The initial value of a tally_decimal: the empty sum.
 */
#define TALLY_DECIMAL_INIT {{0}}

/*
 * The size of a decimal in bytes: 352. For bindings that do not read this
 * header. Cannot fail and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_decimal_size(void);

/*
 * Adds the contents of 'from' to 'into'.
 *
 * Both may be the same decimal, which doubles it, or overlap. Merging is exact:
 * the order of merges has no effect.
 */
TALLY_NODISCARD
tally_status tally_decimal_merge(tally_decimal *into,
                                 const tally_decimal *from);

/*
 * Subtracts the contents of 'from' from 'into': the inverse of merging, except
 * that the scale stays.
 *
 * NaN and infinities are subtracted too. Both may be the same decimal, which
 * empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_decimal_unmerge(tally_decimal *into,
                                   const tally_decimal *from);

/*
 * The number of values added less the number subtracted, including NaN,
 * infinities and zeros.
 */
TALLY_NODISCARD
tally_status tally_decimal_count(const tally_decimal *dec, int64_t *count);

/*
 * The numbers of values that are NaN, plus infinity and minus infinity: those
 * added less those subtracted. Any of the result pointers may be NULL.
 */
TALLY_NODISCARD
tally_status tally_decimal_special_counts(const tally_decimal *dec,
                                          int64_t *nan,
                                          int64_t *positive_infinity,
                                          int64_t *negative_infinity);

/*
 * Compares two totals exactly: '*order' is -1 if that of 'a' is less than that
 * of 'b', 0 if they are equal, and 1 if it is greater.
 *
 * Counts and scales are not compared. Infinities are beyond all finite numbers,
 * and equal if their signs are. TALLY_INVALID if a total is NaN, or if more NaN
 * or infinities were subtracted than added.
 */
TALLY_NODISCARD
tally_status tally_decimal_compare(const tally_decimal *a,
                                   const tally_decimal *b, int *order);

/*
 * Merges each of the 'count' decimals in 'in' into the corresponding one in
 * 'inout', as a reduction operator for MPI_Op_create() and the like. Failures
 * are recorded as by tally_accumulator_combine().
 */
void tally_decimal_combine(const tally_decimal *in, tally_decimal *inout,
                           size_t count);

/*
 * Marks 'into' as failed with 'status', which tally_decimal_combine()
 * propagates: see tally_accumulator_fail().
 */
TALLY_NODISCARD
tally_status tally_decimal_fail(tally_decimal *into, int status);

/* ========================================================================== */
/*                            Adding to a decimal                             */
/* ========================================================================== */

/*
 * A decimal takes text, integers with a scale, such as cents or the values of a
 * database's DECIMAL type, and doubles that were read from decimals. A call
 * adds all of its values or, on failure, none.
 *
 *     tally_decimal sum = TALLY_DECIMAL_INIT;
 *     size_t consumed, values;
 *     if (tally_decimal_add_text(&sum, line, length, ',', 1, &consumed,
 *                                &values) != TALLY_OK ||
 *         tally_decimal_add_scaled(&sum, cents, count, 2) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * A number in text is decimal digits with an optional sign, decimal point and
 * exponent: "-12.50", ".5", "1e-3". The words "nan", "inf" and "infinity" are
 * accepted too, in upper or lower case, with an optional sign. Any other word
 * is TALLY_PARSE. A number with nonzero digits more than 342 places after the
 * point or 322 before it is TALLY_OVERFLOW. Both messages quote the word,
 * possibly shortened, with its byte offset.
 */

/*
 * A signed integer of 128 bits: 'high' * 2^64 + 'low'.
 *
 * On a little-endian machine it has the layout of an '__int128' and of an
 * element of Arrow's decimal128. It may have any alignment.
 */
typedef struct tally_int128 {
    /* The lower 64 bits. */
    uint64_t low;
    /* The upper 64 bits, including the sign. */
    int64_t high;
} tally_int128;

/*
 * Adds the numbers in 'size' bytes of text.
 *
 * The text is split as by tally_accumulator_add_text(): 'separator' separates
 * the numbers within a line, and with 0 for 'final' a number that the end of
 * the text may have cut is left for the next call. '*consumed' is the number of
 * bytes processed and '*values' the number of numbers added; neither pointer
 * may be NULL. 'text' may be NULL if 'size' is 0.
 *
 * On failure nothing is added and '*values' is unchanged. If a word is refused,
 * '*consumed' is its byte offset; otherwise it is unchanged too.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_text(tally_decimal *into, const char *text,
                                    size_t size, char separator, int final,
                                    size_t *consumed, size_t *values);

/*
 * Subtracts the numbers in 'size' bytes of text: the inverse of
 * tally_decimal_add_text(), with the same parameters, except that the scale
 * never falls.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_text(tally_decimal *into, const char *text,
                                         size_t size, char separator, int final,
                                         size_t *consumed, size_t *values);

/*
 * Adds the number in 'size' bytes of text, which must be exactly one finite
 * number. This is the call for a single field of a table.
 *
 * TALLY_PARSE for an empty text, for "nan" and "inf", and if there is a space,
 * a separator, a NUL or anything else before or after the number. The message
 * quotes the text, possibly shortened, with the offset of the first wrong byte.
 * TALLY_OVERFLOW for nonzero digits out of range: see Adding to a decimal.
 * TALLY_INVALID if 'size' is above PTRDIFF_MAX.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_one_text(tally_decimal *into, const char *text,
                                        size_t size);

/*
 * Subtracts the number in 'size' bytes of text: the inverse of
 * tally_decimal_add_one_text(), except for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_one_text(tally_decimal *into,
                                             const char *text, size_t size);

/*
 * Adds 'count' integers, each times 10^-'scale', such as cents with a 'scale'
 * of 2.
 *
 * The array may have any alignment, and may be NULL if 'count' is 0.
 * TALLY_INVALID if 'scale' is not 0 to 342, or if the array would be larger
 * than PTRDIFF_MAX bytes. The values count as written with 'scale' digits after
 * the point.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_scaled(tally_decimal *into,
                                      const int64_t *values, size_t count,
                                      int scale);

/*
 * Subtracts 'count' integers, each times 10^-'scale': the inverse of
 * tally_decimal_add_scaled(), except for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_scaled(tally_decimal *into,
                                           const int64_t *values, size_t count,
                                           int scale);

/*
 * Adds the integers of a column that count, each times 10^-'scale'.
 *
 * TALLY_INVALID for a malformed column (see Columns), for a column of floats,
 * and if 'scale' is not 0 to 342. 'scale' is as for tally_decimal_add_scaled().
 */
TALLY_NODISCARD
tally_status tally_decimal_add(tally_decimal *into, const tally_column *values,
                               int scale);

/*
 * Subtracts the integers of a column that count: the inverse of
 * tally_decimal_add(), except for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract(tally_decimal *into,
                                    const tally_column *values, int scale);

/*
 * Adds 'count' integers of 128 bits, each times 10^-'scale', such as an Arrow
 * array of decimal128. Everything else is as for tally_decimal_add_scaled().
 */
TALLY_NODISCARD
tally_status tally_decimal_add_scaled_i128(tally_decimal *into,
                                           const tally_int128 *values,
                                           size_t count, int scale);

/*
 * Subtracts 'count' integers of 128 bits, each times 10^-'scale': the inverse
 * of tally_decimal_add_scaled_i128(), except for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_scaled_i128(tally_decimal *into,
                                                const tally_int128 *values,
                                                size_t count, int scale);

/*
 * Adds 'count' doubles, each as the shortest decimal that converts back to the
 * same double.
 *
 * The double 73.2 is added as 73.2, not as the binary fraction that represents
 * it, so 73.2 - 70.1 - 3.1 is 0. Of several shortest decimals the one nearest
 * to the double is added, and of two equally near ones the one whose last digit
 * is even, as Python, JavaScript and C++ print it. For a double of 2^53 or more
 * this may differ from its integer value: 2^63 is added as 9223372036854776000.
 * A value counts as written with the digits that its decimal has after the
 * point: 2 for 0.25, 0 for 1e22. Every finite double is in range; NaN and
 * infinities are counted. The array may have any alignment, and may be NULL if
 * 'count' is 0; TALLY_INVALID if it would be larger than PTRDIFF_MAX bytes.
 *
 * This restores decimals that were read into doubles, not results computed in
 * doubles: 0.1 + 0.2 is added as 0.30000000000000004.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_f64(tally_decimal *into, const double *values,
                                   size_t count);

/*
 * Subtracts 'count' doubles: the inverse of tally_decimal_add_f64(), except for
 * the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_f64(tally_decimal *into,
                                        const double *values, size_t count);

/*
 * Adds one double, as tally_decimal_add_f64() does.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_one_f64(tally_decimal *into, double value);

/*
 * Subtracts one double, as tally_decimal_subtract_f64() does.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_one_f64(tally_decimal *into, double value);

/* ========================================================================== */
/*                            Products of decimals                            */
/* ========================================================================== */

/*
 * Prices times quantities and amounts times rates, exactly: a product has as
 * many digits after the point as its factors have together. It counts as one
 * value.
 *
 *     const int64_t price[] = {1999, 5}, grams[] = {3500, 1000};
 *     tally_decimal bill = TALLY_DECIMAL_INIT;
 *     char text[40];                              // 19.99 * 3.5 + 0.05 * 1
 *     if (tally_decimal_add_products(&bill, price, grams, 2, 2, 3) !=
 *             TALLY_OK ||
 *         tally_decimal_value_text(&bill, 2, text, 40, NULL) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * Adds the products of 'count' pairs of integers with scales.
 *
 * Each element of 'x' times 10^-'x_scale' is multiplied by the corresponding
 * element of 'y' times 10^-'y_scale'. The arrays may have any alignment, and
 * may be NULL if 'count' is 0. TALLY_INVALID if a scale, or the sum of both, is
 * not 0 to 342, or if an array would be larger than PTRDIFF_MAX bytes.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_products(tally_decimal *into, const int64_t *x,
                                        const int64_t *y, size_t count,
                                        int x_scale, int y_scale);

/*
 * Subtracts the products of 'count' pairs: the inverse of
 * tally_decimal_add_products(), except for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_products(tally_decimal *into,
                                             const int64_t *x, const int64_t *y,
                                             size_t count, int x_scale,
                                             int y_scale);

/*
 * Adds the products of 'count' pairs of doubles, each taken as its shortest
 * decimal: see tally_decimal_add_f64().
 *
 * TALLY_OVERFLOW, with nothing added and the first such pair in the message, if
 * a product has nonzero digits more than 342 places after the point or 322
 * before it. NaN times anything and an infinity times zero count as NaN, an
 * infinity times anything else as an infinity. The arrays are as for
 * tally_decimal_add_products().
 */
TALLY_NODISCARD
tally_status tally_decimal_add_products_f64(tally_decimal *into,
                                            const double *x, const double *y,
                                            size_t count);

/*
 * Subtracts the products of 'count' pairs: the inverse of
 * tally_decimal_add_products_f64(), except for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_products_f64(tally_decimal *into,
                                                 const double *x,
                                                 const double *y, size_t count);

/* ========================================================================== */
/*                           The value of a decimal                           */
/* ========================================================================== */

/*
 * Each function reads the exact total and rounds it once, half to even unless
 * it takes a tally_rounding. The decimal is not changed.
 *
 *     char total[40], mean[40];
 *     if (tally_decimal_value_text(&ledger, 2, total, 40, NULL) != TALLY_OK ||
 *         tally_decimal_mean_text(&ledger, 4, mean, 40, NULL) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Any NaN among the values makes the total NaN, and so do infinities of both
 * signs; infinities of one sign make it that infinity. TALLY_INVALID if more
 * NaN or infinities were subtracted than added. On failure the result is
 * unchanged, except for the documented infinity.
 */

/*
 * How a decimal total is rounded to fewer digits.
 *
 * 32 bits wide in every dialect of C and C++.
 */
enum tally_rounding
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    /*
     * To the nearest, ties to the even digit: 0.125 is 0.12, and 0.375 is 0.38.
     */
    TALLY_ROUND_HALF_EVEN = 1,
    /*
     * To the nearest, ties away from zero: 0.125 is 0.13, and -0.125 is -0.13.
     */
    TALLY_ROUND_HALF_UP = 2,
    /* Toward zero: 0.129 is 0.12, and -0.129 is -0.12. */
    TALLY_ROUND_DOWN = 3,
    /* Away from zero: 0.121 is 0.13, and -0.121 is -0.13. */
    TALLY_ROUND_UP = 4,
    /* Toward plus infinity: 0.121 is 0.13, and -0.129 is -0.12. */
    TALLY_ROUND_CEILING = 5,
    /* Toward minus infinity: 0.129 is 0.12, and -0.121 is -0.13. */
    TALLY_ROUND_FLOOR = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum tally_rounding tally_rounding;
#else
typedef int32_t tally_rounding;
#endif
#endif

/*
 * A value for 'fraction_digits': as many digits after the point as the scale of
 * the decimal, so the sum of "0.10" and "0.20" is "0.30".
 */
#define TALLY_DECIMAL_AS_WRITTEN (-2)

/*
 * The total as decimal text.
 *
 * 'fraction_digits' is the number of digits after the point: 0 to 342, rounded
 * half to even; -1 for the exact total without trailing zeros; or
 * TALLY_DECIMAL_AS_WRITTEN, which never rounds. TALLY_INVALID for any other
 * number. The decimal point is always ".". There is no negative zero: a total
 * that is zero or rounds to zero has no sign. Special totals are "nan", "inf"
 * and "-inf".
 *
 * 'buffer' receives the text and a NUL. '*needed' is the length of the text in
 * bytes, without the NUL; 'needed' may be NULL. TALLY_TOO_SMALL if 'size' is
 * less than that length plus 1; then only '*needed' is written. TALLY_INVALID
 * if 'size' is above PTRDIFF_MAX. To query the length alone, pass NULL for
 * 'buffer' and 0 for 'size': the call succeeds. NULL with any other size is
 * TALLY_NULL.
 */
TALLY_NODISCARD
tally_status tally_decimal_value_text(const tally_decimal *dec,
                                      int fraction_digits, char *buffer,
                                      size_t size, size_t *needed);

/*
 * The mean as decimal text: the exact total divided by the count, rounded once,
 * half to even, to 'fraction_digits' digits after the point, 0 to 342.
 *
 * TALLY_INVALID for any other number of digits, and if the count is below 1.
 * Everything else is as for tally_decimal_value_text().
 */
TALLY_NODISCARD
tally_status tally_decimal_mean_text(const tally_decimal *dec,
                                     int fraction_digits, char *buffer,
                                     size_t size, size_t *needed);

/*
 * The total as decimal text, rounded according to 'rounding'.
 *
 * TALLY_INVALID if 'rounding' is not a tally_rounding. Everything else is as
 * for tally_decimal_value_text(); -1 and TALLY_DECIMAL_AS_WRITTEN for
 * 'fraction_digits' never round.
 */
TALLY_NODISCARD
tally_status tally_decimal_value_text_rounded(const tally_decimal *dec,
                                              int fraction_digits,
                                              tally_rounding rounding,
                                              char *buffer, size_t size,
                                              size_t *needed);

/*
 * The mean as decimal text, rounded once according to 'rounding'.
 *
 * TALLY_INVALID if 'rounding' is not a tally_rounding. Everything else is as
 * for tally_decimal_mean_text().
 */
TALLY_NODISCARD
tally_status tally_decimal_mean_text_rounded(const tally_decimal *dec,
                                             int fraction_digits,
                                             tally_rounding rounding,
                                             char *buffer, size_t size,
                                             size_t *needed);

/*
 * The double nearest to the decimal total, rounded once, with ties to even.
 *
 * A total that rounds to zero keeps its sign; a total of exactly zero is +0.0.
 * TALLY_OVERFLOW if it rounds beyond DBL_MAX; '*total' is then infinity, with
 * its sign.
 */
TALLY_NODISCARD
tally_status tally_decimal_value_f64(const tally_decimal *dec, double *total);

/* ========================================================================== */
/*                              Saving a decimal                              */
/* ========================================================================== */

/*
 * A saved decimal, like a saved accumulator, is a short string of bytes that
 * any machine and any later version of the library can read. The manual
 * specifies the format in "The saved form of an accumulator".
 *
 *     unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
 *     size_t n;
 *     if (tally_decimal_save(&ledger, bytes, sizeof bytes, &n) != TALLY_OK ||
 *         tally_decimal_load(bytes, n, &other) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * The maximum size of a saved decimal in bytes.
 */
#define TALLY_DECIMAL_SAVED_MAX 352

/*
 * Writes the saved form of 'dec'.
 *
 * '*needed' is the number of bytes, at most TALLY_DECIMAL_SAVED_MAX. 'buffer'
 * and 'size' are as for tally_accumulator_save().
 */
TALLY_NODISCARD
tally_status tally_decimal_save(const tally_decimal *dec, void *buffer,
                                size_t size, size_t *needed);

/*
 * Reads a saved decimal of exactly 'size' bytes into 'dec', replacing its
 * contents.
 *
 * TALLY_FORMAT if the bytes are not what tally_decimal_save() writes; the
 * message says where. TALLY_INVALID if 'size' is above PTRDIFF_MAX. Untrusted
 * bytes are safe to load.
 */
TALLY_NODISCARD
tally_status tally_decimal_load(const void *bytes, size_t size,
                                tally_decimal *dec);

/* ========================================================================== */
/*                              Columns of Arrow                              */
/* ========================================================================== */

/*
 * Arrays and streams of Apache Arrow, through its C data interface and C stream
 * interface, which pyarrow, Polars, DuckDB and many others export without
 * copying. Each function adds one column; nothing is copied or allocated.
 *
 *     int next_batch(struct ArrowSchema *schema, struct ArrowArray *batch);
 *     struct ArrowSchema schema;
 *     struct ArrowArray batch;
 *     if (next_batch(&schema, &batch)) {
 *         if (tally_accumulator_add_arrow(&sum, &schema, &batch, "price") !=
 *             TALLY_OK)
 *             fprintf(stderr, "%s\n", tally_last_message());
 *         batch.release(&batch);
 *         schema.release(&schema);
 *     }
 *
 * 'column' selects the column. NULL selects the array itself. A name selects
 * the field with exactly that name of a struct, such as a record batch. A text
 * that begins with '.' or '[' is a dot path of names and of indices counted
 * from 0, as in Arrow's C++ library: '.order.price', '[2]', '.items[0]'. In a
 * path, a '.', '[' or backslash within a name is preceded by a backslash. A
 * path leads through at most 64 structs.
 *
 * An element that is null, or lies in a struct that is null, is skipped, in a
 * pair of columns together with its partner. NaN counts. Buffers may have any
 * alignment, and 'null_count' may be -1.
 *
 * The functions that take an ArrowSchema and an ArrowArray only read them,
 * during the call, and release nothing: ownership does not change, even on
 * failure. Those that take an ArrowArrayStream read it to its end, and release
 * its schema and each of its arrays exactly once, even on failure or if a
 * callback throws a C++ exception; the caller still owns the stream and must
 * release it. All elements are added at the end or, on failure, none. The
 * callbacks of a stream may call this library and throw, as described in
 * Callbacks, but a release callback must not throw.
 *
 * TALLY_INVALID if there is no such column or more than one, if its type is not
 * supported by the function, if an argument has already been released, and if
 * the structs are inconsistent. TALLY_NULL if a pointer is NULL that Arrow
 * requires. TALLY_CALLBACK if a callback of a stream fails; the message has its
 * error number and the error text of the stream. Each message names the place,
 * as in 'array->children[1]: length is -1'. That the buffers are as large as
 * the structs say cannot be checked.
 */

/* As in Arrow's specification; other headers may define them too. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/*
 * Adds the elements of a column of integers of any size, doubles, floats, half
 * floats or bools, without rounding.
 *
 * For 'column' and the errors see Columns of Arrow. A column of decimals is
 * TALLY_INVALID: use tally_decimal_add_arrow().
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_arrow(tally_accumulator *into,
                                         const struct ArrowSchema *schema,
                                         const struct ArrowArray *array,
                                         const char *column);

/*
 * Adds a column of each array of a stream: see tally_accumulator_add_arrow().
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_arrow_stream(tally_accumulator *into,
                                                struct ArrowArrayStream *stream,
                                                const char *column);

/*
 * Adds the elements of a column to moments: see tally_accumulator_add_arrow().
 */
TALLY_NODISCARD
tally_status tally_moments_add_arrow(tally_moments *into,
                                     const struct ArrowSchema *schema,
                                     const struct ArrowArray *array,
                                     const char *column);

/*
 * Adds a column of each array of a stream: see tally_accumulator_add_arrow().
 */
TALLY_NODISCARD
tally_status tally_moments_add_arrow_stream(tally_moments *into,
                                            struct ArrowArrayStream *stream,
                                            const char *column);

/*
 * Adds the products of the pairs of elements of two columns, of the types that
 * tally_accumulator_add_arrow() takes.
 *
 * 'x' and 'y' select columns as 'column' does: see Columns of Arrow. They may
 * be the same.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add_arrow(
    tally_product_accumulator *into, const struct ArrowSchema *schema,
    const struct ArrowArray *array, const char *x, const char *y);

/*
 * Adds the products of the pairs of elements of two columns of each array of a
 * stream: see tally_product_accumulator_add_arrow().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add_arrow_stream(
    tally_product_accumulator *into, struct ArrowArrayStream *stream,
    const char *x, const char *y);

/*
 * Adds the elements of a column of decimals, integers, bools or doubles to a
 * decimal.
 *
 * Decimals may have 32, 64, 128 or 256 bits, with a precision from 1 to 9, 18,
 * 38 or 76 digits respectively, and a scale from -312, -303, -283 or -245
 * respectively to 342, so no value has more than 322 digits before the point.
 * The values count as written with as many digits after the point as the scale.
 * A value with more digits than the precision allows is added as it is.
 * Integers have a scale of 0. A double is added as its shortest decimal, as by
 * tally_decimal_add_f64(). A column of floats or half floats is TALLY_INVALID.
 * For 'column' and the other errors see Columns of Arrow.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_arrow(tally_decimal *into,
                                     const struct ArrowSchema *schema,
                                     const struct ArrowArray *array,
                                     const char *column);

/*
 * Adds a column of each array of a stream: see tally_decimal_add_arrow().
 */
TALLY_NODISCARD
tally_status tally_decimal_add_arrow_stream(tally_decimal *into,
                                            struct ArrowArrayStream *stream,
                                            const char *column);

/*
 * Describes an array of integers, doubles, floats or half floats as a column.
 *
 * '*column' refers to the memory of the array, and is valid until the array is
 * released. TALLY_INVALID, with nothing written, for an array of any other
 * type, including decimals, and bools, which are single bits that a
 * tally_column cannot describe.
 */
TALLY_NODISCARD
tally_status tally_column_from_arrow(const struct ArrowSchema *schema,
                                     const struct ArrowArray *array,
                                     tally_column *column);

/* ========================================================================== */
/*                               Sealed states                                */
/* ========================================================================== */

/*
 * An envelope for saved states of any kind, which detects bytes damaged in
 * transit or storage. Without it most damage would go unnoticed, because a
 * damaged state is usually a valid state with another total. The envelope has
 * the length and a CRC-32C. It detects every change of up to 3 bits, every
 * burst of up to 32 bits, and any other damage except with probability 2^-32.
 * It does not protect against forgery. The manual specifies the format in "The
 * saved form of an accumulator".
 *
 *     unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
 *     unsigned char sealed[sizeof bytes + TALLY_SEAL_SIZE];
 *     const void *opened;
 *     size_t length;
 *     tally_status status = tally_accumulator_save(&sum, bytes, sizeof bytes,
 *                                                  &length);
 *     if (status == TALLY_OK)
 *         status = tally_saved_seal(bytes, length, sealed, sizeof sealed,
 *                                   &length);
 *     if (status == TALLY_OK)
 *         status = tally_saved_open(sealed, length, &opened, &length);
 *     if (status == TALLY_OK)
 *         status = tally_accumulator_load(opened, length, &copy);
 *     if (status != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * The number of bytes that sealing adds.
 */
#define TALLY_SEAL_SIZE 16

/*
 * Writes the 'saved_size' bytes at 'saved', in an envelope, to 'buffer'.
 *
 * '*needed' is the number of bytes, 'saved_size' + TALLY_SEAL_SIZE.
 * TALLY_TOO_SMALL if 'size' is less than that; then only '*needed' is written.
 * TALLY_INVALID if 'size' is above PTRDIFF_MAX. To query the number alone, pass
 * NULL for 'buffer' and 0 for 'size': the call succeeds. NULL with any other
 * size is TALLY_NULL. 'buffer' may overlap 'saved'.
 *
 * The bytes are not examined: any will do. TALLY_INVALID if there are more than
 * 2^27.
 */
TALLY_NODISCARD
tally_status tally_saved_seal(const void *saved, size_t saved_size,
                              void *buffer, size_t size, size_t *needed);

/*
 * Checks exactly 'size' bytes that tally_saved_seal() wrote, and locates the
 * saved state within them.
 *
 * '*saved' points into 'sealed', and '*saved_size' is the number of bytes
 * there. Nothing is copied, so there is nothing to free. TALLY_FORMAT if the
 * bytes are not as they were sealed; the message says what is wrong.
 * TALLY_INVALID if 'size' is above PTRDIFF_MAX.
 */
TALLY_NODISCARD
tally_status tally_saved_open(const void *sealed, size_t size,
                              const void **saved, size_t *saved_size);

/* ========================================================================== */
/*                                  Handles                                   */
/* ========================================================================== */

/*
 * A handle refers to a resource that may have several owners: an object, a
 * shared accumulator, an array, or a view of an array. References are counted:
 * there is one when the handle is made, each tally_ref() adds one, each
 * tally_unref() gives one up, and giving up the last one frees the resource.
 *
 *     tally_shared *sum;
 *     if (tally_shared_new(&sum) == TALLY_OK)
 *         tally_unref(sum);
 *
 * A handle looks like a pointer, but must not be dereferenced. Each call checks
 * it before any other argument, from any number of threads at once:
 *
 *     TALLY_NULL        it is NULL
 *     TALLY_STALE       its last reference is gone
 *     TALLY_WRONG_KIND  it is a handle of another kind
 *     TALLY_BAD_HANDLE  it never was a handle of this process, or of its parent
 *                       before a fork
 *     TALLY_BUSY        1,023 calls and views are using it at the moment
 *
 * A block from tally_alloc(), passed as a handle, is TALLY_WRONG_KIND, and
 * TALLY_STALE once it is freed, for as long as tally_free() remembers it.
 *
 * On 64-bit machines no handle value is ever reused, so a stale handle is
 * always detected. On 32-bit machines it nearly always is, and an undetected
 * one does not corrupt memory.
 *
 * When a thread that used a handle or a block exits, the library runs cleanup
 * code on it. The shared library therefore stays loaded until the process ends.
 * Link a plugin that contains the static library with '-Wl,-z,nodelete', and
 * with '-Wl,--exclude-libs,ALL' so that it does not export these functions.
 */

/*
 * Adds a reference to a handle of any kind.
 *
 * TALLY_OVERFLOW if there are 4,194,303 references already.
 */
TALLY_NODISCARD tally_status tally_ref(void *handle);

/*
 * Gives up a reference to a handle of any kind; giving up the last one frees
 * the resource. NULL is a no-op. Touches the error record only on failure. It
 * may call the release callback of an array: see Arrays.
 */
tally_status tally_unref(void *handle);

/*
 * Counts the resources that the process has not released yet, in all threads.
 *
 * '*handles' is the number of live handles, '*blocks' the number of blocks from
 * tally_alloc() and the other allocating functions, and '*bytes' the memory
 * that both take:
 *
 *     a block               the size requested
 *     a record              its size, including its name
 *     an array              the size of its values, 0 if they are borrowed
 *     a view                0, or the size of the values that only views keep
 *     a shared accumulator  the size of a tally_accumulator
 *     an object             0
 *
 * Concurrent changes by other threads may or may not be counted. Any of the
 * pointers may be NULL.
 *
 * With "TALLY_LEAK_REPORT=1" in its environment, a program that ends by exit()
 * or by returning from main() reports unreleased resources on standard error:
 * one line for each kind, with the function that releases it, the number and
 * the bytes. The lines add up to the results of this function. For details see
 * "Handles" in the manual.
 */
TALLY_NODISCARD
tally_status tally_live(size_t *handles, size_t *blocks, size_t *bytes);

/* ========================================================================== */
/*                            Shared accumulators                             */
/* ========================================================================== */

/*
 * An accumulator behind a handle, to which several threads can add at once. The
 * total does not depend on their order.
 *
 *     // From any thread.
 *     if (tally_shared_add_f64(shared, values, count) != TALLY_OK ||
 *         tally_shared_snapshot(shared, &now) != TALLY_OK ||
 *         tally_accumulator_value_f64(&now, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * The handle is checked first: see Handles for its errors.
 */

/*
 * A handle to a shared accumulator.
 */
typedef struct tally_shared tally_shared;

/*
 * Makes an empty shared accumulator with one reference.
 *
 * '*out' is its handle, to be given up with tally_unref(). TALLY_MEMORY if out
 * of memory.
 */
TALLY_NODISCARD tally_status tally_shared_new(tally_shared **out);

/*
 * Adds 'count' doubles atomically: other threads see all of them or none. On
 * failure none are added.
 *
 * The array is as for tally_accumulator_add_f64(). The values are summed before
 * the accumulator is locked.
 */
TALLY_NODISCARD
tally_status tally_shared_add_f64(tally_shared *shared, const double *values,
                                  size_t count);

/*
 * Adds the contents of the accumulator 'from', atomically.
 */
TALLY_NODISCARD
tally_status tally_shared_merge(tally_shared *shared,
                                const tally_accumulator *from);

/*
 * Copies a consistent snapshot of the shared accumulator to '*out', an
 * accumulator in the caller's memory.
 */
TALLY_NODISCARD
tally_status tally_shared_snapshot(tally_shared *shared,
                                   tally_accumulator *out);

/* ========================================================================== */
/*                                   Arrays                                   */
/* ========================================================================== */

/*
 * An immutable array behind a handle, which may have several owners. Its
 * elements are double, float, int32_t, int64_t or uint64_t. It holds a copy of
 * the caller's values or borrows the caller's memory.
 *
 *     tally_array *prices;
 *     if (tally_array_new_f64(values, count, &prices) == TALLY_OK) {
 *         if (tally_array_sum_f64(prices, &total) == TALLY_OK)
 *             printf("%g\n", total);
 *         tally_unref(prices);
 *     }
 *
 * The handle is checked first: see Handles for its errors, and for tally_ref()
 * and tally_unref(). A function for one type of element also returns
 * TALLY_WRONG_KIND for an array of another type.
 *
 * An array of borrowed memory has a release callback, which returns the memory
 * to the caller. It is called exactly once: when the last reference to the
 * array is gone, no call is using it and no view of it is open. It is called on
 * the thread that brought this about, at the very end of that thread's call to
 * tally_unref(), tally_array_release_view() or whichever function was still
 * using the array. By then that call has done all its work and holds no lock,
 * so the callback may call this library. It may throw a C++ exception, which
 * replaces the call's status but undoes nothing. Whatever the callback leaves
 * in the error record stays there.
 */

/*
 * A handle to an array.
 */
typedef struct tally_array tally_array;

/*
 * Called to return the 'count' values that an array borrowed. 'user_data' is
 * the pointer that was passed with them.
 */
typedef void (*tally_release_callback)(const void *values, size_t count,
                                       void *user_data);

/*
 * Makes an array with a copy of 'count' doubles.
 *
 * 'values' is as for tally_sum_f64(): it may have any alignment, and may be
 * NULL if 'count' is 0. '*out' is the array's handle, with one reference, to be
 * given up with tally_unref(). TALLY_MEMORY if out of memory.
 */
TALLY_NODISCARD
tally_status tally_array_new_f64(const double *values, size_t count,
                                 tally_array **out);

/*
 * Makes an array with a copy of 'count' floats, as tally_array_new_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_new_f32(const float *values, size_t count,
                                 tally_array **out);

/*
 * Makes an array with a copy of 'count' signed 32-bit integers, as
 * tally_array_new_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_new_i32(const int32_t *values, size_t count,
                                 tally_array **out);

/*
 * Makes an array with a copy of 'count' signed 64-bit integers, as
 * tally_array_new_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_new_i64(const int64_t *values, size_t count,
                                 tally_array **out);

/*
 * Makes an array with a copy of 'count' unsigned 64-bit integers, as
 * tally_array_new_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_new_u64(const uint64_t *values, size_t count,
                                 tally_array **out);

/*
 * Makes an array that borrows 'count' doubles from the caller instead of
 * copying them.
 *
 * If the call succeeds, the values must remain valid and unchanged until
 * 'release(values, count, user_data)' is called. 'release' may be NULL if the
 * values remain valid until the process ends; 'user_data' is passed through
 * unread. On failure 'release' is never called. Everything else is as for
 * tally_array_new_f64().
 */
TALLY_NODISCARD
tally_status tally_array_borrow_f64(const double *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array that borrows 'count' floats, as tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_f32(const float *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array that borrows 'count' signed 32-bit integers, as
 * tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_i32(const int32_t *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array that borrows 'count' signed 64-bit integers, as
 * tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_i64(const int64_t *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array that borrows 'count' unsigned 64-bit integers, as
 * tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_u64(const uint64_t *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * The number of elements of an array, which may be of any type.
 */
TALLY_NODISCARD
tally_status tally_array_length(tally_array *array, size_t *length);

/*
 * The type of the elements of an array, which determines the functions that
 * accept it.
 */
TALLY_NODISCARD
tally_status tally_array_type(tally_array *array, tally_type *element_type);

/* ========================================================================== */
/*                             Elements of arrays                             */
/* ========================================================================== */

/*
 * Access to the elements of an array: to one of them, to all of them in place,
 * or to their sum.
 *
 *     const double *values;
 *     size_t count;
 *     tally_view *view;
 *     if (tally_array_view_f64(prices, &values, &count, &view) == TALLY_OK) {
 *         draw(values, count);
 *         tally_array_release_view(view);
 *     }
 *
 * A view keeps the values valid until it is closed, whatever happens to the
 * array's handle in the meantime. It is itself a handle: it is made with one
 * reference, tally_ref() adds one, tally_array_release_view() and tally_unref()
 * give one up, and giving up the last one closes it.
 */

/*
 * A handle to a view of an array.
 */
typedef struct tally_view tally_view;

/*
 * The element at 'index', counted from 0, of an array of double.
 *
 * TALLY_INVALID if there is no such element.
 */
TALLY_NODISCARD
tally_status tally_array_get_f64(tally_array *array, size_t index,
                                 double *value);

/*
 * The element at 'index' of an array of float: see tally_array_get_f64().
 */
TALLY_NODISCARD
tally_status tally_array_get_f32(tally_array *array, size_t index,
                                 float *value);

/*
 * The element at 'index' of an array of int32_t: see tally_array_get_f64().
 */
TALLY_NODISCARD
tally_status tally_array_get_i32(tally_array *array, size_t index,
                                 int32_t *value);

/*
 * The element at 'index' of an array of int64_t: see tally_array_get_f64().
 */
TALLY_NODISCARD
tally_status tally_array_get_i64(tally_array *array, size_t index,
                                 int64_t *value);

/*
 * The element at 'index' of an array of uint64_t: see tally_array_get_f64().
 */
TALLY_NODISCARD
tally_status tally_array_get_u64(tally_array *array, size_t index,
                                 uint64_t *value);

/*
 * Opens a view of an array of double.
 *
 * '*values' points to the '*count' elements. They remain valid, and must not be
 * written to, until '*view', which has one reference, is given up with
 * tally_array_release_view(). The elements of a copied array are aligned to 64
 * bytes; for a borrowed array, '*values' is the borrowed pointer, with whatever
 * alignment it has. For an empty array, '*values' may be NULL. TALLY_BUSY if
 * 1,023 views and calls are using the array; TALLY_MEMORY if out of memory.
 */
TALLY_NODISCARD
tally_status tally_array_view_f64(tally_array *array, const double **values,
                                  size_t *count, tally_view **view);

/*
 * Opens a view of an array of float, as tally_array_view_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_view_f32(tally_array *array, const float **values,
                                  size_t *count, tally_view **view);

/*
 * Opens a view of an array of int32_t, as tally_array_view_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_view_i32(tally_array *array, const int32_t **values,
                                  size_t *count, tally_view **view);

/*
 * Opens a view of an array of int64_t, as tally_array_view_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_view_i64(tally_array *array, const int64_t **values,
                                  size_t *count, tally_view **view);

/*
 * Opens a view of an array of uint64_t, as tally_array_view_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_view_u64(tally_array *array, const uint64_t **values,
                                  size_t *count, tally_view **view);

/*
 * Gives up a reference to a view; giving up the last one closes it. NULL is a
 * no-op. Touches the error record only on failure. If nothing else keeps the
 * array, it is freed.
 *
 * Unlike tally_unref(), it refuses a handle that is not a view.
 */
tally_status tally_array_release_view(tally_view *view);

/*
 * The sum of an array of double: see tally_sum_f64().
 */
TALLY_NODISCARD
tally_status tally_array_sum_f64(tally_array *array, double *total);

/*
 * The sum of an array of float: see tally_sum_f32().
 */
TALLY_NODISCARD
tally_status tally_array_sum_f32(tally_array *array, float *total);

/*
 * The sum of an array of int32_t: see tally_sum_i32().
 */
TALLY_NODISCARD
tally_status tally_array_sum_i32(tally_array *array, int64_t *total);

/*
 * The sum of an array of int64_t: see tally_sum_i64().
 */
TALLY_NODISCARD
tally_status tally_array_sum_i64(tally_array *array, int64_t *total);

/*
 * The sum of an array of uint64_t: see tally_sum_u64().
 */
TALLY_NODISCARD
tally_status tally_array_sum_u64(tally_array *array, uint64_t *total);

/*
 * Adds all elements of an array, which may be of any type, to an accumulator.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_array(tally_accumulator *into,
                                         tally_array *array);

/* ========================================================================== */
/*                                  Objects                                   */
/* ========================================================================== */

/*
 * The simplest resource with a handle: a reference-counted 32-bit integer that
 * any number of threads may read and set. See Handles for tally_ref(),
 * tally_unref() and the errors of a handle.
 *
 *     void *object = tally_object_new();
 *     if (object == NULL || tally_object_set_value(object, 42) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     tally_unref(object);
 */

/*
 * Makes an object with the value 0 and one reference.
 *
 * Returns its handle, to be given up with tally_unref(), or NULL with
 * TALLY_MEMORY if out of memory.
 */
TALLY_NODISCARD void *tally_object_new(void);

/*
 * The object's value, or 0 if the handle is refused. Check tally_last_status()
 * to tell a failure from a value of 0.
 */
TALLY_NODISCARD int32_t tally_object_value(void *object);

/*
 * Sets the object's value, atomically.
 */
TALLY_NODISCARD
tally_status tally_object_set_value(void *object, int32_t value);

/* ========================================================================== */
/*                                   Memory                                   */
/* ========================================================================== */

/*
 * Blocks of memory that the library allocates, and frees only if it allocated
 * them itself.
 *
 *     double *values = tally_alloc(count * sizeof *values);
 *     if (values == NULL)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     tally_free(values);
 */

/*
 * Allocates a block of 'size' zero bytes, aligned to 64 bytes.
 *
 * Returns the block, which the caller owns and frees with tally_free(), from
 * any thread, or NULL with TALLY_MEMORY if out of memory. Size 0 gives a unique
 * pointer that must not be dereferenced.
 */
TALLY_NODISCARD void *tally_alloc(size_t size);

/*
 * Frees a block from tally_alloc() or from another function that documents
 * this. NULL is a no-op. Touches the error record only on failure.
 *
 * Any other pointer is refused and nothing changes: TALLY_WRONG_KIND if it is a
 * block that another function frees, or a live handle; TALLY_STALE if it is a
 * block that has been freed already, or a stale handle; TALLY_BAD_HANDLE if it
 * is anything else.
 *
 * A recently freed block is remembered, and its address is not reused. For
 * blocks of at most 1 KiB, the library remembers the last 64 that each running
 * thread freed (if the process has no more keys for thread-specific data, the
 * threads without one share 64). For larger blocks, it remembers the last 64 of
 * the process, up to 16 MiB together; a block above 16 MiB is forgotten at
 * once. When memory runs out, the library forgets all remembered blocks except
 * the small ones of other threads, returns their memory to the system and
 * retries once. A second free of a forgotten block is TALLY_BAD_HANDLE, or
 * frees the new block at its address.
 */
void tally_free(void *ptr);

/* ========================================================================== */
/*                                    Text                                    */
/* ========================================================================== */

/*
 * Strings are UTF-8 and NUL-terminated. A string that is not valid UTF-8 is
 * refused with TALLY_ENCODING, with the offset of the first invalid byte in the
 * message.
 *
 *     size_t bytes, characters;
 *     if (tally_text_length("h\u00e9", &bytes, &characters) == TALLY_OK)
 *         printf("%zu bytes, %zu characters\n", bytes, characters);
 */

/*
 * Copies a string.
 *
 * '*out' is the copy, which the caller owns and frees with tally_free().
 * TALLY_ENCODING if 'text' is not UTF-8; TALLY_MEMORY if out of memory.
 */
TALLY_NODISCARD tally_status tally_text_copy(const char *text, char **out);

/*
 * Measures a string: the number of its bytes, without the NUL, and of its
 * characters (Unicode code points).
 *
 * 'bytes' and 'characters' may be NULL. TALLY_ENCODING if 'text' is not UTF-8.
 */
TALLY_NODISCARD
tally_status tally_text_length(const char *text, size_t *bytes,
                               size_t *characters);

/* ========================================================================== */
/*                                  Records                                   */
/* ========================================================================== */

/*
 * A struct that is passed in both directions: functions read the caller's
 * records, and the library can allocate, copy and free records of its own.
 *
 *     tally_record *record;
 *     if (tally_record_new(7, "seven", 49, &record) == TALLY_OK)
 *         tally_record_free(record);
 */

/*
 * A named value.
 */
typedef struct tally_record {
    /* Any number the caller chooses. */
    int id;
    /* NUL-terminated, or NULL if there is no name. */
    const char *name;
    /* The value that tally_records_total() adds. */
    int value;
} tally_record;

/*
 * Makes a record with a copy of 'name', in one allocation.
 *
 * 'name' may be NULL. '*out' is the record, which the caller owns, may modify,
 * and frees with tally_record_free(). TALLY_ENCODING if 'name' is not UTF-8;
 * TALLY_MEMORY if out of memory.
 */
TALLY_NODISCARD
tally_status tally_record_new(int id, const char *name, int value,
                              tally_record **out);

/*
 * Copies a record and its name, whether the library allocated it or the caller
 * did.
 *
 * Ownership of '*out' and the errors are as for tally_record_new().
 */
TALLY_NODISCARD
tally_status tally_record_copy(const tally_record *record, tally_record **out);

/*
 * Frees a record from tally_record_new() or tally_record_copy(), even if its
 * fields have been modified. NULL is a no-op. Touches the error record only on
 * failure. Any other pointer is refused, as by tally_free().
 */
void tally_record_free(tally_record *record);

/*
 * Adds the values of those of 'count' records whose name is 'name', or of all
 * records if 'name' is NULL.
 *
 * Names are compared byte by byte; a record without a name matches none.
 * TALLY_ENCODING if 'name' is not UTF-8; TALLY_OVERFLOW if the total is outside
 * int64_t.
 */
TALLY_NODISCARD
tally_status tally_records_total(const tally_record *records, size_t count,
                                 const char *name, int64_t *total);

/* ========================================================================== */
/*                                 Callbacks                                  */
/* ========================================================================== */

/*
 * Functions that call functions of the caller. A callback reports success or
 * failure by its return value, and receives the caller's pointers unread. The
 * callbacks of this section are called on the calling thread, and never after
 * the function that takes them has returned. A NULL callback is TALLY_NULL,
 * even if it would not be called.
 *
 * The only callback that the library keeps after a call is the release callback
 * of a borrowed array, which has its own rules: see Arrays.
 *
 *     int length(const void *word, int *result, void *user_data);
 *     if (tally_map(words, n, sizeof *words, length, NULL, out, &done) !=
 *         TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * A callback may call this library. If it throws a C++ exception, the exception
 * reaches the C++ caller unchanged, nothing leaks, and the library remains
 * usable. The thread's error is then TALLY_CALLBACK, "callback did not return",
 * unless the callback's own calls to the library have set another or cleared
 * it. A callback must not exit by longjmp() or pthread_exit(), and its thread
 * must not be cancelled in it.
 *
 * When a callback fails, the message has its return value, followed by the
 * error of this library that it left, if any.
 */

/*
 * Reads 'data', writes '*result' and returns 0, or returns any other value on
 * failure.
 */
typedef int (*tally_callback)(const void *data, int *result);

/*
 * Reads 'element', writes '*result' and returns 0, or returns any other value
 * to stop.
 */
typedef int (*tally_map_callback)(const void *element, int *result,
                                  void *user_data);

/*
 * Writes at most 'capacity' doubles to 'buffer' and returns their number, 0 at
 * the end, or SIZE_MAX on failure. 'capacity' is at least 1 and may differ
 * between calls.
 */
typedef size_t (*tally_source)(double *buffer, size_t capacity,
                               void *user_data);

/*
 * Calls 'callback(data, result)' once.
 *
 * 'data' and 'result' are passed through unread and may be NULL.
 *
 * Returns what the callback returned; if that is not 0, the thread's error is
 * TALLY_CALLBACK. Returns TALLY_NULL for a NULL callback; only
 * tally_last_status() distinguishes that from a callback that returned -1.
 */
TALLY_NODISCARD
int tally_process(const void *data, tally_callback callback, int *result);

/*
 * Calls 'callback(element, result, user_data)' for each of 'count' elements
 * that lie 'stride' bytes apart, in order, and collects the results.
 *
 * 'results' has room for 'count' results. 'stride' may be negative or 0. The
 * first callback that does not return 0 ends the call with TALLY_CALLBACK.
 * '*done' is the number of elements finished, and is up to date at each
 * callback; it is 0 if there are no elements, and unchanged if an argument is
 * refused. 'done' may be NULL. 'results' is written up to there and no further.
 * TALLY_INVALID if the elements would span more than PTRDIFF_MAX bytes.
 */
TALLY_NODISCARD
tally_status tally_map(const void *elements, size_t count, ptrdiff_t stride,
                       tally_map_callback callback, void *user_data,
                       int *results, size_t *done);

/*
 * Adds the doubles that 'source' produces, until it returns 0.
 *
 * 'source(buffer, capacity, user_data)' writes up to 'capacity' doubles and
 * returns their number. TALLY_CALLBACK if it returns SIZE_MAX, or more than
 * 'capacity'. All values are added at the end or, on failure or an exception,
 * none. Any change that the source itself makes to '*into' is overwritten.
 */
TALLY_NODISCARD
tally_status tally_accumulator_pull(tally_accumulator *into,
                                    tally_source source, void *user_data);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* TALLY_H */

/* Outside of TALLY_H: a program may include this file for them after tally.hpp,
 * which leaves them out. */
#ifndef TALLY_NO_CLASSIC
#ifndef TALLY_CLASSIC_H
#define TALLY_CLASSIC_H

#ifdef __cplusplus
extern "C" {
#endif

/* ========================================================================== */
/*                               Classic names                                */
/* ========================================================================== */

/*
 * The functions of the teaching text that this library grew out of, under their
 * original names. New programs do not need them. Some do the same as a function
 * with a prefix, except that the error record has the name of the function that
 * was called:
 *
 *     process_with_callback   tally_process
 *     get_last_error          tally_last_message
 *     c_alloc, c_free         tally_alloc, tally_free
 *     c_object_new            tally_object_new
 *     c_object_ref            tally_ref, objects only
 *     c_object_unref          tally_unref, objects only
 *     c_object_get_value      tally_object_value
 *     c_object_set_value      tally_object_set_value
 *
 * The shared library does not define these names: libtally_classic.so.0 does,
 * which -ltally links to programs that call one. In the static library they are
 * weak, so a program's own functions take precedence. A program that has
 * functions of these names defines TALLY_NO_CLASSIC before including this
 * header.
 */

/*
 * Twice 'x', or the nearest int with TALLY_OVERFLOW.
 */
TALLY_NODISCARD int rust_function(int x);

/*
 * The sum of 'len' ints, or the nearest int with TALLY_OVERFLOW.
 *
 * Only the final total has to be in range; tally_sum_i32() has a larger one. If
 * 'len' is 0, the sum is 0, whatever the pointer. 0 with TALLY_INVALID if 'len'
 * is negative; 0 with TALLY_NULL for NULL and a positive 'len'.
 */
TALLY_NODISCARD int sum_array(const int *arr, int len);

/*
 * Calls 'callback(data, result)' once: see tally_process().
 *
 * Returns what the callback returned; TALLY_NULL for a NULL callback.
 */
TALLY_NODISCARD
int process_with_callback(const void *data, tally_callback callback,
                          int *result);

/*
 * Adds the integers in a text: decimal digits, up to 600 of them (not counting
 * leading zeros), with an optional sign, separated by ASCII white space.
 *
 * Returns the total, from 0 to INT_MAX, or a negative status: TALLY_NULL;
 * TALLY_ENCODING; TALLY_PARSE for a word that is not an integer, with the word
 * and its byte offset in the message; TALLY_OVERFLOW for a total above INT_MAX
 * or a word of more than 600 digits; TALLY_INVALID for a negative total. Only
 * the final total has to be in range. The total of an empty text is 0.
 */
TALLY_NODISCARD int risky_operation(const char *input);

/*
 * The message of this thread's latest failure, or "": see tally_last_message().
 * Never NULL. Do not free it; it is valid until this thread's next call.
 */
TALLY_NODISCARD const char *get_last_error(void);

/*
 * Allocates a block of 'size' zero bytes, aligned to 64 bytes: see
 * tally_alloc().
 *
 * Returns the block, to be freed with c_free(), or NULL with TALLY_MEMORY.
 */
TALLY_NODISCARD void *c_alloc(size_t size);

/*
 * Frees a block from c_alloc() or tally_alloc(); refuses any other pointer: see
 * tally_free().
 */
void c_free(void *ptr);

/*
 * Makes an object with the value 0 and one reference: see tally_object_new().
 *
 * Returns its handle, to be given up with c_object_unref(), or NULL with
 * TALLY_MEMORY.
 */
TALLY_NODISCARD void *c_object_new(void);

/*
 * Adds a reference to an object: see tally_ref(). NULL is refused.
 */
void c_object_ref(void *obj);

/*
 * Gives up a reference to an object; giving up the last one frees it: see
 * tally_unref(). NULL is a no-op.
 */
void c_object_unref(void *obj);

/*
 * The object's value, or 0 if the handle is refused: see tally_object_value().
 */
TALLY_NODISCARD int32_t c_object_get_value(void *obj);

/*
 * Sets the object's value: see tally_object_set_value().
 */
TALLY_NODISCARD tally_status c_object_set_value(void *obj, int32_t value);

/* ========================================================================== */
/*                            Calling conventions                             */
/* ========================================================================== */

/*
 * rust_function() in each calling convention that the processor supports. A
 * function must be declared with the convention that it was compiled for;
 * otherwise it looks for its arguments in the wrong places. These declarations
 * show how to do that, and allow it to be tested.
 */

/*
 * Twice 'x', as from rust_function(), in the calling convention of the
 * operating system's own functions: stdcall on 32-bit Windows, that of C
 * elsewhere.
 */
#if defined(_WIN32) && defined(__i386__)
TALLY_NODISCARD int __attribute__((stdcall)) rust_function_system(int x);
#else
TALLY_NODISCARD int rust_function_system(int x);
#endif

#if defined(__x86_64__) && defined(__GNUC__)
/*
 * Twice 'x', as from rust_function(), in Microsoft's calling convention. On
 * x86-64 only, for compilers that have the attribute.
 */
TALLY_NODISCARD int __attribute__((ms_abi)) rust_function_win64(int x);

/*
 * Twice 'x', as from rust_function(), in the System V calling convention. On
 * x86-64 only, for compilers that have the attribute.
 */
TALLY_NODISCARD int __attribute__((sysv_abi)) rust_function_sysv64(int x);
#endif

#if defined(__i386__) && defined(__GNUC__)
/*
 * Twice 'x', as from rust_function(), in the stdcall calling convention, in
 * which the called function clears the stack. On 32-bit x86 only, for compilers
 * that have the attribute.
 */
TALLY_NODISCARD int __attribute__((stdcall)) rust_function_stdcall(int x);

/*
 * Twice 'x', as from rust_function(), in the fastcall calling convention, with
 * arguments in registers. On 32-bit x86 only, for compilers that have the
 * attribute.
 */
TALLY_NODISCARD int __attribute__((fastcall)) rust_function_fastcall(int x);
#endif

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* TALLY_CLASSIC_H */
#endif /* TALLY_NO_CLASSIC */
