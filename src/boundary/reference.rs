//! An address that a caller keeps in words, which anything may have been done to.

use std::ptr::{NonNull, with_exposed_provenance_mut};

use super::slots::secret;

/// The words that keep the address.
pub fn to_words<T>(pointer: NonNull<T>) -> [u64; 2] {
    let address = pointer.as_ptr().expose_provenance() as u64;
    [address, check(address)]
}

/// The address that words keep; `None` if they were not made by this process.
///
/// As with handles, this guards against mistakes: all other words are taken for these with
/// a chance of 2^-64.
pub fn from_words<T>([address, checked]: [u64; 2]) -> Option<NonNull<T>> {
    if check(address) != checked {
        return None;
    }
    NonNull::new(with_exposed_provenance_mut(usize::try_from(address).ok()?))
}

/// A number that goes with an address in this process: one for each, as every step can be
/// undone.
fn check(address: u64) -> u64 {
    let mixed = (address ^ secret()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_again_and_a_changed_one_is_not() {
        let mut place = 0_u8;
        let words = to_words(NonNull::from(&mut place));
        assert_eq!(from_words(words), Some(NonNull::from(&mut place)));
        for bit in 0..64 {
            for word in 0..2 {
                let mut changed = words;
                changed[word] ^= 1 << bit;
                assert_eq!(from_words::<u8>(changed), None, "bit {bit} of word {word}");
            }
        }
        assert_eq!(from_words::<u8>([0; 2]), None);
    }
}
