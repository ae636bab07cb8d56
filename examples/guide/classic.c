/* The classic names, and one function in several calling conventions. */
#include <stdio.h>
#include <tally.h>

/* Any pointer goes through unread; here it is to a number. */
static int triple(const void *data, int *result) {
    *result = 3 * *(const int *)data;
    return 0;
}

int main(void) {
    const int numbers[] = {1, 2, 3};
    printf("%d %d\n", rust_function(21), sum_array(numbers, 3));

    int seven = 7, result = 0;
    if (process_with_callback(&seven, triple, &result) == 0)
        printf("%d\n", result);

    /* Below 0 is a failure. */
    printf("%d\n", risky_operation("12 30 -2"));
    if (risky_operation("12 thirty") < 0)
        puts(get_last_error());

    /* The compiler calls each as it is declared. */
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
 *     42 6
 *     21
 *     40
 *     "thirty" at byte 3 is not an integer
 *     2 4 6
 */
