//! Every verb of columns on random and hostile inputs, all results against integers: some
//! hundreds of inputs here, 100,000 for each verb with `make check-exact-long`.

mod axes;
mod groups;
mod one;
mod oracles;
mod pairs;
mod windows;

use tally_core::Statistic;

use crate::support::random::Random;

/// Degrees of freedom.
fn ddof(random: &mut Random) -> u64 {
    random.pick(&[0, 0, 1, 1, 2, 7, u64::MAX])
}

/// Each statistic of a batch.
fn statistics(random: &mut Random) -> [(&'static str, Statistic); 6] {
    let (of_variance, of_deviation) = (ddof(random), ddof(random));
    [
        ("sum", Statistic::Sum),
        ("mean", Statistic::Mean),
        ("variance", Statistic::Variance { ddof: of_variance }),
        (
            "standard deviation",
            Statistic::StandardDeviation { ddof: of_deviation },
        ),
        ("norm", Statistic::Norm),
        ("count", Statistic::Count),
    ]
}
