//! Columns and matrices of any type, stride, mask and flags. The bytes are the verbs, the
//! set of instructions, the shape, how the elements lie, and the elements.
//!
//! A plain loop reads the same memory, and big integers give each result. What is refused
//! writes nothing; no byte beside the elements is read, and none beside the results written.

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr::null_mut;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use tally::api::accumulator::*;
use tally::api::axes::tally_axis;
use tally::api::batches::*;
use tally::api::columns::*;
use tally::api::decimal::tally_decimal;
use tally::api::decimal_add::*;
use tally::api::moments::*;
use tally::api::product_accumulator::*;
use tally::api::scattered::*;
use tally::api::small_accumulator::*;
use tally::api::windows::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::{Isa, Statistic, ValueError};

use crate::answers::{checked, expect_f64, expect_integer, int};
use crate::cells::Cell;
use crate::facts::{Facts, PairFacts, placed};
use crate::input::Input;
use crate::kinds::Kind;
use crate::layout::{Layout, TYPES};
use crate::meaning::Meaning;
use crate::place::Place;
use crate::support::decimals::ten_to;
use crate::support::oracle::same;

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let verbs = [
        one, pair, group, axis, rolling, cumulative, scattered, malformed,
    ];
    let verb = input.pick(&verbs);
    let engines: Vec<Isa> = Isa::available().into_iter().collect();
    assert!(engines[input.below(engines.len())].make_best());
    verb(&mut input);
}

/// A number of rows: mostly few.
fn length(input: &mut Input<'_>) -> usize {
    match input.byte() {
        few @ 0..200 => usize::from(few) % 40,
        more => usize::from(more - 199) * 6,
    }
}

fn laid(input: &mut Input<'_>, rows: usize, columns: usize) -> Layout {
    let number = input.below(TYPES.len());
    Layout::new(input, number, rows, columns)
}

fn ddof(input: &mut Input<'_>) -> usize {
    input.pick(&[0, 1, 2, 5, usize::MAX])
}

/// A call that writes this many doubles, or is refused.
#[track_caller]
fn expect_all(
    expected: Result<&[f64], tally_status>,
    count: usize,
    call: impl Fn(*mut f64) -> tally_status,
) {
    let mut results = Place::new(&vec![0x5a; 8 * count], 3);
    let status = checked(call(results.pointer()));
    assert_eq!(status, expected.err().unwrap_or(TALLY_OK));
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
    // SAFETY: the column describes memory that lives here, in each call below.
    let mut counts = [7777; 2];
    let [there, skipped] = &mut counts;
    assert_eq!(
        checked(unsafe { tally_column_count(&column, there, skipped) }),
        TALLY_OK
    );
    assert_eq!(counts, [facts.count(), count - facts.count()]);
    expect_f64(facts.sum(), |to| unsafe { tally_column_sum(&column, to) });
    expect_f64(facts.mean(), |to| unsafe { tally_column_mean(&column, to) });
    expect_f64(facts.norm(), |to| unsafe { tally_column_norm(&column, to) });
    expect_f64(facts.variance(ddof as u64), |to| unsafe {
        tally_column_variance(&column, ddof, to)
    });
    expect_f64(facts.standard_deviation(ddof as u64), |to| unsafe {
        tally_column_standard_deviation(&column, ddof, to)
    });
    let sum = match laid.is_integers {
        true => exact(&(&facts.sum.total >> 1074)),
        false => Err(TALLY_INVALID),
    };
    expect_integer(sum, 77, |to| unsafe { tally_column_sum_i64(&column, to) });
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
    let status = checked(unsafe { tally_decimal_add(state.pointer(), &column, int(scale)) });
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
}

type Adds<K> = unsafe extern "C" fn(*mut K, *const tally_column) -> tally_status;

