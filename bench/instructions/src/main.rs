//! Calls one function some times: what run.sh counts the instructions of.
//!
//! `instructions ENGINE CALL LENGTH CALLS`; without arguments, the engines; with the one
//! argument `calls`, the calls.

use std::hint::black_box;
use std::process::ExitCode;

use tally_core::{
    Accumulator, Axis, Column, Elements, Isa, Matrix, ProductAccumulator, Statistic, Window,
    dot_f64_on, sum_f32_on, sum_f64_on,
};

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
    // Columns have no choice of an engine: theirs is the best one, which `main` sets.
    ("bitmap", |_, of| {
        done(Column::new(&of.x).with_bits(&of.bits, 0).sum());
    }),
    ("bytemask", |_, of| {
        done(Column::new(&of.x).with_bytes(&of.bytes).sum());
    }),
    ("skip_nan", |_, of| {
        done(Column::new(&of.gaps).skip_nan().sum());
    }),
    ("every_second", |_, of| {
        let count = of.x.len();
        let values = Elements::strided(&of.twice, 0, count, 2).expect("twice as many");
        done(Column::new(values).sum());
    }),
    ("groups_100", |_, of| {
        let mut sums = [0.0; 100];
        let groups = Column::new(&of.groups);
        done(Column::new(&of.x).group(&groups, Statistic::Sum, &mut sums));
        done(sums);
    }),
    ("rolling_30", |_, of| {
        let mut sums = vec![0.0; of.x.len()];
        let window = Window {
            size: 30,
            min_count: 1,
        };
        Column::new(&of.x).rolling(window, Statistic::Sum, &mut sums);
        done(sums);
    }),
    ("cumulative", |_, of| {
        let mut sums = vec![0.0; of.x.len()];
        Column::new(&of.x).cumulative_sum(&mut sums);
        done(sums);
    }),
    ("columns_100", |_, of| {
        let mut sums = [0.0; 100];
        let matrix = Matrix::new(Column::new(&of.x), of.x.len() / 100, 100);
        matrix.reduce(Axis::Columns, Statistic::Sum, &mut sums);
        done(sums);
    }),
];

fn done<T>(result: T) {
    black_box(result);
}

/// Values from 0 to 1, and what says which of them count and where.
#[derive(Default)]
struct Arrays {
    x: Vec<f64>,
    y: Vec<f64>,
    narrow: Vec<f32>,
    /// Twice as many.
    twice: Vec<f64>,
    /// `x` with NaN for every tenth value.
    gaps: Vec<f64>,
    /// A tenth of these is not set.
    bits: Vec<u8>,
    bytes: Vec<u8>,
    /// From 0 to 99.
    groups: Vec<u16>,
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
        let mut values = |count| (0..count).map(|_| next()).collect::<Vec<f64>>();
        let mut arrays = Self::default();
        match call {
            "sum_f32" => arrays.narrow = values(length).iter().map(|&x| x as f32).collect(),
            _ => arrays.x = values(length),
        }
        let present = |value: &f64| *value >= 0.1;
        match call {
            "dot_f64" | "add_products" => arrays.y = values(length),
            "every_second" => arrays.twice = values(2 * length),
            "skip_nan" => {
                let gap = |&x: &f64| if present(&x) { x } else { f64::NAN };
                arrays.gaps = arrays.x.iter().map(gap).collect();
            }
            "bytemask" => arrays.bytes = values(length).iter().map(|x| present(x).into()).collect(),
            "bitmap" => {
                let byte = |eight: &[f64]| {
                    let bits = eight.iter().map(present).enumerate();
                    bits.fold(0, |byte, (place, bit)| byte | u8::from(bit) << place)
                };
                arrays.bits = values(length).chunks(8).map(byte).collect();
            }
            "groups_100" => {
                arrays.groups = values(length).iter().map(|x| (100.0 * x) as u16).collect();
            }
            _ => {}
        }
        arrays
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["calls"] {
        CALLS.iter().for_each(|(name, _)| println!("{name}"));
        return ExitCode::SUCCESS;
    }
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
    if !isa.make_best() {
        eprintln!("here, columns have the engine {} alone", Isa::best().name());
        return ExitCode::FAILURE;
    }
    let arrays = Arrays::of(name, length);
    for _ in 0..calls {
        call(isa, black_box(&arrays));
    }
    ExitCode::SUCCESS
}
