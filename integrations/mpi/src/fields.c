/*
 * Vectors of totals, in their narrow form. All ranks
 * - agree on the number of totals, and that none has failed: one frame;
 * - learn the window of each total: MPI_MAX of two 16-bit numbers;
 * - agree that they have the same windows, and the memory: one frame;
 * - add the words of all totals: MPI_SUM of 64-bit integers;
 * - reduce what has no place in words, NaN for example, as accumulators.
 * The last four are done for each chunk of the vector. A rank on which one of
 * them fails goes on, and tells the others in the next frame: none may leave
 * while others wait.
 */
#include "internal.h"
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

enum {
    CHUNK = 16384,
    /* Fields of more values are added up by Tally first. */
    DIRECT_MOST = 64,
    /* Before the words: the number of ranks, and the checksum. */
    GUARD_WORDS = 5,
    RANKS_MOST = 1 << 20
};

/* Where the totals of this rank come from. */
typedef struct source {
    const double *values;
    size_t count;
    ptrdiff_t stride;
    const tally_accumulator *states; /* or NULL: of values */
} source;

/* The memory of a call. */
typedef struct work {
    double *totals;            /* of the whole vector */
    window *own, *all;         /* of a chunk */
    tally_accumulator *states; /* of a chunk: of fields of many values */
    int64_t *words;
    size_t words_room;
    unsigned char *wide; /* frames */
    size_t wide_room;
} work;

static int is_direct(const source *from)
{
    return from->states == NULL && from->count <= DIRECT_MOST;
}

static const double *field(const source *from, size_t i)
{
    return from->count == 0 ? NULL
                            : from->values + (ptrdiff_t)i * from->stride;
}

static int get_work(work *w, const source *from, size_t count)
{
    size_t chunk = count < CHUNK ? count : CHUNK;
    if (count == 0)
        return 1;
    w->totals = malloc(count * sizeof *w->totals);
    w->own = malloc(chunk * sizeof *w->own);
    w->all = malloc(chunk * sizeof *w->all);
    if (from->states == NULL && !is_direct(from))
        w->states = malloc(chunk * sizeof *w->states);
    return w->totals != NULL && w->own != NULL && w->all != NULL &&
           (w->states != NULL || from->states != NULL || is_direct(from));
}

static void free_work(work *w)
{
    free(w->totals);
    free(w->own);
    free(w->all);
    free(w->states);
    free(w->words);
    free(w->wide);
}

/* At least 'size' bytes at '*at', whatever was there. */
static int get_room(void *at, size_t *room, size_t size)
{
    void **block = at;
    if (size <= *room)
        return 1;
    free(*block);
    *block = malloc(size + size / 4);
    *room = *block != NULL ? size + size / 4 : 0;
    return *block != NULL;
}

/* This rank's windows of 'n' totals from 'first' on. */
static void find_windows(const source *from, size_t first, size_t n, work *w,
                         local_failure *failure)
{
    for (size_t i = 0; i < n; i++) {
        magnitude part;
        const tally_accumulator *state;
        tally_status status = TALLY_OK;
        if (is_direct(from)) {
            w->own[i] =
                window_of_doubles(field(from, first + i), from->count);
            continue;
        }
        if (from->states != NULL) {
            state = from->states + first + i;
        } else {
            w->states[i] = (tally_accumulator)TALLY_ACCUMULATOR_INIT;
            status = tally_accumulator_add_f64(
                &w->states[i], field(from, first + i), from->count);
            state = &w->states[i];
        }
        if (status == TALLY_OK)
            status = magnitude_of_accumulator(state, &part);
        note_tally(failure, status);
        w->own[i] = status == TALLY_OK ? window_of_magnitude(&part)
                                       : (window){TOP_WIDE, LOW_NONE};
    }
}

/* Whether what all ranks have takes in what this rank has. */
static int is_within(window own, window all)
{
    return own.top <= all.top && own.minus_low <= all.minus_low &&
           (all.top == TOP_WIDE ||
            (all.top <= TOP_MOST && all.minus_low <= 0));
}

/* The words of 'n' totals; the number of those without words. */
static size_t count_words(const window *all, size_t n, int bits, size_t *wide)
{
    size_t words = 0;
    *wide = 0;
    for (size_t i = 0; i < n; i++) {
        words += words_of(all[i], bits);
        *wide += all[i].top == TOP_WIDE;
    }
    return words;
}

/*
 * The sum of all words, each times a weight of its own, modulo 2^128. The
 * checksums of the ranks add up to that of the sums.
 */
