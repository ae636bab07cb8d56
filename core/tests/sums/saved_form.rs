//! The saved form is portable and canonical, and nothing else is accepted.

use tally_core::{Accumulator, LoadError, OutOfRange, Part, SAVED_MAX, Stored};

const GOLDEN: &str = include_str!("../golden/saved_states.txt");

/// Name, operations and bytes of each golden state.
fn golden() -> impl Iterator<Item = (&'static str, &'static str, Vec<u8>)> {
    crate::support::golden::states(GOLDEN)
}

/// Applies one operation, such as `-f32:3f800000*3`.
fn apply(accumulator: &mut Accumulator, operation: &str) {
    let (kind, value) = operation[1..].split_once(':').expect("a type");
    let (value, times) = value.split_once('*').unwrap_or((value, "1"));
    let times: u64 = times.parse().expect("a number");
    let bits = || u64::from_str_radix(value, 16).expect("hex");
    let mut once = Accumulator::new();
    match kind {
        "f64" => once.add_repeated_f64(f64::from_bits(bits()), times),
        _ => {
            assert!(times < 1000, "{operation}");
            for _ in 0..times {
                match kind {
                    "f32" => once.add_f32(&[f32::from_bits(bits() as u32)]),
                    "i32" => once.add_i32(&[value.parse().expect("an i32")]),
                    "i64" => once.add_i64(&[value.parse().expect("an i64")]),
                    "u64" => once.add_u64(&[value.parse().expect("a u64")]),
                    _ => panic!("unknown type: {operation}"),
                }
            }
        }
    }
    match operation.as_bytes()[0] {
        b'+' => accumulator.merge(&once),
        b'-' => accumulator.unmerge(&once),
        _ => panic!("no sign: {operation}"),
    }
}

#[test]
fn golden_states_are_saved_and_loaded_to_the_byte() {
    let mut states = 0;
    for (name, operations, bytes) in golden().filter(|golden| golden.1 != "refused") {
        let mut accumulator = Accumulator::new();
        let steps = operations.split_whitespace();
        steps.for_each(|operation| apply(&mut accumulator, operation));
        let saved = accumulator.save().expect("in range");
        assert_eq!(saved.as_bytes(), bytes, "{name}: {operations}");
        assert_eq!(
            Accumulator::load(&bytes),
            Ok(accumulator),
            "{name}: {operations}"
        );
        states += 1;
    }
    assert!(states > 300, "only {states} golden states");
}

#[test]
fn golden_refusals_are_refused() {
    let mut refusals = 0;
    for (name, _, bytes) in golden().filter(|golden| golden.1 == "refused") {
        assert!(Accumulator::load(&bytes).is_err(), "{name}: accepted");
        refusals += 1;
    }
    assert!(refusals > 20, "only {refusals} golden refusals");
}

#[test]
fn each_refusal_says_what_is_wrong() {
    let find = |wanted: &str| {
        let mut all = golden();
        all.find(|golden| golden.0 == wanted).expect(wanted).2
    };
    for (name, error) in [
        ("refused_no_bytes", LoadError::TooShort { length: 0 }),
        ("refused_header_cut", LoadError::TooShort { length: 47 }),
        (
            "refused_limbs_cut",
            LoadError::Length {
                length: 63,
                expected: 64,
            },
        ),
        (
            "refused_a_byte_more",
            LoadError::Length {
                length: 65,
                expected: 64,
            },
        ),
        ("refused_magic", LoadError::Magic),
        ("refused_magic_end", LoadError::Magic),
        ("refused_version_0", LoadError::Version(0)),
        ("refused_version_2", LoadError::Version(2)),
        ("refused_kind_0", LoadError::Kind(0)),
        (
            "refused_first_34",
            LoadError::Limbs {
                part: Part::Total,
                first: 34,
                count: 2,
                most: 34,
            },
        ),
        (
            "refused_more_limbs",
            LoadError::Length {
                length: 64,
                expected: 120,
            },
        ),
        ("refused_counter_at_8", LoadError::Counter(Part::Values)),
        (
            "refused_counter_at_40",
            LoadError::Counter(Part::NegativeInfinity),
        ),
        (
            "refused_first_limb_of_none",
            LoadError::NotMinimal(Part::Total),
        ),
        ("refused_zero_limb", LoadError::NotMinimal(Part::Total)),
        ("refused_zero_below", LoadError::NotMinimal(Part::Total)),
        ("refused_zero_above", LoadError::NotMinimal(Part::Total)),
    ] {
        assert_eq!(Accumulator::load(&find(name)), Err(error), "{name}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn what_is_loaded_is_saved_to_the_same_bytes() {
    crate::support::golden::check_changed::<Accumulator>(GOLDEN, 300_000, 40, 41);
}

#[test]
fn the_largest_saved_form_has_saved_max_bytes() {
    let mut words = [0; 40];
    words[..34].fill(1 << 63);
    let accumulator = Accumulator::from_words(&words).expect("a state");
    let saved = accumulator.save().expect("in range");
    assert_eq!(saved.as_bytes().len(), SAVED_MAX);
    assert_eq!(Accumulator::load(saved.as_bytes()), Ok(accumulator));
}

#[test]
fn what_is_out_of_range_is_not_saved() {
    let mut accumulator = Accumulator::new();
    accumulator.add_repeated_f64(1.0, 1 << 63);
    assert_eq!(accumulator.save().err(), Some(OutOfRange(Part::Values)));
    accumulator.subtract_one_f64(1.0);
    assert!(accumulator.save().is_ok());
}
