//! Handles: what each names, and what is said of a bad one.
//!
//! A handle is a pointer to C and a number to us: it is never dereferenced.
//! Each use is checked against a slot of the table ([`super::slots`]). The
//! functions that end in `at_once` do only what is always quick, and say no
//! where anything is out of the ordinary; the others then find out what.

use std::ffi::c_void;
use std::ptr::without_provenance_mut;

use super::Outcome;
use super::record::{Refusal, refuse};
use super::slots::{Handle, HandleState, Payload, Pin as SlotPin, Table, Taken, Unchanged};
use super::status::tally_status::{
    TALLY_BAD_HANDLE, TALLY_BUSY, TALLY_MEMORY, TALLY_NULL, TALLY_OVERFLOW, TALLY_STALE,
    TALLY_WRONG_KIND,
};
use super::thread::{self, Keeper};

static TABLE: Table = Table::new();

/// What a handle can name. Each has a bit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A 32-bit integer; in the slot's number.
    Object = 1 << 0,
    /// A shared accumulator; the slot's number is the size of its state in bytes.
    Shared = 1 << 1,
    /// An array; the slot's number is the size of its copy in bytes, if it has one.
    Array = 1 << 2,
    /// A view of an array; the slot's number is the array's handle.
    View = 1 << 3,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Object, Self::Shared, Self::Array, Self::View];

    fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number)
    }

    fn of(handle: Handle) -> Option<Self> {
        Self::from_number(handle.kind()?)
    }

    /// What one is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Shared => "a shared accumulator",
            Self::Array => "an array",
            Self::View => "a view of an array",
        }
    }

    /// What several are called.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Object => "objects",
            Self::Shared => "shared accumulators",
            Self::Array => "arrays",
            Self::View => "views",
        }
    }

    /// The function that gives up a reference to one.
    pub fn released_by(self) -> &'static str {
        match self {
            Self::Object | Self::Shared | Self::Array => "tally_unref",
            Self::View => "tally_array_release_view",
        }
    }
}

/// What nobody can reach any more, for its owner to dispose of.
#[must_use]
#[derive(Clone, Copy, Debug)]
pub struct Removed {
    /// What it is.
    pub kind: Kind,
    /// What was in the slot.
    pub payload: Payload,
}

/// Empties the slot of a handle's that is taken.
#[inline(always)]
fn remove(handle: Handle, taken: Taken<'_>) -> Option<Removed> {
    let payload = thread::with(|thread| TABLE.empty(&thread.magazine, taken));
    let kind = Kind::of(handle)?;
    Some(Removed { kind, payload })
}

#[inline(always)]
fn parts(handle: *const c_void) -> Handle {
    Handle::from_bits(handle.addr())
}

/// Whether a handle says that it is of a kind; any will do if none is asked
/// for. One bit decides: it tells apart the kinds that there are, and a handle
/// of a kind that there is not matches no slot.
#[inline(always)]
fn claims(handle: Handle, kind: Option<Kind>) -> bool {
    match kind {
        Some(kind) => handle.has_kind_bit((kind as u8).trailing_zeros()),
        None => true,
    }
}

#[inline(always)]
fn to_pointer(handle: Handle) -> *mut c_void {
    without_provenance_mut(handle.to_bits())
}

/// A new handle with one reference, if a slot is at hand.
#[inline(always)]
pub fn insert_at_once(kind: Kind, payload: Payload) -> Option<*mut c_void> {
    thread::with(|thread| TABLE.insert_at_once(&thread.magazine, kind as u8, payload))
        .map(to_pointer)
}

/// A new handle with one reference.
pub fn insert(kind: Kind, payload: Payload) -> Outcome<*mut c_void> {
    open_magazine();
    thread::with(|thread| TABLE.insert(&thread.magazine, kind as u8, payload))
        .map(to_pointer)
        .ok_or_else(|| refuse(TALLY_MEMORY, format_args!("no memory for another handle")))
}

/// One reference more, if nothing is out of the ordinary.
#[inline(always)]
pub fn reference_at_once(handle: *const c_void, kind: Option<Kind>) -> Option<()> {
    let handle = parts(handle);
    if !claims(handle, kind) {
        return None;
    }
    TABLE.reference_at_once(handle)
}

/// One reference more.
pub fn reference(pointer: *const c_void, kind: Option<Kind>) -> Outcome<()> {
    let handle = parts(pointer);
    if !claims(handle, kind) {
        return Err(refusal(pointer, kind));
    }
    TABLE
        .reference(handle)
        .map_err(|unchanged| match unchanged {
            Unchanged::Full => refuse(
                TALLY_OVERFLOW,
                format_args!("{pointer:p} has too many references"),
            ),
            Unchanged::Other => refusal(pointer, kind),
        })
}

