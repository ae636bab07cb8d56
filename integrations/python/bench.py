"""Timings of Tally against common libraries: ratios of medians of interleaved runs.

    python bench.py [ROUNDS]

A ratio is Tally's time divided by the other time. Run it on a quiet machine.
"""

import functools
import gc
import math
import os
import platform
import statistics
import sys
import time
from importlib.metadata import version

import numpy as np
import pandas
import pyarrow
import pyarrow.compute
import tally

ROUNDS = 41
# The minimum duration of a measurement in nanoseconds.
ENOUGH = 3_000_000
PACKAGES = ["libtally", "numpy", "pandas", "pyarrow"]


def rows():
    """A task, the other library, the two calls, and the largest acceptable ratio."""
    rng = np.random.default_rng(1)
    few, many = rng.random(10), rng.random(1_000_000)
    listed = few.tolist()
    call = functools.partial
    yield "sum, list of 10", "math.fsum", call(tally.sum, listed), call(math.fsum, listed), 1.3
    yield "sum, array of 10", "numpy.sum", call(tally.sum, few), call(np.sum, few), 0.2
    yield "sum, array of 1e6", "numpy.sum", call(tally.sum, many), call(np.sum, many), 0.7
    for shape in ((1000, 1000), (100_000, 10)):
        table = rng.random(shape, dtype="f4")
        ours, theirs = call(tally.sum, table, axis=0), call(np.sum, table, axis=0)
        name = f"sum, float32 {shape[0]}x{shape[1]}, axis 0"
        yield name, "numpy.sum", ours, theirs, 2.0
    keys = rng.integers(0, 100_000, many.size)
    series, by = pandas.Series(many), pandas.Series(keys)
    ours, theirs = call(tally.group_sum, many, keys), lambda: series.groupby(by).sum()
    yield "group_sum, 1e6 in 1e5", "pandas groupby.sum", ours, theirs, 1.0
    ours, theirs = call(tally.rolling_var, many, 100, ddof=1), lambda: series.rolling(100).var()
    yield "rolling_var, 1e6 by 100", "pandas rolling.var", ours, theirs, 1.0
    for name, mask in (("no nulls", None), ("nulls", rng.random(many.size) < 0.1)):
        column = pyarrow.array(many, mask=mask)
        ours, theirs = call(tally.sum, column), call(pyarrow.compute.sum, column)
        yield f"sum, Arrow 1e6, {name}", "pyarrow.compute.sum", ours, theirs, 1.0


def nanoseconds(work, times):
    """The time of a call, averaged over `times` calls."""
    repeated = range(times)
    start = time.perf_counter_ns()
    for _ in repeated:
        work()
    return (time.perf_counter_ns() - start) / times


def enough(work):
    """How many calls make a measurement."""
    times = 1
    while nanoseconds(work, times) * times < ENOUGH:
        times *= 2
    return times


def measured(ours, theirs, rounds):
    """The medians of both, measured in turns."""
    works = (ours, theirs)
    times = [enough(work) for work in works]
    samples = ([], [])
    for turn in range(rounds):
        for who in (0, 1) if turn % 2 else (1, 0):
            samples[who].append(nanoseconds(works[who], times[who]))
    return map(statistics.median, samples)


def machine():
    """The processor, and how many of them this process may use."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as file:
            fields = dict(line.split(":", 1) for line in file if ":" in line)
        known = {name.strip(): value.strip() for name, value in fields.items()}
        model = known.get("model name", model)
        if "cpu family" in known:
            model += f", family {known['cpu family']} model {known['model']}"
    except OSError:
        pass
    return f"{model}; {len(os.sched_getaffinity(0))} processors"


def readable(time_taken):
    for unit, size in (("ms", 1e6), ("us", 1e3)):
        if time_taken >= size:
            return f"{time_taken / size:.4g} {unit}"
    return f"{time_taken:.4g} ns"


def main(rounds=ROUNDS):
    print(machine())
    print(f"CPython {platform.python_version()},", ", ".join(f"{p} {version(p)}" for p in PACKAGES))
    print(f"{'':32}{'Tally':>10}  {'beside':20}{'':>10}{'ratio':>7}{'goal':>6}")
    gc.disable()
    for name, other, ours, theirs, goal in rows():
        own, their = measured(ours, theirs, int(rounds))
        ratio = own / their
        missed = "" if ratio <= goal else "  missed"
        print(
            f"{name:32}{readable(own):>10}  {other:20}{readable(their):>10}"
            f"{ratio:7.2f}{goal:6.2f}{missed}",
            flush=True,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
