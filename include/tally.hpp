/*
 * tally.hpp - tally.h for C++17: any contiguous container for an array, an
 * exception for a failure, and nothing to release by hand
 *
 *     std::vector<double> prices = {1e100, 1.0, -1e100};
 *     double total = tally::sum(prices);              // 1.0
 *
 *     tally::accumulator sum;
 *     sum.add(prices).add(0.25);
 *     std::cout << sum.text() << '\n';                // 1.25
 *
 * All of this is a thin, inline cover over functions of tally.h, which says
 * what each one computes. They may be used beside it: get() gives what they
 * take.
 *
 * Conventions:
 *
 * - "values" is whatever std::data() and std::size() take: a C array,
 *   std::array, std::vector, std::span and the like. Its elements are double,
 *   float, int32_t, int64_t or uint64_t, or an integer that is the same; they
 *   are not converted. A list in braces is one of doubles.
 * - A failure throws tally::error and leaves what was to be changed as it was;
 *   a lack of memory (TALLY_MEMORY) throws std::bad_alloc, as usual in C++.
 * - What is noexcept cannot fail. Only what makes a string, a vector, a handle,
 *   a block or a record allocates, and exceptions do.
 * - What a callable throws reaches the caller as it is.
 */

#ifndef TALLY_HPP
#define TALLY_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tally.h"

namespace tally {

/* ========================================================================== */
/*                                   Errors                                   */
/* ========================================================================== */

/* The outcome of a call: TALLY_OK, TALLY_OVERFLOW and the others of tally.h. */
using status = ::tally_status;

/* A failure. what() is "function: message". */
class error : public std::runtime_error {
  public:
    /* name must outlive the error: a literal, or tally_last_function(). */
    error(::tally_status code, const char *name, const char *message)
        : std::runtime_error(std::string(name) + ": " + message), code_(code),
          name_(name) {}
    /* What went wrong. */
    ::tally_status status() const noexcept { return code_; }
    /* The function that refused. */
    const char *function() const noexcept { return name_; }
    /* What it said. */
    const char *message() const noexcept {
        return what() + std::strlen(name_) + 2;
    }

