/*
 * Every function of a library that dlopen() loads, and of one that dlmopen()
 * loads in a namespace of its own, with a C library of its own: as plugins do.
 * Here a call of a function of tally.h goes to the library that `library`
 * names; loaded_calls.inc, which calls.sh makes from the header, has the table.
 *
 * TALLY_SO says where the shared library is. load.c has loading and unloading.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "tally.h"

#include "loaded_calls.inc"

#include "matrix.h"

#if !defined(__GLIBC__)
#define LM_ID_NEWLM 0
static void *dlmopen(long space, const char *file, int flags) {
    (void)space, (void)file, (void)flags;
    return NULL;
}
enum { HAS_SPACES = 0 };
#else
enum { HAS_SPACES = 1 };
#endif

enum { NAMES = sizeof names_of_functions / sizeof *names_of_functions };

/* Which of them the loaded library has; its table is an array of addresses. */
static union {
    struct library library;
    void *addresses[NAMES];
} opened, apart;

static bool find_all(void *loaded, void **addresses) {
    bool found = loaded != NULL;
    for (size_t i = 0; found && i < NAMES; i++) {
        addresses[i] = dlsym(loaded, names_of_functions[i]);
        found = addresses[i] != NULL;
    }
    return found;
}

/* What the program itself keeps for its threads: its first key, so that it has
 * a number that a library could have, too. */
static pthread_key_t key;
static void *const kept = &key;
static int destroyed;

static void destroy(void *value) {
    CHECK(value == kept);
    destroyed++;
}

static void *on_a_thread(void *function) {
    CHECK_INT(pthread_setspecific(key, kept), 0);
    ((const struct function *)function)->call();
    CHECK(pthread_getspecific(key) == kept);
    keep_record();
    return NULL;
}

static void call_in(const struct library *which,
                    const struct function *function) {
    library = which;
    make_long(function);
    make_given();
    prepare_call(function);
    pthread_t thread;
    const int before = destroyed;
    CHECK_INT(pthread_create(&thread, NULL, on_a_thread, (void *)function), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(destroyed, before + 1);
    read_handles();
    give_all_back();
    CHECK_LIVE(0, 0, 0);
    library = &linked;
}

static void in(const struct library *which, const struct function *function) {
    static struct results expected;
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    call_in(&linked, function);
    expected = *got;
    call_in(which, function);
    check_bytes(got, &expected, sizeof expected, &at);
}

static void in_a_loaded_one(const struct function *function) {
    in(&opened.library, function);
}

static void in_a_namespace(const struct function *function) {
    in(&apart.library, function);
}

/* A fault: a handle of the library that is linked is none of another's. */
static void an_object_of_the_linked_one(void) {
    handle = (linked.tally_object_new)();
}

static void use_it(void) {
    got->status = tally_object_set_value(handle, 3);
    (linked.tally_unref)(handle);
    handle = NULL;
}

/* A fault: it leaks, where the program does not look. */
static void leak_there(void) {
    if (library != &linked) {
        CHECK(tally_object_new() != NULL);
    }
}

/* A fault: it reads the error of the library that is linked. */
static void read_the_linked_one(void) {
    CHECK(tally_sum_f64(NULL, 1, &got->f64) == TALLY_NULL);
    got->status = (linked.tally_last_status)();
    tally_clear_error();
}

/* A fault: it has a key of the second C library, and a value there is also the
 * program's, of the key with the same number. */
static void *space;

static void *in_the_space(const char *name) {
    void *symbol = dlsym(space, name);
    CHECK(symbol != NULL);
    return symbol;
}

static void set_a_value_there(void) {
    int (*create)(pthread_key_t *, void (*)(void *));
    int (*set)(pthread_key_t, const void *);
    pthread_key_t first;
    void *symbol = in_the_space("pthread_key_create");
    memcpy(&create, &symbol, sizeof create);
    symbol = in_the_space("pthread_setspecific");
    memcpy(&set, &symbol, sizeof set);
    if (library != &linked) {
        CHECK_INT(create(&first, NULL), 0);
        CHECK_INT(set(first, &space), 0);
    }
}

/* The classic names are in a library next to it, which needs it. */
static const char *path_of_both(void) {
    static char path[4096];
    const char *so = getenv("TALLY_SO");
    const char *name = so == NULL ? NULL : strstr(so, "libtally.so");
    if (name == NULL) {
        return NULL;
    }
    snprintf(path, sizeof path, "%.*slibtally_classic%s", (int)(name - so), so,
             name + strlen("libtally"));
    return path;
}

int main(void) {
    const char *path = path_of_both();
    CHECK_INT(pthread_key_create(&key, destroy), 0);
    if (path == NULL) {
        return skip_all("TALLY_SO does not say where the shared library is");
    }
    share_memory();
    fill(400);
    /* It is seen if one is not there. */
    CHECK(!find_all(dlopen("libm.so.6", RTLD_NOW), opened.addresses));
    if (!find_all(dlopen(path, RTLD_NOW | RTLD_LOCAL), opened.addresses)) {
        fprintf(stderr, "%s\n", dlerror());
        return EXIT_FAILURE;
    }
    CHECK_SEEN(in_a_loaded_one, "it leaks there", nothing, leak_there);
    every_function_in(LOADED_BY_DLOPEN, is_quick() ? 9 : 1, in_a_loaded_one);
    space =
        HAS_SPACES ? dlmopen(LM_ID_NEWLM, path, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (space == NULL) {
        printf("skipped: there are no namespaces here\n");
        return finish();
    }
    CHECK(find_all(space, apart.addresses));
    CHECK_SEEN(in_a_namespace, "its handle is another's",
               an_object_of_the_linked_one, use_it);
    CHECK_SEEN(in_a_namespace, "its error is another's", nothing,
               read_the_linked_one);
    CHECK_SEEN(in_a_namespace, "a thread's value is replaced", nothing,
               set_a_value_there);
    every_function_in(LOADED_BY_DLMOPEN, is_quick() ? 9 : 1, in_a_namespace);
    return finish();
}
