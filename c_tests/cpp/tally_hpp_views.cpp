/*
 * The C++ header, columns of views: what lies side by side is one, forward or
 * in reverse, and so is a member of each object. The expected numbers are
 * worked out by hand.
 */
#include "tally.hpp"

/* Clang before 16 does not compile the views of libstdc++. */
#if __cplusplus >= 202002L && (!defined(__clang__) || __clang_major__ >= 16)
#define HAS_VIEWS 1
#include <ranges>
#include <span>
#else
#define HAS_VIEWS 0
#endif

#include "throws.hpp"

namespace {

#if HAS_VIEWS
struct sale {
    char product;
    float price;
    std::int16_t pieces;
};

/* A column of these in this order, which running totals tell. */
void check_order(const tally::column &column,
                 const std::vector<double> &expected) {
    std::vector<double> totals(expected.size());
    double total = 0;
    CHECK_OK(tally::try_cumulative_sum(column, totals));
    for (std::size_t i = 0; i < expected.size(); i++) {
        total += expected[i];
        CHECK_DOUBLE(totals[i], total);
    }
}

void views_are_columns() {
    namespace views = std::views;
    std::vector<int> values = {1, 2, 4, 8, 16};
    const std::vector<int> &constant = values;
    const int numbers[] = {1, 2, 4};
    check_order(tally::column(values | views::all), {1, 2, 4, 8, 16});
    check_order(tally::column(values | views::take(2)), {1, 2});
    check_order(tally::column(constant | views::drop(3)), {8, 16});
    check_order(tally::column(constant | views::drop(1) | views::take(2)),
                {2, 4});
    check_order(tally::column(std::span(values).last(2)), {8, 16});
    check_order(tally::column(views::counted(values.data() + 1, 2)), {2, 4});
    check_order(
        tally::column(std::ranges::subrange(values.begin() + 2, values.end())),
        {4, 8, 16});
    check_order(tally::column(values | views::reverse), {16, 8, 4, 2, 1});
    check_order(tally::column(constant | views::drop(1) | views::reverse),
                {16, 8, 4, 2});
    check_order(tally::column(constant | views::reverse | views::drop(1) |
                              views::take(2)),
                {8, 4});
    check_order(tally::column(values | views::reverse | views::reverse),
                {1, 2, 4, 8, 16});
    check_order(tally::column(numbers | views::reverse), {4, 2, 1});
    check_order(tally::column(std::span(values) | views::reverse),
                {16, 8, 4, 2, 1});
    check_order(tally::column(values | views::take(0) | views::reverse), {});
    const std::ranges::reverse_view backwards(views::all(constant));
    check_order(tally::column(backwards), {16, 8, 4, 2, 1});
    /* What a view is of is not copied. */
    const tally::column last(values | views::reverse | views::take(1));
    values[4] = 32;
    check_order(last, {32});
}

void members_of_views_are_columns() {
    const std::vector<sale> sales = {
        {'a', 1.5F, 2}, {'b', 2.5F, 4}, {'c', 5, 1}};
    namespace views = std::views;
    check_order(tally::column(sales | views::drop(1), &sale::price), {2.5, 5});
    check_order(tally::column(sales | views::reverse, &sale::pieces),
                {1, 4, 2});
}

/* Views of what they own are gone with it, as owners are. */
template <class View>
constexpr bool makes_a_column = std::is_constructible_v<tally::column, View>;

void views_that_own_are_named() {
    namespace views = std::views;
    using vector = std::vector<double>;
    using of_one = decltype(views::all(std::declval<vector &>()));
    static_assert(makes_a_column<of_one>);
    static_assert(
        makes_a_column<decltype(std::declval<of_one>() | views::reverse)>);
#ifdef __cpp_lib_ranges_stride
    /* Said in words: no iterator tells how far apart the elements are. */
    std::vector<int> values = {1, 2, 4, 8, 16};
    const auto apart = values | views::stride(2);
    check_order(tally::column(values.data(), apart.size(), 2 * sizeof(int)),
                {1, 4, 16});
#endif
#if defined(__cpp_lib_ranges) && __cpp_lib_ranges >= 202110L
    using owning = decltype(views::all(std::declval<vector>()));
    static_assert(!makes_a_column<owning> && makes_a_column<owning &>);
    static_assert(
        !makes_a_column<decltype(std::declval<owning>() | views::reverse)>);
#endif
}
#endif

} // namespace

int main() {
#if HAS_VIEWS
    views_are_columns();
    members_of_views_are_columns();
    views_that_own_are_named();
#endif
    return finish();
}
