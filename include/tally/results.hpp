/* tally/results.hpp - ranges that functions write results to */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_RESULTS_HPP
#define TALLY_RESULTS_HPP

#include "memory.hpp"
#include "numbers.hpp"

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

/* Whether braces convert a T to an element, which they do only without loss. */
template <class Element, class T, class = void>
inline constexpr bool is_listed_from = false;
template <class Element, class T>
inline constexpr bool is_listed_from<
    Element, T, std::void_t<decltype(Element{std::declval<const T &>()})>> =
    true;
/*
 * Whether an element holds a T without loss. Types of numbers are compared by
 * their digits, because braces accept no integer for a long double, even if it
 * is as wide.
 */
template <class Element, class T> constexpr bool keeps() noexcept {
    if constexpr (std::is_arithmetic_v<Element>)
        return detail::holds<Element, T>();
    else
        return is_listed_from<Element, T>;
}

/* Whether a T can be written to the elements of a range without loss. */
template <class T, class Range, class = void>
inline constexpr bool is_taken_by = false;
template <class Range>
using iterator_of = decltype(std::begin(std::declval<Range &>()));
template <class Range>
using written_to =
    typename std::iterator_traits<iterator_of<Range>>::value_type;
template <class T, class Range>
inline constexpr bool
    is_taken_by<T, Range,
                std::void_t<decltype(*std::declval<iterator_of<Range> &>() =
                                         std::declval<const T &>()),
                            decltype(std::end(std::declval<Range &>()))>> =
        detail::keeps<written_to<Range>, T>();

/* Whether results can be written to it in place. */
template <class T, class Range, class = void>
inline constexpr bool is_array_of = false;
template <class T, class Range>
inline constexpr bool is_array_of<
    T, Range, std::void_t<decltype(std::data(std::declval<Range &>()))>> =
    std::is_same_v<decltype(std::data(std::declval<Range &>())), T *>;

/* The number of elements of a range, even if it has no size. */
template <class Range, class = void> struct length {
    static std::size_t of(Range &range) {
        std::size_t count = 0;
        const auto end = std::end(range);
        for (auto at = std::begin(range); at != end; ++at)
            count++;
        return count;
    }
};
template <class Range>
struct length<Range,
              std::void_t<decltype(std::size(std::declval<const Range &>()))>> {
    static std::size_t of(const Range &range) {
        return detail::count_of(range);
    }
};

/* The status of a call, and the number of results written unless it refused. */
struct filled {
    status outcome;
    std::size_t count;
};

/* Writes results by fill(places, count), either to the range in place or to a
 * buffer from which they are copied. */
template <class T, class Results, class Fill>
status fill_results(Results &results, const Fill &fill) {
    if constexpr (is_array_of<T, Results>) {
        return fill(std::data(results), detail::count_of(results)).outcome;
    } else if constexpr (is_taken_by<T, Results>) {
        const std::size_t count = detail::length<Results>::of(results);
        const memory<T> places(detail::zeroed<T>(count == 0 ? 1 : count));
        if (places == nullptr)
            return ::tally_last_status();
        const filled done = fill(places.get(), count);
        if (done.outcome != TALLY_OK && done.outcome != TALLY_OVERFLOW)
            return done.outcome;
        auto to = std::begin(results);
        for (std::size_t i = 0; i < done.count; i++, ++to)
            *to = places[i];
        return done.outcome;
    } else {
        static_assert(
            is_taken_by<T, Results>,
            "tally: results go into a range of double, or of int64_t for "
            "integer results, or of a type that holds those without loss; "
            "its elements must not be const");
        return TALLY_INVALID;
    }
}

} // namespace detail

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_RESULTS_HPP */
