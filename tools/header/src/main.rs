//! Writes `include/tally.h`.

fn main() {}
