/*
 * tally/sums.hpp - totals of arrays
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_SUMS_HPP
#define TALLY_SUMS_HPP

#include "numbers.hpp"

#include <cstddef>
#include <iterator>

namespace tally {
inline namespace TALLY_MODE {

/* The type of a total: int64_t for signed integers, uint64_t for unsigned ones,
 * otherwise the type of the values. */
template <class T> using total_of = detail::total_of<T>;

#if TALLY_EXCEPTIONS
/* The total of count values. Throws if it is out of range, for double and float
 * too. */
template <class T>
[[nodiscard]] total_of<T> sum(const T *values, std::size_t count) {
    return detail::result<total_of<T>>(detail::number_of<T>::sum,
                                       detail::cast(values), count);
}
/* The total of values. */
template <class Values = detail::list>
[[nodiscard]] detail::sum_of<Values> sum(const Values &values) {
    return tally::sum(std::data(values), detail::count_of(values));
}

/* The same for long arrays of double, float or int64_t, on up to this many
 * threads; 0: one for each processor. */
template <class T>
[[nodiscard]] total_of<T> sum_parallel(const T *values, std::size_t count,
                                       std::size_t threads) {
    return detail::result<total_of<T>>(detail::number_of<T>::sum_parallel,
                                       detail::cast(values), count, threads);
}
template <class Values = detail::list>
[[nodiscard]] detail::sum_of<Values> sum_parallel(const Values &values,
                                                  std::size_t threads = 0) {
    return tally::sum_parallel(std::data(values), detail::count_of(values),
                               threads);
}
#endif

/* sum() */
template <class T>
[[nodiscard]] status try_sum(const T *values, std::size_t count,
                             total_of<T> &total) noexcept {
    return detail::number_of<T>::sum(detail::cast(values), count, &total);
}
/* sum() */
template <class Values = detail::list>
[[nodiscard]] status try_sum(const Values &values,
                             detail::sum_of<Values> &total) noexcept {
    return tally::try_sum(std::data(values), detail::count_of(values), total);
}
/* sum_parallel() */
template <class T>
[[nodiscard]] status try_sum_parallel(const T *values, std::size_t count,
                                      std::size_t threads,
                                      total_of<T> &total) noexcept {
    return detail::number_of<T>::sum_parallel(detail::cast(values), count,
                                              threads, &total);
}
/* sum_parallel() */
template <class Values = detail::list>
[[nodiscard]] status try_sum_parallel(const Values &values, std::size_t threads,
                                      detail::sum_of<Values> &total) noexcept {
    return tally::try_sum_parallel(std::data(values), detail::count_of(values),
                                   threads, total);
}

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_SUMS_HPP */
