"""Times Python's libraries for another program, which asks by lines on stdin.

versions              what is installed, and what is not
load NAME TYPE COUNT  a column: COUNT elements follow, as bytes; TYPE is numpy's letter
work WHAT NUMBER...   who does that with the columns that are loaded
answer PLACE          of one of these, counted from 0, how many results there are; then
                      they follow, as doubles
time PLACE TIMES      nanoseconds for so many times

The argument is a number of threads. With 1 the time is the processor's, and
otherwise that on the wall.
"""

import array
import functools
import importlib
import itertools
import math
import os
import sys
import time
import warnings

THREADS = sys.argv[1]
CLOCK = time.process_time_ns if THREADS == "1" else time.perf_counter_ns

# Polars looks at it when it is imported.
os.environ["POLARS_MAX_THREADS"] = THREADS
warnings.simplefilter("ignore")


def module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


# All others have their columns from numpy.
numpy = module("numpy")
pandas = numpy and module("pandas")
polars = numpy and module("polars")
bottleneck = numpy and module("bottleneck")
pyarrow = numpy and module("pyarrow")
arrow_compute = pyarrow and module("pyarrow.compute")
MODULES = {
    "numpy": numpy,
    "pandas": pandas,
    "polars": polars,
    "bottleneck": bottleneck,
    "pyarrow": pyarrow,
}
POLARS = "polars" if THREADS == "1" else "polars on " + THREADS

COLUMNS = {}
# Of each a name, the work, and what makes doubles of its result.
LANES = []


def doubles(result):
    """A number or a column of them. What is missing is NaN."""
    if numpy:
        return numpy.asarray(result, "d").ravel()
    return array.array("d", [result])


def lane(name, work, read=doubles):
    LANES.append((name, work, read))


def plain_sum():
    values = COLUMNS["values"]
    lane("math.fsum", functools.partial(math.fsum, values.tolist()))
    if numpy:
        lane("numpy.sum", functools.partial(numpy.sum, values))


def present_sum():
    """Of the values whose flags are not 0."""
    values, present = COLUMNS["values"], COLUMNS["present"] != 0
    if pandas:
        masked = pandas.arrays.FloatingArray(values, ~present)
        lane("pandas", pandas.Series(masked).sum)
    if polars:
        some = polars.when(polars.Series(present)).then(polars.Series(values))
        lane(POLARS, polars.select(some).to_series().sum)
    if pyarrow:
        some = pyarrow.array(values, mask=~present)
        work = functools.partial(arrow_compute.sum, some)
        lane("pyarrow", work, lambda total: doubles(total.as_py()))


def nan_sum():
    """Of the values that are not NaN."""
    values = COLUMNS["values"]
    lane("numpy", functools.partial(numpy.nansum, values))
    if pandas:
        lane("pandas", pandas.Series(values).sum)
    if bottleneck:
        lane("bottleneck", functools.partial(bottleneck.nansum, values))


def integer_sum():
    values = COLUMNS["values"]
    lane("numpy", functools.partial(numpy.sum, values, dtype=numpy.int64))
    if polars:
        lane(POLARS, polars.Series(values).sum)
    if pyarrow:
        work = functools.partial(arrow_compute.sum, pyarrow.array(values))
        lane("pyarrow", work, lambda total: doubles(total.as_py()))


def numpy_group_sum(values, groups, count):
    return numpy.bincount(groups, values, count)


def numpy_group_var(values, groups, count):
    counts = numpy.bincount(groups, minlength=count)
    means = numpy.bincount(groups, values, count) / counts
    distances = values - means[groups]
    squares = numpy.bincount(groups, distances * distances, count)
    return squares / numpy.where(counts > 1, counts - 1, math.nan)


def group(what, nothing, count):
    """Groups without rows are left out by most: those have `nothing`."""
    values = COLUMNS["values"]
    # What bincount wants: it would convert others in each call.
    groups = COLUMNS["groups"].astype(numpy.intp)
    count = int(count)

    def placed(where, results):
        places = numpy.full(count, nothing)
        places[numpy.asarray(where)] = doubles(results)
        return places

    by_count = {"sum": numpy_group_sum, "var": numpy_group_var}[what]
    lane("numpy", functools.partial(by_count, values, groups, count))
    if pandas:
        series = pandas.Series(values)
        keys = pandas.Series(groups)
        codes = pandas.Categorical.from_codes(groups, range(count))

        def by_key():
            return getattr(series.groupby(keys, sort=False), what)()

        def by_code():
            return getattr(series.groupby(codes, observed=False), what)()

        lane("pandas", by_key, lambda found: placed(found.index, found))
        lane("pandas codes", by_code, lambda found: placed(found.index, found))
    if polars:
        frame = polars.DataFrame({"group": COLUMNS["groups"], "value": values})
        wanted = getattr(polars.col("value"), what)()

        def by_frame():
            return frame.group_by("group").agg(wanted)

        lane(POLARS, by_frame, lambda found: placed(found["group"], found["value"]))


