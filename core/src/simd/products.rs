//! The kernel for exact sums of products, and of values and their squares.
//!
//! A product is taken apart into the nearest double and what that rounding leaves. Both
//! are added up in two levels, as values are by the kernel for sums, each in a window of
//! its own. Nothing is stored between.
//!
//! No total is looked at: one comparison of each product says all that must be known. If
//! its exponent is one of the 32 that a window is for, the product and its rest are
//! below what their first levels have room for, and multiples of the units of the second
//! ones (`docs/exactness.md`, lemma 22). Zeros are none of these, but change no total.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256d, __m512d};

#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
use std::arch::aarch64::float64x2_t;

use crate::simd::isa::{Instructions, Isa};
use crate::simd::product_window::{MAX_DEPTH, ProductSums, ProductWindow, binades};
use crate::simd::vector::array::{self, FUSED};
use crate::simd::vector::{Fused, Load, MAX_LANES, Vector};
use crate::simd::window::{ADDITIONS, BLOCK, Window};

/// The running totals of one sum.
#[derive(Clone, Copy)]
struct Ladder<V, const SETS: usize> {
    levels: [[V; SETS]; MAX_DEPTH],
}

impl<V: Vector, const SETS: usize> Ladder<V, SETS> {
    /// # Safety
    /// The processor has the vectors' instructions.
    #[inline(always)]
    unsafe fn new(window: Window) -> Self {
        let biases = [window.bias(0), window.bias(1), window.bias(2)];
        Ladder {
            // SAFETY: supported, by the contract.
            levels: biases.map(|bias| [unsafe { V::splat(bias) }; SETS]),
        }
    }

    /// Adds a vector to one set, in as many levels.
    ///
    /// # Safety
    /// As above.
    #[inline(always)]
    unsafe fn add<const DEPTH: usize>(&mut self, set: usize, mut value: V) {
        for level in 0..DEPTH {
            // SAFETY: supported, by the contract.
            unsafe {
                let total = self.levels[level][set];
                let next = total.add(value);
                self.levels[level][set] = next;
                if level + 1 < DEPTH {
                    value = value.subtract(next.subtract(total));
                }
            }
        }
    }

    /// The sum of each level in its unit.
    ///
    /// # Safety
    /// As above.
    #[inline(always)]
    unsafe fn sums<const DEPTH: usize>(&self, window: Window) -> [i64; MAX_DEPTH] {
        let mut sums = [0; MAX_DEPTH];
        for (level, sum) in sums.iter_mut().enumerate().take(DEPTH) {
            // SAFETY: supported, by the contract.
            let bits = unsafe {
                let bias = V::splat(window.bias(level));
                let mut moved = V::splat(0.0);
                for total in self.levels[level] {
                    moved = moved.add_integers(total.subtract_integers(bias));
                }
                moved.bits()
            };
            // Totals are negative: larger bits are a smaller number.
            for bits in bits {
                *sum = i64::wrapping_sub(*sum, bits as i64);
            }
        }
        sums
    }
}

struct Totals<V, const SETS: usize> {
    products: Ladder<V, SETS>,
    negative_rests: Ladder<V, SETS>,
    values: Ladder<V, SETS>,
    least: V,
    /// The OR of all differences between a product's bits and the least one's.
    outside: V,
}

impl<V: Fused, const SETS: usize> Totals<V, SETS> {
    /// Adds a vector of products to one set, each sum in as many levels. If values have
    /// any, the products are the squares of `x`; if rests have none, there are none.
    ///
    /// # Safety
    /// The processor has the vectors' instructions; `x` and `y` are valid for reading
    /// all lanes.
    #[inline(always)]
    unsafe fn add<T: Load<V>, const VALUES: usize, const PRODUCTS: usize, const RESTS: usize>(
        &mut self,
        set: usize,
        x: *const T,
        y: *const T,
    ) {
        // SAFETY: readable and supported, by the contract.
        unsafe {
            let x = T::load(x);
            let y = if VALUES > 0 { x } else { T::load(y) };
            let product = x.multiply(y);
            let difference = product.subtract_integers(self.least);
            self.outside = self.outside.or(difference);
            self.products.add::<PRODUCTS>(set, product);
            if RESTS > 0 {
                let negative_rest = x.multiply_from(y, product);
                self.negative_rests.add::<RESTS>(set, negative_rest);
            }
            if VALUES > 0 {
                self.values.add::<VALUES>(set, x);
            }
        }
    }
}

