/*
 * Misuse from four threads at once: stale handles, second releases, forged and
 * foreign values, other kinds, second frees. Each has its own refusal; what a
 * thread owns and uses correctly all the while is never disturbed.
 *
 * Runs for the seconds in the first argument or in TALLY_MISUSE_SECONDS, 2 if
 * there are none; or for as many operations as TALLY_MISUSE_OPERATIONS says.
 */
#define _POSIX_C_SOURCE 200809L
#include <limits.h>
#include <pthread.h>
#include <time.h>

#include "../check.h"

#define THREADS 4
#define PUBLIC 64
#define OWN 16

/* Handles that all threads use, and release more often than they should. The
 * value of an object follows from its handle, so that one can tell whether an
 * answer is about the right object. */
static void *public_objects[PUBLIC];
static tally_shared *public_shared[PUBLIC];
/* Of the numbers from 0 to 15, borrowed: each is released once. */
static tally_array *public_arrays[PUBLIC];
#define NUMBERS 16
static int32_t numbers[NUMBERS];
static unsigned long borrowed, released;

static bool stop;

/* Blocks are given an address that was free: a second free is certain to be
 * refused only until then. So no block is made while one is freed twice. */
static pthread_rwlock_t making_blocks;

struct own {
    void *object;
    int32_t value;
    int references;
    tally_shared *shared;
    tally_accumulator sum;
    unsigned char *block;
    size_t size;
    unsigned char fill;
    tally_record *record;
};

struct thread {
    pthread_t thread;
    uint64_t seed;
    unsigned long operations, most, refusals;
    struct own own[OWN];
};

static int32_t value_of_handle(const void *handle) {
    uint64_t bits = (uintptr_t)handle;
    return (int32_t)(uint32_t)(random_word(&bits) | 1);
}

static uint64_t pick(struct thread *thread, uint64_t below) {
    return random_word(&thread->seed) % below;
}

/* Any of these is right for a handle that other threads release at will. */
static bool is_ok_or_stale(tally_status status) {
    return status == TALLY_OK || status == TALLY_STALE;
}

/* The record agrees with what was returned. */
static void note(struct thread *thread, tally_status status) {
    if (status != TALLY_OK) {
        thread->refusals++;
        CHECK_INT(tally_last_status(), status);
        CHECK(tally_last_message()[0] != '\0');
    }
}

/* Every reference that anyone has, until there is none: then none can be had
 * any more. */
static void release_all(void *handle) {
    tally_status status;
    do {
        status = tally_unref(handle);
        CHECK(is_ok_or_stale(status));
    } while (status == TALLY_OK);
    CHECK_REFUSED(tally_ref(handle), TALLY_STALE, "tally_ref");
}

static void count_release(const void *values, size_t count, void *user_data) {
    CHECK(values == numbers && count == NUMBERS);
    __atomic_add_fetch((unsigned long *)user_data, 1, __ATOMIC_SEQ_CST);
}

static tally_array *borrow(void) {
    tally_array *array = NULL;
    CHECK_OK(tally_array_borrow_i32(numbers, NUMBERS, count_release, &released,
                                    &array));
    __atomic_add_fetch(&borrowed, 1, __ATOMIC_SEQ_CST);
    return array;
}

static void publish(struct thread *thread) {
    void *object = tally_object_new();
    CHECK(object != NULL);
    CHECK_OK(tally_object_set_value(object, value_of_handle(object)));
    tally_shared *shared = NULL;
    CHECK_OK(tally_shared_new(&shared));
    size_t at = pick(thread, PUBLIC);
    object = __atomic_exchange_n(&public_objects[at], object, __ATOMIC_SEQ_CST);
    shared = __atomic_exchange_n(&public_shared[at], shared, __ATOMIC_SEQ_CST);
    tally_array *array =
        __atomic_exchange_n(&public_arrays[at], borrow(), __ATOMIC_SEQ_CST);
    release_all(object);
    release_all(shared);
    release_all(array);
}

