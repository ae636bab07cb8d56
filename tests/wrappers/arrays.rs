//! Slices through C's functions on arrays.

use std::cell::Cell;
use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tally::boundary::status::tally_status::TALLY_OVERFLOW;
use tally::wrappers::arrays::{qsort, sum_array};
use tally::wrappers::errors::FFIError::InvalidInput;
use tally::wrappers::errors::InputError;

#[test]
fn an_array_is_summed_or_its_overflow_is_an_error() {
    assert_eq!(sum_array(&[]), Ok(0));
    assert_eq!(sum_array(&[1, 2, 3, 4, 5]), Ok(15));
    assert_eq!(sum_array(&[i32::MAX, 1, -1]), Ok(i32::MAX));
    assert_eq!(sum_array(&[i32::MIN, -1, 1]), Ok(i32::MIN));
    for values in [[i32::MAX, 1], [i32::MIN, -1]] {
        let error = sum_array(&values).expect_err("no int holds it");
        assert_eq!(error.status(), Some(TALLY_OVERFLOW));
        let exact = values.iter().map(|value| i64::from(*value)).sum::<i64>();
        let shown = error.to_string();
        assert!(shown.starts_with("sum_array: "), "{shown}");
        assert!(shown.contains(&exact.to_string()), "{shown}");
    }
    // The nearest int, as a true result, is no error.
    assert_eq!(sum_array(&[i32::MAX - 1, 1]), Ok(i32::MAX));
}

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
#[test]
fn a_length_above_int_is_an_error() {
    use std::ffi::c_int;

    let length = 1 << 31;
    let bytes = length * size_of::<c_int>();
    // SAFETY: a new mapping. Nothing of it is read, so no memory is used.
    let place = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            bytes,
            libc::PROT_READ,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    assert_ne!(place, libc::MAP_FAILED, "there is address space");
    // SAFETY: the mapping is `length` readable zeros.
    let values = unsafe { std::slice::from_raw_parts(place.cast::<c_int>(), length) };
    let summed = sum_array(values);
    // SAFETY: nothing refers to the mapping any more.
    unsafe { libc::munmap(place, bytes) };
    assert_eq!(summed, Err(InvalidInput(InputError::TooLong { length })));
}

/// A different array for each seed; few different values, so that many are
/// equal.
fn array(seed: u64, length: usize) -> Vec<(u64, usize)> {
    let mut state = seed;
    (0..length)
        .map(|place| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            ((state >> 33) % 17, place)
        })
        .collect()
}

#[test]
fn qsort_sorts_and_keeps_equals_in_order() {
    for (seed, length) in (0..60).zip([0, 1, 2, 3, 7, 64, 1000].into_iter().cycle()) {
        let unsorted = array(seed, length);
        let mut expected = unsorted.clone();
        expected.sort_by_key(|(key, _)| *key); // stable
        let mut values = unsorted.clone();
        assert_eq!(qsort(&mut values, |a, b| a.0.cmp(&b.0)), Ok(()));
        assert_eq!(values, expected, "{unsorted:?}");
    }
}

#[test]
fn qsort_moves_values_that_own_things() {
    let mut words = ["pear", "fig", "apple", "date", "fig"].map(String::from);
    assert_eq!(qsort(&mut words, |a, b| b.cmp(a)), Ok(()));
    assert_eq!(words, ["pear", "fig", "fig", "date", "apple"]);
    let mut without_size = vec![(); usize::MAX];
    assert_eq!(
        qsort(&mut without_size, |_, _| panic!("all are alike")),
        Ok(())
    );
}

#[test]
fn a_panicking_comparison_leaves_the_slice_and_goes_on_after_c() {
    let unsorted = array(1, 500);
    for calls_before in [0, 1, 100, 1500] {
        let mut values = unsorted.clone();
        let calls = Cell::new(0);
        let unwound = catch_unwind(AssertUnwindSafe(|| {
            qsort(&mut values, |a, b| {
                calls.set(calls.get() + 1);
                assert!(calls.get() <= calls_before, "enough");
                a.cmp(b)
            })
        }));
        let text = unwound.expect_err("it goes on").downcast::<&str>();
        assert_eq!(*text.expect("a fixed text"), "enough");
        assert_eq!(calls.get(), calls_before + 1, "called after its panic");
        assert_eq!(values, unsorted);
    }
}

#[test]
fn qsort_inside_a_comparison_does_not_disturb_the_outer_one() {
    let mut rows = vec![vec![3, 1], vec![2, 9], vec![0, 5], vec![1, 1]];
    let sorted = |row: &[i32]| {
        let mut row = row.to_vec();
        assert_eq!(qsort(&mut row, i32::cmp), Ok(()));
        row
    };
    assert_eq!(
        qsort(&mut rows, |a, b| {
            // A panic inside is the inner one's alone.
            let inner = catch_unwind(|| qsort(&mut [2, 1], |_, _| panic!("inner")));
            assert!(inner.is_err());
            sorted(a).cmp(&sorted(b))
        }),
        Ok(())
    );
    assert_eq!(rows, [[0, 5], [1, 1], [3, 1], [2, 9]]);
}

type Compare<'a> = &'a dyn Fn(&(u64, usize), &(u64, usize)) -> Ordering;

#[test]
fn a_comparison_that_contradicts_itself_loses_no_value() {
    let turn = Cell::new(0_u32);
    let comparisons: [Compare; 4] = [
        &|_, _| Ordering::Less,
        &|_, _| Ordering::Greater,
        &|a, b| (b.0 * 7 % 5).cmp(&(a.0 * 3 % 4)),
        &|_, _| {
            turn.set(turn.get().wrapping_mul(1664525).wrapping_add(1013904223));
            (turn.get() >> 16).cmp(&(1 << 15))
        },
    ];
    for (number, compare) in comparisons.into_iter().enumerate() {
        for length in [2, 3, 10, 100, 5000] {
            let unsorted = array(7, length);
            let mut values = unsorted.clone();
            let outcome = qsort(&mut values, compare);
            let no_order = Err(InvalidInput(InputError::NoOrder));
            assert!(outcome == Ok(()) || outcome == no_order, "{outcome:?}");
            values.sort_by_key(|(_, place)| *place);
            assert_eq!(values, unsorted, "comparison {number}");
        }
    }
}

#[test]
fn threads_sort_at_once() {
    std::thread::scope(|scope| {
        for seed in 0..4 {
            scope.spawn(move || {
                for round in 0..50 {
                    let mut values = array(seed + 4 * round, 300);
                    let mut expected = values.clone();
                    expected.sort();
                    assert_eq!(qsort(&mut values, Ord::cmp), Ok(()));
                    assert_eq!(values, expected);
                }
            });
        }
    });
}
