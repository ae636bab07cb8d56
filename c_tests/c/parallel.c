/* Parallel sums: the bits of the sums on one thread, on any number of threads
 * and whatever surrounds the call; and the library's threads, which the program
 * must not notice. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"

#if defined(__SSE2__)
#include <xmmintrin.h>
/* DAZ and FTZ: subnormals are read as zero, and written as zero. */
static void flush_subnormals(void) {
    _mm_setcsr(_mm_getcsr() | 0x8040U);
}
static unsigned control(void) {
    return _mm_getcsr();
}
#else
static void flush_subnormals(void) {}
static unsigned control(void) {
    return (unsigned)fegetround();
}
#endif

/* Long enough for several threads, and not a multiple of anything. */
#define SHARE 262144 /* What the library gives each thread at least. */
#define COUNT (3 * SHARE + 7)
#define CALLERS 4

static double values[COUNT + 1];
static float floats[COUNT + 1];
static int64_t integers[COUNT + 1];
static uint64_t seed = 1;

/* Friendly, wide, cancelling to a little, and integers that cancel. */
#define KINDS 4
static void fill(int kind) {
    for (size_t i = 0; i < COUNT; i++) {
        double number = (double)((int64_t)random_word(&seed) >> 11);
        int spread = (int)(random_word(&seed) % 400) - 200;
        values[i] = kind == 0                 ? fabs(ldexp(number, -60))
                    : kind == 1               ? ldexp(number, spread)
                    : kind == 2 && i % 2 == 1 ? -values[i - 1]
                                              : ldexp(number, spread / 8);
        floats[i] = (float)ldexp(number, spread / 8 - 60);
        integers[i] = (int64_t)random_word(&seed);
        if (kind == 3) {
            values[i] = (double)(integers[i] >> 20);
            integers[i] = i % 2 == 1 ? -integers[i - 1] : integers[i] >> 2;
        }
    }
}

/* What a call says, failures included. */
struct answer {
    tally_status status;
    uint64_t bits;
};

#define ANSWER(type, call)                                                     \
    static struct answer call##_of(const type *array, size_t count) {          \
        type total = 77;                                                       \
        struct answer answer = {tally_##call(array, count, &total), 0};        \
        memcpy(&answer.bits, &total, sizeof total);                            \
        return answer;                                                         \
    }                                                                          \
    static struct answer call##_parallel_of(const type *array, size_t count,   \
                                            size_t threads) {                  \
        type total = 77;                                                       \
        struct answer answer = {                                               \
            tally_##call##_parallel(array, count, threads, &total), 0};        \
        memcpy(&answer.bits, &total, sizeof total);                            \
        return answer;                                                         \
    }                                                                          \
    static void check_##call(const type *array, size_t count,                  \
                             size_t threads) {                                 \
        struct answer one = call##_of(array, count);                           \
        struct answer got = call##_parallel_of(array, count, threads);         \
        CHECK_INT(got.status, one.status);                                     \
        CHECK_SIZE(got.bits, one.bits);                                        \
        CHECK_RECORD(one.status, one.status == TALLY_OK ? ""                   \
                                                        : "tally_" #call       \
                                                          "_parallel");        \
    }

ANSWER(double, sum_f64)
ANSWER(float, sum_f32)
ANSWER(int64_t, sum_i64)

/* The dot product of the array with itself, moved by a third. */
static void check_dot(size_t count, size_t threads) {
    size_t moved = count / 3;
    double one = 77, got = 77;
    tally_status status =
        tally_dot_f64(values, values + moved, count - moved, &one);
    CHECK_INT(tally_dot_f64_parallel(values, values + moved, count - moved,
                                     threads, &got),
              status);
    CHECK_DOUBLE(got, one);
}

static void check_all(size_t count, size_t threads) {
    check_dot(count, threads);
    check_sum_f64(values, count, threads);
    check_sum_f32(floats, count, threads);
    check_sum_i64(integers, count, threads);
}

