//! FPC: masks, flags and rounding. Nothing is flushed.

use std::arch::asm;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registers(u32);

impl Registers {
    /// No traps, to nearest.
    pub(super) const DEFAULT: Self = Registers(0);
    /// The masks, and the rounding of binary numbers.
    const CONTROL: u32 = 0xfc00_0007;

    #[inline]
    pub(super) fn are_default(self) -> bool {
        self.0 & Self::CONTROL == Self::DEFAULT.0
    }

    #[inline]
    pub(super) fn read() -> Self {
        let value;
        // SAFETY: reads a register that every processor with floating point has.
        unsafe {
            asm!("efpc {}", out(reg) value, options(nostack, preserves_flags));
        }
        Registers(value)
    }

    /// # Safety
    /// No reserved bit is set.
    #[inline]
    pub(super) unsafe fn write(self) {
        // SAFETY: writes that register; no bit is set that would fault.
        unsafe {
            asm!("sfpc {}", in(reg) self.0, options(nostack, preserves_flags));
        }
    }
}

#[cfg(test)]
impl Registers {
    /// Rounding to zero, up and down.
    pub(super) const CHANGING: &[Self] = &[Registers(1), Registers(2), Registers(3)];
    /// Flags; traps; all at once.
    pub(super) const OTHERS: &[Self] = &[
        Registers(0x00f8_0000),
        Registers(0xf800_0000),
        Registers(0xf808_0002),
    ];
}
