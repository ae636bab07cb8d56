"""Products, weights, covariances and lines, against rational numbers."""

import math
import pickle
from fractions import Fraction

import numpy as np
import oracle
import pytest
import tally
from arrays import TYPES, arrays
from hypothesis import assume, given
from hypothesis import strategies as st

SMALL = st.floats(-1e100, 1e100) | st.integers(-(2**50), 2**50).map(float)


def covariance(x, y, ddof):
    x, y = list(map(Fraction, x)), list(map(Fraction, y))
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / (n - ddof)


def rows_of(array):
    return array.reshape(int(np.prod(array.shape[:-1], dtype=int)), array.shape[-1])


@given(st.data(), arrays(max_dims=3, max_side=4, specials=False))
def test_dot_as_numpy_pairs_the_axes(data, x):
    other = data.draw(arrays(max_dims=3, max_side=4, specials=False))
    size = x.shape[-1]
    axis = max(other.ndim - 2, 0)
    y = np.take(other, np.arange(size) % max(other.shape[axis], 1), axis=axis) if other.size else None
    assume(y is not None)
    integers = x.dtype.kind != "f" and y.dtype.kind != "f"
    rows, columns = rows_of(x), rows_of(np.moveaxis(y, axis, -1))
    shape = x.shape[:-1] + tuple(np.delete(y.shape, axis))
    if integers:
        want = [sum(map(lambda p: int(p[0]) * int(p[1]), zip(r.tolist(), c.tolist()))) for r in rows for c in columns]
        if shape and any(not -(2**63) <= w < 2**63 for w in want):
            with pytest.raises(OverflowError):
                tally.dot(x, y)
            return
        got = tally.dot(x, y)
        assert np.shape(got) == shape and np.asarray(got, object).ravel().tolist() == want
        return
    want = [oracle.dot(r.tolist(), c.tolist()) for r in rows for c in columns]
    if not shape and math.isinf(want[0]):
        with pytest.raises(OverflowError):
            tally.dot(x, y)
        return
    got = tally.dot(x, y)
    assert np.shape(got) == shape
    assert oracle.all_same(np.ravel(got), want)


@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=50))
def test_dot_of_lists(pairs):
    x, y = [p[0] for p in pairs], [p[1] for p in pairs]
    want = oracle.dot(x, y)
    if math.isinf(want) and not any(not math.isfinite(v) for v in x + y):
        with pytest.raises(OverflowError):
            tally.dot(x, y)
    else:
        assert oracle.same(tally.dot(x, y), want)
        there = [a == a and b == b for a, b in pairs]
        kept = [p for p, t in zip(pairs, there) if t]
        want = oracle.dot([p[0] for p in kept], [p[1] for p in kept])
        if math.isfinite(want):
            assert oracle.same(tally.dot(x, y, skipna=True), want)
            assert oracle.same(tally.dot(x, y, where=np.array(there, bool)), want)


def test_dot_of_large_integers():
    assert tally.dot([2**62, 1], [2**62, 1]) == 2**124 + 1
    big = np.full(3, 2**64 - 1, "u8")
    assert tally.dot(big, big) == 3 * (2**64 - 1) ** 2
    with pytest.raises(OverflowError, match="row 0 and column 1"):
        tally.dot(np.array([[2**62]]), np.array([[1, 2]]))


def test_dot_that_does_not_fit():
    for x, y, error in (
        ([1.0, 2.0], [1.0], ValueError),
        (np.ones((2, 3)), np.ones((2, 3)), ValueError),
        (np.array(1.0), np.ones(1), TypeError),
        ([1.0], ["1"], TypeError),
    ):
        with pytest.raises(error):
            tally.dot(x, y)
    out = np.zeros((2, 2))
    assert tally.dot(np.ones((2, 3)), np.ones((3, 2)), out=out) is out
    assert out.tolist() == [[3.0, 3.0], [3.0, 3.0]]


@given(st.data(), arrays(types=[t for t in TYPES if t != np.dtype(">f2")], max_dims=3, specials=False))
def test_weighted_means(data, a):
    axis = data.draw(st.none() | st.integers(-a.ndim, a.ndim - 1))
    along = axis is not None and data.draw(st.booleans())
    shape = (a.shape[axis],) if along else a.shape
    count = int(np.prod(shape, dtype=int))
    numbers = st.integers(-3, 5)
    weights = np.array(data.draw(st.lists(numbers, min_size=count, max_size=count)), "i4").reshape(shape)
    full = weights
    if along:
        full = np.moveaxis(np.broadcast_to(weights, np.moveaxis(a, axis, -1).shape), -1, axis)

    def weighted(values, weights):
        total = sum(weights)
        if total == 0:
            return None
        return sum((Fraction(v) * w for v, w in zip(values, weights)), Fraction(0)) / total

    if axis is None:
        want = weighted(a.ravel().tolist(), full.ravel().tolist())
        if want is None:
            with pytest.raises(ValueError):
                tally.average(a, weights=weights)
        elif math.isfinite(oracle.rounded(want)):
            assert tally.average(a, weights=weights) == oracle.rounded(want)
        return
    got = tally.average(a, axis, weights)
    rows = np.moveaxis(a, axis, -1), np.moveaxis(full, axis, -1)
    assert np.shape(got) == rows[0].shape[:-1]
    for place in np.ndindex(rows[0].shape[:-1]):
        want = weighted(rows[0][place].tolist(), rows[1][place].tolist())
        value = float(np.asarray(got)[place])
        assert math.isnan(value) if want is None else value == oracle.rounded(want)


