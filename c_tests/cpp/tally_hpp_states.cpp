/*
 * The C++ header, for every kind of state: the counts of NaN and infinities,
 * and a failure that is left on purpose.
 */
#include "tally.hpp"

#include <cmath>

#include "throws.hpp"

namespace {

/* The names and functions of each kind. */
template <class State> struct kind;
template <> struct kind<tally::accumulator> {
    static constexpr const char *count = "tally_accumulator_count";
    static constexpr const char *fail = "tally_accumulator_fail";
    static constexpr auto combine = tally_accumulator_combine;
    static void add(tally::accumulator &sum, double value) {
        sum.add(value);
    }
};
template <> struct kind<tally::product_accumulator> {
    static constexpr const char *count = "tally_product_accumulator_count";
    static constexpr const char *fail = "tally_product_accumulator_fail";
    static constexpr auto combine = tally_product_accumulator_combine;
    static void add(tally::product_accumulator &sum, double value) {
        sum.add(value, 1.0);
    }
};
template <> struct kind<tally::moments> {
    static constexpr const char *count = "tally_moments_count";
    static constexpr const char *fail = "tally_moments_fail";
    static constexpr auto combine = tally_moments_combine;
    static void add(tally::moments &sum, double value) {
        sum.add(value);
    }
};
template <> struct kind<tally::decimal> {
    static constexpr const char *count = "tally_decimal_count";
    static constexpr const char *fail = "tally_decimal_fail";
    static constexpr auto combine = tally_decimal_combine;
    static void add(tally::decimal &sum, double value) {
        sum.add(std::isnan(value)   ? "nan"
                : std::isinf(value) ? value > 0 ? "inf" : "-inf"
                                    : "0.5");
    }
};
/* One of a kind, with these values. */
template <class State> State with(const std::vector<double> &values) {
    State sum;
    for (const double value : values)
        kind<State>::add(sum, value);
    return sum;
}

template <class State> void specials_are_counted_by_kind() {
    const double inf = HUGE_VAL, nan = std::nan("");
    CHECK(State().special_counts() == tally::special_counts());
    State sum = with<State>({inf, 0.5, nan, -inf, inf, nan, inf, nan, nan});
    const tally::special_counts counts = sum.special_counts();
    CHECK_INT(counts.nan, 4);
    CHECK_INT(counts.positive_infinity, 3);
    CHECK_INT(counts.negative_infinity, 1);
    CHECK_INT(sum.count(), 9);

    /* Each is taken out alone, and may fall below 0. */
    sum -= with<State>({nan});
    CHECK((sum.special_counts() == tally::special_counts{3, 3, 1}));
    sum -= with<State>({inf});
    CHECK((sum.special_counts() == tally::special_counts{3, 2, 1}));
    sum -= with<State>({-inf, -inf});
    CHECK((sum.special_counts() == tally::special_counts{3, 2, -1}));
    CHECK((sum.special_counts() != tally::special_counts{0, 2, -1}));
    CHECK((sum.special_counts() != tally::special_counts{3, 0, -1}));
    CHECK((sum.special_counts() != tally::special_counts{3, 2, 0}));
}

template <class State> void a_failure_is_left_and_passed_on() {
    const State good = with<State>({0.5});
    State sum = good;
    CHECK_THROWS(sum.fail(TALLY_OK), TALLY_INVALID, kind<State>::fail, "");
    CHECK_REFUSED(sum.try_fail(static_cast<tally::status>(1)), TALLY_INVALID,
                  kind<State>::fail);
    CHECK(sum == good);

    CHECK(&sum.fail(TALLY_BUSY) == &sum);
    CHECK_THROWS(sum.count(), TALLY_BUSY, kind<State>::count, "");
    tally::special_counts counts{1, 2, 3};
    CHECK(sum.try_special_counts(counts) == TALLY_BUSY);
    CHECK((counts == tally::special_counts{1, 2, 3}));
    CHECK(sum.try_merge(good) == TALLY_BUSY);
    State other = good;
    CHECK(other.try_merge(sum) == TALLY_BUSY && other == good);
    /* The first failure stays. */
    CHECK_THROWS(sum.fail(TALLY_PARSE), TALLY_BUSY, kind<State>::fail, "");
    CHECK_REFUSED(sum.try_fail(TALLY_PARSE), TALLY_BUSY, kind<State>::fail);

    /* A reduction passes it on. */
    kind<State>::combine(sum.get(), other.get(), 1);
    CHECK_THROWS(other.count(), TALLY_BUSY, kind<State>::count, "");
    /* A lack of memory is what it always is in C++. */
    State starved;
    CHECK(
        runs_out_of_memory([&] { (void)starved.fail(TALLY_MEMORY).count(); }));
    other = State();
    CHECK_INT(other.count(), 0);
}

template <class State> void every_kind_of_state() {
    specials_are_counted_by_kind<State>();
    a_failure_is_left_and_passed_on<State>();
}

} // namespace

int main() {
    every_kind_of_state<tally::accumulator>();
    every_kind_of_state<tally::product_accumulator>();
    every_kind_of_state<tally::moments>();
    every_kind_of_state<tally::decimal>();
    return finish();
}
