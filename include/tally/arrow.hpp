/*
 * tally/arrow.hpp - columns of Arrow's arrays and streams
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_ARROW_HPP
#define TALLY_ARROW_HPP

#include "error.hpp"

namespace tally {
inline namespace TALLY_MODE {

/*
 * Not part of the interface, except that the classes below inherit the members.
 */
namespace detail {

/*
 * A state to which columns of Arrow are added. The caller still owns the
 * arrays, and the stream, which is read to its end. column is a name or a path,
 * as described in "Columns of Arrow" in tally.h; nullptr: the array itself.
 */
template <class Self, class Base, class Functions>
class arrow_state : public Base {
  public:
    using Base::Base;

#if TALLY_EXCEPTIONS
    /* Adds a column of an array. */
    Self &add_arrow(const ::ArrowSchema *schema, const ::ArrowArray *array,
                    const char *column = nullptr) {
        return this->did(try_add_arrow(schema, array, column));
    }
    /* Adds a column of each array of a stream. If a callback of the stream
     * throws, the exception reaches the caller and nothing is added. */
    Self &add_arrow_stream(::ArrowArrayStream *stream,
                           const char *column = nullptr) {
        return this->did(
            Functions::add_arrow_stream(this->get(), stream, column));
    }
#endif

    /* add_arrow() */
    [[nodiscard]] status try_add_arrow(const ::ArrowSchema *schema,
                                       const ::ArrowArray *array,
                                       const char *column = nullptr) noexcept {
        return Functions::add_arrow(this->get(), schema, array, column);
    }
    /* add_arrow_stream(), for a stream that does not throw. */
    [[nodiscard]] status
    try_add_arrow_stream(::ArrowArrayStream *stream,
                         const char *column = nullptr) noexcept {
        return Functions::add_arrow_stream(this->get(), stream, column);
    }
};

} // namespace detail

} // namespace TALLY_MODE
} // namespace tally

#endif /* TALLY_ARROW_HPP */
