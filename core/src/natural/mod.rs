//! Natural numbers of several words, the least significant first, with the operations
//! that the statistics need.

mod divisor;
mod double;
mod integer;
mod quotient;
mod wide;

pub(crate) use divisor::Divisor;
pub(crate) use double::Double;
pub(crate) use integer::{Number, Spread};
pub(crate) use quotient::Quotient;
pub(crate) use wide::Wide;

use crate::float::word_at;

/// `number` / 2^`down` (or, below zero, times 2^-`down`) to as many words as there
/// are, cut off at both ends.
pub(crate) fn shift(number: &[u64], down: i32, into: &mut [u64]) {
    for (index, word) in into.iter_mut().enumerate() {
        let position = 64 * index as i32 + down;
        *word = match usize::try_from(position) {
            Ok(position) => word_at(number, position),
            Err(_) if position > -64 => word_at(number, 0) << -position,
            Err(_) => 0,
        };
    }
}

/// Subtracts `number`·`factor`; whether the result is negative. `from` is one word
/// longer than `number`, or the last words of both are the last there are.
fn subtract_times(from: &mut [u64], number: &[u64], factor: u64) -> bool {
    let mut carry = 0;
    for (word, &by) in from.iter_mut().zip(number.iter().chain(&[0])) {
        let product = u128::from(by) * u128::from(factor) + carry;
        let (difference, borrow) = word.overflowing_sub(product as u64);
        *word = difference;
        carry = (product >> 64) + u128::from(borrow);
    }
    carry != 0
}

/// Adds a number that is no longer than `to`; whether the last word has a carry.
fn add(to: &mut [u64], number: &[u64]) -> bool {
    let mut carry = 0;
    for (index, word) in to.iter_mut().enumerate() {
        carry += u128::from(*word) + u128::from(number.get(index).copied().unwrap_or(0));
        *word = carry as u64;
        carry >>= 64;
    }
    carry != 0
}

/// Adds `a`·`b` to `into`, which must have room for it.
fn add_product(into: &mut [u64], a: &[u64], b: &[u64]) {
    for (index, &factor) in a.iter().enumerate() {
        let mut carry = 0;
        for (word, &by) in into[index..].iter_mut().zip(b.iter().chain(&[0])) {
            carry += u128::from(factor) * u128::from(by) + u128::from(*word);
            *word = carry as u64;
            carry >>= 64;
        }
    }
}

/// Divides in place by `divisor`, which is not zero, and returns the remainder.
pub(crate) fn divide(words: &mut [u64], divisor: u64) -> u64 {
    let divisor = u128::from(divisor);
    let mut remainder = 0;
    for word in words.iter_mut().rev() {
        let dividend = remainder << 64 | u128::from(*word);
        *word = (dividend / divisor) as u64;
        remainder = dividend % divisor;
    }
    remainder as u64
}

/// `words`·`factor` + `carry`, which must fit.
pub(crate) fn multiply_add(words: &mut [u64], factor: u64, carry: u64) {
    let mut carry = u128::from(carry);
    for word in words {
        carry += u128::from(*word) * u128::from(factor);
        *word = carry as u64;
        carry >>= 64;
    }
}

/// A number of two words.
pub(crate) fn words_of(number: u128) -> [u64; 2] {
    [number as u64, (number >> 64) as u64]
}
