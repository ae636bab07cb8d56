//! Gives the shared library that plain `cargo build` makes its name, and keeps
//! it loaded: threads may hold its thread-local data after a `dlclose`. What is
//! shipped is linked by the Makefile.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libtally.so.0");
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
