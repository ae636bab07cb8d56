/*
 * tally/handles.hpp - resources with several owners
 *
 * Threads may use one handle, or copies of it, concurrently. The common members
 * - copying, comparison, get(), release() - are in handle.hpp.
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_HANDLES_HPP
#define TALLY_HANDLES_HPP

#include "accumulator.hpp"
#include "handle.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <utility>

namespace tally {
inline namespace TALLY_MODE {

/* An accumulator to which several threads can add at once. */
class shared : public detail::handle<shared, ::tally_shared> {
  public:
    /* Takes over a reference from the caller; nullptr: empty. */
    explicit shared(::tally_shared *owned) noexcept : handle(owned) {}

#if TALLY_EXCEPTIONS
    /* An empty sum, with one reference. */
    shared() : handle(detail::result<::tally_shared *>(::tally_shared_new)) {}
    /* Adds count doubles, atomically. */
    void add(const double *values, std::size_t count) const {
        tally::check(try_add(values, count));
    }
    /* Adds the doubles of a container, atomically. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    void add(const Values &values) const {
        tally::check(try_add(values));
    }
    /* Adds one double. */
    void add(detail::exactly<double> value) const {
        tally::check(try_add(value));
    }
    /* Adds the contents of an accumulator, atomically. */
    void merge(const accumulator &from) const {
        tally::check(try_merge(from));
    }
    /* A consistent snapshot of the sum. */
    [[nodiscard]] accumulator snapshot() const {
        return accumulator(detail::result<::tally_accumulator>(
            ::tally_shared_snapshot, get()));
    }
#endif

    /* shared() */
    [[nodiscard]] static status try_make(shared &made) noexcept {
        ::tally_shared *owned = nullptr;
        const status outcome = ::tally_shared_new(&owned);
        if (outcome == TALLY_OK)
            made = shared(owned);
        return outcome;
    }
    /* add() */
    [[nodiscard]] status try_add(const double *values,
                                 std::size_t count) const noexcept {
        return ::tally_shared_add_f64(get(), values, count);
    }
    /* add() */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    [[nodiscard]] status try_add(const Values &values) const noexcept {
        return try_add(std::data(values), detail::count_of(values));
    }
    /* add() */
    [[nodiscard]] status try_add(detail::exactly<double> value) const noexcept {
        const double one = value;
        return try_add(&one, 1);
    }
    /* merge() */
    [[nodiscard]] status try_merge(const accumulator &from) const noexcept {
        return ::tally_shared_merge(get(), from.get());
    }
    /* snapshot() */
    [[nodiscard]] status try_snapshot(accumulator &now) const noexcept {
        return ::tally_shared_snapshot(get(), now.get());
    }
};

/*
 * Returns the memory that an array borrowed. The destructor of the last owner
 * calls it, on whichever thread that runs, so it must be noexcept, as its type
 * requires.
 */
using release_callback = void (*)(const void *values, std::size_t count,
                                  void *user_data) noexcept;

/* An immutable array with several owners. T is double, float, int32_t, int64_t
 * or uint64_t. */
template <class T>
class array : public detail::handle<array<T>, ::tally_array> {
    static_assert(
        detail::is_element<T> && std::is_same_v<detail::same<T>, T>,
        "tally: the elements of an array are double, float, std::int32_t, "
        "std::int64_t or std::uint64_t");
    using base = detail::handle<array, ::tally_array>;
    using number = detail::number_of<T>;
    template <class Values>
    using if_elements = std::enable_if_t<
        std::is_same_v<detail::same<detail::element_of<const Values>>, T>>;

  public:
    using base::get;
    using total = typename number::total;

    /*
     * The elements of an array, in place. The view keeps them valid as long as
     * it lives, even without an owner of the array. A view that was moved from,
     * or is made from nullptr, is empty.
     */
    class view {
      public:
        view() noexcept = default;
        view(view &&other) noexcept {
            trade(other);
        }
        view &operator=(view &&other) noexcept {
            view taken(std::move(other));
            trade(taken);
            return *this;
        }
        view(const view &) = delete;
        view &operator=(const view &) = delete;
        ~view() {
            ::tally_array_release_view(view_);
        }

#if TALLY_EXCEPTIONS
        /* A view of an array of tally.h. */
        explicit view(::tally_array *of) {
            tally::check(open(of));
        }
#endif
        /* view(of) */
        [[nodiscard]] static status try_make(::tally_array *of,
                                             view &made) noexcept {
            view opened;
            const status outcome = opened.open(of);
            if (outcome == TALLY_OK)
                made.trade(opened);
            return outcome;
        }

        [[nodiscard]] const T *data() const noexcept {
            return data_;
        }
        [[nodiscard]] std::size_t size() const noexcept {
            return size_;
        }
        [[nodiscard]] bool empty() const noexcept {
            return size_ == 0;
        }
        [[nodiscard]] const T *begin() const noexcept {
            return data_;
        }
        [[nodiscard]] const T *end() const noexcept {
            return data_ + size_;
        }
        /* An element below size(), unchecked. */
        [[nodiscard]] const T &operator[](std::size_t index) const noexcept {
            return data_[index];
        }

        friend void swap(view &a, view &b) noexcept {
            a.trade(b);
        }

      private:
        void trade(view &other) noexcept {
            std::swap(data_, other.data_);
            std::swap(size_, other.size_);
            std::swap(view_, other.view_);
        }
        status open(::tally_array *of) noexcept {
            return number::array_view(of, &data_, &size_, &view_);
        }

