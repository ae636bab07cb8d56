/*
 * tally/columns.hpp - values of any type and layout, some perhaps missing
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_COLUMNS_HPP
#define TALLY_COLUMNS_HPP

#include "numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

namespace tally {
inline namespace TALLY_MODE {

/*
 * The type of the elements, as in tally.h, such as TALLY_F16 for half floats.
 */
using element_type = ::tally_type;

/* The line y = intercept + slope x, and the square of the correlation. */
struct line {
    double slope = 0;
    double intercept = 0;
    double r_squared = 0;
};

/* Not part of the interface. */
namespace detail {

/* The element type for a type of number; 0 if there is none. */
template <class T> constexpr element_type column_type() noexcept {
    constexpr element_type none = static_cast<element_type>(0);
    constexpr bool sign = std::is_signed_v<T>;
    if constexpr (std::is_same_v<T, double>)
        return TALLY_F64;
    else if constexpr (std::is_same_v<T, float>)
        return TALLY_F32;
    else if constexpr (std::is_same_v<T, bool>)
        return sizeof(bool) == 1 ? TALLY_BOOL : none;
    else if constexpr (!std::is_integral_v<T>)
        return none;
    else if constexpr (sizeof(T) == 1)
        return sign ? TALLY_I8 : TALLY_U8;
    else if constexpr (sizeof(T) == 2)
        return sign ? TALLY_I16 : TALLY_U16;
    else if constexpr (sizeof(T) == 4)
        return sign ? TALLY_I32 : TALLY_U32;
    else
        return sizeof(T) == 8 ? (sign ? TALLY_I64 : TALLY_U64) : none;
}

template <class T>
using if_in_column = std::enable_if_t<static_cast<int>(
    detail::column_type<std::remove_cv_t<T>>() != 0)>;

/* Whether elements are contiguous. */
template <class Values, class = void>
inline constexpr bool is_contiguous = false;
template <class Values>
inline constexpr bool is_contiguous<
    Values, std::void_t<decltype(std::data(std::declval<const Values &>())),
                        decltype(std::size(std::declval<const Values &>()))>> =
    std::is_pointer_v<decltype(std::data(std::declval<const Values &>()))> &&
    std::is_object_v<element_of<const Values>>;

/* Whether they are contiguous in reverse order, as in std::views::reverse. */
template <class Values, class = void> inline constexpr bool is_reversed = false;
#ifdef __cpp_lib_ranges
template <class Iterator> inline constexpr bool is_reverse_iterator = false;
template <std::contiguous_iterator Iterator>
inline constexpr bool is_reverse_iterator<std::reverse_iterator<Iterator>> =
    true;
template <class Values>
inline constexpr bool is_reversed<
    Values, std::void_t<decltype(std::begin(std::declval<const Values &>())),
                        decltype(std::size(std::declval<const Values &>()))>> =
    is_reverse_iterator<decltype(std::begin(std::declval<const Values &>()))>;
#endif

/* The layout of elements: the first one, their number, and the distance between
 * them in bytes. */
template <class T> struct layout {
    using element = T;
    const T *first;
    std::size_t count;
    std::ptrdiff_t stride;
};
/* The layout of a range; of void if it has none. */
template <class Values> auto layout_of(const Values &values) noexcept {
    if constexpr (is_contiguous<Values>) {
        using T = element_of<const Values>;
        return layout<T>{std::data(values), detail::count_of(values),
                         sizeof(T)};
    } else if constexpr (is_reversed<Values>) {
        using T = std::remove_cv_t<
            std::remove_reference_t<decltype(*std::begin(values))>>;
        const std::size_t count = detail::count_of(values);
        return layout<T>{count == 0 ? nullptr
                                    : std::addressof(*std::begin(values)),
                         count, -static_cast<std::ptrdiff_t>(sizeof(T))};
    } else {
        return layout<void>{nullptr, 0, 0};
    }
}
template <class Values>
using laid_out_in = typename decltype(detail::layout_of(
    std::declval<const Values &>()))::element;
/* Whether a range has such a layout, and whether of numbers. */
template <class Values>
inline constexpr bool has_layout = !std::is_void_v<laid_out_in<Values>>;
template <class Values>
inline constexpr bool has_column =
    static_cast<int>(detail::column_type<laid_out_in<Values>>()) != 0;

/* Makes all columns except those of tally.h. */
inline ::tally_column raw_column(element_type type, const void *first,
                                 std::size_t count,
                                 std::ptrdiff_t stride) noexcept {
    return {sizeof(::tally_column), type, 0, first, count, stride, nullptr, 0};
}
template <class Values>
[[nodiscard]] ::tally_column column_of(const Values &values) noexcept {
    if constexpr (has_column<Values>) {
        const auto at = detail::layout_of(values);
        return detail::raw_column(detail::column_type<laid_out_in<Values>>(),
                                  at.first, at.count, at.stride);
    } else {
        static_assert(
            has_column<Values>,
            "tally: a column takes contiguous numbers, as in an array, "
            "a vector or a span; for others, pass a pointer, a count "
            "and a stride");
        return {};
    }
}
template <class Objects, class Object, class T>
[[nodiscard]] ::tally_column column_of(const Objects &objects,
                                       T Object::*member) noexcept {
    constexpr element_type type = detail::column_type<std::remove_cv_t<T>>();
    if constexpr (has_layout<Objects> && static_cast<int>(type) != 0) {
        const auto at = detail::layout_of(objects);
        const T *first = at.count == 0 ? nullptr : &(at.first->*member);
        return detail::raw_column(type, first, at.count, at.stride);
    } else {
        static_assert(
            has_layout<Objects> && static_cast<int>(type) != 0,
            "tally: a column of members takes contiguous objects, and a "
            "member that is a number");
        return {};
    }
}

/* Temporary containers, which no column can describe because their elements do
 * not outlive them. */
template <class Values>
using if_owner = std::enable_if_t<has_column<Values> && !is_borrowed<Values>>;
template <class Objects>
using if_owner_of_objects =
    std::enable_if_t<has_layout<Objects> && !is_borrowed<Objects>>;

} // namespace detail

