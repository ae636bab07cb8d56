//! Values collected by their groups, so that those of each group are a slice.

use crate::batch::error::GroupError;
use crate::batch::ids::Ids;
use crate::batch::memory::zeros;
use crate::batch::rows::{Number, for_each_part};
use crate::column::Column;
use crate::simd::Isa;

/// The values of groups, side by side.
pub(super) struct Partition<T> {
    values: Vec<T>,
    /// Where each group's end.
    ends: Vec<usize>,
}

impl<T: Number> Partition<T> {
    /// Of those groups that `is_wanted` says.
    pub(super) fn of(
        isa: Isa,
        values: &Column<'_>,
        ids: &Ids<'_>,
        is_wanted: impl Fn(usize) -> bool,
    ) -> Result<Self, GroupError> {
        let mut places = counts::<T>(isa, values, ids)?;
        let mut first = 0;
        for (group, place) in places.iter_mut().enumerate() {
            let count = if is_wanted(group) { *place } else { 0 };
            *place = first;
            first += count;
        }
        let mut sorted = zeros(first)?;
        sort(isa, values, ids, is_wanted, &mut places, &mut sorted);
        Ok(Partition {
            values: sorted,
            ends: places,
        })
    }

    /// The values of a group.
    pub(super) fn group(&self, group: usize) -> &[T] {
        let first = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[first..self.ends[group]]
    }
}

/// Writes each value to its group's place, which then is the next one.
#[inline(never)]
fn sort<T: Number>(
    isa: Isa,
    values: &Column<'_>,
    ids: &Ids<'_>,
    is_wanted: impl Fn(usize) -> bool,
    places: &mut [usize],
    sorted: &mut [T],
) {
    for_each_part(isa, values, ids, |ids, values: &[T]| {
        for (&id, &value) in ids.iter().zip(values) {
            let id = id as usize;
            if is_wanted(id) {
                sorted[places[id]] = value;
                places[id] += 1;
            }
        }
    });
}

/// How many values each group has.
#[inline(never)]
pub(super) fn counts<T: Number>(
    isa: Isa,
    values: &Column<'_>,
    ids: &Ids<'_>,
) -> Result<Vec<usize>, GroupError> {
    let mut counts = zeros(ids.groups)?;
    for_each_part(isa, values, ids, |ids, _: &[T]| {
        for &id in ids {
            counts[id as usize] += 1;
        }
    });
    Ok(counts)
}
