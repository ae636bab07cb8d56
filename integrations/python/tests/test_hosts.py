"""NumPy's and CPython's own tests, with Tally's functions in the place of theirs.

`hosts/numpy.toml` and `hosts/cpython.toml` name the tests that run, and those that are left
out, with the reason. Both must be complete: a test that fails and is not listed fails here,
and so does one that is listed and passes.
"""

import collections
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
import tally

HOSTS = Path(__file__).parent / "hosts"
NUMPY = tomllib.loads((HOSTS / "numpy.toml").read_text())
CPYTHON = tomllib.loads((HOSTS / "cpython.toml").read_text())


def run(command, results, **environment):
    """The records that one of the programs in `hosts` writes, by test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    process = subprocess.run(
        command,
        env={**kept, **environment},
        cwd=results.parent,
        capture_output=True,
        text=True,
        timeout=600,
    )
    # 1: some of the tests failed. Anything else is a crash, or a bad argument.
    assert process.returncode in (0, 1), process.stdout[-5000:] + process.stderr[-5000:]
    assert results.exists(), process.stdout + process.stderr
    records = [json.loads(line) for line in results.read_text().splitlines()]
    assert records, process.stdout[-5000:] + process.stderr[-5000:]
    return {record["test"]: record for record in records}


def kind_of(record):
    """What became of a test: it skipped itself, Tally is right, differs, or was not asked."""
    if record["outcome"] == "skipped":
        return "skipped"
    if not record["answered"]:
        return "theirs" if record["passed_on"] else "without"
    return {"failed": "differs"}.get(record["outcome"], "passed")


def chosen(groups, tests):
    """What the programs are told to run."""
    return [*tests, *(f"--deselect={test}" for group in groups["unrun"] for test in group["tests"])]


def expected(groups, tests):
    """Of each listed test its kind and reason; `*` in a name stands for anything."""
    found, unknown = {}, []
    for kind in ("differs", "theirs"):
        for group in groups.get(kind, []):
            for pattern in group["tests"]:
                form = re.compile(".*".join(map(re.escape, pattern.split("*"))))
                names = [name for name in tests if form.fullmatch(name)]
                if not names:
                    unknown.append(f"{pattern}: there is no such test")
                for name in names:
                    if name in found:
                        unknown.append(f"{pattern}: {name} is listed twice")
                    found[name] = (kind, group["why"])
    return found, unknown


def compare(groups, records):
    """What the table says and is not so, one a line."""
    listed, wrong = expected(groups, records)
    for name, record in records.items():
        kind, (said, why) = kind_of(record), listed.get(name, ("passed", ""))
        if kind == "skipped":
            continue
        if record["outcome"] == "failed" and kind != "differs":
            wrong.append(f"{name}: fails, and no call is Tally's")
        elif kind in ("passed", "without") and said != "passed":
            wrong.append(f"{name}: is listed ({why}), and passes")
        elif kind == "differs" and said != "differs":
            wrong.append(f"{name}: fails, and is not listed: {record.get('note', '')}")
        elif kind == "theirs" and said != "theirs":
            wrong.append(f"{name}: no call is Tally's, and it is not listed: {record['passed_on']}")
        elif kind == "theirs" and why not in record["passed_on"]:
            wrong.append(f"{name}: is listed ({why}); in truth {record['passed_on']}")
    return wrong


def counted(records):
    """How many tests there are of each kind."""
    return collections.Counter(map(kind_of, records.values()))


def test_numpys_own_tests(tmp_path):
    if not np.__version__.startswith(NUMPY["version"] + "."):
        pytest.skip(f"the table is of NumPy {NUMPY['version']}, and this is {np.__version__}")
    results = tmp_path / "results"
    tests = [f"{file}::{test}" for file, tests in NUMPY["tests"].items() for test in tests]
    command = [sys.executable, HOSTS / "run_numpy.py", results, *chosen(NUMPY, tests)]
    records = run(command, results)
    wrong = compare(NUMPY, records)
    assert not wrong, "\n".join(wrong)
    assert counted(records)["passed"] >= NUMPY["passed"]


def python_of(version):
    """A CPython of that version with its own tests, or None."""
    if version == OWN_VERSION:
        places = [sys.executable]
    else:
        root = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
        installed = glob.glob(f"{root}/versions/{version}.*/bin/python")
        places = [shutil.which(f"python{version}"), *installed]
    for place in filter(None, places):
        command = [place, "-c", "import test.test_math, test.test_statistics"]
        if subprocess.run(command, capture_output=True).returncode == 0:
            return place
    return None


OWN_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


# Newer ones have tests that this one lacks, of math.sumprod among them.
@pytest.mark.parametrize("version", sorted({OWN_VERSION, *CPYTHON["versions"]}))
def test_cpythons_own_tests(version, tmp_path):
    if version not in CPYTHON["versions"]:
        pytest.skip(f"the table is not of CPython {version}")
    python = python_of(version)
    if python is None:
        pytest.skip(f"CPython {version} is not here, or comes without its tests")
    # The package alone, so that another Python finds none of this one's.
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "tally").symlink_to(Path(tally.__file__).parent)
    results = tmp_path / "results"
    command = [python, HOSTS / "run_cpython.py", results, *chosen(CPYTHON, CPYTHON["tests"])]
    records = run(command, results, PYTHONPATH=str(packages))
    wrong = compare(of_version(CPYTHON, version), records)
    assert not wrong, "\n".join(wrong)
    assert counted(records)["passed"] >= CPYTHON["versions"][version]


def of_version(groups, version):
    """The table without the rows that are of other versions."""
    kept = {}
    for kind in ("differs", "theirs"):
        kept[kind] = [
            group for group in groups.get(kind, []) if version in group.get("versions", [version])
        ]
    return kept


def record(test, outcome="passed", answered=1, **passed_on):
    return {"test": test, "outcome": outcome, "answered": answered, "passed_on": passed_on}


def test_a_table_that_is_not_so_is_found():
    groups = {
        "differs": [{"why": "rounding", "tests": ["a::differs[*", "a::gone"]}],
        "theirs": [{"why": "complex", "tests": ["a::theirs*"]}],
    }
    right = [record("a::passes"), record("a::differs[1]", "failed"), record("a::skip", "skipped")]
    right += [record("a::theirs", answered=0, complex=1), record("a::without", answered=0)]
    wrong = [
        record("a::differs[2]"),
        record("a::fails", "failed"),
        record("a::fails without a call", "failed", 0),
        record("a::theirs, and listed with another reason", answered=0, objects=1),
        record("a::theirs, but answered"),
        record("a::other's", answered=0, complex=1),
    ]
    found = compare(groups, {each["test"]: each for each in right + wrong})
    assert len(found) == len(wrong) + 1
    assert all(any(line.startswith(each["test"]) for line in found) for each in wrong)
    assert "a::gone: there is no such test" in found
