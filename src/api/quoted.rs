//! A piece of the caller's text, quoted for a message.

use std::fmt::{self, Display, Formatter, Write};

/// Bytes of it that are shown.
const SHOWN_BYTES: usize = 40;

/// Shows bytes between quotes: shortened, with what does not print as `\xNN`.
pub(super) struct Quoted<'a>(pub(super) &'a [u8]);

impl Quoted<'_> {
    /// How many bytes are shown: never a part of a character.
    fn shown(&self) -> usize {
        let limit = self.0.len().min(SHOWN_BYTES);
        // A byte 10xxxxxx continues the character before it; up to three do.
        let is_boundary = |at: usize| self.0.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
        let mut boundaries = (limit.saturating_sub(3)..=limit).rev();
        boundaries.find(|&at| is_boundary(at)).unwrap_or(limit)
    }
}

impl Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let (shown, rest) = self.0.split_at(self.shown());
        formatter.write_char('"')?;
        for chunk in shown.utf8_chunks() {
            for character in chunk.valid().chars() {
                match character {
                    '"' | '\\' => write!(formatter, "\\{character}")?,
                    '\0'..=' ' | '\x7f'..='\u{9f}' if character != ' ' => {
                        write!(formatter, "\\x{:02x}", u32::from(character))?;
                    }
                    _ => formatter.write_char(character)?,
                }
            }
            for byte in chunk.invalid() {
                write!(formatter, "\\x{byte:02x}")?;
            }
        }
        formatter.write_str(if rest.is_empty() { "\"" } else { "...\"" })
    }
}

/// Text from elsewhere that ends a message: on one line, all of it, with what does not print
/// as a blank or as `\xNN`.
pub(super) struct Told<'a>(pub(super) &'a [u8]);

impl Display for Told<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for character in chunk.valid().chars() {
                let is_control = character.is_control();
                formatter.write_char(if is_control { ' ' } else { character })?;
            }
            for byte in chunk.invalid() {
                write!(formatter, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_text_stays_on_one_line_and_is_utf8() {
        let cases: [(&[u8], &str); 6] = [
            (b"12x", r#""12x""#),
            (b"", r#""""#),
            ("1\u{2212}é".as_bytes(), "\"1\u{2212}é\""),
            (b"a\0b\n\x7f\xff", r#""a\x00b\x0a\x7f\xff""#),
            (b"\"\\", r#""\"\\""#),
            ("\u{85}".as_bytes(), r#""\x85""#),
        ];
        for (bytes, expected) in cases {
            assert_eq!(Quoted(bytes).to_string(), expected);
        }
    }

    #[test]
    fn a_text_from_elsewhere_stays_on_one_line_and_is_utf8() {
        let text = b"a \"b\"\n\tc\xc3\xa9\xff\xc3".as_slice();
        assert_eq!(Told(text).to_string(), "a \"b\"  cé\\xff\\xc3");
    }

    #[test]
    fn a_long_piece_is_cut_between_characters() {
        for lead in 0..4 {
            let long = format!("{}{}", "x".repeat(lead), "\u{1f600}".repeat(30));
            let shown = Quoted(long.as_bytes()).to_string();
            let kept = shown
                .strip_prefix('"')
                .and_then(|shown| shown.strip_suffix("...\""))
                .expect("it is cut");
            assert!(long.starts_with(kept), "{kept}");
            assert!(kept.len() <= SHOWN_BYTES && kept.len() > SHOWN_BYTES - 4);
        }
        let bytes = [0x80; 50];
        assert_eq!(
            Quoted(&bytes).to_string(),
            format!("\"{}...\"", r"\x80".repeat(40))
        );
    }
}
