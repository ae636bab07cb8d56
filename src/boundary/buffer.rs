//! The caller's buffers for results of any length.

use std::ffi::{c_char, c_void};

use super::Outcome;
use super::array::Array;
use super::record::refuse;
use super::status::tally_status::TALLY_TOO_SMALL;

/// A buffer and its size; NULL and 0 if only the length is asked for.
pub struct Buffer {
    pointer: *mut u8,
    size: usize,
}

impl Buffer {
    /// Refuses NULL with a size, and an impossible size.
    ///
    /// # Safety
    /// If not NULL, `pointer` is valid for writing `size` bytes as long as this
    /// lives.
    pub unsafe fn new(pointer: *mut c_void, size: usize) -> Outcome<Self> {
        let pointer = pointer.cast::<u8>();
        // SAFETY: nothing is read through the array: it only checks.
        unsafe { Array::new(pointer.cast_const(), size, "buffer") }?;
        Ok(Buffer { pointer, size })
    }

    /// A state's saved bytes.
    pub fn set_bytes(&self, bytes: &[u8]) -> Outcome<()> {
        if self.pointer.is_null() {
            return Ok(());
        }
        if self.size < bytes.len() {
            return Err(refuse(
                TALLY_TOO_SMALL,
                format_args!(
                    "the state needs {} bytes, buffer has {}",
                    bytes.len(),
                    self.size
                ),
            ));
        }
        // SAFETY: there is room for the bytes, by the contract of `new`.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.pointer, bytes.len()) };
        Ok(())
    }

    /// The caller's bytes, which may overlap the buffer, between two pieces of the
    /// library's.
    pub fn set_enveloped(&self, front: &[u8], bytes: &Array<'_, u8>, back: &[u8]) -> Outcome<()> {
        if self.pointer.is_null() {
            return Ok(());
        }
        let needed = front.len() + bytes.count() + back.len();
        if self.size < needed {
            return Err(refuse(
                TALLY_TOO_SMALL,
                format_args!(
                    "the sealed state needs {needed} bytes, buffer has {}",
                    self.size
                ),
            ));
        }
        // SAFETY: there is room for `needed` bytes, by the contract of `new`; `bytes` are
        // readable by theirs, and are moved before anything is written over them; `front`
        // and `back` are ours and overlap nothing of the caller's.
        unsafe {
            let middle = self.pointer.add(front.len());
            std::ptr::copy(bytes.as_ptr(), middle, bytes.count());
            std::ptr::copy_nonoverlapping(front.as_ptr(), self.pointer, front.len());
            std::ptr::copy_nonoverlapping(back.as_ptr(), middle.add(bytes.count()), back.len());
        }
        Ok(())
    }

    /// A text, and a NUL behind it.
    pub fn set_text(&self, text: &str) -> Outcome<()> {
        if self.pointer.is_null() {
            return Ok(());
        }
        if self.size <= text.len() {
            return Err(refuse(
                TALLY_TOO_SMALL,
                format_args!(
                    "the text and its NUL need {} bytes, buffer has {}",
                    text.len() + 1,
                    self.size
                ),
            ));
        }
        // SAFETY: there is room for the text and a NUL, by the contract of `new`.
        unsafe {
            std::ptr::copy_nonoverlapping(text.as_ptr(), self.pointer, text.len());
            self.pointer.add(text.len()).cast::<c_char>().write(0);
        }
        Ok(())
    }
}
