/*
 * The C++ header, its values: errors, sums and the accumulator. Every member is
 * used, and every failure is an exception that says what the record says.
 */
#include "tally.hpp"

#include <array>
#include <cfloat>
#include <cmath>
#include <list>
#if __cplusplus >= 202002L
#include <span>
#endif

#include "throws.hpp"

namespace {

/* A classic name, free for a program's own use: the header needs none. */
int sum_array(int first, int second) {
    return first + second;
}

#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 wide;
#endif

/* What compiles, and what must not. */
template <class T, class = void> constexpr bool can_be_summed = false;
template <class T>
constexpr bool
    can_be_summed<T, std::void_t<decltype(tally::sum(std::declval<T>()))>> =
        true;
template <class T, class = void> constexpr bool can_be_added = false;
template <class T>
constexpr bool can_be_added<
    T, std::void_t<decltype(tally::accumulator().add(std::declval<T>()))>> =
    true;

static_assert(can_be_summed<std::vector<double>>);
static_assert(can_be_summed<const std::array<unsigned long long, 3> &>);
static_assert(!can_be_summed<std::list<double>>);
static_assert(can_be_added<double> && can_be_added<float>);
static_assert(can_be_added<int> && can_be_added<long long>);
static_assert(can_be_added<unsigned> && can_be_added<unsigned long long>);
static_assert(can_be_added<short> && can_be_added<bool>);
/* These would be converted with a loss, or are no numbers. */
static_assert(!can_be_added<long double> && !can_be_added<const char *>);
static_assert(!can_be_added<std::list<double>> && !can_be_added<void *>);

static_assert(std::is_same_v<decltype(tally::sum({1, 2})), double>);
static_assert(
    std::is_same_v<decltype(tally::sum(std::vector<int>())), std::int64_t>);

static_assert(std::is_same_v<tally::status, tally_status>);
static_assert(std::is_nothrow_copy_constructible_v<tally::error>);
static_assert(std::is_trivially_copyable_v<tally::accumulator>);
static_assert(std::is_standard_layout_v<tally::accumulator>);
static_assert(sizeof(tally::accumulator) == 320);
static_assert(std::is_nothrow_default_constructible_v<tally::accumulator>);
void a_failure_is_an_exception_with_its_record() {
    tally::check(TALLY_OK);
    const std::int64_t huge[] = {INT64_MAX, 1};
    CHECK_THROWS(tally::sum(huge), TALLY_OVERFLOW, "tally_sum_i64", "int64");
    CHECK_THROWS(tally::sum_parallel(huge), TALLY_OVERFLOW,
                 "tally_sum_i64_parallel", "int64");
    CHECK_THROWS(tally::check(tally_ref(nullptr)), TALLY_NULL, "tally_ref",
                 "NULL");
    /* A status that is not this thread's latest. */
    tally_clear_error();
    CHECK_THROWS(tally::check(TALLY_PARSE), TALLY_PARSE, "tally::fail",
                 "TALLY_PARSE");
    CHECK(runs_out_of_memory([] { tally::check(TALLY_MEMORY); }));

    /* It keeps its text when the record changes. */
    try {
        (void)tally::sum(huge);
        CHECK(false);
    } catch (const std::runtime_error &e) {
        const std::string said = e.what();
        tally_clear_error();
        CHECK_TEXT(e.what(), said.c_str());
    }
    const tally::error own(TALLY_INVALID, "here", "no good");
    CHECK_TEXT(own.what(), "here: no good");
    CHECK_TEXT(own.message(), "no good");
}

void arrays_of_every_kind_have_sums() {
    const double doubles[] = {1e100, 1.0, -1e100};
    const std::vector<float> floats = {16777216.0f, 1.0f, 1.0f};
    const std::array<std::int32_t, 2> ints = {INT32_MAX, INT32_MAX};
    std::vector<std::int64_t> longs = {INT64_MAX, 1, -2};
    CHECK_DOUBLE(tally::sum(doubles), 1.0);
    CHECK_DOUBLE(tally::sum(doubles, 2), 1e100);
    CHECK_DOUBLE(tally::sum({0.5, 0.25}), 0.75);
    CHECK_DOUBLE(tally::sum({}), 0.0);
    CHECK_DOUBLE(double{tally::sum(floats)}, 16777218.0);
    CHECK_DOUBLE(tally::sum_parallel(doubles), 1.0);
    CHECK_DOUBLE(tally::sum_parallel(doubles, 2), 1.0);
    CHECK_DOUBLE(tally::sum_parallel(doubles, 2, 4), 1e100);
    CHECK_DOUBLE(tally::sum_parallel({0.5, 0.25}), 0.75);
    CHECK_DOUBLE(double{tally::sum_parallel(floats, 3)}, 16777218.0);
    CHECK_INT(tally::sum_parallel(longs), INT64_MAX - 1);
    const std::vector<double> many(600000, 0.1);
    CHECK_DOUBLE(tally::sum_parallel(many), tally::sum(many));
    CHECK_INT(tally::sum(ints), 4294967294);
    CHECK_INT(tally::sum(longs), INT64_MAX - 1);
    CHECK_SIZE(tally::sum(std::vector<std::uint64_t>{UINT64_MAX - 1, 1}),
               UINT64_MAX);
    /* The integer types that are no int64_t by name, but in fact. */
    CHECK_INT(tally::sum(std::vector<long>{3, -4}), -1);
    CHECK_INT(tally::sum(std::vector<long long>{3, -4}), -1);
    CHECK_SIZE(tally::sum(std::vector<unsigned long long>{3, 4}), 7);
#if __cplusplus >= 202002L
    CHECK_INT(tally::sum(std::span(longs).first(1)), INT64_MAX);
    CHECK_DOUBLE(tally::sum(std::span<const double, 3>(doubles)), 1.0);
#endif

    CHECK_THROWS(tally::sum({DBL_MAX, DBL_MAX}), TALLY_OVERFLOW,
                 "tally_sum_f64", "");
    CHECK_THROWS(tally::sum(std::vector<float>{FLT_MAX, FLT_MAX}),
                 TALLY_OVERFLOW, "tally_sum_f32", "");
    CHECK_THROWS(tally::sum(std::vector<std::uint64_t>{UINT64_MAX, 1}),
                 TALLY_OVERFLOW, "tally_sum_u64", "");
    const double *none = nullptr;
    CHECK_DOUBLE(tally::sum(none, 0), 0.0);
    CHECK_THROWS(tally::sum(none, 1), TALLY_NULL, "tally_sum_f64", "NULL");
}

void an_accumulator_takes_what_can_be_added() {
    const std::vector<double> doubles = {0.5, 1e300, -1e300};
    const float floats[] = {0.25f};
    tally::accumulator sum;
    sum.add(doubles).add(floats).add({2.0, 4.0}).add(8.0).add(16.0f);
    sum.add(std::array<int, 2>{32, 64}).add(INT64_MAX).add(UINT64_MAX);
    sum.add(doubles.data(), 1).add(-1);
    /* 0.5 + 0.25 + 6 + 8 + 16 + 96 + 2^63 - 1 + 2^64 - 1 + 0.5 - 1 */
    CHECK_TEXT(sum.text().c_str(), "27670116110564327548.25");
    CHECK_INT(sum.count(), 14);

    sum.subtract(-1).subtract(doubles.data(), 1);
    sum.subtract(UINT64_MAX).subtract(INT64_MAX);
    sum.subtract(std::array<int, 2>{32, 64}).subtract(16.0f).subtract(8.0);
    sum.subtract({2.0, 4.0}).subtract(floats);
    CHECK_DOUBLE(sum.value(), 0.5);
    CHECK(sum == tally::accumulator().add(doubles));
    sum.subtract(doubles);
    CHECK(sum == tally::accumulator());

    /* A single number is any that a double holds. */
    const short little = -3;
    sum.add(7u).add(little).add(true).add(UINT32_MAX);
    sum += 2u;
    sum -= little;
    CHECK_OK(sum.try_add(static_cast<unsigned char>(255)));
    CHECK(sum == tally::accumulator().add({7, 1, 4294967295.0, 2, 255}));
    sum.subtract(7u).subtract(true).subtract(UINT32_MAX).subtract(2u);
    CHECK_OK(sum.try_subtract(static_cast<unsigned char>(255)));
    CHECK(sum == tally::accumulator());

    const struct {
        char tag;
        double price;
    } rows[] = {{'a', 1.5}, {'b', 2.5}};
    sum.add_strided(&rows[0].price, 2, sizeof rows[0]);
    CHECK_DOUBLE(sum.value(), 4.0);
    sum.add_strided(&rows[1].price, 2, -std::ptrdiff_t{sizeof rows[0]});
    CHECK_DOUBLE(sum.value(), 8.0);

    const std::vector<double> powers = {1, 2, 4, 8};
    const std::uint8_t validity[] = {0x0a};
    CHECK_DOUBLE(tally::accumulator().add_masked(powers, validity).value(), 10);
    CHECK_DOUBLE(tally::accumulator().add_masked(powers, validity, 1).value(),
                 5);
    CHECK_DOUBLE(tally::accumulator().add_masked(powers, nullptr).value(), 15);

    const tally::accumulator before = sum;
    const double *none = nullptr;
    CHECK_THROWS(sum.add(none, 1), TALLY_NULL, "tally_accumulator_add_f64", "");
    CHECK_THROWS(sum.subtract(none, 1), TALLY_NULL,
                 "tally_accumulator_subtract_f64", "");
    CHECK_THROWS(sum.add_strided(none, 1, 8), TALLY_NULL,
                 "tally_accumulator_add_f64_strided", "");
    CHECK_THROWS(sum.add_masked(powers, validity, SIZE_MAX), TALLY_INVALID,
                 "tally_accumulator_add_f64_masked", "");
    CHECK(sum == before);
}

void an_accumulator_is_a_value() {
    static constexpr tally::accumulator empty{};
    tally::accumulator a, b;
    CHECK(a == empty && !(a != empty));
    a.add(1.0);
    b.add(2.0);
    const tally::accumulator one = a;
    a.merge(b);
    CHECK(a != one);
    CHECK(a == tally::accumulator().add({2.0, 1.0}));
    a += a;
    CHECK_DOUBLE(a.value(), 6.0);
    a.unmerge(b);
    a -= b;
    CHECK_DOUBLE(a.value(), 2.0);
    CHECK_INT(a.count(), 2);

    /* And a state of tally.h, both ways. */
    tally_accumulator raw = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_merge(&raw, a.get()));
    CHECK(tally::accumulator(raw) == a);
    CHECK_OK(tally_accumulator_add_one_f64(a.get(), 1.0));
    CHECK_DOUBLE(a.value(), 3.0);

