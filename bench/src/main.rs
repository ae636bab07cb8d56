//! Timings against peers.

fn main() {}