/// Adds a column to an empty state, and takes it out.
fn added<K: Kind>(meaning: &Meaning, verbs: &[Adds<K>; 2], column: &tally_column) {
    let meaning = Meaning {
        squares: if K::NAME == "moments" {
            meaning.squares.clone()
        } else {
            BigInt::zero()
        },
        ..meaning.clone()
    };
    let mut state = Place::new(&vec![0; 8 * K::WORDS], 3);
    // SAFETY: a state, and a column that lives.
    let status = checked(unsafe { verbs[0](state.pointer(), column) });
    let Some(words) = K::words(&meaning) else {
        assert_eq!(status, K::FULL);
        assert_eq!(state.words(), vec![0; K::WORDS]);
        return;
    };
    assert_eq!(status, TALLY_OK, "{}", K::NAME);
    assert_eq!(state.words(), words, "{}", K::NAME);
    // SAFETY: as above.
    assert_eq!(
        checked(unsafe { verbs[1](state.pointer(), column) }),
        TALLY_OK
    );
    assert_eq!(state.words(), vec![0; K::WORDS], "{}", K::NAME);
}

fn pair(input: &mut Input<'_>) {
    let (ddof, count) = (ddof(input), length(input));
    let (x, y) = (laid(input, 1, count), laid(input, 1, count));
    let facts = PairFacts::of(&x.cells, &y.cells);
    let (x, y) = (&x.column(), &y.column());
    // SAFETY: the columns describe memory that lives here, in each call below.
    let mut counts = [7777; 2];
    let [there, skipped] = &mut counts;
    assert_eq!(
        checked(unsafe { tally_column_count_pairs(x, y, there, skipped) }),
        TALLY_OK
    );
    assert_eq!(counts, [facts.count(), count - facts.count()]);
    expect_f64(facts.dot(), |to| unsafe { tally_column_dot(x, y, to) });
    expect_f64(facts.weighted_mean(), |to| unsafe {
        tally_column_weighted_mean(x, y, to)
    });
    expect_f64(facts.covariance(ddof as u64), |to| unsafe {
        tally_column_covariance(x, y, ddof, to)
    });
    expect_f64(facts.correlation(), |to| unsafe {
        tally_column_correlation(x, y, to)
    });
    expect_f64(facts.weighted_variance(ddof as u64), |to| unsafe {
        tally_column_weighted_variance(x, y, ddof, to)
    });
    let products = Meaning {
        total: facts.products.total.clone(),
        counters: facts.products.counters(),
        ..Meaning::default()
    };
    let mut state = Place::new(&[0; 584], 5);
    assert_eq!(
        checked(unsafe { tally_product_accumulator_add(state.pointer(), x, y) }),
        TALLY_OK
    );
    assert_eq!(
        Some(state.words()),
        tally_product_accumulator::words(&products)
    );
    let mut line = [0.625; 3];
    let [slope, intercept, r_squared] = &mut line;
    let status = checked(unsafe { tally_column_linear_fit(x, y, slope, intercept, r_squared) });
    match facts.linear_fit() {
        Ok(expected) if !matches!(expected[2], Err(ValueError::Constant(_))) => {
            let any_beyond = expected.iter().any(Result::is_err);
            assert_eq!(status, if any_beyond { TALLY_OVERFLOW } else { TALLY_OK });
            for (found, expected) in line.into_iter().zip(expected) {
                assert!(same(found, placed(expected)), "{found:e} for {expected:?}");
            }
        }
        _ => assert_eq!((status, line), (TALLY_INVALID, [0.625; 3])),
    }
}

/// One of the statistics, and one that is none.
fn statistic(
    input: &mut Input<'_>,
    ddof: usize,
) -> (MaybeUninit<tally_statistic>, Option<Statistic>) {
    use tally_statistic::*;
    let ddof = ddof as u64;
    let (number, what) = match input.below(7) {
        0 => (TALLY_SUM, Statistic::Sum),
        1 => (TALLY_MEAN, Statistic::Mean),
        2 => (TALLY_VARIANCE, Statistic::Variance { ddof }),
        3 => (
            TALLY_STANDARD_DEVIATION,
            Statistic::StandardDeviation { ddof },
        ),
        4 => (TALLY_NORM, Statistic::Norm),
        5 => (TALLY_COUNT, Statistic::Count),
        _ => {
            let mut none = MaybeUninit::<tally_statistic>::uninit();
            let number = if input.flag() { 7 } else { i32::MIN };
            // SAFETY: of the size of the number.
            unsafe { none.as_mut_ptr().cast::<i32>().write(number) };
            return (none, None);
        }
    };
    (MaybeUninit::new(number), Some(what))
}

