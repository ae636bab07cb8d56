/* The plain loop again, for a compiler that may use AVX2 and FMA and no more.
 */

#include <stddef.h>

double bench_sum_f64_avx2(const double *values, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}
