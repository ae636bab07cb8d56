/*
 * The stack that the README says is enough for a thread that calls the library,
 * or the least that the system gives a thread.
 */
#ifndef TALLY_C_TESTS_LITTLE_STACK_H
#define TALLY_C_TESTS_LITTLE_STACK_H

#include <limits.h>
#include <stddef.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { STACK = 1024 * 1024 }; /* Its frames are larger. */
#else
enum { STACK = 96 * 1024 };
#endif

static inline size_t little_stack(void) {
#if defined(_SC_THREAD_STACK_MIN)
    long least = sysconf(_SC_THREAD_STACK_MIN);
    return least > STACK ? (size_t)least : STACK;
#else
    return STACK; /* Windows rounds it up. */
#endif
}

#endif
