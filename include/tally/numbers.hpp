/* tally/numbers.hpp - the functions of tally.h for each type of number */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_NUMBERS_HPP
#define TALLY_NUMBERS_HPP

#include "error.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tally {
inline namespace TALLY_MODE {

/* A signed integer of 128 bits: high * 2^64 + low. */
struct int128 {
    std::int64_t high = 0;
    std::uint64_t low = 0;

    [[nodiscard]] friend constexpr bool operator==(const int128 &a,
                                                   const int128 &b) noexcept {
        return a.high == b.high && a.low == b.low;
    }
    [[nodiscard]] friend constexpr bool operator!=(const int128 &a,
                                                   const int128 &b) noexcept {
        return !(a == b);
    }
};

/* Not part of the interface. */
namespace detail {

/* The type for which there is no function, as an error of one line. */
struct no_sum_parallel {
    template <class... Arguments>
    status operator()(Arguments...) const noexcept {
        static_assert(sizeof...(Arguments) == 0,
                      "tally: sum_parallel() takes double, float or int64_t");
        return TALLY_INVALID;
    }
};

/* The functions of tally.h that take numbers of a type. */
template <class T> struct number;

template <> struct number<double> {
    using total = double;
    static constexpr auto sum = ::tally_sum_f64;
    static constexpr auto sum_parallel = ::tally_sum_f64_parallel;
    static constexpr auto add = ::tally_accumulator_add_f64;
    static constexpr auto subtract = ::tally_accumulator_subtract_f64;
    static constexpr auto moments_add = ::tally_moments_add_f64;
    static constexpr auto moments_subtract = ::tally_moments_subtract_f64;
    static constexpr auto value = ::tally_accumulator_value_f64;
    static constexpr auto array_new = ::tally_array_new_f64;
    static constexpr auto array_borrow = ::tally_array_borrow_f64;
    static constexpr auto array_get = ::tally_array_get_f64;
    static constexpr auto array_view = ::tally_array_view_f64;
    static constexpr auto array_sum = ::tally_array_sum_f64;
};
template <> struct number<float> {
    using total = float;
    static constexpr auto sum = ::tally_sum_f32;
    static constexpr auto sum_parallel = ::tally_sum_f32_parallel;
    static constexpr auto add = ::tally_accumulator_add_f32;
    static constexpr auto subtract = ::tally_accumulator_subtract_f32;
    static constexpr auto moments_add = ::tally_moments_add_f32;
    static constexpr auto moments_subtract = ::tally_moments_subtract_f32;
    static constexpr auto value = ::tally_accumulator_value_f32;
    static constexpr auto array_new = ::tally_array_new_f32;
    static constexpr auto array_borrow = ::tally_array_borrow_f32;
    static constexpr auto array_get = ::tally_array_get_f32;
    static constexpr auto array_view = ::tally_array_view_f32;
    static constexpr auto array_sum = ::tally_array_sum_f32;
};
template <> struct number<std::int32_t> {
    using total = std::int64_t;
    static constexpr auto sum = ::tally_sum_i32;
    static constexpr auto sum_parallel = no_sum_parallel();
    static constexpr auto add = ::tally_accumulator_add_i32;
    static constexpr auto subtract = ::tally_accumulator_subtract_i32;
    static constexpr auto array_new = ::tally_array_new_i32;
    static constexpr auto array_borrow = ::tally_array_borrow_i32;
    static constexpr auto array_get = ::tally_array_get_i32;
    static constexpr auto array_view = ::tally_array_view_i32;
    static constexpr auto array_sum = ::tally_array_sum_i32;
    static constexpr auto moments_add = ::tally_moments_add_i32;
    static constexpr auto moments_subtract = ::tally_moments_subtract_i32;
};
template <> struct number<std::int64_t> {
    using total = std::int64_t;
    static constexpr auto sum = ::tally_sum_i64;
    static constexpr auto sum_parallel = ::tally_sum_i64_parallel;
    static constexpr auto add = ::tally_accumulator_add_i64;
    static constexpr auto subtract = ::tally_accumulator_subtract_i64;
    static constexpr auto moments_add = ::tally_moments_add_i64;
    static constexpr auto moments_subtract = ::tally_moments_subtract_i64;
    static constexpr auto value = ::tally_accumulator_value_i64;
    static constexpr auto array_new = ::tally_array_new_i64;
    static constexpr auto array_borrow = ::tally_array_borrow_i64;
    static constexpr auto array_get = ::tally_array_get_i64;
    static constexpr auto array_view = ::tally_array_view_i64;
    static constexpr auto array_sum = ::tally_array_sum_i64;
};
template <> struct number<std::uint64_t> {
    using total = std::uint64_t;
    static constexpr auto sum = ::tally_sum_u64;
    static constexpr auto sum_parallel = no_sum_parallel();
    static constexpr auto add = ::tally_accumulator_add_u64;
    static constexpr auto subtract = ::tally_accumulator_subtract_u64;
    static constexpr auto moments_add = ::tally_moments_add_u64;
    static constexpr auto moments_subtract = ::tally_moments_subtract_u64;
    static constexpr auto value = ::tally_accumulator_value_u64;
    static constexpr auto array_new = ::tally_array_new_u64;
    static constexpr auto array_borrow = ::tally_array_borrow_u64;
    static constexpr auto array_get = ::tally_array_get_u64;
    static constexpr auto array_view = ::tally_array_view_u64;
    static constexpr auto array_sum = ::tally_array_sum_u64;
};
/* A value may be of this type; elements may not. */
template <> struct number<int128> {
    static status value(const ::tally_accumulator *sum,
                        int128 *total) noexcept {
        return ::tally_accumulator_value_i128(sum, &total->high, &total->low);
    }
};

/* int, long and long long are three types; two of them have the fixed names. */
template <class T, class... Any>
inline constexpr bool is_one_of = (std::is_same_v<T, Any> || ...);
template <class T>
using same = std::conditional_t<
    is_one_of<T, int, long, long long>,
    std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>,
    std::conditional_t<is_one_of<T, unsigned long, unsigned long long> &&
                           sizeof(T) == 8,
                       std::uint64_t, T>>;

/* The types that the elements of arrays may have. */
template <class T>
inline constexpr bool is_element =
    is_one_of<same<T>, double, float, std::int32_t, std::int64_t,
              std::uint64_t>;
/*
 * Rejects other types; they are then taken for double, to avoid further errors.
 */
template <class T> struct element {
    static_assert(is_element<T>,
                  "tally: elements are double, float, int32_t, int64_t or "
                  "uint64_t, and are not converted");
    using type = std::conditional_t<is_element<T>, same<T>, double>;
};
template <class T> using as_element = typename element<T>::type;
template <class T> using number_of = number<as_element<T>>;
template <class T> using total_of = typename number_of<T>::total;
template <class T> const as_element<T> *cast(const T *values) noexcept {
    return reinterpret_cast<const as_element<T> *>(values);
}

/* The elements of a contiguous container: their type and number. */
template <class Values>
using element_of = std::remove_cv_t<
    std::remove_pointer_t<decltype(std::data(std::declval<Values &>()))>>;
template <class Values> std::size_t count_of(const Values &values) {
    return static_cast<std::size_t>(std::size(values));
}
/* Refuses an array that does not have the needed length, with a message. */
inline status check_length(const char *name, std::size_t length,
                           std::size_t needed) noexcept {
    return length == needed ? TALLY_OK
                            : ::tally_check_length(name, length, needed);
}
template <class Values> using sum_of = total_of<element_of<const Values>>;
template <class Values>
using if_doubles =
    std::enable_if_t<std::is_same_v<element_of<const Values>, double>>;
template <class X, class Y>
using if_both_doubles = std::void_t<if_doubles<X>, if_doubles<Y>>;
/*
 * Whether the elements of a temporary outlive it, as those of a span or a view
 * do. Before C++20 a range cannot declare this: it is then assumed if a const
 * range allows its elements to be changed, which a container does not.
 */
#ifdef __cpp_lib_ranges
template <class Values>
inline constexpr bool is_borrowed = std::ranges::enable_borrowed_range<Values>;
#else
template <class Values, class = void> inline constexpr bool is_borrowed = false;
template <class Values>
inline constexpr bool is_borrowed<
    Values, std::enable_if_t<!std::is_const_v<std::remove_pointer_t<
                decltype(std::data(std::declval<const Values &>()))>>>> = true;
template <class Char, class Traits>
inline constexpr bool is_borrowed<std::basic_string_view<Char, Traits>> = true;
#endif

/* The type of a list in braces, which has none of its own. */
using list = std::initializer_list<double>;

/* Whether one type represents every number of another exactly. */
template <class To, class From> constexpr bool holds() noexcept {
    using from = std::numeric_limits<From>;
    using to = std::numeric_limits<To>;
    return from::is_specialized && from::digits <= to::digits &&
           (to::is_signed || !from::is_signed) &&
           (from::is_integer || !to::is_integer);
}
template <class To, class From>
using if_exact = std::enable_if_t<holds<To, From>()>;
/* A type of number that converts to To without loss. Only such numbers are
 * accepted where a single To is expected. */
template <class To> class exactly {
  public:
    template <class From, class = if_exact<To, From>>
    constexpr exactly(From number) noexcept
        : number_(static_cast<To>(number)) {}
    constexpr operator To() const noexcept {
        return number_;
    }

  private:
    To number_;
};

/* A single number, which is added as it is or as the double that equals it. */
template <class T>
using if_single = std::enable_if_t<is_element<T> || holds<double, T>()>;

/* For functions that begin with try_ and call a function of yours: it must be
 * noexcept, as they are. With exceptions disabled everything is. */
#if TALLY_EXCEPTIONS
template <class Function, class... Arguments>
using if_noexcept =
    std::enable_if_t<std::is_nothrow_invocable_v<Function &, Arguments...>>;
#else
template <class, class...> using if_noexcept = void;
#endif

#if TALLY_EXCEPTIONS
/* The result that a function of tally.h writes through its last pointer. */
template <class T, class Function, class... Arguments>
T result(Function function, Arguments... arguments) {
    T result_{};
    tally::check(function(arguments..., &result_));
    return result_;
}
#endif

} // namespace detail

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_NUMBERS_HPP */
