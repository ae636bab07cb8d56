/*
 * What the C programs of the tests share: connections that have the extension,
 * tables, and the statements that are run under failures.
 *
 * A program whose first argument is a path loads the extension from there; else
 * it is a part of the program.
 */
#ifndef COMMON_H
#define COMMON_H

#include <math.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef SQLITE_CORE
#include "tally_sqlite.h"
#endif

static const char *extension;

#define MUST(condition, ...)                                                   \
    do {                                                                       \
        if (!(condition)) {                                                    \
            printf("FAILED at %s:%d: %s: ", __FILE__, __LINE__, #condition);   \
            printf(__VA_ARGS__);                                               \
            printf("\n");                                                      \
            exit(1);                                                           \
        }                                                                      \
    } while (0)

static void take_arguments(int count, char **arguments) {
    if (count > 1)
        extension = arguments[1];
#ifdef SQLITE_CORE
    int status =
        sqlite3_auto_extension((void (*)(void))(void *)sqlite3_tally_init);
    MUST(status == SQLITE_OK, "auto_extension: %d", status);
#else
    MUST(extension != NULL, "name the extension");
#endif
}

/* Opens a connection. NULL, with the reason, where memory ran out. */
static sqlite3 *try_open(int *status) {
    sqlite3 *db = NULL;
    *status = sqlite3_open(":memory:", &db);
    if (*status == SQLITE_OK && extension != NULL) {
        *status = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
                                    1, NULL);
        if (*status == SQLITE_OK) {
            char *message = NULL;
            *status = sqlite3_load_extension(db, extension, NULL, &message);
            sqlite3_free(message);
        }
    }
    if (*status == SQLITE_OK)
        return db;
    sqlite3_close(db);
    return NULL;
}

/* Of what a statement gave. */
typedef struct outcome {
    int status;
    int rows;
    uint64_t digest;
    char message[256];
} outcome;

static void mix(uint64_t *digest, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        *digest = (*digest ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
}

static outcome run(sqlite3 *db, const char *sql) {
    outcome o = {SQLITE_OK, 0, 0xcbf29ce484222325, ""};
    sqlite3_stmt *statement = NULL;
    o.status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (o.status == SQLITE_OK) {
        while ((o.status = sqlite3_step(statement)) == SQLITE_ROW) {
            o.rows++;
            for (int i = 0; i < sqlite3_column_count(statement); i++) {
                int type = sqlite3_column_type(statement, i);
                mix(&o.digest, &type, sizeof type);
                if (type == SQLITE_FLOAT) {
                    double value = sqlite3_column_double(statement, i);
                    mix(&o.digest, &value, sizeof value);
                } else if (type == SQLITE_INTEGER) {
                    sqlite3_int64 value = sqlite3_column_int64(statement, i);
                    mix(&o.digest, &value, sizeof value);
                } else if (type == SQLITE_BLOB) {
                    mix(&o.digest, sqlite3_column_blob(statement, i),
                        (size_t)sqlite3_column_bytes(statement, i));
                }
            }
        }
        if (o.status == SQLITE_DONE)
            o.status = SQLITE_OK;
    }
    if (o.status != SQLITE_OK)
        snprintf(o.message, sizeof o.message, "%s", sqlite3_errmsg(db));
    sqlite3_finalize(statement);
    return o;
}

/* Numbers from 2^-400 to 2^400: most sums outgrow 64 bytes. */
static double wide(int i) {
    return ldexp(sin(i), (i * 37) % 800 - 400);
}

/* t: numbers; p: the state of each row. */
static void fill(sqlite3 *db, int rows) {
    outcome o = run(db, "create table t (i integer primary key, x, g, n)");
    MUST(o.status == SQLITE_OK, "%s", o.message);
    sqlite3_stmt *statement = NULL;
    int status = sqlite3_prepare_v2(db, "insert into t values (?, ?, ?, ?)", -1,
                                    &statement, NULL);
    MUST(status == SQLITE_OK, "%s", sqlite3_errmsg(db));
    run(db, "begin");
    for (int i = 1; i <= rows; i++) {
        sqlite3_bind_int(statement, 1, i);
        sqlite3_bind_double(statement, 2, wide(i));
        sqlite3_bind_int(statement, 3, i % 3);
        sqlite3_bind_int64(statement, 4, INT64_MAX - i);
        MUST(sqlite3_step(statement) == SQLITE_DONE, "%s", sqlite3_errmsg(db));
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    run(db, "commit");
    o = run(db, "create table p as select g, exact_state(x) as s from t "
                "group by i / 2");
    MUST(o.status == SQLITE_OK, "%s", o.message);
}

static const char *const statements[] = {
    "select exact_sum(x), exact_avg(x), exact_state(x), exact_sum(g) from t",
    "select g, exact_sum(x), exact_avg(n) from t group by g",
    "select exact_sum(x) over w, exact_state(x) over w, exact_sum(g) over w "
    "from t window w as (order by i rows 4 preceding)",
    "select exact_sum(x) over w, exact_avg(n) over w from t window w as "
    "(order by g groups between 1 preceding and current row exclude ties)",
    "select exact_merge(s) from p",
    "select exact_merge(s) over (order by rowid rows 2 preceding) from p",
    "select exact_value(exact_merge(a.s, b.s)), exact_subtract(a.s, b.s) "
    "from p as a, p as b where a.rowid < 4 and b.rowid < 4",
    "select exact_var_samp(x), exact_stddev_pop(n) from t group by g",
    "select exact_var_pop(x) over (order by i rows 3 preceding) from t",
    "select exact_covar_samp(x, n), exact_corr(n, x) from t group by g",
    "select exact_regr_slope(x, g) over w, exact_regr_intercept(x, n) over w "
    "from t window w as (order by i rows 3 preceding)",
    "select tally_version()",
    /* Errors in the middle. */
    "select g, exact_sum(x), exact_sum(n) from t group by g",
    "select exact_merge(s) from (select s from p union all select x'0102')",
    "select exact_merge(s) over (rows 2 preceding) from "
    "(select s from p union all select 'text')",
    "select exact_value(substr(s, 2)) from p",
};
#define STATEMENTS (sizeof statements / sizeof *statements)

#endif
