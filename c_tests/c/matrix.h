/*
 * Every function of the header in every hostile circumstance. The rows are the
 * good calls of every_function.h, and the columns the circumstances below, each
 * of which is a program. It makes its tests of functions by
 * every_function_in(), so that none can be left out without a reason that
 * stands here, and it shows that it sees a planted fault. tools/check/c.sh
 * looks for both.
 */
#ifndef TALLY_C_TESTS_MATRIX_H
#define TALLY_C_TESTS_MATRIX_H

#include <unistd.h>
#if !defined(_WIN32)
#include <sys/wait.h>
#endif

#include "every_function.h"

#define CIRCUMSTANCES(DO)                                                      \
    DO(FLOAT_ENVIRONMENT, "float_environment.c")                               \
    DO(CANCELLATION_PENDING, "cancellation.c")                                 \
    DO(ALLOCATION_FAILING, "allocations.c")                                    \
    DO(SYSTEM_CALLS_REFUSED, "sandbox.c")                                      \
    DO(MEMORY_REFUSED, "sandbox.c")                                            \
    DO(LITTLE_STACK, "stack_use.c")                                            \
    DO(GUARD_PAGES, "guard_pages.c")                                           \
    DO(SIGNAL_AT_EACH_STEP, "signals.c")                                       \
    DO(SIGNALS_BY_A_TIMER, "signals.c")                                        \
    DO(AFTER_FORK, "after_fork.c")                                             \
    DO(LOADED_BY_DLOPEN, "loaded.c")                                           \
    DO(LOADED_BY_DLMOPEN, "loaded.c")                                          \
    DO(ARGUMENTS_OVERLAP, "overlaps.c")

#define NAME_OF(circumstance, program) circumstance,
enum circumstance { CIRCUMSTANCES(NAME_OF) };
#undef NAME_OF

/* The cells of the matrix that are left out. */
static const struct excuse {
    enum circumstance circumstance;
    const char *function, *why;
} excuses[] = {
#define FORBIDDEN "the header forbids that a state overlaps the column"
    {ARGUMENTS_OVERLAP, "tally_accumulator_add_scattered", FORBIDDEN},
    {ARGUMENTS_OVERLAP, "tally_accumulator_subtract_scattered", FORBIDDEN},
    {ARGUMENTS_OVERLAP, "tally_small_accumulator_add_scattered", FORBIDDEN},
    {ARGUMENTS_OVERLAP, "tally_small_accumulator_subtract_scattered",
     FORBIDDEN},
#undef FORBIDDEN
    {ARGUMENTS_OVERLAP, "tally_map",
     "a result is written before the next element is read"},
    {ARGUMENTS_OVERLAP, "tally_saved_open",
     "its result is in what it reads, and written over would be another"},
#define BORROWED "the values that are borrowed must not change"
    {ARGUMENTS_OVERLAP, "tally_array_borrow_f64", BORROWED},
    {ARGUMENTS_OVERLAP, "tally_array_borrow_f32", BORROWED},
    {ARGUMENTS_OVERLAP, "tally_array_borrow_i32", BORROWED},
    {ARGUMENTS_OVERLAP, "tally_array_borrow_i64", BORROWED},
    {ARGUMENTS_OVERLAP, "tally_array_borrow_u64", BORROWED},
#undef BORROWED
};
enum { EXCUSES = sizeof excuses / sizeof *excuses };

static inline bool is_excused(enum circumstance circumstance,
                              const char *function) {
    for (size_t i = 0; i < EXCUSES; i++) {
        if (excuses[i].circumstance == circumstance &&
            strcmp(excuses[i].function, function) == 0) {
            return true;
        }
    }
    return false;
}

/* Tests each function of the header. Where every step is checked by a tool, a
 * program may test one of so many. */
static inline void every_function_in(enum circumstance circumstance,
                                     size_t step,
                                     void (*test)(const struct function *)) {
    check_that_no_function_is_missing();
    for (size_t i = 0; i < EXCUSES; i++) {
        struct place at = {"c_tests/c/matrix.h", 0, excuses[i].function};
        check_that(is_a_row(excuses[i].function) && excuses[i].why[0] != '\0',
                   &at);
    }
    for (size_t i = 0; i < FUNCTIONS; i += step) {
        if (!is_excused(circumstance, functions[i].name)) {
            test(&functions[i]);
        }
    }
}

/* Whether the test of a circumstance fails, or does not end well, for a
 * function that is made to fail there. */
static inline bool is_seen(void (*test)(const struct function *),
                           const struct function *fault) {
#if defined(_WIN32)
    /* Only a fault after which the program goes on. */
    long before = check_failures;
    fprintf(stderr, "to be seen: %s\n", fault->name);
    test(fault);
    bool seen = check_failures > before;
    check_failures = before;
    return seen;
#else
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        if (freopen("/dev/null", "w", stderr) == NULL) {
            _exit(0);
        }
        alarm(60);
        test(fault);
        _exit(check_failures != 0 ? EXIT_FAILURE : EXIT_SUCCESS);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status != 0;
#endif
}

/* That a planted fault is seen: by which test, its name, preparation and call.
 */
#define CHECK_SEEN(test, ...)                                                  \
    do {                                                                       \
        static const struct function fault_ = {__VA_ARGS__};                   \
        struct place at_ = {__FILE__, __LINE__, "a planted fault"};            \
        if (!is_seen(test, &fault_) && check_failed(&at_)) {                   \
            fprintf(stderr, "    was not seen: %s\n", fault_.name);            \
        }                                                                      \
    } while (0)

/* As long as it takes for threads of the library to work on the call. */
static inline void make_long(const struct function *function) {
    count = 9000;
    parallel_count =
        strstr(function->name, "rolling") != NULL ? (size_t)40000 : MOST;
}

/* What is behind the handles that a call made or changed. */
static inline void read_handles(void) {
    if (shared != NULL) {
        CHECK_OK(tally_shared_snapshot(shared, &got->accumulator));
    }
    if (array != NULL) {
        CHECK_OK(tally_accumulator_add_array(&got->accumulator, array));
    }
    if (handle != NULL) {
        got->numbers[0] = tally_object_value(handle);
    }
    if (string != NULL) {
        CHECK_TEXT(string, numbers);
    }
}

/* A call from the beginning to what it leaves, which is in `got`. */
static inline void prepare_call(const struct function *function) {
    memset(got, 0, sizeof *got);
    function->prepare();
    /* For those functions that tell of an error. */
    got->last = tally_sum_f64(NULL, 1, &got->f64);
}

static inline void keep_record(void) {
    got->last = tally_last_status();
    strncpy(got->message, tally_last_message(), sizeof got->message - 1);
}

static inline void finish_call(void) {
    keep_record();
    read_handles();
    give_all_back();
}

#endif
