//! MXCSR: control and flags of SSE and AVX.

use std::arch::asm;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registers(u32);

impl Registers {
    /// All exceptions masked, to nearest, no FTZ, no DAZ.
    pub(super) const DEFAULT: Self = Registers(0x1f80);
    /// The sticky flags.
    const FLAGS: u32 = 0x3f;

    #[inline]
    pub(super) fn are_default(self) -> bool {
        self.0 & !Self::FLAGS == Self::DEFAULT.0
    }

    #[inline]
    pub(super) fn read() -> Self {
        let mut value = 0_u32;
        // SAFETY: writes the register to `value`, which has its size.
        unsafe {
            asm!("stmxcsr [{}]", in(reg) &raw mut value, options(nostack, preserves_flags));
        }
        Registers(value)
    }

    /// # Safety
    /// No reserved bit is set.
    #[inline]
    pub(super) unsafe fn write(self) {
        // SAFETY: reads the four bytes of `self`; no bit is set that would fault.
        unsafe {
            asm!("ldmxcsr [{}]", in(reg) &raw const self.0, options(nostack, preserves_flags));
        }
    }
}

#[cfg(test)]
impl Registers {
    /// Rounding down, up and to zero; DAZ, FTZ, and both.
    pub(super) const CHANGING: &[Self] = &[
        Registers(0x3f80),
        Registers(0x5f80),
        Registers(0x7f80),
        Registers(0x1fc0),
        Registers(0x9f80),
        Registers(0x9fc0),
    ];
    /// Flags; traps; all at once.
    pub(super) const OTHERS: &[Self] = &[Registers(0x1fbf), Registers(0), Registers(0xe041)];
}
