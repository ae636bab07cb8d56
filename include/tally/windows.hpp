/* tally/windows.hpp - one result for each row: windows, running totals, axes */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_WINDOWS_HPP
#define TALLY_WINDOWS_HPP

#include "columns.hpp"
#include "groups.hpp"
#include "results.hpp"

#include <cstddef>
#include <cstdint>

namespace tally {
inline namespace TALLY_MODE {

/*
 * These functions write to results, which may be any range, as in groups.hpp,
 * with one element for each row, column or element of the input. Any other size
 * is refused with TALLY_INVALID and a message with both sizes, and nothing is
 * written.
 */

/* Not part of the interface. */
namespace detail {

/* A double for each row, from call(column, places). */
template <class Results, class Call>
status by_row(Results &results, const column &values, const Call &call) {
    return detail::fill_results<double>(
        results, [&](double *places, std::size_t count) {
            const ::tally_column *sized = values.get();
            const status outcome =
                detail::check_length("results", count, sized->count);
            return filled{outcome == TALLY_OK ? call(sized, places) : outcome,
                          count};
        });
}
/* Integers for the first rows, from call(column, places, written). */
template <class Results, class Call>
status by_row_i64(Results &results, const column &values, std::size_t &done,
                  const Call &call) {
    return detail::fill_results<std::int64_t>(results, [&](std::int64_t *places,
                                                           std::size_t count) {
        const ::tally_column *sized = values.get();
        std::size_t written = 0;
        status outcome = detail::check_length("results", count, sized->count);
        if (outcome == TALLY_OK)
            outcome = call(sized, places, &written);
        if (outcome == TALLY_OK || outcome == TALLY_OVERFLOW)
            done = written;
        return filled{outcome, written};
    });
}
/* A double for each column or row of a matrix, from call(places), which refuses
 * an axis other than 0 and 1. */
template <class Results, class Call>
status along_axis(Results &results, const column &first_row, std::size_t rows,
                  int axis, const Call &call) {
    return detail::fill_results<double>(results, [&](double *places,
                                                     std::size_t count) {
        status outcome = TALLY_OK;
        if (axis == 0 || axis == 1)
            outcome = detail::check_length(
                "results", count, axis == 0 ? first_row.get()->count : rows);
        return filled{outcome == TALLY_OK ? call(places) : outcome, count};
    });
}

template <class Results>
status rolling_into(Results &results, const column &values, std::size_t window,
                    std::size_t min_count, statistic what, std::size_t ddof) {
    return detail::by_row(results, values,
                          [&](const ::tally_column *sized, double *places) {
                              return ::tally_rolling(sized, window, min_count,
                                                     what, ddof, places);
                          });
}
template <class Results>
status rolling_parallel_into(Results &results, const column &values,
                             std::size_t window, std::size_t min_count,
                             statistic what, std::size_t ddof,
                             std::size_t threads) {
    return detail::by_row(
        results, values, [&](const ::tally_column *sized, double *places) {
            return ::tally_rolling_parallel(sized, window, min_count, what,
                                            ddof, threads, places);
        });
}
template <class Results>
status rolling_covariance_into(Results &results, const column &x,
                               const column &y, std::size_t window,
                               std::size_t min_count, std::size_t ddof) {
    return detail::by_row(
        results, x, [&](const ::tally_column *sized, double *places) {
            return ::tally_rolling_covariance(sized, y.get(), window, min_count,
                                              ddof, places);
        });
}
template <class Results>
status rolling_correlation_into(Results &results, const column &x,
                                const column &y, std::size_t window,
                                std::size_t min_count) {
    return detail::by_row(results, x,
                          [&](const ::tally_column *sized, double *places) {
                              return ::tally_rolling_correlation(
                                  sized, y.get(), window, min_count, places);
                          });
}
template <class Results>
status rolling_covariance_parallel_into(Results &results, const column &x,
                                        const column &y, std::size_t window,
                                        std::size_t min_count, std::size_t ddof,
                                        std::size_t threads) {
    return detail::by_row(
        results, x, [&](const ::tally_column *sized, double *places) {
            return ::tally_rolling_covariance_parallel(
                sized, y.get(), window, min_count, ddof, threads, places);
        });
}
template <class Results>
status rolling_correlation_parallel_into(Results &results, const column &x,
                                         const column &y, std::size_t window,
                                         std::size_t min_count,
                                         std::size_t threads) {
    return detail::by_row(
        results, x, [&](const ::tally_column *sized, double *places) {
            return ::tally_rolling_correlation_parallel(
                sized, y.get(), window, min_count, threads, places);
        });
}
template <class Results>
status cumulative_sum_into(Results &results, const column &values) {
    return detail::by_row(results, values,
                          [](const ::tally_column *sized, double *places) {
                              return ::tally_cumulative_sum(sized, places);
                          });
}
template <class Results>
status cumulative_sum_parallel_into(Results &results, const column &values,
                                    std::size_t threads) {
    return detail::by_row(
        results, values, [&](const ::tally_column *sized, double *places) {
            return ::tally_cumulative_sum_parallel(sized, threads, places);
        });
}
template <class Results>
status cumulative_sum_i64_into(Results &results, const column &values,
                               std::size_t &done) {
    return detail::by_row_i64(results, values, done,
                              [](const ::tally_column *sized,
                                 std::int64_t *places, std::size_t *written) {
                                  return ::tally_cumulative_sum_i64(
                                      sized, places, written);
                              });
}
template <class Results>
status cumulative_sum_i64_parallel_into(Results &results, const column &values,
                                        std::size_t threads,
                                        std::size_t &done) {
    return detail::by_row_i64(results, values, done,
                              [&](const ::tally_column *sized,
                                  std::int64_t *places, std::size_t *written) {
                                  return ::tally_cumulative_sum_i64_parallel(
                                      sized, threads, places, written);
                              });
}
template <class Results>
status axis_into(Results &results, const column &first_row, std::size_t rows,
                 std::ptrdiff_t row_stride, int axis, statistic what,
                 std::size_t ddof) {
    return detail::along_axis(
        results, first_row, rows, axis, [&](double *places) {
            return ::tally_axis(first_row.get(), rows, row_stride, axis, what,
                                ddof, places);
        });
}
template <class Results>
status axis_parallel_into(Results &results, const column &first_row,
                          std::size_t rows, std::ptrdiff_t row_stride, int axis,
                          statistic what, std::size_t ddof,
                          std::size_t threads) {
    return detail::along_axis(
        results, first_row, rows, axis, [&](double *places) {
            return ::tally_axis_parallel(first_row.get(), rows, row_stride,
                                         axis, what, ddof, threads, places);
        });
}

} // namespace detail

/* rolling() */
template <class Results>
[[nodiscard]] status
try_rolling(const column &values, std::size_t window, std::size_t min_count,
            statistic what, Results &&results, std::size_t ddof = 0) noexcept {
    return detail::rolling_into(results, values, window, min_count, what, ddof);
}
/* rolling_parallel() */
template <class Results>
[[nodiscard]] status
try_rolling_parallel(const column &values, std::size_t window,
                     std::size_t min_count, statistic what, Results &&results,
                     std::size_t ddof = 0, std::size_t threads = 0) noexcept {
    return detail::rolling_parallel_into(results, values, window, min_count,
                                         what, ddof, threads);
}
/* rolling_covariance() */
template <class Results>
[[nodiscard]] status
try_rolling_covariance(const column &x, const column &y, std::size_t window,
                       std::size_t min_count, Results &&results,
                       std::size_t ddof = 0) noexcept {
    return detail::rolling_covariance_into(results, x, y, window, min_count,
                                           ddof);
}
/* rolling_correlation() */
template <class Results>
[[nodiscard]] status
try_rolling_correlation(const column &x, const column &y, std::size_t window,
                        std::size_t min_count, Results &&results) noexcept {
    return detail::rolling_correlation_into(results, x, y, window, min_count);
}
/* rolling_covariance_parallel() */
template <class Results>
[[nodiscard]] status try_rolling_covariance_parallel(
    const column &x, const column &y, std::size_t window, std::size_t min_count,
    Results &&results, std::size_t ddof = 0, std::size_t threads = 0) noexcept {
    return detail::rolling_covariance_parallel_into(results, x, y, window,
                                                    min_count, ddof, threads);
}
/* rolling_correlation_parallel() */
template <class Results>
[[nodiscard]] status try_rolling_correlation_parallel(
    const column &x, const column &y, std::size_t window, std::size_t min_count,
    Results &&results, std::size_t threads = 0) noexcept {
    return detail::rolling_correlation_parallel_into(results, x, y, window,
                                                     min_count, threads);
}
/* cumulative_sum() */
template <class Results>
[[nodiscard]] status try_cumulative_sum(const column &values,
                                        Results &&results) noexcept {
    return detail::cumulative_sum_into(results, values);
}
/* cumulative_sum_parallel() */
template <class Results>
[[nodiscard]] status
try_cumulative_sum_parallel(const column &values, Results &&results,
                            std::size_t threads = 0) noexcept {
    return detail::cumulative_sum_parallel_into(results, values, threads);
}
/* axis() */
template <class Results>
[[nodiscard]] status try_axis(const column &first_row, std::size_t rows,
                              std::ptrdiff_t row_stride, int axis,
                              statistic what, Results &&results,
                              std::size_t ddof = 0) noexcept {
    return detail::axis_into(results, first_row, rows, row_stride, axis, what,
                             ddof);
}
/* axis_parallel() */
template <class Results>
[[nodiscard]] status
try_axis_parallel(const column &first_row, std::size_t rows,
                  std::ptrdiff_t row_stride, int axis, statistic what,
                  Results &&results, std::size_t ddof = 0,
                  std::size_t threads = 0) noexcept {
    return detail::axis_parallel_into(results, first_row, rows, row_stride,
                                      axis, what, ddof, threads);
}
/* cumulative_sum_i64(); done is the number of results written. */
template <class Results>
[[nodiscard]] status try_cumulative_sum_i64(const column &values,
                                            Results &&results,
                                            std::size_t &done) noexcept {
    return detail::cumulative_sum_i64_into(results, values, done);
}
/* cumulative_sum_i64_parallel(); done is the number of results written. */
template <class Results>
[[nodiscard]] status
try_cumulative_sum_i64_parallel(const column &values, Results &&results,
                                std::size_t threads,
                                std::size_t &done) noexcept {
    return detail::cumulative_sum_i64_parallel_into(results, values, threads,
                                                    done);
}

#if TALLY_EXCEPTIONS
/* Computes a statistic for the window of each row: that row and those before
 * it, window rows in all. NaN where fewer than min_count elements count. */
template <class Results>
void rolling(const column &values, std::size_t window, std::size_t min_count,
             statistic what, Results &&results, std::size_t ddof = 0) {
    tally::check(
        detail::rolling_into(results, values, window, min_count, what, ddof));
}
/* rolling() on up to this many threads; 0: one for each processor. */
template <class Results>
void rolling_parallel(const column &values, std::size_t window,
                      std::size_t min_count, statistic what, Results &&results,
                      std::size_t ddof = 0, std::size_t threads = 0) {
    tally::check(detail::rolling_parallel_into(results, values, window,
                                               min_count, what, ddof, threads));
}
/* Computes the covariance of the window of each row. */
template <class Results>
void rolling_covariance(const column &x, const column &y, std::size_t window,
                        std::size_t min_count, Results &&results,
                        std::size_t ddof = 0) {
    tally::check(detail::rolling_covariance_into(results, x, y, window,
                                                 min_count, ddof));
}
/* Computes the correlation coefficient of the window of each row. */
template <class Results>
void rolling_correlation(const column &x, const column &y, std::size_t window,
                         std::size_t min_count, Results &&results) {
    tally::check(
        detail::rolling_correlation_into(results, x, y, window, min_count));
}
/* rolling_covariance() on up to this many threads. */
template <class Results>
void rolling_covariance_parallel(const column &x, const column &y,
                                 std::size_t window, std::size_t min_count,
                                 Results &&results, std::size_t ddof = 0,
                                 std::size_t threads = 0) {
    tally::check(detail::rolling_covariance_parallel_into(
        results, x, y, window, min_count, ddof, threads));
}
/* rolling_correlation() on up to this many threads. */
template <class Results>
void rolling_correlation_parallel(const column &x, const column &y,
                                  std::size_t window, std::size_t min_count,
                                  Results &&results, std::size_t threads = 0) {
    tally::check(detail::rolling_correlation_parallel_into(
        results, x, y, window, min_count, threads));
}
/* Computes running totals. results may be the container that values describes,
 * if its elements are double. */
template <class Results>
void cumulative_sum(const column &values, Results &&results) {
    tally::check(detail::cumulative_sum_into(results, values));
}
/* cumulative_sum() on up to this many threads. */
template <class Results>
void cumulative_sum_parallel(const column &values, Results &&results,
                             std::size_t threads = 0) {
    tally::check(
        detail::cumulative_sum_parallel_into(results, values, threads));
}
/* Computes a statistic for each column of a matrix (axis 0) or for each row
 * (axis 1). Rows begin row_stride bytes apart. */
template <class Results>
void axis(const column &first_row, std::size_t rows, std::ptrdiff_t row_stride,
          int axis, statistic what, Results &&results, std::size_t ddof = 0) {
    tally::check(detail::axis_into(results, first_row, rows, row_stride, axis,
                                   what, ddof));
}
/* axis() on up to this many threads; 0: one for each processor. */
template <class Results>
void axis_parallel(const column &first_row, std::size_t rows,
                   std::ptrdiff_t row_stride, int axis, statistic what,
                   Results &&results, std::size_t ddof = 0,
                   std::size_t threads = 0) {
    tally::check(detail::axis_parallel_into(
        results, first_row, rows, row_stride, axis, what, ddof, threads));
}
/* Computes exact running totals of integers. Throws at the first that does not
 * fit; those before it are written. */
template <class Results>
void cumulative_sum_i64(const column &values, Results &&results) {
    std::size_t done = 0;
    tally::check(detail::cumulative_sum_i64_into(results, values, done));
}
/* cumulative_sum_i64() on up to this many threads. */
template <class Results>
void cumulative_sum_i64_parallel(const column &values, Results &&results,
                                 std::size_t threads = 0) {
    std::size_t done = 0;
    tally::check(detail::cumulative_sum_i64_parallel_into(results, values,
                                                          threads, done));
}
#endif

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_WINDOWS_HPP */
