/*
 * The C++ header: results go into any range, wherever its elements lie. The
 * expected numbers are worked out by hand.
 */
#include "tally.hpp"

#include <array>
#include <cmath>
#include <deque>
#include <forward_list>
#include <limits>
#include <list>
#if __cplusplus >= 202002L
#include <span>
#endif
/* Clang before 16 does not compile the views of libstdc++. */
#if __cplusplus >= 202002L && (!defined(__clang__) || __clang_major__ >= 16)
#define HAS_VIEWS 1
#include <ranges>
#else
#define HAS_VIEWS 0
#endif

#include "throws.hpp"

namespace {

/* Every second element of an array. */
template <class T> struct every_second {
    struct iterator {
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = T *;
        using reference = T &;
        T *at;
        T &operator*() const {
            return *at;
        }
        iterator &operator++() {
            at += 2;
            return *this;
        }
        bool operator!=(const iterator &other) const {
            return at != other.at;
        }
    };
    T *first;
    std::size_t count;
    iterator begin() {
        return {first};
    }
    iterator end() {
        return {first + 2 * count};
    }
};

/* What a double becomes, and may refuse to become. */
struct reading {
    double value = -1;
    reading() = default;
    reading(double number) : value(number) {}
    reading &operator=(double number) {
        if (number == 6)
            throw 6;
        value = number;
        return *this;
    }
};

/* More elements than there is memory for. */
struct endless {
    double one = -1;
    double *begin() {
        return &one;
    }
    double *end() {
        return &one + 1;
    }
    std::size_t size() const {
        return too_many_bytes / sizeof(double);
    }
};

const int numbers[] = {1, 2, 3, 4};
const tally::column column(numbers);

/* 1, 3, 6, 10, whatever they are in. */
template <class Results> void totals_are_in(Results &results) {
    double expected = 0, next = 1;
    for (const auto &result : results) {
        expected += next++;
        CHECK(static_cast<double>(result) == expected);
    }
    CHECK_DOUBLE(next, 5);
}
template <class Results> void running_totals_go_into(Results results) {
    tally::cumulative_sum(column, results);
    totals_are_in(results);
    for (auto &result : results)
        result = -1;
    CHECK_OK(tally::try_cumulative_sum(column, results));
    totals_are_in(results);
}
template <class Results> void whole_totals_go_into(Results results) {
    tally::cumulative_sum_i64(column, results);
    totals_are_in(results);
}

/* 64 bits of an integer are 63 digits and a sign. */
template <class Float> void integers_are_floats_that_hold_them() {
    if constexpr (std::numeric_limits<Float>::digits >= 63) {
        whole_totals_go_into(std::vector<Float>(4));
        whole_totals_go_into(std::list<Float>(4));
        /* Under valgrind a long double has 53 bits. */
        volatile std::int64_t most = INT64_MAX;
        const volatile Float all = static_cast<Float>(most);
        const volatile Float less = static_cast<Float>(most - 1);
        if (all == less) {
            return;
        }
        const std::int64_t large[] = {INT64_MAX, -1, INT64_MIN};
        std::list<Float> totals(3);
        tally::cumulative_sum_i64(tally::column(large), totals);
        CHECK(totals.front() == static_cast<Float>(INT64_MAX));
        CHECK(totals.back() == -2);
        const std::uint8_t ids[] = {2, 1, 0};
        tally::group_sum_i64(tally::column(large), tally::column(ids), totals);
        CHECK(totals.front() == static_cast<Float>(INT64_MIN));
    }
}

void any_range_takes_results() {
    running_totals_go_into(std::vector<double>(4));
    running_totals_go_into(std::array<double, 4>());
    running_totals_go_into(std::deque<double>(4));
    running_totals_go_into(std::list<double>(4));
    running_totals_go_into(std::forward_list<double>(4));
    running_totals_go_into(std::vector<long double>(4));
    whole_totals_go_into(std::vector<long_of_64_bits>(4));
    whole_totals_go_into(std::vector<long long>(4));
    whole_totals_go_into(std::deque<std::int64_t>(4));
    integers_are_floats_that_hold_them<long double>();
    /* Beyond the first block of a deque. */
    const std::vector<int> many(3000, 1);
    std::deque<double> long_one(3000);
    tally::cumulative_sum(tally::column(many), long_one);
    CHECK(long_one.front() == 1 && long_one.back() == 3000);

    double apart[8] = {0, -1, 0, -1, 0, -1, 0, -1};
    tally::cumulative_sum(column, every_second<double>{apart, 4});
    CHECK(apart[0] == 1 && apart[2] == 3 && apart[6] == 10);
    CHECK(apart[1] == -1 && apart[7] == -1);
    /* In the place of the values, which a copy is made of. */
    for (double &value : apart)
        value = 2;
    const tally::column values(apart, 4, 2 * sizeof *apart);
    CHECK_OK(tally::try_cumulative_sum(values, every_second<double>{apart, 4}));
    CHECK(apart[0] == 2 && apart[6] == 8 && apart[7] == 2);
#if __cplusplus >= 202002L
    std::vector<double> room(6, -1);
    tally::cumulative_sum(column, std::span(room).first(4));
    CHECK(room[3] == 10 && room[4] == -1);
#endif
#if HAS_VIEWS
    running_totals_go_into(std::deque<double>(4) | std::views::all);
    std::list<double> listed(6, -1);
    tally::cumulative_sum(column, listed | std::views::drop(2));
    CHECK(listed.front() == -1 && listed.back() == 10);
    tally::cumulative_sum(column,
                          room | std::views::take(4) | std::views::reverse);
    CHECK(room[0] == 10 && room[3] == 1);
    std::deque<double> until(5, -1);
    until[4] = -2;
    const auto before_two =
        std::views::take_while(until, [](double value) { return value != -2; });
    tally::cumulative_sum(column, before_two);
    CHECK(until[3] == 10 && until[4] == -2);
#endif
}

/* Each function, into a list. */
void each_function_takes_any_range() {
    const std::uint8_t ids[] = {0, 1, 0, 1};
    const tally::column groups(ids);
    std::list<double> two(2), four(4);
    std::list<std::int64_t> whole(2);
    std::size_t overflowed = 7;
    const auto are = [](const auto &list, double first, double last) {
        return static_cast<double>(list.front()) == first &&
               static_cast<double>(list.back()) == last;
    };
    tally::group(column, groups, TALLY_SUM, two);
    CHECK(are(two, 4, 6));
    CHECK_OK(tally::try_group(column, groups, TALLY_MEAN, two));
    CHECK(are(two, 2, 3));
    tally::group_parallel(column, groups, TALLY_SUM, two);
    CHECK(are(two, 4, 6));
    CHECK_OK(tally::try_group_parallel(column, groups, TALLY_MEAN, two));
    CHECK(are(two, 2, 3));
    tally::group_sum_i64(column, groups, whole);
    CHECK(are(whole, 4, 6));
    CHECK_OK(tally::try_group_sum_i64(groups, groups, whole, overflowed));
    CHECK(are(whole, 0, 2) && overflowed == 0);
    overflowed = 7;
    tally::group_sum_i64_parallel(column, groups, whole);
    CHECK(are(whole, 4, 6));
    tally::group_sum_i64_parallel(groups, groups, whole);
    CHECK(are(whole, 0, 2));
    CHECK_OK(tally::try_group_sum_i64_parallel(column, groups, whole, 2,
                                               overflowed));
    CHECK(are(whole, 4, 6) && overflowed == 0);
    tally::rolling(column, 2, 1, TALLY_SUM, four);
    CHECK(are(four, 1, 7));
    CHECK_OK(tally::try_rolling(column, 3, 1, TALLY_SUM, four));
    CHECK(are(four, 1, 9));
    tally::rolling_parallel(column, 2, 1, TALLY_SUM, four);
    CHECK(are(four, 1, 7));
    CHECK_OK(tally::try_rolling_parallel(column, 4, 1, TALLY_SUM, four));
    CHECK(are(four, 1, 10));
    tally::rolling_covariance(column, column, 2, 1, four);
    CHECK(are(four, 0, 0.25));
    CHECK_OK(tally::try_rolling_covariance(column, column, 2, 1, four, 1));
    CHECK(std::isnan(four.front()) && four.back() == 0.5);
    tally::rolling_correlation(column, column, 2, 1, four);
    CHECK(std::isnan(four.front()) && four.back() == 1);
    four.assign(4, 0);
    CHECK_OK(tally::try_rolling_correlation(column, column, 2, 1, four));
    CHECK(std::isnan(four.front()) && four.back() == 1);
    tally::rolling_covariance_parallel(column, column, 2, 1, four);
    CHECK(are(four, 0, 0.25));
    CHECK_OK(
        tally::try_rolling_covariance_parallel(column, column, 2, 1, four, 1));
    CHECK(std::isnan(four.front()) && four.back() == 0.5);
    tally::rolling_correlation_parallel(column, column, 2, 1, four);
    CHECK(std::isnan(four.front()) && four.back() == 1);
    four.assign(4, 0);
    CHECK_OK(
        tally::try_rolling_correlation_parallel(column, column, 2, 1, four));
    CHECK(std::isnan(four.front()) && four.back() == 1);
    tally::cumulative_sum_parallel(column, four);
    CHECK(are(four, 1, 10));
    four.assign(4, 0);
    CHECK_OK(tally::try_cumulative_sum_parallel(column, four, 2));
    CHECK(are(four, 1, 10));
    tally::axis(column, 1, 16, 0, TALLY_SUM, four);
    CHECK(are(four, 1, 4));
    CHECK_OK(
        tally::try_axis(tally::column(numbers, 2), 2, 8, 1, TALLY_SUM, two));
    CHECK(are(two, 3, 7));
    tally::axis_parallel(tally::column(numbers, 2), 2, 8, 0, TALLY_SUM, two);
    CHECK(are(two, 4, 6));
    CHECK_OK(tally::try_axis_parallel(tally::column(numbers, 2), 2, 8, 1,
                                      TALLY_SUM, two));
    CHECK(are(two, 3, 7));
    /* None, of nothing. */
    std::list<double> none;
    tally::cumulative_sum(tally::column(), none);
    CHECK_OK(tally::try_rolling(tally::column(), 2, 1, TALLY_SUM, none));
}

void what_is_refused_is_as_it_was() {
    std::deque<double> three(3, -1), four(4, -1);
    CHECK_THROWS(tally::cumulative_sum(column, three), TALLY_INVALID,
                 "tally_check_length", "results has length 3, but needs 4");
    CHECK_INT(tally::try_rolling(column, 0, 0, TALLY_SUM, four), TALLY_INVALID);
    CHECK_INT(tally::try_axis(column, 1, 16, 2, TALLY_SUM, four),
              TALLY_INVALID);
    CHECK(three == std::deque<double>(3, -1) &&
          four == std::deque<double>(4, -1));

    /* What fits is written. */
    const std::uint64_t large[] = {7, UINT64_MAX, 1};
    std::list<std::int64_t> totals(3, -1);
    std::size_t done = 9;
    CHECK_INT(tally::try_cumulative_sum_i64(tally::column(large), totals, done),
              TALLY_OVERFLOW);
    CHECK_SIZE(done, 1);
    CHECK(totals == (std::list<std::int64_t>{7, -1, -1}));
    totals.pop_back();
    CHECK_INT(tally::try_cumulative_sum_i64(tally::column(large), totals, done),
              TALLY_INVALID);
    CHECK_SIZE(done, 1);
    totals.assign(3, -1);
    CHECK_THROWS(tally::cumulative_sum_i64(tally::column(large), totals),
                 TALLY_OVERFLOW, "tally_cumulative_sum_i64", "");
    CHECK(totals == (std::list<std::int64_t>{7, -1, -1}));
    totals.assign(3, -1);
    CHECK_INT(tally::try_cumulative_sum_i64_parallel(tally::column(large),
                                                     totals, 2, done),
              TALLY_OVERFLOW);
    CHECK_SIZE(done, 1);
    CHECK(totals == (std::list<std::int64_t>{7, -1, -1}));
    totals.assign(3, -1);
    CHECK_THROWS(
        tally::cumulative_sum_i64_parallel(tally::column(large), totals),
        TALLY_OVERFLOW, "tally_cumulative_sum_i64_parallel", "");
    CHECK(totals == (std::list<std::int64_t>{7, -1, -1}));
    const std::uint8_t ids[] = {0, 1, 2};
    CHECK_THROWS(
        tally::group_sum_i64(tally::column(large), tally::column(ids), totals),
        TALLY_OVERFLOW, "tally_group_sum_i64", "of 1 groups");
    CHECK(totals == (std::list<std::int64_t>{7, INT64_MAX, 1}));

    /* Without memory for a copy. */
    endless nowhere;
    CHECK_INT(tally::try_cumulative_sum(column, nowhere), TALLY_MEMORY);
    CHECK_INT(tally_last_status(), TALLY_MEMORY);
    CHECK(runs_out_of_memory(
        [&] { tally::rolling(column, 1, 1, TALLY_SUM, nowhere); }));
}

/* No columns are no results, however many rows there are. */
void a_matrix_without_columns() {
    const double nothing = 0;
    const tally::column none(&nothing, 0);
    std::list<double> one(1, -7.0);
    CHECK_INT(tally::try_axis(none, 3, 8, 0, TALLY_SUM, one), TALLY_INVALID);
    CHECK(one.front() == -7);
    std::list<double> empty;
    CHECK_OK(tally::try_axis(none, 3, 8, 0, TALLY_SUM, empty));
    std::vector<double> two(2, -7.0);
    const double values[] = {1, 2, 3};
    const tally::column row(values, 3);
    CHECK_INT(tally::try_axis(row, 1, 24, 0, TALLY_SUM, two), TALLY_INVALID);
    CHECK_INT(tally::try_axis(row, 1, 24, 1, TALLY_SUM, two), TALLY_INVALID);
    CHECK(two[0] == -7 && two[1] == -7);
}

void elements_of_the_programs_own() {
    std::vector<reading> readings(4);
    int caught = 0;
    try {
        tally::cumulative_sum(column, readings);
    } catch (const int thrown) {
        caught = thrown;
    }
    CHECK_INT(caught, 6);
    CHECK(readings[1].value == 3 && readings[2].value == -1);
    tally::rolling(column, 1, 1, TALLY_SUM, readings);
    CHECK(readings[3].value == 4);
}

} // namespace

int main() {
    any_range_takes_results();
    each_function_takes_any_range();
    what_is_refused_is_as_it_was();
    a_matrix_without_columns();
    elements_of_the_programs_own();
    return finish();
}
