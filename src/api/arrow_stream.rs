//! The bodies of the functions that take streams of Arrow.

use std::convert::Infallible;
use std::ffi::{CStr, c_char, c_int};
use std::ptr::null;

use super::arrow_data::{ArrowArray, ArrowArrayStream, ArrowSchema, Fill, Handed, Releasable};
use super::arrow_schema::Root;
use super::arrow_verbs::{Columns, TakeArrow, take_array};
use super::exports::{In, Out};
use super::quoted::Told;
use super::state::OpaqueState;
use crate::boundary::pointer::required;
use crate::boundary::record::{
    self, BeforeCallback, MESSAGE_SIZE, Refusal, refuse, refuse_callback,
};
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_NULL, TALLY_OK};
use crate::boundary::{Outcome, guard};

/// Adds a column of each array of a stream to a state.
///
/// # Safety
/// `into` is valid for reading and writing, `column` NULL or a text, and `stream` is what the
/// C stream interface says.
pub(super) unsafe fn add<T: OpaqueState<Content: TakeArrow<1>>>(
    function: &'static CStr,
    into: Out<T>,
    stream: Out<ArrowArrayStream>,
    column: In<c_char>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { add_columns(function, into, stream, [column]) }
}

/// Adds the pairs of two columns of each array of a stream to a state.
///
/// # Safety
/// As for [`add`].
pub(super) unsafe fn add_pair<T: OpaqueState<Content: TakeArrow<2>>>(
    function: &'static CStr,
    into: Out<T>,
    stream: Out<ArrowArrayStream>,
    x: In<c_char>,
    y: In<c_char>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { add_columns(function, into, stream, [x, y]) }
}

/// # Safety
/// As for [`add`].
unsafe fn add_columns<T, const COLUMNS: usize>(
    function: &'static CStr,
    into: Out<T>,
    stream: Out<ArrowArrayStream>,
    columns: [In<c_char>; COLUMNS],
) -> tally_status
where
    T: OpaqueState<Content: TakeArrow<COLUMNS>>,
{
    let begun = guard::begin(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: as above.
        let stream = unsafe { Stream::new(function, stream) }?;
        // SAFETY: readable by the contract.
        let columns = unsafe { Columns::new(columns) }?;
        // Else all of the stream would be read for nothing.
        into.read()?;
        Ok((into, stream, columns))
    });
    let (mut into, stream, columns) = match begun {
        Ok(begun) => begun,
        Err(refusal) => return refusal.status(),
    };
    let mut total = T::Content::default();
    // SAFETY: the same contract.
    match unsafe { stream.add_to(&mut total, &columns) } {
        Ok(()) => guard::status(function, || into.add_up(|part| *part = total)),
        Err(refusal) => refusal.status(),
    }
}

/// A caller's stream, checked.
struct Stream {
    function: &'static CStr,
    pointer: *mut ArrowArrayStream,
    get_schema: Fill<ArrowSchema>,
    get_next: Fill<ArrowArray>,
    get_last_error: Option<unsafe extern "C-unwind" fn(*mut ArrowArrayStream) -> *const c_char>,
}

impl Stream {
    /// # Safety
    /// If not NULL, the stream is valid for reading, and its callbacks may be called with it.
    unsafe fn new(function: &'static CStr, stream: Out<ArrowArrayStream>) -> Outcome<Self> {
        let (pointer, name) = (stream.pointer, stream.name);
        required(pointer, name)?;
        // SAFETY: readable by the contract, at any alignment.
        let read = unsafe { pointer.read_unaligned() };
        if read.release.is_none() {
            return Err(refuse(
                TALLY_INVALID,
                format_args!("{name} has been released"),
            ));
        }
        let missing = |member: &str| refuse(TALLY_NULL, format_args!("{name}->{member} is NULL"));
        Ok(Stream {
            function,
            pointer,
            get_schema: read.get_schema.ok_or_else(|| missing("get_schema"))?,
            get_next: read.get_next.ok_or_else(|| missing("get_next"))?,
            get_last_error: read.get_last_error,
        })
    }

