/* The version that a program was compiled with, and the one it runs with. */
#include <stdio.h>
#include <tally.h>

int main(void) {
    /* A newer library is fine; an older one may lack functions. */
    if (tally_version_number() < TALLY_VERSION_NUMBER) {
        fprintf(stderr, "tally %s is older than %s\n", tally_version(),
                TALLY_VERSION);
        return 1;
    }
    puts("recent enough");
    return 0;
}

/* Prints:
 *
 *     recent enough
 */
