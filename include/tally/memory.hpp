/*
 * tally/memory.hpp - memory, text and records
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_MEMORY_HPP
#define TALLY_MEMORY_HPP

#include "numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace tally {
inline namespace TALLY_MODE {

/* Owners, as std::unique_ptr: they are moved, not copied, and empty after being
 * moved from. When a try_ function fills one, what it owned before is freed. */

/* The deleter for a block, whatever its elements are. */
struct deleter {
    void operator()(void *block) const noexcept {
        ::tally_free(block);
    }
};
/* The deleter for a record that the library made. */
struct record_deleter {
    void operator()(::tally_record *record) const noexcept {
        ::tally_record_free(record);
    }
};
/* An array from tally_alloc(). */
template <class T> using memory = std::unique_ptr<T[], deleter>;
/* A string from tally_text_copy(). */
using text_ptr = std::unique_ptr<char[], deleter>;
/* A record from tally_record_new() or tally_record_copy(). */
using record_ptr = std::unique_ptr<::tally_record, record_deleter>;

/* Not part of the interface. */
namespace detail {

/*
 * Memory for count elements, or nullptr with an error in the thread's record.
 */
template <class T> T *zeroed(std::size_t count) noexcept {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64,
                  "tally: allocate() takes types that are trivially copyable, "
                  "and aligned to at most 64 bytes");
    const bool fits = count <= SIZE_MAX / sizeof(T);
    return static_cast<T *>(::tally_alloc(fits ? count * sizeof(T) : SIZE_MAX));
}

} // namespace detail

#if TALLY_EXCEPTIONS
/* An array of count elements, all bytes zero, aligned to 64 bytes. */
template <class T> [[nodiscard]] memory<T> allocate(std::size_t count) {
    memory<T> array(detail::zeroed<T>(count));
    if (array == nullptr)
        tally::fail(::tally_last_status());
    return array;
}
/* A copy of a UTF-8 string. */
[[nodiscard]] inline text_ptr copy_text(const char *original) {
    return text_ptr(detail::result<char *>(::tally_text_copy, original));
}
/* A record with a copy of name, which may be nullptr. */
[[nodiscard]] inline record_ptr make_record(detail::exactly<int> id,
                                            const char *name,
                                            detail::exactly<int> value) {
    return record_ptr(
        detail::result<::tally_record *>(::tally_record_new, id, name, value));
}
/* A copy of a record and its name. */
[[nodiscard]] inline record_ptr copy_record(const ::tally_record &original) {
    return record_ptr(
        detail::result<::tally_record *>(::tally_record_copy, &original));
}
#endif

/* allocate() */
template <class T>
[[nodiscard]] status try_allocate(std::size_t count,
                                  memory<T> &array) noexcept {
    T *block = detail::zeroed<T>(count);
    if (block == nullptr)
        return ::tally_last_status();
    array.reset(block);
    return TALLY_OK;
}
/* copy_text() */
[[nodiscard]] inline status try_copy_text(const char *original,
                                          text_ptr &copy) noexcept {
    char *out = nullptr;
    const status outcome = ::tally_text_copy(original, &out);
    if (outcome == TALLY_OK)
        copy.reset(out);
    return outcome;
}
/* make_record() */
[[nodiscard]] inline status try_make_record(detail::exactly<int> id,
                                            const char *name,
                                            detail::exactly<int> value,
                                            record_ptr &record) noexcept {
    ::tally_record *out = nullptr;
    const status outcome = ::tally_record_new(id, name, value, &out);
    if (outcome == TALLY_OK)
        record.reset(out);
    return outcome;
}
/* copy_record() */
[[nodiscard]] inline status try_copy_record(const ::tally_record &original,
                                            record_ptr &copy) noexcept {
    ::tally_record *out = nullptr;
    const status outcome = ::tally_record_copy(&original, &out);
    if (outcome == TALLY_OK)
        copy.reset(out);
    return outcome;
}

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_MEMORY_HPP */