fn group(input: &mut Input<'_>) {
    let (ddof, groups, count) = (ddof(input), input.below(12), length(input));
    let (what, statistic) = statistic(input, ddof);
    let (values, ids) = (laid(input, 1, count), laid(input, 1, count));
    let mut of_groups = vec![Facts::default(); groups];
    let mut out_of_range = !ids.is_integers;
    for (value, id) in values.cells.iter().zip(&ids.cells) {
        let Cell::Number(id, _) = id else {
            continue;
        };
        match (id >> 1074_u32)
            .to_usize()
            .and_then(|id| of_groups.get_mut(id))
        {
            Some(facts) => facts.add(value),
            None => out_of_range = true,
        }
    }
    let refused = out_of_range || statistic.is_none();
    let expected: Vec<f64> = of_groups
        .iter()
        .map(|facts| statistic.map_or(0.0, |what| facts.of_statistic(what)))
        .collect();
    let expected = if refused {
        Err(TALLY_INVALID)
    } else {
        Ok(&expected[..])
    };
    let (columns, ids) = ((values.column(), ids.column()), ids);
    // SAFETY: the columns describe memory that lives here, and below.
    expect_all(expected, groups, |to| unsafe {
        tally_group(&columns.0, &columns.1, groups, what, ddof, to)
    });
    let mut results = Place::new(&vec![0x5a; 8 * groups], 1);
    let mut overflowed = 7777;
    let status = checked(unsafe {
        tally_group_sum_i64(
            &columns.0,
            &columns.1,
            groups,
            results.pointer(),
            &mut overflowed,
        )
    });
    if out_of_range || !values.is_integers {
        assert_eq!((status, overflowed), (TALLY_INVALID, 7777));
        assert!(results.bytes().iter().all(|&byte| byte == 0x5a));
        return;
    }
    let sums: Vec<BigInt> = of_groups
        .iter()
        .map(|facts| &facts.sum.total >> 1074)
        .collect();
    let beyond = sums.iter().filter(|sum| sum.to_i64().is_none()).count();
    assert_eq!(overflowed, beyond);
    assert_eq!(status, if beyond > 0 { TALLY_OVERFLOW } else { TALLY_OK });
    for (found, sum) in results.words().into_iter().zip(sums) {
        let nearest = sum.clamp(i64::MIN.into(), i64::MAX.into());
        assert_eq!(BigInt::from(found as i64), nearest);
    }
    drop(ids);
}

fn axis(input: &mut Input<'_>) {
    let ddof = ddof(input);
    let (rows, columns) = (input.below(14), input.below(14));
    let (what, statistic) = statistic(input, ddof);
    let axis = input.pick(&[0, 1, 0, 1, 2]);
    let laid = laid(input, rows, columns);
    let count = if axis == 0 { columns } else { rows };
    let mut facts = vec![Facts::default(); count];
    for (index, cell) in laid.cells.iter().enumerate() {
        let result = if axis == 0 {
            index % columns
        } else {
            index / columns
        };
        facts[result].add(cell);
    }
    let expected: Vec<f64> = facts
        .iter()
        .map(|facts| statistic.map_or(0.0, |what| facts.of_statistic(what)))
        .collect();
    let refused = axis == 2 || statistic.is_none();
    let expected = if refused {
        Err(TALLY_INVALID)
    } else {
        Ok(&expected[..])
    };
    let (row, row_stride) = (laid.column(), laid.row_stride);
    // SAFETY: the matrix lives here.
    expect_all(expected, count, |to| unsafe {
        tally_axis(&row, rows, row_stride, axis, what, ddof, to)
    });
}

