/*
 * The C++ header, what is thrown inside of calls: the very object arrives,
 * through calls within calls, on many threads at once, and what was being
 * worked on is as the header says.
 */
#include "tally.hpp"

#include <array>
#include <cfloat>
#include <exception>
#include <functional>
#include <future>
#include <thread>

#include "throws.hpp"

namespace {

/* What is thrown, which is no std::exception. */
struct stop {
    int at;
};

/* Throws, and remembers the object. */
[[noreturn]] void raise(int at, std::exception_ptr &thrown) {
    try {
        throw stop{at};
    } catch (...) {
        thrown = std::current_exception();
        throw;
    }
}

/* Calls action inside of map(), which is inside of pull(), and so on. */
void within(int depth, const std::function<void()> &action) {
    if (depth == 0)
        return action();
    if (depth % 2 == 0) {
        int result = -1;
        std::size_t done = 99;
        try {
            tally::map(
                std::array<int, 2>{1, 2}, std::array<int, 2>{},
                [&](int at) {
                    if (at == 2)
                        within(depth - 1, action);
                    return result = at;
                },
                &done);
        } catch (...) {
            CHECK_INT(result, 1);
            CHECK_SIZE(done, 1);
            throw;
        }
    } else {
        const auto before = tally::accumulator().add({0.5, 1e300});
        tally::accumulator sum = before;
        try {
            sum.pull([&, calls = 0](double *buffer, std::size_t) mutable {
                if (++calls == 3)
                    within(depth - 1, action);
                *buffer = 1e100;
                return std::size_t{calls < 4};
            });
        } catch (...) {
            CHECK(sum == before);
            throw;
        }
    }
}

void the_very_object_arrives_through_calls_within_calls() {
    for (int depth = 1; depth < 20; depth++) {
        std::exception_ptr thrown;
        try {
            within(depth, [&] { raise(depth, thrown); });
            CHECK(!"it returned");
        } catch (const stop &caught) {
            CHECK(std::current_exception() == thrown);
            CHECK_INT(caught.at, depth);
        }
        CHECK_INT(tally_last_status(), TALLY_CALLBACK);
        CHECK_DOUBLE(tally::sum({0.5, 0.25}), 0.75);
        /* Where nothing is thrown, all of them return. */
        within(depth, [] {});
    }
}

/* Every kind of function that is called inside of others may throw there. */
void errors_of_this_library_arrive_too() {
    const std::vector<std::int64_t> huge(300000, INT64_MAX);
    CHECK_THROWS(within(3, [&] { (void)tally::sum_parallel(huge, 2); }),
                 TALLY_OVERFLOW, "tally_sum_i64_parallel", "int64");
    CHECK_THROWS(within(4, [] { tally::accumulator().add_text("1 2 x"); }),
                 TALLY_PARSE, "tally_accumulator_add_text", "\"x\" at byte 4");
    CHECK_THROWS(within(4, [] { tally::decimal().add("0.1 y"); }), TALLY_PARSE,
                 "tally_decimal_add_text", "\"y\" at byte 4");
    CHECK_THROWS(within(5, [] { (void)tally::object(nullptr).value(); }),
                 TALLY_NULL, "tally_object_value", "NULL");
    CHECK_THROWS(within(5, [] { (void)tally::mean({}); }), TALLY_INVALID,
                 "tally_mean_f64", "");
    CHECK(
        runs_out_of_memory([] { within(6, [] { throw std::bad_alloc(); }); }));
    CHECK(runs_out_of_memory([] {
        within(6, [] { (void)tally::allocate<char>(too_many_bytes); });
    }));
}

void an_exception_may_be_caught_inside_and_work_goes_on() {
    const std::vector<double> values = {DBL_MAX, 1.0, DBL_MAX};
    std::array<int, 3> fits = {};
    tally::map(values, fits, [](double value) {
        try {
            return tally::sum({value, value}) > 0;
        } catch (const tally::error &error) {
            return error.status() != TALLY_OVERFLOW;
        }
    });
    CHECK((fits == std::array<int, 3>{0, 1, 0}));
    CHECK_RECORD(TALLY_OK, "");
}

/* pull() works in a copy, which its end puts in place. */
void what_a_source_does_to_its_own_sum_is_overwritten_unless_it_throws() {
    tally::accumulator sum = tally::accumulator().add(1.0);
    sum.pull([&, left = 2](double *buffer, std::size_t) mutable {
        sum.add(1e10);
        *buffer = 0.25;
        return left-- > 0 ? 1 : 0;
    });
    CHECK_DOUBLE(sum.value(), 1.5);
    try {
        sum.pull([&](double *, std::size_t) -> std::size_t {
            sum.add(8.0);
            throw stop{1};
        });
        CHECK(!"it returned");
    } catch (const stop &) {
        CHECK_DOUBLE(sum.value(), 9.5);
        CHECK_INT(sum.count(), 4);
    }
}

/* An error keeps what it says on other threads, and after its own is gone. */
void an_error_goes_from_thread_to_thread() {
    auto total = std::async(std::launch::async, [] {
        return tally::sum(std::vector<std::int64_t>{INT64_MAX, 1});
    });
    CHECK_THROWS(total.get(), TALLY_OVERFLOW, "tally_sum_i64", "int64");
}

void threads_throw_at_once() {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; t++) {
        threads.emplace_back([t] {
            for (int i = 0; i < (is_quick() ? 10 : 300); i++) {
                std::exception_ptr thrown;
                try {
                    within(1 + (t + i) % 8,
                           [&] { raise(1000 * t + i, thrown); });
                    CHECK(!"it returned");
                } catch (const stop &caught) {
                    CHECK(std::current_exception() == thrown);
                    CHECK_INT(caught.at, 1000 * t + i);
                }
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
}

} // namespace

int main() {
    the_very_object_arrives_through_calls_within_calls();
    errors_of_this_library_arrive_too();
    an_exception_may_be_caught_inside_and_work_goes_on();
    what_a_source_does_to_its_own_sum_is_overwritten_unless_it_throws();
    an_error_goes_from_thread_to_thread();
    threads_throw_at_once();
    return finish();
}
