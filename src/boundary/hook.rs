//! Keeps a contained panic from printing.
//!
//! A panic reports itself through the process-wide hook before it unwinds. Ours
//! says nothing while the thread is inside a guarded call - the panic's text
//! goes into the error record instead - and hands everything else on to the
//! hook that was there before.

use std::panic::{self, PanicHookInfo};

use once_cell::sync::OnceCell;

use super::{cancellation, record};

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

static PREVIOUS: OnceCell<Hook> = OnceCell::new();

/// Puts the hook in place, once.
#[inline]
pub(super) fn ensure() {
    if PREVIOUS.get().is_none() {
        install();
    }
}

#[cold]
fn install() {
    // A panicking thread may not change the hook. Its next call will.
    if std::thread::panicking() {
        return;
    }
    let put_in_place = || {
        let previous = panic::take_hook();
        // A function item has no size: boxing it allocates
        // nothing.
        panic::set_hook(Box::new(quiet_inside));
        previous
    };
    // If another thread is doing this, wait for it.
    cancellation::held_back(|| PREVIOUS.get_or_init(put_in_place));
}

fn quiet_inside(info: &PanicHookInfo<'_>) {
    if record::is_inside() {
        return;
    }
    if let Some(previous) = PREVIOUS.get() {
        previous(info);
    }
}
