/*
 * Only the functions whose names end in `_parallel` start threads: every other
 * call leaves the process with the one thread that it had. Each is the first
 * call of a process of its own, with arrays that are long enough to share out.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "every_function.h"

/* The threads of this process; 0 where the system does not say. */
static int threads_of_process(void) {
    int threads = 0;
    DIR *tasks = opendir("/proc/self/task");
    if (tasks != NULL) {
        for (struct dirent *task = readdir(tasks); task != NULL;
             task = readdir(tasks)) {
            threads += task->d_name[0] != '.';
        }
        closedir(tasks);
    }
    return threads;
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), part = strlen(end);
    return length >= part && strcmp(text + length - part, end) == 0;
}

/* Whether a function writes a result for each element: there is room for few.
 */
static bool is_batch(const char *name) {
    return strstr(name, "_group") != NULL || strstr(name, "_axis") != NULL ||
           strstr(name, "_rolling") != NULL ||
           strstr(name, "_cumulative") != NULL;
}

/* How many threads a process has after its first call, which is this one. */
static int threads_after(const struct function *function) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(60);
        count = is_batch(function->name) ? count : MOST;
        function->prepare();
        function->call();
        _exit(threads_of_process());
    }
    check_that(waitpid(child, &status, 0) == child, &at);
    check_that(WIFEXITED(status), &at);
    return WEXITSTATUS(status);
}

int main(void) {
    cpu_set_t set;
    int starting = 0;
    check_that_no_function_is_missing();
    /* Tools that run with TALLY_TEST_QUICK have threads of their own. */
    if (is_quick() || threads_of_process() != 1 ||
        sched_getaffinity(0, sizeof set, &set) != 0) {
        printf("skipped: threads cannot be counted here\n");
        return finish();
    }
    share_memory();
    fill(40);
    /* In a child, so that nothing of the library's has begun here. */
    pid_t child = fork();
    if (child == 0) {
        make_given();
        _exit(finish());
    }
    CHECK(waitpid(child, NULL, 0) == child);
    for (size_t i = 0; i < FUNCTIONS; i++) {
        struct place at = {"c_tests/c/every_function_rows.h", 0,
                           functions[i].name};
        int threads = threads_after(&functions[i]);
        if (!ends_with(functions[i].name, "_parallel")) {
            check_int(threads, 1, &at);
        } else {
            check_that(threads >= 1 && threads <= CPU_COUNT(&set), &at);
            starting += threads > 1;
        }
    }
    /* Were none started at all, nothing would have been tested. */
    CHECK(starting > 0 || CPU_COUNT(&set) == 1);
    return finish();
}
