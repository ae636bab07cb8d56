"""Every lane of every array, against rational numbers."""

import math

import numpy as np
import oracle
import pytest
import tally
from arrays import INTEGERS, arrays, axes_of, lanes, python_values
from hypothesis import given
from hypothesis import strategies as st


def expected(name, values, **ddof):
    """As a result stands in an array."""
    return oracle.STATISTICS[name](values, **ddof)


def check_whole(name, array, values, **options):
    """All elements: undefined results and those too large are errors."""
    function = getattr(tally, name)
    ddof = {key: options[key] for key in options if key == "ddof"}
    want = expected(name, values, **ddof)
    if name == "sum" and array.dtype.kind != "f":
        got = function(array, **options)
        assert type(got) is int and got == sum(map(int, values))
    elif math.isinf(want) and not oracle.is_special(values):
        with pytest.raises(OverflowError):
            function(array, **options)
    elif math.isnan(want) and not oracle.is_special(values):
        with pytest.raises(ValueError):
            function(array, **options)
    else:
        got = function(array, **options)
        assert type(got) is float and oracle.same(got, want)


def check_lanes(name, array, axis, rows, shape, **options):
    function = getattr(tally, name)
    ddof = {key: options[key] for key in options if key == "ddof"}
    if name == "sum" and array.dtype.kind != "f":
        want = [sum(map(int, row)) for row in rows]
        if any(abs(w + 0.5) > 2**63 for w in want):
            with pytest.raises(OverflowError, match="does not fit in int64"):
                function(array, axis=axis, **options)
            return
        got = function(array, axis=axis, **options)
        assert np.asarray(got).dtype == np.int64
        assert np.asarray(got).ravel().tolist() == want
    else:
        got = function(array, axis=axis, **options)
        want = [expected(name, row, **ddof) for row in rows]
        assert np.asarray(got).dtype == np.float64
        assert oracle.all_same(np.asarray(got).ravel(), want)
    assert np.shape(got) == shape
    assert isinstance(got, np.ndarray) == (shape != ())


@given(arrays(min_dims=0), st.sampled_from(list(oracle.STATISTICS)), st.integers(0, 2))
def test_all_elements(array, name, ddof):
    options = {"ddof": ddof} if name in ("var", "std") else {}
    check_whole(name, array, python_values(array), **options)


@given(st.data(), arrays(), st.sampled_from(list(oracle.STATISTICS)))
def test_along_axes(data, array, name):
    axis = data.draw(axes_of(array.ndim))
    if axis is None:
        return
    rows, shape = lanes(array, axis)
    options = {"ddof": data.draw(st.integers(0, 2))} if name in ("var", "std") else {}
    check_lanes(name, array, axis, rows, shape, **options)


@given(st.data(), arrays(), st.sampled_from(list(oracle.STATISTICS)))
def test_where_some_count(data, array, name):
    mask_shape = tuple(data.draw(st.sampled_from([size, 1])) for size in array.shape)
    mask_shape = mask_shape[data.draw(st.integers(0, array.ndim)) :]
    bits = data.draw(st.integers(0, 2**63))
    count = int(np.prod(mask_shape, dtype=int))
    mask = np.array([bits >> (i % 61) & 1 for i in range(count)], bool).reshape(mask_shape)
    if data.draw(st.booleans()):
        mask = np.asfortranarray(mask)
    full = np.broadcast_to(mask, array.shape)
    check_whole(name, array, array[full].tolist(), where=mask)
    axis = data.draw(axes_of(array.ndim))
    if axis is None:
        return
    rows, shape = lanes(array, axis)
    there, _ = lanes(full, axis)
    rows = [[v for v, t in zip(row, ts) if t] for row, ts in zip(rows, there)]
    check_lanes(name, array, axis, rows, shape, where=mask)


@given(st.data(), arrays(), st.sampled_from(list(oracle.STATISTICS)), st.integers(0, 3))
def test_nan_skipped_and_too_few(data, array, name, min_count):
    axis = data.draw(axes_of(array.ndim))
    if axis is None:
        axis = tuple(range(array.ndim))
    rows, shape = lanes(array, axis)
    rows = [[v for v in row if v == v] for row in rows]
    want = [math.nan if len(r) < min_count else expected(name, r) for r in rows]
    if name == "sum" and array.dtype.kind != "f" and min_count == 0:
        return  # exact, and an error if it does not fit: test_along_axes
    got = getattr(tally, name)(array, axis=axis, skipna=True, min_count=min_count)
    assert np.shape(got) == shape
    assert oracle.all_same(np.asarray(got).ravel(), want)


