//! The last values of a block, fewer than a kernel takes at a time, go where there
//! is room for them: no lane gets more of them than of full blocks.

use crate::support::engines::build::power;
use crate::support::engines::check_f64;

#[test]
fn rests_of_half_a_unit_fit_in_tails_too() {
    // Each value leaves a rest of half a unit, always of the same sign. A lane
    // that got more values than it should would leave its range.
    for unit in -46..=-36 {
        for sign in [1.0, -1.0] {
            for length in 4096 - 64..=4096 {
                let mut values = vec![sign * power(unit - 1); length];
                values[0] = sign * 0.5;
                check_f64(&values, &|| {
                    format!("{length} rests, unit 2^{unit}, {sign}")
                });
            }
        }
    }
}
