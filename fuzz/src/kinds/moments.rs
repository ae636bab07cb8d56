//! Moments.

use std::ffi::c_int;

use num_bigint::BigInt;
use num_traits::Signed;
use tally::api::moments::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::ValueError;

use super::sums::Total;
use super::{Kind, Questions, kind, signed, usable};
use crate::answers::{expect_f64, quotient, root};
use crate::cells::Answer;
use crate::hostile::limbs_of;
use crate::meaning::Meaning;
use crate::passing::call;
use crate::place::Place;
use crate::saved::Form;

/// What moments say, by the formulas of the manual.
struct OfMoments<'a>(&'a Meaning);

impl OfMoments<'_> {
    /// The squares of distances from the mean, times the count squared.
    fn spread(&self, ddof: usize) -> Result<Option<(BigInt, BigInt)>, ValueError> {
        let special = self.0.special()?;
        let count = BigInt::from(self.0.counters[0]);
        let rest = &count - ddof;
        // Counts below zero are never enough.
        if !rest.is_positive() || !count.is_positive() {
            return Err(ValueError::TooFew);
        }
        if special.is_some() {
            return Ok(None);
        }
        let spread = &self.0.squares * &count - &self.0.total * &self.0.total;
        match spread.is_negative() {
            true => Err(ValueError::Impossible),
            false => Ok(Some((spread, count * rest))),
        }
    }

    fn variance(&self, ddof: usize) -> Answer {
        match self.spread(ddof)? {
            Some((spread, degrees)) => quotient(&spread, &degrees, -2148, 0.0),
            None => Ok(f64::NAN),
        }
    }

    fn deviation(&self, ddof: usize) -> Answer {
        match self.spread(ddof)? {
            Some((spread, degrees)) => root(&spread, &degrees, -2148),
            None => Ok(f64::NAN),
        }
    }

    fn norm(&self) -> Answer {
        match self.0.special()? {
            Some(_) if self.0.counters[2] > 0 => Ok(f64::NAN),
            Some(_) => Ok(f64::INFINITY),
            None if self.0.squares.is_negative() => Err(ValueError::Impossible),
            None => root(&self.0.squares, &1.into(), -2148),
        }
    }
}

impl Kind for tally_moments {
    kind!("moments" Form::Moments, 107 words, saved in 864, TALLY_OVERFLOW if full;
        tally_moments_merge tally_moments_unmerge tally_moments_save tally_moments_load
        tally_moments_count tally_moments_special_counts tally_moments_fail tally_moments_combine);

    fn meaning(words: &[u64]) -> Result<Meaning, tally_status> {
        usable(words[106], &words[34..39])?;
        Ok(Meaning {
            total: Self::FORM.integer(&words[..34]),
            squares: Self::FORM.integer(&words[39..106]),
            counters: signed(&words[34..]),
            scale: 0,
        })
    }

    fn words(meaning: &Meaning) -> Option<Vec<u64>> {
        let mut words = limbs_of(&meaning.total, 34)?;
        words.extend(meaning.counters.map(|counter| counter as u64));
        words.extend(limbs_of(&meaning.squares, 67)?);
        words.push(0);
        Some(words)
    }

    fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
        let (total, squares) = (
            limbs_of(&meaning.total, 34)?,
            limbs_of(&meaning.squares, 67)?,
        );
        Some(Form::Moments.write(meaning, &total, &squares))
    }

    fn check(state: &Place, meaning: &Meaning, ask: Questions) {
        let (total, of_moments) = (
            Total {
                meaning,
                unit: 1074,
            },
            OfMoments(meaning),
        );
        expect_f64(total.value(), |to| call!(tally_moments_sum_f64(state, to)));
        expect_f64(total.mean(), |to| call!(tally_moments_mean_f64(state, to)));
        expect_f64(of_moments.norm(), |to| {
            call!(tally_moments_norm_f64(state, to))
        });
        expect_f64(of_moments.variance(ask.ddof), |to| {
            call!(tally_moments_variance_f64(state, ask.ddof, to))
        });
        expect_f64(of_moments.deviation(ask.ddof), |to| {
            call!(tally_moments_standard_deviation_f64(state, ask.ddof, to))
        });
    }
}
