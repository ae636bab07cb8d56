/* Throws away what must not be thrown away: the compiler must say so. */
#include <tally.h>

void leak(void);
void leak(void) {
    tally_alloc(1);
}
