/*
 * The C++ header, functions that begin with try_ beside those that throw: each
 * is noexcept, returns what tally.h returns, and leaves its result alone where
 * it fails. More of them are in tally_hpp_without_exceptions.cpp.
 */
#include "tally.hpp"

#include <cfloat>
#include <cmath>

#include "throws.hpp"

namespace {

const double *const none = nullptr;

void a_sum_is_a_status_and_a_total() {
    double total = 42;
    const std::vector<double> values = {1e100, 1.0, -1e100};
    static_assert(noexcept(tally::try_sum(values, total)));
    static_assert(noexcept(tally::try_sum(none, 1, total)));
    CHECK_REFUSED(tally::try_sum(none, 1, total), TALLY_NULL, "tally_sum_f64");
    CHECK_DOUBLE(total, 42);
    CHECK_OK(tally::try_sum(values, total));
    CHECK_DOUBLE(total, 1);
    CHECK_OK(tally::try_sum({0.5, 0.25}, total));
    CHECK_DOUBLE(total, 0.75);
    CHECK_REFUSED(tally::try_sum({DBL_MAX, DBL_MAX}, total), TALLY_OVERFLOW,
                  "tally_sum_f64");
    CHECK_DOUBLE(total, HUGE_VAL);
    std::int64_t whole = 42;
    const std::vector<long_of_64_bits> huge = {INT64_MAX, 1};
    CHECK_REFUSED(tally::try_sum(huge, whole), TALLY_OVERFLOW, "tally_sum_i64");
    CHECK_INT(whole, 42);
    CHECK_OK(tally::try_sum(huge.data(), 1, whole));
    CHECK_INT(whole, INT64_MAX);
    CHECK_REFUSED(tally::try_sum_parallel(none, 1, 2, total), TALLY_NULL,
                  "tally_sum_f64_parallel");
    CHECK_OK(tally::try_sum_parallel(values.data(), 3, 2, total));
    CHECK_DOUBLE(total, 1);
}

void an_accumulator_is_changed_or_says_why_not() {
    tally::accumulator sum;
    const std::vector<float> floats = {0.25f};
    static_assert(noexcept(sum.try_add(1.0)) && noexcept(sum.try_add(floats)));
    static_assert(noexcept(sum.try_subtract(1)));
    static_assert(noexcept(sum.try_merge(sum)));
    static_assert(noexcept(sum.try_unmerge(sum)));
    CHECK_OK(sum.try_add(1.0));
    CHECK_OK(sum.try_add(floats));
    CHECK_OK(sum.try_add({2.0, 4.0}));
    CHECK_OK(sum.try_add(floats.data(), 1));
    CHECK_OK(sum.try_add(8));
    CHECK_OK(sum.try_subtract(8));
    CHECK_OK(sum.try_subtract({2.0, 4.0}));
    CHECK_OK(sum.try_subtract(floats.data(), 1));
    const double pair[] = {1.0, 2.0};
    const std::uint8_t second[] = {2};
    CHECK_OK(sum.try_add_masked(pair, second));
    CHECK_OK(sum.try_add_strided(pair + 1, 2, -8));
    CHECK_DOUBLE(sum.value(), 6.25);

    const tally::accumulator before = sum;
    CHECK_REFUSED(sum.try_add(none, 1), TALLY_NULL,
                  "tally_accumulator_add_f64");
    CHECK_REFUSED(sum.try_subtract(none, 1), TALLY_NULL,
                  "tally_accumulator_subtract_f64");
    CHECK_REFUSED(sum.try_add_strided(none, 1, 8), TALLY_NULL,
                  "tally_accumulator_add_f64_strided");
    CHECK_REFUSED(sum.try_add_masked(pair, second, SIZE_MAX), TALLY_INVALID,
                  "tally_accumulator_add_f64_masked");
    tally_accumulator damaged;
    memset(&damaged, 0xff, sizeof damaged);
    CHECK_REFUSED(sum.try_merge(tally::accumulator(damaged)), TALLY_INVALID,
                  "tally_accumulator_merge");
    CHECK_REFUSED(sum.try_unmerge(tally::accumulator(damaged)), TALLY_INVALID,
                  "tally_accumulator_unmerge");
    CHECK(sum == before);
    CHECK_OK(sum.try_merge(sum));
    CHECK_DOUBLE(sum.value(), 12.5);
    CHECK_OK(sum.try_unmerge(sum));
    CHECK(sum == tally::accumulator());

    /* By operators, which throw. */
    sum += 0.5;
    sum += 3;
    sum -= 1.0f;
    CHECK_DOUBLE(sum.value(), 2.5);
}

void a_value_is_a_status_and_a_result() {
    tally::accumulator sum;
    double value = 42;
    static_assert(noexcept(sum.try_value(value)));
    static_assert(noexcept(sum.try_mean(value)));
    CHECK_REFUSED(sum.try_mean(value), TALLY_INVALID,
                  "tally_accumulator_mean_f64");
    CHECK_DOUBLE(value, 42);
    sum.add({0.5, 2.0});
    CHECK_OK(sum.try_value(value));
    CHECK_DOUBLE(value, 2.5);
    CHECK_OK(sum.try_mean(value));
    CHECK_DOUBLE(value, 1.25);
    long_of_64_bits whole = 42;
    CHECK_REFUSED(sum.try_value(whole), TALLY_INVALID,
                  "tally_accumulator_value_i64");
    CHECK_INT(whole, 42);
    CHECK_OK(sum.try_add(0.5));
    CHECK_OK(sum.try_value(whole));
    CHECK_INT(whole, 3);
    std::int64_t count = 0;
    CHECK_OK(sum.try_count(count));
    CHECK_INT(count, 3);
    CHECK_OK(sum.try_error_ulps(3.0, value));
    CHECK_DOUBLE(value, 0);

    const std::vector<unsigned char> bytes = sum.save();
    tally::accumulator copy;
    CHECK_REFUSED(tally::accumulator::try_load(bytes.data(), 1, copy),
                  TALLY_FORMAT, "tally_accumulator_load");
    CHECK(copy == tally::accumulator());
    CHECK_OK(tally::accumulator::try_load(bytes.data(), bytes.size(), copy));
    CHECK(copy == sum);
    CHECK_OK(sum.try_add({DBL_MAX, DBL_MAX}));
    CHECK_REFUSED(sum.try_value(value), TALLY_OVERFLOW,
                  "tally_accumulator_value_f64");
    CHECK_DOUBLE(value, HUGE_VAL);
}

void owners_are_used_or_say_why_not() {
    tally::shared sum;
    static_assert(noexcept(sum.try_add(1.0)));
    CHECK_OK(sum.try_add({1e100, -1e100}));
    CHECK_OK(sum.try_add(0.5));
    CHECK_OK(sum.try_merge(tally::accumulator().add(0.5)));
    tally::accumulator now;
    CHECK_OK(sum.try_snapshot(now));
    CHECK_DOUBLE(now.value(), 1.0);
    const tally::shared owner = std::move(sum);
    CHECK_REFUSED(sum.try_add(1.0), TALLY_NULL, "tally_shared_add_f64");
    CHECK_REFUSED(sum.try_merge(now), TALLY_NULL, "tally_shared_merge");
    CHECK_REFUSED(sum.try_snapshot(now), TALLY_NULL, "tally_shared_snapshot");
    CHECK_DOUBLE(now.value(), 1.0);

    tally::object object(7);
    std::int32_t value = 42;
    static_assert(noexcept(object.try_value(value)));
    CHECK_OK(object.try_value(value));
    CHECK_INT(value, 7);
    CHECK_OK(object.try_set(0));
    CHECK_OK(object.try_value(value));
    CHECK_INT(value, 0);
    const tally::object taken = std::move(object);
    CHECK_REFUSED(object.try_set(1), TALLY_NULL, "tally_object_set_value");
    CHECK_REFUSED(object.try_value(value), TALLY_NULL, "tally_object_value");
    CHECK_INT(value, 0);
}

void what_is_made_is_owned_or_says_why_not() {
    tally::memory<double> array;
    static_assert(noexcept(tally::try_allocate(1, array)));
    CHECK_REFUSED(tally::try_allocate(SIZE_MAX / 8 + 2, array), TALLY_MEMORY,
                  "tally_alloc");
    CHECK(array == nullptr);
    CHECK_OK(tally::try_allocate(2, array));
    CHECK_DOUBLE(array[1], 0.0);
    tally::text_ptr text;
    CHECK_REFUSED(tally::try_copy_text("\xff", text), TALLY_ENCODING,
                  "tally_text_copy");
    CHECK_OK(tally::try_copy_text("text", text));
    CHECK_TEXT(text.get(), "text");
    tally::record_ptr record, copy;
    CHECK_REFUSED(tally::try_make_record(1, "\xff", 1, record), TALLY_ENCODING,
                  "tally_record_new");
    CHECK_OK(tally::try_make_record(1, "one", 1, record));
    CHECK_OK(tally::try_copy_record(*record, copy));
    const tally_record bad = {1, "\xff", 1};
    CHECK_REFUSED(tally::try_copy_record(bad, copy), TALLY_ENCODING,
                  "tally_record_copy");
    CHECK_TEXT(copy->name, "one");
    /* What is made anew frees what was there. */
    CHECK_OK(tally::try_copy_text("other", text));
    CHECK_LIVE(0, 4, 16 + 6 + 2 * (sizeof(tally_record) + 4));
}

void text_is_added_or_says_why_not() {
    tally::accumulator sum;
    sum.add_text("1e100 1").add_text("-1e100,0.5", ',');
    CHECK_DOUBLE(sum.value(), 1.5);
    CHECK_SIZE(sum.add_text_part("2 3"), 2);
    CHECK_DOUBLE(sum.value(), 3.5);
    CHECK_OK(sum.try_add_text("0.5"));
    const tally::accumulator before = sum;
    CHECK_REFUSED(sum.try_add_text("1 x"), TALLY_PARSE,
                  "tally_accumulator_add_text");
    CHECK_THROWS(sum.add_text("x"), TALLY_PARSE, "tally_accumulator_add_text",
                 "x");
    CHECK(sum == before);
    CHECK_DOUBLE(tally::moments().add_text("1 2 3").variance(1), 1);
}

void a_decimal_is_changed_or_says_why_not() {
    tally::decimal sum;
    // Making a view of a literal may throw, in some libraries.
    static_assert(noexcept(sum.try_add(std::string_view())));
    CHECK_OK(sum.try_add("0.10 0.25"));
    CHECK_OK(sum.try_subtract("0.05"));
    const std::int64_t cents[] = {20, 5};
    CHECK_OK(sum.try_add_scaled(cents, 2, 2));
    CHECK_OK(sum.try_subtract_scaled(cents + 1, 1, 2));
    const tally::decimal before = sum;
    CHECK_REFUSED(sum.try_add("0.1 x"), TALLY_PARSE, "tally_decimal_add_text");
    CHECK_REFUSED(sum.try_subtract("x"), TALLY_PARSE,
                  "tally_decimal_subtract_text");
    CHECK_REFUSED(sum.try_add_scaled(cents, 1, 343), TALLY_INVALID,
                  "tally_decimal_add_scaled");
    CHECK(sum == before);
    double value = 42;
    CHECK_OK(sum.try_value(value));
    CHECK_DOUBLE(value, 0.5);
    int order = 42;
    const auto nan = tally::decimal().add("nan");
    CHECK_REFUSED(sum.try_compare(nan, order), TALLY_INVALID,
                  "tally_decimal_compare");
    CHECK_INT(order, 42);
    CHECK_OK(sum.try_compare(tally::decimal(), order));
    CHECK_INT(order, 1);
}

} // namespace

int main() {
    text_is_added_or_says_why_not();
    a_decimal_is_changed_or_says_why_not();
    a_sum_is_a_status_and_a_total();
    an_accumulator_is_changed_or_says_why_not();
    a_value_is_a_status_and_a_result();
    owners_are_used_or_say_why_not();
    what_is_made_is_owned_or_says_why_not();
    return finish();
}
