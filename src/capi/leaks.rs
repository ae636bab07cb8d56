//! The leak report: what was not given back, said at the end of the process if
//! TALLY_LEAK_REPORT is 1.
//!
//! It is asked for where the first handle or block makes the library get memory
//! of its own, and written with `write`, without an allocation.

use std::ffi::CStr;
use std::fmt::{self, Write};

use once_cell::sync::OnceCell;

use crate::boundary::handles::{self, Kind};
use crate::boundary::memory::{self, BlockKind};

const VARIABLE: &CStr = c"TALLY_LEAK_REPORT";

/// Has the report written at the end of the process, if it is asked for.
#[cold]
pub(super) fn watch() {
    static ASKED: OnceCell<()> = OnceCell::new();
    ASKED.get_or_init(|| {
        if is_asked_for() {
            // SAFETY: the function stays where it is, since the library is
            // never unloaded. Without room for it there is no report.
            unsafe { libc::atexit(report) };
        }
    });
}

fn is_asked_for() -> bool {
    // SAFETY: the name is NUL-terminated.
    let value = unsafe { libc::getenv(VARIABLE.as_ptr()) };
    // SAFETY: NULL is sorted out; else it is NUL-terminated.
    !value.is_null() && unsafe { CStr::from_ptr(value) } == c"1"
}

extern "C" fn report() {
    // What fails here has nowhere to say so.
    let _ = write_report(&mut StandardError);
}

/// One line a kind, and nothing if nothing was lost.
fn write_report(out: &mut impl Write) -> fmt::Result {
    for kind in Kind::ALL {
        let (mut count, mut bytes) = (0_usize, 0_u64);
        for (_, number) in handles::live().filter(|(live, _)| *live == kind) {
            count += 1;
            bytes += match kind {
                Kind::Object => size_of::<i32>() as u64,
                Kind::Shared | Kind::Array => number,
                Kind::View => 0,
            };
        }
        line(out, "tally_unref", kind.plural(), count, bytes)?;
    }
    for kind in BlockKind::ALL {
        let (count, bytes) = memory::live(kind);
        line(out, kind.freed_by(), kind.plural(), count, bytes as u64)?;
    }
    Ok(())
}

fn line(out: &mut impl Write, owed_to: &str, kind: &str, count: usize, bytes: u64) -> fmt::Result {
    if count == 0 {
        return Ok(());
    }
    let mut text = Line::default();
    writeln!(
        text,
        "tally: not given back to {owed_to}: {kind}: {count}, {bytes} bytes"
    )?;
    // Whole lines, so that those of other processes do not come between.
    out.write_str(text.as_str())
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

struct StandardError;

impl Write for StandardError {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // SAFETY: the bytes are there. If they cannot be written, there is
        // nothing to be done.
        unsafe { libc::write(2, text.as_ptr().cast(), text.len() as _) };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_kind_count_and_bytes() {
        let mut text = String::new();
        line(&mut text, "tally_unref", Kind::Array.plural(), 2, 80).expect("there is room");
        line(&mut text, "tally_unref", Kind::View.plural(), 0, 0).expect("there is room");
        let most = usize::MAX;
        line(
            &mut text,
            "tally_record_free",
            "shared accumulators",
            most,
            u64::MAX,
        )
        .expect("there is room");
        let first = "tally: not given back to tally_unref: arrays: 2, 80 bytes\n";
        assert!(text.starts_with(first), "{text}");
        assert_eq!(text.lines().count(), 2);
    }
}
