/*
 * Statements that are interrupted after each of their operations, and from
 * another thread: SQLITE_INTERRUPT, no leak, and the connection goes on.
 */
#include <pthread.h>
#include <time.h>

#include "common.h"

static int count_down(void *left) {
    return --*(long *)left <= 0;
}

static int same(const outcome *a, const outcome *b) {
    return a->status == b->status && a->rows == b->rows &&
           a->digest == b->digest && !strcmp(a->message, b->message);
}

static long interrupted_by_progress(sqlite3 *db, const char *sql, long step) {
    const outcome expected = run(db, sql);
    long times = 0;
    for (long n = 1;; n += step) {
        long left = n;
        sqlite3_progress_handler(db, 1, count_down, &left);
        const outcome o = run(db, sql);
        sqlite3_progress_handler(db, 0, NULL, NULL);
        if (o.status != SQLITE_INTERRUPT) {
            MUST(same(&o, &expected), "%s: %s", sql, o.message);
            return times;
        }
        times++;
    }
}

typedef struct shared {
    pthread_mutex_t lock;
    sqlite3 *db;
    int done;
} shared;

static void *interrupts(void *argument) {
    shared *s = argument;
    for (long pause = 1;; pause = pause * 7 % 10007) {
        nanosleep(&(struct timespec){0, pause * 1000}, NULL);
        pthread_mutex_lock(&s->lock);
        const int done = s->done;
        if (!done)
            sqlite3_interrupt(s->db);
        pthread_mutex_unlock(&s->lock);
        if (done)
            return NULL;
    }
}

static void interrupted_by_a_thread(sqlite3 *db, int rounds) {
    static const char sql[] =
        "select exact_sum(a.x) over (order by a.i rows 9 preceding), "
        "exact_avg(a.n) over (order by a.i rows 9 preceding) "
        "from t as a, t as b";
    int times = 0;
    // On a busy machine the other thread may come too late again and again.
    for (int i = 0; i < rounds || (times == 0 && i < 10000); i++) {
        shared s = {PTHREAD_MUTEX_INITIALIZER, db, 0};
        pthread_t thread;
        MUST(pthread_create(&thread, NULL, interrupts, &s) == 0, "no thread");
        const outcome o = run(db, sql);
        pthread_mutex_lock(&s.lock);
        s.done = 1;
        pthread_mutex_unlock(&s.lock);
        pthread_join(thread, NULL);
        MUST(o.status == SQLITE_INTERRUPT || o.status == SQLITE_OK, "%s",
             o.message);
        times += o.status == SQLITE_INTERRUPT;
        const outcome after = run(db, statements[0]);
        MUST(after.status == SQLITE_OK, "%s", after.message);
    }
    MUST(times > 0, "never interrupted");
}

int main(int count, char **arguments) {
    const long step = getenv("STEP") != NULL ? atol(getenv("STEP")) : 1;
    take_arguments(count, arguments);
    int status;
    sqlite3 *db = try_open(&status);
    MUST(db != NULL, "status %d", status);
    fill(db, 40);
    long times = 0;
    for (size_t i = 0; i < STATEMENTS; i++)
        times += interrupted_by_progress(db, statements[i], step);
    interrupted_by_a_thread(db, 20);
    printf("%ld interruptions\n", times);
    MUST(sqlite3_close(db) == SQLITE_OK, "not closed");
    sqlite3_reset_auto_extension();
    MUST(sqlite3_memory_used() == 0, "%lld bytes leaked",
         (long long)sqlite3_memory_used());
    return 0;
}
