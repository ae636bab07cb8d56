"""Aggregations of groups: each partition becomes a column of states, as bytes."""

from functools import partial

import numpy as np

import tally

from .._merging import merged


def numbered(grouped):
    """The groups of a pandas SeriesGroupBy: their labels, and for each row the position of its
    group among them, or -1 if it has no group."""
    labels = grouped.size().index
    places = grouped.ngroup().to_numpy()
    if places.dtype.kind == "f":
        places = np.where(np.isnan(places), -1, places).astype(np.int64)
    return labels, places


def column(states, labels):
    """States as a Series: of Arrow's binary type, which takes the least time and memory."""
    import pandas
    import pyarrow

    array = pyarrow.array(states, pyarrow.large_binary())
    return pandas.Series(pandas.arrays.ArrowExtensionArray(array), index=labels)


def chunk(grouped, *, kind, skipna, tells_integers):
    """The states of the groups of a partition."""
    labels, places = numbered(grouped)
    values = grouped.obj
    there = None if len(places) == 0 or places.min() >= 0 else places >= 0
    options = {"kind": kind, "group_count": len(labels), "where": there, "skipna": skipna}
    states = column(tally.group_states(values, places, **options), labels)
    if not tells_integers:
        return states
    # The dtype of the results: states do not tell integers from floats.
    return states, states.isna() | (values.dtype.kind in "biu")


def agg(grouped, integers=None):
    """The states of several partitions, merged."""
    import pyarrow

    labels, places = numbered(grouped)
    states = pyarrow.array(grouped.obj, from_pandas=True).to_pylist()

    def label(index):
        return repr(grouped.obj.index[[index]].tolist()[0])

    total = column(merged(states, places, len(labels), "group", label), labels)
    return total if integers is None else (total, integers.all())


def finalize(states, integers=None, *, statistic, ddof, min_count):
    """The results, from the states."""
    import pandas
    import pyarrow

    parts = pyarrow.array(states, from_pandas=True).to_pylist()
    if integers is not None and integers.all():
        values = tally.state_values(parts, integers=True)
    else:
        values = tally.state_values(parts, statistic, ddof=ddof, min_count=min_count)
    return pandas.Series(values, index=states.index)


def aggregation(statistic, *, skipna, min_count, ddof=0):
    from dask.dataframe import Aggregation

    # state_values() checks these arguments.
    tally.state_values([], statistic, ddof=ddof, min_count=min_count)
    given = {"ddof": ddof, "skipna": skipna, "min_count": min_count}
    options = ", ".join(f"{name}={value}" for name, value in given.items() if value)
    tells_integers = statistic == "sum" and min_count == 0
    kind = "sum" if statistic in ("sum", "mean") else "moments"
    return Aggregation(
        # Dask tells the aggregations of a column apart by their names.
        name=f"tally_{statistic}({options})" if options else f"tally_{statistic}",
        chunk=partial(chunk, kind=kind, skipna=skipna, tells_integers=tells_integers),
        agg=agg,
        finalize=partial(finalize, statistic=statistic, ddof=ddof, min_count=min_count),
    )


def group_sum(*, skipna=False, min_count=0):
    """Returns a dd.Aggregation: the exact sum of each group, rounded once.

    Pass it to agg() of a grouped dask data frame. A column of integers gives int64, any other
    column of numbers float64. Nulls are left out; `skipna` leaves NaN out too. The result of a
    group of fewer than `min_count` values is NaN; with `min_count` the results are always
    float64.

    >>> import dask.dataframe as dd
    >>> import pandas
    >>> import tally.dask
    >>> frame = pandas.DataFrame({"key": [1, 2, 1, 1], "x": [1e100, 0.5, 1.0, -1e100]})
    >>> frame = dd.from_pandas(frame, npartitions=2)
    >>> frame.groupby("key").agg({"x": tally.dask.group_sum()}).compute()["x"].to_dict()
    {1: 1.0, 2: 0.5}
    """
    return aggregation("sum", skipna=skipna, min_count=min_count)


def group_mean(*, skipna=False, min_count=0):
    """Returns a dd.Aggregation: the exact mean of each group, rounded once, as float64.

    The arguments are those of group_sum().

    >>> import tally.dask
    >>> tally.dask.group_mean().__name__
    'tally_mean'
    """
    return aggregation("mean", skipna=skipna, min_count=min_count)


def group_var(*, ddof=0, skipna=False, min_count=0):
    """Returns a dd.Aggregation: the exact variance of each group, rounded once, as float64.

    `ddof` is 0 by default, as in tally.var(); in Dask and pandas it is 1. The other arguments are
    those of group_sum(). The variance of a group of no more than `ddof` values is NaN.

    >>> import tally.dask
    >>> tally.dask.group_var(ddof=1).__name__
    'tally_var(ddof=1)'
    """
    return aggregation("var", ddof=ddof, skipna=skipna, min_count=min_count)


def group_std(*, ddof=0, skipna=False, min_count=0):
    """Returns a dd.Aggregation: the exact standard deviation of each group, rounded once.

    The arguments are those of group_var().

    >>> import tally.dask
    >>> tally.dask.group_std(ddof=1).__name__
    'tally_std(ddof=1)'
    """
    return aggregation("std", ddof=ddof, skipna=skipna, min_count=min_count)