@given(st.data(), arrays(types=[np.dtype("f8"), np.dtype("i4")]))
def test_keepdims_and_out(data, array):
    axis = data.draw(axes_of(array.ndim))
    for name in ("sum", "mean", "var"):
        function = getattr(tally, name)
        want_shape = np.sum(array, axis=axis, keepdims=True).shape
        kept = function(array, axis=axis, keepdims=True)
        assert kept.shape == want_shape
        out = np.full(want_shape, 99.0).astype(kept.dtype)
        assert function(array, axis=axis, keepdims=True, out=out) is out
        assert oracle.all_same(out.ravel(), kept.ravel())


def test_out_of_any_strides_and_overlap():
    array = np.arange(12.0).reshape(3, 4)
    out = np.zeros(8)[::2]
    tally.sum(array, axis=0, out=out)
    assert out.tolist() == [12.0, 15.0, 18.0, 21.0]
    tally.sum(array, axis=0, out=array[0])
    assert array[0].tolist() == [12.0, 15.0, 18.0, 21.0]
    whole = np.zeros(())
    assert tally.sum([1.0, 2.0], out=whole) is whole and whole == 3.0
    rounded = np.zeros(2)
    tally.sum(np.array([[1, 2]]), axis=0, out=rounded)
    assert rounded.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("out", "error"),
    [
        (np.zeros(3, "f4"), TypeError),
        (np.zeros(2), ValueError),
        (np.zeros((3, 1)), ValueError),
        ([0.0] * 3, TypeError),
        (bytearray(24), TypeError),
    ],
)
def test_out_that_has_no_room(out, error):
    with pytest.raises(error):
        tally.sum(np.ones((2, 3)), axis=0, out=out)
    read_only = np.zeros(3)
    read_only.flags.writeable = False
    with pytest.raises(ValueError):
        tally.sum(np.ones((2, 3)), axis=0, out=read_only)


def test_integers_do_not_wrap():
    ends = np.array([[2**63 - 1, -(2**63)], [1, 0]])
    assert tally.sum(ends[:, 0]) == 2**63
    with pytest.raises(OverflowError, match=r"index \(0,\) does not fit in int64"):
        tally.sum(ends, axis=0)
    assert tally.sum(ends[:, ::-1], axis=1).tolist() == [-1, 1]
    unsigned = np.full((2, 3), 2**64 - 1, "u8")
    assert tally.sum(unsigned) == 6 * (2**64 - 1)
    with pytest.raises(OverflowError, match=r"index \(1,\)"):
        tally.sum(np.array([[1, 2], [2**63, 0]], "u8"), axis=1)
    # Beyond 2^53 a double would round.
    odd = np.array([[2**60 + 1, 1], [2**60, 1]])
    assert tally.sum(odd, axis=0).tolist() == [2**61 + 1, 2]
    assert tally.mean(odd[:, 0]) == float(2**60)


@given(arrays(types=[np.dtype(name) for name in INTEGERS], max_dims=2))
def test_sums_of_integers_are_ints(array):
    assert tally.sum(array) == sum(map(int, python_values(array)))


@pytest.mark.parametrize(
    "bad",
    ["c8", "c16", "g", "M8[s]", "m8[s]", "S3", "U3", "V4", "f8,i4", "O"],
)
def test_types_that_are_refused_are_named(bad):
    array = np.zeros((2, 2), bad)
    if bad == "g" and array.itemsize == 8:
        return
    for call in (tally.sum, tally.var, lambda a: tally.mean(a, axis=0), tally.cumsum):
        with pytest.raises(TypeError) as caught:
            call(array)
        assert "type" in str(caught.value) or "object" in str(caught.value)


def test_objects_of_one_dimension_are_taken_one_by_one():
    assert tally.sum(np.array([2**70, 1], object)) == 2**70 + 1


def test_axes_that_are_none():
    array = np.ones((2, 3))
    for axis in (2, -3, (0, 2)):
        with pytest.raises(np.exceptions.AxisError, match="out of bounds"):
            tally.sum(array, axis=axis)
    with pytest.raises(ValueError, match="twice"):
        tally.sum(array, axis=(0, -2))
    for axis in (1.0, "0", [0]):
        with pytest.raises(TypeError):
            tally.sum(array, axis=axis)
    with pytest.raises(ValueError):
        tally.sum(np.float64(1.0).reshape(()), axis=0)


