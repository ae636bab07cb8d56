//! The names of columns: plain ones, and Arrow's dot paths.

use std::ffi::c_char;
use std::fmt::{self, Display, Formatter};

use super::exports::In;
use super::quoted::Quoted;
use crate::boundary::Outcome;
use crate::boundary::pointer;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::TALLY_INVALID;

/// Digits of a number that a message shows.
const SHOWN_DIGITS: usize = 40;

/// Where a column is: an argument, which may be NULL.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    argument: &'static str,
    text: &'a [u8],
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The array itself.
    Whole,
    /// A field of it.
    Name,
    /// `.name`, `[index]`, and any number of these.
    Dots,
}

/// A step of a path.
#[derive(Clone, Copy)]
pub(super) enum Segment<'a> {
    Field(Name<'a>),
    Index(Index<'a>),
}

/// The number of a field, in digits.
#[derive(Clone, Copy)]
pub(super) struct Index<'a>(&'a str);

impl Index<'_> {
    /// The number, unless it is larger than any number of fields.
    pub(super) fn number(self) -> Option<usize> {
        self.0.parse().ok()
    }
}

impl Display for Index<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let digits = match self.0.trim_start_matches('0') {
            "" => "0",
            digits => digits,
        };
        let rest = if digits.len() > SHOWN_DIGITS {
            "..."
        } else {
            ""
        };
        write!(f, "{digits:.SHOWN_DIGITS$}{rest}")
    }
}

/// The name of a field, in which a backslash may stand before any byte.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    text: &'a [u8],
    has_escapes: bool,
}

impl Name<'_> {
    pub(super) fn is(&self, other: &[u8]) -> bool {
        if !self.has_escapes {
            return self.text == other;
        }
        let mut bytes = self.text.iter();
        // A backslash at the end is itself.
        let unescaped = std::iter::from_fn(|| match bytes.next() {
            Some(b'\\') => Some(*bytes.next().unwrap_or(&b'\\')),
            byte => byte.copied(),
        });
        unescaped.eq(other.iter().copied())
    }
}

impl Display for Segment<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Field(name) => write!(f, "field {}", Quoted(name.text)),
            Segment::Index(index) => write!(f, "field {index}"),
        }
    }
}

impl<'a> Path<'a> {
    /// The array itself.
    pub(super) const WHOLE: Self = Path {
        argument: "",
        text: &[],
        kind: Kind::Whole,
    };

    /// What an argument says.
    ///
    /// # Safety
    /// If not NULL, it is NUL-terminated, and nobody writes to it while the result lives.
    pub(super) unsafe fn new(column: In<c_char>) -> Outcome<Self> {
        let argument = column.name;
        if column.pointer.is_null() {
            return Ok(Path::WHOLE);
        }
        // SAFETY: the same contract.
        let text = unsafe { pointer::string(column.pointer, argument) }?;
        let kind = match text.first() {
            Some(b'.' | b'[') => Kind::Dots,
            _ => Kind::Name,
        };
        Ok(Path {
            argument,
            text,
            kind,
        })
    }

    /// Hands out the steps of the path, in order.
    pub(super) fn for_each(&self, mut take: impl FnMut(Segment<'a>) -> Outcome<()>) -> Outcome<()> {
        let text = self.text;
        match self.kind {
            Kind::Whole => return Ok(()),
            Kind::Name => {
                let has_escapes = false;
                return take(Segment::Field(Name { text, has_escapes }));
            }
            Kind::Dots => {}
        }
        let mut at = 0;
        while let Some(&first) = text.get(at) {
            let rest = &text[at + 1..];
            let (segment, length) = match first {
                b'.' => {
                    let length = name_length(rest);
                    let (text, has_escapes) = (&rest[..length], true);
                    (Segment::Field(Name { text, has_escapes }), length)
                }
                b'[' => {
                    let (index, length) = index(rest)
                        .ok_or_else(|| self.refuse(at + 1, "expected a number and ']'"))?;
                    (Segment::Index(index), length)
                }
                _ => return Err(self.refuse(at, "expected '.' or '['")),
            };
            take(segment)?;
            at += 1 + length;
        }
        Ok(())
    }

    #[cold]
    fn refuse(&self, at: usize, what: &str) -> Refusal {
        let Path { argument, text, .. } = self;
        let message = format_args!("{argument}: {}: {what}, at byte {at}", Quoted(text));
        refuse(TALLY_INVALID, message)
    }
}

/// How many bytes the name at the beginning takes.
fn name_length(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'.' | b'[' => break,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at.min(text.len())
}

/// The number at the beginning, and how many bytes it takes with the bracket after it.
fn index(text: &[u8]) -> Option<(Index<'_>, usize)> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(count);
    if digits.is_empty() || rest.first() != Some(&b']') {
        return None;
    }
    Some((Index(str::from_utf8(digits).ok()?), count + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CStr;

    fn steps(text: &CStr) -> Result<Vec<String>, String> {
        let (pointer, name) = (text.as_ptr(), "column");
        // SAFETY: the text is there.
        let path = unsafe { Path::new(In { pointer, name }) }.expect("it is not NULL");
        let mut steps = Vec::new();
        let outcome = path.for_each(|step| {
            steps.push(step.to_string());
            Ok(())
        });
        outcome.map(|()| steps).map_err(|_| {
            let (bytes, length) = crate::boundary::record::message_copy();
            String::from_utf8_lossy(&bytes[..length]).into_owned()
        })
    }

    #[test]
    fn paths_are_split_into_steps() {
        let cases: [(&CStr, &[&str]); 9] = [
            (c"a.b", &["field \"a.b\""]),
            (c"", &["field \"\""]),
            (c".a", &["field \"a\""]),
            (c".a.b[12]", &["field \"a\"", "field \"b\"", "field 12"]),
            (c"[0][1].", &["field 0", "field 1", "field \"\""]),
            (c".a\\.b\\[", &["field \"a\\\\.b\\\\[\""]),
            (c".a\\", &["field \"a\\\\\""]),
            (c"[99999999999999999999]", &["field 99999999999999999999"]),
            (c"[007][0000]", &["field 7", "field 0"]),
        ];
        for (text, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|&step| step.to_owned()).collect();
            assert_eq!(steps(text), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn a_bad_path_is_refused_at_its_byte() {
        for (text, at) in [
            (c"[", 1),
            (c"[]", 1),
            (c"[1", 1),
            (c"[-1]", 1),
            (c"[a]", 1),
            (c".a[1]b", 5),
            (c"[0]x", 3),
            (c".a.b[", 5),
        ] {
            let message = steps(text).expect_err("it is no path");
            let end = format!("at byte {at}");
            assert!(message.ends_with(&end), "{text:?}: {message}");
        }
    }

    #[test]
    fn names_are_compared_without_their_backslashes() {
        let name = |text, has_escapes| Name { text, has_escapes };
        assert!(name(b"a\\.b\\\\", true).is(b"a.b\\"));
        assert!(name(b"a\\", true).is(b"a\\"));
        assert!(name(b"\\n", true).is(b"n"));
        assert!(!name(b"a\\.b", true).is(b"a\\.b"));
        assert!(name(b"a\\.b", false).is(b"a\\.b"));
        assert!(!name(b"a", true).is(b"ab") && !name(b"ab", true).is(b"a"));
    }
}
