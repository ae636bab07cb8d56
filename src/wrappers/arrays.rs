//! Arrays: a slice is a pointer and a length to C.

use std::any::Any;
use std::cell::Cell;
use std::cmp::Ordering;
use std::ffi::{c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::null_mut;

use super::errors::{FFIError, InputError, in_band};
use super::tally;

/// The sum of the values: `sum_array`. An error if it is outside `int`.
pub fn sum_array(values: &[c_int]) -> Result<i32, FFIError> {
    let length = c_int::try_from(values.len()).map_err(|_| InputError::TooLong {
        length: values.len(),
    })?;
    // SAFETY: the pointer and the length are those of a slice.
    in_band(unsafe { tally::sum_array(values.as_ptr(), length) })
}

/// Sorts by C's `qsort`, with a Rust comparison. Equal values keep their order.
///
/// C sorts an array of indices, and its answer is checked before a value moves:
/// if `compare` panics, the panic goes on to the caller and the slice is as it
/// was. A comparison that contradicts itself gives [`InputError::NoOrder`] and
/// leaves the slice, or gives some order.
pub fn qsort<T>(
    values: &mut [T],
    mut compare: impl FnMut(&T, &T) -> Ordering,
) -> Result<(), FFIError> {
    // Values without a size are all alike, and there can be usize::MAX of them.
    if values.len() < 2 || size_of::<T>() == 0 {
        return Ok(());
    }
    let unsorted = &*values;
    let mut order = sorted_indices(unsorted.len(), &mut |a, b| {
        compare(&unsorted[a], &unsorted[b])
    })?;
    // Place `at` takes the value from `order[at]`, around each cycle.
    for start in 0..values.len() {
        let mut at = start;
        while order[at] != start {
            let from = order[at];
            values.swap(at, from);
            order[at] = at;
            at = from;
        }
        order[at] = at;
    }
    Ok(())
}

/// Stands before and behind the indices. C leaves open what `qsort` does if the
/// comparison contradicts itself, and some have walked off the array's end: they
/// meet this first, and are stopped.
const FENCE: usize = usize::MAX;

/// What [`compare_indices`] works with.
struct Sorting<'a> {
    compare: &'a mut dyn FnMut(usize, usize) -> Ordering,
    stopped: Option<Stop>,
}

enum Stop {
    Panic(Box<dyn Any + Send>),
    Fence,
}

thread_local! {
    /// The `Sorting` of this thread's innermost `qsort`, which passes no user
    /// data to its callback.
    static SORTING: Cell<*mut c_void> = const { Cell::new(null_mut()) };
}

/// The numbers below `count` in the order that `compare` gives them.
fn sorted_indices(
    count: usize,
    compare: &mut dyn FnMut(usize, usize) -> Ordering,
) -> Result<Vec<usize>, FFIError> {
    let mut fenced = Vec::with_capacity(count + 2);
    fenced.push(FENCE);
    fenced.extend(0..count);
    fenced.push(FENCE);
    let mut sorting = Sorting {
        compare,
        stopped: None,
    };
    let outer = SORTING.replace((&raw mut sorting).cast());
    // SAFETY: the `count` indices lie between the fences; the callback finds
    // the `Sorting` that was just put in place, and does not unwind.
    unsafe {
        let first = fenced.as_mut_ptr().add(1);
        libc::qsort(
            first.cast(),
            count,
            size_of::<usize>(),
            Some(compare_indices),
        );
    }
    SORTING.set(outer);
    match sorting.stopped {
        Some(Stop::Panic(payload)) => resume_unwind(payload),
        Some(Stop::Fence) => return Err(InputError::NoOrder.into()),
        None => {}
    }
    let order = fenced[1..=count].to_vec();
    let mut seen = vec![false; count];
    for index in &order {
        match seen.get_mut(*index) {
            Some(seen) if !*seen => *seen = true,
            _ => return Err(InputError::NoOrder.into()),
        }
    }
    Ok(order)
}

/// `qsort`'s callback.
///
/// # Safety
/// Both pointers lead to indices or fences; [`SORTING`] is the `Sorting` of the
/// `qsort` that calls.
unsafe extern "C" fn compare_indices(a: *const c_void, b: *const c_void) -> c_int {
    // SAFETY: the contract.
    let (a, b) = unsafe { (a.cast::<usize>().read(), b.cast::<usize>().read()) };
    // SAFETY: the contract; a `qsort` inside `compare` has a `Sorting` of its
    // own, so nothing else refers to this one.
    let sorting = unsafe { &mut *SORTING.get().cast::<Sorting<'_>>() };
    if sorting.stopped.is_some() {
        // "Equal" ends every loop of a sort that goes on while one is less.
        return 0;
    }
    if a == FENCE || b == FENCE {
        sorting.stopped = Some(Stop::Fence);
        return 0;
    }
    match catch_unwind(AssertUnwindSafe(|| (sorting.compare)(a, b))) {
        // The index decides between equals.
        Ok(ordering) => ordering.then(a.cmp(&b)) as c_int,
        Err(payload) => {
            sorting.stopped = Some(Stop::Panic(payload));
            0
        }
    }
}
