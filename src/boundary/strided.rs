//! Elements that lie a number of bytes apart.

use std::ffi::c_void;
use std::marker::PhantomData;

use super::Outcome;
use super::pointer::{BLOCK, Pod, required};
use super::record::refuse;
use super::status::tally_status::TALLY_INVALID;

/// Elements that lie `stride` bytes apart, forward, backward or all in one
/// place.
pub struct Strided<T> {
    first: *const u8,
    count: usize,
    stride: isize,
    kind: PhantomData<T>,
}

impl<T: Copy> Strided<T> {
    /// Checks the extent, then the pointer; the pointer is ignored when
    /// `count` is 0.
    ///
    /// # Safety
    /// If the checks pass, each element is valid for reading and nobody writes
    /// to it, for as long as this lives.
    pub unsafe fn new(
        first: *const c_void,
        count: usize,
        stride: isize,
        name: &str,
    ) -> Outcome<Self> {
        let first = first.cast::<u8>();
        if count > 0 {
            check_stride(first, count, stride, size_of::<T>(), name)?;
        }
        Ok(Self {
            first,
            count,
            stride,
            kind: PhantomData,
        })
    }

    /// The address of an element below `count`.
    pub fn address(&self, index: usize) -> *const u8 {
        debug_assert!(index < self.count);
        self.first
            .wrapping_offset(self.stride.wrapping_mul(index as isize))
    }

    /// An element below `count`.
    ///
    /// # Safety
    /// The caller's memory holds a valid `T` there.
    pub unsafe fn get(&self, index: usize) -> T {
        // SAFETY: in bounds by `new`; read at any alignment.
        unsafe { self.address(index).cast::<T>().read_unaligned() }
    }
}

impl<T: Pod> Strided<T> {
    /// Gathers those elements that `wanted` names into blocks, in order.
    pub fn for_each_block(&self, wanted: impl Fn(usize) -> bool, mut take: impl FnMut(&[T])) {
        let mut block = [T::default(); BLOCK];
        let mut length = 0;
        for index in (0..self.count).filter(|index| wanted(*index)) {
            // SAFETY: `index` is below `count`, and any bytes make a `Pod`.
            block[length] = unsafe { self.get(index) };
            length += 1;
            if length == BLOCK {
                take(&block);
                length = 0;
            }
        }
        take(&block[..length]);
    }
}

fn check_stride(
    first: *const u8,
    count: usize,
    stride: isize,
    size: usize,
    name: &str,
) -> Outcome<()> {
    let limit = isize::MAX as usize;
    let too_many = || {
        refuse(
            TALLY_INVALID,
            format_args!(
                "{name}: {count} elements {stride} bytes apart are more than memory holds"
            ),
        )
    };
    let reach = (count - 1)
        .checked_mul(stride.unsigned_abs())
        .and_then(|reach| reach.checked_add(size))
        .filter(|reach| *reach <= limit)
        .ok_or_else(too_many)?;
    let first = required(first, name)?.addr().get();
    let fits = if stride < 0 {
        first.checked_add(size).is_some() && first >= reach - size
    } else {
        first.checked_add(reach).is_some()
    };
    if fits {
        Ok(())
    } else {
        Err(refuse(
            TALLY_INVALID,
            format_args!("{name}: the elements reach past the end of the address space"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::status::tally_status::{self, TALLY_NULL};
    use super::*;

    fn refused<T>(outcome: Outcome<T>) -> tally_status {
        outcome
            .err()
            .map_or(tally_status::TALLY_OK, |refusal| refusal.status())
    }

    #[test]
    fn strides_are_checked() {
        let one = 1.0_f64;
        let here: *const c_void = (&raw const one).cast();
        let max = isize::MAX;
        let cases = [
            (std::ptr::null(), 0, 8, tally_status::TALLY_OK),
            (std::ptr::null(), 1, 8, TALLY_NULL),
            (here, 1, max, tally_status::TALLY_OK),
            (here, 1, isize::MIN, tally_status::TALLY_OK),
            (here, 2, max, TALLY_INVALID),
            (here, 2, isize::MIN, TALLY_INVALID),
            (here, usize::MAX, 1, TALLY_INVALID),
            (here, usize::MAX, 0, tally_status::TALLY_OK),
            (std::ptr::without_provenance(16), 4, -8, TALLY_INVALID),
        ];
        for (pointer, count, stride, expected) in cases {
            // SAFETY: never read.
            let outcome = unsafe { Strided::<f64>::new(pointer, count, stride, "values") };
            assert_eq!(refused(outcome), expected, "{pointer:?} {count} {stride}");
        }
    }

    #[test]
    fn strided_elements_come_in_order() {
        let values: Vec<f64> = (0..5000).map(f64::from).collect();
        let collect = |first: usize, count, stride| {
            let first = (&raw const values[first]).cast();
            // SAFETY: the cases below stay inside `values`.
            let strided = unsafe { Strided::<f64>::new(first, count, stride, "values") };
            let mut seen = Vec::new();
            strided
                .expect("it is in bounds")
                .for_each_block(|_| true, |block| seen.extend_from_slice(block));
            seen
        };
        assert_eq!(collect(0, 5000, 8), values);
        assert!(collect(4999, 5000, -8).iter().eq(values.iter().rev()));
        assert_eq!(collect(7, 3, 0), [7.0; 3]);
        assert_eq!(collect(1, 3, 16), [1.0, 3.0, 5.0]);
    }
}
