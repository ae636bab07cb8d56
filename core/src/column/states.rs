//! The exact sums of pairs of which some are skipped.

use crate::column::add::merge_repeated;
use crate::column::read::Pairs;
use crate::moments::Moments;
use crate::simd::Isa;
use crate::state::Stored;
use crate::sum::{Accumulator, ProductAccumulator};

/// The sums of both columns, of their squares and of their products.
#[derive(Default)]
pub(crate) struct PairStates {
    pub(crate) x: Moments,
    pub(crate) y: Moments,
    pub(crate) products: ProductAccumulator,
}

impl PairStates {
    #[inline(never)]
    pub(crate) fn of(isa: Isa, pairs: &Pairs<'_>) -> Self {
        if let Some(one) = pairs.repeated() {
            let one = Self::of(isa, &one);
            let times = pairs.x.rows;
            return PairStates {
                x: times_over(&one.x, times),
                y: times_over(&one.y, times),
                products: times_over(&one.products, times),
            };
        }
        let mut states = PairStates::default();
        let [x, y] = pairs.both();
        pairs.for_each(isa, [0.0; 2], |block| {
            let PairStates {
                x: x_sums,
                y: y_sums,
                products,
            } = &mut states;
            for (sums, column, doubles) in [(x_sums, x, block.x), (y_sums, y, block.y)] {
                sums.sum.add_block(isa, column, doubles, &block);
                sums.squares
                    .add_block_of_pairs(isa, [column; 2], [doubles; 2], &block);
            }
            products.add_block_of_pairs(isa, [x, y], [block.x, block.y], &block);
        });
        states
    }
}

/// The sums of products, and of the second column.
#[inline(never)]
pub(crate) fn products_and_weights(
    isa: Isa,
    pairs: &Pairs<'_>,
) -> (ProductAccumulator, Accumulator) {
    if let Some(one) = pairs.repeated() {
        let (products, weights) = products_and_weights(isa, &one);
        let times = pairs.x.rows;
        return (times_over(&products, times), times_over(&weights, times));
    }
    let (mut products, mut weights) = (ProductAccumulator::new(), Accumulator::new());
    let columns = pairs.both();
    pairs.for_each(isa, [0.0; 2], |block| {
        products.add_block_of_pairs(isa, columns, [block.x, block.y], &block);
        weights.add_block(isa, columns[1], block.y, &block);
    });
    (products, weights)
}

fn times_over<S: Stored + Clone>(one: &S, times: usize) -> S {
    let mut all = S::default();
    merge_repeated(&mut all, times, |power| power.merge(one));
    all
}
