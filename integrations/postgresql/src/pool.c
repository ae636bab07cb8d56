/*
 * Memory for many states of one size.
 *
 * An aggregate over many groups allocates a state for each. The server's
 * allocator rounds 320 bytes up to 512 and puts a header before each chunk. So
 * states are cut from larger chunks that fill a power of two, which grow from
 * one state to 8 kB: an aggregate with few groups takes no more than they need.
 *
 * A pool is found by the memory context that it cuts from. A callback of the
 * context ends it when the context is reset or deleted, which is how the
 * server gives up the states of an aggregate, after an error too.
 */
#include "tally_pg.h"

#define CHUNK_MAX 8192
/* How many contexts have a pool at a time. In further contexts, states are
 * allocated one by one. */
#define POOLS 8

typedef struct pool {
    MemoryContext context; /* NULL: the pool is free. */
    MemoryContextCallback forget;
    struct {
        char *next;
        Size left;  /* states at 'next' */
        Size chunk; /* the size of the latest chunk */
    } kinds[POOL_KINDS];
} pool;

static pool pools[POOLS];

static void forget(void *arg) {
    memset(arg, 0, sizeof(pool));
}

static pool *find(MemoryContext context) {
    pool *unused = NULL;
    int i;

    for (i = 0; i < POOLS; i++) {
        if (pools[i].context == context)
            return &pools[i];
        if (pools[i].context == NULL && unused == NULL)
            unused = &pools[i];
    }
    if (unused != NULL) {
        unused->context = context;
        unused->forget.func = forget;
        unused->forget.arg = unused;
        MemoryContextRegisterResetCallback(context, &unused->forget);
    }
    return unused;
}

void *tally_pg_pool_alloc(MemoryContext context, pool_kind kind, Size size) {
    pool *from = find(context);
    char *state;

    if (from == NULL)
        return MemoryContextAllocZero(context, size);
    if (from->kinds[kind].left == 0) {
        Size chunk = from->kinds[kind].chunk;

        if (chunk == 0)
            for (chunk = 64; chunk < size; chunk *= 2)
                ;
        else
            chunk = Min(chunk * 4, CHUNK_MAX);
        from->kinds[kind].next =
            MemoryContextAlloc(context, chunk / size * size);
        from->kinds[kind].left = chunk / size;
        from->kinds[kind].chunk = chunk;
    }
    state = from->kinds[kind].next;
    from->kinds[kind].next += size;
    from->kinds[kind].left--;
    return memset(state, 0, size);
}
