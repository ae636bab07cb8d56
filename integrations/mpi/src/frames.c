/*
 * Frames: states in transit, with everything that must arrive with them.
 *
 * The header of a frame holds the rank's failure, its call and its version, so
 * that a reduction of frames is also the vote on these: no rank can leave
 * before the others know. The operator opens both frames and seals the result,
 * so that damage is found where it arrives. It is commutative and associative
 * in each field; of several failures, that of the lowest rank is kept.
 */
#include "internal.h"
#include <stdio.h>
#include <string.h>

#define MARK 0x54414c4du
/* This thread's rank in the reduction: MPI does not pass it to operators. */
static _Thread_local int own_rank = -1;

static const char *const calls[CALLS] = {
    [TALLY_MPI_ACCUMULATOR] = "tally_mpi_allreduce_states",
    [TALLY_MPI_SMALL_ACCUMULATOR] = "tally_mpi_allreduce_states",
    [TALLY_MPI_PRODUCT_ACCUMULATOR] = "tally_mpi_allreduce_states",
    [TALLY_MPI_MOMENTS] = "tally_mpi_allreduce_states",
    [CALL_SUM] = "tally_mpi_allreduce_f64",
    [CALL_MEAN] = "tally_mpi_allreduce_mean_f64",
    [CALL_VARIANCE] = "tally_mpi_allreduce_variance_f64",
    [CALL_DEVIATION] = "tally_mpi_allreduce_standard_deviation_f64",
    [CALL_NORM] = "tally_mpi_allreduce_norm_f64",
    [CALL_DOT] = "tally_mpi_allreduce_dot_f64",
    [CALL_VECTOR] = "a vector of totals",
    [CALL_AGREE] = "a vector of totals",
    [CALL_FAILED] = "tally_mpi_allreduce_failed",
};

/* The kind of the state in a frame of this call, or -1 if there is none. */
static int state_of(uint32_t call) {
    switch (call) {
    case CALL_SUM:
    case CALL_MEAN:
        return TALLY_MPI_ACCUMULATOR;
    case CALL_VARIANCE:
    case CALL_DEVIATION:
    case CALL_NORM:
        return TALLY_MPI_MOMENTS;
    case CALL_DOT:
        return TALLY_MPI_PRODUCT_ACCUMULATOR;
    default:
        return call < KINDS ? (int)call : -1;
    }
}

size_t frame_size(int kind) {
    return kind == KINDS ? FRAME_MAX : sizeof(header) + kind_of(kind)->size;
}

/*
 * Four lanes of eight bytes. Multiplying by an odd number and adding are
 * one-to-one, so a lane that differs once differs to the end.
 */
uint64_t hash_bytes(const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t lanes[4] = {1, 2, 3, 4}, word;
    size_t i = 0;
    for (; i + 32 <= size; i += 32)
        for (int lane = 0; lane < 4; lane++) {
            memcpy(&word, at + i + 8 * lane, 8);
            lanes[lane] = (lanes[lane] ^ word) * odd;
            lanes[lane] ^= lanes[lane] >> 32;
        }
    for (; i < size; i += 8) {
        word = 0;
        memcpy(&word, at + i, size - i < 8 ? size - i : 8);
        lanes[i / 8 % 4] = (lanes[i / 8 % 4] ^ word) * odd;
        lanes[i / 8 % 4] ^= lanes[i / 8 % 4] >> 32;
    }
    word = size;
    for (int lane = 0; lane < 4; lane++) {
        word = (word ^ lanes[lane]) * odd;
        word ^= word >> 29;
    }
    return word;
}

/* The header of a frame at any alignment, its seal taken off. */
static header head_of(const void *at) {
    header head;
    memcpy(&head, at, sizeof head);
    return head;
}

static uint64_t seal_of(header head, const void *at, size_t size) {
    head.seal = 0;
    return hash_bytes(&head, sizeof head) * 3 +
           hash_bytes((const char *)at + sizeof head, size - sizeof head);
}

static void put_head(void *at, size_t size, header head) {
    head.seal = seal_of(head, at, size);
    memcpy(at, &head, sizeof head);
}

static int is_whole(const header *head, const void *at, size_t size) {
    return head->mark == MARK && head->seal == seal_of(*head, at, size);
}

void frame_make(void *at, size_t size, const group *g, int call,
                uint64_t argument, uint64_t most, const void *state,
                size_t state_size, const local_failure *failure) {
    header head = {.mark = MARK,
                   .wire = WIRE,
                   .version = tally_version_number(),
                   .call = (uint32_t)call,
                   .rank = g->rank,
                   .ranks = 1,
                   .argument = argument,
                   .most = most};
    unsigned char *body = (unsigned char *)at + sizeof head;
    memset(body, 0, size - sizeof head);
    if (failure != NULL && failure->status != TALLY_OK) {
        head.status = failure->status;
        snprintf((char *)body,
                 size - sizeof head < sizeof failure->text
                     ? size - sizeof head
                     : sizeof failure->text,
                 "%s", failure->text);
    } else if (state != NULL) {
        memcpy(body, state, state_size);
    }
    put_head(at, size, head);
}

/* Turns a frame into a failure that was found while joining two frames. */
static void spoil(void *at, size_t size, header head, tally_status status,
                  uint32_t origin, int rank, const char *text) {
    char *body = (char *)at + sizeof head;
    head.mark = MARK;
    head.status = status;
    head.rank = rank;
    head.origin = origin;
    memset(body, 0, size - sizeof head);
    snprintf(body, size - sizeof head, "%s", text);
    put_head(at, size, head);
}