static void use_public_array(struct thread *thread) {
    tally_array *array =
        __atomic_load_n(&public_arrays[pick(thread, PUBLIC)], __ATOMIC_SEQ_CST);
    size_t index = pick(thread, 2 * NUMBERS);
    int32_t number = -1;
    int64_t total = -1;
    tally_status status;
    switch (pick(thread, 6)) {
    case 0:
        status = tally_array_get_i32(array, index, &number);
        if (status == TALLY_OK) {
            CHECK_INT(number, (int)index);
        } else if (status == TALLY_INVALID) {
            CHECK(index >= NUMBERS);
            note(thread, status);
            return;
        }
        break;
    case 1:
        status = pick(thread, 8) == 0 ? tally_unref(array) : TALLY_OK;
        break;
    case 2:
        status = tally_array_sum_i32(array, &total);
        if (status == TALLY_OK) {
            CHECK_INT(total, NUMBERS * (NUMBERS - 1) / 2);
        }
        break;
    case 3: {
        const int32_t *values;
        size_t count;
        tally_view *view;
        status = tally_array_view_i32(array, &values, &count, &view);
        if (status == TALLY_OK) {
            CHECK_SIZE(count, NUMBERS);
            CHECK_INT(values[index % NUMBERS], (int)(index % NUMBERS));
            CHECK_OK(tally_array_release_view(view));
            status = tally_array_release_view(view);
            CHECK_INT(status, TALLY_STALE);
        }
        break;
    }
    case 4:
        status = tally_ref(array);
        break;
    default: {
        double value;
        status = tally_array_get_f64(array, index, &value);
        CHECK(status == TALLY_WRONG_KIND || status == TALLY_STALE);
        note(thread, status);
        return;
    }
    }
    CHECK(is_ok_or_stale(status));
    note(thread, status);
}

static void use_public_object(struct thread *thread) {
    void *object = __atomic_load_n(&public_objects[pick(thread, PUBLIC)],
                                   __ATOMIC_SEQ_CST);
    tally_status status;
    switch (pick(thread, 5)) {
    case 0:
        status = tally_ref(object);
        break;
    case 1:
        /* Not ours to release. publish() does not mind. */
        status = pick(thread, 8) == 0 ? tally_unref(object) : TALLY_OK;
        break;
    case 2: {
        int32_t value = tally_object_value(object);
        status = tally_last_status();
        CHECK_INT(value, status == TALLY_OK ? value_of_handle(object) : 0);
        break;
    }
    case 3:
        status = tally_object_set_value(object, value_of_handle(object));
        break;
    default: {
        tally_accumulator now;
        status = tally_shared_snapshot(object, &now);
        CHECK(status == TALLY_WRONG_KIND || status == TALLY_STALE);
        note(thread, status);
        return;
    }
    }
    CHECK(is_ok_or_stale(status));
    note(thread, status);
}

static void use_public_shared(struct thread *thread) {
    static const double ones[] = {1.0, 1e300, -1e300};
    tally_shared *shared =
        __atomic_load_n(&public_shared[pick(thread, PUBLIC)], __ATOMIC_SEQ_CST);
    tally_status status;
    tally_accumulator now;
    switch (pick(thread, 5)) {
    case 0:
        status = tally_shared_add_f64(shared, ones, 3);
        break;
    case 1:
        status = pick(thread, 8) == 0 ? tally_unref(shared) : TALLY_OK;
        break;
    case 2:
        status = tally_shared_snapshot(shared, &now);
        if (status == TALLY_OK) {
            int64_t total = -1, count = -1;
            CHECK_OK(tally_accumulator_value_i64(&now, &total));
            CHECK_OK(tally_accumulator_count(&now, &count));
            CHECK_INT(count, 3 * total);
        }
        break;
    case 3:
        status = tally_ref(shared);
        break;
    default:
        CHECK_INT(tally_object_value(shared), 0);
        status = tally_last_status();
        CHECK(status == TALLY_WRONG_KIND || status == TALLY_STALE);
        note(thread, status);
        return;
    }
    CHECK(is_ok_or_stale(status));
    note(thread, status);
}

/* Values that were never given out: no address of data, no other kind of a
 * live handle, no generation that is far away. */
