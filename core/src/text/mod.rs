//! Numbers in text: words, their values, and sums of them.

pub(crate) mod decimal_float;
pub(crate) mod integer_text;
pub(crate) mod long_decimal;
pub(crate) mod number;
pub(crate) mod numbers;
pub(crate) mod powers_of_five;
pub(crate) mod short_number;
pub(crate) mod swar;
pub(crate) mod words;
