//! Arrays of Arrow as an input lays them out: structs in structs, with columns of every type
//! among them; and what a plain loop reads of a column.

use std::ffi::{c_char, c_void};

use num_bigint::{BigInt, Sign};

use crate::cells::Cell;
use crate::input::Input;
use crate::layout::{SIZES, TYPES, cell};
use crate::place::{Place, null};

/// As in Arrow's specification.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Schema {
    pub(crate) format: *const c_char,
    pub(crate) name: *const c_char,
    pub(crate) metadata: *const c_char,
    pub(crate) flags: i64,
    pub(crate) n_children: i64,
    pub(crate) children: *mut *mut Schema,
    pub(crate) dictionary: *mut Schema,
    pub(crate) release: Option<extern "C" fn(*mut Schema)>,
    pub(crate) private: *mut c_void,
}

/// As in Arrow's specification.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Array {
    pub(crate) length: i64,
    pub(crate) null_count: i64,
    pub(crate) offset: i64,
    pub(crate) n_buffers: i64,
    pub(crate) n_children: i64,
    pub(crate) buffers: *mut *const c_void,
    pub(crate) children: *mut *mut Array,
    pub(crate) dictionary: *mut Array,
    pub(crate) release: Option<extern "C" fn(*mut Array)>,
    pub(crate) private: *mut c_void,
}

/// Formats of numbers, each with its place in [`TYPES`].
const NUMBERS: [(&[u8], usize); 11] = [
    (b"g", 0),
    (b"f", 1),
    (b"e", 2),
    (b"c", 4),
    (b"s", 5),
    (b"i", 6),
    (b"l", 7),
    (b"C", 8),
    (b"S", 9),
    (b"I", 10),
    (b"L", 11),
];

/// Bits of a decimal, its most digits, and its least scale.
const WIDTHS: [(i64, i64, i64); 4] = [
    (32, 9, -312),
    (64, 18, -303),
    (128, 38, -283),
    (256, 76, -245),
];

/// What a column holds.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Type {
    Number(usize),
    Bits,
    /// Bytes and scale.
    Decimal(usize, i64),
    Struct,
    /// Nothing that can be added.
    Other,
}

impl Type {
    fn bits(self) -> usize {
        match self {
            Type::Number(number) => 8 * SIZES[number],
            Type::Decimal(bytes, _) => 8 * bytes,
            Type::Bits => 1,
            Type::Struct | Type::Other => 0,
        }
    }
}

/// A field of a schema.
pub(crate) struct Field {
    pub(crate) r#type: Type,
    format: Place,
    pub(crate) name: Option<Vec<u8>>,
    name_place: Option<Place>,
    pub(crate) children: Vec<Field>,
}

/// A text with its NUL.
fn text(bytes: &[u8]) -> Place {
    let mut bytes = bytes.to_vec();
    bytes.push(0);
    Place::new(&bytes, 1)
}

impl Field {
    /// A column, or a struct of at most this depth.
    pub(crate) fn new(input: &mut Input<'_>, depth: usize) -> Self {
        let names: [Option<&[u8]>; 8] = [
            Some(b"a"),
            Some(b"b"),
            Some(b""),
            Some(b".a"),
            Some(b"a[0]"),
            Some(b"\\"),
            None,
            None,
        ];
        let name = match input.below(9) {
            8 => Some(word(input, 6)),
            known => names[known].map(<[u8]>::to_vec),
        };
        let mut children = Vec::new();
        let (r#type, format) = match input.below(if depth > 0 { 12 } else { 8 }) {
            0..4 => {
                let (format, number) = input.pick(&NUMBERS);
                (Type::Number(number), format.to_vec())
            }
            4 => (Type::Bits, b"b".to_vec()),
            5..7 => decimal(input),
            7 => other(input),
            _ => {
                let count = input.below(4);
                children.extend((0..count).map(|_| Field::new(input, depth - 1)));
                (Type::Struct, b"+s".to_vec())
            }
        };
        Field {
            r#type,
            format: text(&format),
            name_place: name.as_deref().map(text),
            name,
            children,
        }
    }
}

/// Bytes that are no NUL.
fn word(input: &mut Input<'_>, most: usize) -> Vec<u8> {
    let length = input.below(most + 1);
    let bytes = input.bytes(length).iter();
    bytes.copied().filter(|&byte| byte != 0).collect()
}