static void every_number_of_threads_gives_the_same_bits(void) {
    static const size_t counts[] = {
        COUNT,     3 * SHARE - 1, 3 * SHARE, 2 * SHARE + 1,
        2 * SHARE, 2 * SHARE - 1, 100,       1,
        0};
    static const size_t more[] = {0, 64, SIZE_MAX};
    size_t length_count = is_quick() ? 1 : sizeof counts / sizeof *counts;
    size_t more_count = is_quick() ? 1 : sizeof more / sizeof *more;
    for (int kind = 0; kind < KINDS; kind++) {
        fill(kind);
        for (size_t i = 0; i < length_count; i++) {
            for (size_t threads = 1; threads <= (is_quick() ? 2 : 9);
                 threads++) {
                check_all(counts[i], threads);
            }
            for (size_t j = 0; j < more_count; j++) {
                check_all(counts[i], more[j]);
            }
        }
    }
}

static void specials_and_overflow_are_the_same_wherever_they_are(void) {
    static const double specials[] = {NAN, INFINITY, -INFINITY, DBL_MAX};
    static const size_t places[] = {COUNT - 1, 16384, 300000, SHARE, 0};
    size_t place_count = is_quick() ? 1 : sizeof places / sizeof *places;
    for (size_t i = 0; i < place_count; i++) {
        for (size_t j = 0; j < sizeof specials / sizeof *specials; j++) {
            fill(0);
            values[places[i]] = specials[j];
            floats[places[i]] = j == 3 ? FLT_MAX : (float)specials[j];
            check_all(COUNT, 0);
            values[(places[i] + 150000) % COUNT] = specials[j] - 1;
            values[(places[i] + 150001) % COUNT] = specials[3 - j];
            check_all(COUNT, 0);
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = -0.0;
        floats[i] = -0.0F;
        integers[i] = INT64_MIN;
    }
    check_all(COUNT, 0);
    double total = 0;
    CHECK_OK(tally_sum_f64_parallel(values, COUNT, 0, &total));
    /* valgrind's fused multiplication makes +0.0 of -0.0 * 1 - 0.0. */
    if (!is_quick()) {
        CHECK_DOUBLE(total, -0.0);
    }
    int64_t integer = 5;
    CHECK_REFUSED(tally_sum_i64_parallel(integers, COUNT, 0, &integer),
                  TALLY_OVERFLOW, "tally_sum_i64_parallel");
    CHECK_INT(integer, 5);
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = -DBL_MAX;
    }
    CHECK_REFUSED(tally_sum_f64_parallel(values, COUNT, 0, &total),
                  TALLY_OVERFLOW, "tally_sum_f64_parallel");
    CHECK_DOUBLE(total, -INFINITY);
}

/* One number from a column, or from two: with the status, and without threads
 * and with them. */
#define CHECK_NUMBER(type, alone, on_threads)                                  \
    do {                                                                       \
        type total = 77;                                                       \
        tally_status status = alone;                                           \
        const type one = total;                                                \
        total = 77;                                                            \
        CHECK_INT(on_threads, status);                                         \
        CHECK_BYTES(&total, &one, sizeof one);                                 \
    } while (0)

/* A result for each of many, in `results`. */
#define CHECK_RESULTS(results, alone, on_threads)                              \
    do {                                                                       \
        memset(results, 0x5a, sizeof results);                                 \
        tally_status status = alone;                                           \
        memcpy(kept_results, results, sizeof results);                         \
        memset(results, 0x5a, sizeof results);                                 \
        CHECK_INT(on_threads, status);                                         \
        CHECK_BYTES(results, kept_results, sizeof results);                    \
    } while (0)

