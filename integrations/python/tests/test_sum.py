"""Numbers that come one by one."""

import array
import itertools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import oracle
import pytest
import tally
from hypothesis import given
from hypothesis import strategies as st

FLOATS = st.floats() | st.sampled_from([1e308, -1e308, 1e-310, 1.0, -0.0])


@given(st.lists(FLOATS, max_size=300))
def test_floats_as_rationals_have_it(values):
    want = oracle.total(values)
    if math.isinf(want) and not oracle.is_special(values):
        with pytest.raises(OverflowError):
            tally.sum(values)
        return
    for form in (list, tuple, iter, np.array, lambda v: array.array("d", v)):
        assert oracle.same(tally.sum(form(values)), want)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=500))
def test_floats_as_fsum_has_it(values):
    try:
        want = math.fsum(values)
    except OverflowError:
        return
    assert tally.sum(values) == want


@given(st.lists(st.integers() | st.integers(-(2**64), 2**64) | st.booleans()))
def test_integers_are_exact(values):
    got = tally.sum(values)
    assert got == sum(values)
    if values:
        assert type(got) is int
        assert tally.sum(x for x in values) == got


@given(st.lists(st.integers(-(2**200), 2**200) | st.floats(-1e50, 1e50), min_size=1))
def test_integers_among_floats_stay_exact(values):
    if any(isinstance(v, float) for v in values):
        assert oracle.same(tally.sum(values), oracle.total(values))
        assert oracle.same(tally.mean(values), oracle.mean(values))
    assert tally.mean(values) == oracle.rounded(sum(map(Fraction, values)) / len(values))


def test_long_iterables_of_every_form():
    values = [(-1.0) ** i * 1.1 ** (i % 700) for i in range(10_000)]
    want = math.fsum(values)
    assert tally.sum(values) == want
    assert tally.sum(tuple(values)) == want
    assert tally.sum(v for v in values) == want
    assert tally.sum(dict.fromkeys(values)) == math.fsum(dict.fromkeys(values))
    assert tally.sum(range(100_001)) == 5_000_050_000
    assert tally.sum({1, 2, 3}) == 6
    assert tally.sum(itertools.chain(values, [2**70])) == math.fsum([*values, 2.0**70])


def test_nothing():
    assert tally.sum([]) == 0.0 and tally.norm([]) == 0.0
    for undefined in (tally.mean, tally.var, tally.std):
        with pytest.raises(ValueError):
            undefined([])
        assert math.isnan(undefined([], min_count=1))
    with pytest.raises(ValueError):
        tally.var([1.0], ddof=1)
    assert math.isnan(tally.sum([], min_count=1))
    assert math.isnan(tally.sum([1, 2], min_count=3))
    assert tally.sum([1, 2], min_count=2) == 3


def test_scalars_of_numpy_are_taken_as_they_are():
    assert tally.sum([np.float32(0.1), 1]) == float(np.float32(0.1)) + 1
    assert tally.sum([np.float16(0.5), np.float64(0.25)]) == 0.75
    assert tally.sum([np.uint64(2**64 - 1), np.int8(-1)]) == 2**64 - 2
    assert type(tally.sum([np.int64(1), np.uint8(2)])) is int
    assert tally.sum([np.bool_(True), True]) == 2


def test_decimals():
    money = [Decimal("0.10"), Decimal("0.20"), 3, Decimal("1E+3")]
    assert str(tally.sum(money)) == "1003.30"
    assert str(tally.sum([Decimal("0.1")] * 10)) == "1.0"
    assert tally.sum([Decimal("1E+200"), Decimal("1E-200"), Decimal("-1E+200")]) == Decimal("1E-200")
    with localcontext() as context:
        context.prec = 5
        assert tally.mean([Decimal(1), Decimal(1), Decimal(0)]) == Decimal("0.66667")
    assert tally.sum([Decimal("NaN"), Decimal(1)]).is_nan()
    assert tally.sum([Decimal("Infinity"), Decimal(1)]) == Decimal("Infinity")
    with pytest.raises(TypeError, match="Decimal and float"):
        tally.sum([Decimal(1), 1.0])
    with pytest.raises(TypeError, match="Decimal"):
        tally.var([Decimal(1), Decimal(2)])
    with pytest.raises(OverflowError):
        tally.sum([Decimal("1E+1000")])


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=5), min_size=1))
def test_decimals_as_rationals_have_it(values):
    got = tally.sum(values)
    assert type(got) is Decimal
    assert Fraction(got) == sum(map(Fraction, values))


class Index:
    def __index__(self):
        return 7


class Float:
    def __float__(self):
        return 0.5


def test_other_classes():
    assert tally.sum([Index(), 1]) == 8
    assert tally.sum([Float(), 1]) == 1.5


@pytest.mark.parametrize(
    "bad",
    [1.0, 1, True, "12", None, 1j, Fraction(1, 2), Decimal(1), object()],
    ids=lambda bad: type(bad).__name__,
)
def test_what_is_no_iterable_of_numbers(bad):
    for function in (tally.sum, tally.mean, tally.var, tally.std, tally.norm):
        with pytest.raises(TypeError):
            function(bad)


@pytest.mark.parametrize(
    "item",
    [1j, "1", b"1", None, [1.0], Fraction(1, 3), object(), np.complex128(1), np.datetime64(0, "s")],
    ids=lambda item: type(item).__name__,
)
def test_items_that_are_no_numbers_are_named(item):
    for values in ([1.0, item], (x for x in [item]), [2, item]):
        with pytest.raises(TypeError) as caught:
            tally.sum(values)
        assert str(caught.value)


@pytest.mark.skipif(np.longdouble(1).itemsize == 8, reason="long double is double")
def test_long_double_is_not_rounded_silently():
    with pytest.raises(TypeError, match="longdouble"):
        tally.sum([np.longdouble(1)])


def test_an_error_on_the_way_comes_out():
    def numbers():
        yield 1.0
        raise KeyError("own")

    with pytest.raises(KeyError, match="own"):
        tally.sum(numbers())


def test_a_list_that_changes_while_it_is_added():
    values = [1.0] * 10

    class Clears:
        def __float__(self):
            values.clear()
            return 1.0

    values.insert(5, Clears())
    assert tally.sum(values) == 6.0


def test_overflow_is_an_error_and_not_on_the_way():
    with pytest.raises(OverflowError):
        tally.sum([1e308, 1e308])
    assert tally.sum([1e308, 1e308, -1e308]) == 1e308
    assert tally.mean([1e308, 1e308]) == 1e308
    with pytest.raises(OverflowError):
        tally.sum([2**5000, 0.5])


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**80), 2**80), min_size=1, max_size=200))
def test_variance_deviation_and_norm_of_items(values):
    for name in ("var", "std", "norm"):
        want = oracle.STATISTICS[name](values)
        function = getattr(tally, name)
        if math.isinf(want):
            with pytest.raises(OverflowError):
                function(values)
        else:
            assert function(values) == want
            assert function(iter(values)) == want
