//! MXCSR, and of the x87 its control and status: with SSE2, doubles are computed
//! there, but a 64-bit integer becomes a double by way of the x87.

use std::arch::asm;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registers {
    mxcsr: u32,
    control: u16,
    status: u16,
}

impl Registers {
    /// All exceptions masked, to nearest, no FTZ, no DAZ.
    pub(super) const DEFAULT: Self = Registers {
        mxcsr: 0x1f80,
        control: 0x037f,
        status: 0,
    };
    /// The sticky flags.
    const FLAGS: u32 = 0x3f;
    /// Masks and rounding of the x87. Its precision does not matter to a value
    /// that is only loaded and stored.
    const CONTROL: u16 = 0x0c3f;
    /// Which register is the top of the x87's stack: it stays.
    const TOP: u32 = 0x3800;

    #[inline]
    pub(super) fn are_default(self) -> bool {
        self.mxcsr & !Self::FLAGS == Self::DEFAULT.mxcsr
            && self.control & Self::CONTROL == Self::DEFAULT.control & Self::CONTROL
    }

    #[inline]
    pub(super) fn read() -> Self {
        let mut read = Self::DEFAULT;
        // SAFETY: each writes its register to the field that has its size, and
        // waits for no exception that is pending.
        unsafe {
            asm!(
                "stmxcsr [{}]",
                "fnstcw [{}]",
                "fnstsw [{}]",
                in(reg) &raw mut read.mxcsr,
                in(reg) &raw mut read.control,
                in(reg) &raw mut read.status,
                options(nostack, preserves_flags),
            );
        }
        read
    }

    /// # Safety
    /// No reserved bit is set.
    #[inline]
    pub(super) unsafe fn write(self) {
        // Control and status go in together: a flag that is raised and unmasked
        // would trap at the next instruction, were one loaded before the other.
        let mut image = [0_u32; 7];
        // SAFETY: writes the 28 bytes of the x87's environment to `image`.
        unsafe {
            asm!("fnstenv [{}]", in(reg) &raw mut image, options(nostack, preserves_flags));
        }
        image[0] = self.control.into();
        image[1] = image[1] & Self::TOP | u32::from(self.status) & !Self::TOP;
        // SAFETY: the x87's stack stays as it was stored; in MXCSR no bit is set
        // that would fault.
        unsafe {
            asm!(
                "fldenv [{}]",
                "ldmxcsr [{}]",
                in(reg) &raw const image,
                in(reg) &raw const self.mxcsr,
                options(nostack, preserves_flags),
            );
        }
    }
}

#[cfg(test)]
impl Registers {
    const fn of(mxcsr: u32, control: u16) -> Self {
        Registers {
            mxcsr,
            control,
            status: 0,
        }
    }

    /// Rounding down, up and to zero; DAZ, FTZ, and both; the x87 alone rounding.
    pub(super) const CHANGING: &[Self] = &[
        Self::of(0x3f80, 0x077f),
        Self::of(0x5f80, 0x0b7f),
        Self::of(0x7f80, 0x0f7f),
        Self::of(0x1fc0, 0x037f),
        Self::of(0x9f80, 0x037f),
        Self::of(0x9fc0, 0x037f),
        Self::of(0x1f80, 0x0b7f),
    ];
    /// Less precision; traps; all at once.
    pub(super) const OTHERS: &[Self] = &[
        Self::of(0x1fbf, 0x007f),
        Self::of(0, 0x0340),
        Self::of(0xe041, 0x0f40),
    ];
}
