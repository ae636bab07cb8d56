//! Whatever 44 words a caller passes, nothing panics, and what is no state is
//! refused; what changes a state in place does what the long way does.

use crate::support::decimals::{Oracle, of_limbs, word, words};
use crate::support::random::Random;
use tally_core::internal::ShortDecimal;
use tally_core::{BadState, Decimal, Digits, Separator, Stored, TextWords, ValueError};

const HALF: i64 = 500_000_000_000_000_000;

/// Words from noise to nearly plausible.
fn random_state(random: &mut Random) -> [u64; 44] {
    let kind = random.below(6);
    let digit = |random: &mut Random| match random.below(4) {
        0 => 0,
        1 => random.pick(&[1, -1, HALF - 1, -HALF]),
        _ => random.bits() as i64 % HALF,
    };
    let mut state = std::array::from_fn(|_| match kind {
        0 => random.bits(),
        1 => random.pick(&[0, 1, u64::MAX, 1 << 63, i64::MAX as u64]),
        2 if random.one_in(20) => random.pick(&[HALF, -HALF - 1, i64::MIN]) as u64,
        _ => digit(random) as u64,
    });
    if kind > 0 {
        let bits = random.bits();
        state[38..42].fill_with(|| random.pick(&[0, 0, 0, 1, 2, bits, u64::MAX]));
        state[42] = random.below(344) as u64;
    }
    if !random.one_in(8) {
        state[43] = 0;
    } else if random.one_in(2) {
        state[43] >>= 32;
    }
    state
}

/// What reading these words must give.
fn expected_error(state: &[u64; 44]) -> Option<BadState> {
    let is_digit = |&word: &u64| (-HALF..HALF).contains(&(word as i64));
    match state[43] {
        0 if !state[..38].iter().all(is_digit) => Some(BadState::Damaged),
        0 if state[38..42].contains(&(1 << 63)) => Some(BadState::Damaged),
        0 if state[42] > 342 => Some(BadState::Damaged),
        0 => None,
        status @ 1..=0xffff_ffff => Some(BadState::Failed(status as u32 as i32)),
        _ => Some(BadState::Damaged),
    }
}

fn oracle(state: &[u64; 44]) -> Oracle {
    let limbs: Vec<i64> = state[..38].iter().map(|&limb| limb as i64).collect();
    Oracle {
        total: of_limbs(&limbs),
        counters: std::array::from_fn(|index| state[38 + index] as i64),
        scale: state[42] as i64,
    }
}

/// Calls everything, and undoes what it changed.
fn change(decimal: &Decimal, other: &Decimal, random: &mut Random) {
    let mut changed = decimal.clone();
    let words = words(random, 3);
    let values = [random.bits() as i64, i64::MIN, random.bits() as i64 >> 40];
    let scale = random.below(343) as u16;
    for word in &words {
        changed.add_word(word.as_bytes()).expect(word);
    }
    changed.add_scaled(&values, scale);
    changed.merge(other);
    let _ = (changed.to_words(), changed.save(), changed.count());
    let _ = (changed.value_f64(), changed.compare(other));
    let _ = (changed.text(Digits::All), changed.text(Digits::Rounded(3)));
    let _ = (changed.text(Digits::AsWritten), changed.mean_text(7));
    changed.unmerge(other);
    changed.subtract_scaled(&values, scale);
    for word in &words {
        changed.subtract_word(word.as_bytes()).expect(word);
    }
    // The scale stays, and is what texts as written depend on.
    let mut scaled = decimal.clone();
    scaled.add_scaled(&[0], changed.scale());
    scaled.subtract_scaled(&[0], 0);
    assert_eq!(changed, scaled, "{words:?} {values:?} {scale}");
}

#[test]
fn any_words_are_refused_or_mean_what_they_say() {
    let mut random = Random::new(31);
    let mut other = Decimal::new();
    let mut read = 0;
    for round in 0..30_000 {
        let state = random_state(&mut random);
        let decimal = Decimal::from_words(&state);
        assert_eq!(
            decimal.as_ref().err(),
            expected_error(&state).as_ref(),
            "{state:x?}"
        );
        let Ok(decimal) = decimal else {
            continue;
        };
        read += 1;
        assert_eq!(decimal.to_words(), Ok(state), "round {round}: {state:x?}");
        change(&decimal, &other, &mut random);

        let oracle = oracle(&state);
        let text = decimal.text(Digits::All);
        let mean = decimal.mean_text(5);
        if oracle.counters[1..].iter().any(|&counter| counter < 0) {
            assert_eq!(text.err(), Some(ValueError::NegativeCount), "{state:x?}");
            assert_eq!(mean.err(), Some(ValueError::NegativeCount), "{state:x?}");
        } else {
            let text = text.expect("a total");
            assert_eq!(text.as_str(), oracle.all_text(), "{state:x?}");
            // Never rounded, even if the scale of a foreign state is too small.
            let written = decimal.text(Digits::AsWritten).expect("a total");
            assert!(written.as_str().starts_with(text.as_str()), "{state:x?}");
            if oracle.counters[0] < 1 {
                assert_eq!(mean.err(), Some(ValueError::NoValues), "{state:x?}");
            } else {
                let expected = oracle.text(5, oracle.counters[0]);
                assert_eq!(mean.expect("a mean").as_str(), expected, "{state:x?}");
            }
        }
        other = decimal;
    }
    assert!(read > 10_000, "only {read} were states: not a fair test");
}

