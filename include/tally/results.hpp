/*
 * tally/results.hpp - where functions write many results
 */
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

/* Whether braces make an element of a T, which cut nothing off. */
template <class Element, class T, class = void>
inline constexpr bool is_listed_from = false;
template <class Element, class T>
inline constexpr bool is_listed_from<
    Element, T, std::void_t<decltype(Element{std::declval<const T &>()})>> =
    true;
/* Whether an element that a T is written to has all of it. Of two types of
 * numbers that is judged by their digits: braces take no integer for a long
 * double, even if it is as wide. */
template <class Element, class T> constexpr bool keeps() noexcept {
    if constexpr (std::is_arithmetic_v<Element>)
        return detail::holds<Element, T>();
    else
        return is_listed_from<Element, T>;
}

/* Whether a T is written to the elements of a range, and arrives as it is. */
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

/* Whether it can be written to where the elements lie. */
template <class T, class Range, class = void>
inline constexpr bool is_array_of = false;
template <class T, class Range>
inline constexpr bool is_array_of<
    T, Range, std::void_t<decltype(std::data(std::declval<Range &>()))>> =
    std::is_same_v<decltype(std::data(std::declval<Range &>())), T *>;

/* How many elements a range has, whether or not it says so. */
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

/* What a function did, and how many results it wrote if it did not refuse. */
struct filled {
    status outcome;
    std::size_t count;
};

/*
 * Results from fill(places, count), which writes to as many places: those of
 * the range, or others of which they are copied.
 */
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
        static_assert(is_taken_by<T, Results>,
                      "tally: results go into a range of double, or of int64_t "
                      "where they are integers, or of what holds those");
        return TALLY_INVALID;
    }
}

} // namespace detail

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_RESULTS_HPP */
