//! The sizes of states and of their saved forms, which are frozen.
//!
//! The modules of each kind of state list the words; `docs/saved-format.md` specifies
//! the saved forms.

/// The position of 1 in units of 2^-1074: integers are added there.
pub(crate) const ONE: usize = 1074;

/// The position of 1 in units of 2^-2148, those of products.
pub(crate) const ONE_OF_PRODUCTS: usize = 2 * ONE;

/// Limbs of an accumulator at rest: 2^1024, above the largest double, 2^63 times.
pub(crate) const LIMBS: usize = 34;

/// Limbs of a product accumulator at rest: 2^2048, above the largest product, 2^63
/// times.
pub(crate) const PRODUCT_LIMBS: usize = 67;

/// Counters of an accumulator: values, negative zeros, NaN, and the infinities.
pub(crate) const COUNTERS: usize = 5;

/// The number of 64-bit words in an accumulator's state.
pub const STATE_WORDS: usize = LIMBS + COUNTERS + 1;

/// The number of 64-bit words in a small accumulator.
pub const SMALL_STATE_WORDS: usize = 8;

/// The number of 64-bit words in a product accumulator's state.
pub const PRODUCT_STATE_WORDS: usize = PRODUCT_LIMBS + COUNTERS + 1;

/// The number of 64-bit words in a state of moments.
pub const MOMENTS_STATE_WORDS: usize = LIMBS + COUNTERS + PRODUCT_LIMBS + 1;

/// The first bytes of every saved form: magic, version, kind, place of the limbs.
pub(crate) const HEADER: usize = 8;

/// The first bytes of a saved form.
pub(crate) const MAGIC: [u8; 4] = *b"TALY";

/// The first bytes of an envelope.
pub(crate) const SEALED_MAGIC: [u8; 4] = *b"TALS";

/// The maximum size of a saved accumulator in bytes.
pub const SAVED_MAX: usize = HEADER + 8 * (COUNTERS + LIMBS);

/// The maximum size of a saved product accumulator in bytes.
pub const PRODUCT_SAVED_MAX: usize = HEADER + 8 * (COUNTERS + PRODUCT_LIMBS);

/// The maximum size of saved moments in bytes.
pub const MOMENTS_SAVED_MAX: usize = SAVED_MAX + 8 + 8 * PRODUCT_LIMBS;

/// The most bytes in any saved form.
pub(crate) const SAVED_STATE_MAX: usize = MOMENTS_SAVED_MAX;

const _: () = assert!(STATE_WORDS == 40 && PRODUCT_STATE_WORDS == 73 && MOMENTS_STATE_WORDS == 107);