def rolling(what, window):
    """Of each window of so many rows, and of fewer at the start."""
    values, window = COLUMNS["values"], int(window)
    if pandas:
        series = pandas.Series(values)

        def by_series():
            return getattr(series.rolling(window, min_periods=1), what)()

        lane("pandas", by_series)
    if polars:
        work = getattr(polars.Series(values), "rolling_" + what)
        lane(POLARS, functools.partial(work, window, min_samples=1))
    if bottleneck:
        work = getattr(bottleneck, "move_" + what)
        options = {"ddof": 1} if what == "var" else {}
        work = functools.partial(work, values, window, min_count=1, **options)
        lane("bottleneck", work)


def cumulative_sum():
    values = COLUMNS["values"]
    results = numpy.empty(len(values))
    lane("numpy", functools.partial(numpy.cumsum, values, out=results))
    if pandas:
        lane("pandas", pandas.Series(values).cumsum)
    if polars:
        lane(POLARS, polars.Series(values).cum_sum)


def axis_sum(columns, axis):
    """Of a matrix of so many columns."""
    matrix = COLUMNS["values"].reshape(-1, int(columns))
    axis = int(axis)
    results = numpy.empty(matrix.shape[1 - axis])
    options = {"axis": axis, "dtype": "d", "out": results}
    lane("numpy", functools.partial(numpy.sum, matrix, **options))
    # Sums of floats that are floats themselves.
    suffix = " f32" if matrix.dtype == "f" else ""
    if suffix:
        results = numpy.empty(matrix.shape[1 - axis], "f")
        options = {"axis": axis, "out": results}
        lane("numpy f32", functools.partial(numpy.sum, matrix, **options))
    if bottleneck:
        lane("bottleneck" + suffix, functools.partial(bottleneck.nansum, matrix, axis))


WORKS = {"sum": plain_sum}
if numpy:
    WORKS |= {
        "present_sum": present_sum,
        "nan_sum": nan_sum,
        "integer_sum": integer_sum,
        "group_sum": functools.partial(group, "sum", 0.0),
        "group_variance": functools.partial(group, "var", math.nan),
        "rolling_sum": functools.partial(rolling, "sum"),
        "rolling_mean": functools.partial(rolling, "mean"),
        "rolling_variance": functools.partial(rolling, "var"),
        "cumulative_sum": cumulative_sum,
        "axis_sum": axis_sum,
    }


def versions():
    there = ["Python " + sys.version.split()[0]]
    there += [f"{name} {found.__version__}" for name, found in MODULES.items() if found]
    absent = [name for name, found in MODULES.items() if not found]
    return ", ".join(there) + "\t" + ", ".join(absent)


def load(letter, count):
    data = array.array(letter)
    data.frombytes(sys.stdin.buffer.read(data.itemsize * count))
    if not numpy:
        return data
    # At the beginning of a cache line, as the others have theirs.
    room = numpy.empty(count + 64, letter)
    skip = -room.ctypes.data % 64 // room.itemsize
    column = room[skip : skip + count]
    column[:] = data
    return column


def measure(work, times):
    start = CLOCK()
    for _ in itertools.repeat(None, times):
        work()
    return CLOCK() - start


def reply(line):
    sys.stdout.buffer.write(f"{line}\n".encode())


def main():
    for line in iter(sys.stdin.buffer.readline, b""):
        command, *words = line.decode().split()
        if command == "versions":
            reply(versions())
        elif command == "load":
            COLUMNS[words[0]] = load(words[1], int(words[2]))
            reply("loaded")
        elif command == "work":
            LANES.clear()
            if words[0] in WORKS:
                WORKS[words[0]](*words[1:])
            reply("\t".join(name for name, _, _ in LANES))
        elif command == "answer":
            _, work, read = LANES[int(words[0])]
            results = read(work())
            reply(len(results))
            sys.stdout.buffer.write(results.tobytes())
        elif command == "time":
            reply(measure(LANES[int(words[0])][1], int(words[1])))
        sys.stdout.buffer.flush()


main()