@given(st.data(), arrays(types=[np.dtype("f8"), np.dtype("i4")], max_dims=4, specials=False))
def test_weights_of_several_axes(data, a):
    places = data.draw(st.permutations(range(a.ndim)))
    axis = tuple(places[: data.draw(st.integers(0, a.ndim))])
    shape = tuple(a.shape[one] for one in axis)
    if shape == a.shape:
        axis = tuple(range(a.ndim))
    count = int(np.prod(shape, dtype=int))
    weights = data.draw(st.lists(st.integers(1, 5), min_size=count, max_size=count))
    weights = np.array(weights, "u1").reshape(shape)
    kept = [one for one in range(a.ndim) if one not in axis]
    got = np.asarray(tally.average(a, axis=axis, weights=weights))
    # The axes in the order of the weights, after the others.
    rows = np.transpose(a, (*kept, *axis))
    assert got.shape == tuple(a.shape[one] for one in kept)
    for place in np.ndindex(got.shape):
        numbers = zip(rows[place].ravel().tolist(), weights.ravel().tolist())
        total = sum((Fraction(value) * weight for value, weight in numbers), Fraction(0))
        wanted = total / int(weights.sum()) if count else None
        assert math.isnan(got[place]) if wanted is None else got[place] == oracle.rounded(wanted)


def test_average_without_weights_and_what_does_not_fit():
    a = np.arange(6.0).reshape(2, 3)
    assert tally.average(a) == 2.5
    assert tally.average(a, axis=0, keepdims=True).tolist() == [[1.5, 2.5, 3.5]]
    assert tally.average(a, axis=1, weights=[1, 0, 1], keepdims=True).tolist() == [[1.0], [4.0]]
    masked = tally.average(a, axis=0, weights=[1, 3], where=a != 5.0)
    assert masked.tolist() == [2.25, 3.25, 2.0]
    for weights in ([1, 2], np.ones((3, 2)), np.ones((1, 3))):
        with pytest.raises(ValueError):
            tally.average(a, axis=1, weights=weights)
    with pytest.raises(ValueError):
        tally.average(a, weights=[1, 2, 3])


@given(st.lists(st.lists(SMALL, min_size=4, max_size=4), min_size=1, max_size=3), st.integers(0, 2))
def test_covariances(rows, ddof):
    got = tally.cov(rows, ddof=ddof)
    want = [[oracle.rounded(covariance(x, y, ddof)) for y in rows] for x in rows]
    assert np.asarray(got).shape == (len(rows), len(rows))
    assert np.asarray(got).tolist() == want
    assert tally.cov(np.array(rows).T, rowvar=False, ddof=ddof).tolist() == want
    assert tally.cov(rows[0], rows[-1], ddof=ddof)[0, 1] == want[0][-1]
    assert tally.cov(rows[0], ddof=ddof) == want[0][0]


@given(st.lists(st.tuples(SMALL, SMALL), min_size=2, max_size=8))
def test_correlations_and_lines(pairs):
    x, y = [p[0] for p in pairs], [p[1] for p in pairs]
    vx, vy, xy = covariance(x, x, 0), covariance(y, y, 0), covariance(x, y, 0)
    if vx == 0:
        assert math.isnan(tally.corrcoef(x, y)[0, 1])
        with pytest.raises(ValueError):
            tally.linear_fit(x, y)
        return
    line = tally.linear_fit(x, y)
    assert line.slope == oracle.rounded(xy / vx)
    n = len(x)
    intercept = sum(map(Fraction, y)) / n - xy / vx * sum(map(Fraction, x)) / n
    assert line.intercept == oracle.rounded(intercept)
    if vy == 0:
        assert math.isnan(line.r_squared)
        return
    assert line.r_squared == oracle.rounded(xy * xy / (vx * vy))
    root = oracle.root(xy * xy / (vx * vy))
    assert tally.corrcoef(x, y).tolist() == [[1.0, math.copysign(root, xy)], [math.copysign(root, xy), 1.0]]


def test_covariances_with_nan():
    nan = math.nan
    rows = [[1.0, 2.0, nan, 4.0], [2.0, nan, 5.0, 8.0], [0.0, 1.0, 2.0, 4.0]]
    got = tally.cov(rows, skipna=True)
    for i, x in enumerate(rows):
        for j, y in enumerate(rows):
            kept = [(a, b) for a, b in zip(x, y) if a == a and b == b]
            assert got[i, j] == oracle.rounded(covariance([k[0] for k in kept], [k[1] for k in kept], 1))
    assert np.isnan(tally.cov(rows)[0]).all()
    assert np.isnan(tally.cov([[1.0], [2.0]])).all()
    for bad in (np.ones((2, 2, 2)), [[1.0], [1.0, 2.0]]):
        with pytest.raises(ValueError):
            tally.cov(bad)
    with pytest.raises(ValueError):
        tally.corrcoef([1.0, 2.0], [1.0])


def test_lines_are_named_tuples():
    line = tally.linear_fit(np.arange(3), [1, 3, 5], where=[True, True, True])
    assert line == (2.0, 1.0, 1.0) and line._fields == ("slope", "intercept", "r_squared")
    assert pickle.loads(pickle.dumps(line)) == line and isinstance(line, tally.LinearFit)
    for x, y in (([], []), ([1.0], [1.0, 2.0]), (np.ones((1, 1)), np.ones((1, 1)))):
        with pytest.raises(ValueError):
            tally.linear_fit(x, y)


def test_lists_of_integers_and_floats():
    assert tally.dot([1, 2.5], [2, 2]) == 7.0
    with pytest.raises(OverflowError, match="not exact as a double"):
        tally.dot([2**53 + 1, 0.5], [1, 1])
    with pytest.raises(OverflowError, match="64 bits"):
        tally.dot([2**63], [1])
