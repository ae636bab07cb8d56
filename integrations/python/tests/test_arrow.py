"""Columns of Arrow: pyarrow, Polars, DuckDB, pandas."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import oracle
import pytest
import tally
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")
pandas = pytest.importorskip("pandas")

INTEGERS = [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()]
FLOATS = [pa.float64(), pa.float32(), pa.float16()]


@st.composite
def columns(draw):
    """A column of any type of numbers, some of them null, and its values as Python has them."""
    kind = draw(st.sampled_from([*INTEGERS, *FLOATS, pa.bool_()]))
    if kind in FLOATS:
        values = st.floats(width=kind.bit_width)
    elif kind == pa.bool_():
        values = st.booleans()
    else:
        signed = kind in INTEGERS[:4]
        bits = kind.bit_width
        values = st.integers(-(2 ** (bits - 1)) if signed else 0, 2 ** (bits - signed) - 1)
    parts = draw(st.lists(st.lists(values | st.none(), max_size=12), min_size=1, max_size=4))

    def numbers(part):
        return [np.float16(v) if kind == pa.float16() and v is not None else v for v in part]

    arrays = [pa.array(numbers(part), kind) for part in parts]
    if len(arrays) == 1 and draw(st.booleans()):
        start = draw(st.integers(0, len(arrays[0])))
        column = arrays[0].slice(start)
        parts = [parts[0][start:]]
    else:
        column = pa.chunked_array(arrays, kind)
    return column, [float(v) if kind in FLOATS else v for part in parts for v in part if v is not None]


def check(call, want, values):
    if math.isinf(want) and not oracle.is_special(values):
        with pytest.raises(OverflowError):
            call()
    elif math.isnan(want) and not oracle.is_special(values):
        with pytest.raises(ValueError):
            call()
    else:
        assert oracle.same(call(), want)


@given(columns())
def test_columns(column_and_values):
    column, values = column_and_values
    is_float = column.type in FLOATS
    if not is_float:
        got = tally.sum(column)
        assert type(got) is int and got == sum(values)
    for name in ("sum", "mean", "var", "std", "norm"):
        call = getattr(tally, name)
        check(lambda: call(column), oracle.STATISTICS[name](values), values)
        there = [v for v in values if v == v]
        check(lambda: call(column, skipna=True), oracle.STATISTICS[name](there), there)
    assert tally.Accumulator(column) == tally.Accumulator(values)
    assert tally.Moments(column) == tally.Moments(values)
    # As one array, where they lie or copied.
    if is_float:
        assert oracle.same(tally.sum(column, axis=0), oracle.total(values))
    elif -(2**63) <= sum(values) < 2**63:
        assert tally.sum(column, axis=0) == sum(values)
    assert tally.Accumulator(column, where=np.ones(len(column), bool)) == tally.Accumulator(values)


@given(columns())
def test_the_same_by_polars(column_and_values):
    column, values = column_and_values
    if column.type == pa.float16():
        return
    series = polars.Series(column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column]))
    assert tally.Accumulator(series) == tally.Accumulator(values)
    if column.type not in FLOATS:
        assert tally.sum(series) == sum(values)


def test_nulls_and_too_few():
    column = pa.array([1.0, None, 4.0])
    assert tally.sum(column) == 5.0 and tally.mean(column) == 2.5
    assert math.isnan(tally.sum(column, min_count=3)) and tally.sum(column, min_count=2) == 5.0
    assert tally.cumsum(column).tolist() == [1.0, 1.0, 5.0]
    assert tally.sum(column, where=[False, True, True]) == 4.0
    empty = pa.array([None, None], pa.int32())
    assert tally.sum(empty) == 0 and math.isnan(tally.sum(empty, min_count=1))
    with pytest.raises(ValueError):
        tally.mean(empty)
    assert tally.sum(pa.chunked_array([], pa.float64())) == 0.0
    assert tally.sum(pa.chunked_array([], pa.int8()), axis=0) == 0


def test_masks_and_groups_of_arrow():
    values = pa.chunked_array([[1.0, 2.0], [4.0, None]])
    mask = pa.array([True, False, True, True])
    assert tally.sum(np.array([1.0, 2.0, 4.0, 8.0]), where=mask) == 13.0
    assert tally.sum(values, where=mask) == 5.0
    assert tally.sum(values, where=polars.Series([True, True, False, True])) == 3.0
    groups = pa.array([0, 1, 0, 1], pa.int8())
    assert tally.group_sum(values, groups).tolist() == [5.0, 2.0]
    assert tally.dot(values, pa.array([1, 2, 3, 4])) == 17.0
    assert tally.rolling_sum(values, 2, min_count=1).tolist() == [1.0, 3.0, 6.0, 4.0]


@given(st.lists(st.decimals(-(10**20), 10**20, allow_nan=False, places=4) | st.none(), max_size=20))
def test_decimals(values):
    for kind in (pa.decimal128(38, 4), pa.decimal256(60, 4)):
        column = pa.array(values, kind)
        there = [v for v in values if v is not None]
        if not there:
            assert tally.sum(column) == 0
            continue
        got = tally.sum(column)
        assert type(got) is Decimal and Fraction(got) == sum(map(Fraction, there))
        state = tally.DecimalSum(column)
        assert state.value() == got and state.count == len(there)
        with pytest.raises(TypeError):
            tally.var(column)
    money = pa.array([Decimal("1.10"), Decimal("2.20")])
    assert tally.mean(money) == Decimal("1.65")


def test_decimal_sums_of_other_columns():
    assert tally.DecimalSum(pa.array([1, None, 2])).value() == 3
    state = tally.DecimalSum()
    state.add_floats(pa.array([0.1, 0.2, None]))
    assert str(state.value()) == "0.3"
    with pytest.raises(TypeError):
        state.add(pa.array([0.5]))
    with pytest.raises(TypeError):
        state.add_floats(pa.array([1], pa.int8()))


def test_tables():
    table = pa.table({"key": [1, 2], "odd. [name\\": [0.5, None]})
    state = tally.Accumulator(table, column="odd. [name\\")
    state.add(table, column="key")
    state.add(table.to_batches()[0], column="key")
    assert state == tally.Accumulator([0.5, 1, 2, 1, 2])
    state.subtract(table, column="key")
    assert state.count == 3
    assert tally.Moments(table.to_reader(), column="key") == tally.Moments([1, 2])
    assert tally.sum(duckdb.sql("SELECT 0.5::DOUBLE AS x FROM range(3)")) == 1.5
    for bad in ("none", "[0]", "key.x"):
        with pytest.raises(ValueError):
            state.add(table, column=bad)
    with pytest.raises(TypeError):
        state.add([1.0], column="key")
    with pytest.raises(TypeError):
        state.add(table["key"], column="key")
    with pytest.raises(TypeError):
        tally.sum(table.to_reader())


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["1"]),
        pa.array([b"1"]),
        pa.array([[1.0]]),
        pa.array([1], pa.timestamp("s")),
        pa.array([1], pa.date32()),
        pa.array([None]),
        pa.array(["a"]).dictionary_encode(),
        pa.array([{"x": 1, "y": 2}]),
    ],
    ids=lambda column: str(column.type),
)
def test_columns_that_are_no_numbers(column):
    for given in (column, pa.chunked_array([column])):
        for call in (tally.sum, tally.std, tally.Accumulator, tally.cumsum):
            with pytest.raises(TypeError) as caught:
                call(given)
            assert str(caught.value)


def test_streams_are_read_part_by_part():
    alive = []

    def batches():
        for number in range(50):
            alive.append(pa.total_allocated_bytes())
            yield pa.record_batch({"x": np.full(1 << 17, float(number))})

    schema = pa.schema({"x": pa.float64()})
    state = tally.Accumulator(pa.RecordBatchReader.from_batches(schema, batches()))
    assert state.value() == sum(range(50)) * 2.0**17 and state.count == 50 << 17
    assert max(alive) - min(alive) < 4 << 20


def test_everything_is_released():
    before = pa.total_allocated_bytes()
    for _ in range(20):
        column = pa.chunked_array([np.random.rand(10_000), np.random.rand(10_000)])
        tally.sum(column)
        tally.cumsum(column)
        tally.group_sum(column.chunk(0), np.zeros(10_000, int))
        with pytest.raises(TypeError):
            tally.sum(pa.chunked_array([column.chunk(0).cast(pa.string())]))
        del column
    assert pa.total_allocated_bytes() - before < 1 << 20


def test_a_stream_that_fails():
    def batches():
        yield pa.record_batch({"x": [1.0]})
        raise KeyError("own")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"x": pa.float64()}), batches())
    state = tally.Accumulator([5.0])
    with pytest.raises(RuntimeError, match="own"):
        state.add(reader)
    assert state == tally.Accumulator([5.0])


def test_capsules_of_other_kinds():
    class Wrong:
        def __init__(self, array, stream):
            self.__arrow_c_array__ = lambda requested_schema=None: array
            self.__arrow_c_stream__ = lambda requested_schema=None: stream

    column = pa.array([1.0])
    schema, array = column.__arrow_c_array__()
    for pair in ((array, schema), (schema,), schema, None, (None, None)):
        with pytest.raises((TypeError, ValueError, IndexError)):
            tally.sum(Wrong(pair, None))

    # Another has taken what the capsules held.
    pa.Array._import_from_c_capsule(schema, array)
    with pytest.raises(ValueError, match="released"):
        tally.sum(Wrong((schema, array), None))
    stream = pa.chunked_array([[1.0]]).__arrow_c_stream__()
    pa.ChunkedArray._import_from_c_capsule(stream)
    wrong = Wrong(None, stream)
    del wrong.__arrow_c_array__
    with pytest.raises(RuntimeError, match="used up"):
        tally.sum(wrong)
    schema, array = column.__arrow_c_array__()
    pa.Array._import_from_c_capsule(pa.array([1.0]).__arrow_c_array__()[0], array)
    with pytest.raises(ValueError, match="released"):
        tally.sum(Wrong((schema, array), None))

    class Used:
        def __init__(self):
            self.stream = pa.chunked_array([[1.0]]).__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.stream

    used = Used()
    assert tally.sum(used) == 1.0
    assert tally.sum(used) == 0.0  # read to its end


def test_duckdb():
    connection = duckdb.connect()
    relation = connection.sql("SELECT i * 0.1::DOUBLE AS x, i % 3 AS g FROM range(100000) t(i)")
    values = relation.fetchnumpy()["x"]
    assert tally.Accumulator(relation, column="x").value() == math.fsum(values)
    assert tally.sum(relation.to_arrow_table()["x"]) == math.fsum(values)
    big = connection.sql("SELECT 9223372036854775807 AS x FROM range(3)")
    assert tally.sum(big) == 3 * (2**63 - 1)
    money = connection.sql("SELECT 0.1::DECIMAL(9, 2) AS x FROM range(3)")
    assert tally.sum(money) == Decimal("0.30")


def test_pandas():
    assert tally.sum(pandas.Series([1, None, 2**62, 2**62], dtype="Int64")) == 2**63 + 1
    arrow = pandas.Series([0.5, None], dtype=pandas.ArrowDtype(pa.float64()))
    assert tally.sum(arrow) == 0.5
    assert tally.sum(pandas.Series([True, None], dtype="boolean")) == 1


def test_polars():
    frame = polars.DataFrame({"g": [0, 1, 0], "x": [1e100, 2.0, -1e100], "y": [1, None, 3]})
    assert tally.sum(frame["x"]) == 2.0 and tally.sum(frame["y"]) == 4
    got = frame.select(
        polars.col("x").map_batches(tally.sum, return_dtype=polars.Float64, returns_scalar=True)
    )
    assert got.item() == 2.0
    grouped = frame.group_by("g", maintain_order=True).agg(
        polars.col("x").map_batches(tally.sum, return_dtype=polars.Float64, returns_scalar=True)
    )
    assert grouped["x"].to_list() == [0.0, 2.0]
    assert tally.sum(frame[["x"]], axis=0).tolist() == [2.0]
    with pytest.raises(TypeError):
        tally.sum(polars.Series(["a"]))
