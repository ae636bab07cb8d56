/*
 * tally/callables.hpp - functions that call yours
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_CALLABLES_HPP
#define TALLY_CALLABLES_HPP

#include "numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

/* What function throws passes through. */
template <class Elements, class Results, class Function>
status map_to(const Elements &elements, Results &results, Function &function,
              std::size_t *done) {
    using element = element_of<const Elements>;
    auto call = [&function](const void *at, int *result) {
        const exactly<int> value = function(*static_cast<const element *>(at));
        *result = value;
    };
    const std::size_t count = detail::count_of(elements);
    if (detail::count_of(results) < count)
        return detail::check_length("results", detail::count_of(results),
                                    count);
    return ::tally_map(
        std::data(elements), count, sizeof(element),
        [](const void *at, int *result, void *user_data) {
            (*static_cast<decltype(call) *>(user_data))(at, result);
            return 0;
        },
        &call, std::data(results), done);
}

} // namespace detail

#if TALLY_EXCEPTIONS
/*
 * Sets results[i] to function(elements[i]), an int, for each element in order.
 * results has room for one result for each element. *done is the number of
 * elements finished, and is up to date even if function throws; done may be
 * nullptr. The other results are unchanged.
 */
template <class Elements, class Results, class Function>
void map(const Elements &elements, Results &&results, Function &&function,
         std::size_t *done = nullptr) {
    if (detail::count_of(results) < detail::count_of(elements))
        throw error(TALLY_INVALID, "tally::map", "results is too small");
    tally::check(detail::map_to(elements, results, function, done));
}
#endif

/* map(), with a function that is noexcept. */
template <class Elements, class Results, class Function,
          class = detail::if_noexcept<
              Function, const detail::element_of<const Elements> &>>
[[nodiscard]] status try_map(const Elements &elements, Results &&results,
                             Function &&function,
                             std::size_t *done = nullptr) noexcept {
    return detail::map_to(elements, results, function, done);
}

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_CALLABLES_HPP */
