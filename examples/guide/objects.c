/* One integer with several owners. */
#include <stdio.h>
#include <tally.h>

int main(void) {
    void *object = tally_object_new();
    if (object == NULL)
        return 1;
    if (tally_object_set_value(object, 42) != TALLY_OK)
        return 1;

    /* A second owner: the object lives until both have released it. */
    if (tally_ref(object) != TALLY_OK)
        return 1;
    tally_unref(object);
    printf("%d\n", (int)tally_object_value(object));
    tally_unref(object);

    /* 0 could be a value; the status says that the call failed. */
    printf("%d\n", (int)tally_object_value(object));
    puts(tally_status_name(tally_last_status()));
    return 0;
}

/* Prints:
 *
 *     42
 *     0
 *     TALLY_STALE
 */
