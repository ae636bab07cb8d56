//! The same results on every processor, folded into one number.

use tally_core::{Accumulator, dot_f64, sum_f64, variance_f64};

/// Doubles of both signs and 120 binades.
fn doubles(count: usize, mut state: u64) -> Vec<f64> {
    let mut next = || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        let exponent = 1023 - 60 + (state >> 33) % 120;
        f64::from_bits(state & 1 << 63 | exponent << 52 | state >> 12)
    };
    (0..count).map(|_| next()).collect()
}

#[unsafe(no_mangle)]
pub extern "C" fn folded() -> u64 {
    assert_eq!(sum_f64(&[1e100, 1.0, -1e100]), Ok(1.0));
    let (x, y) = (doubles(5000, 1), doubles(5000, 2));
    let mut total = Accumulator::new();
    total.add_f64(&x);
    total.subtract_f64(&y);
    let results = [
        sum_f64(&x),
        sum_f64(&y[..100]),
        dot_f64(&x, &y),
        variance_f64(&x, 1),
        total.value_f64(),
    ];
    results.into_iter().fold(0, |all: u64, result| {
        all.rotate_left(7) ^ result.expect("there is a value").to_bits()
    })
}
