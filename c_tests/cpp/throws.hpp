/*
 * For the tests in C++: what check.h is for, and exceptions.
 */
#ifndef TALLY_C_TESTS_THROWS_HPP
#define TALLY_C_TESTS_THROWS_HPP

#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <type_traits>

#include "tally.hpp"

#include "../check.h"

/* long where it has 64 bits, as it has not on Windows. */
using long_of_64_bits = std::conditional_t<sizeof(long) == 8, long, long long>;

/* Runs action, which must throw a tally::error that says this. */
template <class Action>
void check_throws(Action action, tally_status status, const char *function,
                  const char *part, const struct place *at) {
    try {
        action();
    } catch (const tally::error &e) {
        check_int(e.status(), status, at);
        check_text(e.function(), function, at);
        check_contains(e.message(), part, at);
        check_text(e.what(),
                   (std::string(function) + ": " + e.message()).c_str(), at);
        return;
    }
    check_failed(at);
}

#define CHECK_THROWS(expression, status, function, part)                       \
    do {                                                                       \
        struct place at_ = {__FILE__, __LINE__, #expression};                  \
        check_throws([&] { (void)(expression); }, status, function, part,      \
                     &at_);                                                    \
    } while (0)

/* Bytes that no process has: of 32 bits, one may have half of all addresses. */
constexpr std::size_t too_many_bytes =
    sizeof(void *) > 4 ? SIZE_MAX / 4 : SIZE_MAX / 4 * 3;

template <class Action> bool runs_out_of_memory(Action action) {
    try {
        action();
    } catch (const std::bad_alloc &) {
        return true;
    }
    return false;
}

#endif
