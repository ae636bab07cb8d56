/*
 * tally/state.hpp - what the sums in progress have in common
 */
#ifndef TALLY_STATE_HPP
#define TALLY_STATE_HPP

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "numbers.hpp"

namespace tally {

/* Not part of the interface: the members are those of the classes below. */
namespace detail {

/*
 * A plain value, copied with memcpy(), nothing to release. Functions that
 * change it return it, so that calls can follow each other. Functions names
 * those of tally.h.
 */
template <class Self, class Raw, class Functions> class state {
  public:
    /* The state of nothing. */
    constexpr state() noexcept = default;
    /* A state of tally.h. */
    explicit constexpr state(const Raw &raw) noexcept : state_(raw) {}
    /* What save() gave size bytes for. */
    static Self load(const void *bytes, std::size_t size) {
        return Self(result<Raw>(Functions::load, bytes, size));
    }
    /* The same, from a container of bytes. */
    template <class Bytes> static Self load(const Bytes &bytes) {
        static_assert(sizeof(element_of<const Bytes>) == 1);
        return load(std::data(bytes), count_of(bytes));
    }

    /* Adds all that is in other, which may be this one. */
    Self &merge(const Self &other) {
        return did(try_merge(other));
    }
    /* Takes out all that is in other, which may be this one. */
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
    /* How often was added, less how often was taken out. */
    std::int64_t count() const {
        return result<std::int64_t>(Functions::count, &state_);
    }
    /* Bytes for load(), on any machine. */
    std::vector<unsigned char> save() const {
        unsigned char bytes[Functions::saved_max];
        const auto size =
            result<std::size_t>(Functions::save, &state_, bytes, sizeof bytes);
        return std::vector<unsigned char>(bytes, bytes + size);
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
    /* load() */
    [[nodiscard]] static status try_load(const void *bytes, std::size_t size,
                                         Self &loaded) noexcept {
        return Functions::load(bytes, size, loaded.get());
    }

    /* The state, for functions of tally.h. */
    Raw *get() noexcept {
        return &state_;
    }
    const Raw *get() const noexcept {
        return &state_;
    }

    /* Whether both hold equal sums of equal counts. */
    friend bool operator==(const Self &a, const Self &b) noexcept {
        return std::memcmp(a.get(), b.get(), sizeof(Raw)) == 0;
    }
    friend bool operator!=(const Self &a, const Self &b) noexcept {
        return !(a == b);
    }

  protected:
    Self &did(status outcome) {
        check(outcome);
        return static_cast<Self &>(*this);
    }

  private:
    Raw state_ = {};
};

/* A state that single numbers are added to. */
template <class Self, class Raw, class Functions>
class sum_state : public state<Self, Raw, Functions> {
    using base = state<Self, Raw, Functions>;

  public:
    using base::base;
    using base::operator+=;
    using base::operator-=;

    /* Adds count values. */
    template <class T, class = total_of<T>>
    Self &add(const T *values, std::size_t count) {
        return this->did(try_add(values, count));
    }
    /* Adds values. */
    template <class Values = list, class = sum_of<Values>>
    Self &add(const Values &values) {
        return this->did(try_add(values));
    }
    /* Adds one number. */
    template <class T, class = total_of<T>> Self &add(T value) {
        return this->did(try_add(value));
    }
    /* Adds the numbers in a text. */
    Self &add_text(std::string_view text, char separator = ' ') {
        return this->did(try_add_text(text, separator));
    }
    /*
     * Adds the numbers in a part of a text. Returns how many bytes of it need
     * not be passed again: a number that its end may have cut is left.
     */
    std::size_t add_text_part(std::string_view text, char separator = ' ') {
        std::size_t consumed = 0, values = 0;
        check(Functions::add_text(this->get(), text.data(), text.size(),
                                  separator, false, &consumed, &values));
        return consumed;
    }
    /* add() */
    template <class T, class = total_of<T>> Self &operator+=(T value) {
        return add(value);
    }

    /* Takes out count values. */
    template <class T, class = total_of<T>>
    Self &subtract(const T *values, std::size_t count) {
        return this->did(try_subtract(values, count));
    }
    /* Takes out values. */
    template <class Values = list, class = sum_of<Values>>
    Self &subtract(const Values &values) {
        return this->did(try_subtract(values));
    }
    /* Takes out one number. */
    template <class T, class = total_of<T>> Self &subtract(T value) {
        return this->did(try_subtract(value));
    }
    /* subtract() */
    template <class T, class = total_of<T>> Self &operator-=(T value) {
        return subtract(value);
    }

    /* add() */
    template <class T, class = total_of<T>>
    status try_add(const T *values, std::size_t count) noexcept {
        return Functions::template add<same<T>>(this->get(), cast(values),
                                                count);
    }
    /* add() */
    template <class Values = list, class = sum_of<Values>>
    status try_add(const Values &values) noexcept {
        return try_add(std::data(values), count_of(values));
    }
    /* add() */
    template <class T, class = total_of<T>> status try_add(T value) noexcept {
        if constexpr (std::is_same_v<T, double>)
            return Functions::add_one(this->get(), value);
        else
            return try_add(&value, 1);
    }
    /* add_text() */
    status try_add_text(std::string_view text, char separator = ' ') noexcept {
        std::size_t consumed = 0, values = 0;
        return Functions::add_text(this->get(), text.data(), text.size(),
                                   separator, true, &consumed, &values);
    }
    /* subtract() */
    template <class T, class = total_of<T>>
    status try_subtract(const T *values, std::size_t count) noexcept {
        return Functions::template subtract<same<T>>(this->get(), cast(values),
                                                     count);
    }
    /* subtract() */
    template <class Values = list, class = sum_of<Values>>
    status try_subtract(const Values &values) noexcept {
        return try_subtract(std::data(values), count_of(values));
    }
    /* subtract() */
    template <class T, class = total_of<T>>
    status try_subtract(T value) noexcept {
        if constexpr (std::is_same_v<T, double>)
            return Functions::subtract_one(this->get(), value);
        else
            return try_subtract(&value, 1);
    }
};

/* A total as text, by a function of tally.h that takes a buffer. */
template <class Function, class Raw>
std::string text_of(Function function, const Raw *raw, int digits) {
    const auto length =
        result<std::size_t>(function, raw, digits, nullptr, std::size_t{0});
    std::string text(length, '\0');
    check(function(raw, digits, text.data(), length + 1, nullptr));
    return text;
}

/* Whether a result was written: beyond its range a double is an infinity. */
template <class T> bool is_written(status outcome) noexcept {
    return outcome == TALLY_OK ||
           (std::is_floating_point_v<T> && outcome == TALLY_OVERFLOW);
}

} // namespace detail

} // namespace tally

#endif /* TALLY_STATE_HPP */
