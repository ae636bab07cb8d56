"""run.py tally.so FILE...: the tests of the files, in each SQLite of this Python."""

import importlib
import pathlib
import sys

import check

sys.dont_write_bytecode = True
for name in sys.argv[2:]:
    importlib.import_module(pathlib.Path(name).stem)
sys.exit(check.run_all(pathlib.Path(sys.argv[1]).resolve()) > 0)