  private:
    ::tally_status code_;
    const char *name_;
};

/* Throws for the failure that a function of tally.h has just returned. */
[[noreturn]] inline void fail(::tally_status outcome) {
    if (outcome == TALLY_MEMORY)
        throw std::bad_alloc();
    if (outcome == ::tally_last_status())
        throw error(outcome, ::tally_last_function(), ::tally_last_message());
    throw error(outcome, "tally::fail", ::tally_status_name(outcome));
}
/* The same, if it is a failure. */
inline void check(::tally_status outcome) {
    if (outcome < 0)
        fail(outcome);
}

/* ========================================================================== */
/*                            Types of the numbers                            */
/* ========================================================================== */

/* Not part of the interface. */
namespace detail {

/* The functions of tally.h that take numbers of a type. */
template <class T> struct number;

template <> struct number<double> {
    using total = double;
    static constexpr auto sum = ::tally_sum_f64;
    static constexpr auto sum_parallel = ::tally_sum_f64_parallel;
    static constexpr auto add = ::tally_accumulator_add_f64;
    static constexpr auto subtract = ::tally_accumulator_subtract_f64;
    static constexpr auto value = ::tally_accumulator_value_f64;
};
template <> struct number<float> {
    using total = float;
    static constexpr auto sum = ::tally_sum_f32;
    static constexpr auto sum_parallel = ::tally_sum_f32_parallel;
    static constexpr auto add = ::tally_accumulator_add_f32;
    static constexpr auto subtract = ::tally_accumulator_subtract_f32;
    static constexpr auto value = ::tally_accumulator_value_f32;
};
template <> struct number<std::int32_t> {
    using total = std::int64_t;
    static constexpr auto sum = ::tally_sum_i32;
    static constexpr auto add = ::tally_accumulator_add_i32;
    static constexpr auto subtract = ::tally_accumulator_subtract_i32;
};
template <> struct number<std::int64_t> {
    using total = std::int64_t;
    static constexpr auto sum = ::tally_sum_i64;
    static constexpr auto sum_parallel = ::tally_sum_i64_parallel;
    static constexpr auto add = ::tally_accumulator_add_i64;
    static constexpr auto subtract = ::tally_accumulator_subtract_i64;
    static constexpr auto value = ::tally_accumulator_value_i64;
};
template <> struct number<std::uint64_t> {
    using total = std::uint64_t;
    static constexpr auto sum = ::tally_sum_u64;
    static constexpr auto add = ::tally_accumulator_add_u64;
    static constexpr auto subtract = ::tally_accumulator_subtract_u64;
    static constexpr auto value = ::tally_accumulator_value_u64;
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
template <class T> using number_of = number<same<T>>;
template <class T> using total_of = typename number_of<T>::total;
template <class T> const same<T> *cast(const T *values) noexcept {
    return reinterpret_cast<const same<T> *>(values);
}

/* The elements of a contiguous container: their type, and how many. */
template <class Values>
using element_of = std::remove_cv_t<
    std::remove_pointer_t<decltype(std::data(std::declval<Values &>()))>>;
template <class Values> std::size_t count_of(const Values &values) {
    return static_cast<std::size_t>(std::size(values));
}
template <class Values> using sum_of = total_of<element_of<const Values>>;
template <class Values>
using if_doubles =
    std::enable_if_t<std::is_same_v<element_of<const Values>, double>>;
/* What braces stand for, which say no type of their own. */
using list = std::initializer_list<double>;

/* What a function of tally.h writes through its last pointer. */
template <class T, class Function, class... Arguments>
T result(Function function, Arguments... arguments) {
    T result_{};
    check(function(arguments..., &result_));
    return result_;
}

/* What a function of tally.h writes out with so many digits. */
template <class Function, class State>
std::string text_of(Function function, const State *state, int digits) {
    const auto length =
        result<std::size_t>(function, state, digits, nullptr, 0u);
    std::string decimal(length, '\0');
    check(function(state, digits, decimal.data(), length + 1, nullptr));
    return decimal;
}

/* How many bytes of a text a function of tally.h read numbers from. */
template <class Function, class State>
std::size_t read(Function function, State *state, std::string_view text,
                 char separator, bool final_part) {
    std::size_t consumed = 0, values = 0;
    check(function(state, text.data(), text.size(), separator, final_part,
                   &consumed, &values));
    return consumed;
}

} // namespace detail

/* ========================================================================== */
/*                               Sums of arrays                               */
/* ========================================================================== */

/*
 * The total of count values: int64_t for signed integers, uint64_t for unsigned
 * ones, else of their own type. Throws if it does not fit, floating point too.
 */
template <class T> detail::total_of<T> sum(const T *values, std::size_t count) {
    return detail::result<detail::total_of<T>>(detail::number_of<T>::sum,
                                               detail::cast(values), count);
}
/* The total of values. */
template <class Values = detail::list>
detail::sum_of<Values> sum(const Values &values) {
    return sum(std::data(values), detail::count_of(values));
}

/*
 * The same totals of long arrays, by up to so many threads at once; 0 is one for
 * each processor. For double, float and int64_t.
 */
template <class T>
detail::total_of<T> sum_parallel(const T *values, std::size_t count,
                                 std::size_t threads) {
    return detail::result<detail::total_of<T>>(
        detail::number_of<T>::sum_parallel, detail::cast(values), count,
        threads);
}
template <class Values = detail::list>
detail::sum_of<Values> sum_parallel(const Values &values,
                                    std::size_t threads = 0) {
    return sum_parallel(std::data(values), detail::count_of(values), threads);
}

/* ========================================================================== */
/*                              The accumulator                               */
/* ========================================================================== */

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
        return did(
            detail::number_of<T>::add(&state_, detail::cast(values), count));
    }
    /* Adds values. */
    template <class Values = detail::list, class = detail::sum_of<Values>>
    accumulator &add(const Values &values) {
        return add(std::data(values), detail::count_of(values));
    }
    /* Adds one number. */
    template <class T, class = detail::total_of<T>> accumulator &add(T value) {
        if constexpr (std::is_same_v<T, double>)
            return did(::tally_accumulator_add_one_f64(&state_, value));
        else
            return add(&value, 1);
    }
    /* Adds count doubles that lie stride bytes apart. */
    accumulator &add_strided(const void *first, std::size_t count,
                             std::ptrdiff_t stride) {
        return did(
            ::tally_accumulator_add_f64_strided(&state_, first, count, stride));
    }
    /* Adds the doubles whose bits are set in Arrow's bitmap; nullptr: all. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    accumulator &add_masked(const Values &values, const std::uint8_t *validity,
                            std::size_t bit_offset = 0) {
        return did(::tally_accumulator_add_f64_masked(
            &state_, std::data(values), detail::count_of(values), validity,
            bit_offset));
    }

    /* Adds the numbers in a text. */
    accumulator &add(std::string_view text, char separator = ' ') {
        detail::read(::tally_accumulator_add_text, &state_, text, separator,
                     true);
        return *this;
    }
    /*
     * Adds the numbers in a part of a text. Returns how many bytes of it need
     * not be passed again: a number that its end may have cut is left.
     */
    std::size_t add_part(std::string_view text, char separator = ' ') {
        return detail::read(::tally_accumulator_add_text, &state_, text,
                            separator, false);
    }

