//! For processors whose registers cannot be set, or that have none, and for WebAssembly.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registers;

impl Registers {
    pub(super) const DEFAULT: Self = Registers;

    #[inline]
    pub(super) fn are_default(self) -> bool {
        true
    }

    #[inline]
    pub(super) fn read() -> Self {
        Registers
    }

    /// # Safety
    /// Does nothing.
    #[inline]
    pub(super) unsafe fn write(self) {}
}

#[cfg(test)]
impl Registers {
    pub(super) const CHANGING: &[Self] = &[];
    pub(super) const OTHERS: &[Self] = &[];
}
