//! Long columns, of a pattern that repeats: what a few rows do not reach, such as blocks,
//! partitions and threads. The bytes are the set of instructions, the type, the number of
//! rows, what is asked, and the pattern.
//!
//! Sums of the pattern as big integers give those of any rows. With threads all is the same.
//! Windows and running totals are of one half of the pattern up to a row, and of the other
//! half from there on: what they passed over must not show.

use num_traits::ToPrimitive;
use tally::api::axes::tally_axis;
use tally::api::batches::*;
use tally::api::columns::*;
use tally::api::parallel::*;
use tally::api::windows::*;
use tally::boundary::status::tally_status::*;

use tally_core::Isa;

use crate::answers::{checked, expect_f64, expect_integer};
use crate::batches::statistic;
use crate::cells::Cell;
use crate::columns::{ddof, expect_all};
use crate::facts::{Facts, placed};
use crate::input::Input;
use crate::layout::{Column, SIZES, TYPES, cell};
use crate::passing::call;
use crate::place::Place;
use crate::support::oracle::same;

/// Rows above which not every one has a result of its own looked at.
const FEW: usize = 600;

/// The number of a type of ids.
const U16: usize = 9;

/// Sums of the rows before each of the pattern, and of all.
struct Pattern {
    so_far: Vec<Facts>,
    length: usize,
}

fn plus(a: &Facts, b: &Facts) -> Facts {
    a.less(&Facts::default().less(b))
}

impl Pattern {
    fn new(element: tally_type, size: usize, elements: &[u8], skips_nan: bool) -> Self {
        let cells = elements
            .chunks(size)
            .map(|bytes| match cell(element, bytes) {
                Cell::Nan if skips_nan => Cell::Skipped,
                cell => cell,
            });
        Pattern {
            so_far: Facts::so_far(&cells.collect::<Vec<_>>()),
            length: elements.len() / size,
        }
    }

    /// One row of it, so many times.
    fn row(&self, row: usize, times: usize) -> Facts {
        let one = Pattern {
            so_far: vec![Facts::default(), self.of(row, row + 1)],
            length: 1,
        };
        one.before(times)
    }

    /// Of the rows before this one.
    fn before(&self, row: usize) -> Facts {
        let (mut times, mut power) = (row / self.length, self.so_far[self.length].clone());
        let mut sum = self.so_far[row % self.length].clone();
        while times > 0 {
            if times % 2 == 1 {
                sum = plus(&sum, &power);
            }
            power = plus(&power, &power);
            times /= 2;
        }
        sum
    }

    fn of(&self, from: usize, to: usize) -> Facts {
        self.before(to).less(&self.before(from))
    }
}

fn repeated(bytes: &[u8], count: usize) -> Vec<u8> {
    bytes.iter().copied().cycle().take(count).collect()
}

/// A pattern up to a row, and another one from there on.
struct Turning {
    patterns: [Pattern; 2],
    turn: usize,
}

impl Turning {
    fn before(&self, row: usize) -> Facts {
        let [first, second] = &self.patterns;
        plus(
            &first.before(row.min(self.turn)),
            &second.before(row.saturating_sub(self.turn)),
        )
    }

