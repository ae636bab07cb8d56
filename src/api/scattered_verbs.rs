//! The bodies of the functions that add to many accumulators.

use std::ffi::{CStr, c_void};
use std::ptr::NonNull;

use super::accumulator::tally_accumulator;
use super::column_data::{Given, tally_column};
use super::column_verbs::TakeColumn;
use super::convert::SMALL;
use super::exports::{In, Out, as_they_are};
use super::small_grown::{grow_state, grown, take_one_of_any, tally_small_accumulator};
use super::state::{Name, OpaqueState, State};
use crate::boundary::pointer::OutPtr;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::rows::Rows;
use crate::boundary::status::tally_status::{self, TALLY_MEMORY, TALLY_TOO_SMALL};
use crate::boundary::{Outcome, guard};
use tally_core::internal::SmallSum;
use tally_core::{Accumulator, Column, OutOfRange, STATE_WORDS, Stored};

/// Returns `size` bytes of memory with any alignment, or NULL if there is none.
#[allow(non_camel_case_types)]
pub type tally_room =
    Option<unsafe extern "C-unwind" fn(size: usize, user_data: *mut c_void) -> *mut c_void>;

as_they_are!(tally_room);

/// A state that a row's element is added to.
trait Target: OpaqueState<Content: TakeColumn + Stored<One = f64>> {
    /// Has the processor read what adding a number touches in the state of a row.
    fn prefetch(into: &Rows<'_, Self>, row: usize, number: Option<f64>);

    /// Adds what could not be added in place, or subtracts it. `false` if it does not fit.
    fn take_anyway<const SUBTRACT: bool>(
        state: State<Self>,
        element: &Element<'_>,
    ) -> Outcome<bool>;
}

/// An element of a column that counts: its number if it is known to be a double, and the
/// column of it alone.
struct Element<'a> {
    number: Option<f64>,
    column: Column<'a>,
}

impl Element<'_> {
    fn take_into<const SUBTRACT: bool, C: TakeColumn + Stored<One = f64>>(&self, content: &mut C) {
        match self.number {
            Some(number) => content.add_one::<SUBTRACT>(number),
            None => content.take::<SUBTRACT>(&self.column),
        }
    }
}

impl Target for tally_accumulator {
    #[inline(always)]
    fn prefetch(into: &Rows<'_, Self>, row: usize, number: Option<f64>) {
        const COUNTERS: usize = 8 * (STATE_WORDS - 6);
        if let Some(number) = number {
            let limbs = Accumulator::bytes_of_f64(number);
            into.prefetch(row, limbs.start, limbs.len());
        }
        into.prefetch(row, COUNTERS, 48);
    }

    #[cold]
    fn take_anyway<const SUBTRACT: bool>(
        mut state: State<Self>,
        element: &Element<'_>,
    ) -> Outcome<bool> {
        match element.number {
            Some(number) => state.add_one_to_content::<SUBTRACT>(number)?,
            None => state.add_up(|part| part.take::<SUBTRACT>(&element.column))?,
        }
        Ok(true)
    }
}

impl Target for tally_small_accumulator {
    #[inline(always)]
    fn prefetch(into: &Rows<'_, Self>, row: usize, _number: Option<f64>) {
        into.prefetch(row, 0, size_of::<Self>());
    }

    #[cold]
    fn take_anyway<const SUBTRACT: bool>(
        mut state: State<Self>,
        element: &Element<'_>,
    ) -> Outcome<bool> {
        if grown(&state.words()).is_some() {
            match element.number {
                // SAFETY: valid by the contract of `State::new`.
                Some(number) => unsafe { take_one_of_any::<SUBTRACT>(&mut state, number) }?,
                None => state.add_up(|part| part.take::<SUBTRACT>(&element.column))?,
            }
            return Ok(true);
        }
        let mut content: SmallSum = state.read()?;
        element.take_into::<SUBTRACT, _>(&mut content);
        match content.to_words() {
            Ok(words) => state.set_words(words),
            Err(OutOfRange(_)) => return Ok(false),
        }
        Ok(true)
    }
}