/// Decimals within what can be added and beyond it.
fn decimal(input: &mut Input<'_>) -> (Type, Vec<u8>) {
    let (bits, most, least) = input.pick(&WIDTHS);
    let precision = 1 + input.below(most as usize) as i64;
    let scale = match input.below(4) {
        0 => 2,
        1 => input.pick(&[least, least - 1, 342, 343]),
        _ => i64::from(input.short() as i16) % 400,
    };
    let short = bits == 128 && input.flag();
    let bits_text = if short {
        String::new()
    } else {
        format!(",{bits}")
    };
    let format = format!("d:{precision},{scale}{bits_text}").into_bytes();
    let is_taken = (least..=342).contains(&scale);
    let r#type = match is_taken {
        true => Type::Decimal(bits as usize / 8, scale),
        false => Type::Other,
    };
    (r#type, format)
}

/// What is no type that can be added: names of others, and names that are nearly right.
fn other(input: &mut Input<'_>) -> (Type, Vec<u8>) {
    let known: [&[u8]; 8] = [
        b"u",
        b"tdD",
        b"n",
        b"w:4",
        b"d:0,2",
        b"d:10,2,32",
        b"d:5,2,",
        b"gg",
    ];
    let format = match input.flag() {
        true => input.pick(&known).to_vec(),
        // No byte of it begins a format that has values.
        false => [b"x", word(input, 9).as_slice()].concat(),
    };
    (Type::Other, format)
}

/// An array of a field: its memory.
pub(crate) struct Filled {
    length: usize,
    offset: usize,
    null_count: i64,
    validity: Option<Place>,
    values: Option<Place>,
    children: Vec<Filled>,
}

impl Filled {
    /// At least this many elements.
    pub(crate) fn new(input: &mut Input<'_>, field: &Field, least: usize) -> Self {
        let length = least + input.pick(&[0, 0, 0, 1, 3]);
        let offset = input.pick(&[0, 0, 1, 3, 8, 13]);
        let elements = offset + length;
        let null_count = input.pick(&[-1, -1, 0, 1]).min(length as i64);
        // Nulls that are counted have their bits.
        let validity = (null_count > 0 || input.flag()).then(|| bytes(input, elements.div_ceil(8)));
        let has_values = matches!(
            field.r#type,
            Type::Number(_) | Type::Bits | Type::Decimal(..)
        );
        let size = (elements * field.r#type.bits()).div_ceil(8);
        let values = has_values.then(|| bytes(input, size));
        let children = field.children.iter();
        let children = children.map(|child| Filled::new(input, child, elements));
        Filled {
            length,
            offset,
            null_count,
            validity,
            values,
            children: children.collect(),
        }
    }

    /// What a loop reads of the column at the end of a path: element by element, from the
    /// outermost struct inwards.
    pub(crate) fn cells(&self, field: &Field, path: &[usize]) -> Vec<Element> {
        let rows = 0..self.length;
        rows.map(|row| self.element(field, path, row)).collect()
    }

    /// The element of a row, counted without the offset of this array.
    fn element(&self, field: &Field, path: &[usize], row: usize) -> Element {
        let at = self.offset + row;
        let bit = |bytes: &[u8]| bytes[at / 8] >> (at % 8) & 1 == 1;
        let masked = self.null_count != 0;
        if masked
            && self
                .validity
                .as_ref()
                .is_some_and(|mask| !bit(mask.bytes()))
        {
            return Element::Null;
        }
        if let [first, rest @ ..] = path {
            return self.children[*first].element(&field.children[*first], rest, at);
        }
        let values = self.values.as_ref().expect("a column").bytes();
        match field.r#type {
            Type::Number(number) => {
                let size = SIZES[number];
                let bytes = &values[at * size..][..size];
                let double = (number == 0)
                    .then(|| f64::from_ne_bytes(bytes.try_into().expect("eight bytes")));
                Element::Number(cell(TYPES[number], bytes), double)
            }
            Type::Bits => Element::Number(Cell::of_integer(u8::from(bit(values))), None),
            Type::Decimal(size, _) => {
                let mut bytes = values[at * size..][..size].to_vec();
                if cfg!(target_endian = "big") {
                    bytes.reverse();
                }
                Element::Integer(BigInt::from_signed_bytes_le(&bytes))
            }
            Type::Struct | Type::Other => Element::Null,
        }
    }
}

