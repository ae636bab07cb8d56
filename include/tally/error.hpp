/*
 * tally/error.hpp - statuses as exceptions
 */
#ifndef TALLY_ERROR_HPP
#define TALLY_ERROR_HPP

#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

#include "../tally.h"

namespace tally {

/* The outcome of a call: TALLY_OK, TALLY_OVERFLOW and the others of tally.h. */
using status = ::tally_status;

/* A failure. what() is "function: message". */
class error : public std::runtime_error {
  public:
    /* name must outlive the error: a literal, or tally_last_function(). */
    error(::tally_status code, const char *name, const char *message)
        : std::runtime_error(std::string(name) + ": " + message), code_(code),
          name_(name) {}
    /* What went wrong. */
    ::tally_status status() const noexcept {
        return code_;
    }
    /* The function that refused. */
    const char *function() const noexcept {
        return name_;
    }
    /* What it said. */
    const char *message() const noexcept {
        return what() + std::strlen(name_) + 2;
    }

  private:
    ::tally_status code_;
    const char *name_;
};

/* Throws for the failure that a function of tally.h has just returned. */
[[noreturn]] inline void fail(::tally_status outcome) {
    if (outcome == TALLY_MEMORY)
        throw std::bad_alloc();
    if (outcome == ::tally_last_status())
        throw error(outcome, ::tally_last_function(), ::tally_last_message());
    throw error(outcome, "tally::fail", ::tally_status_name(outcome));
}
/* The same, if it is a failure. */
inline void check(::tally_status outcome) {
    if (outcome < 0)
        fail(outcome);
}

} // namespace tally

#endif /* TALLY_ERROR_HPP */
