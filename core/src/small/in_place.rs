//! Operations on a small state in place.

use crate::accumulator::few::close_f64;
use crate::counts::SpecialCounts;
use crate::float::{BINARY64, with_sign};
use crate::layout::{COUNTERS, LIMBS, ONE, SMALL_STATE_WORDS, STATE_WORDS};
use crate::limbs::{Limb, add_part, has_room, merge_in_use};
use crate::small::words::{BASE, COUNT, HEADER, HIGHEST_BASE, WINDOW, Window, Words, word_of};
use crate::state::in_place::signed;
use crate::state::parts::{Parts, merged_counters};
use crate::sum::nearest::{nearest, nearest_quotient};

/// The words of limbs by their indices: of as many as six bits can say, and a window more.
const WORD_OF: [u8; BASE as usize + WINDOW] = {
    let mut words = [0; BASE as usize + WINDOW];
    let mut limb = 0;
    while limb < words.len() {
        words[limb] = word_of(limb) as u8;
        limb += 1;
    }
    words
};

/// The exponent fields of values that are added at once: their limbs are 1 to
/// `HIGHEST_BASE`, so that a base at most five below is one, and zeros, subnormals, NaN and
/// infinities are not among them.
const LOWEST_FIELD: usize = 64 + 1;
const HIGHEST_FIELD: usize = 64 * (HIGHEST_BASE + 1);

/// Adds one value, or takes it out, if what comes of it fits. Else, or if it is no state,
/// nothing is changed.
#[inline(always)]
pub(super) fn add_value<const SUBTRACT: bool>(words: &mut [[u8; 8]], value: f64) -> Option<()> {
    let words: &mut Words = words.try_into().ok()?;
    if add_at::<SUBTRACT, false>(words, value).is_some() {
        return Some(());
    }
    add_anywhere::<SUBTRACT>(words, value)
}

/// Adds a value whose limbs are in the window; or, if it may be raised, above it.
#[inline(always)]
fn add_at<const SUBTRACT: bool, const RAISE: bool>(words: &mut Words, value: f64) -> Option<()> {
    let word_of = |limb: usize| usize::from(WORD_OF[limb]) % SMALL_STATE_WORDS;
    let bits = value.to_bits();
    let field = (bits >> 52) as usize & 0x7ff;
    if !(LOWEST_FIELD..=HIGHEST_FIELD).contains(&field) {
        return None;
    }
    let position = field - 1;
    let (limb, shift) = (position / 64, position % 64);
    let size = (bits & ((1 << 52) - 1)) + (1 << 52);
    let sign = bits as i64 >> 63;
    let significand = signed::<SUBTRACT, _>((size as i64 ^ sign) - sign);

    let base = (words[HEADER].get() as u64 & BASE) as usize;
    let (low_word, high_word) = (word_of(limb), word_of(limb + 1));
    let (low_before, high_before) = (words[low_word], words[high_word]);
    // If a limb is above the window, its word is that of one in the window, which is 0 if
    // the window can rise, and stays if there is nothing to be added.
    let (low, above) = add_part(low_before.get(), i128::from(significand) << shift);
    let high = high_before.get().checked_add(above)?;
    let count = words[COUNT].get();
    // At its end, or damaged, which are neighbours.
    let end = if SUBTRACT { i64::MIN } else { i64::MAX };
    if (count.wrapping_sub(end) as u64) < 2 {
        return None;
    }
    // Far above if the limb is below the base.
    let place = u64::from(limb.wrapping_sub(base) as u32) + u64::from(above != 0);
    if place >= WINDOW as u64 {
        if !RAISE {
            return None;
        }
        raise_base(words, place)?;
        // What is above the window was 0, and is not.
        words[low_word] = low.to_ne_bytes();
        words[high_word] = high.to_ne_bytes();
    } else {
        words[low_word] = low.to_ne_bytes();
        words[high_word] = high.to_ne_bytes();
        if base != 0 && words[word_of(base + WINDOW - 1)].get() == 0 {
            // The highest limb has become 0, or was.
            (words[low_word], words[high_word]) = (low_before, high_before);
            return None;
        }
    }
    let step = if SUBTRACT { -1 } else { 1 };
    words[COUNT] = count.wrapping_add(step).to_ne_bytes();
    Some(())
}

/// Raises the base so that the highest limb of the window is limb base + `place`, if that
/// is in range and the limbs that it leaves are 0.
#[inline]
fn raise_base(words: &mut Words, place: u64) -> Option<()> {
    let header = words[HEADER].get() as u64;
    let base = (header & BASE) as usize;
    let raised = base.checked_add(usize::try_from(place).ok()?)? - (WINDOW - 1);
    if raised > HIGHEST_BASE {
        return None;
    }
    let left = (base..raised).take(WINDOW);
    let rest = left.fold(0, |rest, limb| rest | words[word_of(limb)].get());
    if rest != 0 {
        return None;
    }
    words[HEADER] = (header - base as u64 + raised as u64).to_ne_bytes();
    Some(())
}

