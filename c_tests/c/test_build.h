/*
 * What only the library's test build exports. Programs that use it are named
 * *_testbuild.c; a test proves it absent from what is shipped.
 */
#ifndef TALLY_C_TESTS_TEST_BUILD_H
#define TALLY_C_TESTS_TEST_BUILD_H

#include "../check.h"

/* Panics inside the library with this text. */
tally_status tally_test_panic(const char *message);

/* The same on a thread of the library's, which helps the call. */
tally_status tally_test_panic_in_worker(const char *message);

/* Lets `count` more of the library's allocations succeed and then none, in all
 * threads; below 0, all succeed. */
void tally_test_fail_allocations_after(int64_t count);

/* Lets none of them succeed, in any thread, until the library gives a block
 * back to the system. */
void tally_test_fail_allocations_until_freed(void);

/* Reads past the end of a block, for a tool to see. */
uint8_t tally_test_out_of_bounds(void);

#endif
