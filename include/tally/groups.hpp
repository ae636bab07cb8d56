/*
 * tally/groups.hpp - a statistic of each group of values
 */
#ifndef TALLY_GROUPS_HPP
#define TALLY_GROUPS_HPP

#include "columns.hpp"
#include "results.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tally {
inline namespace TALLY_MODE {

/* What groups are reduced to, as tally.h has it: TALLY_SUM, TALLY_MEAN ... */
using statistic = ::tally_statistic;

/*
 * All of these write into results, any range: a container, a span or a view.
 * Its elements are double, or int64_t where the results are integers, or what
 * holds every one of these. Where they do not lie side by side, or are of
 * another type, the function takes memory for as many results, and copies them:
 * there may be none, which is TALLY_MEMORY. An exception that writing to an
 * element throws reaches the caller; in a twin it ends the program.
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
 * A statistic of each group into results: the one at place g is that of the
 * values whose id in groups is g, and each id must be less than there are
 * results. ddof is for variances and standard deviations.
 */
template <class Results>
void group(const column &values, const column &groups, statistic what,
           Results &&results, std::size_t ddof = 0) {
    tally::check(detail::group_into(results, values, groups, what, ddof));
}
/* The same into a new vector. */
[[nodiscard]] inline std::vector<double>
group(const column &values, const column &groups, std::size_t group_count,
      statistic what, std::size_t ddof = 0) {
    std::vector<double> results(group_count);
    tally::group(values, groups, what, results, ddof);
    return results;
}
/* group() by up to this many threads at once; 0 is one for each processor. */
template <class Results>
void group_parallel(const column &values, const column &groups, statistic what,
                    Results &&results, std::size_t ddof = 0,
                    std::size_t threads = 0) {
    tally::check(detail::group_parallel_into(results, values, groups, what,
                                             ddof, threads));
}
/* The exact sum of the integers of each group. Throws if one does not fit, and
 * all others are as they should be. */
template <class Results>
void group_sum_i64(const column &values, const column &groups,
                   Results &&results) {
    tally::check(detail::group_sum_i64_into(results, values, groups, nullptr));
}
/* group_sum_i64() by up to this many threads at once. */
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
/* group_sum_i64(); overflowed is how many sums do not fit. */
template <class Results>
[[nodiscard]] status try_group_sum_i64(const column &values,
                                       const column &groups, Results &&results,
                                       std::size_t &overflowed) noexcept {
    return detail::group_sum_i64_into(results, values, groups, &overflowed);
}
/* group_sum_i64_parallel(); overflowed is how many sums do not fit. */
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
