/*
 * Sums that include squares, or sums of pairs.
 *
 * They are large, and adding rows to them one by one is slow. So a state begins
 * as a buffer of rows, which doubles as it fills. When the largest buffer is
 * full, the sums are allocated and its rows are added to them at once.
 */
#ifndef TALLY_PG_ROWS_H
#define TALLY_PG_ROWS_H

#include "tally_pg.h"

/* How the rows of an aggregate are added up. */
typedef struct rows_kind {
    int width; /* values in a row: x, or x and y */
    pool_kind pool;
    Size size;       /* of the sums */
    uint32 room_min; /* rows in the first buffer */
    uint32 room_max; /* rows in the largest one */
    Size saved_max;
    tally_status (*add)(void *sums, const double *x, const double *y,
                        size_t count);
    tally_status (*subtract)(void *sums, const double *x, const double *y,
                             size_t count);
    tally_status (*merge)(void *sums, const void *from);
    tally_status (*save)(const void *sums, void *buffer, size_t size,
                         size_t *needed);
    tally_status (*load)(const void *saved, size_t size, void *sums);
} rows_kind;

/* Private to rows.c. */
typedef struct rows rows;

/* The transition functions and those of a parallel aggregate. The state is
 * argument 0. */
extern Datum tally_pg_rows_add(FunctionCallInfo fcinfo, const rows_kind *kind,
                               bool missing, double x, double y);
extern Datum tally_pg_rows_subtract(FunctionCallInfo fcinfo,
                                    const rows_kind *kind, bool missing,
                                    double x, double y);
extern Datum tally_pg_rows_combine(FunctionCallInfo fcinfo,
                                   const rows_kind *kind);
extern Datum tally_pg_rows_serialize(FunctionCallInfo fcinfo,
                                     const rows_kind *kind);
extern Datum tally_pg_rows_deserialize(FunctionCallInfo fcinfo,
                                       const rows_kind *kind);

/* Sets 'sums' to those of all rows of argument 0. */
extern void tally_pg_rows_total(FunctionCallInfo fcinfo, const rows_kind *kind,
                                void *sums);

#endif
