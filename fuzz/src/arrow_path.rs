//! Paths of columns: texts of them, and another reader than the library's.

use crate::arrow_tree::{Field, Type};
use crate::input::Input;

/// The path of a column, or a text that is probably none; `None` is the array itself.
pub(crate) fn path(input: &mut Input<'_>, field: &Field) -> Option<Vec<u8>> {
    match input.below(6) {
        0 => return None,
        1 => {
            let length = input.below(12);
            return Some(
                input
                    .bytes(length)
                    .iter()
                    .map(|&byte| match byte {
                        // What paths are made of, more often than not.
                        0..200 => b".[]\\0123ab"[usize::from(byte) % 10],
                        other => other,
                    })
                    .collect(),
            );
        }
        _ => {}
    }
    let (mut text, mut here, mut plain) = (Vec::new(), field, None);
    while !here.children.is_empty() {
        let index = input.below(here.children.len());
        here = &here.children[index];
        plain = match (&here.name, text.is_empty()) {
            (Some(name), true) => Some(name.clone()),
            _ => None,
        };
        match &here.name {
            Some(name) if input.flag() => {
                text.push(b'.');
                for &byte in name {
                    if b".[\\".contains(&byte) || input.below(9) == 8 {
                        text.push(b'\\');
                    }
                    text.push(byte);
                }
            }
            _ => text.extend(format!("[{}{index}]", input.pick(&["", "", "0"])).bytes()),
        }
    }
    match plain {
        // One step, without a dot: a path if the name looks like one.
        Some(name) if input.flag() => Some(name),
        _ => Some(text),
    }
}

/// A step of a path.
enum Step {
    Name(Vec<u8>),
    Index(Option<usize>),
}

/// The steps of a path as the header has them; `None` if it is none.
fn steps(text: &[u8]) -> Option<Vec<Step>> {
    if !matches!(text.first(), Some(b'.' | b'[')) {
        return Some(vec![Step::Name(text.to_vec())]);
    }
    let (mut steps, mut rest) = (Vec::new(), text);
    while let Some((&first, mut after)) = rest.split_first() {
        if first == b'.' {
            let mut name = Vec::new();
            while let Some((&byte, next)) = after.split_first() {
                if byte == b'.' || byte == b'[' {
                    break;
                }
                after = next;
                // A backslash at the end is itself.
                match (byte, after.split_first()) {
                    (b'\\', Some((&escaped, next))) => {
                        name.push(escaped);
                        after = next;
                    }
                    _ => name.push(byte),
                }
            }
            steps.push(Step::Name(name));
        } else if first == b'[' {
            let end = after.iter().position(|&byte| byte == b']')?;
            let digits = str::from_utf8(&after[..end]).ok()?;
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            steps.push(Step::Index(digits.parse().ok()));
            after = &after[end + 1..];
        } else {
            return None;
        }
        rest = after;
    }
    Some(steps)
}

/// The column that a path leads to, by the indices of fields, if there is one.
pub(crate) fn find(field: &Field, text: Option<&[u8]>) -> Option<Vec<usize>> {
    let (mut here, mut found) = (field, Vec::new());
    // A C text ends at its first NUL.
    let text = text.map(|text| text.split(|&byte| byte == 0).next().unwrap_or_default());
    for step in text.map_or(Some(Vec::new()), steps)? {
        if here.r#type != Type::Struct {
            return None;
        }
        let index = match step {
            Step::Index(index) => index.filter(|&index| index < here.children.len())?,
            Step::Name(name) => {
                // A field without a name has an empty one.
                let name_of = |child: &Field| child.name.clone().unwrap_or_default();
                let named = |(_, child): &(usize, &Field)| name_of(child) == name;
                let mut all = here.children.iter().enumerate().filter(named);
                match (all.next(), all.next()) {
                    (Some((index, _)), None) => index,
                    _ => return None,
                }
            }
        };
        found.push(index);
        here = &here.children[index];
    }
    (!matches!(here.r#type, Type::Struct | Type::Other)).then_some(found)
}
