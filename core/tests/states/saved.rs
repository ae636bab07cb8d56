//! Saving a state where it lies, and loading to words.

use tally_core::{Accumulator, Moments, ProductAccumulator, Stored};

use crate::hostile::{Layout, MOMENTS, NUMBERS, PRODUCTS, in_memory, words};
use crate::support::oracle;
use crate::support::random::Random;

/// The bytes of the pieces, if there are.
fn in_place<S: Stored>(state: &[[u8; 8]]) -> Option<Vec<u8>> {
    let pieces = S::saved_in_place(state)?;
    let bytes = pieces.as_bytes().concat();
    assert_eq!(bytes.len(), pieces.length());
    Some(bytes)
}

fn check<S: Stored>(layout: Layout, kind: u8, words: &[u64], random: &mut Random) {
    let limbs = &words[..layout.limbs];
    let further = layout.further(words);
    let mut expected = oracle::saved(kind, layout.counters(words), limbs);
    if !further.is_empty() {
        let (first, limbs) = oracle::stored(further);
        expected.extend([first, limbs.len() as u8, 0, 0, 0, 0, 0, 0]);
        expected.extend(limbs.iter().flat_map(|limb| limb.to_le_bytes()));
    }
    let is_state = layout.is_state(words);
    let saved = in_place::<S>(&in_memory(words));
    if cfg!(target_endian = "little") {
        assert_eq!(saved, is_state.then(|| expected.clone()), "{words:#x?}");
    }
    let mut state = S::EMPTY;
    state.as_mut().copy_from_slice(words);
    if let Ok(content) = S::from_words(&state) {
        assert!(is_state, "{words:#x?}");
        let saved = content.save().expect("in range");
        assert_eq!(saved.as_bytes(), expected, "{words:#x?}");
        let loaded = S::load_words(&expected).expect("saved");
        assert_eq!(loaded.as_ref(), words, "{words:#x?}");
    }
    // Any other bytes are refused as by reading them whole.
    let index = random.below(expected.len());
    expected[index] ^= 1 << random.below(8);
    expected.truncate(expected.len() - random.below(2) * random.below(9));
    let whole = S::load(&expected).map(|content| content.to_words().expect("in range"));
    let loaded = S::load_words(&expected);
    match (whole, loaded) {
        (Ok(whole), Ok(loaded)) => assert_eq!(whole.as_ref(), loaded.as_ref(), "{expected:x?}"),
        (whole, loaded) => assert_eq!(whole.err(), loaded.err(), "{expected:x?}"),
    }
}

#[test]
fn any_state_is_saved_as_the_specification_has_it() {
    let mut random = Random::new(731);
    for round in 0..30_000 {
        match round % 3 {
            0 => {
                let words = words(&mut random, NUMBERS);
                check::<Accumulator>(NUMBERS, 1, &words, &mut random);
            }
            1 => {
                let words = words(&mut random, PRODUCTS);
                check::<ProductAccumulator>(PRODUCTS, 2, &words, &mut random);
            }
            _ => {
                let words = words(&mut random, MOMENTS);
                check::<Moments>(MOMENTS, 3, &words, &mut random);
            }
        }
    }
    for (layout, kind) in [(NUMBERS, 1), (PRODUCTS, 2), (MOMENTS, 3)] {
        let words = vec![0; layout.words];
        match kind {
            1 => check::<Accumulator>(layout, kind, &words, &mut random),
            2 => check::<ProductAccumulator>(layout, kind, &words, &mut random),
            _ => check::<Moments>(layout, kind, &words, &mut random),
        }
    }
}
