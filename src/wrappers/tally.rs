//! This library's functions as a C program sees them: by name, at link time.
//!
//! Those marked safe take no pointer that they would follow: a handle is a
//! number to them, and the messages are read-only.

use std::ffi::{c_char, c_int, c_void};

use crate::api::accumulator::tally_accumulator;
use crate::api::callbacks::{tally_callback, tally_map_callback};
use crate::api::records::tally_record;
use crate::boundary::status::tally_status;

unsafe extern "C" {
    pub(super) safe fn tally_last_status() -> tally_status;
    pub(super) safe fn tally_last_function() -> *const c_char;
    pub(super) safe fn get_last_error() -> *const c_char;

    pub(super) fn sum_array(arr: *const c_int, len: c_int) -> c_int;
    pub(super) fn risky_operation(input: *const c_char) -> c_int;

    pub(super) safe fn c_alloc(size: usize) -> *mut c_void;
    pub(super) fn c_free(ptr: *mut c_void);

    pub(super) safe fn c_object_new() -> *mut c_void;
    pub(super) safe fn c_object_ref(obj: *mut c_void);
    pub(super) safe fn c_object_unref(obj: *mut c_void);
    pub(super) safe fn c_object_get_value(obj: *mut c_void) -> i32;
    pub(super) safe fn c_object_set_value(obj: *mut c_void, value: i32) -> tally_status;

    pub(super) fn tally_record_new(
        id: c_int,
        name: *const c_char,
        value: c_int,
        out: *mut *mut tally_record,
    ) -> tally_status;
    pub(super) fn tally_record_copy(
        record: *const tally_record,
        out: *mut *mut tally_record,
    ) -> tally_status;
    pub(super) fn tally_record_free(record: *mut tally_record);
    pub(super) fn tally_records_total(
        records: *const tally_record,
        count: usize,
        name: *const c_char,
        total: *mut i64,
    ) -> tally_status;

    pub(super) fn tally_accumulator_add_f64(
        into: *mut tally_accumulator,
        values: *const f64,
        count: usize,
    ) -> tally_status;
    pub(super) fn tally_accumulator_merge(
        into: *mut tally_accumulator,
        from: *const tally_accumulator,
    ) -> tally_status;
    pub(super) fn tally_accumulator_value_f64(
        acc: *const tally_accumulator,
        total: *mut f64,
    ) -> tally_status;
    pub(super) fn tally_accumulator_count(
        acc: *const tally_accumulator,
        count: *mut i64,
    ) -> tally_status;
}

// These let a C++ exception of the callback pass.
unsafe extern "C-unwind" {
    pub(super) fn process_with_callback(
        data: *const c_void,
        callback: tally_callback,
        result: *mut c_int,
    ) -> c_int;
    pub(super) fn tally_map(
        elements: *const c_void,
        count: usize,
        stride: isize,
        callback: tally_map_callback,
        user_data: *mut c_void,
        results: *mut c_int,
        done: *mut usize,
    ) -> tally_status;
}
