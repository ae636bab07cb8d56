//! The state: 44 words that a caller keeps between calls.
//!
//! | words | contents |
//! |---|---|
//! | 0 to 37 | the total in units of 10^-342, in balanced limbs |
//! | 38 | values, NaN and infinities included |
//! | 39, 40, 41 | NaN, plus infinity, minus infinity |
//! | 42 | the scale: the most digits after the point of any value, 0 to 342 |
//! | 43 | the sticky status in the low 32 bits; zero above |
//!
//! Counters are signed and lie within ±(2^63-1). All words zero is the sum of
//! nothing. The form is unique: equal content means equal words.

use crate::counts::SpecialCounts;
use crate::decimal::limbs::{
    FRACTION_DIGITS, FRACTION_LIMBS, LIMBS, Limbs, add_with_carry, are_digits,
};
use crate::decimal::{COUNTERS, Decimal, PARTS, ShortDecimal};
use crate::error::{BadState, LoadError, OutOfRange, Part};
use crate::layout::HEADER;
use crate::state::in_place::InPlace;
use crate::state::saved::{Pieces, Reader, Saved};
use crate::state::{Stored, check_counters, counters_to_state, joined, without_status};

/// The maximum size of a saved decimal in bytes.
pub const DECIMAL_SAVED_MAX: usize = HEADER + 8 * (COUNTERS + 1 + LIMBS);

const KIND: u8 = 4;

/// The number of words in a decimal's state.
pub const DECIMAL_WORDS: usize = 44;

const SCALE: usize = LIMBS + COUNTERS;
const STATUS: usize = SCALE + 1;
const _: () = assert!(STATUS + 1 == DECIMAL_WORDS);

impl Stored for Decimal {
    type Words = [u64; DECIMAL_WORDS];
    type One = ShortDecimal;

    const EMPTY: Self::Words = [0; DECIMAL_WORDS];

    fn from_words(words: &Self::Words) -> Result<Self, BadState> {
        without_status(words)?;
        let scale = words[SCALE];
        let words = words.map(|word| word as i64);
        let mut limbs = [0; LIMBS];
        limbs.copy_from_slice(&words[..LIMBS]);
        let mut counters = [0; COUNTERS];
        counters.copy_from_slice(&words[LIMBS..SCALE]);
        Self::from_parts(&limbs, counters, scale).map_err(|_| BadState::Damaged)
    }

    fn to_words(&self) -> Result<Self::Words, OutOfRange> {
        let (limbs, counters) = self.to_parts()?;
        Ok(joined(&[limbs, &counters, &[self.scale.into()]]))
    }

    fn save(&self) -> Result<Saved, OutOfRange> {
        let bytes = self.to_words()?.map(u64::to_le_bytes);
        let (limbs, rest) = bytes[..STATUS].split_at(LIMBS);
        Ok(Saved::of(&Pieces::of(KIND, limbs, rest, COUNTERS + 1)))
    }

    fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let mut reader = Reader::begin(KIND, bytes, COUNTERS + 1)?;
        let (mut counters, mut scale, mut limbs) = ([0; COUNTERS], [0], [0; LIMBS]);
        reader.words(&mut counters)?;
        reader.words(&mut scale)?;
        reader.limbs(Part::Total, &mut limbs)?;
        reader.end()?;
        Self::from_parts(&limbs, counters, scale[0] as u64)
    }

    fn load_words(bytes: &[u8]) -> Result<Self::Words, LoadError> {
        let loaded = Self::load(bytes)?;
        let counters = loaded.counters.map(|counter| counter as i64);
        let scale = [loaded.scale.into()];
        Ok(joined(&[loaded.limbs.at_rest(), &counters, &scale]))
    }

    fn merge(&mut self, from: &Self) {
        Decimal::merge(self, from);
    }

    fn unmerge(&mut self, from: &Self) {
        Decimal::unmerge(self, from);
    }

    fn count(&self) -> i64 {
        Decimal::count(self)
    }

    fn special_counts(&self) -> SpecialCounts {
        Decimal::special_counts(self)
    }

    #[inline]
    fn add_one<const SUBTRACT: bool>(&mut self, short: ShortDecimal) {
        self.add_short::<SUBTRACT>(short);
    }

    #[inline]
    fn add_one_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], short: ShortDecimal) -> bool {
        add_in_place::<SUBTRACT>(words, short).is_some()
    }
}

impl Decimal {
    /// Refuses what is out of its range.
    pub(super) fn from_parts(
        limbs: &[i64; LIMBS],
        counters: [i64; COUNTERS],
        scale: u64,
    ) -> Result<Decimal, LoadError> {
        if !are_digits(limbs) {
            let index = limbs.iter().position(|&limb| !are_digits(&[limb]));
            return Err(LoadError::Digit(index.unwrap_or(0) as u8));
        }
        if scale > FRACTION_DIGITS.into() {
            return Err(LoadError::Scale);
        }
        check_counters(&counters, &PARTS)?;
        Ok(Decimal {
            limbs: Limbs::from_state(limbs),
            counters: counters.map(i128::from),
            scale: scale as u16,
            overflowed: false,
        })
    }

    /// The limbs and counters, if all are within the range of a state.
    pub(super) fn to_parts(&self) -> Result<(&[i64; LIMBS], [i64; COUNTERS]), OutOfRange> {
        // A counter would need 2^127 values to be lost.
        let limbs = self.limbs.to_state().filter(|_| !self.overflowed);
        let limbs = limbs.ok_or(OutOfRange(Part::Total))?;
        Ok((limbs, counters_to_state(&self.counters, &PARTS)?))
    }
}

/// An amount such as -1234.56 touches the two limbs at the point, one counter and
/// perhaps the scale. Refuses a carry beyond the two limbs.
#[inline]
fn add_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], short: ShortDecimal) -> Option<()> {
    let mut words = InPlace::<DECIMAL_WORDS>::new(words)?;
    if words.get(STATUS) != 0 || !is_state(&words) {
        return None;
    }
    let signed = |part: i64| if SUBTRACT { -part } else { part };
    let below = words.get(FRACTION_LIMBS - 1) as i64;
    let (below, carry) = add_with_carry(below, signed(short.fraction));
    let above = words.get(FRACTION_LIMBS) as i64;
    let (above, carry) = add_with_carry(above, signed(short.integer) + carry);
    let count = words.get(LIMBS) as i64;
    let next = if SUBTRACT {
        count.checked_sub(1)
    } else {
        count.checked_add(1)
    }?;
    if next == i64::MIN || carry != 0 {
        return None;
    }
    words.set(FRACTION_LIMBS - 1, below as u64);
    words.set(FRACTION_LIMBS, above as u64);
    words.set(LIMBS, next as u64);
    if u64::from(short.scale) > words.get(SCALE) {
        words.set(SCALE, short.scale.into());
    }
    Some(())
}

/// Whether limbs, counters and scale are within their ranges.
#[inline]
fn is_state(words: &InPlace<'_, DECIMAL_WORDS>) -> bool {
    let damaged = (LIMBS..LIMBS + COUNTERS).any(|index| words.get(index) as i64 == i64::MIN);
    let limbs: [i64; LIMBS] = std::array::from_fn(|index| words.get(index) as i64);
    are_digits(&limbs) && !damaged && words.get(SCALE) <= FRACTION_DIGITS.into()
}
