/*
 * libtally_classic.so: the plain names of the teaching text, in a library of
 * their own, so that a program which uses none of them does not have them.
 *
 * The functions are classic.rs and conventions.rs. libtally.so has them under
 * private names, which tools/link.sh gives them, so that both libraries share
 * one error record and one table of handles. Each function here only passes the
 * call on, and the compiler makes it a jump.
 */
#include <tally.h>

/* Declares the private name with the type and the calling convention of the
 * plain one. */
#define IN_TALLY(name) extern __typeof__(name) tally_classic_##name

IN_TALLY(rust_function);
int rust_function(int x) {
    return tally_classic_rust_function(x);
}

IN_TALLY(sum_array);
int sum_array(const int *arr, int len) {
    return tally_classic_sum_array(arr, len);
}

IN_TALLY(process_with_callback);
int process_with_callback(const void *data, tally_callback callback,
                          int *result) {
    return tally_classic_process_with_callback(data, callback, result);
}

IN_TALLY(risky_operation);
int risky_operation(const char *input) {
    return tally_classic_risky_operation(input);
}

IN_TALLY(get_last_error);
const char *get_last_error(void) {
    return tally_classic_get_last_error();
}

IN_TALLY(c_alloc);
void *c_alloc(size_t size) {
    return tally_classic_c_alloc(size);
}

IN_TALLY(c_free);
void c_free(void *ptr) {
    tally_classic_c_free(ptr);
}

IN_TALLY(c_object_new);
void *c_object_new(void) {
    return tally_classic_c_object_new();
}

IN_TALLY(c_object_ref);
void c_object_ref(void *obj) {
    tally_classic_c_object_ref(obj);
}

IN_TALLY(c_object_unref);
void c_object_unref(void *obj) {
    tally_classic_c_object_unref(obj);
}

IN_TALLY(c_object_get_value);
int32_t c_object_get_value(void *obj) {
    return tally_classic_c_object_get_value(obj);
}

IN_TALLY(c_object_set_value);
tally_status c_object_set_value(void *obj, int32_t value) {
    return tally_classic_c_object_set_value(obj, value);
}

/* The calling conventions: the header has those of this processor. */

IN_TALLY(rust_function_system);
int rust_function_system(int x) {
    return tally_classic_rust_function_system(x);
}

#if defined(__x86_64__)
IN_TALLY(rust_function_win64);
int __attribute__((ms_abi)) rust_function_win64(int x) {
    return tally_classic_rust_function_win64(x);
}

IN_TALLY(rust_function_sysv64);
int __attribute__((sysv_abi)) rust_function_sysv64(int x) {
    return tally_classic_rust_function_sysv64(x);
}
#endif

#if defined(__i386__)
IN_TALLY(rust_function_stdcall);
int __attribute__((stdcall)) rust_function_stdcall(int x) {
    return tally_classic_rust_function_stdcall(x);
}

IN_TALLY(rust_function_fastcall);
int __attribute__((fastcall)) rust_function_fastcall(int x) {
    return tally_classic_rust_function_fastcall(x);
}
#endif
