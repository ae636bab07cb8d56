//! Handles: the kinds of resources that they name, and the reasons for refusing one.
//!
//! A handle is a pointer to C and a number to this library: it is never
//! dereferenced. Each use is checked against a slot of the table
//! ([`super::slots`]). Nothing here writes an error: the caller learns what is
//! wrong and reports it.

use std::ffi::c_void;
use std::ptr::without_provenance_mut;

use super::slots::{Handle, HandleState, Payload, Slot, Table, Unchanged, Unreferenced};
use super::thread::{self, Keeper};

static TABLE: Table = Table::new();

/// The kinds of things that a handle can name, each a single bit.
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

    /// The kind that a handle claims.
    pub fn claimed_by(handle: *const c_void) -> Option<Self> {
        Self::of(parts(handle))
    }

    /// The name of one, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Shared => "a shared accumulator",
            Self::Array => "an array",
            Self::View => "a view of an array",
        }
    }

    /// The name of several.
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

/// A thing that nobody can reach any more, to be disposed of.
#[must_use]
#[derive(Clone, Copy, Debug)]
pub struct Removed {
    /// What it is.
    pub kind: Kind,
    /// What was in the slot.
    pub payload: Payload,
}

/// Empties the slot of a handle that nobody can reach any more.
#[inline(always)]
fn remove(handle: Handle, slot: &Slot) -> Option<Removed> {
    let payload = thread::with(|thread| TABLE.empty(&thread.magazine, slot, handle.index));
    let kind = Kind::of(handle)?;
    Some(Removed { kind, payload })
}

#[inline(always)]
fn parts(handle: *const c_void) -> Handle {
    Handle::from_bits(handle.addr())
}

/// The slot of a handle that claims the given kind, or any kind if that is
/// `None`. One bit decides: it distinguishes the valid kinds, and a handle with
/// an invalid kind matches no slot.
#[inline(always)]
fn find(handle: Handle, kind: Option<Kind>) -> Option<&'static Slot> {
    let is_of = |kind| handle.has_kind_bit((kind as u8).trailing_zeros());
    if !kind.is_none_or(is_of) {
        return None;
    }
    TABLE.slot(handle)
}

/// A new handle with one reference, if the thread has a cached slot.
#[inline(always)]
pub fn insert(kind: Kind, payload: Payload) -> Option<*mut c_void> {
    thread::with(|thread| TABLE.insert(&thread.magazine, kind as u8, payload))
        .map(|handle| without_provenance_mut(handle.to_bits()))
}

/// Caches a slot for an `insert` that follows at once; `None` if there is no
/// memory.
#[cold]
pub fn reserve() -> Option<()> {
    // A thread caches free slots only if its exit hook is registered.
    let is_open = thread::with(|thread| thread.magazine.is_open());
    if !is_open && thread::is_watched(Keeper::Handles, end_of_thread) {
        thread::with(|thread| thread.magazine.open());
    }
    thread::with(|thread| TABLE.reserve(&thread.magazine))
}

/// One reference more, if one attempt is enough.
#[inline(always)]
pub fn try_reference(handle: *const c_void, kind: Option<Kind>) -> Option<()> {
    let handle = parts(handle);
    find(handle, kind)?.try_reference(handle.tag)
}

/// One reference more.
pub fn reference(handle: *const c_void, kind: Option<Kind>) -> Result<(), Unchanged> {
    let handle = parts(handle);
    let slot = find(handle, kind).ok_or(Unchanged::Other)?;
    slot.reference(handle.tag)
}

/// One reference less, if one attempt is enough. Returns what was removed if that
/// was the last one.
#[inline(always)]
pub fn try_unreference(handle: *const c_void, kind: Option<Kind>) -> Option<Option<Removed>> {
    let handle = parts(handle);
    let slot = find(handle, kind)?;
    match slot.try_unreference(handle.tag)? {
        Unreferenced::Taken => Some(remove(handle, slot)),
        Unreferenced::Kept | Unreferenced::Zombie => Some(None),
    }
}

/// One reference less. Returns what was removed if that was the last one.
pub fn unreference(
    handle: *const c_void,
    kind: Option<Kind>,
) -> Result<Option<Removed>, Unchanged> {
    let handle = parts(handle);
    let slot = find(handle, kind).ok_or(Unchanged::Other)?;
    Ok(match slot.unreference(handle.tag)? {
        Unreferenced::Taken => remove(handle, slot),
        Unreferenced::Kept | Unreferenced::Zombie => None,
    })
}

/// The number in a handle's slot, if its counts do not change meanwhile.
#[inline(always)]
pub fn read_number(handle: *const c_void, kind: Kind) -> Option<u64> {
    let handle = parts(handle);
    find(handle, Some(kind))?.read_number(handle.tag)
}

