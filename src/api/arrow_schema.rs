//! Finds a column in a schema.

use std::ffi::CStr;
use std::fmt::{self, Display, Formatter};

use super::arrow_data::{ArrowArray, ArrowSchema, Releasable};
use super::arrow_format::Format;
use super::arrow_path::{Path, Segment};
use super::quoted::Quoted;
use crate::boundary::Outcome;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{TALLY_INVALID, TALLY_NULL};

/// Structs in structs that a path may lead through. Nobody has more, but a schema that is
/// its own child does.
pub(super) const MOST_STEPS: usize = 64;

/// Steps that a message shows: the last ones.
const SHOWN_STEPS: usize = 5;

/// A field, and how many fields there are beside it.
#[derive(Clone, Copy, Default)]
pub(super) struct Step {
    pub(super) index: usize,
    pub(super) of: i64,
}

/// The steps from a schema, or an array, to a column of it.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    steps: [Step; MOST_STEPS],
    length: usize,
}

impl Steps {
    const NONE: Self = Steps {
        steps: [Step { index: 0, of: 0 }; MOST_STEPS],
        length: 0,
    };

    pub(super) fn as_slice(&self) -> &[Step] {
        &self.steps[..self.length]
    }

    fn push(&mut self, step: Step) -> Option<()> {
        *self.steps.get_mut(self.length)? = step;
        self.length += 1;
        Some(())
    }
}

/// Where what a message speaks of is.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) root: Root,
    pub(super) steps: &'a [Step],
}

/// Where a schema or an array is.
#[derive(Clone, Copy)]
pub(super) enum Root {
    /// It is an argument.
    Argument(&'static str),
    /// A stream has it.
    OfStream(&'static str),
    /// It is one of those that a stream gives.
    InStream(u64),
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.root {
            Root::Argument(name) => f.write_str(name)?,
            Root::OfStream(name) => write!(f, "stream: {name}")?,
            Root::InStream(number) => write!(f, "stream: array {number}")?,
        }
        // The message must have room for more.
        let hidden = self.steps.len().saturating_sub(SHOWN_STEPS);
        if hidden > 0 {
            f.write_str("->...")?;
        }
        self.steps[hidden..]
            .iter()
            .try_for_each(|step| write!(f, "->children[{}]", step.index))
    }
}

impl Place<'_> {
    /// Refuses what is there.
    #[cold]
    pub(super) fn refuse(&self, what: impl Display) -> Refusal {
        refuse(TALLY_INVALID, format_args!("{self}{what}"))
    }

    /// Refuses a pointer of it that is NULL.
    #[cold]
    pub(super) fn refuse_null(&self, member: impl Display) -> Refusal {
        refuse(TALLY_NULL, format_args!("{self}{member} is NULL"))
    }
}

/// Reads a struct of Arrow that must be there and not be released.
///
/// # Safety
/// If not NULL, `pointer` is valid for reading.
pub(super) unsafe fn read<T: Releasable>(pointer: *const T, place: &Place<'_>) -> Outcome<T> {
    if pointer.is_null() {
        return Err(place.refuse_null(""));
    }
    // SAFETY: readable by the contract, at any alignment; what C wrote is a value of it.
    let read = unsafe { pointer.read_unaligned() };
    if read.is_released() {
        return Err(place.refuse(" has been released"));
    }
    Ok(read)
}

/// A child, which must be there, though it may be released.
///
/// # Safety
/// If not NULL, `children` is valid for reading more pointers than `index`.
pub(super) unsafe fn child<T>(
    children: *const *const T,
    index: usize,
    place: &Place<'_>,
) -> Outcome<*const T> {
    if children.is_null() {
        return Err(place.refuse_null("->children"));
    }
    // SAFETY: readable by the contract, at any alignment.
    let child = unsafe { children.wrapping_add(index).read_unaligned() };
    if child.is_null() {
        return Err(place.refuse_null(format_args!("->children[{index}]")));
    }
    Ok(child)
}

/// Refuses another number of children than the schema has.
pub(super) fn check_children(given: i64, of_schema: i64, place: &Place<'_>) -> Outcome<()> {
    if given == of_schema {
        return Ok(());
    }
    let what = format_args!(": n_children is {given}, that of the schema {of_schema}");
    Err(place.refuse(what))
}

/// A column that was found in a schema.
pub(super) struct Target {
    pub(super) format: Format,
    pub(super) steps: Steps,
}

