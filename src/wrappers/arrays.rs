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
    let mut compare = |a: usize, b: usize| compare(&unsorted[a], &unsorted[b]);
    // SAFETY: it is C's own.
    let mut order = unsafe { sorted_indices(libc::qsort, unsorted.len(), &mut compare) }?;
    // OutPtr `at` takes the value from `order[at]`, around each cycle.
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

type CCompare = unsafe extern "C" fn(*const c_void, *const c_void) -> c_int;
type CSort = unsafe extern "C" fn(*mut c_void, usize, usize, Option<CCompare>);

/// The numbers below `count` in the order that `compare` gives them.
///
/// # Safety
/// `sort` does as `qsort` does, or at worst goes one element too far before it
/// sees how that element compares.
unsafe fn sorted_indices(
    sort: CSort,
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
        sort(
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

#[cfg(test)]
mod tests {
    use super::*;

    const NO_ORDER: FFIError = FFIError::InvalidInput(InputError::NoOrder);

    /// A sort that exchanges elements far apart, so that equal ones change
    /// places unless the comparison tells them apart.
    unsafe extern "C" fn by_selection(
        first: *mut c_void,
        count: usize,
        _size: usize,
        compare: Option<CCompare>,
    ) {
        let (first, compare) = (first.cast::<usize>(), compare.expect("there is one"));
        for left in 0..count {
            for right in left + 1..count {
                // SAFETY: both are below `count`.
                unsafe {
                    let (left, right) = (first.add(left), first.add(right));
                    if compare(left.cast(), right.cast()) > 0 {
                        left.swap(right);
                    }
                }
            }
        }
    }

    /// Goes down while an element is less, with nothing else to stop it, and
    /// up likewise: the inner loops of a quicksort.
    unsafe extern "C" fn without_bounds(
        first: *mut c_void,
        count: usize,
        _size: usize,
        compare: Option<CCompare>,
    ) {
        let (first, compare) = (first.cast::<usize>(), compare.expect("there is one"));
        // SAFETY: the fences end both walks.
        unsafe {
            let mut down = first.add(count - 1);
            while compare(first.cast(), down.cast()) < 0 {
                down = down.sub(1);
            }
            let mut up = first;
            while compare(up.cast(), first.cast()) < 0 {
                up = up.add(1);
            }
        }
    }

    /// Forgets one index for another.
    unsafe extern "C" fn duplicating(
        first: *mut c_void,
        _count: usize,
        _size: usize,
        _compare: Option<CCompare>,
    ) {
        // SAFETY: there are two elements.
        unsafe { first.cast::<usize>().write(1) };
    }

    /// Leaves a number that is no index.
    unsafe extern "C" fn inventing(
        first: *mut c_void,
        count: usize,
        _size: usize,
        _compare: Option<CCompare>,
    ) {
        // SAFETY: there is an element.
        unsafe { first.cast::<usize>().write(count) };
    }

    fn sorted(
        sort: CSort,
        count: usize,
        mut compare: impl FnMut(usize, usize) -> Ordering,
    ) -> Result<Vec<usize>, FFIError> {
        // SAFETY: the sorts above stay within the fences.
        unsafe { sorted_indices(sort, count, &mut compare) }
    }

    #[test]
    fn equals_keep_their_order_whatever_the_sort() {
        let order = sorted(by_selection, 9, |a, b| (b % 3).cmp(&(a % 3)));
        assert_eq!(order, Ok(vec![2, 5, 8, 1, 4, 7, 0, 3, 6]));
    }

    #[test]
    fn a_sort_that_leaves_the_array_is_stopped_at_the_fence() {
        for ordering in [Ordering::Less, Ordering::Greater] {
            let mut calls = 0;
            let order = sorted(without_bounds, 5, |a, b| {
                calls += 1;
                assert!(a < 5 && b < 5, "{a}, {b}");
                ordering
            });
            // Only a comparison that always says "less" drives it out.
            let expected = match ordering {
                Ordering::Less => Err(NO_ORDER),
                _ => Ok(vec![0, 1, 2, 3, 4]),
            };
            assert_eq!(order, expected);
            assert!(calls <= 5, "{calls}");
        }
    }

    #[test]
    fn an_answer_that_is_no_order_of_the_elements_is_refused() {
        for sort in [duplicating as CSort, inventing] {
            assert_eq!(sorted(sort, 2, |a, b| a.cmp(&b)), Err(NO_ORDER));
        }
    }
}
