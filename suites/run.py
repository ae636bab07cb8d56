"""Runs a suite from a folder: run.py LIBRARY SUITE FOLDER. README.md names the suites."""

import importlib
import sys
from pathlib import Path

from library import Library
from report import Report

SUITES = {
    "sum-precise": "sum_precise",
    "xsum": "xsum_check",
    "number-texts": "number_texts",
    "dectest": "dectest",
    "strd": "strd",
}


def main(library, suite, folder):
    report = Report()
    runner = importlib.import_module(SUITES[suite])
    if not Path(folder).is_dir():
        sys.exit(f"{folder}: no such folder")
    runner.run(Library(library), Path(folder), report)
    return 0 if report.show(suite) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
