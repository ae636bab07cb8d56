//! Timing contestants against each other.

use std::hint::black_box;
use std::time::Duration;

/// A measurement repeats its work until it takes at least this long.
const AT_LEAST: Duration = Duration::from_millis(2);

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
    name: &'static str,
    kind: Answer,
    /// The bits of the answer.
    answer: u64,
    repeat: Box<dyn FnMut(u32) + 'a>,
}

impl<'a> Contestant<'a> {
    /// `work` returns the bits of its answer. It is run once, here.
    pub(crate) fn new(
        name: &'static str,
        kind: Answer,
        mut work: impl FnMut() -> u64 + 'a,
    ) -> Self {
        Contestant {
            name,
            kind,
            answer: work(),
            repeat: Box::new(move |times| {
                for _ in 0..times {
                    black_box(work());
                }
            }),
        }
    }

    fn time(&mut self, times: u32) -> Duration {
        let start = processor_time();
        (self.repeat)(times);
        processor_time().saturating_sub(start)
    }

    /// How often the work fits into the least time of a measurement.
    fn calibrate(&mut self) -> u32 {
        let mut times = 1;
        loop {
            let taken = self.time(times);
            if taken >= AT_LEAST || times >= 1 << 28 {
                return times;
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
    pub(crate) name: &'static str,
    /// The median, in nanoseconds for each element.
    pub(crate) nanoseconds: f64,
    /// Promised an exact answer, and gave another than the first contestant.
    pub(crate) wrong: bool,
}

/// Times all contestants in turn, `rounds` times over, so that whatever else
/// the machine does meets all of them. The first one's answer is the measure
/// of the others'.
pub(crate) fn race(contestants: Vec<Contestant>, elements: usize, rounds: usize) -> Vec<Timing> {
    let mut lanes: Vec<_> = contestants
        .into_iter()
        .map(|mut contestant| {
            let times = contestant.calibrate();
            (contestant, times, Vec::with_capacity(rounds))
        })
        .collect();
    for round in 0..rounds {
        // Each round starts with another contestant: nobody always follows the
        // same one's leavings in the cache.
        let start = round % lanes.len();
        for index in (start..lanes.len()).chain(0..start) {
            let (contestant, times, taken) = &mut lanes[index];
            taken.push(contestant.time(*times).as_secs_f64() / f64::from(*times));
        }
    }
    let truth = lanes[0].0.answer;
    let timing = |(contestant, _, taken): (Contestant, u32, Vec<f64>)| Timing {
        name: contestant.name,
        nanoseconds: median(taken) * 1e9 / elements as f64,
        wrong: contestant.kind == Answer::Exact && contestant.answer != truth,
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
fn processor_time() -> Duration {
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
        let wrong: Vec<_> = race(racers, 1, 1)
            .iter()
            .map(|timing| timing.wrong)
            .collect();
        assert_eq!(wrong, [false, false, true, false]);
    }
}
