/*
 * The C++ header, dot products and statistics: one call, and in progress. The
 * expected numbers are worked out by hand.
 */
#include "tally.hpp"

#include <array>
#include <cfloat>
#include <cmath>
#if __cplusplus >= 202002L
#include <span>
#endif

#include "throws.hpp"

namespace {

/* Their mean is 5, the squares of the distances add up to 32. */
const std::vector<double> eight = {2, 4, 4, 4, 5, 5, 7, 9};
const std::array<double, 3> x = {1, 2, 3}, y = {2, 4, 9};

void one_call_gives_each_statistic() {
    CHECK_DOUBLE(tally::dot({1e200, 1.5, 1e200}, {1e200, 2.0, -1e200}), 3);
    CHECK_DOUBLE(tally::dot(x, y), 37);
    CHECK_DOUBLE(tally::dot_parallel(x, y, 2), 37);
    CHECK_DOUBLE(tally::mean(eight), 5);
    CHECK_DOUBLE(tally::variance(eight, 0), 4);
    CHECK_DOUBLE(tally::variance({1, 2}, 1), 0.5);
    CHECK_DOUBLE(tally::standard_deviation(eight, 0), 2);
    CHECK_DOUBLE(tally::norm({3e300, 4e300}), 5e300);
    CHECK_DOUBLE(tally::weighted_mean(x, {1.0, 0.0, 3.0}), 2.5);
    /* Means 2 and 5; the products of the distances are 3, 0 and 4. */
    CHECK_DOUBLE(tally::covariance(x, y, 1), 3.5);
    CHECK_DOUBLE(tally::correlation(x, {-2.0, -4.0, -6.0}), -1);
#if __cplusplus >= 202002L
    CHECK_DOUBLE(tally::dot(std::span(x), std::span(y).first<3>()), 37);
#endif

    CHECK_THROWS(tally::mean({}), TALLY_INVALID, "tally_mean_f64", "");
    CHECK_THROWS(tally::variance({1.0}, 1), TALLY_INVALID, "tally_variance_f64",
                 "");
    CHECK_THROWS(tally::dot(x, eight), TALLY_INVALID, "tally::dot",
                 "y has length 8, but needs 3");
    CHECK_THROWS(tally::correlation(x, {1.0, 1.0, 1.0}), TALLY_INVALID,
                 "tally_correlation_f64", "");

    double result = 42;
    static_assert(noexcept(tally::try_mean(eight, result)));
    CHECK_REFUSED(tally::try_mean({}, result), TALLY_INVALID, "tally_mean_f64");
    CHECK_REFUSED(tally::try_dot(nullptr, y.data(), 3, result), TALLY_NULL,
                  "tally_dot_f64");
    CHECK_DOUBLE(result, 42);
    CHECK_OK(tally::try_mean(eight, result));
    CHECK_DOUBLE(result, 5);
    CHECK_OK(tally::try_variance(eight, 0, result));
    CHECK_DOUBLE(result, 4);
    CHECK_OK(tally::try_standard_deviation(eight, 0, result));
    CHECK_DOUBLE(result, 2);
    CHECK_OK(tally::try_norm({3, 4}, result));
    CHECK_DOUBLE(result, 5);
    CHECK_OK(tally::try_dot(x.data(), y.data(), 3, result));
    CHECK_DOUBLE(result, 37);
    CHECK_OK(tally::try_weighted_mean(x.data(), x.data(), 3, result));
    CHECK_DOUBLE(result, 14.0 / 6);
    CHECK_OK(tally::try_covariance(x.data(), y.data(), 3, 1, result));
    CHECK_DOUBLE(result, 3.5);
    CHECK_OK(tally::try_correlation(x.data(), x.data(), 3, result));
    CHECK_DOUBLE(result, 1);
}

void products_are_added_and_taken_out() {
    tally::product_accumulator dot;
    dot.add(x, y).add(1e300, 1e300).add(x.data(), y.data(), 2);
    dot.subtract(1e300, 1e300).subtract(x.data(), y.data(), 1);
    CHECK_DOUBLE(dot.value(), 45);
    CHECK_INT(dot.value<std::int64_t>(), 45);
    CHECK_INT(dot.count(), 4);
    CHECK_TEXT(dot.text(2).c_str(), "45.00");
    CHECK_DOUBLE(dot.mean(), 11.25);
    CHECK_DOUBLE(dot.error_ulps(45), 0);
    dot.subtract(x, y);
    CHECK(dot == tally::product_accumulator().add(2, 4));
    dot += dot;
    CHECK_DOUBLE(dot.value(), 16);
    CHECK(tally::product_accumulator::load(dot.save()) == dot);
    dot.unmerge(dot);
    CHECK(dot == tally::product_accumulator());

    CHECK_THROWS(dot.add(x, eight), TALLY_INVALID,
                 "tally::product_accumulator::add", "length");
    CHECK_THROWS(dot.subtract(x, eight), TALLY_INVALID,
                 "tally::product_accumulator::subtract", "length");
    CHECK_THROWS(dot.mean(), TALLY_INVALID,
                 "tally_product_accumulator_mean_f64", "");

    double result = 42;
    std::int64_t whole = 42;
    static_assert(noexcept(dot.try_add(1, 1)));
    CHECK_OK(dot.try_add(x.data(), y.data(), 3));
    CHECK_OK(dot.try_add(0.5, 1.0));
    CHECK_REFUSED(dot.try_value(whole), TALLY_INVALID,
                  "tally_product_accumulator_value_i64");
    CHECK_INT(whole, 42);
    CHECK_OK(dot.try_subtract(0.5, 1.0));
    CHECK_OK(dot.try_value(whole));
    CHECK_INT(whole, 37);
    CHECK_OK(dot.try_subtract(x.data(), y.data(), 1));
    CHECK_OK(dot.try_value(result));
    CHECK_DOUBLE(result, 35);
    CHECK_OK(dot.try_mean(result));
    CHECK_DOUBLE(result, 17.5);
    CHECK_OK(dot.try_error_ulps(35, result));
    CHECK_DOUBLE(result, 0);
    /* Weights 4 and 9 for 2 and 3. */
    const auto weights = tally::accumulator().add({4, 9});
    CHECK_DOUBLE(dot.weighted_mean(weights), 35.0 / 13);
    CHECK_OK(dot.try_weighted_mean(weights, result));
    CHECK_DOUBLE(result, 35.0 / 13);
}

void moments_are_added_and_taken_out() {
    tally::moments first, second;
    first.add(eight).add(1e15);
    first -= 1e15;
    CHECK_DOUBLE(first.mean(), 5);
    CHECK_DOUBLE(first.variance(0), 4);
    CHECK_DOUBLE(first.standard_deviation(0), 2);
    CHECK_DOUBLE(first.sum(), 40);
    CHECK_DOUBLE(first.norm(), std::sqrt(232.0));
    CHECK_INT(first.count(), 8);
    second.add(std::vector<float>{2, 4}).add(std::vector<int>{4, 4});
    second.add(INT64_C(5)).add(UINT64_C(5)).add({7, 9});
    CHECK(first == second);
    second.add(7u).add(true).subtract(true);
    second += static_cast<short>(-7);
    second -= static_cast<short>(-7);
    CHECK_OK(second.try_subtract(7u));
    CHECK(first == second);
    second.subtract(std::vector<int>{4, 4});
    CHECK_INT(second.count(), 6);
    CHECK(tally::moments::load(second.save()) == second);
    CHECK_THROWS(tally::moments().mean(), TALLY_INVALID,
                 "tally_moments_mean_f64", "");

    double result = 42;
    CHECK_REFUSED(tally::moments().try_variance(0, result), TALLY_INVALID,
                  "tally_moments_variance_f64");
    CHECK_DOUBLE(result, 42);
    CHECK_OK(first.try_variance(0, result));
    CHECK_DOUBLE(result, 4);
    CHECK_OK(first.try_standard_deviation(0, result));
    CHECK_DOUBLE(result, 2);
    CHECK_OK(first.try_mean(result));
    CHECK_DOUBLE(result, 5);
    CHECK_OK(first.try_sum(result));
    CHECK_DOUBLE(result, 40);
    CHECK_OK(first.try_norm(result));
    CHECK_DOUBLE(result, std::sqrt(232.0));

    const auto of_x = tally::moments().add(x), of_y = tally::moments().add(y);
    const auto products = tally::product_accumulator().add(x, y);
    CHECK_DOUBLE(tally::covariance(of_x, of_y, products, 1), 3.5);
    CHECK_DOUBLE(
        tally::correlation(of_x, of_x, tally::product_accumulator().add(x, x)),
        1);
    CHECK_OK(tally::try_covariance(of_x, of_y, products, 1, result));
    CHECK_DOUBLE(result, 3.5);
    CHECK_OK(tally::try_correlation(of_x, of_y, products, result));
    CHECK_DOUBLE(result, tally::correlation(x, y));
    CHECK_THROWS(tally::covariance(of_x, first, products, 1), TALLY_INVALID,
                 "tally_moments_covariance_f64", "");
}

} // namespace

int main() {
    one_call_gives_each_statistic();
    products_are_added_and_taken_out();
    moments_are_added_and_taken_out();
    return finish();
}
