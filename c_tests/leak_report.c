/* TALLY_LEAK_REPORT=1: what was not given back is named at the end. The program
 * runs itself with and without it. */
#define _POSIX_C_SOURCE 200809L
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

/* What is lost on purpose. Pointers to it stay, so that tools which look for
 * lost memory have nothing to say. */
static void *kept[8];

static void lose(void) {
    static const double values[10] = {1, 2, 3};
    tally_array *array = NULL;
    tally_view *view = NULL;
    const double *seen;
    size_t count;
    kept[0] = tally_object_new();
    kept[1] = tally_object_new();
    CHECK_OK(tally_array_new_f64(values, 10, &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    kept[2] = array;
    kept[3] = view;
    kept[4] = tally_alloc(100);
    kept[5] = c_alloc(5000);
    CHECK_OK(tally_record_new(1, "name", 2, (tally_record **)&kept[6]));
    tally_free(tally_alloc(7));
    CHECK_OK(tally_unref(tally_object_new()));
}

/* What the program says on standard error when it runs in this way. */
static size_t run(const char *program, const char *way, const char *report,
                  char *text, size_t size) {
    int ends[2];
    CHECK_INT(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        if (report != NULL) {
            setenv("TALLY_LEAK_REPORT", report, 1);
        } else {
            unsetenv("TALLY_LEAK_REPORT");
        }
        execl(program, program, way, (char *)NULL);
        _exit(99);
    }
    CHECK(child > 0);
    close(ends[1]);
    size_t length = 0;
    ssize_t got;
    while ((got = read(ends[0], text + length, size - 1 - length)) > 0) {
        length += (size_t)got;
    }
    text[length] = '\0';
    close(ends[0]);
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
    return length;
}

int main(int argc, char **argv) {
    if (argc > 1) {
        if (strcmp(argv[1], "lose") == 0) {
            lose();
        } else {
            CHECK_OK(tally_unref(tally_object_new()));
            tally_free(tally_alloc(10));
        }
        return check_failures != 0;
    }
    static char text[4096];
    run(argv[0], "lose", "1", text, sizeof text);
    CHECK_CONTAINS(text, "tally: not given back to tally_unref: "
                         "objects: 2, 8 bytes\n");
    CHECK_CONTAINS(text, "tally_unref: arrays: 1, 80 bytes\n");
    CHECK_CONTAINS(text, "tally_unref: views: 1, 0 bytes\n");
    CHECK_CONTAINS(text, "tally_free: blocks: 2, 5100 bytes\n");
    CHECK_CONTAINS(text, "tally_record_free: records: 1, ");
    CHECK(strstr(text, "shared accumulators") == NULL);
    /* Nothing without a loss, and nothing unless it is asked for. */
    CHECK_SIZE(run(argv[0], "keep", "1", text, sizeof text), 0);
    CHECK_SIZE(run(argv[0], "lose", NULL, text, sizeof text), 0);
    CHECK_SIZE(run(argv[0], "lose", "0", text, sizeof text), 0);
    return finish();
}
