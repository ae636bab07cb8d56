/*
 * tally.hpp - tally.h for C++17: any contiguous container for an array, an
 * exception for a failure, and nothing to release by hand
 *
 *     std::vector<double> prices = {1e100, 1.0, -1e100};
 *     std::cout << tally::sum(prices) << '\n';        // 1
 *
 *     tally::accumulator sum;
 *     sum.add(prices).add(0.25);
 *     std::cout << sum.text() << '\n';                // 1.25
 *
 * All of this is a thin inline layer over the functions of tally.h, which
 * documents what each one computes. Both may be mixed: get() returns what the C
 * functions take.
 *
 * Conventions:
 *
 * - "values" is whatever std::data() and std::size() take: a C array,
 *   std::array, std::vector, std::span and the like; or a pointer and a count.
 *   Its elements are double, float, int32_t, int64_t or uint64_t, or an integer
 *   that is the same; they are not converted. A list in braces is one of
 *   doubles. Where one double is expected, any type of number is taken that
 *   converts to double without loss; the same holds for int, int32_t and char.
 * - A failure throws tally::error and changes nothing; running out of memory
 *   (TALLY_MEMORY) throws std::bad_alloc, as usual in C++.
 * - Every function that throws has a twin whose name begins with try_, which is
 *   noexcept and returns the status. It takes the same parameters and then, if
 *   there is a result, a reference to it. On failure the result is not written,
 *   except for an infinity where tally.h writes one, or where the comment says
 *   so. The twin of a constructor is the static member try_make(), that of
 *   copying a handle is try_copy(), and that of += and -= is the twin of the
 *   function they call. The comment of a twin names the function that it is the
 *   twin of.
 * - With exceptions disabled (-fno-exceptions) only the twins are declared:
 *   start with an empty owner, such as tally::shared sum(nullptr), and fill it
 *   by try_make(). A std::string or std::vector that runs out of memory ends
 *   the process there, as it always does; try_text() and try_save() also take
 *   memory of your own.
 * - Translation units with and without exceptions may be linked into one
 *   program. Their classes are different types; pass between them what get()
 *   returns.
 * - Only functions that make a string, a vector, a handle, a block or a record
 *   allocate memory, and so do exceptions.
 * - An exception that a callable throws reaches the caller unchanged, through
 *   any depth of nested calls. The interrupted function then has changed
 *   nothing; map() keeps the results so far. A twin requires a callable that is
 *   noexcept.
 * - The classic names of tally.h, such as sum_array, are not declared. A
 *   program that wants them includes tally.h as well, before or after.
 * - Moving leaves an owner empty and a plain value as it was. Destructors and
 *   moves do not throw; copying a handle may.
 * - Threads may read one object concurrently, or each change its own; an object
 *   must not be used by other threads while one changes it. For shared, array
 *   and object, every const member function counts as reading.
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */

#ifndef TALLY_HPP
#define TALLY_HPP

#include "tally/accumulator.hpp"
#include "tally/arrow.hpp"
#include "tally/callables.hpp"
#include "tally/columns.hpp"
#include "tally/decimals.hpp"
#include "tally/error.hpp"
#include "tally/groups.hpp"
#include "tally/handles.hpp"
#include "tally/memory.hpp"
#include "tally/moments.hpp"
#include "tally/products.hpp"
#include "tally/results.hpp"
#include "tally/scattered.hpp"
#include "tally/sealed.hpp"
#include "tally/small.hpp"
#include "tally/statistics.hpp"
#include "tally/sums.hpp"
#include "tally/windows.hpp"

#endif /* TALLY_HPP */
