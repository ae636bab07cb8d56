//! Compiles the C loops and notes which compilers made the program. With `XSUM=DIR`
//! it compiles the xsum.c of that folder as a peer.

use std::path::Path;
use std::process::Command;

/// The most that a C programmer asks for. What names the processor differs: on some
/// architectures `-march=native` is refused, and a compiler for another machine
/// refuses both.
const FLAGS: [&[&str]; 3] = [
    &["-O3", "-march=native", "-ffast-math"],
    &["-O3", "-mcpu=native", "-ffast-math"],
    &["-O3", "-ffast-math"],
];

/// The same for processors that have AVX2 and no more.
const AVX2_FLAGS: [&[&str]; 1] = [&["-O3", "-mavx2", "-mfma", "-ffast-math"]];

/// Exact sums need the standard's arithmetic.
const XSUM_FLAGS: [&[&str]; 3] = [
    &["-O3", "-march=native"],
    &["-O3", "-mcpu=native"],
    &["-O3"],
];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(c_loops, c_avx2, c_xsum)");
    println!("cargo::rerun-if-env-changed=XSUM");
    set("BENCH_RUSTC", &first_line(Command::new(env("RUSTC"))));
    set("BENCH_CC", &compile("c_loops", &["naive.c"], &FLAGS));
    // Other architectures have no such flags, and no AVX2 to compare with.
    let x86 = env("CARGO_CFG_TARGET_ARCH") == "x86_64";
    let avx2 = x86.then(|| compile("c_avx2", &["naive_avx2.c"], &AVX2_FLAGS));
    set("BENCH_CC_AVX2", avx2.as_deref().unwrap_or("none"));
    set("BENCH_XSUM", &xsum());
}

/// Radford Neal's xsum, of the folder that `XSUM` names.
fn xsum() -> String {
    let folder = std::env::var("XSUM").unwrap_or_default();
    if folder.is_empty() {
        return "none".to_string();
    }
    let source = format!("{folder}/xsum.c");
    let header = format!("{folder}/xsum.h");
    for file in [&source, &header] {
        assert!(Path::new(file).is_file(), "XSUM={folder}: no {file}");
    }
    println!("cargo::rerun-if-changed={header}");
    let include = format!("-I{folder}");
    let flags = XSUM_FLAGS.map(|flags| [flags, &[include.as_str()]].concat());
    let flags: Vec<&[&str]> = flags.iter().map(Vec::as_slice).collect();
    let with = compile("c_xsum", &["xsum_peer.c", &source], &flags);
    assert!(with != "none", "XSUM={folder}: xsum.c does not compile");
    with.replace(&format!(" {include}"), "")
}

/// Compiles files with the first flags that the compiler takes, sets `cfg` if that
/// went well, and says with what.
fn compile(cfg: &str, files: &[&str], flags: &[&[&str]]) -> String {
    for file in files {
        println!("cargo::rerun-if-changed={file}");
    }
    let compiled = flags
        .iter()
        .find_map(|flags| Some((try_compile(cfg, files, flags)?, flags)));
    match compiled {
        Some((compiler, flags)) => {
            println!("cargo::rustc-cfg={cfg}");
            format!("{compiler}, {}", flags.join(" "))
        }
        None => {
            println!("cargo::warning=no C compiler that takes {flags:?}: {files:?} left out");
            "none".to_string()
        }
    }
}

fn try_compile(name: &str, files: &[&str], flags: &[&str]) -> Option<String> {
    let compiler = cc::Build::new()
        .cargo_warnings(false)
        .try_get_compiler()
        .ok()?;
    let mut archive = cc::Build::new();
    for (index, file) in files.iter().enumerate() {
        let object = format!("{}/{name}_{index}.o", env("OUT_DIR"));
        // Ours come last, and win over CFLAGS: what is printed must be true.
        let mut command = compiler.to_command();
        command.args(flags);
        command.args(["-c", file, "-o", &object]);
        let output = command.output().ok()?;
        if !output.status.success() {
            println!("{}", String::from_utf8_lossy(&output.stderr));
            return None;
        }
        archive.object(object);
    }
    archive.try_compile(&format!("bench_{name}")).ok()?;
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