/*
 * A description of values in memory, which must outlive it: of any arithmetic
 * type or half floats, at any stride, with or without missing values. A plain
 * value that wraps a tally_column of tally.h.
 *
 * On failure its twins do not write the result, except for infinities.
 */
class column {
  public:
    /* An empty column. */
    column() noexcept : column(TALLY_F64, nullptr, 0, 8) {}
    /* A column of tally.h. */
    explicit column(const ::tally_column &raw) noexcept : column_(raw) {}
    /* count elements of any type in tally.h, stride bytes apart. */
    column(element_type type, const void *first, std::size_t count,
           std::ptrdiff_t stride) noexcept
        : column_(detail::raw_column(type, first, count, stride)) {}
    /* count numbers, stride bytes apart. */
    template <class T, class = detail::if_in_column<T>>
    column(const T *first, std::size_t count,
           std::ptrdiff_t stride = sizeof(T)) noexcept
        : column(detail::column_type<T>(), first, count, stride) {}
    /* The numbers of a container, a span, an array, or a view of these. */
    template <class Values,
              class = std::enable_if_t<!std::is_base_of_v<column, Values>>>
    explicit column(const Values &values) noexcept
        : column_(detail::column_of(values)) {}
    /* One member of each object of a container. */
    template <class Objects, class Object, class T>
    column(const Objects &objects, T Object::*member) noexcept
        : column_(detail::column_of(objects, member)) {}
    /* The elements of a temporary container would not outlive it: name it
     * first. Compilers print the line of the declaration, so the reason is
     * there, too. */
    template <class Values, class = detail::if_owner<Values>>
    explicit column(const Values &&) = delete; /* temporary: name it */
    template <class Objects, class Object, class T,
              class = detail::if_owner_of_objects<Objects>>
    column(const Objects &&, T Object::*) = delete; /* temporary: name it */

    /* The same column with NaN skipped. */
    [[nodiscard]] column skip_nan() const noexcept {
        column other(*this);
        other.column_.flags |= TALLY_SKIP_NAN;
        return other;
    }
    /* The same column without the elements whose bit is not set, in Arrow's
     * layout. */
    [[nodiscard]] column with_bits(const std::uint8_t *bits,
                                   std::size_t offset = 0) const noexcept {
        column other(*this);
        other.column_.flags &= ~static_cast<std::uint32_t>(TALLY_BYTE_MASK);
        other.column_.validity = bits;
        other.column_.offset = offset;
        return other;
    }
    /* The same column without the elements whose byte is 0. */
    [[nodiscard]] column with_bytes(const std::uint8_t *bytes,
                                    std::size_t offset = 0) const noexcept {
        column other(*this);
        other.column_.flags |= TALLY_BYTE_MASK;
        other.column_.validity = bytes;
        other.column_.offset = offset;
        return other;
    }

