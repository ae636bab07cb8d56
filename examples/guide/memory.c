/* Blocks of memory from the library, which frees only its own. */
#include <stdint.h>
#include <stdio.h>
#include <tally.h>

int main(void) {
    double *values = tally_alloc(100 * sizeof *values);
    if (values == NULL)
        return 1;
    printf("zero: %g, aligned to 64: %s\n", values[99],
           (uintptr_t)values % 64 == 0 ? "yes" : "no");

    /* Everything that is not yet freed, in all threads. */
    size_t blocks, bytes;
    if (tally_live(NULL, &blocks, &bytes) != TALLY_OK)
        return 1;
    printf("%zu block, %zu bytes\n", blocks, bytes);

    /* A pointer that is not a block is refused, and so is a second free. */
    int local;
    tally_free(&local);
    puts(tally_status_name(tally_last_status()));
    tally_free(values);
    tally_free(values);
    puts(tally_status_name(tally_last_status()));
    return 0;
}

/* Prints:
 *
 *     zero: 0, aligned to 64: yes
 *     1 block, 800 bytes
 *     TALLY_BAD_HANDLE
 *     TALLY_STALE
 */
