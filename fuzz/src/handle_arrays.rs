//! What arrays behind handles say of themselves: lengths, types, elements and sums.

use tally::api::accumulator::*;
use tally::api::arrays::*;
use tally::api::columns::tally_type;
use tally::boundary::status::tally_status::{self, *};
use tally_core::ValueError;

use crate::answers::{checked, expect_f64, expect_integer};
use crate::input::Input;
use crate::model::{Kind, Model, Of};
use crate::passing::call;
use crate::support::oracle::Oracle;

/// What a call must say: a value, or the status without one.
type Wanted<T> = Result<T, tally_status>;

/// The elements of an array, if it may be used.
struct Elements<'a> {
    array: *mut tally_array,
    of: Of,
    found: Wanted<&'a [u64]>,
}

impl Model {
    pub(crate) fn array(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let thing = &self.things[index];
        let elements = Elements {
            array: thing.value.cast(),
            of: thing.of,
            found: match self.status(index, Kind::Array) {
                TALLY_OK => Ok(&thing.values),
                status => Err(status),
            },
        };
        elements.check_type();
        elements.check_one(input.below(14));
        elements.check_sums();
        elements.check_added();
    }
}

impl Elements<'_> {
    /// As a function for one type must see them.
    fn of_type(&self, of: Of) -> Wanted<&[u64]> {
        match self.found {
            Ok(_) if self.of != of => Err(TALLY_WRONG_KIND),
            found => found,
        }
    }

    fn check_type(&self) {
        let (array, length) = (self.array, self.found.map(<[u64]>::len));
        expect_integer(length, 77, |to| call!(tally_array_length(array, to)));
        let of = match self.of {
            Of::F64 => tally_type::TALLY_F64,
            Of::F32 => tally_type::TALLY_F32,
            Of::I32 => tally_type::TALLY_I32,
            Of::I64 => tally_type::TALLY_I64,
            Of::U64 => tally_type::TALLY_U64,
        };
        // One that no array has.
        let mut found = tally_type::TALLY_BF16;
        // SAFETY: a place for a type.
        let status = checked(unsafe { tally_array_type(array, &mut found) });
        assert_eq!(status, self.found.err().unwrap_or(TALLY_OK));
        let wanted = self.found.map_or(tally_type::TALLY_BF16, |_| of);
        assert_eq!(found as i32, wanted as i32);
    }

    /// The element at a place, by the functions of all types.
    fn check_one(&self, place: usize) {
        let array = self.array;
        let element = |of: Of| match self.of_type(of)?.get(place) {
            Some(&value) => Ok(value),
            None => Err(TALLY_INVALID),
        };
        expect_integer(element(Of::F64), 77, |to| {
            let mut found = f64::from_bits(*to);
            let status = call!(tally_array_get_f64(array, place, &mut found));
            *to = found.to_bits();
            status
        });
        expect_integer(element(Of::F32), 77, |to| {
            let mut found = f32::from_bits(*to as u32);
            let status = call!(tally_array_get_f32(array, place, &mut found));
            *to = found.to_bits().into();
            status
        });
        expect_integer(element(Of::I32).map(|value| value as i32), 77, |to| {
            call!(tally_array_get_i32(array, place, to))
        });
        expect_integer(element(Of::I64).map(|value| value as i64), 77, |to| {
            call!(tally_array_get_i64(array, place, to))
        });
        expect_integer(element(Of::U64), 77, |to| {
            call!(tally_array_get_u64(array, place, to))
        });
    }

    fn check_sums(&self) {
        let array = self.array;
        // A sum in a type where it may not fit.
        fn whole<T: TryFrom<i128>>(values: Wanted<&[u64]>, of: fn(u64) -> i128) -> Wanted<T> {
            let sum: i128 = values?.iter().map(|&value| of(value)).sum();
            T::try_from(sum).map_err(|_| TALLY_OVERFLOW)
        }
        let sum = whole(self.of_type(Of::I32), |value| (value as i32).into());
        expect_integer(sum, 77, |to| call!(tally_array_sum_i32(array, to)));
        let sum = whole(self.of_type(Of::I64), |value| (value as i64).into());
        expect_integer(sum, 77, |to| call!(tally_array_sum_i64(array, to)));
        let sum = whole(self.of_type(Of::U64), u64::into);
        expect_integer(sum, 77, |to| call!(tally_array_sum_u64(array, to)));

        let oracle = self.oracle();
        let overflow = ValueError::Overflow {
            negative: oracle.is_negative(),
        };
        match self.of_type(Of::F64) {
            Ok(_) => expect_f64(oracle.value_f64().ok_or(overflow), |to| {
                call!(tally_array_sum_f64(array, to))
            }),
            Err(status) => expect_integer(Err(status), 77, |to| {
                let mut sum = f64::from_bits(*to);
                let status = call!(tally_array_sum_f64(array, &mut sum));
                *to = sum.to_bits();
                status
            }),
        }
        match self.of_type(Of::F32) {
            Ok(_) => expect_f64(oracle.value_f32().map(f64::from).ok_or(overflow), |to| {
                let mut sum = 0.0;
                let status = call!(tally_array_sum_f32(array, &mut sum));
                *to = sum.into();
                status
            }),
            Err(status) => expect_integer(Err(status), 77, |to| {
                let mut sum = f32::from_bits(*to);
                let status = call!(tally_array_sum_f32(array, &mut sum));
                *to = sum.to_bits();
                status
            }),
        }
    }

    /// All elements in one accumulator: of nothing, if there are none.
    fn oracle(&self) -> Oracle {
        let mut oracle = Oracle::default();
        for &value in self.found.unwrap_or_default() {
            match self.of {
                Of::F64 => oracle.add(f64::from_bits(value)),
                Of::F32 => oracle.add(f32::from_bits(value as u32).into()),
                Of::I32 => oracle.add_integer(value as i32),
                Of::I64 => oracle.add_integer(value as i64),
                Of::U64 => oracle.add_integer(value),
            }
        }
        oracle
    }

    fn check_added(&self) {
        let mut into = tally_accumulator { opaque: [0; 40] };
        let status = checked(call!(tally_accumulator_add_array(&mut into, self.array)));
        assert_eq!(status, self.found.err().unwrap_or(TALLY_OK));
        assert_eq!(into.opaque, self.oracle().words());
    }
}
