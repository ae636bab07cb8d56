//! Columns and matrices of any type, stride, mask and flags. The bytes are the verbs, the
//! set of instructions, the shape, how the elements lie, and the elements.
//!
//! A plain loop reads the same memory, and big integers give each result. What is refused
//! writes nothing; no byte beside the elements is read, and none beside the results written.

use std::ptr::null_mut;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use tally::api::accumulator::*;
use tally::api::columns::*;
use tally::api::decimal::tally_decimal;
use tally::api::decimal_add::*;
use tally::api::errors::tally_last_message;
use tally::api::moments::*;
use tally::api::parallel::tally_column_dot_parallel;
use tally::api::product_accumulator::*;
use tally::api::small_accumulator::*;
use tally::api::windows::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::Isa;

use crate::answers::{checked, expect_f64, expect_integer, expect_line, int};
use crate::facts::{Facts, PairFacts};
use crate::input::Input;
use crate::kinds::{Kind, but_for_scale};
use crate::layout::{Column, Layout, TYPES};
use crate::meaning::Meaning;
use crate::passing::{Passed, call};
use crate::place::{Place, text_at};
use crate::support::decimals::ten_to;
use crate::support::oracle::same;

use crate::batches::{axis, cumulative, group, rolling};
use crate::scattered::scattered;

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let verbs = [
        one, pair, group, axis, rolling, cumulative, scattered, malformed,
    ];
    let verb = input.pick(&verbs);
    let engines: Vec<Isa> = Isa::available().collect();
    assert!(engines[input.below(engines.len())].make_best());
    verb(&mut input);
}

/// A number of rows: mostly few.
pub(crate) fn length(input: &mut Input<'_>) -> usize {
    match input.byte() {
        few @ 0..200 => usize::from(few) % 40,
        more => usize::from(more - 199) * 6,
    }
}

pub(crate) fn laid(input: &mut Input<'_>, rows: usize, columns: usize) -> Layout {
    let number = input.below(TYPES.len());
    Layout::new(input, number, rows, columns)
}

pub(crate) fn ddof(input: &mut Input<'_>) -> usize {
    input.pick(&[0, 1, 2, 5, usize::MAX])
}

/// A call that writes this many doubles, or is refused.
#[track_caller]
pub(crate) fn expect_all(
    expected: Result<&[f64], tally_status>,
    count: usize,
    call: impl Fn(*mut f64) -> tally_status,
) {
    let mut results = Place::new(&vec![0x5a; 8 * count], 3);
    let status = checked(call(results.pointer()));
    let wanted = expected.err().unwrap_or(TALLY_OK);
    assert_eq!(status, wanted, "{}", text_at(tally_last_message()));
    match expected {
        Ok(expected) => {
            for (row, (word, &expected)) in results.words().into_iter().zip(expected).enumerate() {
                let found = f64::from_bits(word);
                assert!(same(found, expected), "{found:e} for {expected:e} at {row}");
            }
        }
        Err(_) => assert!(
            results.bytes().iter().all(|&byte| byte == 0x5a),
            "written on failure"
        ),
    }
}

/// An integer of a sum, or its overflow.
fn exact(total: &BigInt) -> Result<i64, tally_status> {
    total.to_i64().ok_or(TALLY_OVERFLOW)
}

fn one(input: &mut Input<'_>) {
    let (ddof, scale, count) = (ddof(input), input.below(343), length(input));
    let laid = laid(input, 1, count);
    let (column, facts) = (laid.column(), Facts::of(&laid.cells));
    let mut counts = [7777; 2];
    let [there, skipped] = &mut counts;
    assert_eq!(
        checked(call!(tally_column_count(&column, there, skipped))),
        TALLY_OK
    );
    assert_eq!(counts, [facts.count(), count - facts.count()]);
    expect_f64(facts.sum(), |to| call!(tally_column_sum(&column, to)));
    expect_f64(facts.mean(), |to| call!(tally_column_mean(&column, to)));
    expect_f64(facts.norm(), |to| call!(tally_column_norm(&column, to)));
    expect_f64(facts.variance(ddof as u64), |to| {
        call!(tally_column_variance(&column, ddof, to))
    });
    expect_f64(facts.standard_deviation(ddof as u64), |to| {
        call!(tally_column_standard_deviation(&column, ddof, to))
    });
    let sum = match laid.is_integers {
        true => exact(&(&facts.sum.total >> 1074)),
        false => Err(TALLY_INVALID),
    };
    expect_integer(sum, 77, |to| call!(tally_column_sum_i64(&column, to)));
    let meaning = Meaning {
        total: facts.sum.total.clone(),
        squares: facts.squares.total.clone(),
        counters: facts.sum.counters(),
        scale: 0,
    };
    added(
        &meaning,
        &[tally_accumulator_add, tally_accumulator_subtract],
        &column,
    );
    added(
        &meaning,
        &[
            tally_small_accumulator_add,
            tally_small_accumulator_subtract,
        ],
        &column,
    );
    added(
        &meaning,
        &[tally_moments_add, tally_moments_subtract],
        &column,
    );
    let mut state = Place::new(&[0; 352], 1);
    let status = checked(call!(tally_decimal_add(&mut state, &column, int(scale))));
    let wanted = match laid.is_integers {
        true => Meaning {
            total: (&facts.sum.total >> 1074) * ten_to(342 - scale as i64),
            squares: BigInt::zero(),
            scale: if facts.count() > 0 { scale as i64 } else { 0 },
            ..meaning
        },
        false => Meaning::default(),
    };
    assert_eq!(
        status,
        if laid.is_integers {
            TALLY_OK
        } else {
            TALLY_INVALID
        }
    );
    // The scale of no values may be kept or not.
    if facts.count() > 0 || !laid.is_integers {
        assert_eq!(Some(state.words()), tally_decimal::words(&wanted));
    }
    if laid.is_integers {
        let status = call!(tally_decimal_subtract(&mut state, &column, int(scale)));
        assert_eq!(checked(status), TALLY_OK);
        assert_eq!(but_for_scale(&state), vec![0; tally_decimal::WORDS]);
    }
}

