/* tally/moments.hpp - running means, variances and related statistics */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_MOMENTS_HPP
#define TALLY_MOMENTS_HPP

#include "products.hpp"

#include <cstddef>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

struct moments_functions {
    template <class T> static constexpr auto add = number<T>::moments_add;
    template <class T>
    static constexpr auto subtract = number<T>::moments_subtract;
    static constexpr auto add_column = ::tally_moments_add;
    static constexpr auto subtract_column = ::tally_moments_subtract;
    static constexpr auto add_one = ::tally_moments_add_one_f64;
    static constexpr auto subtract_one = ::tally_moments_subtract_one_f64;
    static constexpr auto add_text = ::tally_moments_add_text;
    static constexpr auto add_arrow = ::tally_moments_add_arrow;
    static constexpr auto add_arrow_stream = ::tally_moments_add_arrow_stream;
    static constexpr auto merge = ::tally_moments_merge;
    static constexpr auto unmerge = ::tally_moments_unmerge;
    static constexpr auto fail = ::tally_moments_fail;
    static constexpr auto count = ::tally_moments_count;
    static constexpr auto special_counts = ::tally_moments_special_counts;
    static constexpr auto save = ::tally_moments_save;
    static constexpr auto load = ::tally_moments_load;
    static constexpr std::size_t saved_max = TALLY_MOMENTS_SAVED_MAX;
};

} // namespace detail

/*
 * Exact sums of values and of their squares: a plain value, like accumulator.
 * ddof is subtracted from the count in the divisor: 0 for a whole population, 1
 * for a sample. The members for adding, subtracting, merging and saving are in
 * state.hpp and arrow.hpp.
 */
class moments
    : public detail::arrow_state<moments,
                                 detail::sum_state<moments, ::tally_moments,
                                                   detail::moments_functions>,
                                 detail::moments_functions> {
  public:
    using arrow_state::arrow_state;

#if TALLY_EXCEPTIONS
    /* The sum. */
    [[nodiscard]] double sum() const {
        return detail::result<double>(::tally_moments_sum_f64, get());
    }
    /* The mean. Throws if there are no values. */
    [[nodiscard]] double mean() const {
        return detail::result<double>(::tally_moments_mean_f64, get());
    }
    /* The variance. Throws unless there are more than ddof values. */
    [[nodiscard]] double variance(std::size_t ddof) const {
        return detail::result<double>(::tally_moments_variance_f64, get(),
                                      ddof);
    }
    /* The square root of the variance. */
    [[nodiscard]] double standard_deviation(std::size_t ddof) const {
        return detail::result<double>(::tally_moments_standard_deviation_f64,
                                      get(), ddof);
    }
    /* The Euclidean norm. */
    [[nodiscard]] double norm() const {
        return detail::result<double>(::tally_moments_norm_f64, get());
    }
#endif

    /* sum() */
    [[nodiscard]] status try_sum(double &sum) const noexcept {
        return ::tally_moments_sum_f64(get(), &sum);
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &mean) const noexcept {
        return ::tally_moments_mean_f64(get(), &mean);
    }
    /* variance() */
    [[nodiscard]] status try_variance(std::size_t ddof,
                                      double &variance) const noexcept {
        return ::tally_moments_variance_f64(get(), ddof, &variance);
    }
    /* standard_deviation() */
    [[nodiscard]] status
    try_standard_deviation(std::size_t ddof, double &deviation) const noexcept {
        return ::tally_moments_standard_deviation_f64(get(), ddof, &deviation);
    }
    /* norm() */
    [[nodiscard]] status try_norm(double &norm) const noexcept {
        return ::tally_moments_norm_f64(get(), &norm);
    }
};

static_assert(std::is_trivially_copyable_v<moments> &&
              sizeof(moments) == sizeof(::tally_moments));

#if TALLY_EXCEPTIONS
/* The covariance of pairs, from the moments of each side and the products. */
[[nodiscard]] inline double covariance(const moments &x, const moments &y,
                                       const product_accumulator &products,
                                       std::size_t ddof) {
    return detail::result<double>(::tally_moments_covariance_f64, x.get(),
                                  y.get(), products.get(), ddof);
}
/* The correlation coefficient of pairs. */
[[nodiscard]] inline double correlation(const moments &x, const moments &y,
                                        const product_accumulator &products) {
    return detail::result<double>(::tally_moments_correlation_f64, x.get(),
                                  y.get(), products.get());
}
#endif

/* covariance() */
[[nodiscard]] inline status try_covariance(const moments &x, const moments &y,
                                           const product_accumulator &products,
                                           std::size_t ddof,
                                           double &covariance) noexcept {
    return ::tally_moments_covariance_f64(x.get(), y.get(), products.get(),
                                          ddof, &covariance);
}
/* correlation() */
[[nodiscard]] inline status try_correlation(const moments &x, const moments &y,
                                            const product_accumulator &products,
                                            double &correlation) noexcept {
    return ::tally_moments_correlation_f64(x.get(), y.get(), products.get(),
                                           &correlation);
}

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_MOMENTS_HPP */
