/* The caller's states: their datatypes and operators, and vectors of them. */
#include "internal.h"
#include <stdlib.h>
#include <string.h>

/* How many frames are reduced at once. */
enum { CHUNK = 1024 };

static int handle_of(int kind, const void *out, handles *made) {
    int error;
    if (!is_running())
        return fail_not_running();
    if (kind_of(kind) == NULL)
        return fail_at(-1, TALLY_INVALID, "unknown kind %d of states", kind);
    if (out == NULL)
        return fail_at(-1, TALLY_NULL, "the pointer to the result is NULL");
    error = get_handles(made);
    return error == MPI_SUCCESS
               ? 0
               : fail_mpi("making datatypes and operators", error);
}

int tally_mpi_type(tally_mpi_kind kind, MPI_Datatype *type) {
    handles made;
    int error = handle_of((int)kind, type, &made);
    if (error != 0)
        return error;
    *type = made.states[kind];
    return succeed();
}

int tally_mpi_op(tally_mpi_kind kind, MPI_Op *op) {
    handles made;
    int error = handle_of((int)kind, op, &made);
    if (error != 0)
        return error;
    *op = made.merges[kind];
    return succeed();
}

/* Frames of the states from 'at' on. If this rank failed, they all say so. */
static void frame_chunk(unsigned char *frames, const kind_row *row, int kind,
                        const char *at, size_t count, const group *g,
                        const local_failure *before) {
    for (size_t i = 0; i < count; i++) {
        const void *state = at + i * row->size;
        local_failure failure = *before;
        tally_status status = row->check(state);
        if (status == TALLY_TOO_SMALL && kind == TALLY_MPI_SMALL_ACCUMULATOR)
            note(&failure, status,
                 "a small accumulator has grown: expand it first");
        else
            note_tally(&failure, status);
        frame_make(frames + i * frame_size(kind), frame_size(kind), g, kind, 0,
                   0, state, row->size, &failure);
    }
}

/*
 * Unpacks their states into 'at'. Returns the first failure, or 0. It works
 * from the last to the first, so that the first failure is the one recorded.
 */
static int open_chunk(const unsigned char *frames, const kind_row *row,
                      int kind, char *at, size_t count, const group *g) {
    int first = 0;
    for (size_t i = count; i-- > 0;) {
        char *state = at + i * row->size;
        const unsigned char *body;
        header head;
        int damaged;
        int error = frame_open(frames + i * frame_size(kind), frame_size(kind),
                               g, &head, &body, &damaged);
        if (error == 0) {
            memcpy(state, body, row->size);
            tally_status status = row->check(state);
            error = status == TALLY_OK ? 0 : fail_tally(status);
        } else {
            memset(state, 0, row->size);
            if (row->fail(state, error) != TALLY_OK)
                tally_clear_error();
        }
        first = error != 0 ? error : first;
    }
    return first;
}

int tally_mpi_allreduce_states(tally_mpi_kind kind, const void *in, void *inout,
                               size_t count, MPI_Comm comm) {
    group g;
    vote all;
    const kind_row *row = kind_of((int)kind);
    const char *from = in == MPI_IN_PLACE ? inout : in;
    unsigned char *frames = NULL;
    local_failure failure = {TALLY_OK, ""};
    size_t chunk = count < CHUNK ? count : CHUNK;
    int first = 0, error = enter(comm, &g);
    if (error != 0)
        return error;
    if (row == NULL)
        note(&failure, TALLY_INVALID, "unknown kind of states");
    else
        note_array(&failure, from, count, frame_size((int)kind), "'in'");
    if (count > 0)
        note_array(&failure, inout, count, 1, "'inout'");
    if (failure.status == TALLY_OK && count > 0) {
        frames = malloc(chunk * frame_size((int)kind));
        if (frames == NULL)
            note(&failure, TALLY_MEMORY, "out of memory");
    }
    error = take_part(&all, &g, row != NULL ? (int)kind : CALL_FAILED, count, 0,
                      NULL, 0, &failure, 1);
    for (size_t left = count; error == 0 && left > 0;) {
        size_t n = (left - 1) % CHUNK + 1, at = left - n;
        frame_chunk(frames, row, (int)kind, from + at * row->size, n, &g,
                    &failure);
        error = frames_reduce(frames, n, (int)kind, &g);
        if (error == 0) {
            int found = open_chunk(frames, row, (int)kind,
                                   (char *)inout + at * row->size, n, &g);
            first = found != 0 ? found : first;
        }
        left = at;
    }
    free(frames);
    if (error == 0 && first == 0)
        return succeed();
    return error != 0 ? error : first;
}
