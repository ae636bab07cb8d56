/*
 * Calls whose arguments are somewhere else: after including this file, a call
 * of a function of tally.h gets copies of what its pointers lead to, placed as
 * `placement` says, and what it writes is copied back. placed_calls.inc, which
 * calls.sh makes from the header, has a function for each.
 *
 * In its own page range each argument has an inaccessible page before and after
 * it, and lies at one of them, or overlaps another argument.
 */
#ifndef TALLY_C_TESTS_PLACED_H
#define TALLY_C_TESTS_PLACED_H

#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../check.h"

enum role {
    INPUT,  /* only read */
    TEXT,   /* only read, to its end */
    STRUCT, /* only read, and leads to what is read */
    OUTPUT, /* only written */
    INOUT   /* a state that is changed */
};

/* An argument, or what one leads to. */
static struct span {
    const char *name;
    enum role role;
    void *original;
    unsigned char *placed;
    size_t size;
    bool is_of_column;
} spans[24];
static size_t span_count;

static struct placement {
    enum { WHERE_IT_IS, AT_START, AT_END, OVERLAPPING, AS_IF } where;
    /* How far from the start, or from the end. */
    size_t shift;
    /* Of those that overlap: their numbers, and the distance between them. */
    size_t first, second;
    ptrdiff_t distance;
} placement;

/* What was placed in the latest call, for who wants to know. */
static struct span latest[24];
static size_t latest_count;
static const char *latest_function;

/* Page ranges, with guards around each. */
enum { RANGES = 24, RANGE = 5 << 20, EDGE = 64, FILL = 0xa5 };
static unsigned char *ranges[RANGES];
static size_t range_count;
/* What is read-only now. */
static struct span protected[RANGES];
static size_t protected_count;

static inline void make_ranges(void) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (size_t i = 0; i < RANGES; i++) {
        unsigned char *memory = mmap(NULL, RANGE + 2 * page, PROT_NONE,
                                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        CHECK(memory != MAP_FAILED);
        ranges[i] = memory + page;
        CHECK_INT(mprotect(ranges[i], RANGE, PROT_READ | PROT_WRITE), 0);
    }
}

static inline void protect(const struct span *span, int protection) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t before = (size_t)((uintptr_t)span->placed % page);
    mprotect(span->placed - before,
             (before + span->size + page - 1) / page * page, protection);
}

/* Forgets what earlier calls got, handles included. */
static inline void reset_ranges(void) {
    while (protected_count > 0) {
        protect(&protected[--protected_count], PROT_READ | PROT_WRITE);
    }
    range_count = 0;
}

static inline void begin_call(const char *function) {
    latest_function = function;
    span_count = 0;
}

/* The second of a pair as it was before the call. */
static unsigned char as_placed[8192];

/* The overlapping pair: the state stays whole; without one, the input does. */
static inline void overlap(struct span *first, struct span *second) {
    const bool first_on_top = first->role == INOUT ||
                              (second->role != INOUT && first->role != OUTPUT);
    second->placed = first->placed + placement.distance;
    memmove(second->placed, second->original, second->size);
    if (first_on_top) {
        memmove(first->placed, first->original, first->size);
    }
    CHECK(second->size <= sizeof as_placed);
    memcpy(as_placed, second->placed, second->size);
    if (placement.where == AS_IF) {
        /* The same bytes, apart. */
        unsigned char *apart = ranges[range_count++] + RANGE / 2;
        memcpy(apart, second->placed, second->size);
        second->placed = apart;
    }
}

static inline void *place(const void *at, size_t size, enum role role,
                          const char *name) {
    struct span *span = &spans[span_count];
    if (at == NULL || size == 0 || placement.where == WHERE_IT_IS) {
        return (void *)at;
    }
    memset(span, 0, sizeof *span);
    span->name = name;
    span->role = role;
    span->original = (void *)at;
    span->size = size;
    span_count++;
    if (placement.where == OVERLAPPING || placement.where == AS_IF) {
        if (span_count - 1 == placement.second) {
            overlap(&spans[placement.first], span);
            return span->placed;
        }
        span->placed = ranges[range_count] + RANGE / 2;
    } else if (placement.where == AT_END) {
        span->placed = ranges[range_count] + RANGE - size - placement.shift;
    } else {
        span->placed = ranges[range_count] + placement.shift;
    }
    range_count++;
    if (range_count > RANGES || size + 2 * EDGE > RANGE) {
        fprintf(stderr, "too many arguments, or too large: %s\n", name);
        abort();
    }
    if (placement.where == AT_END || placement.where == AT_START) {
        memset(placement.where == AT_END ? span->placed - EDGE
                                         : span->placed + size,
               FILL, EDGE);
        memset(placement.where == AT_END ? span->placed + size
                                         : span->placed - placement.shift,
               FILL, placement.shift);
    }
    memcpy(span->placed, at, size);
    if (role <= STRUCT && placement.where != OVERLAPPING &&
        placement.where != AS_IF) {
        protect(span, PROT_READ);
        protected[protected_count++] = *span;
    }
    return span->placed;
}

