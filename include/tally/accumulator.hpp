/*
 * tally/accumulator.hpp - a sum in progress
 */
#ifndef TALLY_ACCUMULATOR_HPP
#define TALLY_ACCUMULATOR_HPP

#include <cstring>
#include <string>
#include <vector>

#include "numbers.hpp"

namespace tally {

/*
 * A sum in progress, exact at every step and rounded when it is asked for. A
 * plain value: 320 bytes, copied with memcpy(), nothing to release. Functions
 * that change it return it, so that calls can follow each other.
 */
class accumulator {
  public:
    /* The empty sum. */
    constexpr accumulator() noexcept = default;
    /* The sum that a state of tally.h holds. */
    explicit constexpr accumulator(const ::tally_accumulator &state) noexcept
        : state_(state) {}
    /* The sum that save() gave size bytes for. */
    static accumulator load(const void *bytes, std::size_t size) {
        return accumulator(detail::result<::tally_accumulator>(
            ::tally_accumulator_load, bytes, size));
    }
    /* The same, from a container of bytes. */
    template <class Bytes> static accumulator load(const Bytes &bytes) {
        static_assert(sizeof(detail::element_of<const Bytes>) == 1);
        return load(std::data(bytes), detail::count_of(bytes));
    }

    /* Adds count values. */
    template <class T, class = detail::total_of<T>>
    accumulator &add(const T *values, std::size_t count) {
        return did(try_add(values, count));
    }
    /* Adds values. */
    template <class Values = detail::list, class = detail::sum_of<Values>>
    accumulator &add(const Values &values) {
        return did(try_add(values));
    }
    /* Adds one number. */
    template <class T, class = detail::total_of<T>> accumulator &add(T value) {
        return did(try_add(value));
    }
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

    /* Takes out count values. */
    template <class T, class = detail::total_of<T>>
    accumulator &subtract(const T *values, std::size_t count) {
        return did(try_subtract(values, count));
    }
    /* Takes out values. */
    template <class Values = detail::list, class = detail::sum_of<Values>>
    accumulator &subtract(const Values &values) {
        return did(try_subtract(values));
    }
    /* Takes out one number. */
    template <class T, class = detail::total_of<T>>
    accumulator &subtract(T value) {
        return did(try_subtract(value));
    }

    /* Adds all that is in other, which may be this one. */
    accumulator &merge(const accumulator &other) {
        return did(try_merge(other));
    }
    /* Takes out all that is in other, which may be this one. */
    accumulator &unmerge(const accumulator &other) {
        return did(try_unmerge(other));
    }
    /* merge() */
    accumulator &operator+=(const accumulator &other) {
        return merge(other);
    }
    /* unmerge() */
    accumulator &operator-=(const accumulator &other) {
        return unmerge(other);
    }
    /* add() */
    template <class T, class = detail::total_of<T>>
    accumulator &operator+=(T value) {
        return add(value);
    }
    /* subtract() */
    template <class T, class = detail::total_of<T>>
    accumulator &operator-=(T value) {
        return subtract(value);
    }

