/* C++: containers, exceptions, and nothing to release by hand. */
#include <array>
#include <iostream>
#include <tally.hpp>
#include <vector>

int main() {
    const std::vector<double> prices = {1e100, 1.0, -1e100};
    std::cout << tally::sum(prices) << '\n';

    /* An accumulator is a value: copied, compared, merged. */
    tally::accumulator sum;
    sum.add(prices).add({0.5, 0.25});
    tally::accumulator other = sum;
    other += sum;
    std::cout << sum.text() << ' ' << other.text() << '\n';

    /* A failure is an exception. */
    try {
        std::cout << tally::sum(std::array<std::int64_t, 2>{INT64_MAX, 1});
    } catch (const tally::error &error) {
        std::cout << error.function() << ": "
                  << tally_status_name(error.status()) << '\n';
    }

    /* An exception from a callback arrives, and the sum is unchanged. */
    try {
        sum.pull([](double *, std::size_t) -> std::size_t { throw "no more"; });
    } catch (const char *thrown) {
        std::cout << thrown << ", still " << sum.text() << '\n';
    }

    /* A handle and a record, released at the end of the block. */
    const tally::shared shared;
    shared.add(prices);
    const tally::record_ptr record = tally::make_record(1, "one", 1);
    std::cout << record->name << ' ' << shared.snapshot().count() << '\n';
}

/* Prints:
 *
 *     1
 *     1.75 3.5
 *     tally_sum_i64: TALLY_OVERFLOW
 *     no more, still 1.75
 *     one 3
 */
