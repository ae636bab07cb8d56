/* The loops that a C programmer writes, compiled as fast as the compiler can.
 * They are the measure of speed; their float totals are not exact, and their
 * integer totals wrap. */

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

double bench_sum_f64(const double *values, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

float bench_sum_f32(const float *values, size_t count) {
    float total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* Unsigned, since a signed total that wraps is undefined in C. */
uint32_t bench_sum_i32(const int32_t *values, size_t count) {
    uint32_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += (uint32_t)values[i];
    return total;
}

uint64_t bench_sum_i64(const int64_t *values, size_t count) {
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += (uint64_t)values[i];
    return total;
}

uint64_t bench_sum_u64(const uint64_t *values, size_t count) {
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

double bench_dot_f64(const double *x, const double *y, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += x[i] * y[i];
    return total;
}

double bench_norm_f64(const double *values, size_t count) {
    return sqrt(bench_dot_f64(values, values, count));
}

/* The careful way: the mean first, then the squares of the distances. */
double bench_variance_f64(const double *values, size_t count) {
    double mean = bench_sum_f64(values, count) / (double)count, total = 0;
    for (size_t i = 0; i < count; i++)
        total += (values[i] - mean) * (values[i] - mean);
    return total / (double)count;
}

double bench_mean_f64(const double *values, size_t count) {
    return bench_sum_f64(values, count) / (double)count;
}

double bench_covariance_f64(const double *x, const double *y, size_t count) {
    double x_sum = 0, y_sum = 0, total = 0;
    for (size_t i = 0; i < count; i++) {
        x_sum += x[i];
        y_sum += y[i];
    }
    double x_mean = x_sum / (double)count, y_mean = y_sum / (double)count;
    for (size_t i = 0; i < count; i++)
        total += (x[i] - x_mean) * (y[i] - y_mean);
    return total / (double)count;
}

double bench_correlation_f64(const double *x, const double *y, size_t count) {
    double x_sum = 0, y_sum = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < count; i++) {
        x_sum += x[i];
        y_sum += y[i];
    }
    double x_mean = x_sum / (double)count, y_mean = y_sum / (double)count;
    for (size_t i = 0; i < count; i++) {
        double a = x[i] - x_mean, b = y[i] - y_mean;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    return xy / sqrt(xx * yy);
}

/* Numbers on lines, up to a NUL. */
double bench_sum_text(const char *text) {
    double total = 0;
    for (char *end; *text != '\0'; text = *end == '\n' ? end + 1 : end)
        total += strtod(text, &end);
    return total;
}

/* Eight words, wherever they lie. */
typedef uint64_t words __attribute__((vector_size(64), aligned(8), may_alias));

/* Reads every value and does next to nothing: what memory alone costs. Four
 * totals, so that no addition waits for another. */
uint64_t bench_read_f64(const double *values, size_t count) {
    words totals[4] = {{0}};
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        const words *row = (const words *)(values + i);
        totals[0] |= row[0];
        totals[1] |= row[1];
        totals[2] |= row[2];
        totals[3] |= row[3];
    }
    words all = totals[0] | totals[1] | totals[2] | totals[3];
    uint64_t bits = 0;
    for (size_t j = 0; j < 8; j++)
        bits |= all[j];
    for (; i < count; i++) {
        uint64_t word;
        memcpy(&word, &values[i], sizeof word);
        bits |= word;
    }
    return bits;
}

/* One row of a database's loop, which calls it through a pointer. */
void bench_add_one_f64(double *total, double value) {
    *total += value;
}
