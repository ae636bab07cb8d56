/*
 * Memory that ends, and begins, where nothing may be touched. Before the first
 * #include of a program that uses it, _GNU_SOURCE must be defined.
 */
#ifndef TALLY_C_TESTS_ROOM_H
#define TALLY_C_TESTS_ROOM_H

#include "../check.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <sys/mman.h>
#include <unistd.h>
#endif

/* Pages between two that nothing may touch. */
struct room {
    unsigned char *first, *end;
};

static inline struct room make_room(size_t size) {
#if defined(_WIN32)
    SYSTEM_INFO about;
    DWORD before;
    GetSystemInfo(&about);
    size_t page = about.dwPageSize;
    size = (size + page - 1) / page * page;
    unsigned char *all = VirtualAlloc(NULL, size + 2 * page,
                                      MEM_RESERVE | MEM_COMMIT, PAGE_NOACCESS);
    CHECK(all != NULL);
    CHECK(VirtualProtect(all + page, size, PAGE_READWRITE, &before));
#else
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size = (size + page - 1) / page * page;
    unsigned char *all = mmap(NULL, size + 2 * page, PROT_NONE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(all != MAP_FAILED);
    CHECK(mprotect(all + page, size, PROT_READ | PROT_WRITE) == 0);
#endif
    struct room room = {all + page, all + page + size};
    return room;
}

#endif
