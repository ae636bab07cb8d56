"""Runs some of NumPy's own tests with Tally's functions in the place of NumPy's.

    python run_numpy.py RESULTS TEST... [--deselect=TEST]...

TEST is what pytest takes, below NumPy's folder. RESULTS becomes a line of JSON for each
test: its name, its outcome, how many calls Tally answered, and how many went on to NumPy,
by reason.
"""

import json
import sys
from pathlib import Path

import numpy
import pytest

# Before a test takes a function out of NumPy by its name.
import stand_ins

stand_ins.install()
ROOT = Path(numpy.__file__).parent


class Recorder:
    def __init__(self, file):
        self.file = file
        self.outcome = ""

    def pytest_runtest_logstart(self):
        stand_ins.answered.clear()
        stand_ins.passed_on.clear()
        self.outcome = "passed"

    def pytest_runtest_logreport(self, report):
        if report.outcome != "passed":
            self.outcome = report.outcome
            if hasattr(report, "wasxfail"):
                self.outcome = "xfailed"

    def pytest_runtest_logfinish(self, nodeid):
        record = {
            "test": nodeid,
            "outcome": self.outcome,
            "answered": stand_ins.answered.total(),
            "passed_on": dict(stand_ins.passed_on),
        }
        self.file.write(json.dumps(record) + "\n")


def main(results, *tests):
    with open(results, "w") as file:
        arguments = ["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), "--tb=short"]
        arguments += [test if test.startswith("-") else str(ROOT / test) for test in tests]
        return pytest.main(arguments, plugins=[Recorder(file)])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
