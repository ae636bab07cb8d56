//! The block at a fixed distance from the thread pointer: the initial-exec
//! model of ELF, which Rust has no stable word for.

use std::arch::{asm, global_asm};
use std::mem::offset_of;

use super::block::Thread;
use super::record::Record;

const STATUS: usize = offset_of!(Thread, record) + Record::STATUS;
const _: () = assert!(STATUS == 0, "clear_status stores at the block's start");

// Hidden, not local: code of ours that was inlined elsewhere may name it.
global_asm!(
    ".pushsection .tbss.tally_thread,\"awT\",@nobits",
    ".balign {align}",
    ".globl tally_thread",
    ".hidden tally_thread",
    ".type tally_thread,@object",
    ".size tally_thread,{size}",
    "tally_thread:",
    ".zero {size}",
    ".popsection",
    align = const align_of::<Thread>(),
    size = const size_of::<Thread>(),
);

/// Lends the calling thread's block.
#[inline(always)]
pub(in crate::boundary) fn with<R>(body: impl FnOnce(&Thread) -> R) -> R {
    // SAFETY: the block is as large and as aligned as a `Thread`, of which
    // zeros are a value, and is there while this thread runs. It has no other
    // users: a `Thread` is not `Sync`.
    body(unsafe { &*address() })
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn address() -> *const Thread {
    let address;
    // SAFETY: computes an address from constants of the process and thread.
    unsafe {
        asm!(
            "mov {address}, qword ptr fs:[0]",
            "add {address}, qword ptr [rip + tally_thread@GOTTPOFF]",
            address = out(reg) address,
            options(pure, readonly, nostack),
        );
    }
    address
}

/// Stores TALLY_OK as the status of the thread's record.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(in crate::boundary) fn clear_status() {
    // SAFETY: writes the block's first field, a cell of this thread's, with a
    // value of its type.
    unsafe {
        asm!(
            "mov {offset}, qword ptr [rip + tally_thread@GOTTPOFF]",
            "mov dword ptr fs:[{offset}], 0",
            offset = out(reg) _,
            options(nostack, preserves_flags),
        );
    }
}

#[cfg(target_arch = "aarch64")]
#[inline(always)]
fn address() -> *const Thread {
    let address;
    // SAFETY: computes an address from constants of the process and thread.
    unsafe {
        asm!(
            "mrs {thread}, tpidr_el0",
            "adrp {address}, :gottprel:tally_thread",
            "ldr {address}, [{address}, :gottprel_lo12:tally_thread]",
            "add {address}, {address}, {thread}",
            thread = out(reg) _,
            address = out(reg) address,
            options(pure, readonly, nostack, preserves_flags),
        );
    }
    address
}

/// Stores TALLY_OK as the status of the thread's record.
#[cfg(target_arch = "aarch64")]
#[inline(always)]
pub(in crate::boundary) fn clear_status() {
    with(|thread| thread.record.clear_status());
}
