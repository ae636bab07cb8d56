"""With the libraries that people have their numbers in."""

import math

import numpy as np
import oracle
import pytest
import tally

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
xarray = pytest.importorskip("xarray")
duckdb = pytest.importorskip("duckdb")
pyarrow = pytest.importorskip("pyarrow")

RNG = np.random.default_rng(5)
VALUES = (RNG.random(3000) - 0.5) * 2.0 ** RNG.integers(-60, 60, 3000)
KEYS = RNG.integers(0, 40, 3000)


def test_pandas_series():
    series = pandas.Series(VALUES)
    assert tally.sum(series) == math.fsum(VALUES)
    assert series.agg(tally.sum) == math.fsum(VALUES)
    assert tally.var(series, ddof=1) == oracle.variance(VALUES.tolist(), 1)
    assert tally.sum(pandas.Series([1, 2**63 - 1])) == 2**63
    assert math.isnan(tally.sum(pandas.Series([1.0, None])))
    assert tally.sum(pandas.Series([1.0, None]), skipna=True) == 1.0


def test_pandas_groups():
    frame = pandas.DataFrame({"key": KEYS, "value": VALUES})
    want = [math.fsum(VALUES[KEYS == key]) for key in sorted(set(KEYS))]
    assert frame.groupby("key")["value"].agg(tally.sum).tolist() == want
    codes, _ = pandas.factorize(frame["key"], sort=True)
    assert tally.group_sum(frame["value"], codes).tolist() == want
    assert frame.agg(tally.sum)["value"] == math.fsum(VALUES)
    rolled = frame["value"].rolling(10).apply(tally.sum, raw=True)
    np.testing.assert_array_equal(rolled, tally.rolling_sum(frame["value"], 10))
    assert tally.sum(frame[["value", "key"]], axis=0).tolist()[0] == math.fsum(VALUES)


def test_pandas_categories_and_objects():
    from decimal import Decimal

    assert tally.sum(pandas.Series([Decimal("0.1")] * 3)) == Decimal("0.3")
    for bad in (pandas.Series(["a"]), pandas.Series([pandas.Timestamp(0)])):
        with pytest.raises(TypeError):
            tally.sum(bad)


def test_xarray():
    data = xarray.DataArray(VALUES.reshape(10, 20, 15), dims=list("xyz"))
    assert tally.sum(data) == math.fsum(VALUES)
    for dim in ("y", ("x", "z"), ["z", "y"], None):
        got = data.reduce(tally.sum, dim=dim)
        axis = None if dim is None else tuple(data.get_axis_num(d) for d in np.atleast_1d(dim))
        want = tally.sum(data.values, axis=axis)
        np.testing.assert_array_equal(got.values, want)
    dataset = xarray.Dataset({"a": data})
    np.testing.assert_array_equal(
        dataset.reduce(tally.var, dim="x", ddof=1)["a"], tally.var(data.values, axis=0, ddof=1)
    )
    groups = data.groupby(xarray.DataArray(np.arange(20) % 3, dims="y", name="g"))
    got = groups.reduce(tally.mean, dim="y")
    np.testing.assert_array_equal(got.isel(g=1), tally.mean(data.values[:, 1::3], axis=1))


def test_polars_by_numpy():
    frame = polars.DataFrame({"value": VALUES})
    assert tally.sum(frame["value"].to_numpy()) == math.fsum(VALUES)
