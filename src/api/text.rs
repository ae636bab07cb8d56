//! Text
//!
//! Strings are UTF-8 and NUL-terminated. A string that is not valid UTF-8 is refused
//! with TALLY_ENCODING, with the offset of the first invalid byte in the message.
//!
//! ```c
//! size_t bytes, characters;
//! if (tally_text_length("h\u00e9", &bytes, &characters) == TALLY_OK)
//!     printf("%zu bytes, %zu characters\n", bytes, characters);
//! ```

use std::ffi::c_char;
use std::ptr::copy_nonoverlapping;

use super::memory::allocate;
use crate::boundary::guard;
use crate::boundary::memory::BlockKind;
use crate::boundary::pointer::OutPtr;
use crate::boundary::status::tally_status;

/// Copies a string.
///
/// `*out` is the copy, which the caller owns and frees with tally_free().
/// TALLY_ENCODING if `text` is not UTF-8; TALLY_MEMORY if out of memory.
///
/// # Safety
/// `text` is NUL-terminated, `out` is valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_text_copy(
    text: *const c_char,
    out: *mut *mut c_char,
) -> tally_status {
    guard::status(c"tally_text_copy", || {
        // SAFETY: the caller's promise about `text`.
        let source = unsafe { crate::boundary::pointer::text(text, "text") }?;
        // SAFETY: the caller's promise about `out`.
        let out = unsafe { OutPtr::new(out, "out") }?;
        let block = allocate(source.len() + 1, BlockKind::Bytes)?;
        let copy = block.as_ptr().cast::<c_char>();
        // SAFETY: the block has one byte more than the string, and that one is
        // zero already.
        unsafe { copy_nonoverlapping(source.as_ptr().cast(), copy, source.len()) };
        out.set(copy);
        Ok(())
    })
}

/// Measures a string: the number of its bytes, without the NUL, and of its characters
/// (Unicode code points).
///
/// `bytes` and `characters` may be NULL. TALLY_ENCODING if `text` is not UTF-8.
///
/// # Safety
/// `text` is NUL-terminated; `bytes` and `characters`, if not NULL, are valid
/// for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_text_length(
    text: *const c_char,
    bytes: *mut usize,
    characters: *mut usize,
) -> tally_status {
    guard::status(c"tally_text_length", || {
        // SAFETY: the caller's promise about `text`.
        let source = unsafe { crate::boundary::pointer::text(text, "text") }?;
        // SAFETY: the caller's promise about `bytes`.
        if let Some(bytes) = unsafe { OutPtr::optional(bytes) } {
            bytes.set(source.len());
        }
        // SAFETY: the caller's promise about `characters`.
        if let Some(characters) = unsafe { OutPtr::optional(characters) } {
            characters.set(source.chars().count());
        }
        Ok(())
    })
}
