#!/usr/bin/env python3
"""Sets each condition of the boundary and of the exported functions to true and to false, one
at a time, in a copy of the sources, and sees that a program in C or one of the library's own
tests fails: conditions.py [FILE...]

    FILE      a source, or a part of its path; with none, all of src/api and src/boundary:
              hours
    JOBS=2    two copies side by side, each with half of the conditions

A condition stands on one line, from `if` to `{`; those with a pattern (`if let`) are left out.
The programs are those of c_tests, with the shared library: quickly, and if none of them fails
all of what they do, and the library's test build. tools/conditions.txt has
the changes that nothing notices, each with the reason. The exit status is 0 if there is no
other, and if each of those is still one.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KNOWN = ROOT / "tools/conditions.txt"
SECONDS = 120
FAST = "profile.dev.package.tally-core.opt-level=2"
CC = os.environ.get("CC", "cc")
CARGO = os.environ.get("CARGO", "cargo")
CONDITION = re.compile(r"^(?P<before>.*\bif )(?!let\b)(?P<condition>[^{}]*[^{} ])(?P<after> \{.*)$")
# Programs that find most, before all others; those that take long, after them.
FIRST = ["bad_arguments", "column_messages", "arrow_malformed", "memory", "allocations"]
LAST = ["signals", "stack", "stack_use", "parallel", "overlaps", "guard_pages", "misuse_threads"]
# What another linker or another environment shows; those that need the library's test build.
UNFIT = ["load", "loaded", "no_classic"]
# What is not compiled here.
OF_WINDOWS = ["src/boundary/windows.rs", "src/boundary/threads_windows.rs"]
OF_TEST_BUILD = ["panic_testbuild", "memory_testbuild"]


def conditions(path):
    """The lines of a file, without its tests, that have a condition: number, match."""
    text = path.read_text().split("#[cfg(test)]\nmod ")[0]
    for number, line in enumerate(text.splitlines()):
        found = CONDITION.match(line)
        code = line.strip()
        if found and "let " not in found["condition"] and not code.startswith("//"):
            yield number, found


class Copy:
    """A copy of the sources, and the programs linked with its library."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.known = known()
        self.tree = self.folder / "tree"
        shutil.copytree(ROOT, self.tree, ignore=shutil.ignore_patterns("build", "target", ".git"))
        manifest = self.tree / "Cargo.toml"
        manifest.write_text(re.sub(r"(?m)^crate-type = .*", 'crate-type = ["cdylib"]', manifest.read_text()))
        (self.tree / "build.rs").unlink(missing_ok=True)
        self.library = self.folder / "target/debug/libtally.so"
        self.environment = os.environ | {
            "CARGO_TARGET_DIR": str(self.folder / "target"),
            "TALLY_TEST_QUICK": "1",
            "TALLY_MISUSE_SECONDS": "1",
        }

    def build(self, *options):
        # The arithmetic does not change: it is built once, and the programs are fast.
        command = [CARGO, "build", "-q", "-p", "libtally", "--lib", "--config", FAST, *options]
        done = subprocess.run(command, cwd=self.tree, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode != 0 and "error: could not compile `libtally`" not in done.stderr:
            sys.exit(f"cargo failed, but not because of the change:\n{done.stderr}")
        return done.returncode == 0

    def build_test_build(self):
        target = self.folder / "testbuild"
        return self.build("--features", "test-support", "--target-dir", target)

    def run(self, command, cwd, seconds, environment=None):
        """Whether a command succeeds in that time, or says that it cannot be tried."""
        try:
            done = subprocess.run(
                command, cwd=cwd, env=environment or self.environment, timeout=seconds,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode in (0, 77)

    def link(self):
        """All programs, each with the library as it is when it starts."""
        made = self.folder / "programs"
        made.mkdir()
        subprocess.run(["sh", "c_tests/inclusions.sh", made], cwd=self.tree, check=True)
        self.programs, self.of_test_build, self.longer = [], [], []
        for source in sorted(self.tree.glob("c_tests/*/*.c")):
            if source.parent.name not in ("c", "misuse") or source.stem in UNFIT:
                continue
            program, library, programs = made / source.stem, self.library, self.programs
            if source.stem in OF_TEST_BUILD:
                library, programs = self.folder / "testbuild/debug/libtally.so", self.of_test_build
            subprocess.run(
                [CC, "-std=c11", "-O1", "-w", "-pthread", "-Iinclude", f"-I{made}", "-o", program,
                 source, library, f"-Wl,-rpath,{library.parent}", "-lm"],
                cwd=self.tree, check=True,
            )
            programs.append(program)
            if "is_quick()" in source.read_text():
                self.longer.append(program)
        place = {name: -1 for name in FIRST} | {name: 1 for name in LAST}
        self.programs.sort(key=lambda program: place.get(program.name, 0))

    def catcher(self, takes_time):
        """What fails; a program is tried first the next time. None if all passes."""
        for program in self.programs:
            if not self.run([program], self.folder, SECONDS):
                self.programs.remove(program)
                self.programs.insert(0, program)
                return program.name
        tests = [CARGO, "test", "-q", "-p", "libtally", "--lib", "--config", FAST]
        if not self.run(tests, self.tree, 600):
            return "the library's own tests"
        if not self.build_test_build():
            return "the compiler, of the test build"
        for program in self.of_test_build:
            if not self.run([program], self.folder, SECONDS):
                return program.name
        for program in self.longer if takes_time else []:
            if not self.run_unhurried(program):
                return f"{program.name}, which takes its time"
        return None

    def run_unhurried(self, program):
        hurried = "TALLY_TEST_QUICK"
        environment = {name: value for name, value in self.environment.items() if name != hurried}
        return self.run([program], self.folder, 600, environment)

    def try_all(self, places):
        """Each change, and what caught it."""
        for file, number, found in places:
            path = self.tree / file
            original = path.read_text()
            for value in ("true", "false"):
                lines = original.splitlines(keepends=True)
                # What the condition is about must still be used, or nothing compiles.
                kept = f"({found['condition']}) {'| true' if value == 'true' else '& false'}"
                lines[number] = f"{found['before']}{kept}{found['after']}\n"
                path.write_text("".join(lines))
                change = f"{file}: {found['condition']}: {value}"
                # Of one that is known, what is quick is looked at again.
                caught = self.catcher(change not in self.known) if self.build() else "the compiler"
                yield change, caught
            path.write_text(original)


def known():
    """The changes that nothing notices: each with its reason."""
    rows = {}
    for line in KNOWN.read_text().splitlines():
        if line and not line.startswith("#"):
            change, _, reason = line.partition(" -- ")
            rows[change] = reason
    return rows


def share(places, folder):
    copy = Copy(folder)
    if not (copy.build() and copy.build_test_build()):
        sys.exit("the copy does not build")
    copy.link()
    print(f"{len(copy.programs) + len(copy.of_test_build)} programs on the sources as they are", flush=True)
    programs = copy.programs + copy.of_test_build
    failing = [program.name for program in programs if not copy.run([program], copy.folder, 600)]
    if failing:
        sys.exit(f"these fail without any change: {', '.join(failing)}")
    # Those that measure need a library that is optimised.
    copy.longer = [program for program in copy.longer if copy.run_unhurried(program)]
    survivors = []
    for change, caught in copy.try_all(places):
        print(f"caught: {change}, by {caught}" if caught else f"survives: {change}", flush=True)
        if caught is None:
            survivors.append(change)
    return survivors


def main():
    wanted = sys.argv[1:]
    sources = sorted([*ROOT.glob("src/api/**/*.rs"), *ROOT.glob("src/boundary/**/*.rs")])
    sources = [source for source in sources if not source.stem.startswith("test")
               and str(source.relative_to(ROOT)) not in OF_WINDOWS]
    places = [
        (str(source.relative_to(ROOT)), number, found)
        for source in sources
        if not wanted or any(part in str(source) for part in wanted)
        for number, found in conditions(source)
    ]
    jobs = int(os.environ.get("JOBS", "1"))
    with tempfile.TemporaryDirectory(prefix="tally-conditions.") as folder:
        with ThreadPoolExecutor(jobs) as pool:
            parts = [(places[job::jobs], f"{folder}/{job}") for job in range(jobs)]
            survivors = [one for part in pool.map(lambda part: share(*part), parts) for one in part]
    rows = known()
    files = {file for file, _, _ in places}
    fresh = [change for change in survivors if change not in rows]
    stale = [row for row in rows if row.split(": ")[0] in files and row not in survivors]
    for change in fresh:
        print(f"FAILED: nothing notices {change}")
    for row in stale:
        print(f"FAILED: {row} is noticed, or no longer there: tools/conditions.txt")
    print(f"{2 * len(places)} changes, {len(survivors)} of them known to change nothing that is seen"
          if not fresh else f"{2 * len(places)} changes, {len(fresh)} survive")
    return 1 if fresh or stale else 0


if __name__ == "__main__":
    sys.exit(main())
