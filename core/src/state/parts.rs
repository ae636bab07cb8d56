//! Parts of states: limbs and counters, read and merged where they lie.

use crate::counts::SpecialCounts;
use crate::layout::COUNTERS;
use crate::limbs::{Limb, has_room, merge_in_use};

/// Parts of a state that has not failed and is not damaged.
pub(crate) struct Parts<'a, L = [u8; 8]> {
    pub(crate) limbs: &'a [L],
    pub(crate) counters: [i64; COUNTERS],
    /// Limbs behind the counters: those of squares, or none.
    pub(crate) more_limbs: &'a [L],
}

impl<'a> Parts<'a> {
    /// The parts of a state in memory whose first words are its `limbs` limbs; `None` if it
    /// has failed or is damaged.
    #[inline]
    pub(crate) fn of(words: &'a [[u8; 8]], limbs: usize) -> Option<Self> {
        let (limbs, rest) = words.split_at_checked(limbs)?;
        let (counters, rest) = rest.split_first_chunk::<COUNTERS>()?;
        let (status, more_limbs) = rest.split_last()?;
        let counters = counters.map(i64::from_ne_bytes);
        let can_be_used = u64::from_ne_bytes(*status) == 0 && !counters.contains(&i64::MIN);
        can_be_used.then_some(Parts {
            limbs,
            counters,
            more_limbs,
        })
    }

    /// The counts that are given out.
    #[inline]
    pub(crate) fn counts(&self) -> (i64, SpecialCounts) {
        let [values, _, nan, positive_infinity, negative_infinity] = self.counters;
        let special = SpecialCounts {
            nan,
            positive_infinity,
            negative_infinity,
        };
        (values, special)
    }

    /// Whether no value is NaN or infinite.
    #[inline]
    pub(crate) fn is_finite(&self) -> bool {
        let [_, _, nan, positive, negative] = self.counters;
        nan | positive | negative == 0
    }
}

impl<L: Limb> Parts<'_, L> {
    #[inline]
    fn have_room(&self) -> bool {
        has_room(self.limbs) && (self.more_limbs.is_empty() || has_room(self.more_limbs))
    }
}

/// Merges `from` into the state `into`, or takes it out. Nothing is changed if that might
/// leave the range, or the state cannot be used.
#[inline]
pub(crate) fn merge<const SUBTRACT: bool, L: Limb>(
    into: &mut [[u8; 8]],
    from: &Parts<'_, L>,
) -> Option<()> {
    let limbs = from.limbs.len();
    let before = Parts::of(into, limbs)?;
    let counters = merged_counters::<SUBTRACT>(&before.counters, &from.counters)?;
    if !from.have_room() || !before.have_room() {
        return None;
    }
    let (into_limbs, rest) = into.split_at_mut_checked(limbs)?;
    let (into_counters, rest) = rest.split_first_chunk_mut::<COUNTERS>()?;
    let (_, into_more_limbs) = rest.split_last_mut()?;
    merge_in_use::<SUBTRACT, _, _>(into_limbs, from.limbs);
    merge_in_use::<SUBTRACT, _, _>(into_more_limbs, from.more_limbs);
    *into_counters = counters.map(i64::to_ne_bytes);
    Some(())
}

/// The sums, or differences, of counters; `None` if one is beyond the range of a state.
#[inline]
pub(crate) fn merged_counters<const SUBTRACT: bool>(
    into: &[i64; COUNTERS],
    from: &[i64; COUNTERS],
) -> Option<[i64; COUNTERS]> {
    let mut merged = *into;
    for (counter, &from) in merged.iter_mut().zip(from) {
        *counter = if SUBTRACT {
            counter.checked_sub(from)
        } else {
            counter.checked_add(from)
        }?;
    }
    (!merged.contains(&i64::MIN)).then_some(merged)
}