def test_masks_that_do_not_fit():
    array = np.ones((2, 3))
    for mask in (np.ones(2, bool), np.ones((2, 3, 1), bool), np.ones((3, 2), bool)):
        with pytest.raises(ValueError, match="mask"):
            tally.sum(array, where=mask)
    with pytest.raises(TypeError, match="bool"):
        tally.sum(array, where=np.ones((2, 3)))
    assert tally.sum(array, where=False) == 0.0
    assert tally.sum(array, where=True) == 6.0
    assert tally.sum([1.0, 2.0, 4.0], where=[True, False, True]) == 5.0


def test_arguments_that_make_no_sense():
    for options in ({"ddof": -1}, {"min_count": -1}):
        with pytest.raises(ValueError):
            tally.var([1.0], **options)
    with pytest.raises(TypeError):
        tally.var([1.0], ddof=1.5)
    with pytest.raises(TypeError):
        tally.sum([1.0], dtype=float)
    with pytest.raises(TypeError):
        tally.sum()


def test_nothing_along_an_axis():
    empty = np.zeros((0, 3))
    assert tally.sum(empty, axis=0).tolist() == [0.0] * 3
    assert np.isnan(tally.mean(empty, axis=0)).all()
    assert np.isnan(tally.var(np.ones((1, 3)), axis=0, ddof=1)).all()
    assert tally.sum(empty, axis=1).shape == (0,)
    assert math.isnan(tally.mean(np.zeros(0), axis=0))
    with pytest.raises(ValueError):
        tally.mean(np.zeros(0))


def test_too_large_along_an_axis_is_infinite():
    huge = np.array([[1e308, -1e308, 1.0], [1e308, -1e308, 1.0]])
    assert tally.sum(huge, axis=0).tolist() == [math.inf, -math.inf, 2.0]


def test_masked_arrays_leave_out_what_is_masked():
    array = np.ma.MaskedArray([[1.0, 2.0], [4.0, 8.0]], [[False, True], [False, False]])
    assert tally.sum(array) == 13.0
    assert tally.sum(array, axis=0).tolist() == [5.0, 8.0]
    assert tally.sum(array, where=[[False, True], [True, True]]) == 12.0
    assert tally.mean(array, where=np.array([True, False])) == 2.5


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "u1"])
def test_small_matrices_of_which_nothing_is_left_out(dtype):
    for rows in range(1, 6):
        for columns in range(1, 20):
            array = np.arange(1, 1 + rows * columns).reshape(rows, columns).astype(dtype)
            for axis in (0, 1, (), (0, 1)):
                want = array.sum(axis=axis)
                for options in ({}, {"skipna": True}, {"where": np.ones(array.shape, bool)}):
                    assert np.array_equal(tally.sum(array, axis=axis, **options), want)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_classes_derived_from_ndarray():
    class Derived(np.ndarray):
        pass

    assert tally.sum(np.arange(3.0).view(Derived)) == 3.0
    assert tally.sum(np.matrix([[1.0, 2.0]]), axis=0).tolist() == [1.0, 2.0]


def test_nested_lists():
    assert tally.sum([[1, 2], [3, 4]], axis=0).tolist() == [4, 6]
    assert tally.sum([[1.0, 2.0], (3.0, 4.0)]) == 10.0
    assert tally.sum([np.ones(2), np.ones(2)]) == 4.0
    with pytest.raises(ValueError):
        tally.sum([[1.0], [1.0, 2.0]])


def test_long_arrays_of_every_layout():
    array = np.random.default_rng(1).standard_normal((300, 400)) * 2.0 ** np.arange(400)
    want = math.fsum(array.ravel())
    for layout in (array, array.T, array[::-1], np.asfortranarray(array), array.astype(">f8")):
        assert tally.sum(layout) == want
    down = [math.fsum(column) for column in array.T]
    assert tally.sum(array, axis=0).tolist() == down
    assert tally.sum(np.asfortranarray(array), axis=0).tolist() == down
    assert tally.sum(array[:, ::2], axis=0).tolist() == down[::2]
    mask = np.random.default_rng(2).random((300, 400)) < 0.5
    assert tally.sum(array, where=mask) == math.fsum(array[mask])
    assert tally.sum(array, axis=0, where=mask).tolist() == [
        math.fsum(c[m]) for c, m in zip(array.T, mask.T)
    ]
    assert tally.sum(array.T, axis=0, where=mask.T).tolist() == [
        math.fsum(c[m]) for c, m in zip(array, mask)
    ]
