//! Sums of short rows of a matrix in lanes, a lane for each row.

use crate::batch::Statistic;
use crate::batch::axis::{MARGIN, Matrix, SHORT, bound_of};
use crate::batch::lane_sums::LaneSums;
use crate::simd::{Isa, LANES, PrefixLevels};

/// Elements of such rows that are turned at a time.
const TURNED: usize = 2048;

impl Matrix<'_> {
    /// Sums or means of short rows.
    // Out of line, so that its rooms are on the stack of nothing else.
    #[inline(never)]
    pub(super) fn sum_short_rows(
        &self,
        isa: Isa,
        what: Statistic,
        first: usize,
        results: &mut [f64],
    ) {
        let done = self.sum_float_rows(isa, what, first, results);
        let (first, results) = (first + done, &mut results[done..]);
        if results.is_empty() {
            return;
        }
        let mut sums = LaneSums::new(isa, self.columns);
        let counted = what == Statistic::Mean && !self.elements.counts_all();
        let most = (TURNED / self.columns).min(LANES);
        let (mut room, mut turned) = ([0.0; TURNED], [0.0; TURNED]);
        for (index, results) in results.chunks_mut(most).enumerate() {
            let first = first + most * index;
            if !self.add_short_rows(&mut sums, first, results.len(), &mut room, &mut turned) {
                for (row, result) in results.iter_mut().enumerate() {
                    *result = what.of(&self.row(first + row));
                }
                continue;
            }
            if counted {
                self.count_rows(isa, first, &mut sums.counts[..results.len()]);
            }
            sums.finish(what, results, |lane| what.of(&self.row(first + lane)));
        }
    }

    fn add_short_rows(
        &self,
        sums: &mut LaneSums,
        first: usize,
        count: usize,
        room: &mut [f64; TURNED],
        turned: &mut [f64; TURNED],
    ) -> bool {
        let columns = self.columns;
        let start = first * columns;
        let elements = self.elements.part(start..start + count * columns);
        let values = match elements.plain_f64() {
            Some(values) => values,
            None => {
                let room = &mut room[..count * columns];
                for (part, room) in room.chunks_mut(LANES).enumerate() {
                    let first = LANES * part;
                    let elements = elements.part(first..first + room.len());
                    if !elements.copy_doubles(sums.isa, room) {
                        return false;
                    }
                }
                room
            }
        };
        turn(values, columns, turned);
        let mut rows = [&[][..]; SHORT];
        for (place, row) in rows.iter_mut().zip(turned.chunks(count)).take(columns) {
            *place = row;
        }
        let rows = &rows[..columns];
        let add = |sums: &mut LaneSums, levels: Option<PrefixLevels>| {
            levels.is_some_and(|levels| {
                sums.begin(levels);
                sums.add(rows);
                sums.end_block(count, true)
            })
        };
        let (isa, levels) = (sums.isa, sums.levels);
        add(sums, levels) || {
            let end = bound_of(isa, values).map(|end| end + MARGIN);
            add(sums, end.and_then(PrefixLevels::for_values_below))
        }
    }
}

/// Turns rows of `columns` elements into as many slices, one after another.
fn turn(values: &[f64], columns: usize, turned: &mut [f64]) {
    match columns {
        1 => turned[..values.len()].copy_from_slice(values),
        2 => turn_few::<2>(values, turned),
        3 => turn_few::<3>(values, turned),
        4 => turn_few::<4>(values, turned),
        _ => {
            let count = values.len() / columns;
            for (column, slice) in turned.chunks_mut(count).take(columns).enumerate() {
                for (place, row) in slice.iter_mut().zip(values.chunks_exact(columns)) {
                    *place = row[column];
                }
            }
        }
    }
}

fn turn_few<const COLUMNS: usize>(values: &[f64], turned: &mut [f64]) {
    let rows = values.as_chunks::<COLUMNS>().0;
    for (column, slice) in turned.chunks_mut(rows.len()).take(COLUMNS).enumerate() {
        for (place, row) in slice.iter_mut().zip(rows) {
            *place = row[column];
        }
    }
}