/// Adds any value, wherever its limbs are.
#[cold]
#[inline(never)]
fn add_anywhere<const SUBTRACT: bool>(words: &mut Words, value: f64) -> Option<()> {
    if add_at::<SUBTRACT, true>(words, value).is_some() {
        return Some(());
    }
    let mut window = Window::of(words)?;
    window.add_value::<SUBTRACT>(value)?;
    window.write(words);
    Some(())
}

/// Adds a few values, or takes them out, if they are not too wide, none is NaN or infinite
/// and what comes of it fits. Else nothing is changed.
#[inline]
pub(super) fn add_few<const SUBTRACT: bool>(words: &mut [[u8; 8]], values: &[f64]) -> Option<()> {
    let words: &mut Words = words.try_into().ok()?;
    let mut window = Window::of(words)?;
    let (sum, position, negative_zeros) = close_f64(values)?;
    let more = [values.len() as i64, negative_zeros, 0, 0, 0];
    window.merge_counters::<SUBTRACT>(&more)?;
    window.add_integer(signed::<SUBTRACT, _>(sum), position)?;
    window.write(words);
    Some(())
}

/// Merges, or takes out, if what comes of it fits. Else nothing is changed.
#[inline]
pub(super) fn merge<const SUBTRACT: bool>(into: &mut [[u8; 8]], from: &[[u8; 8]]) -> Option<()> {
    merge_window::<SUBTRACT>(into, &Window::of(from.try_into().ok()?)?)
}

/// The same of a window.
#[inline]
pub(super) fn merge_window<const SUBTRACT: bool>(
    into: &mut [[u8; 8]],
    from: &Window,
) -> Option<()> {
    let into: &mut Words = into.try_into().ok()?;
    let mut window = Window::of(into)?;
    window.merge::<SUBTRACT>(from)?;
    window.write(into);
    Some(())
}

/// The words of an accumulator of the same content as a small state; `None` if it is none.
#[inline]
pub fn expand_small(words: &[[u8; 8]]) -> Option<[[u8; 8]; STATE_WORDS]> {
    Some(Window::of(words.try_into().ok()?)?.expanded())
}

/// Merges a small state into an accumulator's in place. If that is not a matter of a few
/// limbs, or one of them is no state, nothing is changed and `false` is returned.
pub fn merge_small_in_place(into: &mut [[u8; 8]], from: &[[u8; 8]]) -> bool {
    merge_into_large(into, from).is_some()
}

fn merge_into_large(into: &mut [[u8; 8]], from: &[[u8; 8]]) -> Option<()> {
    let from = Window::of(from.try_into().ok()?)?;
    let into: &mut [[u8; 8]; STATE_WORDS] = into.try_into().ok()?;
    let before = Parts::of(into, LIMBS)?;
    let counters = merged_counters::<false>(&before.counters, &from.counters())?;
    let highest_has_room = from.base < HIGHEST_BASE || has_room(&from.limbs);
    if !has_room(before.limbs) || !highest_has_room {
        return None;
    }
    let (limbs, rest) = into.split_at_mut(LIMBS);
    merge_in_use::<false, _, _>(limbs.get_mut(from.base..)?, &from.limbs);
    let into_counters = rest.first_chunk_mut::<COUNTERS>()?;
    *into_counters = counters.map(i64::to_ne_bytes);
    Some(())
}

/// The counts that are given out.
pub(super) fn counts(words: &[[u8; 8]]) -> Option<(i64, SpecialCounts)> {
    let window = Window::of(words.try_into().ok()?)?;
    let [values, _, nan, positive_infinity, negative_infinity] = window.counters();
    let special = SpecialCounts {
        nan,
        positive_infinity,
        negative_infinity,
    };
    Some((values, special))
}

/// The total, if it is finite.
pub(super) fn value(words: &[[u8; 8]]) -> Option<f64> {
    let window = Window::of(words.try_into().ok()?).filter(Window::is_finite)?;
    let [values, negative_zeros, ..] = window.counters();
    let zero = || (values >= 1 && negative_zeros == values, 0);
    let nearest = nearest(&window.limbs, &BINARY64, unit(&window));
    let (negative, bits) = nearest.unwrap_or_else(zero);
    (!BINARY64.is_infinity(bits)).then_some(with_sign(bits, negative))
}

/// The mean, if it is finite and not zero.
pub(super) fn mean(words: &[[u8; 8]]) -> Option<f64> {
    let window = Window::of(words.try_into().ok()?).filter(Window::is_finite)?;
    let count = u64::try_from(window.values).ok()?;
    if count == 0 {
        return None;
    }
    let quotient = nearest_quotient(&window.limbs, count, &BINARY64, unit(&window));
    let (negative, bits) = quotient?;
    (!BINARY64.is_infinity(bits)).then_some(with_sign(bits, negative))
}

/// The unit of the lowest limb, as a power of two.
fn unit(window: &Window) -> i32 {
    64 * window.base as i32 - ONE as i32
}
