/* What a C library does: a struct with a count. Nothing is checked. */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

struct object {
    atomic_int count;
    _Atomic int32_t value;
};

void *peer_new(void) {
    struct object *object = malloc(sizeof *object);
    if (object != NULL) {
        atomic_init(&object->count, 1);
        atomic_init(&object->value, 0);
    }
    return object;
}

void peer_ref(void *object) {
    atomic_fetch_add_explicit(&((struct object *)object)->count, 1,
                              memory_order_relaxed);
}

void peer_unref(void *object) {
    if (atomic_fetch_sub_explicit(&((struct object *)object)->count, 1,
                                  memory_order_acq_rel) == 1) {
        free(object);
    }
}

int32_t peer_value(void *object) {
    return atomic_load_explicit(&((struct object *)object)->value,
                                memory_order_relaxed);
}

int peer_nothing(int x) {
    return x;
}
