/*
 * The type exact_state: a saved sum under a seal, which holds its length and a
 * checksum. It is a varlena with the library's own bytes, which are the same in
 * every database and program.
 *
 * Each function checks the seal, since bytes may be damaged on disk. Printing
 * and sending do not, so that a damaged table can be dumped.
 */
#include "tally_pg.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

static tally_status load(const void *bytes, size_t size,
                         tally_accumulator *into) {
    const void *saved;
    size_t saved_size;
    tally_status status = tally_saved_open(bytes, size, &saved, &saved_size);

    if (status == TALLY_OK)
        status = tally_accumulator_load(saved, saved_size, into);
    return status;
}

static void check_state(tally_status status) {
    if (unlikely(status != TALLY_OK))
        ereport(ERROR,
                (errcode(ERRCODE_DATA_CORRUPTED),
                 errmsg("damaged exact_state: %s", tally_last_message())));
}

static void open_state(const bytea *state, tally_accumulator *into) {
    check_state(load(VARDATA_ANY(state), VARSIZE_ANY_EXHDR(state), into));
}

void tally_pg_open(const bytea *state, sum *into, tally_accumulator *room) {
    const void *saved;
    size_t size;

    check_state(tally_saved_open(VARDATA_ANY(state), VARSIZE_ANY_EXHDR(state),
                                 &saved, &size));
    check_state(tally_pg_load(saved, size, into, room));
}

bytea *tally_pg_seal(const tally_accumulator *from) {
    unsigned char bytes[STATE_MAX];
    size_t size;
    bytea *result;

    check(tally_accumulator_save(from, bytes, sizeof bytes, &size));
    check(tally_saved_seal(bytes, size, bytes, sizeof bytes, &size));
    result = palloc(VARHDRSZ + size);
    SET_VARSIZE(result, VARHDRSZ + size);
    memcpy(VARDATA(result), bytes, size);
    return result;
}

bool tally_pg_empty(const tally_accumulator *state) {
    static const tally_accumulator nothing = TALLY_ACCUMULATOR_INIT;

    /* Equal sums of equal counts have equal bytes. */
    return memcmp(state, &nothing, sizeof nothing) == 0;
}

/* A value of these bytes if they are a state, otherwise an error with that
 * code; from PostgreSQL 16 on, 'escontext' may receive the error instead. */
