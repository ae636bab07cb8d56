/* tally/small.hpp - running sums in 64 bytes */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_SMALL_HPP
#define TALLY_SMALL_HPP

#include "accumulator.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

struct small_functions {
    static constexpr auto merge = ::tally_small_accumulator_merge;
    static constexpr auto unmerge = ::tally_small_accumulator_unmerge;
    static constexpr auto fail = ::tally_small_accumulator_fail;
    static constexpr auto count = ::tally_small_accumulator_count;
    static constexpr auto special_counts =
        ::tally_small_accumulator_special_counts;
    static constexpr auto save = ::tally_small_accumulator_save;
    static constexpr auto load = ::tally_small_accumulator_load;
    static constexpr std::size_t saved_max = TALLY_ACCUMULATOR_SAVED_MAX;
};

} // namespace detail

/*
 * A running sum in 64 bytes, with the same value and the same saved bytes as an
 * accumulator. A call whose result does not fit fails with TALLY_TOO_SMALL and
 * changes nothing: then expand() it, or grow() it into 320 bytes of your own.
 *
 * Two are equal (==) if their sums and counts are equal. One that has grown
 * refers to its sum, and equals only its copies, which refer to the same sum.
 *
 * The members for merging, counting and saving are in state.hpp. A failure
 * recorded in it replaces the sum.
 */
class small_accumulator
    : public detail::state<small_accumulator, ::tally_small_accumulator,
                           detail::small_functions> {
  public:
    using state::state;

#if TALLY_EXCEPTIONS
    using state::operator+=;
    using state::operator-=;

    /* Adds count doubles, all or none. */
    small_accumulator &add(const double *values, std::size_t count) {
        return did(try_add(values, count));
    }
    /* Adds doubles, all or none. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    small_accumulator &add(const Values &values) {
        return did(try_add(values));
    }
    /* Adds the elements of a column that count, of any type, all or none. */
    small_accumulator &add(const column &values) {
        return did(try_add(values));
    }
    /* Adds one number. */
    small_accumulator &add(detail::exactly<double> value) {
        return did(try_add(value));
    }
    /* add() */
    small_accumulator &operator+=(detail::exactly<double> value) {
        return add(value);
    }
    /* Subtracts count doubles, all or none. */
    small_accumulator &subtract(const double *values, std::size_t count) {
        return did(try_subtract(values, count));
    }
    /* Subtracts doubles, all or none. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    small_accumulator &subtract(const Values &values) {
        return did(try_subtract(values));
    }
    /* Subtracts the elements of a column that count. */
    small_accumulator &subtract(const column &values) {
        return did(try_subtract(values));
    }
    /* Subtracts one number. */
    small_accumulator &subtract(detail::exactly<double> value) {
        return did(try_subtract(value));
    }
    /* subtract() */
    small_accumulator &operator-=(detail::exactly<double> value) {
        return subtract(value);
    }

    /* The total as double, rounded once, or as int64_t or int128 if it is an
     * integer. Throws if it is out of range. */
    template <class T = double> [[nodiscard]] T value() const {
        T total{};
        tally::check(try_value(total));
        return total;
    }
    /* The mean, rounded once. Throws if there are no values. */
    [[nodiscard]] double mean() const {
        double mean_ = 0;
        tally::check(try_mean(mean_));
        return mean_;
    }

    /* The same sum as an accumulator. */
    [[nodiscard]] accumulator expand() const {
        accumulator expanded;
        tally::check(try_expand(expanded));
        return expanded;
    }
    /* Adds this sum to total. */
    void merge_into(accumulator &total) const {
        tally::check(try_merge_into(total));
    }
    /* Moves the sum to space, which must outlive this and its copies. */
    small_accumulator &grow(accumulator &space) {
        return did(try_grow(space));
    }
    /* The memory that holds the sum if this has grown, or nullptr. */
    [[nodiscard]] ::tally_accumulator *room() const {
        ::tally_accumulator *space = nullptr;
        tally::check(try_room(space));
        return space;
    }
#endif

    /* add() */
    [[nodiscard]] status try_add(const double *values,
                                 std::size_t count) noexcept {
        return ::tally_small_accumulator_add_f64(get(), values, count);
    }
    /* add() */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    [[nodiscard]] status try_add(const Values &values) noexcept {
        return try_add(std::data(values), detail::count_of(values));
    }
    /* add() */
    [[nodiscard]] status try_add(const column &values) noexcept {
        return ::tally_small_accumulator_add(get(), values.get());
    }
    /* add() */
    [[nodiscard]] status try_add(detail::exactly<double> value) noexcept {
        return ::tally_small_accumulator_add_one_f64(get(), value);
    }
    /* subtract() */
    [[nodiscard]] status try_subtract(const double *values,
                                      std::size_t count) noexcept {
        return ::tally_small_accumulator_subtract_f64(get(), values, count);
    }
    /* subtract() */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    [[nodiscard]] status try_subtract(const Values &values) noexcept {
        return try_subtract(std::data(values), detail::count_of(values));
    }
    /* subtract() */
    [[nodiscard]] status try_subtract(const column &values) noexcept {
        return ::tally_small_accumulator_subtract(get(), values.get());
    }
    /* subtract() */
    [[nodiscard]] status try_subtract(detail::exactly<double> value) noexcept {
        return ::tally_small_accumulator_subtract_one_f64(get(), value);
    }
    /* value() */
    [[nodiscard]] status try_value(double &total) const noexcept {
        return ::tally_small_accumulator_value_f64(get(), &total);
    }
    /* value() */
    [[nodiscard]] status try_value(std::int64_t &total) const noexcept {
        return ::tally_small_accumulator_value_i64(get(), &total);
    }
    /* value() */
    [[nodiscard]] status try_value(int128 &total) const noexcept {
        return ::tally_small_accumulator_value_i128(get(), &total.high,
                                                    &total.low);
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &mean) const noexcept {
        return ::tally_small_accumulator_mean_f64(get(), &mean);
    }
    /* expand() */
    [[nodiscard]] status try_expand(accumulator &expanded) const noexcept {
        return ::tally_small_accumulator_expand(get(), expanded.get());
    }
    /* merge_into() */
    [[nodiscard]] status try_merge_into(accumulator &total) const noexcept {
        return ::tally_accumulator_merge_small(total.get(), get());
    }
    /* grow() */
    [[nodiscard]] status try_grow(accumulator &space) noexcept {
        return ::tally_small_accumulator_grow(get(), space.get());
    }
    /* room() */
    [[nodiscard]] status try_room(::tally_accumulator *&space) const noexcept {
        return ::tally_small_accumulator_room(get(), &space);
    }
};

static_assert(std::is_trivially_copyable_v<small_accumulator> &&
              std::is_standard_layout_v<small_accumulator> &&
              sizeof(small_accumulator) == sizeof(::tally_small_accumulator));

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_SMALL_HPP */
