//! The traits of the standard library add the same as the methods do.

use crate::support::oracle::Oracle;
use crate::support::products::ProductOracle;
use crate::support::random::Random;
use tally_core::{Accumulator, Decimal, Moments, ProductAccumulator, Stored};

/// Around the lengths of a block and of two.
const LENGTHS: [usize; 9] = [0, 1, 15, 255, 256, 257, 511, 512, 1000];

fn values(length: usize) -> Vec<f64> {
    let mut random = Random::new(length as u64);
    (0..length)
        .map(|_| random.sign() * random.unit() * 1e9)
        .collect()
}

/// The totals of iterators of any element type are those of big integers.
macro_rules! check_elements {
    ($($element:ty),+) => {$(
        for length in LENGTHS {
            let values: Vec<_> = values(length).iter().map(|&value| value as $element).collect();
            let mut oracle = Oracle::default();
            values.iter().for_each(|&value| oracle.add(value as f64));
            let expected = Ok(oracle.words());
            let of_values: Accumulator = values.iter().copied().collect();
            let of_references: Accumulator = values.iter().collect();
            assert_eq!(of_values.to_words(), expected, "{length} {}", stringify!($element));
            assert_eq!(of_references.to_words(), expected, "{length} {}", stringify!($element));

            let mut moments = Moments::new();
            moments.extend(values.iter());
            assert_eq!(moments.count(), length as i64);
            let words = moments.to_words().expect("in range");
            assert_eq!(words[..39], expected.unwrap()[..39], "{length} {}", stringify!($element));
            let squares: Vec<f64> = values.iter().map(|&value| value as f64).collect();
            let squares = ProductOracle::of(&squares, &squares).words();
            assert_eq!(words[39..106], squares[..67], "{length} {}", stringify!($element));
        }
    )+};
}

#[test]
fn an_iterator_gives_the_total_of_its_values() {
    // Integers below 10^9 are doubles.
    check_elements!(f64, f32, i32, i64, u64);
}

#[test]
fn an_iterator_of_pairs_gives_the_total_of_their_products() {
    for length in LENGTHS {
        let x = values(length);
        let y: Vec<f64> = x.iter().rev().map(|value| value * 1e-100).collect();
        let expected = Ok(ProductOracle::of(&x, &y).words());
        let of_references: ProductAccumulator = x.iter().zip(&y).collect();
        assert_eq!(of_references.to_words(), expected, "{length}");
        let of_values: ProductAccumulator = x.into_iter().zip(y).collect();
        assert_eq!(of_values.to_words(), expected, "{length}");
    }
}

/// Three states, by operators, sums and methods.
fn check_operators<T>(states: [T; 3])
where
    T: Stored + Clone + Default + PartialEq + std::fmt::Debug,
    T: for<'a> std::ops::AddAssign<&'a T> + for<'a> std::ops::SubAssign<&'a T>,
    T: for<'a> std::iter::Sum<&'a T> + std::iter::Sum,
{
    let mut merged = T::default();
    states.iter().for_each(|state| merged.merge(state));
    assert_eq!(states.iter().sum::<T>(), merged);
    assert_eq!(states.clone().into_iter().sum::<T>(), merged);
    let [first, second, third] = states;
    let mut state = first.clone();
    state += &second;
    state += &third;
    assert_eq!(state, merged);
    merged.unmerge(&third);
    state -= &third;
    assert_eq!(state, merged);
}

#[test]
fn operators_merge_and_unmerge() {
    let parts = [&[0.1, f64::NAN][..], &[-0.0], &[1e300, 5e-324]];
    check_operators(parts.map(|part| part.iter().collect::<Accumulator>()));
    check_operators(parts.map(|part| part.iter().collect::<Moments>()));
    check_operators(parts.map(|part| part.iter().zip(part).collect::<ProductAccumulator>()));
    check_operators(["0.10", "-7", "1e30"].map(|word| {
        let mut decimal = Decimal::new();
        decimal.add_word(word.as_bytes()).expect("a number");
        decimal
    }));
}
