/*
 * What every test program shares: checks that print where they failed and with
 * which values, and the last check, that nothing is owed to the library.
 *
 * For one source file a program. Safe to use from several threads.
 */
#ifndef TALLY_C_TESTS_CHECK_H
#define TALLY_C_TESTS_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally.h"

/* Some tests ask for more memory than there is; AddressSanitizer would end the
 * program where malloc() returns NULL. */
#ifdef __cplusplus
extern "C"
#endif
    const char *
    __asan_default_options(void);
const char *__asan_default_options(void) {
    return "allocator_may_return_null=1";
}

/* A size in bytes that is none too large. With 32 bits there may be so much. */
#define MORE_THAN_THERE_IS                                                     \
    (SIZE_MAX > UINT32_MAX ? PTRDIFF_MAX - 64 : PTRDIFF_MAX)

/* Where a check stands. */
struct place {
    const char *file;
    int line;
    const char *text;
};

static long check_failures;

/* Counts a failure; true as long as printing it is worth the reader's time. */
static inline bool check_failed(const struct place *at) {
    long count = __atomic_add_fetch(&check_failures, 1, __ATOMIC_RELAXED);
    if (count > 50) {
        return false;
    }
    fprintf(stderr, "%s:%d: failed: %s\n", at->file, at->line, at->text);
    return true;
}

static inline void check_that(bool holds, const struct place *at) {
    if (!holds) {
        check_failed(at);
    }
}

static inline void check_int(long long got, long long want,
                             const struct place *at) {
    if (got != want && check_failed(at)) {
        fprintf(stderr, "    %lld, should be %lld\n", got, want);
    }
}

static inline void check_size(unsigned long long got, unsigned long long want,
                              const struct place *at) {
    if (got != want && check_failed(at)) {
        fprintf(stderr, "    %llu, should be %llu\n", got, want);
    }
}

/* The same bits: +0.0 is not -0.0, and NaN is itself. */
static inline void check_double(double got, double want,
                                const struct place *at) {
    if (memcmp(&got, &want, sizeof got) != 0 && check_failed(at)) {
        fprintf(stderr, "    %.17g (%a), should be %.17g (%a)\n", got, got,
                want, want);
    }
}

static inline void check_text(const char *got, const char *want,
                              const struct place *at) {
    if ((got == NULL || strcmp(got, want) != 0) && check_failed(at)) {
        fprintf(stderr, "    \"%s\", should be \"%s\"\n",
                got == NULL ? "(NULL)" : got, want);
    }
}

static inline void check_contains(const char *got, const char *part,
                                  const struct place *at) {
    if ((got == NULL || strstr(got, part) == NULL) && check_failed(at)) {
        fprintf(stderr, "    \"%s\", should contain \"%s\"\n",
                got == NULL ? "(NULL)" : got, part);
    }
}

static inline void check_bytes(const void *got, const void *want, size_t size,
                               const struct place *at) {
    const unsigned char *a = (const unsigned char *)got;
    const unsigned char *b = (const unsigned char *)want;
    if (memcmp(got, want, size) == 0) {
        return;
    }
    for (size_t i = 0; i < size; i++) {
        if (a[i] != b[i]) {
            if (check_failed(at)) {
                fprintf(stderr, "    byte %zu is %02x, should be %02x\n", i,
                        a[i], b[i]);
            }
            return;
        }
    }
}

/* The error record says this; what a test asserts of every failure. */
static inline void check_record(tally_status status, const char *function,
                                const struct place *at) {
    if (tally_last_status() != status && check_failed(at)) {
        fprintf(stderr, "    the record says %s, should be %s\n",
                tally_status_name(tally_last_status()),
                tally_status_name(status));
    }
    check_text(tally_last_function(), function, at);
    if ((tally_last_message()[0] == '\0') != (status == TALLY_OK) &&
        check_failed(at)) {
        fprintf(stderr, "    the message is \"%s\"\n", tally_last_message());
    }
}

static inline void check_status(tally_status got, tally_status want,
                                const char *function, const struct place *at) {
    if (got != want && check_failed(at)) {
        fprintf(stderr, "    returned %s, should be %s\n",
                tally_status_name(got), tally_status_name(want));
        if (got != TALLY_OK) {
            fprintf(stderr, "    message: %s: %s\n", tally_last_function(),
                    tally_last_message());
        }
    }
    check_record(want, function, at);
}

#define CHECK_CALL(check, ...)                                                 \
    do {                                                                       \
        struct place at_ = {__FILE__, __LINE__, #__VA_ARGS__};                 \
        check(__VA_ARGS__, &at_);                                              \
    } while (0)

#define CHECK(condition) CHECK_CALL(check_that, condition)
#define CHECK_INT(got, want) CHECK_CALL(check_int, got, want)
#define CHECK_SIZE(got, want) CHECK_CALL(check_size, got, want)
#define CHECK_DOUBLE(got, want) CHECK_CALL(check_double, got, want)
#define CHECK_TEXT(got, want) CHECK_CALL(check_text, got, want)
#define CHECK_CONTAINS(got, part) CHECK_CALL(check_contains, got, part)
#define CHECK_BYTES(got, want, size) CHECK_CALL(check_bytes, got, want, size)

/* The call succeeds and leaves no error. */
#define CHECK_OK(call) CHECK_CALL(check_status, call, TALLY_OK, "")

/* The call returns this status, and the record has it with a message and the
 * name of the function. */
#define CHECK_REFUSED(call, status, function)                                  \
    CHECK_CALL(check_status, call, status, function)

/* The same, for functions that return no status. */
#define CHECK_RECORD(status, function)                                         \
    CHECK_CALL(check_record, status, function)

/* What the process owes the library. */
static inline void check_live(size_t handles, size_t blocks, size_t bytes,
                              const struct place *at) {
    size_t live_handles = 1, live_blocks = 1, live_bytes = 1;
    check_that(tally_live(&live_handles, &live_blocks, &live_bytes) == TALLY_OK,
               at);
    if ((live_handles != handles || live_blocks != blocks ||
         live_bytes != bytes) &&
        check_failed(at)) {
        fprintf(stderr,
                "    %zu handles, %zu blocks, %zu bytes are live, "
                "should be %zu, %zu, %zu\n",
                live_handles, live_blocks, live_bytes, handles, blocks, bytes);
    }
}

#define CHECK_LIVE(handles, blocks, bytes)                                     \
    CHECK_CALL(check_live, handles, blocks, bytes)

/* The last check, and the exit status. */
static inline int finish(void) {
    CHECK_LIVE(0, 0, 0);
    if (check_failures != 0) {
        fprintf(stderr, "%ld checks failed\n", check_failures);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

/* The exit status of a program that cannot be run here, as automake has it. */
#define EXIT_SKIPPED 77

/* In place of finish(), where nothing can be tried. */
static inline int skip_all(const char *why) {
    printf("skipped: %s\n", why);
    int status = finish();
    return status == EXIT_SUCCESS ? EXIT_SKIPPED : status;
}

/* Where every step is checked by a tool, long work is made short. */
static inline bool is_quick(void) {
    return getenv("TALLY_TEST_QUICK") != NULL;
}

/* Random numbers, the same in each run (splitmix64, Steele and others 2014). */
static inline uint64_t random_word(uint64_t *state) {
    uint64_t word = *state += UINT64_C(0x9e3779b97f4a7c15);
    word = (word ^ (word >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94d049bb133111eb);
    return word ^ (word >> 31);
}

#endif
