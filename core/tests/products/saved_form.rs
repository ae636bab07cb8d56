//! The saved forms of product accumulators and moments are portable and canonical,
//! and nothing else is accepted.

use tally_core::{
    Accumulator, LoadError, MOMENTS_SAVED_MAX, MOMENTS_STATE_WORDS, Moments, OutOfRange,
    PRODUCT_SAVED_MAX, PRODUCT_STATE_WORDS, Part, ProductAccumulator, Stored,
};

const PRODUCTS: &str = include_str!("../golden/saved_products.txt");
const MOMENTS: &str = include_str!("../golden/saved_moments.txt");

fn double(bits: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(bits, 16).expect("hex"))
}

fn add_product(products: &mut ProductAccumulator, kind: &str, value: &str) {
    assert_eq!(kind, "product");
    let (x, y) = value.split_once(',').expect("two doubles");
    products.add_one_f64(double(x), double(y));
}

fn add_value(moments: &mut Moments, kind: &str, value: &str) {
    match kind {
        "f64" => moments.add_one_f64(double(value)),
        "f32" => {
            let bits = u32::from_str_radix(value, 16).expect("hex");
            moments.add_f32(&[f32::from_bits(bits)]);
        }
        "i32" => moments.add_i32(&[value.parse().expect("an i32")]),
        "i64" => moments.add_i64(&[value.parse().expect("an i64")]),
        "u64" => moments.add_u64(&[value.parse().expect("a u64")]),
        _ => panic!("unknown type: {kind}"),
    }
}

/// What the operations make, each such as `-f64:3ff0000000000000*3`, by doubling.
fn made<T: Stored + Clone>(operations: &str, empty: &T, add: fn(&mut T, &str, &str)) -> T {
    let mut state = empty.clone();
    for operation in operations.split_whitespace() {
        let (kind, value) = operation[1..].split_once(':').expect("a type");
        let (value, times) = value.split_once('*').unwrap_or((value, "1"));
        let mut times: u64 = times.parse().expect("a number");
        let mut power = empty.clone();
        add(&mut power, kind, value);
        while times > 0 {
            if times % 2 == 1 {
                match operation.as_bytes()[0] {
                    b'+' => state.merge(&power),
                    b'-' => state.unmerge(&power),
                    _ => panic!("no sign: {operation}"),
                }
            }
            times /= 2;
            power.merge(&power.clone());
        }
    }
    state
}

/// Every golden state is saved and loaded to the byte, every refusal refused.
fn check<T>(golden: &'static str, empty: &T, add: fn(&mut T, &str, &str)) -> [usize; 2]
where
    T: Stored + Clone + PartialEq + std::fmt::Debug,
{
    let (mut states, mut refusals) = (0, 0);
    for (name, operations, bytes) in crate::support::golden::states(golden) {
        if operations == "refused" {
            assert!(T::load(&bytes).is_err(), "{name}: accepted");
            refusals += 1;
            continue;
        }
        let state = made(operations, empty, add);
        let saved = state.save().expect("in range");
        assert_eq!(saved.as_bytes(), bytes, "{name}: {operations}");
        assert_eq!(T::load(&bytes).as_ref(), Ok(&state), "{name}: {operations}");
        states += 1;
    }
    [states, refusals]
}

#[test]
fn golden_product_accumulators_are_saved_and_loaded_to_the_byte() {
    let [states, refusals] = check(PRODUCTS, &ProductAccumulator::new(), add_product);
    assert!(states > 350 && refusals > 15, "{states} and {refusals}");
}

#[test]
fn golden_moments_are_saved_and_loaded_to_the_byte() {
    let [states, refusals] = check(MOMENTS, &Moments::new(), add_value);
    assert!(states > 550 && refusals > 30, "{states} and {refusals}");
}

#[test]
fn each_refusal_says_what_is_wrong() {
    let find = |golden: &'static str, wanted: &str| {
        let mut all = crate::support::golden::states(golden);
        all.find(|golden| golden.0 == wanted).expect(wanted).2
    };
    for (name, error) in [
        ("refused_kind_1", LoadError::Kind(1)),
        ("refused_header_cut", LoadError::TooShort { length: 47 }),
        ("refused_counter_at_8", LoadError::Counter(Part::Values)),
        (
            "refused_first_limb_of_none",
            LoadError::NotMinimal(Part::Total),
        ),
        ("refused_zero_above", LoadError::NotMinimal(Part::Total)),
    ] {
        let bytes = find(PRODUCTS, name);
        assert_eq!(ProductAccumulator::load(&bytes), Err(error), "{name}");
        let bytes = find(MOMENTS, name);
        assert_eq!(Moments::load(&bytes), Err(error), "{name}");
    }
    // A tenth has two limbs, its square three: 48 + 16 + 8 + 24 bytes.
    let (first, most) = (67, 67);
    for (name, error) in [
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
    ] {
        assert_eq!(Moments::load(&find(MOMENTS, name)), Err(error), "{name}");
    }
}

fn length(length: usize, expected: usize) -> LoadError {
    LoadError::Length { length, expected }
}

#[test]
fn what_is_loaded_is_saved_to_the_same_bytes() {
    crate::support::golden::check_changed::<ProductAccumulator>(PRODUCTS, 100_000, 80, 42);
    crate::support::golden::check_changed::<Moments>(MOMENTS, 100_000, 80, 43);
}

#[test]
fn no_kind_is_taken_for_another() {
    let saved = |golden| {
        let states = crate::support::golden::states(golden).filter(|state| state.1 != "refused");
        states.map(|state| state.2)
    };
    for bytes in saved(PRODUCTS) {
        assert!(Accumulator::load(&bytes).is_err() && Moments::load(&bytes).is_err());
    }
    for bytes in saved(MOMENTS) {
        assert!(Accumulator::load(&bytes).is_err() && ProductAccumulator::load(&bytes).is_err());
    }
}

#[test]
fn the_largest_saved_forms_have_their_greatest_length() {
    let mut words = [1 << 63; PRODUCT_STATE_WORDS];
    words[67..].fill(0);
    let products = ProductAccumulator::from_words(&words).expect("a state");
    let saved = products.save().expect("in range");
    assert_eq!(saved.as_bytes().len(), PRODUCT_SAVED_MAX);
    assert_eq!(ProductAccumulator::load(saved.as_bytes()), Ok(products));

    let mut words = [1 << 63; MOMENTS_STATE_WORDS];
    words[34..39].fill(0);
    words[106] = 0;
    let moments = Moments::from_words(&words).expect("a state");
    let saved = moments.save().expect("in range");
    assert_eq!(saved.as_bytes().len(), MOMENTS_SAVED_MAX);
    assert_eq!(Moments::load(saved.as_bytes()), Ok(moments));
}

#[test]
fn what_is_out_of_range_is_not_saved() {
    let (mut products, mut moments) = (ProductAccumulator::new(), Moments::new());
    products.add_one_f64(1.0, 1.0);
    moments.add_one_f64(1.0);
    for _ in 0..63 {
        products.merge(&products.clone());
        moments.merge(&moments.clone());
    }
    assert_eq!(products.save().err(), Some(OutOfRange(Part::Values)));
    assert_eq!(moments.save().err(), Some(OutOfRange(Part::Values)));
    products.subtract_one_f64(1.0, 1.0);
    moments.subtract_one_f64(1.0);
    assert!(products.save().is_ok() && moments.save().is_ok());
}
