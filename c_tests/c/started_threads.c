/*
 * Only the functions whose names end in `_parallel` start threads: every other
 * call leaves the process with the one thread that it had. Each is the first
 * call of a process of its own, with arrays that are long enough to share out.
 * Of less than two shares none starts a thread.
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

/* What is worth a second thread, and what is just not. `other` is the number of
 * columns of a matrix along whose rows is summed, or the size of a window. */
enum batch_kind {
    AXIS,
    ROLLING,
    COVARIANCE,
    CORRELATION,
    CUMULATIVE,
    INTEGERS
};
static const struct batch {
    enum batch_kind kind;
    size_t rows, other;
    int threads;
} batches[] = {
    /* 131,072 elements for each thread, and 256 results. */
    {AXIS, 2 * 131072 - 1, 1, 1},
    {AXIS, 2 * 131072, 1, 2},
    {AXIS, 2 * 256 - 1, 1100, 1},
    {AXIS, 2 * 256, 1100, 2},
    /* 16,384 rows for each thread, and a window. */
    {ROLLING, 2 * 16384 - 1, 1, 1},
    {ROLLING, 2 * 16384, 1, 2},
    {ROLLING, 2 * 20000 - 1, 20000, 1},
    {ROLLING, 2 * 20000, 20000, 2},
    {COVARIANCE, 2 * 16384 - 1, 1, 1},
    {COVARIANCE, 2 * 16384, 1, 2},
    {COVARIANCE, 2 * 20000 - 1, 20000, 1},
    {CORRELATION, 2 * 16384 - 1, 1, 1},
    {CORRELATION, 2 * 16384, 1, 2},
    {CORRELATION, 2 * 20000 - 1, 20000, 1},
    /* 16,384 rows for each thread. */
    {CUMULATIVE, 2 * 16384 - 1, 0, 1},
    {CUMULATIVE, 2 * 16384, 0, 2},
    {INTEGERS, 2 * 16384 - 1, 0, 1},
    {INTEGERS, 2 * 16384, 0, 2},
};

static tally_status call_batch(const struct batch *batch) {
    const size_t rows = batch->rows, other = batch->other;
    const tally_column a = TALLY_COLUMN(TALLY_F64, x, rows);
    const tally_column b = TALLY_COLUMN(TALLY_F64, y, rows);
    const tally_column integer_column = TALLY_COLUMN(TALLY_I32, int32s, rows);
    const tally_column first_row = TALLY_COLUMN(TALLY_F64, x, other);
    switch (batch->kind) {
    case AXIS:
        return tally_axis_parallel(&first_row, rows,
                                   (ptrdiff_t)(other * sizeof *x), 1, TALLY_SUM,
                                   0, 0, long_batch);
    case ROLLING:
        return tally_rolling_parallel(&a, other, 1, TALLY_SUM, 0, 0,
                                      long_batch);
    case COVARIANCE:
        return tally_rolling_covariance_parallel(&a, &b, other, 1, 0, 0,
                                                 long_batch);
    case CORRELATION:
        return tally_rolling_correlation_parallel(&a, &b, other, 1, 0,
                                                  long_batch);
    case CUMULATIVE:
        return tally_cumulative_sum_parallel(&a, 0, long_batch);
    default:
        return tally_cumulative_sum_i64_parallel(&integer_column, 0,
                                                 long_batch_i64, NULL);
    }
}

static void each_thread_has_its_share(int processors) {
    for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
        char name[40];
        struct place at = {__FILE__, __LINE__, name};
        int status = -1;
        snprintf(name, sizeof name, "batch %zu", i);
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            alarm(60);
            _exit(call_batch(&batches[i]) == TALLY_OK ? threads_of_process()
                                                      : 0);
        }
        check_that(waitpid(child, &status, 0) == child, &at);
        check_that(WIFEXITED(status), &at);
        check_int(WEXITSTATUS(status), processors > 1 ? batches[i].threads : 1,
                  &at);
    }
}

int main(void) {
    cpu_set_t set;
    int starting = 0;
    check_that_no_function_is_missing();
    /* Tools that run with TALLY_TEST_QUICK have threads of their own. */
    if (is_quick() || threads_of_process() != 1 ||
        sched_getaffinity(0, sizeof set, &set) != 0) {
        return skip_all("threads cannot be counted here");
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
    each_thread_has_its_share(CPU_COUNT(&set));
    return finish();
}