    /* add() */
    template <class T, class = detail::total_of<T>>
    status try_add(const T *values, std::size_t count) noexcept {
        return detail::number_of<T>::add(&state_, detail::cast(values), count);
    }
    /* add() */
    template <class Values = detail::list, class = detail::sum_of<Values>>
    status try_add(const Values &values) noexcept {
        return try_add(std::data(values), detail::count_of(values));
    }
    /* add() */
    template <class T, class = detail::total_of<T>>
    status try_add(T value) noexcept {
        if constexpr (std::is_same_v<T, double>)
            return ::tally_accumulator_add_one_f64(&state_, value);
        else
            return try_add(&value, 1);
    }
    /* add_strided() */
    status try_add_strided(const void *first, std::size_t count,
                           std::ptrdiff_t stride) noexcept {
        return ::tally_accumulator_add_f64_strided(&state_, first, count,
                                                   stride);
    }
    /* add_masked() */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    status try_add_masked(const Values &values, const std::uint8_t *validity,
                          std::size_t bit_offset = 0) noexcept {
        return ::tally_accumulator_add_f64_masked(&state_, std::data(values),
                                                  detail::count_of(values),
                                                  validity, bit_offset);
    }
    /* subtract() */
    template <class T, class = detail::total_of<T>>
    status try_subtract(const T *values, std::size_t count) noexcept {
        return detail::number_of<T>::subtract(&state_, detail::cast(values),
                                              count);
    }
    /* subtract() */
    template <class Values = detail::list, class = detail::sum_of<Values>>
    status try_subtract(const Values &values) noexcept {
        return try_subtract(std::data(values), detail::count_of(values));
    }
    /* subtract() */
    template <class T, class = detail::total_of<T>>
    status try_subtract(T value) noexcept {
        if constexpr (std::is_same_v<T, double>)
            return ::tally_accumulator_subtract_one_f64(&state_, value);
        else
            return try_subtract(&value, 1);
    }
    /* merge() */
    [[nodiscard]] status try_merge(const accumulator &other) noexcept {
        return ::tally_accumulator_merge(&state_, &other.state_);
    }
    /* unmerge() */
    [[nodiscard]] status try_unmerge(const accumulator &other) noexcept {
        return ::tally_accumulator_unmerge(&state_, &other.state_);
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
            &state_,
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
                                               &state_);
    }
    /* The mean, rounded once. Throws if there are no values. */
    double mean() const {
        return detail::result<double>(::tally_accumulator_mean_f64, &state_);
    }
    /* The total in decimal, with so many digits after the point; -1: all. */
    std::string text(int digits = -1) const {
        const auto length = detail::result<std::size_t>(
            ::tally_accumulator_value_text, &state_, digits, nullptr, 0u);
        std::string decimal(length, '\0');
        check(::tally_accumulator_value_text(&state_, digits, decimal.data(),
                                             length + 1, nullptr));
        return decimal;
    }
    /* How far candidate is from the total, in units in the last place. */
    double error_ulps(double candidate) const {
        return detail::result<double>(::tally_accumulator_error_f64, &state_,
                                      candidate);
    }
    /* The number of values added, less those taken out. */
    std::int64_t count() const {
        return detail::result<std::int64_t>(::tally_accumulator_count, &state_);
    }
    /* Bytes for load(), on any machine. */
    std::vector<unsigned char> save() const {
        unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
        const auto size = detail::result<std::size_t>(
            ::tally_accumulator_save, &state_, bytes, sizeof bytes);
        return std::vector<unsigned char>(bytes, bytes + size);
    }

    /* load() */
    [[nodiscard]] static status try_load(const void *bytes, std::size_t size,
                                         accumulator &sum) noexcept {
        return ::tally_accumulator_load(bytes, size, &sum.state_);
    }
    /* value() */
    template <class T> [[nodiscard]] status try_value(T &total) const noexcept {
        detail::same<T> rounded{};
        const status outcome = detail::number_of<T>::value(&state_, &rounded);
        /* Beyond its range a floating-point total is an infinity. */
        if (outcome == TALLY_OK ||
            (std::is_floating_point_v<T> && outcome == TALLY_OVERFLOW))
            total = rounded;
        return outcome;
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &mean) const noexcept {
        return ::tally_accumulator_mean_f64(&state_, &mean);
    }
    /* error_ulps() */
    [[nodiscard]] status try_error_ulps(double candidate,
                                        double &ulps) const noexcept {
        return ::tally_accumulator_error_f64(&state_, candidate, &ulps);
    }
    /* count() */
    [[nodiscard]] status try_count(std::int64_t &count) const noexcept {
        return ::tally_accumulator_count(&state_, &count);
    }

    /* The state, for functions of tally.h. */
    ::tally_accumulator *get() noexcept {
        return &state_;
    }
    const ::tally_accumulator *get() const noexcept {
        return &state_;
    }

    /* Whether both hold equal sums of equal counts. */
    friend bool operator==(const accumulator &a,
                           const accumulator &b) noexcept {
        return std::memcmp(&a, &b, sizeof a) == 0;
    }
    friend bool operator!=(const accumulator &a,
                           const accumulator &b) noexcept {
        return !(a == b);
    }

  private:
    accumulator &did(status outcome) {
        check(outcome);
        return *this;
    }

    ::tally_accumulator state_ = TALLY_ACCUMULATOR_INIT;
};

static_assert(std::is_trivially_copyable_v<accumulator> &&
              std::is_standard_layout_v<accumulator> &&
              sizeof(accumulator) == sizeof(::tally_accumulator));

} // namespace tally

#endif /* TALLY_ACCUMULATOR_HPP */
