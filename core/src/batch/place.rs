//! Where results go.

use std::mem::MaybeUninit;

/// A place for a result: the number itself, or its bytes at any address.
pub trait Place<T>: Send {
    /// Writes it.
    fn put(&mut self, value: T);
}

macro_rules! places {
    ($($type:ty),+) => {$(
        impl Place<$type> for $type {
            fn put(&mut self, value: $type) {
                *self = value;
            }
        }

        impl Place<$type> for MaybeUninit<[u8; size_of::<$type>()]> {
            fn put(&mut self, value: $type) {
                self.write(value.to_ne_bytes());
            }
        }
    )+};
}

places!(f64, i64);
