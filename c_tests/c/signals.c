/*
 * Signals in the middle of each function: a handler that computes, and uses the
 * stack, after each of its instructions, where a processor can stop there, and
 * at moments of a timer, when the function works for long, waits or is inside a
 * system call. Results are the same.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>

#include "matrix.h"

static volatile sig_atomic_t signals;
static volatile double number = 1.5;

/* What a handler may do. */
static void compute(void) {
    volatile unsigned char bytes[1500];
    for (size_t i = 0; i < sizeof bytes; i += 50) {
        bytes[i] = (unsigned char)i;
    }
    number = number * 3.25 + bytes[50];
    number = number > 1e10 ? sqrt(number) / 0x1p-1040 : number;
    signals++;
}

static void on_signal(int signal_number) {
    (void)signal_number;
    compute();
}

static void take(int signal_number, void (*handler)(int),
                 void (*with_context)(int, siginfo_t *, void *)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    if (with_context != NULL) {
        action.sa_sigaction = with_context;
        action.sa_flags = SA_SIGINFO;
    }
    /* No SA_RESTART: what can be interrupted is. */
    CHECK_INT(sigaction(signal_number, &action, NULL), 0);
}

/* A signal takes microseconds: of how many steps of a function. */
static sig_atomic_t most_steps = 300;

#if defined(__x86_64__) && defined(__linux__)
#include <ucontext.h>

enum { CAN_STEP = 1, STEP_FLAG = 0x100 };

static void on_step(int signal_number, siginfo_t *info, void *context) {
    (void)signal_number, (void)info;
    compute();
    if (signals >= most_steps) {
        ((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~STEP_FLAG;
    }
}

/* The processor's flag that stops it after each instruction. */
static __attribute__((noinline)) void start_steps(void) {
    __asm__ volatile("lea -128(%%rsp), %%rsp\n\t"
                     "pushfq\n\t"
                     "orq $0x100, (%%rsp)\n\t"
                     "popfq\n\t"
                     "lea 128(%%rsp), %%rsp"
                     :
                     :
                     : "memory", "cc");
}

static __attribute__((noinline)) void stop_steps(void) {
    __asm__ volatile("lea -128(%%rsp), %%rsp\n\t"
                     "pushfq\n\t"
                     "andq $~0x100, (%%rsp)\n\t"
                     "popfq\n\t"
                     "lea 128(%%rsp), %%rsp"
                     :
                     :
                     : "memory", "cc");
}

/* A fault: what lies far below the end of the stack is anyone's. The system
 * leaves gaps between what it saves there, of sizes that depend on the
 * processor: a word every 128 bytes, all of them within the first 300 steps. */
static void use_what_is_below_the_stack(void) {
    volatile uint64_t *end;
    __asm__ volatile("mov %%rsp, %0" : "=r"(end));
    for (int i = 50; i < 1000; i += 16) {
        end[-i] = 7;
    }
    for (int i = 50; i < 1000; i += 16) {
        got->u64 += end[-i];
    }
}
#else
enum { CAN_STEP = 0 };
static void on_step(int signal_number, siginfo_t *info, void *context) {
    (void)signal_number, (void)info, (void)context;
}
static void start_steps(void) {}
static void stop_steps(void) {}
static void use_what_is_below_the_stack(void) {}
#endif

static void set_timer(long microseconds) {
    struct itimerval timer;
    memset(&timer, 0, sizeof timer);
    timer.it_value.tv_usec = timer.it_interval.tv_usec = microseconds;
    CHECK_INT(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static void call_it(const struct function *function, void (*start)(void),
                    void (*stop)(void)) {
    prepare_call(function);
    start();
    function->call();
    stop();
    finish_call();
}

static struct results expected;
static unsigned long steps, moments;

static void with_a_signal_at_each_step(const struct function *function) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    count = parallel_count = 19;
    call_it(function, nothing, nothing);
    expected = *got;
    signals = 0;
    call_it(function, start_steps, stop_steps);
    check_bytes(got, &expected, sizeof expected, &at);
    check_that(signals > 3, &at);
    steps += (unsigned long)signals;
}

static void start_timer(void) {
    /* Tools and emulators take their time for a signal. */
    set_timer(is_quick() ? 2000 : 60);
}

static void stop_timer(void) {
    set_timer(0);
}

static void with_signals_by_a_timer(const struct function *function) {
    enum { MOST_TURNS = 20 };
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    make_long(function);
    call_it(function, nothing, nothing);
    expected = *got;
    signals = 0;
    for (int turn = 0; turn < MOST_TURNS && signals < 3; turn++) {
        call_it(function, start_timer, stop_timer);
        check_bytes(got, &expected, sizeof expected, &at);
    }
    moments += (unsigned long)signals;
}

/* A fault: its result is where a handler writes, too. */
static void compute_where_the_handler_does(void) {
    struct timespec begin, now;
    long waited;
    number = 1.5;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    do {
        clock_gettime(CLOCK_MONOTONIC, &now);
        waited = (long)(now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec -
                 begin.tv_nsec;
    } while (number == 1.5 && waited < 20000000);
    got->f64 = number;
}

int main(void) {
    share_memory();
    fill(400);
    make_given();
    take(SIGTRAP, NULL, on_step);
    take(SIGALRM, on_signal, NULL);
    if (getenv("TALLY_EVERY_STEP") != NULL) {
        most_steps = INT_MAX;
    }
    /* Tools that run with TALLY_TEST_QUICK run the program's instructions
     * otherwise. */
    if (CAN_STEP && !is_quick()) {
        CHECK_SEEN(with_a_signal_at_each_step, "below the stack", nothing,
                   use_what_is_below_the_stack);
        every_function_in(SIGNAL_AT_EACH_STEP, 1, with_a_signal_at_each_step);
        printf("%lu steps\n", steps);
    } else {
        printf("skipped: single steps are not possible here\n");
    }
    CHECK_SEEN(with_signals_by_a_timer, "shares a variable", nothing,
               compute_where_the_handler_does);
    every_function_in(SIGNALS_BY_A_TIMER, is_quick() ? 9 : 1,
                      with_signals_by_a_timer);
    printf("%lu signals of the timer\n", moments);
    CHECK(moments > (is_quick() ? 0 : 100));
    return finish();
}
