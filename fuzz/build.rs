//! Compiles the `tally` program for its harness: watched by AddressSanitizer and for
//! undefined behaviour, with its edges counted.

fn main() {
    println!("cargo::rerun-if-changed=program");
    println!("cargo::rerun-if-changed=../program");
    println!("cargo::rerun-if-changed=../include");
    let mut sources: Vec<_> = std::fs::read_dir("../program")
        .expect("the program's folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .collect();
    sources.sort();
    let common = || {
        let mut build = cc::Build::new();
        build
            .std("c11")
            .opt_level(1)
            .debug(true)
            .include("../include");
        build
            .flag("-fsanitize=address")
            .flag("-fno-omit-frame-pointer");
        build
    };
    common().file("program/shim.c").compile("tally_fuzz_shim");
    common()
        .files(sources)
        .flag("-include")
        .flag("program/shim.h")
        .warnings(false)
        .flag("-fsanitize-coverage=trace-pc,trace-cmp")
        .flag("-fsanitize=undefined")
        .flag("-fsanitize-undefined-trap-on-error")
        .compile("tally_fuzz_program");
    println!("cargo::rustc-link-arg=-Wl,--wrap=__sanitizer_cov_trace_pc");
}
