/*
 * One operation on a counted object, again and again, through a shared library:
 *
 *     loops OPERATION ITERATIONS ROUNDS [THREADS]
 *
 * prints the median time of one operation in nanoseconds. Compiled once for
 * each peer; with TALLY defined, for this library.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef TALLY
#include <tally.h>
/* These three pass through the companion library: two instructions each. */
#define peer_new c_object_new
#define peer_ref c_object_ref
#define peer_unref c_object_unref
#define peer_value tally_object_value
#define peer_nothing rust_function
#define peer_alloc tally_alloc
#define peer_free tally_free

/* Calls back for each of `count` numbers. */
static int peer_map(const int *numbers, long count, tally_map_callback callback,
                    int *results) {
    return tally_map(numbers, (size_t)count, sizeof *numbers, callback, NULL,
                     results, NULL);
}
#else
void *peer_new(void);
void peer_ref(void *object);
void peer_unref(void *object);
int32_t peer_value(void *object);
int peer_nothing(int x);
#define peer_alloc malloc
#define peer_free free

static int peer_map(const int *numbers, long count,
                    int (*callback)(const void *, int *, void *),
                    int *results) {
    for (long i = 0; i < count; i++) {
        int failed = callback(&numbers[i], &results[i], NULL);
        if (failed != 0) {
            return failed;
        }
    }
    return 0;
}
#endif

#define MOST_ROUNDS 200

static volatile int64_t sink;
static const char *operation;
static long iterations;
static int rounds, threads = 1;
static double times[2][MOST_ROUNDS];
static void *shared;
static pthread_barrier_t barrier;

/* Keeps the compiler from seeing malloc() and free() as a pair. */
static void *hidden(void *block) {
    __asm__ volatile("" : "+r"(block) : : "memory");
    return block;
}

static int twice(const void *number, int *result, void *user_data) {
    (void)user_data;
    *result = 2 * *(const int *)number;
    return 0;
}

/* Read again for each use, so that the compiler does not see which it is. */
static int (*volatile callback)(const void *, int *, void *) = twice;

static void map(void) {
    enum { COUNT = 1000 };
    static int numbers[COUNT], results[COUNT];
    for (long i = 0; i < iterations; i += COUNT) {
        if (peer_map(numbers, COUNT, callback, results) != 0) {
            exit(2);
        }
    }
}

static void repeat(void *object) {
    int64_t sum = 0;
    const long count = iterations;
    if (strcmp(operation, "new+unref") == 0) {
        for (long i = 0; i < count; i++) {
            peer_unref(peer_new());
        }
    } else if (strcmp(operation, "ref+unref") == 0) {
        for (long i = 0; i < count; i++) {
            peer_ref(object);
            peer_unref(object);
        }
    } else if (strcmp(operation, "read") == 0) {
        for (long i = 0; i < count; i++) {
            sum += peer_value(object);
        }
    } else if (strcmp(operation, "alloc+free") == 0) {
        for (long i = 0; i < count; i++) {
            peer_free(hidden(peer_alloc(64)));
        }
    } else if (strcmp(operation, "map") == 0) {
        map();
    } else if (strcmp(operation, "function") == 0) {
        for (long i = 0; i < count; i++) {
            sum += peer_nothing((int)(i & 0xffff));
        }
    } else {
        fprintf(stderr, "there is no operation %s\n", operation);
        exit(2);
    }
    sink = sum;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void *run(void *argument) {
    long thread = (long)(intptr_t)argument;
    if (threads > 1) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(thread, &set);
        pthread_setaffinity_np(pthread_self(), sizeof set, &set);
    }
    for (int round = 0; round < rounds; round++) {
        if (threads > 1) {
            pthread_barrier_wait(&barrier);
        }
        double start = now();
        repeat(shared);
        times[thread][round] = (now() - start) / (double)iterations;
    }
    return NULL;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: loops OPERATION ITERATIONS ROUNDS [THREADS]\n");
        return 2;
    }
    operation = argv[1];
    iterations = atol(argv[2]);
    rounds = atoi(argv[3]);
    threads = argc > 4 ? atoi(argv[4]) : 1;
    if (iterations < 1 || rounds < 1 || rounds > MOST_ROUNDS || threads < 1 ||
        threads > 2) {
        return 2;
    }
    shared = peer_new();
    pthread_barrier_init(&barrier, NULL, (unsigned)threads);
    pthread_t other;
    if (threads == 2 &&
        pthread_create(&other, NULL, run, (void *)(intptr_t)1) != 0) {
        return 2;
    }
    run(NULL);
    if (threads == 2) {
        pthread_join(other, NULL);
        for (int i = 0; i < rounds; i++) {
            if (times[1][i] > times[0][i]) {
                times[0][i] = times[1][i];
            }
        }
    }
    qsort(times[0], (size_t)rounds, sizeof **times, ascending);
    printf("%.3f\n", times[0][rounds / 2]);
    peer_unref(shared);
    return 0;
}
