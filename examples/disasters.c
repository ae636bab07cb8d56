/* The classic disasters of rounded arithmetic: what the usual formulas give,
 * beside the right results. docs/disasters.md has the output. */
#include <math.h>
#include <stdio.h>
#include <tally.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static double mean(const double *x, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static double dot(const double *x, const double *y, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* The textbook formula: sum and sum of squares, both rounded. */
static double variance_in_one_pass(const double *x, size_t n) {
    double sum = mean(x, n) * (double)n;
    return (dot(x, x, n) - sum * sum / (double)n) / (double)(n - 1);
}

/* Squares of distances from a rounded mean. */
static double variance_in_two_passes(const double *x, size_t n) {
    double middle = mean(x, n), squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - middle) * (x[i] - middle);
    return squares / (double)(n - 1);
}

/* B. P. Welford, Note on a method for calculating corrected sums of squares and
 * products, 1962. */
static double variance_by_welford(const double *x, size_t n) {
    double middle = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double distance = x[i] - middle;
        middle += distance / (double)(i + 1);
        squares += distance * (x[i] - middle);
    }
    return squares / (double)(n - 1);
}

static void show(const char *name, double result) {
    printf("    %-12s %.17g\n", name, result);
}

static void show_exact(tally_status status, const double *result) {
    show(status == TALLY_OK ? "tally" : tally_last_message(), *result);
}

static void compare_variances(const char *title, const double *x, size_t n) {
    double exact = 0;
    puts(title);
    show("one pass", variance_in_one_pass(x, n));
    show("two passes", variance_in_two_passes(x, n));
    show("Welford", variance_by_welford(x, n));
    show_exact(tally_variance_f64(x, n, 1, &exact), &exact);
}

int main(void) {
    static const double spread[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    static const double narrow[] = {1e16, 1e16 + 2, 1e16 + 2};
    static const double tenths[] = {.1, .1, .1, .1, .1, .1, .1, .1, .1, .1};
    static const double x[] = {1e100, 1, 1e100}, y[] = {1, 1, -1};
    static const double a[] = {100000001, -1},
                        b[] = {100000001, 10000000200000000};
    static const double long_sides[] = {3e300, 4e300};
    static const double short_sides[] = {3e-200, 4e-200};
    static const double huge[] = {1.7e308, 1.6e308};
    double exact = 0;
    compare_variances("variance of 4, 7, 13 and 16, each + 1e9", spread,
                      COUNT(spread));
    compare_variances("variance of 0, 2 and 2, each + 1e16", narrow,
                      COUNT(narrow));
    compare_variances("variance of ten times 0.1", tenths, COUNT(tenths));
    puts("dot product of (1e100, 1, 1e100) and (1, 1, -1)");
    show("loop", dot(x, y, COUNT(x)));
    show_exact(tally_dot_f64(x, y, COUNT(x), &exact), &exact);
    puts("100000001 squared, less 10000000200000000");
    show("loop", dot(a, b, COUNT(a)));
    show_exact(tally_dot_f64(a, b, COUNT(a), &exact), &exact);
    puts("length of (3e300, 4e300)");
    show("loop", sqrt(dot(long_sides, long_sides, 2)));
    show_exact(tally_norm_f64(long_sides, 2, &exact), &exact);
    puts("length of (3e-200, 4e-200)");
    show("loop", sqrt(dot(short_sides, short_sides, 2)));
    show_exact(tally_norm_f64(short_sides, 2, &exact), &exact);
    puts("mean of 1.7e308 and 1.6e308");
    show("loop", mean(huge, 2));
    show_exact(tally_mean_f64(huge, 2, &exact), &exact);
    return 0;
}