static void columns_give_the_same_bits(void) {
    enum { GROUPS = 1000, COLUMNS = 3, ROWS = COUNT / COLUMNS };
    static uint8_t bits[COUNT / 8 + 1];
    static uint16_t ids[COUNT];
    static double results[COUNT], group_results[GROUPS];
    static int64_t group_totals[GROUPS];
    static unsigned char kept_results[sizeof results];
    for (size_t i = 0; i < COUNT; i++) {
        ids[i] = (uint16_t)(random_word(&seed) % GROUPS);
        bits[i / 8] |= (uint8_t)((random_word(&seed) % 8 != 0) << i % 8);
    }
    for (int kind = is_quick() ? KINDS - 1 : 0; kind < KINDS; kind++) {
        fill(kind);
        tally_column x = TALLY_COLUMN(TALLY_F64, values, COUNT);
        const tally_column y = TALLY_COLUMN(TALLY_F32, floats, COUNT);
        tally_column z = TALLY_COLUMN(TALLY_I64, integers, COUNT);
        const tally_column groups = TALLY_COLUMN(TALLY_U16, ids, COUNT);
        tally_column row = TALLY_COLUMN(TALLY_F64, values, COLUMNS);
        x.validity = row.validity = bits;
        z.validity = kind == 3 ? NULL : bits;
        for (size_t threads = 0; threads < (is_quick() ? 1 : 3); threads += 2) {
            CHECK_NUMBER(double, tally_column_sum(&x, &total),
                         tally_column_sum_parallel(&x, threads, &total));
            CHECK_NUMBER(int64_t, tally_column_sum_i64(&z, &total),
                         tally_column_sum_i64_parallel(&z, threads, &total));
            CHECK_NUMBER(double, tally_column_dot(&x, &y, &total),
                         tally_column_dot_parallel(&x, &y, threads, &total));
            CHECK_RESULTS(group_results,
                          tally_group(&x, &groups, GROUPS, TALLY_VARIANCE, 1,
                                      group_results),
                          tally_group_parallel(&x, &groups, GROUPS,
                                               TALLY_VARIANCE, 1, threads,
                                               group_results));
            CHECK_NUMBER(
                size_t,
                tally_group_sum_i64(&z, &groups, GROUPS, group_totals, &total),
                tally_group_sum_i64_parallel(&z, &groups, GROUPS, threads,
                                             group_totals, &total));
            CHECK_RESULTS(
                group_totals,
                tally_group_sum_i64(&z, &groups, GROUPS, group_totals, NULL),
                tally_group_sum_i64_parallel(&z, &groups, GROUPS, threads,
                                             group_totals, NULL));
            CHECK_RESULTS(results,
                          tally_axis(&row, ROWS, sizeof(double) * COLUMNS, 1,
                                     TALLY_MEAN, 0, results),
                          tally_axis_parallel(&row, ROWS,
                                              sizeof(double) * COLUMNS, 1,
                                              TALLY_MEAN, 0, threads, results));
            CHECK_RESULTS(results,
                          tally_rolling(&x, 9, 2, TALLY_SUM, 0, results),
                          tally_rolling_parallel(&x, 9, 2, TALLY_SUM, 0,
                                                 threads, results));
        }
    }
}

static void misaligned_arrays_are_the_same(void) {
    static const size_t shifts[] = {1, 3, 4, 7};
    for (int kind = is_quick() ? 2 : 0; kind < KINDS; kind++) {
        fill(kind);
        struct answer doubles = sum_f64_of(values, COUNT);
        struct answer singles = sum_f32_of(floats, COUNT);
        struct answer whole = sum_i64_of(integers, COUNT);
        for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
            static char room[(COUNT + 1) * sizeof(double)];
            char *at = room + shifts[i];
            memcpy(at, values, COUNT * sizeof *values);
            double one = 0, dot = 0;
            CHECK_INT(
                tally_dot_f64_parallel((void *)at, values, COUNT, 0, &dot),
                tally_dot_f64(values, values, COUNT, &one));
            CHECK_DOUBLE(dot, one);
            struct answer got = sum_f64_parallel_of((void *)at, COUNT, 0);
            CHECK_INT(got.status, doubles.status);
            CHECK_SIZE(got.bits, doubles.bits);
            memcpy(at, floats, COUNT * sizeof *floats);
            got = sum_f32_parallel_of((void *)at, COUNT, 0);
            CHECK_INT(got.status, singles.status);
            CHECK_SIZE(got.bits, singles.bits);
            memcpy(at, integers, COUNT * sizeof *integers);
            got = sum_i64_parallel_of((void *)at, COUNT, 0);
            CHECK_INT(got.status, whole.status);
            CHECK_SIZE(got.bits, whole.bits);
        }
    }
}

