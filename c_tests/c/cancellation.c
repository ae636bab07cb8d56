/*
 * A thread whose cancellation is pending may call any function: the call gives
 * what it gives any other thread, and the thread is cancelled where the program
 * comes to a cancellation point of its own. So none of ours is one.
 *
 * What a function does only once in a process may be what goes wrong: so each
 * call is the first of a process of its own.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <time.h>

#include "matrix.h"

static bool is_pending;

static void *call(void *row) {
    const struct function *function = row;
    int state = -1, type = -1;
    if (is_pending) {
        CHECK_INT(pthread_cancel(pthread_self()), 0);
    }
    function->call();
    got->last = tally_last_status();
    CHECK_INT(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state), 0);
    CHECK_INT(state, PTHREAD_CANCEL_ENABLE);
    CHECK_INT(pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &type), 0);
    CHECK_INT(type, PTHREAD_CANCEL_DEFERRED);
    got->other_f64 = 1; /* It came here. */
    CHECK_INT(pthread_setcancelstate(state, NULL), 0);
    pthread_testcancel();
    return NULL;
}

/* The call on a thread of a new process. */
static struct results in_a_child(const struct function *function,
                                 bool pending) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    int status = -1;
    memset(got, 0, sizeof *got);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        pthread_t thread;
        void *result = NULL;
        alarm(60);
        is_pending = pending;
        function->prepare();
        CHECK_INT(pthread_create(&thread, NULL, call, (void *)function), 0);
        CHECK_INT(pthread_join(thread, &result), 0);
        CHECK(result == (pending ? PTHREAD_CANCELED : NULL));
        give_all_back();
        _exit(finish());
    }
    check_that(waitpid(child, &status, 0) == child, &at);
    if (status != 0 && check_failed(&at)) {
        fprintf(stderr, "    %s: status 0x%x\n",
                pending ? "pending" : "not pending", (unsigned)status);
    }
    return *got;
}

static void make_given_in_a_child(void) {
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        make_given();
        _exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

/* The leak report is written by exit(), which a thread may call whose
 * cancellation is pending. */
static void *leave(void *unused) {
    CHECK_INT(pthread_cancel(pthread_self()), 0);
    exit(finish() == 0 ? 17 : 1);
    return unused;
}

static void the_leak_report_is_written(void) {
    int ends[2], status = -1;
    char text[200] = "";
    CHECK_INT(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        pthread_t thread;
        alarm(60);
        dup2(ends[1], STDERR_FILENO);
        setenv("TALLY_LEAK_REPORT", "1", 1);
        tally_unref(tally_object_new());
        CHECK_INT(atexit(an_object), 0); /* Runs before the report. */
        CHECK_INT(pthread_create(&thread, NULL, leave, NULL), 0);
        pthread_join(thread, NULL);
        _exit(2);
    }
    close(ends[1]);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 17);
    CHECK(read(ends[0], text, sizeof text - 1) > 0);
    CHECK_CONTAINS(text, "not released with tally_unref: objects: 1, 0 bytes");
    close(ends[0]);
}

static void with_a_cancellation_pending(const struct function *function) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    make_long(function);
    struct results calm = in_a_child(function, false);
    struct results pending = in_a_child(function, true);
    check_int(calm.status, TALLY_OK, &at);
    check_int(calm.last, TALLY_OK, &at);
    check_double(calm.other_f64, 1, &at);
    check_bytes(&pending, &calm, sizeof calm, &at);
}

/* A fault: a system call that is a cancellation point. */
static void wait_a_little(void) {
    const struct timespec time = {0, 1};
    nanosleep(&time, NULL);
}

int main(void) {
    share_memory();
    fill(400);
    make_given_in_a_child();
    CHECK_SEEN(with_a_cancellation_pending, "a cancellation point", nothing,
               wait_a_little);
    /* Where every step is checked by a tool, one of each kind. */
    every_function_in(CANCELLATION_PENDING, is_quick() ? 9 : 1,
                      with_a_cancellation_pending);
    the_leak_report_is_written();
    return finish();
}
