/* Sums in small accumulators that grow, and their stored form. */
#ifndef STATES_H
#define STATES_H

#include "extension.h"

/* Gives a state that does not fit 64 bytes the memory of an accumulator. */
tally_status grow(tally_small_accumulator *sum);

/* Frees the memory that a state has grown into. */
void release(const tally_small_accumulator *sum);

tally_status merge(tally_small_accumulator *into,
                   const tally_small_accumulator *from);

/* A state that was read. A sum that does not fit 'sum' has grown into 'room',
 * so the struct must not be moved. */
typedef struct stored {
    tally_small_accumulator sum;
    tally_accumulator room;
} stored;

tally_status read_stored(duckdb_string_t *blob, stored *to);

/* Writes the sealed saved form of a sum into a row of a vector of BLOB. */
tally_status write_stored(duckdb_vector result, idx_t row,
                          const tally_small_accumulator *sum);

#endif
