/* The shared library, loaded and unloaded in loops and in threads, as a plugin
 * host or another language does it. TALLY_SO says where it is; without, it is
 * the one that this program is linked with, if it is. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>

#include "check.h"

#define THREADS 4

static const char *path;

struct library {
    void *handle;
    tally_status (*sum_f64)(const double *, size_t, double *);
    tally_status (*last_status)(void);
    const char *(*last_function)(void);
    void *(*object_new)(void);
    tally_status (*unref)(void *);
    void *(*alloc)(size_t);
    void (*free)(void *);
    tally_status (*live)(size_t *, size_t *, size_t *);
};

/* POSIX has functions and data of one size; C has no cast between them. */
static void find(struct library *library, const char *name, void *function) {
    void *symbol = dlsym(library->handle, name);
    CHECK(symbol != NULL);
    memcpy(function, &symbol, sizeof symbol);
}

static struct library load(void) {
    struct library library = {.handle = dlopen(path, RTLD_NOW | RTLD_LOCAL)};
    if (library.handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(EXIT_FAILURE);
    }
    find(&library, "tally_sum_f64", &library.sum_f64);
    find(&library, "tally_last_status", &library.last_status);
    find(&library, "tally_last_function", &library.last_function);
    find(&library, "tally_object_new", &library.object_new);
    find(&library, "tally_unref", &library.unref);
    find(&library, "tally_alloc", &library.alloc);
    find(&library, "tally_free", &library.free);
    find(&library, "tally_live", &library.live);
    return library;
}

static void use(const struct library *library) {
    static const double values[] = {1e100, 1.0, -1e100};
    double total = 0;
    CHECK_INT(library->sum_f64(values, 3, &total), TALLY_OK);
    CHECK_DOUBLE(total, 1.0);
    CHECK_INT(library->last_status(), TALLY_OK);
    CHECK_INT(library->sum_f64(NULL, 3, &total), TALLY_NULL);
    CHECK_INT(library->last_status(), TALLY_NULL);
    CHECK_TEXT(library->last_function(), "tally_sum_f64");
    void *object = library->object_new();
    CHECK(object != NULL);
    CHECK_INT(library->unref(object), TALLY_OK);
    CHECK_INT(library->unref(object), TALLY_STALE);
    void *block = library->alloc(100);
    CHECK(block != NULL);
    library->free(block);
}

static void load_use_and_unload(void) {
    struct library library = load();
    use(&library);
    CHECK_INT(dlclose(library.handle), 0);
}

/* Ends after its dlclose(): what is left of the thread is ours to survive. */
static void *in_a_thread(void *argument) {
    int rounds = *(const int *)argument;
    for (int i = 0; i < rounds; i++) {
        load_use_and_unload();
    }
    return NULL;
}

static void *fail_in_a_thread(void *argument) {
    const struct library *library = argument;
    double total;
    CHECK_INT(library->sum_f64(NULL, 1, &total), TALLY_NULL);
    return NULL;
}

/* The file that tally_version() comes from, or NULL if it is this program. */
static const char *linked_library(void) {
    static Dl_info info;
    const char *(*function)(void) = tally_version;
    void *address;
    memcpy(&address, &function, sizeof address);
    if (dladdr(address, &info) == 0 || info.dli_fname == NULL ||
        strstr(info.dli_fname, ".so") == NULL ||
        strstr(info.dli_fname, "tally") == NULL) {
        return NULL;
    }
    void *handle = dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD);
    if (handle == NULL) {
        return NULL;
    }
    void *found = dlsym(handle, "tally_version");
    dlclose(handle);
    return found == address ? info.dli_fname : NULL;
}

int main(void) {
    path = getenv("TALLY_SO");
    if (path == NULL || path[0] == '\0') {
        path = linked_library();
    }
    if (path == NULL) {
        printf("nothing was loaded: TALLY_SO does not say where the shared "
               "library is\n");
        return EXIT_SUCCESS;
    }
    int rounds = is_quick() ? 10 : 200;
    for (int i = 0; i < rounds; i++) {
        load_use_and_unload();
    }
    for (int round = 0; round < rounds / 10; round++) {
        pthread_t threads[THREADS];
        for (int i = 0; i < THREADS; i++) {
            CHECK_INT(pthread_create(&threads[i], NULL, in_a_thread, &rounds),
                      0);
        }
        for (int i = 0; i < THREADS; i++) {
            CHECK_INT(pthread_join(threads[i], NULL), 0);
        }
    }
    /* A thread that used it ends after the last dlclose(). */
    for (int i = 0; i < rounds; i++) {
        struct library library = load();
        pthread_t thread;
        CHECK_INT(pthread_create(&thread, NULL, fail_in_a_thread, &library), 0);
        CHECK_INT(pthread_join(thread, NULL), 0);
        CHECK_INT(dlclose(library.handle), 0);
    }
    printf("loaded %s\n", path);
    struct library library = load();
    size_t handles = 1, blocks = 1, bytes = 1;
    CHECK_INT(library.live(&handles, &blocks, &bytes), TALLY_OK);
    CHECK_SIZE(handles + blocks + bytes, 0);
    CHECK_INT(dlclose(library.handle), 0);
    return check_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
