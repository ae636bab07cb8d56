/*
 * The C++ header: each function that throws, beside its twin. A row has what
 * the function is a member of ("tally" for none), both names and a call of
 * each. tools/check/cpp.sh compares the rows with the header, so that none is
 * missing; what they do is in the other tests.
 */
#include "tally.hpp"

#include <list>
#include <string_view>
#include <vector>

#include "../check.h"

namespace {

constexpr bool has(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}
/* try_ and the name; try_make() for a constructor, try_copy() for a copy. */
constexpr bool is_twin(std::string_view owner, std::string_view name,
                       std::string_view twin) {
    if (owner == name)
        return twin == "try_make" || twin == "try_copy";
    return twin.substr(0, 4) == "try_" && twin.substr(4) == name;
}

#define TWINS(owner, name, twin, throwing_call, twin_call)                     \
    static_assert(is_twin(#owner, #name, #twin));                              \
    static_assert(has(#throwing_call, #name) && has(#twin_call, #twin "("));   \
    static_assert(!noexcept(throwing_call) && noexcept(twin_call));            \
    static_assert(std::is_same_v<decltype(twin_call), tally::status>)

/* What the calls are made with. Nothing is ever run. */
struct never {
    const double *p;
    std::vector<double> values;
    const void *at;
    std::size_t n;
    double real;
    std::int64_t whole;
    tally::int128 wide;
    std::int32_t small;
    int order;
    std::string string;
    std::string_view text;
    std::vector<unsigned char> bytes;
    tally::bytes_view view;
    tally::special_counts specials;
    int results[1];
    tally_accumulator *space;
    std::vector<tally_accumulator *> larges;
    std::vector<tally_small_accumulator *> smalls;
    tally::accumulator sum;
    tally::product_accumulator products;
    tally::moments moments;
    tally::decimal decimal;
    tally::column column;
    const ArrowSchema *schema;
    const ArrowArray *batch;
    ArrowArrayStream *stream;
    tally::line line;
    std::vector<double> reals;
    std::vector<std::int64_t> wholes;
    std::list<double> listed;
};

[[maybe_unused]] constexpr auto quiet = [](double) noexcept { return 1; };
[[maybe_unused]] constexpr auto no_room = [](std::size_t) noexcept -> void * {
    return nullptr;
};
[[maybe_unused]] constexpr auto source =
    [](double *, std::size_t capacity) noexcept { return capacity; };

template <class State> void states(never &v, State &state, State &other) {
    TWINS(state, load, try_load, State::load(v.at, v.n),
          State::try_load(v.at, v.n, other));
    TWINS(state, load, try_load, State::load(v.bytes),
          State::try_load(v.bytes, other));
    TWINS(state, merge, try_merge, state.merge(other), state.try_merge(other));
    TWINS(state, unmerge, try_unmerge, state.unmerge(other),
          state.try_unmerge(other));
    TWINS(state, count, try_count, state.count(), state.try_count(v.whole));
    TWINS(state, special_counts, try_special_counts, state.special_counts(),
          state.try_special_counts(v.specials));
    TWINS(state, fail, try_fail, state.fail(TALLY_BUSY),
          state.try_fail(TALLY_BUSY));
    TWINS(state, save, try_save, state.save(), state.try_save(v.bytes));
    static_assert(!noexcept(state += other) && !noexcept(state -= other));
    static_assert(noexcept(state.get()) && noexcept(state == other));
}

template <class State> void sum_states(never &v, State &state) {
    TWINS(sum_state, add, try_add, state.add(v.column),
          state.try_add(v.column));
    TWINS(sum_state, subtract, try_subtract, state.subtract(v.column),
          state.try_subtract(v.column));
    TWINS(sum_state, add, try_add, state.add(v.p, v.n),
          state.try_add(v.p, v.n));
    TWINS(sum_state, add, try_add, state.add(v.values),
          state.try_add(v.values));
    TWINS(sum_state, add, try_add, state.add({1, 2}), state.try_add({1, 2}));
    TWINS(sum_state, add, try_add, state.add(v.real), state.try_add(v.real));
    TWINS(sum_state, subtract, try_subtract, state.subtract(v.p, v.n),
          state.try_subtract(v.p, v.n));
    TWINS(sum_state, subtract, try_subtract, state.subtract(v.values),
          state.try_subtract(v.values));
    TWINS(sum_state, add, try_add, state.add(7u), state.try_add(7u));
    TWINS(sum_state, subtract, try_subtract, state.subtract(v.whole),
          state.try_subtract(v.whole));
    TWINS(sum_state, subtract, try_subtract, state.subtract(true),
          state.try_subtract(true));
    TWINS(sum_state, add_text, try_add_text, state.add_text(v.text, ','),
          state.try_add_text(v.text, ','));
    TWINS(sum_state, add_text_part, try_add_text_part,
          state.add_text_part(v.text, ','),
          state.try_add_text_part(v.text, ',', v.n));
    static_assert(!noexcept(state += v.real) && !noexcept(state -= v.real));
}

template <class State> void arrow_states(never &v, State &state) {
    TWINS(arrow_state, add_arrow, try_add_arrow,
          state.add_arrow(v.schema, v.batch, "x"),
          state.try_add_arrow(v.schema, v.batch, "x"));
    TWINS(arrow_state, add_arrow_stream, try_add_arrow_stream,
          state.add_arrow_stream(v.stream),
          state.try_add_arrow_stream(v.stream));
}

void small_accumulators(never &v, tally::small_accumulator &sum,
                        tally::accumulator &large) {
    TWINS(state, merge, try_merge, sum.merge(sum), sum.try_merge(sum));
    TWINS(state, save, try_save, sum.save(), sum.try_save(v.bytes));
    TWINS(state, fail, try_fail, sum.fail(TALLY_BUSY),
          sum.try_fail(TALLY_BUSY));
    TWINS(small_accumulator, add, try_add, sum.add(v.p, v.n),
          sum.try_add(v.p, v.n));
    TWINS(small_accumulator, add, try_add, sum.add(v.values),
          sum.try_add(v.values));
    TWINS(small_accumulator, add, try_add, sum.add({1, 2}),
          sum.try_add({1, 2}));
    TWINS(small_accumulator, add, try_add, sum.add(7), sum.try_add(7));
    TWINS(small_accumulator, add, try_add, sum.add(v.column),
          sum.try_add(v.column));
    TWINS(small_accumulator, subtract, try_subtract, sum.subtract(v.p, v.n),
          sum.try_subtract(v.p, v.n));
    TWINS(small_accumulator, subtract, try_subtract, sum.subtract(v.values),
          sum.try_subtract(v.values));
    TWINS(small_accumulator, subtract, try_subtract, sum.subtract(v.real),
          sum.try_subtract(v.real));
    TWINS(small_accumulator, subtract, try_subtract, sum.subtract(v.column),
          sum.try_subtract(v.column));
    TWINS(small_accumulator, value, try_value, sum.value(),
          sum.try_value(v.real));
    TWINS(small_accumulator, value, try_value, sum.value<std::int64_t>(),
          sum.try_value(v.whole));
    TWINS(small_accumulator, value, try_value, sum.value<tally::int128>(),
          sum.try_value(v.wide));
    TWINS(small_accumulator, mean, try_mean, sum.mean(), sum.try_mean(v.real));
    TWINS(small_accumulator, expand, try_expand, sum.expand(),
          sum.try_expand(large));
    TWINS(small_accumulator, merge_into, try_merge_into, sum.merge_into(large),
          sum.try_merge_into(large));
    TWINS(small_accumulator, grow, try_grow, sum.grow(large),
          sum.try_grow(large));
    TWINS(small_accumulator, room, try_room, sum.room(), sum.try_room(v.space));
    static_assert(!noexcept(sum += v.real) && !noexcept(sum -= v.real));
    static_assert(!noexcept(sum += sum) && !noexcept(sum -= sum));
    TWINS(tally, add_scattered, try_add_scattered,
          tally::add_scattered(v.smalls, v.column, no_room),
          tally::try_add_scattered(v.smalls, v.column, no_room));
    TWINS(tally, add_scattered, try_add_scattered,
          tally::add_scattered(v.larges, v.column, &v.n),
          tally::try_add_scattered(v.larges, v.column, &v.n));
    TWINS(tally, subtract_scattered, try_subtract_scattered,
          tally::subtract_scattered(v.smalls, v.column, no_room),
          tally::try_subtract_scattered(v.smalls, v.column, no_room));
    TWINS(tally, subtract_scattered, try_subtract_scattered,
          tally::subtract_scattered(v.larges, v.column, &v.n),
          tally::try_subtract_scattered(v.larges, v.column, &v.n));
}

void accumulators(never &v, tally::accumulator &sum,
                  tally::array<float> &array) {
    TWINS(accumulator, add_strided, try_add_strided,
          sum.add_strided(v.at, v.n, 8), sum.try_add_strided(v.at, v.n, 8));
    TWINS(accumulator, add_masked, try_add_masked,
          sum.add_masked(v.values, nullptr, 1),
          sum.try_add_masked(v.values, nullptr, 1));
    TWINS(accumulator, add_array, try_add_array, sum.add_array(array.get()),
          sum.try_add_array(array.get()));
    TWINS(accumulator, add_array, try_add_array, sum.add_array(array),
          sum.try_add_array(array));
    TWINS(accumulator, pull, try_pull, sum.pull(source), sum.try_pull(source));
    TWINS(accumulator, value, try_value, sum.value(), sum.try_value(v.real));
    TWINS(accumulator, value, try_value, sum.value<std::int64_t>(),
          sum.try_value(v.whole));
    TWINS(accumulator, value, try_value, sum.value<tally::int128>(),
          sum.try_value(v.wide));
    TWINS(accumulator, mean, try_mean, sum.mean(), sum.try_mean(v.real));
    TWINS(accumulator, text, try_text, sum.text(2), sum.try_text(2, v.string));
    TWINS(accumulator, error_ulps, try_error_ulps, sum.error_ulps(1),
          sum.try_error_ulps(1, v.real));
}

void products(never &v, tally::product_accumulator &sum) {
    TWINS(product_accumulator, add, try_add, sum.add(v.p, v.p, v.n),
          sum.try_add(v.p, v.p, v.n));
    TWINS(product_accumulator, add, try_add, sum.add(v.values, v.values),
          sum.try_add(v.values, v.values));
    TWINS(product_accumulator, add, try_add, sum.add(1, 2.0),
          sum.try_add(1, 2.0));
    TWINS(product_accumulator, add_arrow, try_add_arrow,
          sum.add_arrow(v.schema, v.batch, "x", "y"),
          sum.try_add_arrow(v.schema, v.batch, "x", "y"));
    TWINS(product_accumulator, add_arrow_stream, try_add_arrow_stream,
          sum.add_arrow_stream(v.stream, "x", "y"),
          sum.try_add_arrow_stream(v.stream, "x", "y"));
    TWINS(product_accumulator, subtract, try_subtract,
          sum.subtract(v.p, v.p, v.n), sum.try_subtract(v.p, v.p, v.n));
    TWINS(product_accumulator, subtract, try_subtract,
          sum.subtract(v.values, v.values),
          sum.try_subtract(v.values, v.values));
    TWINS(product_accumulator, subtract, try_subtract, sum.subtract(1, 2.0),
          sum.try_subtract(1, 2.0));
    TWINS(product_accumulator, value, try_value, sum.value(),
          sum.try_value(v.real));
    TWINS(product_accumulator, value, try_value, sum.value<long long>(),
          sum.try_value(v.whole));
    TWINS(product_accumulator, mean, try_mean, sum.mean(),
          sum.try_mean(v.real));
    TWINS(product_accumulator, weighted_mean, try_weighted_mean,
          sum.weighted_mean(v.sum), sum.try_weighted_mean(v.sum, v.real));
    TWINS(product_accumulator, text, try_text, sum.text(2),
          sum.try_text(2, v.string));
    TWINS(product_accumulator, error_ulps, try_error_ulps, sum.error_ulps(1),
          sum.try_error_ulps(1, v.real));
}

void all_moments(never &v, tally::moments &moments) {
    TWINS(moments, sum, try_sum, moments.sum(), moments.try_sum(v.real));
    TWINS(moments, mean, try_mean, moments.mean(), moments.try_mean(v.real));
    TWINS(moments, variance, try_variance, moments.variance(1),
          moments.try_variance(1, v.real));
    TWINS(moments, standard_deviation, try_standard_deviation,
          moments.standard_deviation(1),
          moments.try_standard_deviation(1, v.real));
    TWINS(moments, norm, try_norm, moments.norm(), moments.try_norm(v.real));
}

void decimals(never &v, tally::decimal &sum) {
    const std::int64_t cents[] = {1};
    const tally_int128 wide[] = {{1, 0}};
    TWINS(decimal, add, try_add, sum.add(v.text, ','),
          sum.try_add(v.text, ','));
    TWINS(decimal, add_part, try_add_part, sum.add_part(v.text, ','),
          sum.try_add_part(v.text, ',', v.n));
    TWINS(decimal, add_scaled, try_add_scaled, sum.add_scaled(cents, 1, 2),
          sum.try_add_scaled(cents, 1, 2));
    TWINS(decimal, add_scaled, try_add_scaled, sum.add_scaled(cents, 2),
          sum.try_add_scaled(cents, 2));
    TWINS(decimal, add_scaled, try_add_scaled, sum.add_scaled(1, 2),
          sum.try_add_scaled(1, 2));
    TWINS(decimal, subtract, try_subtract, sum.subtract(v.text, ','),
          sum.try_subtract(v.text, ','));
    TWINS(decimal, subtract_scaled, try_subtract_scaled,
          sum.subtract_scaled(cents, 1, 2),
          sum.try_subtract_scaled(cents, 1, 2));
    TWINS(decimal, subtract_scaled, try_subtract_scaled,
          sum.subtract_scaled(cents, 2), sum.try_subtract_scaled(cents, 2));
    TWINS(decimal, subtract_scaled, try_subtract_scaled,
          sum.subtract_scaled(1, 2), sum.try_subtract_scaled(1, 2));
    TWINS(decimal, text, try_text, sum.text(), sum.try_text(-2, v.string));
    TWINS(decimal, mean_text, try_mean_text, sum.mean_text(2),
          sum.try_mean_text(2, v.string));
    TWINS(decimal_terms, add_doubles, try_add_doubles,
          sum.add_doubles(v.p, v.n), sum.try_add_doubles(v.p, v.n));
    TWINS(decimal_terms, add_doubles, try_add_doubles,
          sum.add_doubles(v.values), sum.try_add_doubles(v.values));
    TWINS(decimal_terms, add_double, try_add_double, sum.add_double(1),
          sum.try_add_double(1));
    TWINS(decimal_terms, add_one, try_add_one, sum.add_one(v.text),
          sum.try_add_one(v.text));
    TWINS(decimal_terms, add_scaled_wide, try_add_scaled_wide,
          sum.add_scaled_wide(wide, 1, 2), sum.try_add_scaled_wide(wide, 1, 2));
    TWINS(decimal_terms, add_products, try_add_products,
          sum.add_products(cents, cents, 1, 2, 3),
          sum.try_add_products(cents, cents, 1, 2, 3));
    TWINS(decimal_terms, add_products, try_add_products,
          sum.add_products(cents, cents, 2, 3),
          sum.try_add_products(cents, cents, 2, 3));
    TWINS(decimal_terms, add_products, try_add_products,
          sum.add_products(v.p, v.p, v.n), sum.try_add_products(v.p, v.p, v.n));
    TWINS(decimal_terms, add_products, try_add_products,
          sum.add_products(v.values, v.values),
          sum.try_add_products(v.values, v.values));
    TWINS(decimal_terms, subtract_doubles, try_subtract_doubles,
          sum.subtract_doubles(v.p, v.n), sum.try_subtract_doubles(v.p, v.n));
    TWINS(decimal_terms, subtract_doubles, try_subtract_doubles,
          sum.subtract_doubles(v.values), sum.try_subtract_doubles(v.values));
    TWINS(decimal_terms, subtract_double, try_subtract_double,
          sum.subtract_double(1), sum.try_subtract_double(1));
    TWINS(decimal_terms, subtract_one, try_subtract_one,
          sum.subtract_one(v.text), sum.try_subtract_one(v.text));
    TWINS(decimal_terms, subtract_scaled_wide, try_subtract_scaled_wide,
          sum.subtract_scaled_wide(wide, 1, 2),
          sum.try_subtract_scaled_wide(wide, 1, 2));
    TWINS(decimal_terms, subtract_products, try_subtract_products,
          sum.subtract_products(cents, cents, 1, 2, 3),
          sum.try_subtract_products(cents, cents, 1, 2, 3));
    TWINS(decimal_terms, subtract_products, try_subtract_products,
          sum.subtract_products(cents, cents, 2, 3),
          sum.try_subtract_products(cents, cents, 2, 3));
    TWINS(decimal_terms, subtract_products, try_subtract_products,
          sum.subtract_products(v.p, v.p, v.n),
          sum.try_subtract_products(v.p, v.p, v.n));
    TWINS(decimal_terms, subtract_products, try_subtract_products,
          sum.subtract_products(v.values, v.values),
          sum.try_subtract_products(v.values, v.values));
    TWINS(decimal, text, try_text, sum.text(2, TALLY_ROUND_UP),
          sum.try_text(2, TALLY_ROUND_UP, v.string));
    TWINS(decimal, mean_text, try_mean_text, sum.mean_text(2, TALLY_ROUND_UP),
          sum.try_mean_text(2, TALLY_ROUND_UP, v.string));
    TWINS(decimal, value, try_value, sum.value(), sum.try_value(v.real));
    TWINS(decimal, compare, try_compare, sum.compare(sum),
          sum.try_compare(sum, v.order));
}

void owners(never &v, tally::shared &sum, tally::object &object) {
    TWINS(shared, shared, try_make, tally::shared(),
          tally::shared::try_make(sum));
    TWINS(shared, shared, try_copy, tally::shared(sum), sum.try_copy(sum));
    TWINS(shared, add, try_add, sum.add(v.p, v.n), sum.try_add(v.p, v.n));
    TWINS(shared, add, try_add, sum.add(v.values), sum.try_add(v.values));
    TWINS(shared, add, try_add, sum.add(1), sum.try_add(1));
    TWINS(shared, merge, try_merge, sum.merge(v.sum), sum.try_merge(v.sum));
    TWINS(shared, snapshot, try_snapshot, sum.snapshot(),
          sum.try_snapshot(v.sum));
    TWINS(object, object, try_make, tally::object(7),
          tally::object::try_make(7, object));
    TWINS(object, object, try_copy, tally::object(object),
          object.try_copy(object));
    TWINS(object, value, try_value, object.value(), object.try_value(v.small));
    TWINS(object, set, try_set, object.set(1), object.try_set(1));
}

template <class T>
void arrays(never &v, tally::array<T> &array,
            typename tally::array<T>::view &view, const T *p, T element,
            typename tally::array<T>::total total) {
    using owner = tally::array<T>;
    const std::vector<T> values;
    TWINS(array, array, try_make, tally::array<T>(),
          owner::try_make(p, 0, array));
    TWINS(array, array, try_make, tally::array<T>(p, v.n),
          owner::try_make(p, v.n, array));
    TWINS(array, array, try_make, tally::array<T>(values),
          owner::try_make(values, array));
    TWINS(array, array, try_copy, tally::array<T>(array),
          array.try_copy(array));
    TWINS(array, borrow, try_borrow, owner::borrow(p, v.n, nullptr, nullptr),
          owner::try_borrow(p, v.n, nullptr, nullptr, array));
    TWINS(array, size, try_size, array.size(), array.try_size(v.n));
    auto type = TALLY_F64;
    TWINS(array, type, try_type, array.type(), array.try_type(type));
    TWINS(array, at, try_at, array.at(1), array.try_at(1, element));
    TWINS(array, values, try_values, array.values(), array.try_values(view));
    TWINS(array, sum, try_sum, array.sum(), array.try_sum(total));
    TWINS(view, view, try_make, typename owner::view(array.get()),
          owner::view::try_make(array.get(), view));
}

template <class T>
void totals(never &v, const T *p, const std::vector<T> &values,
            tally::total_of<T> &total) {
    TWINS(tally, sum, try_sum, tally::sum(p, v.n),
          tally::try_sum(p, v.n, total));
    TWINS(tally, sum, try_sum, tally::sum(values),
          tally::try_sum(values, total));
    if constexpr (sizeof(T) == 4 || std::is_signed_v<T>) {
        if constexpr (!std::is_same_v<T, std::int32_t>) {
            TWINS(tally, sum_parallel, try_sum_parallel,
                  tally::sum_parallel(p, v.n, 2),
                  tally::try_sum_parallel(p, v.n, 2, total));
            TWINS(tally, sum_parallel, try_sum_parallel,
                  tally::sum_parallel(values, 2),
                  tally::try_sum_parallel(values, 2, total));
        }
    }
}

/* Of containers, and of pointers with a count. */
void statistics(never &v) {
    const auto &x = v.values;
    TWINS(tally, mean, try_mean, tally::mean(x), tally::try_mean(x, v.real));
    TWINS(tally, mean, try_mean, tally::mean(v.p, v.n),
          tally::try_mean(v.p, v.n, v.real));
    TWINS(tally, variance, try_variance, tally::variance(x, 1),
          tally::try_variance(x, 1, v.real));
    TWINS(tally, variance, try_variance, tally::variance(v.p, v.n, 1),
          tally::try_variance(v.p, v.n, 1, v.real));
    TWINS(tally, standard_deviation, try_standard_deviation,
          tally::standard_deviation(x, 1),
          tally::try_standard_deviation(x, 1, v.real));
    TWINS(tally, standard_deviation, try_standard_deviation,
          tally::standard_deviation(v.p, v.n, 1),
          tally::try_standard_deviation(v.p, v.n, 1, v.real));
    TWINS(tally, norm, try_norm, tally::norm(x), tally::try_norm(x, v.real));
    TWINS(tally, norm, try_norm, tally::norm(v.p, v.n),
          tally::try_norm(v.p, v.n, v.real));
    TWINS(tally, dot, try_dot, tally::dot(x, x), tally::try_dot(x, x, v.real));
    TWINS(tally, dot, try_dot, tally::dot(v.p, v.p, v.n),
          tally::try_dot(v.p, v.p, v.n, v.real));
    TWINS(tally, dot_parallel, try_dot_parallel, tally::dot_parallel(x, x, 2),
          tally::try_dot_parallel(x, x, 2, v.real));
    TWINS(tally, dot_parallel, try_dot_parallel,
          tally::dot_parallel(v.p, v.p, v.n, 2),
          tally::try_dot_parallel(v.p, v.p, v.n, 2, v.real));
    TWINS(tally, weighted_mean, try_weighted_mean, tally::weighted_mean(x, x),
          tally::try_weighted_mean(x, x, v.real));
    TWINS(tally, weighted_mean, try_weighted_mean,
          tally::weighted_mean(v.p, v.p, v.n),
          tally::try_weighted_mean(v.p, v.p, v.n, v.real));
    TWINS(tally, covariance, try_covariance, tally::covariance(x, x, 1),
          tally::try_covariance(x, x, 1, v.real));
    TWINS(tally, covariance, try_covariance,
          tally::covariance(v.p, v.p, v.n, 1),
          tally::try_covariance(v.p, v.p, v.n, 1, v.real));
    TWINS(tally, covariance, try_covariance,
          tally::covariance(v.moments, v.moments, v.products, 1),
          tally::try_covariance(v.moments, v.moments, v.products, 1, v.real));
    TWINS(tally, correlation, try_correlation, tally::correlation(x, x),
          tally::try_correlation(x, x, v.real));
    TWINS(tally, correlation, try_correlation,
          tally::correlation(v.p, v.p, v.n),
          tally::try_correlation(v.p, v.p, v.n, v.real));
    TWINS(tally, correlation, try_correlation,
          tally::correlation(v.moments, v.moments, v.products),
          tally::try_correlation(v.moments, v.moments, v.products, v.real));
}

void columns(never &v) {
    const tally::column &c = v.column;
    TWINS(column, from_arrow, try_from_arrow, c.from_arrow(v.schema, v.batch),
          c.try_from_arrow(v.schema, v.batch, v.column));
    TWINS(column, count, try_count, c.count(), c.try_count(v.n));
    TWINS(column, skipped, try_skipped, c.skipped(), c.try_skipped(v.n));
    TWINS(column, sum, try_sum, c.sum(), c.try_sum(v.real));
    TWINS(column, sum_i64, try_sum_i64, c.sum_i64(), c.try_sum_i64(v.whole));
    TWINS(column, mean, try_mean, c.mean(), c.try_mean(v.real));
    TWINS(column, norm, try_norm, c.norm(), c.try_norm(v.real));
    TWINS(column, variance, try_variance, c.variance(1),
          c.try_variance(1, v.real));
    TWINS(column, standard_deviation, try_standard_deviation,
          c.standard_deviation(1), c.try_standard_deviation(1, v.real));
    TWINS(column, dot, try_dot, c.dot(c), c.try_dot(c, v.real));
    TWINS(column, weighted_mean, try_weighted_mean, c.weighted_mean(c),
          c.try_weighted_mean(c, v.real));
    TWINS(column, weighted_variance, try_weighted_variance,
          c.weighted_variance(c, 1), c.try_weighted_variance(c, 1, v.real));
    TWINS(column, covariance, try_covariance, c.covariance(c, 1),
          c.try_covariance(c, 1, v.real));
    TWINS(column, correlation, try_correlation, c.correlation(c),
          c.try_correlation(c, v.real));
    TWINS(column, linear_fit, try_linear_fit, c.linear_fit(c),
          c.try_linear_fit(c, v.line));
    TWINS(tally, group, try_group, tally::group(c, c, TALLY_SUM, v.reals, 1),
          tally::try_group(c, c, TALLY_SUM, v.reals, 1));
    TWINS(tally, group_parallel, try_group_parallel,
          tally::group_parallel(c, c, TALLY_SUM, v.reals, 1, 2),
          tally::try_group_parallel(c, c, TALLY_SUM, v.reals, 1, 2));
    TWINS(tally, group_sum_i64, try_group_sum_i64,
          tally::group_sum_i64(c, c, v.wholes),
          tally::try_group_sum_i64(c, c, v.wholes, v.n));
    TWINS(tally, group_sum_i64_parallel, try_group_sum_i64_parallel,
          tally::group_sum_i64_parallel(c, c, v.wholes, 2),
          tally::try_group_sum_i64_parallel(c, c, v.wholes, 2, v.n));
    TWINS(tally, rolling, try_rolling,
          tally::rolling(c, 2, 1, TALLY_SUM, v.reals, 1),
          tally::try_rolling(c, 2, 1, TALLY_SUM, v.reals, 1));
    TWINS(tally, rolling_parallel, try_rolling_parallel,
          tally::rolling_parallel(c, 2, 1, TALLY_SUM, v.reals, 1, 2),
          tally::try_rolling_parallel(c, 2, 1, TALLY_SUM, v.reals, 1, 2));
    TWINS(tally, rolling_covariance, try_rolling_covariance,
          tally::rolling_covariance(c, c, 2, 1, v.reals, 1),
          tally::try_rolling_covariance(c, c, 2, 1, v.reals, 1));
    TWINS(tally, rolling_correlation, try_rolling_correlation,
          tally::rolling_correlation(c, c, 2, 1, v.reals),
          tally::try_rolling_correlation(c, c, 2, 1, v.reals));
    TWINS(tally, cumulative_sum, try_cumulative_sum,
          tally::cumulative_sum(c, v.reals),
          tally::try_cumulative_sum(c, v.reals));
    TWINS(tally, cumulative_sum, try_cumulative_sum,
          tally::cumulative_sum(c, v.listed),
          tally::try_cumulative_sum(c, v.listed));
    TWINS(tally, cumulative_sum_i64, try_cumulative_sum_i64,
          tally::cumulative_sum_i64(c, v.wholes),
          tally::try_cumulative_sum_i64(c, v.wholes, v.n));
    TWINS(tally, rolling_covariance_parallel, try_rolling_covariance_parallel,
          tally::rolling_covariance_parallel(c, c, 2, 1, v.reals, 1, 2),
          tally::try_rolling_covariance_parallel(c, c, 2, 1, v.reals, 1, 2));
    TWINS(tally, rolling_correlation_parallel, try_rolling_correlation_parallel,
          tally::rolling_correlation_parallel(c, c, 2, 1, v.reals, 2),
          tally::try_rolling_correlation_parallel(c, c, 2, 1, v.reals, 2));
    TWINS(tally, cumulative_sum_parallel, try_cumulative_sum_parallel,
          tally::cumulative_sum_parallel(c, v.reals, 2),
          tally::try_cumulative_sum_parallel(c, v.reals, 2));
    TWINS(tally, cumulative_sum_i64_parallel, try_cumulative_sum_i64_parallel,
          tally::cumulative_sum_i64_parallel(c, v.wholes, 2),
          tally::try_cumulative_sum_i64_parallel(c, v.wholes, 2, v.n));
    TWINS(tally, axis, try_axis, tally::axis(c, 1, 8, 0, TALLY_SUM, v.reals, 1),
          tally::try_axis(c, 1, 8, 0, TALLY_SUM, v.reals, 1));
    TWINS(tally, axis_parallel, try_axis_parallel,
          tally::axis_parallel(c, 1, 8, 0, TALLY_SUM, v.reals, 1, 2),
          tally::try_axis_parallel(c, 1, 8, 0, TALLY_SUM, v.reals, 1, 2));
    TWINS(product_accumulator, add, try_add, v.products.add(c, c),
          v.products.try_add(c, c));
    TWINS(product_accumulator, subtract, try_subtract,
          v.products.subtract(c, c), v.products.try_subtract(c, c));
    TWINS(decimal, add_scaled, try_add_scaled, v.decimal.add_scaled(c, 2),
          v.decimal.try_add_scaled(c, 2));
    TWINS(decimal, subtract_scaled, try_subtract_scaled,
          v.decimal.subtract_scaled(c, 2), v.decimal.try_subtract_scaled(c, 2));
    static_assert(noexcept(tally::column(v.values).skip_nan().get()));
}

void envelopes(never &v) {
    TWINS(tally, seal, try_seal, tally::seal(v.at, v.n),
          tally::try_seal(v.at, v.n, v.bytes));
    TWINS(tally, seal, try_seal, tally::seal(v.bytes),
          tally::try_seal(v.bytes, v.bytes));
    TWINS(tally, open, try_open, tally::open(v.at, v.n),
          tally::try_open(v.at, v.n, v.view));
    TWINS(tally, open, try_open, tally::open(v.bytes),
          tally::try_open(v.bytes, v.view));
    static_assert(noexcept(v.view.data() + v.view.size()));
}

void others(never &v, tally::memory<int> &memory, tally::text_ptr &text,
            tally::record_ptr &record) {
    TWINS(tally, map, try_map, tally::map(v.values, v.results, quiet, &v.n),
          tally::try_map(v.values, v.results, quiet, &v.n));
    TWINS(tally, allocate, try_allocate, tally::allocate<int>(7),
          tally::try_allocate(7, memory));
    TWINS(tally, copy_text, try_copy_text, tally::copy_text("text"),
          tally::try_copy_text("text", text));
    TWINS(tally, make_record, try_make_record, tally::make_record(1, "a", 1),
          tally::try_make_record(1, "a", 1, record));
    TWINS(tally, copy_record, try_copy_record, tally::copy_record(*record),
          tally::try_copy_record(*record, record));
}

/* A twin takes no callable that may throw. */
template <class Source, class = void> constexpr bool is_pulled = false;
template <class Source>
constexpr bool
    is_pulled<Source, std::void_t<decltype(tally::accumulator().try_pull(
                          std::declval<Source>()))>> = true;
template <class Function, class = void> constexpr bool is_mapped = false;
template <class Function>
constexpr bool
    is_mapped<Function, std::void_t<decltype(tally::try_map(
                            std::vector<double>(), std::vector<int>(),
                            std::declval<Function>()))>> = true;
constexpr auto loud_source = [](double *, std::size_t n) { return n; };
constexpr auto loud = [](double) { return 1; };
static_assert(is_pulled<decltype(source)> && !is_pulled<decltype(loud_source)>);
static_assert(is_mapped<decltype(quiet)> && !is_mapped<decltype(loud)>);

} // namespace

/* Every check is made when these are compiled; nothing of it is called. */
int main() {
    (void)states<tally::accumulator>;
    (void)states<tally::product_accumulator>;
    (void)states<tally::moments>;
    (void)states<tally::decimal>;
    (void)sum_states<tally::accumulator>;
    (void)sum_states<tally::moments>;
    (void)arrow_states<tally::accumulator>;
    (void)arrow_states<tally::moments>;
    (void)arrow_states<tally::decimal>;
    (void)small_accumulators;
    (void)accumulators;
    (void)products;
    (void)all_moments;
    (void)decimals;
    (void)owners;
    (void)arrays<double>;
    (void)arrays<float>;
    (void)arrays<std::int32_t>;
    (void)arrays<std::int64_t>;
    (void)arrays<std::uint64_t>;
    (void)totals<double>;
    (void)totals<float>;
    (void)totals<std::int32_t>;
    (void)totals<std::int64_t>;
    (void)totals<std::uint64_t>;
    (void)statistics;
    (void)columns;
    (void)envelopes;
    (void)others;
    return finish();
}
