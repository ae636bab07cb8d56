/*
 * A forked child calls any function, on what its parent had prepared, and gets
 * what the parent gets; so does its own child. The parent had called each
 * before, so that whatever the library sets up, threads among it, was the
 * parent's. fork.c has what the processes do to each other: nothing.
 */
#define _GNU_SOURCE
#include "matrix.h"

static struct results expected, prepared;

/* The rest of a call that was prepared, here or in an ancestor. */
static void go_on(const struct function *function, const struct place *at) {
    *got = prepared;
    function->call();
    finish_call();
    check_bytes(got, &expected, sizeof expected, at);
}

/* The call in this process, after its descendants made it. */
static void in_descendants(const struct function *function, int generations,
                           const struct place *at) {
    pid_t child = -1;
    int status = -1;
    fflush(NULL);
    for (int i = 0; i < generations; i++) {
        child = fork();
        if (child != 0) {
            check_that(waitpid(child, &status, 0) == child, at);
            check_int(status, 0, at);
            break;
        }
        check_failures = 0;
        alarm(60);
    }
    go_on(function, at);
}

static void after_fork(const struct function *function) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    const pid_t parent = getpid();
    make_long(function);
    prepare_call(function);
    function->call();
    finish_call();
    expected = *got;
    prepare_call(function);
    prepared = *got;
    in_descendants(function, 2, &at);
    if (getpid() != parent) {
        _exit(finish());
    }
}

/* Faults: what was noted of the process is no longer so; what a child makes is
 * not given back. */
static pid_t noted;

static void note_the_process(void) {
    noted = noted == 0 ? getpid() : noted;
    got->number = noted == getpid();
}

static void leak_in_another_process(void) {
    noted = noted == 0 ? getpid() : noted;
    if (noted != getpid()) {
        CHECK(tally_object_new() != NULL);
    }
}

int main(void) {
    share_memory();
    fill(400);
    make_given();
    CHECK_SEEN(after_fork, "the process is another", nothing, note_the_process);
    CHECK_SEEN(after_fork, "a leak", nothing, leak_in_another_process);
    every_function_in(AFTER_FORK, is_quick() ? 9 : 1, after_fork);
    return finish();
}
