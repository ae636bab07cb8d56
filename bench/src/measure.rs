//! Timing contestants against each other.

use std::hint::black_box;
use std::time::Duration;

/// A measurement repeats its work until it takes at least this long.
const AT_LEAST: Duration = Duration::from_millis(2);

/// Work that takes longer than this is measured in a few rounds only: it hardly
/// varies, and would take up the time of all the others.
const SLOW: Duration = Duration::from_millis(25);
const FEW_ROUNDS: usize = 3;

/// How thoroughly a race is run.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// The rounds of a race that keeps to its time.
    pub(crate) rounds: usize,
    /// The time that a race may take. One that would take longer has fewer rounds,
    /// but not fewer than three.
    pub(crate) time: Duration,
}

/// What a contestant promises about its answer.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Answer {
    /// The true total: all such contestants must agree, bit for bit.
    Exact,
    /// Doubles that differ from the true ones by no more than this part of them, or of
    /// `SMALL`: whoever gives others has done other work.
    Near(f64),
    /// Nothing: it is there to show what speed there is to be had.
    Rough,
}

/// Smaller results are compared as if they were of this size. Values are of size 1 here,
/// and so are their rounding errors in the variance of two that are nearly equal.
const SMALL: f64 = 1e-3;

/// What rounding errors leave of doubles that are easy to add.
pub(crate) const NEAR: Answer = Answer::Near(1e-9);

impl Answer {
    /// Whether `answer` breaks the promise. Both are bits.
    fn is_broken_by(self, answer: &[u64], truth: &[u64]) -> bool {
        match self {
            Answer::Exact => answer != truth,
            Answer::Near(part) => {
                let mut pairs = answer.iter().zip(truth);
                answer.len() != truth.len() || !pairs.all(|(x, y)| are_near(*x, *y, part))
            }
            Answer::Rough => false,
        }
    }
}

fn are_near(answer: u64, truth: u64, part: f64) -> bool {
    let (answer, truth) = (f64::from_bits(answer), f64::from_bits(truth));
    (answer.is_nan() && truth.is_nan()) || (answer - truth).abs() <= part * truth.abs().max(SMALL)
}

/// Someone who does the work that is timed.
pub(crate) struct Contestant<'a> {
    name: String,
    kind: Answer,
    /// The bits of the answer: of one result or several.
    answer: Vec<u64>,
    /// Repeats the work, and returns how long that took.
    clock: Box<dyn FnMut(u32) -> Duration + 'a>,
}

impl<'a> Contestant<'a> {
    /// `work` returns the bits of its answer. It is run once, here.
    pub(crate) fn new(
        name: impl Into<String>,
        kind: Answer,
        work: impl FnMut() -> u64 + 'a,
    ) -> Self {
        Self::by(processor_time, name, kind, work)
    }

    /// The same by the time on the wall: for work that several threads share.
    pub(crate) fn on_the_wall(
        name: impl Into<String>,
        kind: Answer,
        work: impl FnMut() -> u64 + 'a,
    ) -> Self {
        Self::by(wall_time, name, kind, work)
    }

    fn by(
        time: fn() -> Duration,
        name: impl Into<String>,
        kind: Answer,
        mut work: impl FnMut() -> u64 + 'a,
    ) -> Self {
        let answer = vec![work()];
        Self::remote(name, kind, answer, repeating(time, work))
    }

    /// `work` writes `count` doubles, into the same place each time.
    pub(crate) fn writing(
        name: impl Into<String>,
        kind: Answer,
        count: usize,
        work: impl FnMut(&mut [f64]) + 'a,
    ) -> Self {
        Self::writing_by(processor_time, name, kind, count, work)
    }

    /// The same by the time on the wall.
    pub(crate) fn writing_on_the_wall(
        name: impl Into<String>,
        kind: Answer,
        count: usize,
        work: impl FnMut(&mut [f64]) + 'a,
    ) -> Self {
        Self::writing_by(wall_time, name, kind, count, work)
    }

    fn writing_by(
        time: fn() -> Duration,
        name: impl Into<String>,
        kind: Answer,
        count: usize,
        mut work: impl FnMut(&mut [f64]) + 'a,
    ) -> Self {
        let mut results = vec![0.0; count];
        work(&mut results);
        let answer = results.iter().map(|result| result.to_bits()).collect();
        let clock = repeating(time, move || {
            work(&mut results);
            black_box(&results);
        });
        Self::remote(name, kind, answer, clock)
    }

    /// Someone who does and times the work elsewhere.
    pub(crate) fn remote(
        name: impl Into<String>,
        kind: Answer,
        answer: Vec<u64>,
        clock: impl FnMut(u32) -> Duration + 'a,
    ) -> Self {
        Contestant {
            name: name.into(),
            kind,
            answer,
            clock: Box::new(clock),
        }
    }

    /// Who it is.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How often the work fits into the least time of a measurement, and how
    /// long it then takes.
    fn calibrate(&mut self) -> (u32, Duration) {
        let mut times = 1;
        loop {
            let taken = (self.clock)(times);
            if taken >= AT_LEAST || times >= 1 << 28 {
                return (times, taken);
            }
            // Aims a fifth above, and grows tenfold at most: a short first
            // measurement is a poor guide.
            let wanted = AT_LEAST.as_secs_f64() * 1.2 / taken.as_secs_f64().max(1e-9);
            times = (f64::from(times) * wanted.clamp(1.2, 10.0)).ceil() as u32;
        }
    }
}

