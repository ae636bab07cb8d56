//! FPCR has the control, FPSR the flags.

use std::arch::asm;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registers {
    control: u64,
    flags: u64,
}

impl Registers {
    /// No traps, to nearest, no flushing, NaN as they are.
    pub(super) const DEFAULT: Self = Registers {
        control: 0,
        flags: 0,
    };

    #[inline]
    pub(super) fn are_default(self) -> bool {
        self.control == Self::DEFAULT.control
    }

    #[inline]
    pub(super) fn read() -> Self {
        let (control, flags);
        // SAFETY: reads two registers that every processor with floating point has.
        unsafe {
            asm!(
                "mrs {}, fpcr",
                "mrs {}, fpsr",
                out(reg) control,
                out(reg) flags,
                options(nostack, preserves_flags),
            );
        }
        Registers { control, flags }
    }

    /// # Safety
    /// No reserved bit is set.
    #[inline]
    pub(super) unsafe fn write(self) {
        // SAFETY: writes those registers; no value of them faults.
        unsafe {
            asm!(
                "msr fpcr, {}",
                "msr fpsr, {}",
                in(reg) self.control,
                in(reg) self.flags,
                options(nostack, preserves_flags),
            );
        }
    }
}

#[cfg(test)]
impl Registers {
    const fn of(control: u64, flags: u64) -> Self {
        Registers { control, flags }
    }

    /// Rounding up, down and to zero; FZ.
    pub(super) const CHANGING: &[Self] = &[
        Self::of(1 << 22, 0),
        Self::of(2 << 22, 0),
        Self::of(3 << 22, 0),
        Self::of(1 << 24, 0),
    ];
    /// Flags; traps, which a processor may not have; all at once.
    pub(super) const OTHERS: &[Self] = &[
        Self::of(0, 0x9f),
        Self::of(0x9f00, 0),
        Self::of(0x0180_9f00, 0x10),
    ];
}
