//! The saved form of a decimal: kind 4. `docs/saved-format.md` specifies it.

use super::super::saved::{HEADER, LoadError, Reader, Saved};
use super::super::state::{OutOfRange, Part};
use super::limbs::LIMBS;
use super::total::{COUNTERS, Decimal};

/// The most bytes that a saved decimal takes.
pub const DECIMAL_SAVED_MAX: usize = HEADER + 8 * (COUNTERS + 1 + LIMBS);

const KIND: u8 = 4;

pub(super) fn save(decimal: &Decimal) -> Result<Saved, OutOfRange> {
    let (limbs, counters) = decimal.to_parts()?;
    let mut saved = Saved::begin(KIND, limbs);
    saved.words(&counters);
    saved.words(&[decimal.scale.into()]);
    saved.limbs(limbs);
    Ok(saved)
}

pub(super) fn load(bytes: &[u8]) -> Result<Decimal, LoadError> {
    let mut reader = Reader::begin(KIND, bytes, COUNTERS + 1)?;
    let (mut counters, mut scale, mut limbs) = ([0; COUNTERS], [0], [0; LIMBS]);
    reader.words(&mut counters)?;
    reader.words(&mut scale)?;
    reader.limbs(Part::Total, &mut limbs)?;
    reader.end()?;
    Decimal::from_parts(&limbs, counters, scale[0] as u64)
}
