//! Calling conventions
//!
//! rust_function() in each calling convention that the processor supports. A function
//! must be declared with the convention that it was compiled for; otherwise it looks
//! for its arguments in the wrong places. These declarations show how to do that, and
//! allow it to be tested.
// header: classic
// header: verbatim-begin
//
// /**
//  * Twice 'x', as from rust_function(), in the calling convention of the operating
//  * system's own functions: stdcall on 32-bit Windows, that of C elsewhere.
//  */
// #if defined(_WIN32) && defined(__i386__)
// int __attribute__((stdcall)) rust_function_system(int x);
// #else
// int rust_function_system(int x);
// #endif
//
// #if defined(__x86_64__) && defined(__GNUC__)
// /**
//  * Twice 'x', as from rust_function(), in Microsoft's calling convention. On x86-64
//  * only, for compilers that have the attribute.
//  */
// int __attribute__((ms_abi)) rust_function_win64(int x);
//
// /**
//  * Twice 'x', as from rust_function(), in the System V calling convention. On x86-64
//  * only, for compilers that have the attribute.
//  */
// int __attribute__((sysv_abi)) rust_function_sysv64(int x);
// #endif
//
// #if defined(__i386__) && defined(__GNUC__)
// /**
//  * Twice 'x', as from rust_function(), in the stdcall calling convention, in which
//  * the called function clears the stack. On 32-bit x86 only, for compilers that have
//  * the attribute.
//  */
// int __attribute__((stdcall)) rust_function_stdcall(int x);
//
// /**
//  * Twice 'x', as from rust_function(), in the fastcall calling convention, with
//  * arguments in registers. On 32-bit x86 only, for compilers that have the attribute.
//  */
// int __attribute__((fastcall)) rust_function_fastcall(int x);
// #endif
// header: verbatim-end

use std::ffi::c_int;

use super::ints::double;

/// `rust_function` in the convention of the operating system's own functions.
#[unsafe(no_mangle)]
pub extern "system" fn rust_function_system(x: c_int) -> c_int {
    double(c"rust_function_system", x)
}

/// `rust_function` in Microsoft's convention for x86-64.
#[cfg(target_arch = "x86_64")]
#[unsafe(no_mangle)]
pub extern "win64" fn rust_function_win64(x: c_int) -> c_int {
    double(c"rust_function_win64", x)
}

/// `rust_function` in the System V convention for x86-64.
#[cfg(target_arch = "x86_64")]
#[unsafe(no_mangle)]
pub extern "sysv64" fn rust_function_sysv64(x: c_int) -> c_int {
    double(c"rust_function_sysv64", x)
}

/// `rust_function` in the stdcall convention of 32-bit x86.
#[cfg(target_arch = "x86")]
#[unsafe(no_mangle)]
pub extern "stdcall" fn rust_function_stdcall(x: c_int) -> c_int {
    double(c"rust_function_stdcall", x)
}

/// `rust_function` in the fastcall convention of 32-bit x86.
#[cfg(target_arch = "x86")]
#[unsafe(no_mangle)]
pub extern "fastcall" fn rust_function_fastcall(x: c_int) -> c_int {
    double(c"rust_function_fastcall", x)
}
