//! Results that several threads fill.

use crate::parallel::for_each;
use crate::workers::Workers;

/// Pieces for each thread, so that one that is held up holds up no other for long.
const PIECES_A_THREAD: usize = 4;

/// Has results filled in pieces, each with the number of its first one. One more thread pays
/// for each `share` of them, a piece is a multiple of that, and nothing is said of the order.
pub(crate) fn shared_out(
    workers: &impl Workers,
    share: usize,
    results: &mut [f64],
    fill: impl Fn(usize, &mut [f64]) + Sync,
) {
    let most = results.len() / share;
    if most < 2 {
        return fill(0, results);
    }
    let threads = workers.threads().min(most);
    if threads < 2 {
        return fill(0, results);
    }
    let piece = results.len() / (PIECES_A_THREAD * threads);
    let piece = piece.next_multiple_of(share).max(share);
    let pieces = results.chunks_mut(piece).enumerate();
    for_each(workers, threads, pieces, |(index, results)| {
        fill(index * piece, results);
    });
}
