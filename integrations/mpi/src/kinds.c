/* The kinds of states, and their datatypes and operators. */
#include "internal.h"
#include <pthread.h>
#include <string.h>

/* Failing a state here is the purpose, so the status is not an error. */
#define KIND(NAME)                                                             \
    static tally_status NAME##_check(const void *state) {                      \
        int64_t count;                                                         \
        return tally_##NAME##_count(state, &count);                            \
    }                                                                          \
    static tally_status NAME##_leave(void *state, int status) {                \
        return tally_##NAME##_fail(state, status);                             \
    }

KIND(accumulator)
KIND(product_accumulator)
KIND(moments)

static void accumulator_combine(const void *in, void *inout, size_t count) {
    tally_accumulator_combine(in, inout, count);
}

static void product_accumulator_combine(const void *in, void *inout,
                                        size_t count) {
    tally_product_accumulator_combine(in, inout, count);
}

static void moments_combine(const void *in, void *inout, size_t count) {
    tally_moments_combine(in, inout, count);
}

/* As tally_accumulator_combine() does it. */
static void small_accumulator_combine(const void *in, void *inout,
                                      size_t count) {
    const tally_small_accumulator *from = in;
    tally_small_accumulator *into = inout;
    for (size_t i = 0; i < count; i++) {
        tally_status status = tally_small_accumulator_merge(into + i, from + i);
        /* A state that has already failed keeps its status, and is refused. */
        if (status != TALLY_OK &&
            tally_small_accumulator_fail(into + i, status) != TALLY_OK)
            tally_clear_error();
    }
}

static tally_status small_accumulator_check(const void *state) {
    tally_accumulator *room;
    int64_t count;
    tally_status status = tally_small_accumulator_count(state, &count);
    if (status == TALLY_OK)
        status = tally_small_accumulator_room(state, &room);
    if (status == TALLY_OK && room != NULL)
        status = TALLY_TOO_SMALL; /* a reference means nothing elsewhere */
    return status;
}

static tally_status small_accumulator_leave(void *state, int status) {
    return tally_small_accumulator_fail(state, status);
}

#define ROW(NAME)                                                              \
    {"tally_" #NAME, sizeof(tally_##NAME), NAME##_combine, NAME##_check,       \
     NAME##_leave}

static const kind_row rows[KINDS] = {
    [TALLY_MPI_ACCUMULATOR] = ROW(accumulator),
    [TALLY_MPI_SMALL_ACCUMULATOR] = ROW(small_accumulator),
    [TALLY_MPI_PRODUCT_ACCUMULATOR] = ROW(product_accumulator),
    [TALLY_MPI_MOMENTS] = ROW(moments),
};

const kind_row *kind_of(int kind) {
    return kind >= 0 && kind < KINDS ? &rows[kind] : NULL;
}

/* MPI does not tell an operator which one it is: a function for each kind. */
#define OPERATORS(KIND)                                                        \
    static void merge_##KIND(void *in, void *inout, int *count,                \
                             MPI_Datatype *type) {                             \
        (void)type;                                                            \
        rows[KIND].combine(in, inout, (size_t)*count);                         \
    }                                                                          \
    FRAMES(KIND)
#define FRAMES(KIND)                                                           \
    static void join_##KIND(void *in, void *inout, int *count,                 \
                            MPI_Datatype *type) {                              \
        (void)type;                                                            \
        frame_join(in, inout, (size_t)*count, frame_size(KIND));               \
    }

OPERATORS(0)
OPERATORS(1)
OPERATORS(2)
OPERATORS(3)
FRAMES(4)

static MPI_User_function *const merges[KINDS] = {merge_0, merge_1, merge_2,
                                                 merge_3};
static MPI_User_function *const joins[KINDS + 1] = {join_0, join_1, join_2,
                                                    join_3, join_4};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static handles made;
static int is_made, at_end = MPI_KEYVAL_INVALID;

static int make_one(size_t size, MPI_User_function *function,
                    MPI_Datatype *type, MPI_Op *op) {
    int error = MPI_Type_contiguous((int)size, MPI_BYTE, type);
    if (error == MPI_SUCCESS)
        error = MPI_Type_commit(type);
    if (error == MPI_SUCCESS)
        error = MPI_Op_create(function, 1, op);
    return error;
}

static void free_all(void) {
    for (int i = 0; i <= KINDS; i++) {
        if (i < KINDS && made.states[i] != MPI_DATATYPE_NULL)
            MPI_Type_free(&made.states[i]);
        if (i < KINDS && made.merges[i] != MPI_OP_NULL)
            MPI_Op_free(&made.merges[i]);
        if (made.frames[i] != MPI_DATATYPE_NULL)
            MPI_Type_free(&made.frames[i]);
        if (made.joins[i] != MPI_OP_NULL)
            MPI_Op_free(&made.joins[i]);
    }
    is_made = 0;
}

/* MPI_Finalize() deletes the attributes of MPI_COMM_SELF first. */
static int end(MPI_Comm comm, int key, void *value, void *extra) {
    (void)comm, (void)key, (void)value, (void)extra;
    pthread_mutex_lock(&lock);
    if (is_made)
        free_all();
    pthread_mutex_unlock(&lock);
    free_kept();
    return MPI_SUCCESS;
}

static int make_all(void) {
    int error = MPI_SUCCESS;
    for (int i = 0; i <= KINDS; i++) {
        made.frames[i] = MPI_DATATYPE_NULL;
        made.joins[i] = MPI_OP_NULL;
        if (i < KINDS) {
            made.states[i] = MPI_DATATYPE_NULL;
            made.merges[i] = MPI_OP_NULL;
        }
    }
    for (int i = 0; i <= KINDS && error == MPI_SUCCESS; i++) {
        if (i < KINDS)
            error = make_one(rows[i].size, merges[i], &made.states[i],
                             &made.merges[i]);
        if (error == MPI_SUCCESS)
            error = make_one(frame_size(i), joins[i], &made.frames[i],
                             &made.joins[i]);
    }
    if (error == MPI_SUCCESS && at_end == MPI_KEYVAL_INVALID) {
        error =
            MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, end, &at_end, NULL);
        if (error == MPI_SUCCESS)
            error = MPI_Comm_set_attr(MPI_COMM_SELF, at_end, NULL);
    }
    if (error != MPI_SUCCESS)
        free_all();
    return error;
}

int get_handles(handles *out) {
    int error = MPI_SUCCESS;
    pthread_mutex_lock(&lock);
    if (!is_made) {
        error = make_all();
        is_made = error == MPI_SUCCESS;
    }
    if (is_made)
        *out = made;
    pthread_mutex_unlock(&lock);
    return error;
}

int tally_mpi_finalize(void) {
    pthread_mutex_lock(&lock);
    if (is_made)
        free_all();
    pthread_mutex_unlock(&lock);
    free_kept();
    return succeed();
}
