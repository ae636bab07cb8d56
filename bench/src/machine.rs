//! What the figures were measured on.

use std::ffi::CStr;
use std::fs::read_to_string;

use crate::engines;
use crate::python::Python;

/// What is said about the machine: a name and a text each.
pub(crate) type Facts = Vec<(&'static str, String)>;

/// The machine, its compilers and the library.
pub(crate) fn describe(core: Option<usize>, python: Option<&Python>) -> Facts {
    // SAFETY: the version is a string that lives as long as the library.
    let version = unsafe { CStr::from_ptr(tally::api::version::tally_version()) };
    let engines: Vec<_> = engines::available().map(|isa| isa.name()).collect();
    let caches = caches().into_iter();
    let caches: Vec<_> = caches
        .map(|(level, bytes)| format!("L{level} {} KiB", bytes >> 10))
        .collect();
    let mut facts = vec![
        ("library", format!("tally {}", version.to_string_lossy())),
        ("engines", engines.join(", ")),
        ("cpu", cpu()),
        ("caches", caches.join(", ")),
        ("core", pinned(core)),
        ("system", system()),
        ("load", load()),
        ("rustc", env!("BENCH_RUSTC").to_string()),
        ("C", env!("BENCH_CC").to_string()),
        ("C AVX2", env!("BENCH_CC_AVX2").to_string()),
        ("xsum", xsum()),
    ];
    facts.extend(peers(python));
    if cfg!(debug_assertions) {
        let warning = "not a release build: the figures are meaningless";
        facts.push(("WARNING", warning.to_string()));
    }
    facts
}

/// Python and its libraries, and which of them are left out.
fn peers(python: Option<&Python>) -> Facts {
    let Some(python) = python else {
        let absent = "not installed: it and its libraries are left out";
        return vec![("python", absent.to_string())];
    };
    let mut facts = vec![("python", python.versions.clone())];
    if !python.absent.is_empty() {
        facts.push(("absent", format!("{}: left out", python.absent)));
    }
    facts
}

/// With what xsum was compiled.
fn xsum() -> String {
    match env!("BENCH_XSUM") {
        "none" => "absent: give the folder of xsum.c as XSUM=DIR".to_string(),
        with => with.to_string(),
    }
}

/// The processor's name; its numbers too, since virtual machines hide the name.
pub(crate) fn cpu() -> String {
    let info = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let find = |key: &str| {
        let mut lines = info.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(name, _)| name.trim() == key)?;
        Some(found.1.trim().to_string())
    };
    let name = find("model name").unwrap_or(std::env::consts::ARCH.to_string());
    match (find("cpu family"), find("model")) {
        (Some(family), Some(model)) => format!("{name} (family {family}, model {model})"),
        // ARM's, which have numbers only.
        _ => match (find("CPU implementer"), find("CPU part")) {
            (Some(maker), Some(part)) => format!("{name} (implementer {maker}, part {part})"),
            _ => name,
        },
    }
}

fn pinned(core: Option<usize>) -> String {
    let cores = match cores() {
        Some(cores) => cores.to_string(),
        None => "an unknown number".to_string(),
    };
    match core {
        Some(core) => format!("pinned to {core}, of {cores}"),
        None => format!("not pinned, of {cores}"),
    }
}

/// The system, its kernel and the architecture.
fn system() -> String {
    use std::env::consts::{ARCH, OS};
    let release = read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{OS} {}, {ARCH}", release.trim())
}

fn load() -> String {
    let average = read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = average.split_whitespace().next().unwrap_or("unknown");
    let busy = minute.parse::<f64>().is_ok_and(|load| load > 0.5);
    let remark = if busy {
        ": other programs are running, so the figures are unreliable"
    } else {
        ""
    };
    format!("{minute}{remark}")
}

/// The level and the bytes of each cache that holds data, as far as the system
/// says.
pub(crate) fn caches() -> Vec<(u32, usize)> {
    let cache = |index: u32| {
        let read = |file: &str| {
            let folder = "/sys/devices/system/cpu/cpu0/cache";
            let text = read_to_string(format!("{folder}/index{index}/{file}")).ok()?;
            Some(text.trim().to_string())
        };
        if read("type")? == "Instruction" {
            return None;
        }
        let size = read("size")?;
        let kibibytes: usize = size.strip_suffix('K')?.parse().ok()?;
        Some((read("level")?.parse().ok()?, kibibytes << 10))
    };
    (0..8).filter_map(cache).collect()
}

/// The cores that this program may use, before it keeps itself to one.
#[cfg(target_os = "linux")]
static ALLOWED: std::sync::OnceLock<libc::cpu_set_t> = std::sync::OnceLock::new();

/// Lets this thread do the work on any core that the program may use.
pub(crate) fn on_all_cores<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_os = "linux")]
    if let Some(allowed) = ALLOWED.get() {
        // SAFETY: the set is valid for reading its own size.
        unsafe { libc::sched_setaffinity(0, size_of_val(allowed), allowed) };
        let result = work();
        pin();
        return result;
    }
    work()
}

/// Keeps this program, and what it starts, on one core: the last of those that
/// it may use. Says which.
#[cfg(target_os = "linux")]
pub(crate) fn pin() -> Option<usize> {
    let size = size_of::<libc::cpu_set_t>();
    // SAFETY: a set of cores is an array of integers: zero is a valid one.
    let mut allowed: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    // SAFETY: the set is valid for writing its own size.
    if unsafe { libc::sched_getaffinity(0, size, &raw mut allowed) } != 0 {
        return None;
    }
    let allowed = *ALLOWED.get_or_init(|| allowed);
    let all = 0..libc::CPU_SETSIZE as usize;
    // SAFETY: every number is below the set's size.
    let core = all
        .rev()
        .find(|&core| unsafe { libc::CPU_ISSET(core, &allowed) })?;
    // SAFETY: as above.
    let mut one: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    // SAFETY: the core was found in a set of the same size.
    unsafe { libc::CPU_SET(core, &mut one) };
    // SAFETY: the set is valid for reading its own size.
    let failed = unsafe { libc::sched_setaffinity(0, size, &raw const one) };
    (failed == 0).then_some(core)
}

/// Elsewhere the system decides.
#[cfg(not(target_os = "linux"))]
pub(crate) fn pin() -> Option<usize> {
    None
}

/// How many cores there are, allowed or not.
#[cfg(unix)]
fn cores() -> Option<usize> {
    // SAFETY: it reads a number of the system's.
    let cores = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) };
    usize::try_from(cores).ok()
}

#[cfg(not(unix))]
fn cores() -> Option<usize> {
    std::thread::available_parallelism().ok().map(usize::from)
}
