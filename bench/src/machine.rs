//! What the figures were measured on.

use std::ffi::CStr;
use std::fmt::Write;
use std::fs::read_to_string;

/// The machine, its compilers and the library, a line each.
pub(crate) fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    // SAFETY: the version is a string that lives as long as the library.
    let version = unsafe { CStr::from_ptr(tally::capi::version::tally_version()) };
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        writeln!(text, "{name:<8} {value}").expect("a String takes all text");
    };
    line("library", &format!("tally {}", version.to_string_lossy()));
    line("cpu", &format!("{}, {cores} cores", cpu()));
    line("system", &format!("{} {}", std::env::consts::OS, kernel()));
    line("load", &load());
    line("rustc", env!("BENCH_RUSTC"));
    line("cc", env!("BENCH_CC"));
    if cfg!(debug_assertions) {
        line("WARNING", "not a release build: the figures mean nothing");
    }
    text
}

fn cpu() -> String {
    let info = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find(|line| line.starts_with("model name"));
    let name = model.and_then(|line| line.split_once(':'));
    name.map_or(std::env::consts::ARCH, |(_, name)| name.trim())
        .to_string()
}

fn kernel() -> String {
    let release = read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    release.trim().to_string()
}

fn load() -> String {
    let average = read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = average.split_whitespace().next().unwrap_or("unknown");
    let busy = minute.parse::<f64>().is_ok_and(|load| load > 0.5);
    let remark = if busy {
        ": other work is running, and makes the figures unsteady"
    } else {
        ""
    };
    format!("{minute}{remark}")
}
