//! Compiles the C loops and notes which compilers made the program.

use std::process::Command;

/// The flags of the naive loop: the most that a C programmer asks for.
const FLAGS: [&str; 3] = ["-O3", "-march=native", "-ffast-math"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(c_loops)");
    println!("cargo::rerun-if-changed=naive.c");
    println!("cargo::rerun-if-env-changed=CC");
    set("BENCH_RUSTC", &first_line(Command::new(env("RUSTC"))));
    let set_c = |text: &str| set("BENCH_CC", text);

    let mut build = cc::Build::new();
    build.cargo_warnings(false).warnings(false).opt_level(3);
    for flag in FLAGS {
        build.flag(flag);
    }
    match build.file("naive.c").try_compile("bench_naive") {
        Ok(()) => {
            println!("cargo::rustc-cfg=c_loops");
            let version = first_line(build.get_compiler().to_command());
            set_c(&format!("{version}, {}", FLAGS.join(" ")));
        }
        Err(_) => {
            println!("cargo::warning=no C compiler that takes {FLAGS:?}: the C loops are left out");
            set_c("none: the C loops are left out");
        }
    }
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for a build script"))
}

fn set(name: &str, value: &str) {
    println!("cargo::rustc-env={name}={value}");
}

/// The first line of what a compiler says about its version.
fn first_line(mut compiler: Command) -> String {
    let output = compiler.arg("--version").output().ok();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let line = text.as_deref().and_then(|text| text.lines().next());
    line.unwrap_or("unknown").to_string()
}
