//! The module's memory has the size that it begins with, so that JavaScript's views of it
//! stay valid.

fn main() {
    println!("cargo::rustc-cdylib-link-arg=--no-growable-memory");
    println!("cargo::rerun-if-changed=build.rs");
}
