//! Freed blocks in quarantine, and how they make room for others.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::block::{Quarantined, is_small};
use super::quarantine::{BYTES, Quarantine};
use super::stats;

/// The larger blocks freed last.
static LARGER: Mutex<Quarantine> = Mutex::new(Quarantine::new());

/// The small ones whose thread was ending.
static AT_AN_END: Mutex<Quarantine> = Mutex::new(Quarantine::new());

/// A size that no machine has: the length is wrong.
const IMPOSSIBLE: usize = isize::MAX as usize - BYTES;

/// Nothing is allocated while this is held: see `with_room`.
fn lock(quarantine: &Mutex<Quarantine>) -> MutexGuard<'_, Quarantine> {
    quarantine.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets a block of `size` bytes wait.
pub(super) fn wait(block: Quarantined, size: usize) {
    if !is_small(size) {
        lock(&LARGER).add(block);
    } else if let Err(block) = stats::wait(block) {
        lock(&AT_AN_END).add(block);
    }
}

/// The result of `allocate` for `size` bytes. If that fails, the memory of
/// waiting blocks is returned to the system and `allocate` is tried once more.
/// Small blocks that wait with other threads are kept.
#[inline]
pub(in crate::boundary) fn with_room<T>(
    size: usize,
    mut allocate: impl FnMut() -> Option<T>,
) -> Option<T> {
    if let Some(allocated) = allocate() {
        return Some(allocated);
    }
    if size >= IMPOSSIBLE {
        return None;
    }
    end_all();
    allocate()
}

#[cold]
fn end_all() {
    lock(&LARGER).end_all();
    lock(&AT_AN_END).end_all();
    if let Some(stats) = stats::mine() {
        stats.end_all();
    }
}
