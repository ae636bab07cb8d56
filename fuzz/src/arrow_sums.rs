//! What columns of arrays add up to, as each kind of state has it.

use num_traits::Zero;

use crate::arrow_tree::{Element, Field, Filled, Type};
use crate::cells::Cell;
use crate::facts::{Facts, PairFacts};
use crate::meaning::Meaning;
use crate::support::decimals::{POINT, ten_to, units};

/// What two columns of all arrays are.
pub(crate) struct Expected {
    types: [Option<Type>; 2],
    elements: [Vec<Element>; 2],
}

impl Expected {
    pub(crate) fn new(field: &Field, filled: &[Filled], targets: &[Option<Vec<usize>>; 2]) -> Self {
        let leaf = |path: &Vec<usize>| {
            path.iter()
                .fold(field, |here, &index| &here.children[index])
        };
        let types = targets
            .each_ref()
            .map(|path| path.as_ref().map(|path| leaf(path).r#type));
        let elements = targets.each_ref().map(|path| match path {
            Some(path) => filled
                .iter()
                .flat_map(|one| one.cells(field, path))
                .collect(),
            None => Vec::new(),
        });
        Expected { types, elements }
    }

    /// The numbers of a column, where it has numbers.
    fn cells(&self, column: usize) -> Option<Vec<Cell>> {
        match self.types[column]? {
            Type::Number(_) | Type::Bits => {}
            _ => return None,
        }
        let elements = self.elements[column].iter();
        Some(
            elements
                .map(|element| match element {
                    Element::Number(cell, _) => cell.clone(),
                    _ => Cell::Skipped,
                })
                .collect(),
        )
    }

    pub(crate) fn moments(&self) -> Option<Meaning> {
        let facts = Facts::of(&self.cells(0)?);
        Some(Meaning {
            total: facts.sum.total.clone(),
            squares: facts.squares.total.clone(),
            counters: facts.sum.counters(),
            scale: 0,
        })
    }

    pub(crate) fn sums(&self) -> Option<Meaning> {
        let squares = Zero::zero();
        self.moments().map(|meaning| Meaning { squares, ..meaning })
    }

    pub(crate) fn products(&self) -> Option<Meaning> {
        let facts = PairFacts::of(&self.cells(0)?, &self.cells(1)?);
        Some(Meaning {
            total: facts.products.total.clone(),
            counters: facts.products.counters(),
            ..Meaning::default()
        })
    }

    pub(crate) fn decimals(&self) -> Option<Meaning> {
        let mut meaning = Meaning::default();
        let scale = match self.types[0]? {
            Type::Number(1..=3) => return None,
            Type::Decimal(_, scale) => scale,
            _ => 0,
        };
        for element in &self.elements[0] {
            let (total, digits) = match element {
                Element::Null => continue,
                Element::Number(_, Some(double)) if !double.is_finite() => {
                    let counter = if double.is_nan() {
                        2
                    } else {
                        3 + usize::from(*double < 0.0)
                    };
                    meaning.counters[counter] += 1;
                    (Zero::zero(), 0)
                }
                Element::Number(_, Some(double)) => units(&shortest(*double)),
                _ => {
                    let integer = element.integer().expect("it is one");
                    (integer * ten_to(POINT - scale), scale.max(0))
                }
            };
            meaning.counters[0] += 1;
            meaning.total += total;
            meaning.scale = meaning.scale.max(digits);
        }
        Some(meaning)
    }
}

/// The shortest decimal that reads back as a double; of two, the even one if both are as
/// close, which Rust does not promise.
fn shortest(double: f64) -> String {
    let text = format!("{double:e}");
    let (digits, _) = text.split_once('e').expect("an exponent");
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let nearest = format!("{double:.*e}", count - 1);
    match nearest.parse() == Ok(double) {
        true => nearest,
        false => text,
    }
}
