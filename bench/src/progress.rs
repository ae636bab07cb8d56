//! A line on a terminal that says what is being measured.

use std::io::{IsTerminal, Write};

/// The line, if anyone is there to read it.
pub(crate) struct Progress {
    shown: bool,
    done: usize,
    all: usize,
}

impl Progress {
    /// For `all` steps.
    pub(crate) fn new(all: usize) -> Self {
        Progress {
            shown: std::io::stderr().is_terminal(),
            done: 0,
            all,
        }
    }

    /// Begins the next step.
    pub(crate) fn step(&mut self, what: &str) {
        self.done += 1;
        self.write(format_args!("[{}/{}] {what}", self.done, self.all));
    }

    /// Takes the line away, for something else to be printed.
    pub(crate) fn clear(&self) {
        self.write(format_args!(""));
    }

    fn write(&self, text: std::fmt::Arguments) {
        if self.shown {
            // A lost progress line is no reason to stop.
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
            let _ = std::io::stderr().flush();
        }
    }
}
