/*
 * tally/decimals.hpp - sums of decimal numbers as they are written
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_DECIMALS_HPP
#define TALLY_DECIMALS_HPP

#include "decimal_terms.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/*
 * A sum of decimal numbers exactly as they are written, with no binary
 * rounding: "0.10" and "0.20" are "0.30". A plain value: 352 bytes, copied as
 * by memcpy(), with nothing to release. Functions that change it return it,
 * unless documented otherwise. The members for merging and saving are in
 * state.hpp, those for doubles, products and wide integers in
 * decimal_terms.hpp, and those for columns of Arrow in arrow.hpp. Two decimals
 * are equal (==) if their sums, counts and scales are equal: "0.5" and "0.50"
 * are equal only by compare().
 */
class decimal : public detail::decimal_terms<decimal> {
  public:
    using decimal_terms::decimal_terms;

#if TALLY_EXCEPTIONS
    /* Adds the numbers in a text. */
    decimal &add(std::string_view text, detail::exactly<char> separator = ' ') {
        return did(try_add(text, separator));
    }
    /* Adds the numbers in a piece of a text. Returns the number of bytes
     * processed; a number that the end of the piece may have cut is not. */
    [[nodiscard]] std::size_t add_part(std::string_view text,
                                       detail::exactly<char> separator = ' ') {
        std::size_t consumed = 0;
        tally::check(try_add_part(text, separator, consumed));
        return consumed;
    }
    /* Adds count integers, each times 10^-scale. */
    decimal &add_scaled(const std::int64_t *values, std::size_t count,
                        detail::exactly<int> scale) {
        return did(try_add_scaled(values, count, scale));
    }
    /* Adds the integers of a container, each times 10^-scale. */
    template <class Values = std::initializer_list<std::int64_t>,
              class = detail::if_int64s<Values>>
    decimal &add_scaled(const Values &values, detail::exactly<int> scale) {
        return did(try_add_scaled(values, scale));
    }
    /* Adds the integers of a column that count, each times 10^-scale. */
    decimal &add_scaled(const column &values, detail::exactly<int> scale) {
        return did(try_add_scaled(values, scale));
    }
    /* Adds value times 10^-scale. */
    decimal &add_scaled(detail::exactly<std::int64_t> value,
                        detail::exactly<int> scale) {
        return did(try_add_scaled(value, scale));
    }

    /* Subtracts the numbers in a text. */
    decimal &subtract(std::string_view text,
                      detail::exactly<char> separator = ' ') {
        return did(try_subtract(text, separator));
    }
    /* Subtracts count integers, each times 10^-scale. */
    decimal &subtract_scaled(const std::int64_t *values, std::size_t count,
                             detail::exactly<int> scale) {
        return did(try_subtract_scaled(values, count, scale));
    }
    /* Subtracts the integers of a container, each times 10^-scale. */
    template <class Values = std::initializer_list<std::int64_t>,
              class = detail::if_int64s<Values>>
    decimal &subtract_scaled(const Values &values, detail::exactly<int> scale) {
        return did(try_subtract_scaled(values, scale));
    }
    /* Subtracts the integers of a column that count, each times 10^-scale. */
    decimal &subtract_scaled(const column &values, detail::exactly<int> scale) {
        return did(try_subtract_scaled(values, scale));
    }
    /* Subtracts value times 10^-scale. */
    decimal &subtract_scaled(detail::exactly<std::int64_t> value,
                             detail::exactly<int> scale) {
        return did(try_subtract_scaled(value, scale));
    }

    /* The total with this many digits after the point; -1: the exact total. */
    [[nodiscard]] std::string
    text(detail::exactly<int> digits = TALLY_DECIMAL_AS_WRITTEN) const {
        return detail::text_of(::tally_decimal_value_text, get(), digits);
    }
    /* The mean with this many digits after the point. */
    [[nodiscard]] std::string mean_text(detail::exactly<int> digits) const {
        return detail::text_of(::tally_decimal_mean_text, get(), digits);
    }
    /* The total, rounded as specified, such as TALLY_ROUND_UP. */
    [[nodiscard]] std::string text(detail::exactly<int> digits,
                                   ::tally_rounding rounding) const {
        return detail::text_of(
            detail::rounded(::tally_decimal_value_text_rounded, rounding),
            get(), digits);
    }
    /* The mean, rounded as specified. */
    [[nodiscard]] std::string mean_text(detail::exactly<int> digits,
                                        ::tally_rounding rounding) const {
        return detail::text_of(
            detail::rounded(::tally_decimal_mean_text_rounded, rounding), get(),
            digits);
    }
    /* The nearest double. Throws if the total is out of range. */
    [[nodiscard]] double value() const {
        return detail::result<double>(::tally_decimal_value_f64, get());
    }
    /* Compares the totals: -1 if this one is less, 0 if equal, 1 if greater.
     * Throws for NaN. */
    [[nodiscard]] int compare(const decimal &other) const {
        return detail::result<int>(::tally_decimal_compare, get(), other.get());
    }
#endif

