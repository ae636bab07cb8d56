/*
 * The C++ header takes no number that would be cut to fit: where one of a
 * narrower type is wanted, a wider one does not compile.
 */
#include "tally.hpp"

#include <climits>

#include "../check.h"

namespace {

/* TAKER(name, expression): name<T> is whether the expression compiles, of T. */
#define TAKER(name, expression)                                                \
    template <class T, class = void> constexpr bool name = false;              \
    template <class T>                                                         \
    constexpr bool name<T, std::void_t<decltype(expression)>> = true

template <class T> T of();

using object = tally::object;
TAKER(makes_object, object(of<T>()));
TAKER(makes_object_by_try, object::try_make(of<T>(), of<object &>()));
TAKER(sets, of<object>().set(of<T>()));
TAKER(sets_by_try, of<object>().try_set(of<T>()));
TAKER(makes_record_id, tally::make_record(of<T>(), "", 0));
TAKER(makes_record_value, tally::make_record(0, "", of<T>()));
TAKER(makes_record_by_try,
      tally::try_make_record(of<T>(), "", of<T>(), of<tally::record_ptr &>()));
TAKER(writes_digits, of<tally::accumulator>().text(of<T>()));
TAKER(writes_digits_of_products,
      of<tally::product_accumulator>().text(of<T>()));
TAKER(writes_digits_of_decimals, of<tally::decimal>().text(of<T>()));
TAKER(writes_mean_digits, of<tally::decimal>().mean_text(of<T>()));
TAKER(writes_digits_by_try,
      of<tally::accumulator>().try_text(of<T>(), of<std::string &>()));
TAKER(adds_scaled, of<tally::decimal>().add_scaled(1, of<T>()));
TAKER(adds_scaled_by_try, of<tally::decimal>().try_add_scaled(1, of<T>()));

/* An int or an int32_t that is given a T. */
template <class T>
constexpr int takers =
    makes_object<T> + makes_object_by_try<T> + sets<T> + sets_by_try<T> +
    makes_record_id<T> + makes_record_value<T> + makes_record_by_try<T> +
    writes_digits<T> + writes_digits_of_products<T> +
    writes_digits_of_decimals<T> + writes_mean_digits<T> +
    writes_digits_by_try<T> + adds_scaled<T> + adds_scaled_by_try<T>;

static_assert(takers<int> == 14 && takers<short> == 14);
static_assert(takers<unsigned short> == 14 && takers<signed char> == 14);
static_assert(takers<long long> == 0 && takers<unsigned> == 0);
static_assert(takers<std::size_t> == 0 && takers<std::int64_t> == 0);
static_assert(takers<double> == 0 && takers<float> == 0);

TAKER(separates, of<tally::accumulator>().add_text("", of<T>()));
TAKER(separates_moments, of<tally::moments>().try_add_text("", of<T>()));
TAKER(separates_decimals, of<tally::decimal>().add("", of<T>()));
TAKER(separates_part, of<tally::decimal>().add_part("", of<T>()));
template <class T>
constexpr int separators = separates<T> + separates_moments<T> +
                           separates_decimals<T> + separates_part<T>;
static_assert(separators<char> == 4);
static_assert(separators<int> == 0 && separators<wchar_t> == 0);

/* A handle is no number, and a number is no handle. */
static_assert(std::is_constructible_v<object, std::nullptr_t>);
static_assert(std::is_constructible_v<object, void *>);
static_assert(!std::is_convertible_v<int, object>);

void what_fits_arrives() {
    const short small = -7;
    CHECK_INT(object().value(), 0);
    CHECK_INT(object(0).value(), 0);
    CHECK_INT(object(INT32_MIN).value(), INT32_MIN);
    const object one(small);
    CHECK_INT(one.value(), -7);
    one.set(INT32_MAX);
    CHECK_INT(one.value(), INT32_MAX);
    CHECK_INT(tally::make_record(INT_MIN, "", INT_MAX)->value, INT_MAX);
    CHECK_TEXT(tally::decimal().add("1;2", ';').text(small + 8).c_str(), "3.0");
}

/* As a std::size_t it is more than there can be. */
void what_is_negative_is_no_size() {
    const double values[] = {1.0, 2.0};
    const std::vector<std::int64_t> cents = {1, 2};
    const tally::array<double> array(values);
    tally::memory<double> block;
    double result = 7;
    CHECK_REFUSED(tally::try_sum(values, std::size_t(-1), result),
                  TALLY_INVALID, "tally_sum_f64");
    CHECK_REFUSED(tally::try_variance(values, std::size_t(-1), result),
                  TALLY_INVALID, "tally_variance_f64");
    CHECK_REFUSED(tally::try_dot(values, values, std::size_t(-2), result),
                  TALLY_INVALID, "tally_dot_f64");
    CHECK_REFUSED(array.try_at(std::size_t(-1), result), TALLY_INVALID,
                  "tally_array_get_f64");
    CHECK_REFUSED(tally::try_allocate(std::size_t(-1), block), TALLY_MEMORY,
                  "tally_alloc");
    CHECK_REFUSED(tally::decimal().try_add_scaled(cents, -1), TALLY_INVALID,
                  "tally_decimal_add_scaled");
    CHECK_DOUBLE(result, 7);
}

} // namespace

int main() {
    what_fits_arrives();
    what_is_negative_is_no_size();
    return finish();
}
