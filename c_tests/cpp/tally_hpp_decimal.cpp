/* The C++ header: decimals. Every member is used. */
#include "tally.hpp"

#include <array>
#include <vector>

#include "throws.hpp"

namespace {

static_assert(std::is_trivially_copyable_v<tally::decimal>);
static_assert(std::is_standard_layout_v<tally::decimal>);
static_assert(sizeof(tally::decimal) == 352);
static_assert(std::is_nothrow_default_constructible_v<tally::decimal>);

void written_numbers_are_summed() {
    tally::decimal sum;
    CHECK_TEXT(sum.text().c_str(), "0");
    sum.add("0.10 0.20").add("1,2\n-0.5", ',');
    CHECK_TEXT(sum.text().c_str(), "2.80");
    CHECK_TEXT(sum.text(-1).c_str(), "2.8");
    CHECK_TEXT(sum.text(0).c_str(), "3");
    CHECK_INT(sum.count(), 5);
    CHECK_DOUBLE(sum.value(), 2.8);
    CHECK_TEXT(sum.mean_text(3).c_str(), "0.560");
    sum.subtract("2.80").subtract("0", ';');
    CHECK_TEXT(sum.text().c_str(), "0.00");
    CHECK_THROWS(tally::decimal().add("1 x"), TALLY_PARSE,
                 "tally_decimal_add_text", "\"x\" at byte 2");
    CHECK_THROWS(sum.subtract("1e400"), TALLY_OVERFLOW,
                 "tally_decimal_subtract_text", "1e400");
    CHECK_THROWS(tally::decimal().mean_text(2), TALLY_INVALID,
                 "tally_decimal_mean_text", "");
    CHECK_THROWS(sum.text(343), TALLY_INVALID, "tally_decimal_value_text",
                 "343");
    CHECK_THROWS(tally::decimal().add("1e309").value(), TALLY_OVERFLOW,
                 "tally_decimal_value_f64", "");
}

void a_text_comes_in_parts() {
    const std::string_view whole = "12.5 -3.25 7";
    tally::decimal sum;
    const std::size_t consumed = sum.add_part(whole.substr(0, 8));
    CHECK_SIZE(consumed, 5);
    CHECK_TEXT(sum.text().c_str(), "12.5");
    sum.add(whole.substr(consumed));
    CHECK(sum == tally::decimal().add(whole));
}

void scaled_integers_are_summed() {
    const std::int64_t cents[] = {199, -5};
    tally::decimal sum;
    sum.add_scaled(cents, 2).add_scaled(cents, 1, 3).add_scaled(7, 0);
    sum.add_scaled(std::array<std::int64_t, 2>{1, 2}, 1);
    CHECK_TEXT(sum.text().c_str(), "9.439");
    sum.subtract_scaled(cents, 2)
        .subtract_scaled(cents, 1, 3)
        .subtract_scaled(7, 0);
    CHECK_TEXT(sum.text(-1).c_str(), "0.3");
    CHECK_THROWS(sum.add_scaled(1, 343), TALLY_INVALID,
                 "tally_decimal_add_scaled", "343");
}

void doubles_are_shortest_decimals() {
    const std::vector<double> values = {73.2, -70.1, -3.1};
    tally::decimal sum;
    sum.add_doubles(values).add_doubles(values.data(), 2).add_double(-3.1f);
    CHECK_TEXT(sum.text(-1).c_str(), "0.0000000953674316");
    sum = tally::decimal().add_doubles({0.1, 0.2}).add_double(1);
    CHECK_TEXT(sum.text().c_str(), "1.3");
    sum.subtract_doubles({0.1}).subtract_doubles(&values[1], 1);
    sum.subtract_double(0.2);
    CHECK_TEXT(sum.text().c_str(), "71.1");
}

void products_are_summed() {
    const std::int64_t prices[] = {1999, 5}, grams[] = {3500, 1000};
    tally::decimal sum;
    sum.add_products(prices, grams, 2, 3).add_products(prices, grams, 1, 2, 3);
    CHECK_TEXT(sum.text().c_str(), "139.98000");
    CHECK_INT(sum.count(), 3);
    sum.subtract_products(prices, grams, 2, 2, 3);
    sum.subtract_products({5}, {1000}, 2, 3);
    CHECK_TEXT(sum.text(2).c_str(), "69.92");
    CHECK_THROWS(sum.add_products(prices, {1, 2, 3}, 2, 3), TALLY_INVALID,
                 "tally::decimal::add_products", "length");
    CHECK_THROWS(sum.add_products(prices, grams, 171, 172), TALLY_INVALID,
                 "tally_decimal_add_products", "343");
    const double x[] = {19.99, 0.05}, y[] = {3.5, 1};
    sum = tally::decimal().add_products(x, y).add_products(x, y, 1);
    CHECK_TEXT(sum.text().c_str(), "139.980");
    sum.subtract_products(x, y, 2).subtract_products(x, y);
    CHECK_TEXT(sum.text().c_str(), "-0.050");
    CHECK_THROWS(sum.add_products({1e300}, {1e300}), TALLY_OVERFLOW,
                 "tally_decimal_add_products_f64", "x[0] times y[0]");
    CHECK_THROWS(sum.subtract_products({1.0}, {1.0, 2.0}), TALLY_INVALID,
                 "tally::decimal::subtract_products", "length");
}

void wide_integers_and_fields_are_summed() {
    const tally_int128 wide[] = {{0, 1}, {UINT64_MAX, -1}};
    tally::decimal sum;
    sum.add_scaled_wide(wide, 2, 2);
    CHECK_TEXT(sum.text().c_str(), "184467440737095516.15");
    sum.subtract_scaled_wide(wide, 1, 2).add_one("1.5").subtract_one("0.2");
    CHECK_TEXT(sum.text().c_str(), "1.29");
    CHECK_THROWS(sum.add_one("1.5 "), TALLY_PARSE, "tally_decimal_add_one_text",
                 "at byte 3");
    CHECK_THROWS(sum.subtract_one("nan"), TALLY_PARSE,
                 "tally_decimal_subtract_one_text", "finite");
    CHECK_TEXT(sum.text(1, TALLY_ROUND_DOWN).c_str(), "1.2");
    CHECK_TEXT(sum.text(1, TALLY_ROUND_UP).c_str(), "1.3");
    CHECK_TEXT(sum.mean_text(2, TALLY_ROUND_CEILING).c_str(), "1.29");
    std::string text;
    CHECK_OK(sum.try_text(1, TALLY_ROUND_DOWN, text));
    CHECK_TEXT(text.c_str(), "1.2");
    CHECK_OK(sum.try_mean_text(0, TALLY_ROUND_UP, text));
    CHECK_TEXT(text.c_str(), "2");
}

void a_decimal_is_a_value() {
    const tally::decimal a = tally::decimal().add("1.50");
    const tally::decimal b = tally::decimal().add("-0.25 inf");
    tally::decimal both = a;
    both += b;
    CHECK(both != a);
    CHECK_TEXT(both.text().c_str(), "inf");
    both -= b;
    CHECK(both == a);
    both.merge(both);
    CHECK_INT(both.count(), 2);
    both.unmerge(a).unmerge(a);
    CHECK_INT(both.count(), 0);
    CHECK_INT(a.compare(b), -1);
    CHECK_INT(b.compare(a), 1);
    CHECK_INT(a.compare(tally::decimal().add("1 0.5")), 0);
    CHECK_THROWS(a.compare(tally::decimal().add("nan")), TALLY_INVALID,
                 "tally_decimal_compare", "NaN");
    CHECK(tally::decimal(*a.get()) == a);
    CHECK_OK(tally_decimal_merge(both.get(), a.get()));
    CHECK(both == a);
}

void a_saved_decimal_loads() {
    const tally::decimal sum = tally::decimal().add("1e300 -0.1 nan");
    const std::vector<unsigned char> bytes = sum.save();
    CHECK(!bytes.empty() && bytes.size() <= TALLY_DECIMAL_SAVED_MAX);
    CHECK(tally::decimal::load(bytes) == sum);
    CHECK(tally::decimal::load(bytes.data(), bytes.size()) == sum);
    CHECK_THROWS(tally::decimal::load(bytes.data(), bytes.size() - 1),
                 TALLY_FORMAT, "tally_decimal_load", "");
}

} // namespace

int main() {
    written_numbers_are_summed();
    a_text_comes_in_parts();
    scaled_integers_are_summed();
    doubles_are_shortest_decimals();
    products_are_summed();
    wide_integers_and_fields_are_summed();
    a_decimal_is_a_value();
    a_saved_decimal_loads();
    return finish();
}
