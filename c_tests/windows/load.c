/* The library loaded at run time, and given up while a thread that used it goes
 * on: it stays, since it is called when the thread ends. */
#define WIN32_LEAN_AND_MEAN
#include <stdio.h>
#include <windows.h>

typedef void *(*new_object)(void);
typedef int (*unref)(void *);

static new_object object_new;
static unref object_unref;
static HANDLE used, may_end;

static DWORD WINAPI use(void *unused) {
    (void)unused;
    for (int i = 0; i < 100; i++)
        if (object_unref(object_new()) != 0)
            return 1;
    SetEvent(used);
    WaitForSingleObject(may_end, INFINITE);
    return 0;
}

int main(int argc, char **argv) {
    HMODULE library = argc > 1 ? LoadLibraryA(argv[1]) : NULL;
    DWORD status = 1;
    if (library == NULL)
        return 2;
    /* By way of integers: C does not make functions of addresses. */
    object_new =
        (new_object)(uintptr_t)GetProcAddress(library, "tally_object_new");
    object_unref = (unref)(uintptr_t)GetProcAddress(library, "tally_unref");
    if (object_new == NULL || object_unref == NULL)
        return 3;
    used = CreateEventA(NULL, TRUE, FALSE, NULL);
    may_end = CreateEventA(NULL, TRUE, FALSE, NULL);
    HANDLE thread = CreateThread(NULL, 0, use, NULL, 0, NULL);
    WaitForSingleObject(used, 10000);
    if (!FreeLibrary(library) || GetModuleHandleA(argv[1]) == NULL)
        return 4;
    SetEvent(may_end);
    WaitForSingleObject(thread, 10000);
    if (!GetExitCodeThread(thread, &status) || status != 0)
        return 5;
    /* It is as usable as before. */
    return object_unref(object_new()) == 0 ? 0 : 6;
}
