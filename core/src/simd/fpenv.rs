//! The floating-point environment that kernels need, whatever the caller's is.
//!
//! Rounding to nearest, subnormals as they are, no traps: a thread may have set
//! any of these otherwise. It gets back what it had, its sticky flags included.

/// Runs `body` in the default environment.
///
/// The compiler does not know that floating-point operations depend on the
/// register, and may move them past its being written. So they are in kernels
/// that are never inlined, and calls that read memory stay where they are.
///
/// Writing the register is slow and most threads are in the default environment
/// with the inexact flag raised: then nothing is written.
#[inline]
pub(crate) fn with_default_environment<R>(body: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    {
        /// All exceptions masked, to nearest, no FTZ, no DAZ.
        const DEFAULT: u32 = 0x1f80;
        /// The sticky flags.
        const FLAGS: u32 = 0x3f;

        /// Gives the caller's register back, on unwinding too.
        struct Restore(u32);
        impl Drop for Restore {
            #[inline]
            fn drop(&mut self) {
                if control() != self.0 {
                    // SAFETY: the value was read from the register.
                    unsafe { set_control(self.0) }
                }
            }
        }

        let restore = Restore(control());
        if restore.0 & !FLAGS != DEFAULT {
            // SAFETY: no reserved bit is set.
            unsafe { set_control(DEFAULT) };
        }
        let result = body();
        drop(restore);
        result
    }
    #[cfg(not(target_arch = "x86_64"))]
    body()
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn control() -> u32 {
    let mut value = 0_u32;
    // SAFETY: writes the register to `value`.
    unsafe {
        std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut value, options(nostack, preserves_flags));
    }
    value
}

/// # Safety
/// `value` has no reserved bit set.
#[cfg(target_arch = "x86_64")]
#[inline]
unsafe fn set_control(value: u32) {
    // SAFETY: reads the register from `value`, which is valid by the contract.
    unsafe {
        std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const value, options(nostack, preserves_flags));
    }
}
