//! The files of golden states, which `docs/saved_format.py` writes.

fn hex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).expect("a hex digit") as u8;
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    assert!(rest.is_empty(), "{text}");
    pairs
        .iter()
        .map(|&[high, low]| digit(high) << 4 | digit(low))
        .collect()
}

/// Name, operations and bytes of each golden state in a file.
pub(crate) fn states(file: &str) -> impl Iterator<Item = (&str, &str, Vec<u8>)> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, operations, bytes] = parts[..] else {
            panic!("not a golden line: {line}");
        };
        (name, operations, hex(bytes))
    })
}