static void use_forged(struct thread *thread) {
    static int a_static;
    const struct own *own = &thread->own[pick(thread, OWN)];
    uintptr_t handle = (uintptr_t)own->object;
    uintptr_t forged;
    switch (pick(thread, 5)) {
    case 0:
        forged = (uintptr_t)&a_static;
        break;
    case 1:
        forged = (uintptr_t)own->block;
        break;
    case 2:
        forged = 1 + (uintptr_t)pick(thread, 1 << 20);
        break;
#if UINTPTR_MAX > UINT32_MAX
    case 3:
        /* kind:8 | generation:24 | index:32, and there are no such many. */
        forged = handle | (uintptr_t)0xff000000;
        break;
    default:
        forged = handle ^ (uintptr_t)(1 + pick(thread, 255)) << 56;
        break;
#else
    default:
        forged = handle & ~(uintptr_t)1;
        break;
#endif
    }
    void *pointer = (void *)forged;
    tally_accumulator now;
    double one = 1.0;
    tally_status status;
    switch (pick(thread, 6)) {
    case 0:
        status = tally_ref(pointer);
        break;
    case 1:
        status = tally_unref(pointer);
        break;
    case 2:
        CHECK_INT(tally_object_value(pointer), 0);
        status = tally_last_status();
        break;
    case 3:
        status = tally_shared_add_f64(pointer, &one, 1);
        break;
    case 4:
        status = tally_shared_snapshot(pointer, &now);
        break;
    default:
        c_object_unref(pointer);
        status = tally_last_status();
        break;
    }
    CHECK_INT(status,
              pointer == own->block ? TALLY_WRONG_KIND : TALLY_BAD_HANDLE);
    note(thread, status);
}

/* Correctly, all the while. */
static void use_own_handles(struct thread *thread) {
    struct own *own = &thread->own[pick(thread, OWN)];
    double number = (double)pick(thread, 1000) - 500.25;
    switch (pick(thread, 5)) {
    case 0:
        own->value = (int32_t)(uint32_t)random_word(&thread->seed);
        CHECK_OK(tally_object_set_value(own->object, own->value));
        break;
    case 1:
        CHECK_OK(tally_ref(own->object));
        own->references++;
        break;
    case 2:
        if (own->references > 1) {
            tally_clear_error();
            CHECK_OK(tally_unref(own->object));
            own->references--;
        }
        break;
    case 3:
        CHECK_OK(tally_shared_add_f64(own->shared, &number, 1));
        CHECK_OK(tally_accumulator_add_one_f64(&own->sum, number));
        break;
    default: {
        tally_accumulator now;
        CHECK_OK(tally_shared_snapshot(own->shared, &now));
        CHECK_BYTES(&now, &own->sum, sizeof now);
        break;
    }
    }
    CHECK_INT(tally_object_value(own->object), own->value);
    CHECK_RECORD(TALLY_OK, "");
}

static void make_block(struct thread *thread, struct own *own) {
    own->size = 1 + pick(thread, 300);
    own->fill = (unsigned char)pick(thread, 256);
    pthread_rwlock_wrlock(&making_blocks);
    own->block = tally_alloc(own->size);
    CHECK_OK(tally_record_new(own->fill, "own", own->value, &own->record));
    pthread_rwlock_unlock(&making_blocks);
    CHECK(own->block != NULL);
    memset(own->block, own->fill, own->size);
}

static void check_block(const struct own *own) {
    for (size_t i = 0; i < own->size; i++) {
        CHECK_INT(own->block[i], own->fill);
    }
    CHECK_INT(own->record->id, own->fill);
    CHECK_TEXT(own->record->name, "own");
}

/* Frees twice, and in the wrong ways before. */
static void misuse_blocks(struct thread *thread) {
    struct own *own = &thread->own[pick(thread, OWN)];
    check_block(own);
    pthread_rwlock_rdlock(&making_blocks);
    tally_free(own->block + 1);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    tally_free(own->record);
    CHECK_RECORD(TALLY_WRONG_KIND, "tally_free");
    tally_record_free((tally_record *)(void *)own->block);
    CHECK_RECORD(TALLY_WRONG_KIND, "tally_record_free");
    check_block(own);
    tally_clear_error();
    tally_free(own->block);
    tally_record_free(own->record);
    CHECK_RECORD(TALLY_OK, "");
    c_free(own->block);
    /* If many were freed in between, it is no longer remembered. */
    CHECK(tally_last_status() == TALLY_STALE ||
          tally_last_status() == TALLY_BAD_HANDLE);
    tally_record_free(own->record);
    CHECK(tally_last_status() == TALLY_STALE ||
          tally_last_status() == TALLY_BAD_HANDLE);
    note(thread, tally_last_status());
    pthread_rwlock_unlock(&making_blocks);
    make_block(thread, own);
}

