/* Declarations shared by the sources of tally_mpi. Not for users. */
#ifndef TALLY_MPI_INTERNAL_H
#define TALLY_MPI_INTERNAL_H

#include "../tally_mpi.h"
#include <stdint.h>

#define HIDDEN __attribute__((visibility("hidden")))

/* ---- errors.c ---- */

/* Each records the error and returns what the public function must return. */
HIDDEN int succeed(void);
HIDDEN int fail_at(int rank, tally_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The error of an MPI function of this name. */
HIDDEN int fail_mpi(const char *function, int error);
/* The latest error of tally.h, as one that all ranks have. */
HIDDEN int fail_tally(tally_status status);

/* A failure of this rank that it must report to the others. */
typedef struct local_failure {
    tally_status status; /* TALLY_OK if there is none */
    char text[256];
} local_failure;

/* Keeps the first failure. */
HIDDEN void note(local_failure *failure, tally_status status, const char *text);
/* The same, with the message of tally.h, if 'status' is a failure. */
HIDDEN void note_tally(local_failure *failure, tally_status status);
/* TALLY_NULL if 'pointer' is NULL. */
HIDDEN void note_null(local_failure *failure, const void *pointer,
                      const char *name);
/* NULL, MPI_IN_PLACE and impossible lengths. */
HIDDEN void note_array(local_failure *failure, const void *values, size_t count,
                       size_t size, const char *name);

/* ---- kinds.c ---- */

#define KINDS 4

/* The version of the form of frames and words. A new form gets a new number. */
#define WIRE 1

typedef struct kind_row {
    const char *name;
    size_t size;
    void (*combine)(const void *in, void *inout, size_t count);
    tally_status (*check)(const void *state); /* the failure left in it */
    tally_status (*fail)(void *state, int status);
} kind_row;

HIDDEN const kind_row *kind_of(int kind); /* NULL if it is unknown */

/* Datatypes and operators. frames[KINDS] is that of the widest frame. */
typedef struct handles {
    MPI_Datatype states[KINDS];
    MPI_Op merges[KINDS];
    MPI_Datatype frames[KINDS + 1];
    MPI_Op joins[KINDS + 1];
} handles;

/* Makes them on first use. Returns an MPI error, or 0. */
HIDDEN int get_handles(handles *out);

/* ---- start.c ---- */

typedef struct group {
    MPI_Comm comm;
    int rank, size;
    handles made;
} group;

/* Whether MPI is initialized and not finalized. */
HIDDEN int is_running(void);
/* The error of a function that needs it. */
HIDDEN int fail_not_running(void);
/* Every collective function calls this first. */
HIDDEN int enter(MPI_Comm comm, group *out);

/* ---- frames.c ---- */

/* A frame: this header, and behind it a state or the text of a failure. */
typedef struct header {
    uint32_t mark;     /* in the order of bytes of the sender */
    uint32_t wire;     /* the form of these frames */
    uint32_t version;  /* of Tally */
    uint32_t call;     /* the function that the ranks called */
    int32_t status;    /* TALLY_OK, or that of 'rank' */
    int32_t rank;      /* the lowest rank in it, or the one that failed */
    uint32_t ranks;    /* how many are in it */
    uint32_t origin;   /* of the failure: one of those below */
    uint64_t argument; /* must be the same on all ranks */
    uint64_t most;     /* the largest of any rank */
    uint64_t seal;     /* of all other bytes */
} header;

/* The origin of a failure: a rank, a message, or a mismatch between ranks. */
enum { ORIGIN_RANK, ORIGIN_MESSAGE, ORIGIN_MISMATCH };

#define FRAME_MAX (sizeof(header) + sizeof(tally_moments))

typedef struct frame {
    header head;
    unsigned char body[sizeof(tally_moments)];
} frame;

/* The calls, compared between ranks. The first ones are kinds. */
enum {
    CALL_SUM = KINDS,
    CALL_MEAN,
    CALL_VARIANCE,
    CALL_DEVIATION,
    CALL_NORM,
    CALL_DOT,
    CALL_VECTOR,
    CALL_AGREE,
    CALL_FAILED,
    CALLS
};

HIDDEN size_t frame_size(int kind); /* KINDS: the widest */
/* A frame of one rank, sealed. 'state' may be NULL. */
HIDDEN void frame_make(void *at, size_t size, const group *g, int call,
                       uint64_t argument, uint64_t most, const void *state,
                       size_t state_size, const local_failure *failure);
/* The operator: joins 'count' frames of 'size' bytes. */
HIDDEN void frame_join(const void *in, void *inout, size_t count, size_t size);
/*
 * Opens the joined frame of all ranks. Returns 0 or the failure in it, and says
 * whether that is a damaged message, which other ranks may not know of.
 */
HIDDEN int frame_open(const void *at, size_t size, const group *g, header *head,
                      const unsigned char **body, int *damaged);
/* MPI_Allreduce() of frames, in place. kind: KINDS for the widest. */
HIDDEN int frames_reduce(void *frames, size_t count, int kind, const group *g);

/* A round of all ranks: each contributes a frame and gets the joined one. */
typedef struct vote {
    frame all[2]; /* twice the same, so that one may be damaged */
    header head;
} vote;

/*
 * The first round of a call, and its only one unless 'goes_on'. Returns 0 or
 * the failure of a rank. If other rounds follow and one of the two frames was
 * damaged, that is noted in 'failure' and the other frame is used: this rank
 * must not leave while others go on. If both were damaged, the rank cannot know
 * what the others do, and calls MPI_Abort().
 */
HIDDEN int take_part(vote *r, const group *g, int call, uint64_t argument,
                     uint64_t most, const void *state, size_t state_size,
                     local_failure *failure, int goes_on);
/* A checksum of 64 bits: any change within one word changes it. */
HIDDEN uint64_t hash_bytes(const void *bytes, size_t size);

/* ---- fixed.c ---- */

/*
 * Numbers as integers in units of 2^-1074. The window of a total is where its
 * bits lie that are not 0, over all ranks. Both numbers are reduced by MPI_MAX.
 */
typedef struct window {
    int16_t top;       /* the highest bit, or one of those below */
    int16_t minus_low; /* minus the lowest bit */
} window;

enum {
    TOP_ZERO = -1,    /* nothing but zeros */
    TOP_MOST = 2300,  /* above any bit */
    TOP_WIDE = 4095,  /* not in words */
    LOW_NONE = -4096, /* above any bit */
    WORDS_MAX = 2304 / 36 + 1
};

/* The signs of the zeros in a total. */
enum { ZERO_EMPTY = 1, ZERO_NEGATIVE, ZERO_POSITIVE };

/* A sum of this rank: an integer of 'count' words times 2^place units. */
typedef struct part {
    size_t at; /* where the caller has its words */
    int16_t place;
    uint8_t count, negative, zero, wide;
} part;

/* The most words of a part. */
#define PART_WORDS 34

/* The parts of 'n' fields of 'count' values each, 'stride' values apart. */
HIDDEN void windows_of_fields(const double *values, size_t count,
                              ptrdiff_t stride, size_t n, window *out);
HIDDEN tally_status part_of_accumulator(const tally_accumulator *state,
                                        part *out, uint64_t *words);
HIDDEN window window_of_part(const part *p, const uint64_t *words);
/* The number of bits of each rank's part that a word carries. */
HIDDEN int bits_of(uint64_t terms);
/* The number of words of a total. */
static inline size_t words_of(window w, int bits) {
    int width = w.top + w.minus_low + 1;
    if (w.top == TOP_WIDE)
        return 0;
    if (w.top == TOP_ZERO || width <= bits)
        return 1;
    /* Most are short: a division would take longer. */
    if (width <= 3 * bits)
        return width <= 2 * bits ? 2 : 3;
    return (size_t)((width + bits - 1) / bits);
}

/* Writes this rank's words of a total. */
HIDDEN void words_of_fields(const double *values, size_t count,
                            ptrdiff_t stride, size_t n, const window *all,
                            int bits, int64_t *words);
HIDDEN void words_of_part(const part *p, const uint64_t *from, window w,
                          int bits, int64_t *words);
/*
 * The totals of the words of all ranks, rounded; those without words are left
 * alone. TALLY_OVERFLOW if one is infinite.
 */
HIDDEN tally_status totals_of_words(const int64_t *words, const window *all,
                                    size_t n, int bits, double *totals);

/* ---- fields.c ---- */

/* Frees the memory that is kept between calls. */
HIDDEN void free_kept(void);

#endif /* TALLY_MPI_INTERNAL_H */
