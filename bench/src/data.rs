//! The data sets: the same numbers on every machine and in every run.

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
    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (-53_f64).exp2()
    }

    /// Nearly normal: the sum of twelve uniform values. Unlike a formula with
    /// a logarithm it gives the same bits with every C library.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Positive, with a normal exponent from -200 to 200.
    fn wide(&mut self) -> f64 {
        let exponent = (self.normal() * 66.0).round().clamp(-200.0, 200.0);
        scaled(1.0 + self.unit(), exponent as i32)
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

/// A kind of data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Data {
    /// Uniform in [0, 1).
    Uniform,
    /// Standard normal.
    Normal,
    /// Amounts in whole cents, up to a hundred thousand either way.
    Money,
    /// Positive, with normal exponents from -200 to 200.
    Wide,
    /// Both signs, cancelling so far that the sum of sizes is 1e30 times the
    /// size of the sum.
    Cancelling,
    /// Values like the wide ones, each with its opposite somewhere, and one 1.5.
    Opposites,
}

impl Data {
    /// All of them, the easiest first.
    pub(crate) const ALL: [Data; 6] = [
        Data::Uniform,
        Data::Normal,
        Data::Money,
        Data::Wide,
        Data::Cancelling,
        Data::Opposites,
    ];

    /// What the goals call friendly.
    pub(crate) const FRIENDLY: [Data; 3] = [Data::Uniform, Data::Normal, Data::Money];

    /// The name in the tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Data::Uniform => "uniform",
            Data::Normal => "normal",
            Data::Money => "money",
            Data::Wide => "2^+-200",
            Data::Cancelling => "cond 1e30",
            Data::Opposites => "worst case",
        }
    }

    /// `count` values.
    pub(crate) fn make(self, count: usize) -> Vec<f64> {
        let mut random = Random::new();
        let mut each = |value: fn(&mut Random) -> f64| -> Vec<f64> {
            (0..count).map(|_| value(&mut random)).collect()
        };
        match self {
            Data::Uniform => each(Random::unit),
            Data::Normal => each(Random::normal),
            Data::Money => each(|random| (random.below(20_000_001) as f64 - 1e7) / 100.0),
            Data::Wide => each(Random::wide),
            Data::Cancelling => cancelling(count),
            Data::Opposites => opposites(count),
        }
    }
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
        let value = random.wide();
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
            let values = Data::Cancelling.make(count);
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
    fn the_worst_case_cancels_to_its_one_value() {
        for count in [1, 2, 8, 9, 1000] {
            let mut values = Data::Opposites.make(count);
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
    fn wide_data_keeps_its_range_and_uses_it() {
        let values = Data::Wide.make(10_000);
        let in_range = |value: &f64| (2_f64.powi(-200)..2_f64.powi(201)).contains(value);
        assert!(values.iter().all(in_range));
        assert!(values.iter().any(|&value| value < 2_f64.powi(-150)));
        assert!(values.iter().any(|&value| value > 2_f64.powi(150)));
    }
}
