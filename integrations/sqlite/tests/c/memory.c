/*
 * Memory that runs out at each allocation in turn, once or for good: each
 * statement is right, or it is SQLITE_NOMEM; and nothing is leaked.
 */
#include "common.h"

static sqlite3_mem_methods system_memory;
/* The allocation that fails, counted down; below 0 none does. */
static long fails_in = -1;
static int for_good;
static long failures, outstanding;

static int fails_now(void) {
    if (fails_in < 0 || --fails_in >= 0)
        return 0;
    failures++;
    if (for_good)
        fails_in = 0;
    return 1;
}

static void *allocate(int size) {
    void *block = fails_now() ? NULL : system_memory.xMalloc(size);
    outstanding += block != NULL;
    return block;
}

static void *reallocate(void *block, int size) {
    return fails_now() ? NULL : system_memory.xRealloc(block, size);
}

static void release(void *block) {
    outstanding--;
    system_memory.xFree(block);
}

static void fail_from(long first) {
    fails_in = first;
    failures = 0;
}

/* A connection that could not be made, and one that could. */
static long opened_under_failures(void) {
    for (long n = 0;; n++) {
        const long before = outstanding;
        int status;
        fail_from(n);
        sqlite3 *db = try_open(&status);
        const long seen = failures;
        fail_from(-1);
        if (db != NULL) {
            const outcome o = run(db, "select exact_sum(1)");
            MUST(o.status == SQLITE_OK || strstr(o.message, "no such function"),
                 "allocation %ld: %s", n, o.message);
            sqlite3_close(db);
            MUST(o.status == SQLITE_OK || seen > 0, "%s", o.message);
            if (seen == 0)
                return n;
        } else {
            /* Loading an extension is SQLITE_ERROR, whatever the reason. */
            MUST(seen > 0 && (status == SQLITE_NOMEM || status == SQLITE_ERROR),
                 "allocation %ld: status %d", n, status);
        }
        MUST(outstanding == before, "allocation %ld: %ld blocks leaked", n,
             outstanding - before);
    }
}

static outcome expected[STATEMENTS];

/* Returns 0 when there are fewer allocations than 'n'. */
static int fails_at(size_t which, long n) {
    const long before = outstanding;
    int status;
    sqlite3 *db = try_open(&status);
    MUST(db != NULL, "status %d", status);
    sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 0, 0);
    fill(db, 40);
    fail_from(n);
    const outcome o = run(db, statements[which]);
    const long seen = failures;
    fail_from(-1);
    const outcome *e = &expected[which];
    const int right = o.status == e->status && o.rows == e->rows &&
                      o.digest == e->digest && !strcmp(o.message, e->message);
    /* SQLite may have no memory for the message of an error. */
    const int failed = o.status == SQLITE_NOMEM ||
                       (o.status == SQLITE_ERROR && e->status == SQLITE_ERROR);
    MUST(right || (seen > 0 && failed),
         "allocation %ld%s of: %s\n  status %d, %d rows, %s", n,
         for_good ? " and all after it" : "", statements[which], o.status,
         o.rows, o.message);
    /* The connection goes on. */
    const outcome after = run(db, statements[which]);
    MUST(after.digest == e->digest && after.status == e->status,
         "after allocation %ld of: %s\n  %s", n, statements[which],
         after.message);
    MUST(sqlite3_close(db) == SQLITE_OK, "not closed");
    MUST(outstanding == before, "allocation %ld of: %s\n  %ld blocks leaked", n,
         statements[which], outstanding - before);
    return seen > 0;
}

int main(int count, char **arguments) {
    /* Every STEP-th allocation, for runs that are slow. */
    const long step = getenv("STEP") != NULL ? atol(getenv("STEP")) : 1;
    int status = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
    MUST(status == SQLITE_OK, "%d", status);
    sqlite3_mem_methods methods = system_memory;
    methods.xMalloc = allocate;
    methods.xRealloc = reallocate;
    methods.xFree = release;
    status = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    MUST(status == SQLITE_OK, "%d", status);
    status = sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    MUST(status == SQLITE_OK, "%d", status);
    take_arguments(count, arguments);

    sqlite3 *db = try_open(&status);
    MUST(db != NULL, "status %d", status);
    fill(db, 40);
    for (size_t i = 0; i < STATEMENTS; i++)
        expected[i] = run(db, statements[i]);
    sqlite3_close(db);

    long tried = 0;
    for (for_good = 0; for_good < 2; for_good++) {
        tried += opened_under_failures();
        for (size_t i = 0; i < STATEMENTS; i++) {
            long n = 0;
            while (fails_at(i, n))
                n += step;
            MUST(n > 0, "no allocation in: %s", statements[i]);
            tried += n / step;
        }
    }
    printf("%ld failures of memory\n", tried);
    sqlite3_reset_auto_extension();
    sqlite3_shutdown();
    MUST(outstanding == 0, "%ld blocks leaked", outstanding);
    return 0;
}
