//! The saved form of a decimal is portable and canonical, and nothing else is
//! accepted.

use crate::support::decimals::{Oracle, total_of, words};
use crate::support::golden;
use crate::support::random::Random;
use tally_core::{DECIMAL_SAVED_MAX, Decimal, LoadError, Part, Stored};

#[test]
fn golden_decimals_are_saved_and_loaded_to_the_byte() {
    golden::check_states::<Decimal>(250, 20);
}

#[test]
fn each_refusal_says_what_is_wrong() {
    golden::check_refusals::<Decimal>(&[
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
    ]);
}

#[test]
fn what_is_loaded_is_saved_to_the_same_bytes() {
    golden::check_changed::<Decimal>(100_000, 40, 41);
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
    golden::check_longest::<Decimal>(&state, DECIMAL_SAVED_MAX);
}

#[test]
fn what_is_out_of_range_is_not_saved() {
    golden::check_out_of_range::<Decimal>("word", "1");
}
