//! Structs of Arrow that say what is not so.

use std::ffi::{c_char, c_void};

use crate::arrow_tree::{Arrays, Schemas};
use crate::input::Input;
use crate::place::null;

/// Makes some of the structs wrong, so that each still leads to no memory but its own:
/// whether any was.
pub(crate) fn damage(input: &mut Input<'_>, schemas: &mut Schemas, arrays: &mut [Arrays]) -> bool {
    let times = input.pick(&[0, 0, 0, 1, 1, 2]);
    for _ in 0..times {
        let number = input.below(arrays.len() + 1);
        match arrays.get_mut(number) {
            None => damage_schema(input, schemas),
            Some(array) => damage_array(input, array),
        }
    }
    times > 0
}

fn damage_schema(input: &mut Input<'_>, schemas: &mut Schemas) {
    let all = schemas.all();
    let one = all[input.below(all.len())];
    // SAFETY: a struct of the harness, which nothing else refers to now.
    let schema = unsafe { &mut *one };
    match input.below(6) {
        0 => schema.format = null::<c_char>().cast_const(),
        1 => schema.name = null::<c_char>().cast_const(),
        2 => {
            let fewer = schema.n_children.wrapping_sub(1);
            schema.n_children = input.pick(&[-1, i64::MIN, i64::MAX, 1 << 60, fewer]);
        }
        // None is beyond what there is: a number that was damaged is smaller, or too large.
        3 if (1..1 << 60).contains(&schema.n_children)
            && !schema.children.is_null()
            && input.flag() =>
        {
            let index = input.below(schema.n_children as usize);
            // SAFETY: there are more.
            unsafe { *schema.children.add(index) = null() };
        }
        3 => schema.children = null(),
        4 => schema.dictionary = one,
        _ => schema.release = None,
    }
}

fn damage_array(input: &mut Input<'_>, arrays: &mut Arrays) {
    let mut all = arrays.all();
    let index = input.below(all.len());
    let (one, buffers) = &mut all[index];
    // SAFETY: as above.
    let array = unsafe { &mut **one };
    let (length, offset) = (array.length.max(1), array.offset.max(1));
    match input.below(10) {
        0 => array.length = input.pick(&[-1, i64::MIN, length - 1]),
        1 => array.offset = input.pick(&[-1, i64::MIN, i64::MAX, offset - 1]),
        2 => array.null_count = input.pick(&[-2, i64::MIN, i64::MAX, length + 1, 0, -1]),
        3 => array.n_buffers = input.pick(&[-1, 0, 1, 2, 3, i64::MAX]),
        4 => {
            let next = array.n_children.wrapping_add(1);
            array.n_children = input.pick(&[-1, i64::MIN, i64::MAX - 1, next]);
        }
        5 => array.buffers = null(),
        6 => buffers[input.below(buffers.len())] = null::<c_void>().cast_const(),
        7 => array.children = null(),
        8 => array.dictionary = *one,
        _ => array.release = None,
    }
}
