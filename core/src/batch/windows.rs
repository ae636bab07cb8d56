//! Sums of windows of rows, and the result of each window.
//!
//! The exact states are those of the rows of the window. A block of rows is added and
//! subtracted as integers of fixed units where these can hold it, with a result after
//! each row; otherwise it is processed row by row, in the states themselves.

use crate::batch::numbers::{of_moments, step_product, step_sum};
use crate::batch::running::{self, BLOCK, Running, Units, Wanted};
use crate::batch::window_counts::WindowCounts;
use crate::batch::window_results::{Counts, Division, NAN, correlation, covariance, of_one, sum};
use crate::batch::{Statistic, in_place};
use crate::column::Column;
use crate::column::numbers::Exact;
use crate::column::read::{Block, Pairs};
use crate::column::states::PairStates;
use crate::layout::ONE;
use crate::moments::pairs;
use crate::simd::Isa;
use crate::sum::{Accumulator, Counter};

/// Numbers that are read at a time where rows go one by one.
const PART: usize = 64;

/// What is asked of each window.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Question {
    One(Statistic),
    Covariance { ddof: u64 },
    Correlation,
}

impl Question {
    fn is_count(self) -> bool {
        matches!(self, Question::One(Statistic::Count))
    }

    fn wanted(self) -> Wanted {
        let squares = match self {
            Question::One(what) => what.needs_squares(),
            Question::Covariance { .. } => false,
            Question::Correlation => true,
        };
        let pairs = !matches!(self, Question::One(_));
        Wanted { squares, pairs }
    }
}

/// The rows of a window that moves.
pub(crate) struct Windows {
    isa: Isa,
    question: Question,
    min_count: u64,
    states: PairStates,
}

impl Windows {
    /// An empty window, whose results are NaN as long as fewer than `min_count` rows count.
    pub(crate) fn new(isa: Isa, question: Question, min_count: u64) -> Self {
        Windows {
            isa,
            question,
            min_count,
            states: PairStates::default(),
        }
    }

    /// Rows so far by their sum, for a question that needs no more.
    pub(crate) fn of_sum(isa: Isa, sum: &Accumulator) -> Self {
        let mut windows = Self::new(isa, Question::One(Statistic::Sum), 0);
        windows.states.x.sum = sum.clone();
        windows
    }

    /// Lets the first rows enter without results.
    pub(crate) fn fill(&mut self, entering: &Pairs<'_>) {
        let Wanted { squares, pairs } = self.question.wanted();
        if self.question.is_count() {
            let count = entering.x.count();
            self.states
                .x
                .sum
                .step::<false>(Counter::Values, count.into());
        } else if pairs {
            self.states = PairStates::of(self.isa, entering);
        } else if squares {
            self.states.x.add_column(&entering.x);
        } else {
            self.states.x.sum.add_column(&entering.x);
        }
    }

    /// Lets rows enter one by one, as many as there are results; before each one of
    /// `leaving` leaves, if there is that.
    pub(crate) fn roll(
        &mut self,
        entering: &Pairs<'_>,
        leaving: Option<&Pairs<'_>>,
        results: &mut [f64],
    ) {
        if self.question.is_count() {
            return self.roll_counts(&entering.x, leaving.map(|leaving| &leaving.x), results);
        }
        self.roll_numbers(entering, leaving, results);
    }

    /// [`Windows::roll`] without a look at the numbers.
    fn roll_counts(
        &mut self,
        entering: &Column<'_>,
        leaving: Option<&Column<'_>>,
        results: &mut [f64],
    ) {
        let before = Counts::of(&self.states).values;
        let mut counts = WindowCounts {
            count: before,
            min_count: self.min_count,
        };
        counts.roll(self.isa, entering, leaving, results);
        let by = i128::from(counts.count) - i128::from(before);
        self.states.x.sum.step::<false>(Counter::Values, by);
    }

