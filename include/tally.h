/*
 * tally.h - arithmetic over arrays that cannot silently go wrong
 *
 * Three promises:
 *
 * - Exact. Integer totals never wrap: they are right, or they are an error.
 *   Floating-point totals are the exactly rounded value of the true sum: the
 *   same numbers give the same bits, in any order, split over any threads or
 *   machines.
 * - Contained. No NULL, impossible length, stale or foreign handle or malformed
 *   text brings the process down or corrupts it. Each is a status, a message,
 *   and the name of the function that refused. An exception that a callback
 *   throws passes through to its C++ caller, and nothing leaks.
 * - Fast. A call costs a few to a few tens of nanoseconds; long arrays are
 *   added at memory bandwidth wherever memory is the limit.
 *
 * Conventions:
 *
 * - A function that can fail returns a tally_status, 0 or negative, and writes
 *   its results through the pointers that come last. On failure they are left
 *   as they were, except where a function says otherwise. Compilers warn about
 *   an ignored status, except that of a releasing function.
 * - A pointer may be NULL only where a function says so; anywhere else NULL is
 *   refused with TALLY_NULL. If a count is 0, its pointer is ignored. Arrays
 *   may lie at any alignment.
 * - Each thread has its own record of its latest error.
 * - Text is UTF-8 and ends with a NUL.
 * - A callback may throw a C++ exception: it reaches its C++ caller intact.
 *   It must not leave by longjmp or by ending its thread.
 * - All functions may be called from several threads at once, on different
 *   data or on data that none of them changes. Handles may be shared freely.
 *   No function may be called from a signal handler.
 * - No function is a cancellation point: a thread whose cancellation is
 *   pending completes each call. Asynchronous cancellation is forbidden.
 * - The thread's floating-point environment - rounding direction, flushing of
 *   subnormals, traps, flags - changes no result, and comes back as it was.
 *
 * The header needs C99 or C++11.
 */

/* Made from the library's sources: edit those. */

#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdint.h>

/* The version of this header; tally_version() gives the library's. */
#define TALLY_VERSION "0.1.0"
#define TALLY_VERSION_MAJOR 0
#define TALLY_VERSION_MINOR 1
#define TALLY_VERSION_PATCH 0
/* Major * 10000 + minor * 100 + patch, for comparing. */
#define TALLY_VERSION_NUMBER                                                   \
    (TALLY_VERSION_MAJOR * 10000 + TALLY_VERSION_MINOR * 100 +                 \
     TALLY_VERSION_PATCH)

/* Marks a result that must not be thrown away. */
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
 * What a function that can fail returns. The numbers never change.
 */

/*
 * The outcome of a call. 0 is success, every failure is negative.
 *
 * 32 bits wide in every dialect of C and C++. A later version may add failures,
 * so treat every number below 0 as one.
 */
enum tally_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    /* The call did what it says. */
    TALLY_OK = 0,
    /* A pointer is NULL where none may be. */
    TALLY_NULL = -1,
    /* An argument is outside its range, or the request makes no sense. */
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
    /* Saved bytes are not what this library writes. */
    TALLY_FORMAT = -12,
    /* Too many calls and views are using the handle. Try again later. */
    TALLY_BUSY = -13,
    /*
     * The buffer is too small: the function reports the size it needs. Or the
     * result does not fit a small accumulator.
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
 * name of the function that failed. Every failing call sets it. A call that
 * succeeds clears it, except the releasing functions (tally_free, tally_unref,
 * tally_array_release_view, tally_record_free, and the classic c_free and
 * c_object_unref), which touch it only when they fail. Threads never see each
 * other's errors.
 *
 *     if (tally_sum_f64(values, count, &total) != TALLY_OK)
 *         printf("%s: %s\n", tally_last_function(), tally_last_message());
 *
 * The functions of this section read the record and never change it, but for
 * tally_clear_error(). They cannot fail.
 */

/*
 * The status of this thread's latest failure, or TALLY_OK if the latest call
 * that sets or clears the record succeeded.
 *
 * This is how to tell a refused call from a result where every value is valid,
 * as with tally_object_value().
 */
TALLY_NODISCARD tally_status tally_last_status(void);

/*
 * The message of this thread's latest failure, or "". Never NULL.
 *
 * UTF-8, at most 255 bytes. The library owns it: do not free it. It is valid
 * until this thread's next call that may set or clear the record, or until the
 * thread ends; to keep it longer, use tally_last_error_copy().
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
 * 'buffer' receives at most 'size' bytes, the closing NUL included; a message
 * that does not fit is cut at the end of a character. 'buffer' may be NULL, or
 * 'size' 0: then nothing is written.
 *
 * Returns the length of the whole message in bytes, without the NUL.
 */
size_t tally_last_error_copy(char *buffer, size_t size);

/*
 * Forgets this thread's error.
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
 * The macros TALLY_VERSION and TALLY_VERSION_NUMBER say what a program was
 * compiled against; these functions report the version at run time. They cannot
 * fail and do not touch the error record.
 */

/*
 * The version of the library in use, such as "0.1.0". Never NULL; valid for as
 * long as the library is loaded.
 */
TALLY_NODISCARD const char *tally_version(void);

/*
 * The version of the library in use as one number: major * 10000 + minor * 100
 * + patch.
 */
TALLY_NODISCARD uint32_t tally_version_number(void);

/* ========================================================================== */
/*                               Sums of arrays                               */
/* ========================================================================== */

/*
 * One call, one total. Integer totals are exact or they are an error; totals of
 * doubles and floats are the true sum rounded once, to the nearest value and
 * ties to even, so they do not depend on the order of the values.
 *
 *     double values[] = {1e100, 1.0, -1e100}, total;
 *     if (tally_sum_f64(values, 3, &total) == TALLY_OK)
 *         printf("%g\n", total);                              // 1
 *     else
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * 'count' is a number of elements. An array may lie at any alignment; it may be
 * NULL if 'count' is 0. Any NaN gives NaN, and so do infinities of both signs;
 * infinities of one sign give that infinity. An intermediate total that would
 * overflow is not an error. Each function returns TALLY_NULL for a required
 * pointer that is NULL, TALLY_INVALID if the array would be larger than
 * PTRDIFF_MAX bytes, and TALLY_OVERFLOW where documented. On failure '*total'
 * is untouched, except for the documented infinity.
 *
 * The method is a superaccumulator: one integer wide enough for every sum of
 * doubles (U. Kulisch, Computer Arithmetic and Validity, 2013; R. Neal, Fast
 * exact summation using small and large superaccumulators, 2015).
 */

/*
 * Adds 'count' 32-bit integers.
 *
 * TALLY_OVERFLOW if the total is outside int64_t, which takes more than 2^32
 * values.
 */
TALLY_NODISCARD
tally_status tally_sum_i32(const int32_t *values, size_t count, int64_t *total);

/*
 * Adds 'count' signed 64-bit integers.
 *
 * TALLY_OVERFLOW if the total is outside int64_t. Totals on the way do not
 * matter. For a total that cannot overflow, see tally_sum_i64_wide().
 */
TALLY_NODISCARD
tally_status tally_sum_i64(const int64_t *values, size_t count, int64_t *total);

/*
 * Adds 'count' signed 64-bit integers into 128 bits, which never overflow.
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
 * Adds 'count' doubles: the double nearest to the true sum.
 *
 * The sum of nothing is +0.0; of nothing but -0.0 it is -0.0. If the nearest
 * double is beyond DBL_MAX, '*total' is the infinity of its sign and
 * TALLY_OVERFLOW is returned.
 */
TALLY_NODISCARD
tally_status tally_sum_f64(const double *values, size_t count, double *total);

/*
 * Adds 'count' floats: the float nearest to the true sum.
 *
 * Rounded once, straight to float. Zeros and overflow as with tally_sum_f64(),
 * at FLT_MAX.
 */
TALLY_NODISCARD
tally_status tally_sum_f32(const float *values, size_t count, float *total);

/* ========================================================================== */
/*                   Dot products and statistics of arrays                    */
/* ========================================================================== */

/*
 * One call, one number: the exact result rounded once, to the nearest double
 * and ties to even, so it does not depend on the order of the values. No
 * formula here cancels: each result is a quotient of integers of thousands of
 * bits, or the square root of one.
 *
 *     double x[] = {1e100, 1.0, 1e100}, y[] = {1.0, 1.0, -1.0}, dot;
 *     if (tally_dot_f64(x, y, 3, &dot) != TALLY_OK ||           // 1
 *         tally_variance_f64(values, count, 1, &variance) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * 'count' is a number of elements, of each array if there are two. An array may
 * lie at any alignment; it may be NULL if 'count' is 0, and the same one may be
 * given twice. 'ddof' is what is taken off the count before the division: 0 for
 * the variance of a whole population, 1 for that of a sample.
 *
 * Each function returns TALLY_NULL for a NULL that is needed, TALLY_INVALID if
 * an array would be larger than PTRDIFF_MAX bytes or where it says, and
 * TALLY_OVERFLOW if the nearest double is beyond DBL_MAX; the result is the
 * infinity of its sign then. On any other failure it is untouched.
 *
 * For other types and layouts see tally_column; for sums in progress,
 * tally_product_accumulator and tally_moments.
 *
 * The method is a superaccumulator of products (U. Kulisch, Computer Arithmetic
 * and Validity, 2013), filled by error-free transformations (T. Ogita, S. M.
 * Rump, S. Oishi, Accurate sum and dot product, 2005).
 */

/*
 * Adds the products of 'count' pairs of doubles: the double nearest to the true
 * sum.
 *
 * Products neither overflow nor underflow on the way. NaN, an infinity times
 * zero, and infinite products of both signs give NaN; infinite products of one
 * sign give that infinity. The result of nothing is +0.0; of nothing but
 * products that are -0.0 it is -0.0.
 */
TALLY_NODISCARD
tally_status tally_dot_f64(const double *x, const double *y, size_t count,
                           double *total);

/*
 * Adds the products of 'count' pairs of floats: the double nearest to the true
 * sum.
 *
 * As tally_dot_f64() of the same numbers.
 */
TALLY_NODISCARD
tally_status tally_dot_f32(const float *x, const float *y, size_t count,
                           double *total);

/*
 * The mean of 'count' doubles: the double nearest to the true sum divided by
 * the count.
 *
 * TALLY_INVALID if 'count' is 0. NaN and infinities are as in tally_sum_f64().
 */
TALLY_NODISCARD
tally_status tally_mean_f64(const double *values, size_t count, double *mean);

/*
 * The mean of 'count' floats, as a double: as tally_mean_f64() of the same
 * numbers.
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
 * The mean of 'count' signed 64-bit integers, as tally_mean_i32() has it.
 */
TALLY_NODISCARD
tally_status tally_mean_i64(const int64_t *values, size_t count, double *mean);

/*
 * The mean of 'count' unsigned 64-bit integers, as tally_mean_i32() has it.
 */
TALLY_NODISCARD
tally_status tally_mean_u64(const uint64_t *values, size_t count, double *mean);

/*
 * The variance of 'count' doubles: the squares of their distances from the
 * mean, added up and divided by 'count' - 'ddof'.
 *
 * TALLY_INVALID if 'count' is not above 'ddof'. NaN if there is NaN or an
 * infinity.
 */
TALLY_NODISCARD
tally_status tally_variance_f64(const double *values, size_t count, size_t ddof,
                                double *variance);

/*
 * The variance of 'count' floats, as a double: as tally_variance_f64() of the
 * same numbers.
 */
TALLY_NODISCARD
tally_status tally_variance_f32(const float *values, size_t count, size_t ddof,
                                double *variance);

/*
 * The standard deviation of 'count' doubles: the square root of the variance,
 * as tally_variance_f64() defines it, rounded once.
 *
 * TALLY_INVALID if 'count' is not above 'ddof'. NaN if there is NaN or an
 * infinity.
 */
TALLY_NODISCARD
tally_status tally_standard_deviation_f64(const double *values, size_t count,
                                          size_t ddof, double *deviation);

/*
 * The standard deviation of 'count' floats, as a double: as
 * tally_standard_deviation_f64() of the same numbers.
 */
TALLY_NODISCARD
tally_status tally_standard_deviation_f32(const float *values, size_t count,
                                          size_t ddof, double *deviation);

/*
 * The Euclidean norm of 'count' doubles: the square root of the sum of their
 * squares, rounded once.
 *
 * Squares neither overflow nor underflow on the way. Any NaN gives NaN; else
 * any infinity gives infinity. The norm of nothing is +0.0.
 */
TALLY_NODISCARD
tally_status tally_norm_f64(const double *values, size_t count, double *norm);

/*
 * The Euclidean norm of 'count' floats, as a double: as tally_norm_f64() of the
 * same numbers.
 */
TALLY_NODISCARD
tally_status tally_norm_f32(const float *values, size_t count, double *norm);

/*
 * The weighted mean of 'count' doubles: the sum of each value times its weight,
 * divided by the sum of the weights.
 *
 * Weights may be negative. TALLY_INVALID if they add up to zero, as those of
 * nothing do; otherwise NaN if there is NaN, an infinite weight, an infinity
 * with the weight zero, or if infinities times their weights have both signs.
 *
 * A mean of zero has the sign of tally_dot_f64() of values and weights if the
 * weights add up to more than zero, and the other sign if to less: so 1 and -1,
 * each with the weight -1, have the mean -0.0. A mean that rounds to zero keeps
 * its own sign.
 */
TALLY_NODISCARD
tally_status tally_weighted_mean_f64(const double *values,
                                     const double *weights, size_t count,
                                     double *mean);

/*
 * The weighted mean of 'count' floats, as a double: as
 * tally_weighted_mean_f64() of the same numbers.
 */
TALLY_NODISCARD
tally_status tally_weighted_mean_f32(const float *values, const float *weights,
                                     size_t count, double *mean);

/*
 * The covariance of 'count' pairs of doubles: the products of their distances
 * from the means, added up and divided by 'count' - 'ddof'.
 *
 * TALLY_INVALID if 'count' is not above 'ddof'. NaN if there is NaN or an
 * infinity. A covariance of zero is +0.0; one that rounds to zero keeps its
 * sign.
 */
TALLY_NODISCARD
tally_status tally_covariance_f64(const double *x, const double *y,
                                  size_t count, size_t ddof,
                                  double *covariance);

/*
 * The correlation coefficient (Pearson's) of 'count' pairs of doubles, from -1
 * to 1: the covariance divided by both standard deviations.
 *
 * TALLY_INVALID if 'count' is 0. NaN if there is NaN or an infinity; otherwise
 * TALLY_INVALID if all elements of 'x' are equal, or all of 'y'. The result may
 * round to 1 or -1 where the pairs lie on a line only nearly. A coefficient of
 * zero is +0.0; one that rounds to zero keeps its sign.
 */
TALLY_NODISCARD
tally_status tally_correlation_f64(const double *x, const double *y,
                                   size_t count, double *correlation);

