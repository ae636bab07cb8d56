/*
 * tally/statistics.hpp - dot products and statistics of arrays of doubles
 *
 * Each takes a container, or a pointer and a count.
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_STATISTICS_HPP
#define TALLY_STATISTICS_HPP

#include "moments.hpp"

#include <cstddef>
#include <iterator>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

/* Rejects containers of other elements than double, with an error that says
 * what takes them. */
template <class Values> struct doubles {
    static_assert(std::is_same_v<element_of<const Values>, double>,
                  "tally: statistics of containers take doubles; for other "
                  "types make columns: tally::column(values).mean()");
    using type = void;
};
template <class... Values>
using need_doubles = std::void_t<typename doubles<Values>::type...>;

} // namespace detail

#if TALLY_EXCEPTIONS
/* The mean of values. */
[[nodiscard]] inline double mean(const double *values, std::size_t count) {
    return detail::result<double>(::tally_mean_f64, values, count);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] double mean(const Values &values) {
    return tally::mean(std::data(values), detail::count_of(values));
}

/* The variance of values; the divisor is their count less ddof. */
[[nodiscard]] inline double variance(const double *values, std::size_t count,
                                     std::size_t ddof) {
    return detail::result<double>(::tally_variance_f64, values, count, ddof);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] double variance(const Values &values, std::size_t ddof) {
    return tally::variance(std::data(values), detail::count_of(values), ddof);
}

/* The square root of the variance. */
[[nodiscard]] inline double
standard_deviation(const double *values, std::size_t count, std::size_t ddof) {
    return detail::result<double>(::tally_standard_deviation_f64, values, count,
                                  ddof);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] double standard_deviation(const Values &values,
                                        std::size_t ddof) {
    return tally::standard_deviation(std::data(values),
                                     detail::count_of(values), ddof);
}

/* The Euclidean norm of values. */
[[nodiscard]] inline double norm(const double *values, std::size_t count) {
    return detail::result<double>(::tally_norm_f64, values, count);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] double norm(const Values &values) {
    return tally::norm(std::data(values), detail::count_of(values));
}

/* The dot product: the sum of the products of pairs. */
[[nodiscard]] inline double dot(const double *x, const double *y,
                                std::size_t count) {
    return detail::result<double>(::tally_dot_f64, x, y, count);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] double dot(const X &x, const Y &y) {
    const auto count = detail::pairs_of("tally::dot", x, y);
    return tally::dot(std::data(x), std::data(y), count);
}

/*
 * dot() of long arrays, on up to this many threads; 0: one for each processor.
 */
[[nodiscard]] inline double dot_parallel(const double *x, const double *y,
                                         std::size_t count,
                                         std::size_t threads) {
    return detail::result<double>(::tally_dot_f64_parallel, x, y, count,
                                  threads);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] double dot_parallel(const X &x, const Y &y,
                                  std::size_t threads = 0) {
    const auto count = detail::pairs_of("tally::dot_parallel", x, y);
    return tally::dot_parallel(std::data(x), std::data(y), count, threads);
}

/* The weighted mean of values x with weights y. */
[[nodiscard]] inline double weighted_mean(const double *x, const double *y,
                                          std::size_t count) {
    return detail::result<double>(::tally_weighted_mean_f64, x, y, count);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] double weighted_mean(const X &x, const Y &y) {
    const auto count = detail::pairs_of("tally::weighted_mean", x, y);
    return tally::weighted_mean(std::data(x), std::data(y), count);
}

/* The covariance of pairs; the divisor is their count less ddof. */
[[nodiscard]] inline double covariance(const double *x, const double *y,
                                       std::size_t count, std::size_t ddof) {
    return detail::result<double>(::tally_covariance_f64, x, y, count, ddof);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] double covariance(const X &x, const Y &y, std::size_t ddof) {
    const auto count = detail::pairs_of("tally::covariance", x, y);
    return tally::covariance(std::data(x), std::data(y), count, ddof);
}

/* The correlation coefficient of pairs. */
[[nodiscard]] inline double correlation(const double *x, const double *y,
                                        std::size_t count) {
    return detail::result<double>(::tally_correlation_f64, x, y, count);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] double correlation(const X &x, const Y &y) {
    const auto count = detail::pairs_of("tally::correlation", x, y);
    return tally::correlation(std::data(x), std::data(y), count);
}
#endif