/* The library's threads begin in the environment of the call that first needs
 * them, which one of these is. */
static void the_callers_environment_changes_nothing(void) {
    static const int directions[] = {FE_TONEAREST, FE_TOWARDZERO, FE_UPWARD,
                                     FE_DOWNWARD};
    for (size_t i = is_quick() ? 3 : 0; i < 4; i++) {
        for (int kind = is_quick() ? 2 : 0; kind < KINDS; kind++) {
            fill(kind);
            for (size_t j = 0; j < COUNT; j += 100) {
                values[j] = kind == 1 ? ldexp(values[j], -900) : values[j];
            }
            struct answer expected = sum_f64_of(values, COUNT);
            struct answer single = sum_f32_of(floats, COUNT);
            fenv_t before;
            fegetenv(&before);
            flush_subnormals();
            fesetround(directions[i]);
            unsigned set = control();
            struct answer got = sum_f64_parallel_of(values, COUNT, 0);
            struct answer got_single = sum_f32_parallel_of(floats, COUNT, 0);
            unsigned left = control();
            fesetenv(&before);
            CHECK_SIZE(left, set);
            CHECK_SIZE(got.bits, expected.bits);
            CHECK_SIZE(got_single.bits, single.bits);
        }
    }
}

/* The threads of this process; 0 where the system does not say. */
static int threads_of_process(void) {
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    if (tasks != NULL) {
        for (struct dirent *task = readdir(tasks); task != NULL;
             task = readdir(tasks)) {
            count += task->d_name[0] != '.';
        }
        closedir(tasks);
    }
    return count;
}

/* One for each processor, and not before they are needed. */
static void threads_are_started_when_they_are_needed(void) {
    cpu_set_t set;
    int before = threads_of_process();
    if (before == 0 || sched_getaffinity(0, sizeof set, &set) != 0) {
        printf("nothing counts the threads of a process here\n");
        return;
    }
    fill(0);
    check_all(1000, 0);
    check_all(COUNT, 1);
    CHECK_INT(threads_of_process(), before);
    check_all(COUNT, 2);
    CHECK_INT(threads_of_process() - before, CPU_COUNT(&set) > 1);
    /* An array of this length is worth three threads. */
    int most = CPU_COUNT(&set) < 3 ? CPU_COUNT(&set) : 3;
    check_all(COUNT, SIZE_MAX);
    CHECK_INT(threads_of_process() - before, most - 1);
    check_all(COUNT, 0);
    CHECK_INT(threads_of_process() - before, most - 1);
}

static double expected_total;

static void call_often(int rounds) {
    for (int i = 0; i < rounds; i++) {
        double total = 0;
        CHECK_OK(
            tally_sum_f64_parallel(values, COUNT, (size_t)(i % 4), &total));
        CHECK_DOUBLE(total, expected_total);
    }
}

static void *call_from_a_thread(void *argument) {
    call_often(*(int *)argument);
    double total;
    CHECK_REFUSED(tally_sum_f64_parallel(NULL, COUNT, 0, &total), TALLY_NULL,
                  "tally_sum_f64_parallel");
    return NULL;
}

static void start_callers(pthread_t callers[CALLERS], int *rounds) {
    for (int i = 0; i < CALLERS; i++) {
        CHECK_INT(pthread_create(&callers[i], NULL, call_from_a_thread, rounds),
                  0);
    }
}

