//! Integers of any unit, of which statistics are quotients.

use super::{add, add_product, multiply_add, shift, subtract_times};
use crate::float::bit_length;

/// `words`·2^`unit`, or that negated. Zero has no words; all others begin and end
/// with words that are not 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number<'a> {
    pub(crate) negative: bool,
    pub(crate) words: &'a [u64],
    pub(crate) unit: i32,
}

impl<'a> Number<'a> {
    /// `words`·2^`unit`, or that negated.
    pub(crate) fn new(negative: bool, words: &'a [u64], unit: i32) -> Self {
        let end = words.iter().rposition(|&word| word != 0);
        let words = &words[..end.map_or(0, |end| end + 1)];
        let first = words.iter().position(|&word| word != 0).unwrap_or(0);
        Number {
            negative,
            words: &words[first..],
            unit: unit + 64 * first as i32,
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.words.is_empty()
    }

    /// The words of the product's size, which has as many at the most.
    pub(crate) fn times<const WORDS: usize>(&self, other: &Number) -> [u64; WORDS] {
        let mut words = [0; WORDS];
        add_product(&mut words, self.words, other.words);
        words
    }

    /// The size is below 2^this.
    fn end(&self) -> i32 {
        self.unit + bit_length(self.words)
    }
}

/// n·P - S·T for a count n, a sum of products P, and sums S and T: an integer of
/// `words`·2^`unit`, or that negated; zero may have either sign.
#[derive(Clone, Debug)]
pub(crate) struct Spread<const WORDS: usize> {
    negative: bool,
    words: [u64; WORDS],
    used: usize,
    unit: i32,
}

impl<const WORDS: usize> Spread<WORDS> {
    /// `a`·`b` - `c`·`d`, if `WORDS` are enough whatever the numbers of these lengths are.
    pub(crate) fn of_products([a, b]: [&Number; 2], [c, d]: [&Number; 2]) -> Option<Self> {
        let products = [(a, b), (c, d)];
        let used = products.map(|(a, b)| !a.is_zero() && !b.is_zero());
        let units = products.map(|(a, b)| a.unit + b.unit);
        let unit = match used {
            [true, false] => units[0],
            [false, true] => units[1],
            _ => units[0].min(units[1]),
        };
        let ends = products.map(|(a, b)| a.end() + b.end());
        let mut end = unit;
        for (used, product_end) in used.into_iter().zip(ends) {
            end = end.max(if used { product_end } else { unit });
        }
        // One bit more for the difference.
        let length = usize::try_from((end - unit + 1 + 63) / 64).ok()?;
        if length > WORDS {
            return None;
        }
        let mut words = [[0; WORDS]; 2];
        for (index, (a, b)) in products.into_iter().enumerate() {
            let words = &mut words[index][..length];
            let up = units[index] - unit;
            if used[index] {
                let mut shifted = [0; WORDS];
                let shifted_length = (bit_length(a.words) + up + 63) as usize / 64;
                shift(a.words, -up, &mut shifted[..shifted_length]);
                add_product(words, &shifted[..shifted_length], b.words);
            }
        }
        let [mut words, other] = words;
        let mut negative = a.negative != b.negative;
        if negative != (c.negative != d.negative) {
            add(&mut words[..length], &other[..length]);
        } else if subtract_times(&mut words[..length], &other[..length], 1) {
            negative = !negative;
            negate(&mut words[..length]);
        }
        Some(Spread {
            negative,
            words,
            used: length,
            unit,
        })
    }

