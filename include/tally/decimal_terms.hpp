/*
 * tally/decimal_terms.hpp - doubles, products and wide integers in decimals
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_DECIMAL_TERMS_HPP
#define TALLY_DECIMAL_TERMS_HPP

#include "products.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

struct decimal_functions {
    static constexpr auto merge = ::tally_decimal_merge;
    static constexpr auto unmerge = ::tally_decimal_unmerge;
    static constexpr auto fail = ::tally_decimal_fail;
    static constexpr auto count = ::tally_decimal_count;
    static constexpr auto special_counts = ::tally_decimal_special_counts;
    static constexpr auto save = ::tally_decimal_save;
    static constexpr auto load = ::tally_decimal_load;
    static constexpr auto add_arrow = ::tally_decimal_add_arrow;
    static constexpr auto add_arrow_stream = ::tally_decimal_add_arrow_stream;
    static constexpr std::size_t saved_max = TALLY_DECIMAL_SAVED_MAX;
};

/* Containers of int64_t. */
template <class Values>
using if_int64s = std::enable_if_t<
    std::is_same_v<same<element_of<const Values>>, std::int64_t>>;

template <class X, class Y>
using if_both_int64s = std::void_t<if_int64s<X>, if_int64s<Y>>;

/* Binds rounding, so that a function that takes it has the form of one that
 * does not. */
template <class Function>
auto rounded(Function function, ::tally_rounding rounding) noexcept {
    return [function, rounding](const ::tally_decimal *dec, int digits,
                                char *buffer, std::size_t size,
                                std::size_t *needed) noexcept {
        return function(dec, digits, rounding, buffer, size, needed);
    };
}

