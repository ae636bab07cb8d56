/*
 * The C++ header by its try_ functions alone: compiled with exceptions and with
 * -fno-exceptions, where nothing else is declared. Each returns what tally.h
 * returns, and leaves its result alone where it fails.
 */
#include "tally.hpp"

#include <array>
#include <cfloat>
#include <cmath>
#include <utility>
#include <vector>

#include "../check.h"

namespace {

using doubles = tally::array<double>;
const std::array<double, 3> x = {1, 2, 3}, y = {2, 4, 9};
const double two[] = {0.5, 0.25};

#if !TALLY_EXCEPTIONS
/* Copying may fail, so it has to be asked for. */
static_assert(!std::is_copy_constructible_v<tally::shared> &&
              !std::is_copy_assignable_v<doubles>);
static_assert(!std::is_default_constructible_v<tally::object>);
#endif

void a_handle_is_made_copied_and_given_up() {
    tally::shared sum(nullptr), copy(nullptr);
    CHECK(!sum);
    CHECK_REFUSED(sum.try_add(1.0), TALLY_NULL, "tally_shared_add_f64");
    CHECK_OK(tally::shared::try_make(sum));
    CHECK_OK(sum.try_copy(copy));
    CHECK(sum == copy);
    CHECK_OK(copy.try_add(0.5));
    CHECK_OK(sum.try_add(two));
    CHECK_OK(sum.try_add({1e100, -1e100}));
    tally::accumulator now;
    CHECK_OK(sum.try_snapshot(now));
    double total = 42;
    CHECK_OK(now.try_value(total));
    CHECK_DOUBLE(total, 1.25);
    CHECK_LIVE(1, 0, sizeof(tally_accumulator));
    /* What is made anew gives up what was there. */
    CHECK_OK(tally::shared::try_make(sum));
    CHECK_LIVE(2, 0, 2 * sizeof(tally_accumulator));

    tally::object object(nullptr);
    CHECK_OK(tally::object::try_make(-7, object));
    std::int32_t value = 42;
    CHECK_OK(object.try_value(value));
    CHECK_INT(value, -7);
}

void an_array_is_made_and_read() {
    doubles array(nullptr);
    std::size_t size = 42;
    double element = 42;
    doubles::view view;
    CHECK_REFUSED(array.try_size(size), TALLY_NULL, "tally_array_length");
    CHECK_REFUSED(array.try_at(0, element), TALLY_NULL, "tally_array_get_f64");
    CHECK_REFUSED(array.try_sum(element), TALLY_NULL, "tally_array_sum_f64");
    CHECK_REFUSED(array.try_values(view), TALLY_NULL, "tally_array_view_f64");
    CHECK_REFUSED(doubles::try_make(nullptr, 1, array), TALLY_NULL,
                  "tally_array_new_f64");
    CHECK(!array && view.empty());

    CHECK_OK(doubles::try_make({1e100, 1.5, -1e100}, array));
    CHECK_OK(array.try_size(size));
    CHECK_SIZE(size, 3);
    tally_type type = TALLY_F32;
    CHECK_OK(array.try_type(type));
    CHECK_INT(type, TALLY_F64);
    CHECK_OK(array.try_at(1, element));
    CHECK_DOUBLE(element, 1.5);
    CHECK_REFUSED(array.try_at(3, element), TALLY_INVALID,
                  "tally_array_get_f64");
    CHECK_DOUBLE(element, 1.5);
    CHECK_OK(array.try_values(view));
    CHECK(view.size() == 3 && view[2] == -1e100);
    /* A view that cannot be made leaves the one that was there. */
    CHECK_REFUSED(doubles::view::try_make(nullptr, view), TALLY_NULL,
                  "tally_array_view_f64");
    CHECK(view.size() == 3 && view[2] == -1e100);
    CHECK_OK(array.try_sum(element));
    CHECK_DOUBLE(element, 1.5);
    CHECK_OK(doubles::try_make(x, array));
    CHECK_OK(array.try_sum(element));
    CHECK_DOUBLE(element, 6);
    tally::accumulator sum;
    CHECK_OK(sum.try_add_array(array));
    CHECK_OK(sum.try_add_array(array.get()));
    CHECK_OK(sum.try_value(element));
    CHECK_DOUBLE(element, 12);
    /* Beyond its range an infinity is written. */
    CHECK_OK(doubles::try_make({DBL_MAX, DBL_MAX}, array));
    CHECK_REFUSED(array.try_sum(element), TALLY_OVERFLOW,
                  "tally_array_sum_f64");
    CHECK_DOUBLE(element, HUGE_VAL);

    int released = 0;
    const auto release = [](const void *, std::size_t,
                            void *user_data) noexcept {
        ++*static_cast<int *>(user_data);
    };
    CHECK_REFUSED(doubles::try_borrow(nullptr, 1, release, &released, array),
                  TALLY_NULL, "tally_array_borrow_f64");
    CHECK_REFUSED(doubles::try_make(nullptr, 1, array), TALLY_NULL,
                  "tally_array_new_f64");
    /* What was there is there still. */
    CHECK_OK(array.try_size(size));
    CHECK_SIZE(size, 2);
    CHECK_INT(released, 0);
    CHECK_OK(doubles::try_borrow(two, 2, release, &released, array));
    array = doubles(nullptr);
    CHECK_INT(released, 1);
}

void callables_are_called() {
    tally::accumulator sum;
    std::size_t left = 5000;
    auto ones = [&left](double *buffer, std::size_t capacity) noexcept {
        const std::size_t now = left < capacity ? left : capacity;
        for (std::size_t i = 0; i < now; i++)
            buffer[i] = 1.0;
        left -= now;
        return now;
    };
    CHECK_OK(sum.try_pull(ones));
    double total = 0;
    CHECK_OK(sum.try_value(total));
    CHECK_DOUBLE(total, 5000);
    const tally::accumulator before = sum;
    CHECK_REFUSED(
        sum.try_pull([](double *, std::size_t n) noexcept { return n + 1; }),
        TALLY_CALLBACK, "tally_accumulator_pull");
    CHECK(sum == before);

    std::array<int, 3> results = {-1, -1, -1};
    std::size_t done = 99;
    const auto twice = [](const double &value) noexcept {
        return static_cast<int>(2 * value);
    };
    CHECK_OK(tally::try_map(x, results, twice, &done));
    CHECK((results == std::array<int, 3>{2, 4, 6}));
    CHECK_SIZE(done, 3);
    std::array<int, 2> few = {-1, -1};
    CHECK_REFUSED(tally::try_map(x, few, twice), TALLY_INVALID,
                  "tally_check_length");
    CHECK_INT(few[0], -1);
    CHECK_TEXT(tally_last_message(), "results has length 2, but needs 3");
    CHECK_REFUSED(tally::try_map(x, std::vector<int>(), twice), TALLY_INVALID,
                  "tally_check_length");
}

template <class Value>
void a_state_is_written_and_read(Value &value, const char *load) {
    std::vector<unsigned char> bytes;
    CHECK_OK(value.try_save(bytes));
    Value loaded;
    CHECK_OK(Value::try_load(bytes, loaded));
    CHECK(loaded == value);
    unsigned char room[2000] = {0};
    std::size_t needed = 0;
    CHECK_OK(value.try_save(room, sizeof room, needed));
    CHECK_SIZE(needed, bytes.size());
    CHECK_BYTES(room, bytes.data(), needed);
    CHECK_INT(value.try_save(room, needed - 1, needed), TALLY_TOO_SMALL);
    CHECK_SIZE(needed, bytes.size());
    bytes.pop_back();
    CHECK_REFUSED(Value::try_load(bytes, loaded), TALLY_FORMAT, load);
    CHECK(loaded == value);

    CHECK_OK(value.try_merge(value));
    CHECK_OK(value.try_unmerge(loaded));
    CHECK(loaded == value);
    std::int64_t count = 42, before = 0;
    CHECK_OK(loaded.try_count(before));
    CHECK_OK(value.try_merge(loaded));
    CHECK_OK(value.try_count(count));
    CHECK_INT(count, 2 * before);
    CHECK_OK(value.try_unmerge(loaded));
    CHECK(loaded == value);
}

/* A total as a string, and as a string in memory of one's own. */
template <class Value>
void a_text_is_made(const Value &value, int digits, const char *expected,
                    const char *function) {
    std::string text = "as it was";
    CHECK_REFUSED(value.try_text(-3, text), TALLY_INVALID, function);
    CHECK_TEXT(text.c_str(), "as it was");
    CHECK_OK(value.try_text(digits, text));
    CHECK_TEXT(text.c_str(), expected);
    char room[100] = "";
    std::size_t needed = 0;
    CHECK_OK(value.try_text(digits, room, sizeof room, needed));
    CHECK_TEXT(room, expected);
    CHECK_SIZE(needed, text.size());
    CHECK_REFUSED(value.try_text(digits, room, needed, needed), TALLY_TOO_SMALL,
                  function);
    CHECK_SIZE(needed, text.size());
}

void sums_in_progress_are_written_and_read() {
    tally::accumulator sum;
    CHECK_OK(sum.try_add({0.5, 0.25}));
    a_text_is_made(sum, -1, "0.75", "tally_accumulator_value_text");
    a_state_is_written_and_read(sum, "tally_accumulator_load");
    tally::product_accumulator products;
    CHECK_OK(products.try_add(x, y));
    a_text_is_made(products, 2, "37.00",
                   "tally_product_accumulator_value_text");
    a_state_is_written_and_read(products, "tally_product_accumulator_load");
    tally::moments moments;
    CHECK_OK(moments.try_add(x));
    a_state_is_written_and_read(moments, "tally_moments_load");
    tally::decimal decimal;
    CHECK_OK(decimal.try_add("0.10 0.20"));
    a_text_is_made(decimal, TALLY_DECIMAL_AS_WRITTEN, "0.30",
                   "tally_decimal_value_text");
    a_state_is_written_and_read(decimal, "tally_decimal_load");
    std::string mean;
    CHECK_OK(decimal.try_mean_text(3, mean));
    CHECK_TEXT(mean.c_str(), "0.150");
    char room[10];
    std::size_t needed = 0;
    CHECK_OK(decimal.try_mean_text(3, room, sizeof room, needed));
    CHECK_TEXT(room, "0.150");
    CHECK_REFUSED(decimal.try_mean_text(-3, mean), TALLY_INVALID,
                  "tally_decimal_mean_text");
    CHECK_TEXT(mean.c_str(), "0.150");
}

void a_text_comes_in_parts() {
    tally::accumulator sum;
    tally::decimal decimal;
    std::size_t consumed = 99;
    CHECK_OK(sum.try_add_text_part("2 3", ' ', consumed));
    CHECK_SIZE(consumed, 2);
    CHECK_OK(decimal.try_add_part("0.1,0.2", ',', consumed));
    CHECK_SIZE(consumed, 4);
    /* A bad word says where it stands, and nothing was added. */
    const auto before = sum;
    CHECK_REFUSED(sum.try_add_text_part("1 x 2", ' ', consumed), TALLY_PARSE,
                  "tally_accumulator_add_text");
    CHECK_SIZE(consumed, 2);
    CHECK(sum == before);
    CHECK_REFUSED(decimal.try_add_part("1,y,2", ',', consumed), TALLY_PARSE,
                  "tally_decimal_add_text");
    CHECK_SIZE(consumed, 2);
}

void scaled_integers_are_added() {
    tally::decimal sum;
    CHECK_OK(sum.try_add_scaled({199, 1}, 2));
    CHECK_OK(sum.try_add_scaled(std::vector<long long>{5}, 1));
    CHECK_OK(sum.try_add_scaled(7, 0));
    CHECK_OK(sum.try_subtract_scaled({1, 1}, 0));
    CHECK_OK(sum.try_subtract_scaled(std::vector<long long>{5}, 1));
    CHECK_OK(sum.try_subtract_scaled(1, 0));
    double total = 0;
    CHECK_OK(sum.try_value(total));
    CHECK_DOUBLE(total, 6);
    CHECK_REFUSED(sum.try_add_scaled(1, 343), TALLY_INVALID,
                  "tally_decimal_add_scaled");
}

/* Arrays as containers, and as pointers and counts. */
void arrays_have_totals_and_statistics() {
    double result = 42;
    CHECK_OK(tally::try_sum_parallel(x, 2, result));
    CHECK_DOUBLE(result, 6);
    CHECK_OK(tally::try_dot({1.0, 2.0}, {3.0, 4.0}, result));
    CHECK_DOUBLE(result, 11);
    CHECK_OK(tally::try_dot_parallel(x, y, 2, result));
    CHECK_DOUBLE(result, 37);
    CHECK_OK(tally::try_dot_parallel(x.data(), y.data(), 2, 2, result));
    CHECK_DOUBLE(result, 10);
    CHECK_OK(tally::try_weighted_mean(x, {1.0, 0.0, 3.0}, result));
    CHECK_DOUBLE(result, 2.5);
    CHECK_OK(tally::try_covariance(x, y, 1, result));
    CHECK_DOUBLE(result, 3.5);
    CHECK_OK(tally::try_correlation(x, {-2.0, -4.0, -6.0}, result));
    CHECK_DOUBLE(result, -1);
    CHECK_OK(tally::try_mean(x.data(), 2, result));
    CHECK_DOUBLE(result, 1.5);
    CHECK_OK(tally::try_variance(x.data(), 2, 1, result));
    CHECK_DOUBLE(result, 0.5);
    CHECK_OK(tally::try_standard_deviation(x.data(), 3, 1, result));
    CHECK_DOUBLE(result, 1);
    CHECK_OK(tally::try_norm(std::array<double, 2>{3, 4}.data(), 2, result));
    CHECK_DOUBLE(result, 5);

    /* Containers that make no pairs. */
    const auto is_refused = [](tally::status outcome, const char *message) {
        CHECK_INT(outcome, TALLY_INVALID);
        CHECK_TEXT(tally_last_message(), message);
    };
    const char *const fewer = "y has length 2, but needs 3";
    is_refused(tally::try_dot(x, two, result), fewer);
    is_refused(tally::try_dot_parallel(x, two, 0, result), fewer);
    is_refused(tally::try_weighted_mean(two, x, result),
               "y has length 3, but needs 2");
    is_refused(tally::try_covariance(x, two, 0, result), fewer);
    is_refused(tally::try_correlation(std::vector<double>{}, x, result),
               "y has length 3, but needs 0");
    CHECK_DOUBLE(result, 5);
    tally::product_accumulator products;
    is_refused(products.try_add(x, two), fewer);
    is_refused(products.try_subtract(x, two), fewer);
    tally::decimal decimal;
    is_refused(decimal.try_add_products(x, two), fewer);
    is_refused(decimal.try_subtract_products(x, two), fewer);
    is_refused(decimal.try_add_products({1}, {1, 2}, 0, 0),
               "y has length 2, but needs 1");
    is_refused(decimal.try_subtract_products({1}, {1, 2}, 0, 0),
               "y has length 2, but needs 1");
    CHECK_OK(products.try_subtract(x, y));
    CHECK_OK(products.try_add(x, y));
    CHECK(products == tally::product_accumulator());
}

void saved_states_are_sealed_and_opened() {
    tally::accumulator sum, copy;
    std::vector<unsigned char> bytes;
    tally::bytes_view opened;
    CHECK_OK(sum.try_add({0.5, HUGE_VAL}));
    CHECK_OK(sum.try_save(bytes));
    CHECK_REFUSED(tally::try_open(bytes, opened), TALLY_FORMAT,
                  "tally_saved_open");
    CHECK(opened.empty());
    CHECK_OK(tally::try_seal(bytes, bytes));
    CHECK_OK(tally::try_open(bytes, opened));
    CHECK_OK(tally::accumulator::try_load(opened, copy));
    CHECK(copy == sum);
}

void a_total_may_have_128_bits() {
    tally::accumulator sum;
    tally::int128 total{1, 2};
    CHECK_OK(sum.try_add(0.5));
    CHECK_REFUSED(sum.try_value(total), TALLY_INVALID,
                  "tally_accumulator_value_i128");
    CHECK((total == tally::int128{1, 2}));
    CHECK_OK(sum.try_subtract(1.5));
    CHECK_OK(sum.try_value(total));
    CHECK((total == tally::int128{-1, UINT64_MAX}));
}

void specials_and_failures_are_in_the_state() {
    tally::accumulator sum;
    tally::special_counts specials;
    CHECK_OK(sum.try_add({0.5, HUGE_VAL}));
    CHECK_OK(sum.try_special_counts(specials));
    CHECK((specials == tally::special_counts{0, 1, 0}));
    CHECK_OK(sum.try_fail(TALLY_PARSE));
    CHECK_REFUSED(sum.try_special_counts(specials), TALLY_PARSE,
                  "tally_accumulator_special_counts");
    CHECK((specials == tally::special_counts{0, 1, 0}));
}

void memory_text_and_records_are_made() {
    tally::memory<double> block;
    tally::text_ptr text;
    tally::record_ptr record, copy;
    CHECK_OK(tally::try_allocate(2, block));
    CHECK_OK(tally::try_copy_text("text", text));
    CHECK_OK(tally::try_make_record(1, "one", 1, record));
    CHECK_OK(tally::try_copy_record(*record, copy));
    CHECK_TEXT(copy->name, "one");
    CHECK_REFUSED(tally::try_allocate(SIZE_MAX / 2, block), TALLY_MEMORY,
                  "tally_alloc");
    CHECK_DOUBLE(block[1], 0.0);
}

} // namespace

int main() {
    a_handle_is_made_copied_and_given_up();
    an_array_is_made_and_read();
    callables_are_called();
    sums_in_progress_are_written_and_read();
    a_text_comes_in_parts();
    scaled_integers_are_added();
    arrays_have_totals_and_statistics();
    saved_states_are_sealed_and_opened();
    a_total_may_have_128_bits();
    specials_and_failures_are_in_the_state();
    memory_text_and_records_are_made();
    return finish();
}
