/*
 * A process in a sandbox that refuses nearly all system calls: every function
 * does its work there, handles included, and nothing leaks. Each call is the
 * first of a process of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include "every_function.h"

#if defined(__linux__)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* Memory, waiting, saying what is wrong, and the end. */
static const unsigned allowed[] = {
    SYS_brk,          SYS_mmap,  SYS_munmap, SYS_mremap,     SYS_mprotect,
    SYS_madvise,      SYS_futex, SYS_write,  SYS_exit_group,
#if defined(SYS_mmap2)
    SYS_mmap2,
#endif
#if defined(SYS_futex_time64)
    SYS_futex_time64,
#endif
};
enum { ALLOWED = sizeof allowed / sizeof *allowed };

/* From now on all other system calls fail with `error`. */
static bool refuse_the_rest(int error) {
    struct sock_filter filter[2 * ALLOWED + 2];
    unsigned short n = 0;
    filter[n++] = (struct sock_filter)BPF_STMT(
        BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < ALLOWED; i++) {
        filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                   allowed[i], 0, 1);
        filter[n++] =
            (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    }
    filter[n++] = (struct sock_filter)BPF_STMT(
        BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error);
    struct sock_fprog program = {n, filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static bool refuse_the_rest(int error) {
    (void)error;
    return false;
}
#endif

static bool can_refuse(void) {
    pid_t child = fork();
    if (child == 0) {
        _exit(refuse_the_rest(EPERM) && syscall(SYS_getppid) == -1 &&
                      errno == EPERM
                  ? 0
                  : 1);
    }
    int status = -1;
    return waitpid(child, &status, 0) == child && status == 0;
}

static void in_a_sandbox(const struct function *function, int error) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    int status = -1;
    memset(got, 0, sizeof *got);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        alarm(60);
        check_that(refuse_the_rest(error), &at);
        function->prepare();
        function->call();
        check_int(got->status, TALLY_OK, &at);
        check_record(TALLY_OK, "", &at);
        give_all_back();
        _exit(finish());
    }
    check_that(waitpid(child, &status, 0) == child, &at);
    check_int(status, 0, &at);
}

/* What an array holds is given back when no handle can be made, too. */
static void thousands_of_handles(int error) {
    enum { HANDLES = 5000 };
    static tally_array *arrays[HANDLES];
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        CHECK(refuse_the_rest(error));
        for (int i = 0; i < HANDLES; i++) {
            CHECK_OK(tally_array_new_f64(x, 100, &arrays[i]));
        }
        CHECK_LIVE(HANDLES, 0, HANDLES * 800);
        for (int i = 0; i < HANDLES; i++) {
            CHECK_OK(tally_unref(arrays[i]));
        }
        _exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

int main(void) {
    static const int errors[] = {EPERM, ENOSYS};
    check_that_no_function_is_missing();
    /* Tools that run with TALLY_TEST_QUICK need system calls themselves. */
    if (is_quick() || !can_refuse()) {
        printf("skipped: system calls cannot be refused here\n");
        return finish();
    }
    share_memory();
    fill(400);
    pid_t child = fork();
    if (child == 0) {
        make_given();
        _exit(finish());
    }
    CHECK(waitpid(child, NULL, 0) == child);
    for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
        for (size_t i = 0; i < FUNCTIONS; i++) {
            in_a_sandbox(&functions[i], errors[e]);
        }
        thousands_of_handles(errors[e]);
    }
    return finish();
}
