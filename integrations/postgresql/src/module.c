/* The module: its version, its errors, and the context of an aggregate. */
#include "tally_pg.h"

#include "utils/builtins.h"
#include "utils/float.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "tally", .version = TALLY_VERSION);
#else
PG_MODULE_MAGIC;
#endif

extern PGDLLEXPORT void _PG_init(void);

void _PG_init(void) {
    /* Functions are never removed from the library, but an older one lacks
     * those that came later. */
    if (tally_version_number() < TALLY_VERSION_NUMBER)
        ereport(ERROR,
                (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                 errmsg("the Tally library is version %s, but the extension "
                        "was built for %s",
                        tally_version(), TALLY_VERSION)));
}

void tally_pg_error(tally_status status) {
    int code = ERRCODE_INTERNAL_ERROR;

    if (status == TALLY_OVERFLOW)
        code = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
    else if (status == TALLY_INVALID)
        code = ERRCODE_INVALID_PARAMETER_VALUE;
    else if (status == TALLY_FORMAT)
        code = ERRCODE_DATA_CORRUPTED;
    else if (status == TALLY_MEMORY)
        code = ERRCODE_OUT_OF_MEMORY;
    ereport(ERROR, (errcode(code), errmsg("tally: %s", tally_last_message())));
    pg_unreachable();
}

MemoryContext tally_pg_context(FunctionCallInfo fcinfo) {
    MemoryContext context;

    if (!AggCheckCallContext(fcinfo, &context))
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                        errmsg("this function can only be called by an "
                               "aggregate")));
    return context;
}

Datum tally_pg_result(tally_status status, double value) {
    if (status == TALLY_OVERFLOW)
        float_overflow_error();
    check(status);
    return Float8GetDatum(value);
}

PG_FUNCTION_INFO_V1(tally_pg_version);

Datum tally_pg_version(PG_FUNCTION_ARGS) {
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(tally_version()));
}
