/* tally/state.hpp - members common to all running sums */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_STATE_HPP
#define TALLY_STATE_HPP

#include "columns.hpp"
#include "numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tally {
inline namespace TALLY_MODE {

/* The numbers of NaN and infinities added less those subtracted. */
struct special_counts {
    std::int64_t nan = 0;
    std::int64_t positive_infinity = 0;
    std::int64_t negative_infinity = 0;

    [[nodiscard]] friend constexpr bool
    operator==(const special_counts &a, const special_counts &b) noexcept {
        return a.nan == b.nan && a.positive_infinity == b.positive_infinity &&
               a.negative_infinity == b.negative_infinity;
    }
    [[nodiscard]] friend constexpr bool
    operator!=(const special_counts &a, const special_counts &b) noexcept {
        return !(a == b);
    }
};

/*
 * Not part of the interface, except that the classes below inherit the members.
 */
namespace detail {

/*
 * TALLY_MEMORY, in the thread's record too, for a size that exceeds any memory.
 */
inline status no_memory() noexcept {
    ::tally_free(::tally_alloc(SIZE_MAX));
    return TALLY_MEMORY;
}
/* Resizes a string or a vector; running out of memory is a status. */
template <class Container>
status try_resize(Container &container, std::size_t size) noexcept {
#if TALLY_EXCEPTIONS
    try {
        container.resize(size);
    } catch (...) {
        return detail::no_memory();
    }
#else
    container.resize(size);
#endif
    return TALLY_OK;
}

/* A total as text, by a function of tally.h that takes a buffer. */
template <class Function, class Raw>
status try_text_of(Function function, const Raw *raw, int digits,
                   std::string &text) noexcept {
    std::size_t length = 0;
    std::string made;
    status outcome = function(raw, digits, nullptr, 0, &length);
    if (outcome == TALLY_OK)
        outcome = detail::try_resize(made, length);
    if (outcome == TALLY_OK)
        outcome = function(raw, digits, made.data(), length + 1, nullptr);
    if (outcome == TALLY_OK)
        text.swap(made);
    return outcome;
}
#if TALLY_EXCEPTIONS
template <class Function, class Raw>
std::string text_of(Function function, const Raw *raw, int digits) {
    std::string text;
    tally::check(detail::try_text_of(function, raw, digits, text));
    return text;
}
#endif

/* Whether a result was written: a double that overflows is an infinity. */
template <class T> bool is_written(status outcome) noexcept {
    return outcome == TALLY_OK ||
           (std::is_floating_point_v<T> && outcome == TALLY_OVERFLOW);
}

/*
 * A plain value, copied as by memcpy(), with nothing to release; moving leaves
 * it unchanged. Functions that change it return it, so that calls can be
 * chained. Functions names the functions of tally.h.
 */
template <class Self, class Raw, class Functions> class state {
  public:
    /* The empty state. */
    constexpr state() noexcept = default;
    /* A state of tally.h. */
    explicit constexpr state(const Raw &raw) noexcept : state_(raw) {}

#if TALLY_EXCEPTIONS
    /* Loads the size bytes that save() returned. */
    [[nodiscard]] static Self load(const void *bytes, std::size_t size) {
        return Self(detail::result<Raw>(Functions::load, bytes, size));
    }
    /* The same, from a container of bytes. */
    template <class Bytes> [[nodiscard]] static Self load(const Bytes &bytes) {
        Self loaded;
        tally::check(try_load(bytes, loaded));
        return loaded;
    }
    /* Adds the contents of other, which may be this one. */
    Self &merge(const Self &other) {
        return did(try_merge(other));
    }
    /* Subtracts the contents of other, which may be this one. */
    Self &unmerge(const Self &other) {
        return did(try_unmerge(other));
    }
    /* merge() */
    Self &operator+=(const Self &other) {
        return merge(other);
    }
    /* unmerge() */
    Self &operator-=(const Self &other) {
        return unmerge(other);
    }
    /* The number of values added less the number subtracted. */
    [[nodiscard]] std::int64_t count() const {
        return detail::result<std::int64_t>(Functions::count, &state_);
    }
    /* The numbers of NaN and infinities added less those subtracted. */
    [[nodiscard]] tally::special_counts special_counts() const {
        tally::special_counts counts;
        tally::check(try_special_counts(counts));
        return counts;
    }
    /*
     * Marks this state as failed: from then on every function except the
     * combine function of tally.h refuses it with this status. Throws if
     * failure is not negative, or if the state has already failed, which keeps
     * the first status.
     */
    Self &fail(::tally_status failure) {
        return did(try_fail(failure));
    }
    /* Saves the state as bytes for load(), on any machine. */
    [[nodiscard]] std::vector<unsigned char> save() const {
        std::vector<unsigned char> bytes;
        tally::check(try_save(bytes));
        return bytes;
    }
#endif

    /* load() */
    [[nodiscard]] static status try_load(const void *bytes, std::size_t size,
                                         Self &loaded) noexcept {
        return Functions::load(bytes, size, loaded.get());
    }
    /* load() */
    template <class Bytes>
    [[nodiscard]] static status try_load(const Bytes &bytes,
                                         Self &loaded) noexcept {
        static_assert(sizeof(element_of<const Bytes>) == 1,
                      "tally: load() takes bytes");
        return try_load(std::data(bytes), detail::count_of(bytes), loaded);
    }
    /* merge() */
    [[nodiscard]] status try_merge(const Self &other) noexcept {
        return Functions::merge(&state_, other.get());
    }
    /* unmerge() */
    [[nodiscard]] status try_unmerge(const Self &other) noexcept {
        return Functions::unmerge(&state_, other.get());
    }
    /* count() */
    [[nodiscard]] status try_count(std::int64_t &count) const noexcept {
        return Functions::count(&state_, &count);
    }
    /* special_counts() */
    [[nodiscard]] status
    try_special_counts(tally::special_counts &counts) const noexcept {
        return Functions::special_counts(&state_, &counts.nan,
                                         &counts.positive_infinity,
                                         &counts.negative_infinity);
    }
    /* fail() */
    [[nodiscard]] status try_fail(::tally_status failure) noexcept {
        return Functions::fail(&state_, failure);
    }
    /* save() */
    [[nodiscard]] status
    try_save(std::vector<unsigned char> &bytes) const noexcept {
        unsigned char saved[Functions::saved_max];
        std::size_t size = 0;
        std::vector<unsigned char> made;
        status outcome = try_save(saved, sizeof saved, size);
        if (outcome == TALLY_OK)
            outcome = detail::try_resize(made, size);
        if (outcome == TALLY_OK) {
            std::memcpy(made.data(), saved, size);
            bytes.swap(made);
        }
        return outcome;
    }
    /* save(), into the caller's memory. TALLY_TOO_SMALL if the size is too
     * small; needed is written even then. */
    [[nodiscard]] status try_save(void *buffer, std::size_t size,
                                  std::size_t &needed) const noexcept {
        return Functions::save(&state_, buffer, size, &needed);
    }

    /* The state, for functions of tally.h. */
    [[nodiscard]] Raw *get() noexcept {
        return &state_;
    }
    [[nodiscard]] const Raw *get() const noexcept {
        return &state_;
    }

    /* Whether the sums and counts of both are equal. */
    [[nodiscard]] friend bool operator==(const Self &a,
                                         const Self &b) noexcept {
        return std::memcmp(a.get(), b.get(), sizeof(Raw)) == 0;
    }
    [[nodiscard]] friend bool operator!=(const Self &a,
                                         const Self &b) noexcept {
        return !(a == b);
    }

#if TALLY_EXCEPTIONS
  protected:
    Self &did(status outcome) {
        tally::check(outcome);
        return static_cast<Self &>(*this);
    }
#endif

  private:
    Raw state_ = {};
};

/* A state to which single numbers are added. */
template <class Self, class Raw, class Functions>
class sum_state : public state<Self, Raw, Functions> {
    using base = state<Self, Raw, Functions>;

  public:
    using base::base;

#if TALLY_EXCEPTIONS
    using base::operator+=;
    using base::operator-=;

    /* Adds count values. */
    template <class T> Self &add(const T *values, std::size_t count) {
        return this->did(try_add(values, count));
    }
    /* Adds values. */
    template <class Values = list, class = element_of<const Values>>
    Self &add(const Values &values) {
        return this->did(try_add(values));
    }
    /* Adds the elements of a column that count. */
    Self &add(const column &values) {
        return this->did(try_add(values));
    }
    /* Adds one number. */
    template <class T, class = if_single<T>> Self &add(T value) {
        return this->did(try_add(value));
    }
    /* Adds the numbers in a text. */
    Self &add_text(std::string_view text, exactly<char> separator = ' ') {
        return this->did(try_add_text(text, separator));
    }
    /* Adds the numbers in a piece of a text. Returns the number of bytes
     * processed; a number that the end of the piece may have cut is not. */
    [[nodiscard]] std::size_t add_text_part(std::string_view text,
                                            exactly<char> separator = ' ') {
        std::size_t consumed = 0;
        tally::check(try_add_text_part(text, separator, consumed));
        return consumed;
    }
    /* add() */
    template <class T, class = if_single<T>> Self &operator+=(T value) {
        return add(value);
    }

    /* Subtracts count values. */
    template <class T> Self &subtract(const T *values, std::size_t count) {
        return this->did(try_subtract(values, count));
    }
    /* Subtracts values. */
    template <class Values = list, class = element_of<const Values>>
    Self &subtract(const Values &values) {
        return this->did(try_subtract(values));
    }
    /* Subtracts the elements of a column that count. */
    Self &subtract(const column &values) {
        return this->did(try_subtract(values));
    }
    /* Subtracts one number. */
    template <class T, class = if_single<T>> Self &subtract(T value) {
        return this->did(try_subtract(value));
    }
    /* subtract() */
    template <class T, class = if_single<T>> Self &operator-=(T value) {
        return subtract(value);
    }
#endif

    /* add() */
    template <class T>
    [[nodiscard]] status try_add(const T *values, std::size_t count) noexcept {
        return Functions::template add<as_element<T>>(
            this->get(), detail::cast(values), count);
    }
    /* add() */
    template <class Values = list, class = element_of<const Values>>
    [[nodiscard]] status try_add(const Values &values) noexcept {
        return try_add(std::data(values), detail::count_of(values));
    }
    /* add() */
    [[nodiscard]] status try_add(const column &values) noexcept {
        return Functions::add_column(this->get(), values.get());
    }
    /* add() */
    template <class T, class = if_single<T>>
    [[nodiscard]] status try_add(T value) noexcept {
        if constexpr (std::is_same_v<T, double> || !is_element<T>)
            return Functions::add_one(this->get(), exactly<double>(value));
        else
            return try_add(&value, 1);
    }
    /* add_text() */
    [[nodiscard]] status try_add_text(std::string_view text,
                                      exactly<char> separator = ' ') noexcept {
        std::size_t consumed = 0, values = 0;
        return Functions::add_text(this->get(), text.data(), text.size(),
                                   separator, true, &consumed, &values);
    }
    /* add_text_part(); if a word is refused, consumed is its offset. */
    [[nodiscard]] status try_add_text_part(std::string_view text,
                                           exactly<char> separator,
                                           std::size_t &consumed) noexcept {
        std::size_t values = 0;
        return Functions::add_text(this->get(), text.data(), text.size(),
                                   separator, false, &consumed, &values);
    }
    /* subtract() */
    template <class T>
    [[nodiscard]] status try_subtract(const T *values,
                                      std::size_t count) noexcept {
        return Functions::template subtract<as_element<T>>(
            this->get(), detail::cast(values), count);
    }
    /* subtract() */
    template <class Values = list, class = element_of<const Values>>
    [[nodiscard]] status try_subtract(const Values &values) noexcept {
        return try_subtract(std::data(values), detail::count_of(values));
    }
    /* subtract() */
    [[nodiscard]] status try_subtract(const column &values) noexcept {
        return Functions::subtract_column(this->get(), values.get());
    }
    /* subtract() */
    template <class T, class = if_single<T>>
    [[nodiscard]] status try_subtract(T value) noexcept {
        if constexpr (std::is_same_v<T, double> || !is_element<T>)
            return Functions::subtract_one(this->get(), exactly<double>(value));
        else
            return try_subtract(&value, 1);
    }
};

} // namespace detail

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_STATE_HPP */
