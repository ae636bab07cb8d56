/*
 * For tests of what users of other programs have reported: the methods that
 * are common, and a check that such a method gives the wrong value that it is
 * known for, and the library the right one.
 *
 * Reports are named by repository and number, as GitHub has them. The inputs
 * are not theirs, but have the same fault. Right values are those of rational
 * arithmetic (Python's fractions and decimal), rounded once.
 */
#ifndef TALLY_C_TESTS_REPORTS_H
#define TALLY_C_TESTS_REPORTS_H

#include <math.h>

#include "../check.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Any NaN is NaN: processors differ in its sign. */
static inline bool same_number(double a, double b) {
    return isnan(a) ? isnan(b) : a == b && !signbit(a) == !signbit(b);
}

/* `common` is what the common method has just computed. */
static inline void check_report(double common, double wrong, double got,
                                double right, const struct place *at) {
    if (!same_number(common, wrong) && check_failed(at)) {
        fprintf(stderr,
                "    the common method: %.17g (%a), is known for %.17g\n",
                common, common, wrong);
    }
    if (same_number(wrong, right) && check_failed(at)) {
        fprintf(stderr, "    %.17g is not wrong\n", wrong);
    }
    check_double(got, right, at);
}

/* The same for the rows of a column: the first `first_wrong` are right. */
static inline void check_report_rows(const double *common, const double *wrong,
                                     const double *got, const double *right,
                                     size_t count, size_t first_wrong,
                                     const struct place *at) {
    for (size_t row = 0; row < count; row++) {
        if (row >= first_wrong) {
            check_report(common[row], wrong[row], got[row], right[row], at);
        } else {
            check_double(got[row], right[row], at);
        }
    }
}

#define CHECK_REPORT(...) CHECK_CALL(check_report, __VA_ARGS__)
#define CHECK_REPORT_ROWS(...) CHECK_CALL(check_report_rows, __VA_ARGS__)

/* Volatile variables are rounded after each operation, and products are not
 * fused with sums, whatever the processor has. */

static inline double running_sum(const double *values, size_t count) {
    volatile double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum = sum + values[i];
    }
    return sum;
}

static inline double running_sum_f32(const float *values, size_t count) {
    volatile float sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum = sum + values[i];
    }
    return (double)sum;
}

/* A compensated sum in progress (Kahan 1965). */
struct kahan {
    volatile double sum, compensation;
};

static inline void kahan_add(struct kahan *into, double value) {
    volatile double corrected = value - into->compensation;
    volatile double sum = into->sum + corrected;
    volatile double gained = sum - into->sum;
    into->compensation = gained - corrected;
    into->sum = sum;
}

static inline double kahan_sum(const double *values, size_t count) {
    struct kahan sum = {0, 0};
    for (size_t i = 0; i < count; i++) {
        kahan_add(&sum, values[i]);
    }
    return sum.sum;
}

/* Sums of halves (NumPy's, for one): the order is that of a tree. */
static inline double pairwise_sum(const double *values, size_t count) {
    if (count <= 128) {
        return running_sum(values, count);
    }
    volatile double first = pairwise_sum(values, count / 2);
    volatile double second =
        pairwise_sum(values + count / 2, count - count / 2);
    return first + second;
}

/* Sums of blocks, added up: what threads and vectors do. */
static inline double sum_of_blocks(const double *values, size_t count,
                                   size_t block) {
    volatile double sum = 0;
    for (size_t i = 0; i < count; i += block) {
        sum = sum +
              running_sum(values + i, count - i < block ? count - i : block);
    }
    return sum;
}

/* Sums that wrap: what the processor's own additions do. */

static inline int64_t wrapping_sum_i64(const int64_t *values, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (uint64_t)values[i];
    }
    return (int64_t)sum;
}

static inline int32_t wrapping_sum_i32(const int32_t *values, size_t count) {
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (uint32_t)values[i];
    }
    return (int32_t)sum;
}

/* Values whose sum is known: integers of so many bits, times 2^-k, with k up
 * to 12. Returns it in units of 2^-12, which 62 bits must hold. */
static inline int64_t known_values(double *values, size_t count, int bits,
                                   uint64_t *seed) {
    int64_t units = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t integer = (int64_t)(random_word(seed) >> (64 - bits));
        int places = (int)(random_word(seed) % 13);
        values[i] = ldexp((double)integer, -places);
        units += integer << (12 - places);
    }
    return units;
}

/* How many different numbers there are. */
static inline size_t count_distinct(const double *values, size_t count) {
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (j < i && !same_number(values[j], values[i])) {
            j++;
        }
        distinct += j == i;
    }
    return distinct;
}

/* Another order of the same rows, each as likely (Fisher and Yates). */
static inline void shuffle(size_t *order, size_t count, uint64_t *seed) {
    for (size_t i = count; i > 1; i--) {
        size_t j = (size_t)(random_word(seed) % i), last = order[i - 1];
        order[i - 1] = order[j];
        order[j] = last;
    }
}

#endif
