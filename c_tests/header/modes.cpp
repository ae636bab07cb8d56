/*
 * A unit with exceptions and one without, which use the same functions of the
 * C++ header: whichever the linker meets first, a string that finds no memory
 * is a status in the unit that has exceptions. Compiled with OTHER as the unit
 * that has none, and without it as the program.
 */
#include <tally.hpp>

bool other() noexcept;

#ifdef OTHER
static_assert(!TALLY_EXCEPTIONS);

bool other() noexcept {
    tally::accumulator sum;
    std::string text;
    std::vector<unsigned char> bytes;
    return sum.try_add(0.5) == TALLY_OK && sum.try_text(3, text) == TALLY_OK &&
           sum.try_save(bytes) == TALLY_OK && text == "0.500";
}
#else
#include "../cpp/failing_new.hpp"

static_assert(TALLY_EXCEPTIONS);

int main() {
    tally::accumulator sum;
    std::string text = "as it was";
    std::vector<unsigned char> bytes;
    const bool good = other() && sum.try_add({1e300, 0.5}) == TALLY_OK;
    no_more = true;
    const tally::status of_text = sum.try_text(1000, text);
    const tally::status of_bytes = sum.try_save(bytes);
    no_more = false;
    return good && of_text == TALLY_MEMORY && of_bytes == TALLY_MEMORY &&
                   text == "as it was" && bytes.empty()
               ? 0
               : 1;
}
#endif
