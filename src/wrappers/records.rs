//! A struct that crosses the boundary, with a string that it only points to.

use std::ffi::{CStr, CString, c_char};
use std::mem::forget;
use std::ptr::{NonNull, null, null_mut};

use super::errors::c_string;
use super::errors::{FFIError, InputError, succeeded};
use super::strings::string_from_c;
use super::tally;
use crate::boundary::status::tally_status;

/// The struct as C has it: `int id; const char *name; int value;`. It does not
/// own its name.
pub use crate::api::records::tally_record as CStruct;

/// The same in Rust, owning everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustStruct {
    /// A number that the caller chooses.
    pub id: i32,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: i32,
}

/// A [`CStruct`] that keeps its name alive for as long as C may look at it.
pub struct OwnedCStruct {
    /// `name` came from `CString::into_raw`.
    c: CStruct,
}

impl OwnedCStruct {
    /// The struct to show to C. Its name lives as long as `self`.
    pub fn as_c(&self) -> &CStruct {
        &self.c
    }

    /// The name.
    pub fn name(&self) -> &CStr {
        // SAFETY: it came from a `CString`, and is freed only with `self`.
        unsafe { CStr::from_ptr(self.c.name) }
    }
}

impl Drop for OwnedCStruct {
    fn drop(&mut self) {
        // SAFETY: it came from `CString::into_raw`, and nobody can have changed
        // it through the shared references that `as_c` gives.
        drop(unsafe { CString::from_raw(self.c.name.cast_mut()) });
    }
}

// SAFETY: it owns its name like the `CString` that it came from.
unsafe impl Send for OwnedCStruct {}
// SAFETY: shared, it is only read.
unsafe impl Sync for OwnedCStruct {}

/// A copy for C. Refuses a name with a NUL inside.
pub fn rust_to_c_struct(rust: &RustStruct) -> Result<OwnedCStruct, FFIError> {
    let name = c_string(&rust.name)?.into_raw();
    Ok(OwnedCStruct {
        c: CStruct {
            id: rust.id,
            name,
            value: rust.value,
        },
    })
}

/// A copy of a struct of C's. Refuses one without a name, or whose name is not
/// UTF-8.
///
/// # Safety
/// The name, if not NULL, is NUL-terminated, and nobody changes it during the
/// call.
pub unsafe fn c_to_rust_struct(c: &CStruct) -> Result<RustStruct, FFIError> {
    Ok(RustStruct {
        id: c.id,
        // SAFETY: the caller's promise about the name.
        name: unsafe { string_from_c(c.name) }?,
        value: c.value,
    })
}

/// The total of the values of all records of this name, or of all records:
/// `tally_records_total`, on an array of structs.
pub fn records_total(records: &[RustStruct], name: Option<&str>) -> Result<i64, FFIError> {
    let owned: Vec<OwnedCStruct> = records
        .iter()
        .map(rust_to_c_struct)
        .collect::<Result<_, _>>()?;
    let array: Vec<CStruct> = owned.iter().map(|record| *record.as_c()).collect();
    let name = name.map(c_string).transpose()?;
    let name = name.as_ref().map_or(null(), |name| name.as_ptr());
    let mut total = 0;
    // SAFETY: the array is as long as it says; `owned` and `name` keep the
    // names alive; `total` is ours.
    succeeded(unsafe {
        tally::tally_records_total(array.as_ptr(), array.len(), name, &raw mut total)
    })?;
    Ok(total)
}

/// Owns a record that the library made.
#[derive(Debug)]
pub struct Record {
    raw: NonNull<CStruct>,
}

impl Record {
    /// Makes a record with a copy of the name.
    pub fn new(rust: &RustStruct) -> Result<Self, FFIError> {
        let name = c_string(&rust.name)?;
        let name: *const c_char = name.as_ptr();
        // SAFETY: `name` is NUL-terminated and outlives the call; `out` is
        // ready for writing.
        Self::made(|out| unsafe { tally::tally_record_new(rust.id, name, rust.value, out) })
    }

    /// Makes a copy, its name included.
    pub fn try_clone(&self) -> Result<Self, FFIError> {
        // SAFETY: this record is live; `out` is ready for writing.
        Self::made(|out| unsafe { tally::tally_record_copy(self.raw.as_ptr(), out) })
    }

    fn made(make: impl FnOnce(*mut *mut CStruct) -> tally_status) -> Result<Self, FFIError> {
        let mut raw = null_mut();
        succeeded(make(&raw mut raw))?;
        match NonNull::new(raw) {
            Some(raw) => Ok(Self { raw }),
            None => Err(InputError::Null.into()),
        }
    }

    /// Takes over a record that C made.
    ///
    /// # Safety
    /// `raw` is a live record of this library's, unchanged since it was made,
    /// and nobody else uses or frees it from now on.
    pub unsafe fn from_raw(raw: NonNull<CStruct>) -> Self {
        Self { raw }
    }

    /// Hands the record over to C, which frees it by `tally_record_free`.
    pub fn into_raw(self) -> NonNull<CStruct> {
        let raw = self.raw;
        forget(self);
        raw
    }

    /// The struct to show to C. Its name lives as long as `self`.
    pub fn as_c(&self) -> &CStruct {
        // SAFETY: the record is live and aligned as long as `self` lives, and
        // nobody writes to it meanwhile.
        unsafe { self.raw.as_ref() }
    }

    /// A copy in Rust. Refuses a record without a name.
    pub fn to_rust_struct(&self) -> Result<RustStruct, FFIError> {
        // SAFETY: the library terminates the names of its records.
        unsafe { c_to_rust_struct(self.as_c()) }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        // SAFETY: the record is ours, and not used again.
        unsafe { tally::tally_record_free(self.raw.as_ptr()) }
    }
}

// SAFETY: a record is plain memory, which any thread may free.
unsafe impl Send for Record {}
// SAFETY: shared, it is only read.
unsafe impl Sync for Record {}
