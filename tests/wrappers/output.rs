//! What `puts` and `printf` print, read from the outside: each test runs this
//! program again, with itself alone and told to print, and reads the output.
#![cfg(target_os = "linux")]

use std::ffi::c_int;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::process::{Command, Output};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use tally::wrappers::strings::{printf, puts};

const TOLD_TO_PRINT: &str = "TALLY_TEST_PRINTS";
const BEGIN: &str = "[begin]\n";
const END: &str = "[end]\n";

/// Runs `print` in a process of its own. Gives `None` in that process.
fn output_of(test: &str, print: impl FnOnce()) -> Option<Output> {
    if std::env::var_os(TOLD_TO_PRINT).is_some() {
        print();
        return None;
    }
    let output = Command::new(std::env::current_exe().expect("this program has a path"))
        .args([
            "--exact",
            &format!("output::{test}"),
            "--nocapture",
            "--test-threads=1",
        ])
        .env(TOLD_TO_PRINT, "1")
        .output()
        .expect("this program runs again");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    Some(output)
}

/// What `print` prints to a pipe, without what the test runner adds.
fn printed(test: &str, print: impl FnOnce()) -> Option<String> {
    let framed = || {
        rust(BEGIN);
        print();
        rust(END);
    };
    let output = output_of(test, framed)?;
    let text = String::from_utf8(output.stdout).expect("all that is printed is UTF-8");
    let (_, text) = text.split_once(BEGIN).expect("it begins");
    let (text, _) = text.split_once(END).expect("it ends");
    Some(text.to_owned())
}

/// Rust's own output, which has its own buffer.
fn rust(text: &str) {
    let written = io::stdout().write_all(text.as_bytes());
    written.expect("standard output can be written to");
}

fn c_print(printed: io::Result<usize>) -> usize {
    printed.expect("standard output can be written to")
}

#[test]
fn values_are_printed_as_c_prints_them() {
    let text = printed("values_are_printed_as_c_prints_them", || {
        puts("a line").expect("it prints");
        puts("").expect("it prints");
        puts("%s %n is no format").expect("it prints");
        assert_eq!(c_print(printf(-42)), 3);
        c_print(printf(" "));
        c_print(printf(c_int::MIN));
        c_print(printf("\n"));
        for value in [0.1, -0.0, 1e300, f64::INFINITY] {
            c_print(printf(value));
            c_print(printf(" "));
        }
        assert_eq!(c_print(printf("\n%d na\u{ef}ve\n")), 11);
    });
    let Some(text) = text else { return };
    let doubles = "0.10000000000000001 -0 1.0000000000000001e+300 inf ";
    let expected =
        format!("a line\n\n%s %n is no format\n-42 -2147483648\n{doubles}\n%d na\u{ef}ve\n");
    assert_eq!(text, expected);
}

#[test]
fn a_printed_double_reads_back_as_itself() {
    const VALUES: [f64; 6] = [0.1, 1.0 / 3.0, f64::MAX, 5e-324, -2.5, 123456789.125];
    let text = printed("a_printed_double_reads_back_as_itself", || {
        for value in VALUES {
            c_print(printf(value));
            rust("\n");
        }
    });
    let Some(text) = text else { return };
    let read: Vec<f64> = text
        .lines()
        .map(|line| line.parse().expect("a double"))
        .collect();
    assert_eq!(read, VALUES);
}

#[test]
fn output_of_c_and_of_rust_comes_in_order() {
    // To a pipe, where C keeps its output back until it is told otherwise, and
    // without a line's end, where Rust does.
    let text = printed("output_of_c_and_of_rust_comes_in_order", || {
        for round in 0..3 {
            rust("rust ");
            c_print(printf(round));
            rust(" rust ");
            puts("c").expect("it prints");
        }
    });
    let Some(text) = text else { return };
    assert_eq!(text, "rust 0 rust c\nrust 1 rust c\nrust 2 rust c\n");
}

#[test]
fn lines_of_threads_stay_whole() {
    const ROUNDS: usize = 20;
    // More than a pipe takes at once, so that C is printing for a while.
    let long = "c".repeat(1 << 20);
    let text = printed("lines_of_threads_stay_whole", || {
        let (start, done) = (Barrier::new(2), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                start.wait();
                (0..ROUNDS).for_each(|_| puts(&long).expect("it prints"));
                done.store(true, Ordering::Relaxed);
            });
            start.wait();
            while !done.load(Ordering::Relaxed) {
                rust("rust\n");
            }
        });
    });
    let Some(text) = text else { return };
    let (of_c, of_rust): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| *line != "rust");
    assert_eq!(of_c.len(), ROUNDS);
    assert!(of_c.iter().all(|line| *line == long), "a line was cut");
    assert!(!of_rust.is_empty());
}

#[test]
fn a_text_with_a_nul_inside_prints_nothing() {
    let text = printed("a_text_with_a_nul_inside_prints_nothing", || {
        let error = printf("half\0whole").expect_err("C would print half of it");
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        assert!(puts("half\0whole").is_err());
    });
    let Some(text) = text else { return };
    assert_eq!(text, "");
}

/// The device takes nothing, and says so only when a buffer is written out.
#[test]
fn output_that_is_lost_is_an_error() {
    let output = output_of("output_that_is_lost_is_an_error", || {
        let full = File::options().write(true).open("/dev/full");
        let full = full.expect("Linux has this device");
        // SAFETY: both are open; nothing here owns descriptor 1.
        assert_eq!(unsafe { libc::dup2(full.as_raw_fd(), 1) }, 1);
        eprintln!("{:?}", puts("lost").map_err(|error| error.kind()));
        // The test runner could not print either.
        // SAFETY: it only ends the process.
        unsafe { libc::_exit(0) }
    });
    let Some(output) = output else { return };
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("Err(StorageFull)"), "{told}");
}
