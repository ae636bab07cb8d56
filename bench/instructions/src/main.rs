//! Calls one function some times: what run.sh counts the instructions of.
//!
//! `instructions ENGINE CALL LENGTH CALLS`; without arguments, the engines.

use std::hint::black_box;
use std::process::ExitCode;

use tally_core::{Accumulator, Isa, ProductAccumulator, dot_f64_on, sum_f32_on, sum_f64_on};

type Call = fn(Isa, &Arrays);

/// The calls, by name.
const CALLS: &[(&str, Call)] = &[
    ("sum_f64", |isa, of| done(sum_f64_on(isa, &of.x))),
    ("sum_f32", |isa, of| done(sum_f32_on(isa, &of.narrow))),
    ("dot_f64", |isa, of| done(dot_f64_on(isa, &of.x, &of.y))),
    ("add_f64", |isa, of| {
        let mut total = Accumulator::new();
        total.add_f64_on(isa, &of.x);
        done(total);
    }),
    ("add_products", |isa, of| {
        let mut total = ProductAccumulator::new();
        total.add_f64_on(isa, &of.x, &of.y);
        done(total);
    }),
];

fn done<T>(result: T) {
    black_box(result);
}

/// Values from 0 to 1.
#[derive(Default)]
struct Arrays {
    x: Vec<f64>,
    y: Vec<f64>,
    narrow: Vec<f32>,
}

impl Arrays {
    /// The arrays that the call needs: others would take qemu longer than the call.
    fn of(call: &str, length: usize) -> Self {
        let mut state = 1_u64;
        let mut next = move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut arrays = Self::default();
        if call == "sum_f32" {
            arrays.narrow = (0..length).map(|_| next() as f32).collect();
            return arrays;
        }
        arrays.x = (0..length).map(|_| next()).collect();
        if call == "dot_f64" || call == "add_products" {
            arrays.y = (0..length).map(|_| next()).collect();
        }
        arrays
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [engine, call, length, calls] = arguments.as_slice() else {
        Isa::available().for_each(|isa| println!("{}", isa.name()));
        return ExitCode::SUCCESS;
    };
    let isa = Isa::available().find(|isa| isa.name() == engine);
    let call = CALLS.iter().find(|(name, _)| name == call);
    let (Some(isa), Some((name, call)), Ok(length), Ok(calls)) =
        (isa, call, length.parse(), calls.parse())
    else {
        eprintln!("no such engine, call or number");
        return ExitCode::FAILURE;
    };
    let arrays = Arrays::of(name, length);
    for _ in 0..calls {
        call(isa, black_box(&arrays));
    }
    ExitCode::SUCCESS
}
