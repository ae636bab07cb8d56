//! The bits of a handle and of a slot's state.
//!
//! ```text
//! handle, 64-bit   kind:8 (0x40..0x4f) | generation:24 | index:32
//! handle, 32-bit   kind:4              | generation:8  | index:19 | 1
//! state            kind:8              | generation:24 | pins:10  | references:22
//! ```
//!
//! On 64-bit machines the kind fills the top byte and makes the number an
//! address that no process has, so no pointer is mistaken for a handle. On
//! 32-bit machines the generation has 8 bits and wraps: a stale handle is then
//! detected only with high probability, though memory is never corrupted.
//!
//! The upper halves of a handle and of a state are the same: one compare proves
//! kind, generation and life together. A *tag* is a number with such an upper
//! half; its lower half is ignored. On 32-bit machines it is assembled from the
//! handle's parts.
//!
//! On 64-bit machines the generations of a slot go in steps of three, from one that
//! leaves the same remainder as the slot's index. So in every handle that is ever
//! given out
//!
//! ```text
//! generation = index (modulo 3)
//! ```
//!
//! and changing one bit of a handle never gives another handle: in the generation or
//! the index it adds or subtracts a power of two, which three does not divide; and
//! each kind is a single bit, so two kinds differ in two bits.

// There the step is 1.
#![cfg_attr(target_pointer_width = "32", allow(clippy::modulo_one))]

/// References in a state.
pub(super) const REFERENCE: u64 = 1;
pub(super) const REFERENCES: u64 = (1 << 22) - 1;

/// Pins in a state.
pub(super) const PIN: u64 = 1 << 22;
pub(super) const PINS: u64 = ((1 << 10) - 1) * PIN;

/// The bits of a state below its tag.
pub(super) const COUNTS: u64 = PINS | REFERENCES;

const GENERATION: u32 = 32;
const KIND: u32 = 56;

/// Kinds are numbers from 1 on, below this.
pub(super) const KINDS: u8 = 16;

/// Whether a handle has 64 bits. The code for both widths is always compiled.
const WIDE: bool = usize::BITS >= 64;

const GENERATION_BITS: u32 = if WIDE { 24 } else { 8 };

/// The bits of a slot's number.
pub(super) const INDEX_BITS: u32 = if WIDE { 32 } else { 19 };

/// Added to each kind to tell a handle from a pointer. Narrow handles have no room
/// for it; their last bit tells.
const KIND_TAG: u8 = if WIDE { 0x40 } else { 0 };

/// Whether a spent generation retires its slot; if not, it wraps.
pub(super) const RETIRES: bool = WIDE;

/// From one generation of a slot to the next. Eight bits are too few to skip any.
pub(super) const STEP: u32 = if WIDE { 3 } else { 1 };

#[inline(always)]
const fn pack(tag: u64, index: u32) -> usize {
    if WIDE {
        return (tag & !0xffff_ffff | index as u64) as usize;
    }
    let kind = (tag >> KIND) as usize;
    let generation = (tag >> GENERATION) as usize & 0xff;
    kind << 28 | generation << 20 | (index as usize) << 1 | 1
}

#[inline(always)]
const fn unpack(handle: usize) -> (u64, u32) {
    if WIDE {
        return (handle as u64, handle as u32);
    }
    let kind = (handle >> 28) as u64;
    let generation = (handle >> 20 & 0xff) as u64;
    let index = (handle >> 1 & 0x7_ffff) as u32;
    if handle & 1 == 0 {
        // No state has this kind.
        return (0xff << KIND, index);
    }
    (kind << KIND | generation << GENERATION, index)
}

/// The last generation that a handle has room for.
pub(super) const LAST_GENERATION: u32 = (1 << GENERATION_BITS) - 1;

/// The tag of a slot that is live; with `None` for a kind, of one that is not.
#[inline(always)]
pub(super) const fn tag(kind: Option<u8>, generation: u32) -> u64 {
    let kind = match kind {
        Some(kind) => (KIND_TAG | kind) as u64,
        None => 0,
    };
    kind << KIND | (generation as u64) << GENERATION
}

/// Whether a state has a tag.
#[inline(always)]
pub(super) const fn has_tag(state: u64, tag: u64) -> bool {
    (state ^ tag) >> GENERATION == 0
}

/// The counts of a state with this tag; for any other state, a number above all
/// counts.
#[inline(always)]
pub(super) const fn counts(state: u64, tag: u64) -> u64 {
    state.wrapping_sub(tag & !COUNTS)
}

/// The generation in a tag or a state.
#[inline(always)]
pub(super) const fn generation(tag: u64) -> u32 {
    (tag >> GENERATION) as u32 & 0xff_ffff
}

/// The generation after that of a tag or a state.
#[inline(always)]
pub(super) const fn next_generation(tag: u64) -> u32 {
    (generation(tag) + STEP) & LAST_GENERATION
}

