//! Python's sums and those of its libraries, timed in a child process.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::measure::Answer::{self, Exact, Near, Rough};
use crate::measure::{Contestant, NEAR};
use crate::names::{BOTTLENECK_F32, MATH_FSUM, NUMPY_F32, NUMPY_SUM};

/// What the child runs.
const PROGRAM: &str = include_str!("python.py");

/// Python, waiting to be asked.
pub(crate) struct Python {
    /// Python's version, and those of the libraries that are there.
    pub(crate) versions: String,
    /// The libraries that are not.
    pub(crate) absent: String,
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

    /// Reads so many doubles, as bits.
    fn doubles(&mut self, count: usize) -> Option<Vec<u64>> {
        let mut bytes = vec![0; 8 * count];
        self.from.read_exact(&mut bytes).ok()?;
        let (words, _) = bytes.as_chunks();
        Some(words.iter().map(|word| u64::from_ne_bytes(*word)).collect())
    }
}

/// An element that Python can be handed.
pub(crate) trait Handed: Copy {
    /// Its letter in numpy.
    const LETTER: char;

    /// Appends its bytes.
    fn write(self, bytes: &mut Vec<u8>);
}

macro_rules! handed {
    ($($element:ty: $letter:literal,)*) => {$(
        impl Handed for $element {
            const LETTER: char = $letter;

            fn write(self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_ne_bytes());
            }
        }
    )*};
}

handed!(f64: 'd', f32: 'f', u32: 'I', u8: 'B',);

impl Python {
    /// `$PYTHON` or `python3`, if there is one that works. With one thread the time is
    /// the processor's, with more that on the wall.
    pub(crate) fn start(threads: usize) -> Option<Self> {
        let python = std::env::var("PYTHON").unwrap_or("python3".to_string());
        let mut child = Command::new(python)
            .args(["-c", PROGRAM, &threads.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut pipes = Pipes {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take()?),
        };
        let reply = pipes.ask("versions", &[])?;
        let (versions, absent) = reply.split_once('\t')?;
        Some(Python {
            versions: versions.to_string(),
            absent: absent.to_string(),
            pipes: RefCell::new(pipes),
            child,
        })
    }

    /// Hands over a column, in place of one of the same name.
    pub(crate) fn load<T: Handed>(&self, name: &str, values: &[T]) {
        let mut bytes = Vec::with_capacity(size_of_val(values));
        values.iter().for_each(|value| value.write(&mut bytes));
        self.ask(
            &format!("load {name} {} {}", T::LETTER, values.len()),
            &bytes,
        );
    }

    /// Who does a work with the columns that are there, until the next one is asked for.
    pub(crate) fn contestants<'a>(&'a self, work: &str) -> Vec<Contestant<'a>> {
        let names = self.ask(&format!("work {work}"), &[]);
        let names = names.split('\t').filter(|name| !name.is_empty());
        let contestant = |(place, name): (usize, &str)| {
            let answer = self.answer(place);
            let clock =
                move |times| Duration::from_nanos(self.number(&format!("time {place} {times}")));
            Contestant::remote(name, kind(name), answer, clock)
        };
        names.enumerate().map(contestant).collect()
    }

    /// The bits of the results.
    fn answer(&self, place: usize) -> Vec<u64> {
        let count = self.number(&format!("answer {place}"));
        let results = self.pipes.borrow_mut().doubles(count as usize);
        results.expect("Python went away in the middle of its results")
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
    match name {
        MATH_FSUM => Exact,
        // Also adds what cancels.
        NUMPY_SUM => Rough,
        NUMPY_F32 | BOTTLENECK_F32 => Near(1e-4),
        _ => NEAR,
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.pipes.get_mut().to = None;
        let _ = self.child.wait();
    }
}
