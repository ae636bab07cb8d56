//! Standard error, for the report when the process ends.
//!
//! Descriptor 2, or the handle on Windows, may be anything by then: a program that
//! closes it gets the same number for the next file or socket that it opens. So the
//! file that it refers to is recorded early, and nothing is written to any other.

#[cfg(not(windows))]
use std::io::{Error, ErrorKind};

use super::cancellation;
#[cfg(windows)]
use super::windows;

/// The identity of an open file: its device and inode.
#[cfg(unix)]
type File = (libc::dev_t, libc::ino_t);
#[cfg(windows)]
type File = windows::StandardErrorFile;
#[cfg(not(any(unix, windows)))]
type File = ();

/// The file that was open as standard error at some moment.
#[derive(Clone, Copy, Debug)]
pub struct StandardError {
    file: File,
}

#[cfg(not(windows))]
const DESCRIPTOR: libc::c_int = 2;

impl StandardError {
    /// The current one, if it is open.
    pub fn now() -> Option<Self> {
        file().map(|file| Self { file })
    }

    /// Writes a text, in one piece if the system takes it as one, unless standard
    /// error is another file now. A reader that has gone away must not end the
    /// process. Failures cannot be reported anywhere.
    pub fn write(&self, text: &str) {
        if file() == Some(self.file) {
            cancellation::held_back(|| write(text.as_bytes()));
        }
    }
}

#[cfg(unix)]
fn file() -> Option<File> {
    let mut status = std::mem::MaybeUninit::<libc::stat>::uninit();
    // SAFETY: there is room for what is written.
    if unsafe { libc::fstat(DESCRIPTOR, status.as_mut_ptr()) } != 0 {
        return None;
    }
    // SAFETY: written, since the call succeeded.
    let status = unsafe { status.assume_init() };
    Some((status.st_dev, status.st_ino))
}

#[cfg(windows)]
fn file() -> Option<File> {
    windows::standard_error()
}

#[cfg(not(any(unix, windows)))]
fn file() -> Option<File> {
    Some(())
}

/// Writing to a pipe or socket without a reader raises SIGPIPE for this thread. It
/// is blocked and removed, unless one was pending before.
#[cfg(unix)]
fn write(bytes: &[u8]) {
    // SAFETY: each set is made by the call that it is first given to, and all
    // pointers are to locals. A set of signals is plain numbers.
    unsafe {
        let [mut broken_pipe, mut before] = std::mem::zeroed::<[libc::sigset_t; 2]>();
        libc::sigemptyset(&mut broken_pipe);
        libc::sigaddset(&mut broken_pipe, libc::SIGPIPE);
        if libc::pthread_sigmask(libc::SIG_BLOCK, &broken_pipe, &mut before) != 0 {
            return;
        }
        let was_pending = is_broken_pipe_pending();
        if !write_now(bytes) && !was_pending && is_broken_pipe_pending() {
            let mut taken = 0;
            libc::sigwait(&broken_pipe, &mut taken);
        }
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, std::ptr::null_mut());
    }
}

#[cfg(windows)]
fn write(bytes: &[u8]) {
    windows::write_standard_error(bytes);
}

#[cfg(not(any(unix, windows)))]
fn write(bytes: &[u8]) {
    write_now(bytes);
}

#[cfg(unix)]
fn is_broken_pipe_pending() -> bool {
    // SAFETY: as above; a set that could not be made has no signals.
    unsafe {
        let mut pending = std::mem::zeroed::<libc::sigset_t>();
        libc::sigpending(&mut pending) == 0 && libc::sigismember(&pending, libc::SIGPIPE) == 1
    }
}

/// Whether all bytes were written. A signal may come in between, or the system may
/// take only some at a time.
#[cfg(not(windows))]
fn write_now(mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        // SAFETY: the bytes are there.
        let written = unsafe { libc::write(DESCRIPTOR, bytes.as_ptr().cast(), bytes.len() as _) };
        match usize::try_from(written) {
            Ok(0) => return false,
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(_) if Error::last_os_error().kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}