    /* Bytes that are no accumulator are refused. */
    tally_accumulator damaged;
    memset(&damaged, 0xff, sizeof damaged);
    CHECK_THROWS(a.merge(tally::accumulator(damaged)), TALLY_INVALID,
                 "tally_accumulator_merge", "");
    CHECK_THROWS(a -= tally::accumulator(damaged), TALLY_INVALID,
                 "tally_accumulator_unmerge", "");
    CHECK_THROWS(tally::accumulator(damaged).count(), TALLY_INVALID,
                 "tally_accumulator_count", "");
    CHECK_THROWS(tally::accumulator(damaged).save(), TALLY_INVALID,
                 "tally_accumulator_save", "");
    CHECK_THROWS(tally::accumulator(damaged).error_ulps(0), TALLY_INVALID,
                 "tally_accumulator_error_f64", "");
    CHECK_DOUBLE(a.value(), 3.0);
}

void a_total_is_read_in_every_form() {
    tally::accumulator sum;
    CHECK_THROWS(sum.mean(), TALLY_INVALID, "tally_accumulator_mean_f64", "");
    double naive = 0;
    for (int i = 0; i < 10; i++) {
        sum.add(0.1);
        naive += 0.1;
    }
    CHECK_DOUBLE(sum.value(), 1.0);
    CHECK_DOUBLE(sum.value<double>(), 1.0);
    CHECK_DOUBLE(double{sum.value<float>()}, 1.0);
    CHECK_DOUBLE(sum.mean(), 0.1);
    /* Ten times the double nearest to 0.1 is 1 + 2^-54. The loop gives
     * 1 - 2^-53, which is 3 * 2^-54 away, in units of 2^-52. */
    CHECK_TEXT(sum.text().c_str(),
               "1.000000000000000055511151231257827021181583404541015625");
    CHECK_TEXT(sum.text(3).c_str(), "1.000");
    CHECK_TEXT(sum.text(0).c_str(), "1");
    CHECK_SIZE(sum.text(3).size(), 5);
    CHECK_DOUBLE(sum.error_ulps(naive), 0.75);
    CHECK_THROWS(sum.text(-2), TALLY_INVALID, "tally_accumulator_value_text",
                 "");
    CHECK_THROWS(sum.value<std::int64_t>(), TALLY_INVALID,
                 "tally_accumulator_value_i64", "");

    tally::accumulator whole;
    whole.add(INT64_MAX).add(1);
    CHECK_SIZE(whole.value<std::uint64_t>(), UINT64_C(1) << 63);
    CHECK_THROWS(whole.value<std::int64_t>(), TALLY_OVERFLOW,
                 "tally_accumulator_value_i64", "");
    whole.subtract(1);
    CHECK_INT(whole.value<std::int64_t>(), INT64_MAX);
    CHECK_INT(whole.value<long_of_64_bits>(), whole.value<long long>());
    whole.add({DBL_MAX, DBL_MAX});
    CHECK_THROWS(whole.value(), TALLY_OVERFLOW, "tally_accumulator_value_f64",
                 "");
    CHECK_THROWS(whole.value<float>(), TALLY_OVERFLOW,
                 "tally_accumulator_value_f32", "");
    CHECK_SIZE(whole.text().size(), 309);
}

