//! A line on a terminal that says what is being measured, and the time that is left.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::measure::Effort;

/// The line, if anyone is there to read it, and the time.
pub(crate) struct Progress {
    shown: bool,
    /// Races that are run, and all of them.
    done: usize,
    all: usize,
    rounds: usize,
    end: Instant,
}

impl Progress {
    /// For `all` races of `rounds` rounds, in `time` if they can be.
    pub(crate) fn new(all: usize, rounds: usize, time: Duration) -> Self {
        Progress {
            shown: std::io::stderr().is_terminal(),
            done: 0,
            all,
            rounds,
            end: Instant::now() + time,
        }
    }

    /// Begins a step of several races: each may take its share of the time that is
    /// left.
    pub(crate) fn step(&mut self, label: &str, races: usize) -> Effort {
        self.write(format_args!("[{}/{}] {label}", self.done + 1, self.all));
        let left = self.end.saturating_duration_since(Instant::now());
        let races_left = u32::try_from(self.all - self.done).unwrap_or(u32::MAX);
        self.done += races;
        Effort {
            rounds: self.rounds,
            time: left / races_left.max(1),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn races_share_the_time_that_is_left() {
        let mut progress = Progress::new(10, 5, Duration::from_secs(100));
        assert!(progress.step("first", 5).time <= Duration::from_secs(10));
        // The first five took no time: the rest have it.
        assert!(progress.step("second", 5).time > Duration::from_secs(19));
    }
}
