/*
 * tally/callables.hpp - functions that call yours
 */
#ifndef TALLY_CALLABLES_HPP
#define TALLY_CALLABLES_HPP

#include "numbers.hpp"

namespace tally {

/*
 * results[i] = function(elements[i]), an int, for each element in order.
 * results has room for as many. *done, if done is not nullptr, is how many are
 * finished, at every moment: when function throws, too.
 */
template <class Elements, class Results, class Function>
void map(const Elements &elements, Results &&results, Function &&function,
         std::size_t *done = nullptr) {
    using element = detail::element_of<const Elements>;
    if (detail::count_of(results) < detail::count_of(elements))
        throw error(TALLY_INVALID, "tally::map", "results has too few places");
    auto call = [&](const void *at, int *result) {
        *result = function(*static_cast<const element *>(at));
    };
    check(::tally_map(
        std::data(elements), detail::count_of(elements), sizeof(element),
        [](const void *at, int *result, void *user_data) {
            (*static_cast<decltype(call) *>(user_data))(at, result);
            return 0;
        },
        &call, std::data(results), done));
}

} // namespace tally

#endif /* TALLY_CALLABLES_HPP */
