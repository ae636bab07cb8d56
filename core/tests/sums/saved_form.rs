//! The saved form is portable and canonical, and nothing else is accepted.

use crate::support::golden;
use tally_core::{Accumulator, LoadError, Part, SAVED_MAX};

#[test]
fn golden_states_are_saved_and_loaded_to_the_byte() {
    golden::check_states::<Accumulator>(300, 20);
}

#[test]
fn each_refusal_says_what_is_wrong() {
    golden::check_refusals::<Accumulator>(&[
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
    ]);
}

#[test]
fn what_is_loaded_is_saved_to_the_same_bytes() {
    golden::check_changed::<Accumulator>(300_000, 40, 41);
}

#[test]
fn the_largest_saved_form_has_saved_max_bytes() {
    let mut words = [0; 40];
    words[..34].fill(1 << 63);
    golden::check_longest::<Accumulator>(&words, SAVED_MAX);
}

#[test]
fn what_is_out_of_range_is_not_saved() {
    golden::check_out_of_range::<Accumulator>("f64", "3ff0000000000000");
}
