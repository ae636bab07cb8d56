/*
 * The C++ header, what it owns and whom it calls: references are counted, all
 * is given back, and what a callable throws arrives.
 */
#include "tally.hpp"

#include <array>
#include <cfloat>
#include <thread>

#include "throws.hpp"

namespace {

static_assert(std::is_nothrow_move_constructible_v<tally::shared> &&
              std::is_nothrow_move_assignable_v<tally::shared> &&
              std::is_nothrow_destructible_v<tally::shared>);
static_assert(std::is_copy_constructible_v<tally::object> &&
              !std::is_nothrow_copy_constructible_v<tally::object> &&
              !std::is_nothrow_copy_assignable_v<tally::object>);
static_assert(sizeof(tally::record_ptr) == sizeof(void *));

/* What a callable throws, which is no std::exception. */
struct stop {
    int at;
    const void *from;
};

void what_a_source_throws_arrives() {
    tally::accumulator sum;
    sum.add(1.0);
    const tally::accumulator before = sum;

    /* More than there is room for at a time. */
    std::size_t left = 5000;
    const auto ones = [&left](double *buffer, std::size_t capacity) {
        const std::size_t now = left < capacity ? left : capacity;
        for (std::size_t i = 0; i < now; i++)
            buffer[i] = 1.0;
        left -= now;
        return now;
    };
    CHECK_DOUBLE(sum.pull(ones).value(), 5001.0);

    sum = before;
    int local = 0;
    struct guard {
        int *count;
        ~guard() {
            ++*count;
        }
    };
    try {
        sum.pull([&, calls = 0](double *buffer, std::size_t) mutable {
            const guard unwound{&local};
            buffer[0] = 42.0;
            if (++calls == 3)
                throw stop{calls, &local};
            return std::size_t{1};
        });
        CHECK(false);
    } catch (const stop &thrown) {
        CHECK_INT(thrown.at, 3);
        CHECK(thrown.from == &local);
        CHECK_RECORD(TALLY_CALLBACK, "tally_accumulator_pull");
    }
    CHECK_INT(local, 3);
    CHECK(sum == before);

    /* So does an error of this library from within. */
    CHECK_THROWS(sum.pull([](double *, std::size_t) -> std::size_t {
        (void)tally::sum({DBL_MAX, DBL_MAX});
        return 0;
    }),
                 TALLY_OVERFLOW, "tally_sum_f64", "");
    CHECK_THROWS(
        sum.pull([](double *, std::size_t capacity) { return capacity + 1; }),
        TALLY_CALLBACK, "tally_accumulator_pull", "");
    CHECK(sum == before);
}

int twice(const int &x) {
    return 2 * x;
}

void map_fills_results_and_lets_exceptions_pass() {
    const std::vector<int> elements = {1, 2, 3, 4};
    std::array<int, 4> results = {-1, -1, -1, -1};
    std::size_t done = 99;
    tally::map(elements, results, twice, &done);
    CHECK((results == std::array<int, 4>{2, 4, 6, 8}));
    CHECK_SIZE(done, 4);

    /* Elements of any type, and a callable with a state. */
    const std::string words[] = {"one", "three"};
    int lengths[2] = {0, 0};
    int calls = 0;
    tally::map(words, lengths, [&calls](const std::string &word) {
        calls++;
        return static_cast<int>(word.size());
    });
    CHECK_INT(lengths[0], 3);
    CHECK_INT(lengths[1], 5);
    CHECK_INT(calls, 2);

    results = {-1, -1, -1, -1};
    try {
        tally::map(
            elements, results,
            [&](int x) { return x < 3 ? 10 * x : throw stop{x, &calls}; },
            &done);
        CHECK(false);
    } catch (const stop &thrown) {
        CHECK_INT(thrown.at, 3);
        CHECK(thrown.from == &calls);
        CHECK_RECORD(TALLY_CALLBACK, "tally_map");
    }
    CHECK_SIZE(done, 2);
    CHECK((results == std::array<int, 4>{10, 20, -1, -1}));

    CHECK_THROWS(tally::map(elements, lengths, twice), TALLY_INVALID,
                 "tally::map", "results is too small");
    CHECK_INT(lengths[0], 3);
}

/* Live handles, which only this thread makes and releases here. */
std::size_t handles() {
    std::size_t count = 0;
    tally::check(tally_live(&count, nullptr, nullptr));
    return count;
}

template <class Handle> void references_are_counted(Handle first) {
    CHECK_SIZE(handles(), 1);
    {
        const Handle copy = first;
        CHECK(copy.get() == first.get());
        CHECK_SIZE(handles(), 1);
        /* The copy's reference keeps what the first one names. */
        Handle moved = std::move(first);
        CHECK(!first && first.get() == nullptr);
        CHECK(moved.get() == copy.get());
        moved = Handle();
        CHECK_SIZE(handles(), 2);
        moved = copy;
        CHECK_SIZE(handles(), 1);
        Handle &same = moved;
        moved = same;
        moved = std::move(same);
        CHECK(moved && moved.get() == copy.get());
        first = std::move(moved);
        CHECK(!moved);
        moved = Handle();
        /* What it named is given up at once, not when the other one goes. */
        Handle last;
        moved = std::move(last);
        CHECK(!last);
        CHECK_SIZE(handles(), 2);
    }
    CHECK_SIZE(handles(), 1);

    /* Out to C and back. */
    auto *raw = first.release();
    CHECK(!first);
    CHECK_SIZE(handles(), 1);
    {
        const Handle back(raw);
        const Handle again(back);
    }
    CHECK_SIZE(handles(), 0);
    /* A stale handle has no copies; giving it up once more does nothing. */
    const Handle stale(raw);
    CHECK_THROWS(Handle(stale), TALLY_STALE, "tally_ref", "");
    CHECK_THROWS(first = stale, TALLY_STALE, "tally_ref", "");
    CHECK(!first);
}

void a_shared_sum_is_one_for_all_threads() {
    references_are_counted(tally::shared());
    const tally::shared sum;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++)
        threads.emplace_back([sum] {
            const std::vector<double> part = {1e200, 0.5};
            for (int n = 0; n < 1000; n++) {
                sum.add(part);
                sum.add({-1e200, 0.5});
                sum.add(part.data() + 1, 1);
                sum.add(0.5);
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    CHECK_DOUBLE(sum.snapshot().value(), 8000.0);
    CHECK_INT(sum.snapshot().count(), 24000);
    sum.merge(tally::accumulator().add(0.25));
    CHECK_DOUBLE(sum.snapshot().value(), 8000.25);

    tally::shared from = sum;
    const tally::shared to = std::move(from);
    CHECK_THROWS(from.add(1.0), TALLY_NULL, "tally_shared_add_f64", "");
    CHECK_THROWS(from.merge({}), TALLY_NULL, "tally_shared_merge", "");
    CHECK_THROWS(from.snapshot(), TALLY_NULL, "tally_shared_snapshot", "");
    CHECK_DOUBLE(to.snapshot().value(), 8000.25);
}

void an_object_has_one_value_for_all_owners() {
    references_are_counted(tally::object());
    const tally::object one(42);
    const tally::object other = one;
    CHECK_INT(other.value(), 42);
    other.set(0);
    CHECK_INT(one.value(), 0);
    other.set(INT32_MIN);
    CHECK_INT(one.value(), INT32_MIN);
    CHECK_INT(tally::object().value(), 0);

    tally::object from = one;
    const tally::object to = std::move(from);
    CHECK_THROWS(from.value(), TALLY_NULL, "tally_object_value", "");
    CHECK_THROWS(from.set(1), TALLY_NULL, "tally_object_set_value", "");

    /* A handle of another kind is told apart. */
    tally::shared sum;
    const tally::object wrong(static_cast<void *>(sum.release()));
    CHECK_THROWS(wrong.value(), TALLY_WRONG_KIND, "tally_object_value", "");
}

void memory_text_and_records_go_back() {
    {
        const tally::memory<double> values = tally::allocate<double>(100);
        CHECK_LIVE(0, 1, 800);
        CHECK_SIZE(reinterpret_cast<std::uintptr_t>(values.get()) % 64, 0);
        CHECK_DOUBLE(tally::sum(values.get(), 100), 0.0);
        const auto sums = tally::allocate<tally::accumulator>(2);
        CHECK(sums[1] == tally::accumulator());
        CHECK(tally::allocate<char>(0) != nullptr);

        const tally::text_ptr text = tally::copy_text("gr\xc3\xbc\xc3\x9f");
        CHECK_TEXT(text.get(), "gr\xc3\xbc\xc3\x9f");

        const tally::record_ptr seven = tally::make_record(7, "seven", 49);
        tally::record_ptr copy = tally::copy_record(*seven);
        CHECK_TEXT(copy->name, "seven");
        CHECK_INT(copy->id + copy->value, 56);
        CHECK(tally::make_record(0, nullptr, 0)->name == nullptr);
        copy.reset();
        CHECK_TEXT(seven->name, "seven");
    }
    CHECK_LIVE(0, 0, 0);

    /* Eight bytes for each of these would wrap round to eight in all. */
    CHECK(runs_out_of_memory(
        [] { (void)tally::allocate<double>(SIZE_MAX / 8 + 2); }));
    CHECK(runs_out_of_memory(
        [] { (void)tally::allocate<char>(too_many_bytes); }));
    CHECK_THROWS(tally::copy_text("\xff"), TALLY_ENCODING, "tally_text_copy",
                 "");
    CHECK_THROWS(tally::make_record(1, "\xff", 1), TALLY_ENCODING,
                 "tally_record_new", "");
    tally_record bad = {1, "\xff", 1};
    CHECK_THROWS(tally::copy_record(bad), TALLY_ENCODING, "tally_record_copy",
                 "");
}

struct derived_record : tally_record {
    double extra;
};

template <class T> void a_block_goes_back() {
    {
        tally::memory<T> block = tally::allocate<T>(3);
        block = tally::allocate<T>(2);
        CHECK_LIVE(0, 1, 2 * sizeof(T));
        tally::memory<T> other;
        CHECK_OK(tally::try_allocate(5, other));
        CHECK_LIVE(0, 2, 7 * sizeof(T));
        CHECK_OK(tally::try_allocate(4, other));
        const tally::memory<T> moved = std::move(block);
        CHECK_LIVE(0, 2, 6 * sizeof(T));
    }
    CHECK_LIVE(0, 0, 0);
    {
        tally::memory<T> block;
        CHECK_OK(tally::try_allocate(1, block));
        /* Freeing it leaves the error that was there. */
        CHECK_REFUSED(tally_ref(nullptr), TALLY_NULL, "tally_ref");
    }
    CHECK_RECORD(TALLY_NULL, "tally_ref");
}

void blocks_of_records_are_blocks() {
    a_block_goes_back<double>();
    a_block_goes_back<tally_record>();
    a_block_goes_back<derived_record>();
    a_block_goes_back<tally_record *>();
    a_block_goes_back<tally_accumulator>();
}

} // namespace

int main() {
    blocks_of_records_are_blocks();
    what_a_source_throws_arrives();
    map_fills_results_and_lets_exceptions_pass();
    references_are_counted(tally::array<double>({0.5}));
    a_shared_sum_is_one_for_all_threads();
    an_object_has_one_value_for_all_owners();
    memory_text_and_records_go_back();
    return finish();
}