    /// Adds columns of each array.
    ///
    /// # Safety
    /// The callbacks may be called, and give what the C stream interface says.
    unsafe fn add_to<T: TakeArrow<COLUMNS>, const COLUMNS: usize>(
        &self,
        total: &mut T,
        columns: &Columns<'_, COLUMNS>,
    ) -> Outcome<()> {
        // What is handed out is released where an exception passes: all that is ours and
        // live then.
        // SAFETY: the same contract.
        let schema = unsafe { self.ask(self.get_schema, "get_schema") }?;
        let mut targets = None;
        for number in 0.. {
            // SAFETY: as above.
            let array = unsafe { self.ask(self.get_next, "get_next") }?;
            guard::begin(self.function, || {
                let given = match array.is_released() {
                    true => null(),
                    false => array.as_ptr(),
                };
                let given = (given, Root::InStream(number));
                if targets.is_none() {
                    let schema = (schema.as_ptr(), Root::OfStream("schema"));
                    // SAFETY: what the stream gave is a schema, and perhaps an array of its
                    // type, by the contract.
                    targets = Some(unsafe { columns.find::<T>(schema, given) }?);
                }
                match &targets {
                    // SAFETY: as above.
                    Some(targets) if !given.0.is_null() => unsafe {
                        take_array(total, given, targets)
                    },
                    _ => Ok(()),
                }
            })?;
            if array.is_released() {
                break;
            }
        }
        Ok(())
    }

    /// What a callback of the stream writes.
    ///
    /// # Safety
    /// As for [`Stream::add_to`].
    unsafe fn ask<T: Releasable>(&self, callback: Fill<T>, name: &str) -> Outcome<Handed<T>> {
        let before = guard::begin_callback(self.function);
        // SAFETY: the same contract.
        let (handed, returned) = unsafe { Handed::by(callback, self.pointer) };
        if returned == 0 {
            return Ok(handed);
        }
        // SAFETY: as above.
        Err(unsafe { self.failed(before, name, returned) })
    }

    /// Says why a callback failed.
    ///
    /// # Safety
    /// As for [`Stream::add_to`].
    #[cold]
    unsafe fn failed(&self, before: BeforeCallback, name: &str, returned: c_int) -> Refusal {
        let (mut told, mut length) = ([0; MESSAGE_SIZE], 0);
        if let Some(get_last_error) = self.get_last_error {
            let kept = record::keep();
            // An error that the callback left may be what it is asked for.
            if record::status() == TALLY_OK {
                let _ = guard::begin_callback(self.function);
            }
            // SAFETY: the same contract; the text is the stream's, which is not called
            // meanwhile.
            (told, length) = unsafe { beginning(get_last_error(self.pointer)) };
            record::restore(&kept);
        }
        let Err(refusal): Outcome<Infallible> = guard::begin(self.function, || {
            let told = &told[..length];
            let colon = if told.is_empty() { "" } else { ": " };
            let what = format_args!("{name} returned {returned}{colon}{}", Told(told));
            Err(refuse_callback(before, what))
        });
        refusal
    }
}

/// A copy of the first bytes of a text, as many as a message has, and their number. The text
/// may be the thread's own message, which is about to change.
///
/// # Safety
/// `text` is NULL or a NUL-terminated text that nobody writes to meanwhile.
unsafe fn beginning(text: *const c_char) -> ([u8; MESSAGE_SIZE], usize) {
    let mut bytes = [0; MESSAGE_SIZE];
    if text.is_null() {
        return (bytes, 0);
    }
    // SAFETY: by the contract.
    let text = unsafe { CStr::from_ptr(text) }.to_bytes();
    let length = text.len().min(MESSAGE_SIZE);
    bytes[..length].copy_from_slice(&text[..length]);
    (bytes, length)
}
