//! Arrays of other libraries, without copies: `__dlpack__` and `__array_interface__`.

use std::ffi::{CStr, c_void};
use std::slice;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyTuple};

use crate::array::{Array, Owner, contiguous};
use crate::column::size_of_kind;
use crate::format::{of_dlpack, of_typestr};

/// The array that an object exports, if any.
pub(crate) fn array<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let py = object.py();
    if object.hasattr(intern!(py, "__dlpack__"))? {
        return Ok(Some(dlpack(object)?));
    }
    match object.getattr_opt(intern!(py, "__array_interface__"))? {
        Some(interface) => Ok(Some(array_interface(object, interface.cast::<PyDict>()?)?)),
        None => Ok(None),
    }
}

#[repr(C)]
struct DlTensor {
    data: *mut c_void,
    device_type: i32,
    device_id: i32,
    ndim: i32,
    code: u8,
    bits: u8,
    lanes: u16,
    shape: *const i64,
    strides: *const i64,
    byte_offset: u64,
}

/// The target of a "dltensor" capsule; a manager and its function follow.
#[repr(C)]
struct Managed {
    tensor: DlTensor,
}

/// The target of a "dltensor_versioned" capsule.
#[repr(C)]
struct ManagedVersioned {
    major: u32,
    minor: u32,
    manager: *mut c_void,
    deleter: *mut c_void,
    flags: u64,
    tensor: DlTensor,
}

/// The processor's own memory.
const CPU: i32 = 1;

const PLAIN: &CStr = c"dltensor";
const VERSIONED: &CStr = c"dltensor_versioned";

fn refuse_device(device: i32) -> PyResult<()> {
    let name = match device {
        CPU => return Ok(()),
        2 => "CUDA",
        4 => "OpenCL",
        7 => "Vulkan",
        8 => "Metal",
        10 => "ROCm",
        13 => "CUDA managed memory",
        14 => "oneAPI",
        _ => "another device",
    };
    let message =
        format!("the array is on {name} (DLPack device {device}): copy it to the CPU first");
    Err(PyTypeError::new_err(message))
}

fn dlpack<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let py = object.py();
    let device = object.call_method0(intern!(py, "__dlpack_device__"))?;
    refuse_device(device.get_item(0)?.call_method0("__int__")?.extract()?)?;
    let export = object.getattr(intern!(py, "__dlpack__"))?;
    let options = PyDict::new(py);
    options.set_item("max_version", (1, 0))?;
    let capsule = match export.call((), Some(&options)) {
        // Before DLPack 1.0 there was no such argument.
        Err(error) if error.is_instance_of::<PyTypeError>(py) => export.call0()?,
        other => other?,
    };
    let capsule = capsule.cast_into::<PyCapsule>()?;
    // The capsule is not consumed: its own destructor frees the tensor when it goes.
    let tensor: *const DlTensor = if capsule.is_valid_checked(Some(VERSIONED)) {
        let managed = capsule
            .pointer_checked(Some(VERSIONED))?
            .cast::<ManagedVersioned>();
        // SAFETY: a capsule of this name points to such a struct, whose version comes first
        // in every version.
        let major = unsafe { (*managed.as_ptr()).major };
        if major != 1 {
            let message = format!("DLPack {major} is not supported: 1 is the newest known version");
            return Err(PyValueError::new_err(message));
        }
        // SAFETY: as above, in version 1.
        unsafe { &raw const (*managed.as_ptr()).tensor }
    } else {
        let managed = capsule.pointer_checked(Some(PLAIN))?.cast::<Managed>();
        // SAFETY: a capsule of this name points to such a struct.
        unsafe { &raw const (*managed.as_ptr()).tensor }
    };
    // SAFETY: it is there as long as the capsule is.
    let tensor = unsafe { &*tensor };
    refuse_device(tensor.device_type)?;
    if tensor.lanes != 1 {
        return Err(PyTypeError::new_err(
            "vector elements (DLPack lanes) are not supported",
        ));
    }
    let format = of_dlpack(tensor.code, tensor.bits)?;
    let size = size_of_kind(format.kind);
    let shape = dimensions(tensor.ndim, tensor.shape)?
        .ok_or_else(|| PyValueError::new_err("a DLPack tensor has no shape"))?;
    let too_far = || PyValueError::new_err("a DLPack tensor reaches past the end of memory");
    let strides = match dimensions(tensor.ndim, tensor.strides)? {
        None => contiguous(&shape, size),
        Some(strides) => strides
            .iter()
            .map(|stride| stride.checked_mul(size as isize).ok_or_else(too_far))
            .collect::<PyResult<_>>()?,
    };
    let offset = usize::try_from(tensor.byte_offset).map_err(|_| too_far())?;
    let first = tensor.data.cast::<u8>().cast_const().wrapping_add(offset);
    let owner = Owner::Object(capsule.into_any());
    // SAFETY: the memory of a CPU tensor is readable until it is freed.
    unsafe { Array::new(first, format, &shape, &strides, owner) }
}

