/* The shared library, loaded and unloaded in loops and in threads, as a plugin
 * host or another language does it. TALLY_SO says where it is; without, it is
 * the one that this program is linked with, if it is. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"

#define THREADS 4

static const char *path;
static const double values[] = {1e100, 1.0, -1e100};

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
    tally_status (*array_new)(const double *, size_t, tally_array **);
    tally_status (*array_borrow)(const double *, size_t, tally_release_callback,
                                 void *, tally_array **);
    tally_status (*array_sum)(tally_array *, double *);
    tally_status (*array_view)(tally_array *, const double **, size_t *,
                               tally_view **);
    tally_status (*array_release_view)(tally_view *);
};

/* POSIX has functions and data of one size; C has no cast between them. */
static void find(struct library *library, const char *name, void *function) {
    void *symbol = dlsym(library->handle, name);
    CHECK(symbol != NULL);
    memcpy(function, &symbol, sizeof symbol);
}

/* The library in a file; its `handle` is NULL if it cannot be loaded. */
static struct library load_file(const char *file) {
    struct library library = {.handle = dlopen(file, RTLD_NOW | RTLD_LOCAL)};
    if (library.handle == NULL) {
        return library;
    }
    find(&library, "tally_sum_f64", &library.sum_f64);
    find(&library, "tally_last_status", &library.last_status);
    find(&library, "tally_last_function", &library.last_function);
    find(&library, "tally_object_new", &library.object_new);
    find(&library, "tally_unref", &library.unref);
    find(&library, "tally_alloc", &library.alloc);
    find(&library, "tally_free", &library.free);
    find(&library, "tally_live", &library.live);
    find(&library, "tally_array_new_f64", &library.array_new);
    find(&library, "tally_array_borrow_f64", &library.array_borrow);
    find(&library, "tally_array_sum_f64", &library.array_sum);
    find(&library, "tally_array_view_f64", &library.array_view);
    find(&library, "tally_array_release_view", &library.array_release_view);
    return library;
}

static struct library load(void) {
    struct library library = load_file(path);
    if (library.handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(EXIT_FAILURE);
    }
    return library;
}

static void count_release(const void *what, size_t count, void *user_data) {
    CHECK(what == values && count == 3);
    __atomic_add_fetch((int *)user_data, 1, __ATOMIC_SEQ_CST);
}

static void use_arrays(const struct library *library) {
    tally_array *copied, *borrowed;
    tally_view *view;
    const double *viewed;
    size_t count;
    double total = 0;
    int released = 0;
    CHECK_INT(library->array_new(values, 3, &copied), TALLY_OK);
    CHECK_INT(
        library->array_borrow(values, 3, count_release, &released, &borrowed),
        TALLY_OK);
    CHECK_INT(library->array_sum(copied, &total), TALLY_OK);
    CHECK_DOUBLE(total, 1.0);
    CHECK_INT(library->unref(copied), TALLY_OK);
    CHECK_INT(library->array_sum(copied, &total), TALLY_STALE);
    CHECK_INT(library->array_view(borrowed, &viewed, &count, &view), TALLY_OK);
    CHECK_INT(library->unref(borrowed), TALLY_OK);
    CHECK(viewed == values && count == 3 && released == 0);
    CHECK_INT(library->array_release_view(view), TALLY_OK);
    CHECK_INT(released, 1);
}

