/*
 * For tests of functions whose last argument is where a double goes: arrays
 * written out, and checks of what comes back.
 */
#ifndef TALLY_C_TESTS_RESULTS_H
#define TALLY_C_TESTS_RESULTS_H

#include "../check.h"

#define COUNT_OF(...) (sizeof((const double[]){__VA_ARGS__}) / sizeof(double))
/* An array written out, and its length: two arguments. */
#define VALUES(...) (const double[]){__VA_ARGS__}, COUNT_OF(__VA_ARGS__)
#define ARRAY(...) ((const double[]){__VA_ARGS__})

/* The call succeeds and its last argument, `result`, is this. */
static double result;
#define CHECK_RESULT(want, call)                                               \
    do {                                                                       \
        result = 12345;                                                        \
        CHECK_OK(call);                                                        \
        CHECK_DOUBLE(result, want);                                            \
    } while (0)

/* Refused, and the result is as it was; or, for an overflow, infinite. */
#define CHECK_NO_RESULT(status, function, want, ...)                           \
    do {                                                                       \
        result = 12345;                                                        \
        CHECK_REFUSED(function(__VA_ARGS__, &result), status, #function);      \
        CHECK_DOUBLE(result, want);                                            \
    } while (0)
#define CHECK_INVALID(function, ...)                                           \
    CHECK_NO_RESULT(TALLY_INVALID, function, 12345, __VA_ARGS__)
#define CHECK_OVERFLOW(want, function, ...)                                    \
    CHECK_NO_RESULT(TALLY_OVERFLOW, function, want, __VA_ARGS__)

#endif
