/*
 * The C++ header where operator new has nothing to give: std::bad_alloc from
 * what throws, TALLY_MEMORY from its twins, and everything as it was.
 */
#include "tally.hpp"

#include "failing_new.hpp"
#include "throws.hpp"

namespace {

/* What action does while there is no memory. */
template <class Action> auto starved(Action action) {
    struct guard {
        guard() {
            no_more = true;
        }
        ~guard() {
            no_more = false;
        }
    } const while_it_runs;
    return action();
}

template <class Value> void nothing_is_lost_without_memory(const Value &value) {
    CHECK(
        runs_out_of_memory([&] { starved([&] { return value.text(400); }); }));
    CHECK(runs_out_of_memory([&] { starved([&] { return value.save(); }); }));

    std::string text = "as it was";
    std::vector<unsigned char> bytes = {42};
    CHECK_REFUSED(starved([&] { return value.try_text(400, text); }),
                  TALLY_MEMORY, "tally_alloc");
    CHECK_TEXT(text.c_str(), "as it was");
    CHECK_REFUSED(starved([&] { return value.try_save(bytes); }), TALLY_MEMORY,
                  "tally_alloc");
    CHECK(bytes == std::vector<unsigned char>{42});

    const auto saved = value.save();
    CHECK(runs_out_of_memory(
        [&] { starved([&] { return tally::seal(saved); }); }));
    CHECK_REFUSED(starved([&] { return tally::try_seal(saved, bytes); }),
                  TALLY_MEMORY, "tally_alloc");
    CHECK(bytes == std::vector<unsigned char>{42});

    /* Memory of one's own will do. */
    char room[1000];
    std::size_t needed = 0;
    tally::bytes_view opened;
    CHECK_OK(starved([&] {
        return tally::try_seal(saved.data(), saved.size(), room, sizeof room,
                               needed);
    }));
    CHECK_OK(starved([&] { return tally::try_open(room, needed, opened); }));
    CHECK_SIZE(opened.size(), saved.size());
    CHECK_OK(starved(
        [&] { return value.try_text(400, room, sizeof room, needed); }));
    CHECK(needed == std::strlen(room));
    CHECK_OK(
        starved([&] { return value.try_save(room, sizeof room, needed); }));
    Value loaded;
    CHECK_OK(starved([&] { return Value::try_load(room, needed, loaded); }));
    CHECK(loaded == value);

    /* And with memory all of it succeeds. */
    CHECK_OK(value.try_text(400, text));
    CHECK(text == value.text(400));
    CHECK_OK(value.try_save(bytes));
    CHECK(bytes == value.save());
}

} // namespace

int main() {
    const auto sum = tally::accumulator().add({1e300, 0.1});
    nothing_is_lost_without_memory(sum);
    nothing_is_lost_without_memory(
        tally::product_accumulator().add(1e150, 0.1));

    const auto decimal = tally::decimal().add("0.1 0.2");
    std::string text = "as it was";
    CHECK_REFUSED(starved([&] { return decimal.try_text(300, text); }),
                  TALLY_MEMORY, "tally_alloc");
    CHECK_REFUSED(starved([&] { return decimal.try_mean_text(300, text); }),
                  TALLY_MEMORY, "tally_alloc");
    CHECK_TEXT(text.c_str(), "as it was");

    /* Sums, handles and arrays need none of it. */
    CHECK_DOUBLE(starved([&] { return tally::sum({0.5, 0.25}); }), 0.75);
    CHECK_DOUBLE(starved([&] {
                     const tally::shared shared;
                     shared.merge(sum);
                     const tally::array<double> array({0.5, 2.0});
                     return array.sum() + shared.snapshot().mean();
                 }),
                 2.5 + sum.mean());
    return finish();
}