/// Adds a block up in `PARTS`, each of which begins with fresh totals; see the kernel for
/// sums.
///
/// # Safety
/// The processor has the vectors' instructions. (The environment is the default one, or
/// the result is only wrong.)
#[inline(always)]
unsafe fn add_up<
    V: Fused,
    T: Load<V>,
    const VALUES: usize,
    const PRODUCTS: usize,
    const RESTS: usize,
    const PARTS: usize,
    const SETS: usize,
>(
    x: &[T],
    y: &[T],
    window: ProductWindow,
) -> ProductSums {
    const { assert!(BLOCK.div_ceil(PARTS * SETS * V::LANES) <= ADDITIONS) };
    if PARTS == 1 {
        // SAFETY: the contract is the same.
        return unsafe { add_up_part::<V, T, VALUES, PRODUCTS, RESTS, SETS>(x, y, window) };
    }
    let mut all = ProductSums {
        products: [0; MAX_DEPTH],
        negative_rests: [0; MAX_DEPTH],
        values: [0; MAX_DEPTH],
        inside: true,
    };
    for (x, y) in x.chunks(BLOCK / PARTS).zip(y.chunks(BLOCK / PARTS)) {
        // SAFETY: the contract is the same.
        let found = unsafe { add_up_part::<V, T, VALUES, PRODUCTS, RESTS, SETS>(x, y, window) };
        for (sums, parts) in [
            (&mut all.products, found.products),
            (&mut all.negative_rests, found.negative_rests),
            (&mut all.values, found.values),
        ] {
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum = sum.wrapping_add(part);
            }
        }
        all.inside &= found.inside;
    }
    all
}

/// Adds up one part.
///
/// # Safety
/// As for [`add_up`].
#[inline(always)]
unsafe fn add_up_part<
    V: Fused,
    T: Load<V>,
    const VALUES: usize,
    const PRODUCTS: usize,
    const RESTS: usize,
    const SETS: usize,
>(
    x: &[T],
    y: &[T],
    window: ProductWindow,
) -> ProductSums {
    let lanes = SETS * V::LANES;
    // SAFETY: the processor has the instructions, by the contract; each pointer
    // leads to `V::LANES` values: a chunk's, or the padded ones.
    unsafe {
        let mut totals = Totals::<V, SETS> {
            products: Ladder::new(window.products()),
            negative_rests: Ladder::new(window.rests()),
            values: Ladder::new(window.values()),
            least: V::splat(window.least(PRODUCTS)),
            outside: V::splat(0.0),
        };
        let (mut x_chunks, mut y_chunks) = (x.chunks_exact(lanes), y.chunks_exact(lanes));
        for (x, y) in (&mut x_chunks).zip(&mut y_chunks) {
            for set in 0..SETS {
                let at = set * V::LANES;
                totals.add::<T, VALUES, PRODUCTS, RESTS>(
                    set,
                    x.as_ptr().add(at),
                    y.as_ptr().add(at),
                );
            }
        }
        // Sets are named by constants all over, or they would live in memory.
        let (mut x, mut y) = (x_chunks.remainder(), y_chunks.remainder());
        for set in 0..SETS {
            if let (Some(x_parts), Some(y_parts)) =
                (x.split_at_checked(V::LANES), y.split_at_checked(V::LANES))
            {
                totals.add::<T, VALUES, PRODUCTS, RESTS>(
                    set,
                    x_parts.0.as_ptr(),
                    y_parts.0.as_ptr(),
                );
                (x, y) = (x_parts.1, y_parts.1);
            }
        }
        let mut outside = totals.outside.bits();
        if !x.is_empty() {
            let mut padded = [[T::default(); MAX_LANES]; 2];
            padded[0][..x.len()].copy_from_slice(x);
            padded[1][..y.len()].copy_from_slice(y);
            totals.outside = V::splat(0.0);
            totals.add::<T, VALUES, PRODUCTS, RESTS>(
                SETS - 1,
                padded[0].as_ptr(),
                padded[1].as_ptr(),
            );
            // The zeros that were added are outside, and do not matter.
            let last = totals.outside.bits();
            for (outside, last) in outside.iter_mut().zip(&last[..x.len()]) {
                *outside |= last;
            }
        }
        let mut any = 0;
        for bits in outside {
            any |= bits;
        }
        ProductSums {
            products: totals.products.sums::<PRODUCTS>(window.products()),
            negative_rests: totals.negative_rests.sums::<RESTS>(window.rests()),
            values: totals.values.sums::<VALUES>(window.values()),
            // The sign has no say.
            inside: any << 1 >> 53 < binades(PRODUCTS) as u64,
        }
    }
}

