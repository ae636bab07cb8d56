//! A plain array, what its elements are, and the states that take them.

use num_bigint::BigInt;
use num_traits::Zero;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::checked;
use crate::cells::Cell;
use crate::facts::Facts;
use crate::input::Input;
use crate::kinds::Kind;
use crate::layout::{DOUBLES, SIZES, TYPES, cell};
use crate::meaning::Meaning;
use crate::passing::Passed;
use crate::place::Place;

/// An array of a type, and what its elements are.
pub(crate) struct Given {
    pub(crate) place: Place,
    pub(crate) cells: Vec<Cell>,
}

impl Given {
    /// Of the type of this number.
    pub(crate) fn new(input: &mut Input<'_>, number: usize, count: usize) -> Self {
        let size = SIZES[number];
        let from_table = number == 0 && input.flag();
        let mut bytes = Vec::new();
        for index in 0..count {
            let word = match from_table {
                true => input.pick(&DOUBLES),
                false if input.is_empty() => index as u64 * 7 + 1,
                false => {
                    let mut word = [0; 8];
                    let element = input.bytes(size);
                    word[..element.len()].copy_from_slice(element);
                    u64::from_le_bytes(word)
                }
            };
            bytes.extend_from_slice(&word.to_ne_bytes()[..size]);
        }
        let cells = bytes.chunks_exact(size);
        let cells = cells.map(|element| cell(TYPES[number], element)).collect();
        Given {
            place: Place::new(&bytes, input.below(9)),
            cells,
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn pointer<T>(&self) -> *const T {
        self.place.bytes().as_ptr().cast()
    }

    pub(crate) fn f64_at(&self, index: usize) -> f64 {
        let bytes = &self.place.bytes()[8 * index..][..8];
        f64::from_ne_bytes(bytes.try_into().expect("eight bytes"))
    }

    /// The integers, of a type of integers.
    pub(crate) fn integers(&self) -> Vec<BigInt> {
        let integer = |cell: &Cell| match cell {
            Cell::Number(number, _) => number >> 1074,
            _ => panic!("a type of integers"),
        };
        self.cells.iter().map(integer).collect()
    }

    pub(crate) fn meaning(&self) -> Meaning {
        let facts = Facts::of(&self.cells);
        Meaning {
            total: facts.sum.total.clone(),
            squares: facts.squares.total.clone(),
            counters: facts.sum.counters(),
            scale: 0,
        }
    }
}

pub(crate) type Adds<K, T> = unsafe extern "C" fn(*mut K, *const T, usize) -> tally_status;
/// Adds an array to an empty state, and takes it out.
pub(crate) fn added<K: Kind, T>(given: &Given, [add, subtract]: [Adds<K, T>; 2]) {
    stated::<K>(
        given.meaning(),
        // SAFETY: the state has its size, and the array as many elements.
        |state| unsafe { add(state.passed(), given.pointer(), given.count()) },
        // SAFETY: as above.
        |state| unsafe { subtract(state.passed(), given.pointer(), given.count()) },
    );
}

/// Calls that fill an empty state, and empty it.
pub(crate) fn stated<K: Kind>(
    meaning: Meaning,
    add: impl FnOnce(&mut Place) -> tally_status,
    subtract: impl FnOnce(&mut Place) -> tally_status,
) {
    let meaning = match K::NAME {
        "moments" => meaning,
        _ => Meaning {
            squares: BigInt::zero(),
            ..meaning
        },
    };
    let mut state = Place::new(&vec![0; 8 * K::WORDS], 3);
    let status = checked(add(&mut state));
    let Some(words) = K::words(&meaning) else {
        assert_eq!((status, state.words()), (K::FULL, vec![0; K::WORDS]));
        return;
    };
    assert_eq!((status, state.words()), (TALLY_OK, words), "{}", K::NAME);
    assert_eq!(checked(subtract(&mut state)), TALLY_OK);
    assert_eq!(state.words(), vec![0; K::WORDS], "{}", K::NAME);
}

/// The last status that is none of success.
pub(crate) fn each(count: usize, mut call: impl FnMut(usize) -> tally_status) -> tally_status {
    (0..count).fold(TALLY_OK, |status, index| match call(index) {
        TALLY_OK => status,
        failure => failure,
    })
}
