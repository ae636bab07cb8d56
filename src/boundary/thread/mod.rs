//! The storage that the library keeps for each thread.
//!
//! One block of thread-local storage, all zero at the thread's birth and
//! without a destructor, so that it can be used before anything else and while
//! the thread is ending. Each call clears the error that is in it, so reaching
//! it must cost next to nothing: `initial_exec` takes two instructions where
//! the target lets it, `portable` is for all others. musl loads no library at run
//! time that has storage of this kind.

mod block;
mod exit;
mod record;

#[cfg_attr(
    all(
        target_os = "linux",
        target_env = "gnu",
        target_pointer_width = "64",
        any(target_arch = "x86_64", target_arch = "aarch64"),
        not(miri)
    ),
    path = "initial_exec.rs"
)]
#[cfg_attr(
    not(all(
        target_os = "linux",
        target_env = "gnu",
        target_pointer_width = "64",
        any(target_arch = "x86_64", target_arch = "aarch64"),
        not(miri)
    )),
    path = "portable.rs"
)]
mod storage;

pub(super) use exit::{Keeper, is_watched};
pub use record::MESSAGE_SIZE;
pub(super) use record::Record;
pub(super) use storage::{clear_status, with};
