//! Which addresses are blocks of this library.
//!
//! A three-level tree over the address space, with one word for each 64 bytes
//! of the parts that hold blocks. Blocks are aligned to 64 bytes, so each has a
//! word of its own. An address is looked up without a lock, and without
//! touching what it points to.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use super::kind::ALIGNMENT;

/// The bits of the addresses that Linux, macOS and the BSDs give a process by
/// default. Memory beyond them is not used: on 64-bit Android the heap's
/// pointers have a tag in their top byte.
const ADDRESS_BITS: u32 = if usize::BITS == 64 { 48 } else { 32 };
const WORD_BITS: u32 = ALIGNMENT.trailing_zeros();
const LEAF_BITS: u32 = 14;
const BRANCH_BITS: u32 = if usize::BITS == 64 { 14 } else { 12 };
const ROOT_BITS: u32 = ADDRESS_BITS - BRANCH_BITS - LEAF_BITS - WORD_BITS;

/// The words of 1 MiB.
type Leaf = [AtomicU64; 1 << LEAF_BITS];
// As docs/handles.md says.
const _: () = assert!(size_of::<Leaf>() == 128 << 10 && ALIGNMENT << LEAF_BITS == 1 << 20);
type Branch = [AtomicPtr<Leaf>; 1 << BRANCH_BITS];

static ROOT: [AtomicPtr<Branch>; 1 << ROOT_BITS] =
    [const { AtomicPtr::new(null_mut()) }; 1 << ROOT_BITS];

const fn part(address: usize, above: u32, bits: u32) -> usize {
    // Where the root has one branch, the shift is as wide as an address.
    (address as u64 >> (WORD_BITS + above)) as usize & ((1 << bits) - 1)
}

fn is_possible(address: usize) -> bool {
    (address as u64) >> ADDRESS_BITS == 0 && address.is_multiple_of(ALIGNMENT)
}

/// The word of an address, if there may be a block there.
#[inline]
pub(super) fn find(address: usize) -> Option<&'static AtomicU64> {
    if !is_possible(address) {
        return None;
    }
    let branch = ROOT[part(address, LEAF_BITS + BRANCH_BITS, ROOT_BITS)].load(Ordering::Acquire);
    // SAFETY: NULL, or a branch that is never freed.
    let branch = unsafe { branch.as_ref() }?;
    let leaf = branch[part(address, LEAF_BITS, BRANCH_BITS)].load(Ordering::Acquire);
    // SAFETY: NULL, or a leaf that is never freed.
    let leaf = unsafe { leaf.as_ref() }?;
    Some(&leaf[part(address, 0, LEAF_BITS)])
}

/// The word for a new block's address; `None` if there is no memory for it, or
/// the address is out of range.
#[inline]
pub(super) fn find_or_make(address: usize) -> Option<&'static AtomicU64> {
    match find(address) {
        Some(word) => Some(word),
        None => make(address),
    }
}

#[cold]
fn make(address: usize) -> Option<&'static AtomicU64> {
    if !is_possible(address) {
        return None;
    }
    let branch = grown(&ROOT[part(address, LEAF_BITS + BRANCH_BITS, ROOT_BITS)])?;
    let leaf = grown(&branch[part(address, LEAF_BITS, BRANCH_BITS)])?;
    Some(&leaf[part(address, 0, LEAF_BITS)])
}

/// Types that may be all zeros, and that are not empty.
trait Zeros {}
impl Zeros for Leaf {}
impl Zeros for Branch {}

/// The child of an entry, made if need be. It is never freed.
fn grown<T: Zeros>(place: &AtomicPtr<T>) -> Option<&'static T> {
    let mut there = place.load(Ordering::Acquire);
    if there.is_null() {
        let layout = Layout::new::<T>();
        // SAFETY: the layout's size is not 0.
        let new = unsafe { alloc_zeroed(layout) }.cast::<T>();
        if new.is_null() {
            return None;
        }
        match place.compare_exchange(there, new, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => there = new,
            Err(other) => {
                // SAFETY: it was got with this layout, and nobody saw it.
                unsafe { dealloc(new.cast(), layout) };
                there = other;
            }
        }
    }
    // SAFETY: zeros are a `T`, and it is never freed.
    unsafe { there.as_ref() }
}