/// Keeps the named thing alive while a call uses it.
#[must_use]
pub struct Pin {
    slot: &'static Slot,
    handle: Handle,
}

/// Pins the thing that a handle names.
#[inline(always)]
pub fn pin(handle: *const c_void, kind: Kind) -> Result<Pin, Unchanged> {
    let handle = parts(handle);
    let slot = find(handle, Some(kind)).ok_or(Unchanged::Other)?;
    slot.pin(handle.tag)?;
    Ok(Pin { slot, handle })
}

impl Pin {
    /// The payload of the slot.
    #[inline(always)]
    pub fn payload(&self) -> Payload {
        self.slot.payload()
    }

    /// Changes the slot's number.
    #[inline(always)]
    pub fn set_number(&self, number: u64) {
        self.slot.set_number(number);
    }

    /// Ends the use. Returns the removed thing if the last reference went in
    /// the meantime and there is no other user.
    #[inline(always)]
    pub fn unpin(self) -> Option<Removed> {
        if self.slot.unpin() {
            remove(self.handle, self.slot)
        } else {
            None
        }
    }

    /// A number for `resume`.
    pub fn number(&self) -> u64 {
        self.handle.to_bits() as u64
    }

    /// Leaves the slot pinned beyond the call.
    pub fn keep(self) {}

    /// The pin that `keep` left.
    ///
    /// # Safety
    /// `number` is that of a pin that is kept, and comes here once.
    pub unsafe fn resume(number: u64) -> Option<Self> {
        let handle = Handle::from_bits(number as usize);
        let slot = TABLE.slot(handle)?;
        Some(Self { slot, handle })
    }
}

/// What is known about a value that may be a handle. Writes no error.
pub fn state_of(pointer: *const c_void) -> HandleState {
    let handle = parts(pointer);
    match Kind::of(handle) {
        Some(_) => TABLE.state_of(handle),
        // There never was a handle of this kind, whatever the slot's state.
        None => HandleState::Unknown,
    }
}

/// The kinds and numbers of all live handles.
pub fn live() -> impl Iterator<Item = (Kind, u64)> {
    let live = TABLE.live();
    live.filter_map(|(kind, number)| Some((Kind::from_number(kind)?, number)))
}

/// Returns the slots that the thread cached.
fn end_of_thread() {
    thread::with(|thread| TABLE.close(&thread.magazine));
}

#[cfg(test)]
mod tests {
    use std::ptr::{null, null_mut};

    use super::*;

    fn object() -> *mut c_void {
        let payload = Payload {
            number: 5,
            pointer: null_mut(),
        };
        reserve().expect("there is memory");
        insert(Kind::Object, payload).expect("a slot is reserved")
    }

    #[test]
    fn each_misuse_is_told_apart() {
        let handle = object();
        let kind = Some(Kind::Object);
        let other = Err(Unchanged::Other);
        assert_eq!(read_number(handle, Kind::Object), Some(5));
        assert_eq!(read_number(handle, Kind::Array), None);
        assert_eq!(reference(handle, Some(Kind::Shared)), other);
        assert_eq!(pin(handle, Kind::View).err(), Some(Unchanged::Other));
        assert_eq!(reference(null(), None), other);
        let here = 0_u64;
        assert_eq!(reference((&raw const here).cast(), None), other);
        let pins: Vec<Pin> = (0..1023).flat_map(|_| pin(handle, Kind::Object)).collect();
        assert_eq!(pin(handle, Kind::Object).err(), Some(Unchanged::Pins));
        assert_eq!(pins.len(), 1023);
        assert!(pins.into_iter().all(|pin| pin.unpin().is_none()));
        assert_eq!(reference(handle, None), Ok(()));
        assert!(unreference(handle, kind).is_ok_and(|removed| removed.is_none()));
        assert_eq!(state_of(handle), HandleState::Live);
        let removed = unreference(handle, None).expect("it is live");
        assert!(removed.is_some_and(|removed| removed.kind == Kind::Object));
        assert_eq!(state_of(handle), HandleState::Stale);
        for wanted in Kind::ALL.map(Some).into_iter().chain([None]) {
            let refused = unreference(handle, wanted).err();
            assert_eq!(refused, Some(Unchanged::Other), "{wanted:?}");
        }
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
                    let refused = [
                        reference(forged, wanted).err(),
                        unreference(forged, wanted).err(),
                        pin(forged, wanted.unwrap_or(Kind::Array)).err(),
                    ];
                    let other = Some(Unchanged::Other);
                    assert_eq!(refused, [other; 3], "{forged:p}, {wanted:?}");
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
