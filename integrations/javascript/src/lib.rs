//! What `instantiate.js` calls. Arguments, states and results are in the memory of
//! `room`; a function that can fail returns 0, or 1 if it has left a message.

mod room;

use room::{message, read, within};
use tally_core::{
    Accumulator, Moments, ProductAccumulator, Stored, ValueError, dot_f64, mean_f64, norm_f64,
    standard_deviation_f64, sum_f64, sum_i64, variance_f64,
};

/// Results beyond the largest double are infinite, as everywhere in JavaScript.
fn rounded(result: Result<f64, ValueError>) -> Result<f64, ValueError> {
    match result {
        Err(ValueError::Overflow { negative }) => Ok(if negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        }),
        result => result,
    }
}

macro_rules! places {
    ($($(#[$documentation:meta])* $name:ident: $place:expr;)+) => {$(
        $(#[$documentation])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $name() -> usize {
            $place
        }
    )+};
}

places! {
    /// The most values in one call.
    room_values: room::VALUES;
    /// Where the values are, or the first factors.
    room_x: read(|room| room.x.as_ptr().addr());
    /// Where the second factors are.
    room_y: read(|room| room.y.as_ptr().addr());
    /// Where the integers of `sum_integers` are.
    room_integers: read(|room| room.integers.as_ptr().addr());
    /// Where the state is.
    room_state: read(|room| room.state.as_ptr().addr());
    /// Where the state to merge is.
    room_other: read(|room| room.other.as_ptr().addr());
    /// Where saved bytes are.
    room_saved: read(|room| room.saved.as_ptr().addr());
    /// Where a result is.
    room_result: read(|room| (&raw const room.result).addr());
    /// Where the result of `sum_integers` is.
    room_wide: read(|room| room.wide.as_ptr().addr());
    /// Where the message is.
    room_message: message(|message| message.text.as_ptr().addr());
    /// How long the message is.
    message_length: message(|message| message.length);
}

/// Functions whose result is a double.
macro_rules! results {
    ($($(#[$documentation:meta])* $name:ident($($argument:ident: $type:ty),*): |$room:ident| $result:expr;)+) => {$(
        $(#[$documentation])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($($argument: $type),*) -> u32 {
            within(|$room| {
                $room.result = rounded($result)?;
                Ok(())
            })
        }
    )+};
}

results! {
    /// The sum of the first `count` values of x.
    sum(count: usize): |room| sum_f64(&room.x[..count]);
    /// Their mean.
    mean(count: usize): |room| mean_f64(&room.x[..count]);
    /// Their norm.
    norm(count: usize): |room| norm_f64(&room.x[..count]);
    /// Their variance; `ddof` is an integer.
    variance(count: usize, ddof: f64): |room| variance_f64(&room.x[..count], ddof as u64);
    /// Their standard deviation.
    standard_deviation(count: usize, ddof: f64): |room| {
        standard_deviation_f64(&room.x[..count], ddof as u64)
    };
    /// The sum of the products of the first `count` values of x and y.
    dot(count: usize): |room| dot_f64(&room.x[..count], &room.y[..count]);

    /// The value of the accumulator in the room.
    accumulator_value(): |room| room.state::<Accumulator>()?.value_f64();
    /// Its mean.
    accumulator_mean(): |room| room.state::<Accumulator>()?.mean_f64();
    /// The value of the product accumulator in the room.
    products_value(): |room| room.state::<ProductAccumulator>()?.value_f64();
    /// The norm of the moments in the room.
    moments_norm(): |room| room.state::<Moments>()?.norm_f64();
    /// Their variance.
    moments_variance(ddof: f64): |room| room.state::<Moments>()?.variance_f64(ddof as u64);
    /// Their standard deviation.
    moments_standard_deviation(ddof: f64): |room| {
        room.state::<Moments>()?.standard_deviation_f64(ddof as u64)
    };
}

/// Functions that change the state in the room.
macro_rules! changes {
    ($($(#[$documentation:meta])* $name:ident($($argument:ident: $type:ty),*): |$state:ident: $kind:ty, $room:ident| $act:expr;)+) => {$(
        $(#[$documentation])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($($argument: $type),*) -> u32 {
            within(|room| room.change(|$state: &mut $kind, $room| $act))
        }
    )+};
}

changes! {
    /// Adds the first `count` values of x.
    accumulator_add(count: usize): |state: Accumulator, room| state.add_f64(&room.x[..count]);
    /// Subtracts them.
    accumulator_subtract(count: usize): |state: Accumulator, room| {
        state.subtract_f64(&room.x[..count])
    };
    /// Adds the products of the first `count` values of x and y.
    products_add(count: usize): |state: ProductAccumulator, room| {
        state.add_f64(&room.x[..count], &room.y[..count])
    };
    /// Adds the first `count` values of x.
    moments_add(count: usize): |state: Moments, room| state.add_f64(&room.x[..count]);
}

/// Merges the other accumulator into the state.
#[unsafe(no_mangle)]
pub extern "C" fn accumulator_merge() -> u32 {
    within(|room| {
        let other = room.other::<Accumulator>()?;
        room.change(|state: &mut Accumulator, _| state.merge(&other))
    })
}

/// Subtracts the other accumulator from the state.
#[unsafe(no_mangle)]
pub extern "C" fn accumulator_unmerge() -> u32 {
    within(|room| {
        let other = room.other::<Accumulator>()?;
        room.change(|state: &mut Accumulator, _| state.unmerge(&other))
    })
}

/// How many values the accumulator has, as an integer in `wide`.
#[unsafe(no_mangle)]
pub extern "C" fn accumulator_count() -> u32 {
    within(|room| {
        room.wide[0] = room.state::<Accumulator>()?.count() as u64;
        Ok(())
    })
}

/// Saves the accumulator. Returns the number of bytes: it cannot fail, for what is in
/// the room can be saved.
#[unsafe(no_mangle)]
pub extern "C" fn accumulator_save() -> usize {
    let mut length = 0;
    within(|room| {
        let saved = room.state::<Accumulator>()?.save()?;
        let bytes = saved.as_bytes();
        room.saved[..bytes.len()].copy_from_slice(bytes);
        length = bytes.len();
        Ok(())
    });
    length
}

/// Loads an accumulator from the first `length` saved bytes.
#[unsafe(no_mangle)]
pub extern "C" fn accumulator_load(length: usize) -> u32 {
    within(|room| {
        let state = Accumulator::load(&room.saved[..length])?;
        room.put(&state)
    })
}

/// The sum of the first `count` integers, in `wide`: signed ones, or else unsigned ones.
#[unsafe(no_mangle)]
pub extern "C" fn sum_integers(count: usize, signed: u32) -> u32 {
    within(|room| {
        let integers = &room.integers[..count];
        let mut sum = sum_i64(integers);
        if signed == 0 {
            // Those from 2^63 on were read as 2^64 less.
            sum += (integers.iter().filter(|integer| **integer < 0).count() as i128) << 64;
        }
        room.wide = [sum as u64, (sum >> 64) as u64];
        Ok(())
    })
}
