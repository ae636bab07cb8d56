//! A column added to many states, of which the small ones grow.

use std::ffi::c_void;
use std::ptr::null_mut;

use tally::api::accumulator::*;
use tally::api::columns::tally_column;
use tally::api::scattered::*;
use tally::api::small_accumulator::*;
use tally::boundary::status::tally_status::*;

use crate::answers::checked;
use crate::cells::Cell;
use crate::facts::Facts;
use crate::input::Input;
use crate::kinds::Kind;
use crate::meaning::Meaning;
use crate::passing::call;

use crate::columns::{laid, length};

/// States whose rooms are given out by a callback, until there are none left.
struct Rooms {
    left: usize,
    // Each stays where it is.
    #[allow(clippy::vec_box)]
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

pub(crate) fn scattered(input: &mut Input<'_>) {
    let (count, states, left) = (length(input), 1 + input.below(9), input.below(12));
    let laid = laid(input, 1, count);
    let places: Vec<usize> = (0..count).map(|_| input.below(states)).collect();
    let column = &laid.column().described;
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
    // SAFETY: a pointer a row, NULL or to one of `small`; `room` takes a `Rooms`.
    let status = checked(unsafe {
        tally_small_accumulator_add_scattered(
            into.as_ptr(),
            column,
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
        assert_eq!(
            Some(expanded(&small[place]).to_vec()),
            tally_accumulator::words(&of_facts(facts))
        );
    }
    if status == TALLY_OK {
        taken_out(&into, column, &mut rooms, &small);
    }
    let large_at = large.as_mut_ptr();
    let into: Vec<*mut tally_accumulator> = places
        .iter()
        .map(|&place| large_at.wrapping_add(place))
        .collect();
    // SAFETY: a pointer a row, each to one of `large`.
    let status =
        checked(unsafe { tally_accumulator_add_scattered(into.as_ptr(), column, &mut done) });
    assert_eq!((status, done), (TALLY_OK, count));
    for (state, facts) in large.iter().zip(&sums) {
        assert_eq!(
            Some(state.opaque.to_vec()),
            tally_accumulator::words(&of_facts(facts))
        );
    }
    // SAFETY: as above.
    let status =
        checked(unsafe { tally_accumulator_subtract_scattered(into.as_ptr(), column, &mut done) });
    assert_eq!(status, TALLY_OK);
    assert!(large.iter().all(|state| state.opaque == [0; 40]));
}

/// Small states from which all that was added is taken out. More may grow: a small state holds
/// no more of either sign than it does of both.
fn taken_out(
    into: &[*mut tally_small_accumulator],
    column: &tally_column,
    rooms: &mut Rooms,
    small: &[tally_small_accumulator],
) {
    rooms.left = into.len();
    let mut done = 7777;
    // SAFETY: as when it was added.
    let status = checked(unsafe {
        tally_small_accumulator_subtract_scattered(
            into.as_ptr(),
            column,
            Some(room),
            std::ptr::from_mut(rooms).cast(),
            &mut done,
        )
    });
    assert_eq!((status, done), (TALLY_OK, into.len()));
    assert!(small.iter().all(|state| expanded(state) == [0; 40]));
}

/// The words of the accumulator that a small one is.
fn expanded(small: &tally_small_accumulator) -> [u64; 40] {
    let mut expanded = tally_accumulator { opaque: [1; 40] };
    let status = call!(tally_small_accumulator_expand(small, &mut expanded));
    assert_eq!(checked(status), TALLY_OK);
    expanded.opaque
}

fn of_facts(facts: &Facts) -> Meaning {
    Meaning {
        total: facts.sum.total.clone(),
        counters: facts.sum.counters(),
        ..Meaning::default()
    }
}
