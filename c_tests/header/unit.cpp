/*
 * The C++ header in several units of one program, with and without exceptions:
 * compiled with UNIT as the name of a function, and without it as the program
 * that calls those.
 */
#include <tally.hpp>

using maker = tally::status (*)(int, const char *, int,
                                tally::record_ptr &) noexcept;

#ifdef UNIT
/* Adds to sum, uses each part of the header, and tells where one function is.
 */
maker UNIT(tally::accumulator &sum, const tally::shared &all);
maker UNIT(tally::accumulator &sum, const tally::shared &all) {
    tally::array<double> array(nullptr);
    tally::array<double>::view view;
    tally::decimal decimal;
    tally::moments moments;
    tally::product_accumulator products;
    tally::object object(nullptr);
    std::string text;
    int one[1] = {0};
    double total = 0;
    const bool good =
        tally::array<double>::try_make({0.5, 0.25}, array) == TALLY_OK &&
        array.try_values(view) == TALLY_OK && sum.try_add(view) == TALLY_OK &&
        all.try_merge(sum) == TALLY_OK && decimal.try_add("0.10") == TALLY_OK &&
        decimal.try_text(2, text) == TALLY_OK && text == "0.10" &&
        moments.try_add(view) == TALLY_OK &&
        products.try_add(view, view) == TALLY_OK &&
        tally::try_sum(view, total) == TALLY_OK &&
        tally::try_mean(view, total) == TALLY_OK &&
        tally::object::try_make(7, object) == TALLY_OK &&
        tally::try_map(std::string_view("a"), one,
                       [](char) noexcept { return 1; }) == TALLY_OK;
    return good ? &tally::try_make_record : nullptr;
}
#else
maker first(tally::accumulator &sum, const tally::shared &all);
maker second(tally::accumulator &sum, const tally::shared &all);

int main() {
    const tally::shared all;
    tally::accumulator sum;
    const maker one = first(sum, all), other = second(sum, all);
    return one != nullptr && one == other && sum.value() == 1.5 &&
                   all.snapshot().value() == 2.25
               ? 0
               : 1;
}
#endif
