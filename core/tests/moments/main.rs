//! What moments and pairs of slices give: variance, covariance and their kin.

#[path = "../support/mod.rs"]
mod support;

mod of_pairs;
mod values;