static Datum from_bytes(const void *bytes, Size size, int code,
                        Node *escontext) {
    tally_accumulator state;
    bytea *result;

    if (load(bytes, size, &state) != TALLY_OK) {
#if PG_VERSION_NUM >= 160000
        ereturn(escontext, (Datum)0,
#else
        (void)escontext;
        ereport(ERROR,
#endif
                (errcode(code),
                 errmsg("invalid exact_state: %s", tally_last_message())));
    }
    result = palloc(VARHDRSZ + size);
    SET_VARSIZE(result, VARHDRSZ + size);
    memcpy(VARDATA(result), bytes, size);
    PG_RETURN_BYTEA_P(result);
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

PG_FUNCTION_INFO_V1(tally_pg_state_in);

Datum tally_pg_state_in(PG_FUNCTION_ARGS) {
    const char *text = PG_GETARG_CSTRING(0);
    unsigned char bytes[STATE_MAX];
    Size size = 0;
    bool hex = text[0] == '\\' && text[1] == 'x';

    /* A longer text is cut here, and the odd digit makes it invalid. */
    for (text += hex ? 2 : 0; hex && *text != '\0' && size < sizeof bytes;
         text += 2) {
        int high = hex_digit(text[0]);
        int low = high < 0 ? -1 : hex_digit(text[1]);

        if (low < 0)
            break;
        bytes[size++] = (unsigned char)(high * 16 + low);
    }
    if (!hex || *text != '\0') {
#if PG_VERSION_NUM >= 160000
        ereturn(fcinfo->context, (Datum)0,
#else
        ereport(ERROR,
#endif
                (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                 errmsg("invalid input syntax for type exact_state"),
                 errdetail("A state is \\x and up to %d bytes in hexadecimal.",
                           STATE_MAX)));
    }
    return from_bytes(bytes, size, ERRCODE_INVALID_TEXT_REPRESENTATION,
                      fcinfo->context);
}

PG_FUNCTION_INFO_V1(tally_pg_state_out);

Datum tally_pg_state_out(PG_FUNCTION_ARGS) {
    /* Not byteaout(), which depends on the setting bytea_output. */
    bytea *state = PG_GETARG_BYTEA_PP(0);
    Size size = VARSIZE_ANY_EXHDR(state);
    char *text = palloc(2 + 2 * size + 1);

    memcpy(text, "\\x", 2);
    text[2 + hex_encode(VARDATA_ANY(state), size, text + 2)] = '\0';
    PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(tally_pg_state_recv);

Datum tally_pg_state_recv(PG_FUNCTION_ARGS) {
    StringInfo message = (StringInfo)PG_GETARG_POINTER(0);
    int size = message->len - message->cursor;

    return from_bytes(pq_getmsgbytes(message, size), size,
                      ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
}

PG_FUNCTION_INFO_V1(tally_pg_state_from_bytea);

Datum tally_pg_state_from_bytea(PG_FUNCTION_ARGS) {
    bytea *bytes = PG_GETARG_BYTEA_PP(0);

    return from_bytes(VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes),
                      ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
}

PG_FUNCTION_INFO_V1(tally_pg_state_value);

Datum tally_pg_state_value(PG_FUNCTION_ARGS) {
    tally_accumulator state;
    double total = 0;
    tally_status status;

    open_state(PG_GETARG_BYTEA_PP(0), &state);
    if (tally_pg_empty(&state))
        PG_RETURN_NULL();
    status = tally_accumulator_value_f64(&state, &total);
    return tally_pg_result(status, total);
}

PG_FUNCTION_INFO_V1(tally_pg_state_numeric);

Datum tally_pg_state_numeric(PG_FUNCTION_ARGS) {
    tally_accumulator state;
    size_t length;
    char *text;

    open_state(PG_GETARG_BYTEA_PP(0), &state);
    if (tally_pg_empty(&state))
        PG_RETURN_NULL();
    check(tally_accumulator_value_text(&state, -1, NULL, 0, &length));
    text = palloc(length + 1);
    check(tally_accumulator_value_text(&state, -1, text, length + 1, NULL));
#if PG_VERSION_NUM < 140000
    if (strcmp(text, "inf") == 0 || strcmp(text, "-inf") == 0)
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                        errmsg("cannot convert infinity to numeric")));
#endif
    return DirectFunctionCall3(numeric_in, CStringGetDatum(text),
                               ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

/* NULL is the state of nothing if the function is not STRICT. */
static void open_argument(FunctionCallInfo fcinfo, int which,
                          tally_accumulator *into) {
    if (PG_ARGISNULL(which))
        memset(into, 0, sizeof *into);
    else
        open_state(PG_GETARG_BYTEA_PP(which), into);
}

static Datum step_states(FunctionCallInfo fcinfo,
                         tally_status (*step)(tally_accumulator *,
                                              const tally_accumulator *)) {
    tally_accumulator a, b;

    if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
        PG_RETURN_NULL();
    open_argument(fcinfo, 0, &a);
    open_argument(fcinfo, 1, &b);
    check(step(&a, &b));
    PG_RETURN_BYTEA_P(tally_pg_seal(&a));
}

PG_FUNCTION_INFO_V1(tally_pg_state_add);

Datum tally_pg_state_add(PG_FUNCTION_ARGS) {
    return step_states(fcinfo, tally_accumulator_merge);
}

PG_FUNCTION_INFO_V1(tally_pg_state_subtract);

Datum tally_pg_state_subtract(PG_FUNCTION_ARGS) {
    return step_states(fcinfo, tally_accumulator_unmerge);
}
