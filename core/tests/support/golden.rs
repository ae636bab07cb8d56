//! The files of golden states, which `docs/saved_format.py` writes, and the tests
//! of saved forms that all kinds of states share.

use std::fmt::Debug;

use crate::support::random::Random;
use tally_core::{
    Accumulator, Decimal, LoadError, Moments, OutOfRange, Part, ProductAccumulator, Stored,
};

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

/// A kind of state that has a file of golden ones.
pub(crate) trait Golden: Stored + Clone + Default + PartialEq + Debug {
    const FILE: &'static str;

    /// Adds one value, such as `f64` and `3ff0000000000000`.
    fn add_golden(&mut self, kind: &str, value: &str);

    /// One value `times` times, by doubling.
    fn repeated(kind: &str, value: &str, mut times: u64) -> Self {
        let (mut state, mut power) = (Self::default(), Self::default());
        power.add_golden(kind, value);
        while times > 0 {
            if times % 2 == 1 {
                state.merge(&power);
            }
            times /= 2;
            power.merge(&power.clone());
        }
        state
    }

    /// What operations give, each such as `-f64:3ff0000000000000*3`.
    fn of_operations(operations: &str) -> Self {
        let mut state = Self::default();
        for operation in operations.split_whitespace() {
            let (kind, value) = operation[1..].split_once(':').expect("a type");
            let (value, times) = value.split_once('*').unwrap_or((value, "1"));
            let part = Self::repeated(kind, value, times.parse().expect("a number"));
            match operation.as_bytes()[0] {
                b'+' => state.merge(&part),
                b'-' => state.unmerge(&part),
                _ => panic!("no sign: {operation}"),
            }
        }
        state
    }
}

fn double(bits: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(bits, 16).expect("hex"))
}

/// The numbers that accumulators and moments add.
macro_rules! add_number {
    ($state:ident, $kind:ident, $value:ident) => {
        match $kind {
            "f64" => $state.add_one_f64(double($value)),
            "f32" => {
                let bits = u32::from_str_radix($value, 16).expect("hex");
                $state.add_f32(&[f32::from_bits(bits)]);
            }
            "i32" => $state.add_i32(&[$value.parse().expect("an i32")]),
            "i64" => $state.add_i64(&[$value.parse().expect("an i64")]),
            "u64" => $state.add_u64(&[$value.parse().expect("a u64")]),
            _ => panic!("unknown type: {}", $kind),
        }
    };
}

impl Golden for Accumulator {
    const FILE: &'static str = include_str!("../golden/saved_states.txt");

    fn add_golden(&mut self, kind: &str, value: &str) {
        add_number!(self, kind, value);
    }

    fn repeated(kind: &str, value: &str, times: u64) -> Self {
        let mut state = Self::new();
        if kind == "f64" {
            state.add_repeated_f64(double(value), times);
        } else {
            assert!(times < 1000, "{kind} {value}");
            (0..times).for_each(|_| state.add_golden(kind, value));
        }
        state
    }
}

impl Golden for Moments {
    const FILE: &'static str = include_str!("../golden/saved_moments.txt");

    fn add_golden(&mut self, kind: &str, value: &str) {
        add_number!(self, kind, value);
    }
}

impl Golden for ProductAccumulator {
    const FILE: &'static str = include_str!("../golden/saved_products.txt");

    fn add_golden(&mut self, kind: &str, value: &str) {
        assert_eq!(kind, "product");
        let (x, y) = value.split_once(',').expect("two doubles");
        self.add_one_f64(double(x), double(y));
    }
}

impl Golden for Decimal {
    const FILE: &'static str = include_str!("../golden/saved_decimals.txt");

    fn add_golden(&mut self, kind: &str, value: &str) {
        match kind {
            "word" => self.add_word(value.as_bytes()).expect(value),
            "scaled" => {
                let (value, scale) = value.split_once('@').expect("a scale");
                let scale = scale.parse().expect("a scale");
                self.add_scaled(&[value.parse().expect("an i64")], scale);
            }
            _ => panic!("unknown type: {kind}"),
        }
    }
}

/// Every golden state is saved and loaded to the byte, every refusal refused: more
/// than this many of each.
pub(crate) fn check_states<T: Golden>(least_states: usize, least_refusals: usize) {
    let (mut saved_states, mut refusals) = (0, 0);
    for (name, operations, bytes) in states(T::FILE) {
        if operations == "refused" {
            assert!(T::load(&bytes).is_err(), "{name}: accepted");
            refusals += 1;
            continue;
        }
        let state = T::of_operations(operations);
        let saved = state.save().expect("in range");
        assert_eq!(saved.as_bytes(), bytes, "{name}: {operations}");
        assert_eq!(T::load(&bytes).as_ref(), Ok(&state), "{name}: {operations}");
        saved_states += 1;
    }
    let counts = format!("{saved_states} states and {refusals} refusals");
    assert!(
        saved_states > least_states && refusals > least_refusals,
        "{counts}"
    );
}

/// The refusals of these names in the file are refused with these errors.
pub(crate) fn check_refusals<T: Golden>(rows: &[(&str, LoadError)]) {
    for &(wanted, error) in rows {
        let (_, _, bytes) = states(T::FILE).find(|row| row.0 == wanted).expect(wanted);
        assert_eq!(T::load(&bytes), Err(error), "{wanted}");
        assert!(!error.to_string().is_empty());
    }
}

/// These words are a state whose saved form is the longest.
pub(crate) fn check_longest<T: Golden>(words: &T::Words, length: usize) {
    let state = T::from_words(words).expect("a state");
    let saved = state.save().expect("in range");
    assert_eq!(saved.as_bytes().len(), length);
    assert_eq!(T::load(saved.as_bytes()), Ok(state));
}

/// 2^63 values are one too many for a state.
pub(crate) fn check_out_of_range<T: Golden>(kind: &str, value: &str) {
    let mut state = T::repeated(kind, value, 1 << 63);
    assert_eq!(state.save().err(), Some(OutOfRange(Part::Values)));
    state.unmerge(&T::repeated(kind, value, 1));
    assert!(state.save().is_ok());
}

/// Changes the golden bytes a little, `rounds` times: what is still accepted is saved
/// to the same bytes. The first limb and the limb count are set below `most`.
pub(crate) fn check_changed<T: Golden>(rounds: usize, most: usize, seed: u64) {
    let mut random = Random::new(seed);
    let all: Vec<Vec<u8>> = states(T::FILE).map(|state| state.2).collect();
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
