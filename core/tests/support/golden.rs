//! The files of golden states, which `docs/saved_format.py` writes.

use crate::support::random::Random;
use tally_core::Stored;

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

/// Changes the golden bytes of a file a little, `rounds` times: what is accepted all
/// the same is saved as it was. `most` is what the first limb and the limb count are
/// set below.
pub(crate) fn check_changed<T: Stored>(file: &str, rounds: usize, most: usize, seed: u64) {
    let mut random = Random::new(seed);
    let all: Vec<Vec<u8>> = states(file).map(|state| state.2).collect();
    let mut accepted = 0;
    for round in 0..rounds {
        let mut bytes = all[random.below(all.len())].clone();
        for _ in 0..random.below(4) {
            match random.below(4) {
                0 if !bytes.is_empty() => {
                    let at = random.below(bytes.len());
                    bytes[at] ^= 1 << random.below(8);
                }
                1 if bytes.len() > 8 => bytes[6 + round % 2] = random.below(most) as u8,
                2 => bytes.truncate(bytes.len().saturating_sub(8 * random.below(3))),
                _ => bytes.extend(&random.bits().to_le_bytes()[..random.below(9)]),
            }
        }
        if let Ok(state) = T::load(&bytes) {
            let saved = state.save().expect("loaded states are in range");
            assert_eq!(saved.as_bytes(), bytes, "round {round}");
            assert!(state.to_words().is_ok(), "round {round}: {bytes:?}");
            accepted += 1;
        }
    }
    assert!(
        (rounds / 10..rounds - rounds / 10).contains(&accepted),
        "{accepted} of {rounds} accepted: not a fair test"
    );
}