    /// `count`·`products` - `x`·`y`, if `WORDS` are enough whatever the numbers of
    /// these lengths are.
    pub(crate) fn of(count: u64, products: &Number, x: &Number, y: &Number) -> Option<Self> {
        let square_unit = x.unit + y.unit;
        let has_square = !x.is_zero() && !y.is_zero();
        let unit = match (products.is_zero(), has_square) {
            (false, true) => products.unit.min(square_unit),
            (false, false) => products.unit,
            (true, _) => square_unit,
        };
        // One bit more for the difference.
        let mut end = unit;
        if !products.is_zero() {
            end = end.max(products.end() + bit_length(&[count]));
        }
        if has_square {
            end = end.max(x.end() + y.end());
        }
        let used = usize::try_from((end - unit + 1 + 63) / 64).ok()?;
        if used > WORDS {
            return None;
        }
        let mut spread = Spread {
            negative: products.negative,
            words: [0; WORDS],
            used,
            unit,
        };
        let words = &mut spread.words[..used];
        if !products.is_zero() {
            shift(products.words, unit - products.unit, words);
            multiply_add(words, count, 0);
        }
        if has_square {
            let mut square = [0; WORDS];
            let square = &mut square[..used];
            if square_unit == unit {
                add_product(square, x.words, y.words);
            } else {
                let mut shifted = [0; WORDS];
                let up = square_unit - unit;
                let length = (bit_length(x.words) + up + 63) as usize / 64;
                shift(x.words, -up, &mut shifted[..length]);
                add_product(square, &shifted[..length], y.words);
            }
            if products.negative != (x.negative != y.negative) {
                add(words, square);
            } else if subtract_times(words, square, 1) {
                spread.negative = !spread.negative;
                negate(words);
            }
        }
        Some(spread)
    }

    pub(crate) fn number(&self) -> Number<'_> {
        Number::new(self.negative, &self.words[..self.used], self.unit)
    }
}

/// The two's complement.
fn negate(words: &mut [u64]) {
    let mut carry = true;
    for word in words {
        (*word, carry) = (!*word).overflowing_add(carry.into());
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::{BigInt, BigUint, Sign};

    use super::*;

    fn big(number: &Number, lowest: i32) -> BigInt {
        let digits = number
            .words
            .iter()
            .flat_map(|&word| [word as u32, (word >> 32) as u32]);
        let sign = if number.negative {
            Sign::Minus
        } else {
            Sign::Plus
        };
        BigInt::from_biguint(sign, BigUint::new(digits.collect())) << (number.unit - lowest)
    }

    /// Of numbers with awkward words, of any lengths, units and signs.
    #[test]
    fn spreads_are_what_they_say() {
        let pool = [0, 1, 1 << 63, u64::MAX, u64::MAX - 1, 0x1234_5678_9abc_def0];
        let mut state = 1_u64;
        let mut next = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize % below
        };
        let mut fitting = 0;
        for _ in 0..100_000 {
            let mut words = [[0; 4]; 3];
            let mut signs = [false; 3];
            let mut units = [0; 3];
            for at in 0..3 {
                let length = next(5);
                for word in &mut words[at][..length] {
                    *word = pool[next(pool.len())];
                }
                signs[at] = next(2) == 1;
                units[at] = next(600) as i32 - 300;
            }
            let [products, x, y] =
                std::array::from_fn(|at| Number::new(signs[at], &words[at], units[at]));
            let count = pool[1 + next(pool.len() - 1)];
            let lowest = -1000;
            let expected = BigInt::from(count) * big(&products, 2 * lowest)
                - big(&x, lowest) * big(&y, lowest);
            let wide = Spread::<24>::of(count, &products, &x, &y).expect("wide enough");
            let narrow = Spread::<8>::of(count, &products, &x, &y);
            fitting += usize::from(narrow.is_some());
            let wide = wide.number();
            let found = big(&wide, 2 * lowest);
            assert_eq!(found, expected, "{products:?} {x:?} {y:?}");
            assert_eq!(wide.is_zero(), expected == BigInt::ZERO);
            if let Some(narrow) = &narrow {
                assert_eq!(big(&narrow.number(), 2 * lowest), expected);
            }
            let products = [[&x, &y], [&y, &products]];
            let [one, other] = products.map(|[a, b]| big(a, lowest) * big(b, lowest));
            let expected = one - other;
            let found = Spread::<24>::of_products(products[0], products[1]);
            let found = found.expect("wide enough");
            assert_eq!(big(&found.number(), 2 * lowest), expected);
            if let Some(narrow) = Spread::<8>::of_products(products[0], products[1]) {
                assert_eq!(big(&narrow.number(), 2 * lowest), expected);
            }
        }
        assert!((10_000..95_000).contains(&fitting), "{fitting}");
    }
}
