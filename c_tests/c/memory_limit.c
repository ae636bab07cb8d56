/* A process whose address space is nearly used up: what it freed, it can have
 * again, and a call takes no more than the header says. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"
#include "../statm.h"

enum { MIB = 1 << 20, LEFT = 12 * MIB, SIZE = 8 * MIB };

/* A little less than a block, so that it fits where one was. */
enum { COUNT = (SIZE - 4096) / sizeof(double) };
static double values[COUNT];

/* Limits the address space to this many more bytes. */
static bool leave(size_t bytes) {
    size_t now;
    bool is_known = statm(&now) > 0;
    rlim_t most = (rlim_t)now + bytes;
    struct rlimit limit = {most, most};
    return is_known && setrlimit(RLIMIT_AS, &limit) == 0;
}

static void used_up(void) {
    /* What the library sets up for the first of each is there. */
    tally_array *array = NULL;
    CHECK_OK(tally_array_new_f64(values, 1, &array));
    CHECK_OK(tally_unref(array));
    tally_free(tally_alloc(5000));
    CHECK(leave(LEFT));
}

static void a_block_can_be_had_again(void) {
    used_up();
    for (int i = 0; i < 10; i++) {
        void *block = tally_alloc(SIZE);
        CHECK(block != NULL);
        CHECK_RECORD(TALLY_OK, "");
        /* Only one fits: it is really limited. */
        CHECK(tally_alloc(SIZE) == NULL);
        CHECK_RECORD(TALLY_MEMORY, "tally_alloc");
        tally_clear_error();
        CHECK_LIVE(0, 1, SIZE);
        tally_free(block);
        CHECK_RECORD(TALLY_OK, "");
    }
}

static void an_array_can_be_had_instead(void) {
    used_up();
    void *block = tally_alloc(SIZE);
    CHECK(block != NULL);
    tally_free(block);
    tally_array *array = NULL;
    CHECK_OK(tally_array_new_f64(values, COUNT, &array));
    CHECK_OK(tally_unref(array));
    CHECK_LIVE(0, 0, 0);
}

/* What the header says of groups: a megabyte or two, and so many bytes for each
 * group; for some statistics more, for each group and each value. */
enum { ROWS = 1 << 20, GROUPS = 1 << 22, RUN = 128 };
static double row_values[ROWS];
static uint32_t ids[ROWS];
static double group_results[GROUPS];

static void group_in(size_t bytes, tally_statistic statistic) {
    const tally_column of = TALLY_COLUMN(TALLY_F64, row_values, ROWS);
    const tally_column by = TALLY_COLUMN(TALLY_U32, ids, ROWS);
    CHECK(leave((size_t)2 * MIB + bytes));
    CHECK_OK(tally_group(&of, &by, GROUPS, statistic, 0, group_results));
    CHECK_DOUBLE(group_results[ids[ROWS - 1]],
                 statistic == TALLY_SUM ? row_values[ROWS - 1] : 0.0);
}

/* Each row in a group of its own, in no order. */
static void scatter(void) {
    for (uint32_t i = 0; i < ROWS; i++) {
        row_values[i] = 1.0 + i;
        ids[i] = (uint32_t)(i * UINT64_C(2654435761) % GROUPS);
    }
}

static void groups_take_25_bytes(void) {
    scatter();
    group_in((size_t)25 * GROUPS, TALLY_SUM);
}

/* With more groups than rows, threads have no memory of their own for them. */
static void many_groups_take_no_more_on_threads(void) {
    const tally_column of = TALLY_COLUMN(TALLY_F64, row_values, ROWS);
    const tally_column by = TALLY_COLUMN(TALLY_U32, ids, ROWS);
    double total;
    scatter();
    /* The threads are there. */
    CHECK_OK(tally_sum_f64_parallel(row_values, ROWS, 0, &total));
    CHECK(leave((size_t)2 * MIB + (size_t)25 * GROUPS));
    CHECK_OK(
        tally_group_parallel(&of, &by, GROUPS, TALLY_SUM, 0, 0, group_results));
    CHECK_DOUBLE(group_results[ids[ROWS - 1]], row_values[ROWS - 1]);
}

static void groups_of_wide_values_take_their_values(void) {
    scatter();
    row_values[0] = 0x1p100;
    group_in((size_t)33 * GROUPS + (size_t)8 * ROWS, TALLY_SUM);
}

static void variances_take_their_values(void) {
    scatter();
    group_in((size_t)33 * GROUPS + (size_t)8 * ROWS, TALLY_VARIANCE);
}

static void sorted_groups_take_8_bytes(void) {
    for (uint32_t i = 0; i < ROWS; i++) {
        row_values[i] = i % RUN == RUN - 1 ? 1.0 + i : 0.0;
        ids[i] = i / RUN;
    }
    group_in((size_t)8 * GROUPS, TALLY_SUM);
}

/* The limit is the child's. */
static void in_a_child(void (*test)(void)) {
    pid_t child = fork();
    if (child == 0) {
        test();
        exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

int main(void) {
    /* Tools that run with TALLY_TEST_QUICK take much address space themselves.
     */
    if (is_quick() || access("/proc/self/statm", R_OK) != 0) {
        return skip_all("the address space cannot be limited here");
    }
    in_a_child(a_block_can_be_had_again);
    in_a_child(an_array_can_be_had_instead);
    in_a_child(groups_take_25_bytes);
    in_a_child(many_groups_take_no_more_on_threads);
    in_a_child(groups_of_wide_values_take_their_values);
    in_a_child(variances_take_their_values);
    in_a_child(sorted_groups_take_8_bytes);
    return finish();
}
