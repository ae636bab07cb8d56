//! Long slices through the vector kernels, exactly, into an accumulator.
//!
//! Block by block, in as many levels as hold all bits. A block that no number of levels
//! holds, or that has NaN or infinities, goes through the table of exponents or, if it
//! is short, through the small superaccumulator.

use std::borrow::BorrowMut;

use crate::accumulator::bins::{Table, table_from};
use crate::float::Binary;
use crate::layout::ONE;
use crate::simd::{BLOCK, Element, Exponents, Isa, MAX_LEVELS, Window, with_default_environment};
use crate::sum::{Accumulator, Counter};

/// Blocks after which more levels than two are chosen anew.
const BLOCKS_BETWEEN_CHOICES: u32 = 32;

/// The most blocks that go through the table before a kernel is tried again.
const MAX_TABLE_BLOCKS: usize = 64;

/// Values that are looked at to guess a window.
const SAMPLE: usize = 16;

/// What a few of the values say about all of them.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    /// Those looked at are below 2^`exponent_bound`.
    exponent_bound: i32,
    /// How many binades they span, zeros apart.
    binades: i32,
}

impl Sample {
    /// Looks at a few values.
    #[inline]
    pub(crate) fn of<T: Element>(values: &[T]) -> Self {
        let step = values.len().div_ceil(SAMPLE).max(1);
        let Exponents {
            lowest, highest, ..
        } = Exponents::of(values.iter().step_by(step).copied());
        Self {
            exponent_bound: exponent_bound_of::<T>(highest),
            binades: highest.saturating_sub(lowest) as i32,
        }
    }

    /// A bound that most likely holds for all values. Wide data has larger ones
    /// than the sample shows.
    pub(crate) fn exponent_bound(self) -> i32 {
        self.exponent_bound + 1 + self.binades / 16
    }

    /// Whether the bound is close.
    pub(crate) fn is_narrow(self) -> bool {
        self.binades < 48
    }

    /// How many levels most likely hold all bits.
    fn levels<T: Element>(self) -> usize {
        let low = self.exponent_bound - self.binades - self.binades / 16;
        let unit = low - 1 - T::FRACTION_BITS as i32;
        Window::levels_for(self.exponent_bound(), unit).max(2)
    }
}

/// The exponent of the power of two above all values; `None` if there is NaN or
/// an infinity.
pub(crate) fn exponent_bound<T: Element>(isa: Isa, values: &[T]) -> Option<i32> {
    let highest = isa.exponents(values).highest;
    (highest != T::SPECIAL).then(|| exponent_bound_of::<T>(highest))
}

/// Values with this exponent field are below 2^this.
pub(crate) fn exponent_bound_of<T: Binary>(exponent: usize) -> i32 {
    unit_of::<T>(exponent) + T::FRACTION_BITS as i32 + 1
}

/// Values with this exponent field are whole multiples of 2^this.
fn unit_of<T: Binary>(exponent: usize) -> i32 {
    T::position(exponent) as i32 - ONE as i32
}

/// Adds `values`, or takes them out, in blocks.
pub(crate) fn add<T: Element, const ENTRIES: usize, const SUBTRACT: bool>(
    isa: Isa,
    into: &mut Accumulator,
    values: &[T],
) {
    with_default_environment(|| {
        let sample = Sample::of(values);
        let needed = sample.levels::<T>();
        let levels = needed.min(MAX_LEVELS);
        let mut adder = Adder::<_, SUBTRACT> {
            isa,
            into,
            window: Window::for_values_below(sample.exponent_bound(), levels),
            levels,
            blocks_since_choice: 0,
            sums: [0; MAX_LEVELS],
        };
        // Where the kernels most likely do not serve, none is tried first.
        let is_wide = needed > levels && !adder.choose(&values[..values.len().min(BLOCK)]);
        let rest = if is_wide {
            Some(values)
        } else {
            adder.add_narrow(values)
        };
        if let Some(rest) = rest {
            adder.add_rest::<T, ENTRIES>(rest);
        }
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
    blocks_since_choice: u32,
    sums: [i128; MAX_LEVELS],
}

impl<const SUBTRACT: bool> Adder<Accumulator, SUBTRACT> {
    /// An adder with a sum of its own, for blocks as they come.
    pub(crate) fn new(isa: Isa) -> Self {
        Adder {
            isa,
            into: Accumulator::new(),
            window: Window::for_values_below(0, 2),
            levels: 2,
            blocks_since_choice: 0,
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
    /// Adds values that begin with a block that the kernels most likely do not hold.
    fn add_rest<T: Element, const ENTRIES: usize>(&mut self, values: &[T]) {
        if values.len() < table_from(ENTRIES) {
            self.add_one_by_one(values);
        } else {
            self.add_wide::<T, ENTRIES>(values);
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
            self.blocks_since_choice += 1;
            if self.blocks_since_choice == BLOCKS_BETWEEN_CHOICES {
                return self.choose(block) && self.try_block(block);
            }
        }
        self.try_block(block) || self.choose(block) && self.try_block(block)
    }

    /// The sum, apart from what is in the levels.
    pub(crate) fn total(&mut self) -> &mut Accumulator {
        self.into.borrow_mut()
    }

    /// Adds values of any kind, and as many.
    pub(crate) fn add_one_by_one<T: Element>(&mut self, values: &[T]) {
        let isa = self.isa;
        self.total().add_few::<T, SUBTRACT>(isa, values);
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
            if after.is_empty() {
                break;
            }
            if self.choose(&after[..after.len().min(BLOCK)]) {
                let Some(wide) = self.add_narrow(after) else {
                    break;
                };
                // What the kernels took in between starts the waiting anew.
                blocks = 2;
                rest = wide;
            } else {
                blocks = (blocks * 2).min(MAX_TABLE_BLOCKS);
                rest = after;
            }
        }
        table.flush::<T, SUBTRACT>(self.into.borrow_mut());
    }

    /// Adds the block if the window and its levels hold all of its bits.
    fn try_block<T: Element>(&mut self, block: &[T]) -> bool {
        let found = self.isa.checked_levels(self.levels, block, self.window);
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

    /// Chooses the window and the levels that hold all bits of a block, by its exponents;
    /// says if there are such.
    fn choose<T: Element>(&mut self, block: &[T]) -> bool {
        self.blocks_since_choice = 0;
        let Exponents {
            lowest, highest, ..
        } = self.isa.exponents(block);
        if highest == T::SPECIAL {
            return false;
        }
        let exponent_bound = exponent_bound_of::<T>(highest);
        let unit = unit_of::<T>(lowest.min(highest));
        let levels = Window::levels_for(exponent_bound, unit).max(2);
        if levels > MAX_LEVELS {
            return false;
        }
        let window = Window::for_values_below(exponent_bound, levels);
        if window != self.window {
            self.flush();
        }
        self.window = window;
        self.levels = levels;
        true
    }

    /// Moves the sums into the limbs.
    fn flush(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        let into = self.into.borrow_mut();
        into.add_levels::<SUBTRACT>(self.window, sums);
    }
}
