//! Records
//!
//! A struct that is passed in both directions: functions read the caller's records, and
//! the library can allocate, copy and free records of its own.
//!
//! ```c
//! tally_record *record;
//! if (tally_record_new(7, "seven", 49, &record) == TALLY_OK)
//!     tally_record_free(record);
//! ```

use std::ffi::{c_char, c_int};
use std::ptr::{copy_nonoverlapping, null};

use super::memory::{allocate, free_block};
use crate::boundary::memory::BlockKind;
use crate::boundary::pointer::{OutPtr, text};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_OVERFLOW};
use crate::boundary::strided::Strided;
use crate::boundary::{Outcome, guard, pointer};

/// A named value.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_record {
    /// Any number the caller chooses.
    pub id: c_int,
    /// NUL-terminated, or NULL if there is no name.
    pub name: *const c_char,
    /// The value that tally_records_total() adds.
    pub value: c_int,
}

/// A record and, right behind it in the same block, its name.
fn new_record(id: c_int, name: Option<&str>, value: c_int) -> Outcome<*mut tally_record> {
    let size = size_of::<tally_record>();
    let name_size = name.map_or(0, |name| name.len() + 1);
    let block = allocate(size + name_size, BlockKind::Record)?.as_ptr();
    let name_place = block.wrapping_add(size);
    if let Some(name) = name {
        // SAFETY: the block has room for the name behind the record; the NUL
        // after it is there, since the block is zeroed.
        unsafe { copy_nonoverlapping(name.as_ptr(), name_place, name.len()) };
    }
    let name = if name.is_some() {
        name_place.cast_const().cast()
    } else {
        null()
    };
    let record = block.cast::<tally_record>();
    // SAFETY: the block begins with room for a record, and is aligned.
    unsafe { record.write(tally_record { id, name, value }) };
    Ok(record)
}

/// A name that may be absent.
///
/// # Safety
/// If not NULL, `name` is NUL-terminated and unchanging while the result lives.
unsafe fn optional_name<'a>(name: *const c_char) -> Outcome<Option<&'a str>> {
    if name.is_null() {
        return Ok(None);
    }
    // SAFETY: the same contract.
    unsafe { text(name, "name") }.map(Some)
}

/// Makes a record with a copy of `name`, in one allocation.
///
/// `name` may be NULL. `*out` is the record, which the caller owns, may modify, and
/// frees with tally_record_free(). TALLY_ENCODING if `name` is not UTF-8; TALLY_MEMORY
/// if out of memory.
///
/// # Safety
/// `name` (if not NULL) is NUL-terminated, `out` is valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_record_new(
    id: c_int,
    name: *const c_char,
    value: c_int,
    out: *mut *mut tally_record,
) -> tally_status {
    guard::status(c"tally_record_new", || {
        // SAFETY: the caller's promise about `name`.
        let name = unsafe { optional_name(name) }?;
        // SAFETY: the caller's promise about `out`.
        let out = unsafe { OutPtr::new(out, "out") }?;
        out.set(new_record(id, name, value)?);
        Ok(())
    })
}

/// Copies a record and its name, whether the library allocated it or the caller did.
///
/// Ownership of `*out` and the errors are as for tally_record_new().
///
/// # Safety
/// `record` is valid for reading, and its name, if not NULL, NUL-terminated;
/// `out` is valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_record_copy(
    record: *const tally_record,
    out: *mut *mut tally_record,
) -> tally_status {
    guard::status(c"tally_record_copy", || {
        // SAFETY: the caller's promise about `record`.
        let record = unsafe { OutPtr::new(record.cast_mut(), "record")?.get() };
        // SAFETY: the caller's promise about the record's name.
        let name = unsafe { optional_name(record.name) }?;
        // SAFETY: the caller's promise about `out`.
        let out = unsafe { OutPtr::new(out, "out") }?;
        out.set(new_record(record.id, name, record.value)?);
        Ok(())
    })
}

/// Frees a record from tally_record_new() or tally_record_copy(), even if its fields
/// have been modified. NULL is a no-op. Touches the error record only on failure. Any
/// other pointer is refused, as by tally_free().
#[unsafe(no_mangle)]
pub extern "C" fn tally_record_free(record: *mut tally_record) {
    let _ = guard::release(c"tally_record_free", || {
        free_block(record.cast(), BlockKind::Record)
    });
}

/// Adds the values of those of `count` records whose name is `name`, or of all records
/// if `name` is NULL.
///
/// Names are compared byte by byte; a record without a name matches none.
/// TALLY_ENCODING if `name` is not UTF-8; TALLY_OVERFLOW if the total is
/// outside int64_t.
///
/// # Safety
/// `records` is valid for reading `count` records, whose names are NULL or
/// NUL-terminated; `name` (if not NULL) is NUL-terminated; `total` is valid for
/// writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_records_total(
    records: *const tally_record,
    count: usize,
    name: *const c_char,
    total: *mut i64,
) -> tally_status {
    guard::status(c"tally_records_total", || {
        let stride = size_of::<tally_record>() as isize;
        // SAFETY: the caller's promise about `records`.
        let records =
            unsafe { Strided::<tally_record>::new(records.cast(), count, stride, "records") }?;
        // SAFETY: the caller's promise about `name`.
        let wanted = unsafe { optional_name(name) }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { OutPtr::new(total, "total") }?;
        let mut sum = 0_i128;
        for index in 0..count {
            // SAFETY: below `count`; the caller's promise about `records`.
            let record = unsafe { records.get(index) };
            // SAFETY: the caller's promise about the records' names.
            if unsafe { has_name(&record, wanted) }? {
                sum += tally_core::sum_i32(&[record.value]);
            }
        }
        total.set(i64::try_from(sum).map_err(|_| {
            refuse(
                TALLY_OVERFLOW,
                format_args!("the total {sum} does not fit in int64_t"),
            )
        })?);
        Ok(())
    })
}

/// Whether a record is one of those wanted.
///
/// # Safety
/// The record's name is NULL or NUL-terminated.
unsafe fn has_name(record: &tally_record, wanted: Option<&str>) -> Outcome<bool> {
    let Some(wanted) = wanted else {
        return Ok(true);
    };
    if record.name.is_null() {
        return Ok(false);
    }
    // SAFETY: the same contract.
    let name = unsafe { pointer::string(record.name, "the record's name") }?;
    Ok(name == wanted.as_bytes())
}