    fn of(&self, from: usize, to: usize) -> Facts {
        self.before(to).less(&self.before(from))
    }
}

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let input = &mut input;
    let engines: Vec<Isa> = Isa::available().collect();
    assert!(engines[input.below(engines.len())].make_best());
    let number = input.below(TYPES.len());
    let (element, size) = (TYPES[number], SIZES[number]);
    let rows = match input.byte() {
        255 => 40_000,
        252.. => 20_000,
        240.. => 5000,
        150.. => 1500,
        _ => 300 + usize::from(input.byte()),
    };
    let (ddof, threads, skips_nan) = (ddof(input), 1 + input.below(3), input.flag());
    let (what, statistic) = statistic(input, ddof);
    let groups = 1 + input.below(200);
    let choice = usize::from(input.short());
    let (window, turn) = (1 + choice % 3000, choice / 3000 * rows / 22);
    let sorted = input.flag();
    let length = 1 + input.below(48);
    let elements: Vec<u8> = (0..length)
        .flat_map(|_| input.word().to_ne_bytes()[..size].to_vec())
        .collect();
    let bytes = repeated(&elements, rows * size);
    let pattern = Pattern::new(element, size, &elements, skips_nan);
    let memory = Place::new(&bytes, input.below(8));
    let values = Column::of_all(&memory, number, skips_nan.into());
    let is_integers = number >= 4;

    let all = pattern.before(rows);
    expect_f64(all.sum(), |to| call!(tally_column_sum(&values, to)));
    expect_f64(all.sum(), |to| {
        call!(tally_column_sum_parallel(&values, threads, to))
    });
    expect_f64(all.mean(), |to| call!(tally_column_mean(&values, to)));
    expect_f64(all.norm(), |to| call!(tally_column_norm(&values, to)));
    expect_f64(all.variance(ddof as u64), |to| {
        call!(tally_column_variance(&values, ddof, to))
    });
    let integer = |facts: &Facts| (&facts.sum.total >> 1074_u32).to_i64();
    let sum = match is_integers {
        true => integer(&all).ok_or(TALLY_OVERFLOW),
        false => Err(TALLY_INVALID),
    };
    expect_integer(sum, 77, |to| {
        call!(tally_column_sum_i64_parallel(&values, threads, to))
    });

    // Groups in runs, or each row's by its place in the pattern.
    let per_group = rows.div_ceil(groups);
    let id = |row: usize| {
        if sorted {
            row / per_group
        } else {
            row % length % groups
        }
    };
    let ids: Vec<u8> = (0..rows)
        .flat_map(|row| (id(row) as u16).to_ne_bytes())
        .collect();
    let ids = Place::new(&ids, 1);
    let ids = Column::of_all(&ids, U16, 0);
    let of_group = |group: usize| match sorted {
        true => pattern.of(
            (group * per_group).min(rows),
            ((group + 1) * per_group).min(rows),
        ),
        false => {
            let mut sum = Facts::default();
            for place in (0..length).filter(|place| place % groups == group) {
                let count = rows / length + usize::from(place < rows % length);
                sum = plus(&sum, &pattern.row(place, count));
            }
            sum
        }
    };
    let in_place = |facts: &Facts| statistic.map_or(0.0, |what| facts.of_statistic(what));
    let expect = |results: Vec<f64>, call: &dyn Fn(*mut f64) -> _| {
        let expected = if statistic.is_some() {
            Ok(&results[..])
        } else {
            Err(TALLY_INVALID)
        };
        expect_all(expected, results.len(), call);
    };
    let results: Vec<f64> = (0..groups)
        .map(|group| in_place(&of_group(group)))
        .collect();
    // SAFETY: columns that live, and room for a result of each group.
    expect(results.clone(), &|to| unsafe {
        tally_group(&values.described, &ids.described, groups, what, ddof, to)
    });
    // SAFETY: as above.
    expect(results, &|to| unsafe {
        tally_group_parallel(
            &values.described,
            &ids.described,
            groups,
            what,
            ddof,
            threads,
            to,
        )
    });

    // A matrix whose columns are the pattern, and rows of it.
    let row = values.first(length);
    let (across, stride) = (rows / length, (length * size) as isize);
    let columns: Vec<f64> = (0..length)
        .map(|place| in_place(&pattern.row(place, across)))
        .collect();
    // SAFETY: the pattern as a row, of which `values` has `across`; room for its columns.
    expect(columns.clone(), &|to| unsafe {
        tally_axis(&row.described, across, stride, 0, what, ddof, to)
    });
    // SAFETY: as above.
    expect(columns, &|to| unsafe {
        tally_axis_parallel(&row.described, across, stride, 0, what, ddof, threads, to)
    });
    let each = in_place(&pattern.so_far[length]);
    // SAFETY: the same rows; room for a result of each.
    expect(vec![each; across], &|to| unsafe {
        tally_axis(&row.described, across, stride, 1, what, ddof, to)
    });

    // Windows and running totals: each row of a few, else those where something may end.
    let (first, second) = elements.split_at(length / 2 * size);
    let (turn, first) = if first.is_empty() {
        (0, second)
    } else {
        (turn, first)
    };
    let bytes = [
        repeated(first, turn * size),
        repeated(second, (rows - turn) * size),
    ]
    .concat();
    let pattern = Turning {
        patterns: [first, second].map(|part| Pattern::new(element, size, part, skips_nan)),
        turn,
    };
    let memory = Place::new(&bytes, 3);
    let values = Column::of_all(&memory, number, skips_nan.into());
    let from = |row: usize| (row + 1).saturating_sub(window);
    let running = |of: &dyn Fn(usize) -> f64, call: &dyn Fn(*mut f64, bool) -> _| {
        if rows <= FEW {
            let results: Vec<f64> = (0..rows).map(of).collect();
            expect_all(Ok(&results), rows, |to| call(to, false));
            return;
        }
        let found = [false, true].map(|parallel| {
            let mut results = Place::new(&vec![0x5a; 8 * rows], 1);
            assert_eq!(checked(call(results.pointer(), parallel)), TALLY_OK);
            results.words()
        });
        assert!(found[0] == found[1], "threads change a result");
        let after = turn + window;
        let ends = [0, turn, after - 1, after, after + 1, rows / 2, rows - 1];
        for row in ends.into_iter().filter(|&row| row < rows) {
            assert!(same(f64::from_bits(found[0][row]), of(row)), "row {row}");
        }
    };
    running(
        &|row| placed(pattern.before(row + 1).sum()),
        // SAFETY: a column that lives; `running` gives room for a result of each row.
        &|to, parallel| unsafe {
            match parallel {
                true => tally_cumulative_sum_parallel(&values.described, threads, to),
                false => tally_cumulative_sum(&values.described, to),
            }
        },
    );
    if statistic.is_some() {
        running(
            &|row| in_place(&pattern.of(from(row), row + 1)),
            // SAFETY: as above.
            &|to, parallel| unsafe {
                match parallel {
                    true => tally_rolling_parallel(
                        &values.described,
                        window,
                        0,
                        what,
                        ddof,
                        threads,
                        to,
                    ),
                    false => tally_rolling(&values.described, window, 0, what, ddof, to),
                }
            },
        );
    }
}
