/*
 * The C++ header: saved states of every kind in their envelope. Damage is
 * found, and what is opened is what was sealed.
 */
#include "tally.hpp"

#include <array>

#include "throws.hpp"

namespace {

/* A view of a temporary would be of nothing. */
template <class Bytes, class = void> constexpr bool is_opened = false;
template <class Bytes>
constexpr bool is_opened<
    Bytes, std::void_t<decltype(tally::try_open(
               std::declval<Bytes>(), std::declval<tally::bytes_view &>()))>> =
    true;
static_assert(is_opened<const std::vector<unsigned char> &> &&
              is_opened<tally::bytes_view> && is_opened<std::string_view> &&
              !is_opened<std::vector<unsigned char>> &&
              !is_opened<std::string>);

template <class State>
void a_sealed_state_is_opened_whole_or_not_at_all(const State &sum) {
    const std::vector<unsigned char> saved = sum.save();
    std::vector<unsigned char> sealed = tally::seal(saved);
    CHECK_SIZE(sealed.size(), saved.size() + TALLY_SEAL_SIZE);
    CHECK(tally::seal(saved.data(), saved.size()) == sealed);
    CHECK(tally::seal(std::string(saved.begin(), saved.end())) == sealed);
    CHECK(State::load(tally::open(sealed)) == sum);
    CHECK(State::load(tally::open(sealed.data(), sealed.size())) == sum);
    CHECK(State::load(tally::open(tally::seal(sum.save()))) == sum);

    /* The view is of the bytes themselves. */
    const tally::bytes_view opened = tally::open(sealed);
    CHECK(opened.size() == saved.size() && !opened.empty());
    CHECK(std::vector<unsigned char>(opened.begin(), opened.end()) == saved);
    CHECK(opened.data() >= sealed.data() &&
          opened.end() <= sealed.data() + sealed.size());

    /* Every bit counts, and so does the length. */
    for (unsigned char &byte : sealed) {
        for (unsigned bit = 1; bit < 256; bit *= 2) {
            tally::bytes_view untouched = opened;
            byte = static_cast<unsigned char>(byte ^ bit);
            CHECK_REFUSED(tally::try_open(sealed, untouched), TALLY_FORMAT,
                          "tally_saved_open");
            byte = static_cast<unsigned char>(byte ^ bit);
            CHECK(untouched.data() == opened.data());
        }
    }
    CHECK_THROWS(tally::open(sealed.data(), sealed.size() - 1), TALLY_FORMAT,
                 "tally_saved_open", "");
    sealed.push_back(0);
    CHECK_THROWS(tally::open(sealed), TALLY_FORMAT, "tally_saved_open", "");
}

void any_bytes_are_sealed_and_null_is_refused() {
    constexpr tally::bytes_view none;
    CHECK(none.empty() && none.size() == 0 && none.begin() == none.end());
    CHECK(tally::open(tally::seal(none)).empty());
    const std::array<char, 3> text = {'a', 'b', 'c'};
    const auto sealed = tally::seal(text);
    const tally::bytes_view opened = tally::open(sealed);
    CHECK(std::string(opened.begin(), opened.end()) == "abc");

    CHECK_THROWS(tally::seal(nullptr, 1), TALLY_NULL, "tally_saved_seal", "");
    CHECK_THROWS(tally::seal(text.data(), SIZE_MAX), TALLY_INVALID,
                 "tally_saved_seal", "");
    CHECK_THROWS(tally::open(nullptr, 17), TALLY_NULL, "tally_saved_open", "");
    std::vector<unsigned char> as_it_was = {42};
    CHECK_REFUSED(tally::try_seal(nullptr, 1, as_it_was), TALLY_NULL,
                  "tally_saved_seal");
    CHECK(as_it_was == std::vector<unsigned char>{42});

    /* In place, and into one's own memory. */
    unsigned char room[3 + TALLY_SEAL_SIZE] = {'a', 'b', 'c'};
    std::size_t needed = 0;
    CHECK_REFUSED(tally::try_seal(room, 3, room, 3, needed), TALLY_TOO_SMALL,
                  "tally_saved_seal");
    CHECK_SIZE(needed, sizeof room);
    CHECK_OK(tally::try_seal(room, 3, room, sizeof room, needed));
    CHECK(std::vector<unsigned char>(room, room + needed) == sealed);
    std::vector<unsigned char> bytes = {'a', 'b', 'c'};
    CHECK_OK(tally::try_seal(bytes, bytes));
    CHECK(bytes == sealed);
}

} // namespace

int main() {
    a_sealed_state_is_opened_whole_or_not_at_all(
        tally::accumulator().add({0.5, 1e300, -0.1}));
    a_sealed_state_is_opened_whole_or_not_at_all(
        tally::product_accumulator().add({0.5, 1e300}, {0.1, 3.0}));
    a_sealed_state_is_opened_whole_or_not_at_all(
        tally::moments().add({0.5, 1e100, -0.1}));
    a_sealed_state_is_opened_whole_or_not_at_all(
        tally::decimal().add("0.50 1e300 inf"));
    any_bytes_are_sealed_and_null_is_refused();
    return finish();
}