fn rolling(input: &mut Input<'_>) {
    let (ddof, count) = (ddof(input), length(input));
    let (window, least) = (input.below(50), input.below(60));
    let (what, statistic) = statistic(input, ddof);
    let (x, y) = (laid(input, 1, count), laid(input, 1, count));
    let is_window = window > 0 && least <= window;
    let from = |row: usize| (row + 1).saturating_sub(window.max(1));
    let so_far = Facts::so_far(&x.cells);
    let results: Vec<f64> = (0..count)
        .map(|row| {
            let facts = so_far[row + 1].less(&so_far[from(row)]);
            match statistic {
                Some(what) if facts.count() >= least => facts.of_statistic(what),
                _ => f64::NAN,
            }
        })
        .collect();
    let refused = !is_window || statistic.is_none();
    let expected = if refused {
        Err(TALLY_INVALID)
    } else {
        Ok(&results[..])
    };
    let (columns, pairs) = (
        (x.column(), y.column()),
        PairFacts::so_far(&x.cells, &y.cells),
    );
    // SAFETY: the columns describe memory that lives here, and below.
    expect_all(expected, count, |to| unsafe {
        tally_rolling(&columns.0, window, least, what, ddof, to)
    });
    let of_pairs = |of: &dyn Fn(&PairFacts) -> f64| -> Vec<f64> {
        let facts = (0..count).map(|row| pairs[row + 1].less(&pairs[from(row)]));
        facts
            .map(|facts| {
                if facts.count() < least {
                    f64::NAN
                } else {
                    of(&facts)
                }
            })
            .collect()
    };
    let covariances = of_pairs(&|facts| placed(facts.covariance(ddof as u64)));
    let expected = if is_window {
        Ok(&covariances[..])
    } else {
        Err(TALLY_INVALID)
    };
    expect_all(expected, count, |to| unsafe {
        tally_rolling_covariance(&columns.0, &columns.1, window, least, ddof, to)
    });
    let correlations = of_pairs(&|facts| placed(facts.correlation()));
    let expected = if is_window {
        Ok(&correlations[..])
    } else {
        Err(TALLY_INVALID)
    };
    expect_all(expected, count, |to| unsafe {
        tally_rolling_correlation(&columns.0, &columns.1, window, least, to)
    });
}

fn cumulative(input: &mut Input<'_>) {
    let count = length(input);
    let laid = laid(input, 1, count);
    let column = laid.column();
    let sums: Vec<f64> = Facts::so_far(&laid.cells)[1..]
        .iter()
        .map(|facts| placed(facts.sum()))
        .collect();
    // SAFETY: the column describes memory that lives here, and below.
    expect_all(Ok(&sums), count, |to| unsafe {
        tally_cumulative_sum(&column, to)
    });
    let mut results = Place::new(&vec![0x5a; 8 * count], 7);
    let mut done = 7777;
    let status =
        checked(unsafe { tally_cumulative_sum_i64(&column, results.pointer(), &mut done) });
    if !laid.is_integers {
        assert_eq!((status, done), (TALLY_INVALID, 7777));
        return;
    }
    let mut total = BigInt::zero();
    let mut totals = Layout::integers(&laid.cells).map_while(|number| {
        total += number.unwrap_or_default();
        total.to_i64()
    });
    let totals: Vec<i64> = totals.by_ref().collect();
    assert_eq!(done, totals.len());
    assert_eq!(
        status,
        if done < count {
            TALLY_OVERFLOW
        } else {
            TALLY_OK
        }
    );
    for (row, found) in results.words().into_iter().enumerate() {
        let untouched = 0x5a5a_5a5a_5a5a_5a5a;
        assert_eq!(found as i64, totals.get(row).copied().unwrap_or(untouched));
    }
}

/// States whose rooms are given out by a callback, until there are none left.
struct Rooms {
    left: usize,
    given: Vec<Box<tally_accumulator>>,
}

unsafe extern "C-unwind" fn room(size: usize, user_data: *mut c_void) -> *mut c_void {
    // SAFETY: it is what was given along.
    let rooms = unsafe { &mut *user_data.cast::<Rooms>() };
    assert_eq!(size, size_of::<tally_accumulator>());
    if rooms.left == 0 {
        return null_mut();
    }
    rooms.left -= 1;
    let mut room = Box::new(tally_accumulator { opaque: [0x5a; 40] });
    let pointer: *mut tally_accumulator = &mut *room;
    rooms.given.push(room);
    pointer.cast()
}