/// Kernels by name: the type of the factors; the levels of values, products and rests; PARTS
/// and SETS for each kind of vector.
macro_rules! kernels {
    ($(
        $name:ident: $type:ty, ($($levels:literal),+),
        avx512 $avx512:tt, avx2 $avx2:tt, neon $neon:tt;
    )+) => {
        impl Isa {$(
            fn $name(
                self,
                x: &[$type],
                y: &[$type],
                window: ProductWindow,
            ) -> ProductSums {
                #[cfg(any(
                    target_arch = "x86_64",
                    all(target_arch = "aarch64", target_feature = "neon")
                ))]
                macro_rules! compiled_for {
                    ($function:ident, $vector:ty, $features:literal, ($parts:expr, $sets:expr)) => {
                        #[inline(never)]
                        #[target_feature(enable = $features)]
                        fn $function(
                            x: &[$type],
                            y: &[$type],
                            window: ProductWindow,
                        ) -> ProductSums {
                            // SAFETY: the instructions are enabled here.
                            unsafe {
                                add_up::<$vector, $type, $($levels),+, { $parts }, { $sets }>(
                                    x, y, window,
                                )
                            }
                        }
                    };
                }
                assert!(x.len() == y.len() && x.len() <= BLOCK);
                #[cfg(target_arch = "x86_64")]
                compiled_for!(avx512, __m512d, "avx512f,avx512dq,avx512bw,avx512vl", $avx512);
                #[cfg(target_arch = "x86_64")]
                compiled_for!(avx2, __m256d, "avx2,fma", $avx2);
                #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
                compiled_for!(neon, float64x2_t, "neon", $neon);
                #[inline(never)]
                fn baseline(x: &[$type], y: &[$type], window: ProductWindow) -> ProductSums {
                    // SAFETY: any processor has the instructions.
                    unsafe {
                        add_up::<
                            array::Baseline,
                            $type,
                            $($levels,)+
                            { array::PARTS },
                            { array::SETS },
                        >(x, y, window)
                    }
                }
                match self.0 {
                    // SAFETY: there is such an `Isa` only where the processor has the
                    // instructions.
                    #[cfg(target_arch = "x86_64")]
                    Instructions::Avx512 => unsafe { avx512(x, y, window) },
                    // SAFETY: as above.
                    #[cfg(target_arch = "x86_64")]
                    Instructions::Avx2 => unsafe { avx2(x, y, window) },
                    // SAFETY: as above.
                    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
                    Instructions::Neon => unsafe { neon(x, y, window) },
                    Instructions::Baseline if FUSED => baseline(x, y, window),
                    _ => unreachable!("no kernel for {window:?}"),
                }
            }
        )+}
    };
}

// As few sets as additions allow: registers are few.
kernels! {
    two_levels_of_products: f64, (0, 2, 2), avx512 (1, 2), avx2 (2, 2), neon (2, 4);
    three_levels_of_products: f64, (0, 3, 3), avx512 (1, 2), avx2 (4, 1), neon (2, 4);
    two_levels_of_squares: f64, (2, 2, 2), avx512 (1, 2), avx2 (4, 1), neon (4, 2);
    three_levels_of_squares: f64, (2, 3, 3), avx512 (1, 2), avx2 (4, 1), neon (4, 2);
    // These squares are doubles.
    two_levels_of_squares_f32: f32, (1, 2, 0), avx512 (1, 4), avx2 (2, 2), neon (2, 4);
    three_levels_of_squares_f32: f32, (2, 3, 0), avx512 (1, 2), avx2 (2, 2), neon (2, 4);
}

impl Isa {
    /// Adds a block's products up in 2 levels or 3.
    ///
    /// All of these are to be called as the kernels for sums are, with an instruction set
    /// that has kernels for products.
    pub(crate) fn exact_products(
        self,
        depth: usize,
        x: &[f64],
        y: &[f64],
        window: ProductWindow,
    ) -> ProductSums {
        match depth {
            2 => self.two_levels_of_products(x, y, window),
            _ => self.three_levels_of_products(x, y, window),
        }
    }

    /// Adds a block's values and squares up.
    pub(crate) fn exact_squares(
        self,
        depth: usize,
        values: &[f64],
        window: ProductWindow,
    ) -> ProductSums {
        match depth {
            2 => self.two_levels_of_squares(values, values, window),
            _ => self.three_levels_of_squares(values, values, window),
        }
    }

    /// Adds a block's values and squares up.
    pub(crate) fn exact_squares_f32(
        self,
        depth: usize,
        values: &[f32],
        window: ProductWindow,
    ) -> ProductSums {
        match depth {
            2 => self.two_levels_of_squares_f32(values, values, window),
            _ => self.three_levels_of_squares_f32(values, values, window),
        }
    }
}
