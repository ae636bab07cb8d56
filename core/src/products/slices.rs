//! Long slices through the kernel for exact products.
//!
//! Block by block, in a window that holds all bits of its products. A block that no
//! window holds takes another path, and so do some blocks after it.

use crate::float::Binary;
use crate::simd::{Exponents, Isa, ProductSums, ProductWindow, Zeros};

/// Terms by which a window is chosen before the first block.
const SAMPLE: usize = 32;

/// Terms of a block: among many, some are more often far below the largest.
const BLOCK: usize = 1024;

/// Blocks that need more levels than two, after two that did, before these are tried.
const DEEP_BLOCKS: u32 = 16;

/// The most terms that go another way before the kernel is tried again.
const MAX_OTHERS: usize = 64 * 4096;

/// What is added up: products of pairs, or values and their squares.
pub(crate) trait Terms: Copy {
    /// What they are added to.
    type Total;

    fn len(self) -> usize;

    /// The first `count` and the others.
    fn split_at(self, count: usize) -> (Self, Self);

    /// Runs the kernel of as many levels.
    fn sums(self, isa: Isa, depth: usize, window: ProductWindow) -> ProductSums;

    /// Whether the factors are too wide for any window, as their exponents say; few factors,
    /// for there is no kernel for this.
    fn are_wide(self) -> bool;

    /// The exponent fields of the rounded products, and the zeros.
    fn look(self, isa: Isa) -> (Exponents, Zeros);

    /// Adds terms that have no window, with their counts.
    fn add_any<const SUBTRACT: bool>(self, isa: Isa, into: &mut Self::Total);

    /// Adds sums of the kernel.
    fn add_sums<const SUBTRACT: bool>(sums: &Sums, into: &mut Self::Total);

    /// Counts terms of which the kernel took the sums.
    fn count<const SUBTRACT: bool>(count: usize, zeros: Zeros, into: &mut Self::Total);
}

/// The kernel's sums of many blocks.
///
/// Those of a block are below 2^58 in size, so that there is room for more blocks than
/// memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sums {
    pub(crate) window: ProductWindow,
    pub(crate) products: [i128; 3],
    pub(crate) negative_rests: [i128; 3],
    pub(crate) values: [i128; 3],
}

impl Sums {
    fn new(window: ProductWindow) -> Self {
        Sums {
            window,
            products: [0; 3],
            negative_rests: [0; 3],
            values: [0; 3],
        }
    }

    fn add(&mut self, found: &ProductSums) {
        for (sums, parts) in [
            (&mut self.products, found.products),
            (&mut self.negative_rests, found.negative_rests),
            (&mut self.values, found.values),
        ] {
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += i128::from(part);
            }
        }
    }
}

/// The binades between the largest factor and the least one that is not zero.
pub(crate) fn binades_of<T: Binary>(factors: &[T]) -> usize {
    let exponents = Exponents::of(factors.iter().copied());
    exponents.highest.saturating_sub(exponents.lowest)
}

/// Adds terms, or takes them out.
///
/// To be called inside
/// [`with_default_environment`](crate::simd::with_default_environment), with an
/// instruction set that has kernels for products.
pub(crate) fn add<T: Terms, const SUBTRACT: bool>(isa: Isa, into: &mut T::Total, terms: T) {
    if terms.len() < SAMPLE && terms.are_wide() {
        return terms.add_any::<SUBTRACT>(isa, into);
    }
    let mut adder = Adder::<T, SUBTRACT> {
        isa,
        into,
        sums: Sums::new(ProductWindow::OF_ONE),
        depth: 2,
        was_deep: false,
        deep_blocks: 0,
    };
    let (mut rest, mut others, mut narrow) = (terms, 0, false);
    while rest.len() > 0 {
        if !narrow {
            let (run, after) = adder.other_run(rest, others);
            run.add_any::<SUBTRACT>(isa, adder.into);
            rest = after;
            if rest.len() == 0 {
                break;
            }
        }
        let (block, after) = rest.split_at(rest.len().min(BLOCK));
        narrow = adder.add_block(block);
        // What the kernel took in between starts the waiting anew.
        others = match narrow {
            true => 0,
            false => (2 * others).clamp(BLOCK, MAX_OTHERS),
        };
        rest = after;
    }
    adder.flush();
}

struct Adder<'a, T: Terms, const SUBTRACT: bool> {
    isa: Isa,
    into: &'a mut T::Total,
    sums: Sums,
    /// The levels that are tried next.
    depth: usize,
    /// The last block had more than two.
    was_deep: bool,
    /// Blocks that have more than two before fewer are tried again.
    deep_blocks: u32,
}

impl<T: Terms, const SUBTRACT: bool> Adder<'_, T, SUBTRACT> {
    /// Adds a block; says if it has a window.
    fn add_block(&mut self, block: T) -> bool {
        if self.add_if_narrow(block) {
            // One block that needs more levels is no reason to try them on the next one.
            let deep = self.depth > 2;
            if deep && self.was_deep && self.deep_blocks == 0 {
                self.deep_blocks = DEEP_BLOCKS;
            }
            self.was_deep = deep;
            self.deep_blocks = self.deep_blocks.saturating_sub(1);
            if self.deep_blocks == 0 {
                self.depth = 2;
            }
            return true;
        }
        block.add_any::<SUBTRACT>(self.isa, self.into);
        false
    }

    /// Adds terms, if there is a window for all but zeros.
    fn add_if_narrow(&mut self, terms: T) -> bool {
        let mut found = terms.sums(self.isa, self.depth, self.sums.window);
        let mut zeros = Zeros::default();
        if !found.inside {
            let exponents;
            (exponents, zeros) = terms.look(self.isa);
            let before = (self.sums.window, self.depth);
            if zeros.rounded || !self.choose(exponents) {
                return false;
            }
            // If nothing is chosen anew, only zeros are outside.
            if before != (self.sums.window, self.depth) {
                found = terms.sums(self.isa, self.depth, self.sums.window);
            }
        }
        self.sums.add(&found);
        T::count::<SUBTRACT>(terms.len(), zeros, self.into);
        true
    }

    /// The terms that go another way, at least `least` of them, with all after them that the
    /// kernel most likely does not serve; and the rest.
    fn other_run(&mut self, terms: T, least: usize) -> (T, T) {
        let mut run = terms.len().min(least);
        loop {
            let (others, after) = terms.split_at(run);
            let (sample, _) = after.split_at(after.len().min(SAMPLE));
            if self.choose(sample.look(self.isa).0) {
                return (others, after);
            }
            run += after.len().min(BLOCK);
        }
    }

    /// Chooses a window and levels for products with these exponent fields; says if there are
    /// such.
    fn choose(&mut self, exponents: Exponents) -> bool {
        let present = self.sums.window;
        let other = ProductWindow::for_exponents(exponents);
        let depths = [present, other].map(|window| window.depth_for(exponents));
        let (window, depth) = match depths {
            [Some(depth), other_depth] if other_depth.is_none_or(|other| depth <= other) => {
                (present, depth)
            }
            [_, Some(depth)] => (other, depth),
            _ => return false,
        };
        if window != present {
            self.flush();
            self.sums = Sums::new(window);
        }
        self.depth = depth;
        true
    }

    /// Moves the sums on.
    fn flush(&mut self) {
        T::add_sums::<SUBTRACT>(&self.sums, self.into);
    }
}
