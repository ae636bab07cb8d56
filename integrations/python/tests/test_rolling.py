"""Running totals and rolling windows, each against rational numbers."""

import math

import numpy as np
import oracle
import pytest
import tally
from arrays import arrays
from hypothesis import given
from hypothesis import strategies as st

ROLLING = {
    "rolling_sum": oracle.total,
    "rolling_mean": oracle.mean,
    "rolling_var": oracle.variance,
    "rolling_std": oracle.deviation,
}


def each_lane(array, axis, map_lane):
    """Results of each lane, in their places."""
    moved = np.moveaxis(array, axis, -1)
    results = np.empty(moved.shape, object)
    for place in np.ndindex(moved.shape[:-1]):
        results[place] = map_lane(moved[place].tolist())
    return np.moveaxis(results, -1, axis)


def check(got, want):
    assert got.shape == want.shape
    assert oracle.all_same(got.ravel(), want.ravel())


@given(st.data(), arrays(max_dims=3, max_side=8), st.sampled_from(list(ROLLING)))
def test_windows(data, array, name):
    window = data.draw(st.integers(1, 6))
    min_count = data.draw(st.none() | st.integers(0, window))
    axis = data.draw(st.none() | st.integers(-array.ndim, array.ndim - 1))
    skipna = data.draw(st.booleans())
    needed = window if min_count is None else min_count

    def lane(values):
        results = []
        for i in range(len(values)):
            inside = values[max(0, i + 1 - window) : i + 1]
            if skipna:
                inside = [v for v in inside if v == v]
            results.append(math.nan if len(inside) < needed else ROLLING[name](inside))
        return results

    got = getattr(tally, name)(array, window, min_count=min_count, axis=axis, skipna=skipna)
    check(got, each_lane(array, -1 if axis is None else axis, lane))


@given(st.data(), arrays(max_dims=3, max_side=8))
def test_running_totals(data, array):
    axis = data.draw(st.none() | st.integers(-array.ndim, array.ndim - 1))
    mask = data.draw(st.sampled_from([None, array == array[..., :1]]))

    def lane(values, there):
        running, results = [], []
        for value, counts in zip(values, there):
            if counts:
                running.append(value)
            results.append(oracle.total(running) if array.dtype.kind == "f" else sum(map(int, running)))
        return results

    values, there = array, np.ones(array.shape, bool) if mask is None else mask
    if axis is None:
        values, there = values.ravel(), there.ravel()
    moved, there = (np.moveaxis(a, -1 if axis is None else axis, -1) for a in (values, there))
    want = np.empty(moved.shape, object)
    for place in np.ndindex(moved.shape[:-1]):
        want[place] = lane(moved[place].tolist(), there[place].tolist())
    want = np.moveaxis(want, -1, -1 if axis is None else axis)
    options = {} if mask is None else {"where": mask}
    if array.dtype.kind != "f" and any(not -(2**63) <= v < 2**63 for v in want.ravel()):
        with pytest.raises(OverflowError, match="fit in int64"):
            tally.cumsum(array, axis=axis, **options)
        return
    got = tally.cumsum(array, axis=axis, **options)
    assert got.dtype == (np.float64 if array.dtype.kind == "f" else np.int64)
    check(got, want)


def test_where_an_integer_total_does_not_fit():
    with pytest.raises(OverflowError, match="index 2"):
        tally.cumsum(np.array([2**62, 2**62 - 1, 1, -5]))
    assert tally.cumsum(np.array([2**62, 2**62 - 1, -1])).tolist()[-1] == 2**63 - 2


def test_a_float_total_comes_back_from_infinity():
    assert tally.cumsum([1e308, 1e308, -1e308]).tolist() == [1e308, math.inf, 1e308]


def test_out():
    array = np.arange(6.0).reshape(2, 3)
    out = np.zeros((3, 2)).T
    assert tally.cumsum(array, axis=0, out=out) is out
    assert out.tolist() == [[0.0, 1.0, 2.0], [3.0, 5.0, 7.0]]
    assert tally.rolling_sum(array, 2, out=array) is array
    assert array[1].tolist()[1:] == [7.0, 9.0]
    with pytest.raises(ValueError):
        tally.cumsum(array, axis=0, out=np.zeros((3, 2)))
    with pytest.raises(TypeError):
        tally.cumsum(np.arange(3), out=np.zeros(3, "i4"))


def test_what_is_refused():
    for window, options in ((0, {}), (-1, {}), (2, {"min_count": 3}), (2, {"min_count": -1})):
        with pytest.raises(ValueError):
            tally.rolling_sum([1.0, 2.0], window, **options)
    with pytest.raises(ValueError):
        tally.rolling_mean([1.0], 1, axis=1)
    with pytest.raises(TypeError):
        tally.rolling_mean(np.array(1.0), 1)
    with pytest.raises(TypeError):
        tally.rolling_mean([1.0], 1.5)
    with pytest.raises(ValueError):
        tally.rolling_var([1.0], 1, ddof=-1)


def test_long_lanes():
    array = np.random.default_rng(0).standard_normal((4, 20_000))
    array[:, 5] = 1e300
    got = tally.rolling_mean(array, 7, where=array != 1e300)
    assert got[2, 12] == math.fsum(array[2, 6:13]) / 7
    assert np.isnan(got[2, 11]) and not np.isnan(got[2, 12:]).any()
