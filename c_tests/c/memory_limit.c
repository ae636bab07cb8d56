/* A process whose address space is nearly used up: what it freed, it can have
 * again. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"

enum { MIB = 1 << 20, LEFT = 12 * MIB, SIZE = 8 * MIB };

/* A little less than a block, so that it fits where one was. */
enum { COUNT = (SIZE - 4096) / sizeof(double) };
static double values[COUNT];

/* Limits the address space to this many more bytes. */
static bool leave(size_t bytes) {
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL) {
        return false;
    }
    bool is_read = fscanf(file, "%lu", &pages) == 1;
    fclose(file);
    rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + bytes;
    struct rlimit limit = {most, most};
    return is_read && setrlimit(RLIMIT_AS, &limit) == 0;
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
        printf("skipped: the address space cannot be limited here\n");
        return finish();
    }
    in_a_child(a_block_can_be_had_again);
    in_a_child(an_array_can_be_had_instead);
    return finish();
}
