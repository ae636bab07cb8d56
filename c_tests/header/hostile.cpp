/*
 * The C++ header in a program whose own functions have the names that the
 * header calls, and would take anything: every class and function is used, with
 * the program's own containers and callables, and no call may reach one of
 * those. hostile.sh makes hostile.inc, a row HOSTILE(name) for each name, of
 * the header.
 */
#include <cstddef>
#include <cstdint>

#include "tally.h"

/* Templates for any arguments, and better matches than any template for what is
 * likely: a status, a state of tally.h, a container of the program's. */
#define HOSTILE(name)                                                          \
    template <class... T> void name(T &&...) = delete;                         \
    template <class R, class... T> R name(T &&...) = delete;                   \
    void name(tally_status) = delete;                                          \
    template <class... T> void name(tally_status, T &&...) = delete;           \
    template <class... T> void name(tally_accumulator *, T &&...) = delete;    \
    template <class... T>                                                      \
    void name(const tally_accumulator *, T &&...) = delete;                    \
    template <class... T> void name(tally_record *, T &&...) = delete;
#include "hostile.inc"
#undef HOSTILE
namespace detail {
int count_of, result, status;
}

namespace program {
/* Contiguous, as the header wants it. */
template <class T> struct container {
    T elements[2];
    T *data() {
        return elements;
    }
    const T *data() const {
        return elements;
    }
    std::size_t size() const {
        return 2;
    }
};
/* A range that says neither where its elements are nor how many. */
template <class T> struct range {
    T elements[2];
    T *begin() {
        return elements;
    }
    T *end() {
        return elements + 2;
    }
};
/* Numbers for the sums to add, one after the other. */
struct one_half {
    bool done = false;
    std::size_t operator()(double *buffer, std::size_t) noexcept {
        buffer[0] = 0.5;
        return done ? 0 : (done = true, 1);
    }
};
struct no_room {
    void *operator()(std::size_t) const noexcept {
        return nullptr;
    }
};
struct doubled {
    int operator()(int number) const noexcept {
        return 2 * number;
    }
};
#define HOSTILE(name)                                                          \
    template <class... T> void name(T &&...) = delete;                         \
    template <class R, class... T> R name(T &&...) = delete;                   \
    template <class E, class... T>                                             \
    void name(const container<E> &, T &&...) = delete;                         \
    template <class E, class... T>                                             \
    void name(container<E> &, T &&...) = delete;                               \
    template <class E>                                                         \
    void name(const container<E> &, const container<E> &) = delete;            \
    template <class E>                                                         \
    void name(const char *, const container<E> &, const container<E> &) =      \
        delete;
#include "hostile.inc"
#undef HOSTILE
} // namespace program

#include "tally.hpp"

#include "../check.h"

namespace {

using program::container;

/* A batch of a column that adds up to 3. */
struct one_column {
    double values[2] = {1, 2};
    const void *buffers[2] = {nullptr, values};
    ArrowSchema schema = {"g", "", nullptr, 0, 0, nullptr, nullptr, &keep, {}};
    ArrowArray array = {2, 0, 0, 2, 0, buffers, nullptr, nullptr, &keep, {}};
    ArrowArrayStream stream = {&give_schema, &give_array, &no_error, &keep,
                               this};