    /* add() */
    [[nodiscard]] status
    try_add(std::string_view text,
            detail::exactly<char> separator = ' ') noexcept {
        std::size_t consumed = 0, values = 0;
        return ::tally_decimal_add_text(get(), text.data(), text.size(),
                                        separator, true, &consumed, &values);
    }
    /* add_part(); if a word is refused, consumed is its offset. */
    [[nodiscard]] status try_add_part(std::string_view text,
                                      detail::exactly<char> separator,
                                      std::size_t &consumed) noexcept {
        std::size_t values = 0;
        return ::tally_decimal_add_text(get(), text.data(), text.size(),
                                        separator, false, &consumed, &values);
    }
    /* add_scaled() */
    [[nodiscard]] status try_add_scaled(const column &values,
                                        detail::exactly<int> scale) noexcept {
        return ::tally_decimal_add(get(), values.get(), scale);
    }
    /* add_scaled() */
    [[nodiscard]] status try_add_scaled(const std::int64_t *values,
                                        std::size_t count,
                                        detail::exactly<int> scale) noexcept {
        return ::tally_decimal_add_scaled(get(), values, count, scale);
    }
    /* add_scaled() */
    template <class Values = std::initializer_list<std::int64_t>,
              class = detail::if_int64s<Values>>
    [[nodiscard]] status try_add_scaled(const Values &values,
                                        detail::exactly<int> scale) noexcept {
        return try_add_scaled(detail::cast(std::data(values)),
                              detail::count_of(values), scale);
    }
    /* add_scaled() */
    [[nodiscard]] status try_add_scaled(detail::exactly<std::int64_t> value,
                                        detail::exactly<int> scale) noexcept {
        const std::int64_t one = value;
        return try_add_scaled(&one, 1, scale);
    }
    /* subtract() */
    [[nodiscard]] status
    try_subtract(std::string_view text,
                 detail::exactly<char> separator = ' ') noexcept {
        std::size_t consumed = 0, values = 0;
        return ::tally_decimal_subtract_text(get(), text.data(), text.size(),
                                             separator, true, &consumed,
                                             &values);
    }
    /* subtract_scaled() */
    [[nodiscard]] status
    try_subtract_scaled(const column &values,
                        detail::exactly<int> scale) noexcept {
        return ::tally_decimal_subtract(get(), values.get(), scale);
    }
    /* subtract_scaled() */
    [[nodiscard]] status
    try_subtract_scaled(const std::int64_t *values, std::size_t count,
                        detail::exactly<int> scale) noexcept {
        return ::tally_decimal_subtract_scaled(get(), values, count, scale);
    }
    /* subtract_scaled() */
    template <class Values = std::initializer_list<std::int64_t>,
              class = detail::if_int64s<Values>>
    [[nodiscard]] status
    try_subtract_scaled(const Values &values,
                        detail::exactly<int> scale) noexcept {
        return try_subtract_scaled(detail::cast(std::data(values)),
                                   detail::count_of(values), scale);
    }
    /* subtract_scaled() */
    [[nodiscard]] status
    try_subtract_scaled(detail::exactly<std::int64_t> value,
                        detail::exactly<int> scale) noexcept {
        const std::int64_t one = value;
        return try_subtract_scaled(&one, 1, scale);
    }
    /* text() */
    [[nodiscard]] status try_text(detail::exactly<int> digits,
                                  std::string &text) const noexcept {
        return detail::try_text_of(::tally_decimal_value_text, get(), digits,
                                   text);
    }
    /* text(), into the caller's memory, followed by a NUL that needed does not
     * count. */
    [[nodiscard]] status try_text(detail::exactly<int> digits, char *buffer,
                                  std::size_t size,
                                  std::size_t &needed) const noexcept {
        return ::tally_decimal_value_text(get(), digits, buffer, size, &needed);
    }
    /* mean_text() */
    [[nodiscard]] status try_mean_text(detail::exactly<int> digits,
                                       std::string &text) const noexcept {
        return detail::try_text_of(::tally_decimal_mean_text, get(), digits,
                                   text);
    }
    /* mean_text(), into the caller's memory as by try_text(). */
    [[nodiscard]] status try_mean_text(detail::exactly<int> digits,
                                       char *buffer, std::size_t size,
                                       std::size_t &needed) const noexcept {
        return ::tally_decimal_mean_text(get(), digits, buffer, size, &needed);
    }
    /* text() */
    [[nodiscard]] status try_text(detail::exactly<int> digits,
                                  ::tally_rounding rounding,
                                  std::string &text) const noexcept {
        return detail::try_text_of(
            detail::rounded(::tally_decimal_value_text_rounded, rounding),
            get(), digits, text);
    }
    /* mean_text() */
    [[nodiscard]] status try_mean_text(detail::exactly<int> digits,
                                       ::tally_rounding rounding,
                                       std::string &text) const noexcept {
        return detail::try_text_of(
            detail::rounded(::tally_decimal_mean_text_rounded, rounding), get(),
            digits, text);
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

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_DECIMALS_HPP */
