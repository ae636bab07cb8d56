//! Live handles and blocks, kind by kind. `tally_live` and the leak report agree,
//! since both read it here.

use crate::boundary::handles::{self, Kind};
use crate::boundary::memory::{self, BlockKind};

/// The live resources of one kind.
pub(super) struct Live {
    /// The name of several.
    pub(super) kind: &'static str,
    /// The function that releases it.
    pub(super) released_by: &'static str,
    pub(super) count: usize,
    /// The memory behind it. See `tally_live`.
    pub(super) bytes: usize,
}

/// The live handles.
pub(super) fn handles() -> impl Iterator<Item = Live> {
    let mut of_each = Kind::ALL.map(|kind| (kind, 0, 0_usize));
    for (live, number) in handles::live() {
        for (_, count, bytes) in of_each.iter_mut().filter(|(kind, ..)| *kind == live) {
            *count += 1;
            *bytes = bytes.saturating_add(match live {
                Kind::Object | Kind::View => 0,
                Kind::Shared | Kind::Array => number as usize,
            });
        }
    }
    let arrays = of_each.iter().filter(|(kind, ..)| *kind == Kind::Array);
    let in_arrays: usize = arrays.map(|(.., bytes)| bytes).sum();
    // Arrays that have no live handle any more are kept by views.
    let in_views = memory::copied().saturating_sub(in_arrays);
    of_each.into_iter().map(move |(kind, count, bytes)| Live {
        kind: kind.plural(),
        released_by: kind.released_by(),
        count,
        bytes: if kind == Kind::View { in_views } else { bytes },
    })
}

/// The live blocks.
pub(super) fn blocks() -> impl Iterator<Item = Live> {
    BlockKind::ALL.into_iter().map(|kind| {
        let (count, bytes) = memory::live(kind);
        Live {
            kind: kind.plural(),
            released_by: kind.released_by(),
            count,
            bytes,
        }
    })
}
