/* States that begin as a buffer of rows: see rows.h. */
#include "rows.h"

#include "libpq/pqformat.h"

struct rows {
    void *sums;  /* NULL as long as the buffer holds all rows */
    uint32 used; /* rows in the buffer */
    uint32 room;
    /* 'room' values x, and then as many y if the rows have them. */
    double values[FLEXIBLE_ARRAY_MEMBER];
};

#define HEADER offsetof(rows, values)

/* The first byte of a serialised state. */
#define SAVED_ROWS 'r'
#define SAVED_SUMS 's'

/* A power of two for the numbers of rows that each kind uses. */
static Size size_of(const rows_kind *kind, uint32 room) {
    return HEADER + room * kind->width * sizeof(double);
}

static rows *new_rows(MemoryContext context, const rows_kind *kind) {
    rows *state = MemoryContextAlloc(context, size_of(kind, kind->room_min));

    state->sums = NULL;
    state->used = 0;
    state->room = kind->room_min;
    return state;
}

static void flush(const rows *state, const rows_kind *kind, void *sums) {
    if (state->used > 0)
        check(kind->add(sums, state->values, state->values + state->room,
                        state->used));
}

/* Allocates the sums if there are none, and empties the buffer into them. */
static void *sums_of(rows *state, const rows_kind *kind,
                     MemoryContext context) {
    if (state->sums == NULL)
        state->sums = tally_pg_pool_alloc(context, kind->pool, kind->size);
    flush(state, kind, state->sums);
    state->used = 0;
    return state->sums;
}

static rows *enlarge(rows *state, const rows_kind *kind) {
    uint32 old = state->room;
    uint32 room = 2 * old + HEADER / (kind->width * sizeof(double));

    state = repalloc(state, size_of(kind, room));
    if (kind->width == 2)
        memmove(state->values + room, state->values + old,
                old * sizeof(double));
    state->room = room;
    return state;
}

static inline rows *add(rows *state, const rows_kind *kind, double x, double y,
                        FunctionCallInfo fcinfo) {
    if (unlikely(state->used == state->room)) {
        if (state->room < kind->room_max)
            state = enlarge(state, kind);
        else
            (void)sums_of(state, kind, tally_pg_context(fcinfo));
    }
    state->values[state->used] = x;
    if (kind->width == 2)
        state->values[state->room + state->used] = y;
    state->used++;
    return state;
}

/* As in sum.c, there is a state even if the first row is NULL. */
static rows *state_of(FunctionCallInfo fcinfo, const rows_kind *kind) {
    if (likely(!PG_ARGISNULL(0)))
        return (rows *)PG_GETARG_POINTER(0);
    return new_rows(tally_pg_context(fcinfo), kind);
}

Datum tally_pg_rows_add(FunctionCallInfo fcinfo, const rows_kind *kind,
                        bool missing, double x, double y) {
    rows *state = state_of(fcinfo, kind);

    if (!missing)
        state = add(state, kind, x, y, fcinfo);
    PG_RETURN_POINTER(state);
}

Datum tally_pg_rows_subtract(FunctionCallInfo fcinfo, const rows_kind *kind,
                             bool missing, double x, double y) {
    rows *state = state_of(fcinfo, kind);

    if (!missing)
        check(kind->subtract(sums_of(state, kind, tally_pg_context(fcinfo)), &x,
                             &y, 1));
    PG_RETURN_POINTER(state);
}

Datum tally_pg_rows_combine(FunctionCallInfo fcinfo, const rows_kind *kind) {
    MemoryContext context = tally_pg_context(fcinfo);
    rows *into = PG_ARGISNULL(0) ? NULL : (rows *)PG_GETARG_POINTER(0);
    const rows *from = PG_ARGISNULL(1) ? NULL : (rows *)PG_GETARG_POINTER(1);
    uint32 i;

    if (from != NULL) {
        if (into == NULL)
            into = new_rows(context, kind);
        for (i = 0; i < from->used; i++)
            into = add(into, kind, from->values[i],
                       kind->width == 2 ? from->values[from->room + i] : 0,
                       fcinfo);
        if (from->sums != NULL)
            check(kind->merge(sums_of(into, kind, context), from->sums));
    }
    if (into == NULL)
        PG_RETURN_NULL();
    PG_RETURN_POINTER(into);
}

/* The rows as they are, or all of them as saved sums. */
Datum tally_pg_rows_serialize(FunctionCallInfo fcinfo, const rows_kind *kind) {
    rows *state = (rows *)PG_GETARG_POINTER(0);
    MemoryContext context = tally_pg_context(fcinfo);
    StringInfoData out;

    pq_begintypsend(&out);
    if (state->sums == NULL) {
        uint32 i;

        pq_sendbyte(&out, SAVED_ROWS);
        for (i = 0; i < state->used; i++) {
            pq_sendfloat8(&out, state->values[i]);
            if (kind->width == 2)
                pq_sendfloat8(&out, state->values[state->room + i]);
        }
    } else {
        char *saved = palloc(kind->saved_max);
        size_t size;

        check(kind->save(sums_of(state, kind, context), saved, kind->saved_max,
                         &size));
        pq_sendbyte(&out, SAVED_SUMS);
        pq_sendbytes(&out, saved, size);
        pfree(saved);
    }
    PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

Datum tally_pg_rows_deserialize(FunctionCallInfo fcinfo,
                                const rows_kind *kind) {
    bytea *saved = PG_GETARG_BYTEA_PP(0);
    StringInfoData in;
    rows *state;
    int tag;

    (void)tally_pg_context(fcinfo);
    state = new_rows(CurrentMemoryContext, kind);
    in.data = VARDATA_ANY(saved);
    in.len = VARSIZE_ANY_EXHDR(saved);
    in.maxlen = in.len;
    in.cursor = 0;
    tag = pq_getmsgbyte(&in);
    if (tag == SAVED_SUMS) {
        int size = in.len - in.cursor;

        state->sums = palloc0(kind->size);
        check(kind->load(pq_getmsgbytes(&in, size), size, state->sums));
    } else if (tag == SAVED_ROWS) {
        while (in.cursor < in.len) {
            double x = pq_getmsgfloat8(&in);
            double y = kind->width == 2 ? pq_getmsgfloat8(&in) : 0;

            state = add(state, kind, x, y, fcinfo);
        }
    } else
        ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED),
                        errmsg("damaged partial aggregate: its first byte is "
                               "%d",
                               tag)));
    PG_RETURN_POINTER(state);
}

void tally_pg_rows_total(FunctionCallInfo fcinfo, const rows_kind *kind,
                         void *sums) {
    memset(sums, 0, kind->size);
    if (!PG_ARGISNULL(0)) {
        const rows *state = (const rows *)PG_GETARG_POINTER(0);

        if (state->sums != NULL)
            memcpy(sums, state->sums, kind->size);
        flush(state, kind, sums);
    }
}