/// Whether no generation follows this one, so that its slot is never given out
/// again.
#[inline(always)]
pub(super) const fn is_spent(generation: u32) -> bool {
    RETIRES && generation > LAST_GENERATION - STEP
}

/// The first generation of a slot: in the lower half of the range, from a number
/// that is secret to this process.
pub(super) const fn first_generation(number: u64, index: u32) -> u32 {
    let choices = (LAST_GENERATION / 2 + 1) / STEP;
    (number % choices as u64) as u32 * STEP + index % STEP
}

/// The kind in a tag or a state, if there is one.
#[inline(always)]
pub(super) const fn kind(tag: u64) -> Option<u8> {
    let kind = ((tag >> KIND) as u8).wrapping_sub(KIND_TAG);
    if kind != 0 && kind < KINDS {
        Some(kind)
    } else {
        None
    }
}

/// A handle's parts: the slot that it names, and the tag that the slot must
/// have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle {
    /// The kind and generation, in the position of a state.
    pub tag: u64,
    /// Which slot.
    pub index: u32,
}

impl Handle {
    /// The handle of a slot that has a tag.
    #[inline(always)]
    pub(super) const fn new(tag: u64, index: u32) -> Self {
        Self::from_bits(pack(tag, index))
    }

    /// Splits any number into parts.
    #[inline(always)]
    pub const fn from_bits(bits: usize) -> Self {
        let (tag, index) = unpack(bits);
        Self { tag, index }
    }

    /// The handle as C sees it.
    #[inline(always)]
    pub const fn to_bits(self) -> usize {
        pack(self.tag, self.index)
    }

    /// Whether a slot of its index could ever have its generation.
    pub(super) const fn is_possible(self) -> bool {
        !RETIRES || generation(self.tag) % STEP == self.index % STEP
    }

    /// Whether the kind that it claims to name has this bit.
    #[inline(always)]
    pub const fn has_kind_bit(self, bit: u32) -> bool {
        self.tag >> (KIND + bit) & 1 == 1
    }

    /// The kind that it claims to name, if that is valid.
    #[inline(always)]
    pub const fn kind(self) -> Option<u8> {
        kind(self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_has_room_for_all_of_its_parts() {
        for kind in 1..KINDS {
            for generation in [0, 1, LAST_GENERATION] {
                for index in [0, 1, u32::MAX >> (32 - INDEX_BITS)] {
                    let handle = Handle::new(tag(Some(kind), generation), index);
                    let read = Handle::from_bits(handle.to_bits());
                    assert_eq!(read, handle, "{:x}", handle.to_bits());
                    assert_eq!(read.kind(), Some(kind));
                    assert_eq!(super::generation(read.tag), generation);
                }
            }
        }
    }

    #[test]
    fn a_changed_bit_of_a_handle_is_no_handle() {
        if !RETIRES {
            return;
        }
        let kinds = [1, 2, 4, 8];
        let indexes = (0..64).chain((0..32).map(|bit| 1 << bit)).chain([u32::MAX]);
        for index in indexes {
            let first =
                first_generation(u64::from(index).wrapping_mul(0x9e37_79b9_7f4a_7c15), index);
            for generation in [first, first + STEP, first + 1_000_000 * STEP] {
                for kind in kinds {
                    let bits = Handle::new(tag(Some(kind), generation), index).to_bits();
                    assert!(Handle::from_bits(bits).is_possible());
                    for bit in 0..usize::BITS {
                        let changed = Handle::from_bits(bits ^ 1 << bit);
                        let is_kind = changed.kind().is_some_and(|kind| kinds.contains(&kind));
                        assert!(!(is_kind && changed.is_possible()), "{bits:x}, bit {bit}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_first_generation_leaves_the_remainder_of_its_index() {
        for index in [
            0,
            1,
            2,
            3,
            4,
            1000,
            INDEX_BITS,
            u32::MAX >> (32 - INDEX_BITS),
        ] {
            for number in [0, 1, 2, 3, 1 << 22, 1 << 23, u64::MAX] {
                let first = first_generation(number, index);
                assert!(first <= LAST_GENERATION / 2);
                assert_eq!(first % STEP, index % STEP);
            }
        }
    }

    #[test]
    fn no_address_of_a_process_is_a_handle() {
        if cfg!(target_pointer_width = "64") {
            for address in [0, 1, 0x7fff_ffff_ffff, 0x00ff_ffff_ffff_ffff, u64::MAX] {
                let handle = Handle::from_bits(address as usize);
                assert_eq!(handle.kind(), None, "{address:x}");
            }
        } else {
            for even in [0, 0x8000_0000_usize, 0xffff_fffe] {
                assert_eq!(Handle::from_bits(even).kind(), None, "{even:x}");
            }
        }
    }
}
