//! Errors: why an operation has no result.

use std::fmt;

/// Why a state cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadState {
    /// It holds the status of an earlier failure.
    Failed(i32),
    /// The words are not a state that this library writes.
    Damaged,
}

impl fmt::Display for BadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadState::Failed(status) => write!(f, "an earlier call failed with status {status}"),
            BadState::Damaged => f.write_str("the state is damaged"),
        }
    }
}

impl std::error::Error for BadState {}

/// A part of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The total of the values, or of the products.
    Total,
    /// The total of squares.
    Squares,
    /// The number of values, NaN, infinities and zeros included.
    Values,
    /// The number of those that are -0.0.
    NegativeZeros,
    /// The number of those that are NaN.
    Nan,
    /// The number of those that are plus infinity.
    PositiveInfinity,
    /// The number of those that are minus infinity.
    NegativeInfinity,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Total => "the total",
            Part::Squares => "the total of squares",
            Part::Values => "the count of values",
            Part::NegativeZeros => "the count of negative zeros",
            Part::Nan => "the count of NaN",
            Part::PositiveInfinity => "the count of plus infinity",
            Part::NegativeInfinity => "the count of minus infinity",
        })
    }
}

/// A counter would leave ±(2^63-1), or a total its limbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange(
    /// The part.
    pub Part,
);

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} would leave the range of the state", self.0)
    }
}

impl std::error::Error for OutOfRange {}

/// Why bytes are not a saved state of the kind to load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// They end before the header and counters do.
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// They do not begin with "TALY".
    Magic,
    /// They begin with "TALS": a saved state in its envelope.
    Sealed,
    /// A version that this library does not know.
    Version(u8),
    /// A different kind of state was saved.
    Kind(u8),
    /// The first limb and the limb count exceed the limbs of the total.
    Limbs {
        /// The total.
        part: Part,
        /// The index of the first limb.
        first: u8,
        /// The number of limbs.
        count: u8,
        /// The number of limbs that the total has.
        most: u8,
    },
    /// Bytes that must be zero are not: those after the limb count of the squares.
    Reserved,
    /// More or fewer bytes than the limb counts say.
    Length {
        /// How many bytes there are.
        length: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A counter is -2^63.
    Counter(Part),
    /// The limb of a decimal with this index is not a balanced digit.
    Digit(u8),
    /// The scale of a decimal is not 0 to 342.
    Scale,
    /// A total is not in its shortest form: it has a zero limb at either end, or a
    /// first limb but no limbs.
    NotMinimal(Part),
    /// The saved state is beyond the range of the state to load.
    OutOfRange(Part),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            LoadError::TooShort { length } => {
                write!(f, "{length} bytes are too few for a saved state")
            }
            LoadError::Magic => f.write_str("the bytes do not begin with \"TALY\""),
            LoadError::Sealed => f.write_str("the bytes are sealed: open them first"),
            LoadError::Version(version) => write!(f, "version {version} is unknown"),
            LoadError::Kind(kind) => match kind {
                1 => f.write_str("kind 1, accumulator, is a different kind of state"),
                2 => f.write_str("kind 2, product accumulator, is a different kind of state"),
                3 => f.write_str("kind 3, moments, is a different kind of state"),
                4 => f.write_str("kind 4, decimal, is a different kind of state"),
                _ => write!(f, "kind {kind} is unknown"),
            },
            LoadError::Limbs {
                part,
                first,
                count,
                most,
            } => write!(
                f,
                "first limb {first} and limb count {count} of {part} do not fit in {most} limbs"
            ),
            LoadError::Reserved => {
                f.write_str("the bytes after the limb count of the total of squares are not zero")
            }
            LoadError::Length { length, expected } => {
                write!(f, "need {expected} bytes, have {length}")
            }
            LoadError::Digit(index) => write!(f, "limb {index} of the total is out of range"),
            LoadError::Scale => f.write_str("the scale is out of range"),
            LoadError::Counter(part) => write!(f, "{part} is out of range"),
            LoadError::NotMinimal(part) => write!(f, "{part} is not in its shortest form"),
            LoadError::OutOfRange(part) => OutOfRange(part).fmt(f),
        }
    }
}

impl std::error::Error for LoadError {}

/// Why bytes are not a sealed state, or have changed since they were sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// They end before the envelope does.
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// They do not begin with "TALS".
    Magic,
    /// They begin with "TALY": a saved state without an envelope.
    NotSealed,
    /// A version that this library does not know.
    Version(u8),
    /// Bytes that must be zero are not.
    Reserved,
    /// More or fewer bytes than the envelope says.
    Length {
        /// How many bytes there are within the envelope.
        length: usize,
        /// How many there should be.
        expected: u32,
    },
    /// The checksum does not match the bytes.
    Checksum,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            OpenError::TooShort { length } => {
                write!(f, "{length} bytes are too few for a sealed state")
            }
            OpenError::Magic => f.write_str("the bytes do not begin with \"TALS\""),
            OpenError::NotSealed => f.write_str("the bytes are a saved state that was not sealed"),
            OpenError::Version(version) => write!(f, "version {version} is unknown"),
            OpenError::Reserved => f.write_str("bytes 5 to 7 are not zero"),
            OpenError::Length { length, expected } => {
                write!(f, "need {expected} sealed bytes, have {length}")
            }
            OpenError::Checksum => {
                f.write_str("the checksum does not match: the bytes were damaged")
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// One side of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first element of each.
    X,
    /// The second element of each.
    Y,
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// More NaNs or infinities were subtracted than added.
    NegativeCount,
    /// The result is beyond the range of the requested type.
    Overflow {
        /// It is below the range, not above it.
        negative: bool,
    },
    /// An integer was requested, and the total is NaN or infinite.
    NotFinite,
    /// An integer was requested, and the total has a fractional part.
    Fractional,
    /// A mean was requested, and there are no values.
    NoValues,
    /// A variance or covariance was requested, and there are at most `ddof` values.
    TooFew,
    /// No values have these sums: some were subtracted that had not been added, or the states
    /// are of different values.
    Impossible,
    /// The states hold different numbers of values.
    CountsDiffer,
    /// The weights add up to zero.
    NoWeight,
    /// A correlation or a line was requested, and all values of one side are equal.
    Constant(
        /// The side; x if this is true of both.
        Side,
    ),
    /// A sum of integers was requested, and the values are floats.
    NotIntegers,
    /// A frequency weight is negative.
    NegativeWeight,
    /// A weighted variance was requested, and the weights add up to at most `ddof`.
    TooLittleWeight,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ValueError::NegativeCount => "more NaN or infinities were subtracted than added",
            ValueError::Overflow { negative: false } => "the result is above the range of its type",
            ValueError::Overflow { negative: true } => "the result is below the range of its type",
            ValueError::NotFinite => "the total is not a finite number",
            ValueError::Fractional => "the total is not an integer",
            ValueError::NoValues => "need at least one value",
            ValueError::TooFew => "need more values than ddof",
            ValueError::Impossible => "no values have these sums",
            ValueError::CountsDiffer => "the states hold different counts of values",
            ValueError::NoWeight => "the weights add up to zero",
            ValueError::Constant(Side::X) => "all values of x are equal",
            ValueError::Constant(Side::Y) => "all values of y are equal",
            ValueError::NotIntegers => "the values are not integers",
            ValueError::NegativeWeight => "a weight is negative",
            ValueError::TooLittleWeight => "the weights must add up to more than ddof",
        })
    }
}

impl std::error::Error for ValueError {}
