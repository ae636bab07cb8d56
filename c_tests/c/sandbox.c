/*
 * A process in a sandbox that refuses nearly all system calls: every function
 * does its work there, handles included, and nothing leaks. Each call is the
 * first of a process of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <sys/resource.h>

#include "matrix.h"

#if defined(__linux__)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* Waiting, saying what is wrong, the end, and memory; new memory last. */
static const unsigned allowed[] = {
    SYS_futex,        SYS_write,    SYS_exit_group, SYS_munmap,
    SYS_madvise,      SYS_mprotect, SYS_brk,
#if defined(SYS_futex_time64)
    SYS_futex_time64,
#endif
    SYS_mremap,
#if defined(SYS_mmap)
    SYS_mmap,
#endif
#if defined(SYS_mmap2)
    SYS_mmap2,
#endif
};
enum {
    ALLOWED = sizeof allowed / sizeof *allowed,
#if defined(SYS_mmap) && defined(SYS_mmap2)
    OF_NEW_MEMORY = 3
#else
    OF_NEW_MEMORY = 2
#endif
};

/* From now on all other system calls fail with `error`, where that is ENOMEM
 * those for more memory, too. */
static bool refuse_the_rest(int error) {
    struct sock_filter filter[2 * ALLOWED + 2];
    unsigned short n = 0;
    const int last = error == ENOMEM ? ALLOWED - OF_NEW_MEMORY : ALLOWED;
    filter[n++] = (struct sock_filter)BPF_STMT(
        BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < last; i++) {
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

static void call_it(const struct function *function, int error,
                    const struct place *at) {
    check_that(refuse_the_rest(error), at);
    function->prepare();
    function->call();
    check_int(got->status, TALLY_OK, at);
    check_record(TALLY_OK, "", at);
}

/* How many found no memory, in all processes. */
static int *out_of_memory;

/* What the C library still has is taken, too. */
static void call_without_memory(const struct function *function, int error,
                                const struct place *at) {
    function->prepare();
    tally_clear_error();
    const struct results before = *got;
    const struct rlimit none = {0, 0};
    /* The C library counts on brk() to fail in its own way. */
    check_int(setrlimit(RLIMIT_DATA, &none), 0, at);
    check_that(refuse_the_rest(error), at);
    for (size_t size = 1 << 20; size >= 16; size /= 2) {
        while (malloc(size) != NULL) {
        }
    }
    function->call();
    if (tally_last_status() != TALLY_OK) {
        check_record(TALLY_MEMORY, function->name, at);
        got->status = TALLY_OK;
        check_bytes(got, &before, sizeof before, at);
        *out_of_memory += 1;
    }
    check_int(got->status, TALLY_OK, at);
}

static void in_a_sandbox(const struct function *function, int error) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    int status = -1;
    memset(got, 0, sizeof *got);
    make_long(function);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        alarm(60);
        if (error == ENOMEM) {
            call_without_memory(function, error, &at);
        } else {
            call_it(function, error, &at);
        }
        give_all_back();
        _exit(finish());
    }
    check_that(waitpid(child, &status, 0) == child, &at);
    check_int(status, 0, &at);
}

static const int errors[] = {EPERM, ENOSYS};

static void with_system_calls_refused(const struct function *function) {
    for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
        in_a_sandbox(function, errors[e]);
    }
}

static void with_memory_refused(const struct function *function) {
    in_a_sandbox(function, ENOMEM);
}

/* Faults: it counts on a system call, and on memory. */
static void open_a_file(void) {
    FILE *file = fopen("/dev/null", "r");
    CHECK(file != NULL);
    fclose(file);
}

static void use_new_memory(void) {
    volatile char *bytes = malloc(100000);
    bytes[0] = 1;
    free((void *)bytes);
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
    check_that_no_function_is_missing();
    /* Tools that run with TALLY_TEST_QUICK need system calls themselves. */
    if (is_quick() || !can_refuse()) {
        return skip_all("system calls cannot be refused here");
    }
    share_memory();
    fill(400);
    pid_t child = fork();
    if (child == 0) {
        make_given();
        _exit(finish());
    }
    CHECK(waitpid(child, NULL, 0) == child);
    out_of_memory = mmap(NULL, sizeof *out_of_memory, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(out_of_memory != MAP_FAILED);
    CHECK_SEEN(with_system_calls_refused, "a file is opened", nothing,
               open_a_file);
    CHECK_SEEN(with_memory_refused, "there must be memory", nothing,
               use_new_memory);
    every_function_in(SYSTEM_CALLS_REFUSED, 1, with_system_calls_refused);
    every_function_in(MEMORY_REFUSED, 1, with_memory_refused);
    for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
        thousands_of_handles(errors[e]);
    }
    printf("%d functions found no memory\n", *out_of_memory);
    CHECK(*out_of_memory > 5);
    return finish();
}
