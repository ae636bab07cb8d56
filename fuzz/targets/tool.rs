//! A file for the `tally` program, and its options. The bytes are the options, the sizes in
//! which the file is read, totals that were kept, and the file.
//!
//! The program runs in this process. Where the reads end does not matter: what it prints,
//! says and returns is the same. A run that comes to its end has given back all memory.
//! Plain files that it adds up have the total that a few lines of Rust find, and what it
//! refuses is no such file.

use std::ffi::{CString, c_char, c_int};
use std::fs::File;
use std::io::Write;
use std::os::fd::FromRawFd;

use tally::api::decimal::tally_decimal;

use crate::input::Input;
use crate::load::envelope;
use crate::meaning::Meaning;
use crate::text::Reads;

#[repr(C)]
struct Outcome {
    output: *mut c_char,
    messages: *mut c_char,
    output_size: usize,
    messages_size: usize,
    status: c_int,
    left: bool,
    leaked: usize,
}

unsafe extern "C" {
    fn fuzz_run(
        argc: c_int,
        argv: *mut *mut c_char,
        sizes: *const u8,
        count: usize,
        outcome: *mut Outcome,
    );
    fn fuzz_outcome_free(outcome: *mut Outcome);
    fn memfd_create(name: *const c_char, flags: u32) -> c_int;
    fn dup2(old: c_int, new: c_int) -> c_int;
    fn close(descriptor: c_int) -> c_int;
}

/// Options that need no other to make sense; a file of totals is one of them.
const OPTIONS: [&[&str]; 48] = [
    &["-H"],
    &["-c", "1"],
    &["-c", "2"],
    &["-c", "1-2"],
    &["-c", "a"],
    &["-c", "2-"],
    &["--all"],
    &["-d", ","],
    &["-d", ";"],
    &["-d", "\\t"],
    &["-d", "|"],
    &["-g", "1"],
    &["-g", "2"],
    &["--sort"],
    &["--sum"],
    &["--decimal"],
    &["--digits", "2"],
    &["--digits", "340"],
    &["--round", "half-up"],
    &["--round", "floor"],
    &["--mean"],
    &["--weight", "2"],
    &["--var"],
    &["--sd"],
    &["--pvar"],
    &["--psd"],
    &["--min"],
    &["--max"],
    &["--count"],
    &["--rows"],
    &["--total"],
    &["--labels"],
    &["--to", "csv"],
    &["--to", "json"],
    &["--compare"],
    &["--missing", "NA"],
    &["--missing", ""],
    &["--skip-words"],
    &["--times", "2"],
    &["--thousands", ","],
    &["--decimal-point", ","],
    &["--money"],
    &["--no-quotes"],
    &["--ragged"],
    &["--pad"],
    &["--skip", "1"],
    &["--comment", "#"],
    &["--names"],
];

/// Where the file and the kept totals are.
const FILE: c_int = 97;
const TOTALS: c_int = 98;

/// Files that begin so are for another program to decompress.
const COMPRESSED: [&[u8]; 4] = [b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"];

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let choices: Vec<u8> = (0..input.below(9)).map(|_| input.byte()).collect();
    let sizes: Vec<u8> = (0..input.below(4)).map(|_| input.byte()).collect();
    let kept = usize::from(input.byte());
    let kept = input.bytes(kept);
    let text = input.0;
    // Blanks in front may be left out.
    let first = text.trim_ascii_start();
    if COMPRESSED.iter().any(|magic| first.starts_with(magic)) {
        return;
    }
    put(FILE, text);
    put(TOTALS, &totals(kept));
    let mut options = Vec::new();
    for choice in choices {
        match choice {
            250.. => options.extend(["--load", "/proc/self/fd/98"]),
            248 | 249 => options.extend(["--merge", "/proc/self/fd/98"]),
            _ => options.extend(OPTIONS[usize::from(choice) % OPTIONS.len()]),
        }
    }
    same_in_pieces(&options, &sizes);
    let total = total(text);
    plain(text, &["--decimal", "--count"], total.as_ref(), &sizes);
    if let Some(separated) = with_commas(text) {
        put(FILE, &separated);
        let options = ["-d", ",", "--decimal", "--count"];
        plain(&separated, &options, total.as_ref(), &sizes);
    }
}

/// The same words with commas between them; `None` if that may not be the same file.
fn with_commas(text: &[u8]) -> Option<Vec<u8>> {
    let is_usual = |&byte: &u8| byte.is_ascii() && !matches!(byte, 0 | b',' | b'"' | b'\r');
    text.iter().all(is_usual).then(|| {
        let lines = text.split(|&byte| byte == b'\n');
        let separated: Vec<Vec<u8>> = lines.map(|line| words(line).join(&b',')).collect();
        separated.join(&b'\n')
    })
}

