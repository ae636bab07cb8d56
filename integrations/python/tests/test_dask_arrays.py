"""Reductions of dask arrays, each against rational numbers."""

import functools
import importlib.util
import math
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import oracle
import pytest
import tally
from arrays import arrays, axes_of, lanes
from hypothesis import given, settings
from hypothesis import strategies as st

dask = pytest.importorskip("dask")
da = pytest.importorskip("dask.array")

import tally.dask as td  # noqa: E402

# A graph takes some milliseconds.
FEWER = settings(max_examples=max(settings().max_examples // 3, 1))
STATISTICS = ["sum", "mean", "var", "std", "norm"]
SHAPE = (120, 50)


@pytest.fixture(autouse=True)
def one_thread():
    """Where a test names no scheduler."""
    with dask.config.set(scheduler="synchronous"):
        yield


def sample(shape=SHAPE, seed=2):
    """Values of eighty binades, of both signs: their sums cancel."""
    rng = np.random.default_rng(seed)
    return (rng.random(shape) - 0.5) * 2.0 ** rng.integers(-40, 41, shape)


@st.composite
def chunks_of(draw, shape, least=0):
    """Sizes of chunks along each axis: of 0 too, which Dask cannot align with another axis."""
    sizes = []
    for size in shape:
        cuts = draw(st.lists(st.integers(0, size), max_size=3))
        ends = [0, *sorted(cuts), size]
        parts = [b - a for a, b in zip(ends, ends[1:])]
        sizes.append(tuple(n for n in parts if n >= least) or (size,))
    return tuple(sizes)


def result_of(name, members, ddof):
    if name in ("var", "std"):
        return oracle.STATISTICS[name](members, ddof)
    return oracle.STATISTICS[name](members)


@FEWER
@given(st.data(), arrays(max_dims=3), st.sampled_from(STATISTICS))
def test_results_along_axes(data, array, name):
    axis = data.draw(axes_of(array.ndim).filter(lambda axis: axis is not None))
    options = {
        "keepdims": data.draw(st.booleans()),
        "skipna": data.draw(st.booleans()),
        "min_count": data.draw(st.sampled_from([0, 0, 2])),
        "split_every": data.draw(st.sampled_from([None, 2, 3])),
    }
    ddof = data.draw(st.sampled_from([0, 1, 2]))
    if name in ("var", "std"):
        options["ddof"] = ddof
    members, shape = lanes(array, axis)
    has_mask = data.draw(st.booleans())
    if has_mask:
        mask = data.draw(st.lists(st.booleans(), min_size=array.size, max_size=array.size))
        mask = np.array(mask, bool).reshape(array.shape)
        there, _ = lanes(mask, axis)
        members = [[v for v, t in zip(m, counts) if t] for m, counts in zip(members, there)]
        lazy = st.just(mask) | chunks_of(mask.shape).map(lambda c: da.from_array(mask, chunks=c))
        options["where"] = data.draw(lazy)
    members = [[v for v in m if not (options["skipna"] and v != v)] for m in members]
    chunked = da.from_array(array, chunks=data.draw(chunks_of(array.shape)))
    lazy = getattr(td, name)(chunked, axis, **options)
    integers = name == "sum" and array.dtype.kind != "f" and options["min_count"] == 0
    if integers and any(not -(2**63) <= sum(map(int, m)) < 2**63 for m in members):
        with pytest.raises(OverflowError, match="does not fit in int64"):
            lazy.compute()
        return
    got = lazy.compute()
    if options["keepdims"]:
        axes = np.atleast_1d(axis).astype(int) % array.ndim
        shape = tuple(1 if place in axes else n for place, n in enumerate(array.shape))
    assert lazy.shape == got.shape == shape
    assert lazy.dtype == got.dtype == (np.int64 if integers else np.float64)
    if integers:
        assert got.ravel().tolist() == [sum(map(int, m)) for m in members]
        return
    few = options["min_count"]
    want = [math.nan if len(m) < few else result_of(name, m, ddof) for m in members]
    assert oracle.all_same(got.ravel(), want)


@FEWER
@given(st.data(), arrays(min_dims=0, max_dims=3), st.sampled_from(STATISTICS))
def test_results_of_all_elements(data, array, name):
    """What tally's function gives for the array in one piece, or its error."""
    options = {
        "skipna": data.draw(st.booleans()),
        "min_count": data.draw(st.sampled_from([0, 0, 2])),
    }
    if name in ("var", "std"):
        options["ddof"] = data.draw(st.sampled_from([0, 1, 2]))
    chunked = da.from_array(array, chunks=data.draw(chunks_of(array.shape)))
    lazy = getattr(td, name)(chunked, **options)
    assert lazy.shape == ()
    # The dtype is known before the values: that of integers with min_count is float64, as
    # along an axis.
    try:
        want = getattr(tally, name)(array, **options)
    except (OverflowError, ValueError) as error:
        with pytest.raises(type(error)):
            lazy.compute()
        return
    integers = isinstance(want, int) and options["min_count"] == 0
    if integers and not -(2**63) <= want < 2**63:
        with pytest.raises(OverflowError, match="int64"):
            lazy.compute()
        return
    got = lazy.compute()
    assert got.dtype == lazy.dtype == (np.int64 if integers else np.float64)
    assert oracle.same(got, want)
    if integers:
        assert int(got) == want == sum(map(int, array.ravel().tolist()))
    elif options["min_count"] == 0:
        values = [v for v in array.ravel().tolist() if not (options["skipna"] and v != v)]
        assert oracle.same(got, result_of(name, values, options.get("ddof", 0)))


@FEWER
@given(st.data(), arrays(max_dims=3, max_side=4), st.booleans())
def test_dot(data, x, skipna):
    y = data.draw(arrays(max_dims=3, max_side=4))
    axis = max(y.ndim - 2, 0)
    size = min(x.shape[-1], y.shape[axis])
    x, y = x[..., :size], np.moveaxis(np.moveaxis(y, axis, 0)[:size], 0, axis)
    chunked = [da.from_array(a, chunks=data.draw(chunks_of(a.shape, 1))) for a in (x, y)]
    options = {"skipna": skipna}
    if x.ndim == y.ndim == 1 and data.draw(st.booleans()):
        mask = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
        options["where"] = np.array(mask, bool)
    lazy = td.dot(*chunked, split_every=data.draw(st.sampled_from([None, 2])), **options)
    try:
        want = tally.dot(x, y, **options)
    except OverflowError:
        with pytest.raises(OverflowError):
            lazy.compute()
        return
    if isinstance(want, int) and not -(2**63) <= want < 2**63:
        with pytest.raises(OverflowError, match="int64"):
            lazy.compute()
        return
    got = lazy.compute()
    assert lazy.shape == np.shape(got) == np.shape(want)
    assert lazy.dtype == got.dtype == np.asarray(want).dtype
    assert oracle.all_same(np.ravel(got), np.ravel(want))


def test_dot_against_rational_numbers():
    x, y = sample((7, 60)), sample((60, 5), seed=3)
    want = [oracle.dot(row.tolist(), column.tolist()) for row in x for column in y.T]
    for chunks in (1, 7, 13, 60):
        got = td.dot(da.from_array(x, chunks=(3, chunks)), da.from_array(y, chunks=(chunks, 2)))
        assert got.compute().ravel().tolist() == want
        got = td.dot(da.from_array(x[0], chunks=chunks), da.from_array(y[:, 0], chunks=7))
        assert got.compute() == want[0]


def test_one_total_for_all_chunks_and_schedulers():
    x = sample((80, 60))
    want = {name: oracle.STATISTICS[name](x.ravel().tolist()) for name in STATISTICS}
    of_dask = set()
    for chunks in (25, 33, 7, 17, (80, 4), (3, 60), 80):
        chunked = da.from_array(x, chunks=chunks)
        of_dask.add(float(chunked.sum().compute()))
        for name in STATISTICS:
            for scheduler in ("synchronous", "threads"):
                lazy = getattr(td, name)(chunked, split_every=4)
                assert float(lazy.compute(scheduler=scheduler)) == want[name], (name, chunks)
    assert len(of_dask) > 1, "the test is of numbers whose sums in doubles differ"


@pytest.mark.parametrize("workers", [1, 3])
def test_processes(workers):
    x = sample()
    chunked = da.from_array(x, chunks=(17, 50))
    options = {"scheduler": "processes", "num_workers": workers}
    assert td.sum(chunked).compute(**options) == math.fsum(x.ravel())
    got = td.mean(chunked, axis=0).compute(**options)
    assert got.tolist() == [oracle.mean(column.tolist()) for column in x.T]


def test_nothing_is_computed_before_it_is_asked_for():
    def never():
        raise AssertionError("computed")

    block = da.from_delayed(dask.delayed(never)(), (5, 5), float)
    x = da.concatenate([block, block])
    for name in STATISTICS:
        for axis in (None, 0, 1):
            lazy = getattr(td, name)(x, axis, where=x > 0)
            assert isinstance(lazy, da.Array)
            with pytest.raises(AssertionError, match="computed"):
                lazy.compute()
    with pytest.raises(AssertionError, match="computed"):
        td.dot(x, x.T).compute()


def test_the_same_question_has_the_same_keys():
    x = da.ones((10, 10), chunks=5)
    assert td.sum(x, 0).name == td.sum(x, 0).name != td.sum(x, 0, skipna=True).name
    assert td.var(x).name != td.var(x, ddof=1).name
    # One graph for several results, and results that are used further.
    both = dask.compute(td.sum(x), (td.mean(x, axis=1) + 1).sum())
    assert both == (100.0, 20.0)


def test_other_inputs():
    assert td.sum([1e100, 1.0, -1e100]).compute() == 1.0
    assert td.sum(np.arange(5)).compute() == 10
    masked = da.ma.masked_array(da.from_array([1.0, 2.0, 4.0], chunks=2), [False, True, False])
    assert td.sum(masked).compute() == 5.0
    unknown = da.from_array(np.arange(10.0), chunks=3)
    unknown = unknown[unknown > 4]
    assert math.isnan(unknown.shape[0])
    assert td.sum(unknown).compute() == 35.0
    assert td.dot(unknown, unknown).compute() == 255.0
    none = da.from_array(np.empty((0, 3)), chunks=1)
    assert td.sum(none).compute() == 0.0 and td.sum(none, axis=0).compute().tolist() == [0.0] * 3
    assert np.isnan(td.mean(none, axis=0).compute()).all()
    with pytest.raises(ValueError):
        td.mean(none).compute()


def test_a_mask_in_finer_chunks_divides_no_result():
    x = da.from_array([[1.0, 2.0, 4.0]], chunks=((1, 0), 3))
    mask = da.from_array([[True, False, True]], chunks=((0, 1), (1, 2)))
    for keepdims, want in ((True, [[5.0]]), (False, [5.0])):
        total = td.sum(x, axis=1, keepdims=keepdims, where=mask)
        assert total.compute().tolist() == want and total.shape == np.shape(want)
    assert td.dot(x[0], x[0], where=mask[0]).compute() == 17.0


def test_a_mask_of_unknown_shape():
    x = da.from_array(np.arange(10.0), chunks=3)
    x = x[x > 4]
    with pytest.raises(ValueError, match="compute_chunk_sizes"):
        td.sum(x, where=x > 6)
    x = x.compute_chunk_sizes()
    assert td.sum(x, where=x > 6).compute() == 24.0


def test_series_and_xarray():
    dd = pytest.importorskip("dask.dataframe")
    pandas = pytest.importorskip("pandas")
    x = sample(1000)
    series = dd.from_pandas(pandas.Series(x), npartitions=7)
    assert td.sum(series).compute() == math.fsum(x)
    xarray = pytest.importorskip("xarray")
    data = xarray.DataArray(sample(), dims=["time", "place"]).chunk(time=7)
    reduced = data.reduce(td.sum, dim="time")
    assert isinstance(reduced.data, da.Array)
    assert reduced.values.tolist() == [math.fsum(column) for column in sample().T]
    whole = data.reduce(td.var, ddof=1)
    assert whole.compute().item() == oracle.variance(sample().ravel().tolist(), 1)


def test_what_is_refused():
    x = da.ones((4, 6), chunks=3)
    for bad, error in (
        (lambda: td.sum(x, 2), IndexError),
        (lambda: td.sum(x, (0, 0)), ValueError),
        (lambda: td.var(x, ddof=-1), ValueError),
        (lambda: td.sum(x, min_count=-1), ValueError),
        (lambda: td.sum(x.astype(complex)), TypeError),
        (lambda: td.sum(x.astype("M8[s]")), TypeError),
        (lambda: td.sum(x.astype("longdouble")), TypeError),
        (lambda: td.sum(x.astype(object)), TypeError),
        (lambda: td.sum(x, where=x), TypeError),
        (lambda: td.sum(x, where=np.ones(5, bool)), ValueError),
        (lambda: td.dot(x, x), ValueError),
        (lambda: td.dot(x, da.ones(())), TypeError),
        (lambda: td.dot(x, x.T, where=np.ones(6, bool)), TypeError),
    ):
        with pytest.raises(error):
            bad()


def damaging(function, turn, numbers):
    """As `function`, that makes states; one of them has other bytes afterwards."""
    calls = iter(range(10**9))

    # With its signature, by which Dask sees what it takes.
    @functools.wraps(function)
    def damaged(*arguments, **options):
        states = function(*arguments, **options)
        if not options.get("computing_meta") and next(calls) == turn:
            place = numbers.randrange(states.size)
            state = bytearray(states.flat[place])
            state[numbers.randrange(len(state))] ^= 1 << numbers.randrange(8)
            states.flat[place] = bytes(state)
        return states

    return damaged


@pytest.mark.parametrize("step", ["chunk", "combine"])
def test_damage_between_tasks_is_an_error(monkeypatch, step):
    from tally.dask import _arrays

    x, numbers = da.from_array(sample((60, 6)), chunks=(10, 2)), random.Random(3)
    function = getattr(_arrays, step)
    for turn in range(100):
        with monkeypatch.context() as patch:
            # The sixth call of combine() is within the last step, whose states go nowhere.
            patch.setattr(_arrays, step, damaging(function, turn % 3, numbers))
            name, axis = STATISTICS[turn % 5], (None, 0)[turn // 2 % 2]
            lazy = getattr(td, name)(x, axis, split_every=2)
            with pytest.raises(ValueError, match=r"the state of part \(\d+, \d+\) is refused: "):
                lazy.compute()


def test_states_of_another_version_are_an_error(monkeypatch):
    from tally.dask import _arrays

    chunk = _arrays.chunk

    @functools.wraps(chunk)
    def newer(*arguments, **options):
        states = chunk(*arguments, **options)
        if not options.get("computing_meta"):
            states.flat[0] = oracle.resealed(states.flat[0], 16, 2)
        return states

    monkeypatch.setattr(_arrays, "chunk", newer)
    with pytest.raises(ValueError, match=r"part \(0, 0\) is refused: .*version 2"):
        td.sum(da.ones((4, 4), chunks=2)).compute()


def test_the_sum_of_many_is_that_of_fractions():
    x = sample(3000) * 2.0**900
    want = float(sum(map(Fraction, x), Fraction(0)))
    assert td.sum(da.from_array(x, chunks=11)).compute() == want


def test_tally_does_not_import_dask():
    code = "import tally, sys; assert not {'dask', 'numpy', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    code = "import tally.dask, sys; assert 'dask.dataframe' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_the_page_of_dask_shows():
    """With fewer rows: one total of Tally's, the right one, and several of Dask's."""
    path = Path(__file__).parents[1] / "docs" / "chunks.py"
    spec = importlib.util.spec_from_file_location("chunks", path)
    chunks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(chunks)
    column = chunks.amounts(100_000)
    own, exact = map(set, zip(*chunks.in_chunks(column)))
    assert exact == {math.fsum(column)} and len(own) > 1
