/* tally/accumulator.hpp - running sums */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_ACCUMULATOR_HPP
#define TALLY_ACCUMULATOR_HPP

#include "arrow.hpp"
#include "state.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

template <class T> class array;

/* Not part of the interface. */
namespace detail {

struct accumulator_functions {
    template <class T> static constexpr auto add = number<T>::add;
    template <class T> static constexpr auto subtract = number<T>::subtract;
    static constexpr auto add_column = ::tally_accumulator_add;
    static constexpr auto subtract_column = ::tally_accumulator_subtract;
    static constexpr auto add_one = ::tally_accumulator_add_one_f64;
    static constexpr auto subtract_one = ::tally_accumulator_subtract_one_f64;
    static constexpr auto add_text = ::tally_accumulator_add_text;
    static constexpr auto add_arrow = ::tally_accumulator_add_arrow;
    static constexpr auto add_arrow_stream =
        ::tally_accumulator_add_arrow_stream;
    static constexpr auto merge = ::tally_accumulator_merge;
    static constexpr auto unmerge = ::tally_accumulator_unmerge;
    static constexpr auto fail = ::tally_accumulator_fail;
    static constexpr auto count = ::tally_accumulator_count;
    static constexpr auto special_counts = ::tally_accumulator_special_counts;
    static constexpr auto save = ::tally_accumulator_save;
    static constexpr auto load = ::tally_accumulator_load;
    static constexpr std::size_t saved_max = TALLY_ACCUMULATOR_SAVED_MAX;
};

} // namespace detail

/*
 * A running sum, exact at every step and rounded only when its value is read. A
 * plain value: 320 bytes, copied as by memcpy(), with nothing to release.
 * Functions that change it return it, so that calls can be chained.
 *
 * The members for adding, subtracting, merging and saving are in state.hpp and
 * arrow.hpp.
 */