void a_total_may_have_128_bits() {
#ifdef __SIZEOF_INT128__
    constexpr std::int64_t numbers[] = {
        INT64_MIN, INT64_MIN + 1, -3000000000, -1, 0,
        1,         INT64_MAX - 1, INT64_MAX};
    for (const std::int64_t a : numbers) {
        for (const std::int64_t b : numbers) {
            for (const std::int64_t c : numbers) {
                tally::accumulator sum;
                sum.add(a).add(b).subtract(c);
                const auto got = sum.value<tally::int128>();
                const wide want = wide{a} + b - c;
                CHECK_INT(got.high, static_cast<std::int64_t>(want >> 64));
                CHECK_SIZE(got.low, static_cast<std::uint64_t>(want));
            }
        }
    }
#endif
    const double half = std::ldexp(1.0, 126);
    tally::accumulator sum;
    sum.add({half, half, -1.0});
    CHECK((sum.value<tally::int128>() == tally::int128{INT64_MAX, UINT64_MAX}));
    CHECK((sum.value<tally::int128>() != tally::int128{INT64_MAX, 0}));
    CHECK((sum.value<tally::int128>() != tally::int128{0, UINT64_MAX}));
    tally::int128 total{1, 2};
    sum.add(1.0);
    CHECK_REFUSED(sum.try_value(total), TALLY_OVERFLOW,
                  "tally_accumulator_value_i128");
    CHECK_THROWS(sum.value<tally::int128>(), TALLY_OVERFLOW,
                 "tally_accumulator_value_i128", "");
    sum.subtract({half, half, half, half});
    CHECK((sum.value<tally::int128>() == tally::int128{INT64_MIN, 0}));
    sum.add(0.5);
    CHECK_REFUSED(sum.try_value(total), TALLY_INVALID,
                  "tally_accumulator_value_i128");
    CHECK((total == tally::int128{1, 2}));
}

void a_saved_sum_loads() {
    tally::accumulator sum;
    sum.add({1e300, -0.1, 7.0});
    const std::vector<unsigned char> bytes = sum.save();
    CHECK(!bytes.empty() && bytes.size() <= TALLY_ACCUMULATOR_SAVED_MAX);
    CHECK(tally::accumulator::load(bytes) == sum);
    CHECK(tally::accumulator::load(bytes.data(), bytes.size()) == sum);
    CHECK(tally::accumulator::load(std::string(bytes.begin(), bytes.end())) ==
          sum);
    CHECK_THROWS(tally::accumulator::load(bytes.data(), bytes.size() - 1),
                 TALLY_FORMAT, "tally_accumulator_load", "");
}

} // namespace

int main() {
    CHECK_INT(sum_array(1, 2), 3);
    a_failure_is_an_exception_with_its_record();
    arrays_of_every_kind_have_sums();
    an_accumulator_takes_what_can_be_added();
    an_accumulator_is_a_value();
    a_total_is_read_in_every_form();
    a_total_may_have_128_bits();
    a_saved_sum_loads();
    return finish();
}
