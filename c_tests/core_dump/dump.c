/* A process that stops with handles in every state of docs/handles.md, for
 * tools/check/core_dump.sh: their names and values go to the file named first.
 */
#include <inttypes.h>
#include <signal.h>

#include "../check.h"

void *live, *stale;
static FILE *names;

static void note(const char *name, const void *handle) {
    fprintf(names, "%s 0x%" PRIxPTR "\n", name, (uintptr_t)handle);
}

int main(int argc, char **argv) {
    static const double values[] = {1, 2, 3};
    tally_shared *shared = NULL;
    tally_array *array = NULL;
    tally_view *view = NULL;
    const double *seen;
    size_t count;
    names = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (names == NULL) {
        return 2;
    }
    live = tally_object_new();
    CHECK_OK(tally_object_set_value(live, 77));
    CHECK_OK(tally_ref(live));
    CHECK_OK(tally_ref(live));
    CHECK_OK(tally_shared_new(&shared));
    CHECK_OK(tally_array_new_f64(values, 3, &array));
    CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
    CHECK_OK(tally_unref(array));
    /* The slot of the first is that of the second. */
    void *before = tally_object_new();
    CHECK_OK(tally_unref(before));
    void *after = tally_object_new();
    CHECK((uint32_t)(uintptr_t)before == (uint32_t)(uintptr_t)after);
    stale = tally_object_new();
    CHECK_OK(tally_unref(stale));
    note("live", live), note("stale", stale), note("shared", shared);
    note("array", array), note("view", view);
    note("before", before), note("after", after);
    fclose(names);
    if (check_failures == 0) {
        raise(SIGTRAP);
    }
    return 1;
}
