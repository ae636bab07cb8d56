//! The kinds of blocks, and the possible states of an address.

/// A cache line; wide enough for every vector instruction set.
pub const ALIGNMENT: usize = 64;

/// Who frees a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum BlockKind {
    /// `tally_free` and `c_free`.
    Bytes = 1,
    /// `tally_record_free`.
    Record,
}

/// One more than the kinds' highest number.
pub(super) const KINDS: usize = 3;

impl BlockKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Bytes, Self::Record];

    /// The name of several.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Bytes => "blocks",
            Self::Record => "records",
        }
    }

    /// The function that frees such a block.
    pub fn released_by(self) -> &'static str {
        match self {
            Self::Bytes => "tally_free",
            Self::Record => "tally_record_free",
        }
    }
}

/// What is known about an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockState {
    /// A live block begins here.
    Live(BlockKind),
    /// A freed block began here, and its address was not reused.
    Freed,
    /// No block begins here.
    Unknown,
}
