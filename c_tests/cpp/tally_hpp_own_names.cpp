/*
 * A C++ program that has functions and types of its own by the teaching text's
 * names, and says nothing of it to the C++ face.
 */
#include "tally.hpp"

#include <string>
#include <vector>

/* Clashing in C's own namespace of names. */
extern "C" const char *get_last_error(int thread);
extern "C" double sum_array(double first, double second);

const char *get_last_error(int thread) {
    return thread == 7 ? "own" : "";
}
double sum_array(double first, double second) {
    return first + second;
}

struct c_alloc {
    std::vector<int> blocks;
};
enum class rust_function { own };
static std::string risky_operation = "own";

int main() {
    double total = 0;
    const bool refused = tally::try_sum(static_cast<const double *>(nullptr), 1,
                                        total) == TALLY_NULL;
    return refused && sum_array(0.25, 0.5) == 0.75 &&
                   std::string(get_last_error(7)) == risky_operation &&
                   c_alloc().blocks.empty() &&
                   rust_function::own == rust_function() &&
                   tally::sum({1e100, 1.0, -1e100}) == 1.0
               ? 0
               : 1;
}
