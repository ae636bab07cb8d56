//! Long slices through the vector kernels, exactly, into an accumulator.
//!
//! Block by block: two levels where they hold all bits, three where two do not,
//! and the table for blocks that are wider still or hold NaN or infinities.

use std::borrow::BorrowMut;

use crate::accumulator::bins::Table;
use crate::layout::ONE;
use crate::simd::{BLOCK, Element, Isa, Levels, MAX_LEVELS, Window, with_default_environment};
use crate::sum::{Accumulator, Counter};

/// Blocks after which three levels are given up to see whether two do.
const BLOCKS_BETWEEN_TRIES: u32 = 32;

/// The most blocks that go through the table before a kernel is tried again.
const MAX_TABLE_BLOCKS: usize = 64;

/// Values that are looked at to guess a window.
const SAMPLE: usize = 8;

/// What a few of the values say about all of them.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    /// Those looked at are below 2^`exponent_bound`.
    exponent_bound: i32,
    /// How many binades they span, zeros apart.
    binades: i32,
    /// There are values of both signs.
    mixed: bool,
}

impl Sample {
    /// Looks at a few values.
    pub(crate) fn of<T: Element>(values: &[T]) -> Self {
        let step = values.len().div_ceil(SAMPLE).max(1);
        let hidden = 1 << T::FRACTION_BITS;
        let (mut high, mut low) = (0, u64::MAX);
        let (mut any_sign, mut all_signs) = (0, T::SIGN);
        let mut index = 0;
        while let Some(value) = values.get(index) {
            let bits = value.bits();
            let size = bits & !T::SIGN;
            high = high.max(size);
            // Zeros and subnormals wrap around, out of the way.
            low = low.min(size.wrapping_sub(hidden));
            any_sign |= bits & T::SIGN;
            all_signs &= bits;
            index += step;
        }
        let (high, low) = (T::exponent(high), T::exponent(low & !T::SIGN) + 1);
        Self {
            exponent_bound: exponent_bound_of::<T>(high),
            binades: high.saturating_sub(low) as i32,
            mixed: any_sign != all_signs,
        }
    }

    /// Whether the values most likely fit three levels but not two, and may
    /// cancel each other: then nothing is gained by trying two.
    pub(crate) fn wants_three_levels(self) -> bool {
        self.mixed && (20..70).contains(&self.binades)
    }

    /// A window that most likely holds all values. Wide data has larger ones
    /// than the sample shows.
    pub(crate) fn window_exponent_bound(self) -> i32 {
        self.exponent_bound + 1 + self.binades / 16
    }
}

/// The exponent of the power of two above all values; `None` if there is NaN or
/// an infinity.
pub(crate) fn exponent_bound<T: Element>(isa: Isa, values: &[T]) -> Option<i32> {
    let highest = isa.highest_exponent(values);
    (highest != T::SPECIAL).then(|| exponent_bound_of::<T>(highest))
}

/// Values with this exponent field are below 2^this.
fn exponent_bound_of<T: Element>(exponent: usize) -> i32 {
    T::position(exponent) as i32 - ONE as i32 + T::FRACTION_BITS as i32 + 1
}

/// Adds `values`, or takes them out, in blocks.
pub(crate) fn add<T: Element, const ENTRIES: usize, const SUBTRACT: bool>(
    isa: Isa,
    into: &mut Accumulator,
    values: &[T],
) {
    with_default_environment(|| {
        let sample = Sample::of(values);
        let mut adder = Adder::<_, SUBTRACT> {
            isa,
            into,
            window: Window::for_values_below(sample.window_exponent_bound()),
            levels: if sample.wants_three_levels() { 3 } else { 2 },
            blocks_since_try: 0,
            sums: [0; MAX_LEVELS],
        };
        adder.add::<T, ENTRIES>(values);
        adder.flush();
    });
}

/// What is added on the way: level sums of one window, not yet in the limbs.
///
/// A block's sums are below 2^58 in size, so that these have room for more
/// blocks than memory.
pub(crate) struct Adder<A, const SUBTRACT: bool> {
    isa: Isa,
    into: A,
    window: Window,
    levels: usize,
    blocks_since_try: u32,
    sums: [i128; MAX_LEVELS],
}

impl<const SUBTRACT: bool> Adder<Accumulator, SUBTRACT> {
    /// An adder with a sum of its own, for blocks as they come.
    pub(crate) fn new(isa: Isa) -> Self {
        Adder {
            isa,
            into: Accumulator::new(),
            window: Window::for_values_below(0),
            levels: 2,
            blocks_since_try: 0,
            sums: [0; MAX_LEVELS],
        }
    }

    /// The sum.
    pub(crate) fn finish(mut self) -> Accumulator {
        self.flush();
        self.into
    }
}