/// A column of values and their states.
struct Scattered<'a, T> {
    into: Rows<'a, T>,
    values: Given<'a>,
    done: Option<OutPtr<usize>>,
}

impl<T: Target> Scattered<'_, T> {
    /// # Safety
    /// `values` is readable as [`In::column`] says, `into` is valid for reading a pointer for
    /// each element, and `done` (if not NULL) for writing. Each pointer of an element that
    /// counts (if not NULL) is to a state that is valid for reading and writing.
    unsafe fn new(into: In<*mut T>, values: In<tally_column>, done: Out<usize>) -> Outcome<Self> {
        // SAFETY: the same contract.
        let values = unsafe { values.column() }?;
        // SAFETY: as above.
        let into = unsafe { Rows::new(into.pointer, values.count(), into.name) }?;
        // SAFETY: as above.
        let done = unsafe { done.optional() };
        Ok(Scattered { into, values, done })
    }

    fn state(&self, row: usize) -> Outcome<State<T>> {
        // SAFETY: readable and writable by the contract of `new`, or NULL.
        unsafe { State::new(self.into.get(row), Name::of("into", row)) }
    }

    /// Adds the rows from one on, or subtracts them, up to the first that does not fit, and
    /// gives that row; the number of rows if all fit.
    // Out of line, so that its rooms are not on the stack while `room` is called.
    #[inline(never)]
    fn take_from<const SUBTRACT: bool>(&self, first: usize) -> Outcome<usize> {
        let rows = self.values.count();
        let column = self.values.column().part(first..rows);
        // Blocks would cost room for the doubles, and a call for each row.
        let outcome = match column.plain_f64() {
            Some(doubles) => self.take_doubles::<SUBTRACT>(first, doubles),
            None => column.try_for_each_row(|row| {
                let (index, number) = (first + row.index, row.number());
                self.prefetch_ahead(index, |rows| row.number_ahead(rows));
                match number {
                    Some(number) if self.is_taken_in_place::<SUBTRACT>(index, number) => Ok(()),
                    _ => self.take_anyway::<SUBTRACT>(index, number),
                }
            }),
        };
        let (done, refusal) = match outcome {
            Ok(()) => (rows, None),
            Err(Stop { row, refusal }) => (row, refusal),
        };
        if let Some(place) = &self.done {
            place.set(done);
        }
        refusal.map_or(Ok(done), Err)
    }

    /// The same of all rows from one on, whose elements are these.
    fn take_doubles<const SUBTRACT: bool>(
        &self,
        first: usize,
        doubles: &[f64],
    ) -> Result<(), Stop> {
        for (place, &number) in doubles.iter().enumerate() {
            let row = first + place;
            self.prefetch_ahead(row, |rows| doubles.get(place + rows).copied());
            if !self.is_taken_in_place::<SUBTRACT>(row, number) {
                self.take_anyway::<SUBTRACT>(row, Some(number))?;
            }
        }
        Ok(())
    }

    /// Has the memory of a row further on read in advance.
    #[inline(always)]
    fn prefetch_ahead(&self, row: usize, number: impl Fn(usize) -> Option<f64>) {
        if let Some(ahead) = self.into.row_ahead(row) {
            T::prefetch(&self.into, ahead, number(ahead - row));
        }
    }

    /// Adds a row's number in place, or subtracts it, if that can be.
    #[inline(always)]
    fn is_taken_in_place<const SUBTRACT: bool>(&self, row: usize, number: f64) -> bool {
        !self.into.get(row).is_null()
            && self
                .state(row)
                .is_ok_and(|mut state| state.add_one_in_place::<SUBTRACT>(number))
    }

    /// Adds a row that could not be added in place, or subtracts it.
    #[cold]
    fn take_anyway<const SUBTRACT: bool>(
        &self,
        row: usize,
        number: Option<f64>,
    ) -> Result<(), Stop> {
        let taken = self.state(row).and_then(|state| {
            let column = self.values.column().part(row..row + 1);
            T::take_anyway::<SUBTRACT>(state, &Element { number, column })
        });
        let refusal = match taken {
            Ok(true) => return Ok(()),
            Ok(false) => None,
            Err(refusal) => Some(refusal),
        };
        Err(Stop { row, refusal })
    }
}

