"""Runs the tests: all, or those whose names are given.

Each prints one line, and the program's status is 1 if any has failed.
"""

import sys
import time
import traceback

import test_extension
import test_limits
import test_parallel
import test_states
import test_totals
import test_windows

MODULES = (test_totals, test_windows, test_states, test_parallel, test_limits,
           test_extension)


def main():
    failed = False
    ran = set()
    for module in MODULES:
        for name, test in vars(module).items():
            if not name.startswith("test_") or not callable(test):
                continue
            name = name.removeprefix("test_")
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            ran.add(name)
            start = time.monotonic()
            try:
                note = test()
            except Exception:
                traceback.print_exc(file=sys.stdout)
                print(f"FAILED: {name}", flush=True)
                failed = True
            else:
                note = f": {note}" if note else ""
                seconds = time.monotonic() - start
                print(f"ok: {name}{note} ({seconds:.1f} s)", flush=True)
    for name in sys.argv[1:]:
        if name not in ran:
            print(f"FAILED: there is no test {name}")
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