#[test]
fn a_failed_state_gives_its_status() {
    let mut state = [0; 44];
    state[43] = -3_i32 as u32 as u64;
    assert_eq!(Decimal::from_words(&state), Err(BadState::Failed(-3)));
    state[43] = -3_i64 as u64;
    assert_eq!(Decimal::from_words(&state), Err(BadState::Damaged));
    state[43] = 0;
    assert_eq!(Decimal::from_words(&state), Ok(Decimal::new()));
}

/// Whether the number was a short one, and was added.
fn add(state: &mut [u64; 44], short: Option<ShortDecimal>, subtract: bool) -> bool {
    short.is_some_and(|short| {
        let mut words = state.map(u64::to_ne_bytes);
        let done = if subtract {
            Decimal::add_one_in_place::<true>(&mut words, short)
        } else {
            Decimal::add_one_in_place::<false>(&mut words, short)
        };
        *state = words.map(u64::from_ne_bytes);
        done
    })
}

/// The state after a change the long way, if it succeeds.
fn long_way(state: &[u64; 44], change: impl FnOnce(&mut Decimal) -> bool) -> Option<[u64; 44]> {
    let mut decimal = Decimal::from_words(state).ok()?;
    change(&mut decimal).then_some(())?;
    decimal.to_words().ok()
}

#[test]
fn in_place_is_the_long_way_or_nothing() {
    let mut random = Random::new(32);
    let (mut done, mut left) = (0, 0);
    for _ in 0..60_000 {
        let mut state = random_state(&mut random);
        if random.one_in(2) {
            state[..18].fill(0);
            state[20..38].fill(0);
        }
        if random.one_in(8) {
            let ends = [i64::MAX, i64::MAX - 1, -i64::MAX, i64::MIN + 2];
            state[38] = random.pick(&ends) as u64;
        }
        let subtract = random.one_in(2);
        let mut in_place = state;
        let (is_done, expected, what) = if random.one_in(3) {
            let shift = random.below(64);
            let value = random.pick(&[
                i64::MIN,
                i64::MAX,
                5,
                -5,
                random.clone().bits() as i64 >> shift,
            ]);
            let scale = random.below(21) as u16;
            let expected = long_way(&state, |decimal| {
                if subtract {
                    decimal.subtract_scaled(&[value], scale);
                } else {
                    decimal.add_scaled(&[value], scale);
                }
                true
            });
            let is_done = add(&mut in_place, ShortDecimal::scaled(value, scale), subtract);
            (is_done, expected, format!("{value}e-{scale}"))
        } else {
            let mut word = word(&mut random);
            if random.one_in(9) {
                let at = random.below(word.len() + 1);
                word.insert(at, random.pick(&[' ', 'x', '.', '-', '\u{e9}', '0']));
                while !word.is_ascii() {
                    word.pop();
                }
            }
            let expected = long_way(&state, |decimal| {
                let outcome = if subtract {
                    decimal.subtract_word(word.as_bytes())
                } else {
                    decimal.add_word(word.as_bytes())
                };
                outcome.is_ok()
            });
            let is_done = add(
                &mut in_place,
                ShortDecimal::parse(word.as_bytes()),
                subtract,
            );
            (is_done, expected, word)
        };
        if is_done {
            assert_eq!(Some(in_place), expected, "{subtract} {what} {state:x?}");
            done += 1;
        } else {
            assert_eq!(in_place, state, "{subtract} {what}");
            left += 1;
        }
    }
    assert!(
        done > 5000 && left > 5000,
        "{done} done, {left} left: not a fair test"
    );
}

#[test]
fn ordinary_amounts_are_added_in_place() {
    let mut state = [0; 44];
    for word in [
        "1234.56",
        "-0.01",
        "+7",
        ".5",
        "8.",
        "123456789012345678.123456789012345678",
    ] {
        assert!(
            add(&mut state, ShortDecimal::parse(word.as_bytes()), false),
            "{word}"
        );
    }
    assert!(add(&mut state, ShortDecimal::parse(b"0.001"), true));
    assert!(add(&mut state, ShortDecimal::scaled(-123_456, 2), false));
    let decimal = Decimal::from_words(&state).expect("a state");
    let text = decimal.text(Digits::AsWritten).expect("a total");
    assert_eq!(text.as_str(), "123456789012345693.612456789012345678");
    assert_eq!(decimal.count(), 6);
}

#[test]
fn any_text_is_added_or_refused_and_changes_nothing_else() {
    let mut random = Random::new(33);
    let alphabet = b"0123456789..--++eE  ,,\t\n\r nafity\0\xff";
    let (mut added, mut refused) = (0, 0);
    for _ in 0..50_000 {
        let mut text: Vec<u8> = Vec::new();
        for _ in 0..random.below(6) {
            if random.one_in(2) {
                text.extend(word(&mut random).as_bytes());
            } else {
                let length = random.below(12);
                text.extend((0..length).map(|_| random.pick(alphabet)));
            }
            text.push(random.pick(b" ,\n"));
        }
        let separator = Separator::new(random.pick(b" ,\n\t;")).expect("no part of a number");
        let mut words = TextWords::new(&text, separator, random.one_in(2));
        let mut decimal = Decimal::new();
        match decimal.add_words::<false>(&mut words) {
            Ok(count) => {
                assert_eq!(decimal.count(), count as i64);
                assert!(words.consumed() <= text.len());
                added += 1;
            }
            Err(bad) => {
                let mut total = Decimal::new();
                assert_eq!(total.add_word(bad.word.bytes), Err(bad.error));
                refused += 1;
            }
        }
    }
    assert!(
        added > 3000 && refused > 3000,
        "{added} added, {refused} refused"
    );
}
