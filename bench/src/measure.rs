//! Timing contestants against each other.

use std::hint::black_box;
use std::time::Duration;

/// A measurement repeats its work until it takes at least this long.
const AT_LEAST: Duration = Duration::from_millis(2);

/// Work that takes longer than this is measured in a few rounds only: it hardly
/// varies, and would take up the time of all the others.
const SLOW: Duration = Duration::from_millis(25);
const SLOW_ROUNDS: usize = 3;

/// What a contestant promises about its answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The true total: all such contestants must agree, bit for bit.
    Exact,
    /// Nothing: it is there to show what speed there is to be had.
    Rough,
}

/// Someone who does the work that is timed.
pub(crate) struct Contestant<'a> {
    name: String,
    kind: Answer,
    /// The bits of the answer.
    answer: u64,
    /// Does the work so many times, and says how long that took.
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
        let answer = work();
        let clock = move |times| {
            let start = time();
            for _ in 0..times {
                black_box(work());
            }
            time().saturating_sub(start)
        };
        Self::remote(name, kind, answer, clock)
    }

    /// Someone who does and times the work elsewhere.
    pub(crate) fn remote(
        name: impl Into<String>,
        kind: Answer,
        answer: u64,
        clock: impl FnMut(u32) -> Duration + 'a,
    ) -> Self {
        Contestant {
            name: name.into(),
            kind,
            answer,
            clock: Box::new(clock),
        }
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

/// What became of a contestant.
pub(crate) struct Timing {
    /// Who it was.
    pub(crate) name: String,
    /// The median, in nanoseconds for the whole work.
    pub(crate) nanoseconds: f64,
    /// Promised an exact answer, and gave another than the first contestant.
    pub(crate) wrong: bool,
}

/// A contestant on its lane.
struct Lane<'a> {
    contestant: Contestant<'a>,
    times: u32,
    rounds: usize,
    taken: Vec<f64>,
}

impl<'a> Lane<'a> {
    fn new(mut contestant: Contestant<'a>, rounds: usize) -> Self {
        let (times, taken) = contestant.calibrate();
        let most = if taken > SLOW { SLOW_ROUNDS } else { rounds };
        Lane {
            contestant,
            times,
            rounds: rounds.min(most),
            taken: Vec::with_capacity(rounds),
        }
    }
}

/// Times all contestants in turn, `rounds` times over, so that whatever else
/// the machine does meets all of them. The first one's answer is the measure
/// of the others'.
pub(crate) fn race(contestants: Vec<Contestant>, rounds: usize) -> Vec<Timing> {
    let mut lanes: Vec<_> = contestants
        .into_iter()
        .map(|contestant| Lane::new(contestant, rounds))
        .collect();
    for round in 0..rounds {
        // Each round starts with another contestant: nobody always follows the
        // same one's leavings in the cache.
        let start = round % lanes.len();
        for index in (start..lanes.len()).chain(0..start) {
            let lane = &mut lanes[index];
            if round < lane.rounds {
                let taken = (lane.contestant.clock)(lane.times);
                lane.taken.push(taken.as_secs_f64() / f64::from(lane.times));
            }
        }
    }
    let truth = lanes[0].contestant.answer;
    let timing = |Lane {
                      contestant, taken, ..
                  }: Lane| Timing {
        wrong: contestant.kind == Answer::Exact && contestant.answer != truth,
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
        let wrong: Vec<_> = race(racers, 1).iter().map(|timing| timing.wrong).collect();
        assert_eq!(wrong, [false, false, true, false]);
    }
}
