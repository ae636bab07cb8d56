//! FCSR: rounding and flags. There are no traps, and nothing is flushed.

use std::arch::asm;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registers(usize);

impl Registers {
    /// To nearest.
    pub(super) const DEFAULT: Self = Registers(0);
    /// The sticky flags.
    const FLAGS: usize = 0x1f;

    #[inline]
    pub(super) fn are_default(self) -> bool {
        self.0 & !Self::FLAGS == Self::DEFAULT.0
    }

    #[inline]
    pub(super) fn read() -> Self {
        let value;
        // SAFETY: reads a register that every processor with doubles has.
        unsafe {
            asm!("frcsr {}", out(reg) value, options(nostack, preserves_flags));
        }
        Registers(value)
    }

    /// # Safety
    /// No reserved bit is set.
    #[inline]
    pub(super) unsafe fn write(self) {
        // SAFETY: writes that register; no value of it faults.
        unsafe {
            asm!("fscsr {}", in(reg) self.0, options(nostack, preserves_flags));
        }
    }
}

#[cfg(test)]
impl Registers {
    /// Rounding to zero, down and up.
    pub(super) const CHANGING: &[Self] = &[
        Registers(1 << 5),
        Registers(2 << 5),
        Registers(3 << 5),
    ];
    /// Flags; ties away from zero; both.
    pub(super) const OTHERS: &[Self] = &[Registers(0x1f), Registers(4 << 5), Registers(0x9f)];
}
