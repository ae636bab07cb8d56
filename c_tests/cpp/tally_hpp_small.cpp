/*
 * The C++ header: small accumulators and columns of states.
 */
#include "tally.hpp"

#include <cmath>

#include "throws.hpp"

namespace {

void a_small_accumulator_is_an_accumulator_of_little_room() {
    const double values[] = {0.5, 1e20, -3.25, -1e20};
    tally::small_accumulator sum, one_by_one;
    tally::accumulator large;
    sum.add(values, 4);
    large.add(values, 4);
    for (const double value : values)
        one_by_one += value;
    CHECK(sum == one_by_one && !(sum != one_by_one));
    CHECK(sum.save() == large.save());
    CHECK(tally::small_accumulator::load(large.save()) == sum);
    CHECK(sum.expand() == large);
    CHECK(sum.value() == -2.75 && sum.mean() == -0.6875 && sum.count() == 4);
    CHECK((sum.add(std::nan("")).special_counts() ==
           tally::special_counts{1, 0, 0}));
    sum.subtract(std::nan("")).subtract({0.5, -3.25}) -= -1e20;
    sum -= 1e20;
    CHECK(sum == tally::small_accumulator());

    /* Numbers of other types, as columns. */
    const float floats[] = {0.5F, -3.25F};
    const std::int64_t wholes[] = {INT64_MAX, 1};
    const tally::column float_column(floats), whole_column(wholes);
    CHECK(sum.add(float_column).value() == -2.75 && sum.count() == 2);
    CHECK(sum.subtract(float_column).add(whole_column).value() == 0x1p63);
    CHECK_OK(sum.try_subtract(whole_column));
    CHECK(sum == tally::small_accumulator());

    one_by_one += one_by_one;
    one_by_one.merge_into(large);
    CHECK(large.value() == -8.25);
    const tally::small_accumulator &itself = one_by_one;
    one_by_one -= itself;
    CHECK(one_by_one == sum);

    CHECK(sum.add({std::ldexp(1.0, 70), 3}).value<tally::int128>() ==
          (tally::int128{64, 3}));
    CHECK_THROWS((void)sum.value<std::int64_t>(), TALLY_OVERFLOW,
                 "tally_small_accumulator_value_i64", "");
}

void what_does_not_fit_throws() {
    tally::small_accumulator sum, wide;
    sum.add(1);
    wide.add(1e300);
    const tally::small_accumulator before = sum;
    CHECK_THROWS(sum.add(1e300), TALLY_TOO_SMALL,
                 "tally_small_accumulator_add_one_f64", "");
    CHECK_THROWS(sum.add({1e300}), TALLY_TOO_SMALL,
                 "tally_small_accumulator_add_f64", "");
    CHECK_THROWS(sum.merge(wide), TALLY_TOO_SMALL,
                 "tally_small_accumulator_merge", "");
    CHECK(sum == before);
    tally::accumulator space;
    CHECK(&sum.grow(space) == &sum && sum.room() == space.get());
    sum.merge(wide).add(2);
    CHECK(sum != before && space.count() == 3);
    CHECK(tally::small_accumulator::try_load(sum.save(), wide) ==
          TALLY_TOO_SMALL);
    CHECK(sum.subtract(1e300).value() == 3);
    /* What it refers to has the failure, and no other. */
    sum.fail(TALLY_CALLBACK);
    CHECK_THROWS((void)space.value(), TALLY_CALLBACK,
                 "tally_accumulator_value_f64", "failed earlier");
    tally::small_accumulator failed;
    CHECK_THROWS((void)failed.fail(TALLY_BUSY).count(), TALLY_BUSY,
                 "tally_small_accumulator_count", "failed earlier");
    CHECK(failed.try_fail(TALLY_INVALID) == TALLY_BUSY);
}

void columns_are_added() {
    std::vector<tally::accumulator> large(2);
    std::vector<tally::small_accumulator> small(2);
    std::vector<tally_accumulator *> into;
    std::vector<tally_small_accumulator *> into_small;
    for (const std::size_t group : {0U, 1U, 1U, 0U}) {
        into.push_back(large[group].get());
        into_small.push_back(small[group].get());
    }
    const double numbers[] = {1, 2, 3, 1e300};
    const tally::column values(numbers);
    std::size_t done = 0;
    tally::add_scattered(into, values, &done);
    CHECK_SIZE(done, 4);
    CHECK(large[0].value() == 1e300 && large[1].value() == 5);

    std::vector<tally::accumulator> memory;
    memory.reserve(2);
    const auto room = [&](std::size_t) -> void * {
        memory.emplace_back();
        return memory.back().get();
    };
    tally::add_scattered(into_small, values, room, &done);
    CHECK_SIZE(done, 4);
    CHECK_SIZE(memory.size(), 1);
    CHECK(small[0].expand() == large[0] && small[1].expand() == large[1]);

    /* Any column: of floats, the last of them missing. */
    const float floats[] = {0.5F, 2, 3, 7};
    const std::uint8_t bits[] = {7};
    const tally::column some = tally::column(floats).with_bits(bits);
    tally::subtract_scattered(into, some, &done);
    CHECK_SIZE(done, 4);
    done = 0;
    tally::subtract_scattered(into_small, some, room, &done);
    CHECK_SIZE(done, 4);
    CHECK(large[1].value() == 0 && large[0].subtract(1e300).value() == 0.5);
    CHECK(small[1].value() == 0 && small[0].subtract(1e300).value() == 0.5);
    CHECK(tally::try_subtract_scattered(into, some, &done) == TALLY_OK);

    /* A room that throws, or has nothing. */
    small.assign(2, tally::small_accumulator());
    int caught = 0;
    try {
        tally::add_scattered(
            into_small, values, [](std::size_t) -> void * { throw 7; }, &done);
    } catch (const int thrown) {
        caught = thrown;
    }
    CHECK_INT(caught, 7);
    CHECK_SIZE(done, 3);
    const auto nothing = [](std::size_t) noexcept -> void * { return nullptr; };
    small.assign(2, tally::small_accumulator());
    CHECK(tally::try_add_scattered(into_small, values, nothing, &done) ==
          TALLY_MEMORY);
    CHECK_SIZE(done, 3);

    /* As many pointers as values. */
    into.pop_back();
    into_small.pop_back();
    done = 9;
    const char *const message = "into has length 3, but needs 4";
    CHECK_THROWS(tally::add_scattered(into, values, &done), TALLY_INVALID,
                 "tally_check_length", message);
    CHECK_THROWS(tally::add_scattered(into_small, values, room, &done),
                 TALLY_INVALID, "tally_check_length", message);
    CHECK_REFUSED(tally::try_subtract_scattered(into, values, &done),
                  TALLY_INVALID, "tally_check_length");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_SIZE(done, 9);
}

} // namespace

int main() {
    a_small_accumulator_is_an_accumulator_of_little_room();
    what_does_not_fit_throws();
    columns_are_added();
    return finish();
}
