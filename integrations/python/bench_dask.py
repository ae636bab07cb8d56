"""Timings of tally.dask against Dask's own reductions: ratios of medians of interleaved runs.

    python bench_dask.py [VALUES [ROUNDS]]

The ratios are Tally's time divided by Dask's, with the threaded scheduler: of wall-clock time, and
of CPU time, which other programs disturb less. The values are already in memory: 8 bytes each, by
default 1e8 of them.
"""

import sys
import time
from importlib.metadata import version

import dask
import dask.array as da
import dask.dataframe as dd
import numpy as np
import pandas
import tally.dask
from bench import machine

VALUES = int(float(sys.argv[1])) if len(sys.argv) > 1 else 100_000_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
CHUNKS = 64
PACKAGES = ["libtally", "dask", "numpy", "pandas"]


def arrays():
    """A task, Tally's call, Dask's own, and the largest acceptable ratio."""
    width = 1000
    height = VALUES // width
    chunks = (-(-height // CHUNKS), width)
    x = da.random.default_rng(1).random((height, width), chunks=chunks)
    (x,) = dask.persist(x)
    flat = x.ravel()
    for name in ("sum", "mean", "var", "std"):
        yield name, getattr(tally.dask, name)(x), getattr(x, name)(), 2.0
    yield "dot", tally.dask.dot(flat, flat), da.dot(flat, flat), 2.0
    for axis in (0, 1):
        yield f"sum, axis {axis}", tally.dask.sum(x, axis), x.sum(axis), None
    yield "var, axis 0", tally.dask.var(x, 0), x.var(0), None


def groups():
    rows = VALUES // 10
    for count in (1000, rows // 100):
        rng = np.random.default_rng(2)
        frame = pandas.DataFrame({"key": rng.integers(0, count, rows), "x": rng.random(rows)})
        grouped = dd.from_pandas(frame, npartitions=CHUNKS // 8).groupby("key")["x"]
        for name in ("sum", "mean", "var"):
            ours = getattr(tally.dask, f"group_{name}")()
            yield f"{name}, {rows:.0e} rows in {count}", grouped.agg(ours), grouped.agg(name), None


def seconds(lazy):
    """Wall-clock time and CPU time."""
    start = np.array([time.perf_counter(), time.process_time()])
    lazy.compute(scheduler="threads")
    return np.array([time.perf_counter(), time.process_time()]) - start


def main():
    print(machine())
    print(", ".join(f"{package} {version(package)}" for package in PACKAGES))
    print(f"{'':32}{'Tally':>9}{'Dask':>9}{'ratio':>7}{'CPU':>7}{'goal':>6}")
    for questions in (arrays, groups):
        for name, ours, theirs, goal in questions():
            samples = ([], [])
            for turn in range(ROUNDS):
                for who in (0, 1) if turn % 2 else (1, 0):
                    samples[who].append(seconds((ours, theirs)[who]))
            own, their = (np.median(sample, axis=0) for sample in samples)
            ratio, of_processors = own / their
            missed = "  missed" if goal and ratio > goal else ""
            print(
                f"{name:32}{own[0]:7.3f} s{their[0]:7.3f} s{ratio:7.2f}{of_processors:7.2f}"
                f"{goal or '':>6}{missed}",
                flush=True,
            )


if __name__ == "__main__":
    main()
