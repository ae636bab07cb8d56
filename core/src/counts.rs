//! Counts of values, NaN and infinities, as they are returned.

/// The numbers of values of a total that are not finite: added less subtracted. A count
/// beyond `i64`, which no state can hold, is returned as the nearest `i64`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpecialCounts {
    /// NaN, of any sign and payload.
    pub nan: i64,
    /// Plus infinity.
    pub positive_infinity: i64,
    /// Minus infinity.
    pub negative_infinity: i64,
}

impl SpecialCounts {
    pub(crate) fn of(counts: [i128; 3]) -> Self {
        let [nan, positive_infinity, negative_infinity] = counts.map(nearest_i64);
        SpecialCounts {
            nan,
            positive_infinity,
            negative_infinity,
        }
    }
}

/// A count, or the end of the range of `i64` that it is beyond.
pub(crate) fn nearest_i64(count: i128) -> i64 {
    count.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}
