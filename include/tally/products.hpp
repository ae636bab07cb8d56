/* tally/products.hpp - running dot products */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_PRODUCTS_HPP
#define TALLY_PRODUCTS_HPP

#include "accumulator.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface. */
namespace detail {

struct product_functions {
    static constexpr auto merge = ::tally_product_accumulator_merge;
    static constexpr auto unmerge = ::tally_product_accumulator_unmerge;
    static constexpr auto fail = ::tally_product_accumulator_fail;
    static constexpr auto count = ::tally_product_accumulator_count;
    static constexpr auto special_counts =
        ::tally_product_accumulator_special_counts;
    static constexpr auto save = ::tally_product_accumulator_save;
    static constexpr auto load = ::tally_product_accumulator_load;
    static constexpr std::size_t saved_max =
        TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX;
};

/* Refuses two containers of different lengths. */
template <class X, class Y>
status check_pairs(const X &x, const Y &y) noexcept {
    return detail::check_length("y", detail::count_of(y), detail::count_of(x));
}
#if TALLY_EXCEPTIONS
/* The number of pairs of two containers of the same length. */
template <class X, class Y>
std::size_t pairs_of(const char *name, const X &x, const Y &y) {
    const status lengths = detail::check_pairs(x, y);
    if (lengths != TALLY_OK)
        throw error(lengths, name, ::tally_last_message());
    return detail::count_of(x);
}
#endif

} // namespace detail

/* A running sum of exact products of two doubles: a plain value, like
 * accumulator. The members for merging and saving are in state.hpp. */
