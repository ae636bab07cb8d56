/* TALLY_LEAK_REPORT=1: what was not given back is named at the end. The program
 * runs itself, each time in another way. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"

/* What is lost on purpose. Pointers to it stay, so that tools which look for
 * lost memory have nothing to say. */
static void *volatile kept[16];
static int kept_count;

static void *keep(void *lost) {
    return kept[kept_count++] = lost;
}

static const double values[10] = {1, 2, 3};

static tally_view *view_of(tally_array *array) {
    tally_view *view = NULL;
    const double *seen;
    size_t count;
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    return view;
}

static void lose(void) {
    tally_array *array = NULL;
    tally_shared *shared = NULL;
    tally_record *record = NULL;
    keep(tally_object_new());
    keep(tally_object_new());
    CHECK_OK(tally_array_new_f64(values, 10, &array));
    keep(view_of(keep(array)));
    CHECK_OK(tally_array_borrow_f64(values, 10, NULL, NULL, &array));
    keep(array);
    CHECK_OK(tally_shared_new(&shared));
    keep(shared);
    keep(tally_alloc(100));
    keep(c_alloc(5000));
    CHECK_OK(tally_record_new(1, "name", 2, &record));
    keep(record);
    tally_free(tally_alloc(7));
    CHECK_OK(tally_unref(tally_object_new()));
}

/* Two arrays that nothing but views keeps. */
static void lose_views(void) {
    for (int i = 0; i < 2; i++) {
        tally_array *array = NULL;
        CHECK_OK(tally_array_new_f64(values, 4 + (size_t)i, &array));
        keep(view_of(array));
        keep(view_of(array));
        CHECK_OK(tally_unref(array));
    }
}

/* Says what tally_live() says, for the sum of all lines to be compared with. */
static void say_what_is_live(void) {
    size_t handles, blocks, bytes;
    CHECK_OK(tally_live(&handles, &blocks, &bytes));
    fprintf(stderr, "live: %zu, %zu bytes\n", handles + blocks, bytes);
}

/* Called when the report is written, since it is asked for before the library
 * is used: signals are as the program left them. */
static int may_be_pending;

static void check_signals(void) {
    sigset_t pending, blocked;
    CHECK_INT(sigpending(&pending), 0);
    CHECK_INT(pthread_sigmask(SIG_BLOCK, NULL, &blocked), 0);
    CHECK_INT(sigismember(&pending, SIGPIPE), may_be_pending);
    CHECK_INT(sigismember(&blocked, SIGPIPE), may_be_pending);
    if (check_failures != 0) {
        _exit(98);
    }
}

static void hold_back_a_signal(void) {
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    CHECK_INT(sigprocmask(SIG_BLOCK, &broken_pipe, NULL), 0);
    CHECK_INT(raise(SIGPIPE), 0);
    may_be_pending = 1;
}

/* The next file that is opened gets the number of standard error. */
static void reuse_standard_error(const char *path) {
    CHECK_INT(close(2), 0);
    if (open(path, O_WRONLY | O_TRUNC) != 2) {
        _exit(97);
    }
}

/* What the other thread does while processes are forked. */
static atomic_bool is_over;

static void *count_what_is_live(void *unused) {
    (void)unused;
    while (!is_over) {
        size_t handles, blocks, bytes;
        CHECK_OK(tally_live(&handles, &blocks, &bytes));
    }
    return NULL;
}

/* Children that call nothing of the library's have its report to write all the
 * same; whatever the thread was at, they come to their end. */
static void fork_beside_a_thread(void) {
    pthread_t thread;
    CHECK_INT(pthread_create(&thread, NULL, count_what_is_live, NULL), 0);
    for (int i = 0; i < 100 && check_failures == 0; i++) {
        pid_t child = fork();
        if (child == 0) {
            /* Of the report, everything is done but the writing. */
            close(2);
            alarm(10);
            exit(0);
        }
        int status = -1;
        CHECK(waitpid(child, &status, 0) == child);
        CHECK_INT(status, 0);
    }
    is_over = true;
    CHECK_INT(pthread_join(thread, NULL), 0);
}

/* A child that ends in this way writes nothing. */
static void be_killed_by(int number) {
    struct rlimit no_core = {0, 0};
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &no_core);
        if (number == SIGABRT) {
            abort();
        }
        raise(number);
        _exit(96);
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == number);
}

/* What an exit handler releases, before the report or after it. */
static void *last_block;