    /* The tally_column, for functions of tally.h. */
    [[nodiscard]] const ::tally_column *get() const noexcept {
        return &column_;
    }

#if TALLY_EXCEPTIONS
    /* Describes an array of Arrow, which must not be released while the column
     * is used. */
    [[nodiscard]] static column from_arrow(const ::ArrowSchema *schema,
                                           const ::ArrowArray *array) {
        column described;
        tally::check(try_from_arrow(schema, array, described));
        return described;
    }
    /* The number of elements that count. */
    [[nodiscard]] std::size_t count() const {
        std::size_t count = 0;
        tally::check(try_count(count));
        return count;
    }
    /* The number of elements that are skipped. */
    [[nodiscard]] std::size_t skipped() const {
        return detail::result<std::size_t>(::tally_column_count, &column_,
                                           static_cast<std::size_t *>(nullptr));
    }
    /* The sum, rounded once. */
    [[nodiscard]] double sum() const {
        return detail::result<double>(::tally_column_sum, &column_);
    }
    /* The exact sum of a column of integers. */
    [[nodiscard]] std::int64_t sum_i64() const {
        return detail::result<std::int64_t>(::tally_column_sum_i64, &column_);
    }
    /* The mean. */
    [[nodiscard]] double mean() const {
        return detail::result<double>(::tally_column_mean, &column_);
    }
    /* The Euclidean norm. */
    [[nodiscard]] double norm() const {
        return detail::result<double>(::tally_column_norm, &column_);
    }
    /* The variance; the divisor is the count less ddof. */
    [[nodiscard]] double variance(std::size_t ddof) const {
        return detail::result<double>(::tally_column_variance, &column_, ddof);
    }
    /* The square root of the variance. */
    [[nodiscard]] double standard_deviation(std::size_t ddof) const {
        return detail::result<double>(::tally_column_standard_deviation,
                                      &column_, ddof);
    }
    /* The dot product: the sum of the products of pairs. */
    [[nodiscard]] double dot(const column &y) const {
        return detail::result<double>(::tally_column_dot, &column_, &y.column_);
    }
    /* The weighted mean. */
    [[nodiscard]] double weighted_mean(const column &weights) const {
        return detail::result<double>(::tally_column_weighted_mean, &column_,
                                      &weights.column_);
    }
    /* The variance with frequency weights. */
    [[nodiscard]] double weighted_variance(const column &weights,
                                           std::size_t ddof) const {
        return detail::result<double>(::tally_column_weighted_variance,
                                      &column_, &weights.column_, ddof);
    }
    /* The covariance of pairs. */
    [[nodiscard]] double covariance(const column &y, std::size_t ddof) const {
        return detail::result<double>(::tally_column_covariance, &column_,
                                      &y.column_, ddof);
    }
    /* The correlation coefficient of pairs. */
    [[nodiscard]] double correlation(const column &y) const {
        return detail::result<double>(::tally_column_correlation, &column_,
                                      &y.column_);
    }
    /* The line through the pairs by ordinary least squares. */
    [[nodiscard]] line linear_fit(const column &y) const {
        line fit;
        tally::check(try_linear_fit(y, fit));
        return fit;
    }
#endif

    /* from_arrow() */
    [[nodiscard]] static status try_from_arrow(const ::ArrowSchema *schema,
                                               const ::ArrowArray *array,
                                               column &described) noexcept {
        return ::tally_column_from_arrow(schema, array, &described.column_);
    }
    /* count() */
    [[nodiscard]] status try_count(std::size_t &count) const noexcept {
        return ::tally_column_count(&column_, &count, nullptr);
    }
    /* skipped() */
    [[nodiscard]] status try_skipped(std::size_t &skipped) const noexcept {
        return ::tally_column_count(&column_, nullptr, &skipped);
    }
    /* sum() */
    [[nodiscard]] status try_sum(double &result) const noexcept {
        return ::tally_column_sum(&column_, &result);
    }
    /* sum_i64() */
    [[nodiscard]] status try_sum_i64(std::int64_t &result) const noexcept {
        return ::tally_column_sum_i64(&column_, &result);
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &result) const noexcept {
        return ::tally_column_mean(&column_, &result);
    }
    /* norm() */
    [[nodiscard]] status try_norm(double &result) const noexcept {
        return ::tally_column_norm(&column_, &result);
    }
    /* variance() */
    [[nodiscard]] status try_variance(std::size_t ddof,
                                      double &result) const noexcept {
        return ::tally_column_variance(&column_, ddof, &result);
    }
    /* standard_deviation() */
    [[nodiscard]] status try_standard_deviation(std::size_t ddof,
                                                double &result) const noexcept {
        return ::tally_column_standard_deviation(&column_, ddof, &result);
    }
    /* dot() */
    [[nodiscard]] status try_dot(const column &y,
                                 double &result) const noexcept {
        return ::tally_column_dot(&column_, &y.column_, &result);
    }
    /* weighted_mean() */
    [[nodiscard]] status try_weighted_mean(const column &weights,
                                           double &result) const noexcept {
        return ::tally_column_weighted_mean(&column_, &weights.column_,
                                            &result);
    }
    /* weighted_variance() */
    [[nodiscard]] status try_weighted_variance(const column &weights,
                                               std::size_t ddof,
                                               double &result) const noexcept {
        return ::tally_column_weighted_variance(&column_, &weights.column_,
                                                ddof, &result);
    }
    /* covariance() */
    [[nodiscard]] status try_covariance(const column &y, std::size_t ddof,
                                        double &result) const noexcept {
        return ::tally_column_covariance(&column_, &y.column_, ddof, &result);
    }
    /* correlation() */
    [[nodiscard]] status try_correlation(const column &y,
                                         double &result) const noexcept {
        return ::tally_column_correlation(&column_, &y.column_, &result);
    }
    /* linear_fit() */
    [[nodiscard]] status try_linear_fit(const column &y,
                                        line &fit) const noexcept {
        return ::tally_column_linear_fit(&column_, &y.column_, &fit.slope,
                                         &fit.intercept, &fit.r_squared);
    }

  private:
    ::tally_column column_;
};

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_COLUMNS_HPP */