/* ========================================================================== */
/*                                  Columns                                   */
/* ========================================================================== */

/*
 * Values as they lie in memory: of any type, at any distance from each other,
 * some of them perhaps missing. A tally_column describes them, and each
 * function below takes any column.
 *
 *     float prices[] = {1.5F, NAN, 2.25F};
 *     double mean;
 *     tally_column column = TALLY_COLUMN(TALLY_F32, prices, 3);
 *     column.flags = TALLY_SKIP_NAN;
 *     if (tally_column_mean(&column, &mean) != TALLY_OK)        // 1.875
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Each result is the exact one, rounded once to the nearest double, ties to
 * even; that of doubles is what the function for arrays of the same name gives.
 * Floats of any size and integers are taken exactly as they are, int64_t and
 * uint64_t beyond 2^53 too; an integer zero is +0.0.
 *
 * An element that 'validity' leaves out is as if it were not in the column, and
 * so is NaN if 'flags' has TALLY_SKIP_NAN. In a pair of columns, such an
 * element is skipped with its partner. tally_column_count() says how many are
 * left. All 'count' elements must be readable, skipped ones too; their values
 * do not matter.
 *
 * The struct is read during the call only, and may lie at any alignment.
 * TALLY_NULL if it is NULL, or if 'values' is and 'count' is not 0.
 * TALLY_INVALID if 'size' is not sizeof(tally_column); if 'type' or a flag is
 * unknown; if the elements would reach over more than PTRDIFF_MAX bytes or past
 * the end of memory; if 'offset' + 'count' is more than SIZE_MAX; if two
 * columns of a call differ in 'count'; and where a function says so. A struct
 * of a later version, which is larger, is accepted if its further bytes are 0.
 */

/*
 * A flag of a tally_column: NaN is skipped.
 */
#define TALLY_SKIP_NAN 1

/*
 * A flag of a tally_column: 'validity', if it is not NULL, is a byte an
 * element, 0 for one that is missing.
 */
#define TALLY_BYTE_MASK 2

/*
 * A type of element.
 *
 * 32 bits wide in every dialect of C and C++. A later version may add types.
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
    /* half precision: the 16 bits of IEEE 754 binary16 */
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
    /* a byte: 1 unless it is 0 */
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
 * Plain data: make one with TALLY_COLUMN or TALLY_COLUMN_INIT, or with all
 * bytes zero but for the fields that are set.
 */
