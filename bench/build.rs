//! Compiles the C loops and notes which compilers made the program.

use std::process::Command;

/// The flags of the naive loop: the most that a C programmer asks for.
const FLAGS: [&str; 3] = ["-O3", "-march=native", "-ffast-math"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(c_loops)");
    println!("cargo::rerun-if-changed=naive.c");
    set("BENCH_RUSTC", &first_line(Command::new(env("RUSTC"))));
    match compile() {
        Some(compiler) => {
            println!("cargo::rustc-cfg=c_loops");
            set("BENCH_CC", &format!("{compiler}, {}", FLAGS.join(" ")));
        }
        None => {
            println!("cargo::warning=no C compiler that takes {FLAGS:?}: the C loops are left out");
            set("BENCH_CC", "none: the C loops are left out");
        }
    }
}

/// Compiles the loops and says with what.
fn compile() -> Option<String> {
    let compiler = cc::Build::new()
        .cargo_warnings(false)
        .try_get_compiler()
        .ok()?;
    let object = format!("{}/naive.o", env("OUT_DIR"));
    // Ours come last, and win over CFLAGS: what is printed must be true.
    let mut command = compiler.to_command();
    command.args(FLAGS).args(["-c", "naive.c", "-o", &object]);
    if !command.status().ok()?.success() {
        return None;
    }
    let mut archive = cc::Build::new();
    archive.object(object).try_compile("bench_naive").ok()?;
    Some(first_line(compiler.to_command()))
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
