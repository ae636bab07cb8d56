"""Aggregations of dask data frames by group, each against rational numbers."""

import functools
import math
import random

import numpy as np
import oracle
import pytest
import tally

dask = pytest.importorskip("dask")
dd = pytest.importorskip("dask.dataframe")
pandas = pytest.importorskip("pandas")

import tally.dask as td  # noqa: E402

ROWS = 3000


@pytest.fixture(autouse=True)
def one_thread():
    """Where a test names no scheduler."""
    with dask.config.set(scheduler="synchronous"):
        yield


def frame(rows=ROWS, seed=4):
    rng = np.random.default_rng(seed)
    return pandas.DataFrame(
        {
            "key": rng.integers(0, 40, rows),
            "name": rng.choice(["a", "b", "c"], rows),
            "x": (rng.random(rows) - 0.5) * 2.0 ** rng.integers(-60, 61, rows),
            "n": rng.integers(-(2**50), 2**50, rows),
        }
    )


AGGREGATIONS = {
    "sum": (td.group_sum, {}, oracle.total),
    "mean": (td.group_mean, {}, oracle.mean),
    "var": (td.group_var, {"ddof": 1}, lambda values: oracle.variance(values, 1)),
    "std": (td.group_std, {}, oracle.deviation),
}


def members(data, by, column):
    return {key: group[column].tolist() for key, group in data.groupby(by)}


def check(got, want):
    got = got.to_dict()
    assert got.keys() == want.keys()
    assert oracle.all_same([got[key] for key in want], want.values())


@pytest.mark.parametrize("name", list(AGGREGATIONS))
@pytest.mark.parametrize("partitions", [1, 3, 8])
def test_groups(name, partitions):
    data = frame()
    make, options, statistic = AGGREGATIONS[name]
    lazy = dd.from_pandas(data, npartitions=partitions)
    for by in ("key", ["key", "name"]):
        want = {key: statistic(values) for key, values in members(data, by, "x").items()}
        check(lazy.groupby(by)["x"].agg(make(**options)).compute(), want)
        check(lazy.groupby(by).agg({"x": make(**options)})["x"].compute(), want)


def test_many_columns_and_statistics_at_once():
    data = frame()
    lazy = dd.from_pandas(data, npartitions=4)
    both = [td.group_sum(), td.group_var(), td.group_var(ddof=1), "sum"]
    got = lazy.groupby("key").agg({"x": both, "n": [td.group_sum(), td.group_mean()]}).compute()
    names = ["tally_sum", "tally_var", "tally_var(ddof=1)", "sum"]
    assert [second for first, second in got.columns if first == "x"] == names
    of_x, of_n = members(data, "key", "x"), members(data, "key", "n")
    for ddof, name in ((0, "tally_var"), (1, "tally_var(ddof=1)")):
        check(got["x"][name], {key: oracle.variance(v, ddof) for key, v in of_x.items()})
    check(got["x"]["tally_sum"], {key: math.fsum(v) for key, v in of_x.items()})
    assert got["n"]["tally_sum"].dtype == np.int64
    assert got["n"]["tally_sum"].to_dict() == {key: sum(v) for key, v in of_n.items()}
    check(got["n"]["tally_mean"], {key: oracle.mean(v) for key, v in of_n.items()})


@pytest.mark.parametrize(
    "options", [{"split_out": 3}, {"split_every": 2}, {"shuffle_method": "tasks"}]
)
def test_how_dask_merges_does_not_matter(options):
    data = frame()
    lazy = dd.from_pandas(data, npartitions=9)
    want = {key: math.fsum(values) for key, values in members(data, "key", "x").items()}
    check(lazy.groupby("key").agg({"x": td.group_sum()}, **options)["x"].compute(), want)


def test_the_dtype_is_known_before_the_values():
    lazy = dd.from_pandas(frame(), npartitions=2).groupby("key")
    for column, make, dtype in (
        ("x", td.group_sum(), "f8"),
        ("n", td.group_sum(), "i8"),
        ("n", td.group_sum(min_count=1), "f8"),
        ("n", td.group_mean(), "f8"),
    ):
        result = lazy[column].agg(make)
        assert result.dtype == result.compute().dtype == np.dtype(dtype)


def test_integers_too_large():
    data = pandas.DataFrame({"key": [1, 1, 2], "n": [2**62, 2**62, 5]})
    lazy = dd.from_pandas(data, npartitions=3)
    with pytest.raises(OverflowError, match="does not fit in int64"):
        lazy.groupby("key")["n"].agg(td.group_sum()).compute()


