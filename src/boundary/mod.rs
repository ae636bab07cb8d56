//! The boundary between C and safe code.
//!
//! | module | what it knows |
//! |---|---|
//! | [`status`] | the numbers that C sees |
//! | [`record`] | the calling thread's latest error |
//! | [`cancellation`] | how a thread is kept from being cancelled |
//! | `thread` | where the calling thread's own storage is |
//! | [`guard`] | the panic wall that every exported function runs behind |
//! | [`hook`] | why a contained panic prints nothing |
//! | [`mod@pointer`] | how a C pointer and a count become something safe |
//! | [`mod@array`] | the same for arrays, which may be read in blocks |
//! | [`buffer`] | where results of any length are written to |
//! | [`results`] | where many results are written to |
//! | [`strided`] | the same for elements that lie a number of bytes apart |
//! | [`grid`] | the same for rows of such elements |
//! | [`rows`] | the same for pointers, one for each of many elements |
//! | [`mod@reference`] | how an address is kept in words of the caller's |
//! | [`memory`] | the blocks that C has to free |
//! | [`handles`] | what the handles are, and what is said of bad ones |
//! | [`slots`] | the table of slots behind them |
//! | [`standard_error`] | where a report goes when the process ends |
//! | [`threads`] | threads of our own, and how many processors there are |
//! | [`workers`] | those that help a call with its work |
//! | `windows` | the functions of that system |
//!
//! Nothing here does arithmetic.

pub mod array;
pub mod buffer;
pub mod cancellation;
pub mod grid;
pub mod guard;
pub mod handles;
pub mod hook;
pub mod memory;
pub mod pointer;
pub mod record;
pub mod reference;
pub mod results;
pub mod rows;
pub mod slots;
pub mod standard_error;
pub mod status;
pub mod strided;
mod thread;
#[cfg_attr(windows, path = "threads_windows.rs")]
pub mod threads;
#[cfg(windows)]
mod windows;
pub mod workers;

pub use record::Outcome;