static uint128 checksum(const int64_t *words, size_t count)
{
    uint64_t weight = 0x2545f4914f6cdd1du;
    uint128 sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (uint128)((int128)words[i] * (int64_t)(weight >> 1 | 1));
        weight += 0xd1342543de82ef95u;
    }
    return sum;
}

static void put_guard(int64_t *words, size_t count)
{
    uint128 sum = checksum(words + GUARD_WORDS, count);
    words[0] = 1;
    for (int i = 1; i < GUARD_WORDS; i++, sum >>= 32)
        words[i] = (int64_t)(uint32_t)sum;
}

static int guard_holds(const int64_t *words, size_t count, int size)
{
    uint128 sum = 0;
    for (int i = 1; i < GUARD_WORDS; i++)
        sum += (uint128)(uint64_t)words[i] << (32 * (i - 1));
    return words[0] == size && sum == checksum(words + GUARD_WORDS, count);
}

static void put_words(const source *from, size_t first, size_t n, work *w,
                      int bits, local_failure *failure)
{
    int64_t *words = w->words + GUARD_WORDS;
    for (size_t i = 0; i < n; i++) {
        if (is_direct(from)) {
            words_of_doubles(field(from, first + i), from->count, w->all[i],
                             bits, words);
        } else if (w->all[i].top != TOP_WIDE) {
            magnitude part;
            const tally_accumulator *state = from->states != NULL
                                                 ? from->states + first + i
                                                 : &w->states[i];
            tally_status status = magnitude_of_accumulator(state, &part);
            note_tally(failure, status);
            if (status == TALLY_OK)
                words_of_magnitude(&part, w->all[i], bits, words);
        }
        words += words_of(w->all[i], bits);
    }
}

/* What has no place in words: as accumulators, in frames. */
static int reduce_wide(const source *from, size_t first, size_t n, size_t wide,
                       work *w, const group *g, local_failure *failure)
{
    const size_t size = frame_size(TALLY_MPI_ACCUMULATOR);
    unsigned char *at = w->wide;
    tally_status found = TALLY_OK;
    for (size_t i = 0; i < n; i++) {
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        if (w->all[i].top != TOP_WIDE)
            continue;
        if (from->states != NULL)
            sum = from->states[first + i];
        else
            note_tally(failure,
                       tally_accumulator_add_f64(&sum, field(from, first + i),
                                                 from->count));
        frame_make(at, size, g, TALLY_MPI_ACCUMULATOR, 0, 0, &sum, sizeof sum,
                   failure);
        at += size;
    }
    int error = frames_reduce(w->wide, wide, TALLY_MPI_ACCUMULATOR, g);
    at = w->wide;
    for (size_t i = 0; error == 0 && i < n; i++) {
        header head;
        const unsigned char *body;
        int damaged;
        if (w->all[i].top != TOP_WIDE)
            continue;
        tally_accumulator sum;
        tally_status status = frame_open(at, size, g, &head, &body, &damaged);
        if (status != TALLY_OK) {
            note(failure, status, tally_mpi_last_message());
        } else {
            memcpy(&sum, body, sizeof sum);
            status = tally_accumulator_value_f64(&sum, w->totals + first + i);
            if (status == TALLY_OVERFLOW)
                found = status;
            else
                note_tally(failure, status);
        }
        at += size;
    }
    return error != 0 ? error : found;
}