/// The numbers for each dimension; None for NULL.
fn dimensions(ndim: i32, first: *const i64) -> PyResult<Option<Vec<isize>>> {
    let count = usize::try_from(ndim).map_err(|_| {
        PyValueError::new_err("a DLPack tensor has a negative number of dimensions")
    })?;
    if count == 0 {
        return Ok(Some(Vec::new()));
    }
    if first.is_null() {
        return Ok(None);
    }
    // SAFETY: a tensor has one number for each dimension.
    let numbers = unsafe { slice::from_raw_parts(first, count) };
    let fits = numbers.iter().map(|number| isize::try_from(*number));
    let all = fits.collect::<Result<_, _>>();
    all.map(Some)
        .map_err(|_| PyValueError::new_err("a DLPack tensor is too large"))
}

/// An entry of `__array_interface__`, unless it is None.
fn entry<'py>(interface: &Bound<'py, PyDict>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    Ok(interface.get_item(name)?.filter(|entry| !entry.is_none()))
}

fn array_interface<'py>(
    object: &Bound<'py, PyAny>,
    interface: &Bound<'py, PyDict>,
) -> PyResult<Array<'py>> {
    let missing = |name| PyValueError::new_err(format!("__array_interface__ has no {name}"));
    if entry(interface, "mask")?.is_some() {
        return Err(PyTypeError::new_err(
            "a mask in __array_interface__ is not supported",
        ));
    }
    let text = entry(interface, "typestr")?.ok_or_else(|| missing("typestr"))?;
    let format = of_typestr(&text.extract::<String>()?)?;
    let shape = entry(interface, "shape")?.ok_or_else(|| missing("shape"))?;
    let shape: Vec<isize> = shape.extract()?;
    let strides = match entry(interface, "strides")? {
        Some(strides) => strides.extract()?,
        None => contiguous(&shape, size_of_kind(format.kind)),
    };
    let data = entry(interface, "data")?.ok_or_else(|| missing("data"))?;
    let data = data
        .cast_into::<PyTuple>()
        .map_err(|_| missing("address in data"))?;
    let address: usize = data.get_item(0)?.extract()?;
    let first = std::ptr::with_exposed_provenance::<u8>(address);
    if first.is_null() && shape.iter().all(|size| *size != 0) {
        return Err(PyValueError::new_err(
            "the address in __array_interface__ is 0",
        ));
    }
    // The object and its interface are kept: either may own the memory.
    let owner = PyTuple::new(object.py(), [object.as_any(), interface.as_any()])?;
    // SAFETY: the object promises that the elements are there as long as it is.
    unsafe {
        Array::new(
            first,
            format,
            &shape,
            &strides,
            Owner::Object(owner.into_any()),
        )
    }
}
