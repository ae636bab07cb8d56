//! The statistics of each thread: how many blocks it made and freed, how many
//! bytes of C's values it copied, and the small blocks that it freed last.
//!
//! Each thread writes its own statistics and all may read them, so that no block costs
//! an atomic addition; the sum over all threads gives the live blocks. When a thread
//! ends, a later one takes over its statistics.

use std::alloc::{Layout, alloc};
use std::cell::UnsafeCell;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};

use super::block::Quarantined;
use super::kind::{BlockKind, KINDS};
use super::quarantine::Quarantine;
use crate::boundary::thread::{self, Keeper};

/// Counts that may be below 0 for one thread, though not for all together.
pub(super) struct Counts {
    blocks: [AtomicU64; KINDS],
    bytes: [AtomicU64; KINDS],
    /// The bytes in copies of C's values, which are not blocks.
    copied: AtomicU64,
}

impl Counts {
    pub(super) const fn new() -> Self {
        Self {
            blocks: [const { AtomicU64::new(0) }; KINDS],
            bytes: [const { AtomicU64::new(0) }; KINDS],
            copied: AtomicU64::new(0),
        }
    }

    fn of(&self, kind: BlockKind) -> (&AtomicU64, &AtomicU64) {
        let at = kind as usize % KINDS;
        (&self.blocks[at], &self.bytes[at])
    }

    /// Adds a number of blocks, 1 or -1, of this many bytes; for any thread.
    pub(super) fn add(&self, kind: BlockKind, blocks: i64, size: usize) {
        let (count, bytes) = self.of(kind);
        count.fetch_add(blocks as u64, Ordering::Relaxed);
        bytes.fetch_add((blocks * size as i64) as u64, Ordering::Relaxed);
    }

    /// The same, for the one thread that writes.
    #[inline]
    fn add_own(&self, kind: BlockKind, blocks: i64, size: usize) {
        let (count, bytes) = self.of(kind);
        step(count, blocks);
        step(bytes, blocks * size as i64);
    }

    fn add_to(&self, kind: BlockKind, sum: &mut (i64, i64)) {
        let (count, bytes) = self.of(kind);
        sum.0 = sum.0.wrapping_add(count.load(Ordering::Relaxed) as i64);
        sum.1 = sum.1.wrapping_add(bytes.load(Ordering::Relaxed) as i64);
    }
}

/// Adds to a counter that this thread alone writes.
#[inline]
fn step(counter: &AtomicU64, by: i64) {
    let now = counter.load(Ordering::Relaxed);
    counter.store(now.wrapping_add(by as u64), Ordering::Relaxed);
}

/// One thread's statistics.
#[repr(align(64))]
pub(in crate::boundary) struct ThreadStats {
    next: AtomicPtr<ThreadStats>,
    is_taken: AtomicBool,
    counts: Counts,
    /// The thread's alone.
    freed: UnsafeCell<Quarantine>,
}

/// Those of all threads, the newest first. None is ever removed.
static NEWEST: AtomicPtr<ThreadStats> = AtomicPtr::new(null_mut());

/// Shared by all threads that have none of their own.
static OTHERS: Counts = Counts::new();

/// The calling thread's statistics, if it has some already.
#[inline(always)]
pub(super) fn mine() -> Option<&'static ThreadStats> {
    let stats = thread::with(|thread| thread.stats.get());
    // SAFETY: NULL, or statistics, which are never freed.
    unsafe { stats.cast::<ThreadStats>().as_ref() }
}

/// The calling thread's statistics, made if possible.
fn mine_or_new() -> Option<&'static ThreadStats> {
    mine().or_else(take)
}

impl ThreadStats {
    /// Notes a block that was made.
    #[inline]
    pub(super) fn note_made(&self, kind: BlockKind, size: usize) {
        self.counts.add_own(kind, 1, size);
    }

    /// Notes a block that was freed.
    #[inline]
    pub(super) fn note_freed(&self, kind: BlockKind, size: usize) {
        self.counts.add_own(kind, -1, size);
    }

    /// Lets a small block wait with this thread.
    #[inline]
    pub(super) fn wait(&self, block: Quarantined) {
        // SAFETY: statistics are used by their own thread, and nothing that this
        // calls comes back to it.
        unsafe { &mut *self.freed.get() }.add_small(block);
    }

    /// Releases the small blocks that wait with this thread.
    #[cold]
    pub(super) fn end_all(&self) {
        // SAFETY: as above.
        unsafe { &mut *self.freed.get() }.end_all();
    }
}

