//! The data sets: the same numbers on every machine and in every run.

use std::ops::Range;

/// SplitMix64: enough for test data, and a few lines.
pub(crate) struct Random(u64);

impl Random {
    /// A generator at a fixed start.
    pub(crate) fn new() -> Self {
        Random(0x5EED)
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// At least 0 and below `end`; the bias is below 2^-30 here.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// At least 0 and below 1, a multiple of 2^-53.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (-53_f64).exp2()
    }

    /// Nearly normal: the sum of twelve uniform values. Unlike a formula with
    /// a logarithm it gives the same bits with every C library.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A size in [1, 2) times a power of two of `exponents`, and a sign.
    fn spread(&mut self, exponents: Range<i32>) -> f64 {
        let offset = self.below((exponents.end - exponents.start) as u64);
        let value = scaled(1.0 + self.unit(), exponents.start + offset as i32);
        if self.bits() & 1 == 0 { value } else { -value }
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

/// A kind of data.
#[derive(Clone, Copy)]
pub(crate) struct Data {
    /// The name in the tables.
    pub(crate) name: &'static str,
    make: fn(usize) -> Vec<f64>,
}

const fn data(name: &'static str, make: fn(usize) -> Vec<f64>) -> Data {
    Data { name, make }
}

/// Uniform in [0, 1).
pub(crate) const UNIFORM: Data = data("uniform", |count| each(count, Random::unit));
/// Standard normal.
pub(crate) const NORMAL: Data = data("normal", |count| each(count, Random::normal));
/// Amounts in whole cents, up to a hundred thousand either way.
pub(crate) const MONEY: Data = data("money", |count| {
    each(count, |random| {
        (random.below(20_000_001) as f64 - 1e7) / 100.0
    })
});
/// Normal around 1000: the mean is large and the variance is not.
pub(crate) const OFFSET: Data = data("1000 + normal", |count| {
    each(count, |random| 1000.0 + random.normal())
});
/// Both signs, one exponent; then uniform over more exponents.
pub(crate) const BINADE: Data = data("1 binade", binades::<1>);
pub(crate) const BINADES_10: Data = data("10 binades", binades::<10>);
pub(crate) const BINADES_30: Data = data("30 binades", binades::<30>);
pub(crate) const BINADES_50: Data = data("50 binades", binades::<50>);
pub(crate) const BINADES_80: Data = data("80 binades", binades::<80>);
pub(crate) const BINADES_100: Data = data("100 binades", binades::<100>);
pub(crate) const BINADES_120: Data = data("120 binades", binades::<120>);
pub(crate) const BINADES_200: Data = data("200 binades", binades::<200>);
pub(crate) const BINADES_300: Data = data("300 binades", binades::<300>);
pub(crate) const BINADES_2000: Data = data("2000 binades", binades::<2000>);
/// Uniform in [0, 1), and one of each thousand up to 1e25 either way.
pub(crate) const OUTLIERS: Data = data("outliers", outliers);
/// Both signs, cancelling so far that the sum of sizes is 1e30 times the size of
/// the sum.
pub(crate) const CANCELLING: Data = data("cond 1e30", cancelling);
/// Values over 400 binades, each with its opposite somewhere, and one 1.5.
pub(crate) const OPPOSITES: Data = data("opposites", opposites);

/// The kinds of the map of sums, the easiest first.
pub(crate) const MAP: &[Data] = &[
    UNIFORM,
    NORMAL,
    MONEY,
    BINADE,
    BINADES_10,
    BINADES_30,
    BINADES_50,
    BINADES_80,
    BINADES_120,
    BINADES_200,
    BINADES_300,
    BINADES_2000,
    OUTLIERS,
    CANCELLING,
    OPPOSITES,
];

/// The kinds of the map of statistics: no product of two is out of range.
pub(crate) const PRODUCTS: &[Data] = &[
    UNIFORM,
    NORMAL,
    MONEY,
    OFFSET,
    BINADES_30,
    BINADES_100,
    BINADES_300,
    OUTLIERS,
    CANCELLING,
];

/// What small accumulators have room for, ten in a group.
pub(crate) const GROUPED: &[Data] = &[UNIFORM, NORMAL, MONEY, BINADES_80, BINADES_200];

/// The goals call these friendly.
pub(crate) const FRIENDLY: &[Data] = &[UNIFORM, NORMAL, MONEY];

/// One kind that is easy to add, one with a wide range, and one that cancels.
pub(crate) const SAMPLE: &[Data] = &[UNIFORM, BINADES_300, CANCELLING];

impl Data {
    /// `count` values.
    pub(crate) fn make(self, count: usize) -> Vec<f64> {
        (self.make)(count)
    }

    /// Whether it is one of `others`.
    pub(crate) fn is_in(self, others: &[Data]) -> bool {
        others.iter().any(|other| other.name == self.name)
    }
}

fn each(count: usize, value: fn(&mut Random) -> f64) -> Vec<f64> {
    let mut random = Random::new();
    (0..count).map(|_| value(&mut random)).collect()
}

/// Both signs, exponents uniform over `SPREAD` of them around zero.
fn binades<const SPREAD: i32>(count: usize) -> Vec<f64> {
    each(count, |random| {
        let least = -SPREAD / 2;
        random.spread(least..least + SPREAD)
    })
}

fn outliers(count: usize) -> Vec<f64> {
    let mut random = Random::new();
    // Short arrays have one too.
    let place = 777 % count.clamp(1, 1000);
    let value = |index| match random.unit() {
        size if index % 1000 != place => size,
        size if random.bits() & 1 == 0 => size * 1e25,
        size => size * -1e25,
    };
    (0..count).map(value).collect()
}

/// `value`·2^`exponent`, exactly.
fn scaled(value: f64, exponent: i32) -> f64 {
    value * f64::from_bits(((1023 + exponent) as u64) << 52)
}

/// Exponents of the cancelling data, and the unit in which it is added up.
const TOP: u64 = 40;
const UNIT: i32 = -62;

/// Random values, then values that take the running sum back towards zero, and
/// at last three that take it to 1e-30 of the sum of sizes. The running sum is
/// kept exactly, in units of 2^-62: it stays below 2^127 for 2^24 values.
fn cancelling(count: usize) -> Vec<f64> {
    let mut random = Random::new();
    let mut values = Vec::with_capacity(count);
    let (mut sum, mut sizes) = (0_i128, 0.0);
    let mut push = |value: f64, sum: &mut i128, sizes: &mut f64| {
        *sum += scaled(value, -UNIT) as i128;
        *sizes += value.abs();
        values.push(value);
    };
    let last = count.min(3);
    let random_until = (count - last).div_ceil(2);
    for index in 0..count - last {
        let falling = |done: usize, all: usize| TOP - (done as u64 * TOP) / all.max(1) as u64;
        let (exponent, back) = if index < random_until {
            (random.below(TOP + 1), 0)
        } else {
            let all = count - last - random_until;
            (falling(index - random_until, all), sum)
        };
        let value = scaled(2.0 * random.unit() - 1.0, exponent as i32);
        let value = value - scaled(back as f64, UNIT);
        // Nothing below the unit, so that the running sum stays exact.
        push(whole_units(value), &mut sum, &mut sizes);
    }
    for _ in 0..last {
        let target = scaled(sizes * 1e-30, -UNIT).ceil() as i128;
        push(scaled((target - sum) as f64, UNIT), &mut sum, &mut sizes);
    }
    random.shuffle(&mut values);
    values
}

/// Total cancellation but for one value; an even count leaves room for a zero.
fn opposites(count: usize) -> Vec<f64> {
    let mut random = Random::new();
    let mut values = Vec::with_capacity(count);
    for _ in 0..count.saturating_sub(1) / 2 {
        let value = random.spread(-200..200);
        values.extend([value, -value]);
    }
    values.extend([1.5, 0.0].iter().take(count - values.len()));
    random.shuffle(&mut values);
    values
}

fn whole_units(value: f64) -> f64 {
    scaled(scaled(value, -UNIT).round(), UNIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cancelling_data_has_the_condition_that_its_name_says() {
        for count in [8, 9, 1000, 100_000] {
            let values = CANCELLING.make(count);
            assert_eq!(values.len(), count);
            let units = values.iter().map(|&value| {
                let units = scaled(value, -UNIT);
                assert_eq!(units, units.trunc(), "{value:e} has parts below the unit");
                units as i128
            });
            let sum = scaled(units.sum::<i128>() as f64, UNIT);
            let sizes: f64 = values.iter().map(|value| value.abs()).sum();
            let condition = sizes / sum.abs();
            assert!((3e29..3e30).contains(&condition), "{count}: {condition:e}");
        }
    }

    #[test]
    fn opposites_cancel_to_their_one_value() {
        for count in [1, 2, 8, 9, 1000] {
            let mut values = OPPOSITES.make(count);
            assert_eq!(values.len(), count);
            let alone = values.iter().filter(|&&value| value == 1.5).count();
            assert_eq!(alone, 1, "{count}");
            values.retain(|&value| value != 1.5 && value != 0.0);
            // Sorted by size, each value stands beside its opposite.
            values.sort_by(|a, b| a.abs().total_cmp(&b.abs()).then(a.total_cmp(b)));
            for pair in values.chunks(2) {
                assert_eq!(pair.iter().sum::<f64>(), 0.0, "{count}: {pair:?}");
            }
        }
    }

    #[test]
    fn a_spread_keeps_its_range_and_uses_it() {
        let values = BINADES_2000.make(10_000);
        let sizes = || values.iter().map(|value| value.abs());
        let least = sizes().fold(f64::INFINITY, f64::min);
        let greatest = sizes().fold(0.0, f64::max);
        assert!((2_f64.powi(-1000)..2_f64.powi(-980)).contains(&least));
        assert!((2_f64.powi(980)..2_f64.powi(1000)).contains(&greatest));
        assert!(values.iter().any(|&value| value < 0.0));
        assert!(
            BINADE
                .make(100)
                .iter()
                .all(|value| (1.0..2.0).contains(&value.abs()))
        );
    }

    #[test]
    fn there_is_an_outlier_in_each_thousand_and_in_short_arrays() {
        for (count, expected) in [(8, 1), (64, 1), (1000, 1), (4000, 4)] {
            let values = OUTLIERS.make(count);
            let outliers = values.iter().filter(|value| value.abs() > 1.0).count();
            assert_eq!(outliers, expected, "{count}");
        }
    }
}
