/*
 * tally/groups.hpp - a statistic of each group of values
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_GROUPS_HPP
#define TALLY_GROUPS_HPP

#include "columns.hpp"
#include "results.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tally {
inline namespace TALLY_MODE {

/* A statistic, as in tally.h: TALLY_SUM, TALLY_MEAN ... */
using statistic = ::tally_statistic;

/*
 * These functions write to results, which may be any range: a container, a span
 * or a view. Its elements are double, or int64_t for integer results, or a type
 * that holds every one of these. If they are not contiguous, or of another
 * type, the function allocates memory for the results and copies them;
 * TALLY_MEMORY if there is none. If writing to an element throws, the exception
 * reaches the caller; in a twin it ends the program.
 */

/* Not part of the interface. */
namespace detail {

template <class Results>
status group_into(Results &results, const column &values, const column &groups,
                  statistic what, std::size_t ddof) {
    return detail::fill_results<double>(
        results, [&](double *places, std::size_t count) {
            return filled{::tally_group(values.get(), groups.get(), count, what,
                                        ddof, places),
                          count};
        });
}
template <class Results>
status group_parallel_into(Results &results, const column &values,
                           const column &groups, statistic what,
                           std::size_t ddof, std::size_t threads) {
    return detail::fill_results<double>(results, [&](double *places,
                                                     std::size_t count) {
        return filled{::tally_group_parallel(values.get(), groups.get(), count,
                                             what, ddof, threads, places),
                      count};
    });
}
template <class Results>
status group_sum_i64_into(Results &results, const column &values,
                          const column &groups, std::size_t *overflowed) {
    return detail::fill_results<std::int64_t>(
        results, [&](std::int64_t *places, std::size_t count) {
            return filled{::tally_group_sum_i64(values.get(), groups.get(),
                                                count, places, overflowed),
                          count};
        });
}
template <class Results>
status group_sum_i64_parallel_into(Results &results, const column &values,
                                   const column &groups, std::size_t threads,
                                   std::size_t *overflowed) {
    return detail::fill_results<std::int64_t>(results, [&](std::int64_t *places,
                                                           std::size_t count) {
        return filled{::tally_group_sum_i64_parallel(values.get(), groups.get(),
                                                     count, threads, places,
                                                     overflowed),
                      count};
    });
}

} // namespace detail

#if TALLY_EXCEPTIONS
/*
 * Computes a statistic for each group: results[g] is that of the values with id
 * g in groups, and each id must be less than the size of results. ddof applies
 * to variances and standard deviations.
 */
template <class Results>
void group(const column &values, const column &groups, statistic what,
           Results &&results, std::size_t ddof = 0) {
    tally::check(detail::group_into(results, values, groups, what, ddof));
}
/* The same, in a new vector. */
[[nodiscard]] inline std::vector<double>
group(const column &values, const column &groups, std::size_t group_count,
      statistic what, std::size_t ddof = 0) {
    std::vector<double> results(group_count);
    tally::group(values, groups, what, results, ddof);
    return results;
}
/* group() on up to this many threads; 0: one for each processor. */
template <class Results>
void group_parallel(const column &values, const column &groups, statistic what,
                    Results &&results, std::size_t ddof = 0,
                    std::size_t threads = 0) {
    tally::check(detail::group_parallel_into(results, values, groups, what,
                                             ddof, threads));
}
/* Computes the exact sum of each group of integers. Throws if one does not fit;
 * all others are then correct. */
template <class Results>
void group_sum_i64(const column &values, const column &groups,
                   Results &&results) {
    tally::check(detail::group_sum_i64_into(results, values, groups, nullptr));
}
/* group_sum_i64() on up to this many threads. */
template <class Results>
void group_sum_i64_parallel(const column &values, const column &groups,
                            Results &&results, std::size_t threads = 0) {
    tally::check(detail::group_sum_i64_parallel_into(results, values, groups,
                                                     threads, nullptr));
}
#endif

/* group() */
template <class Results>
[[nodiscard]] status try_group(const column &values, const column &groups,
                               statistic what, Results &&results,
                               std::size_t ddof = 0) noexcept {
    return detail::group_into(results, values, groups, what, ddof);
}
/* group_parallel() */
template <class Results>
[[nodiscard]] status try_group_parallel(const column &values,
                                        const column &groups, statistic what,
                                        Results &&results, std::size_t ddof = 0,
                                        std::size_t threads = 0) noexcept {
    return detail::group_parallel_into(results, values, groups, what, ddof,
                                       threads);
}
/* group_sum_i64(); overflowed is the number of sums that do not fit. */
template <class Results>
[[nodiscard]] status try_group_sum_i64(const column &values,
                                       const column &groups, Results &&results,
                                       std::size_t &overflowed) noexcept {
    return detail::group_sum_i64_into(results, values, groups, &overflowed);
}
/*
 * group_sum_i64_parallel(); overflowed is the number of sums that do not fit.
 */
template <class Results>
[[nodiscard]] status
try_group_sum_i64_parallel(const column &values, const column &groups,
                           Results &&results, std::size_t threads,
                           std::size_t &overflowed) noexcept {
    return detail::group_sum_i64_parallel_into(results, values, groups, threads,
                                               &overflowed);
}

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_GROUPS_HPP */