/* mean() */
[[nodiscard]] inline status try_mean(const double *values, std::size_t count,
                                     double &mean) noexcept {
    return ::tally_mean_f64(values, count, &mean);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] status try_mean(const Values &values, double &mean) noexcept {
    return tally::try_mean(std::data(values), detail::count_of(values), mean);
}

/* variance() */
[[nodiscard]] inline status try_variance(const double *values,
                                         std::size_t count, std::size_t ddof,
                                         double &variance) noexcept {
    return ::tally_variance_f64(values, count, ddof, &variance);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] status try_variance(const Values &values, std::size_t ddof,
                                  double &variance) noexcept {
    return tally::try_variance(std::data(values), detail::count_of(values),
                               ddof, variance);
}

/* standard_deviation() */
[[nodiscard]] inline status try_standard_deviation(const double *values,
                                                   std::size_t count,
                                                   std::size_t ddof,
                                                   double &deviation) noexcept {
    return ::tally_standard_deviation_f64(values, count, ddof, &deviation);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] status try_standard_deviation(const Values &values,
                                            std::size_t ddof,
                                            double &deviation) noexcept {
    return tally::try_standard_deviation(
        std::data(values), detail::count_of(values), ddof, deviation);
}

/* norm() */
[[nodiscard]] inline status try_norm(const double *values, std::size_t count,
                                     double &norm) noexcept {
    return ::tally_norm_f64(values, count, &norm);
}
template <class Values = detail::list, class = detail::need_doubles<Values>>
[[nodiscard]] status try_norm(const Values &values, double &norm) noexcept {
    return tally::try_norm(std::data(values), detail::count_of(values), norm);
}

/* dot() */
[[nodiscard]] inline status try_dot(const double *x, const double *y,
                                    std::size_t count, double &total) noexcept {
    return ::tally_dot_f64(x, y, count, &total);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] status try_dot(const X &x, const Y &y, double &total) noexcept {
    const status lengths = detail::check_pairs(x, y);
    if (lengths != TALLY_OK)
        return lengths;
    return tally::try_dot(std::data(x), std::data(y), detail::count_of(x),
                          total);
}

/* dot_parallel() */
[[nodiscard]] inline status try_dot_parallel(const double *x, const double *y,
                                             std::size_t count,
                                             std::size_t threads,
                                             double &total) noexcept {
    return ::tally_dot_f64_parallel(x, y, count, threads, &total);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] status try_dot_parallel(const X &x, const Y &y,
                                      std::size_t threads,
                                      double &total) noexcept {
    const status lengths = detail::check_pairs(x, y);
    if (lengths != TALLY_OK)
        return lengths;
    return tally::try_dot_parallel(std::data(x), std::data(y),
                                   detail::count_of(x), threads, total);
}

/* weighted_mean() */
[[nodiscard]] inline status try_weighted_mean(const double *x, const double *y,
                                              std::size_t count,
                                              double &mean) noexcept {
    return ::tally_weighted_mean_f64(x, y, count, &mean);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] status try_weighted_mean(const X &x, const Y &y,
                                       double &mean) noexcept {
    const status lengths = detail::check_pairs(x, y);
    if (lengths != TALLY_OK)
        return lengths;
    return tally::try_weighted_mean(std::data(x), std::data(y),
                                    detail::count_of(x), mean);
}

/* covariance() */
[[nodiscard]] inline status try_covariance(const double *x, const double *y,
                                           std::size_t count, std::size_t ddof,
                                           double &covariance) noexcept {
    return ::tally_covariance_f64(x, y, count, ddof, &covariance);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] status try_covariance(const X &x, const Y &y, std::size_t ddof,
                                    double &covariance) noexcept {
    const status lengths = detail::check_pairs(x, y);
    if (lengths != TALLY_OK)
        return lengths;
    return tally::try_covariance(std::data(x), std::data(y),
                                 detail::count_of(x), ddof, covariance);
}

/* correlation() */
[[nodiscard]] inline status try_correlation(const double *x, const double *y,
                                            std::size_t count,
                                            double &correlation) noexcept {
    return ::tally_correlation_f64(x, y, count, &correlation);
}
template <class X = detail::list, class Y = detail::list,
          class = detail::need_doubles<X, Y>>
[[nodiscard]] status try_correlation(const X &x, const Y &y,
                                     double &correlation) noexcept {
    const status lengths = detail::check_pairs(x, y);
    if (lengths != TALLY_OK)
        return lengths;
    return tally::try_correlation(std::data(x), std::data(y),
                                  detail::count_of(x), correlation);
}

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_STATISTICS_HPP */
