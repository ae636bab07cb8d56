/*
 * Declarations shared by the files of the extension.
 *
 * ereport() leaves by longjmp(), as does palloc() when memory runs out. The
 * library functions used here allocate nothing and keep nothing between calls,
 * so they lose nothing by that. All memory belongs to the server: states lie in
 * the memory context of their aggregate.
 *
 * Nothing here checks for interrupts: no function runs over more than a buffer
 * of 63 rows or the text of one state, and the server checks between rows.
 */
#ifndef TALLY_PG_H
#define TALLY_PG_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#include <tally.h>

/* module.c */

/* Reports a failure of the library as an error of the server. */
_Noreturn extern void tally_pg_error(tally_status status);

/* The memory context of the calling aggregate; an error outside of one. */
extern MemoryContext tally_pg_context(FunctionCallInfo fcinfo);

static inline void check(tally_status status) {
    if (unlikely(status != TALLY_OK))
        tally_pg_error(status);
}

/* A double that the library has computed. An overflow is the error that the
 * server's own aggregates report. */
extern Datum tally_pg_result(tally_status status, double value);

/* pool.c */

typedef enum pool_kind {
    POOL_SMALL,   /* tally_small_accumulator */
    POOL_SUM,     /* tally_accumulator */
    POOL_MOMENTS, /* tally_moments */
    POOL_PAIRS,   /* the sums of pairs */
    POOL_KINDS
} pool_kind;

/* Returns 'size' zeroed bytes that live as long as the context; the size is
 * always the same for a kind. */
extern void *tally_pg_pool_alloc(MemoryContext context, pool_kind kind,
                                 Size size);

/* sum.c: a sum in progress, in 64 bytes or grown out of them. */

typedef tally_small_accumulator sum;

/* 'sum' refers to 'room' if the saved state does not fit 64 bytes. */
extern tally_status tally_pg_load(const void *saved, size_t size, sum *into,
                                  tally_accumulator *room);

/* state.c: the type exact_state, a saved sum under its seal. */

/* The longest value without its header, in bytes. */
#define STATE_MAX (TALLY_ACCUMULATOR_SAVED_MAX + TALLY_SEAL_SIZE)

/* Opens the seal and loads the sum in it; a damaged state is an error. */
extern void tally_pg_open(const bytea *state, sum *into,
                          tally_accumulator *room);

/* A new value of the type, in the current memory context. */
extern bytea *tally_pg_seal(const tally_accumulator *from);

/* Whether the state is empty: no values, or as many subtracted as added and
 * nothing left of them. */
extern bool tally_pg_empty(const tally_accumulator *state);

#endif
