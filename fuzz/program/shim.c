/*
 * The tally program inside a harness: its memory, its files and its end.
 */
#define _GNU_SOURCE

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int fuzz_main(int argc, char **argv);

FILE *fuzz_stdout, *fuzz_stderr;

static jmp_buf at_exit;
static int exit_status;

_Noreturn void fuzz_exit(int status) {
    exit_status = status;
    longjmp(at_exit, 1);
}

/* Blocks in a ring, so that those that an exit left are found. */
struct block {
    struct block *next, *before;
    size_t size, unused;
};

static struct block ring = {&ring, &ring, 0, 0};

static void take_out(struct block *block) {
    block->next->before = block->before;
    block->before->next = block->next;
}

void fuzz_free(void *memory) {
    if (memory == NULL)
        return;
    struct block *block = (struct block *)memory - 1;
    take_out(block);
    free(block);
}

/* Always moves, so that a pointer to the old place is seen. */
void *fuzz_realloc(void *old, size_t size) {
    if (size > (size_t)1 << 28)
        return NULL;
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    block->next = &ring;
    block->before = ring.before;
    ring.before->next = block;
    ring.before = block;
    if (old != NULL) {
        size_t kept = ((struct block *)old - 1)->size;
        memcpy(block + 1, old, kept < size ? kept : size);
        fuzz_free(old);
    }
    return block + 1;
}

char *fuzz_strdup(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(fuzz_realloc(NULL, size), text, size);
}

char *fuzz_realpath(const char *path, char *resolved) {
    char *found = realpath(path, resolved);
    if (found == NULL || found == resolved)
        return found;
    char *copy = fuzz_strdup(found);
    free(found);
    return copy;
}

/* Reads give so many bytes at most, in turn. */
static const uint8_t *pieces;
static size_t piece_count, next_piece;

ssize_t fuzz_read(int descriptor, void *to, size_t size) {
    if (piece_count > 0) {
        size_t piece = (size_t)pieces[next_piece++ % piece_count] + 1;
        if (size > piece)
            size = piece;
    }
    return read(descriptor, to, size);
}

#define MOST_FILES 16
static FILE *files[MOST_FILES];
static int descriptors[MOST_FILES]; /* and one more, so that 0 is none */

int fuzz_opened(int descriptor) {
    for (size_t i = 0; descriptor >= 0 && i < MOST_FILES; i++)
        if (descriptors[i] == 0) {
            descriptors[i] = descriptor + 1;
            break;
        }
    return descriptor;
}

int fuzz_close(int descriptor) {
    for (size_t i = 0; i < MOST_FILES; i++)
        if (descriptors[i] == descriptor + 1)
            descriptors[i] = 0;
    return close(descriptor);
}

static FILE *opened_file(FILE *file) {
    for (size_t i = 0; file != NULL && i < MOST_FILES; i++)
        if (files[i] == NULL) {
            files[i] = file;
            break;
        }
    return file;
}

FILE *fuzz_fopen(const char *path, const char *mode) {
    return opened_file(fopen(path, mode));
}

/* The descriptor is the file's then. */
FILE *fuzz_fdopen(int descriptor, const char *mode) {
    FILE *file = fdopen(descriptor, mode);
    for (size_t i = 0; file != NULL && i < MOST_FILES; i++)
        if (descriptors[i] == descriptor + 1)
            descriptors[i] = 0;
    return opened_file(file);
}

int fuzz_fclose(FILE *file) {
    if (file == fuzz_stdout)
        return fflush(file);
    for (size_t i = 0; i < MOST_FILES; i++)
        if (files[i] == file)
            files[i] = NULL;
    return fclose(file);
}

/* Edges of the program, by address, in a table that libFuzzer looks at. Its own
 * function for this only complains: the linker has ours called instead. */
#define EDGES 16384
__attribute__((
    used,
    section("__libfuzzer_extra_counters"))) static uint8_t counters[EDGES];
static bool reached[EDGES];

void __wrap___sanitizer_cov_trace_pc(void);
void __wrap___sanitizer_cov_trace_pc(void) {
    uintptr_t address = (uintptr_t)__builtin_return_address(0);
    size_t edge = (address ^ address >> 14) % EDGES;
    counters[edge]++;
    reached[edge] = true;
}

/* gcc compares doubles by functions that libFuzzer does not have. */
void __sanitizer_cov_trace_cmpf(float, float);
void __sanitizer_cov_trace_cmpf(float a, float b) {
    (void)a, (void)b;
}
void __sanitizer_cov_trace_cmpd(double, double);
void __sanitizer_cov_trace_cmpd(double a, double b) {
    (void)a, (void)b;
}

/* libFuzzer does not count these among its edges. */
static void print_edges(void) {
    size_t count = 0;
    for (size_t i = 0; i < EDGES; i++)
        count += reached[i];
    fprintf(stderr, "stat::program_edges: %zu\n", count);
}

/* What a run wrote and how it ended. */
struct outcome {
    char *output, *messages;
    size_t output_size, messages_size;
    int status;
    bool left; /* by exit(), so that memory and files may be left */
    size_t leaked;
};

void fuzz_run(int argc, char **argv, const uint8_t *sizes, size_t count,
              struct outcome *outcome);
void fuzz_run(int argc, char **argv, const uint8_t *sizes, size_t count,
              struct outcome *outcome) {
    static bool is_begun;
    if (!is_begun)
        atexit(print_edges);
    is_begun = true;
    memset(outcome, 0, sizeof *outcome);
    pieces = sizes;
    piece_count = count;
    next_piece = 0;
    fuzz_stdout = open_memstream(&outcome->output, &outcome->output_size);
    fuzz_stderr = open_memstream(&outcome->messages, &outcome->messages_size);
    if (fuzz_stdout == NULL || fuzz_stderr == NULL)
        abort();
    if (setjmp(at_exit) == 0)
        exit_status = fuzz_main(argc, argv);
    else
        outcome->left = true;
    outcome->status = exit_status;
    fclose(fuzz_stdout);
    fclose(fuzz_stderr);
    while (ring.next != &ring) {
        outcome->leaked++;
        fuzz_free(ring.next + 1);
    }
    for (size_t i = 0; i < MOST_FILES; i++)
        if (files[i] != NULL) {
            outcome->leaked++;
            fclose(files[i]);
            files[i] = NULL;
        }
    for (size_t i = 0; i < MOST_FILES; i++)
        if (descriptors[i] != 0) {
            outcome->leaked++;
            fuzz_close(descriptors[i] - 1);
        }
}

void fuzz_outcome_free(struct outcome *outcome);
void fuzz_outcome_free(struct outcome *outcome) {
    free(outcome->output);
    free(outcome->messages);
}
