//! Calls that call back.

use std::ffi::{c_int, c_void};

use tally::api::accumulator::tally_accumulator;
use tally::api::callbacks::*;
use tally::api::errors::tally_last_status;
use tally::api::handles::*;
use tally::api::objects::*;
use tally::boundary::status::tally_status::*;

use crate::answers::checked;
use crate::input::Input;
use crate::support::oracle::Oracle;

/// What a callback is to do.
struct Plan {
    calls: usize,
    fails_at: usize,
    object: *mut c_void,
}

unsafe extern "C-unwind" fn each(
    element: *const c_void,
    result: *mut c_int,
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: what was given along; each element is one that was given.
    let plan = unsafe { &mut *user_data.cast::<Plan>() };
    if plan.calls == plan.fails_at {
        return 7;
    }
    plan.calls += 1;
    assert_eq!(tally_object_value(plan.object), 5);
    // SAFETY: as above.
    unsafe { *result = 3 * i32::from(*element.cast::<u8>()) };
    0
}

pub(crate) fn callbacks(input: &mut Input<'_>) {
    let (count, fails_at) = (input.below(20), input.below(30));
    let elements = input.bytes(count);
    let object = tally_object_new();
    assert_eq!(checked(tally_object_set_value(object, 5)), TALLY_OK);
    let mut plan = Plan {
        calls: 0,
        fails_at,
        object,
    };
    let (mut results, mut done) = (vec![-1; elements.len()], 7777);
    // SAFETY: the elements, the results and the plan live here.
    let status = checked(unsafe {
        tally_map(
            elements.as_ptr().cast(),
            elements.len(),
            1,
            Some(each),
            (&raw mut plan).cast(),
            results.as_mut_ptr(),
            &mut done,
        )
    });
    let wanted = fails_at.min(elements.len());
    assert_eq!(
        status,
        if fails_at < elements.len() {
            TALLY_CALLBACK
        } else {
            TALLY_OK
        }
    );
    assert_eq!(done, wanted);
    for (place, &result) in results.iter().enumerate() {
        let tripled = if place < wanted {
            3 * i32::from(elements[place])
        } else {
            -1
        };
        assert_eq!(result, tripled);
    }
    assert_eq!(tally_unref(object), TALLY_OK);
    process_one(input);
}

unsafe extern "C-unwind" fn twice(data: *const c_void, result: *mut c_int) -> c_int {
    // SAFETY: what was given along, twice.
    unsafe {
        let given = *data.cast::<u8>();
        *result = 2 * c_int::from(given);
        c_int::from(given % 3) - 1
    }
}

/// A callback that is called once, and what it returns.
fn process_one(input: &mut Input<'_>) {
    let (given, mut result) = (input.byte(), -1);
    let callback: tally_callback = Some(twice);
    // SAFETY: a byte and a place for a result.
    let returned = unsafe { tally_process((&raw const given).cast(), callback, &mut result) };
    let wanted = c_int::from(given % 3) - 1;
    assert_eq!((returned, result), (wanted, 2 * c_int::from(given)));
    let status = if wanted == 0 {
        TALLY_OK
    } else {
        TALLY_CALLBACK
    };
    assert_eq!(checked(tally_last_status()), status);
}

/// Values to be pulled, in pieces, and what ends them: 0, or a failure.
struct Source {
    values: Vec<f64>,
    piece: usize,
    next: usize,
    fails: Option<bool>,
}

unsafe extern "C-unwind" fn give(
    buffer: *mut f64,
    capacity: usize,
    user_data: *mut c_void,
) -> usize {
    // SAFETY: what was given along.
    let source = unsafe { &mut *user_data.cast::<Source>() };
    let count = source
        .piece
        .min(capacity)
        .min(source.values.len() - source.next);
    if count == 0 {
        return match source.fails {
            None => 0,
            Some(true) => usize::MAX,
            Some(false) => capacity + 1,
        };
    }
    // SAFETY: room for `capacity`.
    unsafe { buffer.copy_from(source.values[source.next..].as_ptr(), count) };
    source.next += count;
    count
}

pub(crate) fn pull(input: &mut Input<'_>) {
    let (piece, fails) = (
        1 + input.below(7),
        input.pick(&[None, None, Some(true), Some(false)]),
    );
    let values: Vec<f64> = (0..input.below(20))
        .map(|_| f64::from_bits(input.word()))
        .collect();
    let mut source = Source {
        values,
        piece,
        next: 0,
        fails,
    };
    let mut state = tally_accumulator { opaque: [0; 40] };
    // SAFETY: the state and the source live here.
    let status =
        unsafe { tally_accumulator_pull(&mut state, Some(give), (&raw mut source).cast()) };
    let (wanted, words) = match fails {
        None => (TALLY_OK, Oracle::of(&source.values).words()),
        Some(_) => (TALLY_CALLBACK, [0; 40]),
    };
    assert_eq!(checked(status), wanted);
    assert_eq!(state.opaque, words);
}
