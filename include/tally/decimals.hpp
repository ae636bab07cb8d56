/*
 * tally/decimals.hpp - sums of decimal numbers as they are written
 */
#ifndef TALLY_DECIMALS_HPP
#define TALLY_DECIMALS_HPP

#include <string_view>

#include "state.hpp"

namespace tally {

/* Not part of the interface. */
namespace detail {

struct decimal_functions {
    static constexpr auto merge = ::tally_decimal_merge;
    static constexpr auto unmerge = ::tally_decimal_unmerge;
    static constexpr auto count = ::tally_decimal_count;
    static constexpr auto save = ::tally_decimal_save;
    static constexpr auto load = ::tally_decimal_load;
    static constexpr std::size_t saved_max = TALLY_DECIMAL_SAVED_MAX;
};

} // namespace detail

/*
 * A sum of decimal numbers as they are written, with no binary rounding: "0.10"
 * and "0.20" are "0.30". A plain value: 352 bytes, copied with memcpy(),
 * nothing to release. Functions that change it return it, unless they say
 * otherwise. What it merges and saves is in state.hpp.
 */
class decimal : public detail::state<decimal, ::tally_decimal,
                                     detail::decimal_functions> {
  public:
    using state::state;

    /* Adds the numbers in a text. */
    decimal &add(std::string_view text, char separator = ' ') {
        return did(try_add(text, separator));
    }
    /*
     * Adds the numbers in a part of a text. Returns how many bytes of it need
     * not be passed again: a number that its end may have cut is left.
     */
    std::size_t add_part(std::string_view text, char separator = ' ') {
        std::size_t consumed = 0, values = 0;
        check(::tally_decimal_add_text(get(), text.data(), text.size(),
                                       separator, false, &consumed, &values));
        return consumed;
    }
    /* Adds count integers, each times 10^-scale. */
    decimal &add_scaled(const std::int64_t *values, std::size_t count,
                        int scale) {
        return did(try_add_scaled(values, count, scale));
    }
    /* Adds the integers of a container, each times 10^-scale. */
    template <class Values,
              class = std::enable_if_t<!std::is_arithmetic_v<Values>>>
    decimal &add_scaled(const Values &values, int scale) {
        return add_scaled(std::data(values), detail::count_of(values), scale);
    }
    /* Adds value times 10^-scale. */
    decimal &add_scaled(std::int64_t value, int scale) {
        return add_scaled(&value, 1, scale);
    }

    /* Takes out the numbers in a text. */
    decimal &subtract(std::string_view text, char separator = ' ') {
        return did(try_subtract(text, separator));
    }
    /* Takes out count integers, each times 10^-scale. */
    decimal &subtract_scaled(const std::int64_t *values, std::size_t count,
                             int scale) {
        return did(try_subtract_scaled(values, count, scale));
    }
    /* Takes out the integers of a container, each times 10^-scale. */
    template <class Values,
              class = std::enable_if_t<!std::is_arithmetic_v<Values>>>
    decimal &subtract_scaled(const Values &values, int scale) {
        return subtract_scaled(std::data(values), detail::count_of(values),
                               scale);
    }
    /* Takes out value times 10^-scale. */
    decimal &subtract_scaled(std::int64_t value, int scale) {
        return subtract_scaled(&value, 1, scale);
    }

    /* The total with so many digits after the point; -1: all. */
    std::string text(int digits = TALLY_DECIMAL_AS_WRITTEN) const {
        return detail::text_of(::tally_decimal_value_text, get(), digits);
    }
    /* The mean with so many digits after the point. */
    std::string mean_text(int digits) const {
        return detail::text_of(::tally_decimal_mean_text, get(), digits);
    }
    /* The nearest double. Throws beyond its range. */
    double value() const {
        return detail::result<double>(::tally_decimal_value_f64, get());
    }
    /* -1, 0 or 1: how the total compares with that of other. Throws for NaN. */
    int compare(const decimal &other) const {
        return detail::result<int>(::tally_decimal_compare, get(), other.get());
    }

    /* add() */
    status try_add(std::string_view text, char separator = ' ') noexcept {
        std::size_t consumed = 0, values = 0;
        return ::tally_decimal_add_text(get(), text.data(), text.size(),
                                        separator, true, &consumed, &values);
    }
    /* add_scaled() */
    status try_add_scaled(const std::int64_t *values, std::size_t count,
                          int scale) noexcept {
        return ::tally_decimal_add_scaled(get(), values, count, scale);
    }
    /* subtract() */
    status try_subtract(std::string_view text, char separator = ' ') noexcept {
        std::size_t consumed = 0, values = 0;
        return ::tally_decimal_subtract_text(get(), text.data(), text.size(),
                                             separator, true, &consumed,
                                             &values);
    }
    /* subtract_scaled() */
    status try_subtract_scaled(const std::int64_t *values, std::size_t count,
                               int scale) noexcept {
        return ::tally_decimal_subtract_scaled(get(), values, count, scale);
    }
    /* value() */
    [[nodiscard]] status try_value(double &total) const noexcept {
        return ::tally_decimal_value_f64(get(), &total);
    }
    /* compare() */
    [[nodiscard]] status try_compare(const decimal &other,
                                     int &order) const noexcept {
        return ::tally_decimal_compare(get(), other.get(), &order);
    }
};

static_assert(std::is_trivially_copyable_v<decimal> &&
              std::is_standard_layout_v<decimal> &&
              sizeof(decimal) == sizeof(::tally_decimal));

} // namespace tally

#endif /* TALLY_DECIMALS_HPP */
