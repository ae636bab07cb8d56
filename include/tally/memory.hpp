/*
 * tally/memory.hpp - memory, text and records
 */
#ifndef TALLY_MEMORY_HPP
#define TALLY_MEMORY_HPP

#include <memory>

#include "numbers.hpp"

namespace tally {

/* How a std::unique_ptr gives back what the library gave. */
struct deleter {
    void operator()(void *block) const noexcept {
        ::tally_free(block);
    }
    void operator()(::tally_record *record) const noexcept {
        ::tally_record_free(record);
    }
};
/* An array from tally_alloc(). */
template <class T> using memory = std::unique_ptr<T[], deleter>;
/* A string from tally_text_copy(). */
using text = std::unique_ptr<char[], deleter>;
/* A record from tally_record_new() or tally_record_copy(). */
using record_ptr = std::unique_ptr<::tally_record, deleter>;

/* An array of count elements, all bytes zero, aligned to 64 bytes. */
template <class T>
[[nodiscard]] status try_allocate(std::size_t count,
                                  memory<T> &array) noexcept {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);
    const bool fits = count <= SIZE_MAX / sizeof(T);
    void *block = ::tally_alloc(fits ? count * sizeof(T) : SIZE_MAX);
    if (block == nullptr)
        return ::tally_last_status();
    array.reset(static_cast<T *>(block));
    return TALLY_OK;
}
/* try_allocate() */
template <class T> memory<T> allocate(std::size_t count) {
    memory<T> array;
    check(try_allocate(count, array));
    return array;
}

/* A copy of a UTF-8 string. */
[[nodiscard]] inline status try_copy_text(const char *original,
                                          text &copy) noexcept {
    char *out = nullptr;
    const status outcome = ::tally_text_copy(original, &out);
    if (outcome == TALLY_OK)
        copy.reset(out);
    return outcome;
}
/* try_copy_text() */
inline text copy_text(const char *original) {
    text copy;
    check(try_copy_text(original, copy));
    return copy;
}

/* A record with a copy of name, which may be nullptr. */
[[nodiscard]] inline status try_make_record(int id, const char *name, int value,
                                            record_ptr &record) noexcept {
    ::tally_record *out = nullptr;
    const status outcome = ::tally_record_new(id, name, value, &out);
    if (outcome == TALLY_OK)
        record.reset(out);
    return outcome;
}
/* try_make_record() */
inline record_ptr make_record(int id, const char *name, int value) {
    record_ptr record;
    check(try_make_record(id, name, value, record));
    return record;
}

/* A copy of a record, its name included. */
[[nodiscard]] inline status try_copy_record(const ::tally_record &original,
                                            record_ptr &copy) noexcept {
    ::tally_record *out = nullptr;
    const status outcome = ::tally_record_copy(&original, &out);
    if (outcome == TALLY_OK)
        copy.reset(out);
    return outcome;
}
/* try_copy_record() */
inline record_ptr copy_record(const ::tally_record &original) {
    record_ptr copy;
    check(try_copy_record(original, copy));
    return copy;
}

} // namespace tally

#endif /* TALLY_MEMORY_HPP */
