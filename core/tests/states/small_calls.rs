//! Any calls of small accumulators in any order leave what big integers say: thousands of
//! each here, 100,000 of each with `make check-exact-long`.

use tally_core::{Accumulator, OutOfRange, SmallAccumulator, Stored};

use crate::small::{check_values, joined, value};
use crate::small_words::words_of;
use crate::support::long::{Inputs, LONG, rounds};
use crate::support::oracle::Oracle;
use crate::support::random::Random;

/// What may be called, as often as it is here.
const CALLS: [Call; 8] = [
    Call::AddOne,
    Call::AddOne,
    Call::SubtractOne,
    Call::SubtractOne,
    Call::Add,
    Call::Subtract,
    Call::Merge,
    Call::Unmerge,
];

const VERBS: [&str; 9] = [
    "add_one_f64",
    "subtract_one_f64",
    "add_f64",
    "subtract_f64",
    "merge",
    "unmerge",
    "values",
    "did not fit",
    "fitted",
];

#[derive(Clone, Copy, Debug)]
enum Call {
    AddOne,
    SubtractOne,
    Add,
    Subtract,
    Merge,
    Unmerge,
}

/// A small state, a large one, and the oracle, all of the same.
#[derive(Clone, Default)]
struct All {
    small: SmallAccumulator,
    large: Accumulator,
    oracle: Oracle,
}

impl All {
    /// After a change of the small state: it was made if it fits, and not at all if not.
    fn after(
        &mut self,
        changed: Result<(), OutOfRange>,
        before: &SmallAccumulator,
        large: impl FnOnce(&mut Accumulator),
        oracle: Oracle,
        report: &dyn Fn() -> String,
    ) -> bool {
        let expected = words_of(&oracle);
        if let Some(expected) = expected {
            assert_eq!(changed, Ok(()), "{}", report());
            assert_eq!(self.small.to_words(), expected, "{}", report());
            large(&mut self.large);
            self.oracle = oracle;
            return true;
        }
        assert!(changed.is_err(), "{}", report());
        assert_eq!(self.small, *before, "{}", report());
        false
    }

    fn check(&self, report: &dyn Fn() -> String) {
        let saved = self.small.save().expect("it is in range");
        assert_eq!(saved.as_bytes(), self.oracle.saved(), "{}", report());
        let of_large = self.large.save().expect("it is in range");
        assert_eq!(saved.as_bytes(), of_large.as_bytes(), "{}", report());
        let loaded = SmallAccumulator::load(saved.as_bytes());
        assert_eq!(loaded, Ok(self.small), "{}", report());
        assert_eq!(Accumulator::from(&self.small), self.large, "{}", report());
        let narrowed = SmallAccumulator::try_from(&self.large);
        assert_eq!(narrowed, Ok(self.small), "{}", report());
        check_values(&self.small, &self.oracle, report);
    }
}

/// Some calls, and what there is after each.
fn check_calls(random: &mut Random, inputs: &mut Inputs) {
    let (middle, spread) = (
        random.between(0, 2046),
        random.pick(&[0, 3, 30, 100, 250, 330, 600]),
    );
    let mut states = [All::default(), All::default(), All::default()];
    let mut put_in: Vec<f64> = Vec::new();
    for step in 0..40 {
        let index = random.below(3);
        let other = states[random.below(3)].clone();
        let state = &mut states[index];
        let before = state.small;
        let values: Vec<f64> = (0..random.pick(&[0, 1, 2, 7, 32, 33, 70]))
            .map(|_| value(random, middle, spread))
            .collect();
        let one = match put_in.len() {
            0 => value(random, middle, spread),
            _ if random.one_in(2) => random.pick(&put_in),
            _ => value(random, middle, spread),
        };
        let call = random.pick(&CALLS);
        let report = || format!("step {step}: {call:?} of {one:e}, {values:?} to {before:x?}");
        let did = match call {
            Call::AddOne => {
                put_in.push(one);
                let changed = state.small.add_one_f64(one);
                let oracle = joined::<false>(&state.oracle, &Oracle::of(&[one]));
                let large = |sum: &mut Accumulator| sum.add_one_f64(one);
                state.after(changed, &before, large, oracle, &report)
            }
            Call::SubtractOne => {
                let changed = state.small.subtract_one_f64(one);
                let oracle = joined::<true>(&state.oracle, &Oracle::of(&[one]));
                let large = |sum: &mut Accumulator| sum.subtract_one_f64(one);
                state.after(changed, &before, large, oracle, &report)
            }
            Call::Add => {
                let changed = state.small.add_f64(&values);
                let oracle = joined::<false>(&state.oracle, &Oracle::of(&values));
                let large = |sum: &mut Accumulator| sum.add_f64(&values);
                state.after(changed, &before, large, oracle, &report)
            }
            Call::Subtract => {
                let changed = state.small.subtract_f64(&values);
                let oracle = joined::<true>(&state.oracle, &Oracle::of(&values));
                let large = |sum: &mut Accumulator| sum.subtract_f64(&values);
                state.after(changed, &before, large, oracle, &report)
            }
            Call::Merge => {
                let changed = state.small.merge(&other.small);
                let oracle = joined::<false>(&state.oracle, &other.oracle);
                let large = |sum: &mut Accumulator| sum.merge(&other.large);
                state.after(changed, &before, large, oracle, &report)
            }
            Call::Unmerge => {
                let changed = state.small.unmerge(&other.small);
                let oracle = joined::<true>(&state.oracle, &other.oracle);
                let large = |sum: &mut Accumulator| sum.unmerge(&other.large);
                state.after(changed, &before, large, oracle, &report)
            }
        };
        inputs.count(VERBS[call as usize]);
        inputs.count(if did { "fitted" } else { "did not fit" });
        if step % 4 == 0 {
            states[index].check(&report);
            inputs.count("values");
        }
    }
}

#[test]
fn any_calls_in_any_order_leave_what_big_integers_say() {
    rounds("states::small_calls", 900, 4_000, &VERBS, check_calls);
}

mod long {
    use super::*;

    #[test]
    #[ignore = "takes minutes: make check-exact-long"]
    fn a_hundred_thousand_calls_in_any_order() {
        rounds("states::small_calls::long", 901, LONG, &VERBS, check_calls);
    }
}