impl<A: BorrowMut<Accumulator>, const SUBTRACT: bool> Adder<A, SUBTRACT> {
    fn add<T: Element, const ENTRIES: usize>(&mut self, values: &[T]) {
        if let Some(rest) = self.add_narrow(values) {
            // Filling and emptying the table must pay.
            if rest.len() < ENTRIES / 4 {
                self.add_one_by_one(rest);
            } else {
                self.add_wide::<T, ENTRIES>(rest);
            }
        }
    }

    /// Adds block by block as long as the kernels hold all bits; returns what is
    /// left from the first block on that they do not hold.
    fn add_narrow<'v, T: Element>(&mut self, values: &'v [T]) -> Option<&'v [T]> {
        let mut rest = values;
        while !rest.is_empty() {
            let (block, after) = rest.split_at(rest.len().min(BLOCK));
            if !self.add_if_narrow(block) {
                return Some(rest);
            }
            rest = after;
        }
        None
    }

    /// Adds a block if the kernels hold all of its bits, or leaves all as it was.
    pub(crate) fn add_if_narrow<T: Element>(&mut self, block: &[T]) -> bool {
        if self.levels > 2 {
            self.blocks_since_try += 1;
            if self.blocks_since_try.is_multiple_of(BLOCKS_BETWEEN_TRIES) {
                self.use_window(self.window, 2);
            }
        }
        self.try_block(block) || self.try_other_windows(block)
    }

    /// The sum, apart from what is in the levels.
    pub(crate) fn total(&mut self) -> &mut Accumulator {
        self.into.borrow_mut()
    }

    /// Adds values of any kind, and as many.
    pub(crate) fn add_one_by_one<T: Element>(&mut self, values: &[T]) {
        self.total().add_one_by_one::<T, SUBTRACT>(values);
    }

    /// Adds by the table, and now and then tries the kernels again: wide data
    /// seldom comes in single blocks.
    ///
    /// Kept out of line, so that only wide data pays for the table's stack.
    #[inline(never)]
    fn add_wide<T: Element, const ENTRIES: usize>(&mut self, values: &[T]) {
        let mut table = Table::<ENTRIES>::new();
        let mut rest = values;
        let mut blocks = 2;
        loop {
            let (run, after) = rest.split_at(rest.len().min(BLOCK * blocks));
            table.add::<T, SUBTRACT>(self.isa, run, self.into.borrow_mut());
            let Some(wide) = self.add_narrow(after) else {
                break;
            };
            // What the kernels took in between starts the waiting anew.
            blocks = if wide.len() < after.len() {
                2
            } else {
                (blocks * 2).min(MAX_TABLE_BLOCKS)
            };
            rest = wide;
        }
        table.flush::<T, SUBTRACT>(self.into.borrow_mut());
    }

    /// Adds the block if the window and its levels hold all of its bits.
    fn try_block<T: Element>(&mut self, block: &[T]) -> bool {
        let found = self.split(block);
        if !found.exact {
            return false;
        }
        for (sum, part) in self.sums.iter_mut().zip(found.sums) {
            *sum += i128::from(part);
        }
        let negative_zeros = if found.negative_zeros {
            block
                .iter()
                .filter(|value| T::is_negative_zero(value.bits()))
                .count()
        } else {
            0
        };
        let into = self.into.borrow_mut();
        into.step::<SUBTRACT>(Counter::NegativeZeros, negative_zeros as i128);
        into.step::<SUBTRACT>(Counter::Values, block.len() as i128);
        true
    }

    fn split<T: Element>(&self, block: &[T]) -> Levels {
        if self.levels == 2 {
            self.isa.two_levels_checked(block, self.window)
        } else {
            self.isa.three_levels_checked(block, self.window)
        }
    }

    /// Adds the block in the window that its largest value asks for, with two
    /// levels or three.
    fn try_other_windows<T: Element>(&mut self, block: &[T]) -> bool {
        let Some(exponent_bound) = exponent_bound(self.isa, block) else {
            return false;
        };
        let window = Window::for_values_below(exponent_bound);
        let tried = (self.window, self.levels);
        for levels in 2..=MAX_LEVELS {
            if (window, levels) != tried {
                self.use_window(window, levels);
                if self.try_block(block) {
                    return true;
                }
            }
        }
        false
    }

    fn use_window(&mut self, window: Window, levels: usize) {
        if window != self.window {
            self.flush();
        }
        self.window = window;
        self.levels = levels;
    }

    /// Moves the sums into the limbs.
    fn flush(&mut self) {
        for (level, sum) in self.sums.iter_mut().enumerate() {
            let sum = std::mem::take(sum);
            if sum != 0 {
                // No window's lowest unit is below 2^-1074.
                let position = self.window.unit(level) + ONE as i32;
                let sum = if SUBTRACT { -sum } else { sum };
                let into = self.into.borrow_mut();
                into.add_integer(sum, position as usize);
            }
        }
    }
}
