/*
 * The C++ header, columns: of containers, members, strides and masks. The
 * expected numbers are worked out by hand.
 */
#include "tally.hpp"

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#if __cplusplus >= 202002L
#include <span>
#endif

#include "throws.hpp"

namespace {

struct sale {
    char product;
    float price;
    std::int16_t pieces;
};
const std::vector<sale> sales = {{'a', 1.5F, 2}, {'b', 2.5F, 4}, {'c', 5, 1}};

void containers_of_any_type_are_columns() {
    const std::array<std::int8_t, 3> bytes = {-128, 127, 4};
    CHECK_INT(tally::column(bytes).sum_i64(), 3);
    CHECK_DOUBLE(tally::column(bytes).mean(), 1);
    const unsigned short words[] = {65535, 65535, 65534};
    CHECK_DOUBLE(tally::column(words).sum(), 196604);
    const bool truths[] = {true, false, true, true};
    CHECK_DOUBLE(tally::column(truths).mean(), 0.75);
    const unsigned long half = ~0UL / 2 + 1;
    const std::vector<unsigned long> large = {half, half};
    CHECK_DOUBLE(tally::column(large).mean(), static_cast<double>(half));
    const std::uint16_t halves[] = {0x3c00, 0xc000};
    CHECK_DOUBLE(tally::column(TALLY_F16, halves, 2, 2).sum(), -1);
    const std::vector<double> doubles = {1, 2, 3, 4};
    CHECK_DOUBLE(tally::column(doubles.data(), 2).sum(), 3);
    CHECK_DOUBLE(tally::column(doubles.data() + 1, 2, 16).sum(), 6);
    const auto listed = {1.5, 2.5};
    CHECK_DOUBLE(tally::column(listed).sum(), 4);
    const std::array<float, 0> none = {};
    CHECK_DOUBLE(tally::column(none).sum(), 0);
#if __cplusplus >= 202002L
    CHECK_DOUBLE(tally::column(std::span(words).first(2)).sum(), 131070);
    CHECK_DOUBLE(tally::column(std::span(doubles)).sum(), 10);
    std::array<int, 3> three = {4, 5, 6};
    CHECK_DOUBLE(tally::column(std::span<int, 3>(three)).sum(), 15);
    CHECK_DOUBLE(tally::column(std::span(sales), &sale::price).sum(), 9);
#endif
    /* What is more than a column is still one. */
    struct named : tally::column {
        const char *name = "";
    } named;
    CHECK_DOUBLE(tally::column(named).sum(), 0);
}

void members_and_strides_are_columns() {
    const tally::column prices(sales, &sale::price);
    const tally::column pieces(sales, &sale::pieces);
    CHECK_DOUBLE(prices.sum(), 9);
    CHECK_DOUBLE(prices.dot(pieces), 18);
    CHECK_DOUBLE(prices.weighted_mean(pieces), 18.0 / 7);
    /* As often as there are pieces. */
    const double distances[] = {1.5, 1.5, 2.5, 2.5, 2.5, 2.5, 5};
    CHECK_DOUBLE(prices.weighted_variance(pieces, 1),
                 tally::variance(distances, 1));
    const double numbers[] = {1, 2, 3, 4, 5, 6};
    CHECK_DOUBLE(tally::column(numbers, 3, 16).sum(), 9);
    CHECK_DOUBLE(tally::column(numbers + 5, 3, -16).sum(), 12);
    const std::vector<sale> none;
    CHECK_DOUBLE(tally::column(none, &sale::price).sum(), 0);
    /* A member of a base is as far from the next one. */
    struct dated : sale {
        long day;
    };
    const dated days[] = {{{'a', 1.5F, 2}, 7}, {{'b', 2.5F, 4}, 8}};
    CHECK_DOUBLE(tally::column(days, &sale::price).sum(), 4);
    CHECK_DOUBLE(tally::column(days, &dated::day).sum(), 15);
}

/* Whether a column is made of one that is passed so. */
template <class... Arguments>
constexpr bool makes_a_column =
    std::is_constructible_v<tally::column, Arguments...>;

/* Temporaries that own their elements make none: these would be gone. */
void only_what_lives_is_a_column() {
    using doubles = std::vector<double>;
    static_assert(makes_a_column<doubles &> && makes_a_column<const doubles &>);
    static_assert(!makes_a_column<doubles> && !makes_a_column<const doubles>);
    static_assert(!makes_a_column<std::array<int, 2>>);
    static_assert(!makes_a_column<int(&&)[2]> && makes_a_column<int(&)[2]>);
    static_assert(!makes_a_column<std::initializer_list<double>>);
    static_assert(!makes_a_column<std::string>);
    static_assert(makes_a_column<std::string_view>);
    static_assert(!makes_a_column<tally::array<double>::view>);
    static_assert(makes_a_column<const tally::array<double>::view &>);
    using objects = std::vector<sale>;
    using member = float sale::*;
    static_assert(makes_a_column<const objects &, member>);
    static_assert(!makes_a_column<objects, member>);
    static_assert(makes_a_column<tally::column> &&
                  makes_a_column<tally_column>);
    static_assert(makes_a_column<const tally_column &>);
    /* A view of elements that can be changed, though it is const. */
    struct span {
        int *first;
        int *data() const {
            return first;
        }
        std::size_t size() const {
            return 2;
        }
    };
#ifndef __cpp_lib_ranges
    static_assert(makes_a_column<span>);
#else
    static_assert(!makes_a_column<span> && makes_a_column<span &>);
    static_assert(makes_a_column<std::span<const int>>);
    static_assert(makes_a_column<std::span<const sale>, member>);
#endif
}

void elements_are_skipped() {
    const double nan = std::nan("");
    const std::vector<double> values = {1, nan, 3, 8}, others = {2, 3, 4, nan};
    const std::uint8_t bits[] = {0x5c}, bytes[] = {1, 1, 0, 1};
    const tally::column column(values);
    CHECK(std::isnan(column.sum()));
    CHECK_DOUBLE(column.skip_nan().sum(), 12);
    CHECK_SIZE(column.skip_nan().count(), 3);
    CHECK_SIZE(column.skip_nan().skipped(), 1);
    /* Bits 2 to 5 are 1, 1, 1, 0, bits 3 to 6 are 1, 1, 0, 1. */
    CHECK_DOUBLE(column.skip_nan().with_bits(bits, 2).sum(), 4);
    CHECK_DOUBLE(column.skip_nan().with_bits(bits, 3).sum(), 9);
    CHECK_DOUBLE(column.skip_nan().with_bytes(bytes).sum(), 9);
    CHECK_DOUBLE(column.skip_nan().dot(tally::column(others).skip_nan()), 14);
}

void lines_are_fitted() {
    const std::vector<int> x = {1, 2, 4}, y = {5, 7, 11};
    const tally::line fit = tally::column(x).linear_fit(tally::column(y));
    CHECK_DOUBLE(fit.slope, 2);
    CHECK_DOUBLE(fit.intercept, 3);
    CHECK_DOUBLE(fit.r_squared, 1);
    CHECK_DOUBLE(tally::column(x).correlation(tally::column(y)), 1);
    CHECK_DOUBLE(tally::column(x).covariance(tally::column(y), 0), 28.0 / 9);
    CHECK_DOUBLE(tally::column(x).variance(0), 14.0 / 9);
    CHECK_DOUBLE(tally::column(x).standard_deviation(0), std::sqrt(14.0) / 3);
    CHECK_DOUBLE(tally::column(x).norm(), std::sqrt(21.0));
}

void states_take_columns() {
    const tally::column prices(sales, &sale::price);
    const tally::column pieces(sales, &sale::pieces);
    tally::accumulator sum;
    CHECK_DOUBLE(sum.add(prices).add(0.5).value(), 9.5);
    CHECK_DOUBLE(sum.subtract(prices).value(), 0.5);
    tally::moments moments;
    CHECK_DOUBLE(moments.add(pieces).mean(), 7.0 / 3);
    CHECK_INT(moments.subtract(pieces).count(), 0);
    tally::product_accumulator products;
    CHECK_DOUBLE(products.add(prices, pieces).value(), 18);
    CHECK_INT(products.subtract(prices, pieces).count(), 0);
    tally::decimal decimal;
    CHECK_TEXT(decimal.add_scaled(pieces, 2).text().c_str(), "0.07");
    CHECK_INT(decimal.subtract_scaled(pieces, 2).count(), 0);
}

void failures() {
    const tally::column prices(sales, &sale::price);
    const tally::column none;
    CHECK_THROWS(none.mean(), TALLY_INVALID, "tally_column_mean", "");
    CHECK_THROWS(prices.sum_i64(), TALLY_INVALID, "tally_column_sum_i64",
                 "integer");
    CHECK_THROWS(prices.dot(none), TALLY_INVALID, "tally_column_dot",
                 "elements");
    double result = 7;
    CHECK_REFUSED(prices.try_variance(3, result), TALLY_INVALID,
                  "tally_column_variance");
    CHECK_DOUBLE(result, 7);
    CHECK_OK(prices.try_mean(result));
    CHECK_DOUBLE(result, 3);
}

void rows_have_results_of_their_own() {
    std::vector<double> values = {1, 1e300, -1e300, 4};
    const tally::column column(values);
    double results[4] = {};
    tally::rolling(column, 2, 1, TALLY_SUM, results);
    CHECK_DOUBLE(results[2], 0);
    CHECK_DOUBLE(results[3], -1e300);
    tally::rolling_parallel(column, 1, 1, TALLY_MEAN, results);
    CHECK_DOUBLE(results[3], 4);
    const int halves[] = {2, 4, 8, 10};
    const int ones[] = {1, 2, 4, 5};
    tally::rolling_covariance(tally::column(halves), tally::column(ones), 2, 2,
                              results, 1);
    CHECK_DOUBLE(results[1], 1);
    tally::rolling_correlation(tally::column(halves), tally::column(ones), 3, 2,
                               results);
    CHECK_DOUBLE(results[3], 1);
    tally::cumulative_sum(column, values);
    CHECK_DOUBLE(values[2], 1);
    CHECK_DOUBLE(values[3], 5);
    std::vector<std::int64_t> totals(4);
    tally::cumulative_sum_i64(tally::column(halves), totals);
    CHECK_INT(totals[3], 24);
    const std::uint64_t large[] = {7, UINT64_MAX};
    std::size_t done = 0;
    totals.resize(2);
    CHECK_INT(tally::try_cumulative_sum_i64(tally::column(large), totals, done),
              TALLY_OVERFLOW);
    CHECK_INT(done, 1);
    const float pixels[2][3] = {{1, 2, 3}, {4, 5, 9}};
    std::vector<double> means(3);
    tally::axis(tally::column(pixels[0]), 2, sizeof *pixels, 0, TALLY_MEAN,
                means);
    CHECK_DOUBLE(means[2], 6);
    means.resize(2);
    tally::axis_parallel(tally::column(pixels[0]), 2, sizeof *pixels, 1,
                         TALLY_MEAN, means);
    CHECK_DOUBLE(means[1], 6);
    /* Room for another number of results. */
    const auto is_refused = [](tally::status outcome, const char *message) {
        CHECK_INT(outcome, TALLY_INVALID);
        CHECK_TEXT(tally_last_message(), message);
    };
    is_refused(tally::try_rolling(column, 2, 1, TALLY_SUM, means),
               "results has length 2, but needs 4");
    is_refused(tally::try_cumulative_sum(column, means),
               "results has length 2, but needs 4");
    is_refused(tally::try_rolling_correlation(column, column, 2, 1, means),
               "results has length 2, but needs 4");
    const tally::column row(pixels[0]);
    is_refused(tally::try_axis(row, 2, sizeof *pixels, 0, TALLY_MEAN, means),
               "results has length 2, but needs 3");
    is_refused(tally::try_axis_parallel(row, 4, 0, 1, TALLY_MEAN, means),
               "results has length 2, but needs 4");
    is_refused(
        tally::try_cumulative_sum_i64(tally::column(halves), totals, done),
        "results has length 2, but needs 4");
    CHECK_INT(done, 1);
    is_refused(tally::try_axis(row, 2, sizeof *pixels, 2, TALLY_MEAN, means),
               "axis is 2, neither 0 nor 1");
    CHECK_THROWS(tally::cumulative_sum(column, means), TALLY_INVALID,
                 "tally_check_length", "results has length 2, but needs 4");
}

void groups_have_results_of_their_own() {
    const std::vector<double> prices = {0.1, 1e100, 0.2, 1.0, -1e100};
    const std::vector<std::uint8_t> shops = {0, 2, 0, 2, 2};
    const tally::column values(prices), groups(shops);
    std::array<double, 3> totals{};
    tally::group(values, groups, TALLY_SUM, totals);
    CHECK_DOUBLE(totals[0], 0.30000000000000004);
    CHECK_DOUBLE(totals[1], 0);
    CHECK_DOUBLE(totals[2], 1);
    tally::group_parallel(values, groups, TALLY_COUNT, totals);
    CHECK_DOUBLE(totals[2], 3);
    const std::vector<double> means =
        tally::group(values, groups, 3, TALLY_MEAN);
    CHECK_DOUBLE(means[2], 1.0 / 3);
    CHECK(std::isnan(means[1]));
    const std::int64_t large[] = {INT64_MAX, 5, 1, 7, -7};
    std::vector<std::int64_t> sums(3);
    std::size_t overflowed = 0;
    CHECK_INT(tally::try_group_sum_i64(tally::column(large), groups, sums,
                                       overflowed),
              TALLY_OVERFLOW);
    CHECK_SIZE(overflowed, 1);
    CHECK_INT(sums[2], 5);
    CHECK_THROWS(tally::group_sum_i64(tally::column(large), groups, sums),
                 TALLY_OVERFLOW, "tally_group_sum_i64", "of 1 groups");
    tally::group_sum_i64_parallel(groups, groups, sums);
    CHECK_INT(sums[2], 6);
    double two[2];
    CHECK_THROWS(tally::group(values, groups, TALLY_SUM, two), TALLY_INVALID,
                 "tally_group", "row 1");
#if __cplusplus >= 202002L
    tally::group(values, groups, TALLY_SUM, std::span(totals));
#endif
}

} // namespace

int main() {
    containers_of_any_type_are_columns();
    members_and_strides_are_columns();
    only_what_lives_is_a_column();
    elements_are_skipped();
    lines_are_fitted();
    states_take_columns();
    groups_have_results_of_their_own();
    rows_have_results_of_their_own();
    failures();
    return finish();
}
