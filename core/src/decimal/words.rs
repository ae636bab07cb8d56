//! The numbers in a text.

use crate::decimal::Decimal;
use crate::decimal::number::{ShortDecimal, WordError};
use crate::text::words::{TextWords, Word};

/// A word that cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadDecimal<'a> {
    /// The word.
    pub word: Word<'a>,
    /// What is wrong with it.
    pub error: WordError,
}

impl Decimal {
    /// Adds the rest of `words`, or takes them out. Returns how many they are;
    /// stops at the first bad word, with those before it added.
    ///
    /// # Errors
    /// [`BadDecimal`] with the first word that is not a number in range.
    pub fn add_words<'a, const SUBTRACT: bool>(
        &mut self,
        words: &mut TextWords<'a>,
    ) -> Result<usize, BadDecimal<'a>> {
        let mut count = 0;
        loop {
            if let Some(short) = next_short(words) {
                self.add_short::<SUBTRACT>(short);
            } else if let Some(word) = words.next() {
                self.add_written::<SUBTRACT>(word.bytes)
                    .map_err(|error| BadDecimal { word, error })?;
            } else {
                return Ok(count);
            }
            count += 1;
        }
    }
}

/// The next word, if it starts right here and is a short number.
#[inline(always)]
fn next_short(words: &mut TextWords<'_>) -> Option<ShortDecimal> {
    let (text, at) = words.ahead();
    let (short, end) = ShortDecimal::read(text, at)?;
    words.pass(end).map(|()| short)
}
