//! Models of the table behind the handles; they are in `tests`.
//!
//! `tests/slot.rs` has the life of one slot, `tests/free_list.rs` how free slots
//! go from thread to thread. Both compile the library's own sources, with loom's
//! atomics in place of std's. `make check-loom` runs them, and then the mutants
//! of those sources in `tools/mutants/handles.txt`, each of which a model must
//! catch.
