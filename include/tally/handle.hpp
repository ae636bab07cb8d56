/* tally/handle.hpp - members common to all owners of handles */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_HANDLE_HPP
#define TALLY_HANDLE_HPP

#include "error.hpp"

#include <utility>

namespace tally {
inline namespace TALLY_MODE {

/*
 * Not part of the interface, except that the classes below inherit the members.
 */
namespace detail {

/*
 * An owner of one reference to a resource. Copying it adds a reference;
 * destroying the last owner frees the resource. As with a pointer, const does
 * not extend to the resource. An owner that was moved from or made from nullptr
 * is empty: it may be assigned to, copied, compared and destroyed, and anything
 * else fails with TALLY_NULL.
 */
template <class Self, class Raw> class handle {
  public:
    /* The handle, for functions of tally.h. */
    [[nodiscard]] Raw *get() const noexcept {
        return raw_;
    }
    /* Releases the handle and its reference to the caller, who gives it up. */
    [[nodiscard]] Raw *release() noexcept {
        return std::exchange(raw_, nullptr);
    }
    /* Whether it is not empty. */
    explicit operator bool() const noexcept {
        return raw_ != nullptr;
    }
    /* Copies the owner, which adds a reference. */
    [[nodiscard]] status try_copy(Self &copy) const noexcept {
        if (raw_ == nullptr)
            ::tally_clear_error();
        else if (const status outcome = ::tally_ref(raw_); outcome != TALLY_OK)
            return outcome;
        copy = Self(raw_);
        return TALLY_OK;
    }

    /* Whether both refer to the same resource. */
    [[nodiscard]] friend bool operator==(const Self &a,
                                         const Self &b) noexcept {
        return a.get() == b.get();
    }
    [[nodiscard]] friend bool operator!=(const Self &a,
                                         const Self &b) noexcept {
        return !(a == b);
    }
    friend void swap(Self &a, Self &b) noexcept {
        handle &first = a, &second = b;
        std::swap(first.raw_, second.raw_);
    }

  protected:
    explicit handle(Raw *owned) noexcept : raw_(owned) {}
#if TALLY_EXCEPTIONS
    handle(const handle &other) : raw_(other.raw_) {
        if (raw_ != nullptr)
            tally::check(::tally_ref(raw_));
    }
    handle &operator=(const handle &other) {
        return *this = handle(other);
    }
#else
    handle(const handle &) = delete;
    handle &operator=(const handle &) = delete;
#endif
    handle(handle &&other) noexcept : raw_(other.release()) {}
    handle &operator=(handle &&other) noexcept {
        handle taken(std::move(other));
        std::swap(raw_, taken.raw_);
        return *this;
    }
    ~handle() {
        ::tally_unref(raw_);
    }

  private:
    Raw *raw_;
};

} // namespace detail

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_HANDLE_HPP */