/* Elements at any distance from each other, the first of which is at `first`.
 */
static inline void *place_strided(const void *first, size_t count,
                                  ptrdiff_t stride, size_t size,
                                  const char *name) {
    if (first == NULL || count == 0) {
        return (void *)first;
    }
    const ptrdiff_t reach = (ptrdiff_t)(count - 1) * stride;
    const ptrdiff_t below = reach < 0 ? reach : 0;
    const size_t all = (size_t)(reach < 0 ? -reach : reach) + size;
    unsigned char *lowest =
        place((const unsigned char *)first + below, all, INPUT, name);
    return lowest - below;
}

/* A column with what it leads to, of one row or of several. */
static inline const tally_column *place_column(const tally_column *column,
                                               const char *name, size_t rows,
                                               ptrdiff_t row_stride) {
    static tally_column columns[4];
    static size_t next;
    if (column == NULL || placement.where == WHERE_IT_IS) {
        return column;
    }
    tally_column *copy = &columns[next++ % 4];
    *copy = *column;
    const size_t all = column->count * rows, size = TALLY_TYPE_SIZE(copy->type);
    const size_t first = span_count;
    if (all != 0) {
        /* In the tests the rows of a matrix lie one behind the other. */
        const ptrdiff_t reach = (ptrdiff_t)(column->count - 1) * copy->stride +
                                (ptrdiff_t)(rows - 1) * row_stride;
        copy->values = place_strided(column->values, 2, reach, size, name);
    }
    if (column->validity != NULL) {
        const bool bytes = (column->flags & TALLY_BYTE_MASK) != 0;
        copy->validity =
            place(column->validity,
                  bytes ? column->offset + all : (column->offset + all + 7) / 8,
                  INPUT, name);
    }
    for (size_t i = first; i < span_count; i++) {
        spans[i].is_of_column = true;
    }
    return place(copy, sizeof *copy, STRUCT, name);
}

/* Pointers to states, which several may share. */
static inline void *place_states(void *const *states, size_t count, size_t size,
                                 const char *name) {
    static void *copies[16];
    if (placement.where == WHERE_IT_IS || count > 16) {
        return (void *)states;
    }
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        while (states[same] != states[i]) {
            same++;
        }
        copies[i] =
            same < i ? copies[same] : place(states[i], size, INOUT, name);
    }
    return place(copies, count * sizeof *copies, STRUCT, name);
}

static inline void check_edges(const struct span *span) {
    struct place at = {"c_tests/c/placed.h", 0, latest_function};
    const unsigned char *low = placement.where == AT_END
                                   ? span->placed - EDGE
                                   : span->placed - placement.shift;
    const unsigned char *high = span->placed + span->size;
    const unsigned char *end =
        high + (placement.where == AT_END ? placement.shift : (size_t)EDGE);
    for (; low < span->placed; low++) {
        check_int(*low, FILL, &at);
    }
    for (; high < end; high++) {
        check_int(*high, FILL, &at);
    }
}

static inline void end_call(void) {
    if (placement.where == WHERE_IT_IS) {
        return;
    }
    for (size_t i = 0; i < span_count; i++) {
        const struct span *span = &spans[i];
        if (placement.where == AT_END || placement.where == AT_START) {
            check_edges(span);
        }
        if (span->role == OUTPUT || span->role == INOUT) {
            memmove(span->original, span->placed, span->size);
        }
    }
    memcpy(latest, spans, sizeof spans);
    latest_count = span_count;
}

#include "placed_calls.inc"

#endif
