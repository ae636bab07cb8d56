/*
 * The C++ header in several units of one program, with and without exceptions:
 * compiled with UNIT as the name of a function, and without it as the program
 * that calls those.
 */
#include <tally.hpp>

/* What units of both kinds have in common is what tally.h has. */
#ifdef UNIT
/* Adds to a sum, and uses each part of the header. */
bool UNIT(::tally_accumulator &into, ::tally_shared *everything) noexcept;
bool UNIT(::tally_accumulator &into, ::tally_shared *everything) noexcept {
    tally::accumulator sum(into);
    const bool referred = tally_ref(everything) == TALLY_OK;
    const tally::shared all(everything);
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
        referred &&
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
    into = *sum.get();
    return good;
}
#else
bool first(::tally_accumulator &into, ::tally_shared *everything) noexcept;
bool second(::tally_accumulator &into, ::tally_shared *everything) noexcept;

int main() {
    const tally::shared all;
    tally::accumulator sum;
    return first(*sum.get(), all.get()) && second(*sum.get(), all.get()) &&
                   sum.value() == 1.5 && all.snapshot().value() == 2.25
               ? 0
               : 1;
}
#endif
