//! Sums of a long column, or of pairs, each with an error bound: as for slices, block
//! by block.

use crate::column::mask::{PAIRS, ROWS};
use crate::column::read::{Block, Pairs};
use crate::rounded::estimates::{Center, Part, Sums, can_be_estimated, difference};
use crate::rounded::sum::Estimate;
use crate::simd::{Isa, with_default_environment};

/// Values of the first block that are there, which stand for all.
const SAMPLE: usize = 64;

/// Blocks of up to as many rows are at most 2^24, whose sums fit their 128 bits.
const MOST_ROWS: u64 = 1 << 33;

/// What `certain` makes of the count of rows and the `wanted` sums of them.
pub(crate) fn estimated<const N: usize, R>(
    isa: Isa,
    pairs: &Pairs<'_>,
    wanted: [Part; N],
    certain: impl Fn(u64, [Estimate; N]) -> Option<R>,
) -> Option<R> {
    let (count, sums) = sums(isa, pairs, wanted, [None; 2])?;
    certain(count, sums)
}

/// [`estimated`] by values less a constant each, where that promises more, for what does
/// not change with it.
pub(crate) fn central<const N: usize, R>(
    isa: Isa,
    pairs: &Pairs<'_>,
    wanted: [Part; N],
    certain: impl Fn(u64, [Estimate; N]) -> Option<R>,
) -> Option<R> {
    let pairs = &pairs.based(isa);
    let centers = centers(isa, pairs);
    let needed = centers.iter().flatten().any(|center| center.is_needed);
    let by = |centers: [Option<Center>; 2]| {
        let (count, sums) = sums(isa, pairs, wanted, centers)?;
        certain(count, sums)
    };
    let any = centers.iter().any(Option::is_some);
    match (needed, any) {
        (true, _) => by(centers).or_else(|| by([None; 2])),
        (false, true) => by([None; 2]).or_else(|| by(centers)),
        (false, false) => by([None; 2]),
    }
}

/// How many rows there are, and their sums.
///
/// These are kept apart, so that none has the others' rooms on its stack.
#[inline(never)]
fn sums<const N: usize>(
    isa: Isa,
    pairs: &Pairs<'_>,
    wanted: [Part; N],
    centers: [Option<Center>; 2],
) -> Option<(u64, [Estimate; N])> {
    if !can_be_estimated(isa, pairs.x.rows, wanted) || pairs.x.rows as u64 > MOST_ROWS {
        return None;
    }
    let absent = centers.map(|center| center.map_or(0.0, |center| center.value));
    if centers.iter().any(Option::is_some) {
        return centered(isa, pairs, wanted, centers, absent);
    }
    let mut sums = None;
    let mut count = 0;
    with_default_environment(|| {
        pairs.try_for_each(isa, absent, |block| {
            count += block.count as u64;
            add(isa, &mut sums, wanted, block.x?, block.y?)
        })
    })?;
    Some((count, sums?.so_far?))
}

/// [`sums`] of differences from the centers, if they are exact.
#[inline(never)]
fn centered<const N: usize>(
    isa: Isa,
    pairs: &Pairs<'_>,
    wanted: [Part; N],
    [x_center, y_center]: [Option<Center>; 2],
    absent: [f64; 2],
) -> Option<(u64, [Estimate; N])> {
    let mut room = [0.0; ROWS];
    let (x_room, y_room) = match pairs.y {
        Some(_) => room.split_at_mut(PAIRS),
        None => (&mut room[..], &mut [][..]),
    };
    let mut sums = None;
    let mut count = 0;
    with_default_environment(|| {
        pairs.try_for_each(isa, absent, |block| {
            count += block.count as u64;
            let x = difference(isa, block.x?, x_center, x_room)?;
            let y = match pairs.y {
                None => x,
                Some(_) => difference(isa, block.y?, y_center, y_room)?,
            };
            add(isa, &mut sums, wanted, x, y)
        })
    })?;
    Some((count, sums?.so_far?))
}

fn add<const N: usize>(
    isa: Isa,
    sums: &mut Option<Sums<N>>,
    wanted: [Part; N],
    x: &[f64],
    y: &[f64],
) -> Option<()> {
    if sums.is_none() {
        *sums = Some(Sums::like(isa, x, y, wanted)?);
    }
    sums.as_mut()?.add(x, y)
}

/// Numbers that are likely close to all values of each column.
#[inline(never)]
fn centers(isa: Isa, pairs: &Pairs<'_>) -> [Option<Center>; 2] {
    let mut found = [None; 2];
    // Ended by the first block that there is.
    let _ = pairs
        .first(4 * SAMPLE)
        .try_for_each(isa, [0.0; 2], |block| {
            let sides = if pairs.y.is_some() { 2 } else { 1 };
            for (values, center) in [block.x, block.y].into_iter().zip(&mut found).take(sides) {
                *center = values.and_then(|values| center_of(&block, values));
            }
            None
        });
    if pairs.y.is_none() {
        found[1] = found[0];
    }
    found
}

fn center_of(block: &Block<'_>, values: &[f64]) -> Option<Center> {
    let mut sample = [0.0; SAMPLE];
    let step = block.count.div_ceil(SAMPLE);
    let rows = block.present.iter().step_by(step);
    let mut length = 0;
    for (place, row) in sample.iter_mut().zip(rows) {
        *place = values[row];
        length += 1;
    }
    Center::of(&sample[..length])
}
