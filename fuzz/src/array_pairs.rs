//! Two arrays of floats, and states of two arrays and of their products.

use tally::api::accumulator::*;
use tally::api::moments::*;
use tally::api::parallel::*;
use tally::api::product_accumulator::*;
use tally::api::statistics::*;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::{checked, expect_f64, expect_line};
use crate::columns::{ddof, length};
use crate::facts::PairFacts;
use crate::given::{Given, each, stated};
use crate::input::Input;
use crate::kinds::Kind;
use crate::meaning::Meaning;
use crate::passing::{Passed, call};
use crate::place::Place;

type OfPair<T> = unsafe extern "C" fn(*const T, *const T, usize, *mut f64) -> tally_status;

pub(crate) fn pairs(input: &mut Input<'_>) {
    let (count, ddof, threads) = (length(input), ddof(input), input.below(4));
    let (x, y) = (Given::new(input, 0, count), Given::new(input, 0, count));
    let facts = PairFacts::of(&x.cells, &y.cells);
    let functions: [(OfPair<f64>, _); 3] = [
        (tally_dot_f64, facts.dot()),
        (tally_weighted_mean_f64, facts.weighted_mean()),
        (tally_correlation_f64, facts.correlation()),
    ];
    for (function, answer) in functions {
        // SAFETY: each array has as many elements.
        expect_f64(answer, |to| unsafe {
            function(x.pointer(), y.pointer(), count, to)
        });
    }
    // SAFETY: as above.
    expect_f64(facts.covariance(ddof as u64), |to| unsafe {
        tally_covariance_f64(x.pointer(), y.pointer(), count, ddof, to)
    });
    // SAFETY: as above.
    expect_f64(facts.dot(), |to| unsafe {
        tally_dot_f64_parallel(x.pointer(), y.pointer(), count, threads, to)
    });
    let products = Meaning {
        total: facts.products.total.clone(),
        counters: facts.products.counters(),
        ..Meaning::default()
    };
    let (add, subtract) = (
        tally_product_accumulator_add_one_f64,
        tally_product_accumulator_subtract_one_f64,
    );
    stated::<tally_product_accumulator>(
        products,
        |state| {
            each(count, |index| {
                call!(add(&mut *state, x.f64_at(index), y.f64_at(index)))
            })
        },
        |state| {
            each(count, |index| {
                call!(subtract(&mut *state, x.f64_at(index), y.f64_at(index)))
            })
        },
    );
    of_states(&x, &y, &facts, ddof);
}

/// Statistics of two states of values and one of their products.
fn of_states(x: &Given, y: &Given, facts: &PairFacts, ddof: usize) {
    let count = x.count();
    let mut moments = [x, y].map(|_| Place::new(&vec![0; 8 * tally_moments::WORDS], 5));
    for (state, given) in moments.iter_mut().zip([x, y]) {
        // SAFETY: the state has its size, and the array as many elements.
        let status = unsafe { tally_moments_add_f64(state.passed(), given.pointer(), count) };
        assert_eq!(checked(status), TALLY_OK);
    }
    let mut products = Place::new(&vec![0; 8 * tally_product_accumulator::WORDS], 1);
    let mut weights = Place::new(&vec![0; 8 * tally_accumulator::WORDS], 1);
    let add = tally_product_accumulator_add_one_f64;
    let status = each(count, |index| {
        call!(add(&mut products, x.f64_at(index), y.f64_at(index)))
    });
    // SAFETY: as above.
    let weighed = unsafe {
        tally_accumulator_add_f64(
            Passed::<*mut tally_accumulator>::passed(&mut weights),
            y.pointer(),
            count,
        )
    };
    assert_eq!((checked(weighed), status), (TALLY_OK, TALLY_OK));
    let [of_x, of_y] = &moments;
    expect_f64(facts.covariance(ddof as u64), |to| {
        call!(tally_moments_covariance_f64(
            of_x, of_y, &products, ddof, to
        ))
    });
    expect_f64(facts.correlation(), |to| {
        call!(tally_moments_correlation_f64(of_x, of_y, &products, to))
    });
    expect_f64(facts.weighted_mean(), |to| {
        call!(tally_product_accumulator_weighted_mean_f64(
            &products, &weights, to
        ))
    });
    expect_line(facts, |[slope, intercept, r_squared]| {
        call!(tally_moments_linear_fit(
            of_x, of_y, &products, slope, intercept, r_squared
        ))
    });
}

pub(crate) fn float_pairs(input: &mut Input<'_>) {
    let count = length(input);
    let (x, y) = (Given::new(input, 1, count), Given::new(input, 1, count));
    let facts = PairFacts::of(&x.cells, &y.cells);
    let functions: [(OfPair<f32>, _); 2] = [
        (tally_dot_f32, facts.dot()),
        (tally_weighted_mean_f32, facts.weighted_mean()),
    ];
    for (function, answer) in functions {
        // SAFETY: each array has as many elements.
        expect_f64(answer, |to| unsafe {
            function(x.pointer(), y.pointer(), count, to)
        });
    }
}
