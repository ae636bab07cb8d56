//! Memory for batches.

use crate::batch::error::GroupError;

/// As many zeros.
pub(super) fn zeros<T: Copy + Default>(count: usize) -> Result<Vec<T>, GroupError> {
    let mut zeros = Vec::new();
    zeros.try_reserve_exact(count)?;
    zeros.resize(count, T::default());
    Ok(zeros)
}

/// As many as are made.
pub(super) fn made<T>(
    count: usize,
    mut make: impl FnMut() -> Result<T, GroupError>,
) -> Result<Vec<T>, GroupError> {
    let mut all = Vec::new();
    all.try_reserve_exact(count)?;
    for _ in 0..count {
        all.push(make()?);
    }
    Ok(all)
}