static void *misuse(void *argument) {
    struct thread *thread = argument;
    for (size_t i = 0; i < OWN; i++) {
        struct own *own = &thread->own[i];
        own->object = tally_object_new();
        own->references = 1;
        CHECK(own->object != NULL);
        CHECK_OK(tally_shared_new(&own->shared));
        make_block(thread, own);
    }
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED) &&
           thread->operations != thread->most) {
        thread->operations++;
        switch (pick(thread, 16)) {
        case 0:
            publish(thread);
            break;
        case 1:
            misuse_blocks(thread);
            break;
        case 2:
        case 3:
        case 4:
            use_forged(thread);
            break;
        case 5:
        case 6:
        case 7:
        case 8:
            use_own_handles(thread);
            break;
        case 9:
        case 10:
            use_public_shared(thread);
            break;
        case 11:
        case 12:
            use_public_array(thread);
            break;
        default:
            use_public_object(thread);
            break;
        }
    }
    tally_clear_error();
    for (size_t i = 0; i < OWN; i++) {
        struct own *own = &thread->own[i];
        tally_accumulator now;
        CHECK_INT(tally_object_value(own->object), own->value);
        CHECK_OK(tally_shared_snapshot(own->shared, &now));
        CHECK_BYTES(&now, &own->sum, sizeof now);
        check_block(own);
        while (own->references-- > 0) {
            CHECK_OK(tally_unref(own->object));
        }
        CHECK_OK(tally_unref(own->shared));
        tally_free(own->block);
        tally_record_free(own->record);
        CHECK_RECORD(TALLY_OK, "");
    }
    return NULL;
}

int main(int argc, char **argv) {
    const char *wanted = argc > 1 ? argv[1] : getenv("TALLY_MISUSE_SECONDS");
    double seconds = wanted != NULL ? strtod(wanted, NULL) : 2;
    static struct thread threads[THREADS];
    unsigned long operations = 0, refusals = 0;
    const char *most = getenv("TALLY_MISUSE_OPERATIONS");
    for (int32_t i = 0; i < NUMBERS; i++) {
        numbers[i] = i;
    }
    /* Not by its initializer: threads that use that first at the same time wait
     * for ever in mingw's pthreads. */
    CHECK_INT(pthread_rwlock_init(&making_blocks, NULL), 0);
    /* Each place has something before the others begin. */
    for (size_t i = 0; i < PUBLIC; i++) {
        public_objects[i] = tally_object_new();
        CHECK_OK(tally_object_set_value(public_objects[i],
                                        value_of_handle(public_objects[i])));
        CHECK_OK(tally_shared_new(&public_shared[i]));
        public_arrays[i] = borrow();
    }
    for (size_t i = 0; i < THREADS; i++) {
        threads[i].seed = i + 1;
        threads[i].most =
            most != NULL ? strtoul(most, NULL, 10) / THREADS : ULONG_MAX;
        CHECK_INT(pthread_create(&threads[i].thread, NULL, misuse, &threads[i]),
                  0);
    }
    struct timespec pause = {(time_t)seconds,
                             (long)(1e9 * (seconds - (double)(time_t)seconds))};
    if (most == NULL) {
        nanosleep(&pause, NULL);
        __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    }
    for (size_t i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i].thread, NULL), 0);
        operations += threads[i].operations;
        refusals += threads[i].refusals;
    }
    for (size_t i = 0; i < PUBLIC; i++) {
        release_all(public_objects[i]);
        release_all(public_shared[i]);
        release_all(public_arrays[i]);
    }
    CHECK_SIZE(released, borrowed);
    CHECK(operations > 100 && refusals > 10);
    printf("%lu operations, %lu refusals\n", operations, refusals);
    return finish();
}
