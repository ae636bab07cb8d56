/*
 * The C++ header, arrays with several owners: elements, views, and memory that
 * was borrowed.
 */
#include "tally.hpp"

#include <array>
#include <cfloat>
#include <cmath>
#if __cplusplus >= 202002L
#include <ranges>
#include <span>
#endif

#include "throws.hpp"

namespace {

using doubles = tally::array<double>;

template <class T>
void elements_are_what_was_given(const char *get, tally_type type,
                                 const std::vector<T> &all) {
    const tally::array<T> copied(all);
    CHECK_SIZE(copied.size(), all.size());
    CHECK_INT(copied.type(), type);
    const auto view = copied.values();
    CHECK_SIZE(view.size(), all.size());
    CHECK(view.empty() == all.empty());
    CHECK(view.data() != all.data() || all.empty());
    for (std::size_t i = 0; i < all.size(); i++) {
        CHECK(copied.at(i) == all[i]);
        CHECK(view[i] == all[i]);
    }
    CHECK(copied.sum() == tally::sum(all));
    CHECK(tally::sum(view) == tally::sum(all));
    CHECK(tally::accumulator().add_array(copied) ==
          tally::accumulator().add(all));
    CHECK(tally::accumulator().add_array(copied.get()) ==
          tally::accumulator().add(view));
    CHECK_THROWS(copied.at(all.size()), TALLY_INVALID, get, "");
}

void arrays_of_every_kind_are_arrays() {
    elements_are_what_was_given<double>("tally_array_get_f64", TALLY_F64,
                                        {1e100, 1.0, -1e100, 0.5});
    elements_are_what_was_given<float>("tally_array_get_f32", TALLY_F32,
                                       {1e30f, 1.0f, -1e30f});
    elements_are_what_was_given<std::int32_t>("tally_array_get_i32", TALLY_I32,
                                              {INT32_MAX, INT32_MAX});
    elements_are_what_was_given<std::int64_t>("tally_array_get_i64", TALLY_I64,
                                              {INT64_MAX, -1});
    elements_are_what_was_given<std::uint64_t>("tally_array_get_u64", TALLY_U64,
                                               {UINT64_MAX});
    elements_are_what_was_given<double>("tally_array_get_f64", TALLY_F64, {});

    CHECK_SIZE(doubles().size(), 0);
    const double c_array[] = {0.5, 0.25};
    CHECK_DOUBLE(doubles(c_array).sum(), 0.75);
    CHECK_DOUBLE(doubles(c_array, 1).sum(), 0.5);
    CHECK_DOUBLE(doubles(std::array<double, 1>{2.5}).sum(), 2.5);
    CHECK_DOUBLE(doubles({1.5, 2.5}).sum(), 4.0);
    CHECK_INT(tally::array<std::int64_t>(std::vector<long long>{7}).sum(), 7);
#if __cplusplus >= 202002L
    CHECK_DOUBLE(doubles(std::span(c_array).last(1)).sum(), 0.25);
    static_assert(std::ranges::contiguous_range<const doubles::view>);
    const doubles array(c_array);
    const auto view = array.values();
    CHECK_DOUBLE(tally::sum(std::span(view).first(1)), 0.5);
#endif

    const double *none = nullptr;
    CHECK_THROWS(doubles(none, 1), TALLY_NULL, "tally_array_new_f64", "");
    CHECK_THROWS(doubles({DBL_MAX, DBL_MAX}).sum(), TALLY_OVERFLOW,
                 "tally_array_sum_f64", "");
}

/* Elements are not converted, and an array is not made in passing. */
static_assert(std::is_constructible_v<doubles, std::vector<double>>);
static_assert(!std::is_constructible_v<doubles, std::vector<float>>);
static_assert(!std::is_constructible_v<doubles, std::vector<int>>);
static_assert(!std::is_convertible_v<std::vector<double>, doubles>);
static_assert(!std::is_convertible_v<tally_array *, doubles>);
static_assert(!std::is_convertible_v<tally_array *, doubles::view>);

template <class Release, class = void> constexpr bool releases = false;
template <class Release>
constexpr bool releases<Release, std::void_t<decltype(tally::array<int>::borrow(
                                     nullptr, 0, std::declval<Release>()))>> =
    true;
constexpr auto quiet = [](const void *, std::size_t, void *) noexcept {};
constexpr auto loud = [](const void *, std::size_t, void *) { throw 1; };
static_assert(releases<decltype(quiet)> && releases<std::nullptr_t>);
/* What may throw is refused by its type. */
static_assert(!releases<decltype(loud)> && !releases<tally_release_callback>);

void borrowed_memory_is_given_back_once() {
    const std::int32_t own[] = {INT32_MAX, INT32_MAX};
    struct {
        int calls = 0;
        const void *values = nullptr;
        std::size_t count = 0;
    } released;
    const auto release = [](const void *values, std::size_t count,
                            void *user_data) noexcept {
        auto *to = static_cast<decltype(released) *>(user_data);
        to->calls++;
        to->values = values;
        to->count = count;
    };
    {
        tally::array<std::int32_t>::view view;
        {
            const auto borrowed =
                tally::array<std::int32_t>::borrow(own, 2, release, &released);
            const auto copy = borrowed;
            CHECK_INT(copy.sum(), 2 * std::int64_t{INT32_MAX});
            view = copy.values();
            CHECK(view.data() == own);
        }
        /* The view has it still. */
        CHECK_INT(released.calls, 0);
        CHECK_INT(view[1], INT32_MAX);
    }
    CHECK_INT(released.calls, 1);
    CHECK(released.values == own);
    CHECK_SIZE(released.count, 2);

    /* Memory that nobody need give back; and a failure, which takes nothing. */
    CHECK_INT(tally::array<std::int32_t>::borrow(own, 1, nullptr).sum(),
              INT32_MAX);
    const std::int32_t *none = nullptr;
    CHECK_THROWS(
        tally::array<std::int32_t>::borrow(none, 1, release, &released),
        TALLY_NULL, "tally_array_borrow_i32", "");
    CHECK_INT(released.calls, 1);
}

void a_handle_of_another_kind_is_told_apart() {
    tally::shared sum;
    const doubles wrong(reinterpret_cast<tally_array *>(sum.release()));
    CHECK_THROWS(wrong.size(), TALLY_WRONG_KIND, "tally_array_length", "");
    CHECK_THROWS(wrong.values(), TALLY_WRONG_KIND, "tally_array_view_f64", "");
    /* Of another element type, too. */
    tally::array<float> floats({1.0f});
    const doubles other(floats.release());
    CHECK_SIZE(other.size(), 1);
    CHECK_INT(other.type(), TALLY_F32);
    CHECK_THROWS(other.at(0), TALLY_WRONG_KIND, "tally_array_get_f64", "");
    CHECK_THROWS(doubles::view(other.get()), TALLY_WRONG_KIND,
                 "tally_array_view_f64", "");
}

} // namespace

int main() {
    arrays_of_every_kind_are_arrays();
    borrowed_memory_is_given_back_once();
    a_handle_of_another_kind_is_told_apart();
    return finish();
}