/// Finds a column. An array beside the schema, if there is one, must have as many children
/// wherever names are looked for among them.
///
/// # Safety
/// `schema` and `array`, if not NULL, are what they say, and what they point to is as the C
/// data interface says, as far as the checks cannot know.
pub(super) unsafe fn find(
    schema: (*const ArrowSchema, Root),
    mut array: (*const ArrowArray, Root),
    path: &Path<'_>,
) -> Outcome<Target> {
    let (schema, root) = schema;
    let mut steps = Steps::NONE;
    let place = Place { root, steps: &[] };
    // SAFETY: readable by the contract.
    let mut here = unsafe { Node::new(schema, &place) }?;
    path.for_each(|segment| {
        let place = Place {
            root,
            steps: steps.as_slice(),
        };
        let beside = Place {
            root: array.1,
            ..place
        };
        // SAFETY: the same contract, of an array that it points to.
        unsafe { here.check_beside(array.0, &beside) }?;
        // SAFETY: the same contract, of a schema that it points to.
        let index = unsafe { here.index_of(segment, &place) }?;
        // SAFETY: as above; the index is below the number of children.
        let next = unsafe { child(here.schema.children, index, &place) }?;
        if !array.0.is_null() {
            // SAFETY: as above; the array has as many.
            array.0 = unsafe { child(array.0.read_unaligned().children, index, &beside) }?;
        }
        let of = here.schema.n_children;
        if steps.push(Step { index, of }).is_none() {
            let what = format_args!(": the path leads through more than {MOST_STEPS} structs");
            return Err(Place { root, steps: &[] }.refuse(what));
        }
        let place = Place {
            root,
            steps: steps.as_slice(),
        };
        // SAFETY: as above.
        here = unsafe { Node::new(next, &place) }?;
        Ok(())
    })?;
    let place = Place {
        root,
        steps: steps.as_slice(),
    };
    here.check_leaf(&place)?;
    let format = here.format;
    Ok(Target { format, steps })
}

/// A schema, read and checked for itself.
struct Node<'a> {
    schema: ArrowSchema,
    text: &'a [u8],
    format: Format,
}

impl Node<'_> {
    /// # Safety
    /// As for [`find`].
    unsafe fn new(pointer: *const ArrowSchema, place: &Place<'_>) -> Outcome<Self> {
        // SAFETY: the same contract.
        let schema = unsafe { read(pointer, place) }?;
        if schema.format.is_null() {
            return Err(place.refuse_null("->format"));
        }
        // SAFETY: a text of the schema, by the contract.
        let text = unsafe { CStr::from_ptr(schema.format) }.to_bytes();
        if !schema.dictionary.is_null() {
            return Err(place.refuse(" is dictionary-encoded, which is not supported"));
        }
        let format = Format::of(text);
        Ok(Node {
            schema,
            text,
            format,
        })
    }

    /// Refuses an array that has another number of children.
    ///
    /// # Safety
    /// As for [`find`].
    unsafe fn check_beside(&self, array: *const ArrowArray, place: &Place<'_>) -> Outcome<()> {
        if array.is_null() {
            return Ok(());
        }
        // SAFETY: the same contract.
        let given = unsafe { read(array, place) }?.n_children;
        check_children(given, self.schema.n_children, place)
    }

    /// The place of a field among the children.
    ///
    /// # Safety
    /// As for [`find`].
    unsafe fn index_of(&self, segment: Segment<'_>, place: &Place<'_>) -> Outcome<usize> {
        if self.format != Format::Struct {
            let (text, name) = (Quoted(self.text), self.format.name());
            let what = format_args!(" has no {segment}: format {text} is {name}");
            return Err(place.refuse(what));
        }
        // No more are in memory.
        let count = usize::try_from(self.schema.n_children)
            .ok()
            .filter(|&count| count <= isize::MAX as usize / size_of::<usize>());
        let Some(count) = count else {
            let what = format_args!(": n_children is {}", self.schema.n_children);
            return Err(place.refuse(what));
        };
        let mut found = None;
        match segment {
            Segment::Index(index) => {
                found = index.number().filter(|&index| index < count);
                if found.is_none() {
                    let fields = if count == 1 { "field" } else { "fields" };
                    let what = format_args!(" has no {segment}: it has {count} {fields}");
                    return Err(place.refuse(what));
                }
            }
            Segment::Field(name) => {
                for index in 0..count {
                    // SAFETY: readable by the contract, one of as many.
                    let field = unsafe { child(self.schema.children, index, place) }?;
                    // SAFETY: as above, at any alignment; a released one has no name.
                    let field = unsafe { field.read_unaligned() };
                    let is_named = !field.is_released() && !field.name.is_null();
                    let field_name = match is_named {
                        // SAFETY: a text of the schema, by the contract.
                        true => unsafe { CStr::from_ptr(field.name) }.to_bytes(),
                        false => &[],
                    };
                    if !name.is(field_name) {
                        continue;
                    }
                    if found.is_some() {
                        let what = format_args!(" has more than one {segment}");
                        return Err(place.refuse(what));
                    }
                    found = Some(index);
                }
            }
        }
        found.ok_or_else(|| place.refuse(format_args!(" has no {segment}")))
    }

    /// Refuses what has no values of its own.
    fn check_leaf(&self, place: &Place<'_>) -> Outcome<()> {
        let (text, name) = (Quoted(self.text), self.format.name());
        match self.format {
            Format::Struct => {
                let what = format_args!(": format {text} is {name}: select a field of it");
                Err(place.refuse(what))
            }
            Format::Other(_) => {
                let what = format_args!(": format {text} is {name}, which is not supported");
                Err(place.refuse(what))
            }
            Format::Imprecise(precision, width) => {
                let what = format_args!(
                    ": format {text} has precision {precision}, not 1 to {}, of {} bits",
                    width.precision, width.bits
                );
                Err(place.refuse(what))
            }
            _ if self.schema.n_children != 0 => {
                let number = self.schema.n_children;
                let what = format_args!(": n_children is {number}, but format {text} has none");
                Err(place.refuse(what))
            }
            _ => Ok(()),
        }
    }
}
