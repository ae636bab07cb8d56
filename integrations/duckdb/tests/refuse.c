/* Preloaded: refuses memory for accumulators, 320 bytes, once 'allowed' of them
 * have been given out. No other block is refused. */
#include <stddef.h>

/* How many are still given out; below 0, all. The test sets it. */
long refuse_allowed = -1;
long refuse_given;

extern void *__libc_malloc(size_t size);

void *malloc(size_t size) {
    if (size == 320) {
        const long allowed = __atomic_load_n(&refuse_allowed, __ATOMIC_RELAXED);
        if (allowed >= 0 &&
            __atomic_add_fetch(&refuse_given, 1, __ATOMIC_RELAXED) > allowed)
            return NULL;
    }
    return __libc_malloc(size);
}
