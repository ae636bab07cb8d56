/* The classic names, and one function in several calling conventions. */
#include <limits.h>
#include <stdio.h>
#include <tally.h>

/* The pointer is passed on unread; here it points to a number. */
static int triple(const void *data, int *result) {
    *result = 3 * *(const int *)data;
    return 0;
}

int main(void) {
    /* An intermediate total may exceed INT_MAX. */
    const int numbers[] = {INT_MAX, 1, -1}, too_much[] = {INT_MAX, 1};
    printf("%d\n", rust_function(21));
    printf("%d\n", sum_array(numbers, 3) == INT_MAX);
    printf("%d\n", sum_array(too_much, 2) == INT_MAX);
    puts(tally_status_name(tally_last_status()));

    int seven = 7, result = 0;
    if (process_with_callback(&seven, triple, &result) == 0)
        printf("%d\n", result);

    /* A negative result is a failure. */
    printf("%d\n", risky_operation("12 30 -2"));
    if (risky_operation("12 thirty") < 0)
        puts(get_last_error());

    /* Each is called in the convention of its declaration. */
    printf("%d", rust_function_system(1));
#if defined(__x86_64__)
    printf(" %d %d\n", rust_function_win64(2), rust_function_sysv64(3));
#elif defined(__i386__)
    printf(" %d %d\n", rust_function_stdcall(2), rust_function_fastcall(3));
#else
    printf(" %d %d\n", rust_function(2), rust_function(3));
#endif
    return 0;
}

/* Prints:
 *
 *     42
 *     1
 *     1
 *     TALLY_OVERFLOW
 *     21
 *     40
 *     "thirty" at byte 3 is not an integer
 *     2 4 6
 */
