/* A process whose address space is nearly used up: what it freed, it can have
 * again. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { MIB = 1 << 20, LEFT = 12 * MIB, SIZE = 8 * MIB };

static double values[SIZE / sizeof(double)];

/* Leaves so many bytes of address space; false where that is not known. */
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

static void what_was_freed_can_be_had_again(void) {
    /* What the library sets up for the first block is there. */
    tally_free(tally_alloc(5000));
    tally_array *array = NULL;
    CHECK_OK(tally_array_new_f64(values, 1, &array));
    CHECK_OK(tally_unref(array));
    if (!leave(LEFT)) {
        printf("skipped: the address space cannot be limited here\n");
        return;
    }
    for (int i = 0; i < 5; i++) {
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
        CHECK_OK(tally_array_new_f64(values, SIZE / sizeof *values, &array));
        CHECK_OK(tally_unref(array));
        CHECK_LIVE(0, 0, 0);
    }
}

int main(void) {
    /* Tools that run with TALLY_TEST_QUICK take much address space themselves. */
    if (is_quick()) {
        printf("skipped: the address space is a tool's\n");
        return finish();
    }
    pid_t child = fork();
    if (child == 0) {
        what_was_freed_can_be_had_again();
        exit(finish());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
    return finish();
}