/* Whether two frames belong to the same call. If not, 'text' says why. */
static int match(const header *a, const header *b, char *text, size_t size) {
    const header *low = a->rank < b->rank ? a : b, *high = low == a ? b : a;
    if (a->wire != b->wire || a->version != b->version)
        snprintf(text, size, "ranks %d and %d have different versions",
                 low->rank, high->rank);
    else if (a->call != b->call)
        snprintf(text, size, "rank %d called %s, rank %d called %s", high->rank,
                 high->call < CALLS ? calls[high->call] : "?", low->rank,
                 low->call < CALLS ? calls[low->call] : "?");
    else if (a->argument != b->argument && a->call == CALL_AGREE)
        snprintf(text, size,
                 "ranks %d and %d have different windows: a message was "
                 "damaged",
                 low->rank, high->rank);
    else if (a->argument != b->argument)
        snprintf(text, size,
                 "count or ddof is %llu on rank %d and %llu on rank %d",
                 (unsigned long long)low->argument, low->rank,
                 (unsigned long long)high->argument, high->rank);
    else
        return 1;
    return 0;
}

static void join(const void *in, void *inout, size_t size) {
    header a = head_of(in), b = head_of(inout);
    char text[256];
    if (!is_whole(&a, in, size) || !is_whole(&b, inout, size)) {
        snprintf(text, sizeof text, "a message to rank %d was damaged or cut",
                 own_rank);
        spoil(inout, size, b, TALLY_FORMAT, ORIGIN_MESSAGE, own_rank, text);
        return;
    }
    uint32_t ranks = a.ranks + b.ranks;
    if (a.status != TALLY_OK || b.status != TALLY_OK) {
        /* The frame of the lowest failed rank is kept unchanged. */
        if (b.status == TALLY_OK || (a.status != TALLY_OK && a.rank < b.rank)) {
            memcpy((char *)inout + sizeof b, (const char *)in + sizeof a,
                   size - sizeof a);
            b = a;
        }
        b.ranks = ranks;
        put_head(inout, size, b);
        return;
    }
    if (!match(&a, &b, text, sizeof text)) {
        b.ranks = ranks;
        spoil(inout, size, b,
              a.call == CALL_AGREE && b.call == CALL_AGREE ? TALLY_FORMAT
                                                           : TALLY_INVALID,
              ORIGIN_MISMATCH, a.rank > b.rank ? a.rank : b.rank, text);
        return;
    }
    int kind = state_of(b.call);
    if (kind >= 0)
        kind_of(kind)->combine((const char *)in + sizeof a,
                               (char *)inout + sizeof b, 1);
    b.ranks = ranks;
    b.rank = a.rank < b.rank ? a.rank : b.rank;
    b.most = a.most > b.most ? a.most : b.most;
    put_head(inout, size, b);
}

void frame_join(const void *in, void *inout, size_t count, size_t size) {
    for (size_t i = 0; i < count; i++)
        join((const char *)in + i * size, (char *)inout + i * size, size);
}

int frame_open(const void *at, size_t size, const group *g, header *head,
               const unsigned char **body, int *damaged) {
    *head = head_of(at);
    *body = (const unsigned char *)at + sizeof *head;
    *damaged = 1;
    if (!is_whole(head, at, size))
        return fail_at(g->rank, TALLY_FORMAT,
                       "TALLY_FORMAT: a message to rank %d was damaged or cut",
                       g->rank);
    if (head->status == TALLY_OK && head->ranks != (uint32_t)g->size)
        return fail_at(-1, TALLY_FORMAT,
                       "TALLY_FORMAT: the result has %lu ranks, not %d: "
                       "a message was lost or arrived twice",
                       (unsigned long)head->ranks, g->size);
    *damaged = head->status != TALLY_OK && head->origin == ORIGIN_MESSAGE;
    if (head->status != TALLY_OK && head->origin != ORIGIN_RANK)
        return fail_at(head->rank, head->status, "%s: %.255s",
                       tally_status_name(head->status), (const char *)*body);
    if (head->status != TALLY_OK)
        return fail_at(head->rank, head->status, "rank %d: %s: %.255s",
                       head->rank, tally_status_name(head->status),
                       (const char *)*body);
    return 0;
}

int frames_reduce(void *frames, size_t count, int kind, const group *g) {
    int error;
    own_rank = g->rank;
    error = MPI_Allreduce(MPI_IN_PLACE, frames, (int)count,
                          g->made.frames[kind], g->made.joins[kind], g->comm);
    return error == MPI_SUCCESS ? 0 : fail_mpi("MPI_Allreduce", error);
}

int take_part(vote *r, const group *g, int call, uint64_t argument,
              uint64_t most, const void *state, size_t state_size,
              local_failure *failure, int goes_on) {
    const unsigned char *body;
    int damaged[2], found[2], error;
    frame_make(&r->all[0], sizeof(frame), g, call, argument, most, state,
               state_size, failure);
    r->all[1] = r->all[0];
    error = frames_reduce(r->all, 2, KINDS, g);
    if (error != 0)
        return error;
    for (int i = 1; i >= 0; i--)
        found[i] = frame_open(&r->all[i], sizeof(frame), g, &r->head, &body,
                              &damaged[i]);
    if (!goes_on || (!damaged[0] && !damaged[1])) {
        if (found[0] == 0 && found[1] != 0)
            frame_open(&r->all[1], sizeof(frame), g, &r->head, &body, damaged);
        return found[0] != 0 ? found[0] : found[1];
    }
    if (damaged[0] && damaged[1]) {
        fprintf(stderr, "tally_mpi: rank %d: %s\n", g->rank,
                tally_mpi_last_message());
        MPI_Abort(g->comm, 1);
    }
    note(failure, TALLY_FORMAT, "a message to this rank was damaged or cut");
    return frame_open(&r->all[damaged[0] ? 1 : 0], sizeof(frame), g, &r->head,
                      &body, damaged);
}
