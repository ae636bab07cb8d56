/*
 * Vectors of totals, in their narrow form. All ranks
 * - agree on the number of totals and that no rank has failed: one frame;
 * - learn the window of each total: MPI_MAX of two 16-bit numbers;
 * - agree that they have the same windows and enough memory: one frame;
 * - add the words of all totals: MPI_SUM of 64-bit integers;
 * - reduce totals that words cannot hold, such as NaN, as accumulators.
 * The last four steps are done for each chunk of the vector. A rank on which
 * one of them fails continues and reports the failure in the next frame: no
 * rank may leave while others wait.
 */
#include "internal.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

enum {
    CHUNK = 16384,
    /* Fields of more values are added up by Tally first. */
    DIRECT_MOST = 16,
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

/* A block of memory that grows. */
typedef struct block {
    void *at;
    size_t room;
} block;

/* The memory of a call. */
enum { TOTALS, OWN, ALL, PARTS, INTEGERS, WORDS, WIDE, BLOCKS };
typedef struct work {
    block blocks[BLOCKS];
    double *totals;        /* of the whole vector */
    window *own, *all;     /* of a chunk, as those below */
    part *parts;           /* unless it is direct */
    size_t integers;       /* words of these parts */
    int64_t *words;        /* of the wire */
    unsigned char *frames; /* for totals that words cannot hold */
} work;

static int is_direct(const source *from) {
    return from->states == NULL && from->count <= DIRECT_MOST;
}

static const double *field(const source *from, size_t i) {
    return from->count == 0 ? NULL : from->values + (ptrdiff_t)i * from->stride;
}

/*
 * The memory of the latest call is kept for the next one: freeing a large block
 * returns it to the system, and a new one costs more than a reduction. The
 * memory is freed with the datatypes.
 */
enum { KEPT_MOST = 1 << 25 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static work kept;

static void free_work(work *w) {
    for (int i = 0; i < BLOCKS; i++)
        free(w->blocks[i].at);
    *w = (work){0};
}

static void take_work(work *w) {
    pthread_mutex_lock(&lock);
    *w = kept;
    kept = (work){0};
    pthread_mutex_unlock(&lock);
}

static void keep_work(work *w) {
    size_t size = 0;
    for (int i = 0; i < BLOCKS; i++)
        size += w->blocks[i].room;
    pthread_mutex_lock(&lock);
    if (kept.blocks[TOTALS].at == NULL && size <= KEPT_MOST) {
        kept = *w;
        *w = (work){0};
    }
    pthread_mutex_unlock(&lock);
    free_work(w);
}

void free_kept(void) {
    pthread_mutex_lock(&lock);
    free_work(&kept);
    pthread_mutex_unlock(&lock);
}

/* At least 'size' bytes, with the first 'used' as they are. NULL: no memory. */
static void *get_room(block *b, size_t size, size_t used) {
    if (size > b->room || b->at == NULL) {
        size_t room = size + size / 2 + 64;
        void *more = malloc(room);
        if (more == NULL)
            return NULL;
        if (used > 0)
            memcpy(more, b->at, used);
        free(b->at);
        *b = (block){more, room};
    }
    return b->at;
}

static int get_work(work *w, const source *from, size_t count) {
    size_t chunk = count < CHUNK ? count : CHUNK;
    w->totals = get_room(&w->blocks[TOTALS], count * sizeof *w->totals, 0);
    w->own = get_room(&w->blocks[OWN], chunk * sizeof *w->own, 0);
    w->all = get_room(&w->blocks[ALL], chunk * sizeof *w->all, 0);
    if (!is_direct(from))
        w->parts = get_room(&w->blocks[PARTS], chunk * sizeof *w->parts, 0);
    return w->totals != NULL && w->own != NULL && w->all != NULL &&
           (w->parts != NULL || is_direct(from));
}

/* The memory for the sums of a chunk. */
static int get_sums(work *w, size_t words, size_t wide) {
    w->words = get_room(&w->blocks[WORDS],
                        (words + GUARD_WORDS) * sizeof *w->words, 0);
    w->frames =
        get_room(&w->blocks[WIDE], wide * frame_size(TALLY_MPI_ACCUMULATOR), 0);
    return w->words != NULL && w->frames != NULL;
}

static uint64_t *integers_of(const work *w, const part *p) {
    return (uint64_t *)w->blocks[INTEGERS].at + p->at;
}

/* The state of a total that is not direct: the caller's, or in 'sum'. */
static tally_status get_state(const source *from, size_t i,
                              tally_accumulator *sum,
                              const tally_accumulator **state) {
    if (from->states != NULL) {
        *state = from->states + i;
        return TALLY_OK;
    }
    *sum = (tally_accumulator)TALLY_ACCUMULATOR_INIT;
    *state = sum;
    return tally_accumulator_add_f64(sum, field(from, i), from->count);
}

/* The part of total i, as number 'k' of the chunk. */
static window find_part(const source *from, size_t i, work *w, size_t k,
                        local_failure *failure) {
    tally_accumulator sum;
    const tally_accumulator *state;
    part *p = &w->parts[k];
    *p = (part){.at = w->integers, .wide = 1};
    if (get_room(&w->blocks[INTEGERS],
                 (w->integers + PART_WORDS) * sizeof(uint64_t),
                 w->integers * sizeof(uint64_t)) == NULL) {
        note(failure, TALLY_MEMORY, "out of memory");
        return (window){TOP_WIDE, LOW_NONE};
    }
    tally_status status = get_state(from, i, &sum, &state);
    if (status == TALLY_OK)
        status = part_of_accumulator(state, p, integers_of(w, p));
    note_tally(failure, status);
    w->integers += p->count;
    return window_of_part(p, integers_of(w, p));
}

/* This rank's windows of 'n' totals from 'first' on. */
static void find_windows(const source *from, size_t first, size_t n, work *w,
                         local_failure *failure) {
    w->integers = 0;
    if (is_direct(from))
        windows_of_fields(field(from, first), from->count, from->stride, n,
                          w->own);
    else
        for (size_t i = 0; i < n; i++)
            w->own[i] = find_part(from, first + i, w, i, failure);
}

/* Whether the window of all ranks contains this rank's. */
static int is_within(window own, window all) {
    return own.top <= all.top && own.minus_low <= all.minus_low &&
           (all.top == TOP_WIDE || (all.top <= TOP_MOST && all.minus_low <= 0));
}

/* The words of 'n' totals, and the number of those without words. */
static void count_words(const work *w, size_t n, int bits, size_t *words,
                        size_t *wide, local_failure *failure) {
    int within = 1;
    *words = *wide = 0;
    for (size_t i = 0; i < n; i++) {
        within &= is_within(w->own[i], w->all[i]);
        *words += words_of(w->all[i], bits);
        *wide += w->all[i].top == TOP_WIDE;
    }
    if (!within)
        note(failure, TALLY_FORMAT, "a message to this rank was damaged");
}

/*
 * The sum modulo 2^128 of all words, each times its own weight, plus a constant
 * for each rank, so that all zeros is not a valid checksum. The checksums of
 * the ranks add up to that of the sums.
 */
static uint128 checksum(const int64_t *words, size_t count, int ranks) {
    uint64_t weight = 0x2545f4914f6cdd1du;
    uint128 sum = (uint128)weight * 0xd1342543de82ef95u * (uint128)ranks;
    for (size_t i = 0; i < count; i++) {
        sum += (uint128)((int128)words[i] * (int64_t)(weight >> 1 | 1));
        weight += 0xd1342543de82ef95u;
    }
    return sum;
}

static void put_guard(int64_t *words, size_t count) {
    uint128 sum = checksum(words + GUARD_WORDS, count, 1);
    words[0] = 1;
    for (int i = 1; i < GUARD_WORDS; i++, sum >>= 32)
        words[i] = (int64_t)(uint32_t)sum;
}

static int guard_holds(const int64_t *words, size_t count, int size) {
    uint128 sum = 0;
    for (int i = 1; i < GUARD_WORDS; i++)
        sum += (uint128)(uint64_t)words[i] << (32 * (i - 1));
    return words[0] == size &&
           sum == checksum(words + GUARD_WORDS, count, size);
}

static void put_words(const source *from, size_t first, size_t n, work *w,
                      int bits) {
    int64_t *words = w->words + GUARD_WORDS;
    if (is_direct(from)) {
        words_of_fields(field(from, first), from->count, from->stride, n,
                        w->all, bits, words);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        words_of_part(&w->parts[i], integers_of(w, &w->parts[i]), w->all[i],
                      bits, words);
        words += words_of(w->all[i], bits);
    }
}

/* Totals that words cannot hold: as accumulators, in frames. */
static int reduce_wide(const source *from, size_t first, size_t n, size_t wide,
                       work *w, const group *g, local_failure *failure) {
    const size_t size = frame_size(TALLY_MPI_ACCUMULATOR);
    unsigned char *at = w->frames;
    tally_status found = TALLY_OK;
    for (size_t i = 0; i < n; i++) {
        tally_accumulator sum;
        const tally_accumulator *state;
        if (w->all[i].top != TOP_WIDE)
            continue;
        note_tally(failure, get_state(from, first + i, &sum, &state));
        frame_make(at, size, g, TALLY_MPI_ACCUMULATOR, 0, 0, state, sizeof sum,
                   failure);
        at += size;
    }
    int error = frames_reduce(w->frames, wide, TALLY_MPI_ACCUMULATOR, g);
    at = w->frames;
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
                        uint64_t terms, const group *g, local_failure *failure,
                        tally_status *found) {
    const int bits = bits_of(terms);
    size_t words, wide;
    vote all;
    int error;
    find_windows(from, first, n, w, failure);
    error = MPI_Allreduce(w->own, w->all, (int)(2 * n), MPI_INT16_T, MPI_MAX,
                          g->comm);
    if (error != MPI_SUCCESS)
        return fail_mpi("MPI_Allreduce", error);
    count_words(w, n, bits, &words, &wide, failure);
    if (failure->status == TALLY_OK && !get_sums(w, words, wide))
        note(failure, TALLY_MEMORY, "out of memory");
    error =
        take_part(&all, g, CALL_AGREE, hash_bytes(w->all, n * sizeof *w->all),
                  0, NULL, 0, failure, 1);
    if (error != 0)
        return error;
    put_words(from, first, n, w, bits);
    put_guard(w->words, words);
    error = MPI_Allreduce(MPI_IN_PLACE, w->words, (int)(words + GUARD_WORDS),
                          MPI_INT64_T, MPI_SUM, g->comm);
    if (error != MPI_SUCCESS)
        return fail_mpi("MPI_Allreduce", error);
    if (!guard_holds(w->words, words, g->size))
        note(failure, TALLY_FORMAT,
             "this or an earlier message to this rank was damaged");
    if (totals_of_words(w->words + GUARD_WORDS, w->all, n, bits,
                        w->totals + first) != TALLY_OK)
        *found = TALLY_OVERFLOW;
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
                         MPI_Comm comm, local_failure *failure) {
    group g;
    vote all;
    work w;
    tally_status found = TALLY_OK;
    int error = enter(comm, &g);
    if (error != 0)
        return error;
    note_array(failure, totals, count, sizeof *totals, "'totals'");
    if (g.size > RANKS_MOST)
        note(failure, TALLY_INVALID, "more than 2^20 ranks");
    take_work(&w);
    if (failure->status == TALLY_OK && !get_work(&w, from, count))
        note(failure, TALLY_MEMORY, "out of memory");
    error = take_part(&all, &g, CALL_VECTOR, count,
                      is_direct(from) && from->count > 1 ? from->count : 1,
                      NULL, 0, failure, count > 0);
    for (size_t first = 0; error == 0 && first < count; first += CHUNK)
        error = reduce_chunk(
            from, first, count - first < CHUNK ? count - first : CHUNK, &w,
            all.head.most * (uint64_t)g.size, &g, failure, &found);
    /* A failure that no frame has reported: that of the last chunk. */
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
    keep_work(&w);
    return error;
}

int tally_mpi_allreduce_elements_f64(const double *values, double *totals,
                                     size_t count, MPI_Comm comm) {
    local_failure failure = {TALLY_OK, ""};
    source from = {values == MPI_IN_PLACE ? totals : values, 1, 1, NULL};
    note_array(&failure, from.values, count, sizeof *values, "'values'");
    return reduce_vector(&from, count, totals, comm, &failure);
}

int tally_mpi_allreduce_fields_f64(const double *values, size_t count,
                                   ptrdiff_t stride, size_t fields,
                                   MPI_Comm comm, double *totals) {
    local_failure failure = {TALLY_OK, ""};
    source from = {values, count, stride, NULL};
    size_t step = stride < 0 ? -(size_t)stride : (size_t)stride;
    if (fields > 0)
        note_array(&failure, values, count, sizeof *values, "'values'");
    if (fields > 1 && count > 0 &&
        step > PTRDIFF_MAX / sizeof *values / (fields - 1))
        note(&failure, TALLY_INVALID,
             "'stride' would span more than PTRDIFF_MAX bytes");
    return reduce_vector(&from, fields, totals, comm, &failure);
}

int tally_mpi_allreduce_totals_f64(const tally_accumulator *states,
                                   size_t count, MPI_Comm comm,
                                   double *totals) {
    local_failure failure = {TALLY_OK, ""};
    source from = {NULL, 0, 0, states};
    note_array(&failure, states, count, sizeof *states, "'states'");
    return reduce_vector(&from, count, totals, comm, &failure);
}
