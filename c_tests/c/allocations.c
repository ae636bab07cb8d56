/*
 * Each allocation of each function fails in turn, wherever it comes from: the
 * program has malloc() and the like. The call gives what it gives otherwise, or
 * it reports TALLY_MEMORY, has changed nothing and keeps no memory. Once there
 * is memory again, all is well.
 *
 * Each function is tested in a process of its own, so that what is allocated
 * once in a process may fail, too. memory_testbuild.c has what grows with many
 * calls.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "matrix.h"

/* How many more allocations succeed, all if negative; and how many did not. */
static long left = -1, refused;
/* Blocks that were allocated and not freed. */
static long blocks;

static inline bool may_allocate(void) {
    long now = __atomic_load_n(&left, __ATOMIC_SEQ_CST);
    do {
        if (now == 0) {
            __atomic_add_fetch(&refused, 1, __ATOMIC_SEQ_CST);
            errno = ENOMEM;
            return false;
        }
    } while (now > 0 &&
             !__atomic_compare_exchange_n(&left, &now, now - 1, false,
                                          __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    return true;
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
enum { CAN_FAIL = 1 };
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static void *counted(void *block) {
    if (block != NULL) {
        __atomic_add_fetch(&blocks, 1, __ATOMIC_SEQ_CST);
    }
    return block;
}

void *malloc(size_t size) {
    return may_allocate() ? counted(__libc_malloc(size)) : NULL;
}

void *calloc(size_t n, size_t size) {
    return may_allocate() ? counted(__libc_calloc(n, size)) : NULL;
}

void *memalign(size_t alignment, size_t size) {
    return may_allocate() ? counted(__libc_memalign(alignment, size)) : NULL;
}

void *aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    void *block = memalign(alignment, size);
    if (block == NULL) {
        return ENOMEM;
    }
    *out = block;
    return 0;
}

void *realloc(void *block, size_t size) {
    if (!may_allocate()) {
        return NULL;
    }
    void *moved = __libc_realloc(block, size);
    return block == NULL ? counted(moved) : moved;
}

void free(void *block) {
    if (block != NULL) {
        __atomic_sub_fetch(&blocks, 1, __ATOMIC_SEQ_CST);
    }
    __libc_free(block);
}
#else
enum { CAN_FAIL = 0 };
#endif

/* Which of its allocations failed is shared with the parent. */
static long *refusals;

/* Calls it with so many allocations: whether it needed more. */
static bool call_with(const struct function *function, long allocations) {
    long before = refused;
    __atomic_store_n(&left, allocations, __ATOMIC_SEQ_CST);
    function->call();
    __atomic_store_n(&left, -1, __ATOMIC_SEQ_CST);
    return refused != before;
}

static void nothing_happened(const struct function *function,
                             const struct results *before,
                             const struct place *at) {
    check_record(TALLY_MEMORY, function->name, at);
    check_int(got->status == TALLY_OK ? TALLY_MEMORY : got->status,
              TALLY_MEMORY, at);
    got->status = before->status;
    check_bytes(got, before, sizeof *before, at);
}

/* With each number of allocations from 0 on, until there are enough. What was
 * allocated by a call that failed may be kept for the next, which fails later:
 * but not again and again. */
static void until_it_succeeds(const struct function *function,
                              const struct results *expected,
                              const struct place *at) {
    enum { MOST_ALLOCATIONS = 200, TURNS = 4 };
    struct results *before = malloc(sizeof *before);
    bool needs_more = true;
    CHECK(before != NULL);
    for (long n = 0; needs_more && n < MOST_ALLOCATIONS; n++) {
        bool failed = true;
        for (int turn = 0; failed && turn < TURNS; turn++) {
            struct live {
                size_t handles, blocks, bytes;
            } live;
            prepare_call(function);
            tally_clear_error();
            *before = *got;
            CHECK_OK(tally_live(&live.handles, &live.blocks, &live.bytes));
            long blocks_before = blocks;
            needs_more = call_with(function, n);
            failed = tally_last_status() != TALLY_OK;
            if (failed) {
                nothing_happened(function, before, at);
                check_live(live.handles, live.blocks, live.bytes, at);
                check_that(turn < TURNS - 1 || blocks <= blocks_before, at);
                check_that(needs_more, at);
            } else {
                finish_call();
                check_bytes(got, expected, sizeof *expected, at);
            }
            give_all_back();
        }
    }
    check_that(!needs_more, at);
    free(before);
}

/* The call that needs memory in a function that tells of an error. */
static void expected_of(const struct function *function) {
    prepare_call(function);
    tally_clear_error();
    function->call();
    finish_call();
}

static void in_a_child(const struct function *function,
                       const struct results *expected) {
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        check_failures = 0;
        alarm(60);
        if (expected == NULL) {
            expected_of(function);
        } else {
            until_it_succeeds(function, expected, &at);
        }
        *refusals += refused;
        _exit(finish());
    }
    check_that(waitpid(child, &status, 0) == child, &at);
    check_int(status, 0, &at);
}

static void with_each_allocation_failing(const struct function *function) {
    static struct results expected;
    make_long(function);
    memset(got, 0, sizeof *got);
    in_a_child(function, NULL);
    expected = *got;
    in_a_child(function, &expected);
}

/* Faults, which say that there is no memory as a function of the library does:
 * a block is used without a look, is kept, is asked for after the result was
 * written. */
static void out_of_memory(void) {
    got->status = TALLY_MEMORY;
    left = 0;
    CHECK(tally_alloc(1000) == NULL);
    left = -1;
}

static void use_it_anyway(void) {
    volatile char *first = malloc(10);
    *first = 1;
    free((void *)first);
}

static void keep_it(void) {
    void *volatile first = malloc(10), *volatile second = malloc(10);
    if (second == NULL) {
        out_of_memory();
        return;
    }
    free(first), free(second);
}

static void write_first(void) {
    got->f64 = 1;
    void *volatile block_ = malloc(10);
    if (block_ == NULL) {
        out_of_memory();
    }
    free(block_);
}

static void do_it_right(void) {
    void *volatile first = malloc(10), *volatile second = malloc(10);
    if (first == NULL || second == NULL) {
        out_of_memory();
    } else {
        got->f64 = 1;
    }
    free(first), free(second);
}

static void make_given_in_a_child(void) {
    pid_t child = fork();
    if (child == 0) {
        make_given();
        _exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

int main(void) {
    check_that_no_function_is_missing();
    if (!CAN_FAIL || is_quick()) {
        return skip_all("allocations cannot be made to fail here");
    }
    share_memory();
    refusals = mmap(NULL, sizeof *refusals, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(refusals != MAP_FAILED);
    fill(400);
    make_given_in_a_child();
    static const struct function right = {"tally_alloc", nothing, do_it_right};
    CHECK(!is_seen(with_each_allocation_failing, &right));
    CHECK_SEEN(with_each_allocation_failing, "tally_alloc", nothing,
               use_it_anyway);
    CHECK_SEEN(with_each_allocation_failing, "tally_alloc", nothing, keep_it);
    CHECK_SEEN(with_each_allocation_failing, "tally_alloc", nothing,
               write_first);
    *refusals = 0;
    every_function_in(ALLOCATION_FAILING, 1, with_each_allocation_failing);
    printf("%ld allocations refused\n", *refusals);
    /* Or the library allocates in a way that is not seen here. */
    CHECK(*refusals > 50);
    return finish();
}
