"""Exactly rounded sums and statistics of Spark's data frames.

The result does not depend on the partitions, the number of executors or the order of the rows:

    from tally import spark

    spark.aggregate(sales, "shop", total=spark.sum("price"), spread=spark.var("price", ddof=1))

returns a data frame with the columns shop, total and spread.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow
from pyspark.sql import functions as F
from pyspark.sql import types as T

import tally

from ._merging import merged

__all__ = ["Aggregate", "aggregate", "mean", "std", "sum", "var"]

INTEGERS = (T.ByteType, T.ShortType, T.IntegerType, T.LongType)
FLOATS = (T.FloatType, T.DoubleType)
# The states of a partition are merged when they reach this number, or twice the number of groups.
MANY = 100_000


@dataclass(frozen=True)
class Aggregate:
    """A statistic of a column for aggregate(), made by sum(), mean(), var() or std()."""

    statistic: str
    column: object
    ddof: int = 0
    skipna: bool = False
    min_count: int = 1

    def __post_init__(self):
        for name in ("ddof", "min_count"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative, not {getattr(self, name)}")

    @property
    def kind(self):
        return "sum" if self.statistic in ("sum", "mean") else "moments"

    @property
    def least(self):
        """The smallest number of values that gives a result."""
        needed = self.ddof + 1 if self.kind == "moments" else int(self.statistic == "mean")
        return max(needed, self.min_count)


def sum(column, *, skipna=False, min_count=1):
    """The exact sum of a column, rounded once: bigint for integers, otherwise double.

    `column` is a name or a Column. Nulls are left out; `skipna` leaves NaN out too. The sum of
    fewer than `min_count` values is null, by default the sum of no values, as in Spark. The job
    fails if a sum of integers does not fit in a bigint.
    """
    return Aggregate("sum", column, skipna=skipna, min_count=min_count)


def mean(column, *, skipna=False, min_count=1):
    """The exact mean of a column, rounded once, as a double; the arguments are those of sum()."""
    return Aggregate("mean", column, skipna=skipna, min_count=min_count)


def var(column, *, ddof=0, skipna=False, min_count=1):
    """The exact variance of a column, rounded once, as a double.

    With `ddof=0` it corresponds to Spark's var_pop, with `ddof=1` to its var_samp. The variance
    of no more than `ddof` values is null. The other arguments are those of sum().
    """
    return Aggregate("var", column, ddof, skipna, min_count)


def std(column, *, ddof=0, skipna=False, min_count=1):
    """The exact standard deviation of a column, rounded once; the arguments are those of var()."""
    return Aggregate("std", column, ddof, skipna, min_count)


def codes_of(columns, rows):
    """A number for each row, equal only where all columns are equal, and its first row."""
    codes = np.zeros(rows, np.int64)
    for column in columns:
        try:
            encoded = column.dictionary_encode(null_encoding="encode")
        except pyarrow.ArrowNotImplementedError:
            # Structs, for example. Each row is a group by itself; Spark joins them.
            return np.arange(rows), np.arange(rows)
        pairs = codes * len(encoded.dictionary) + encoded.indices.to_numpy(zero_copy_only=False)
        codes = pyarrow.array(pairs).dictionary_encode().indices.to_numpy()
    first = np.zeros(int(codes.max(initial=-1)) + 1, np.int64)
    first[codes[::-1]] = np.arange(rows)[::-1]
    return codes, first


def grouped(keys, states, names):
    """A batch of keys, each once, and their states."""
    return pyarrow.RecordBatch.from_arrays(
        [*keys, *(pyarrow.array(column, pyarrow.binary()) for column in states)], names
    )


def states_of_batch(batch, names, key_count, wanted):
    """The states of the groups of a batch."""
    keys, values = batch.columns[:key_count], batch.columns[key_count:]
    codes, first = codes_of(keys, len(batch))
    states = [
        tally.group_states(values[place], codes, kind=kind, group_count=len(first), skipna=skipna)
        for place, kind, skipna in wanted
    ]
    return grouped([key.take(pyarrow.array(first)) for key in keys], states, names)


def merged_batches(batches, names, key_count):
    """The states of the groups of several batches, merged."""
    table = pyarrow.Table.from_batches(batches).combine_chunks()
    columns = [column.combine_chunks() for column in table.columns]
    keys = columns[:key_count]
    codes, first = codes_of(keys, len(table))
    states = [
        tally.merge_states(column.to_pylist(), codes, group_count=len(first))
        for column in columns[key_count:]
    ]
    return grouped([key.take(pyarrow.array(first)) for key in keys], states, names)


def states_of_partition(batches, *, names, key_count, wanted):
    """The states of the groups of a partition: a row for each."""
    pending, rows, limit = [], 0, MANY
    for batch in batches:
        if len(batch) == 0:
            continue
        pending.append(states_of_batch(batch, names, key_count, wanted))
        rows += len(pending[-1])
        if rows > limit:
            pending = [merged_batches(pending, names, key_count)]
            rows = len(pending[0])
            limit = max(MANY, 2 * rows)
    if pending:
        yield merged_batches(pending, names, key_count)


@dataclass(frozen=True)
class Asked:
    """A result of the last step, without the Column, which cannot be sent to workers."""

    state: int
    statistic: str
    ddof: int
    least: int
    is_integer: bool

    def values(self, states):
        if self.is_integer:
            values = tally.state_values(states, integers=True)
        else:
            values = tally.state_values(states, self.statistic, ddof=self.ddof)
        few = tally.state_values(states, "count") < self.least
        return pyarrow.array(values, mask=few)


def merged_lists(keys, lists):
    """The states of each row's list, merged."""
    owners = np.repeat(np.arange(len(lists)), lists.value_lengths().to_numpy())

    def label(index):
        return repr(tuple(key[int(owners[index])].as_py() for key in keys))

    return merged(lists.flatten().to_pylist(), owners, len(lists), "group", label)


