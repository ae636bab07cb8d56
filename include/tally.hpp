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
 * All of this is a thin, inline cover over functions of tally.h, which says
 * what each one computes. They may be used beside it: get() gives what they
 * take.
 *
 * Conventions:
 *
 * - "values" is whatever std::data() and std::size() take: a C array,
 *   std::array, std::vector, std::span and the like; or a pointer and a count.
 *   Its elements are double, float, int32_t, int64_t or uint64_t, or an integer
 *   that is the same; they are not converted. A list in braces is one of
 *   doubles. Where one double is wanted, any number is taken that a double
 *   holds without loss; so it is with an int, an int32_t and a char.
 * - A failure throws tally::error and leaves what was to be changed as it was;
 *   a lack of memory (TALLY_MEMORY) throws std::bad_alloc, as usual in C++.
 * - Whatever throws has a twin whose name begins with try_, which is noexcept
 *   and returns the status. It takes the same parameters and then, if there is
 *   a result, a reference to where that goes; on failure nothing is written
 *   there, unless its comment says so, but an infinity where tally.h writes
 *   one. The twin of a constructor is the static member try_make(), that of
 *   copying a handle is try_copy(), that of += and -= is the twin of the
 *   function they stand for. A twin's comment is the name of what it is the
 *   twin of.
 * - Where exceptions are switched off (-fno-exceptions) what throws is not
 *   declared, and the twins are: begin with tally::shared sum(nullptr) and the
 *   like, and fill it by try_make(). Only a std::string or std::vector that
 *   finds no memory ends the process there, as it always does; try_text() and
 *   try_save() also take memory of your own.
 * - Units with exceptions and without may meet in one program. Their classes
 *   are different ones: what get() gives may pass between them.
 * - Only what makes a string, a vector, a handle, a block or a record
 *   allocates, and exceptions do.
 * - What a callable throws reaches the caller as it is, through any number of
 *   calls within calls. What it was called for is then as it was before; map()
 *   keeps the results that it has. A twin wants a callable that is noexcept.
 * - The classic names of tally.h, such as sum_array, are not declared. A
 *   program that wants them includes tally.h as well, before or after.
 * - Moving leaves an owner empty and a plain value as it was. Destructors and
 *   moves do not throw; copying a handle may.
 * - Threads may read one object at once, or each change its own; one that any
 *   of them changes is nobody else's at that time. To shared, array and object
 *   all that is const is reading.
 */

#ifndef TALLY_HPP
#define TALLY_HPP

#include "tally/accumulator.hpp"
#include "tally/callables.hpp"
#include "tally/decimals.hpp"
#include "tally/error.hpp"
#include "tally/handles.hpp"
#include "tally/memory.hpp"
#include "tally/moments.hpp"
#include "tally/products.hpp"
#include "tally/sealed.hpp"
#include "tally/statistics.hpp"
#include "tally/sums.hpp"

#endif /* TALLY_HPP */
