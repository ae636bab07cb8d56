//! Sums of decimal numbers as they are written.
//!
//! A word such as `-1234.56` is a whole multiple of 10^-342, so a total of such
//! words is one (large) integer, held in limbs of 18 decimal digits: nothing is
//! ever converted to binary. `docs/decimals.md` says why nothing is lost.
//!
//! | file | subject |
//! |---|---|
//! | `limbs` | the integer: balanced limbs of radix 10^18 |
//! | `number` | a written number, taken apart |
//! | `total` | adding, subtracting, merging |
//! | `state` | the 44 words that a caller keeps between calls |
//! | `words` | the numbers in a text |
//! | `one` | one short number into a state in place |
//! | `text` | the total and the mean, written out |
//! | `value` | comparing, and the nearest double |
//! | `saved` | the portable saved form |

mod limbs;
mod number;
mod one;
mod saved;
mod state;
mod text;
mod total;
mod value;
mod words;

pub use limbs::{FRACTION_DIGITS, INTEGER_DIGITS};
pub use number::{ShortDecimal, WordError};
pub use one::add_short_in_place;
pub use saved::DECIMAL_SAVED_MAX;
pub use state::DECIMAL_WORDS;
pub use text::Digits;
pub use total::Decimal;
pub use words::BadDecimal;
