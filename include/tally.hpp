/*
 * tally.hpp - tally.h for C++17: any contiguous container for an array, an
 * exception for a failure, and nothing to release by hand
 *
 *     std::vector<double> prices = {1e100, 1.0, -1e100};
 *     double total = tally::sum(prices);              // 1.0
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
 *   std::array, std::vector, std::span and the like. Its elements are double,
 *   float, int32_t, int64_t or uint64_t, or an integer that is the same; they
 *   are not converted. A list in braces is one of doubles.
 * - A failure throws tally::error and leaves what was to be changed as it was;
 *   a lack of memory (TALLY_MEMORY) throws std::bad_alloc, as usual in C++.
 * - What begins with try_ is noexcept: it returns the status instead, and
 * writes its result, if it has one, through its last parameter.
 * - Only what makes a string, a vector, a handle, a block or a record
 * allocates, and exceptions do.
 * - What a callable throws reaches the caller as it is.
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
#include "tally/statistics.hpp"
#include "tally/sums.hpp"

#endif /* TALLY_HPP */
