/*
 * tally/decimals.hpp - sums of decimal numbers as they are written
 */
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
 * A sum of decimal numbers as they are written, with no binary rounding: "0.10"
 * and "0.20" are "0.30". A plain value: 352 bytes, copied with memcpy(),
 * nothing to release. Functions that change it return it, unless they say
 * otherwise. What it merges and saves is in state.hpp; doubles, products and
 * wide integers are in decimal_terms.hpp, columns of Arrow in arrow.hpp. Equal
 * (==) are those of equal sums, equal counts and equally many digits as
 * written: "0.5" and "0.50" only compare() as equal.
 */
class decimal : public detail::decimal_terms<decimal> {
  public:
    using decimal_terms::decimal_terms;

#if TALLY_EXCEPTIONS
    /* Adds the numbers in a text. */
    decimal &add(std::string_view text, detail::exactly<char> separator = ' ') {
        return did(try_add(text, separator));
    }
    /*
     * Adds the numbers in a part of a text. Returns how many bytes of it need
     * not be passed again: a number that its end may have cut is left.
     */
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
    /* Adds those integers of a column that count, each times 10^-scale. */
    decimal &add_scaled(const column &values, detail::exactly<int> scale) {
        return did(try_add_scaled(values, scale));
    }
    /* Adds value times 10^-scale. */
    decimal &add_scaled(detail::exactly<std::int64_t> value,
                        detail::exactly<int> scale) {
        return did(try_add_scaled(value, scale));
    }

    /* Takes out the numbers in a text. */
    decimal &subtract(std::string_view text,
                      detail::exactly<char> separator = ' ') {
        return did(try_subtract(text, separator));
    }
    /* Takes out count integers, each times 10^-scale. */
    decimal &subtract_scaled(const std::int64_t *values, std::size_t count,
                             detail::exactly<int> scale) {
        return did(try_subtract_scaled(values, count, scale));
    }
    /* Takes out the integers of a container, each times 10^-scale. */
    template <class Values = std::initializer_list<std::int64_t>,
              class = detail::if_int64s<Values>>
    decimal &subtract_scaled(const Values &values, detail::exactly<int> scale) {
        return did(try_subtract_scaled(values, scale));
    }
    /* Takes out those integers of a column that count, each times 10^-scale. */
    decimal &subtract_scaled(const column &values, detail::exactly<int> scale) {
        return did(try_subtract_scaled(values, scale));
    }
    /* Takes out value times 10^-scale. */
    decimal &subtract_scaled(detail::exactly<std::int64_t> value,
                             detail::exactly<int> scale) {
        return did(try_subtract_scaled(value, scale));
    }

    /* The total with this many digits after the point; -1: all. */
    [[nodiscard]] std::string
    text(detail::exactly<int> digits = TALLY_DECIMAL_AS_WRITTEN) const {
        return detail::text_of(::tally_decimal_value_text, get(), digits);
    }
    /* The mean with this many digits after the point. */
    [[nodiscard]] std::string mean_text(detail::exactly<int> digits) const {
        return detail::text_of(::tally_decimal_mean_text, get(), digits);
    }
    /* The total, rounded another way: TALLY_ROUND_UP, for one. */
    [[nodiscard]] std::string text(detail::exactly<int> digits,
                                   ::tally_rounding rounding) const {
        return detail::text_of(
            detail::rounded(::tally_decimal_value_text_rounded, rounding),
            get(), digits);
    }
    /* The mean, rounded another way. */
    [[nodiscard]] std::string mean_text(detail::exactly<int> digits,
                                        ::tally_rounding rounding) const {
        return detail::text_of(
            detail::rounded(::tally_decimal_mean_text_rounded, rounding), get(),
            digits);
    }
    /* The nearest double. Throws beyond its range. */
    [[nodiscard]] double value() const {
        return detail::result<double>(::tally_decimal_value_f64, get());
    }
    /* -1, 0 or 1: how the total compares with that of other. Throws for NaN. */
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
    /* add_part(); for a bad word, consumed is where it begins. */
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
    /* text(), in memory of the caller's, with a NUL behind it, which is not
     * counted in needed. */
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
    /* mean_text(), as try_text() into memory of the caller's. */
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