static void use(const struct library *library) {
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
    use_arrays(library);
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

/* What was made before a dlclose() is there after it, and as it was: the
 * library stays where it is. */
static void handles_outlive_a_dlclose(void) {
    struct library before = load();
    int released = 0;
    tally_array *array;
    double total = 0;
    void *object = before.object_new(), *block = before.alloc(100);
    CHECK_INT(before.array_borrow(values, 3, count_release, &released, &array),
              TALLY_OK);
    CHECK_INT(dlclose(before.handle), 0);
    struct library after = load();
    CHECK(after.unref == before.unref);
    CHECK_INT(after.array_sum(array, &total), TALLY_OK);
    CHECK_DOUBLE(total, 1.0);
    CHECK_INT(released, 0);
    CHECK_INT(after.unref(array), TALLY_OK);
    CHECK_INT(released, 1);
    CHECK_INT(after.unref(object), TALLY_OK);
    CHECK_INT(after.unref(object), TALLY_STALE);
    after.free(block);
    CHECK_INT(after.last_status(), TALLY_STALE);
    CHECK_TEXT(after.last_function(), "tally_unref");
    CHECK_INT(dlclose(after.handle), 0);
}

static bool copy_file(const char *from, const char *to) {
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    char bytes[4096];
    size_t size = 0;
    while (in != NULL && out != NULL &&
           (size = fread(bytes, 1, sizeof bytes, in)) > 0 &&
           fwrite(bytes, 1, size, out) == size) {
    }
    bool done = in != NULL && out != NULL && size == 0 && !ferror(in);
    if (in != NULL) {
        fclose(in);
    }
    return out != NULL && fclose(out) == 0 && done;
}

/* Another library for the loader: the same file under another name. */
static struct library load_copy(const char *program, int number) {
    char file[4096];
    snprintf(file, sizeof file, "%s-%d.so", program, number);
    CHECK(copy_file(path, file));
    struct library library = load_file(file);
    remove(file);
    return library;
}

/* Copies have nothing to do with each other. At some number the room for their
 * storage for threads is spent: then dlopen() says so, and nothing else
 * happens. It does not come back with dlclose(). */
static void copies_are_apart_and_their_number_is_limited(const char *program) {
    enum { MOST = 12 };
    struct library copies[MOST];
    void *objects[MOST];
    int count = 0;
    for (; count < MOST; count++) {
        copies[count] = load_copy(program, count);
        if (copies[count].handle == NULL) {
            CHECK_CONTAINS(dlerror(), "static TLS");
            break;
        }
        objects[count] = copies[count].object_new();
        CHECK(objects[count] != NULL);
    }
    printf("%d copies%s\n", count, count < MOST ? ", and no more" : "");
    /* Beside the one that is there already. */
    CHECK(count >= 2);
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
            /* 32 bits tell no copy from another. */
            if (i != j && sizeof(void *) > 4) {
                CHECK_INT(copies[i].unref(objects[j]), TALLY_BAD_HANDLE);
            }
        }
        use(&copies[i]);
    }
    for (int i = 0; i < count; i++) {
        size_t handles = 0;
        CHECK_INT(copies[i].live(&handles, NULL, NULL), TALLY_OK);
        CHECK_SIZE(handles, 1);
        CHECK_INT(copies[i].unref(objects[i]), TALLY_OK);
        CHECK_INT(dlclose(copies[i].handle), 0);
    }
    if (count < MOST) {
        CHECK(load_copy(program, MOST).handle == NULL);
        CHECK_CONTAINS(dlerror(), "static TLS");
    }
}

/* glibc keeps some room for the storage of threads, as much as it is told. */
#if defined(__GLIBC__)
#define HAS_TUNABLES true
#else
#define HAS_TUNABLES false
#endif

/* How many copies can be loaded, up to 30, in another process. */
static int copies_of(const char *program, const char *tunables) {
    pid_t child = fork();
    if (child == 0) {
        setenv("GLIBC_TUNABLES", tunables, 1);
        setenv("TALLY_SO", path, 1);
        execl(program, program, "count", (char *)NULL);
        _exit(99);
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int count_copies(const char *program) {
    int count = 0;
    while (count < 30 && load_copy(program, 100 + count).handle != NULL) {
        count++;
    }
    return count;
}

/* What docs/handles.md advises where there is no more room. */
static void a_program_may_ask_for_more_room(const char *program) {
    int few = copies_of(program, "");
    int more = copies_of(program, "glibc.rtld.optional_static_tls=4096");
    printf("%d copies, with more room %d\n", few, more);
    CHECK(few >= 2 && few <= 30 && more <= 30);
    CHECK(few == 30 || more > few);
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

int main(int argc, char **argv) {
    path = getenv("TALLY_SO");
    if (argc > 1) {
        return count_copies(argv[0]);
    }
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
    handles_outlive_a_dlclose();
    copies_are_apart_and_their_number_is_limited(argv[0]);
    if (HAS_TUNABLES && !is_quick()) {
        a_program_may_ask_for_more_room(argv[0]);
    }
    struct library library = load();
    size_t handles = 1, blocks = 1, bytes = 1;
    CHECK_INT(library.live(&handles, &blocks, &bytes), TALLY_OK);
    CHECK_SIZE(handles + blocks + bytes, 0);
    CHECK_INT(dlclose(library.handle), 0);
    return check_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
