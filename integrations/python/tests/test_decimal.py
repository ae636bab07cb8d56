"""Sums of decimal numbers."""

import decimal
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import tally
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = st.decimals(-(10**40), 10**40, allow_nan=False, places=7) | st.integers(-(2**100), 2**100)


@given(st.lists(NUMBERS), st.lists(NUMBERS))
def test_totals(first, second):
    state = tally.DecimalSum(first)
    state += second
    assert Fraction(state.value()) == sum(map(Fraction, first + second), Fraction(0))
    state.subtract(first)
    assert Fraction(state.value()) == sum(map(Fraction, second), Fraction(0))
    texts = tally.DecimalSum(map(str, first + second))
    assert texts.value() == tally.DecimalSum(first + second).value()


@given(st.lists(NUMBERS, min_size=1), st.integers(0, 10))
def test_rounded_as_decimal_rounds(values, digits):
    state = tally.DecimalSum(values)
    exact = state.value()
    unit = Decimal(1).scaleb(-digits)
    names = [name for name in dir(decimal) if name.startswith("ROUND_") and "05" not in name]
    with decimal.localcontext(decimal.Context(prec=500)):
        for name in names:
            if name == "ROUND_HALF_DOWN":
                with pytest.raises(ValueError):
                    state.round(digits, name)
                continue
            assert state.round(digits, name) == exact.quantize(unit, getattr(decimal, name))
        mean = Fraction(exact) / len(values)
        assert Fraction(state.mean(digits)) == round(mean, digits)


def test_forms():
    assert tally.DecimalSum("1.5").value() == Decimal("1.5")
    assert tally.DecimalSum(Decimal("1.50")).value() == Decimal("1.50")
    assert tally.DecimalSum(3).value() == 3
    assert tally.DecimalSum([1999, 5], scale=2).value() == Decimal("20.04")
    assert tally.DecimalSum(np.array([[1999], [5]]), scale=2).value() == Decimal("20.04")
    assert tally.DecimalSum([2**70], scale=2).value() == Decimal(2**70).scaleb(-2)
    assert float(tally.DecimalSum(["0.1", "0.2"])) == 0.3
    assert tally.DecimalSum([Decimal("NaN")]).nan_count == 1
    assert tally.DecimalSum([Decimal("-Infinity")]).negative_inf_count == 1


def test_floats_as_they_are_written():
    state = tally.DecimalSum()
    state.add_floats([0.1, 0.2])
    assert str(state.value()) == "0.3"
    state.add_floats(np.full((2, 3), 0.1))
    assert str(state.value()) == "0.9"
    state.add_floats(0.1)
    state.subtract_floats(np.array([0.1] * 10)[::1])
    assert state.value() == 0
    for bad in (np.ones(2, "f4"), "0.1", None):
        with pytest.raises(TypeError):
            state.add_floats(bad)


def test_what_is_refused():
    state = tally.DecimalSum()
    for bad in (0.1, [0.1], np.array([0.1]), None, 1j, [None], Fraction(1, 2)):
        with pytest.raises(TypeError):
            state.add(bad)
    for bad in ("x", "", " 1", "1 ", "nan", "1,5", Decimal("sNaN")):
        with pytest.raises(ValueError):
            state.add(bad)
    for bad in ("1e-343", "1e322", Decimal("1E+1000")):
        with pytest.raises(OverflowError):
            state.add(bad)
    for scale in (-1, 343):
        with pytest.raises(ValueError):
            state.add(1, scale=scale)
        with pytest.raises(ValueError):
            state.add(np.array([1]), scale=scale)
        with pytest.raises(ValueError):
            state.add([2**70], scale=scale)
    with pytest.raises(ValueError):
        state.mean(2)
    with pytest.raises(ValueError):
        state.round(-1)
    assert state.count == 0
