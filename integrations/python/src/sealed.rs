//! Sealed states: saved ones in an envelope that shows damage.

use std::ptr::null;
use std::slice;

use tally_c::api::sealed::{TALLY_SEAL_SIZE, tally_saved_open, tally_saved_seal};

use crate::error::{Outcome, outcome};
use crate::states::State;

/// The first bytes of an envelope.
const MAGIC: &[u8] = b"TALS";

/// Where the content is in an envelope, and where the kind of a state is in its saved form.
const FRONT: usize = 12;
const KIND: usize = 5;

/// Bytes for one state of any kind, sealed: moments take the most, 864.
const ROOM: usize = 864 + TALLY_SEAL_SIZE;

/// Appends the sealed form of a state.
pub(crate) fn append<S: State>(state: &S, bytes: &mut Vec<u8>) -> Outcome<()> {
    let mut room = [0; ROOM];
    let saved = state.save_to(&mut room)?;
    let (place, mut size) = (room.as_mut_ptr(), 0);
    // SAFETY: `saved` readable bytes, ROOM writable ones, which may be the same.
    outcome(unsafe { tally_saved_seal(place.cast(), saved, place.cast(), ROOM, &raw mut size) })?;
    bytes.extend_from_slice(&room[..size]);
    Ok(())
}

/// The sealed form of a state.
pub(crate) fn sealed<S: State>(state: &S) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    append(state, &mut bytes)?;
    Ok(bytes)
}

/// The saved form in an envelope.
pub(crate) fn opened(bytes: &[u8]) -> Outcome<&[u8]> {
    let (mut saved, mut size) = (null(), 0);
    let first = bytes.as_ptr().cast();
    // SAFETY: a slice, and places for the results.
    outcome(unsafe { tally_saved_open(first, bytes.len(), &raw mut saved, &raw mut size) })?;
    // SAFETY: `saved` are `size` of the bytes of the slice.
    Ok(unsafe { slice::from_raw_parts(saved.cast(), size) })
}

/// The saved form in sealed or saved bytes.
pub(crate) fn opened_if_sealed(bytes: &[u8]) -> Outcome<&[u8]> {
    match bytes.starts_with(MAGIC) {
        true => opened(bytes),
        false => Ok(bytes),
    }
}

/// The kind of state that sealed or saved bytes claim to be; they may be damaged.
pub(crate) fn kind(bytes: &[u8]) -> Option<u8> {
    let saved = match bytes.starts_with(MAGIC) {
        true => bytes.get(FRONT..)?,
        false => bytes,
    };
    saved.get(KIND).copied()
}
