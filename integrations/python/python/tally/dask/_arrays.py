"""Reductions of arrays: each chunk becomes states, as bytes, which are merged in a tree."""

from functools import partial

import dask.array as da
import numpy as np

import tally

from .._merging import merged

try:
    from numpy.lib.array_utils import normalize_axis_tuple
except ImportError:  # NumPy 1
    from numpy.core.numeric import normalize_axis_tuple

# For each statistic: the class of its state, the kind of that state, and how it is read.
QUESTIONS = {
    "sum": (tally.Accumulator, "sum", lambda state, ddof: state.value()),
    "mean": (tally.Accumulator, "sum", lambda state, ddof: state.mean()),
    "var": (tally.Moments, "moments", lambda state, ddof: state.variance(ddof)),
    "std": (tally.Moments, "moments", lambda state, ddof: state.std(ddof)),
    "norm": (tally.Moments, "moments", lambda state, ddof: state.norm()),
}


def boxed(states, shape):
    """States as an array of objects."""
    array = np.empty(len(states), object)
    array[:] = states
    return array.reshape(shape)


def chunk(block, where=None, *, axis, keepdims, kind, skipna, computing_meta=False):
    """The states of a chunk: an array that has size 1 along `axis`."""
    if computing_meta:
        return block
    shape = [1 if place in axis else size for place, size in enumerate(block.shape)]
    return boxed(tally.axis_states(block, axis, kind=kind, where=where, skipna=skipna), shape)


def combine(states, *, axis, keepdims):
    """The states of several chunks, merged along `axis`."""
    shape = [1 if place in axis else size for place, size in enumerate(states.shape)]
    count = int(np.prod(shape, dtype=int))
    groups = np.broadcast_to(np.arange(count).reshape(shape), states.shape)

    def place(index):
        return tuple(int(at) for at in np.unravel_index(index, states.shape))

    return boxed(merged(states.flat, groups.ravel(), count, "part", place), shape)


def aggregate(states, *, axis, keepdims, answer):
    """The results, from the states of the last chunks."""
    states = combine(states, axis=axis, keepdims=True)
    kept = [n for place, n in enumerate(states.shape) if keepdims or place not in axis]
    # As NumPy does it, a result of no dimension is a number.
    return np.reshape(answer(states.ravel().tolist()), kept)[()]


def one_value(states, *, statistic, ddof, min_count):
    """The result for all elements. If it is undefined, raises as tally's function does."""
    kind, _, ask = QUESTIONS[statistic]
    state = kind.load(states[0])
    if min_count > 0 and state.count < min_count:
        return np.float64(np.nan)
    return np.float64(ask(state, ddof))


def one_product(states):
    return np.float64(tally.Products.load(states[0]).value())


def one_integer(states):
    try:
        return tally.state_values(states, integers=True)[0]
    except OverflowError:
        raise OverflowError("the sum does not fit in int64, the dtype of the array") from None


def array_of(a):
    """A dask array. In several chunks, all but one of them empty, an axis of one element would
    be no longer one to Dask, which then broadcasts the wrong chunk of another array."""
    a = da.asanyarray(a)
    lone = {place: 1 for place, n in enumerate(a.shape) if n == 1 < a.numblocks[place]}
    return a.rechunk(lone) if lone else a


def checked(a):
    """A dask array of numbers that tally supports."""
    a = array_of(a)
    if a.dtype == object:
        raise TypeError("arrays of objects are not supported: convert them by astype()")
    # The error that its chunks would raise, before they are computed.
    tally.sum(np.empty(0, a.dtype))
    return a


def mask_of(where, a):
    """The mask of elements that count, in the chunks of `a`; None for all."""
    if where is None or where is True:
        return None
    where = array_of(where)
    if where.dtype != bool:
        raise TypeError("a mask must have elements of type bool")
    if np.isnan([*a.shape, *where.shape]).any():
        raise ValueError("a mask needs known shapes: call compute_chunk_sizes() first")
    where = da.broadcast_to(where, a.shape)
    # Finer chunks would divide those of `a` too, and each would have a result of its own.
    return where.rechunk(a.chunks) if a.size > 0 else None


def direct(block, where=None, *, function, **options):
    """The results of a chunk that has all elements of each."""
    return np.asarray(function(block, where=where, **options))[()]


