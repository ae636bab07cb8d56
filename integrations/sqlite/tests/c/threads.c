/* Connections in many threads, opened and closed again and again, and threads
 * that end: every outcome is that of one thread alone. */
#include <pthread.h>

#include "common.h"

#define THREADS 12
#define ROUNDS 6

static outcome expected[STATEMENTS];

static void *work(void *argument) {
    (void)argument;
    for (int round = 0; round < ROUNDS; round++) {
        int status;
        sqlite3 *db = try_open(&status);
        MUST(db != NULL, "status %d", status);
        fill(db, 40);
        for (size_t i = 0; i < STATEMENTS; i++) {
            const outcome o = run(db, statements[i]), *e = &expected[i];
            MUST(o.status == e->status && o.rows == e->rows &&
                     o.digest == e->digest && !strcmp(o.message, e->message),
                 "%s: %s", statements[i], o.message);
        }
        MUST(sqlite3_close(db) == SQLITE_OK, "not closed");
    }
    return NULL;
}

int main(int count, char **arguments) {
    take_arguments(count, arguments);
    int status;
    sqlite3 *db = try_open(&status);
    MUST(db != NULL, "status %d", status);
    fill(db, 40);
    for (size_t i = 0; i < STATEMENTS; i++)
        expected[i] = run(db, statements[i]);
    /* The last connection is closed, and the extension with it, while threads
     * begin and end. */
    sqlite3_close(db);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        MUST(pthread_create(&threads[i], NULL, work, NULL) == 0, "no thread");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    sqlite3_reset_auto_extension();
    MUST(sqlite3_memory_used() == 0, "%lld bytes leaked",
         (long long)sqlite3_memory_used());
    printf("%d threads\n", THREADS);
    return 0;
}
