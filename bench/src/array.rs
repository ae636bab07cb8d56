//! Values at a known place in a cache line.

use std::ops::Deref;

/// A cache line, in bytes.
const LINE: usize = 64;

/// Values that begin where a cache line begins. Where an allocator puts them
/// would differ from size to size, and to load across two lines costs more.
pub(crate) struct Array<T> {
    buffer: Vec<T>,
    start: usize,
}

impl<T: Copy + Default> Array<T> {
    /// A copy of `values`.
    pub(crate) fn new(values: &[T]) -> Self {
        let mut buffer = Vec::<T>::with_capacity(values.len() + LINE / size_of::<T>());
        let start = buffer.as_ptr().align_offset(LINE);
        buffer.resize(start, T::default());
        buffer.extend_from_slice(values);
        Array { buffer, start }
    }
}

impl<T> Deref for Array<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.buffer[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_begins_a_cache_line_and_keeps_its_values() {
        for count in [0, 1, 7, 8, 1000] {
            let values: Vec<u32> = (1..=count).collect();
            let array = Array::new(&values);
            assert_eq!(array.as_ptr() as usize % LINE, 0);
            assert_eq!(*array, *values);
        }
    }
}
