//! The memory that both sides see: arguments, states and results.

use std::cell::RefCell;
use std::fmt::{Display, Write};

use tally_core::{MOMENTS_STATE_WORDS, SAVED_MAX, STATE_WORDS, Stored};

/// The most values in one call.
pub(crate) const VALUES: usize = 8192;

/// What one call gives to the next. It is never moved, so JavaScript asks for the
/// addresses once.
pub(crate) struct Room {
    pub(crate) x: [f64; VALUES],
    pub(crate) y: [f64; VALUES],
    pub(crate) integers: [i64; VALUES],
    /// A state of any kind: the first words of it.
    pub(crate) state: [u64; MOMENTS_STATE_WORDS],
    /// An accumulator to merge.
    pub(crate) other: [u64; STATE_WORDS],
    pub(crate) saved: [u8; SAVED_MAX],
    pub(crate) result: f64,
    /// An integer of 128 bits, the lower half first.
    pub(crate) wide: [u64; 2],
}

thread_local! {
    static ROOM: RefCell<Room> = const {
        RefCell::new(Room {
            x: [0.0; VALUES],
            y: [0.0; VALUES],
            integers: [0; VALUES],
            state: [0; MOMENTS_STATE_WORDS],
            other: [0; STATE_WORDS],
            saved: [0; SAVED_MAX],
            result: 0.0,
            wide: [0; 2],
        })
    };
    static MESSAGE: RefCell<Message> = const { RefCell::new(Message { text: [0; 160], length: 0 }) };
}

/// Why the latest call failed, in ASCII. Nothing is allocated for it.
pub(crate) struct Message {
    pub(crate) text: [u8; 160],
    pub(crate) length: usize,
}

impl Write for Message {
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        let room = self.text.get_mut(self.length..).unwrap_or_default();
        for (place, byte) in room.iter_mut().zip(part.bytes()) {
            *place = byte;
            self.length += 1;
        }
        Ok(())
    }
}

/// An error whose message has been written.
pub(crate) struct Failed;

impl<E: Display> From<E> for Failed {
    fn from(error: E) -> Failed {
        MESSAGE.with_borrow_mut(|message| {
            message.length = 0;
            // It is cut where it is too long.
            let _ = write!(message, "{error}");
        });
        Failed
    }
}

/// What `read` finds in the message.
pub(crate) fn message<R>(read: impl FnOnce(&Message) -> R) -> R {
    MESSAGE.with_borrow(read)
}

/// Runs `act` in the room. Returns 0, or 1 if it failed and left a message.
pub(crate) fn within(act: impl FnOnce(&mut Room) -> Result<(), Failed>) -> u32 {
    u32::from(ROOM.with_borrow_mut(act).is_err())
}

/// What `read` finds in the room.
pub(crate) fn read<R>(read: impl FnOnce(&Room) -> R) -> R {
    ROOM.with_borrow(read)
}

impl Room {
    /// The state in the room, changed by `act` and put back.
    pub(crate) fn change<S: Stored>(
        &mut self,
        act: impl FnOnce(&mut S, &Room),
    ) -> Result<(), Failed> {
        let mut state = self.state::<S>()?;
        act(&mut state, self);
        self.put(&state)
    }

    pub(crate) fn state<S: Stored>(&self) -> Result<S, Failed> {
        Ok(of_words(&self.state)?)
    }

    pub(crate) fn other<S: Stored>(&self) -> Result<S, Failed> {
        Ok(of_words(&self.other)?)
    }

    pub(crate) fn put<S: Stored>(&mut self, state: &S) -> Result<(), Failed> {
        let words = state.to_words()?;
        let words = words.as_ref();
        self.state[..words.len()].copy_from_slice(words);
        Ok(())
    }
}

fn of_words<S: Stored>(room: &[u64]) -> Result<S, tally_core::BadState> {
    let mut words = S::EMPTY;
    let length = words.as_ref().len();
    words.as_mut().copy_from_slice(&room[..length]);
    S::from_words(&words)
}
