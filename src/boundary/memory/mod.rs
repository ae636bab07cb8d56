//! Blocks of memory that C must free.
//!
//! | module | what it knows |
//! |---|---|
//! | `kind` | the kinds of blocks, and what can be known of an address |
//! | `map` | which addresses are blocks |
//! | `block` | how a block is made, and what its word in the map says |
//! | `quarantine` | the blocks freed last, which still have their addresses |
//! | `stats` | what each thread made and freed |
//! | `deferred_free` | where freed blocks wait, and how they make room for others |
//!
//! Every block that C gets has a word in a map by its address, so a pointer
//! from C is checked against the map before it is trusted. One compare-and-swap
//! on that word frees the block, for one caller only. A freed block is
//! quarantined before its address can be reused: until then a second free is
//! recognized and cannot hit a new owner.

mod block;
mod deferred_free;
mod kind;
mod map;
mod quarantine;
mod stats;

use std::alloc::{Layout, alloc, dealloc};
use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

use super::Outcome;
use super::array::Array;
use super::pointer::Pod;
use super::record::{Refusal, refuse};
use super::status::tally_status::{TALLY_BAD_HANDLE, TALLY_MEMORY, TALLY_STALE, TALLY_WRONG_KIND};
pub use kind::{ALIGNMENT, BlockKind, BlockState};

use block::{Quarantined, Word, give_back, is_small};
pub(super) use deferred_free::with_room;

#[cold]
fn no_memory(size: usize) -> Refusal {
    refuse(
        TALLY_MEMORY,
        format_args!("out of memory allocating {size} bytes"),
    )
}

/// A zeroed block of `size` bytes for C, if it is small and this thread and the
/// map have all that it needs.
#[inline]
pub fn allocate_small(size: usize, kind: BlockKind) -> Option<NonNull<u8>> {
    let stats = stats::mine().filter(|_| is_small(size))?;
    let (start, word) = block::allocate(size, kind)?;
    let Some(place) = map::find(start.addr().get()) else {
        // SAFETY: just made, and nobody saw it.
        unsafe { give_back(start, word) };
        return None;
    };
    stats.note_made(kind, size);
    place.store(word.0, Ordering::Release);
    Some(start)
}

/// Takes a block back from C, if it is small, live and of this kind.
#[inline]
pub fn free_small(pointer: *const u8, kind: BlockKind) -> Option<()> {
    let stats = stats::mine()?;
    let start = NonNull::new(pointer.cast_mut())?;
    let place = map::find(start.addr().get())?;
    let found = Word(place.load(Ordering::Relaxed));
    if !found.is_live(kind) || !is_small(found.size()) {
        return None;
    }
    let freed = found.freed().0;
    place
        .compare_exchange(found.0, freed, Ordering::AcqRel, Ordering::Relaxed)
        .ok()?;
    stats.note_freed(kind, found.size());
    stats.wait(Quarantined { start, word: place });
    Some(())
}

/// A zeroed block of `size` bytes for C.
pub fn allocate(size: usize, kind: BlockKind) -> Outcome<NonNull<u8>> {
    let (start, word) =
        with_room(size, || block::allocate(size, kind)).ok_or_else(|| no_memory(size))?;
    let Some(place) = with_room(size, || map::find_or_make(start.addr().get())) else {
        // SAFETY: just made, and nobody saw it.
        unsafe { give_back(start, word) };
        return Err(no_memory(size));
    };
    stats::note_made(kind, size);
    place.store(word.0, Ordering::Release);
    Ok(start)
}

/// Takes a block back from C. NULL is a no-op.
pub fn free(pointer: *const u8, kind: BlockKind) -> Outcome<()> {
    let Some(start) = NonNull::new(pointer.cast_mut()) else {
        return Ok(());
    };
    let Some(place) = map::find(start.addr().get()) else {
        return Err(refusal(pointer, Word(0)));
    };
    let mut found = place.load(Ordering::Relaxed);
    loop {
        let word = Word(found);
        if !word.is_live(kind) {
            return Err(refusal(pointer, word));
        }
        // If several threads free it at once, one succeeds.
        match place.compare_exchange(found, word.freed().0, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) => break,
            Err(other) => found = other,
        }
    }
    let size = Word(found).size();
    stats::note_freed(kind, size);
    deferred_free::wait(Quarantined { start, word: place }, size);
    Ok(())
}

/// Says why a pointer was not freed.
#[cold]
fn refusal(pointer: *const u8, word: Word) -> Refusal {
    match word.state() {
        BlockState::Unknown => refuse(
            TALLY_BAD_HANDLE,
            format_args!("{pointer:p} is not a live block of this library"),
        ),
        BlockState::Freed => refuse(
            TALLY_STALE,
            format_args!("{pointer:p} has been freed already"),
        ),
        BlockState::Live(kind) => refuse(
            TALLY_WRONG_KIND,
            format_args!("{pointer:p} must be freed by {}", kind.released_by()),
        ),
    }
}

/// What is known about a pointer that may be a block. Writes no error.
pub fn state_of(pointer: *const u8) -> BlockState {
    map::find(pointer.addr()).map_or(BlockState::Unknown, |place| {
        Word(place.load(Ordering::Relaxed)).state()
    })
}

/// The number of live blocks of a kind, and the bytes that were asked for.
pub fn live(kind: BlockKind) -> (usize, usize) {
    stats::live(kind)
}

/// The bytes in all copies of C's values.
pub fn copied() -> usize {
    stats::copied()
}

