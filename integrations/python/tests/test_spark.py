"""Spark in local mode. Runs where PySpark and Java are: make check-spark."""

import math
import os
import random
import sys
from datetime import date

import numpy as np
import oracle
import pytest

pytest.importorskip("pyspark")
pyarrow = pytest.importorskip("pyarrow")
# The workers run this Python.
os.environ["PYSPARK_PYTHON"] = sys.executable

from pyspark.errors import PythonException  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402
import tally  # noqa: E402
from tally import spark  # noqa: E402

ROWS = 3000
RNG = np.random.default_rng(6)
DATA = {
    "key": RNG.integers(0, 12, ROWS).tolist(),
    "name": RNG.choice(["a", "b", None], ROWS).tolist(),
    "x": ((RNG.random(ROWS) - 0.5) * 2.0 ** RNG.integers(-60, 61, ROWS)).tolist(),
    "n": RNG.integers(-(2**50), 2**50, ROWS).tolist(),
}
DATA["x"] = [None if place % 11 == 0 else x for place, x in enumerate(DATA["x"])]


@pytest.fixture(scope="module")
def session():
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False)
    builder = builder.config("spark.sql.shuffle.partitions", 3)
    # Several batches a partition.
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 100)
    with builder.getOrCreate() as session:
        session.sparkContext.setLogLevel("OFF")
        yield session


@pytest.fixture(scope="module")
def frame(session):
    return session.createDataFrame(pyarrow.table(DATA)).repartition(5).cache()


def members(*keys, column="x"):
    groups = {}
    for row in zip(*(DATA[key] for key in keys), DATA[column]):
        values = groups.setdefault(row[:-1], [])
        if row[-1] is not None:
            values.append(row[-1])
    return groups


def test_groups(frame):
    got = spark.aggregate(
        frame,
        "key",
        "name",
        total=spark.sum("x"),
        mean=spark.mean("x"),
        var=spark.var("x", ddof=1),
        std=spark.std("x"),
        n=spark.sum("n"),
        doubled=spark.sum(F.col("x") * 2),
    )
    assert got.columns == ["key", "name", "total", "mean", "var", "std", "n", "doubled"]
    assert got.schema["total"].dataType.simpleString() == "double"
    assert got.schema["n"].dataType.simpleString() == "bigint"
    rows = got.collect()
    of_x, of_n = members("key", "name"), members("key", "name", column="n")
    assert {(row.key, row.name) for row in rows} == set(of_x) and len(rows) == len(of_x)
    for row in rows:
        values = of_x[row.key, row.name]
        assert row.total == math.fsum(values) and row.doubled == 2 * row.total
        assert row.mean == oracle.mean(values)
        assert row["var"] == oracle.variance(values, 1)
        assert row["std"] == oracle.deviation(values)
        assert row.n == sum(of_n[row.key, row.name])


def test_one_total_for_any_partitions(frame):
    values = members()[()]
    of_spark = set()
    for count in (1, 2, 7):
        again = frame.repartition(count)
        of_spark.add(again.agg(F.sum("x")).first()[0])
        row = spark.aggregate(again, total=spark.sum("x"), spread=spark.var("x")).first()
        assert row.total == math.fsum(values) and row.spread == oracle.variance(values)
    assert len(of_spark) > 1, "the test is of numbers whose sums in doubles differ"


def test_nulls_nan_and_nothing(session):
    rows = [(1, 1.0, 5), (1, None, None), (2, None, None), (3, math.nan, 7), (3, 2.0, 1)]
    frame = session.createDataFrame(rows, "k int, x double, n int")
    got = spark.aggregate(
        frame,
        "k",
        total=spark.sum("x"),
        skipped=spark.sum("x", skipna=True),
        zero=spark.sum("n", min_count=0),
        two=spark.mean("n", min_count=2),
        var=spark.var("x", ddof=1),
    )
    rows = {row.k: row[1:] for row in got.collect()}
    assert rows[1] == (1.0, 1.0, 5, None, None)
    assert rows[2] == (None, None, 0, None, None)
    assert math.isnan(rows[3][0]) and rows[3][1:4] == (2.0, 8, 4.0) and math.isnan(rows[3][4])
    nothing = spark.aggregate(frame.where("k > 3"), total=spark.sum("x"), n=spark.sum("n"))
    assert nothing.collect() == [(None, None)]
    assert spark.aggregate(frame.where("k > 3"), "k", total=spark.sum("x")).collect() == []


