//! Rounds of random inputs until each verb has had the number that is wanted.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tally_core::Isa;

use super::random::Random;

/// Inputs of each verb in the long form: `make check-exact-long`.
pub const LONG: u64 = 100_000;

/// Inputs of each verb where the long form is only seen to work.
pub const SHORT: u64 = 500;

/// The round to begin with: that of a failure, to see it again.
const FIRST_ROUND: &str = "TALLY_ROUND";

/// How many inputs each verb has had.
pub struct Inputs(BTreeMap<&'static str, u64>);

impl Inputs {
    pub fn count(&mut self, verb: &'static str) {
        *self.0.get_mut(verb).expect(verb) += 1;
    }
}

/// Says on a panic how to see it again.
struct Said<'a> {
    family: &'a str,
    round: u64,
}

impl Drop for Said<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            say(&format!(
                "{}: failed in round {}; {FIRST_ROUND}={} begins there\n",
                self.family, self.round, self.round
            ));
        }
    }
}

/// Not by a macro whose output the test harness keeps back.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// Does rounds until each of these verbs has had `wanted` inputs. Each round has a seed of
/// its own, made of `seed` and its number.
pub fn rounds(
    family: &str,
    seed: u64,
    wanted: u64,
    verbs: &[&'static str],
    mut round: impl FnMut(&mut Random, &mut Inputs),
) {
    let begun = Instant::now();
    let first = std::env::var(FIRST_ROUND).map_or(0, |first| first.parse().expect("a round"));
    let mut inputs = Inputs(verbs.iter().map(|&verb| (verb, 0)).collect());
    let mut number: u64 = first;
    while inputs.0.values().any(|&count| count < wanted) {
        assert!(number - first < 100 * wanted, "not a fair test");
        let _said = Said {
            family,
            round: number,
        };
        let mut random = Random::new(seed << 32 | number);
        round(&mut random, &mut inputs);
        number += 1;
    }
    if wanted == LONG {
        let counts: Vec<String> = inputs
            .0
            .iter()
            .map(|(verb, count)| format!("{verb} {count}"))
            .collect();
        say(&format!(
            "{family}: {} s; inputs: {}\n",
            begun.elapsed().as_secs(),
            counts.join(", ")
        ));
    }
}

/// A number of rows: mostly few, and now and then some hundreds.
pub fn length(random: &mut Random) -> usize {
    match random.below(200) {
        0..150 => random.below(16),
        150..190 => random.below(64),
        190..198 => random.below(280),
        _ => random.below(1000),
    }
}

/// Runs this with each set of instructions that this machine has as the best one.
pub fn on_each_isa(mut check: impl FnMut(Isa)) {
    // It is one for all threads.
    static BEST: Mutex<()> = Mutex::new(());
    let best = Isa::available().last().expect("the portable one");
    for isa in Isa::available() {
        let held = BEST.lock().unwrap_or_else(PoisonError::into_inner);
        if isa.make_best() {
            check(isa);
        }
        best.make_best();
        drop(held);
    }
}
