"""Sums in progress."""

import copy
import math
import pickle
from fractions import Fraction

import numpy as np
import oracle
import pytest
import tally
from arrays import arrays, python_values
from hypothesis import given
from hypothesis import strategies as st

FINITE = st.floats(-1e300, 1e300) | st.integers(-(2**80), 2**80)
KINDS = [tally.Accumulator, tally.Moments]


@given(st.lists(st.lists(FINITE, max_size=20), max_size=5))
def test_parts_in_any_order_make_the_whole(parts):
    together = [value for part in parts for value in part]
    for kind in KINDS:
        whole = kind(together)
        merged = kind()
        for part in reversed(parts):
            merged.merge(kind(part))
        assert merged == whole and merged.save() == whole.save()
        assert sum(map(kind, parts), kind()) == whole
        one_by_one = kind()
        for value in together:
            one_by_one.add(value)
        assert one_by_one == whole
        assert whole.count == len(together)


@given(arrays(), arrays())
def test_what_is_taken_out_leaves_no_trace(first, second):
    for kind in KINDS:
        state = kind(first)
        state.add(second)
        state.subtract(first)
        assert state == kind(second)
        state += first
        state -= second
        assert state == kind(first)
        assert kind(first) + kind(second) - kind(second) == kind(first)


@given(arrays(min_dims=0))
def test_values_of_an_accumulator(array):
    values = python_values(array)
    state = tally.Accumulator(array)
    assert state.count == len(values)
    floats = [v for v in values if isinstance(v, float)]
    assert state.nan_count == sum(map(math.isnan, floats))
    assert state.inf_count == floats.count(math.inf)
    assert state.negative_inf_count == floats.count(-math.inf)
    want = oracle.total(values)
    if math.isinf(want) and not oracle.is_special(values):
        with pytest.raises(OverflowError):
            state.value()
    else:
        assert oracle.same(state.value(), want)
        assert oracle.same(float(state), want)
    if not oracle.is_special(values):
        exact = sum(map(Fraction, values), Fraction(0))
        assert Fraction(state.text()) == exact
        assert int(state) == int(exact)
    else:
        with pytest.raises(ValueError):
            int(state)


@given(arrays(), st.integers(0, 2))
def test_values_of_moments(array, ddof):
    values = python_values(array)
    state = tally.Moments(array)
    pairs = {
        "mean": (state.mean, oracle.mean(values)),
        "variance": (lambda: state.variance(ddof), oracle.variance(values, ddof)),
        "std": (lambda: state.std(ddof=ddof), oracle.deviation(values, ddof)),
        "norm": (state.norm, oracle.norm(values)),
        "sum": (state.sum, oracle.total(values)),
    }
    for call, want in pairs.values():
        if math.isinf(want) and not oracle.is_special(values):
            with pytest.raises(OverflowError):
                call()
        elif math.isnan(want) and not oracle.is_special(values):
            with pytest.raises(ValueError):
                call()
        else:
            assert oracle.same(call(), want)


@given(st.lists(st.tuples(FINITE.filter(lambda v: abs(v) < 2**62), st.floats(-1e100, 1e100)), max_size=30))
def test_products(pairs):
    pairs = [(float(x), y) for x, y in pairs]
    x, y = [p[0] for p in pairs], [p[1] for p in pairs]
    state = tally.Products(x, y)
    assert state.count == len(pairs)
    assert oracle.same(state.value(), oracle.dot(x, y))
    assert Fraction(state.text()) == sum((Fraction(a) * Fraction(b) for a, b in pairs), Fraction(0))
    one_by_one = tally.Products()
    for a, b in pairs:
        one_by_one.add(a, b)
    assert one_by_one == state
    state.subtract(x, y)
    assert state == tally.Products()


def test_products_with_moments_and_weights():
    x, y = [1.0, 2.0, 4.0], [2.0, 3.0, 7.0]
    products, mx, my = tally.Products(x, y), tally.Moments(x), tally.Moments(y)
    assert products.covariance(mx, my, ddof=1) == tally.cov(x, y)[0, 1]
    assert products.correlation(mx, my) == tally.corrcoef(x, y)[0, 1]
    assert products.linear_fit(mx, my) == tally.linear_fit(x, y)
    assert products.weighted_mean(tally.Accumulator(y)) == tally.average(x, weights=y)
    assert math.isnan(tally.Products(x, [1.0] * 3).linear_fit(mx, tally.Moments([1.0] * 3)).r_squared)
    with pytest.raises(ValueError):
        products.covariance(mx, tally.Moments(), ddof=1)
    with pytest.raises(ValueError):
        tally.Products(x, y[:2])
    with pytest.raises(TypeError):
        products += [1.0]