/// An element of a column.
pub(crate) enum Element {
    Null,
    /// And the double, if it is one.
    Number(Cell, Option<f64>),
    Integer(BigInt),
}

impl Element {
    /// The integer of it, where all elements are integers.
    pub(crate) fn integer(&self) -> Option<BigInt> {
        match self {
            Element::Null => None,
            Element::Number(Cell::Number(number, _), _) => Some(number >> 1074),
            Element::Number(..) => Some(BigInt::new(Sign::NoSign, Vec::new())),
            Element::Integer(integer) => Some(integer.clone()),
        }
    }
}

fn bytes(input: &mut Input<'_>, size: usize) -> Place {
    let mut bytes = input.bytes(size).to_vec();
    bytes.resize(size, 0x5b);
    Place::new(&bytes, input.below(9))
}

/// The structs of a field, and of all below it. They do not move.
pub(crate) struct Schemas {
    pub(crate) node: Box<Schema>,
    children: Vec<Schemas>,
    _pointers: Box<[*mut Schema]>,
}

impl Schemas {
    pub(crate) fn new(field: &mut Field, release: extern "C" fn(*mut Schema)) -> Self {
        let children = field.children.iter_mut();
        let mut children: Vec<_> = children.map(|child| Schemas::new(child, release)).collect();
        let pointers = children.iter_mut().map(|child| &raw mut *child.node);
        let mut pointers: Box<[_]> = pointers.collect();
        let node = Schema {
            format: field.format.pointer(),
            name: field
                .name_place
                .as_mut()
                .map_or(null(), Place::pointer::<c_char>)
                .cast_const(),
            metadata: null(),
            flags: 2,
            n_children: pointers.len() as i64,
            children: pointers.as_mut_ptr(),
            dictionary: null(),
            release: Some(release),
            private: null(),
        };
        Schemas {
            node: Box::new(node),
            children,
            _pointers: pointers,
        }
    }

    /// This struct and those below it.
    pub(crate) fn all(&mut self) -> Vec<*mut Schema> {
        let below = self.children.iter_mut().flat_map(Schemas::all);
        let mut all: Vec<_> = below.collect();
        all.insert(0, &raw mut *self.node);
        all
    }
}

/// The structs of an array, and of all below it.
pub(crate) struct Arrays {
    pub(crate) node: Box<Array>,
    children: Vec<Arrays>,
    _pointers: Box<[*mut Array]>,
    buffers: Box<[*const c_void]>,
}

impl Arrays {
    pub(crate) fn new(filled: &mut Filled, release: extern "C" fn(*mut Array)) -> Self {
        let children = filled.children.iter_mut();
        let mut children: Vec<_> = children.map(|child| Arrays::new(child, release)).collect();
        let pointers = children.iter_mut().map(|child| &raw mut *child.node);
        let mut pointers: Box<[_]> = pointers.collect();
        let validity = filled.validity.as_mut();
        let validity = validity.map_or(null(), Place::pointer::<c_void>);
        let mut buffers = vec![validity.cast_const()];
        buffers.extend(
            filled
                .values
                .as_mut()
                .map(|values| values.pointer::<c_void>().cast_const()),
        );
        let mut buffers = buffers.into_boxed_slice();
        let node = Array {
            length: filled.length as i64,
            null_count: filled.null_count,
            offset: filled.offset as i64,
            n_buffers: buffers.len() as i64,
            n_children: pointers.len() as i64,
            buffers: buffers.as_mut_ptr(),
            children: pointers.as_mut_ptr(),
            dictionary: null(),
            release: Some(release),
            private: null(),
        };
        Arrays {
            node: Box::new(node),
            children,
            _pointers: pointers,
            buffers,
        }
    }

    /// This struct and those below it, each with its buffers.
    pub(crate) fn all(&mut self) -> Vec<(*mut Array, &mut [*const c_void])> {
        let below = self.children.iter_mut().flat_map(Arrays::all);
        let mut all: Vec<_> = below.collect();
        all.insert(0, (&raw mut *self.node, &mut self.buffers));
        all
    }
}