def test_keys_of_other_types(session):
    """What Spark takes for equal is one group."""
    rows = [(0.0, date(2020, 1, 1), (1, "a"), 1e100), (-0.0, date(2020, 1, 1), (1, "a"), 1.0),
            (0.0, date(2020, 1, 1), (1, "a"), -1e100), (math.nan, None, None, 0.5)]  # fmt: skip
    frame = session.createDataFrame(rows, "f double, d date, s struct<a:int,b:string>, x double")
    frame = frame.repartition(2)
    for keys in (["f"], ["d"], ["s"], ["f", "d", "s"], [F.col("d").alias("key0")]):
        got = spark.aggregate(frame, *keys, total=spark.sum("x")).collect()
        assert sorted(row.total for row in got) == [0.5, 1.0]


def test_what_is_refused(frame):
    for bad, error in (
        (lambda: spark.aggregate(frame), ValueError),
        (lambda: spark.aggregate(frame, total=F.sum("x")), TypeError),
        (lambda: spark.aggregate(frame, total=spark.sum("name")), TypeError),
        (lambda: spark.aggregate(frame, t=spark.sum(F.col("n").cast("decimal(20,2)"))), TypeError),
        (lambda: spark.aggregate(frame, "key", key=spark.sum("x")), ValueError),
        (lambda: spark.var("x", ddof=-1), ValueError),
    ):
        with pytest.raises(error):
            bad()


def test_integers_too_large(session):
    frame = session.createDataFrame([(2**62,), (2**62,)], "n bigint")
    with pytest.raises(PythonException, match="does not fit in int64"):
        spark.aggregate(frame, total=spark.sum("n")).collect()


def test_many_groups_of_a_partition(monkeypatch):
    """States are merged before they are too many: each key comes once, with all its values."""
    monkeypatch.setattr(spark, "MANY", 5)
    table = pyarrow.table({"key": DATA["key"], "name": DATA["name"], "x": DATA["x"]})
    options = {"names": ["key", "name", "state"], "key_count": 2, "wanted": [(0, "sum", False)]}
    batches = table.to_batches(max_chunksize=70)
    [got] = spark.states_of_partition(batches, **options)
    want = members("key", "name")
    assert len(got) == len(want)
    for key, name, state in zip(*got.to_pydict().values()):
        assert state == tally.Accumulator(want[key, name]).seal()


def test_the_examples_of_the_page(session):
    import test_docs

    # The page makes a session of its own, which is this one; it stops it at the end.
    page = test_docs.ROOT / "docs" / "spark.md"
    test_docs.run_examples(page.read_text().replace(">>> session.stop()\n", ""), page.name)


def batch(state):
    keys = pyarrow.array([3])
    lists = pyarrow.array([[state, state]], pyarrow.list_(pyarrow.binary()))
    return pyarrow.RecordBatch.from_arrays([keys, lists], ["key", "state0"])


def test_damaged_states_and_other_versions_are_errors():
    asked = [spark.Asked(state=0, statistic="sum", ddof=0, least=1, is_integer=False)]
    state, numbers = tally.Accumulator([1.0, 1e100]).seal(), random.Random(8)

    def result_of(state):
        options = {"names": ["key", "total"], "key_count": 1, "asked": asked}
        return list(spark.values_of_groups([batch(state)], **options))

    assert result_of(state)[0].to_pydict() == {"key": [3], "total": [2e100]}
    for _ in range(1000):
        damaged = bytearray(state)
        damaged[numbers.randrange(len(state))] ^= 1 << numbers.randrange(8)
        with pytest.raises(ValueError, match=r"the state of group \(3,\) is refused: "):
            result_of(bytes(damaged))
    with pytest.raises(ValueError, match="version 2"):
        result_of(oracle.resealed(state, 16, 2))
