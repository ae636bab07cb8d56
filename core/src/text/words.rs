//! Text in pieces: from bytes to words.
//!
//! The definition of a word, for all functions that read numbers from text:
//!
//! - A separator separates two words of a line; a line end (`\n`, `\r\n`, or the end of
//!   the text, with or without a `\r` before it) ends a line. Blanks and tabs around a
//!   word do not belong to it.
//! - The separator ' ' is any run of blanks and tabs. The separator '\n' means
//!   that each line is one word.
//! - With any other separator a line has one word more than it has separators.
//!   An empty word, as in `1,,2`, `,1` and `1,`, is a word like any other: it
//!   is not a number, and skipping it would be a guess. With the separator `\t`
//!   only blanks are trimmed.
//! - A line of nothing but blanks has no words.
//!
//! The text may come in parts. A word is returned once the text after it is
//! known to be a word or a line end, so the words do not depend on where the
//! text is cut.

use crate::text::swar::{ByteSet, position_of_any};

/// A byte that separates words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separator {
    byte: u8,
    ends: ByteSet,
}

impl Separator {
    /// `None` for a byte that may stand in a number (digits, letters, signs, the
    /// point), and for `\r`, which may be half of a line end.
    pub const fn new(byte: u8) -> Option<Separator> {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'\r') {
            return None;
        }
        let third = if byte == b' ' { b'\t' } else { b'\n' };
        Some(Separator {
            byte,
            ends: ByteSet::new([byte, b'\n', third]),
        })
    }

    /// Whether words can be empty: each separator then stands between two words.
    const fn divides(self) -> bool {
        !matches!(self.byte, b' ' | b'\n')
    }

    const fn trims(self, byte: u8) -> bool {
        byte == b' ' || byte == b'\t' && self.byte != b'\t'
    }
}

/// A word and where it starts in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The bytes of the word, which may be empty.
    pub bytes: &'a [u8],
    /// The offset of the word in the text, in bytes.
    pub offset: usize,
}

/// The words of a text, or of one part of it.
#[derive(Clone, Debug)]
pub struct TextWords<'a> {
    text: &'a [u8],
    separator: Separator,
    /// Nothing follows the text.
    last: bool,
    /// Everything before this offset is consumed.
    at: usize,
    /// A separator was passed, so a word follows.
    owed: bool,
}

impl<'a> TextWords<'a> {
    /// The words of `text`; nothing follows it if it is the `last` part.
    pub fn new(text: &'a [u8], separator: Separator, last: bool) -> Self {
        TextWords {
            text,
            separator,
            last,
            at: 0,
            owed: false,
        }
    }

    /// The number of bytes consumed: the next part of the text must start there. All
    /// bytes, once the last part has no more words.
    pub fn consumed(&self) -> usize {
        self.at
    }

    /// The text that is not consumed yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.text[self.at..]
    }

    /// The text, and where in it the next word may start at once.
    #[inline(always)]
    pub(crate) fn ahead(&self) -> (&'a [u8], usize) {
        (self.text, self.at)
    }

    /// Skips a word that starts here and ends at `end`. Changes nothing unless a
    /// separator, a line end or the end follows, or if that depends on text to come.
    #[inline(always)]
    pub(crate) fn pass(&mut self, end: usize) -> Option<()> {
        let Some(&after) = self.text.get(end) else {
            return self.pass_last();
        };
        let mut next = end + 1;
        let mut owed = false;
        match after {
            b'\n' => {}
            b'\r' if self.text.get(next) == Some(&b'\n') => next += 1,
            byte if byte == self.separator.byte => {
                owed = self.separator.divides();
                if owed {
                    next = self.skip_blanks(next);
                    if self.is_undecided(next) {
                        return None;
                    }
                }
            }
            _ => return None,
        }
        self.at = next;
        self.owed = owed;
        Some(())
    }

    /// [`TextWords::pass`] for a word that ends where the text does.
    #[inline(always)]
    fn pass_last(&mut self) -> Option<()> {
        if !self.last {
            return None;
        }
        self.at = self.text.len();
        self.owed = false;
        Some(())
    }

    /// Whether the whole text is consumed.
    #[inline]
    pub(crate) fn is_at_end(&self) -> bool {
        self.last && self.at == self.text.len() && !self.owed
    }

    #[inline]
    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.text.get(at).is_some_and(|&b| self.separator.trims(b)) {
            at += 1;
        }
        at
    }

    /// The size of the line end at `at`; 0 if there is none, or the text ends
    /// within it.
    #[inline]
    fn line_end(&self, at: usize) -> usize {
        match self.text.get(at..).unwrap_or(&[]) {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            [b'\r'] if self.last => 1,
            _ => 0,
        }
    }

    /// Whether the meaning of the byte at `at` depends on text to come.
    #[inline]
    fn is_undecided(&self, at: usize) -> bool {
        !self.last && matches!(self.text.get(at..), None | Some([] | [b'\r']))
    }

    /// The word from `start` to `end`, without the blanks before `end`, and
    /// without the `\r` of a line end there.
    #[inline]
    fn word(&self, start: usize, end: usize) -> Word<'a> {
        let mut bytes = &self.text[start..end];
        if let [before @ .., b'\r'] = bytes
            && self.text.get(end).is_none_or(|&byte| byte == b'\n')
        {
            bytes = before;
        }
        while let [before @ .., blank] = bytes
            && self.separator.trims(*blank)
        {
            bytes = before;
        }
        Word {
            bytes,
            offset: start,
        }
    }

    /// The empty word that a line or the text ends with, if it does.
    fn empty_word(&mut self, at: usize) -> Option<Word<'a>> {
        self.at = at;
        if !std::mem::take(&mut self.owed) {
            return None;
        }
        Some(Word {
            bytes: &[],
            offset: at,
        })
    }
}

impl<'a> Iterator for TextWords<'a> {
    type Item = Word<'a>;

    #[inline]
    fn next(&mut self) -> Option<Word<'a>> {
        let mut start = self.skip_blanks(self.at);
        loop {
            let line_end = self.line_end(start);
            if line_end == 0 && start < self.text.len() {
                break;
            }
            let empty = self.empty_word(start);
            if empty.is_some() || line_end == 0 {
                return empty;
            }
            start = self.skip_blanks(start + line_end);
        }
        let end = position_of_any(self.text, start, self.separator.ends);
        let mut next = end + 1;
        let mut owed = false;
        if end == self.text.len() {
            next = end;
        } else if self.separator.divides() && self.text[end] == self.separator.byte {
            next = self.skip_blanks(next);
            owed = true;
        }
        if (end == self.text.len() && !self.last) || (owed && self.is_undecided(next)) {
            // It may go on, or an empty word may follow it.
            self.at = start;
            return None;
        }
        self.at = next;
        self.owed = owed;
        Some(self.word(start, end))
    }
}
