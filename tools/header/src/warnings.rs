//! Collects what cbindgen warns of: it skips what it does not understand and
//! says so only in the log.

use std::sync::Mutex;

use log::{Level, LevelFilter, Log, Metadata, Record};

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Collector;

impl Log for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata())
            && let Ok(mut seen) = SEEN.lock()
        {
            seen.push(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// Runs `work` and gives its result with every warning logged meanwhile.
pub(crate) fn during<R>(work: impl FnOnce() -> R) -> (R, Vec<String>) {
    // Installing a second time fails, and the first is still there.
    let _ = log::set_logger(&Collector);
    log::set_max_level(LevelFilter::Warn);
    let take = || SEEN.lock().map(|mut seen| std::mem::take(&mut *seen));
    let _ = take();
    let result = work();
    (result, take().unwrap_or_default())
}