typedef struct tally_column {
    /* sizeof(tally_column). */
    size_t size;
    /* What an element is. */
    tally_type type;
    /* TALLY_SKIP_NAN and TALLY_BYTE_MASK, or 0. */
    uint32_t flags;
    /* The first element, at any alignment. May be NULL if 'count' is 0. */
    const void *values;
    /* How many elements there are, missing ones included. */
    size_t count;
    /*
     * From one element to the next, in bytes. Below 0 the others lie below the
     * first; 0 is one element 'count' times.
     */
    ptrdiff_t stride;
    /*
     * Which elements are there: a bit each, counted from the lowest of each
     * byte (Arrow's layout); or a byte each, with TALLY_BYTE_MASK. NULL: all
     * are there.
     */
    const uint8_t *validity;
    /*
     * The first element's place in 'validity': a number of bits, or of bytes.
     */
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
 * Initializes a tally_column of 'count' elements that lie side by side, all of
 * them there. It is constant if its arguments are, and so serves static columns
 * too, for which some compilers refuse TALLY_COLUMN in strict C99.
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
 * A tally_column that TALLY_COLUMN_INIT initializes, as an expression.
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
 * How many elements count, and how many are skipped. NULL for a number that is
 * not wanted.
 */
TALLY_NODISCARD
tally_status tally_column_count(const tally_column *values, size_t *count,
                                size_t *skipped);

/*
 * How many pairs of elements count, and how many are skipped. NULL for a number
 * that is not wanted.
 */
TALLY_NODISCARD
tally_status tally_column_count_pairs(const tally_column *x,
                                      const tally_column *y, size_t *count,
                                      size_t *skipped);

/*
 * The sum, as tally_sum_f64() has it.
 *
 * TALLY_OVERFLOW if the nearest double is beyond DBL_MAX; '*total' is the
 * infinity of its sign then.
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
 * The mean, as tally_mean_f64() has it.
 *
 * TALLY_INVALID if no element counts.
 */
TALLY_NODISCARD
tally_status tally_column_mean(const tally_column *values, double *mean);

/*
 * The Euclidean norm, as tally_norm_f64() has it.
 *
 * TALLY_OVERFLOW as with tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_norm(const tally_column *values, double *norm);

/*
 * The variance, as tally_variance_f64() has it.
 *
 * TALLY_INVALID if no more than 'ddof' elements count. TALLY_OVERFLOW as with
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_variance(const tally_column *values, size_t ddof,
                                   double *variance);

/*
 * The standard deviation, as tally_standard_deviation_f64() has it.
 *
 * TALLY_INVALID if no more than 'ddof' elements count.
 */
TALLY_NODISCARD
tally_status tally_column_standard_deviation(const tally_column *values,
                                             size_t ddof, double *deviation);

/*
 * The sum of the products of pairs, as tally_dot_f64() has it.
 *
 * TALLY_OVERFLOW as with tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_dot(const tally_column *x, const tally_column *y,
                              double *total);

/*
 * The weighted mean, as tally_weighted_mean_f64() has it.
 *
 * TALLY_INVALID if the weights add up to zero. TALLY_OVERFLOW as with
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_weighted_mean(const tally_column *values,
                                        const tally_column *weights,
                                        double *mean);

/*
 * The covariance, as tally_covariance_f64() has it.
 *
 * TALLY_INVALID if no more than 'ddof' pairs count. TALLY_OVERFLOW as with
 * tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_covariance(const tally_column *x,
                                     const tally_column *y, size_t ddof,
                                     double *covariance);

/*
 * The correlation coefficient, as tally_correlation_f64() has it.
 *
 * TALLY_INVALID if no pair counts, or if those elements of 'x' that count are
 * all equal, or those of 'y'.
 */
TALLY_NODISCARD
tally_status tally_column_correlation(const tally_column *x,
                                      const tally_column *y,
                                      double *correlation);

/*
 * The variance of values that each count as often as its weight says (frequency
 * weights): with the weights w, their sum W, and the weighted mean m, the sum
 * of w (x - m)^2 divided by W - 'ddof'.
 *
 * TALLY_INVALID if a weight is below 0, and if W is not above 'ddof', as that
 * of nothing is not. Otherwise NaN if there is NaN or an infinity.
 * TALLY_OVERFLOW as with tally_column_sum().
 */
TALLY_NODISCARD
tally_status tally_column_weighted_variance(const tally_column *values,
                                            const tally_column *weights,
                                            size_t ddof, double *variance);

/*
 * The straight line through pairs with the least squares of distances in 'y': y
 * = '*intercept' + '*slope' x.
 *
 * '*r_squared' is the coefficient of determination, the square of the
 * correlation coefficient. Each is rounded once. NULL for one that is not
 * wanted.
 *
 * All are NaN if there is NaN or an infinity. Otherwise TALLY_INVALID, and
 * nothing is written, if no pair counts; if those elements of 'x' that count
 * are all equal; and if those of 'y' are, unless 'r_squared' is NULL. The
 * message says which of the two. A result of zero is +0.0. TALLY_OVERFLOW if a
 * result is beyond DBL_MAX; it is the infinity of its sign then, and the others
 * are as they should be.
 */
TALLY_NODISCARD
tally_status tally_column_linear_fit(const tally_column *x,
                                     const tally_column *y, double *slope,
                                     double *intercept, double *r_squared);

/*
 * Refuses an array of another length than a call needs: for wrappers of this
 * library, whose arrays know their lengths.
 *
 * TALLY_INVALID unless 'length' is 'needed'. The message calls the array by its
 * 'name'.
 */
TALLY_NODISCARD
tally_status tally_check_length(const char *name, size_t length, size_t needed);

/* ========================================================================== */
/*                                   Groups                                   */
/* ========================================================================== */

/*
 * A statistic of each group of values, from one call: 'groups' is a column of
 * integers, the id of a group for each element of 'values'.
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
 * Each result is exact and rounded once, as the function for a single column
 * gives it; the order of the elements does not matter. A result that is
 * undefined, such as the mean of nothing, is NaN in its place, and one beyond
 * DBL_MAX is the infinity of its sign; neither is a failure. NaN or an infinity
 * changes no result but that of its own group.
 *
 * The columns are as under Columns. The ids may be of any integer type, or
 * TALLY_BOOL, and each is from 0 to 'group_count' - 1. An id that 'validity'
 * leaves out is not looked at, and its value is skipped; the id beside a
 * skipped value is looked at like any other. TALLY_INVALID if an id is below 0
 * or not below 'group_count', and the message names the first such row, counted
 * from 0; if 'groups' has elements that are not integers; if the columns differ
 * in 'count'; and if the results overlap anything of a column.
 *
 * Time is proportional to the number of elements and of groups. A call takes
 * memory: up to a megabyte or two, at most 25 bytes for each group, and where a
 * result needs all values of its group at once, 8 for each group and 8 for each
 * such value: for variances, deviations and norms, and for sums and means of
 * floats of which one is more than 2^30 times the size of another. Ids that are
 * sorted, in runs of some 100 and more, need 8 bytes for each group.
 * TALLY_MEMORY if there is no memory. On failure nothing is written, but where
 * tally_group_sum_i64() says so.
 */

/*
 * What a batch reduces each part of its values to.
 *
 * 32 bits wide in every dialect of C and C++. A later version may add
 * statistics.
 */
enum tally_statistic
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    /* the sum: 0 of nothing */
    TALLY_SUM = 1,
    /* the mean */
    TALLY_MEAN = 2,
    /* the variance; undefined of no more than 'ddof' values */
    TALLY_VARIANCE = 3,
    /* the standard deviation, the square root of the variance */
    TALLY_STANDARD_DEVIATION = 4,
    /* the Euclidean norm, the square root of the sum of squares */
    TALLY_NORM = 5,
    /* how many values count */
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
 * A statistic of each group: 'results[g]' is that of the values whose id is
 * 'g'.
 *
 * 'ddof' is for TALLY_VARIANCE and TALLY_STANDARD_DEVIATION, and of no matter
 * to others. 'results' has room for 'group_count' doubles, at any alignment; it
 * may be NULL if 'group_count' is 0. TALLY_INVALID if 'what' is no
 * tally_statistic.
 */
TALLY_NODISCARD
tally_status tally_group(const tally_column *values, const tally_column *groups,
                         size_t group_count, tally_statistic what, size_t ddof,
                         double *results);

/*
 * The exact sum of the integers of each group: 'results[g]' is that of the
 * values whose id is 'g'.
 *
 * A sum outside int64_t is INT64_MAX or INT64_MIN, whichever is nearer;
 * '*overflowed' is how many there are, and the call is TALLY_OVERFLOW if there
 * is any. All other results are as they should be. 'overflowed' may be NULL.
 * TALLY_INVALID if 'values' has elements that are not integers.
 */
TALLY_NODISCARD
tally_status tally_group_sum_i64(const tally_column *values,
                                 const tally_column *groups, size_t group_count,
                                 int64_t *results, size_t *overflowed);

/* ========================================================================== */
/*                              Axes of matrices                              */
/* ========================================================================== */

/*
 * A result for each column of a matrix, or for each row.
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
 * A statistic along an axis of a matrix: with 'axis' 0 of each column, with
 * 'axis' 1 of each row. Each result is the exact one, rounded once; an
 * undefined one is NaN, and one beyond DBL_MAX is the infinity of its sign.
 *
 * 'first_row' describes the first row: its 'count' is the number of columns,
 * its 'stride' leads from one column to the next. Each further one of the
 * 'rows' begins 'row_stride' bytes after the one before. That may be negative,
 * or 0: then all rows are the same. 'validity' is that of the whole matrix, row
 * by row: the place of the element in row r and column c is 'offset' + r *
 * 'count' + c. 'ddof' is for the variance and the standard deviation.
 *
 * 'results' has room for 'count' results, or for 'rows', and must not overlap
 * the matrix. TALLY_INVALID if it does, if 'axis' is neither 0 nor 1, if 'what'
 * is no tally_statistic, and if the rows would reach over more than PTRDIFF_MAX
 * bytes or past the end of memory.
 */
TALLY_NODISCARD
tally_status tally_axis(const tally_column *first_row, size_t rows,
                        ptrdiff_t row_stride, int axis, tally_statistic what,
                        size_t ddof, double *results);

/* ========================================================================== */
/*                         Windows and running totals                         */
/* ========================================================================== */

/*
 * A result for each row of a column: of the window of rows that ends with it,
 * or of all rows so far.
 *
 *     double prices[] = {1e300, 1.0, 2.0, 3.0}, means[4];
 *     tally_column column = TALLY_COLUMN(TALLY_F64, prices, 4);
 *     if (tally_rolling(&column, 2, 2, TALLY_MEAN, 0, means) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     // means: NaN, 5e299, 1.5, 2.5
 *
 * Each result is the exact one, rounded once. What has left a window leaves no
 * trace, be it NaN, an infinity or 1e300.
 *
 * The window of a row is that row and those before it, 'window' rows in all,
 * fewer at the start. Where fewer than 'min_count' of its elements count, the
 * result is NaN; elements that are missing or skipped do not count. Other
 * undefined results are NaN too: with a 'min_count' of 0, the sum of a window
 * in which nothing counts is 0, and its mean is NaN. A result beyond DBL_MAX is
 * the infinity of its sign.
 *
 * 'results' has room for as many results as the column has elements. It must
 * not overlap anything of a column: TALLY_INVALID. The exception is a running
 * total, which may take the place of its values: 'results' is 'values' then,
 * the stride is the size of an element, and the type is that of the results.
 */

/*
 * A statistic of the window of each row: of 'window' rows, of which at least
 * 'min_count' must count.
 *
 * 'ddof' is for the variance and the standard deviation, and of no matter to
 * others. TALLY_INVALID if 'window' is 0, if 'min_count' is more than 'window',
 * and if 'what' is no tally_statistic.
 */
TALLY_NODISCARD
tally_status tally_rolling(const tally_column *values, size_t window,
                           size_t min_count, tally_statistic what, size_t ddof,
                           double *results);

/*
 * The covariance of the window of each row. A row counts if both of its
 * elements do.
 *
 * TALLY_INVALID as with tally_rolling(), and if the columns differ in 'count'.
 */
TALLY_NODISCARD
tally_status tally_rolling_covariance(const tally_column *x,
                                      const tally_column *y, size_t window,
                                      size_t min_count, size_t ddof,
                                      double *results);

/*
 * The correlation coefficient of the window of each row: NaN where all elements
 * of 'x' that count are equal, or those of 'y'.
 *
 * TALLY_INVALID as with tally_rolling(), and if the columns differ in 'count'.
 */
TALLY_NODISCARD
tally_status tally_rolling_correlation(const tally_column *x,
                                       const tally_column *y, size_t window,
                                       size_t min_count, double *results);

/*
 * The sum of the elements up to each one. For an element that does not count,
 * it is the total so far.
 *
 * A total beyond DBL_MAX is the infinity of its sign, from which later totals
 * come back.
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum(const tally_column *values, double *results);

/*
 * The exact sum of the integers up to each one.
 *
 * '*done', unless 'done' is NULL, is how many results were written.
 * TALLY_OVERFLOW if the next total is outside int64_t: results from there on
 * are as they were. TALLY_INVALID for a column of floats, and nothing is
 * written.
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum_i64(const tally_column *values,
                                      int64_t *results, size_t *done);

/* ========================================================================== */
/*                               Parallel sums                                */
/* ========================================================================== */

/*
 * Sums, dot products and batches of long arrays on several threads at once.
 *
 *     // 0: as many threads as there are processors
 *     if (tally_sum_f64_parallel(values, count, 0, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Each gives what the function of the same name without '_parallel' gives, in
 * every respect and bit by bit, whatever 'threads' is and however the work is
 * shared out: the total, the failures, and what is written on failure.
 *
 * 'threads' is the most threads that may work on the call at once, the calling
 * thread included. 0 means one for each processor that the calling thread may
 * run on, and no call uses more than that. A call uses at most one thread for
 * each 262,144 elements, unless its function says otherwise: shorter arrays are
 * left to the calling thread. If no threads can be started, it does all the
 * work; that is not a failure.
 *
 * The library starts these threads when a call first needs them. They are idle
 * between calls and last until the process ends. They run none of the program's
 * code and block all signals except those of their own faults, such as SIGBUS
 * in an array that is a mapped file. On Linux they have the default scheduling
 * class, if the system lets a thread go back to it, and the niceness and the
 * processors of the thread whose call started them. Several threads may call at
 * once, and share them. A process that is forked starts its own. The code of a
 * library that is linked into a plugin must stay loaded after the first such
 * call: link the plugin with '-Wl,-z,nodelete'.
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
 * Adds the products of 'count' pairs of doubles on up to 'threads' threads: see
 * tally_dot_f64().
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
 * Statistics along an axis on up to 'threads' threads: see tally_axis().
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
 * Statistics of rolling windows on up to 'threads' threads: see
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
 * The covariances of rolling windows on up to 'threads' threads: see
 * tally_rolling_covariance() and tally_rolling_parallel().
 */
TALLY_NODISCARD
tally_status tally_rolling_covariance_parallel(const tally_column *x,
                                               const tally_column *y,
                                               size_t window, size_t min_count,
                                               size_t ddof, size_t threads,
                                               double *results);

/*
 * The correlation coefficients of rolling windows on up to 'threads' threads:
 * see tally_rolling_correlation() and tally_rolling_parallel().
 */
TALLY_NODISCARD
tally_status tally_rolling_correlation_parallel(const tally_column *x,
                                                const tally_column *y,
                                                size_t window, size_t min_count,
                                                size_t threads,
                                                double *results);

/*
 * Running totals on up to 'threads' threads, in place if wanted: see
 * tally_cumulative_sum().
 *
 * Uses at most one thread for each 16,384 rows, and at most 32.
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum_parallel(const tally_column *values,
                                           size_t threads, double *results);

/*
 * Exact running totals of integers on up to 'threads' threads: see
 * tally_cumulative_sum_i64() and tally_cumulative_sum_parallel().
 */
TALLY_NODISCARD
tally_status tally_cumulative_sum_i64_parallel(const tally_column *values,
                                               size_t threads, int64_t *results,
                                               size_t *done);

/*
 * Adds the products of the pairs of two columns on up to 'threads' threads: see
 * tally_column_dot().
 */
TALLY_NODISCARD
tally_status tally_column_dot_parallel(const tally_column *x,
                                       const tally_column *y, size_t threads,
                                       double *total);

/*
 * Statistics of groups on up to 'threads' threads: see tally_group().
 *
 * Each thread takes memory for the groups, as long as there are fewer groups
 * than elements.
 */
TALLY_NODISCARD
tally_status tally_group_parallel(const tally_column *values,
                                  const tally_column *groups,
                                  size_t group_count, tally_statistic what,
                                  size_t ddof, size_t threads, double *results);

/*
 * Exact sums of the integers of groups on up to 'threads' threads: see
 * tally_group_sum_i64() and tally_group_parallel().
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
 * A sum in progress, in the caller's memory: exact at every step, and rounded
 * only when its value is asked for. Values may come in any order, in any number
 * of parts, on any number of threads or machines: merged, the parts give the
 * same bytes.
 *
 *     tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
 *     if (tally_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
 *         tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * An accumulator is 320 bytes of plain memory. All bytes zero is the empty sum.
 * It may be copied with memcpy(), compared with memcmp() (equal sums of equal
 * counts have equal bytes), may lie at any alignment and has no destructor. Its
 * bytes are in the machine's own order, and another version of the library may
 * give them another meaning: to send them to another machine or process, or to
 * keep them, use tally_accumulator_save().
 *
 * It is not locked: two threads must not change the same accumulator at once.
 * Give each thread its own and merge them, or see tally_shared.
 *
 * Every function that takes one returns TALLY_NULL for NULL, TALLY_INVALID for
 * bytes that are not an accumulator, and the status that
 * tally_accumulator_combine() or tally_accumulator_fail() left in it; on
 * failure it leaves the accumulator as it was. TALLY_OVERFLOW means that a
 * count would leave +-(2^63 - 1), or the total its 2176 bits: adding 2^63 - 1
 * doubles of any size never does.
 *
 * Counts are signed: values may be taken out before they are put in.
 */

/*
 * A sum in progress. Its content is private.
 */
typedef struct tally_accumulator {
    /* Not to be touched but as a whole. */
    uint64_t opaque[40];
} tally_accumulator;

/*
 * The initial value of a tally_accumulator: the empty sum.
 */
#define TALLY_ACCUMULATOR_INIT {{0}}

/*
 * The size of an accumulator in bytes: 320. For callers without this header.
 * Cannot fail, and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_accumulator_size(void);

/*
 * Adds everything that is in 'from' to 'into'.
 *
 * 'from' is read first, so that both may be the same accumulator, which doubles
 * it, or overlap. Merging is exact: the order of merges leaves no trace.
 */
TALLY_NODISCARD
tally_status tally_accumulator_merge(tally_accumulator *into,
                                     const tally_accumulator *from);

/*
 * Takes everything that is in 'from' out of 'into': the inverse of merging.
 *
 * NaN and infinities are taken out too. Both may be the same accumulator, which
 * empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_accumulator_unmerge(tally_accumulator *into,
                                       const tally_accumulator *from);

/*
 * The number of values added, less those subtracted: NaN, infinities and zeros
 * included.
 */
TALLY_NODISCARD
tally_status tally_accumulator_count(const tally_accumulator *acc,
                                     int64_t *count);

/*
 * How many values are NaN, how many plus infinity, and how many minus infinity:
 * those added, less those subtracted. NULL for a count that is not wanted.
 */
TALLY_NODISCARD
tally_status tally_accumulator_special_counts(const tally_accumulator *acc,
                                              int64_t *nan,
                                              int64_t *positive_infinity,
                                              int64_t *negative_infinity);

/*
 * Merges 'count' accumulators of 'in' into those of 'inout', one by one: an
 * operator for MPI_Op_create() and the like.
 *
 * It can return nothing, so a failure stays in the state: an accumulator of
 * 'inout' whose merge failed, or whose partner had failed, keeps its total and
 * remembers the status, and every function but this one refuses it with that
 * status from then on, until all its bytes are set to zero. The thread's error
 * is set too: TALLY_NULL for NULL with 'count' above 0, TALLY_INVALID for an
 * impossible 'count'.
 */
void tally_accumulator_combine(const tally_accumulator *in,
                               tally_accumulator *inout, size_t count);

/*
 * Leaves a failure in 'into', for a participant whose part could not be
 * computed but who must take part: tally_accumulator_combine() passes it on, so
 * that all learn of it.
 *
 * From then on every function that reads or changes 'into' refuses it with
 * 'status', or with TALLY_INVALID if this version of the library does not know
 * the number. To use 'into' again, set all its bytes to zero or load a saved
 * state into it. A state that has failed already is refused, and keeps its
 * first status. TALLY_INVALID if 'status' is not below 0.
 */
TALLY_NODISCARD
tally_status tally_accumulator_fail(tally_accumulator *into, int status);

/* ========================================================================== */
/*                          Adding to an accumulator                          */
/* ========================================================================== */

/*
 * 'count' is a number of elements. An array may lie at any alignment, and may
 * be NULL if 'count' is 0; it may even lie in the accumulator's own bytes.
 * TALLY_INVALID if it would be larger than PTRDIFF_MAX bytes. A call adds all
 * of its values or, on failure, none.
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
 * Adds 'count' floats, each exactly as it is.
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
 * Adds 'count' signed 64-bit integers, each exactly as it is.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_i64(tally_accumulator *into,
                                       const int64_t *values, size_t count);

/*
 * Adds 'count' unsigned 64-bit integers, each exactly as it is.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_u64(tally_accumulator *into,
                                       const uint64_t *values, size_t count);

/*
 * Adds each element of a column that counts: of any type, exactly as it is.
 *
 * TALLY_INVALID for a bad column, as under Columns.
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
 * Adds 'count' doubles that lie 'stride' bytes apart, the first at 'first': a
 * column of a table, a field of a struct.
 *
 * 'stride' may be negative, and then the values lie below 'first'; it may be 0,
 * and then one value is added 'count' times, at once. TALLY_INVALID if the
 * values would reach over more than PTRDIFF_MAX bytes.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_f64_strided(tally_accumulator *into,
                                               const void *first, size_t count,
                                               ptrdiff_t stride);

/*
 * Adds those of 'count' doubles that a bitmap says are there: Arrow's layout.
 *
 * Value 'i' is added if bit 'bit_offset + i' of 'validity' is set; bits are
 * counted from the lowest of each byte. What lies in the other places is not
 * looked at. NULL for 'validity' means that all are there. TALLY_INVALID if
 * 'bit_offset + count' is more than SIZE_MAX.
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
 * Takes out exactly what adding put in - NaN, infinities and -0.0 too - so that
 * a window can slide over data for ever without an error that grows.
 * Subtracting may come before adding. Arrays are as for adding.
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
 * Subtracts each element of a column that counts.
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
 * Each function reads the exact total and rounds it once, to nearest, ties to
 * even. Asking does not change the accumulator.
 *
 *     if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK ||
 *         tally_accumulator_error_f64(&sum, my_own_total, &ulps) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Any NaN among the values gives NaN (always the same one), and so do
 * infinities of both signs; a single kind of infinity gives that infinity.
 * TALLY_INVALID if more NaN or infinities were taken out than put in. A
 * non-zero total that rounds to zero keeps its sign; a total of exactly zero is
 * -0.0 if there are values and all are -0.0, else +0.0. On failure the result
 * is untouched, but for the infinity that is documented.
 */

/*
 * The double nearest to the total.
 *
 * Beyond DBL_MAX, '*total' is the infinity of its sign, with TALLY_OVERFLOW.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_f64(const tally_accumulator *acc,
                                         double *total);

/*
 * The float nearest to the total: rounded once, not by way of double.
 *
 * Beyond FLT_MAX, '*total' is the infinity of its sign, with TALLY_OVERFLOW.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_f32(const tally_accumulator *acc,
                                         float *total);

/*
 * The total as a signed integer, if it is one.
 *
 * TALLY_INVALID if it is NaN or infinite; else TALLY_OVERFLOW if it is outside
 * INT64_MIN to INT64_MAX; else TALLY_INVALID if it has a fraction.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_i64(const tally_accumulator *acc,
                                         int64_t *total);

/*
 * The total as an unsigned integer, if it is one.
 *
 * TALLY_INVALID if it is NaN or infinite; else TALLY_OVERFLOW if it is outside
 * 0 to UINT64_MAX; else TALLY_INVALID if it has a fraction.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_u64(const tally_accumulator *acc,
                                         uint64_t *total);

/*
 * The total as a signed 128-bit integer, if it is one: '*high' times 2^64 and
 * '*low'.
 *
 * Errors are those of tally_accumulator_value_i64(), for the range from -2^127
 * to 2^127 - 1.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_i128(const tally_accumulator *acc,
                                          int64_t *high, uint64_t *low);

/*
 * The double nearest to the total divided by the count: one rounding.
 *
 * TALLY_INVALID if the count is below 1. Beyond DBL_MAX (possible only after
 * subtracting), '*mean' is the infinity of its sign, with TALLY_OVERFLOW.
 */
TALLY_NODISCARD
tally_status tally_accumulator_mean_f64(const tally_accumulator *acc,
                                        double *mean);

/*
 * The total as decimal text, with no limit on its size.
 *
 * 'fraction_digits' is how many digits follow the point: 0 to 1074, the last
 * one rounded half to even, or -1 for all that there are, and no zeros at the
 * end. TALLY_INVALID for any other number. The point is always ".". Special
 * totals are "nan", "inf" and "-inf"; negative zeros keep their sign.
 *
 * 'buffer' receives the text and a NUL. '*needed', if 'needed' is not NULL, is
 * the length of the text in bytes, without the NUL: the buffer needs one byte
 * more. If 'size' is less than that, the buffer is untouched and
 * TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
 * for 'buffer' and 0 for 'size' only the length is asked for, and the call
 * succeeds; NULL with another size is TALLY_NULL.
 */
TALLY_NODISCARD
tally_status tally_accumulator_value_text(const tally_accumulator *acc,
                                          int fraction_digits, char *buffer,
                                          size_t size, size_t *needed);

/*
 * How wrong another sum of the same values is.
 *
 * '*ulps' is the distance of 'candidate' from the exact total, in units in the
 * last place of the correctly rounded total, which itself is never more than
 * 0.5 off. (A unit in the last place is the distance to the next double away
 * from zero; right below a power of two doubles lie closer, so that a wrong one
 * may be less than 0.5 off too.) It is never negative. It is 0 where both are
 * NaN, or both the same infinity, and for the infinity that a total beyond
 * DBL_MAX rounds to; it is infinite where only one is NaN or infinite. The
 * distance of a finite candidate from a total beyond DBL_MAX is in units of
 * 2^971, the last place of DBL_MAX.
 */
TALLY_NODISCARD
tally_status tally_accumulator_error_f64(const tally_accumulator *acc,
                                         double candidate, double *ulps);

/* ========================================================================== */
/*                           Saving an accumulator                            */
/* ========================================================================== */

/*
 * A saved accumulator is a short string of bytes that every machine and every
 * later version of the library reads. The same values give the same bytes, in
 * whatever order and parts they were added. The manual specifies them, in "The
 * saved form of an accumulator".
 *
 *     unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
 *     size_t n;
 *     if (tally_accumulator_save(&sum, bytes, sizeof bytes, &n) != TALLY_OK ||
 *         tally_accumulator_load(bytes, n, &copy) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * The most bytes that a saved accumulator takes.
 */
#define TALLY_ACCUMULATOR_SAVED_MAX 320

/*
 * Writes the saved form of 'acc'.
 *
 * 'buffer' receives the bytes; '*needed' is how many they are, at most
 * TALLY_ACCUMULATOR_SAVED_MAX. If 'size' is less, the buffer is untouched and
 * TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
 * for 'buffer' and 0 for 'size' only the length is asked for, and the call
 * succeeds; NULL with another size is TALLY_NULL.
 */
TALLY_NODISCARD
tally_status tally_accumulator_save(const tally_accumulator *acc, void *buffer,
                                    size_t size, size_t *needed);

/*
 * Reads a saved accumulator from exactly 'size' bytes into 'acc', whatever was
 * there before.
 *
 * TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes; the
 * message says where. Bytes from a stranger do no harm.
 */
TALLY_NODISCARD
tally_status tally_accumulator_load(const void *bytes, size_t size,
                                    tally_accumulator *acc);

/* ========================================================================== */
/*                           The small accumulator                            */
/* ========================================================================== */

/*
 * A sum in progress in 64 bytes, for one of many groups. It is as exact as an
 * accumulator, and has the same value and the same saved bytes. What it lacks
 * is room: a call whose result does not fit is TALLY_TOO_SMALL, and changes
 * nothing. Expand it then to a tally_accumulator and go on with that, or give
 * it the memory of one with tally_small_accumulator_grow().
 *
 *     tally_small_accumulator sum = TALLY_SMALL_ACCUMULATOR_INIT;
 *     if (tally_small_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
 *         tally_small_accumulator_value_f64(&sum, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * The total fits if it is at most 320 bits long, from its highest bit that is
 * not 0 to its lowest, wherever they are; one of 321 to 384 bits may fit or
 * not, which depends on where its highest bit is. The sum of ten values always
 * fits if the largest is less than 2^260 times the smallest that is not 0. The
 * count has the range of an accumulator's, those of NaN and of negative zeros
 * are from -131,072 to 131,071, those of the infinities from -1024 to 1023.
 * Whether something fits depends on the result alone, not on the order of the
 * calls.
 *
 * Floats and integers are added as a column. Text, arrays of Arrow and
 * tally_accumulator_combine() need an accumulator:
 * tally_small_accumulator_expand() and tally_accumulator_merge_small() make it
 * one.
 *
 * All bytes zero is the empty sum. It may be copied with memcpy(), compared
 * with memcmp() (equal sums of equal counts have equal bytes), may lie at any
 * alignment and has no destructor. What is said of an accumulator's bytes,
 * threads and errors holds here too.
 *
 * One that has grown is only a reference to 320 bytes elsewhere, which are a
 * tally_accumulator: it takes whatever that takes, and TALLY_TOO_SMALL does not
 * occur. All functions work on it as on any other. But a copy refers to the
 * same sum, so that adding to one of them adds to both, and memcmp() compares
 * the references. The library never frees those bytes. Loading a saved state,
 * or setting all bytes to zero, makes it small again and forgets them. In a
 * process that is not a fork of this one a reference means nothing, and is
 * refused with TALLY_INVALID.
 */

/*
 * A sum in progress of ordinary width. Its content is private.
 */
typedef struct tally_small_accumulator {
    /* Not to be touched but as a whole. */
    uint64_t opaque[8];
} tally_small_accumulator;

/*
 * The initial value of a tally_small_accumulator: the empty sum.
 */
#define TALLY_SMALL_ACCUMULATOR_INIT {{0}}

/*
 * The size of a small accumulator in bytes: 64. For callers without this
 * header. Cannot fail, and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_small_accumulator_size(void);

/*
 * Adds one double.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_add_one_f64(tally_small_accumulator *into,
                                                 double value);

/*
 * Subtracts one double: takes out exactly what adding put in.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_subtract_one_f64(
    tally_small_accumulator *into, double value);

/*
 * Adds 'count' doubles, all or none. Arrays are as for
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
 * Adds each element of a column, of any type, exactly as it is: all or none.
 * See Columns.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_add(tally_small_accumulator *into,
                                         const tally_column *values);

/*
 * Subtracts each element of a column, all or none.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_subtract(tally_small_accumulator *into,
                                              const tally_column *values);

/*
 * Adds everything that is in 'from' to 'into'.
 *
 * Both may be the same, which doubles it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_merge(
    tally_small_accumulator *into, const tally_small_accumulator *from);

/*
 * Takes everything that is in 'from' out of 'into': the inverse of merging.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_unmerge(
    tally_small_accumulator *into, const tally_small_accumulator *from);

/*
 * Adds everything that is in a small accumulator to one that has room for all.
 */
TALLY_NODISCARD
tally_status tally_accumulator_merge_small(
    tally_accumulator *into, const tally_small_accumulator *from);

/*
 * The double nearest to the total: as for tally_accumulator_value_f64().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_value_f64(
    const tally_small_accumulator *acc, double *total);

/*
 * The total as a signed integer, if it is one: as for
 * tally_accumulator_value_i64().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_value_i64(
    const tally_small_accumulator *acc, int64_t *total);

/*
 * The total as a signed 128-bit integer, if it is one: as for
 * tally_accumulator_value_i128().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_value_i128(
    const tally_small_accumulator *acc, int64_t *high, uint64_t *low);

/*
 * The double nearest to the total divided by the count: as for
 * tally_accumulator_mean_f64().
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_mean_f64(
    const tally_small_accumulator *acc, double *mean);

/*
 * The number of values added, less those subtracted: NaN, infinities and zeros
 * included.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_count(const tally_small_accumulator *acc,
                                           int64_t *count);

/*
 * How many values are NaN, how many plus infinity, and how many minus infinity:
 * those added, less those subtracted. NULL for a count that is not wanted.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_special_counts(
    const tally_small_accumulator *acc, int64_t *nan,
    int64_t *positive_infinity, int64_t *negative_infinity);

/*
 * Leaves a failure in 'into', whose sum is lost, for a group that could not be
 * added up.
 *
 * From then on every function that reads or changes 'into', or merges it into
 * another, refuses it with 'status', or with TALLY_INVALID if this version of
 * the library does not know the number. To use 'into' again, set all its bytes
 * to zero or load a saved state into it. If it has grown, the failure is left
 * in what it refers to. A state that has failed already is refused, and keeps
 * its first status. TALLY_INVALID if 'status' is not below 0.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_fail(tally_small_accumulator *into,
                                          int status);

/*
 * Writes the saved form of 'acc': the bytes that tally_accumulator_save()
 * writes of the same values.
 *
 * 'buffer', 'size' and 'needed' are as there. The bytes are at most 96, or
 * TALLY_ACCUMULATOR_SAVED_MAX if it has grown.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_save(const tally_small_accumulator *acc,
                                          void *buffer, size_t size,
                                          size_t *needed);

/*
 * Reads a saved accumulator of any size into 'acc', whatever was there before.
 *
 * TALLY_TOO_SMALL if it does not fit: tally_accumulator_load() reads it then.
 * TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_load(const void *bytes, size_t size,
                                          tally_small_accumulator *acc);

/*
 * Sets an accumulator to what a small one holds, whatever was there before.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_expand(const tally_small_accumulator *from,
                                            tally_accumulator *to);

/*
 * Lets a small accumulator grow into 'room': 320 bytes at any alignment, for a
 * tally_accumulator, which is set to what 'into' holds. 'into' refers to them
 * from then on, and they must stay until it is no longer used.
 *
 * If it has grown before, its sum moves to the new room. TALLY_INVALID if
 * 'room' overlaps 'into'.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_grow(tally_small_accumulator *into,
                                          tally_accumulator *room);

/*
 * Where the memory is that a small accumulator has grown into, for the caller
 * to free. '*room' is NULL if it has not grown. A failure in it does not
 * matter.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_room(const tally_small_accumulator *acc,
                                          tally_accumulator **room);

/* ========================================================================== */
/*                        Adding to many accumulators                         */
/* ========================================================================== */

/*
 * A column of values, and for each of them the state that it belongs to: what
 * an engine has that groups rows, and keeps a state for each group. One call
 * does as many calls that add one value would, and has memory read ahead, so
 * that it waits less where there are many states. Subtracting takes out exactly
 * what adding put in.
 *
 *     tally_column column = TALLY_COLUMN(TALLY_F64, values, count);
 *     if (tally_accumulator_add_scattered(states, &column, &done) != TALLY_OK)
 *         fprintf(stderr, "row %zu: %s\n", done, tally_last_message());
 *
 * The column is as under Columns. 'into' has as many pointers as it has
 * elements: 'into[i]' is the state of element i, and rows may share one. The
 * pointer of an element that is missing or skipped is not looked at. Neither
 * 'into' nor the column may overlap a state, or change during the call.
 *
 * The rows before one that is refused are done, and neither that one nor any
 * after it. '*done', if 'done' is not NULL, is how many they are, skipped ones
 * included; it is untouched if 'into' or 'values' is refused. TALLY_INVALID if
 * an array would be larger than PTRDIFF_MAX bytes, and for a bad column.
 */

/*
 * Gives 'size' bytes at any alignment, or NULL if there is no memory.
 */
typedef void *(*tally_room)(size_t size, void *user_data);

/*
 * Adds each element of a column to the accumulator that 'into' has in its
 * place: of any type, exactly as it is.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_scattered(tally_accumulator *const *into,
                                             const tally_column *values,
                                             size_t *done);

/*
 * Subtracts each element of a column from the accumulator that 'into' has in
 * its place.
 */
TALLY_NODISCARD
tally_status tally_accumulator_subtract_scattered(
    tally_accumulator *const *into, const tally_column *values, size_t *done);

/*
 * Adds each element of a column to the small accumulator that 'into' has in its
 * place, and has those that it does not fit grow.
 *
 * 'room(size, user_data)' is called for the memory of each that must grow:
 * 'size' is 320, and the bytes may have any alignment. They must stay as long
 * as the state refers to them, as for tally_small_accumulator_grow(). If it
 * returns NULL, that row is TALLY_MEMORY. If 'room' is NULL, a row that does
 * not fit is TALLY_TOO_SMALL.
 *
 * 'room' is called by this function, on the same thread. '*done' is right at
 * each of these moments. It may call this library, and throw a C++ exception,
 * as other callbacks may: see Callbacks. The rows before are done then.
 */
TALLY_NODISCARD
tally_status tally_small_accumulator_add_scattered(
    tally_small_accumulator *const *into, const tally_column *values,
    tally_room room, void *user_data, size_t *done);

/*
 * Subtracts each element of a column from the small accumulator that 'into' has
 * in its place, and has those grow that have no room for what is left.
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
 * A dot product in progress: as tally_accumulator, but each value is the exact
 * product of two doubles, which may be as large as DBL_MAX squared and as small
 * as 2^-2148.
 *
 *     tally_product_accumulator dot = TALLY_PRODUCT_ACCUMULATOR_INIT;
 *     if (tally_product_accumulator_add_f64(&dot, x, y, count) != TALLY_OK ||
 *         tally_product_accumulator_value_f64(&dot, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * It is 584 bytes of plain memory and behaves like a tally_accumulator: all
 * bytes zero is the empty sum, memcpy() copies and memcmp() compares, any
 * alignment will do, and there is no destructor. It is not locked. Errors are
 * those of tally_accumulator; TALLY_OVERFLOW means that a count would leave
 * +-(2^63 - 1), or the total its 4288 bits: adding 2^63 - 1 products of any
 * doubles never does. On failure the state is as it was.
 */

/*
 * The most bytes that a saved tally_product_accumulator takes.
 */
#define TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX 584

/*
 * A sum of products in progress. Its content is private.
 */
typedef struct tally_product_accumulator {
    /* Not to be touched but as a whole. */
    uint64_t opaque[73];
} tally_product_accumulator;

/*
 * The initial value of a tally_product_accumulator: the empty sum.
 */
#define TALLY_PRODUCT_ACCUMULATOR_INIT {{0}}

/*
 * The size of a product accumulator in bytes: 584. For callers without this
 * header. Cannot fail, and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_product_accumulator_size(void);

/*
 * Adds the products of 'count' pairs of doubles.
 *
 * Each element of 'x' is multiplied by the one of 'y' in its place. The arrays
 * are as for tally_dot_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add_f64(tally_product_accumulator *into,
                                               const double *x, const double *y,
                                               size_t count);

/*
 * Adds the products of the pairs of two columns that count.
 *
 * TALLY_INVALID for a bad column, as under Columns.
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
 * Takes the products of 'count' pairs out again.
 *
 * What was added is undone exactly: NaN and infinities too.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_subtract_f64(
    tally_product_accumulator *into, const double *x, const double *y,
    size_t count);

/*
 * Takes the products of the pairs of two columns out again.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_subtract(tally_product_accumulator *into,
                                                const tally_column *x,
                                                const tally_column *y);

/*
 * Takes one product, 'x' times 'y', out again.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_subtract_one_f64(
    tally_product_accumulator *into, double x, double y);

/*
 * Adds everything that is in 'from' to 'into'.
 *
 * Both may be the same, which doubles it, or overlap. The order of merges
 * leaves no trace.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_merge(
    tally_product_accumulator *into, const tally_product_accumulator *from);

/*
 * Takes everything that is in 'from' out of 'into': the inverse of merging.
 *
 * Both may be the same, which empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_unmerge(
    tally_product_accumulator *into, const tally_product_accumulator *from);

/*
 * The number of products added, less those subtracted.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_count(
    const tally_product_accumulator *acc, int64_t *count);

/*
 * How many products are NaN, how many plus infinity, and how many minus
 * infinity: those added, less those subtracted. An infinity times zero is NaN.
 * NULL for a count that is not wanted.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_special_counts(
    const tally_product_accumulator *acc, int64_t *nan,
    int64_t *positive_infinity, int64_t *negative_infinity);

/*
 * The double nearest to the total.
 *
 * Zeros, NaN, infinities and overflow are as in tally_accumulator_value_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_value_f64(
    const tally_product_accumulator *acc, double *total);

/*
 * The total as a signed integer, if it is one; errors are those of
 * tally_accumulator_value_i64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_value_i64(
    const tally_product_accumulator *acc, int64_t *total);

/*
 * The double nearest to the total divided by the count: one rounding.
 *
 * TALLY_INVALID if the count is below 1. Beyond DBL_MAX, '*mean' is the
 * infinity of its sign, with TALLY_OVERFLOW.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_mean_f64(
    const tally_product_accumulator *acc, double *mean);

/*
 * The weighted mean of what was added as products of values and weights, given
 * the sum of the same weights: the double nearest to the total of 'acc' divided
 * by that of 'weights'.
 *
 * TALLY_INVALID if their counts differ, or if the weights add up to zero.
 * Otherwise as tally_weighted_mean_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_weighted_mean_f64(
    const tally_product_accumulator *acc, const tally_accumulator *weights,
    double *mean);

/*
 * The total as decimal text, with no limit on its size.
 *
 * As tally_accumulator_value_text(), with 'fraction_digits' from -1 to 2148.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_value_text(
    const tally_product_accumulator *acc, int fraction_digits, char *buffer,
    size_t size, size_t *needed);

/*
 * How wrong another sum of the same products is: the distance of 'candidate'
 * from the exact total, in units in the last place of the correctly rounded
 * total. As tally_accumulator_error_f64().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_error_f64(
    const tally_product_accumulator *acc, double candidate, double *ulps);

/*
 * Writes the saved form of 'acc': the same content gives the same bytes, on
 * every machine. The manual specifies it, in "The saved form of an
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
 * Reads what tally_product_accumulator_save() wrote from exactly 'size' bytes
 * into 'acc', whatever was there before.
 *
 * TALLY_FORMAT if the bytes are anything else; the message says where. Bytes
 * from a stranger do no harm.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_load(const void *bytes, size_t size,
                                            tally_product_accumulator *acc);

/*
 * Merges 'count' states of 'in' into those of 'inout', one by one: an operator
 * for MPI_Op_create() and the like. It behaves like
 * tally_accumulator_combine().
 */
void tally_product_accumulator_combine(const tally_product_accumulator *in,
                                       tally_product_accumulator *inout,
                                       size_t count);

/*
 * Leaves a failure in 'into', which tally_product_accumulator_combine() passes
 * on. As tally_accumulator_fail().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_fail(tally_product_accumulator *into,
                                            int status);

/* ========================================================================== */
/*         Moments: mean, variance and standard deviation in progress         */
/* ========================================================================== */

/*
 * The exact sum of values and of their squares, and what follows from the two,
 * each result rounded once to the nearest double. The variance is computed by
 * the textbook's formula, which is right here: nothing is rounded on the way,
 * so nothing cancels.
 *
 *     tally_moments moments = TALLY_MOMENTS_INIT;
 *     if (tally_moments_add_f64(&moments, values, count) != TALLY_OK ||
 *         tally_moments_variance_f64(&moments, 1, &variance) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * It is 856 bytes of plain memory and behaves like a tally_accumulator: all
 * bytes zero is the state of nothing, memcpy() copies and memcmp() compares,
 * any alignment will do, and there is no destructor. Parts from several threads
 * or machines are merged without a trace. It is not locked. Errors are those of
 * tally_accumulator; TALLY_OVERFLOW means that the count or a sum would leave
 * its range, which is that of the accumulators: adding 2^63 - 1 values never
 * does. On failure the state is as it was.
 *
 * Values may be taken out again, even before they are put in. While more is out
 * than in, a result may be TALLY_INVALID because no set of values has such
 * sums.
 *
 * There is no skewness and no kurtosis: with exact sums of cubes and of fourth
 * powers a state would be 2720 bytes.
 */

/*
 * The most bytes that saved tally_moments take.
 */
#define TALLY_MOMENTS_SAVED_MAX 864

/*
 * Sums of values and of their squares. Its content is private.
 */
typedef struct tally_moments {
    /* Not to be touched but as a whole. */
    uint64_t opaque[107];
} tally_moments;

/*
 * The initial value of tally_moments: those of nothing.
 */
#define TALLY_MOMENTS_INIT {{0}}

/*
 * The size of moments in bytes: 856. For callers without this header. Cannot
 * fail, and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_moments_size(void);

/*
 * Adds 'count' doubles.
 *
 * Arrays are as for tally_accumulator_add_f64().
 */
TALLY_NODISCARD
tally_status tally_moments_add_f64(tally_moments *into, const double *values,
                                   size_t count);

/*
 * Adds 'count' floats, each exactly as it is.
 */
TALLY_NODISCARD
tally_status tally_moments_add_f32(tally_moments *into, const float *values,
                                   size_t count);

/*
 * Adds 'count' signed 32-bit integers, each exactly as it is.
 */
TALLY_NODISCARD
tally_status tally_moments_add_i32(tally_moments *into, const int32_t *values,
                                   size_t count);

/*
 * Adds 'count' signed 64-bit integers, each exactly as it is.
 */
TALLY_NODISCARD
tally_status tally_moments_add_i64(tally_moments *into, const int64_t *values,
                                   size_t count);

/*
 * Adds 'count' unsigned 64-bit integers, each exactly as it is.
 */
TALLY_NODISCARD
tally_status tally_moments_add_u64(tally_moments *into, const uint64_t *values,
                                   size_t count);

/*
 * Adds each element of a column that counts: of any type, exactly as it is.
 *
 * TALLY_INVALID for a bad column, as under Columns.
 */
TALLY_NODISCARD
tally_status tally_moments_add(tally_moments *into, const tally_column *values);

/*
 * Adds one double.
 */
TALLY_NODISCARD
tally_status tally_moments_add_one_f64(tally_moments *into, double value);

/*
 * Takes 'count' doubles out again: undoes tally_moments_add_f64() exactly.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_f64(tally_moments *into,
                                        const double *values, size_t count);

/*
 * Takes 'count' floats out again: undoes tally_moments_add_f32() exactly.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_f32(tally_moments *into,
                                        const float *values, size_t count);

/*
 * Takes 'count' signed 32-bit integers out again: undoes
 * tally_moments_add_i32() exactly.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_i32(tally_moments *into,
                                        const int32_t *values, size_t count);

/*
 * Takes 'count' signed 64-bit integers out again: undoes
 * tally_moments_add_i64() exactly.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_i64(tally_moments *into,
                                        const int64_t *values, size_t count);

/*
 * Takes 'count' unsigned 64-bit integers out again: undoes
 * tally_moments_add_u64() exactly.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_u64(tally_moments *into,
                                        const uint64_t *values, size_t count);

/*
 * Takes each element of a column that counts out again: undoes
 * tally_moments_add() exactly.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract(tally_moments *into,
                                    const tally_column *values);

/*
 * Takes one double out again.
 */
TALLY_NODISCARD
tally_status tally_moments_subtract_one_f64(tally_moments *into, double value);

/*
 * Adds everything that is in 'from' to 'into'.
 *
 * Both may be the same, which doubles it, or overlap. The order of merges
 * leaves no trace.
 */
TALLY_NODISCARD
tally_status tally_moments_merge(tally_moments *into,
                                 const tally_moments *from);

/*
 * Takes everything that is in 'from' out of 'into': the inverse of merging.
 *
 * Both may be the same, which empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_moments_unmerge(tally_moments *into,
                                   const tally_moments *from);

/*
 * Writes the saved form of 'moments': the same content gives the same bytes, on
 * every machine. The manual specifies it, in "The saved form of an
 * accumulator".
 *
 * '*needed' is the number of bytes, at most TALLY_MOMENTS_SAVED_MAX. 'buffer'
 * and 'size' are as for tally_accumulator_save().
 */
TALLY_NODISCARD
tally_status tally_moments_save(const tally_moments *moments, void *buffer,
                                size_t size, size_t *needed);

/*
 * Reads what tally_moments_save() wrote from exactly 'size' bytes into
 * 'moments', whatever was there before.
 *
 * TALLY_FORMAT if the bytes are anything else; the message says where. Bytes
 * from a stranger do no harm.
 */
TALLY_NODISCARD
tally_status tally_moments_load(const void *bytes, size_t size,
                                tally_moments *moments);

/*
 * Merges 'count' states of 'in' into those of 'inout', one by one: an operator
 * for MPI_Op_create() and the like. It behaves like
 * tally_accumulator_combine().
 */
void tally_moments_combine(const tally_moments *in, tally_moments *inout,
                           size_t count);

/*
 * Leaves a failure in 'into', which tally_moments_combine() passes on. As
 * tally_accumulator_fail().
 */
TALLY_NODISCARD
tally_status tally_moments_fail(tally_moments *into, int status);

/* ========================================================================== */
/*                              What moments say                              */
/* ========================================================================== */

/*
 * Each result is the double nearest to the true value, ties to even. NaN and
 * infinities among the values make it NaN, but infinities of one sign are the
 * sum and the mean, and the norm is infinite with any. TALLY_INVALID where it
 * says, and if more NaN or infinities were taken out than put in, or if no
 * values have such sums; if a result is beyond DBL_MAX, it is infinite with
 * TALLY_OVERFLOW. 'ddof' is as in tally_variance_f64().
 *
 *     if (tally_moments_mean_f64(&a, &mean) != TALLY_OK ||
 *         tally_moments_standard_deviation_f64(&a, 1, &sd) != TALLY_OK ||
 *         tally_moments_covariance_f64(&a, &b, &ab, 1, &cov) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * The number of values added, less those subtracted.
 */
TALLY_NODISCARD
tally_status tally_moments_count(const tally_moments *moments, int64_t *count);

/*
 * How many values are NaN, how many plus infinity, and how many minus infinity:
 * those added, less those subtracted. NULL for a count that is not wanted.
 */
TALLY_NODISCARD
tally_status tally_moments_special_counts(const tally_moments *moments,
                                          int64_t *nan,
                                          int64_t *positive_infinity,
                                          int64_t *negative_infinity);

/*
 * The sum, as tally_accumulator_value_f64() gives it.
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
 * The variance, as tally_variance_f64() defines it.
 *
 * TALLY_INVALID if the count is not above 'ddof'.
 */
TALLY_NODISCARD
tally_status tally_moments_variance_f64(const tally_moments *moments,
                                        size_t ddof, double *variance);

/*
 * The standard deviation: the square root of the variance, rounded once.
 *
 * TALLY_INVALID if the count is not above 'ddof'.
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
 * The covariance of pairs, as tally_covariance_f64() defines it.
 *
 * 'x' and 'y' are the moments of each side, 'products' holds the products of
 * the pairs. TALLY_INVALID if their counts differ, or are not above 'ddof'.
 */
TALLY_NODISCARD
tally_status tally_moments_covariance_f64(
    const tally_moments *x, const tally_moments *y,
    const tally_product_accumulator *products, size_t ddof, double *covariance);

/*
 * The correlation coefficient of pairs, as tally_correlation_f64() defines it.
 *
 * 'x' and 'y' are the moments of each side, 'products' holds the products of
 * the pairs. TALLY_INVALID if their counts differ, or are 0, or if the values
 * of one side are all the same.
 */
TALLY_NODISCARD
tally_status tally_moments_correlation_f64(
    const tally_moments *x, const tally_moments *y,
    const tally_product_accumulator *products, double *correlation);

/*
 * The straight line through pairs, as tally_column_linear_fit() has it.
 *
 * 'x' and 'y' are the moments of each side, 'products' holds the products of
 * the pairs. TALLY_INVALID if their counts differ, and as with
 * tally_column_linear_fit().
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
 * Numbers as people and programs write them, straight from the bytes of a file,
 * into an accumulator or into moments. (Into a decimal:
 * tally_decimal_add_text().)
 *
 *     size_t consumed, values;
 *     if (tally_accumulator_add_text(&sum, "0.1 0.2\n1e3", 11, ' ', 1,
 *                                    &consumed, &values) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * 'separator' stands between the numbers of a line. With ' ' they are separated
 * by any blanks and tabs; with '\n' each line is one number. With any other
 * character, such as ',' or '\t', a line has one number more than it has
 * separators: an empty field, as in "1,,2" and "1,", is refused and never
 * skipped. A line ends with "\n", "\r\n" or the text; blank lines are skipped;
 * blanks and tabs around a number are ignored.
 *
 * A number is decimal: digits, perhaps with a sign, a point, an exponent (12,
 * -0.5, .5, 5., 1e-3); or nan, inf or infinity, in any case and perhaps with a
 * sign. The locale has no effect.
 *
 * Text may come in pieces that end anywhere. With 0 for 'final', a number at
 * the end that the next piece might continue is left: pass the text from
 * '*consumed' on again, at the start of the next piece. It is at most one
 * number and the separator after it.
 */

/*
 * Adds the numbers in 'size' bytes of text.
 *
 * Integers, which have neither a point nor an exponent, are added exactly,
 * within the range of doubles; other numbers as the nearest doubles, ties to
 * even, so that 1e-400 is 0. A NUL is an ordinary byte that no number contains.
 * 'text' may be NULL if 'size' is 0; TALLY_INVALID if that is above
 * PTRDIFF_MAX.
 *
 * For 'separator' see Adding text. TALLY_INVALID for one that may stand in a
 * number (a digit, a letter, '+', '-', '.') and for '\r'. 'final' is 0 if more
 * text follows. '*consumed' is the number of bytes processed and '*values' the
 * number of numbers added; both are required.
 *
 * TALLY_PARSE for a word that is not a number: hexadecimal, "1_000", "1,5", an
 * empty field. TALLY_OVERFLOW for one that rounds to infinity, like 1e400. The
 * message has the word, shortened, and its byte offset, and '*consumed' is that
 * offset; nothing is added, and '*values' is untouched. On any other failure,
 * and for an accumulator that would leave its range, which is TALLY_OVERFLOW
 * too, '*consumed' and '*values' are untouched.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_text(tally_accumulator *into,
                                        const char *text, size_t size,
                                        char separator, int final,
                                        size_t *consumed, size_t *values);

/*
 * Adds the numbers in 'size' bytes of text to moments: all as
 * tally_accumulator_add_text() says, and the same numbers.
 */
TALLY_NODISCARD
tally_status tally_moments_add_text(tally_moments *into, const char *text,
                                    size_t size, char separator, int final,
                                    size_t *consumed, size_t *values);

/* ========================================================================== */
/*                                  Decimals                                  */
/* ========================================================================== */

/*
 * Sums of decimal numbers as they are written, with no binary rounding at all:
 * ten million times "0.1" is 1000000, and money comes out as an accountant
 * writes it. (A double for 0.1 is not 0.1, and an exact sum of ten million such
 * doubles is not 1000000.)
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
 * tally_accumulator. All bytes zero is the empty sum. It may be copied with
 * memcpy(), may lie at any alignment and has no destructor. The same numbers
 * give the same bytes, in whatever order and parts they were added and merged.
 * Its bytes are in the machine's own order, and another version of the library
 * may give them another meaning: to send or to keep them, use
 * tally_decimal_save(). It is not locked: give each thread its own and merge
 * them.
 *
 * Numbers have at most 342 digits after the point and 322 before it. A decimal
 * counts its values, and remembers its scale: the most digits after the point
 * that any of them was written with, but at most 342, however many zeros end a
 * number. Taking values out is exact too, but never lowers the scale. After it,
 * only the scale may differ from that of a decimal that never had the values.
 *
 * Every function that takes a decimal returns TALLY_NULL for NULL,
 * TALLY_INVALID for bytes that are not a decimal, and the status that
 * tally_decimal_combine() or tally_decimal_fail() left in it; on failure it
 * leaves the decimal as it was. TALLY_OVERFLOW means that a count would leave
 * +-(2^63 - 1), or the total +-5*10^341: adding 2^63 - 1 numbers of any size
 * never does.
 */

/*
 * A sum of decimals in progress. Its content is private.
 */
typedef struct tally_decimal {
    /* Not to be touched but as a whole. */
    uint64_t opaque[44];
} tally_decimal;

/*
 * The initial value of a tally_decimal: the empty sum.
 */
#define TALLY_DECIMAL_INIT {{0}}

/*
 * The size of a decimal in bytes: 352. For callers without this header. Cannot
 * fail, and does not touch the error record.
 */
TALLY_NODISCARD size_t tally_decimal_size(void);

/*
 * Adds everything that is in 'from' to 'into'.
 *
 * 'from' is read first, so that both may be the same decimal, which doubles it,
 * or overlap. Merging is exact: the order of merges leaves no trace.
 */
TALLY_NODISCARD
tally_status tally_decimal_merge(tally_decimal *into,
                                 const tally_decimal *from);

/*
 * Takes everything that is in 'from' out of 'into': the inverse of merging, but
 * for the scale, which stays.
 *
 * NaN and infinities are taken out too. Both may be the same decimal, which
 * empties it, or overlap.
 */
TALLY_NODISCARD
tally_status tally_decimal_unmerge(tally_decimal *into,
                                   const tally_decimal *from);

/*
 * The number of values added, less those subtracted: NaN, infinities and zeros
 * included.
 */
TALLY_NODISCARD
tally_status tally_decimal_count(const tally_decimal *dec, int64_t *count);

/*
 * How many values are NaN, how many plus infinity, and how many minus infinity:
 * those added, less those subtracted. NULL for a count that is not wanted.
 */
TALLY_NODISCARD
tally_status tally_decimal_special_counts(const tally_decimal *dec,
                                          int64_t *nan,
                                          int64_t *positive_infinity,
                                          int64_t *negative_infinity);

/*
 * Compares two totals exactly: '*order' is -1 if that of 'a' is the smaller
 * one, 0 if they are equal, 1 if it is the larger one.
 *
 * Counts and scales are not compared. Infinities are beyond all other numbers.
 * TALLY_INVALID if a total is NaN, or if more NaN or infinities were taken out
 * than put in.
 */
TALLY_NODISCARD
tally_status tally_decimal_compare(const tally_decimal *a,
                                   const tally_decimal *b, int *order);

/*
 * Merges 'count' decimals of 'in' into those of 'inout', one by one: an
 * operator for MPI_Op_create() and the like. It behaves like
 * tally_accumulator_combine().
 */
void tally_decimal_combine(const tally_decimal *in, tally_decimal *inout,
                           size_t count);

/*
 * Leaves a failure in 'into', which tally_decimal_combine() passes on. As
 * tally_accumulator_fail().
 */
TALLY_NODISCARD
tally_status tally_decimal_fail(tally_decimal *into, int status);

/* ========================================================================== */
/*                            Adding to a decimal                             */
/* ========================================================================== */

/*
 * From text; from integers that stand for decimals: cents, or a column of a
 * database's DECIMAL type; or from doubles that were decimals once. A call adds
 * all of its values or, on failure, none.
 *
 *     tally_decimal sum = TALLY_DECIMAL_INIT;
 *     size_t consumed, values;
 *     if (tally_decimal_add_text(&sum, line, length, ',', 1, &consumed,
 *                                &values) != TALLY_OK ||
 *         tally_decimal_add_scaled(&sum, cents, count, 2) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * A number is a sign (or none), digits with at most one point among, before or
 * after them, and an exponent (or none): "-12.50", ".5", "1e-3". The words
 * "nan", "inf" and "infinity", in upper or lower case and with a sign or
 * without, are taken too. A word that is anything else is TALLY_PARSE; a number
 * with digits, other than zeros, further than 342 places after the point or 322
 * before it is TALLY_OVERFLOW. Both messages name the word, shortened, and the
 * offset of its first byte.
 */

/*
 * A signed integer of 128 bits: 'high' times 2^64, and 'low'.
 *
 * On a little-endian machine this is how an '__int128' and an element of
 * Arrow's decimal128 lie in memory. It may lie at any alignment.
 */
typedef struct tally_int128 {
    /* The lower 64 bits. */
    uint64_t low;
    /* The upper 64 bits, with the sign. */
    int64_t high;
} tally_int128;

/*
 * Adds the numbers in 'size' bytes of text.
 *
 * The text is split as by tally_accumulator_add_text(): 'separator' stands
 * between the numbers of a line, with 0 for 'final' a number that the end of
 * the text may have cut is left for the next call, '*consumed' is the number of
 * bytes that need not be passed again, '*values' how many numbers were added.
 * 'text' may be NULL if 'size' is 0.
 *
 * On failure nothing was added, and '*values' is untouched. For a bad word,
 * '*consumed' is the offset of its first byte; otherwise it is untouched too.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_text(tally_decimal *into, const char *text,
                                    size_t size, char separator, int final,
                                    size_t *consumed, size_t *values);

/*
 * Takes out the numbers in 'size' bytes of text: undoes
 * tally_decimal_add_text(), whose parameters it has, but for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_text(tally_decimal *into, const char *text,
                                         size_t size, char separator, int final,
                                         size_t *consumed, size_t *values);

/*
 * Adds the number in 'size' bytes of text, which is one finite number and
 * nothing else: the call for a field of a table.
 *
 * No blank, no separator and no NUL may stand before the number or after it,
 * and "nan" and "inf" are no finite numbers: all of these, and an empty text,
 * are TALLY_PARSE. The message has the text, shortened, and the offset of the
 * first byte that does not belong there. TALLY_OVERFLOW is as above;
 * TALLY_INVALID if 'size' is above PTRDIFF_MAX.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_one_text(tally_decimal *into, const char *text,
                                        size_t size);

/*
 * Takes out the number in 'size' bytes of text: undoes
 * tally_decimal_add_one_text(), but for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_one_text(tally_decimal *into,
                                             const char *text, size_t size);

/*
 * Adds 'count' integers, each times 10^-'scale': cents with a 'scale' of 2.
 *
 * The array may lie at any alignment, and may be NULL if 'count' is 0.
 * TALLY_INVALID if 'scale' is not 0 to 342, or if the array would be larger
 * than PTRDIFF_MAX bytes. 'scale' counts as the digits that the values were
 * written with.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_scaled(tally_decimal *into,
                                      const int64_t *values, size_t count,
                                      int scale);

/*
 * Takes out 'count' integers, each times 10^-'scale': undoes
 * tally_decimal_add_scaled(), but for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_scaled(tally_decimal *into,
                                           const int64_t *values, size_t count,
                                           int scale);

/*
 * Adds each integer of a column that counts, times 10^-'scale'.
 *
 * TALLY_INVALID for a bad column, as under Columns, for one of floats, and if
 * 'scale' is not 0 to 342. 'scale' is as for tally_decimal_add_scaled().
 */
TALLY_NODISCARD
tally_status tally_decimal_add(tally_decimal *into, const tally_column *values,
                               int scale);

/*
 * Takes each integer of a column that counts out again: undoes
 * tally_decimal_add(), but for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract(tally_decimal *into,
                                    const tally_column *values, int scale);

/*
 * Adds 'count' integers of 128 bits, each times 10^-'scale': a column of type
 * decimal128 of Arrow, for one. All else is as for tally_decimal_add_scaled().
 */
TALLY_NODISCARD
tally_status tally_decimal_add_scaled_i128(tally_decimal *into,
                                           const tally_int128 *values,
                                           size_t count, int scale);

/*
 * Takes out 'count' integers of 128 bits, each times 10^-'scale': undoes
 * tally_decimal_add_scaled_i128(), but for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_scaled_i128(tally_decimal *into,
                                                const tally_int128 *values,
                                                size_t count, int scale);

/*
 * Adds 'count' doubles, each as the shortest decimal that reads back as the
 * same double.
 *
 * The double that 73.2 is read as is added as 73.2, not as the binary fraction
 * that it is: 73.2 - 70.1 - 3.1 is 0. Of the shortest decimals the one nearest
 * to the double is meant, and of two that are equally near the one whose last
 * digit is even, as Python, JavaScript and C++ print it. A double of 2^53 or
 * more may have more digits than that: 2^63 is added as 9223372036854776000. It
 * counts as written with the digits that it has after the point: 2 for 0.25, 0
 * for 1e22. Every finite double is in range; NaN and infinities are counted.
 * The array may lie at any alignment, and may be NULL if 'count' is 0;
 * TALLY_INVALID if it would be larger than PTRDIFF_MAX bytes.
 *
 * What was computed in doubles is not what was meant: 0.1 + 0.2 is
 * 0.30000000000000004.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_f64(tally_decimal *into, const double *values,
                                   size_t count);

/*
 * Takes out 'count' doubles: undoes tally_decimal_add_f64(), but for the scale.
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
 * Takes out one double, as tally_decimal_subtract_f64() does.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_one_f64(tally_decimal *into, double value);

/* ========================================================================== */
/*                            Products of decimals                            */
/* ========================================================================== */

/*
 * Prices times quantities, and amounts times rates: exactly, with as many
 * digits after the point as both factors have together. A product counts as one
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
 * Adds the products of 'count' pairs of integers that stand for decimals.
 *
 * Each element of 'x' times 10^-'x_scale' is multiplied by the one of 'y' in
 * its place times 10^-'y_scale'. The arrays may lie at any alignment, and may
 * be NULL if 'count' is 0. TALLY_INVALID if a scale, or both together, are not
 * 0 to 342, or if an array would be larger than PTRDIFF_MAX bytes.
 */
TALLY_NODISCARD
tally_status tally_decimal_add_products(tally_decimal *into, const int64_t *x,
                                        const int64_t *y, size_t count,
                                        int x_scale, int y_scale);

/*
 * Takes the products of 'count' pairs out: undoes tally_decimal_add_products(),
 * but for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_products(tally_decimal *into,
                                             const int64_t *x, const int64_t *y,
                                             size_t count, int x_scale,
                                             int y_scale);

/*
 * Adds the products of 'count' pairs of doubles, each double as the shortest
 * decimal that reads back as it: see tally_decimal_add_f64().
 *
 * TALLY_OVERFLOW, with the first such pair in the message, if a product has
 * digits, other than zeros, further than 342 places after the point or 322
 * before it; then nothing is added. NaN times anything and an infinity times
 * zero count as NaN, an infinity times anything else as an infinity. The arrays
 * are as for tally_decimal_add_products().
 */
TALLY_NODISCARD
tally_status tally_decimal_add_products_f64(tally_decimal *into,
                                            const double *x, const double *y,
                                            size_t count);

/*
 * Takes the products of 'count' pairs out: undoes
 * tally_decimal_add_products_f64(), but for the scale.
 */
TALLY_NODISCARD
tally_status tally_decimal_subtract_products_f64(tally_decimal *into,
                                                 const double *x,
                                                 const double *y, size_t count);

/* ========================================================================== */
/*                           The value of a decimal                           */
/* ========================================================================== */

/*
 * Each function reads the exact total and rounds it once: half to even, unless
 * it takes another tally_rounding. Asking does not change the decimal.
 *
 *     char total[40], mean[40];
 *     if (tally_decimal_value_text(&ledger, 2, total, 40, NULL) != TALLY_OK ||
 *         tally_decimal_mean_text(&ledger, 4, mean, 40, NULL) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * Any NaN among the values gives NaN, and so do infinities of both signs; a
 * single kind of infinity gives that infinity. TALLY_INVALID if more NaN or
 * infinities were taken out than put in. On failure the result is untouched,
 * but for the infinity that is documented.
 */

/*
 * How a decimal is rounded to fewer digits.
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
 * A number of digits after the point: as many as the scale of the decimal, so
 * that "0.10" and "0.20" are "0.30".
 */
#define TALLY_DECIMAL_AS_WRITTEN (-2)

/*
 * The total as decimal text.
 *
 * 'fraction_digits' is how many digits follow the point: 0 to 342, the last one
 * rounded half to even; -1 for all that there are, and no zeros at the end; or
 * TALLY_DECIMAL_AS_WRITTEN, which never rounds. TALLY_INVALID for any other
 * number. The point is always ".". There is no negative zero: a total that is
 * zero, or rounds to it, has no sign. Special totals are "nan", "inf" and
 * "-inf".
 *
 * 'buffer' receives the text and a NUL. '*needed', if 'needed' is not NULL, is
 * the length of the text in bytes, without the NUL: the buffer needs one byte
 * more. If 'size' is less than that, the buffer is untouched and
 * TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
 * for 'buffer' and 0 for 'size' only the length is asked for, and the call
 * succeeds; NULL with another size is TALLY_NULL.
 */
TALLY_NODISCARD
tally_status tally_decimal_value_text(const tally_decimal *dec,
                                      int fraction_digits, char *buffer,
                                      size_t size, size_t *needed);

/*
 * The mean as decimal text: the exact total divided by the count, rounded once,
 * half to even, to 'fraction_digits' digits after the point, 0 to 342.
 *
 * TALLY_INVALID for any other number of digits, or if the count is below 1. All
 * else is as for tally_decimal_value_text().
 */
TALLY_NODISCARD
tally_status tally_decimal_mean_text(const tally_decimal *dec,
                                     int fraction_digits, char *buffer,
                                     size_t size, size_t *needed);

/*
 * The total as decimal text, rounded as 'rounding' says.
 *
 * TALLY_INVALID if 'rounding' is no tally_rounding. All else is as for
 * tally_decimal_value_text(): in a text with all digits, or with those that
 * were written, nothing is rounded.
 */
TALLY_NODISCARD
tally_status tally_decimal_value_text_rounded(const tally_decimal *dec,
                                              int fraction_digits,
                                              tally_rounding rounding,
                                              char *buffer, size_t size,
                                              size_t *needed);

/*
 * The mean as decimal text, rounded once, as 'rounding' says.
 *
 * TALLY_INVALID if 'rounding' is no tally_rounding. All else is as for
 * tally_decimal_mean_text().
 */
TALLY_NODISCARD
tally_status tally_decimal_mean_text_rounded(const tally_decimal *dec,
                                             int fraction_digits,
                                             tally_rounding rounding,
                                             char *buffer, size_t size,
                                             size_t *needed);

/*
 * The double nearest to the decimal total, ties to even: rounded once.
 *
 * A total that rounds to zero keeps its sign; one that is zero is +0.0. Beyond
 * DBL_MAX, '*total' is the infinity of its sign, with TALLY_OVERFLOW.
 */
TALLY_NODISCARD
tally_status tally_decimal_value_f64(const tally_decimal *dec, double *total);

/* ========================================================================== */
/*                              Saving a decimal                              */
/* ========================================================================== */

/*
 * As for an accumulator: a short string of bytes that every machine and every
 * later version of the library reads. The manual specifies it, in "The saved
 * form of an accumulator".
 *
 *     unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
 *     size_t n;
 *     if (tally_decimal_save(&ledger, bytes, sizeof bytes, &n) != TALLY_OK ||
 *         tally_decimal_load(bytes, n, &other) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 */

/*
 * The most bytes that a saved decimal takes.
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
 * Reads a saved decimal from exactly 'size' bytes into 'dec', whatever was
 * there before.
 *
 * TALLY_FORMAT if the bytes are not what tally_decimal_save() writes; the
 * message says where. Bytes from a stranger do no harm.
 */
TALLY_NODISCARD
tally_status tally_decimal_load(const void *bytes, size_t size,
                                tally_decimal *dec);

/* ========================================================================== */
/*                              Columns of Arrow                              */
/* ========================================================================== */

/*
 * Arrays and streams of Apache Arrow, by its C data interface and its C stream
 * interface: what pyarrow, Polars, DuckDB and many others hand out without a
 * copy. Each function adds one column; nothing is copied or allocated.
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
 * 'column' names the column. NULL: it is the array itself. A name: it is the
 * field of a struct, such as a record batch, that has exactly this name. If it
 * begins with '.' or '[', it is a dot path, as Arrow's C++ library has it, of
 * names and of numbers counted from 0: '.order.price', '[2]', '.items[0]'; a
 * backslash stands before a '.', a '[' or a backslash of a name. A path leads
 * through 64 structs at most.
 *
 * An element that is null, or lies in a struct that is, is as if it were not in
 * the column. In a pair of columns it is skipped with its partner. NaN counts.
 * Any alignment will do, and 'null_count' may be -1.
 *
 * The functions that take an ArrowSchema and an ArrowArray read them during the
 * call and release nothing: they stay whose they were, also on failure. Those
 * that take an ArrowArrayStream read it to its end, and release the schema and
 * each array that it hands out exactly once, on failure and where a callback
 * throws a C++ exception too; the stream itself stays the caller's to release.
 * Everything is added at the end or, on failure, nothing. A stream's callbacks
 * may call this library and throw, as under Callbacks, but a release callback
 * must not throw.
 *
 * TALLY_INVALID if there is no such column, or more than one of the name; if
 * its elements are of a type that the function does not take; if what was given
 * is released; and if the structs contradict themselves or each other.
 * TALLY_NULL if a pointer is NULL where Arrow wants one. TALLY_CALLBACK if a
 * callback of a stream fails: the message has its number and what the stream
 * says of it. Each message names the place: 'array->children[1]: length is -1'.
 * What nobody can check is that the memory is there.
 */

/* As Arrow's specification has them: other headers have the same. */
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
 * Adds each element of a column of integers of any size, doubles, floats, half
 * floats or bools, exactly as it is.
 *
 * 'column' is as above, and so are the errors. A column of decimals is
 * TALLY_INVALID: tally_decimal_add_arrow() takes it.
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
 * Adds each element of a column: see tally_accumulator_add_arrow().
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
 * Adds the products of the pairs of two columns, of the types that
 * tally_accumulator_add_arrow() takes.
 *
 * 'x' and 'y' are each as 'column' above, and may be the same.
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add_arrow(
    tally_product_accumulator *into, const struct ArrowSchema *schema,
    const struct ArrowArray *array, const char *x, const char *y);

/*
 * Adds the products of the pairs of two columns of each array of a stream: see
 * tally_product_accumulator_add_arrow().
 */
TALLY_NODISCARD
tally_status tally_product_accumulator_add_arrow_stream(
    tally_product_accumulator *into, struct ArrowArrayStream *stream,
    const char *x, const char *y);

/*
 * Adds each element of a column of decimals, integers, bools or doubles.
 *
 * Decimals may have 32, 64, 128 or 256 bits. Their precision is 1 to 9, 18, 38
 * or 76 digits, in this order, and their scale -312, -303, -283 or -245 to 342:
 * so no value has more than 322 digits before the point. The scale counts as
 * the digits that the values were written with. A value of more digits than the
 * precision says is added as it is. Integers have a scale of 0. A double is
 * added as its shortest decimal, as by tally_decimal_add_f64(). A column of
 * floats or half floats is TALLY_INVALID. 'column' is as above, and so are the
 * other errors.
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
 * '*column' points to the memory of the array, and may be used until that is
 * released. TALLY_INVALID, and nothing is written, for an array of another
 * type: of bools, which have a bit each that no tally_column can say, and of
 * decimals, among others.
 */
TALLY_NODISCARD
tally_status tally_column_from_arrow(const struct ArrowSchema *schema,
                                     const struct ArrowArray *array,
                                     tally_column *column);

/* ========================================================================== */
/*                               Sealed states                                */
/* ========================================================================== */

/*
 * A saved state of any kind in an envelope, for bytes that may be damaged in
 * transit or storage. Most damaged states are valid states of another total, so
 * the damage would go unnoticed. The envelope has the length and a CRC-32C: it
 * finds every change of up to 3 bits and every burst of up to 32, and other
 * damage except with probability 2^-32. It does not protect against forgery.
 * The manual specifies it, in "The saved form of an accumulator".
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
 * Writes the 'saved_size' bytes of 'saved' in an envelope.
 *
 * 'buffer' receives the bytes; '*needed' is how many they are: 'saved_size' and
 * TALLY_SEAL_SIZE. If 'size' is less, the buffer is untouched and
 * TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
 * for 'buffer' and 0 for 'size' only the length is asked for, and the call
 * succeeds; NULL with another size is TALLY_NULL. 'buffer' may overlap 'saved'.
 *
 * What is sealed is not looked at: any bytes will do, up to 2^27 of them; more
 * are TALLY_INVALID.
 */
TALLY_NODISCARD
tally_status tally_saved_seal(const void *saved, size_t saved_size,
                              void *buffer, size_t size, size_t *needed);

/*
 * Checks exactly 'size' bytes that tally_saved_seal() wrote, and finds the
 * saved state within them.
 *
 * '*saved' points into 'sealed', and '*saved_size' is the number of bytes
 * there: nothing is copied, and nothing is to be freed. TALLY_FORMAT if the
 * bytes are not as they were sealed; the message says what is wrong.
 */
TALLY_NODISCARD
tally_status tally_saved_open(const void *sealed, size_t size,
                              const void **saved, size_t *saved_size);

/* ========================================================================== */
/*                                  Handles                                   */
/* ========================================================================== */

/*
 * A handle names something that has several owners: an object, a shared
 * accumulator, an array, or a view of an array. It counts its references: one
 * when it is made, one more with each tally_ref(), one less with each
 * tally_unref(), and the last one frees it.
 *
 *     tally_shared *sum;
 *     if (tally_shared_new(&sum) == TALLY_OK)
 *         tally_unref(sum);
 *
 * A handle looks like a pointer and points to nothing. Each use of one is
 * checked, from any number of threads at once, before any other argument:
 *
 *     TALLY_NULL        it is NULL
 *     TALLY_STALE       its last reference is gone
 *     TALLY_WRONG_KIND  it names something of another kind
 *     TALLY_BAD_HANDLE  it never was a handle of this process, or of its parent
 *                       before a fork
 *     TALLY_BUSY        1,023 calls and views are using it at this moment
 *
 * Where a handle is expected, a block from tally_alloc() is TALLY_WRONG_KIND,
 * and TALLY_STALE once it is freed, for as long as tally_free() remembers it.
 *
 * On 64-bit machines no handle value is ever reused, so a stale handle is
 * always detected. On 32-bit machines it nearly always is; one that is not does
 * not corrupt memory.
 *
 * When a thread that used a handle or a block exits, the library runs cleanup
 * code on it. The shared library therefore stays loaded until the process ends.
 * Link a plugin that contains the static library with '-Wl,-z,nodelete', and
 * with '-Wl,--exclude-libs,ALL' so that it does not export these functions too.
 */

/*
 * Adds a reference to a handle of any kind.
 *
 * TALLY_OVERFLOW at 4,194,303 references.
 */
TALLY_NODISCARD tally_status tally_ref(void *handle);

/*
 * Gives up a reference to a handle of any kind; the last one frees what it
 * names. NULL is a no-op. Touches the error record only on failure. An array's
 * release callback may be called from here: see Arrays.
 */
tally_status tally_unref(void *handle);

/*
 * The resources that the process has not released yet, over all threads.
 *
 * '*handles' is the number of live handles, '*blocks' the number of blocks from
 * tally_alloc() and the other allocating functions, and '*bytes' the memory
 * behind both:
 *
 *     a block               what was asked for
 *     a record              what it takes, its name included
 *     an array              its values, but none if they are borrowed
 *     a view                none; of an array that only views keep, its values
 *     a shared accumulator  the size of a tally_accumulator
 *     an object             none
 *
 * Concurrent changes by other threads may or may not be counted. Any pointer
 * may be NULL.
 *
 * With "TALLY_LEAK_REPORT=1" in its environment, a program that ends by exit()
 * reports on standard error what it has not released: a line for each kind,
 * with the function that releases it, the number and the bytes. The lines add
 * up to the results of this function. The manual has more, in "Handles".
 */
TALLY_NODISCARD
tally_status tally_live(size_t *handles, size_t *blocks, size_t *bytes);

/* ========================================================================== */
/*                            Shared accumulators                             */
/* ========================================================================== */

/*
 * An accumulator behind a handle, for several threads to add to at once. The
 * total does not depend on who came first.
 *
 *     // From any thread.
 *     if (tally_shared_add_f64(shared, values, count) != TALLY_OK ||
 *         tally_shared_snapshot(shared, &now) != TALLY_OK ||
 *         tally_accumulator_value_f64(&now, &total) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * The handle is checked first; see Handles for what can be wrong with it.
 */

/*
 * A handle to an accumulator that threads share.
 */
typedef struct tally_shared tally_shared;

/*
 * Makes an empty shared accumulator with one reference.
 *
 * '*out' is its handle; give it up with tally_unref(). TALLY_MEMORY if there is
 * no room.
 */
TALLY_NODISCARD tally_status tally_shared_new(tally_shared **out);

/*
 * Adds 'count' doubles: all of them at one moment, as other threads see it, or
 * on failure none.
 *
 * The array is as for tally_accumulator_add_f64(). The values are added up
 * before the accumulator is locked.
 */
TALLY_NODISCARD
tally_status tally_shared_add_f64(tally_shared *shared, const double *values,
                                  size_t count);

/*
 * Adds everything that is in the accumulator 'from'.
 */
TALLY_NODISCARD
tally_status tally_shared_merge(tally_shared *shared,
                                const tally_accumulator *from);

/*
 * Copies a consistent snapshot of the state to '*out', an accumulator in the
 * caller's memory.
 */
TALLY_NODISCARD
tally_status tally_shared_snapshot(tally_shared *shared,
                                   tally_accumulator *out);

/* ========================================================================== */
/*                                   Arrays                                   */
/* ========================================================================== */

/*
 * Numbers with several owners: an array behind a handle, of double, float,
 * int32_t, int64_t or uint64_t. It holds a copy of the caller's values, or
 * borrows the caller's memory, and does not change.
 *
 *     tally_array *prices;
 *     if (tally_array_new_f64(values, count, &prices) == TALLY_OK) {
 *         if (tally_array_sum_f64(prices, &total) == TALLY_OK)
 *             printf("%g\n", total);
 *         tally_unref(prices);
 *     }
 *
 * The handle is checked first; see Handles for what can be wrong with it, and
 * for tally_ref() and tally_unref(). TALLY_WRONG_KIND is also what a function
 * for one type of element returns for an array of another.
 *
 * An array of borrowed memory has a release callback, which says that the
 * memory is the caller's again. It is called once: when the array's last
 * reference is gone, no call is using it any more and no view of it is open. It
 * is called on the thread that made this so, as the very last act of that
 * thread's call to tally_unref(), tally_array_release_view() or whichever
 * function was using the array meanwhile. That call has done all its work then,
 * and the library holds nothing, so the callback may call it. It may throw a
 * C++ exception, which takes the place of the call's status and undoes nothing.
 * What the callback leaves in the error record stays there.
 */

/*
 * A handle to an array.
 */
typedef struct tally_array tally_array;

/*
 * Takes back the 'count' values that an array borrowed. 'user_data' is what was
 * given with them.
 */
typedef void (*tally_release_callback)(const void *values, size_t count,
                                       void *user_data);

/*
 * Makes an array with a copy of 'count' doubles.
 *
 * 'values' is as for tally_sum_f64(): at any alignment, and NULL if 'count' is
 * 0. '*out' is the array's handle, with one reference; give it up with
 * tally_unref(). TALLY_MEMORY if there is no room.
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
 * Makes an array of the caller's own 'count' doubles, which are not copied.
 *
 * From success until 'release(values, count, user_data)' is called, the values
 * must be there and must not change. 'release' may be NULL, for values that
 * stay for ever; 'user_data' is passed on unread. On failure nothing is ever
 * released: the values are the caller's still. All else is as for
 * tally_array_new_f64().
 */
TALLY_NODISCARD
tally_status tally_array_borrow_f64(const double *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array of the caller's own 'count' floats, as
 * tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_f32(const float *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array of the caller's own 'count' signed 32-bit integers, as
 * tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_i32(const int32_t *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array of the caller's own 'count' signed 64-bit integers, as
 * tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_i64(const int64_t *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * Makes an array of the caller's own 'count' unsigned 64-bit integers, as
 * tally_array_borrow_f64() does.
 */
TALLY_NODISCARD
tally_status tally_array_borrow_u64(const uint64_t *values, size_t count,
                                    tally_release_callback release,
                                    void *user_data, tally_array **out);

/*
 * The number of elements, of an array of any type.
 */
TALLY_NODISCARD
tally_status tally_array_length(tally_array *array, size_t *length);

/*
 * The type of the elements of an array: which of the functions for one type
 * take it.
 */
TALLY_NODISCARD
tally_status tally_array_type(tally_array *array, tally_type *element_type);

/* ========================================================================== */
/*                             Elements of arrays                             */
/* ========================================================================== */

/*
 * What is in an array: one element, all of them in place, their sum.
 *
 *     const double *values;
 *     size_t count;
 *     tally_view *view;
 *     if (tally_array_view_f64(prices, &values, &count, &view) == TALLY_OK) {
 *         draw(values, count);
 *         tally_array_release_view(view);
 *     }
 *
 * A view keeps the values where they are until it is closed, whatever happens
 * to the array's handle in the meantime. It is a handle like others: it is made
 * with one reference, tally_ref() adds one, tally_array_release_view() and
 * tally_unref() give one up, and the last one closes it.
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
 * The element at 'index' of an array of float, as tally_array_get_f64() gives
 * it.
 */
TALLY_NODISCARD
tally_status tally_array_get_f32(tally_array *array, size_t index,
                                 float *value);

/*
 * The element at 'index' of an array of int32_t, as tally_array_get_f64() gives
 * it.
 */
TALLY_NODISCARD
tally_status tally_array_get_i32(tally_array *array, size_t index,
                                 int32_t *value);

/*
 * The element at 'index' of an array of int64_t, as tally_array_get_f64() gives
 * it.
 */
TALLY_NODISCARD
tally_status tally_array_get_i64(tally_array *array, size_t index,
                                 int64_t *value);

/*
 * The element at 'index' of an array of uint64_t, as tally_array_get_f64()
 * gives it.
 */
TALLY_NODISCARD
tally_status tally_array_get_u64(tally_array *array, size_t index,
                                 uint64_t *value);

/*
 * Opens a view of an array of double.
 *
 * '*values' is where the elements are, '*count' how many. They stay there, and
 * must not be written to, until '*view', which has one reference, is given up
 * with tally_array_release_view(). A copy is aligned to 64 bytes; of a borrowed
 * array, '*values' is the pointer that was borrowed, at whatever alignment it
 * has. For an array of nothing, '*values' may be NULL. TALLY_BUSY at 1,023
 * views and calls at a time; TALLY_MEMORY if there is no room for a view.
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
 * Gives up a reference to a view; the last one, which is the first unless
 * tally_ref() added more, closes it. NULL is a no-op. Touches the error record
 * only on failure. If the view was all that kept its array, this is where the
 * array ends.
 *
 * As tally_unref(), but refuses a handle that names no view.
 */
tally_status tally_array_release_view(tally_view *view);

/*
 * The sum of an array of double, as tally_sum_f64() gives it.
 */
TALLY_NODISCARD
tally_status tally_array_sum_f64(tally_array *array, double *total);

/*
 * The sum of an array of float, as tally_sum_f32() gives it.
 */
TALLY_NODISCARD
tally_status tally_array_sum_f32(tally_array *array, float *total);

/*
 * The sum of an array of int32_t, as tally_sum_i32() gives it.
 */
TALLY_NODISCARD
tally_status tally_array_sum_i32(tally_array *array, int64_t *total);

/*
 * The sum of an array of int64_t, as tally_sum_i64() gives it.
 */
TALLY_NODISCARD
tally_status tally_array_sum_i64(tally_array *array, int64_t *total);

/*
 * The sum of an array of uint64_t, as tally_sum_u64() gives it.
 */
TALLY_NODISCARD
tally_status tally_array_sum_u64(tally_array *array, uint64_t *total);

/*
 * Adds all elements of an array of any type to an accumulator.
 */
TALLY_NODISCARD
tally_status tally_accumulator_add_array(tally_accumulator *into,
                                         tally_array *array);

/* ========================================================================== */
/*                                  Objects                                   */
/* ========================================================================== */

/*
 * The simplest thing that has a handle: one 32-bit integer, shared by reference
 * count and safe to use from many threads. See Handles for tally_ref(),
 * tally_unref() and what can be wrong with a handle.
 *
 *     void *object = tally_object_new();
 *     if (object == NULL || tally_object_set_value(object, 42) != TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     tally_unref(object);
 */

/*
 * Makes an object with the value 0 and one reference.
 *
 * Returns its handle; give it up with tally_unref(). NULL with TALLY_MEMORY if
 * there is no room.
 */
TALLY_NODISCARD void *tally_object_new(void);

/*
 * The object's value, or 0 if the handle is refused: ask tally_last_status()
 * where 0 could be either.
 */
TALLY_NODISCARD int32_t tally_object_value(void *object);

/*
 * Sets the object's value, as one step to other threads.
 */
TALLY_NODISCARD
tally_status tally_object_set_value(void *object, int32_t value);

/* ========================================================================== */
/*                                   Memory                                   */
/* ========================================================================== */

/*
 * Blocks that the library gives out, and takes back only if they are its own.
 *
 *     double *values = tally_alloc(count * sizeof *values);
 *     if (values == NULL)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *     tally_free(values);
 */

/*
 * Gives a block of 'size' bytes: all zero, and aligned to 64 bytes.
 *
 * Returns the block; the caller owns it and frees it with tally_free(), from
 * any thread. Size 0 gives a unique pointer that must not be dereferenced. NULL
 * with TALLY_MEMORY if out of memory.
 */
TALLY_NODISCARD void *tally_alloc(size_t size);

/*
 * Frees a block from tally_alloc(), or from a function that says so. NULL is a
 * no-op. Touches the error record only on failure.
 *
 * A pointer that is not such a block is refused and nothing changes:
 * TALLY_WRONG_KIND if another function frees it or it is a live handle,
 * TALLY_STALE if it is a block that was freed already or a stale handle,
 * TALLY_BAD_HANDLE if it is anything else.
 *
 * A freed block is remembered, and its address not reused, while it is among
 * the last ones freed: for blocks of at most 1 KiB, the last 64 that each
 * running thread freed (threads for which the process has no key for
 * thread-specific data left share 64); for larger blocks, the last 64 of the
 * process, up to 16 MiB together. A block above 16 MiB is forgotten at once.
 * When memory runs out, the library forgets all remembered blocks but the small
 * ones of other threads, returns their memory to the system and tries once
 * more. A second free of a forgotten block is TALLY_BAD_HANDLE, or frees the
 * new block at its address.
 */
void tally_free(void *ptr);

/* ========================================================================== */
/*                                    Text                                    */
/* ========================================================================== */

/*
 * Strings are NUL-terminated and UTF-8. One that is not UTF-8 is refused with
 * TALLY_ENCODING and the offset of the first bad byte in the message.
 *
 *     size_t bytes, characters;
 *     if (tally_text_length("h\u00e9", &bytes, &characters) == TALLY_OK)
 *         printf("%zu bytes, %zu characters\n", bytes, characters);
 */

/*
 * Copies a string.
 *
 * '*out' is the copy; the caller owns it and frees it with tally_free().
 * TALLY_ENCODING if 'text' is not UTF-8; TALLY_MEMORY if there is no room.
 */
TALLY_NODISCARD tally_status tally_text_copy(const char *text, char **out);

/*
 * Measures a string: its bytes, without the NUL, and its characters (Unicode
 * code points).
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
 * A struct that crosses the boundary both ways: by pointer to the caller's own,
 * or as one that the library makes, copies and frees.
 *
 *     tally_record *record;
 *     if (tally_record_new(7, "seven", 49, &record) == TALLY_OK)
 *         tally_record_free(record);
 */

/*
 * A named value.
 */
typedef struct tally_record {
    /* A number that the caller chooses. */
    int id;
    /* NUL-terminated, or NULL for none. */
    const char *name;
    /* What tally_records_total() adds. */
    int value;
} tally_record;

/*
 * Makes a record with a copy of 'name', in one allocation.
 *
 * 'name' may be NULL. '*out' is the record; the caller owns it, may change it
 * and frees it with tally_record_free(). TALLY_ENCODING if 'name' is not UTF-8;
 * TALLY_MEMORY if there is no room.
 */
TALLY_NODISCARD
tally_status tally_record_new(int id, const char *name, int value,
                              tally_record **out);

/*
 * Copies a record, its name included, whether the library made it or the
 * caller.
 *
 * '*out' is the copy, as from tally_record_new().
 */
TALLY_NODISCARD
tally_status tally_record_copy(const tally_record *record, tally_record **out);

/*
 * Frees a record from tally_record_new() or tally_record_copy(), whatever its
 * fields have become. NULL is a no-op. Touches the error record only on
 * failure. A pointer that is not such a record is refused, as by tally_free().
 */
void tally_record_free(tally_record *record);

/*
 * Adds the values of those of 'count' records that have this name, or of all if
 * 'name' is NULL.
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
 * Functions that call the caller's functions. A callback reports by its return
 * value; the pointers that it receives are passed through unread. A callback of
 * this section is called by the function that takes it, on the same thread, and
 * never after that function has returned. A NULL callback is TALLY_NULL, even
 * where there is nothing to call it for.
 *
 * The one callback that the library keeps is the release of a borrowed array,
 * which has rules of its own: see Arrays.
 *
 *     int length(const void *word, int *result, void *user_data);
 *     if (tally_map(words, n, sizeof *words, length, NULL, out, &done) !=
 *         TALLY_OK)
 *         fprintf(stderr, "%s\n", tally_last_message());
 *
 * A callback may call this library. A C++ exception that it throws reaches the
 * C++ caller as it is: nothing leaks, and the library stays usable. The
 * thread's error is then TALLY_CALLBACK, "callback did not return", unless the
 * callback's own calls to the library have left another, or cleared it. Leaving
 * a callback by longjmp() or pthread_exit(), or having its thread cancelled, is
 * forbidden.
 *
 * When a callback fails, its value is in the message and, if it left an error
 * of this library, that error follows.
 */

/*
 * Reads 'data', writes '*result' and returns 0, or returns another value for
 * failure.
 */
typedef int (*tally_callback)(const void *data, int *result);

/*
 * Reads 'element', writes '*result' and returns 0, or returns another value to
 * stop.
 */
typedef int (*tally_map_callback)(const void *element, int *result,
                                  void *user_data);

/*
 * Writes at most 'capacity' doubles to 'buffer' and returns how many; 0 is the
 * end, SIZE_MAX is failure. 'capacity' is at least 1, and may differ from call
 * to call.
 */
typedef size_t (*tally_source)(double *buffer, size_t capacity,
                               void *user_data);

/*
 * Calls 'callback(data, result)' once.
 *
 * 'data' and 'result' are passed on unread and may be NULL.
 *
 * Returns what the callback returned; a value other than 0 also sets
 * TALLY_CALLBACK. For a NULL callback TALLY_NULL is returned; only
 * tally_last_status() tells that from a callback's own -1.
 */
TALLY_NODISCARD
int tally_process(const void *data, tally_callback callback, int *result);

/*
 * Calls back for each of 'count' elements that lie 'stride' bytes apart, in
 * order, and collects the results.
 *
 * 'results' has room for 'count'. 'stride' may be negative or 0. The first call
 * that returns another value than 0 ends the work with TALLY_CALLBACK. '*done',
 * if 'done' is not NULL, is the number of elements finished, at every moment
 * from the first call on (0 if there is none, untouched if an argument is
 * refused); 'results' is written up to there and not beyond. TALLY_INVALID if
 * the elements would reach over more than PTRDIFF_MAX bytes.
 */
TALLY_NODISCARD
tally_status tally_map(const void *elements, size_t count, ptrdiff_t stride,
                       tally_map_callback callback, void *user_data,
                       int *results, size_t *done);

/*
 * Adds the doubles that 'source' produces, until it produces none.
 *
 * 'source(buffer, capacity, user_data)' writes up to 'capacity' doubles and
 * returns how many. 0 ends. SIZE_MAX, or more than 'capacity', is
 * TALLY_CALLBACK. Everything is added at the end or, on failure or an
 * exception, nothing. A change that the source makes to '*into' is overwritten.
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
 * The functions of the teaching text that this library grew out of, under the
 * text's own names. New programs have no need of them. Some do what a function
 * with a prefix does, except that the error record names the function that was
 * called:
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
 * weak, so that a program's own functions win. Programs that have functions of
 * these names define TALLY_NO_CLASSIC before they include this header.
 */

/*
 * Twice 'x', or the nearest int with TALLY_OVERFLOW.
 */
TALLY_NODISCARD int rust_function(int x);

/*
 * The sum of 'len' ints, or the nearest int with TALLY_OVERFLOW.
 *
 * Exact: totals on the way do not matter. tally_sum_i32() has larger totals. 0
 * for 'len' 0, with any pointer; 0 with TALLY_INVALID for 'len' below 0, and
 * with TALLY_NULL for NULL and 'len' above 0.
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
 * Adds the integers in a text: decimal, of up to 600 digits (leading zeros
 * apart), with an optional sign, separated by ASCII white space.
 *
 * Returns the total, 0 to INT_MAX, or the status of the failure, which is below
 * 0: TALLY_NULL; TALLY_ENCODING; TALLY_PARSE for a word that is not an integer,
 * with the word and its byte offset in the message; TALLY_OVERFLOW for a total
 * above INT_MAX, or a word of more than 600 digits; TALLY_INVALID for a total
 * below 0. Totals on the way do not matter. The total of an empty text is 0.
 */
TALLY_NODISCARD int risky_operation(const char *input);

/*
 * The message of this thread's latest failure, or "": see tally_last_message().
 * Never NULL, not to be freed, and kept until this thread's next call.
 */
TALLY_NODISCARD const char *get_last_error(void);

/*
 * Gives a zeroed block of 'size' bytes, aligned to 64: see tally_alloc().
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
 * Gives up a reference to an object; the last one frees it: see tally_unref().
 * NULL is a no-op.
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
 * rust_function() in each calling convention that the processor has. A function
 * must be declared with the convention that it was compiled for; otherwise it
 * looks for its arguments in the wrong places. These declarations show how, and
 * let it be tested.
 */

/*
 * Twice 'x', as rust_function() gives it, in the convention of the operating
 * system's own functions: stdcall on 32-bit Windows, that of C elsewhere.
 */
#if defined(_WIN32) && defined(__i386__)
TALLY_NODISCARD int __attribute__((stdcall)) rust_function_system(int x);
#else
TALLY_NODISCARD int rust_function_system(int x);
#endif

#if defined(__x86_64__) && defined(__GNUC__)
/*
 * Twice 'x', as rust_function() gives it, in Microsoft's convention. On x86-64
 * only, for compilers that have the attribute.
 */
TALLY_NODISCARD int __attribute__((ms_abi)) rust_function_win64(int x);

/*
 * Twice 'x', as rust_function() gives it, in the System V convention. On x86-64
 * only, for compilers that have the attribute.
 */
TALLY_NODISCARD int __attribute__((sysv_abi)) rust_function_sysv64(int x);
#endif

#if defined(__i386__) && defined(__GNUC__)
/*
 * Twice 'x', as rust_function() gives it, in the stdcall convention: the called
 * function clears the stack. On 32-bit x86 only.
 */
TALLY_NODISCARD int __attribute__((stdcall)) rust_function_stdcall(int x);

/*
 * Twice 'x', as rust_function() gives it, in the fastcall convention: arguments
 * in registers. On 32-bit x86 only.
 */
TALLY_NODISCARD int __attribute__((fastcall)) rust_function_fastcall(int x);
#endif

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* TALLY_CLASSIC_H */
#endif /* TALLY_NO_CLASSIC */
