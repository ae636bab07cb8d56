"""Exactly rounded sums and statistics of Spark's data frames.

The result is the same for any partitions, any number of executors and any order of the rows:

    from tally import spark

    spark.aggregate(sales, "shop", total=spark.sum("price"), spread=spark.var("price", ddof=1))

is a data frame with the columns shop, total and spread.
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
# States of so many groups are merged before they are sent on, and more if they are many.
MANY = 100_000


@dataclass(frozen=True)
class Aggregate:
    """A statistic of a column, for aggregate(): sum(), mean(), var() and std() make them."""

    statistic: str
    column: object
    ddof: int = 0
    skipna: bool = False
    min_count: int = 1

    def __post_init__(self):
        for name in ("ddof", "min_count"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} is not negative, and not {getattr(self, name)}")

    @property
    def kind(self):
        return "sum" if self.statistic in ("sum", "mean") else "moments"

    @property
    def least(self):
        """How many values there must be."""
        needed = self.ddof + 1 if self.kind == "moments" else int(self.statistic == "mean")
        return max(needed, self.min_count)


def sum(column, *, skipna=False, min_count=1):
    """The exact sum of a column, rounded once: bigint of integers, else double.

    `column` is a name or a Column. Nulls are left out, and with `skipna` NaN too. As with
    Spark's own sum, that of fewer than `min_count` values is null. The job fails if a sum of
    integers does not fit in a bigint.
    """
    return Aggregate("sum", column, skipna=skipna, min_count=min_count)


def mean(column, *, skipna=False, min_count=1):
    """The exact mean of a column, rounded once: as sum(), a double."""
    return Aggregate("mean", column, skipna=skipna, min_count=min_count)


def var(column, *, ddof=0, skipna=False, min_count=1):
    """The exact variance of a column, rounded once: as sum(), a double.

    With `ddof` 0 it is Spark's var_pop, with 1 its var_samp. That of no more than `ddof` values
    is null.
    """
    return Aggregate("var", column, ddof, skipna, min_count)


def std(column, *, ddof=0, skipna=False, min_count=1):
    """The exact standard deviation of a column, rounded once: as var()."""
    return Aggregate("std", column, ddof, skipna, min_count)


def codes_of(columns, rows):
    """A number for each row, equal only where all columns are, and the first row of each."""
    codes = np.zeros(rows, np.int64)
    for column in columns:
        try:
            encoded = column.dictionary_encode(null_encoding="encode")
        except pyarrow.ArrowNotImplementedError:
            # Such as structs: each row by itself, which Spark puts together.
            return np.arange(rows), np.arange(rows)
        pairs = codes * len(encoded.dictionary) + encoded.indices.to_numpy(zero_copy_only=False)
        codes = pyarrow.array(pairs).dictionary_encode().indices.to_numpy()
    first = np.zeros(int(codes.max(initial=-1)) + 1, np.int64)
    first[codes[::-1]] = np.arange(rows)[::-1]
    return codes, first


def grouped(keys, states, names):
    """Rows of keys and of lists of states as a batch, each key once."""
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
    """A result of the last step, without the Column, which workers cannot have."""

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
    """The results of groups, whose states Spark has put in lists."""
    for batch in batches:
        keys = batch.columns[:key_count]
        totals = [merged_lists(keys, lists) for lists in batch.columns[key_count:]]
        results = [one.values(totals[one.state]) for one in asked]
        yield pyarrow.RecordBatch.from_arrays([*keys, *results], names)


def column_of(column):
    return F.col(column) if isinstance(column, str) else column


def aggregate(frame, /, *keys, **aggregates):
    """A data frame of exact statistics of the groups of another one.

    `keys` are names or Columns: a row of the result is for all rows in which they are equal, as
    with groupBy(). Without keys there is one row, of all. `aggregates` names the columns of the
    result: each is what sum(), mean(), var() or std() gives. TypeError for a column that is not
    one of integers or floats.
    """
    if not aggregates:
        raise ValueError("nothing is asked: give aggregates, such as total=sum('price')")
    for name, one in aggregates.items():
        if not isinstance(one, Aggregate):
            raise TypeError(f"{name} is what sum(), mean(), var() or std() gives, not {one!r}")
    values = [column_of(one.column) for one in aggregates.values()]
    keys = [column_of(key) for key in keys]
    key_names = frame.select(*keys).columns
    repeated = {name for name in aggregates if name in key_names}
    if repeated:
        raise ValueError(f"{', '.join(sorted(repeated))}: the name of a key and of a result")
    # Names of our own, so that any will do.
    selected = frame.select(
        *(key.alias(f"key{place}") for place, key in enumerate(keys)),
        *(value.alias(f"value{place}") for place, value in enumerate(values)),
    )
    key_fields, value_fields = selected.schema[: len(keys)], selected.schema[len(keys) :]
    for name, field in zip(aggregates, value_fields):
        if not isinstance(field.dataType, INTEGERS + FLOATS):
            text = field.dataType.simpleString()
            raise TypeError(f"{name} is asked of a column of type {text}, not of numbers")
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
    # As nullable, whatever they were: that is what comes back from Python.
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
