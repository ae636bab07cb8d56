/* Blocks: zeroed, aligned, freed once, and only if they are the library's. */
#include <pthread.h>

#include "../check.h"

static bool is_zero(const void *block, size_t size) {
    const unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void a_block_is_zeroed_aligned_and_counted(void) {
    static const size_t sizes[] = {0,  1,   7,    8,     63,     64,
                                   65, 100, 4096, 16384, 100000, 5000000};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            void *block = tally_alloc(sizes[i]);
            CHECK(block != NULL);
            CHECK_RECORD(TALLY_OK, "");
            CHECK_SIZE((uintptr_t)block % 64, 0);
            CHECK(is_zero(block, sizes[i]));
            CHECK_LIVE(0, 1, sizes[i]);
            /* A block that comes again is zero again. */
            memset(block, 0xa5, sizes[i]);
            tally_free(block);
            CHECK_RECORD(TALLY_OK, "");
            CHECK_LIVE(0, 0, 0);
        }
    }
}

/* What another part of the program has used is not zero. */
static void a_block_is_zeroed_where_memory_was_used(void) {
    static const size_t sizes[] = {10, 1000, 32767, 32768, 40000, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        void *used[8];
        for (int j = 0; j < 8; j++) {
            used[j] = malloc(sizes[i] + 100);
            CHECK(used[j] != NULL);
            memset(used[j], 0xff, sizes[i] + 100);
        }
        for (int j = 0; j < 8; j++) {
            free(used[j]);
        }
        for (int j = 0; j < 8; j++) {
            used[j] = tally_alloc(sizes[i]);
            CHECK(is_zero(used[j], sizes[i]));
        }
        for (int j = 0; j < 8; j++) {
            tally_free(used[j]);
        }
    }
    CHECK_RECORD(TALLY_OK, "");
}

static void blocks_are_apart(void) {
    enum { COUNT = 300 };
    static unsigned char *blocks[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        blocks[i] = tally_alloc(i % 80);
        CHECK(blocks[i] != NULL);
        memset(blocks[i], (int)(i % 251), i % 80);
        for (size_t j = 0; j < i; j++) {
            CHECK(blocks[i] != blocks[j]);
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < i % 80; j++) {
            CHECK_INT(blocks[i][j], (int)(i % 251));
        }
        tally_free(blocks[i]);
        CHECK_RECORD(TALLY_OK, "");
    }
}

static void a_second_free_is_refused(void) {
    void *other = tally_alloc(10);
    for (size_t size = 0; size <= 16384; size = size * 4 + 1) {
        void *block = tally_alloc(size);
        tally_free(block);
        CHECK_RECORD(TALLY_OK, "");
        tally_free(block);
        CHECK_RECORD(TALLY_STALE, "tally_free");
        c_free(block);
        CHECK_RECORD(TALLY_STALE, "c_free");
        tally_record_free(block);
        CHECK_RECORD(TALLY_STALE, "tally_record_free");
        CHECK_LIVE(0, 1, 10);
        tally_clear_error();
    }
    tally_free(other);
    CHECK_RECORD(TALLY_OK, "");
}

/* As long as it is known, no other block is made there. */
static void the_address_of_a_known_block_is_not_used_again(void) {
    static const size_t sizes[] = {0, 16, 1024, 2000, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        void *block = tally_alloc(sizes[i]);
        tally_free(block);
        for (int others = 0; others < 63; others++) {
            void *other = tally_alloc(sizes[i]);
            CHECK(other != block);
            tally_free(other);
        }
        CHECK_RECORD(TALLY_OK, "");
        tally_free(block);
        CHECK_RECORD(TALLY_STALE, "tally_free");
        tally_clear_error();
    }
}

/* How many of the blocks of one size that were freed last are known. Of the
 * others it is only known here that they are no blocks: none is made since. */
static void what_was_freed_last_is_known(void) {
    static const struct {
        size_t size, count, known;
    } cases[] = {
        {0, 70, 64},      {1024, 70, 64},        {1025, 70, 64},
        {100000, 70, 64}, {1 << 20, 20, 16},     {(1 << 20) + 1, 20, 15},
        {9 << 20, 2, 1},  {(8 << 20) + 1, 2, 1}, {16 << 20, 2, 1},
        {16777217, 2, 0},
    };
    void *blocks[70];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t j = 0; j < cases[i].count; j++) {
            blocks[j] = tally_alloc(cases[i].size);
            CHECK(blocks[j] != NULL);
        }
        for (size_t j = 0; j < cases[i].count; j++) {
            tally_free(blocks[j]);
        }
        CHECK_RECORD(TALLY_OK, "");
        for (size_t j = 0; j < cases[i].count; j++) {
            bool known = j + cases[i].known >= cases[i].count;
            tally_free(blocks[j]);
            CHECK_RECORD(known ? TALLY_STALE : TALLY_BAD_HANDLE, "tally_free");
        }
        tally_clear_error();
    }
}

/* Small ones do not make larger ones forgotten, nor those that are too large to
 * be known. */
static void *free_many(void *unused) {
    for (int i = 0; i < 200; i++) {
        tally_free(tally_alloc(16));
    }
    CHECK_RECORD(TALLY_OK, "");
    return unused;
}