class product_accumulator
    : public detail::state<product_accumulator, ::tally_product_accumulator,
                           detail::product_functions> {
  public:
    using state::state;

#if TALLY_EXCEPTIONS
    /* Adds the products of count pairs. */
    product_accumulator &add(const double *x, const double *y,
                             std::size_t count) {
        return did(try_add(x, y, count));
    }
    /* Adds the products of the pairs of two containers of the same length. */
    template <class X = detail::list, class Y = detail::list,
              class = detail::if_both_doubles<X, Y>>
    product_accumulator &add(const X &x, const Y &y) {
        const auto count =
            detail::pairs_of("tally::product_accumulator::add", x, y);
        return add(std::data(x), std::data(y), count);
    }
    /* Adds the products of the pairs of two columns that count. */
    product_accumulator &add(const column &x, const column &y) {
        return did(try_add(x, y));
    }
    /* Adds one product. */
    product_accumulator &add(detail::exactly<double> x,
                             detail::exactly<double> y) {
        return did(try_add(x, y));
    }
    /* Adds the products of the pairs of two columns of an array of Arrow. */
    product_accumulator &add_arrow(const ::ArrowSchema *schema,
                                   const ::ArrowArray *array, const char *x,
                                   const char *y) {
        return did(try_add_arrow(schema, array, x, y));
    }
    /* The same for each array of a stream. If a callback of the stream throws,
     * the exception reaches the caller and nothing is added. */
    product_accumulator &add_arrow_stream(::ArrowArrayStream *stream,
                                          const char *x, const char *y) {
        return did(
            ::tally_product_accumulator_add_arrow_stream(get(), stream, x, y));
    }
    /* Subtracts the products of count pairs. */
    product_accumulator &subtract(const double *x, const double *y,
                                  std::size_t count) {
        return did(try_subtract(x, y, count));
    }
    /*
     * Subtracts the products of the pairs of two containers of the same length.
     */
    template <class X = detail::list, class Y = detail::list,
              class = detail::if_both_doubles<X, Y>>
    product_accumulator &subtract(const X &x, const Y &y) {
        const auto count =
            detail::pairs_of("tally::product_accumulator::subtract", x, y);
        return subtract(std::data(x), std::data(y), count);
    }
    /* Subtracts the products of the pairs of two columns that count. */
    product_accumulator &subtract(const column &x, const column &y) {
        return did(try_subtract(x, y));
    }
    /* Subtracts one product. */
    product_accumulator &subtract(detail::exactly<double> x,
                                  detail::exactly<double> y) {
        return did(try_subtract(x, y));
    }

    /* The total as double, rounded once, or as int64_t if it is one. */
    template <class T = double> [[nodiscard]] T value() const {
        T total{};
        tally::check(try_value(total));
        return total;
    }
    /* The mean of the products, rounded once. Throws if there are none. */
    [[nodiscard]] double mean() const {
        return detail::result<double>(::tally_product_accumulator_mean_f64,
                                      get());
    }
    /* The weighted mean, if the products added were those of values and
     * weights. */
    [[nodiscard]] double weighted_mean(const accumulator &weights) const {
        return detail::result<double>(
            ::tally_product_accumulator_weighted_mean_f64, get(),
            weights.get());
    }
    /* The total in decimal, with this many digits after the point; -1: the
     * exact total. */
    [[nodiscard]] std::string text(detail::exactly<int> digits = -1) const {
        return detail::text_of(::tally_product_accumulator_value_text, get(),
                               digits);
    }
    /* The distance of candidate from the total, in units in the last place. */
    [[nodiscard]] double error_ulps(detail::exactly<double> candidate) const {
        return detail::result<double>(::tally_product_accumulator_error_f64,
                                      get(), double{candidate});
    }
#endif

    /* add() */
    [[nodiscard]] status try_add(const column &x, const column &y) noexcept {
        return ::tally_product_accumulator_add(get(), x.get(), y.get());
    }
    /* add() */
    [[nodiscard]] status try_add(const double *x, const double *y,
                                 std::size_t count) noexcept {
        return ::tally_product_accumulator_add_f64(get(), x, y, count);
    }
    /* add() */
    template <class X = detail::list, class Y = detail::list,
              class = detail::if_both_doubles<X, Y>>
    [[nodiscard]] status try_add(const X &x, const Y &y) noexcept {
        const status lengths = detail::check_pairs(x, y);
        if (lengths != TALLY_OK)
            return lengths;
        return try_add(std::data(x), std::data(y), detail::count_of(x));
    }
    /* add() */
    [[nodiscard]] status try_add(detail::exactly<double> x,
                                 detail::exactly<double> y) noexcept {
        return ::tally_product_accumulator_add_one_f64(get(), x, y);
    }
    /* subtract() */
    [[nodiscard]] status try_subtract(const column &x,
                                      const column &y) noexcept {
        return ::tally_product_accumulator_subtract(get(), x.get(), y.get());
    }
    /* add_arrow() */
    [[nodiscard]] status try_add_arrow(const ::ArrowSchema *schema,
                                       const ::ArrowArray *array, const char *x,
                                       const char *y) noexcept {
        return ::tally_product_accumulator_add_arrow(get(), schema, array, x,
                                                     y);
    }
    /* add_arrow_stream(), for a stream that does not throw. */
    [[nodiscard]] status try_add_arrow_stream(::ArrowArrayStream *stream,
                                              const char *x,
                                              const char *y) noexcept {
        return ::tally_product_accumulator_add_arrow_stream(get(), stream, x,
                                                            y);
    }
    /* subtract() */
    [[nodiscard]] status try_subtract(const double *x, const double *y,
                                      std::size_t count) noexcept {
        return ::tally_product_accumulator_subtract_f64(get(), x, y, count);
    }
    /* subtract() */
    template <class X = detail::list, class Y = detail::list,
              class = detail::if_both_doubles<X, Y>>
    [[nodiscard]] status try_subtract(const X &x, const Y &y) noexcept {
        const status lengths = detail::check_pairs(x, y);
        if (lengths != TALLY_OK)
            return lengths;
        return try_subtract(std::data(x), std::data(y), detail::count_of(x));
    }
    /* subtract() */
    [[nodiscard]] status try_subtract(detail::exactly<double> x,
                                      detail::exactly<double> y) noexcept {
        return ::tally_product_accumulator_subtract_one_f64(get(), x, y);
    }
    /* value() */
    template <class T> [[nodiscard]] status try_value(T &total) const noexcept {
        using same = detail::same<T>;
        constexpr bool is_whole = std::is_same_v<same, std::int64_t>;
        static_assert(is_whole || std::is_same_v<same, double>,
                      "tally: value() of products returns double or int64_t");
        std::conditional_t<is_whole, std::int64_t, double> rounded{};
        status outcome = TALLY_OK;
        if constexpr (is_whole)
            outcome = ::tally_product_accumulator_value_i64(get(), &rounded);
        else
            outcome = ::tally_product_accumulator_value_f64(get(), &rounded);
        if (detail::is_written<T>(outcome))
            total = static_cast<T>(rounded);
        return outcome;
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &mean) const noexcept {
        return ::tally_product_accumulator_mean_f64(get(), &mean);
    }
    /* weighted_mean() */
    [[nodiscard]] status try_weighted_mean(const accumulator &weights,
                                           double &mean) const noexcept {
        return ::tally_product_accumulator_weighted_mean_f64(
            get(), weights.get(), &mean);
    }
    /* text() */
    [[nodiscard]] status try_text(detail::exactly<int> digits,
                                  std::string &text) const noexcept {
        return detail::try_text_of(::tally_product_accumulator_value_text,
                                   get(), digits, text);
    }
    /* text(), into the caller's memory, followed by a NUL that needed does not
     * count. */
    [[nodiscard]] status try_text(detail::exactly<int> digits, char *buffer,
                                  std::size_t size,
                                  std::size_t &needed) const noexcept {
        return ::tally_product_accumulator_value_text(get(), digits, buffer,
                                                      size, &needed);
    }
    /* error_ulps() */
    [[nodiscard]] status try_error_ulps(detail::exactly<double> candidate,
                                        double &ulps) const noexcept {
        return ::tally_product_accumulator_error_f64(get(), candidate, &ulps);
    }
};

static_assert(std::is_trivially_copyable_v<product_accumulator> &&
              sizeof(product_accumulator) ==
                  sizeof(::tally_product_accumulator));

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_PRODUCTS_HPP */
