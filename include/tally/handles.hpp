/*
 * tally/handles.hpp - what has several owners
 */
#ifndef TALLY_HANDLES_HPP
#define TALLY_HANDLES_HPP

#include "accumulator.hpp"

namespace tally {

/*
 * What shared, array and object have in common: one reference to what a
 * handle names. A copy is one more reference to the same; the last to go
 * frees it. As with a pointer, const does not extend to what it names. One
 * that was moved from names nothing, and using it throws TALLY_NULL.
 */
template <class Raw> class handle {
  public:
    /* The handle, for functions of tally.h. */
    Raw *get() const noexcept {
        return raw_;
    }
    /* The handle, and the reference: it is the caller's to give up. */
    Raw *release() noexcept {
        return std::exchange(raw_, nullptr);
    }
    /* Whether it names anything. */
    explicit operator bool() const noexcept {
        return raw_ != nullptr;
    }

  protected:
    explicit handle(Raw *owned) noexcept : raw_(owned) {}
    handle(const handle &other) : raw_(other.raw_) {
        if (raw_ != nullptr)
            check(::tally_ref(raw_));
    }
    handle(handle &&other) noexcept : raw_(other.release()) {}
    handle &operator=(const handle &other) {
        return *this = handle(other);
    }
    handle &operator=(handle &&other) noexcept {
        handle taken(std::move(other));
        std::swap(raw_, taken.raw_);
        return *this;
    }
    ~handle() {
        ::tally_unref(raw_);
    }

  private:
    Raw *raw_;
};

/* An accumulator that several threads add to at once. */
class shared : public handle<::tally_shared> {
  public:
    /* An empty sum, with one reference. */
    shared() : handle(detail::result<::tally_shared *>(::tally_shared_new)) {}
    /* Takes over a reference of the caller's. */
    explicit shared(::tally_shared *owned) noexcept : handle(owned) {}

    /* Adds count doubles, all at one moment. */
    void add(const double *values, std::size_t count) const {
        check(try_add(values, count));
    }
    /* Adds the doubles of a container, all at one moment. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    void add(const Values &values) const {
        add(std::data(values), detail::count_of(values));
    }
    /* Adds one double. */
    void add(double value) const {
        add(&value, 1);
    }
    /* Adds all that is in an accumulator. */
    void merge(const accumulator &from) const {
        check(try_merge(from));
    }
    /* The sum as it is at one moment. */
    accumulator snapshot() const {
        return accumulator(detail::result<::tally_accumulator>(
            ::tally_shared_snapshot, get()));
    }

    /* add() */
    status try_add(const double *values, std::size_t count) const noexcept {
        return ::tally_shared_add_f64(get(), values, count);
    }
    /* add() */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    status try_add(const Values &values) const noexcept {
        return try_add(std::data(values), detail::count_of(values));
    }
    /* add() */
    status try_add(double value) const noexcept {
        return try_add(&value, 1);
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
 * Numbers that several own and nobody changes. T is double, float, int32_t,
 * int64_t or uint64_t.
 */
template <class T> class array : public handle<::tally_array> {
    using number = detail::number<T>;

  public:
    /* What is in an array, in place for as long as the view lives. */
    class view {
      public:
        explicit view(::tally_array *of) {
            check(number::array_view(of, &data_, &size_, &view_));
        }
        view(view &&other) noexcept
            : data_(other.data_), size_(other.size_),
              view_(std::exchange(other.view_, nullptr)) {}
        view &operator=(view &&) = delete;
        ~view() {
            ::tally_array_release_view(view_);
        }

        const T *data() const noexcept {
            return data_;
        }
        std::size_t size() const noexcept {
            return size_;
        }
        const T *begin() const noexcept {
            return data_;
        }
        const T *end() const noexcept {
            return data_ + size_;
        }

      private:
        const T *data_ = nullptr;
        std::size_t size_ = 0;
        ::tally_view *view_ = nullptr;
    };

    /* An array of nothing. */
    array() : array(nullptr, 0) {}
    /* A copy of count values. */
    array(const T *values, std::size_t count)
        : handle(detail::result<::tally_array *>(number::array_new, values,
                                                 count)) {}
    /* A copy of the values of a container. */
    template <class Values, class = detail::sum_of<Values>>
    explicit array(const Values &values)
        : array(std::data(values), detail::count_of(values)) {}
    /* Takes over a reference of the caller's. */
    explicit array(::tally_array *owned) noexcept : handle(owned) {}
    /*
     * An array of the caller's own memory, which release(values, count,
     * user_data) gives back. See tally_array_borrow_f64(). It must not throw:
     * the last owner's destructor calls it.
     */
    static array borrow(const T *values, std::size_t count,
                        ::tally_release_callback release,
                        void *user_data = nullptr) {
        return array(detail::result<::tally_array *>(
            number::array_borrow, values, count, release, user_data));
    }

    /* The number of elements. */
    std::size_t size() const {
        return detail::result<std::size_t>(::tally_array_length, get());
    }
    /* The type of the elements: T's, unless a handle of another was taken. */
    ::tally_element_type type() const {
        return detail::result<::tally_element_type>(::tally_array_type, get());
    }
    /* An element. Throws if there is no such one. */
    T at(std::size_t index) const {
        return detail::result<T>(number::array_get, get(), index);
    }
    /* All of them, in place. */
    view values() const {
        return view(get());
    }
    /* Their sum, as by tally::sum(). */
    typename number::total sum() const {
        return detail::result<typename number::total>(number::array_sum, get());
    }
};

/* A 32-bit integer with several owners. */
class object : public handle<void> {
  public:
    /* A new object, with one reference. */
    explicit object(std::int32_t value = 0) : handle(::tally_object_new()) {
        if (get() == nullptr)
            fail(::tally_last_status());
        if (value != 0)
            set(value);
    }
    /* Takes over a reference of the caller's. */
    explicit object(void *owned) noexcept : handle(owned) {}

    /* The value. */
    std::int32_t value() const {
        std::int32_t now = 0;
        check(try_value(now));
        return now;
    }
    /* Sets the value, as one step to other threads. */
    void set(std::int32_t value) const {
        check(try_set(value));
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
    status try_set(std::int32_t value) const noexcept {
        return ::tally_object_set_value(get(), value);
    }
};

} // namespace tally

#endif /* TALLY_HANDLES_HPP */
