"""Runs the tests: run.py [MODULE ...]. Each module has a process of its own, so
that a crash is one failure."""

import importlib
import os
import subprocess
import sys
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Skipped(Exception):
    """Raised by a test that cannot run here, with the reason."""


def run_module(name):
    # Tests raise the Skipped of this module by its own name, not __main__.
    sys.modules["run"] = sys.modules["__main__"]
    module = importlib.import_module(name)
    failed = 0
    for test, function in list(vars(module).items()):
        if not test.startswith("test_") or not callable(function):
            continue
        label = f"{name.removeprefix('test_')}: {test[5:].replace('_', ' ')}"
        try:
            note = function()
            print(f"ok: {label}" + (f" ({note})" if note else ""))
        except Skipped as why:
            print(f"skipped: {label} ({why})")
        except Exception:
            failed += 1
            print(f"FAILED: {label}")
            traceback.print_exc(limit=-4, file=sys.stdout)
        sys.stdout.flush()
    return failed


def main(arguments):
    if arguments[:1] == ["--module"]:
        return 1 if run_module(arguments[1]) else 0
    try:
        import duckdb
    except ImportError:
        print(f"skipped: duckdb (no module duckdb in {sys.executable}: pip install duckdb)")
        return 0
    print(f"DuckDB {duckdb.__version__}, Python {sys.version.split()[0]}", flush=True)
    modules = arguments or sorted(path.stem for path in HERE.glob("test_*.py"))
    if tuple(map(int, duckdb.__version__.split(".")[:2])) < (1, 4):
        modules = ["old_host"]
    failed = []
    for module in modules:
        command = [sys.executable, __file__, "--module", module]
        status = subprocess.run(command, env=os.environ).returncode
        if status != 0:
            failed.append(module)
        if status < 0:
            print(f"FAILED: {module}: ended by signal {-status}", flush=True)
    if failed:
        print("FAILED: " + " ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
