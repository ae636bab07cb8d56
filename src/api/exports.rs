//! How functions are exported: as rows of a table.
//!
//! Many exported functions differ in a type or in one call. Each of them is a row,
//! with its documentation, its full name and its declaration. The body is an
//! ordinary function, which rows may share.

use std::ffi::{CStr, c_char, c_int};

use crate::boundary::Outcome;
use crate::boundary::array::Array;
use crate::boundary::pointer::{OutPtr, Pod};

/// Exports functions. A row reads as a function in Rust, with the name of its body
/// instead of a block:
///
/// ```text
/// /// Documentation, for C.
/// fn tally_accumulator_count(acc: *const tally_accumulator, count: *mut i64) -> tally_status
///     = state_verbs::count;
/// ```
///
/// It is `pub unsafe extern "C"`, unless it has another convention. The body is
/// called with the function's name, then with what the row gives it in parentheses
/// (as `values::ask(Accumulator::mean_f64)`; what is called like an argument needs a
/// path, as `self::mean`), then with the arguments, each as [`Argument`] has it.
/// `tools/header` reads the rows too.
macro_rules! exports {
    ($(
        $(#[$attribute:meta])*
        $(extern $convention:literal)?
        fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)?
            = $($body:ident)::+ $(::<$($generic:tt),+>)? $(($($given:expr),*))?;
    )+) => {$(
        $(#[$attribute])*
        ///
        /// # Safety
        /// Each pointer is NULL, or valid for what the text above says of it: during the
        /// call, where it does not say for how long.
        #[unsafe(no_mangle)]
        #[allow(missing_abi)]
        pub unsafe extern $($convention)? fn $name($($argument: $type),*) $(-> $result)? {
            const NAME: &std::ffi::CStr =
                $crate::api::exports::name(concat!(stringify!($name), "\0"));
            // SAFETY: the body asks for no more than the text above.
            unsafe {
                $($body)::+ $(::<$($generic),+>)? (
                    NAME,
                    $($($given,)*)?
                    $({
                        const ARGUMENT: &str =
                            $crate::api::exports::argument_name(stringify!($argument));
                        $crate::api::exports::Argument::named($argument, ARGUMENT)
                    }),*
                )
            }
        }
    )+};
}
pub(super) use exports;

/// Begins another section of the header in the same file: its title and its
/// introduction, as `//!` lines.
macro_rules! section {
    ($(#![$documentation:meta])+) => {};
}
pub(super) use section;

/// The name of an exported function, of a text that ends in NUL.
pub(super) const fn name(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(name) => name,
        Err(_) => panic!("a name ends in the only NUL"),
    }
}

/// The name that an argument has in C: there `in` is a name like any other.
pub(super) const fn argument_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', plain @ ..] => match std::str::from_utf8(plain) {
            Ok(plain) => plain,
            Err(_) => name,
        },
        _ => name,
    }
}

/// An argument as a body takes it: a pointer comes with the name that messages have
/// for it, all else as it is.
pub(super) trait Argument {
    type Named;

    fn named(self, name: &'static str) -> Self::Named;
}

/// A pointer to what a function reads, if it is not NULL.
#[derive(Clone, Copy)]
pub(super) struct In<T> {
    pub(super) pointer: *const T,
    pub(super) name: &'static str,
}

/// A pointer to what a function writes, if it is not NULL.
#[derive(Clone, Copy)]
pub(super) struct Out<T> {
    pub(super) pointer: *mut T,
    pub(super) name: &'static str,
}

impl<T> Argument for *const T {
    type Named = In<T>;

    #[inline(always)]
    fn named(self, name: &'static str) -> In<T> {
        let pointer = self;
        In { pointer, name }
    }
}

impl<T> Argument for *mut T {
    type Named = Out<T>;

    #[inline(always)]
    fn named(self, name: &'static str) -> Out<T> {
        let pointer = self;
        Out { pointer, name }
    }
}

/// Arguments that bodies take as they are.
macro_rules! as_they_are {
    ($($type:ty),+) => {$(
        impl $crate::api::exports::Argument for $type {
            type Named = Self;

            #[inline(always)]
            fn named(self, _name: &'static str) -> Self {
                self
            }
        }
    )+};
}
pub(super) use as_they_are;

as_they_are!(usize, isize, f64, c_int, c_char);

impl<T: Pod> In<T> {
    /// The `count` elements here.
    ///
    /// # Safety
    /// As for [`Array::new`].
    #[inline(always)]
    pub(super) unsafe fn array<'a>(self, count: usize) -> Outcome<Array<'a, T>> {
        // SAFETY: the same contract.
        unsafe { Array::new(self.pointer, count, self.name) }
    }
}

impl<T: Copy> Out<T> {
    /// The place of a result.
    ///
    /// # Safety
    /// As for [`OutPtr::new`].
    #[inline(always)]
    pub(super) unsafe fn place(self) -> Outcome<OutPtr<T>> {
        // SAFETY: the same contract.
        unsafe { OutPtr::new(self.pointer, self.name) }
    }

    /// The place of a result that the caller may do without.
    ///
    /// # Safety
    /// As for [`OutPtr::optional`].
    #[inline(always)]
    pub(super) unsafe fn optional(self) -> Option<OutPtr<T>> {
        // SAFETY: the same contract.
        unsafe { OutPtr::optional(self.pointer) }
    }
}
