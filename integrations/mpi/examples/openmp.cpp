// The exact total of a vector in OpenMP threads: a reduction of accumulators.
#include <cstdio>
#include <exception>
#include <tally.hpp>
#include <vector>

// No exception may leave a parallel region: the C functions throw none.
// clang-format off
#pragma omp declare reduction(tally : tally_accumulator : \
        tally_accumulator_combine(&omp_in, &omp_out, 1)) \
    initializer(omp_priv = tally_accumulator TALLY_ACCUMULATOR_INIT)
// clang-format on

int main() {
    const int count = 1000000, block = 4096;
    std::vector<double> values(count);
    for (int i = 0; i < count; i++)
        values[i] = 0.1 * (i % 1000) - 49.95;
    tally_accumulator sum TALLY_ACCUMULATOR_INIT;
    double plain = 0;
#pragma omp parallel for reduction(tally : sum)
    for (int i = 0; i < count; i += block) {
        std::size_t some = i + block < count ? block : count - i;
        tally_status status =
            tally_accumulator_add_f64(&sum, values.data() + i, some);
        if (status != TALLY_OK &&
            tally_accumulator_fail(&sum, status) != TALLY_OK)
            tally_clear_error(); // it has failed before
    }
#pragma omp parallel for reduction(+ : plain)
    for (int i = 0; i < count; i++)
        plain += values[i];
    double total;
    if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK) {
        std::fprintf(stderr, "%s\n", tally_last_message());
        return 1;
    }
    std::printf("%a, by OpenMP's own sum %a\n", total, plain);
    // The same by the C++ face, on one thread.
    try {
        return tally::sum(values) == total ? 0 : 1;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
