//! Why an operation has no result.

use std::fmt;

/// Why a state cannot be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadState {
    /// It holds the status of an earlier failure.
    Failed(i32),
    /// No call of this library left these words.
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

/// What a state is made of.
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

/// A counter lies outside ±(2^63-1), or a total outside its limbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange(
    /// Which.
    pub Part,
);

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} would leave the range of the state", self.0)
    }
}

impl std::error::Error for OutOfRange {}

/// Why bytes are not the saved form of the state to load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// They end before the header and counters do.
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// They do not begin with "TALY".
    Magic,
    /// A version that this library does not know.
    Version(u8),
    /// Saved by another kind of object.
    Kind(u8),
    /// First limb and limb count reach outside the limbs that there are.
    Limbs {
        /// Of which total.
        part: Part,
        /// The index of the first limb.
        first: u8,
        /// The number of limbs.
        count: u8,
        /// How many there are.
        most: u8,
    },
    /// Bytes that must be zero are not: those behind the limb count of the squares.
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
    /// A limb of a decimal, by its index, is not a balanced digit.
    Digit(u8),
    /// The scale of a decimal is not 0 to 342.
    Scale,
    /// Not the shortest form of a total: a zero limb at either end, or a first limb
    /// though there are none.
    NotMinimal(Part),
    /// What was saved is beyond the range of the state that it is read into.
    OutOfRange(Part),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            LoadError::TooShort { length } => {
                write!(f, "{length} bytes are too few for a saved state")
            }
            LoadError::Magic => f.write_str("the bytes do not begin with \"TALY\""),
            LoadError::Version(version) => write!(f, "version {version} is unknown"),
            LoadError::Kind(kind) => write!(f, "kind {kind} is another kind of state"),
            LoadError::Limbs {
                part,
                first,
                count,
                most,
            } => write!(
                f,
                "first limb {first} and limb count {count} of {part} do not fit {most} limbs"
            ),
            LoadError::Reserved => {
                f.write_str("the bytes behind the limb count of the total of squares are not zero")
            }
            LoadError::Length { length, expected } => {
                write!(f, "there are {length} bytes where {expected} are expected")
            }
            LoadError::Digit(index) => write!(f, "limb {index} of the total is out of range"),
            LoadError::Scale => f.write_str("the scale is out of range"),
            LoadError::Counter(part) => write!(f, "{part} is out of range"),
            LoadError::NotMinimal(part) => write!(f, "the form of {part} is not the shortest one"),
            LoadError::OutOfRange(part) => OutOfRange(part).fmt(f),
        }
    }
}

impl std::error::Error for LoadError {}

/// What is wrong with bytes that were not sealed, or have changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// They end before the envelope does.
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// They do not begin with "TALS".
    Magic,
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
    /// The checksum is that of other bytes.
    Checksum,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            OpenError::TooShort { length } => {
                write!(f, "{length} bytes are too few for a sealed state")
            }
            OpenError::Magic => f.write_str("the bytes do not begin with \"TALS\""),
            OpenError::Version(version) => write!(f, "version {version} is unknown"),
            OpenError::Reserved => f.write_str("bytes 5 to 7 are not zero"),
            OpenError::Length { length, expected } => {
                write!(f, "{length} bytes are sealed where {expected} are expected")
            }
            OpenError::Checksum => {
                f.write_str("the checksum does not match: the bytes were damaged")
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// A side of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first element of each.
    X,
    /// The second element of each.
    Y,
}

/// Why there is no value to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// More NaNs or infinities were taken out than put in.
    NegativeCount,
    /// The total is beyond the range of the type asked for.
    Overflow {
        /// Beyond the lower end of the range, not the upper.
        negative: bool,
    },
    /// An integer was asked for, and the total is NaN or infinite.
    NotFinite,
    /// An integer was asked for, and the total has a fraction.
    Fractional,
    /// A mean was asked for, and there are no values.
    NoValues,
    /// A variance was asked for, and there are at most `ddof` values.
    TooFew,
    /// No values have these sums: some were taken out that had not been put in.
    Impossible,
    /// The states are of different numbers of values.
    CountsDiffer,
    /// The weights add up to zero.
    NoWeight,
    /// A correlation or a line was asked for, and the values of one side are all the same.
    Constant(
        /// Which; x if those of both are.
        Side,
    ),
    /// An integer was asked for, and the values are floats.
    NotIntegers,
    /// A weight that counts values is below zero.
    NegativeWeight,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ValueError::NegativeCount => "more NaN or infinities were taken out than put in",
            ValueError::Overflow { negative: false } => "the result is above the range of its type",
            ValueError::Overflow { negative: true } => "the result is below the range of its type",
            ValueError::NotFinite => "the total is not a finite number",
            ValueError::Fractional => "the total is not an integer",
            ValueError::NoValues => "the count of values is below 1",
            ValueError::TooFew => "there must be more values than ddof",
            ValueError::Impossible => "no values have these sums: more was taken out than put in",
            ValueError::CountsDiffer => "the states hold different counts of values",
            ValueError::NoWeight => "the weights add up to zero",
            ValueError::Constant(Side::X) => "the values of x are all the same",
            ValueError::Constant(Side::Y) => "the values of y are all the same",
            ValueError::NotIntegers => "the values are not of an integer type",
            ValueError::NegativeWeight => "a weight is below zero",
        })
    }
}

impl std::error::Error for ValueError {}
