//! Compiles the C loops and notes which compilers made the program.

use std::process::Command;

/// The most that a C programmer asks for.
const FLAGS: [&str; 3] = ["-O3", "-march=native", "-ffast-math"];

/// The same for processors that have AVX2 and no more.
const AVX2_FLAGS: [&str; 4] = ["-O3", "-mavx2", "-mfma", "-ffast-math"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(c_loops)");
    println!("cargo::rustc-check-cfg=cfg(c_avx2)");
    println!("cargo::rerun-if-changed=naive.c");
    println!("cargo::rerun-if-changed=naive_avx2.c");
    set("BENCH_RUSTC", &first_line(Command::new(env("RUSTC"))));
    set("BENCH_CC", &compile("naive", &FLAGS, "c_loops"));
    // Others have no such flags, and nothing to hold against the loop.
    let x86 = env("CARGO_CFG_TARGET_ARCH") == "x86_64";
    let avx2 = x86.then(|| compile("naive_avx2", &AVX2_FLAGS, "c_avx2"));
    set("BENCH_CC_AVX2", &avx2.unwrap_or("none".to_string()));
}

/// Compiles a file, sets `cfg` if that went well, and says with what.
fn compile(file: &str, flags: &[&str], cfg: &str) -> String {
    match try_compile(file, flags) {
        Some(compiler) => {
            println!("cargo::rustc-cfg={cfg}");
            format!("{compiler}, {}", flags.join(" "))
        }
        None => {
            println!("cargo::warning=no C compiler that takes {flags:?}: {file}.c is left out");
            "none".to_string()
        }
    }
}

fn try_compile(file: &str, flags: &[&str]) -> Option<String> {
    let compiler = cc::Build::new()
        .cargo_warnings(false)
        .try_get_compiler()
        .ok()?;
    let object = format!("{}/{file}.o", env("OUT_DIR"));
    // Ours come last, and win over CFLAGS: what is printed must be true.
    let mut command = compiler.to_command();
    command.args(flags);
    command.args(["-c", &format!("{file}.c"), "-o", &object]);
    if !command.status().ok()?.success() {
        return None;
    }
    let mut archive = cc::Build::new();
    archive
        .object(object)
        .try_compile(&format!("bench_{file}"))
        .ok()?;
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
