//! Gives the shared library that plain `cargo build` makes its name, and keeps
//! it loaded: threads may hold its thread-local data after a `dlclose`. What is
//! shipped is linked by the Makefile.

fn main() {
    let soname = include_str!("packaging/soname").trim();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=packaging/soname");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,{soname}");
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
