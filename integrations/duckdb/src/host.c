/* A workaround for a defect of DuckDB before 2.0 (its issue 21537).
 *
 * An update function gets an array with a state for each row. Where all rows
 * have the same state, in agg(x) OVER () and in agg(x ORDER BY y), these
 * versions silently pass an array of that single state, eight bytes long. The
 * memory behind it is not a state; using it means a crash or a wrong total.
 *
 * The array is a block of memory of its own, and its size gives it away: other
 * arrays have room for 2048 states. A probe in a private database, where it is
 * known which array is which, finds out whether glibc or the jemalloc inside
 * DuckDB allocates these blocks. If neither does, the extension does not load.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

#include "rows.h"

/* The size of the block that begins at an address. */
typedef size_t block_size(void *block);

/* NULL if there is no such defect. */
static block_size *size_of;

/* The array of a state for each row has at least the first of these sizes, the
 * array of a single state at most the second. */
enum { LARGE = MOST_ROWS * sizeof(void *), SMALL = 32 };

duckdb_aggregate_state *state_of_each(duckdb_aggregate_state *states,
                                      idx_t count,
                                      duckdb_aggregate_state *room) {
    if (size_of == NULL || count < 2 || size_of(states) > SMALL)
        return states;
    for (idx_t i = 0; i < count; i++)
        room[i] = states[0];
    return room;
}

/* glibc has the size before the block, with three flags in the lowest bits. */
static size_t size_in_glibc(void *block) {
    return ((const size_t *)block)[-1] & ~(size_t)7;
}

/* The same for an address that may not be such a block: the memory before it
 * may not even belong to the process. */
static size_t try_size_in_glibc(void *block) {
    size_t size = 0;
    struct iovec to = {&size, sizeof size};
    struct iovec from = {(size_t *)block - 1, sizeof size};
    if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != sizeof size)
        return 0;
    return size & ~(size_t)7;
}

/* The function of DuckDB's own jemalloc, or NULL. */
static block_size *find_size_in_jemalloc(void) {
    Dl_info library;
    if (dladdr((void *)duckdb_library_version, &library) == 0)
        return NULL;
    void *handle = dlopen(library.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
    if (handle == NULL)
        handle = dlopen(NULL, RTLD_LAZY);
    if (handle == NULL)
        return NULL;
    void *function = dlsym(handle, "duckdb_je_malloc_usable_size");
    dlclose(handle);
    return (block_size *)function;
}

/* An aggregate that measures the arrays that it is given. */
typedef struct probe {
    block_size *measure;
    size_t size;
} probe;

static idx_t probe_size(duckdb_function_info info) {
    (void)info;
    return sizeof(uint64_t);
}

static void probe_init(duckdb_function_info info,
                       duckdb_aggregate_state state) {
    (void)info;
    (void)state;
}

static void probe_update(duckdb_function_info info, duckdb_data_chunk input,
                         duckdb_aggregate_state *states) {
    (void)input;
    probe *p = duckdb_aggregate_function_get_extra_info(info);
    p->size = p->measure(states);
}

static void probe_combine(duckdb_function_info info,
                          duckdb_aggregate_state *from,
                          duckdb_aggregate_state *into, idx_t count) {
    (void)info;
    (void)from;
    (void)into;
    (void)count;
}

static void probe_finalize(duckdb_function_info info,
                           duckdb_aggregate_state *states, duckdb_vector result,
                           idx_t count, idx_t offset) {
    (void)info;
    (void)states;
    for (idx_t i = 0; i < count; i++)
        set_null(result, offset + i);
}

static bool register_probe(duckdb_connection connection, probe *p) {
    duckdb_aggregate_function f = duckdb_create_aggregate_function();
    duckdb_logical_type type = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
    duckdb_aggregate_function_set_name(f, "probe");
    duckdb_aggregate_function_add_parameter(f, type);
    duckdb_aggregate_function_set_return_type(f, type);
    duckdb_aggregate_function_set_functions(
        f, probe_size, probe_init, probe_update, probe_combine, probe_finalize);
    duckdb_aggregate_function_set_extra_info(f, p, NULL);
    const duckdb_state state =
        duckdb_register_aggregate_function(connection, f);
    duckdb_destroy_logical_type(&type);
    duckdb_destroy_aggregate_function(&f);
    return state == DuckDBSuccess;
}

/* The size of the array that a query gives the probe, or 0. */
static size_t size_in(duckdb_connection connection, probe *p, const char *sql) {
    duckdb_result result;
    p->size = 0;
    if (duckdb_query(connection, sql, &result) != DuckDBSuccess)
        p->size = 0;
    duckdb_destroy_result(&result);
    return p->size;
}

static bool tells(duckdb_connection connection, probe *p, block_size *measure) {
    p->measure = measure;
    const size_t one =
        size_in(connection, p, "SELECT probe(i) OVER () FROM range(3) t(i)");
    const size_t many =
        size_in(connection, p, "SELECT probe(i) FROM range(3) t(i) GROUP BY i");
    return one > 0 && one <= SMALL && many >= LARGE;
}

static block_size *find_size(void) {
    block_size *found = NULL;
    duckdb_database database;
    duckdb_connection connection;
    probe p;
    if (duckdb_open(NULL, &database) != DuckDBSuccess)
        return NULL;
    if (duckdb_connect(database, &connection) == DuckDBSuccess) {
        block_size *in_jemalloc = find_size_in_jemalloc();
        if (!register_probe(connection, &p))
            found = NULL;
        else if (tells(connection, &p, try_size_in_glibc))
            found = size_in_glibc;
        else if (in_jemalloc != NULL && tells(connection, &p, in_jemalloc))
            found = in_jemalloc;
        duckdb_disconnect(&connection);
    }
    duckdb_close(&database);
    return found;
}

const char *refuse_host(void) {
    char *rest;
    const long major = strtol(duckdb_library_version() + 1, &rest, 10); /* v */
    const long minor = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;
    if (major < 1 || (major == 1 && minor < 4))
        return "tally: needs DuckDB 1.4 or later; older versions give an "
               "extension the wrong rows in some windows";
    if (duckdb_vector_size() > MOST_ROWS)
        return "tally: this DuckDB has vectors of more than 2048 rows, which "
               "are not supported";
    if (major >= 2)
        return NULL;
    size_of = find_size();
    if (size_of == NULL)
        return "tally: this DuckDB has the defect of issue 21537, which cannot "
               "be worked around here; use DuckDB 2.0 or later";
    return NULL;
}
