//! The saved form of a decimal is portable and canonical, and nothing else is
//! accepted.

use crate::support::decimals::{Oracle, total_of, words};
use crate::support::random::Random;
use tally_core::{DECIMAL_SAVED_MAX, Decimal, LoadError, OutOfRange, Part, Stored};

const GOLDEN: &str = include_str!("../golden/saved_decimals.txt");

/// Name, operations and bytes of each golden state.
fn golden() -> impl Iterator<Item = (&'static str, &'static str, Vec<u8>)> {
    crate::support::golden::states(GOLDEN)
}

/// Applies one operation, such as `-word:1.50*3`, by doubling.
fn apply(decimal: &mut Decimal, operation: &str) {
    let (kind, value) = operation[1..].split_once(':').expect("a type");
    let (value, times) = value.split_once('*').unwrap_or((value, "1"));
    let mut times: u64 = times.parse().expect("a number");
    let mut power = Decimal::new();
    match kind {
        "word" => power.add_word(value.as_bytes()).expect(value),
        "scaled" => {
            let (value, scale) = value.split_once('@').expect("a scale");
            let scale = scale.parse().expect("a scale");
            power.add_scaled(&[value.parse().expect("an i64")], scale);
        }
        _ => panic!("unknown type: {operation}"),
    }
    while times > 0 {
        if times % 2 == 1 {
            match operation.as_bytes()[0] {
                b'+' => decimal.merge(&power),
                b'-' => decimal.unmerge(&power),
                _ => panic!("no sign: {operation}"),
            }
        }
        times /= 2;
        power.merge(&power.clone());
    }
}

#[test]
fn golden_decimals_are_saved_and_loaded_to_the_byte() {
    let mut states = 0;
    for (name, operations, bytes) in golden().filter(|golden| golden.1 != "refused") {
        let mut decimal = Decimal::new();
        let steps = operations.split_whitespace();
        steps.for_each(|operation| apply(&mut decimal, operation));
        let saved = decimal.save().expect("in range");
        assert_eq!(saved.as_bytes(), bytes, "{name}: {operations}");
        assert_eq!(Decimal::load(&bytes), Ok(decimal), "{name}: {operations}");
        states += 1;
    }
    assert!(states > 250, "only {states} golden states");
}

#[test]
fn golden_refusals_are_refused() {
    let mut refusals = 0;
    for (name, _, bytes) in golden().filter(|golden| golden.1 == "refused") {
        assert!(Decimal::load(&bytes).is_err(), "{name}: accepted");
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
        ("refused_magic", LoadError::Magic),
        ("refused_version_2", LoadError::Version(2)),
        ("refused_kind_1", LoadError::Kind(1)),
        (
            "refused_first_38",
            LoadError::Limbs {
                part: Part::Total,
                first: 38,
                count: 2,
                most: 38,
            },
        ),
        ("refused_counter_at_8", LoadError::Counter(Part::Values)),
        (
            "refused_counter_at_32",
            LoadError::Counter(Part::NegativeInfinity),
        ),
        ("refused_scale_-1", LoadError::Scale),
        ("refused_scale_343", LoadError::Scale),
        (
            "refused_limb_at_48_500000000000000000",
            LoadError::Digit(18),
        ),
        (
            "refused_limb_at_56_-500000000000000001",
            LoadError::Digit(19),
        ),
        (
            "refused_first_limb_of_none",
            LoadError::NotMinimal(Part::Total),
        ),
        ("refused_zero_limb", LoadError::NotMinimal(Part::Total)),
        ("refused_zero_below", LoadError::NotMinimal(Part::Total)),
        ("refused_zero_above", LoadError::NotMinimal(Part::Total)),
    ] {
        assert_eq!(Decimal::load(&find(name)), Err(error), "{name}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn what_is_loaded_is_saved_to_the_same_bytes() {
    crate::support::golden::check_changed::<Decimal>(GOLDEN, 100_000, 40, 41);
}

#[test]
fn what_is_saved_is_loaded() {
    let mut random = Random::new(42);
    for _ in 0..3000 {
        let mut words = words(&mut random, 5);
        let decimal = total_of(&words);
        let saved = decimal.save().expect("in range");
        let loaded = Decimal::load(saved.as_bytes()).expect("it was saved");
        assert_eq!(
            loaded.to_words(),
            Ok(Oracle::of(&words).words()),
            "{words:?}"
        );
        random.shuffle(&mut words);
        let again = total_of(&words).save().expect("in range");
        assert_eq!(again.as_bytes(), saved.as_bytes(), "{words:?}");
    }
}

#[test]
fn the_largest_saved_form_has_saved_max_bytes() {
    let mut state = [0; 44];
    state[..38].fill(-500_000_000_000_000_000_i64 as u64);
    let decimal = Decimal::from_words(&state).expect("a state");
    let saved = decimal.save().expect("in range");
    assert_eq!(saved.as_bytes().len(), DECIMAL_SAVED_MAX);
    assert_eq!(Decimal::load(saved.as_bytes()), Ok(decimal));
}

#[test]
fn what_is_out_of_range_is_not_saved() {
    let mut decimal = Decimal::new();
    apply(&mut decimal, "+word:1*9223372036854775808");
    assert_eq!(decimal.save().err(), Some(OutOfRange(Part::Values)));
    decimal.subtract_word(b"1").expect("a number");
    assert!(decimal.save().is_ok());
}
