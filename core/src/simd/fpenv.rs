//! The floating-point environment that kernels need, independent of that of the caller.
//!
//! Rounding to nearest, subnormals preserved, no traps: a thread may have set any of
//! these differently. Its environment is restored afterwards, including its sticky
//! flags.
//!
//! Registers differ with the architecture: each has a file in `fpenv`. Where they
//! cannot be set ([`GUARDED`]), kernels do not run; all other code works on
//! integers. This is so on x86 without SSE2, whose registers round to another
//! precision, without floating-point registers, and on powerpc64, until inline
//! assembly is stable there in the oldest Rust that Tally is built with.
//! WebAssembly needs no guard: it has the default environment and no other.

macro_rules! registers {
    ($($file:ident: $where:meta),* $(,)?) => {
        $(
            #[cfg($where)]
            mod $file;
            #[cfg($where)]
            use $file::Registers;
        )*
        #[cfg(not(any($($where),*)))]
        mod none;
        #[cfg(not(any($($where),*)))]
        use none::Registers;

        /// Whether the environment can be set here. Miri runs no inline assembly.
        pub(super) const GUARDED: bool = cfg!(all(not(miri), any($($where),*)));
    };
}

registers! {
    x86_64: target_arch = "x86_64",
    x86: all(target_arch = "x86", target_feature = "sse2"),
    aarch64: all(target_arch = "aarch64", not(target_abi = "softfloat")),
    arm: all(target_arch = "arm", target_abi = "eabihf"),
    // Systems of the Unix kind want a processor with doubles.
    riscv64: all(target_arch = "riscv64", target_family = "unix"),
    s390x: all(target_arch = "s390x", not(target_abi = "softfloat")),
    none: target_family = "wasm",
}

/// Runs `body` in the default environment, where [`GUARDED`] says so.
///
/// The compiler does not know that floating-point operations depend on the
/// registers, and may move them past their being written. So they are in kernels
/// that are never inlined, and calls that read memory stay where they are.
///
/// Writing the registers is slow and most threads are in the default environment
/// with the inexact flag raised: then nothing is written.
#[inline]
pub(crate) fn with_default_environment<R>(body: impl FnOnce() -> R) -> R {
    /// Gives the caller's registers back, on unwinding too.
    struct Restore(Registers);
    impl Drop for Restore {
        #[inline]
        fn drop(&mut self) {
            if Registers::read() != self.0 {
                // SAFETY: the values were read from the registers.
                unsafe { self.0.write() }
            }
        }
    }

    let restore = Restore(Registers::read());
    if !restore.0.are_default() {
        // SAFETY: the default values have no reserved bit set.
        unsafe { Registers::DEFAULT.write() };
    }
    let result = body();
    drop(restore);
    result
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::*;

    const SUBNORMAL: f64 = f64::from_bits(0x000f_0000_0000_0001);

    /// Operations on what they are given, each of which some environment changes.
    const fn results(x: [f64; 4], narrow: f32, integer: i64) -> [u64; 10] {
        let [one, small, third, subnormal] = x;
        [
            (one + small).to_bits(),
            (-one - small).to_bits(),
            (one - small).to_bits(),
            (one / third).to_bits(),
            (third * third).to_bits(),
            (subnormal * one).to_bits(),
            (f64::MIN_POSITIVE * third).to_bits(),
            (narrow as f64).to_bits(),
            (third as f32).to_bits() as u64,
            (integer as f64).to_bits(),
        ]
    }

    const OPERANDS: ([f64; 4], f32, i64) = (
        [1.0, 1.5e-16, 1.0 / 3.0, SUBNORMAL],
        f32::from_bits(0x8000_0003),
        (1 << 62) + 255,
    );

    /// By the compiler, which computes without the processor.
    const EXPECTED: [u64; 10] = results(OPERANDS.0, OPERANDS.1, OPERANDS.2);

    #[inline(never)]
    fn results_here() -> [u64; 10] {
        let (x, narrow, integer) = black_box(OPERANDS);
        black_box(results(x, narrow, integer))
    }

    /// What `body` gives in an environment, what that is when it begins, for a
    /// processor may not have all of it, and what it is afterwards.
    #[inline(never)]
    fn within<R>(environment: Registers, body: impl FnOnce() -> R) -> (R, [Registers; 2]) {
        let caller = Registers::read();
        // SAFETY: those of the tests have no reserved bit set.
        unsafe { environment.write() };
        let before = Registers::read();
        let result = black_box(body());
        let after = Registers::read();
        // SAFETY: the values were read from the registers.
        unsafe { caller.write() };
        (result, [before, after])
    }

    fn all() -> impl Iterator<Item = &'static Registers> {
        Registers::CHANGING.iter().chain(Registers::OTHERS)
    }

    #[test]
    fn no_environment_changes_a_result_or_is_changed() {
        for &environment in all() {
            let guarded = || with_default_environment(results_here);
            let (results, [before, after]) = within(environment, guarded);
            assert_eq!(results, EXPECTED, "{environment:x?}");
            assert_eq!(before, after, "{environment:x?}");
        }
    }

    #[test]
    fn an_environment_is_given_back_on_unwinding() {
        for &environment in all() {
            // Raises flags first; the payload is no double.
            let fails = || {
                black_box(results_here());
                std::panic::resume_unwind(Box::new(()))
            };
            let caught = || std::panic::catch_unwind(|| with_default_environment::<()>(fails));
            let (result, [before, after]) = within(environment, caught);
            assert!(result.is_err());
            assert_eq!(before, after, "{environment:x?}");
        }
    }

    #[test]
    fn the_environments_are_real() {
        // Or the tests above would show nothing.
        assert_eq!(results_here(), EXPECTED);
        for &environment in Registers::CHANGING {
            let (results, [before, after]) = within(environment, results_here);
            assert_eq!(before, environment);
            assert_ne!(results, EXPECTED, "{environment:x?}");
            assert_ne!(before, after, "{environment:x?}: flags are raised");
        }
        let set = !Registers::CHANGING.is_empty();
        assert_eq!(GUARDED, set || cfg!(target_family = "wasm"));
    }
}
