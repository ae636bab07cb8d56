//! Python's sums, timed in a child process that runs on the same core.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::measure::Answer::{self, Exact, Rough};
use crate::measure::Contestant;
use crate::names::MATH_FSUM;

/// What the child runs.
const PROGRAM: &str = include_str!("python.py");

/// Python, waiting to be asked.
pub(crate) struct Python {
    /// Python's version, and numpy's if it is there.
    pub(crate) versions: String,
    /// The sums that it has.
    sums: Vec<String>,
    pipes: RefCell<Pipes>,
    child: Child,
}

struct Pipes {
    /// Taken to end the child.
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Pipes {
    /// Writes a line and what follows it, and reads a line. `None` if the child
    /// is no longer there.
    fn ask(&mut self, line: &str, bytes: &[u8]) -> Option<String> {
        let to = self.to.as_mut()?;
        writeln!(to, "{line}").ok()?;
        to.write_all(bytes).ok()?;
        to.flush().ok()?;
        let mut reply = String::new();
        self.from.read_line(&mut reply).ok()?;
        reply.strip_suffix('\n').map(str::to_string)
    }
}

impl Python {
    /// `$PYTHON` or `python3`, if there is one that works.
    pub(crate) fn start() -> Option<Self> {
        let python = std::env::var("PYTHON").unwrap_or("python3".to_string());
        let mut child = Command::new(python)
            .args(["-c", PROGRAM])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut pipes = Pipes {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take()?),
        };
        let reply = pipes.ask("names", &[])?;
        let mut parts = reply.split('\t').map(str::to_string);
        Some(Python {
            versions: parts.next()?,
            sums: parts.collect(),
            pipes: RefCell::new(pipes),
            child,
        })
    }

    /// Hands over `values`; what contends with them.
    pub(crate) fn contestants<'a>(&'a self, values: &[f64]) -> Vec<Contestant<'a>> {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_ne_bytes()).collect();
        self.ask(&format!("load {}", values.len()), &bytes);
        let contestant = |name: &'a String| {
            let answer = self.number(&format!("answer {name}"));
            let clock =
                move |times| Duration::from_nanos(self.number(&format!("time {name} {times}")));
            Contestant::remote(name, kind(name), answer, clock)
        };
        self.sums.iter().map(contestant).collect()
    }

    fn ask(&self, line: &str, bytes: &[u8]) -> String {
        let reply = self.pipes.borrow_mut().ask(line, bytes);
        reply.unwrap_or_else(|| panic!("Python went away at '{line}'"))
    }

    fn number(&self, line: &str) -> u64 {
        let reply = self.ask(line, &[]);
        let number = reply.parse();
        number.unwrap_or_else(|_| panic!("Python said '{reply}' to '{line}'"))
    }
}

fn kind(name: &str) -> Answer {
    if name == MATH_FSUM { Exact } else { Rough }
}

impl Drop for Python {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.pipes.get_mut().to = None;
        let _ = self.child.wait();
    }
}