def values_of_groups(batches, *, names, key_count, asked):
    """The results of groups, whose states Spark has collected in lists."""
    for batch in batches:
        keys = batch.columns[:key_count]
        totals = [merged_lists(keys, lists) for lists in batch.columns[key_count:]]
        results = [one.values(totals[one.state]) for one in asked]
        yield pyarrow.RecordBatch.from_arrays([*keys, *results], names)


def column_of(column):
    return F.col(column) if isinstance(column, str) else column


def aggregate(frame, /, *keys, **aggregates):
    """Returns a data frame of exact statistics of the groups of `frame`.

    `keys` are names or Columns; the result has a row for each group of rows with equal keys, as
    with groupBy(). Without keys it has one row, for all rows. The names in `aggregates` are the
    columns of the result, and their values come from sum(), mean(), var() or std(). Raises
    TypeError for a column that does not hold integers or floats.
    """
    if not aggregates:
        raise ValueError("no aggregates: give at least one, such as total=sum('price')")
    for name, one in aggregates.items():
        if not isinstance(one, Aggregate):
            raise TypeError(f"{name} must come from sum(), mean(), var() or std(), not {one!r}")
    values = [column_of(one.column) for one in aggregates.values()]
    keys = [column_of(key) for key in keys]
    key_names = frame.select(*keys).columns
    repeated = {name for name in aggregates if name in key_names}
    if repeated:
        names = ", ".join(sorted(repeated))
        raise ValueError(f"{names}: a result must not have the name of a key")
    # Under our own names, so that the caller's may be anything.
    selected = frame.select(
        *(key.alias(f"key{place}") for place, key in enumerate(keys)),
        *(value.alias(f"value{place}") for place, value in enumerate(values)),
    )
    key_fields, value_fields = selected.schema[: len(keys)], selected.schema[len(keys) :]
    for name, field in zip(aggregates, value_fields):
        if not isinstance(field.dataType, INTEGERS + FLOATS):
            text = field.dataType.simpleString()
            raise TypeError(f"{name} needs a column of integers or floats, not {text}")
    # A state for each column and kind: several statistics share it.
    wanted, places, asked = [], {}, []
    for place, (one, field) in enumerate(zip(aggregates.values(), value_fields)):
        is_integer = one.statistic == "sum" and isinstance(field.dataType, INTEGERS)
        shared = one.column if isinstance(one.column, str) else place
        state = (shared, one.kind, one.skipna)
        if state not in places:
            places[state] = len(wanted)
            wanted.append((place, one.kind, one.skipna))
        asked.append(Asked(places[state], one.statistic, one.ddof, one.least, is_integer))
    state_fields = [T.StructField(f"state{place}", T.BinaryType()) for place in range(len(wanted))]
    # Nullable in any case, as columns that come back from Python are.
    key_fields = [T.StructField(field.name, field.dataType) for field in key_fields]
    partial_schema = T.StructType([*key_fields, *state_fields])
    states = selected.mapInArrow(
        partial(
            states_of_partition, names=partial_schema.names, key_count=len(keys), wanted=wanted
        ),
        partial_schema,
    )
    lists = [F.collect_list(field.name).alias(field.name) for field in state_fields]
    groups = states.groupBy(*(field.name for field in key_fields)).agg(*lists)
    results = [
        T.StructField(name, T.LongType() if one.is_integer else T.DoubleType())
        for name, one in zip(aggregates, asked)
    ]
    named = [
        T.StructField(name, field.dataType) for name, field in zip(key_names, key_fields)
    ]
    schema = T.StructType([*named, *results])
    return groups.mapInArrow(
        partial(values_of_groups, names=schema.names, key_count=len(keys), asked=asked), schema
    )
