/* The entry point, and the table of the functions. */
#include "tally_sqlite.h"

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "extension.h"

/* The first version with window functions. */
#define OLDEST_SQLITE 3025000

static void version(sqlite3_context *context, int count,
                    sqlite3_value **values) {
    (void)count;
    (void)values;
    sqlite3_result_text(context, tally_version(), -1, SQLITE_TRANSIENT);
}

/* SQLITE_DETERMINISTIC functions can be indexed: their results are the same in
 * every version of Tally. */
#define FIXED SQLITE_DETERMINISTIC
#define TOTAL total_step, total_inverse, total_value, total_final
#define MERGE merge_step, merge_inverse, merge_value, merge_final
/* These own nothing that must be released at the end. */
#define MOMENTS moments_step, moments_inverse, moments_value, moments_value
#define PAIRS pairs_step, pairs_inverse, pairs_value, pairs_value
#define SCALAR(step) step, NULL, NULL, NULL

static const function functions[] = {
    {"exact_sum", 1, FIXED, SUM, 0, TOTAL},
    {"exact_avg", 1, FIXED, MEAN, 0, TOTAL},
    {"exact_state", 1, FIXED, STATE, 0, TOTAL},
    {"exact_merge", 1, FIXED, STATE, 0, MERGE},
    {"exact_var_samp", 1, FIXED, VARIANCE, 1, MOMENTS},
    {"exact_var_pop", 1, FIXED, VARIANCE, 0, MOMENTS},
    {"exact_stddev_samp", 1, FIXED, STANDARD_DEVIATION, 1, MOMENTS},
    {"exact_stddev_pop", 1, FIXED, STANDARD_DEVIATION, 0, MOMENTS},
    {"exact_covar_samp", 2, FIXED, COVARIANCE, 1, PAIRS},
    {"exact_covar_pop", 2, FIXED, COVARIANCE, 0, PAIRS},
    {"exact_corr", 2, FIXED, CORRELATION, 0, PAIRS},
    {"exact_regr_slope", 2, FIXED, SLOPE, 0, PAIRS},
    {"exact_regr_intercept", 2, FIXED, INTERCEPT, 0, PAIRS},
    {"exact_merge", 2, FIXED, STATE, 0, SCALAR(merge_two)},
    {"exact_subtract", 2, FIXED, STATE, 0, SCALAR(subtract_two)},
    {"exact_value", 1, FIXED, SUM, 0, SCALAR(value_of)},
    {"tally_version", 0, 0, SUM, 0, SCALAR(version)},
};

static int create(sqlite3 *db, const function *f) {
    int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS | f->flags;
    void *data = (void *)f;
    if (f->value == NULL)
        return sqlite3_create_function_v2(db, f->name, f->arguments, flags,
                                          data, f->step, NULL, NULL, NULL);
    return sqlite3_create_window_function(db, f->name, f->arguments, flags,
                                          data, f->step, f->final, f->value,
                                          f->inverse, NULL);
}

#ifdef _WIN32
__declspec(dllexport)
#elif defined(__GNUC__) && !defined(SQLITE_CORE)
__attribute__((visibility("default")))
#endif
int sqlite3_tally_init(sqlite3 *db, char **message,
                       const struct sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api);
    (void)api;
    if (sqlite3_libversion_number() < OLDEST_SQLITE) {
        if (message != NULL)
            *message = sqlite3_mprintf("tally: needs SQLite 3.25 or later, not "
                                       "%s",
                                       sqlite3_libversion());
        return SQLITE_ERROR;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        int status = create(db, &functions[i]);
        if (status != SQLITE_OK) {
            /* While a statement runs, SQLite refuses to replace them. */
            if (message != NULL)
                *message = sqlite3_mprintf("tally: %s", sqlite3_errmsg(db));
            return status;
        }
    }
    return SQLITE_OK;
}
