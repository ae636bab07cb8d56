//! Strings, callbacks, errors and sums through C, from safe Rust.

use std::cell::{Cell, RefCell};
use std::ffi::{CString, c_int};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null;

use tally::boundary::status::tally_status::{self, *};
use tally::wrappers::accumulator::Sum;
use tally::wrappers::callbacks::{double, map, process};
use tally::wrappers::errors::FFIError::{InvalidInput, OperationFailed};
use tally::wrappers::errors::{FFIError, InputError, safe_risky_operation};
use tally::wrappers::strings::{puts, safe_strlen, string_from_c, strlen};

fn failure(error: FFIError) -> (tally_status, String, String) {
    match error {
        OperationFailed(failure) => (failure.status, failure.function, failure.message),
        InvalidInput(error) => panic!("no call was made: {error}"),
    }
}

fn panic_text(run: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(run)).expect_err("the panic is passed on");
    (*payload.downcast::<&str>().expect("a fixed text")).to_owned()
}

fn failed(status: c_int) -> NonZero<c_int> {
    NonZero::new(status).expect("a failure is not 0")
}

// Strings.

#[test]
fn a_length_is_in_bytes_and_a_nul_inside_is_an_error() {
    for text in ["", "a", "hello", "h\u{e9}llo", "\u{1f600}"] {
        assert_eq!(safe_strlen(text), Ok(text.len()), "{text:?}");
    }
    for (text, offset) in [("\0", 0), ("ab\0cd", 2), ("\u{e9}\0", 2)] {
        let inner = InvalidInput(InputError::InnerNul { offset });
        assert_eq!(safe_strlen(text), Err(inner), "{text:?}");
    }
    assert_eq!(strlen(c"four"), 4);
    assert_eq!(strlen(c""), 0);
}

#[test]
fn a_string_from_c_is_copied_and_checked() {
    let read = |bytes: &[u8]| {
        let text = CString::new(bytes).expect("no NUL inside");
        // SAFETY: `text` is NUL-terminated and lives on.
        unsafe { string_from_c(text.as_ptr()) }
    };
    assert_eq!(read(b""), Ok(String::new()));
    assert_eq!(read("na\u{ef}ve".as_bytes()), Ok("na\u{ef}ve".to_owned()));
    for (bytes, offset) in [(&b"\xff"[..], 0), (b"ab\xc3", 2), (b"\xed\xa0\x80", 0)] {
        let error = InvalidInput(InputError::NotUtf8 { offset });
        assert_eq!(read(bytes), Err(error), "{bytes:?}");
    }
    // SAFETY: NULL is allowed.
    let absent = unsafe { string_from_c(null()) };
    assert_eq!(absent, Err(InvalidInput(InputError::Null)));
}

#[test]
fn a_line_with_a_nul_inside_is_not_printed() {
    let error = puts("a\0b").expect_err("C would print half of it");
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}

// Callbacks.

#[test]
fn c_doubles_by_the_rust_callback() {
    for value in [0, 21, -5, i32::MAX / 2, i32::MIN / 2] {
        assert_eq!(double(value), Ok(value * 2));
    }
    for value in [i32::MAX / 2 + 1, i32::MIN / 2 - 1] {
        let (status, function, message) = failure(double(value).expect_err("too large"));
        assert_eq!(status, TALLY_CALLBACK);
        assert_eq!(function, "process_with_callback");
        assert_eq!(message, "callback returned 1");
    }
}

#[test]
fn any_closure_can_be_called_back_with_any_data() {
    let offset = 5;
    assert_eq!(process(&37, |value| Ok(value + offset)), Ok(42));
    assert_eq!(process("text", |text| Ok(text.len() as c_int)), Ok(4));
    assert_eq!(process(&[1, 2, 3][..], |all| Ok(all.iter().sum())), Ok(6));
    // One that can be called only once, and is called once.
    let owned = String::from("moved in");
    let received = RefCell::new(Vec::new());
    let result = process(&(), |()| {
        received.borrow_mut().push(owned);
        Ok(1)
    });
    assert_eq!(result, Ok(1));
    assert_eq!(received.into_inner(), ["moved in"]);
}

#[test]
fn a_callback_that_fails_is_an_error_with_its_value() {
    for value in [1, -1, 77, i32::MIN, i32::MAX] {
        let outcome = process(&(), |()| Err(failed(value)));
        let (status, _, message) = failure(outcome.expect_err("it failed"));
        assert_eq!(status, TALLY_CALLBACK);
        assert_eq!(message, format!("callback returned {value}"));
    }
}

