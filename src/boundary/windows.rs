//! The functions of Windows that the boundary calls.

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr::null_mut;

use once_cell::sync::OnceCell;

/// Of a file, a thread and the like; NULL or -1 for none.
pub(super) type Handle = *mut c_void;

const STANDARD_ERROR: u32 = -12_i32 as u32;
const BY_ADDRESS_AND_NEVER_UNLOAD: u32 = 4 | 1;
const ALL_GROUPS: u16 = 0xffff;

/// BY_HANDLE_FILE_INFORMATION.
#[repr(C)]
#[derive(Clone, Copy)]
struct FileInformation {
    attributes: u32,
    times: [u32; 6],
    volume: u32,
    size: [u32; 2],
    links: u32,
    index: [u32; 2],
}

#[link(name = "kernel32")]
unsafe extern "system" {
    safe fn GetStdHandle(which: u32) -> Handle;
    fn GetFileType(file: Handle) -> u32;
    fn GetFileInformationByHandle(file: Handle, information: *mut FileInformation) -> i32;
    fn WriteFile(
        file: Handle,
        bytes: *const u8,
        size: u32,
        written: *mut u32,
        overlapped: *mut c_void,
    ) -> i32;
    fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut Handle) -> i32;
    safe fn GetCurrentProcess() -> Handle;
    fn GetProcessAffinityMask(process: Handle, mask: *mut usize, of_system: *mut usize) -> i32;
    safe fn GetActiveProcessorCount(group: u16) -> u32;
    fn QueryPerformanceCounter(ticks: *mut i64) -> i32;
    pub(super) fn CreateThread(
        attributes: *const c_void,
        stack: usize,
        body: extern "system" fn(*mut c_void) -> u32,
        argument: *mut c_void,
        flags: u32,
        id: *mut u32,
    ) -> Handle;
    pub(super) fn CloseHandle(handle: Handle) -> i32;
    pub(super) fn FlsAlloc(at_end: unsafe extern "system" fn(*mut c_void)) -> u32;
    pub(super) fn FlsSetValue(index: u32, value: *const c_void) -> i32;
}

#[link(name = "ntdll")]
unsafe extern "system" {
    /// Whether the process is ending: all threads but this one have been ended.
    pub(super) safe fn RtlDllShutdownInProgress() -> u8;
}

#[link(name = "advapi32")]
unsafe extern "system" {
    /// RtlGenRandom.
    fn SystemFunction036(bytes: *mut c_void, size: u32) -> u8;
}

/// Keeps the library loaded until the process ends: threads of its own may be running,
/// and others call it when they end. `false` if the system refuses.
pub(super) fn never_unload() -> bool {
    static KEPT: OnceCell<bool> = OnceCell::new();
    *KEPT.get_or_init(|| {
        let mut module = null_mut();
        // SAFETY: the address is in the library, and `module` is valid for writing.
        unsafe {
            GetModuleHandleExW(
                BY_ADDRESS_AND_NEVER_UNLOAD,
                (&raw const KEPT).cast(),
                &raw mut module,
            ) != 0
        }
    })
}

/// How many processors this process may use.
pub(super) fn processors() -> usize {
    let (mut mask, mut of_system) = (0, 0);
    // SAFETY: both are valid for writing.
    let known = unsafe {
        GetProcessAffinityMask(GetCurrentProcess(), &raw mut mask, &raw mut of_system) != 0
    };
    // It is 0 if the process runs in several groups of processors.
    let count = if known && mask != 0 {
        mask.count_ones()
    } else {
        GetActiveProcessorCount(ALL_GROUPS)
    };
    count.max(1) as usize
}

/// Random bytes, or zeros if there are none; and the time in small steps.
pub(super) fn random_and_time() -> ([u8; 16], i64) {
    let (mut random, mut ticks) = ([0; 16], 0);
    // SAFETY: both are valid for writing, and the size is right.
    unsafe {
        SystemFunction036(random.as_mut_ptr().cast(), random.len() as u32);
        QueryPerformanceCounter(&raw mut ticks);
    }
    (random, ticks)
}

/// The file that standard error is: its handle, its type and, on a disk, its place.
pub(super) type StandardErrorFile = (usize, u32, [u32; 3]);

pub(super) fn standard_error() -> Option<StandardErrorFile> {
    let handle = GetStdHandle(STANDARD_ERROR);
    if handle.is_null() || handle.addr() == usize::MAX {
        return None;
    }
    let mut about = MaybeUninit::<FileInformation>::uninit();
    // SAFETY: a handle that is closed is refused, and there is room for the rest.
    unsafe {
        let place = if GetFileInformationByHandle(handle, about.as_mut_ptr()) == 0 {
            [0; 3]
        } else {
            // Written, since the call succeeded.
            let about = about.assume_init();
            [about.volume, about.index[0], about.index[1]]
        };
        Some((handle.addr(), GetFileType(handle), place))
    }
}

/// Writes to standard error, past the buffers of C.
pub(super) fn write_standard_error(mut bytes: &[u8]) {
    let handle = GetStdHandle(STANDARD_ERROR);
    while !bytes.is_empty() {
        let (size, mut written) = (bytes.len().min(1 << 20) as u32, 0);
        // SAFETY: the bytes are there, and `written` is valid for writing.
        let failed =
            unsafe { WriteFile(handle, bytes.as_ptr(), size, &raw mut written, null_mut()) == 0 };
        if failed || written == 0 {
            return;
        }
        bytes = bytes.get(written as usize..).unwrap_or_default();
    }
}
