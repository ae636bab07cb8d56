//! Doubles as integers of two words and one unit: a plain loop, compiled once for each set
//! of instructions.

use crate::simd::isa::{Isa, compiled};

const FRACTION_BITS: u32 = 52;
const FRACTION: u64 = (1 << FRACTION_BITS) - 1;

/// The exponent fields of doubles that are integers of two words in units of the lowest
/// one's last bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The lowest field, above 0: subnormals are none of these.
    pub(crate) lowest: u64,
    /// How far above it the highest one is, at most 63.
    pub(crate) span: u64,
}

impl Fields {
    /// Whether a double has one of the fields, or is +0.0.
    #[inline(always)]
    pub(crate) fn have(self, bits: u64) -> bool {
        self.above_lowest(bits) <= self.span || bits == 0
    }

    /// Far too large if the field is below the lowest one.
    #[inline(always)]
    fn above_lowest(self, bits: u64) -> u64 {
        (bits >> FRACTION_BITS & 0x7ff).wrapping_sub(self.lowest)
    }

    /// The integer, 0 if the field is none of these; and whether that is wrong.
    #[inline(always)]
    fn fixed(self, bits: u64) -> ([u64; 2], bool) {
        let shift = self.above_lowest(bits);
        let inside = shift <= self.span;
        let size = if inside {
            bits & FRACTION | 1 << FRACTION_BITS
        } else {
            0
        };
        let sign = (bits as i64 >> 63) as u64;
        let significand = (size ^ sign).wrapping_sub(sign) as i64;
        let shift = shift % 64;
        let low = (significand as u64) << shift;
        let high = significand >> 1 >> (63 - shift);
        ([low, high as u64], !(inside | (bits == 0)))
    }
}

impl Isa {
    /// The low and high words of each value as an integer, in two's complement, and 0 for
    /// those that the fields do not have; whether they have all.
    ///
    /// # Panics
    /// If the lengths differ.
    pub(crate) fn to_fixed(
        self,
        values: &[f64],
        fields: Fields,
        low: &mut [u64],
        high: &mut [u64],
    ) -> bool {
        #[inline(always)]
        fn convert(values: &[f64], fields: Fields, low: &mut [u64], high: &mut [u64]) -> bool {
            let mut outside = false;
            for ((value, low), high) in values.iter().zip(low).zip(high) {
                let (words, is_outside) = fields.fixed(value.to_bits());
                [*low, *high] = words;
                outside |= is_outside;
            }
            !outside
        }
        assert!(values.len() == low.len() && values.len() == high.len());
        compiled!(self, [] convert(values: &[f64], fields: Fields, low: &mut [u64], high: &mut [u64]) -> bool)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By division: a value is its integer times the unit.
    #[test]
    fn integers_are_the_values_in_units_of_the_lowest_field() {
        for (lowest, span) in [
            (1, 0),
            (1, 63),
            (1000, 49),
            (1023, 63),
            (1983, 63),
            (2046, 0),
        ] {
            let fields = Fields { lowest, span };
            let mut values = vec![
                0.0,
                -0.0,
                f64::NAN,
                f64::INFINITY,
                f64::NEG_INFINITY,
                5e-324,
            ];
            for field in lowest.saturating_sub(2)..=(lowest + span + 2).min(2047) {
                for fraction in [0, 1, FRACTION, FRACTION >> 1, 0x000a_5a5a_5a5a_5a5a] {
                    let bits = field << FRACTION_BITS | fraction;
                    values.extend([f64::from_bits(bits), -f64::from_bits(bits)]);
                }
            }
            for isa in Isa::available() {
                let mut words = [vec![7; values.len()], vec![7; values.len()]];
                let [low, high] = &mut words;
                assert!(!isa.to_fixed(&values, fields, low, high));
                for (index, &value) in values.iter().enumerate() {
                    let bits = value.to_bits();
                    let field = bits >> FRACTION_BITS & 0x7ff;
                    let found = (words[1][index] as i64 as i128) << 64 | words[0][index] as i128;
                    let inside = (lowest..=lowest + span).contains(&field);
                    assert_eq!(fields.have(bits), inside || bits == 0, "{value:e}");
                    let mut expected = 0;
                    if inside {
                        let size = i128::from(bits & FRACTION | 1 << FRACTION_BITS);
                        let power = (0..field - lowest).fold(1, |power, _| 2 * power);
                        expected = if value < 0.0 { -size } else { size } * power;
                    }
                    assert_eq!(found, expected, "{value:e}, {fields:?}, {}", isa.name());
                    let mut one = [[7], [7]];
                    let [low, high] = &mut one;
                    assert_eq!(isa.to_fixed(&[value], fields, low, high), fields.have(bits));
                }
            }
        }
    }
}
