//! Memory of the caller's: at any alignment, and ending where a heap block ends, so that
//! AddressSanitizer sees the first byte too many.

use std::ptr;

/// Bytes at the end of a block of their own.
pub(crate) struct Place {
    block: Box<[u8]>,
    shift: usize,
}

impl Place {
    /// `shift` bytes off the alignment of a block.
    pub(crate) fn new(bytes: &[u8], shift: usize) -> Self {
        let mut block = vec![0xa5; shift];
        block.extend_from_slice(bytes);
        Place {
            block: block.into(),
            shift,
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.block[self.shift..]
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.block[self.shift..]
    }

    pub(crate) fn pointer<T>(&mut self) -> *mut T {
        self.bytes_mut().as_mut_ptr().cast()
    }

    pub(crate) fn words(&self) -> Vec<u64> {
        let words = self.bytes().chunks_exact(8);
        words
            .map(|word| u64::from_ne_bytes(word.try_into().expect("eight bytes")))
            .collect()
    }
}

/// A copy of a string with a NUL.
pub(crate) fn text_at(pointer: *const std::ffi::c_char) -> String {
    assert!(!pointer.is_null());
    // SAFETY: the library's texts end in a NUL.
    let text = unsafe { std::ffi::CStr::from_ptr(pointer) };
    text.to_str().expect("UTF-8").to_owned()
}

/// No pointer.
pub(crate) const fn null<T>() -> *mut T {
    ptr::null_mut()
}