static void release_the_last_block(void) {
    tally_free(last_block);
}

static int be(const char *way, const char *path) {
    if (strcmp(way, "registered before") == 0) {
        CHECK_INT(atexit(release_the_last_block), 0);
        last_block = tally_alloc(10);
        return check_failures != 0;
    } else if (strcmp(way, "registered after") == 0) {
        last_block = tally_alloc(10);
        CHECK_INT(atexit(release_the_last_block), 0);
        return check_failures != 0;
    } else if (strcmp(way, "asked in time") == 0) {
        setenv("TALLY_LEAK_REPORT", "1", 1);
        keep(tally_alloc(10));
        return check_failures != 0;
    } else if (strcmp(way, "asked too late") == 0) {
        keep(tally_alloc(10));
        setenv("TALLY_LEAK_REPORT", "1", 1);
        return check_failures != 0;
    }
    if (strcmp(way, "broken pipe") == 0) {
        CHECK_INT(atexit(check_signals), 0);
    } else if (strcmp(way, "signal held back") == 0) {
        hold_back_a_signal();
        CHECK_INT(atexit(check_signals), 0);
    }
    if (strcmp(way, "keep") == 0) {
        CHECK_OK(tally_unref(tally_object_new()));
        tally_free(tally_alloc(10));
        return check_failures != 0;
    }
    if (strcmp(way, "views") == 0) {
        lose_views();
        say_what_is_live();
    } else {
        lose();
    }
    if (strcmp(way, "lose") == 0) {
        say_what_is_live();
    } else if (strcmp(way, "reuse") == 0) {
        reuse_standard_error(path);
    } else if (strcmp(way, "close") == 0) {
        CHECK_INT(close(2), 0);
    } else if (strcmp(way, "_exit") == 0) {
        _exit(check_failures != 0);
    } else if (strcmp(way, "killed") == 0) {
        be_killed_by(SIGABRT);
        be_killed_by(SIGTERM);
        _exit(check_failures != 0);
    } else if (strcmp(way, "quick_exit") == 0) {
        quick_exit(check_failures != 0);
    } else if (strcmp(way, "fork") == 0) {
        pid_t child = fork();
        if (child == 0) {
            keep(tally_alloc(1));
            exit(check_failures != 0);
        }
        int status = -1;
        CHECK(waitpid(child, &status, 0) == child);
        CHECK_INT(status, 0);
        fprintf(stderr, "forked %ld\n", (long)child);
    } else if (strcmp(way, "fork beside a thread") == 0) {
        fork_beside_a_thread();
    }
    return check_failures != 0;
}

/* What the program says on standard error when it runs in this way. */
static char said[8192];
static long process;

static size_t run(const char *program, const char *way, const char *report,
                  const char *path) {
    bool is_read =
        strcmp(way, "broken pipe") != 0 && strcmp(way, "signal held back") != 0;
    int ends[2];
    CHECK_INT(pipe(ends), 0);
    if (!is_read) {
        close(ends[0]);
    }
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 2);
        if (is_read) {
            close(ends[0]);
        }
        close(ends[1]);
        if (report != NULL) {
            setenv("TALLY_LEAK_REPORT", report, 1);
        } else {
            unsetenv("TALLY_LEAK_REPORT");
        }
        execl(program, program, way, path, (char *)NULL);
        _exit(99);
    }
    CHECK(child > 0);
    process = (long)child;
    close(ends[1]);
    size_t length = 0;
    ssize_t got;
    while (is_read &&
           (got = read(ends[0], said + length, sizeof said - 1 - length)) > 0) {
        length += (size_t)got;
    }
    said[length] = '\0';
    if (is_read) {
        close(ends[0]);
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
    return length;
}

static void check_line(long of, const char *rest) {
    char line[200];
    snprintf(line, sizeof line, "tally[%ld]: not released with %s\n", of, rest);
    CHECK_CONTAINS(said, line);
}

/* The numbers of all lines add up to what tally_live() says. */
static void check_sums(void) {
    size_t count = 0, bytes = 0, live_count = 1, live_bytes = 1;
    for (char *line = strtok(said, "\n"); line; line = strtok(NULL, "\n")) {
        char *numbers = strrchr(line, ':');
        size_t one_count = 0, one_bytes = 0;
        CHECK(numbers != NULL &&
              sscanf(numbers, ": %zu, %zu bytes", &one_count, &one_bytes) == 2);
        if (strncmp(line, "live", 4) == 0) {
            live_count = one_count;
            live_bytes = one_bytes;
        } else {
            count += one_count;
            bytes += one_bytes;
        }
    }
    CHECK_SIZE(count, live_count);
    CHECK_SIZE(bytes, live_bytes);
}

