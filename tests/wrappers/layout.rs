//! Rust's types against those of the C compiler, which is asked itself. `CC`
//! names it; without one these tests fail.

use std::fmt::Write;
use std::mem::offset_of;
use std::path::{Path, PathBuf};
use std::process::Command;

use tally::api::accumulator::tally_accumulator;
use tally::boundary::status::tally_status;
use tally::wrappers::primitives::{Kind, PRIMITIVES};
use tally::wrappers::records::CStruct;

/// Compiles and runs a C program, and gives the lines that it prints.
fn lines_from_c(source: &Path) -> Vec<String> {
    let name = source.file_stem().expect("the source has a name");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // As make has it: a command, perhaps with options.
    let command = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let mut words = command.split_whitespace();
    let compiler = words.next().expect("CC names a compiler");
    let compiled = Command::new(compiler)
        .args(words)
        // The compiler of a 64-bit machine, asked for the programs of these tests.
        .args(cfg!(target_arch = "x86").then_some("-m32"))
        .args(["-std=c11", "-I"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/include"))
        .arg("-o")
        .args([&program, source])
        .output()
        .unwrap_or_else(|error| panic!("cannot run the C compiler {compiler:?}: {error}"));
    let messages = String::from_utf8_lossy(&compiled.stderr);
    assert!(
        compiled.status.success(),
        "{}: {messages}",
        source.display()
    );
    let output = Command::new(&program).output().expect("the program runs");
    assert!(output.status.success(), "{}", program.display());
    let text = String::from_utf8(output.stdout).expect("it prints ASCII");
    text.lines().map(String::from).collect()
}

/// A program that prints the size, the alignment and the kind of each type.
fn program_for_primitives() -> String {
    let mut program = String::from(
        "#include <stddef.h>\n#include <stdint.h>\n#include <stdio.h>\n\
         #define NUMBER(T) ((T)0.5 == 0.5 ? \"Float\" : (T)2 == 1 ? \"Boolean\" \\\n    \
         : (T)-1 < (T)1 ? \"Signed\" : \"Unsigned\")\n\
         #define SHOW(T, kind) printf(\"%zu %zu %s\\n\", sizeof(T), _Alignof(T), kind)\n\
         int main(void)\n{\n",
    );
    for primitive in PRIMITIVES {
        let c = primitive.c;
        // A pointer is of no kind that arithmetic could tell.
        let line = match primitive.kind {
            Kind::Pointer => format!("    SHOW({c}, \"Pointer\");"),
            _ => format!("    SHOW({c}, NUMBER({c}));"),
        };
        writeln!(program, "{line}").expect("a string takes all");
    }
    program + "    return 0;\n}\n"
}

#[test]
fn every_primitive_type_is_as_the_c_compiler_has_it() {
    let source = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("primitives.c");
    std::fs::write(&source, program_for_primitives()).expect("the folder can be written to");
    let lines = lines_from_c(&source);
    assert_eq!(lines.len(), PRIMITIVES.len());
    for (primitive, in_c) in PRIMITIVES.iter().zip(lines) {
        let (size, alignment) = (primitive.size, primitive.alignment);
        let in_rust = format!("{size} {alignment} {:?}", primitive.kind);
        assert_eq!(in_rust, in_c, "{} and {}", primitive.rust, primitive.c);
    }
}

#[test]
fn every_struct_is_as_the_header_declares_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrappers/layout.c");
    let in_rust = [
        ("tally_record", size_of::<CStruct>()),
        ("tally_record alignment", align_of::<CStruct>()),
        ("id", offset_of!(CStruct, id)),
        ("name", offset_of!(CStruct, name)),
        ("value", offset_of!(CStruct, value)),
        ("tally_accumulator", size_of::<tally_accumulator>()),
        (
            "tally_accumulator alignment",
            align_of::<tally_accumulator>(),
        ),
        ("tally_status", size_of::<tally_status>()),
    ];
    let in_rust = in_rust.map(|(name, size)| format!("{name} {size}"));
    assert_eq!(lines_from_c(&source), in_rust);
}