        const T *data_ = nullptr;
        std::size_t size_ = 0;
        ::tally_view *view_ = nullptr;
    };

    /* Takes over a reference from the caller; nullptr: empty. */
    explicit array(::tally_array *owned) noexcept : base(owned) {}

#if TALLY_EXCEPTIONS
    /* An empty array. */
    array() : array(nullptr, 0) {}
    /* A copy of count values. */
    array(const T *values, std::size_t count)
        : base(detail::result<::tally_array *>(number::array_new, values,
                                               count)) {}
    /* A copy of the values of a container. */
    template <class Values = std::initializer_list<T>,
              class = if_elements<Values>>
    explicit array(const Values &values)
        : array(detail::cast(std::data(values)), detail::count_of(values)) {}
    /*
     * An array that borrows the caller's memory, which release(values, count,
     * user_data) returns; nullptr: it is never returned. If the constructor
     * throws, release is never called. See tally_array_borrow_f64().
     */
    [[nodiscard]] static array borrow(const T *values, std::size_t count,
                                      release_callback release,
                                      void *user_data = nullptr) {
        return array(detail::result<::tally_array *>(
            number::array_borrow, values, count, release, user_data));
    }
    /* The number of elements. */
    [[nodiscard]] std::size_t size() const {
        return detail::result<std::size_t>(::tally_array_length, get());
    }
    /* The type of the elements: that of T, unless a handle to an array of
     * another type was taken over. */
    [[nodiscard]] ::tally_type type() const {
        return detail::result<::tally_type>(::tally_array_type, get());
    }
    /* The element at an index. Throws if there is none. */
    [[nodiscard]] T at(std::size_t index) const {
        return detail::result<T>(number::array_get, get(), index);
    }
    /* All elements, in place. */
    [[nodiscard]] view values() const {
        return view(get());
    }
    /* The sum of all elements, as by tally::sum(). */
    [[nodiscard]] total sum() const {
        return detail::result<total>(number::array_sum, get());
    }
#endif

    /* array() */
    [[nodiscard]] static status try_make(const T *values, std::size_t count,
                                         array &made) noexcept {
        ::tally_array *owned = nullptr;
        const status outcome = number::array_new(values, count, &owned);
        if (outcome == TALLY_OK)
            made = array(owned);
        return outcome;
    }
    /* array() */
    template <class Values = std::initializer_list<T>,
              class = if_elements<Values>>
    [[nodiscard]] static status try_make(const Values &values,
                                         array &made) noexcept {
        return try_make(detail::cast(std::data(values)),
                        detail::count_of(values), made);
    }
    /* borrow() */
    [[nodiscard]] static status try_borrow(const T *values, std::size_t count,
                                           release_callback release,
                                           void *user_data,
                                           array &made) noexcept {
        ::tally_array *owned = nullptr;
        const status outcome =
            number::array_borrow(values, count, release, user_data, &owned);
        if (outcome == TALLY_OK)
            made = array(owned);
        return outcome;
    }
    /* size() */
    [[nodiscard]] status try_size(std::size_t &size) const noexcept {
        return ::tally_array_length(get(), &size);
    }
    /* type() */
    [[nodiscard]] status try_type(::tally_type &type) const noexcept {
        return ::tally_array_type(get(), &type);
    }
    /* at() */
    [[nodiscard]] status try_at(std::size_t index, T &element) const noexcept {
        return number::array_get(get(), index, &element);
    }
    /* values() */
    [[nodiscard]] status try_values(view &values) const noexcept {
        return view::try_make(get(), values);
    }
    /* sum() */
    [[nodiscard]] status try_sum(total &sum) const noexcept {
        return number::array_sum(get(), &sum);
    }
};

/* A 32-bit integer with several owners. */
class object : public detail::handle<object, void> {
  public:
    /* Takes over a reference from the caller; nullptr: empty. */
    explicit object(void *owned) noexcept : handle(owned) {}

#if TALLY_EXCEPTIONS
    /* A new object with the value 0, and one reference. */
    object() : object(0) {}
    /* The same with a value, of a type that fits in int32_t. */
    template <class T, class = detail::if_exact<std::int32_t, T>>
    explicit object(T value) : handle(nullptr) {
        tally::check(try_make(value, *this));
    }
    /* The value. */
    [[nodiscard]] std::int32_t value() const {
        std::int32_t now = 0;
        tally::check(try_value(now));
        return now;
    }
    /* Sets the value, atomically. */
    void set(detail::exactly<std::int32_t> value) const {
        tally::check(try_set(value));
    }
#endif

    /* object() */
    [[nodiscard]] static status try_make(detail::exactly<std::int32_t> value,
                                         object &made) noexcept {
        object born(::tally_object_new());
        if (!born)
            return ::tally_last_status();
        const status outcome = born.try_set(value);
        if (outcome == TALLY_OK)
            made = std::move(born);
        return outcome;
    }
    /* value() */
    [[nodiscard]] status try_value(std::int32_t &value) const noexcept {
        const std::int32_t now = ::tally_object_value(get());
        const status outcome = ::tally_last_status();
        if (outcome == TALLY_OK)
            value = now;
        return outcome;
    }
    /* set() */
    [[nodiscard]] status
    try_set(detail::exactly<std::int32_t> value) const noexcept {
        return ::tally_object_set_value(get(), value);
    }
};

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_HANDLES_HPP */
