/* The same function in each calling convention of the processor, called
 * directly and through pointers of the right type. */
#include <limits.h>

#include "../check.h"

/* In a loop: a convention that leaves the stack pointer elsewhere, or takes
 * the wrong register for saved, does not get far. */
#define CHECK_CONVENTION(function)                                             \
    do {                                                                       \
        for (int i = -1000; i <= 1000; i++) {                                  \
            CHECK_INT(function(i), 2 * i);                                     \
        }                                                                      \
        CHECK_INT(function(INT_MAX), INT_MAX);                                 \
        CHECK_RECORD(TALLY_OVERFLOW, #function);                               \
        CHECK_INT(function(INT_MIN), INT_MIN);                                 \
        CHECK_RECORD(TALLY_OVERFLOW, #function);                               \
        CHECK_INT(function(INT_MAX / 2), INT_MAX - 1);                         \
        CHECK_RECORD(TALLY_OK, "");                                            \
    } while (0)

int main(void) {
    CHECK_CONVENTION(rust_function);
    CHECK_CONVENTION(rust_function_system);

#if defined(__x86_64__) && defined(__GNUC__)
    CHECK_CONVENTION(rust_function_win64);
    CHECK_CONVENTION(rust_function_sysv64);
    int (*volatile win64)(int) __attribute__((ms_abi)) = rust_function_win64;
    int (*volatile sysv64)(int) __attribute__((sysv_abi)) =
        rust_function_sysv64;
    CHECK_INT(win64(21), 42);
    CHECK_INT(sysv64(21), 42);
    /* They do differ: the argument is in RCX here, and in RDI there. */
    CHECK((void *)(uintptr_t)win64 != (void *)(uintptr_t)sysv64);
#endif

#if defined(__i386__) && defined(__GNUC__)
    CHECK_CONVENTION(rust_function_stdcall);
    CHECK_CONVENTION(rust_function_fastcall);
    int (*volatile stdcall_pointer)(int) __attribute__((stdcall)) =
        rust_function_stdcall;
    int (*volatile fastcall_pointer)(int) __attribute__((fastcall)) =
        rust_function_fastcall;
    CHECK_INT(stdcall_pointer(21), 42);
    CHECK_INT(fastcall_pointer(21), 42);
#endif
    return finish();
}