type Adds<K> = unsafe extern "C" fn(*mut K, *const tally_column) -> tally_status;

/// Adds a column to an empty state, and takes it out.
fn added<K: Kind>(meaning: &Meaning, verbs: &[Adds<K>; 2], column: &Column<'_>) {
    let meaning = Meaning {
        squares: if K::NAME == "moments" {
            meaning.squares.clone()
        } else {
            BigInt::zero()
        },
        ..meaning.clone()
    };
    let mut state = Place::new(&vec![0; 8 * K::WORDS], 3);
    let [add, subtract] = *verbs;
    let status = checked(call!(add(&mut state, column)));
    let Some(words) = K::words(&meaning) else {
        assert_eq!(status, K::FULL);
        assert_eq!(state.words(), vec![0; K::WORDS]);
        return;
    };
    assert_eq!(status, TALLY_OK, "{}", K::NAME);
    assert_eq!(state.words(), words, "{}", K::NAME);
    assert_eq!(checked(call!(subtract(&mut state, column))), TALLY_OK);
    assert_eq!(state.words(), vec![0; K::WORDS], "{}", K::NAME);
}

fn pair(input: &mut Input<'_>) {
    let (ddof, count) = (ddof(input), length(input));
    let (x, y) = (laid(input, 1, count), laid(input, 1, count));
    let facts = PairFacts::of(&x.cells, &y.cells);
    let (x, y) = (&x.column(), &y.column());
    let mut counts = [7777; 2];
    let [there, skipped] = &mut counts;
    assert_eq!(
        checked(call!(tally_column_count_pairs(x, y, there, skipped))),
        TALLY_OK
    );
    assert_eq!(counts, [facts.count(), count - facts.count()]);
    expect_f64(facts.dot(), |to| call!(tally_column_dot(x, y, to)));
    expect_f64(facts.dot(), |to| {
        call!(tally_column_dot_parallel(x, y, 2, to))
    });
    expect_f64(facts.weighted_mean(), |to| {
        call!(tally_column_weighted_mean(x, y, to))
    });
    expect_f64(facts.covariance(ddof as u64), |to| {
        call!(tally_column_covariance(x, y, ddof, to))
    });
    expect_f64(facts.correlation(), |to| {
        call!(tally_column_correlation(x, y, to))
    });
    expect_f64(facts.weighted_variance(ddof as u64), |to| {
        call!(tally_column_weighted_variance(x, y, ddof, to))
    });
    let products = Meaning {
        total: facts.products.total.clone(),
        counters: facts.products.counters(),
        ..Meaning::default()
    };
    let mut state = Place::new(&[0; 584], 5);
    assert_eq!(
        checked(call!(tally_product_accumulator_add(&mut state, x, y))),
        TALLY_OK
    );
    assert_eq!(
        Some(state.words()),
        tally_product_accumulator::words(&products)
    );
    let status = call!(tally_product_accumulator_subtract(&mut state, x, y));
    assert_eq!(checked(status), TALLY_OK);
    assert_eq!(state.words(), vec![0; tally_product_accumulator::WORDS]);
    expect_line(&facts, |[slope, intercept, r_squared]| {
        call!(tally_column_linear_fit(x, y, slope, intercept, r_squared))
    });
}

/// Structs that describe nothing: each function refuses them.
fn malformed(input: &mut Input<'_>) {
    let count = length(input);
    let laid = laid(input, 1, count);
    let mut column = laid.column().described;
    let defect = input.below(7);
    match defect {
        0 => column.size = input.pick(&[0, 1, 8, 55, usize::MAX]),
        1 => {
            let number = input.pick(&[0, 14, -1, i32::MAX]);
            // SAFETY: of the size of the number.
            unsafe { column.r#type.as_mut_ptr().cast::<i32>().write(number) };
        }
        2 => column.flags |= 4 << input.below(30),
        3 => (column.values, column.count) = (std::ptr::null(), column.count.max(1)),
        4 => (column.count, column.stride) = (usize::MAX / 2, 8),
        5 => (column.count, column.stride) = (3, isize::MIN),
        _ => {
            column.validity = column.values.cast();
            // The first place or the last is beyond what there can be.
            let count = column.count.max(1);
            column.offset = usize::MAX - (count - 1) + input.below(count.min(3));
            column.count = count;
            column.values = [0_u8; 1].as_ptr().cast();
            column.stride = 0;
            if column.validity.is_null() {
                return;
            }
        }
    }
    let wanted = if defect == 3 {
        TALLY_NULL
    } else {
        TALLY_INVALID
    };
    let mut state = Place::new(&[0; 320], 1);
    let (mut there, mut result) = (77, 0.625);
    // SAFETY: a struct like this is refused before any pointer in it is followed; the state
    // and the results have their sizes.
    let statuses = unsafe {
        [
            checked(tally_column_count(&column, &mut there, null_mut())),
            checked(tally_accumulator_add((&mut state).passed(), &column)),
            checked(tally_column_sum(&column, &mut result)),
            checked(tally_cumulative_sum(&column, &mut result)),
        ]
    };
    assert_eq!(statuses, [wanted; 4]);
    assert_eq!(state.words(), [0; 40]);
    assert_eq!((there, result), (77, 0.625));
}