/// A row that was not done: it was refused, or does not fit.
struct Stop {
    row: usize,
    refusal: Option<Refusal>,
}

impl Scattered<'_, tally_small_accumulator> {
    /// Adds a row to a state that has no room for what comes of it, or subtracts it, with the
    /// memory that was given; NULL if there is none.
    fn grow<const SUBTRACT: bool>(
        &self,
        row: usize,
        given: *mut c_void,
        was_asked: bool,
    ) -> Outcome<()> {
        let state = self.state(row)?;
        let name = state.name();
        let mut content = state.read()?;
        let column = self.values.column().part(row..row + 1);
        let number = None;
        Element { number, column }.take_into::<SUBTRACT, _>(&mut content);
        if let Some(given) = NonNull::new(given) {
            // SAFETY: the state is valid by the contract of `new`, and `given` by that of
            // `take_small`.
            return unsafe { grow_state(&state, &content, given) };
        }
        match content.to_words() {
            Err(OutOfRange(part)) if !was_asked => Err(refuse(
                TALLY_TOO_SMALL,
                format_args!(
                    "row {row}: {part} of {name} does not fit in {SMALL}: pass a room function or grow it"
                ),
            )),
            _ => Err(refuse(
                TALLY_MEMORY,
                format_args!("row {row}: room returned no memory for {name}"),
            )),
        }
    }
}

/// Adds the elements of a column to as many accumulators, or subtracts them.
///
/// # Safety
/// `values` is readable as [`In::column`] says, `into` is valid for reading a pointer for each
/// element, `done` (if not NULL) for writing, and each pointer (if not NULL) is to a state
/// that is valid for reading and writing.
pub(super) unsafe fn take<const SUBTRACT: bool>(
    function: &'static CStr,
    into: In<*mut tally_accumulator>,
    values: In<tally_column>,
    done: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: the same contract.
        let scattered = unsafe { Scattered::new(into, values, done) }?;
        // Each fits, or is refused.
        scattered.take_from::<SUBTRACT>(0).map(|_| ())
    })
}

/// The same of small accumulators, which grow into memory that `room` gives.
///
/// # Safety
/// As for [`take`]; `room` may be called with `user_data`, and gives NULL or memory for an
/// accumulator as long as a state refers to it.
pub(super) unsafe fn take_small<const SUBTRACT: bool>(
    function: &'static CStr,
    into: In<*mut tally_small_accumulator>,
    values: In<tally_column>,
    room: tally_room,
    user_data: Out<c_void>,
    done: Out<usize>,
) -> tally_status {
    // SAFETY: the same contract.
    let begun = guard::begin(function, || unsafe { Scattered::new(into, values, done) });
    let scattered = match begun {
        Ok(scattered) => scattered,
        Err(refusal) => return refusal.status(),
    };
    let mut row = 0;
    loop {
        match guard::begin(function, || scattered.take_from::<SUBTRACT>(row)) {
            Ok(stopped) => row = stopped,
            Err(refusal) => return refusal.status(),
        }
        if row == scattered.values.count() {
            return guard::status(function, || Ok(()));
        }
        let mut given = std::ptr::null_mut();
        if let Some(room) = room {
            let _ = guard::begin_callback(function);
            // SAFETY: the caller's promise about `room`. Nothing of ours is live that an
            // exception would have to clean up.
            given = unsafe { room(size_of::<tally_accumulator>(), user_data.pointer) };
        }
        let was_asked = room.is_some();
        let grew = guard::begin(function, || {
            scattered.grow::<SUBTRACT>(row, given, was_asked)
        });
        if let Err(refusal) = grew {
            return refusal.status();
        }
        row += 1;
    }
}