def reduced(statistic, a, axis, keepdims, where, skipna, min_count, split_every, **ddof):
    """A lazy array of the results of a statistic along axes."""
    a = checked(a)
    # The function itself checks these arguments.
    function = getattr(tally, statistic)
    function(np.ones(1), min_count=min_count, **{name: min(n, 0) for name, n in ddof.items()})
    axes = tuple(range(a.ndim)) if axis is None else normalize_axis_tuple(axis, a.ndim)
    where = mask_of(where, a)
    integers = statistic == "sum" and a.dtype.kind in "biu" and min_count == 0
    dtype = np.dtype(np.int64 if integers else np.float64)
    kept = [place for place in range(a.ndim) if keepdims or place not in axes]
    meta = np.empty((0,) * len(kept), dtype)
    name = f"tally-{statistic}"
    is_one = axis is None and not keepdims
    if not is_one and all(a.numblocks[place] == 1 for place in axes):
        options = {"axis": axes, "keepdims": keepdims, "skipna": skipna, "min_count": min_count}
        places = tuple(range(a.ndim))
        return da.blockwise(
            partial(direct, function=function, **options, **ddof),
            kept,
            *(a, places),
            *(() if where is None else (where, places)),
            adjust_chunks={place: 1 for place in axes} if keepdims else None,
            concatenate=True,
            dtype=dtype,
            meta=meta,
            token=name,
        )
    asked = {"statistic": statistic, "min_count": min_count, "ddof": ddof.get("ddof", 0)}
    if integers:
        answer = one_integer if is_one else partial(tally.state_values, integers=True)
    else:
        answer = partial(one_value if is_one else tally.state_values, **asked)
    return da.reduction(
        a,
        partial(chunk, kind=QUESTIONS[statistic][1], skipna=skipna),
        partial(aggregate, answer=answer),
        combine=combine,
        axis=axes,
        keepdims=keepdims,
        dtype=dtype,
        meta=meta,
        split_every=split_every,
        weights=where,
        name=name,
    )


def sum(
    a, axis=None, *, keepdims=False, where=None, skipna=False, min_count=0, split_every=None
):
    """Returns the exact sum of a dask array, rounded once, as a lazy dask array.

    The result is that of tally.sum() for the whole array, whatever the chunks: int64 for
    integers, otherwise float64. `split_every` is as in dask.array.sum(); the other arguments are
    those of tally.sum(), and `where` may be a dask array. With `axis=None`, computing the result
    raises the errors of tally.sum(), and OverflowError if a sum of integers does not fit in
    int64.

    >>> import dask.array as da
    >>> import tally.dask
    >>> x = da.from_array([[1e100, 1.0], [-1e100, 2.0]], chunks=(1, 2))
    >>> tally.dask.sum(x, axis=0).compute().tolist()
    [0.0, 3.0]
    """
    return reduced("sum", a, axis, keepdims, where, skipna, min_count, split_every)


def mean(
    a, axis=None, *, keepdims=False, where=None, skipna=False, min_count=0, split_every=None
):
    """Returns the exact mean of a dask array, rounded once, as a lazy dask array of float64.

    The arguments are those of sum(). The mean of no elements is NaN along an axis; with
    `axis=None`, computing it raises ValueError.

    >>> import dask.array as da
    >>> import tally.dask
    >>> x = da.from_array([1e100, 3.0, -1e100], chunks=2)
    >>> float(tally.dask.mean(x).compute())
    1.0
    """
    return reduced("mean", a, axis, keepdims, where, skipna, min_count, split_every)


def var(
    a,
    axis=None,
    *,
    ddof=0,
    keepdims=False,
    where=None,
    skipna=False,
    min_count=0,
    split_every=None,
):
    """Returns the exact variance of a dask array, rounded once, as a lazy dask array of float64.

    `ddof` is as in tally.var(); the other arguments are those of sum(). The variance of no more
    than `ddof` values is NaN along an axis; with `axis=None`, computing it raises ValueError.

    >>> import dask.array as da
    >>> import tally.dask
    >>> x = da.from_array([1e9, 1e9 + 1, 1e9 + 2], chunks=1)
    >>> float(tally.dask.var(x, ddof=1).compute())
    1.0
    """
    return reduced("var", a, axis, keepdims, where, skipna, min_count, split_every, ddof=ddof)