/// Takes unused statistics for this thread, or makes some; `None` without memory,
/// or the thread is ending.
#[cold]
fn take() -> Option<&'static ThreadStats> {
    if !thread::is_watched(Keeper::Memory, end_of_thread) {
        return None;
    }
    let stats = all()
        .find(|stats| {
            !stats.is_taken.load(Ordering::Relaxed) && !stats.is_taken.swap(true, Ordering::Acquire)
        })
        .or_else(make)?;
    thread::with(|thread| thread.stats.set((&raw const *stats).cast()));
    Some(stats)
}

fn make() -> Option<&'static ThreadStats> {
    // SAFETY: the layout's size is not 0.
    let new = unsafe { alloc(Layout::new::<ThreadStats>()) }.cast::<ThreadStats>();
    if new.is_null() {
        return None;
    }
    let mut newest = NEWEST.load(Ordering::Relaxed);
    // SAFETY: fresh memory of the right size.
    unsafe {
        new.write(ThreadStats {
            next: AtomicPtr::new(newest),
            is_taken: AtomicBool::new(true),
            counts: Counts::new(),
            freed: UnsafeCell::new(Quarantine::new()),
        });
    }
    // SAFETY: written above, and never freed.
    let stats = unsafe { &*new };
    while let Err(found) =
        NEWEST.compare_exchange_weak(newest, new, Ordering::Release, Ordering::Relaxed)
    {
        newest = found;
        stats.next.store(newest, Ordering::Relaxed);
    }
    Some(stats)
}

fn all() -> impl Iterator<Item = &'static ThreadStats> {
    // SAFETY: NULL, or statistics that were written before they got here.
    let get = |place: &AtomicPtr<ThreadStats>| unsafe { place.load(Ordering::Acquire).as_ref() };
    std::iter::successors(get(&NEWEST), move |stats| get(&stats.next))
}

/// Leaves this thread's statistics to later threads.
fn end_of_thread() {
    let stats = thread::with(|thread| thread.stats.replace(std::ptr::null()));
    // SAFETY: NULL, or statistics, which are never freed.
    if let Some(stats) = unsafe { stats.cast::<ThreadStats>().as_ref() } {
        stats.is_taken.store(false, Ordering::Release);
    }
}

/// Notes a block that was made.
pub(super) fn note_made(kind: BlockKind, size: usize) {
    match mine_or_new() {
        Some(stats) => stats.note_made(kind, size),
        None => OTHERS.add(kind, 1, size),
    }
}

/// Notes a block that was freed.
pub(super) fn note_freed(kind: BlockKind, size: usize) {
    match mine_or_new() {
        Some(stats) => stats.note_freed(kind, size),
        None => OTHERS.add(kind, -1, size),
    }
}

/// Notes copied bytes, or a negative number of freed ones.
pub(super) fn note_copied(bytes: i64) {
    match mine_or_new() {
        Some(stats) => step(&stats.counts.copied, bytes),
        None => {
            OTHERS.copied.fetch_add(bytes as u64, Ordering::Relaxed);
        }
    }
}

/// Lets a small block wait with this thread. Returns it if it cannot.
pub(super) fn wait(block: Quarantined) -> Result<(), Quarantined> {
    mine_or_new().ok_or(block)?.wait(block);
    Ok(())
}

/// The number of live blocks of a kind, and their bytes.
pub(super) fn live(kind: BlockKind) -> (usize, usize) {
    let mut sum = (0, 0);
    OTHERS.add_to(kind, &mut sum);
    all().for_each(|stats| stats.counts.add_to(kind, &mut sum));
    // Other threads may be counting: one may have freed a block that another
    // has not counted yet.
    (sum.0.max(0) as usize, sum.1.max(0) as usize)
}

/// The bytes in all copies.
pub(super) fn copied() -> usize {
    let of = |counts: &Counts| counts.copied.load(Ordering::Relaxed);
    let sum = all().fold(of(&OTHERS), |sum, stats| {
        sum.wrapping_add(of(&stats.counts))
    });
    (sum as i64).max(0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "too many threads for Miri")]
    fn a_thread_that_ends_leaves_its_statistics_to_a_later_one() {
        const THREADS: usize = 400;
        let before = all().count();
        for _ in 0..THREADS {
            let thread = std::thread::spawn(|| {
                note_made(BlockKind::Bytes, 1);
                note_freed(BlockKind::Bytes, 1);
                mine().is_some()
            });
            assert!(thread.join().expect("it ends well"));
        }
        // Other tests start threads too, but fewer.
        assert!(all().count() - before < THREADS / 2);
    }
}