    // Out of line, so that its rooms are on the stack of nothing else.
    #[inline(never)]
    fn roll_numbers(
        &mut self,
        entering: &Pairs<'_>,
        leaving: Option<&Pairs<'_>>,
        results: &mut [f64],
    ) {
        let mut rooms = [[0.0; BLOCK]; 4];
        let [x_in, y_in, x_out, y_out] = &mut rooms;
        for (index, results) in results.chunks_mut(BLOCK).enumerate() {
            let first = index * BLOCK;
            let rows = first..first + results.len();
            let entering_block = entering.block(self.isa, rows.clone(), [0.0; 2], x_in, y_in);
            let leaving_block =
                leaving.map(|pairs| pairs.block(self.isa, rows, [0.0; 2], x_out, y_out));
            let blocks = [Some(&entering_block), leaving_block.as_ref()];
            if self.roll_by_levels(blocks, results).is_some() {
                continue;
            }
            let begun = running::begin(self.isa, self.question.wanted(), &self.states, blocks);
            match begun {
                Some((units, running)) => self.roll_block(units, &running, blocks, results),
                None => self.roll_rows([Some(entering), leaving], blocks, results),
            }
        }
    }

    /// Sums of windows of which all rows count, or of all rows so far, by two levels.
    fn roll_by_levels(
        &mut self,
        [entering, leaving]: [Option<&Block<'_>>; 2],
        results: &mut [f64],
    ) -> Option<()> {
        let entering =
            entering.filter(|_| matches!(self.question, Question::One(Statistic::Sum)))?;
        let values = entering.x?;
        let counts = Counts::of(&self.states);
        let negative_zeros = |values: &[f64]| {
            let is_one = |value: &&f64| value.to_bits() == 1 << 63;
            values.iter().filter(is_one).count() as u64
        };
        let entering_zeros = negative_zeros(values);
        let (gone, leaving_values, leaving_zeros) = match leaving {
            // One number that is no -0.0 is enough, and it stays.
            None => {
                let some_count = counts.values > counts.negative_zeros;
                let enough = counts.values >= self.min_count;
                (some_count && enough).then_some((0, &[][..], 0))?
            }
            Some(leaving) => {
                let all_count = entering.count == values.len() && leaving.count == values.len();
                let enough = counts.values >= self.min_count;
                (all_count && enough && entering_zeros == 0).then_some(())?;
                let leaving_values = leaving.x?;
                (
                    leaving.count,
                    leaving_values,
                    negative_zeros(leaving_values),
                )
            }
        };
        let values = [values, leaving_values];
        running::prefix_totals(self.isa, &mut self.states.x.sum, values, results)?;
        let counters = &mut self.states.x.sum.counters;
        counters[Counter::Values as usize] += entering.count as i128 - gone as i128;
        counters[Counter::NegativeZeros as usize] +=
            i128::from(entering_zeros) - i128::from(leaving_zeros);
        Some(())
    }

    fn roll_block(
        &mut self,
        units: Units,
        running: &Running,
        blocks: [Option<&Block<'_>>; 2],
        results: &mut [f64],
    ) {
        let Windows {
            question,
            min_count,
            ref mut states,
            ..
        } = *self;
        let counts = Counts::of(states);
        let unit = units.x as i32 - ONE as i32;
        let enough = |counts: &Counts| counts.values >= min_count;
        let (after, counts_after) = match question {
            Question::One(Statistic::Sum) => each_row::<false, false>(
                units,
                *running,
                counts,
                blocks,
                results,
                |sums, counts| {
                    if !enough(&counts) {
                        return NAN;
                    }
                    sum(sums.x, counts, unit)
                },
            ),
            Question::One(what) => {
                let division = Division::new();
                let result = |sums: &Running, counts: Counts| {
                    if !enough(&counts) {
                        return NAN;
                    }
                    of_one(what, sums, counts, unit, &division)
                };
                if question.wanted().squares {
                    each_row::<true, false>(units, *running, counts, blocks, results, result)
                } else {
                    each_row::<false, false>(units, *running, counts, blocks, results, result)
                }
            }
            Question::Covariance { ddof } => {
                each_row::<false, true>(units, *running, counts, blocks, results, |sums, counts| {
                    if !enough(&counts) || counts.values <= ddof {
                        return NAN;
                    }
                    covariance(sums, counts.values, ddof, units)
                })
            }
            Question::Correlation => {
                each_row::<true, true>(units, *running, counts, blocks, results, |sums, counts| {
                    if !enough(&counts) || counts.values == 0 {
                        return NAN;
                    }
                    correlation(sums, counts.values, units)
                })
            }
        };
        running::end(states, units, running, &after);
        let by = i128::from(counts_after.values) - i128::from(counts.values);
        for counters in [
            &mut states.x.sum.counters,
            &mut states.y.sum.counters,
            &mut states.x.squares.counters,
            &mut states.y.squares.counters,
            &mut states.products.counters,
        ] {
            counters[Counter::Values as usize] += by;
        }
        states.x.sum.counters[Counter::NegativeZeros as usize] = counts_after.negative_zeros.into();
    }

    /// The same one by one: for what is not finite, no double, or too far apart.
    #[inline(never)]
    fn roll_rows(
        &mut self,
        columns: [Option<&Pairs<'_>>; 2],
        blocks: [Option<&Block<'_>>; 2],
        results: &mut [f64],
    ) {
        let mut numbers = [[[Exact::default(); PART]; 2]; 2];
        for (part, results) in results.chunks_mut(PART).enumerate() {
            let within = PART * part..PART * part + results.len();
            for (side, pairs) in columns.iter().enumerate() {
                let (Some(pairs), Some(block)) = (pairs, blocks[side]) else {
                    continue;
                };
                let rows = block.rows.start + within.start..block.rows.start + within.end;
                for (column, room) in pairs.both().iter().zip(&mut numbers[side]) {
                    column.exact(rows.clone(), &mut room[..results.len()]);
                }
            }
            for (row, result) in results.iter_mut().enumerate() {
                let has = |side: usize| {
                    blocks[side].is_some_and(|block| block.present.has(within.start + row))
                };
                let [[x_in, y_in], [x_out, y_out]] = &numbers;
                if has(1) {
                    self.step::<true>(&x_out[row], &y_out[row]);
                }
                if has(0) {
                    self.step::<false>(&x_in[row], &y_in[row]);
                }
                *result = self.result();
            }
        }
    }

    fn step<const SUBTRACT: bool>(&mut self, x: &Exact, y: &Exact) {
        let Wanted { squares, pairs } = self.question.wanted();
        let states = &mut self.states;
        step_sum::<SUBTRACT>(&mut states.x.sum, x);
        step_product::<SUBTRACT, _, _>(&mut states.x.squares, x, x, squares);
        if pairs {
            step_sum::<SUBTRACT>(&mut states.y.sum, y);
            step_product::<SUBTRACT, _, _>(&mut states.y.squares, y, y, squares);
            step_product::<SUBTRACT, _, _>(&mut states.products, x, y, true);
        }
    }

    /// The result of the rows that the states hold.
    fn result(&self) -> f64 {
        let PairStates { x, y, products } = &self.states;
        if Counts::of(&self.states).values < self.min_count {
            return NAN;
        }
        in_place(match self.question {
            Question::One(what) => return of_moments(what, x),
            Question::Covariance { ddof } => pairs::covariance(x, y, products, ddof),
            Question::Correlation => pairs::correlation(x, y, products),
        })
    }
}

/// The numbers of a block, and whether all of them are there.
fn rows<'b, const PAIRS: bool>(block: &Block<'b>) -> (&'b [f64], &'b [f64], bool) {
    let x = block.x.unwrap_or_default();
    let y = if PAIRS {
        block.y.unwrap_or_default()
    } else {
        x
    };
    (x, y, block.count == block.rows.len())
}

/// Rows of blocks, the leaving ones first, and a result after each.
#[inline(always)]
fn each_row<const SQUARES: bool, const PAIRS: bool>(
    units: Units,
    mut sums: Running,
    mut counts: Counts,
    [entering, leaving]: [Option<&Block<'_>>; 2],
    results: &mut [f64],
    result: impl Fn(&Running, Counts) -> f64,
) -> (Running, Counts) {
    let Some(entering) = entering else {
        return (sums, counts);
    };
    let (x_in, y_in, all_in) = rows::<PAIRS>(entering);
    match leaving {
        None => {
            for (row, place) in results.iter_mut().enumerate() {
                let is_there = all_in || entering.present.has(row);
                counts.step::<false>(is_there, x_in[row]);
                sums.step::<false, SQUARES, PAIRS>(units, x_in[row], y_in[row]);
                *place = result(&sums, counts);
            }
        }
        Some(leaving) => {
            let (x_out, y_out, all_out) = rows::<PAIRS>(leaving);
            for (row, place) in results.iter_mut().enumerate() {
                let was_there = all_out || leaving.present.has(row);
                counts.step::<true>(was_there, x_out[row]);
                sums.step::<true, SQUARES, PAIRS>(units, x_out[row], y_out[row]);
                let is_there = all_in || entering.present.has(row);
                counts.step::<false>(is_there, x_in[row]);
                sums.step::<false, SQUARES, PAIRS>(units, x_in[row], y_in[row]);
                *place = result(&sums, counts);
            }
        }
    }
    (sums, counts)
}