/// One reference less, if nothing is out of the ordinary. Returns what was
/// removed if that was the last one.
#[inline(always)]
pub fn unreference_at_once(handle: *const c_void, kind: Option<Kind>) -> Option<Option<Removed>> {
    let handle = parts(handle);
    if !claims(handle, kind) {
        return None;
    }
    let removed = TABLE.unreference_at_once(handle, |taken| remove(handle, taken))?;
    Some(removed.flatten())
}

/// One reference less. Returns what was removed if that was the last one.
pub fn unreference(pointer: *const c_void, kind: Option<Kind>) -> Outcome<Option<Removed>> {
    let handle = parts(pointer);
    if !claims(handle, kind) {
        return Err(refusal(pointer, kind));
    }
    open_magazine();
    match TABLE.unreference(handle) {
        Ok(taken) => Ok(taken.and_then(|taken| remove(handle, taken))),
        Err(_) => Err(refusal(pointer, kind)),
    }
}

/// The number that a handle's slot holds, if nothing is out of the ordinary.
#[inline(always)]
pub fn read_number(handle: *const c_void, kind: Kind) -> Option<u64> {
    let handle = parts(handle);
    if !claims(handle, Some(kind)) {
        return None;
    }
    TABLE.read_number(handle)
}

/// Keeps what a handle names while a call uses it.
#[must_use]
pub struct Pin(SlotPin<'static>);

/// Pins what a handle names, if nothing is out of the ordinary.
#[inline(always)]
pub fn pin_at_once(handle: *const c_void, kind: Kind) -> Option<Pin> {
    let handle = parts(handle);
    if !claims(handle, Some(kind)) {
        return None;
    }
    TABLE.pin(handle).ok().map(Pin)
}

/// Pins what a handle names.
#[inline(always)]
pub fn pin(pointer: *const c_void, kind: Kind) -> Outcome<Pin> {
    let handle = parts(pointer);
    if claims(handle, Some(kind)) {
        match TABLE.pin(handle) {
            Ok(pin) => return Ok(Pin(pin)),
            Err(Unchanged::Full) => return Err(busy(pointer)),
            Err(Unchanged::Other) => {}
        }
    }
    Err(refusal(pointer, Some(kind)))
}

impl Pin {
    /// What the slot holds.
    #[inline(always)]
    pub fn payload(&self) -> Payload {
        self.0.payload()
    }

    /// Changes the slot's number.
    #[inline(always)]
    pub fn set_number(&self, number: u64) {
        self.0.set_number(number);
    }

    /// Ends the use. Returns what was removed if the last reference went in the
    /// meantime, and nobody else uses it.
    #[inline(always)]
    pub fn unpin(self) -> Option<Removed> {
        let handle = self.0.handle();
        TABLE.unpin(self.0).and_then(|taken| remove(handle, taken))
    }

    /// A number for `resume`.
    pub fn number(&self) -> u64 {
        self.0.handle().to_bits() as u64
    }

    /// Leaves the slot pinned beyond the call.
    pub fn keep(self) {}

    /// The pin that `keep` left.
    ///
    /// # Safety
    /// `number` is that of a pin that is kept, and comes here once.
    pub unsafe fn resume(number: u64) -> Option<Self> {
        let handle = Handle::from_bits(number as usize);
        // SAFETY: the same contract.
        unsafe { TABLE.forgotten_pin(handle) }.map(Self)
    }
}

/// What is known of a value that may be a handle. Writes no error.
pub fn state_of(pointer: *const c_void) -> HandleState {
    let handle = parts(pointer);
    match Kind::of(handle) {
        Some(_) => TABLE.state_of(handle),
        // Nothing of this kind was ever given out, whatever the slot says.
        None => HandleState::Unknown,
    }
}

/// The kinds and numbers of all live handles.
pub fn live() -> impl Iterator<Item = (Kind, u64)> {
    let live = TABLE.live();
    live.filter_map(|(kind, number)| Some((Kind::from_number(kind)?, number)))
}

/// Lets the thread keep free slots, if it will be told of its end.
fn open_magazine() {
    let is_open = thread::with(|thread| thread.magazine.is_open());
    if !is_open && thread::is_watched(Keeper::Handles, end_of_thread) {
        thread::with(|thread| thread.magazine.open());
    }
}

/// Gives up what the thread kept.
fn end_of_thread() {
    thread::with(|thread| TABLE.close(&thread.magazine));
}

#[cold]
fn busy(pointer: *const c_void) -> Refusal {
    refuse(
        TALLY_BUSY,
        format_args!("{pointer:p} is in use by too many calls and views"),
    )
}

/// Says why a handle was not taken where `wanted` was asked for.
#[cold]
fn refusal(pointer: *const c_void, wanted: Option<Kind>) -> Refusal {
    if pointer.is_null() {
        return refuse(TALLY_NULL, format_args!("the handle is NULL"));
    }
    match (state_of(pointer), Kind::of(parts(pointer)), wanted) {
        (HandleState::Stale, ..) => refuse(
            TALLY_STALE,
            format_args!("{pointer:p} was released already"),
        ),
        (HandleState::Live, Some(kind), Some(wanted)) if kind != wanted => refuse(
            TALLY_WRONG_KIND,
            format_args!("{pointer:p} is {}, not {}", kind.name(), wanted.name()),
        ),
        _ => refuse(
            TALLY_BAD_HANDLE,
            format_args!("{pointer:p} is no handle of this library"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::ptr::{null, null_mut};

    use super::super::status::tally_status::{self, TALLY_OK};
    use super::*;

    fn object() -> *mut c_void {
        let payload = Payload {
            number: 5,
            pointer: null_mut(),
        };
        insert(Kind::Object, payload).expect("there is memory")
    }

    fn refused<T>(outcome: Outcome<T>) -> tally_status {
        outcome.err().map_or(TALLY_OK, |refusal| refusal.status())
    }

    #[test]
    fn each_misuse_has_its_own_status() {
        let handle = object();
        let kind = Some(Kind::Object);
        assert_eq!(read_number(handle, Kind::Object), Some(5));
        assert_eq!(
            refused(reference(handle, Some(Kind::Shared))),
            TALLY_WRONG_KIND
        );
        assert_eq!(refused(pin(handle, Kind::View)), TALLY_WRONG_KIND);
        assert_eq!(refused(reference(null(), None)), TALLY_NULL);
        let here = 0_u64;
        assert_eq!(
            refused(reference((&raw const here).cast(), None)),
            TALLY_BAD_HANDLE
        );
        let pins: Vec<Pin> = (0..1023).flat_map(|_| pin(handle, Kind::Object)).collect();
        assert_eq!(refused(pin(handle, Kind::Object)), TALLY_BUSY);
        assert_eq!(pins.len(), 1023);
        assert!(pins.into_iter().all(|pin| pin.unpin().is_none()));
        reference(handle, None).expect("it is live");
        assert!(unreference(handle, kind).is_ok_and(|removed| removed.is_none()));
        assert_eq!(state_of(handle), HandleState::Live);
        let removed = unreference(handle, None).expect("it is live");
        assert!(removed.is_some_and(|removed| removed.kind == Kind::Object));
        assert_eq!(state_of(handle), HandleState::Stale);
        for wanted in Kind::ALL {
            let status = refused(unreference(handle, Some(wanted)));
            // The bit of its kind says at once that it is no view.
            assert_eq!(status, TALLY_STALE, "{wanted:?}");
        }
        assert_eq!(refused(unreference(handle, None)), TALLY_STALE);
    }

    #[test]
    fn a_kind_that_there_is_not_was_never_given_out() {
        let (live, stale) = (object(), object());
        assert!(unreference(stale, None).is_ok());
        let above = if usize::BITS == 64 { 56 } else { 28 };
        let (kinds, tag) = if usize::BITS == 64 {
            (256, 0x40)
        } else {
            (16, 0)
        };
        for number in 0..kinds {
            let is_kind = Kind::ALL.iter().any(|kind| *kind as usize | tag == number);
            for given in [live, stale].into_iter().filter(|_| !is_kind) {
                let bits = given.addr() & !((kinds - 1) << above) | number << above;
                let forged = without_provenance_mut::<c_void>(bits);
                assert_eq!(state_of(forged), HandleState::Unknown, "{forged:p}");
                for wanted in [None, Some(Kind::Object), Some(Kind::View)] {
                    let outcomes = [
                        refused(reference(forged, wanted)),
                        refused(unreference(forged, wanted)),
                        refused(pin(forged, wanted.unwrap_or(Kind::Array))),
                    ];
                    assert_eq!(outcomes, [TALLY_BAD_HANDLE; 3], "{forged:p}, {wanted:?}");
                }
            }
        }
        assert!(unreference(live, None).is_ok());
    }

    #[test]
    fn a_pin_is_kept_and_resumed() {
        let handle = object();
        let kept = pin(handle, Kind::Object).expect("it is live");
        let number = kept.number();
        kept.keep();
        assert!(unreference(handle, None).is_ok_and(|removed| removed.is_none()));
        assert_eq!(state_of(handle), HandleState::Stale);
        // SAFETY: it was kept, and is resumed once.
        let resumed = unsafe { Pin::resume(number) }.expect("it was kept");
        assert!(
            resumed
                .unpin()
                .is_some_and(|removed| removed.payload.number == 5)
        );
    }
}
