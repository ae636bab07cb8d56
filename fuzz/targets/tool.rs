//! A file for the `tally` program, and its options. The bytes are the options, the sizes in
//! which the file is read, totals that were kept, and the file.
//!
//! The program runs in this process. Where the reads end does not matter: what it prints,
//! says and returns is the same. A run that comes to its end has given back all memory.
//! Of plain files it prints what a few lines of Rust find, in one file, in two, from standard
//! input, and by way of saved totals; what it refuses is no such file. The same words, written
//! with quotes, commas, currencies or a header, and other statistics of them, are the questions
//! of `tables.rs`.

use std::ffi::{CString, c_char, c_int};
use std::fs::File;
use std::io::Write;
use std::os::fd::FromRawFd;

use tally::api::decimal::tally_decimal;

use crate::input::Input;
use crate::load::envelope;
use crate::meaning::Meaning;
use crate::tables::{self, Answer, Question, Row};
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
    fn lseek(descriptor: c_int, offset: i64, from: c_int) -> i64;
}

/// Options that need no other to make sense; a file of totals is one of them.
const OPTIONS: [&[&str]; 54] = [
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
    &["--thousands", "space"],
    &["--times", "1"],
    &["--round", "half-even"],
    &["--round", "down"],
    &["--round", "up"],
    &["--round", "ceiling"],
];

/// Where the file, another one and the kept totals are.
const FILE: c_int = 97;
const SECOND: c_int = 96;
const TOTALS: c_int = 98;
const PATHS: [&str; 2] = ["/proc/self/fd/97", "/proc/self/fd/96"];

/// Files that begin so are for another program to decompress.
const COMPRESSED: [&[u8]; 4] = [b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"];

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let choices: Vec<u8> = (0..input.below(9)).map(|_| input.byte()).collect();
    let sizes: Vec<u8> = (0..input.below(4)).map(|_| input.byte()).collect();
    let mut asked = Input(input.bytes(8));
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
    plain(text, total.as_ref(), &sizes);
    if let Some(rows) = tables::rows(text) {
        in_parts(&rows, &mut asked, &sizes);
        for _ in 0..2 {
            if let Some(question) = tables::question(&rows, &mut asked) {
                answered(&question, &sizes);
            }
        }
    }
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

/// The program with these options, for the file.
fn tally(options: &[&str], sizes: &[u8]) -> Run {
    run_program(&[options, &PATHS[..1]].concat(), sizes)
}

fn run_program(words: &[&str], sizes: &[u8]) -> Run {
    let options = words;
    let words = ["tally"].iter().chain(words);
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
        let words = tables::words(line);
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
fn plain(text: &[u8], total: Option<&Meaning>, sizes: &[u8]) {
    let run = tally(&["--decimal", "--count"], sizes);
    let shown = String::from_utf8_lossy(text);
    match total {
        Some(meaning) => {
            // What is no text at all may be refused.
            if run.status != 0 && (text.contains(&0) || text.contains(&b'\r') || !text.is_ascii()) {
                return;
            }
            let total = meaning.decimal().text(meaning.scale, 1);
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

/// What the program must print of a file.
fn answered(question: &Question, sizes: &[u8]) {
    put(FILE, &question.file);
    // Small pieces of a large file take their time.
    let sizes = if question.file.len() < 10_000 {
        sizes
    } else {
        &[]
    };
    let options: Vec<_> = question.options.iter().map(String::as_str).collect();
    agrees(&tally(&options, sizes), &question.answer, &|| {
        format!(
            "{options:?} of {:?}",
            String::from_utf8_lossy(&question.file)
        )
    });
}

fn agrees(run: &Run, answer: &Answer, name: &dyn Fn() -> String) {
    let output = String::from_utf8_lossy(&run.output);
    let messages = String::from_utf8_lossy(&run.messages);
    let status = match answer {
        Answer::Refused => 1,
        Answer::Printed(_) | Answer::Doubles(_) => 0,
    };
    assert_eq!(run.status, status, "{}: {output}{messages}", name());
    match answer {
        Answer::Refused => assert_eq!(output, "", "{}", name()),
        Answer::Printed(text) => assert_eq!(output, *text, "{}", name()),
        Answer::Doubles(values) => {
            let found: Vec<Option<f64>> = output
                .trim_end()
                .split('\t')
                .map(|text| (text != "NA").then(|| text.parse().expect("a number")))
                .collect();
            assert_eq!(found, *values, "{}", name());
        }
    }
}

/// The first column's total of two files, of one file and standard input, and of the totals
/// of both that were saved.
fn in_parts(rows: &[Row<'_>], input: &mut Input<'_>, sizes: &[u8]) {
    let way = input.byte() % 3;
    let parts = rows.split_at(1 + usize::from(input.byte()) % rows.len());
    if parts.1.is_empty() {
        return;
    }
    let statistics = ["--decimal", "--count"];
    let answer = tables::total(rows);
    put(FILE, &tables::plain_file(parts.0));
    put(SECOND, &tables::plain_file(parts.1));
    let run = match way {
        0 => run_program(&[&statistics[..], &PATHS].concat(), sizes),
        1 => {
            // SAFETY: descriptors of this process; standard input is read by nothing else.
            unsafe {
                assert_eq!(dup2(SECOND, 0), 0);
                assert_eq!(lseek(0, 0, 0), 0);
            }
            run_program(&[&statistics[..], &PATHS[..1], &["-"]].concat(), sizes)
        }
        _ => {
            let Some(saved) = saved(&statistics, sizes) else {
                assert!(matches!(answer, Answer::Refused));
                return;
            };
            run_program(&["--merge", saved[0].path(), saved[1].path()], sizes)
        }
    };
    agrees(&run, &answer, &|| {
        format!("{way} {statistics:?} of {parts:?}")
    });
}

/// A file that is removed.
struct Kept(String);

impl Kept {
    fn path(&self) -> &str {
        &self.0
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // It may not be there: the program failed.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The totals of both files, each in one of its own; `None` if one is refused.
fn saved(statistics: &[&str], sizes: &[u8]) -> Option<[Kept; 2]> {
    let files = PATHS.map(|path| {
        let kept = std::env::temp_dir().join(format!(
            "tally-fuzz-{}-{}",
            std::process::id(),
            &path[path.len() - 2..]
        ));
        let kept = Kept(kept.to_str().expect("UTF-8").to_owned());
        let run = run_program(
            &[statistics, &["--save", kept.path(), path]].concat(),
            sizes,
        );
        assert_eq!(std::fs::exists(kept.path()).ok(), Some(run.status == 0));
        (run.status == 0).then_some(kept)
    });
    match files {
        [Some(first), Some(second)] => Some([first, second]),
        _ => None,
    }
}