static void each_kind_is_named(const char *program) {
    run(program, "lose", "1", NULL);
    check_line(process, "tally_unref: objects: 2, 0 bytes");
    check_line(process, "tally_unref: shared accumulators: 1, 320 bytes");
    check_line(process, "tally_unref: arrays: 2, 80 bytes");
    check_line(process, "tally_array_release_view: views: 1, 0 bytes");
    check_line(process, "tally_free: blocks: 2, 5100 bytes");
    CHECK_CONTAINS(said, "tally_record_free: records: 1, ");
    check_sums();
}

static void what_only_views_keep_counts_with_them(const char *program) {
    run(program, "views", "1", NULL);
    check_line(process, "tally_array_release_view: views: 4, 72 bytes");
    CHECK(strstr(said, "arrays") == NULL);
    check_sums();
}

static void it_must_be_asked_for_and_needed(const char *program) {
    CHECK_SIZE(run(program, "keep", "1", NULL), 0);
    CHECK_SIZE(run(program, "end without", NULL, NULL), 0);
    CHECK_SIZE(run(program, "end without", "0", NULL), 0);
    /* Nothing of the library's is called by these ends. */
    CHECK_SIZE(run(program, "_exit", "1", NULL), 0);
    CHECK_SIZE(run(program, "quick_exit", "1", NULL), 0);
    CHECK_SIZE(run(program, "close", "1", NULL), 0);
}

static void a_process_that_is_killed_reports_nothing(const char *program) {
    CHECK_SIZE(run(program, "killed", "1", NULL), 0);
}

/* Exit handlers run in the opposite order of their registration, and that of
 * the report is registered with the first block. */
static void what_is_released_after_the_report_counts(const char *program) {
    run(program, "registered before", "1", NULL);
    check_line(process, "tally_free: blocks: 1, 10 bytes");
    CHECK_SIZE(run(program, "registered after", "1", NULL), 0);
}

static void the_variable_is_read_with_the_first_block(const char *program) {
    run(program, "asked in time", NULL, NULL);
    check_line(process, "tally_free: blocks: 1, 10 bytes");
    CHECK_SIZE(run(program, "asked too late", NULL, NULL), 0);
}

static void a_file_that_took_the_number_is_left_alone(const char *program) {
    char path[] = "/tmp/tally_leak_report_XXXXXX";
    int file = mkstemp(path);
    CHECK(file >= 0);
    CHECK_SIZE(run(program, "reuse", "1", path), 0);
    struct stat status;
    CHECK_INT(fstat(file, &status), 0);
    CHECK_INT(status.st_size, 0);
    close(file);
    unlink(path);
}

static void nobody_need_read_it(const char *program) {
    /* Each checks its own signals, and would end by one. */
    run(program, "broken pipe", "1", NULL);
    run(program, "signal held back", "1", NULL);
}

static void a_forked_child_reports_as_itself(const char *program) {
    run(program, "fork", "1", NULL);
    check_line(process, "tally_free: blocks: 2, 5100 bytes");
    const char *forked = strstr(said, "forked ");
    CHECK(forked != NULL);
    long child = forked == NULL ? 0 : strtol(forked + 7, NULL, 10);
    check_line(child, "tally_free: blocks: 3, 5101 bytes");
}

static void a_forked_child_waits_for_nobody(const char *program) {
    run(program, "fork beside a thread", "1", NULL);
}

int main(int argc, char **argv) {
    if (argc > 1) {
        return be(argv[1], argv[2]);
    }
    each_kind_is_named(argv[0]);
    what_only_views_keep_counts_with_them(argv[0]);
    it_must_be_asked_for_and_needed(argv[0]);
    a_process_that_is_killed_reports_nothing(argv[0]);
    what_is_released_after_the_report_counts(argv[0]);
    the_variable_is_read_with_the_first_block(argv[0]);
    a_file_that_took_the_number_is_left_alone(argv[0]);
    nobody_need_read_it(argv[0]);
    a_forked_child_reports_as_itself(argv[0]);
    a_forked_child_waits_for_nobody(argv[0]);
    return finish();
}
