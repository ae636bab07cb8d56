//! Arrays that have broken sums before, and plain ones.

use super::oracle::scale;
use super::random::Random;

type Generator = fn(&mut Random, usize) -> Vec<f64>;

/// Every kind of array, by name.
pub const KINDS: [(&str, Generator); 25] = [
    ("uniform", |r, n| each(r, n, |r| r.unit())),
    ("signed", |r, n| each(r, n, |r| r.sign() * r.unit())),
    ("lognormal", |r, n| {
        each(r, n, |r| {
            let e = r.between(-200, 200);
            power(r, e)
        })
    }),
    ("any finite bits", |r, n| each(r, n, finite_bits)),
    ("subnormals", |r, n| {
        each(r, n, |r| f64::from_bits(r.bits() & 0x800f_ffff_ffff_ffff))
    }),
    ("least subnormals", |r, n| {
        each(r, n, |r| f64::from_bits(r.bits() & 0x8000_0000_0000_0003))
    }),
    ("normal meets subnormal", |r, n| {
        each(r, n, |r| {
            f64::from_bits((0x000f_ffff_ffff_fffe + r.bits() % 4) | (r.bits() & 1 << 63))
        })
    }),
    ("largest", |r, n| each(r, n, |r| r.sign() * f64::MAX)),
    ("largest and half ulps", |r, n| {
        each(r, n, |r| {
            r.sign() * r.pick(&[f64::MAX, scale(1.0, 970), scale(1.0, 969), 1.0, 5e-324])
        })
    }),
    ("partial sums overflow", |r, n| {
        pairs(r, n, |r| f64::MAX * (0.5 + 0.5 * r.unit()))
    }),
    ("ties", ties),
    ("ties by cancellation", |r, n| {
        let mut values = pairs(r, n.saturating_sub(3), |r| {
            let e = r.between(-20, 100);
            power(r, e)
        });
        values.extend(ties(r, n.min(3)));
        values
    }),
    ("subnormal ties", |r, n| {
        each(r, n, |r| {
            r.sign() * r.pick(&[5e-324, 1e-323, f64::MIN_POSITIVE])
        })
    }),
    ("money", |r, n| {
        each(r, n, |r| {
            f64::from(r.between(-1_000_000, 1_000_000)) / 100.0
        })
    }),
    ("cancelling", |r, n| {
        pairs(r, n, |r| {
            let e = r.between(-50, 50);
            power(r, e)
        })
    }),
    ("cancelling over all exponents", |r, n| {
        pairs(r, n, finite_bits)
    }),
    ("negative zeros", |_, n| vec![-0.0; n]),
    ("zeros of both signs", |r, n| each(r, n, |r| r.sign() * 0.0)),
    ("mostly zeros", |r, n| {
        each(r, n, |r| {
            if r.one_in(6) {
                r.unit()
            } else {
                r.sign() * 0.0
            }
        })
    }),
    ("an outlier", |r, n| {
        let mut values = each(r, n, |r| r.unit());
        if n > 0 {
            let at = r.below(n);
            values[at] = r.sign() * 1e300;
        }
        values
    }),
    ("powers of two", |r, n| {
        each(r, n, |r| {
            let e = r.between(-1074, 1023);
            r.sign() * scale(1.0, e)
        })
    }),
    ("limb borders", |r, n| {
        each(r, n, |r| {
            // Positions 64 k - 1, 64 k and 64 k + 1 above the least subnormal.
            let e = 64 * r.between(0, 32) + r.between(-1, 1) - 1074;
            r.sign() * scale(1.0, e.clamp(-1074, 1023))
        })
    }),
    ("integers", |r, n| {
        each(r, n, |r| ((r.bits() >> 10) as f64) * r.sign())
    }),
    ("specials", |r, n| {
        each(r, n, |r| {
            if r.one_in(n + 1) {
                special(r)
            } else {
                r.unit()
            }
        })
    }),
    ("many specials", |r, n| {
        each(r, n, |r| {
            if r.one_in(2) {
                special(r)
            } else {
                finite_bits(r)
            }
        })
    }),
];

fn each(r: &mut Random, n: usize, make: impl Fn(&mut Random) -> f64) -> Vec<f64> {
    (0..n).map(|_| make(r)).collect()
}

/// Pairs that cancel, and for odd `n` one small value.
fn pairs(r: &mut Random, n: usize, make: impl Fn(&mut Random) -> f64) -> Vec<f64> {
    let mut values = Vec::with_capacity(n);
    for _ in 0..n / 2 {
        let value = make(r);
        values.extend([value, -value]);
    }
    if n % 2 == 1 {
        values.push(r.sign() * r.unit() * 1e-20);
    }
    r.shuffle(&mut values);
    values
}

/// A double, half its ulp, and something that decides, or nothing.
fn ties(r: &mut Random, n: usize) -> Vec<f64> {
    let ulps = r.below(4) as f64;
    let scale_by = r.between(-300, 300);
    let decide = r.between(-1074, -60);
    let mut values = vec![
        scale(1.0 + ulps * f64::EPSILON, scale_by),
        r.sign() * scale(f64::EPSILON / 2.0, scale_by),
        r.pick(&[0.0, 1.0, -1.0]) * scale(1.0, decide.max(-1074)),
    ];
    values.resize(n, 0.0);
    values
}

fn power(r: &mut Random, exponent: i32) -> f64 {
    r.sign() * scale(1.0 + r.unit(), exponent)
}

fn finite_bits(r: &mut Random) -> f64 {
    loop {
        let value = f64::from_bits(r.bits());
        if value.is_finite() {
            return value;
        }
    }
}

fn special(r: &mut Random) -> f64 {
    let signalling = f64::from_bits(0x7ff0_0000_0000_0001);
    let negative = f64::from_bits(0xfff8_0000_0000_1234);
    r.pick(&[
        f64::NAN,
        signalling,
        negative,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -0.0,
    ])
}