def test_nan_nulls_and_few_values():
    x = [1.0, math.nan, 2.0, math.nan, 0.5, math.inf]
    data = pandas.DataFrame({"key": [1, 1, 1, 2, 3, 4], "x": x})
    data["i"] = pandas.array([1, None, 2, None, 5, 2**60], "Int64")
    data["f"] = data["x"].astype("float64[pyarrow]")
    lazy = dd.from_pandas(data, npartitions=2).groupby("key")
    check(lazy["x"].agg(td.group_sum()).compute(), {1: math.nan, 2: math.nan, 3: 0.5, 4: math.inf})
    skipped = lazy["x"].agg(td.group_sum(skipna=True)).compute()
    check(skipped, {1: 3.0, 2: 0.0, 3: 0.5, 4: math.inf})
    few = lazy["x"].agg(td.group_sum(skipna=True, min_count=1)).compute()
    check(few, {1: 3.0, 2: math.nan, 3: 0.5, 4: math.inf})
    check(lazy["x"].agg(td.group_mean(skipna=True, min_count=2)).compute(),
          {1: 1.5, 2: math.nan, 3: math.nan, 4: math.nan})  # fmt: skip
    check(lazy["i"].agg(td.group_sum()).compute(), {1: 3, 2: 0, 3: 5, 4: 2**60})
    check(lazy["i"].agg(td.group_mean()).compute(), {1: 1.5, 2: math.nan, 3: 5.0, 4: 2.0**60})


def test_keys_that_are_missing_or_categories():
    data = frame(400)
    data.loc[::7, "name"] = None
    lazy = dd.from_pandas(data, npartitions=3)
    want = {key: math.fsum(values) for key, values in members(data, "name", "x").items()}
    check(lazy.groupby("name")["x"].agg(td.group_sum()).compute(), want)
    kept = lazy.groupby("name", dropna=False)["x"].agg(td.group_sum()).compute()
    assert len(kept) == 4
    assert kept[kept.index.isna()].tolist() == [math.fsum(data["x"][data["name"].isna()])]
    data["name"] = pandas.Categorical(data["name"], categories=["z", "c", "a", "b"])
    lazy = dd.from_pandas(data, npartitions=3)
    for observed, more in ((True, {}), (False, {"z": 0.0})):
        got = lazy.groupby("name", observed=observed)["x"].agg(td.group_sum()).compute()
        check(got, want | more)
    pairs = lazy.groupby(["key", "name"], observed=True)["x"].agg(td.group_sum()).compute()
    seen = data.groupby(["key", "name"], observed=True)["x"]
    check(pairs, {key: math.fsum(group) for key, group in seen})


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_schedulers(scheduler):
    data = frame()
    lazy = dd.from_pandas(data, npartitions=5)
    want = {key: oracle.variance(values) for key, values in members(data, "key", "x").items()}
    got = lazy.groupby("key")["x"].agg(td.group_var()).compute(scheduler=scheduler, num_workers=2)
    check(got, want)


def test_what_is_refused():
    with pytest.raises(ValueError, match="ddof"):
        td.group_var(ddof=-1)
    with pytest.raises(ValueError, match="min_count"):
        td.group_sum(min_count=-1)
    lazy = dd.from_pandas(frame(), npartitions=2)
    with pytest.raises(Exception, match="(?i)str|object|number"):
        lazy.groupby("key")["name"].agg(td.group_sum()).compute()


def test_damage_between_tasks_is_an_error(monkeypatch):
    from tally.dask import _groups

    numbers, column = random.Random(5), _groups.column
    data = pandas.DataFrame({"key": ["red", "green"] * 20, "x": np.arange(40.0)})
    lazy = dd.from_pandas(data, npartitions=4)

    @functools.wraps(column)
    def damaging(states, labels):
        states = list(states)
        # Not those that Dask makes to learn the types.
        if "red" in labels:
            place = list(labels).index("red")
            state = bytearray(states[place])
            state[numbers.randrange(len(state))] ^= 1 << numbers.randrange(8)
            states[place] = bytes(state)
        return column(states, labels)

    monkeypatch.setattr(_groups, "column", damaging)
    for name, (make, options, _) in AGGREGATIONS.items():
        for _ in range(10):
            with pytest.raises(ValueError, match="the state of group 'red' is refused: "):
                lazy.groupby("key")["x"].agg(make(**options)).compute()


def test_states_of_another_version_are_an_error(monkeypatch):
    from tally.dask import _groups

    column = _groups.column

    def newer(states, labels):
        if 7 in labels:
            states = [oracle.resealed(state, 16, 9) for state in states]
        return column(states, labels)

    monkeypatch.setattr(_groups, "column", newer)
    data = pandas.DataFrame({"key": [7, 7], "x": [1.0, 2.0]})
    with pytest.raises(ValueError, match="group 7 is refused: .*version 9"):
        dd.from_pandas(data, npartitions=2).groupby("key")["x"].agg(td.group_sum()).compute()


def test_states_in_a_frame_are_those_of_tally():
    data = frame(100)
    grouped = data.groupby("key")["x"]
    from tally.dask import _groups

    states = _groups.chunk(grouped, kind="sum", skipna=False, tells_integers=False)
    for key, values in grouped:
        assert states[key] == tally.Accumulator(values).seal()
