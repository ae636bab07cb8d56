//! The leak report: resources that were not released, listed at the end of the
//! process if TALLY_LEAK_REPORT is 1.
//!
//! It is registered when the first handle or block makes the library allocate
//! memory of its own, and written without an allocation.

use std::ffi::CStr;
use std::fmt::{self, Write};

use once_cell::sync::OnceCell;

use super::live::{self, Live};
use crate::boundary::cancellation;
use crate::boundary::standard_error::StandardError;

const VARIABLE: &CStr = c"TALLY_LEAK_REPORT";

/// Where the report goes, if it is asked for.
static OUTPUT: OnceCell<Option<StandardError>> = OnceCell::new();

/// Has the report written at the end of the process, if it is asked for.
#[cold]
pub(super) fn watch() {
    if OUTPUT.get().is_some() {
        return;
    }
    let register = || {
        let output = StandardError::now().filter(|_| is_asked_for())?;
        // SAFETY: the function stays where it is, since the library is never
        // unloaded. Without room for it there is no report.
        unsafe { libc::atexit(report) };
        Some(output)
    };
    // If another thread is doing this, wait for it.
    cancellation::held_back(|| OUTPUT.get_or_init(register));
}

fn is_asked_for() -> bool {
    // SAFETY: the name is NUL-terminated.
    let value = unsafe { libc::getenv(VARIABLE.as_ptr()) };
    // SAFETY: NULL is sorted out; else it is NUL-terminated.
    !value.is_null() && unsafe { CStr::from_ptr(value) } == c"1"
}

extern "C" fn report() {
    let Some(Some(output)) = OUTPUT.get() else {
        return;
    };
    // A child that was forked has what its parent had, and reports it too.
    let process = std::process::id();
    for live in live::handles().chain(live::blocks()) {
        let mut line = Line::default();
        if live.count > 0 && write_line(&mut line, process, &live).is_ok() {
            // Whole lines, so that those of other processes do not come between.
            output.write(line.as_str());
        }
    }
}

fn write_line(line: &mut Line, process: u32, live: &Live) -> fmt::Result {
    writeln!(
        line,
        "tally[{process}]: not released with {}: {}: {}, {} bytes",
        live.released_by, live.kind, live.count, live.bytes
    )
}

/// Room for a line.
struct Line {
    bytes: [u8; 160],
    length: usize,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            bytes: [0; 160],
            length: 0,
        }
    }
}

impl Line {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or("")
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let place = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_room_for_the_largest_numbers() {
        let most = usize::MAX;
        for live in live::handles().chain(live::blocks()) {
            let live = Live {
                count: most,
                bytes: most,
                ..live
            };
            let mut line = Line::default();
            write_line(&mut line, u32::MAX, &live).expect("there is room");
            let (by, kind) = (live.released_by, live.kind);
            assert_eq!(
                line.as_str(),
                format!(
                    "tally[4294967295]: not released with {by}: {kind}: {most}, {most} bytes\n"
                )
            );
        }
    }
}
