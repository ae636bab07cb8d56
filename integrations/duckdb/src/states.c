/* States that grow, and stored ones. */
#include <stdlib.h>

#include "states.h"

tally_status grow(tally_small_accumulator *sum) {
    tally_accumulator *room = malloc(sizeof *room);
    if (room == NULL)
        return TALLY_MEMORY;
    const tally_status status = tally_small_accumulator_grow(sum, room);
    if (status != TALLY_OK)
        free(room);
    return status;
}

void release(const tally_small_accumulator *sum) {
    tally_accumulator *room;
    if (tally_small_accumulator_room(sum, &room) == TALLY_OK)
        free(room);
}

tally_status merge(tally_small_accumulator *into,
                   const tally_small_accumulator *from) {
    tally_status status = tally_small_accumulator_merge(into, from);
    if (status == TALLY_TOO_SMALL) {
        status = grow(into);
        if (status == TALLY_OK)
            status = tally_small_accumulator_merge(into, from);
    }
    return status;
}

tally_status read_stored(duckdb_string_t *blob, stored *to) {
    const void *saved;
    size_t size = duckdb_string_t_length(*blob);
    tally_status status =
        tally_saved_open(duckdb_string_t_data(blob), size, &saved, &size);
    if (status == TALLY_OK)
        status = tally_small_accumulator_load(saved, size, &to->sum);
    if (status == TALLY_TOO_SMALL) {
        to->sum = (tally_small_accumulator)TALLY_SMALL_ACCUMULATOR_INIT;
        status = tally_small_accumulator_grow(&to->sum, &to->room);
        if (status == TALLY_OK)
            status = tally_accumulator_load(saved, size, &to->room);
    }
    return status;
}

tally_status write_stored(duckdb_vector result, idx_t row,
                          const tally_small_accumulator *sum) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX + TALLY_SEAL_SIZE];
    size_t size;
    tally_status status =
        tally_small_accumulator_save(sum, bytes, sizeof bytes, &size);
    if (status == TALLY_OK)
        status = tally_saved_seal(bytes, size, bytes, sizeof bytes, &size);
    if (status == TALLY_OK)
        duckdb_vector_assign_string_element_len(result, row,
                                                (const char *)bytes, size);
    return status;
}
