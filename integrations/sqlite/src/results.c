/* Results and errors for SQLite, and its memory. */
#include "extension.h"

void result_failure(sqlite3_context *context, tally_status status) {
    if (status == TALLY_MEMORY) {
        sqlite3_result_error_nomem(context);
        return;
    }
    char *text = sqlite3_mprintf("%s: %s", this_function(context)->name,
                                 tally_last_message());
    if (text == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_error(context, text, -1);
    sqlite3_free(text);
}

void result_double(sqlite3_context *context, tally_status status,
                   double value) {
    /* Infinite beyond the largest double, as in sum(). SQLite turns NaN into
     * NULL. */
    if (status == TALLY_OK || status == TALLY_OVERFLOW)
        sqlite3_result_double(context, value);
    else
        result_failure(context, status);
}

void result_state(sqlite3_context *context,
                  const tally_small_accumulator *sum) {
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX + TALLY_SEAL_SIZE];
    size_t size;
    tally_status status =
        tally_small_accumulator_save(sum, bytes, sizeof bytes, &size);
    if (status == TALLY_OK)
        status = tally_saved_seal(bytes, size, bytes, sizeof bytes, &size);
    if (status == TALLY_OK)
        sqlite3_result_blob(context, bytes, (int)size, SQLITE_TRANSIENT);
    else
        result_failure(context, status);
}

int make_room(sqlite3_context *context, tally_small_accumulator *sum) {
    tally_accumulator *room = sqlite3_malloc(sizeof *room);
    if (room == NULL) {
        sqlite3_result_error_nomem(context);
        return 0;
    }
    tally_status status = tally_small_accumulator_grow(sum, room);
    if (status != TALLY_OK) {
        sqlite3_free(room);
        result_failure(context, status);
        return 0;
    }
    return 1;
}

void release_room(const tally_small_accumulator *sum) {
    tally_accumulator *room;
    if (tally_small_accumulator_room(sum, &room) == TALLY_OK)
        sqlite3_free(room);
}
