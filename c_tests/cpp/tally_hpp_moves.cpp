/*
 * The C++ header, what every class does when it is copied, moved, swapped and
 * compared, with itself too; and what does not compile because it would lose
 * something without a word.
 */
#include "tally.hpp"

#include <vector>

#include "throws.hpp"

namespace {

/* Values: nothing that a memcpy() would not do. */
template <class Value>
constexpr bool is_value =
    std::is_trivially_copyable_v<Value> && std::is_standard_layout_v<Value> &&
    std::is_nothrow_default_constructible_v<Value> &&
    std::is_nothrow_swappable_v<Value>;
static_assert(is_value<tally::accumulator> && is_value<tally::moments> &&
              is_value<tally::product_accumulator> && is_value<tally::decimal>);
static_assert(!std::is_convertible_v<tally_accumulator, tally::accumulator>);
static_assert(!std::is_convertible_v<double, tally::accumulator>);

/* Owners: they move without a throw. */
template <class Owner>
constexpr bool is_owner =
    std::is_nothrow_move_constructible_v<Owner> &&
    std::is_nothrow_move_assignable_v<Owner> &&
    std::is_nothrow_swappable_v<Owner> && std::is_nothrow_destructible_v<Owner>;
template <class Owner>
constexpr bool has_copies =
    std::is_copy_constructible_v<Owner> && std::is_copy_assignable_v<Owner>;
using doubles = tally::array<double>;
static_assert(is_owner<tally::shared> && has_copies<tally::shared>);
static_assert(is_owner<doubles> && has_copies<doubles>);
static_assert(is_owner<tally::object> && has_copies<tally::object>);
static_assert(is_owner<doubles::view> && !has_copies<doubles::view>);
static_assert(is_owner<tally::memory<int>> && !has_copies<tally::memory<int>>);
static_assert(is_owner<tally::text_ptr> && is_owner<tally::record_ptr>);
static_assert(!std::is_convertible_v<tally_shared *, tally::shared>);
static_assert(!std::is_convertible_v<std::int32_t, tally::object>);
static_assert(!std::is_convertible_v<tally::shared, bool>);
static_assert(std::is_nothrow_copy_constructible_v<tally::error> &&
              std::is_nothrow_copy_assignable_v<tally::error>);

/* Where one double or integer is wanted, only what it holds is taken. */
template <class T, class = void> constexpr bool is_added = false;
template <class T>
constexpr bool is_added<T, std::void_t<decltype(tally::shared().add(T()))>> =
    true;
template <class T, class = void> constexpr bool is_multiplied = false;
template <class T>
constexpr bool is_multiplied<
    T, std::void_t<decltype(tally::product_accumulator().add(1.0, T()))>> =
    true;
template <class T, class = void> constexpr bool is_scaled = false;
template <class T>
constexpr bool
    is_scaled<T, std::void_t<decltype(tally::decimal().add_scaled(T(), 2))>> =
        true;
static_assert(is_added<double> && is_added<float> && is_added<int>);
static_assert(!is_added<std::int64_t> && !is_added<std::uint64_t> &&
              !is_added<long double> && !is_added<const char *>);
static_assert(is_multiplied<double> && is_multiplied<unsigned>);
static_assert(!is_multiplied<std::int64_t> && !is_multiplied<long double>);
static_assert(is_scaled<std::int64_t> && is_scaled<short> &&
              is_scaled<unsigned> && is_scaled<std::vector<long long>>);
static_assert(!is_scaled<double> && !is_scaled<std::uint64_t> &&
              !is_scaled<std::vector<double>> && !is_scaled<std::vector<int>>);

/* Lets no compiler see that both are one. */
template <class T> T &alias(T &object) {
    return object;
}

template <class Value> void a_value_is_copied_and_compared(Value full) {
    using std::swap;
    const Value before = full;
    Value empty;
    CHECK(full != empty && !(full == empty));
    const Value moved = std::move(full);
    CHECK(moved == before && full == before);
    const Value &same = full;
    full = same;
    full = std::move(alias(full));
    swap(full, full);
    CHECK(full == before);
    swap(full, empty);
    CHECK(full == Value() && empty == before);
}

template <class Owner> void an_owner_is_moved_and_compared(Owner first) {
    auto *const named = first.get();
    CHECK(named != nullptr);
    const Owner other;
    CHECK(first != other && !(first == other));
    Owner copy = first;
    CHECK(copy == first && copy.get() == named);
    first = alias(first);
    first = std::move(alias(first));
    swap(first, first);
    CHECK(first.get() == named);

    /* What was moved from names nothing, and can be used again. */
    Owner moved = std::move(first);
    CHECK(!first && first == Owner(nullptr) && moved == copy);
    const Owner nothing = first;
    CHECK(!nothing);
    first = std::move(alias(first));
    CHECK(!first);
    swap(first, moved);
    CHECK(first == copy && !moved);
    moved = other;
    CHECK(moved == other);
    {
        using std::swap;
        swap(first, moved);
    }
    CHECK(first == other && moved == copy);

    /* By twins, the same. */
    Owner made(nullptr);
    CHECK_OK(copy.try_copy(made));
    CHECK(made == copy);
    CHECK_OK(made.try_copy(made));
    CHECK(made == copy);
    CHECK_OK(nothing.try_copy(made));
    CHECK(!made);
    made = copy;
    CHECK_OK(tally_unref(copy.release()));
    CHECK_OK(tally_unref(moved.release()));
    CHECK_OK(tally_unref(made.get()));
    Owner kept = other;
    CHECK_REFUSED(made.try_copy(kept), TALLY_STALE, "tally_ref");
    CHECK(kept == other);
    (void)made.release();
}

void a_view_is_moved_and_not_copied() {
    const doubles values({1.0, 2.0}), more({3.0});
    doubles::view view = values.values();
    const double *const at = view.data();
    doubles::view moved = std::move(view);
    CHECK(moved.data() == at && moved.size() == 2);
    CHECK(view.data() == nullptr && view.size() == 0 && view.empty());
    CHECK(view.begin() == view.end());
    moved = std::move(alias(moved));
    swap(moved, moved);
    CHECK(moved.data() == at && moved.size() == 2 && moved[1] == 2.0);
    CHECK_LIVE(3, 0, 3 * sizeof(double));
    /* What it saw is given up at once. */
    moved = more.values();
    CHECK_LIVE(3, 0, 3 * sizeof(double));
    CHECK(moved.size() == 1 && moved[0] == 3.0);
    view = std::move(moved);
    CHECK(moved.empty() && view.size() == 1);
    moved = values.values();
    swap(view, moved);
    CHECK(view.size() == 2 && moved.size() == 1);
    view = doubles::view();
    CHECK(view.empty() && view.data() == nullptr);

    const doubles nothing(nullptr);
    CHECK_THROWS(nothing.values(), TALLY_NULL, "tally_array_view_f64", "");
    CHECK_THROWS(nothing.size(), TALLY_NULL, "tally_array_length", "");
}

void what_unique_pointers_own_is_moved() {
    tally::record_ptr record = tally::make_record(1, "one", 1);
    const tally::record_ptr moved = std::move(record);
    CHECK(record == nullptr && moved != nullptr);
    record = tally::copy_record(*moved);
    CHECK_TEXT(record->name, "one");
}

} // namespace

int main() {
    a_value_is_copied_and_compared(tally::accumulator().add(0.5));
    a_value_is_copied_and_compared(tally::moments().add(0.5));
    a_value_is_copied_and_compared(tally::product_accumulator().add(0.5, 2));
    a_value_is_copied_and_compared(tally::decimal().add("0.5"));
    /* As the comment says: equal as numbers, and not as written. */
    CHECK(tally::decimal().add("0.5") != tally::decimal().add("0.50"));
    CHECK_INT(tally::decimal().add("0.5").compare(tally::decimal().add("0.50")),
              0);
    an_owner_is_moved_and_compared(tally::shared());
    an_owner_is_moved_and_compared(doubles({0.5}));
    an_owner_is_moved_and_compared(tally::object(7));
    a_view_is_moved_and_not_copied();
    what_unique_pointers_own_is_moved();
    return finish();
}