/* The terms of a decimal other than text and 64-bit integers. */
template <class Self>
class decimal_terms
    : public arrow_state<Self, state<Self, ::tally_decimal, decimal_functions>,
                         decimal_functions> {
    using base =
        arrow_state<Self, state<Self, ::tally_decimal, decimal_functions>,
                    decimal_functions>;

  public:
    using base::base;

#if TALLY_EXCEPTIONS
    /* Adds count doubles, each as its shortest decimal. */
    Self &add_doubles(const double *values, std::size_t count) {
        return this->did(try_add_doubles(values, count));
    }
    /* Adds the doubles of a container, each as its shortest decimal. */
    template <class Values = list, class = if_doubles<Values>>
    Self &add_doubles(const Values &values) {
        return this->did(try_add_doubles(values));
    }
    /* Adds one double, as its shortest decimal. */
    Self &add_double(exactly<double> value) {
        return this->did(try_add_double(value));
    }
    /* Adds a text that is exactly one finite number. */
    Self &add_one(std::string_view text) {
        return this->did(try_add_one(text));
    }
    /* Adds count integers of 128 bits, each times 10^-scale. */
    Self &add_scaled_wide(const ::tally_int128 *values, std::size_t count,
                          exactly<int> scale) {
        return this->did(try_add_scaled_wide(values, count, scale));
    }
    /* Adds the products of count pairs of integers, x times 10^-x_scale and y
     * times 10^-y_scale. */
    Self &add_products(const std::int64_t *x, const std::int64_t *y,
                       std::size_t count, exactly<int> x_scale,
                       exactly<int> y_scale) {
        return this->did(try_add_products(x, y, count, x_scale, y_scale));
    }
    /* Adds the products of the pairs of two containers of the same length. */
    template <class X = std::initializer_list<std::int64_t>,
              class Y = std::initializer_list<std::int64_t>,
              class = if_both_int64s<X, Y>>
    Self &add_products(const X &x, const Y &y, exactly<int> x_scale,
                       exactly<int> y_scale) {
        const auto count =
            detail::pairs_of("tally::decimal::add_products", x, y);
        return add_products(detail::cast(std::data(x)),
                            detail::cast(std::data(y)), count, x_scale,
                            y_scale);
    }
    /* Adds the products of count pairs of doubles, as shortest decimals. */
    Self &add_products(const double *x, const double *y, std::size_t count) {
        return this->did(try_add_products(x, y, count));
    }
    /* Adds the products of the pairs of two containers of the same length. */
    template <class X = list, class Y = list, class = if_both_doubles<X, Y>>
    Self &add_products(const X &x, const Y &y) {
        const auto count =
            detail::pairs_of("tally::decimal::add_products", x, y);
        return add_products(std::data(x), std::data(y), count);
    }

    /* Subtracts count doubles, each as its shortest decimal. */
    Self &subtract_doubles(const double *values, std::size_t count) {
        return this->did(try_subtract_doubles(values, count));
    }
    /* Subtracts the doubles of a container, each as its shortest decimal. */
    template <class Values = list, class = if_doubles<Values>>
    Self &subtract_doubles(const Values &values) {
        return this->did(try_subtract_doubles(values));
    }
    /* Subtracts one double, as its shortest decimal. */
    Self &subtract_double(exactly<double> value) {
        return this->did(try_subtract_double(value));
    }
    /* Subtracts a text that is exactly one finite number. */
    Self &subtract_one(std::string_view text) {
        return this->did(try_subtract_one(text));
    }
    /* Subtracts count integers of 128 bits, each times 10^-scale. */
    Self &subtract_scaled_wide(const ::tally_int128 *values, std::size_t count,
                               exactly<int> scale) {
        return this->did(try_subtract_scaled_wide(values, count, scale));
    }
    /* Subtracts the products of count pairs of integers, x times 10^-x_scale
     * and y times 10^-y_scale. */
    Self &subtract_products(const std::int64_t *x, const std::int64_t *y,
                            std::size_t count, exactly<int> x_scale,
                            exactly<int> y_scale) {
        return this->did(try_subtract_products(x, y, count, x_scale, y_scale));
    }
    /*
     * Subtracts the products of the pairs of two containers of the same length.
     */
    template <class X = std::initializer_list<std::int64_t>,
              class Y = std::initializer_list<std::int64_t>,
              class = if_both_int64s<X, Y>>
    Self &subtract_products(const X &x, const Y &y, exactly<int> x_scale,
                            exactly<int> y_scale) {
        const auto count =
            detail::pairs_of("tally::decimal::subtract_products", x, y);
        return subtract_products(detail::cast(std::data(x)),
                                 detail::cast(std::data(y)), count, x_scale,
                                 y_scale);
    }
    /*
     * Subtracts the products of count pairs of doubles, as shortest decimals.
     */
    Self &subtract_products(const double *x, const double *y,
                            std::size_t count) {
        return this->did(try_subtract_products(x, y, count));
    }
    /*
     * Subtracts the products of the pairs of two containers of the same length.
     */
    template <class X = list, class Y = list, class = if_both_doubles<X, Y>>
    Self &subtract_products(const X &x, const Y &y) {
        const auto count =
            detail::pairs_of("tally::decimal::subtract_products", x, y);
        return subtract_products(std::data(x), std::data(y), count);
    }
#endif

    /* add_doubles() */
    [[nodiscard]] status try_add_doubles(const double *values,
                                         std::size_t count) noexcept {
        return ::tally_decimal_add_f64(this->get(), values, count);
    }
    /* add_doubles() */
    template <class Values = list, class = if_doubles<Values>>
    [[nodiscard]] status try_add_doubles(const Values &values) noexcept {
        return try_add_doubles(std::data(values), detail::count_of(values));
    }
    /* add_double() */
    [[nodiscard]] status try_add_double(exactly<double> value) noexcept {
        return ::tally_decimal_add_one_f64(this->get(), value);
    }
    /* add_one() */
    [[nodiscard]] status try_add_one(std::string_view text) noexcept {
        return ::tally_decimal_add_one_text(this->get(), text.data(),
                                            text.size());
    }
    /* add_scaled_wide() */
    [[nodiscard]] status try_add_scaled_wide(const ::tally_int128 *values,
                                             std::size_t count,
                                             exactly<int> scale) noexcept {
        return ::tally_decimal_add_scaled_i128(this->get(), values, count,
                                               scale);
    }
    /* add_products() */
    [[nodiscard]] status try_add_products(const std::int64_t *x,
                                          const std::int64_t *y,
                                          std::size_t count,
                                          exactly<int> x_scale,
                                          exactly<int> y_scale) noexcept {
        return ::tally_decimal_add_products(this->get(), x, y, count, x_scale,
                                            y_scale);
    }
    /* add_products() */
    template <class X = std::initializer_list<std::int64_t>,
              class Y = std::initializer_list<std::int64_t>,
              class = if_both_int64s<X, Y>>
    [[nodiscard]] status try_add_products(const X &x, const Y &y,
                                          exactly<int> x_scale,
                                          exactly<int> y_scale) noexcept {
        const status lengths = detail::check_pairs(x, y);
        if (lengths != TALLY_OK)
            return lengths;
        return try_add_products(detail::cast(std::data(x)),
                                detail::cast(std::data(y)), detail::count_of(x),
                                x_scale, y_scale);
    }
    /* add_products() */
    [[nodiscard]] status try_add_products(const double *x, const double *y,
                                          std::size_t count) noexcept {
        return ::tally_decimal_add_products_f64(this->get(), x, y, count);
    }
    /* add_products() */
    template <class X = list, class Y = list, class = if_both_doubles<X, Y>>
    [[nodiscard]] status try_add_products(const X &x, const Y &y) noexcept {
        const status lengths = detail::check_pairs(x, y);
        if (lengths != TALLY_OK)
            return lengths;
        return try_add_products(std::data(x), std::data(y),
                                detail::count_of(x));
    }

    /* subtract_doubles() */
    [[nodiscard]] status try_subtract_doubles(const double *values,
                                              std::size_t count) noexcept {
        return ::tally_decimal_subtract_f64(this->get(), values, count);
    }
    /* subtract_doubles() */
    template <class Values = list, class = if_doubles<Values>>
    [[nodiscard]] status try_subtract_doubles(const Values &values) noexcept {
        return try_subtract_doubles(std::data(values),
                                    detail::count_of(values));
    }
    /* subtract_double() */
    [[nodiscard]] status try_subtract_double(exactly<double> value) noexcept {
        return ::tally_decimal_subtract_one_f64(this->get(), value);
    }
    /* subtract_one() */
    [[nodiscard]] status try_subtract_one(std::string_view text) noexcept {
        return ::tally_decimal_subtract_one_text(this->get(), text.data(),
                                                 text.size());
    }
    /* subtract_scaled_wide() */
    [[nodiscard]] status try_subtract_scaled_wide(const ::tally_int128 *values,
                                                  std::size_t count,
                                                  exactly<int> scale) noexcept {
        return ::tally_decimal_subtract_scaled_i128(this->get(), values, count,
                                                    scale);
    }
    /* subtract_products() */
    [[nodiscard]] status try_subtract_products(const std::int64_t *x,
                                               const std::int64_t *y,
                                               std::size_t count,
                                               exactly<int> x_scale,
                                               exactly<int> y_scale) noexcept {
        return ::tally_decimal_subtract_products(this->get(), x, y, count,
                                                 x_scale, y_scale);
    }
    /* subtract_products() */
    template <class X = std::initializer_list<std::int64_t>,
              class Y = std::initializer_list<std::int64_t>,
              class = if_both_int64s<X, Y>>
    [[nodiscard]] status try_subtract_products(const X &x, const Y &y,
                                               exactly<int> x_scale,
                                               exactly<int> y_scale) noexcept {
        const status lengths = detail::check_pairs(x, y);
        if (lengths != TALLY_OK)
            return lengths;
        return try_subtract_products(detail::cast(std::data(x)),
                                     detail::cast(std::data(y)),
                                     detail::count_of(x), x_scale, y_scale);
    }
    /* subtract_products() */
    [[nodiscard]] status try_subtract_products(const double *x, const double *y,
                                               std::size_t count) noexcept {
        return ::tally_decimal_subtract_products_f64(this->get(), x, y, count);
    }
    /* subtract_products() */
    template <class X = list, class Y = list, class = if_both_doubles<X, Y>>
    [[nodiscard]] status try_subtract_products(const X &x,
                                               const Y &y) noexcept {
        const status lengths = detail::check_pairs(x, y);
        if (lengths != TALLY_OK)
            return lengths;
        return try_subtract_products(std::data(x), std::data(y),
                                     detail::count_of(x));
    }
};

} // namespace detail

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_DECIMAL_TERMS_HPP */