    /* Takes out count values. */
    template <class T, class = detail::total_of<T>>
    accumulator &subtract(const T *values, std::size_t count) {
        return did(detail::number_of<T>::subtract(&state_, detail::cast(values),
                                                  count));
    }
    /* Takes out values. */
    template <class Values = detail::list, class = detail::sum_of<Values>>
    accumulator &subtract(const Values &values) {
        return subtract(std::data(values), detail::count_of(values));
    }
    /* Takes out one number. */
    template <class T, class = detail::total_of<T>>
    accumulator &subtract(T value) {
        if constexpr (std::is_same_v<T, double>)
            return did(::tally_accumulator_subtract_one_f64(&state_, value));
        else
            return subtract(&value, 1);
    }

    /* Adds all that is in other, which may be this one. */
    accumulator &merge(const accumulator &other) {
        return did(::tally_accumulator_merge(&state_, &other.state_));
    }
    /* Takes out all that is in other, which may be this one. */
    accumulator &unmerge(const accumulator &other) {
        return did(::tally_accumulator_unmerge(&state_, &other.state_));
    }
    /* merge() */
    accumulator &operator+=(const accumulator &other) { return merge(other); }
    /* unmerge() */
    accumulator &operator-=(const accumulator &other) { return unmerge(other); }

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
        return detail::text_of(::tally_accumulator_value_text, &state_, digits);
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

    /* The state, for functions of tally.h. */
    ::tally_accumulator *get() noexcept { return &state_; }
    const ::tally_accumulator *get() const noexcept { return &state_; }

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
    accumulator &did(::tally_status outcome) {
        check(outcome);
        return *this;
    }

    ::tally_accumulator state_ = TALLY_ACCUMULATOR_INIT;
};

static_assert(std::is_trivially_copyable_v<accumulator> &&
              std::is_standard_layout_v<accumulator> &&
              sizeof(accumulator) == sizeof(::tally_accumulator));

/* ========================================================================== */
/*                                  Decimals                                  */
/* ========================================================================== */

/*
 * A sum of decimal numbers as they are written, with no binary rounding: "0.10"
 * and "0.20" are "0.30". A plain value: 352 bytes, copied with memcpy(),
 * nothing to release. Functions that change it return it, unless they say
 * otherwise.
 */
class decimal {
  public:
    /* The empty sum. */
    constexpr decimal() noexcept = default;
    /* The sum that a state of tally.h holds. */
    explicit constexpr decimal(const ::tally_decimal &state) noexcept
        : state_(state) {}
    /* The sum that save() gave size bytes for. */
    static decimal load(const void *bytes, std::size_t size) {
        return decimal(
            detail::result<::tally_decimal>(::tally_decimal_load, bytes, size));
    }
    /* The same, from a container of bytes. */
    template <class Bytes> static decimal load(const Bytes &bytes) {
        static_assert(sizeof(detail::element_of<const Bytes>) == 1);
        return load(std::data(bytes), detail::count_of(bytes));
    }

    /* Adds the numbers in a text. */
    decimal &add(std::string_view text, char separator = ' ') {
        detail::read(::tally_decimal_add_text, &state_, text, separator, true);
        return *this;
    }
    /*
     * Adds the numbers in a part of a text. Returns how many bytes of it need
     * not be passed again: a number that its end may have cut is left.
     */
    std::size_t add_part(std::string_view text, char separator = ' ') {
        return detail::read(::tally_decimal_add_text, &state_, text, separator,
                            false);
    }
    /* Adds count integers, each times 10^-scale. */
    decimal &add_scaled(const std::int64_t *values, std::size_t count,
                        int scale) {
        return did(::tally_decimal_add_scaled(&state_, values, count, scale));
    }
    /* Adds the integers of a container, each times 10^-scale. */
    template <class Values,
              class = std::enable_if_t<!std::is_arithmetic_v<Values>>>
    decimal &add_scaled(const Values &values, int scale) {
        return add_scaled(std::data(values), detail::count_of(values), scale);
    }
    /* Adds value times 10^-scale. */
    decimal &add_scaled(std::int64_t value, int scale) {
        return add_scaled(&value, 1, scale);
    }

