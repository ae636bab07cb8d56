//! The blocks that were freed last, each holding its address a while.
//!
//! Small blocks wait with the thread that freed them, which takes no lock; the
//! larger ones all together.

use std::sync::atomic::Ordering;

use super::block::{Waiting, Word, give_back};

/// How many blocks wait in one place.
pub(super) const BLOCKS: usize = 64;
/// How many bytes of larger blocks wait. One that is larger than this does not.
pub(super) const BYTES: usize = 16 << 20;

/// The size of a block that waits.
fn size(waiting: &Waiting) -> usize {
    Word(waiting.word.load(Ordering::Relaxed)).size()
}

/// Ends a block: from now on its address may be given out again.
fn end(waiting: Waiting) {
    // Nobody else changes the word of a block that is freed. It is no block
    // before its address can be another's.
    let word = Word(waiting.word.load(Ordering::Relaxed));
    waiting.word.store(0, Ordering::Release);
    // SAFETY: the word is the block's, and a block waits but once.
    unsafe { give_back(waiting.start, word) };
}

/// Blocks in the order of their freeing.
pub(super) struct Quarantine {
    blocks: [Option<Waiting>; BLOCKS],
    oldest: usize,
    bytes: usize,
}

impl Quarantine {
    pub(super) const fn new() -> Self {
        Self {
            blocks: [None; BLOCKS],
            oldest: 0,
            bytes: 0,
        }
    }

    /// Lets a block wait, and ends the one whose time is over: what is small
    /// needs no count of bytes.
    #[inline]
    pub(super) fn add_small(&mut self, block: Waiting) {
        let leaving = self.blocks[self.oldest].replace(block);
        self.oldest = (self.oldest + 1) % BLOCKS;
        if let Some(leaving) = leaving {
            end(leaving);
        }
    }

    /// Lets a block wait, and ends those whose time is over.
    pub(super) fn add(&mut self, block: Waiting) {
        let bytes = size(&block);
        if bytes > BYTES {
            end(block);
            return;
        }
        self.end_oldest();
        let mut tries = 0;
        while self.bytes + bytes > BYTES && tries < BLOCKS {
            self.oldest = (self.oldest + 1) % BLOCKS;
            self.end_oldest();
            tries += 1;
        }
        self.blocks[self.oldest] = Some(block);
        self.bytes += bytes;
        self.oldest = (self.oldest + 1) % BLOCKS;
    }

    fn end_oldest(&mut self) {
        if let Some(leaving) = self.blocks[self.oldest].take() {
            self.bytes -= size(&leaving);
            end(leaving);
        }
    }
}
