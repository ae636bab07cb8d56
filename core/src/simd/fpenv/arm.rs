//! FPSCR: control and flags.

use std::arch::asm;

/// Without the result of the last comparison, which nothing waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registers(u32);

impl Registers {
    /// No traps, to nearest, no flushing, no short vectors.
    pub(super) const DEFAULT: Self = Registers(0);
    /// The sticky flags, that of saturation included.
    const FLAGS: u32 = 0x0800_009f;
    const COMPARISON: u32 = 0xf000_0000;

    #[inline]
    pub(super) fn are_default(self) -> bool {
        self.0 & !Self::FLAGS == Self::DEFAULT.0
    }

    #[inline]
    pub(super) fn read() -> Self {
        let value: u32;
        // SAFETY: reads a register that there is wherever floats are passed in
        // registers.
        unsafe {
            asm!("vmrs {}, fpscr", out(reg) value, options(nostack, preserves_flags));
        }
        Registers(value & !Self::COMPARISON)
    }

    /// # Safety
    /// No reserved bit is set.
    #[inline]
    pub(super) unsafe fn write(self) {
        // SAFETY: writes that register; no value of it faults.
        unsafe {
            asm!("vmsr fpscr, {}", in(reg) self.0, options(nostack, preserves_flags));
        }
    }
}

#[cfg(test)]
impl Registers {
    /// Rounding up, down and to zero; FZ.
    pub(super) const CHANGING: &[Self] = &[
        Registers(1 << 22),
        Registers(2 << 22),
        Registers(3 << 22),
        Registers(1 << 24),
    ];
    /// Flags; traps, which a processor may not have; all at once.
    pub(super) const OTHERS: &[Self] =
        &[Registers(0x9f), Registers(0x9f00), Registers(0x0180_9f10)];
}