    /* Takes out the numbers in a text. */
    decimal &subtract(std::string_view text, char separator = ' ') {
        detail::read(::tally_decimal_subtract_text, &state_, text, separator,
                     true);
        return *this;
    }
    /* Takes out count integers, each times 10^-scale. */
    decimal &subtract_scaled(const std::int64_t *values, std::size_t count,
                             int scale) {
        return did(
            ::tally_decimal_subtract_scaled(&state_, values, count, scale));
    }
    /* Takes out the integers of a container, each times 10^-scale. */
    template <class Values,
              class = std::enable_if_t<!std::is_arithmetic_v<Values>>>
    decimal &subtract_scaled(const Values &values, int scale) {
        return subtract_scaled(std::data(values), detail::count_of(values),
                               scale);
    }
    /* Takes out value times 10^-scale. */
    decimal &subtract_scaled(std::int64_t value, int scale) {
        return subtract_scaled(&value, 1, scale);
    }

    /* Adds all that is in other, which may be this one. */
    decimal &merge(const decimal &other) {
        return did(::tally_decimal_merge(&state_, &other.state_));
    }
    /* Takes out all that is in other, which may be this one. */
    decimal &unmerge(const decimal &other) {
        return did(::tally_decimal_unmerge(&state_, &other.state_));
    }
    /* merge() */
    decimal &operator+=(const decimal &other) { return merge(other); }
    /* unmerge() */
    decimal &operator-=(const decimal &other) { return unmerge(other); }

    /* The total with so many digits after the point; -1: all. */
    std::string text(int digits = TALLY_DECIMAL_AS_WRITTEN) const {
        return detail::text_of(::tally_decimal_value_text, &state_, digits);
    }
    /* The mean with so many digits after the point. */
    std::string mean_text(int digits) const {
        return detail::text_of(::tally_decimal_mean_text, &state_, digits);
    }
    /* The nearest double. Throws beyond its range. */
    double value() const {
        return detail::result<double>(::tally_decimal_value_f64, &state_);
    }
    /* -1, 0 or 1: how the total compares with that of other. Throws for NaN. */
    int compare(const decimal &other) const {
        return detail::result<int>(::tally_decimal_compare, &state_,
                                   &other.state_);
    }
    /* The number of values added, less those taken out. */
    std::int64_t count() const {
        return detail::result<std::int64_t>(::tally_decimal_count, &state_);
    }
    /* Bytes for load(), on any machine. */
    std::vector<unsigned char> save() const {
        unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
        const auto size = detail::result<std::size_t>(
            ::tally_decimal_save, &state_, bytes, sizeof bytes);
        return std::vector<unsigned char>(bytes, bytes + size);
    }

    /* The state, for functions of tally.h. */
    ::tally_decimal *get() noexcept { return &state_; }
    const ::tally_decimal *get() const noexcept { return &state_; }

    /* Whether both hold equal sums of equal counts and scales. */
    friend bool operator==(const decimal &a, const decimal &b) noexcept {
        return std::memcmp(&a, &b, sizeof a) == 0;
    }
    friend bool operator!=(const decimal &a, const decimal &b) noexcept {
        return !(a == b);
    }

  private:
    decimal &did(::tally_status outcome) {
        check(outcome);
        return *this;
    }
    ::tally_decimal state_ = TALLY_DECIMAL_INIT;
};

static_assert(std::is_trivially_copyable_v<decimal> &&
              std::is_standard_layout_v<decimal> &&
              sizeof(decimal) == sizeof(::tally_decimal));

/* ========================================================================== */
/*                                  Handles                                   */
/* ========================================================================== */

/*
 * What shared and object have in common: one reference to what a handle names.
 * A copy is one more reference to the same; the last to go frees it. As with a
 * pointer, const does not extend to what it names. One that was moved from
 * names nothing, and using it throws TALLY_NULL.
 */
