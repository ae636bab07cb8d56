//! What the bits of a handle say.
//!
//! On 64-bit machines the kind fills the top byte and makes the number an
//! address that no process has, so no pointer is mistaken for a handle. On
//! 32-bit machines the generation has 8 bits and wraps: a stale handle is then
//! only probably found out, though still never a danger to memory.

use std::ffi::c_void;

/// How a handle's bits are laid out.
pub(super) struct Format {
    pub(super) kind_shift: u32,
    pub(super) kind_bits: u32,
    pub(super) kind_tag: u64,
    pub(super) generation_shift: u32,
    pub(super) generation_bits: u32,
    pub(super) index_shift: u32,
    pub(super) index_bits: u32,
    /// Set in every handle.
    pub(super) always: u64,
    /// Whether a spent generation retires its slot; if not, it wraps.
    pub(super) retires: bool,
}

#[cfg(target_pointer_width = "64")]
pub(super) const FORMAT: Format = Format {
    kind_shift: 56,
    kind_bits: 8,
    kind_tag: 0x40,
    generation_shift: 32,
    generation_bits: 24,
    index_shift: 0,
    index_bits: 32,
    always: 0,
    retires: true,
};

#[cfg(target_pointer_width = "32")]
pub(super) const FORMAT: Format = Format {
    kind_shift: 28,
    kind_bits: 4,
    kind_tag: 0x8,
    generation_shift: 20,
    generation_bits: 8,
    index_shift: 1,
    index_bits: 19,
    always: 1,
    retires: false,
};

/// The last generation that a handle has room for.
pub(super) const LAST_GENERATION: u32 = ((1_u64 << FORMAT.generation_bits) - 1) as u32;

/// A handle's parts.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) kind: u8,
    pub(super) generation: u32,
    pub(super) index: u32,
}

impl Parts {
    pub(super) fn pack(self) -> *mut c_void {
        let bits = (FORMAT.kind_tag | u64::from(self.kind)) << FORMAT.kind_shift
            | u64::from(self.generation) << FORMAT.generation_shift
            | u64::from(self.index) << FORMAT.index_shift
            | FORMAT.always;
        std::ptr::without_provenance_mut(bits as usize)
    }

    pub(super) fn unpack(handle: *const c_void) -> Option<Self> {
        let bits = handle.addr() as u64;
        let field = |shift: u32, width: u32| bits >> shift & ((1 << width) - 1);
        let kind = field(FORMAT.kind_shift, FORMAT.kind_bits).checked_sub(FORMAT.kind_tag)?;
        let parts = Self {
            kind: u8::try_from(kind).ok()?,
            generation: field(FORMAT.generation_shift, FORMAT.generation_bits) as u32,
            index: field(FORMAT.index_shift, FORMAT.index_bits) as u32,
        };
        (parts.kind < 8 && parts.pack().addr() == handle.addr()).then_some(parts)
    }
}