/// The words of a line, which blanks separate.
fn words(line: &[u8]) -> Vec<&[u8]> {
    line.split(|byte| matches!(byte, b' ' | b'\t'))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Makes these bytes a file with this descriptor.
fn put(descriptor: c_int, bytes: &[u8]) {
    // SAFETY: a name, and descriptors that nothing else has.
    let mut file = unsafe {
        let made = memfd_create(c"input".as_ptr(), 0);
        assert!(made >= 0 && dup2(made, descriptor) == descriptor);
        close(made);
        File::from_raw_fd(descriptor)
    };
    file.write_all(bytes).expect("memory");
    std::mem::forget(file);
}

/// Blocks of kept totals as the program writes them, each sealed, so that what is within is
/// looked at: their lengths are bytes in front of them.
fn totals(kept: &[u8]) -> Vec<u8> {
    let mut input = Input(kept);
    if !input.flag() {
        return kept.to_vec();
    }
    let mut file = Vec::new();
    while !input.is_empty() {
        let length = usize::from(input.byte());
        let block = envelope(input.bytes(length));
        file.extend((block.len() as u64).to_le_bytes());
        file.extend(block);
    }
    file
}

struct Run {
    output: Vec<u8>,
    messages: Vec<u8>,
    status: c_int,
}

fn tally(options: &[&str], sizes: &[u8]) -> Run {
    let words = ["tally"].iter().chain(options).chain(&["/proc/self/fd/97"]);
    let words: Vec<CString> = words
        .map(|word| CString::new(*word).expect("no NUL"))
        .collect();
    let mut arguments: Vec<*mut c_char> =
        words.iter().map(|word| word.as_ptr().cast_mut()).collect();
    arguments.push(std::ptr::null_mut());
    let mut outcome = std::mem::MaybeUninit::uninit();
    // SAFETY: as many arguments as it says, and NULL after them; the texts are as long as
    // they say.
    unsafe {
        let count = words.len() as c_int;
        fuzz_run(
            count,
            arguments.as_mut_ptr(),
            sizes.as_ptr(),
            sizes.len(),
            outcome.as_mut_ptr(),
        );
        let mut outcome = outcome.assume_init();
        let bytes =
            |at: *mut c_char, size| std::slice::from_raw_parts(at.cast::<u8>(), size).to_vec();
        let run = Run {
            output: bytes(outcome.output, outcome.output_size),
            messages: bytes(outcome.messages, outcome.messages_size),
            status: outcome.status,
        };
        assert!(
            outcome.left || outcome.leaked == 0,
            "{} blocks are left of {options:?}",
            outcome.leaked
        );
        fuzz_outcome_free(&mut outcome);
        run
    }
}

fn same_in_pieces(options: &[&str], sizes: &[u8]) {
    let whole = tally(options, &[]);
    assert!((0..=2).contains(&whole.status), "{options:?}");
    let says_why = whole.messages.starts_with(b"tally: ") && whole.messages.ends_with(b"\n");
    assert!(whole.status == 0 || says_why, "{options:?}");
    if sizes.is_empty() {
        return;
    }
    let pieces = tally(options, sizes);
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(
        shown(&pieces.messages),
        shown(&whole.messages),
        "{options:?} {sizes:?}"
    );
    assert_eq!(
        shown(&pieces.output),
        shown(&whole.output),
        "{options:?} {sizes:?}"
    );
    assert_eq!(pieces.status, whole.status, "{options:?} {sizes:?}");
}

/// The first column's total and count as they are written, where words have blanks between
/// them; `None` of a file that should be refused, or that this cannot tell.
fn total(text: &[u8]) -> Option<Meaning> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut meaning = Meaning::default();
    let mut width = 0;
    for line in text.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let words = words(line);
        let Some(first) = words.first() else {
            continue;
        };
        if width != 0 && words.len() != width {
            return None;
        }
        width = words.len();
        if *first != b"NA" {
            tally_decimal::note(&mut meaning, first).ok()?;
        }
    }
    Some(meaning)
}

/// The file's first column has this total; the file is refused if there is none.
fn plain(text: &[u8], options: &[&str], total: Option<&Meaning>, sizes: &[u8]) {
    let run = tally(options, sizes);
    let shown = String::from_utf8_lossy(text);
    match total {
        Some(meaning) => {
            // What is no text at all may be refused.
            if run.status != 0 && (text.contains(&0) || text.contains(&b'\r') || !text.is_ascii()) {
                return;
            }
            let special = meaning.special().expect("nothing is taken out");
            let total = match special {
                Some(special) => special.to_string().to_lowercase(),
                None => meaning.decimal().text(meaning.scale, 1),
            };
            let expected = format!("{total}\t{}\n", meaning.counters[0]);
            assert_eq!(
                String::from_utf8_lossy(&run.output),
                expected,
                "of {shown:?}"
            );
            assert_eq!(run.status, 0, "of {shown:?}");
        }
        // 2 if the file is of another kind, such as saved totals.
        None => assert!(
            matches!(run.status, 1 | 2),
            "{shown:?} is {:?}",
            String::from_utf8_lossy(&run.output)
        ),
    }
}