    template <class Struct> static void keep(Struct *) {}
    static const char *no_error(ArrowArrayStream *) {
        return nullptr;
    }
    static int give_schema(ArrowArrayStream *stream, ArrowSchema *out) {
        *out = static_cast<one_column *>(stream->private_data)->schema;
        return 0;
    }
    static int give_array(ArrowArrayStream *stream, ArrowArray *out) {
        one_column *self = static_cast<one_column *>(stream->private_data);
        *out = self->array;
        self->array.release = nullptr;
        return 0;
    }
};

/* What all sums in progress have. */
template <class State> void twins_of_state(State &sum) {
    State other;
    std::vector<unsigned char> bytes;
    std::int64_t count = 0;
    unsigned char buffer[1024];
    std::size_t needed = 0;
    CHECK_OK(other.try_merge(sum));
    CHECK_OK(other.try_unmerge(sum));
    CHECK_OK(other.try_count(count));
    CHECK_OK(sum.try_save(bytes));
    CHECK_OK(sum.try_save(buffer, sizeof buffer, needed));
    CHECK_OK(State::try_load(bytes, other));
    CHECK_OK(State::try_load(buffer, needed, other));
    container<unsigned char> broken = {{0, 0}};
    CHECK(State::try_load(broken, other) == TALLY_FORMAT);
    tally::special_counts specials, none;
    CHECK_OK(sum.try_special_counts(specials));
    CHECK(specials == none && !(specials != none));
    State failed;
    CHECK_OK(failed.try_fail(TALLY_BUSY));
    CHECK(failed.try_count(count) == TALLY_BUSY);
    CHECK(other == sum && !(other != sum));
}

template <class Sum> void twins_of_arrow() {
    one_column of;
    Sum sum;
    CHECK_OK(sum.try_add_arrow(&of.schema, &of.array));
    CHECK_OK(sum.try_add_arrow_stream(&of.stream));
    std::int64_t count = 0;
    CHECK_OK(sum.try_count(count));
    CHECK(count == 4);
}

/* What those have that numbers are added to. */
template <class Sum, class T> void twins_of_adding(Sum &sum, T) {
    const container<T> values = {{1, 2}};
    CHECK_OK(sum.try_add(values));
    CHECK_OK(sum.try_add(values.data(), 2));
    CHECK_OK(sum.try_add(T(1)));
    CHECK_OK(sum.try_subtract(values));
    CHECK_OK(sum.try_subtract(values.data(), 2));
    CHECK_OK(sum.try_subtract(T(1)));
}
template <class Sum> void twins_of_sum(Sum &sum) {
    std::size_t consumed = 0;
    twins_of_adding(sum, 1.0);
    twins_of_adding(sum, 1.0f);
    twins_of_adding(sum, std::int32_t(1));
    twins_of_adding(sum, std::int64_t(1));
    twins_of_adding(sum, std::uint64_t(1));
    CHECK_OK((sum.try_add({0.5, 0.25})));
    CHECK_OK((sum.try_subtract({0.5, 0.25})));
    CHECK_OK(sum.try_add_text("1 2"));
    CHECK_OK(sum.try_add_text_part("3 4", ' ', consumed));
    twins_of_state(sum);
}

void twins_of_small() {
    const container<double> values = {{1, 2}};
    double result = 0;
    std::int64_t whole = 0;
    tally::int128 wide;
    tally::small_accumulator sum;
    tally::accumulator large, space;
    tally_accumulator *room = nullptr;
    CHECK_OK(sum.try_add(values));
    CHECK_OK(sum.try_add(values.data(), 2));
    CHECK_OK(sum.try_add(5));
    CHECK_OK(sum.try_add(5));
    CHECK_OK(sum.try_subtract(values));
    CHECK_OK(sum.try_subtract(values.data(), 2));
    CHECK_OK(sum.try_subtract(1));
    CHECK_OK(sum.try_add(tally::column(values)));
    CHECK_OK(sum.try_subtract(tally::column(values)));
    CHECK_OK(sum.try_value(result));
    CHECK_OK(sum.try_value(whole));
    CHECK_OK(sum.try_value(wide));
    CHECK_OK(sum.try_mean(result));
    CHECK(result == 9 && whole == 9 && wide.low == 9);
    CHECK_OK(sum.try_expand(large));
    CHECK_OK(sum.try_merge_into(large));
    CHECK_OK(sum.try_grow(space));
    CHECK_OK(sum.try_room(room));
    CHECK(room == space.get());
    container<tally_accumulator *> larges = {{large.get(), space.get()}};
    container<tally_small_accumulator *> smalls = {{sum.get(), sum.get()}};
    const tally::column column(values);
    CHECK_OK(tally::try_add_scattered(larges, column));
    CHECK_OK(tally::try_add_scattered(smalls, column, program::no_room()));
    CHECK_OK(large.try_value(result));
    CHECK(result == 19);
    CHECK_OK(tally::try_subtract_scattered(larges, column));
    CHECK_OK(tally::try_subtract_scattered(smalls, column, program::no_room()));
    CHECK_OK(large.try_value(result));
    CHECK(result == 18);
    tally::small_accumulator failed;
    CHECK_OK(failed.try_fail(TALLY_BUSY));
    CHECK(failed.try_value(result) == TALLY_BUSY);
}

template <class T> void twins_of_array(T) {
    const container<T> values = {{1, 2}};
    tally::array<T> array(nullptr), copy(nullptr);
    typename tally::array<T>::view view;
    typename tally::array<T>::total total{};
    tally_type type{};
    std::size_t size = 0;
    T element{};
    CHECK_OK(
        tally::array<T>::try_borrow(values.data(), 2, nullptr, nullptr, copy));
    CHECK_OK(tally::array<T>::try_make(values.data(), 2, array));
    CHECK_OK(tally::array<T>::try_make(values, array));
    CHECK_OK(array.try_copy(copy));
    CHECK_OK(array.try_size(size));
    CHECK_OK(array.try_type(type));
    CHECK_OK(array.try_at(1, element));
    CHECK_OK(array.try_sum(total));
    CHECK_OK(array.try_values(view));
    CHECK_OK(tally::array<T>::view::try_make(array.get(), view));
    typename tally::array<T>::view moved = std::move(view);
    view = std::move(moved);
    swap(view, moved);
    swap(array, copy);
    CHECK(array == copy && !(array != copy) && total == 3 && moved[1] == 2);
    tally::accumulator sum;
    CHECK_OK(sum.try_add_array(array));
    CHECK_OK(sum.try_add_array(array.get()));
    CHECK_OK(tally::try_sum(values, total));
    CHECK_OK(tally::try_sum(values.data(), 2, total));
}

void twins_of_classes() {
    const container<double> values = {{1, 2}};
    const container<std::int64_t> cents = {{10, 20}};
    const std::uint8_t bits = 3;
    double result = 0;
    float single = 0;
    std::int64_t whole = 0;
    std::uint64_t natural = 0;
    tally::int128 wide;
    std::string text;
    char buffer[100];
    std::size_t needed = 0;

    tally::accumulator sum;
    twins_of_sum(sum);
    CHECK_OK(sum.try_add_strided(values.data(), 2, sizeof(double)));
    CHECK_OK(sum.try_add_masked(values, &bits, 0));
    CHECK_OK(sum.try_pull(program::one_half()));
    CHECK_OK(sum.try_value(result));
    CHECK_OK(sum.try_value(single));
    CHECK(sum.try_value(whole) == TALLY_INVALID);
    CHECK(sum.try_value(natural) == TALLY_INVALID);
    CHECK(sum.try_value(wide) == TALLY_INVALID && wide == tally::int128());
    CHECK_OK(sum.try_mean(result));
    CHECK_OK(sum.try_text(-1, text));
    CHECK_OK(sum.try_text(-1, buffer, sizeof buffer, needed));
    CHECK_OK(sum.try_error_ulps(0, result));

    twins_of_arrow<tally::accumulator>();
    twins_of_arrow<tally::moments>();
    twins_of_arrow<tally::decimal>();

    tally::moments moments;
    twins_of_sum(moments);
    CHECK_OK(moments.try_sum(result));
    CHECK_OK(moments.try_mean(result));
    CHECK_OK(moments.try_variance(1, result));
    CHECK_OK(moments.try_standard_deviation(1, result));
    CHECK_OK(moments.try_norm(result));

    tally::product_accumulator products;
    CHECK_OK(products.try_add(values, values));
    CHECK_OK(products.try_add(values.data(), values.data(), 2));
    CHECK_OK(products.try_add(1, 2));
    CHECK_OK(products.try_subtract(values, values));
    CHECK_OK(products.try_subtract(values.data(), values.data(), 2));
    CHECK_OK(products.try_subtract(1, 3));
    CHECK_OK(products.try_add(1, 3));
    one_column of;
    tally::product_accumulator squares;
    CHECK_OK(squares.try_add_arrow(&of.schema, &of.array, nullptr, nullptr));
    CHECK_OK(squares.try_add_arrow_stream(&of.stream, nullptr, nullptr));
    CHECK_OK(squares.try_value(result));
    CHECK(result == 10);
    twins_of_state(products);
    CHECK_OK(products.try_value(result));
    CHECK_OK(products.try_value(whole));
    CHECK_OK(products.try_mean(result));
    CHECK_OK(products.try_text(-1, text));
    CHECK_OK(products.try_text(-1, buffer, sizeof buffer, needed));
    CHECK_OK(products.try_error_ulps(0, result));
    CHECK(products.try_weighted_mean(sum, result) == TALLY_INVALID);
    CHECK(tally::try_covariance(moments, moments, products, 1, result) < 0);
    CHECK(tally::try_correlation(moments, moments, products, result) < 0);

    tally::decimal decimal;
    int order = 0;
    CHECK_OK(decimal.try_add("1.5 2"));
    CHECK_OK(decimal.try_subtract("1.5"));
    CHECK_OK(decimal.try_add_part("3 4", ' ', needed));
    CHECK_OK(decimal.try_add_scaled(cents, 2));
    CHECK_OK(decimal.try_add_scaled(cents.data(), 2, 2));
    CHECK_OK(decimal.try_add_scaled(5, 2));
    CHECK_OK(decimal.try_subtract_scaled(cents, 2));
    CHECK_OK(decimal.try_subtract_scaled(cents.data(), 2, 2));
    CHECK_OK(decimal.try_subtract_scaled(5, 2));
    const container<double> doubles = {{1.5, 0.25}};
    const tally_int128 wide_cents = {125, 0};
    CHECK_OK(decimal.try_add_doubles(doubles));
    CHECK_OK(decimal.try_add_doubles(doubles.data(), 2));
    CHECK_OK(decimal.try_add_double(0.5));
    CHECK_OK(decimal.try_add_one("0.5"));
    CHECK_OK(decimal.try_add_scaled_wide(&wide_cents, 1, 2));
    CHECK_OK(decimal.try_add_products(cents, cents, 2, 2));
    CHECK_OK(decimal.try_add_products(cents.data(), cents.data(), 2, 2, 2));
    CHECK_OK(decimal.try_add_products(doubles, doubles));
    CHECK_OK(decimal.try_add_products(doubles.data(), doubles.data(), 2));
    CHECK_OK(decimal.try_subtract_doubles(doubles));
    CHECK_OK(decimal.try_subtract_doubles(doubles.data(), 2));
    CHECK_OK(decimal.try_subtract_double(0.5));
    CHECK_OK(decimal.try_subtract_one("0.5"));
    CHECK_OK(decimal.try_subtract_scaled_wide(&wide_cents, 1, 2));
    CHECK_OK(decimal.try_subtract_products(cents, cents, 2, 2));
    CHECK_OK(
        decimal.try_subtract_products(cents.data(), cents.data(), 2, 2, 2));
    CHECK_OK(decimal.try_subtract_products(doubles, doubles));
    CHECK_OK(decimal.try_subtract_products(doubles.data(), doubles.data(), 2));
    twins_of_state(decimal);
    CHECK_OK(decimal.try_text(2, text));
    CHECK_OK(decimal.try_text(2, buffer, sizeof buffer, needed));
    CHECK_OK(decimal.try_mean_text(2, text));
    CHECK_OK(decimal.try_text(2, TALLY_ROUND_UP, text));
    CHECK_OK(decimal.try_mean_text(2, TALLY_ROUND_UP, text));
    CHECK_OK(decimal.try_mean_text(2, buffer, sizeof buffer, needed));
    CHECK_OK(decimal.try_value(result));
    CHECK_OK(decimal.try_compare(decimal, order));

    tally::shared shared(nullptr), again(nullptr);
    tally::accumulator now;
    CHECK_OK(tally::shared::try_make(shared));
    CHECK_OK(shared.try_copy(again));
    CHECK_OK(shared.try_add(values));
    CHECK_OK(shared.try_add(values.data(), 2));
    CHECK_OK(shared.try_add(1));
    CHECK_OK(shared.try_merge(sum));
    CHECK_OK(shared.try_snapshot(now));

    tally::object object(nullptr);
    std::int32_t value = 0;
    CHECK_OK(tally::object::try_make(42, object));
    CHECK_OK(object.try_set(43));
    CHECK_OK(object.try_value(value));
    CHECK(value == 43);
}

void twins_of_functions() {
    const container<double> x = {{1, 2}}, y = {{3, 5}};
    const container<int> numbers = {{1, 2}};
    container<int> results = {{0, 0}};
    std::size_t done = 0;
    double result = 0;
    CHECK_OK(tally::try_sum_parallel(x, 1, result));
    CHECK_OK(tally::try_sum_parallel(x.data(), 2, 1, result));
    CHECK_OK(tally::try_mean(x, result));
    CHECK_OK(tally::try_mean(x.data(), 2, result));
    CHECK_OK(tally::try_variance(x, 1, result));
    CHECK_OK(tally::try_variance(x.data(), 2, 1, result));
    CHECK_OK(tally::try_standard_deviation(x, 1, result));
    CHECK_OK(tally::try_standard_deviation(x.data(), 2, 1, result));
    CHECK_OK(tally::try_norm(x, result));
    CHECK_OK(tally::try_norm(x.data(), 2, result));
    CHECK_OK(tally::try_dot(x, y, result));
    CHECK_OK(tally::try_dot(x.data(), y.data(), 2, result));
    CHECK_OK(tally::try_dot_parallel(x, y, 1, result));
    CHECK_OK(tally::try_dot_parallel(x.data(), y.data(), 2, 1, result));
    CHECK_OK(tally::try_weighted_mean(x, y, result));
    CHECK_OK(tally::try_weighted_mean(x.data(), y.data(), 2, result));
    CHECK_OK(tally::try_covariance(x, y, 1, result));
    CHECK_OK(tally::try_covariance(x.data(), y.data(), 2, 1, result));
    CHECK_OK(tally::try_correlation(x, y, result));
    CHECK_OK(tally::try_correlation(x.data(), y.data(), 2, result));
    const tally::column column(numbers), other(x);
    std::int64_t whole = 0;
    tally::line line;
    one_column of;
    tally::column described;
    CHECK_OK(tally::column::try_from_arrow(&of.schema, &of.array, described));
    CHECK_OK(described.try_sum(result));
    CHECK(result == 3);
    CHECK_OK(column.try_count(done));
    CHECK_OK(column.try_skipped(done));
    CHECK_OK(column.try_sum(result));
    CHECK_OK(column.try_sum_i64(whole));
    CHECK_OK(column.try_mean(result));
    CHECK_OK(column.try_norm(result));
    CHECK_OK(column.try_variance(1, result));
    CHECK_OK(column.try_standard_deviation(1, result));
    CHECK_OK(column.try_dot(other, result));
    CHECK_OK(column.try_weighted_mean(other, result));
    CHECK_OK(column.try_weighted_variance(other, 1, result));
    CHECK_OK(column.try_covariance(other, 1, result));
    CHECK_OK(column.try_correlation(other, result));
    CHECK_OK(column.try_linear_fit(other, line));
    const std::vector<std::uint8_t> ids(numbers.size());
    container<double> totals = {{0, 0}};
    container<std::int64_t> sums = {{0, 0}};
    const tally::column groups(ids);
    CHECK_OK(tally::try_group(column, groups, TALLY_SUM, totals));
    CHECK_OK(tally::try_group_parallel(column, groups, TALLY_SUM, totals));
    CHECK(totals.elements[0] == 3);
    CHECK_OK(tally::try_group_sum_i64(column, groups, sums, done));
    CHECK_OK(tally::try_group_sum_i64_parallel(column, groups, sums, 2, done));
    CHECK(sums.elements[0] == 3);
    program::range<double> apart = {{0, 0}};
    CHECK_OK(tally::try_group(column, groups, TALLY_SUM, apart));
    CHECK(apart.elements[0] == 3);
    CHECK_OK(tally::try_rolling(column, 2, 1, TALLY_SUM, apart));
    CHECK(apart.elements[1] == 3);
    CHECK_OK(tally::try_rolling(column, 2, 1, TALLY_SUM, totals));
    CHECK_OK(tally::try_rolling_parallel(column, 2, 1, TALLY_SUM, totals));
    CHECK(totals.elements[1] == 3);
    CHECK_OK(tally::try_rolling_covariance(column, other, 2, 2, totals, 1));
    CHECK_OK(tally::try_rolling_correlation(column, other, 2, 2, totals));
    CHECK(totals.elements[1] == 1);
    CHECK_OK(
        tally::try_rolling_covariance_parallel(column, other, 2, 2, totals, 1));
    CHECK_OK(
        tally::try_rolling_correlation_parallel(column, other, 2, 2, totals));
    CHECK(totals.elements[1] == 1);
    CHECK_OK(tally::try_cumulative_sum_parallel(other, totals));
    CHECK_OK(tally::try_cumulative_sum_i64_parallel(column, sums, 2, done));
    CHECK(totals.elements[1] == 3 && sums.elements[1] == 3);
    CHECK_OK(tally::try_cumulative_sum(other, totals));
    CHECK_OK(tally::try_cumulative_sum_i64(column, sums, done));
    CHECK(totals.elements[1] == 3 && sums.elements[1] == 3);
    CHECK_OK(tally::try_axis(other, 1, 16, 0, TALLY_SUM, totals));
    CHECK_OK(tally::try_axis_parallel(other, 1, 16, 0, TALLY_SUM, totals));
    CHECK(totals.elements[0] == 1);
    CHECK_OK(tally::accumulator().try_add(column));
    CHECK_OK(tally::moments().try_subtract(column));
    CHECK_OK(tally::product_accumulator().try_add(column, other));
    CHECK_OK(tally::decimal().try_add_scaled(column, 2));
    CHECK_OK(tally::try_map(numbers, results, program::doubled(), &done));
    CHECK(results.elements[1] == 4);

    tally::memory<double> block;
    tally::memory<tally_record> records;
    tally::text_ptr text;
    tally::record_ptr record, copy;
    CHECK_OK(tally::try_allocate(2, block));
    CHECK_OK(tally::try_allocate(2, records));
    CHECK_OK(tally::try_copy_text("text", text));
    CHECK_OK(tally::try_make_record(1, "one", 1, record));
    CHECK_OK(tally::try_copy_record(*record, copy));

    const container<unsigned char> saved = {{1, 2}};
    std::vector<unsigned char> sealed;
    tally::bytes_view opened;
    unsigned char room[2 + TALLY_SEAL_SIZE];
    CHECK_OK(tally::try_seal(saved, sealed));
    CHECK_OK(tally::try_seal(saved.data(), 2, sealed));
    CHECK_OK(tally::try_seal(saved.data(), 2, room, sizeof room, done));
    CHECK_OK(tally::try_open(room, done, opened));
    CHECK_OK(tally::try_open(sealed, opened));
    CHECK(opened.size() == 2 && *opened.data() == 1);
    CHECK(tally::try_open(saved, opened) == TALLY_FORMAT);
}

#if TALLY_EXCEPTIONS
template <class State> void state_throws(State &sum) {
    State other = State::load(sum.save());
    CHECK(other.merge(sum).unmerge(sum).count() == sum.count());
    other += sum;
    other -= sum;
    CHECK(other.special_counts() == tally::special_counts());
    CHECK_INT(State(other).fail(TALLY_BUSY).try_merge(other), TALLY_BUSY);
    const auto bytes = sum.save();
    CHECK(State::load(bytes.data(), bytes.size()) == other);
}

template <class Sum, class T> void adding_throws(Sum &sum, T) {
    const container<T> values = {{1, 2}};
    sum.add(values).add(values.data(), 2).add(T(1));
    sum.subtract(values).subtract(values.data(), 2).subtract(T(1));
    sum += T(1);
    sum -= T(1);
}
template <class Sum> void sum_throws(Sum &sum) {
    adding_throws(sum, 1.0);
    adding_throws(sum, 1.0f);
    adding_throws(sum, std::int32_t(1));
    adding_throws(sum, std::int64_t(1));
    adding_throws(sum, std::uint64_t(1));
    sum.add({0.5, 0.25}).subtract({0.5, 0.25}).add_text("1 2");
    CHECK(sum.add_text_part("3 4", ' ') == 2);
    state_throws(sum);
}

template <class T> void array_throws(T) {
    const container<T> values = {{1, 2}};
    const tally::array<T> array(values), same(values.data(), 2);
    const tally::array<T> copy = array, none;
    const auto borrowed = tally::array<T>::borrow(values.data(), 2, nullptr);
    const typename tally::array<T>::view view(array.get());
    CHECK(array.size() == 2 && same.at(1) == 2 && none.size() == 0);
    CHECK(array.values()[1] == 2 && view.size() == 2 && copy == array);
    CHECK(array.sum() == 3 && array.type() == borrowed.type());
    CHECK(tally::sum(values) == 3 && tally::sum(values.data(), 2) == 3);
    tally::accumulator sum;
    sum.add_array(array).add_array(array.get()).add(array.values());
    CHECK(sum.value() == 9);
}

template <class Sum> Sum arrow_throws() {
    one_column of;
    return Sum().add_arrow(&of.schema, &of.array).add_arrow_stream(&of.stream);
}

void small_throws() {
    const container<double> values = {{1, 2}};
    tally::small_accumulator sum;
    tally::accumulator large, space;
    sum.add(values).add(values.data(), 2).add(5).add(5);
    sum.subtract(values).subtract(values.data(), 2).subtract(1);
    sum.add(tally::column(values)).subtract(tally::column(values));
    sum += 2;
    sum -= 2;
    CHECK(sum.value() == 9 && sum.mean() == 9);
    CHECK(tally::small_accumulator::load(sum.save()) == sum);
    large = sum.expand();
    sum.merge_into(large);
    CHECK(large.value() == 18 && sum.room() == nullptr);
    CHECK(sum.grow(space).room() == space.get());
    container<tally_accumulator *> larges = {{large.get(), space.get()}};
    container<tally_small_accumulator *> smalls = {{sum.get(), sum.get()}};
    const tally::column column(values);
    tally::add_scattered(larges, column);
    tally::add_scattered(smalls, column, program::no_room());
    CHECK(large.value() == 19 && sum.value() == 14);
    tally::subtract_scattered(larges, column);
    tally::subtract_scattered(smalls, column, program::no_room());
    CHECK(large.value() == 18 && sum.value() == 9);
    CHECK(sum.fail(TALLY_BUSY).try_fail(TALLY_BUSY) == TALLY_BUSY);
}

void classes_throw() {
    const container<double> values = {{1, 2}};
    const container<std::int64_t> cents = {{10, 20}};
    const std::uint8_t bits = 3;

    tally::accumulator sum;
    sum_throws(sum);
    sum.add_strided(values.data(), 2, sizeof(double));
    sum.add_masked(values, &bits);
    sum.pull(program::one_half());
    CHECK(sum.value() == 12.5 && sum.value<float>() == 12.5f);
    CHECK(sum.subtract(0.5).value<tally::int128>().low == 12);
    sum += 0.5;
    CHECK(sum.mean() > 0 && sum.text() == "12.5" && sum.error_ulps(12.5) == 0);

    CHECK(arrow_throws<tally::accumulator>().value() == 6);
    CHECK(arrow_throws<tally::moments>().mean() == 1.5);
    CHECK(arrow_throws<tally::decimal>().text() == "6");
    one_column of;
    CHECK(tally::product_accumulator()
              .add_arrow(&of.schema, &of.array, nullptr, nullptr)
              .add_arrow_stream(&of.stream, nullptr, nullptr)
              .value() == 10);

    tally::moments moments;
    sum_throws(moments);
    CHECK(moments.sum() == 6 && moments.mean() == 2 && moments.norm() > 0);
    CHECK(moments.variance(1) == 1 && moments.standard_deviation(1) == 1);

    tally::product_accumulator products;
    products.add(values, values).add(values.data(), values.data(), 2).add(1, 2);
    products.subtract(values, values)
        .subtract(values.data(), values.data(), 2)
        .add(1, 2)
        .subtract(1, 2);
    state_throws(products);
    CHECK(products.value() == 2 && products.value<std::int64_t>() == 2);
    CHECK(products.mean() == 2 && products.text() == "2");
    CHECK(products.error_ulps(2) == 0);
    CHECK(products.weighted_mean(tally::accumulator().add(1)) == 2);
    tally::product_accumulator pairs;
    pairs.add(values, values);
    tally::moments one_side;
    one_side.add(values);
    CHECK(tally::covariance(one_side, one_side, pairs, 1) == 0.5);
    CHECK(tally::correlation(one_side, one_side, pairs) == 1);

    tally::decimal decimal;
    decimal.add("1.5 2").subtract("1.5").add_scaled(cents, 2);
    decimal.add_scaled(cents.data(), 2, 2).add_scaled(5, 2);
    decimal.subtract_scaled(cents, 2).subtract_scaled(cents.data(), 2, 2);
    decimal.subtract_scaled(5, 2);
    CHECK(decimal.add_part("3 4") == 2);
    const container<double> doubles = {{1.5, 0.25}};
    const tally_int128 wide_cents = {125, 0};
    decimal.add_doubles(doubles).add_doubles(doubles.data(), 2);
    decimal.add_double(0.5).add_one("0.5").add_scaled_wide(&wide_cents, 1, 2);
    decimal.add_products(cents, cents, 2, 2);
    decimal.add_products(cents.data(), cents.data(), 2, 2, 2);
    decimal.add_products(doubles, doubles);
    decimal.add_products(doubles.data(), doubles.data(), 2);
    decimal.subtract_doubles(doubles).subtract_doubles(doubles.data(), 2);
    decimal.subtract_double(0.5).subtract_one("0.5").subtract_scaled_wide(
        &wide_cents, 1, 2);
    decimal.subtract_products(cents, cents, 2, 2);
    decimal.subtract_products(cents.data(), cents.data(), 2, 2, 2);
    decimal.subtract_products(doubles, doubles);
    decimal.subtract_products(doubles.data(), doubles.data(), 2);
    state_throws(decimal);
    CHECK(decimal.text(2) == "5.00" && decimal.mean_text(1) == "2.5");
    CHECK(decimal.text(0, TALLY_ROUND_UP) == "5");
    CHECK(decimal.mean_text(0, TALLY_ROUND_UP) == "3");
    CHECK(decimal.value() == 5 && decimal.compare(decimal) == 0);

    tally::shared shared;
    const tally::shared same = shared;
    shared.add(values);
    shared.add(values.data(), 2);
    shared.add(1);
    shared.merge(sum);
    CHECK(same.snapshot().value() == 19.5);
    tally::object object(42);
    tally::object other = object;
    other.set(43);
    CHECK(object.value() == 43);
}

void functions_throw() {
    const container<double> x = {{1, 2}}, y = {{3, 5}};
    const container<int> numbers = {{1, 2}};
    container<int> results = {{0, 0}};
    CHECK(tally::sum_parallel(x) == 3);
    CHECK(tally::sum_parallel(x.data(), 2, 1) == 3);
    CHECK(tally::mean(x) == tally::mean(x.data(), 2));
    CHECK(tally::variance(x, 1) == tally::variance(x.data(), 2, 1));
    CHECK(tally::standard_deviation(x, 1) ==
          tally::standard_deviation(x.data(), 2, 1));
    CHECK(tally::norm(x) == tally::norm(x.data(), 2));
    CHECK(tally::dot(x, y) == tally::dot(x.data(), y.data(), 2));
    CHECK(tally::dot_parallel(x, y) ==
          tally::dot_parallel(x.data(), y.data(), 2, 1));
    CHECK(tally::weighted_mean(x, y) ==
          tally::weighted_mean(x.data(), y.data(), 2));
    CHECK(tally::covariance(x, y, 1) ==
          tally::covariance(x.data(), y.data(), 2, 1));
    CHECK(tally::correlation(x, y) ==
          tally::correlation(x.data(), y.data(), 2));
    const tally::column column(numbers), other(x);
    const one_column of;
    CHECK(tally::column::from_arrow(&of.schema, &of.array).sum() == 3);
    CHECK(column.skip_nan().count() == 2 && column.skipped() == 0);
    CHECK(column.sum() == 3 && column.sum_i64() == 3 && column.mean() == 1.5);
    CHECK(column.norm() * column.norm() > 4.9 && column.variance(1) == 0.5);
    CHECK(column.standard_deviation(0) == 0.5);
    CHECK(column.dot(other) == 5 && column.covariance(other, 1) == 0.5);
    CHECK(column.correlation(other) == 1);
    CHECK(column.weighted_mean(other) * 3 == 5);
    CHECK(column.weighted_variance(other, 0) * 9 > 1.9);
    CHECK(column.linear_fit(other).slope == 1);
    container<double> totals = {{0, 0}};
    container<std::int64_t> sums = {{0, 0}};
    const container<std::uint8_t> ids = {{0, 1}};
    const tally::column groups(ids);
    tally::group(column, groups, TALLY_SUM, totals);
    tally::group_parallel(column, groups, TALLY_SUM, totals);
    CHECK(totals.elements[1] == 2);
    CHECK(tally::group(column, groups, 2, TALLY_SUM)[1] == 2);
    tally::group_sum_i64(column, groups, sums);
    tally::group_sum_i64_parallel(column, groups, sums);
    CHECK(sums.elements[1] == 2);
    program::range<double> apart = {{0, 0}};
    tally::rolling(column, 2, 1, TALLY_SUM, apart);
    CHECK(apart.elements[1] == 3);
    tally::rolling(column, 2, 1, TALLY_SUM, totals);
    tally::rolling_parallel(column, 2, 1, TALLY_SUM, totals);
    CHECK(totals.elements[1] == 3);
    tally::rolling_covariance(column, other, 2, 2, totals, 1);
    tally::rolling_correlation(column, other, 2, 2, totals);
    CHECK(totals.elements[1] == 1);
    tally::rolling_covariance_parallel(column, other, 2, 2, totals, 1);
    tally::rolling_correlation_parallel(column, other, 2, 2, totals);
    CHECK(totals.elements[1] == 1);
    tally::cumulative_sum_parallel(other, totals);
    tally::cumulative_sum_i64_parallel(column, sums);
    CHECK(totals.elements[1] == 3 && sums.elements[1] == 3);
    tally::cumulative_sum(other, totals);
    tally::cumulative_sum_i64(column, sums);
    CHECK(totals.elements[1] == 3 && sums.elements[1] == 3);
    tally::axis(other, 1, 16, 0, TALLY_SUM, totals);
    tally::axis_parallel(other, 1, 16, 0, TALLY_SUM, totals);
    CHECK(totals.elements[0] == 1);
    tally::map(numbers, results, program::doubled());
    CHECK(results.elements[1] == 4);
    CHECK(tally::allocate<double>(2)[1] == 0);
    CHECK(tally::allocate<tally_record>(2)[1].name == nullptr);
    CHECK(tally::copy_text("text")[0] == 't');
    CHECK(tally::copy_record(*tally::make_record(1, "one", 7))->value == 7);
    const container<unsigned char> saved = {{1, 2}};
    const auto sealed = tally::seal(saved);
    CHECK(tally::seal(saved.data(), 2) == sealed);
    CHECK(tally::open(sealed).size() == 2);
    CHECK(tally::open(sealed.data(), sealed.size()).begin()[1] == 2);
    try {
        tally::check(tally_ref(nullptr));
        CHECK(false);
    } catch (const tally::error &error) {
        CHECK(error.status() == TALLY_NULL);
    }
}
#endif

} // namespace

int main() {
    twins_of_array(1.0);
    twins_of_array(1.0f);
    twins_of_array(std::int32_t(1));
    twins_of_array(std::int64_t(1));
    twins_of_array(std::uint64_t(1));
    twins_of_classes();
    twins_of_small();
    twins_of_functions();
#if TALLY_EXCEPTIONS
    array_throws(1.0);
    array_throws(1.0f);
    array_throws(std::int32_t(1));
    array_throws(std::int64_t(1));
    array_throws(std::uint64_t(1));
    classes_throw();
    small_throws();
    functions_throw();
#endif
    return finish();
}
