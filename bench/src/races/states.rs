//! Calls on an accumulator that holds values.

use std::hint::black_box;

use crate::c_loops::XSUM;
use crate::data::Data;
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Contestant, Effort, race};
use crate::names::*;
use crate::results::Row;
use crate::{library, peers};
use tally_core::SmallAccumulator;

/// How many values the state holds.
pub(crate) const HELD: usize = 1000;

/// How many values there are to add, a power of two, and how many the longest call
/// adds.
const MORE: usize = 1024;
const LONGEST: usize = 16;

/// Room for the text of any total that is rounded to two digits.
const TEXT: usize = 512;

/// Each call, on a state that holds `HELD` values.
pub(crate) fn states(data: Data, effort: Effort) -> Vec<Row> {
    let values = data.make(HELD);
    let more = data.make(MORE + LONGEST);
    let mut state = library::empty();
    library::add_f64(&mut state, &values);
    if let Some(xsum) = XSUM {
        xsum.state.fill(&values);
    }
    let lanes = |&operation: &&'static str| match operation {
        STATE_VALUE => value(&state, &values),
        STATE_TEXT => text(&state),
        STATE_MERGE => merge(&state, &values),
        STATE_ADD_0 => add(&state, &more, 0),
        STATE_ADD_1 => add(&state, &more, 1),
        STATE_ADD_16 => add(&state, &more, LONGEST),
        STATE_ADD_ONE => add_one(&state, &more),
        STATE_COUNT => vec![Contestant::new(TALLY, Exact, || {
            library::count(black_box(&state)) as u64
        })],
        STATE_SAVE => save(&state),
        STATE_LOAD => load(&state),
        _ => unreachable!("{operation} is in STATES"),
    };
    let row = |operation: &&'static str| Row {
        operation,
        values: HELD,
        data: data.name,
        timings: race(lanes(operation), effort),
    };
    STATES.iter().map(row).collect()
}

fn value<'a>(state: &'a library::State, values: &[f64]) -> Vec<Contestant<'a>> {
    let accurate = peers::accurate_with(values);
    let fsum = peers::fsum_with(values);
    let mut lanes = vec![
        Contestant::new(TALLY, Exact, || {
            library::value_f64(black_box(state)).to_bits()
        }),
        Contestant::new(ACCURATE, Exact, move || {
            peers::accurate_value(black_box(&accurate)).to_bits()
        }),
        Contestant::new(FSUM, Exact, move || black_box(&fsum).value().to_bits()),
    ];
    let xsum = |xsum: crate::c_loops::Xsum| {
        Contestant::new(XSUM_SMALL, Exact, move || xsum.state.value().to_bits())
    };
    lanes.extend(XSUM.map(xsum));
    lanes
}

fn text(state: &library::State) -> Vec<Contestant<'_>> {
    vec![Contestant::new(TALLY, Exact, || {
        let mut text = [0; TEXT];
        library::value_text(black_box(state), &mut text) as u64 + u64::from(text[0])
    })]
}

fn merge<'a>(state: &'a library::State, values: &[f64]) -> Vec<Contestant<'a>> {
    let accurate = peers::accurate_with(values);
    let mut lanes = vec![
        Contestant::new(TALLY, Exact, move || {
            let mut into = *black_box(state);
            library::merge(&mut into, black_box(state));
            into.opaque[0]
        }),
        Contestant::new(ACCURATE, Rough, move || {
            let merged = peers::accurate_merge(black_box(&accurate), black_box(&accurate));
            black_box(&merged);
            0
        }),
    ];
    let xsum = |xsum: crate::c_loops::Xsum| {
        Contestant::new(XSUM_SMALL, Rough, move || {
            xsum.state.merge();
            0
        })
    };
    lanes.extend(XSUM.map(xsum));
    lanes
}

/// Numbers below `MORE`, one after the other.
fn places() -> impl FnMut() -> usize {
    let mut place = 0;
    move || {
        place = (place + 1) % MORE;
        place
    }
}

/// Other values with each call, and each state grows as it is timed: answers differ.
fn add<'a>(state: &library::State, more: &'a [f64], count: usize) -> Vec<Contestant<'a>> {
    let (mut into, mut next) = (*state, places());
    let mut lanes = vec![Contestant::new(TALLY, Rough, move || {
        let start = next();
        library::add_f64(black_box(&mut into), &more[start..start + count]);
        0
    })];
    let mut next = places();
    let xsum = |xsum: crate::c_loops::Xsum| {
        Contestant::new(XSUM_SMALL, Rough, move || {
            let start = next();
            xsum.state.add(black_box(&more[start..start + count]));
            0
        })
    };
    lanes.extend(XSUM.map(xsum));
    lanes
}

/// As `add`, by the call for one value.
fn add_one<'a>(state: &library::State, more: &'a [f64]) -> Vec<Contestant<'a>> {
    let (mut into, mut next) = (*state, places());
    let mut lanes = vec![Contestant::new(TALLY, Rough, move || {
        library::add_one_f64(black_box(&mut into), more[next()]);
        0
    })];
    let mut next = places();
    let xsum = |xsum: crate::c_loops::Xsum| {
        Contestant::new(XSUM_SMALL, Rough, move || {
            xsum.state.add_one(black_box(more[next()]));
            0
        })
    };
    lanes.extend(XSUM.map(xsum));
    if let Some(mut into) = small(more) {
        let mut next = places();
        lanes.push(Contestant::new(TALLY_SMALL, Rough, move || {
            library::add_one_to_small(black_box(&mut into), more[next()]);
            0
        }));
    }
    lanes
}

/// A small accumulator of these values, if they fit.
fn small(values: &[f64]) -> Option<library::SmallState> {
    let mut sum = SmallAccumulator::new();
    for &value in values {
        sum.add_one_f64(value).ok()?;
    }
    Some(library::small_of(&sum))
}

fn save(state: &library::State) -> Vec<Contestant<'_>> {
    vec![Contestant::new(TALLY, Exact, || {
        let mut buffer = [0; size_of::<library::Saved>()];
        library::save(black_box(state), &mut buffer) as u64 + u64::from(buffer[0])
    })]
}

fn load(state: &library::State) -> Vec<Contestant<'_>> {
    let mut saved = [0; size_of::<library::Saved>()];
    let length = library::save(state, &mut saved);
    vec![Contestant::new(TALLY, Exact, move || {
        let mut into = library::empty();
        library::load(black_box(&saved[..length]), &mut into);
        into.opaque[0]
    })]
}