@pytest.mark.parametrize(
    "state",
    [
        tally.Accumulator(),
        tally.Accumulator([1e300, 1e-300, math.nan, -math.inf]),
        tally.Moments([1.0, 2.5, -0.0]),
        tally.Products([1.0, 1e300], [3.0, 1e300]),
        tally.DecimalSum(["1.10", 2]),
    ],
    ids=repr,
)
def test_copies_and_pickles(state):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(state, protocol))
        assert type(again) is type(state) and again == state
    assert type(state).load(state.save()) == state
    assert type(state).load(bytearray(state.save())) == state
    for duplicate in (copy.copy(state), copy.deepcopy(state), state.copy()):
        assert duplicate == state and duplicate is not state
        duplicate += state
        assert duplicate != state or state.count == 0
    assert state.save() in pickle.dumps(state, 5)


def test_bytes_that_were_not_saved():
    for kind in (tally.Accumulator, tally.Moments, tally.Products, tally.DecimalSum):
        for bad in (b"", b"nonsense", kind().save() + b"\0"):
            with pytest.raises(ValueError):
                kind.load(bad)
        with pytest.raises(TypeError):
            kind.load("text")
        with pytest.raises(ValueError):
            kind().__setstate__(b"nonsense")


def test_what_they_say():
    assert repr(tally.Accumulator([0.1, 0.2])) == "Accumulator(value=0.30000000000000004, count=2)"
    assert repr(tally.Accumulator([math.inf, math.nan])) == "Accumulator(value=nan, count=2, nan: 1, inf: 1)"
    assert repr(tally.Accumulator([1e308, 1e308])) == "Accumulator(value=inf, count=2)"
    assert repr(tally.Moments()) == "Moments(mean=nan, variance=nan, count=0)"
    assert repr(tally.Moments([1, 3])) == "Moments(mean=2.0, variance=1.0, count=2)"
    assert repr(tally.Products([2.0], [3.0])) == "Products(value=6.0, count=1)"
    assert repr(tally.DecimalSum(["0.10", "0.2"])) == "DecimalSum(value=0.30, count=2)"


def test_they_are_no_keys_and_compare_only_with_their_like():
    state = tally.Accumulator([1.0])
    with pytest.raises(TypeError, match="unhashable"):
        hash(state)
    assert state != 1.0 and state != tally.Moments([1.0]) and not state == "1"
    assert tally.Accumulator([1.0, 2.0]) == tally.Accumulator([2.0, 1.0])
    assert tally.Accumulator([3.0]) != tally.Accumulator([1.0, 2.0])
    for bad in (lambda: state + 1.0, lambda: state - [1.0], lambda: 1 + state, lambda: state < state):
        with pytest.raises(TypeError):
            bad()
    assert sum([state, state]) == tally.Accumulator([1.0, 1.0])


def test_all_or_nothing():
    state = tally.Accumulator([1.0])
    before = state.save()

    def numbers():
        yield 2.0
        raise KeyError

    for bad in (numbers, lambda: [1.0, "x"], lambda: np.zeros(3, complex), lambda: None):
        with pytest.raises((KeyError, TypeError)):
            state.add(bad())
        with pytest.raises((KeyError, TypeError)):
            state -= bad()
        assert state.save() == before


def test_an_iterable_that_adds_to_the_same_sum():
    state = tally.Accumulator()

    def numbers():
        for _ in range(3):
            state.add(10.0)
            yield 1.0

    state.add(numbers())
    assert state == tally.Accumulator([10.0, 1.0] * 3)


def test_masks_and_nan():
    values = np.array([1.0, math.nan, 4.0])
    assert tally.Accumulator(values, skipna=True) == tally.Accumulator([1.0, 4.0])
    assert tally.Moments(values, where=[True, False, True]) == tally.Moments([1.0, 4.0])
    state = tally.Accumulator([1.0])
    state.add(math.nan, skipna=True)
    assert state.count == 1
    assert tally.Products([1.0, math.nan], [2.0, 1.0], skipna=True).value() == 2.0


def test_digits_and_errors():
    state = tally.Accumulator([0.1])
    assert state.text(3) == "0.100"
    assert state.error(0.1) == 0.0 and state.error(math.nextafter(0.1, 1)) == 1.0
    for digits in (-1, 1075):
        with pytest.raises(ValueError):
            state.text(digits)


def test_own_sums():
    state = tally.Accumulator([1.0])
    state.merge(state)
    assert state == tally.Accumulator([1.0, 1.0])
    state += state
    assert state.count == 4
    state.unmerge(state)
    assert state == tally.Accumulator()