fn scattered(input: &mut Input<'_>) {
    let (count, states, left) = (length(input), 1 + input.below(9), input.below(12));
    let laid = laid(input, 1, count);
    let places: Vec<usize> = (0..count).map(|_| input.below(states)).collect();
    let column = laid.column();
    let mut sums = vec![Facts::default(); states];
    let mut small = vec![tally_small_accumulator { opaque: [0; 8] }; states];
    let mut large = vec![tally_accumulator { opaque: [0; 40] }; states];
    let mut rooms = Rooms {
        left,
        given: Vec::new(),
    };
    // The row before which the rooms end.
    let mut grown = vec![false; states];
    let (mut refused, mut rest) = (None, left);
    for (row, (cell, &place)) in laid.cells.iter().zip(&places).enumerate() {
        let mut sum = sums[place].clone();
        sum.add(cell);
        let meaning = of_facts(&sum);
        if refused.is_none() && !grown[place] && tally_small_accumulator::words(&meaning).is_none()
        {
            match rest {
                0 => refused = Some((row, sums.clone())),
                _ => rest -= 1,
            }
            grown[place] = true;
        }
        sums[place] = sum;
    }
    let small_at = small.as_mut_ptr();
    let mut into: Vec<*mut tally_small_accumulator> = places
        .iter()
        .map(|&place| small_at.wrapping_add(place))
        .collect();
    for (pointer, cell) in into.iter_mut().zip(&laid.cells) {
        if matches!(cell, Cell::Skipped) {
            *pointer = null_mut();
        }
    }
    let mut done = 7777;
    // SAFETY: all of it lives here, and below.
    let status = checked(unsafe {
        tally_small_accumulator_add_scattered(
            into.as_ptr(),
            &column,
            Some(room),
            (&raw mut rooms).cast(),
            &mut done,
        )
    });
    let (wanted, small_sums) = match refused {
        Some((row, sums)) => ((TALLY_MEMORY, row), sums),
        None => ((TALLY_OK, count), sums.clone()),
    };
    assert_eq!((status, done), wanted);
    for (place, facts) in small_sums.iter().enumerate() {
        let mut expanded = tally_accumulator { opaque: [1; 40] };
        let status =
            unsafe { tally_small_accumulator_expand(small_at.wrapping_add(place), &mut expanded) };
        assert_eq!(checked(status), TALLY_OK);
        assert_eq!(
            Some(expanded.opaque.to_vec()),
            tally_accumulator::words(&of_facts(facts))
        );
    }
    let large_at = large.as_mut_ptr();
    let into: Vec<*mut tally_accumulator> = places
        .iter()
        .map(|&place| large_at.wrapping_add(place))
        .collect();
    let status =
        checked(unsafe { tally_accumulator_add_scattered(into.as_ptr(), &column, &mut done) });
    assert_eq!((status, done), (TALLY_OK, count));
    for (state, facts) in large.iter().zip(&sums) {
        assert_eq!(
            Some(state.opaque.to_vec()),
            tally_accumulator::words(&of_facts(facts))
        );
    }
    let status =
        checked(unsafe { tally_accumulator_subtract_scattered(into.as_ptr(), &column, &mut done) });
    assert_eq!(status, TALLY_OK);
    assert!(large.iter().all(|state| state.opaque == [0; 40]));
}

fn of_facts(facts: &Facts) -> Meaning {
    Meaning {
        total: facts.sum.total.clone(),
        counters: facts.sum.counters(),
        ..Meaning::default()
    }
}

/// Structs that describe nothing: each function refuses them.
fn malformed(input: &mut Input<'_>) {
    let count = length(input);
    let laid = laid(input, 1, count);
    let mut column = laid.column();
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
    // SAFETY: what is refused is not read.
    expect_integer(Err(wanted), 77, |to| unsafe {
        tally_column_count(&column, to, null_mut())
    });
    let mut state = Place::new(&[0; 320], 1);
    assert_eq!(
        checked(unsafe { tally_accumulator_add(state.pointer(), &column) }),
        wanted
    );
    assert_eq!(state.words(), [0; 40]);
    let mut result = 0.625;
    assert_eq!(
        checked(unsafe { tally_column_sum(&column, &mut result) }),
        wanted
    );
    assert_eq!(
        checked(unsafe { tally_cumulative_sum(&column, &mut result) }),
        wanted
    );
    assert_eq!(result, 0.625);
}