template <class Raw> class handle {
  public:
    /* The handle, for functions of tally.h. */
    Raw *get() const noexcept { return raw_; }
    /* The handle, and the reference: it is the caller's to give up. */
    Raw *release() noexcept { return std::exchange(raw_, nullptr); }
    /* Whether it names anything. */
    explicit operator bool() const noexcept { return raw_ != nullptr; }

  protected:
    explicit handle(Raw *owned) noexcept : raw_(owned) {}
    handle(const handle &other) : raw_(other.raw_) {
        if (raw_ != nullptr)
            check(::tally_ref(raw_));
    }
    handle(handle &&other) noexcept : raw_(other.release()) {}
    handle &operator=(const handle &other) { return *this = handle(other); }
    handle &operator=(handle &&other) noexcept {
        handle taken(std::move(other));
        std::swap(raw_, taken.raw_);
        return *this;
    }
    ~handle() { ::tally_unref(raw_); }

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
        check(::tally_shared_add_f64(get(), values, count));
    }
    /* Adds the doubles of a container, all at one moment. */
    template <class Values = detail::list, class = detail::if_doubles<Values>>
    void add(const Values &values) const {
        add(std::data(values), detail::count_of(values));
    }
    /* Adds one double. */
    void add(double value) const { add(&value, 1); }
    /* Adds all that is in an accumulator. */
    void merge(const accumulator &from) const {
        check(::tally_shared_merge(get(), from.get()));
    }
    /* The sum as it is at one moment. */
    accumulator snapshot() const {
        return accumulator(detail::result<::tally_accumulator>(
            ::tally_shared_snapshot, get()));
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
        const std::int32_t now = ::tally_object_value(get());
        check(::tally_last_status());
        return now;
    }
    /* Sets the value, as one step to other threads. */
    void set(std::int32_t value) const {
        check(::tally_object_set_value(get(), value));
    }
};

/* ========================================================================== */
/*                          Memory, text and records                          */
/* ========================================================================== */

/* How a std::unique_ptr gives back what the library gave. */
struct deleter {
    void operator()(void *block) const noexcept { ::tally_free(block); }
    void operator()(::tally_record *record) const noexcept {
        ::tally_record_free(record);
    }
};
/* An array from tally_alloc(). */
template <class T> using memory = std::unique_ptr<T[], deleter>;
/* A string from tally_text_copy(). */
using text = std::unique_ptr<char[], deleter>;
/* A record from tally_record_new() or tally_record_copy(). */
using record_ptr = std::unique_ptr<::tally_record, deleter>;

/* An array of count elements, all bytes zero, aligned to 64 bytes. */
template <class T> memory<T> allocate(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);
    const bool fits = count <= SIZE_MAX / sizeof(T);
    void *block = ::tally_alloc(fits ? count * sizeof(T) : SIZE_MAX);
    if (block == nullptr)
        fail(::tally_last_status());
    return memory<T>(static_cast<T *>(block));
}
/* A copy of a UTF-8 string. */
inline text copy_text(const char *original) {
    return text(detail::result<char *>(::tally_text_copy, original));
}
/* A record with a copy of name, which may be nullptr. */
inline record_ptr make_record(int id, const char *name, int value) {
    return record_ptr(
        detail::result<::tally_record *>(::tally_record_new, id, name, value));
}
/* A copy of a record, its name included. */
inline record_ptr copy_record(const ::tally_record &original) {
    return record_ptr(
        detail::result<::tally_record *>(::tally_record_copy, &original));
}

/* ========================================================================== */
/*                                 Callables                                  */
/* ========================================================================== */

/*
 * results[i] = function(elements[i]), an int, for each element in order.
 * results has room for as many. *done, if done is not nullptr, is how many are
 * finished, at every moment: when function throws, too.
 */
template <class Elements, class Results, class Function>
void map(const Elements &elements, Results &&results, Function &&function,
         std::size_t *done = nullptr) {
    using element = detail::element_of<const Elements>;
    if (detail::count_of(results) < detail::count_of(elements))
        throw error(TALLY_INVALID, "tally::map", "results has too few places");
    auto call = [&](const void *at, int *result) {
        *result = function(*static_cast<const element *>(at));
    };
    check(::tally_map(
        std::data(elements), detail::count_of(elements), sizeof(element),
        [](const void *at, int *result, void *user_data) {
            (*static_cast<decltype(call) *>(user_data))(at, result);
            return 0;
        },
        &call, std::data(results), done));
}

} // namespace tally

#endif /* TALLY_HPP */