/* The last 64 of each thread: others have no say. */
static void each_thread_knows_its_own(void) {
    pthread_t thread;
    void *block = tally_alloc(16);
    tally_free(block);
    CHECK_INT(pthread_create(&thread, NULL, free_many, NULL), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    tally_free(block);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_clear_error();
}

static void larger_blocks_are_counted_apart(void) {
    void *larger = tally_alloc(2000), *small = tally_alloc(1024);
    tally_free(larger);
    for (int i = 0; i < 100; i++) {
        tally_free(tally_alloc(1024));
    }
    tally_free(tally_alloc(16777217));
    tally_free(small);
    for (int i = 0; i < 63; i++) {
        tally_free(tally_alloc(2000));
    }
    CHECK_RECORD(TALLY_OK, "");
    tally_free(larger);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_free(small);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_clear_error();
    tally_free(tally_alloc(2000));
    CHECK_RECORD(TALLY_OK, "");
    tally_free(larger);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    tally_clear_error();
}

/* One that is forgotten for its size leaves its place to another. */
static void a_place_that_is_given_up_is_used_again(void) {
    void *blocks[66];
    for (size_t i = 0; i < 66; i++) {
        blocks[i] = tally_alloc(i == 1 ? 15 << 20 : i == 64 ? 2 << 20 : 2000);
    }
    for (size_t i = 0; i < 66; i++) {
        tally_free(blocks[i]);
    }
    CHECK_RECORD(TALLY_OK, "");
    for (size_t i = 0; i < 66; i++) {
        tally_free(blocks[i]);
        CHECK_RECORD(i < 2 ? TALLY_BAD_HANDLE : TALLY_STALE, "tally_free");
    }
    tally_clear_error();
}

static void other_pointers_are_refused_and_unharmed(void) {
    static int a_static = 5;
    int on_the_stack = 6;
    int *on_the_heap = malloc(sizeof *on_the_heap);
    char *block = tally_alloc(100);
    *on_the_heap = 7;
    void *const pointers[] = {&a_static,  &on_the_stack,      on_the_heap,
                              block + 1,  block + 64,         block + 99,
                              (void *)64, (void *)UINTPTR_MAX};
    for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++) {
        tally_clear_error();
        tally_free(pointers[i]);
        CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    }
    CHECK_INT(a_static + on_the_stack + *on_the_heap, 18);
    free(on_the_heap);
    tally_clear_error();
    CHECK_LIVE(0, 1, 100);
    tally_free(block);
    CHECK_RECORD(TALLY_OK, "");
}

static void each_kind_has_its_own_free(void) {
    void *block = tally_alloc(100);
    tally_record *record = NULL;
    CHECK_OK(tally_record_new(1, "name", 2, &record));
    tally_free(record);
    CHECK_RECORD(TALLY_WRONG_KIND, "tally_free");
    CHECK_CONTAINS(tally_last_message(), "tally_record_free");
    tally_record_free(block);
    CHECK_RECORD(TALLY_WRONG_KIND, "tally_record_free");
    CHECK_CONTAINS(tally_last_message(), "tally_free");
    CHECK_TEXT(record->name, "name");
    tally_clear_error();
    tally_free(block);
    tally_record_free(record);
    CHECK_RECORD(TALLY_OK, "");
}

static void null_is_nothing_to_do(void) {
    tally_free(NULL);
    CHECK_RECORD(TALLY_OK, "");
}

static void what_cannot_be_had_is_an_error(void) {
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 63, PTRDIFF_MAX,
                                   MORE_THAN_THERE_IS, PTRDIFF_MAX - 62};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        CHECK(tally_alloc(sizes[i]) == NULL);
        CHECK_RECORD(TALLY_MEMORY, "tally_alloc");
        CHECK_LIVE(0, 0, 0);
    }
}

/* The quarantine holds few blocks: all go round it many times. */
static void many_blocks_come_and_go(void) {
    enum { COUNT = 500 };
    static void *blocks[COUNT];
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        void **place = &blocks[random_word(&seed) % COUNT];
        if (*place != NULL) {
            CHECK_INT(*(unsigned char *)*place, 1);
            tally_free(*place);
        }
        *place = tally_alloc(1 + random_word(&seed) % 200);
        CHECK(*place != NULL);
        *(unsigned char *)*place += 1;
    }
    for (size_t i = 0; i < COUNT; i++) {
        tally_free(blocks[i]);
    }
    CHECK_RECORD(TALLY_OK, "");
}

int main(void) {
    a_block_is_zeroed_aligned_and_counted();
    a_block_is_zeroed_where_memory_was_used();
    blocks_are_apart();
    a_second_free_is_refused();
    the_address_of_a_known_block_is_not_used_again();
    what_was_freed_last_is_known();
    each_thread_knows_its_own();
    larger_blocks_are_counted_apart();
    a_place_that_is_given_up_is_used_again();
    other_pointers_are_refused_and_unharmed();
    each_kind_has_its_own_free();
    null_is_nothing_to_do();
    what_cannot_be_had_is_an_error();
    many_blocks_come_and_go();
    return finish();
}