class accumulator : public detail::arrow_state<
                        accumulator,
                        detail::sum_state<accumulator, ::tally_accumulator,
                                          detail::accumulator_functions>,
                        detail::accumulator_functions> {
  public:
    using arrow_state::arrow_state;

#if TALLY_EXCEPTIONS
    /* Adds count doubles that lie stride bytes apart. */
    accumulator &add_strided(const void *first, std::size_t count,
                             std::ptrdiff_t stride) {
        return did(try_add_strided(first, count, stride));
    }
    /* Adds the doubles whose bits are set in a bitmap in Arrow's layout;
     * nullptr: all. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    accumulator &add_masked(const Values &values, const std::uint8_t *validity,
                            std::size_t bit_offset = 0) {
        return did(try_add_masked(values, validity, bit_offset));
    }
    /* Adds all elements of an array, which may be of any type. */
    accumulator &add_array(::tally_array *elements) {
        return did(try_add_array(elements));
    }
    /* The same for an array that an owner holds. */
    template <class T> accumulator &add_array(const array<T> &elements) {
        return did(try_add_array(elements));
    }
    /*
     * Adds the doubles that source(buffer, capacity) writes, until it returns
     * 0. Nothing is added if it throws or returns more than capacity. If it
     * does not throw, its own changes to this accumulator are overwritten.
     */
    template <class Source> accumulator &pull(Source &&source) {
        return did(pull_from(source));
    }

    /*
     * The total as double or float, rounded once, or as int64_t, uint64_t or
     * int128 if it is an integer. Throws if it is out of range, for double and
     * float too.
     */
    template <class T = double> [[nodiscard]] T value() const {
        T total{};
        tally::check(try_value(total));
        return total;
    }
    /* The mean, rounded once. Throws if there are no values. */
    [[nodiscard]] double mean() const {
        return detail::result<double>(::tally_accumulator_mean_f64, get());
    }
    /* The total in decimal, with this many digits after the point; -1: the
     * exact total. */
    [[nodiscard]] std::string text(detail::exactly<int> digits = -1) const {
        return detail::text_of(::tally_accumulator_value_text, get(), digits);
    }
    /* The distance of candidate from the total, in units in the last place. */
    [[nodiscard]] double error_ulps(detail::exactly<double> candidate) const {
        return detail::result<double>(::tally_accumulator_error_f64, get(),
                                      double{candidate});
    }
#endif

    /* add_strided() */
    [[nodiscard]] status try_add_strided(const void *first, std::size_t count,
                                         std::ptrdiff_t stride) noexcept {
        return ::tally_accumulator_add_f64_strided(get(), first, count, stride);
    }
    /* add_masked() */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    [[nodiscard]] status try_add_masked(const Values &values,
                                        const std::uint8_t *validity,
                                        std::size_t bit_offset = 0) noexcept {
        return ::tally_accumulator_add_f64_masked(get(), std::data(values),
                                                  detail::count_of(values),
                                                  validity, bit_offset);
    }
    /* add_array() */
    [[nodiscard]] status try_add_array(::tally_array *elements) noexcept {
        return ::tally_accumulator_add_array(get(), elements);
    }
    /* add_array() */
    template <class T>
    [[nodiscard]] status try_add_array(const array<T> &elements) noexcept {
        return try_add_array(elements.get());
    }
    /* pull(), with a source that is noexcept. */
    template <class Source,
              class = detail::if_noexcept<Source, double *, std::size_t>>
    [[nodiscard]] status try_pull(Source &&source) noexcept {
        return pull_from(source);
    }

    /* value() */
    template <class T> [[nodiscard]] status try_value(T &total) const noexcept {
        using same = detail::same<T>;
        constexpr bool is_one =
            detail::is_one_of<same, double, float, std::int64_t, std::uint64_t,
                              int128>;
        static_assert(
            is_one,
            "tally: value() returns double, float, int64_t, uint64_t or "
            "int128");
        using rounded_to = std::conditional_t<is_one, same, double>;
        rounded_to rounded{};
        const status outcome =
            detail::number<rounded_to>::value(get(), &rounded);
        if (detail::is_written<T>(outcome))
            total = static_cast<T>(rounded);
        return outcome;
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &mean) const noexcept {
        return ::tally_accumulator_mean_f64(get(), &mean);
    }
    /* text() */
    [[nodiscard]] status try_text(detail::exactly<int> digits,
                                  std::string &text) const noexcept {
        return detail::try_text_of(::tally_accumulator_value_text, get(),
                                   digits, text);
    }
    /* text(), into the caller's memory, followed by a NUL that needed does not
     * count. */
    [[nodiscard]] status try_text(detail::exactly<int> digits, char *buffer,
                                  std::size_t size,
                                  std::size_t &needed) const noexcept {
        return ::tally_accumulator_value_text(get(), digits, buffer, size,
                                              &needed);
    }
    /* error_ulps() */
    [[nodiscard]] status try_error_ulps(detail::exactly<double> candidate,
                                        double &ulps) const noexcept {
        return ::tally_accumulator_error_f64(get(), candidate, &ulps);
    }

  private:
    /* What source throws passes through. */
    template <class Source> status pull_from(Source &source) {
        auto call = [&source](double *buffer, std::size_t capacity) {
            static_assert(
                std::is_integral_v<decltype(source(buffer, capacity))>,
                "tally: the source of pull() returns how many values it wrote");
            return static_cast<std::size_t>(source(buffer, capacity));
        };
        return ::tally_accumulator_pull(
            get(),
            [](double *buffer, std::size_t capacity, void *user_data) {
                return (*static_cast<decltype(call) *>(user_data))(buffer,
                                                                   capacity);
            },
            &call);
    }
};

static_assert(std::is_trivially_copyable_v<accumulator> &&
              std::is_standard_layout_v<accumulator> &&
              sizeof(accumulator) == sizeof(::tally_accumulator));

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_ACCUMULATOR_HPP */
