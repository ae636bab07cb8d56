/* A process that has used up its keys for thread-specific data, so that the
 * library is not told when a thread ends: all works, and all threads together
 * remember the last 64 small blocks that they freed. */
#define _POSIX_C_SOURCE 200809L
#include <limits.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"
#include "../statm.h"

enum { REMEMBERED = 64 };

static void *free_blocks(void *count) {
    void *blocks[REMEMBERED];
    for (int i = 0; i < *(int *)count; i++) {
        blocks[i] = tally_alloc(16);
        CHECK(blocks[i] != NULL);
    }
    for (int i = 0; i < *(int *)count; i++) {
        tally_free(blocks[i]);
        CHECK_RECORD(TALLY_OK, "");
    }
    return NULL;
}

static void on_a_thread(int count) {
    pthread_t thread;
    CHECK_INT(pthread_create(&thread, NULL, free_blocks, &count), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
}

static void the_last_blocks_are_remembered(void) {
    void *block = tally_alloc(16);
    tally_free(block);
    CHECK_RECORD(TALLY_OK, "");
    on_a_thread(REMEMBERED - 1);
    tally_free(block);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_clear_error();
}

static void *use_handles(void *unused) {
    tally_array *array = NULL;
    const double values[] = {1, 2};
    double total = 0;
    CHECK_OK(tally_array_new_f64(values, 2, &array));
    CHECK_OK(tally_array_sum_f64(array, &total));
    CHECK_DOUBLE(total, 3);
    CHECK_OK(tally_unref(array));
    CHECK_REFUSED(tally_unref(array), TALLY_STALE, "tally_unref");
    return unused;
}

/* Nothing is set aside for a thread whose end will not be told. */
static void threads_that_end_leave_nothing(void) {
    for (int i = 0; i < 100; i++) {
        on_a_thread(3);
    }
    /* Tools that run with TALLY_TEST_QUICK take memory for each themselves. */
    if (is_quick()) {
        return;
    }
    size_t unused, before = statm(&unused);
    if (before == 0) {
        printf("skipped: memory cannot be measured here\n");
        return;
    }
    for (int i = 0; i < 4000; i++) {
        pthread_t thread;
        on_a_thread(3);
        CHECK_INT(pthread_create(&thread, NULL, use_handles, NULL), 0);
        CHECK_INT(pthread_join(thread, NULL), 0);
    }
    CHECK(statm(&unused) < before + 1000000);
}

static int keys_left(void) {
    static pthread_key_t keys[PTHREAD_KEYS_MAX];
    int count = 0;
    while (count < PTHREAD_KEYS_MAX &&
           pthread_key_create(&keys[count], NULL) == 0) {
        count++;
    }
    for (int i = 0; i < count; i++) {
        CHECK_INT(pthread_key_delete(keys[i]), 0);
    }
    return count;
}

/* In a child, so that the library has none of its own here. */
static void the_library_takes_one_key(void) {
    pid_t child = fork();
    if (child == 0) {
        int before = keys_left();
        use_handles(NULL);
        tally_clear_error();
        on_a_thread(3);
        CHECK_INT(before - keys_left(), 1);
        _exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

int main(void) {
    the_library_takes_one_key();
    pthread_key_t key;
    pthread_t thread;
    while (pthread_key_create(&key, NULL) == 0) {
    }
    the_last_blocks_are_remembered();
    use_handles(NULL);
    CHECK_INT(pthread_create(&thread, NULL, use_handles, NULL), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    threads_that_end_leave_nothing();
    return finish();
}
