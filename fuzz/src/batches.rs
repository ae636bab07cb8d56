//! Groups, axes, windows and running totals of columns.

use std::mem::MaybeUninit;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use tally::api::axes::tally_axis;
use tally::api::batches::*;
use tally::api::parallel::*;
use tally::api::windows::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::Statistic;

use crate::answers::checked;
use crate::cells::Cell;
use crate::facts::{Facts, PairFacts, placed};
use crate::input::Input;
use crate::layout::Layout;
use crate::place::Place;

use crate::columns::{ddof, expect_all, laid, length};

/// One of the statistics, and one that is none.
pub(crate) fn statistic(
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

pub(crate) fn group(input: &mut Input<'_>) {
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
    let columns = (values.column(), ids.column());
    // SAFETY: columns that live, and room for a result of each group.
    expect_all(expected, groups, |to| unsafe {
        tally_group(
            &columns.0.described,
            &columns.1.described,
            groups,
            what,
            ddof,
            to,
        )
    });
    let sums: Vec<BigInt> = of_groups
        .iter()
        .map(|facts| &facts.sum.total >> 1074)
        .collect();
    let expected = if out_of_range || !values.is_integers {
        None
    } else {
        Some(&sums[..])
    };
    let (x, y) = (&columns.0.described, &columns.1.described);
    // SAFETY: as above; `to` has 8 bytes a group.
    group_integers(expected, groups, &|to, overflowed| unsafe {
        tally_group_sum_i64(x, y, groups, to, overflowed)
    });
    // SAFETY: as above.
    group_integers(expected, groups, &|to, overflowed| unsafe {
        tally_group_sum_i64_parallel(x, y, groups, 2, to, overflowed)
    });
}

/// Calls for the sums of groups as integers; without any, it is refused.
fn group_integers(
    expected: Option<&[BigInt]>,
    groups: usize,
    call: &dyn Fn(*mut i64, &mut usize) -> tally_status,
) {
    let mut results = Place::new(&vec![0x5a; 8 * groups], 1);
    let mut overflowed = 7777;
    let status = checked(call(results.pointer(), &mut overflowed));
    let Some(sums) = expected else {
        assert_eq!((status, overflowed), (TALLY_INVALID, 7777));
        assert!(results.bytes().iter().all(|&byte| byte == 0x5a));
        return;
    };
    let beyond = sums.iter().filter(|sum| sum.to_i64().is_none()).count();
    assert_eq!(overflowed, beyond);
    assert_eq!(status, if beyond > 0 { TALLY_OVERFLOW } else { TALLY_OK });
    for (found, sum) in results.words().into_iter().zip(sums) {
        let nearest = sum.clone().clamp(i64::MIN.into(), i64::MAX.into());
        assert_eq!(BigInt::from(found as i64), nearest);
    }
}

pub(crate) fn axis(input: &mut Input<'_>) {
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
    // SAFETY: `laid` is a matrix of so many rows; room for a result of each row or column.
    expect_all(expected, count, |to| unsafe {
        tally_axis(&row.described, rows, row_stride, axis, what, ddof, to)
    });
}

pub(crate) fn rolling(input: &mut Input<'_>) {
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
    // SAFETY: columns that live, and room for a result of each row.
    expect_all(expected, count, |to| unsafe {
        tally_rolling(&columns.0.described, window, least, what, ddof, to)
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
    let (x, y) = (&columns.0.described, &columns.1.described);
    // SAFETY: as above.
    expect_all(expected, count, |to| unsafe {
        tally_rolling_covariance(x, y, window, least, ddof, to)
    });
    // SAFETY: as above.
    expect_all(expected, count, |to| unsafe {
        tally_rolling_covariance_parallel(x, y, window, least, ddof, 2, to)
    });
    let correlations = of_pairs(&|facts| placed(facts.correlation()));
    let expected = if is_window {
        Ok(&correlations[..])
    } else {
        Err(TALLY_INVALID)
    };
    // SAFETY: as above.
    expect_all(expected, count, |to| unsafe {
        tally_rolling_correlation(x, y, window, least, to)
    });
    // SAFETY: as above.
    expect_all(expected, count, |to| unsafe {
        tally_rolling_correlation_parallel(x, y, window, least, 2, to)
    });
}

pub(crate) fn cumulative(input: &mut Input<'_>) {
    let count = length(input);
    let laid = laid(input, 1, count);
    let column = &laid.column().described;
    let sums: Vec<f64> = Facts::so_far(&laid.cells)[1..]
        .iter()
        .map(|facts| placed(facts.sum()))
        .collect();
    // SAFETY: a column that lives, and room for a result of each row.
    expect_all(Ok(&sums), count, |to| unsafe {
        tally_cumulative_sum(column, to)
    });
    let totals: Option<Vec<i64>> = laid.is_integers.then(|| {
        let mut total = BigInt::zero();
        let numbers = Layout::integers(&laid.cells);
        let totals = numbers.map_while(|number| {
            total += number.unwrap_or_default();
            total.to_i64()
        });
        totals.collect()
    });
    // SAFETY: as above; `to` has 8 bytes a row.
    running_integers(totals.as_deref(), count, &|to, done| unsafe {
        tally_cumulative_sum_i64(column, to, done)
    });
    // SAFETY: as above.
    running_integers(totals.as_deref(), count, &|to, done| unsafe {
        tally_cumulative_sum_i64_parallel(column, 2, to, done)
    });
}

/// Calls for running totals as integers, up to the first that does not fit; without any, it
/// is refused.
fn running_integers(
    expected: Option<&[i64]>,
    count: usize,
    call: &dyn Fn(*mut i64, &mut usize) -> tally_status,
) {
    let mut results = Place::new(&vec![0x5a; 8 * count], 7);
    let mut done = 7777;
    let status = checked(call(results.pointer(), &mut done));
    let Some(totals) = expected else {
        assert_eq!((status, done), (TALLY_INVALID, 7777));
        return;
    };
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