/// A copy of C's values, in the library's memory.
pub struct Values {
    start: NonNull<u8>,
    size: usize,
}

impl Values {
    fn layout(size: usize) -> Option<Layout> {
        Layout::from_size_align(size.max(1), ALIGNMENT).ok()
    }

    /// Copies an array.
    pub fn copy_of<T: Pod>(values: &Array<'_, T>) -> Outcome<Self> {
        // An existing array has at most `isize::MAX` bytes.
        let size = values.count() * size_of::<T>();
        let layout = Self::layout(size).ok_or_else(|| no_memory(size))?;
        // SAFETY: the layout's size is not 0.
        let start = with_room(size, || NonNull::new(unsafe { alloc(layout) }))
            .ok_or_else(|| no_memory(size))?;
        // SAFETY: fresh memory of the array's size.
        unsafe { values.copy_to(start.as_ptr()) };
        stats::note_copied(size as i64);
        Ok(Self { start, size })
    }

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Where the copy is.
    pub fn address(&self) -> *const c_void {
        self.start.as_ptr().cast_const().cast()
    }
}

impl Drop for Values {
    fn drop(&mut self) {
        stats::note_copied(-(self.size as i64));
        if let Some(layout) = Self::layout(self.size) {
            // SAFETY: `copy_of` got it with this very layout.
            unsafe { dealloc(self.start.as_ptr(), layout) }
        }
    }
}

/// A value on the heap, or TALLY_MEMORY.
pub fn boxed<T>(value: T) -> Outcome<Box<T>> {
    const { assert!(size_of::<T>() > 0) };
    let size = size_of::<T>();
    // SAFETY: the size is not 0.
    let start = with_room(size, || NonNull::new(unsafe { alloc(Layout::new::<T>()) }))
        .ok_or_else(|| no_memory(size))?
        .cast::<T>();
    // SAFETY: fresh memory with the layout of a `T`, from the allocator that a
    // `Box` frees with, written before the box is made.
    Ok(unsafe {
        start.write(value);
        Box::from_raw(start.as_ptr())
    })
}

#[cfg(test)]
mod tests {
    use super::super::status::tally_status;
    use super::*;

    fn refused(outcome: Outcome<()>) -> Option<tally_status> {
        outcome.err().map(|refusal: Refusal| refusal.status())
    }

    #[test]
    fn a_block_is_zeroed_aligned_and_freed_once() {
        for size in [
            0,
            1,
            63,
            64,
            65,
            40_000,
            quarantine::BYTES,
            quarantine::BYTES + 1,
        ] {
            let block = allocate(size, BlockKind::Bytes).expect("there is memory");
            assert_eq!(block.addr().get() % ALIGNMENT, 0);
            // SAFETY: the block is live and `size` bytes long.
            let bytes = unsafe { std::slice::from_raw_parts(block.as_ptr(), size) };
            // Miri takes long over each byte.
            let seen = if cfg!(miri) { size.min(1000) } else { size };
            assert!(bytes[..seen].iter().all(|byte| *byte == 0));
            assert_eq!(
                refused(free(block.as_ptr(), BlockKind::Record)),
                Some(TALLY_WRONG_KIND)
            );
            assert_eq!(refused(free(block.as_ptr(), BlockKind::Bytes)), None);
            if size <= quarantine::BYTES {
                assert_eq!(
                    refused(free(block.as_ptr(), BlockKind::Bytes)),
                    Some(TALLY_STALE)
                );
            }
        }
    }

    #[test]
    fn an_address_is_not_given_out_again_at_once() {
        for size in [16, 4096, 70_000, 1 << 20] {
            let first = allocate(size, BlockKind::Bytes).expect("there is memory");
            assert_eq!(refused(free(first.as_ptr(), BlockKind::Bytes)), None);
            let second = allocate(size, BlockKind::Bytes).expect("there is memory");
            assert_ne!(first, second, "{size}");
            assert_eq!(
                refused(free(first.as_ptr(), BlockKind::Bytes)),
                Some(TALLY_STALE)
            );
            assert_eq!(refused(free(second.as_ptr(), BlockKind::Bytes)), None);
        }
    }

    #[test]
    fn an_unknown_pointer_is_refused() {
        let here = 0_u8;
        assert_eq!(
            refused(free(&here, BlockKind::Bytes)),
            Some(TALLY_BAD_HANDLE)
        );
        assert_eq!(refused(free(std::ptr::null(), BlockKind::Bytes)), None);
        let block = allocate(100, BlockKind::Bytes).expect("there is memory");
        let inside = block.as_ptr().wrapping_add(1);
        assert_eq!(
            refused(free(inside, BlockKind::Bytes)),
            Some(TALLY_BAD_HANDLE)
        );
        assert_eq!(refused(free(block.as_ptr(), BlockKind::Bytes)), None);
    }

    #[test]
    #[cfg_attr(miri, ignore = "Miri ends where there is no memory")]
    fn what_cannot_be_had_is_an_error() {
        let limit = isize::MAX as usize;
        // A 32-bit process may have half of all addresses in one block.
        let near_the_limit = (usize::BITS > 32).then_some(limit - ALIGNMENT);
        for size in [usize::MAX, limit].into_iter().chain(near_the_limit) {
            let outcome = allocate(size, BlockKind::Bytes).map(|_| ());
            assert_eq!(refused(outcome), Some(TALLY_MEMORY), "{size}");
        }
    }
}
