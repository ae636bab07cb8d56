//! The blocks freed last, each of which holds its address for a while.
//!
//! Small blocks wait with the thread that freed them, which takes no lock; the
//! larger ones all together.

use std::sync::atomic::Ordering;

use super::block::{Quarantined, Word, give_back};

/// How many blocks wait in one place.
pub(super) const BLOCKS: usize = 64;
/// How many bytes of larger blocks wait. A block above this does not wait.
pub(super) const BYTES: usize = 16 << 20;

/// The size of a block that waits.
fn size(waiting: &Quarantined) -> usize {
    Word(waiting.word.load(Ordering::Relaxed)).size()
}

/// Releases a block: its address may be reused from now on.
fn end(waiting: Quarantined) {
    // Nobody else changes the word of a freed block. It is cleared before the
    // address can belong to another block.
    let word = Word(waiting.word.load(Ordering::Relaxed));
    waiting.word.store(0, Ordering::Release);
    // SAFETY: the word is the block's, and a block waits but once.
    unsafe { give_back(waiting.start, word) };
}

/// Blocks in the order of their freeing: from `next` on, and round, the oldest
/// come first, after places where none is.
pub(super) struct Quarantine {
    blocks: [Option<Quarantined>; BLOCKS],
    next: usize,
    bytes: usize,
}

impl Quarantine {
    pub(super) const fn new() -> Self {
        Self {
            blocks: [None; BLOCKS],
            next: 0,
            bytes: 0,
        }
    }

    /// Lets a block wait, and releases the oldest. Small blocks need no count
    /// of bytes.
    #[inline]
    pub(super) fn add_small(&mut self, block: Quarantined) {
        let leaving = self.blocks[self.next].replace(block);
        self.next = (self.next + 1) % BLOCKS;
        if let Some(leaving) = leaving {
            end(leaving);
        }
    }

    /// Lets a block wait, and releases the oldest ones beyond the limits.
    pub(super) fn add(&mut self, block: Quarantined) {
        let bytes = size(&block);
        if bytes > BYTES {
            end(block);
            return;
        }
        self.end_at(self.next);
        for step in 1..BLOCKS {
            if self.bytes + bytes <= BYTES {
                break;
            }
            self.end_at((self.next + step) % BLOCKS);
        }
        self.blocks[self.next] = Some(block);
        self.bytes += bytes;
        self.next = (self.next + 1) % BLOCKS;
    }

    /// Ends all of them.
    pub(super) fn end_all(&mut self) {
        self.blocks
            .iter_mut()
            .filter_map(Option::take)
            .for_each(end);
        self.bytes = 0;
    }

    fn end_at(&mut self, place: usize) {
        if let Some(leaving) = self.blocks[place].take() {
            self.bytes -= size(&leaving);
            end(leaving);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::super::BlockKind;
    use super::super::block::allocate;
    use super::*;

    /// A freed block of this size, and its word.
    fn freed(size: usize) -> Quarantined {
        let (start, word) = allocate(size, BlockKind::Bytes).expect("there is memory");
        let word = Box::leak(Box::new(AtomicU64::new(word.freed().0)));
        Quarantined { start, word }
    }

    fn waits(block: &Quarantined) -> bool {
        block.word.load(Ordering::Relaxed) != 0
    }

    #[test]
    fn the_last_blocks_wait_and_no_others() {
        let large = [1 << 20, 5 << 20, 15 << 20, BYTES, BYTES + 1];
        for seed in 1..if cfg!(miri) { 2_u64 } else { 60 } {
            let mut quarantine = Box::new(Quarantine::new());
            let mut all = Vec::new();
            let mut random = seed;
            for step in 0..200 {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(seed);
                let pick = (random >> 40) as usize;
                // Sometimes the count is the limit, sometimes the bytes.
                let size = match pick % 8 {
                    0 => large[pick / 8 % large.len()],
                    _ => 2 << 10,
                };
                let block = freed(size);
                quarantine.add(block);
                all.push((block, size));
                let mut bytes = 0;
                let last = all.iter().rev().filter(|(_, size)| *size <= BYTES);
                let expected: Vec<_> = last
                    .take(BLOCKS)
                    .take_while(|(_, size)| {
                        bytes += size;
                        bytes <= BYTES
                    })
                    .collect();
                assert!(
                    expected.iter().all(|(block, _)| waits(block))
                        && expected.len() == all.iter().filter(|(block, _)| waits(block)).count(),
                    "seed {seed}, step {step}"
                );
            }
            quarantine.end_all();
            assert!(!all.iter().any(|(block, _)| waits(block)));
            assert_eq!(quarantine.bytes, 0);
        }
    }
}
