//! Keeps the shared library that plain `cargo build` makes loaded: threads may hold
//! its thread-local data after a `dlclose`. It has no soname, so that programs find
//! it under its own name. What is shipped is linked by the Makefile.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
