/*
 * tally/accumulator.hpp - a sum in progress
 */
#ifndef TALLY_ACCUMULATOR_HPP
#define TALLY_ACCUMULATOR_HPP

#include "state.hpp"

namespace tally {

/* Not part of the interface. */
namespace detail {

struct accumulator_functions {
    template <class T> static constexpr auto add = number<T>::add;
    template <class T> static constexpr auto subtract = number<T>::subtract;
    static constexpr auto add_one = ::tally_accumulator_add_one_f64;
    static constexpr auto subtract_one = ::tally_accumulator_subtract_one_f64;
    static constexpr auto add_text = ::tally_accumulator_add_text;
    static constexpr auto merge = ::tally_accumulator_merge;
    static constexpr auto unmerge = ::tally_accumulator_unmerge;
    static constexpr auto count = ::tally_accumulator_count;
    static constexpr auto save = ::tally_accumulator_save;
    static constexpr auto load = ::tally_accumulator_load;
    static constexpr std::size_t saved_max = TALLY_ACCUMULATOR_SAVED_MAX;
};

} // namespace detail

/*
 * A sum in progress, exact at every step and rounded when it is asked for. A
 * plain value: 320 bytes, copied with memcpy(), nothing to release. Functions
 * that change it return it, so that calls can follow each other.
 *
 * What it adds, takes out, merges and saves is in state.hpp.
 */
class accumulator : public detail::sum_state<accumulator, ::tally_accumulator,
                                             detail::accumulator_functions> {
  public:
    using sum_state::sum_state;

    /* Adds count doubles that lie stride bytes apart. */
    accumulator &add_strided(const void *first, std::size_t count,
                             std::ptrdiff_t stride) {
        return did(try_add_strided(first, count, stride));
    }
    /* Adds the doubles whose bits are set in Arrow's bitmap; nullptr: all. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    accumulator &add_masked(const Values &values, const std::uint8_t *validity,
                            std::size_t bit_offset = 0) {
        return did(try_add_masked(values, validity, bit_offset));
    }
    /* Adds all elements of an array of any type. */
    accumulator &add_array(::tally_array *array) {
        return did(::tally_accumulator_add_array(get(), array));
    }
    /* add_strided() */
    status try_add_strided(const void *first, std::size_t count,
                           std::ptrdiff_t stride) noexcept {
        return ::tally_accumulator_add_f64_strided(get(), first, count, stride);
    }
    /* add_masked() */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    status try_add_masked(const Values &values, const std::uint8_t *validity,
                          std::size_t bit_offset = 0) noexcept {
        return ::tally_accumulator_add_f64_masked(get(), std::data(values),
                                                  detail::count_of(values),
                                                  validity, bit_offset);
    }

    /*
     * Adds the doubles that source(buffer, capacity) writes, until it returns
     * that it wrote none. Nothing is added if it throws, or claims to have
     * written more than capacity.
     */
    template <class Source> accumulator &pull(Source &&source) {
        auto call = [&](double *buffer, std::size_t capacity) {
            return static_cast<std::size_t>(source(buffer, capacity));
        };
        return did(::tally_accumulator_pull(
            get(),
            [](double *buffer, std::size_t capacity, void *user_data) {
                return (*static_cast<decltype(call) *>(user_data))(buffer,
                                                                   capacity);
            },
            &call));
    }

    /*
     * The total as double or float, rounded once, or as int64_t or uint64_t if
     * it is such an integer. Throws if it does not fit, floating point too.
     */
    template <class T = double> T value() const {
        return detail::result<detail::same<T>>(detail::number_of<T>::value,
                                               get());
    }
    /* The mean, rounded once. Throws if there are no values. */
    double mean() const {
        return detail::result<double>(::tally_accumulator_mean_f64, get());
    }
    /* The total in decimal, with so many digits after the point; -1: all. */
    std::string text(int digits = -1) const {
        return detail::text_of(::tally_accumulator_value_text, get(), digits);
    }
    /* How far candidate is from the total, in units in the last place. */
    double error_ulps(double candidate) const {
        return detail::result<double>(::tally_accumulator_error_f64, get(),
                                      candidate);
    }

    /* value() */
    template <class T> [[nodiscard]] status try_value(T &total) const noexcept {
        detail::same<T> rounded{};
        const status outcome = detail::number_of<T>::value(get(), &rounded);
        if (detail::is_written<T>(outcome))
            total = rounded;
        return outcome;
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &mean) const noexcept {
        return ::tally_accumulator_mean_f64(get(), &mean);
    }
    /* error_ulps() */
    [[nodiscard]] status try_error_ulps(double candidate,
                                        double &ulps) const noexcept {
        return ::tally_accumulator_error_f64(get(), candidate, &ulps);
    }
};

static_assert(std::is_trivially_copyable_v<accumulator> &&
              std::is_standard_layout_v<accumulator> &&
              sizeof(accumulator) == sizeof(::tally_accumulator));

} // namespace tally

#endif /* TALLY_ACCUMULATOR_HPP */
