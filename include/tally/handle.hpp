/*
 * tally/handle.hpp - what the owners of handles have in common
 */
#ifndef TALLY_HANDLE_HPP
#define TALLY_HANDLE_HPP

#include "error.hpp"

#include <utility>

namespace tally {
inline namespace TALLY_MODE {

/* Not part of the interface: the members are those of the classes below. */
namespace detail {

/*
 * One reference to what a handle names. A copy is one more reference to the
 * same; the last to go frees it. As with a pointer, const does not extend to
 * what it names. One that was moved from, or made of nullptr, names nothing:
 * it may be assigned to, copied, compared and destroyed, and everything else
 * is TALLY_NULL.
 */
template <class Self, class Raw> class handle {
  public:
    /* The handle, for functions of tally.h. */
    [[nodiscard]] Raw *get() const noexcept {
        return raw_;
    }
    /* The handle, and the reference: it is the caller's to give up. */
    [[nodiscard]] Raw *release() noexcept {
        return std::exchange(raw_, nullptr);
    }
    /* Whether it names anything. */
    explicit operator bool() const noexcept {
        return raw_ != nullptr;
    }
    /* What copying does: one more reference. */
    [[nodiscard]] status try_copy(Self &copy) const noexcept {
        if (raw_ == nullptr)
            ::tally_clear_error();
        else if (const status outcome = ::tally_ref(raw_); outcome != TALLY_OK)
            return outcome;
        copy = Self(raw_);
        return TALLY_OK;
    }

    /* Whether both name the same. */
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
