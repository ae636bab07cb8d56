/*
 * tally/statistics.hpp - dot products and statistics of arrays of doubles
 */
#ifndef TALLY_STATISTICS_HPP
#define TALLY_STATISTICS_HPP

#include "moments.hpp"

namespace tally {

/* The mean of values. */
template <class Values = detail::list, class = detail::if_doubles<Values>>
double mean(const Values &values) {
    return detail::result<double>(::tally_mean_f64, std::data(values),
                                  detail::count_of(values));
}
/* mean() */
template <class Values = detail::list, class = detail::if_doubles<Values>>
[[nodiscard]] status try_mean(const Values &values, double &mean) noexcept {
    return ::tally_mean_f64(std::data(values), detail::count_of(values), &mean);
}

/* The variance of values; ddof is taken off their count. */
template <class Values = detail::list, class = detail::if_doubles<Values>>
double variance(const Values &values, std::size_t ddof) {
    return detail::result<double>(::tally_variance_f64, std::data(values),
                                  detail::count_of(values), ddof);
}
/* variance() */
template <class Values = detail::list, class = detail::if_doubles<Values>>
[[nodiscard]] status try_variance(const Values &values, std::size_t ddof,
                                  double &variance) noexcept {
    return ::tally_variance_f64(std::data(values), detail::count_of(values),
                                ddof, &variance);
}

/* The square root of the variance. */
template <class Values = detail::list, class = detail::if_doubles<Values>>
double standard_deviation(const Values &values, std::size_t ddof) {
    return detail::result<double>(::tally_standard_deviation_f64,
                                  std::data(values), detail::count_of(values),
                                  ddof);
}
/* standard_deviation() */
template <class Values = detail::list, class = detail::if_doubles<Values>>
[[nodiscard]] status try_standard_deviation(const Values &values,
                                            std::size_t ddof,
                                            double &deviation) noexcept {
    return ::tally_standard_deviation_f64(
        std::data(values), detail::count_of(values), ddof, &deviation);
}

/* The Euclidean norm of values. */
template <class Values = detail::list, class = detail::if_doubles<Values>>
double norm(const Values &values) {
    return detail::result<double>(::tally_norm_f64, std::data(values),
                                  detail::count_of(values));
}
/* norm() */
template <class Values = detail::list, class = detail::if_doubles<Values>>
[[nodiscard]] status try_norm(const Values &values, double &norm) noexcept {
    return ::tally_norm_f64(std::data(values), detail::count_of(values), &norm);
}

/* The sum of the products of pairs. */
template <class X = detail::list, class Y = detail::list,
          class = detail::if_both_doubles<X, Y>>
double dot(const X &x, const Y &y) {
    const auto count = detail::pairs_of("tally::dot", x, y);
    return detail::result<double>(::tally_dot_f64, std::data(x), std::data(y),
                                  count);
}
/* dot() of count pairs. */
[[nodiscard]] inline status try_dot(const double *x, const double *y,
                                    std::size_t count, double &total) noexcept {
    return ::tally_dot_f64(x, y, count, &total);
}

/*
 * dot() of long arrays, by up to so many threads at once; 0 is one for each
 * processor.
 */
template <class X, class Y, class = detail::if_both_doubles<X, Y>>
double dot_parallel(const X &x, const Y &y, std::size_t threads = 0) {
    const auto count = detail::pairs_of("tally::dot_parallel", x, y);
    return detail::result<double>(::tally_dot_f64_parallel, std::data(x),
                                  std::data(y), count, threads);
}

/* The mean of values that count as much as their weights say. */
template <class X = detail::list, class Y = detail::list,
          class = detail::if_both_doubles<X, Y>>
double weighted_mean(const X &x, const Y &y) {
    const auto count = detail::pairs_of("tally::weighted_mean", x, y);
    return detail::result<double>(::tally_weighted_mean_f64, std::data(x),
                                  std::data(y), count);
}
/* weighted_mean() of count pairs. */
[[nodiscard]] inline status try_weighted_mean(const double *x, const double *y,
                                              std::size_t count,
                                              double &mean) noexcept {
    return ::tally_weighted_mean_f64(x, y, count, &mean);
}

/* The covariance of pairs; ddof is taken off their count. */
template <class X = detail::list, class Y = detail::list,
          class = detail::if_both_doubles<X, Y>>
double covariance(const X &x, const Y &y, std::size_t ddof) {
    const auto count = detail::pairs_of("tally::covariance", x, y);
    return detail::result<double>(::tally_covariance_f64, std::data(x),
                                  std::data(y), count, ddof);
}
/* covariance() of count pairs. */
[[nodiscard]] inline status try_covariance(const double *x, const double *y,
                                           std::size_t count, std::size_t ddof,
                                           double &covariance) noexcept {
    return ::tally_covariance_f64(x, y, count, ddof, &covariance);
}

/* The correlation coefficient of pairs. */
template <class X = detail::list, class Y = detail::list,
          class = detail::if_both_doubles<X, Y>>
double correlation(const X &x, const Y &y) {
    const auto count = detail::pairs_of("tally::correlation", x, y);
    return detail::result<double>(::tally_correlation_f64, std::data(x),
                                  std::data(y), count);
}
/* correlation() of count pairs. */
[[nodiscard]] inline status try_correlation(const double *x, const double *y,
                                            std::size_t count,
                                            double &correlation) noexcept {
    return ::tally_correlation_f64(x, y, count, &correlation);
}

} // namespace tally

#endif /* TALLY_STATISTICS_HPP */