static void join_callers(pthread_t callers[CALLERS]) {
    for (int i = 0; i < CALLERS; i++) {
        CHECK_INT(pthread_join(callers[i], NULL), 0);
    }
}

static void several_threads_call_at_once(void) {
    int rounds = is_quick() ? 2 : 100;
    pthread_t callers[CALLERS];
    start_callers(callers, &rounds);
    call_often(rounds);
    join_callers(callers);
}

static int sum_in_a_callback(const void *element, int *result,
                             void *user_data) {
    (void)user_data;
    *result = *(const int *)element;
    call_often(2);
    return 0;
}

static void a_callback_may_call(void) {
    static const int elements[] = {1, 2, 3};
    int results[3];
    size_t done = 0;
    CHECK_OK(tally_map(elements, 3, sizeof *elements, sum_in_a_callback, NULL,
                       results, &done));
    CHECK_SIZE(done, 3);
}

/* Signals go to threads of the program: were one taken by a thread of the
 * library, the handler would see a stranger. */
static pthread_t main_thread;
static volatile sig_atomic_t signals_here, signals_elsewhere;

static void count_signal(int number) {
    (void)number;
    if (pthread_equal(pthread_self(), main_thread)) {
        signals_here++;
    } else {
        signals_elsewhere++;
    }
}

static void signals_go_to_the_programs_threads(void) {
    struct sigaction action = {.sa_handler = count_signal}, before;
    main_thread = pthread_self();
    CHECK_INT(sigaction(SIGUSR1, &action, &before), 0);
    call_often(2);
    /* Only the library's threads could take it now. */
    sigset_t mask, old;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    CHECK_INT(pthread_sigmask(SIG_BLOCK, &mask, &old), 0);
    CHECK_INT(kill(getpid(), SIGUSR1), 0);
    call_often(20);
    CHECK_INT(signals_here + signals_elsewhere, 0);
    CHECK_INT(pthread_sigmask(SIG_SETMASK, &old, NULL), 0);
    CHECK_INT(signals_here, 1);
    CHECK_INT(signals_elsewhere, 0);
    CHECK_INT(sigaction(SIGUSR1, &before, NULL), 0);
}

/* A child has none of the library's threads. A call there that waited for one
 * would never end, and the alarm would end the child. */
static void fork_and_call(int depth) {
    pid_t child = fork();
    if (child == 0) {
        alarm(60);
        call_often(3);
        if (depth > 0) {
            fork_and_call(depth - 1);
        }
        call_often(3);
        _exit(finish());
    }
    CHECK(child > 0);
    call_often(2);
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

static void a_forked_child_has_threads_of_its_own(void) {
    int rounds = is_quick() ? 2 : 30;
    for (int i = 0; i < rounds; i++) {
        fork_and_call(i % 3);
    }
    /* Also while the library's threads are at work for others. */
    pthread_t callers[CALLERS];
    int calls = rounds * 4;
    start_callers(callers, &calls);
    for (int i = 0; i < rounds; i++) {
        fork_and_call(0);
    }
    join_callers(callers);
}

/* In the child the environment is that of its first call. */
static void fork_before_any_call(void) {
    pid_t child = fork();
    if (child == 0) {
        the_callers_environment_changes_nothing();
        _exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

int main(void) {
    fork_before_any_call();
    threads_are_started_when_they_are_needed();
    every_number_of_threads_gives_the_same_bits();
    specials_and_overflow_are_the_same_wherever_they_are();
    columns_give_the_same_bits();
    misaligned_arrays_are_the_same();
    fill(1);
    CHECK_OK(tally_sum_f64(values, COUNT, &expected_total));
    several_threads_call_at_once();
    a_callback_may_call();
    signals_go_to_the_programs_threads();
    a_forked_child_has_threads_of_its_own();
    return finish();
}
