//! The saved forms of product accumulators and moments are portable and canonical,
//! and nothing else is accepted.

use crate::support::golden::{self, Golden};
use tally_core::{
    Accumulator, LoadError, MOMENTS_SAVED_MAX, MOMENTS_STATE_WORDS, Moments, PRODUCT_SAVED_MAX,
    PRODUCT_STATE_WORDS, Part, ProductAccumulator, Stored,
};

#[test]
fn golden_product_accumulators_are_saved_and_loaded_to_the_byte() {
    golden::check_states::<ProductAccumulator>(350, 15);
}

#[test]
fn golden_moments_are_saved_and_loaded_to_the_byte() {
    golden::check_states::<Moments>(550, 30);
}

#[test]
fn each_refusal_says_what_is_wrong() {
    let of_both = [
        ("refused_kind_1", LoadError::Kind(1)),
        ("refused_header_cut", LoadError::TooShort { length: 47 }),
        ("refused_counter_at_8", LoadError::Counter(Part::Values)),
        (
            "refused_first_limb_of_none",
            LoadError::NotMinimal(Part::Total),
        ),
        ("refused_zero_above", LoadError::NotMinimal(Part::Total)),
    ];
    golden::check_refusals::<ProductAccumulator>(&of_both);
    golden::check_refusals::<Moments>(&of_both);
    // A tenth has two limbs, its square three: 48 + 16 + 8 + 24 bytes.
    let (first, most) = (67, 67);
    golden::check_refusals::<Moments>(&[
        ("refused_no_place", length(64, 72)),
        ("refused_place_cut", length(71, 72)),
        ("refused_squares_cut", length(88, 96)),
        ("refused_squares_none", LoadError::NotMinimal(Part::Squares)),
        ("refused_squares_more", length(96, 144)),
        ("refused_place_byte_2", LoadError::Reserved),
        ("refused_place_byte_7", LoadError::Reserved),
        (
            "refused_squares_first_67",
            LoadError::Limbs {
                part: Part::Squares,
                first,
                count: 3,
                most,
            },
        ),
        (
            "refused_squares_first_limb_of_none",
            LoadError::NotMinimal(Part::Squares),
        ),
        (
            "refused_squares_zero_limb",
            LoadError::NotMinimal(Part::Squares),
        ),
        (
            "refused_squares_zero_below",
            LoadError::NotMinimal(Part::Squares),
        ),
        (
            "refused_squares_zero_above",
            LoadError::NotMinimal(Part::Squares),
        ),
    ]);
}

fn length(length: usize, expected: usize) -> LoadError {
    LoadError::Length { length, expected }
}

#[test]
fn what_is_loaded_is_saved_to_the_same_bytes() {
    golden::check_changed::<ProductAccumulator>(100_000, 80, 42);
    golden::check_changed::<Moments>(100_000, 80, 43);
}

#[test]
fn no_kind_is_taken_for_another() {
    let saved = |file| {
        let states = golden::states(file).filter(|state| state.1 != "refused");
        states.map(|state| state.2)
    };
    for bytes in saved(ProductAccumulator::FILE) {
        assert!(Accumulator::load(&bytes).is_err() && Moments::load(&bytes).is_err());
    }
    for bytes in saved(Moments::FILE) {
        assert!(Accumulator::load(&bytes).is_err() && ProductAccumulator::load(&bytes).is_err());
    }
}

#[test]
fn the_largest_saved_forms_have_their_greatest_length() {
    let mut words = [1 << 63; PRODUCT_STATE_WORDS];
    words[67..].fill(0);
    golden::check_longest::<ProductAccumulator>(&words, PRODUCT_SAVED_MAX);

    let mut words = [1 << 63; MOMENTS_STATE_WORDS];
    words[34..39].fill(0);
    words[106] = 0;
    golden::check_longest::<Moments>(&words, MOMENTS_SAVED_MAX);
}

#[test]
fn what_is_out_of_range_is_not_saved() {
    golden::check_out_of_range::<ProductAccumulator>(
        "product",
        "3ff0000000000000,3ff0000000000000",
    );
    golden::check_out_of_range::<Moments>("f64", "3ff0000000000000");
}
