/* tally/sealed.hpp - saved states in an envelope that detects damage */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_SEALED_HPP
#define TALLY_SEALED_HPP

#include "state.hpp"

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <vector>

namespace tally {
inline namespace TALLY_MODE {

/* A view of bytes that are owned elsewhere. It must not outlive them. */
class bytes_view {
  public:
    /* No bytes. */
    constexpr bytes_view() noexcept = default;
    /* size bytes at data. */
    constexpr bytes_view(const unsigned char *data, std::size_t size) noexcept
        : data_(data), size_(size) {}

    [[nodiscard]] constexpr const unsigned char *data() const noexcept {
        return data_;
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return size_;
    }
    [[nodiscard]] constexpr bool empty() const noexcept {
        return size_ == 0;
    }
    [[nodiscard]] constexpr const unsigned char *begin() const noexcept {
        return data_;
    }
    [[nodiscard]] constexpr const unsigned char *end() const noexcept {
        return data_ + size_;
    }

  private:
    const unsigned char *data_ = nullptr;
    std::size_t size_ = 0;
};

/* Not part of the interface. */
namespace detail {

template <> inline constexpr bool is_borrowed<bytes_view> = true;

} // namespace detail

/* seal(), into the caller's memory, which may overlap saved. TALLY_TOO_SMALL if
 * the capacity is too small; needed is written even then. */
[[nodiscard]] inline status try_seal(const void *saved, std::size_t size,
                                     void *buffer, std::size_t capacity,
                                     std::size_t &needed) noexcept {
    return ::tally_saved_seal(saved, size, buffer, capacity, &needed);
}
/* seal() */
[[nodiscard]] inline status
try_seal(const void *saved, std::size_t size,
         std::vector<unsigned char> &sealed) noexcept {
    std::size_t needed = 0;
    std::vector<unsigned char> made;
    status outcome = tally::try_seal(saved, size, nullptr, 0, needed);
    if (outcome == TALLY_OK)
        outcome = detail::try_resize(made, needed);
    if (outcome == TALLY_OK)
        outcome = tally::try_seal(saved, size, made.data(), needed, needed);
    if (outcome == TALLY_OK)
        sealed.swap(made);
    return outcome;
}
/* seal() */
template <class Bytes>
[[nodiscard]] status try_seal(const Bytes &saved,
                              std::vector<unsigned char> &sealed) noexcept {
    static_assert(sizeof(detail::element_of<const Bytes>) == 1,
                  "tally: seal() takes bytes");
    return tally::try_seal(std::data(saved), detail::count_of(saved), sealed);
}
/* open() */
[[nodiscard]] inline status try_open(const void *sealed, std::size_t size,
                                     bytes_view &opened) noexcept {
    const void *saved = nullptr;
    std::size_t length = 0;
    const status outcome = ::tally_saved_open(sealed, size, &saved, &length);
    if (outcome == TALLY_OK)
        opened = bytes_view(static_cast<const unsigned char *>(saved), length);
    return outcome;
}
/* open() */
template <class Bytes>
[[nodiscard]] status try_open(const Bytes &sealed,
                              bytes_view &opened) noexcept {
    static_assert(sizeof(detail::element_of<const Bytes>) == 1,
                  "tally: open() takes bytes");
    return tally::try_open(std::data(sealed), detail::count_of(sealed), opened);
}
/* Deleted: the view would refer to bytes that are gone. */
template <class Bytes, class = std::enable_if_t<!detail::is_borrowed<Bytes>>>
status try_open(const Bytes &&, bytes_view &) = delete; /* temporary: name it */

#if TALLY_EXCEPTIONS
/* Puts the size bytes of a saved state into an envelope with a checksum. Throws
 * for more than 2^27 bytes. */
[[nodiscard]] inline std::vector<unsigned char> seal(const void *saved,
                                                     std::size_t size) {
    std::vector<unsigned char> sealed;
    tally::check(tally::try_seal(saved, size, sealed));
    return sealed;
}
/* The same for a container of bytes, such as save() returns. */
template <class Bytes>
[[nodiscard]] std::vector<unsigned char> seal(const Bytes &saved) {
    std::vector<unsigned char> sealed;
    tally::check(tally::try_seal(saved, sealed));
    return sealed;
}
/* The saved state within size bytes from seal(), for load(): a view of them,
 * not a copy. Throws if the bytes are not as they were sealed. */
[[nodiscard]] inline bytes_view open(const void *sealed, std::size_t size) {
    bytes_view opened;
    tally::check(tally::try_open(sealed, size, opened));
    return opened;
}
/* The same for a container of bytes, which must outlive the view. */
template <class Bytes> [[nodiscard]] bytes_view open(const Bytes &sealed) {
    bytes_view opened;
    tally::check(tally::try_open(sealed, opened));
    return opened;
}
#endif

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_SEALED_HPP */
