//! Sorted ids: each group's rows are a run.

use crate::batch::error::GroupError;
use crate::batch::ids::Ids;
use crate::batch::memory::zeros;
use crate::column::mask::ROWS;
use crate::simd::Isa;

/// Where each group's rows end.
pub(super) fn ends(isa: Isa, ids: &Ids<'_>) -> Result<Vec<usize>, GroupError> {
    let mut ends = zeros(ids.groups)?;
    let mut room = [0; ROWS];
    let mut group = 0;
    for first in (0..ids.rows()).step_by(ROWS) {
        let rows = first..ids.rows().min(first.saturating_add(ROWS));
        let room = &mut room[..rows.len()];
        ids.read(isa, rows, room);
        if room.last().is_some_and(|&last| last == group as u64) {
            continue;
        }
        for (row, &id) in room.iter().enumerate() {
            while (group as u64) < id {
                ends[group] = first + row;
                group += 1;
            }
        }
    }
    ends[group..].fill(ids.rows());
    Ok(ends)
}