/// Does the work so many times, and returns how long that took.
fn repeating<R>(
    time: fn() -> Duration,
    mut work: impl FnMut() -> R,
) -> impl FnMut(u32) -> Duration {
    move |times| {
        let start = time();
        for _ in 0..times {
            black_box(work());
        }
        time().saturating_sub(start)
    }
}

/// What became of a contestant.
pub(crate) struct Timing {
    /// Who it was.
    pub(crate) name: String,
    /// The median, in nanoseconds for the whole work.
    pub(crate) nanoseconds: f64,
    /// Broke its promise: the first contestant's answer is the true one.
    pub(crate) wrong: bool,
}

/// A contestant on its lane.
struct Lane<'a> {
    contestant: Contestant<'a>,
    times: u32,
    /// The time of one turn, as calibration saw it.
    turn: Duration,
    taken: Vec<f64>,
}

impl<'a> Lane<'a> {
    fn new(mut contestant: Contestant<'a>) -> Self {
        let (times, turn) = contestant.calibrate();
        Lane {
            contestant,
            times,
            turn,
            taken: Vec::new(),
        }
    }

    fn is_slow(&self) -> bool {
        self.turn > SLOW
    }
}

/// The rounds for which there is time. Slow lanes have theirs in any case.
fn affordable(lanes: &[Lane], effort: Effort) -> usize {
    let fast = lanes.iter().filter(|lane| !lane.is_slow());
    let round: Duration = fast.map(|lane| lane.turn).sum();
    let rounds = effort.time.as_secs_f64() / round.as_secs_f64().max(1e-9);
    (rounds as usize).clamp(FEW_ROUNDS.min(effort.rounds), effort.rounds)
}

/// Times all contestants in turn, round after round, so that whatever else the
/// machine does meets all of them. The first one's answer is the measure of the
/// others'.
pub(crate) fn race(contestants: Vec<Contestant>, effort: Effort) -> Vec<Timing> {
    let mut lanes: Vec<_> = contestants.into_iter().map(Lane::new).collect();
    for round in 0..affordable(&lanes, effort) {
        // Each round starts with another contestant: nobody always follows the
        // same one's leavings in the cache.
        let start = round % lanes.len();
        for index in (start..lanes.len()).chain(0..start) {
            let lane = &mut lanes[index];
            if round < FEW_ROUNDS || !lane.is_slow() {
                let taken = (lane.contestant.clock)(lane.times);
                lane.taken.push(taken.as_secs_f64() / f64::from(lane.times));
            }
        }
    }
    let truth = lanes[0].contestant.answer.clone();
    let timing = |Lane {
                      contestant, taken, ..
                  }: Lane| Timing {
        wrong: contestant.kind.is_broken_by(&contestant.answer, &truth),
        name: contestant.name,
        nanoseconds: median(taken) * 1e9,
    };
    lanes.into_iter().map(timing).collect()
}

/// The time that this thread has had a processor to itself: a program that is
/// run in between does not count.
#[cfg(unix)]
fn processor_time() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `time` is valid for writing.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert!(failed == 0, "no clock for the time of a thread");
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The time on the wall, where the other is not to be had.
#[cfg(not(unix))]
use wall_time as processor_time;

/// The time since the first call.
fn wall_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

/// The middle one; of an even number, the lower of the two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_ignores_order_and_outliers() {
        assert_eq!(median(vec![9e9, 2.0, 1.0, 3.0, 2.5]), 2.5);
    }

    #[test]
    fn an_exact_contestant_with_another_answer_is_wrong_and_a_rough_one_is_not() {
        let racers = vec![
            Contestant::new("ours", Answer::Exact, || 7),
            Contestant::new("same", Answer::Exact, || 7),
            Contestant::new("liar", Answer::Exact, || 8),
            Contestant::new("loop", Answer::Rough, || 8),
        ];
        let effort = Effort {
            rounds: 1,
            time: Duration::ZERO,
        };
        let wrong: Vec<_> = race(racers, effort)
            .iter()
            .map(|timing| timing.wrong)
            .collect();
        assert_eq!(wrong, [false, false, true, false]);
    }

    #[test]
    fn near_answers_are_those_within_the_part() {
        let truth = [2.0, f64::NAN, 0.0].map(f64::to_bits);
        let broken = |answer: &[f64]| {
            let bits: Vec<_> = answer.iter().map(|result| result.to_bits()).collect();
            Answer::Near(0.25).is_broken_by(&bits, &truth)
        };
        assert!(!broken(&[2.5, f64::NAN, -2e-4]));
        assert!(!broken(&[1.5, -f64::NAN, 0.0]));
        assert!(broken(&[2.6, f64::NAN, 0.0]));
        assert!(broken(&[f64::NAN, f64::NAN, 0.0]));
        assert!(broken(&[2.0, 1.0, 0.0]));
        assert!(broken(&[2.0, f64::NAN, 3e-4]));
        assert!(broken(&[2.0, f64::NAN]));
    }

    #[test]
    fn results_in_a_row_are_held_against_the_first_contestants() {
        let row = |name, kind, first: f64| {
            Contestant::writing(name, kind, 2, move |results| {
                results[0] = first;
                results[1] = 1.0;
            })
        };
        let racers = vec![
            row("ours", Answer::Exact, 1.0),
            row("near", NEAR, 1.0 + 1e-10),
            row("far", NEAR, 1.0 + 1e-8),
        ];
        let effort = Effort {
            rounds: 1,
            time: Duration::ZERO,
        };
        let wrong: Vec<_> = race(racers, effort)
            .iter()
            .map(|timing| timing.wrong)
            .collect();
        assert_eq!(wrong, [false, false, true]);
    }
}
