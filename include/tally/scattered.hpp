/*
 * tally/scattered.hpp - adding to many accumulators
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_SCATTERED_HPP
#define TALLY_SCATTERED_HPP

#include "columns.hpp"
#include "numbers.hpp"

#include <cstddef>
#include <iterator>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

template <class Into, class Raw>
using if_states =
    std::enable_if_t<std::is_same_v<element_of<const Into>, Raw *>>;

/* Refuses a number of pointers that is not the number of rows. */
template <class Into>
status check_rows(const Into &into, const column &values) noexcept {
    return detail::check_length("into", detail::count_of(into),
                                values.get()->count);
}
template <class Function, class Into>
status scatter(Function function, const Into &into, const column &values,
               std::size_t *done) noexcept {
    const status lengths = detail::check_rows(into, values);
    if (lengths != TALLY_OK)
        return lengths;
    return function(std::data(into), values.get(), done);
}
/* The same for small accumulators. What room throws passes through. */
template <class Function, class Into, class Room>
status scatter_small(Function function, const Into &into, const column &values,
                     Room &room, std::size_t *done) {
    auto call = [&room](std::size_t size) -> void * { return room(size); };
    const status lengths = detail::check_rows(into, values);
    if (lengths != TALLY_OK)
        return lengths;
    return function(
        std::data(into), values.get(),
        [](std::size_t size, void *user_data) {
            return (*static_cast<decltype(call) *>(user_data))(size);
        },
        &call, done);
}

} // namespace detail

#if TALLY_EXCEPTIONS
/*
 * Adds each element of values that counts to the accumulator at the same
 * position in into, a pointer as get() returns it. There must be as many
 * pointers as elements. If a row is refused, the rows before it have been
 * processed; *done is their number, and done may be nullptr.
 */
template <class Into, class = detail::if_states<Into, ::tally_accumulator>>
void add_scattered(const Into &into, const column &values,
                   std::size_t *done = nullptr) {
    tally::check(
        detail::scatter(::tally_accumulator_add_scattered, into, values, done));
}
/* The same for small accumulators. room(size) returns memory for one that must
 * grow, or nullptr if there is none, which fails with TALLY_MEMORY. */
template <class Into, class Room,
          class = detail::if_states<Into, ::tally_small_accumulator>>
void add_scattered(const Into &into, const column &values, Room &&room,
                   std::size_t *done = nullptr) {
    tally::check(detail::scatter_small(::tally_small_accumulator_add_scattered,
                                       into, values, room, done));
}
/* The exact inverse of add_scattered(). */
template <class Into, class = detail::if_states<Into, ::tally_accumulator>>
void subtract_scattered(const Into &into, const column &values,
                        std::size_t *done = nullptr) {
    tally::check(detail::scatter(::tally_accumulator_subtract_scattered, into,
                                 values, done));
}
/* The same for small accumulators, which may grow here too. */
template <class Into, class Room,
          class = detail::if_states<Into, ::tally_small_accumulator>>
void subtract_scattered(const Into &into, const column &values, Room &&room,
                        std::size_t *done = nullptr) {
    tally::check(
        detail::scatter_small(::tally_small_accumulator_subtract_scattered,
                              into, values, room, done));
}
#endif

/* add_scattered() */
template <class Into, class = detail::if_states<Into, ::tally_accumulator>>
[[nodiscard]] status try_add_scattered(const Into &into, const column &values,
                                       std::size_t *done = nullptr) noexcept {
    return detail::scatter(::tally_accumulator_add_scattered, into, values,
                           done);
}
/* add_scattered(), with a room that is noexcept. */
template <class Into, class Room,
          class = detail::if_states<Into, ::tally_small_accumulator>,
          class = detail::if_noexcept<Room, std::size_t>>
[[nodiscard]] status try_add_scattered(const Into &into, const column &values,
                                       Room &&room,
                                       std::size_t *done = nullptr) noexcept {
    return detail::scatter_small(::tally_small_accumulator_add_scattered, into,
                                 values, room, done);
}
/* subtract_scattered() */
template <class Into, class = detail::if_states<Into, ::tally_accumulator>>
[[nodiscard]] status
try_subtract_scattered(const Into &into, const column &values,
                       std::size_t *done = nullptr) noexcept {
    return detail::scatter(::tally_accumulator_subtract_scattered, into, values,
                           done);
}
/* subtract_scattered(), with a room that is noexcept. */
template <class Into, class Room,
          class = detail::if_states<Into, ::tally_small_accumulator>,
          class = detail::if_noexcept<Room, std::size_t>>
[[nodiscard]] status
try_subtract_scattered(const Into &into, const column &values, Room &&room,
                       std::size_t *done = nullptr) noexcept {
    return detail::scatter_small(::tally_small_accumulator_subtract_scattered,
                                 into, values, room, done);
}

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_SCATTERED_HPP */
