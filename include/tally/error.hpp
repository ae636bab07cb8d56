/*
 * tally/error.hpp - statuses as exceptions
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_ERROR_HPP
#define TALLY_ERROR_HPP

/* Before anything that an older dialect would not understand. Visual C++
 * reports the dialect in a macro of its own. */
#if defined(_MSVC_LANG)
#if _MSVC_LANG < 201703L
#error "tally.hpp needs C++17 or later: compile with /std:c++17"
#endif
#elif __cplusplus < 201703L
#error "tally.hpp needs C++17 or later: compile with -std=c++17"
#endif

/*
 * Whether exceptions are enabled. If not, functions that throw are not
 * declared; those that begin with try_ are. Translation units of both kinds may
 * be linked into one program, so each kind has its own inline namespace:
 * otherwise the linker would take one of two functions for both.
 */
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define TALLY_EXCEPTIONS 1
#define TALLY_MODE with_exceptions
#else
#define TALLY_EXCEPTIONS 0
#define TALLY_MODE without_exceptions
#endif

/* Without the classic names, such as sum_array: a program that needs them
 * includes tally.h, before or after. */
#ifdef TALLY_NO_CLASSIC
#include "../tally.h"
#else
#define TALLY_NO_CLASSIC
#include "../tally.h"
#undef TALLY_NO_CLASSIC
#endif

#if TALLY_EXCEPTIONS
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#endif

namespace tally {
inline namespace TALLY_MODE {

/* The outcome of a call: TALLY_OK, TALLY_OVERFLOW and the others of tally.h. */
using status = ::tally_status;

#if TALLY_EXCEPTIONS
/* The exception for a failure. what() is "function: message". */
class error : public std::runtime_error {
  public:
    /* name must outlive the error: a literal, or tally_last_function(). */
    error(::tally_status code, const char *name, const char *message)
        : std::runtime_error(std::string(name) + ": " + message), code_(code),
          name_(name) {}
    /* The status of the failure. */
    [[nodiscard]] ::tally_status status() const noexcept {
        return code_;
    }
    /* The function that failed. */
    [[nodiscard]] const char *function() const noexcept {
        return name_.data();
    }
    /* The message. */
    [[nodiscard]] const char *message() const noexcept {
        return what() + name_.size() + 2;
    }

  private:
    ::tally_status code_;
    std::string_view name_;
};

/* Throws for the failure that a function of tally.h has just returned. */
[[noreturn]] inline void fail(::tally_status outcome) {
    if (outcome == TALLY_MEMORY)
        throw std::bad_alloc();
    if (outcome == ::tally_last_status())
        throw error(outcome, ::tally_last_function(), ::tally_last_message());
    throw error(outcome, "tally::fail", ::tally_status_name(outcome));
}
/* Throws if the status is a failure. */
inline void check(::tally_status outcome) {
    if (outcome < 0)
        tally::fail(outcome);
}
#endif

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_ERROR_HPP */