#[test]
fn an_error_inside_a_callback_is_told_after_its_own() {
    let outcome = process("1 x", |text| {
        safe_risky_operation(text).map_err(|error| {
            let status = error.status().expect("it was called");
            failed(status as c_int)
        })
    });
    let (status, _, message) = failure(outcome.expect_err("x is no integer"));
    assert_eq!(status, TALLY_CALLBACK);
    let expected = "callback returned -5: risky_operation: ";
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn a_panic_in_a_callback_goes_on_after_c() {
    let text = panic_text(|| {
        let _ = process(&(), |()| panic!("in the callback"));
    });
    assert_eq!(text, "in the callback");
    let seen = Cell::new(0);
    let text = panic_text(|| {
        let _ = map(&[1, 2, 3, 4], |value| {
            seen.set(seen.get() + 1);
            assert!(*value != 3, "three");
            Ok(0)
        });
    });
    assert_eq!((text.as_str(), seen.get()), ("three", 3));
    // The library is as good as before.
    assert_eq!(double(4), Ok(8));
}

#[test]
fn callbacks_may_be_nested() {
    let outcome = process(&10, |outer| {
        let inner = process(outer, |value| Ok(value + 1)).map_err(|_| failed(1))?;
        let all = map(&[1, 2], |value| Ok(value * inner)).map_err(|_| failed(2))?;
        Ok(all.iter().sum())
    });
    assert_eq!(outcome, Ok(33));
}

#[test]
fn a_map_gives_a_result_for_each_value_in_order() {
    let words = ["one", "three", "", "eleven"].map(String::from);
    let mut order = Vec::new();
    let lengths = map(&words, |word| {
        order.push(word.clone());
        Ok(word.len() as c_int)
    });
    assert_eq!(lengths, Ok(vec![3, 5, 0, 6]));
    assert_eq!(order, words);
    assert_eq!(map(&[(); 3], |()| Ok(1)), Ok(vec![1, 1, 1]));
    let none: [u8; 0] = [];
    assert_eq!(map(&none, |_| panic!("there are none")), Ok(vec![]));
}

#[test]
fn a_map_that_is_stopped_keeps_what_is_finished() {
    let outcome = map(&[10, 20, 30, 40], |value| match value {
        30 => Err(failed(9)),
        _ => Ok(value + 1),
    });
    let stopped = outcome.expect_err("30 fails");
    assert_eq!(stopped.finished, [11, 21]);
    let (status, function, message) = failure(stopped.error);
    assert_eq!((status, function.as_str()), (TALLY_CALLBACK, "tally_map"));
    assert_eq!(message, "callback returned 9 for element 2");
}

// Errors.

#[test]
fn a_risky_operation_totals_a_text_or_says_why_not() {
    assert_eq!(safe_risky_operation("12 30 -2"), Ok(40));
    assert_eq!(safe_risky_operation(""), Ok(0));
    assert_eq!(safe_risky_operation("2147483648 -1"), Ok(i32::MAX));
    for (text, expected, part) in [
        ("12 abc 3", TALLY_PARSE, "\"abc\" at byte 3"),
        ("2147483647 1", TALLY_OVERFLOW, "INT_MAX"),
        ("1 -2", TALLY_INVALID, "negative"),
    ] {
        let error = safe_risky_operation(text).expect_err(text);
        assert_eq!(error.status(), Some(expected), "{text}");
        let shown = error.to_string();
        assert!(shown.starts_with("risky_operation: "), "{shown}");
        assert!(
            shown.ends_with(&format!("({expected:?})")) && shown.contains(part),
            "{shown}"
        );
    }
    let inner = InvalidInput(InputError::InnerNul { offset: 1 });
    assert_eq!(safe_risky_operation("1\x002"), Err(inner));
}

#[test]
fn an_error_outlives_the_next_call() {
    let first = safe_risky_operation("first").expect_err("no integer");
    let kept = first.clone();
    assert!(safe_risky_operation("second").is_err());
    assert_eq!(safe_risky_operation("3"), Ok(3));
    assert_eq!(first, kept);
    assert!(first.to_string().contains("first"), "{first}");
}

#[test]
fn threads_get_their_own_errors() {
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for round in 0..500 {
                    let word = format!("word{thread}x{round}");
                    let (_, _, message) = failure(safe_risky_operation(&word).expect_err(&word));
                    assert!(message.contains(&format!("\"{word}\"")), "{message}");
                }
            });
        }
    });
}

// Sums.

fn sum(values: &[f64]) -> Sum {
    let mut sum = Sum::new();
    assert_eq!(sum.add(values), Ok(()));
    sum
}

#[test]
fn a_sum_is_exact_in_any_number_of_parts() {
    let values = [1e100, 1.0, -1e100, 0.5, 1e-300, -1e-300];
    let whole = sum(&values);
    assert_eq!((whole.value(), whole.count()), (Ok(1.5), Ok(6)));
    for cut in 0..=values.len() {
        let mut parts = sum(&values[cut..]);
        assert_eq!(parts.merge(&sum(&values[..cut])), Ok(()));
        assert!(parts == whole, "cut at {cut}");
    }
    assert!(sum(&values[1..]) != whole);
    assert_eq!(Sum::new().value(), Ok(0.0));
}

#[test]
fn a_sum_beyond_all_doubles_is_an_error_until_it_comes_back() {
    let mut total = sum(&[f64::MAX, f64::MAX]);
    let (status, function, _) = failure(total.value().expect_err("too large"));
    assert_eq!(
        (status, function.as_str()),
        (TALLY_OVERFLOW, "tally_accumulator_value_f64")
    );
    assert_eq!(total.add(&[-f64::MAX]), Ok(()));
    assert_eq!(total.value(), Ok(f64::MAX));
}

#[test]
fn threads_add_parts_that_merge_to_the_same_sum() {
    // Sizes from 2^-300 to 2^340, both signs.
    let values: Vec<f64> = (0..4000)
        .map(|place| 2_f64.powi(place * 7 % 641 - 300) * (f64::from(place) - 1900.5))
        .collect();
    let whole = sum(&values);
    let mut merged = Sum::new();
    std::thread::scope(|scope| {
        let parts: Vec<_> = values
            .chunks(1000)
            .map(|part| scope.spawn(move || sum(part)))
            .collect();
        for part in parts.into_iter().rev() {
            let part = part.join().expect("the thread ends well");
            assert_eq!(merged.merge(&part), Ok(()));
        }
    });
    assert!(merged == whole);
}