def std(
    a,
    axis=None,
    *,
    ddof=0,
    keepdims=False,
    where=None,
    skipna=False,
    min_count=0,
    split_every=None,
):
    """Returns the exact standard deviation of a dask array, rounded once; see var().

    >>> import dask.array as da
    >>> import tally.dask
    >>> x = da.from_array([1e9, 1e9 + 2, 1e9 + 4], chunks=1)
    >>> float(tally.dask.std(x, ddof=1).compute())
    2.0
    """
    return reduced("std", a, axis, keepdims, where, skipna, min_count, split_every, ddof=ddof)


def norm(
    a, axis=None, *, keepdims=False, where=None, skipna=False, min_count=0, split_every=None
):
    """Returns the exact Euclidean norm of a dask array, rounded once; see sum().

    >>> import dask.array as da
    >>> import tally.dask
    >>> x = da.from_array([3.0, 4.0], chunks=1)
    >>> float(tally.dask.norm(x).compute())
    5.0
    """
    return reduced("norm", a, axis, keepdims, where, skipna, min_count, split_every)


def products_chunk(x, y, where=None, *, skipna):
    """The states of the products of two chunks, with one more dimension of size 1."""
    shape = (*x.shape[:-1], *y.shape[:-2], *y.shape[-1:][: y.ndim - 1], 1)
    return boxed(tally.dot_states(x, y, where=where, skipna=skipna), shape)


def states_as_they_are(states, *, axis, keepdims, computing_meta=False):
    return np.empty(states.shape) if computing_meta else states


def direct_products(x, y, where=None, *, skipna):
    return tally.dot(x, y, where=where, skipna=skipna)


def dot(x, y, *, where=None, skipna=False, split_every=None):
    """Returns the exact dot product of two dask arrays, rounded once, as a lazy dask array.

    The result is that of tally.dot() for the whole arrays, whatever the chunks: int64 for
    integers, otherwise float64. As there, the last axis of `x` is summed with the second-to-last
    of `y`. `where`, which needs one-dimensional arrays and may be a dask array, and `skipna`
    leave pairs out. `split_every` is as in dask.array.sum().

    >>> import dask.array as da
    >>> import tally.dask
    >>> x = da.from_array([1e100, 1.0, 1e100], chunks=2)
    >>> y = da.from_array([1.0, 1.0, -1.0], chunks=1)
    >>> float(tally.dask.dot(x, y).compute())
    1.0
    """
    x, y = checked(x), checked(y)
    where = mask_of(where, x)
    # The errors of tally.dot(), and the shape of the results.
    shape = tally.dot(np.empty((0,) * x.ndim), np.empty((0,) * y.ndim))
    if where is not None and (x.ndim > 1 or y.ndim > 1):
        raise TypeError("where needs arrays of one dimension")
    y_axis = max(y.ndim - 2, 0)
    sizes = {x.shape[-1], y.shape[y_axis]}
    if len(sizes) > 1 and not np.isnan([*sizes]).any():
        raise ValueError(f"shapes {x.shape} and {y.shape} do not match")
    ndim = np.ndim(shape)
    common = ndim
    x_places = [*range(x.ndim - 1), common]
    rest = iter(range(x.ndim - 1, ndim))
    y_places = [common if place == y_axis else next(rest) for place in range(y.ndim)]
    operands = [x, x_places, y, y_places]
    if where is not None:
        operands += [where, x_places]
    integers = x.dtype.kind in "biu" and y.dtype.kind in "biu"
    dtype = np.dtype(np.int64 if integers else np.float64)
    meta = np.empty((0,) * ndim, dtype)
    if ndim > 0 and x.numblocks[-1] == 1 and y.numblocks[y_axis] == 1:
        return da.blockwise(
            partial(direct_products, skipna=skipna),
            list(range(ndim)),
            *operands,
            concatenate=True,
            dtype=dtype,
            meta=meta,
            token="tally-dot",
        )
    states = da.blockwise(
        partial(products_chunk, skipna=skipna),
        [*range(ndim), common],
        *operands,
        adjust_chunks={common: 1},
        dtype=object,
        meta=np.empty((0,) * (ndim + 1), object),
        token="tally-dot-chunk",
    )
    if integers:
        answer = one_integer if ndim == 0 else partial(tally.state_values, integers=True)
    else:
        answer = one_product if ndim == 0 else tally.state_values
    return da.reduction(
        states,
        states_as_they_are,
        partial(aggregate, answer=answer),
        combine=combine,
        axis=common,
        dtype=dtype,
        meta=meta,
        split_every=split_every,
        name="tally-dot",
    )