/* One chunk. TALLY_OVERFLOW in '*found' if one of its totals is infinite. */
static int reduce_chunk(const source *from, size_t first, size_t n, work *w,
                        uint64_t terms, const group *g,
                        local_failure *failure, tally_status *found)
{
    const int bits = bits_of(terms);
    size_t words = 0, wide = 0;
    vote all;
    int error;
    find_windows(from, first, n, w, failure);
    error = MPI_Allreduce(w->own, w->all, (int)(2 * n), MPI_INT16_T, MPI_MAX,
                          g->comm);
    if (error != MPI_SUCCESS)
        return fail_mpi("MPI_Allreduce", error);
    for (size_t i = 0; i < n; i++)
        if (!is_within(w->own[i], w->all[i])) {
            note(failure, TALLY_FORMAT, "a message to this rank was damaged");
            break;
        }
    if (failure->status == TALLY_OK)
        words = count_words(w->all, n, bits, &wide);
    if (failure->status == TALLY_OK &&
        (!get_room(&w->words, &w->words_room,
                   (words + GUARD_WORDS) * sizeof *w->words) ||
         !get_room(&w->wide, &w->wide_room,
                   wide * frame_size(TALLY_MPI_ACCUMULATOR))))
        note(failure, TALLY_MEMORY, "out of memory");
    error = take_part(&all, g, CALL_AGREE,
                      hash_bytes(w->all, n * sizeof *w->all), 0, NULL, 0,
                      failure, 1);
    if (error != 0)
        return error;
    put_words(from, first, n, w, bits, failure);
    put_guard(w->words, words);
    error = MPI_Allreduce(MPI_IN_PLACE, w->words, (int)(words + GUARD_WORDS),
                          MPI_INT64_T, MPI_SUM, g->comm);
    if (error != MPI_SUCCESS)
        return fail_mpi("MPI_Allreduce", error);
    if (!guard_holds(w->words, words, g->size))
        note(failure, TALLY_FORMAT,
             "a message to this rank was damaged, or another before");
    const int64_t *at = w->words + GUARD_WORDS;
    for (size_t i = 0; i < n; i++) {
        if (w->all[i].top == TOP_WIDE)
            continue;
        if (total_of_words(at, w->all[i], bits, w->totals + first + i) !=
            TALLY_OK)
            *found = TALLY_OVERFLOW;
        at += words_of(w->all[i], bits);
    }
    if (wide > 0) {
        error = reduce_wide(from, first, n, wide, w, g, failure);
        if (error == TALLY_OVERFLOW)
            *found = error;
        else if (error != 0)
            return error;
    }
    return 0;
}

static int reduce_vector(const source *from, size_t count, double *totals,
                         MPI_Comm comm, local_failure *failure)
{
    group g;
    vote all;
    work w = {0};
    tally_status found = TALLY_OK;
    int error = enter(comm, &g);
    if (error != 0)
        return error;
    note_array(failure, totals, count, sizeof *totals, "'totals'");
    if (g.size > RANKS_MOST)
        note(failure, TALLY_INVALID, "more than 2^20 ranks");
    if (failure->status == TALLY_OK && !get_work(&w, from, count))
        note(failure, TALLY_MEMORY, "out of memory");
    error = take_part(&all, &g, CALL_VECTOR, count,
                      is_direct(from) && from->count > 1 ? from->count : 1,
                      NULL, 0, failure, count > 0);
    for (size_t first = 0; error == 0 && first < count; first += CHUNK)
        error = reduce_chunk(from, first,
                             count - first < CHUNK ? count - first : CHUNK, &w,
                             all.head.most * (uint64_t)g.size, &g, failure,
                             &found);
    /* A failure that no frame has told: that of the last chunk. */
    if (error == 0 && failure->status != TALLY_OK)
        error = fail_at(g.rank, failure->status, "rank %d: %s: %s", g.rank,
                        tally_status_name(failure->status), failure->text);
    if (error == 0 && count > 0)
        memcpy(totals, w.totals, count * sizeof *totals);
    if (error == 0)
        error = found == TALLY_OK
                    ? succeed()
                    : fail_at(-1, found,
                              "TALLY_OVERFLOW: a total is beyond DBL_MAX");
    free_work(&w);
    return error;
}

int tally_mpi_allreduce_elements_f64(const double *values, double *totals,
                                     size_t count, MPI_Comm comm)
{
    local_failure failure = {TALLY_OK, ""};
    source from = {values == MPI_IN_PLACE ? totals : values, 1, 1, NULL};
    note_array(&failure, from.values, count, sizeof *values, "'values'");
    return reduce_vector(&from, count, totals, comm, &failure);
}

int tally_mpi_allreduce_fields_f64(const double *values, size_t count,
                                   ptrdiff_t stride, size_t fields,
                                   MPI_Comm comm, double *totals)
{
    local_failure failure = {TALLY_OK, ""};
    source from = {values, count, stride, NULL};
    size_t step = stride < 0 ? -(size_t)stride : (size_t)stride;
    if (fields > 0)
        note_array(&failure, values, count, sizeof *values, "'values'");
    if (fields > 1 && count > 0 &&
        step > PTRDIFF_MAX / sizeof *values / (fields - 1))
        note(&failure, TALLY_INVALID,
             "'stride' would lead over more than PTRDIFF_MAX bytes");
    return reduce_vector(&from, fields, totals, comm, &failure);
}

int tally_mpi_allreduce_totals_f64(const tally_accumulator *states,
                                   size_t count, MPI_Comm comm, double *totals)
{
    local_failure failure = {TALLY_OK, ""};
    source from = {NULL, 0, 0, states};
    note_array(&failure, states, count, sizeof *states, "'states'");
    return reduce_vector(&from, count, totals, comm, &failure);
}
