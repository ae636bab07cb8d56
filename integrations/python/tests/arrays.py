"""Arrays of every kind, made by hypothesis."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

FLOATS = ["<f8", ">f8", "<f4", ">f4", "<f2", ">f2"]
INTEGERS = ["i1", "u1", "<i2", ">i2", "<u2", "<i4", ">u4", "<u4", "<i8", ">i8", "<u8", ">u8", "?"]
TYPES = [np.dtype(name) for name in FLOATS + INTEGERS]


@st.composite
def arrays(draw, types=TYPES, min_dims=1, max_dims=4, max_side=5, specials=True):
    """An array of any type, shape, strides and byte order."""
    dtype = draw(st.sampled_from(types))
    shape = draw(hnp.array_shapes(min_dims=min_dims, max_dims=max_dims, min_side=0, max_side=max_side))
    if dtype.kind == "f":
        elements = st.floats(width=8 * dtype.itemsize, allow_nan=specials, allow_infinity=specials)
        if draw(st.booleans()):
            # Sizes at which sums cancel.
            limit = {2: 60000.0, 4: 2.0**60, 8: 2.0**80}[dtype.itemsize]
            elements = st.sampled_from([limit, -limit, 1.0, -1.0, 0.5, 0.0, -0.0])
    else:
        elements = None
    array = draw(hnp.arrays(dtype, shape, elements=elements))
    for axis in range(array.ndim):
        step = draw(st.sampled_from([1, 1, -1, 2, -2]))
        array = array[(slice(None),) * axis + (slice(None, None, step),)]
    if draw(st.booleans()):
        array = array.transpose(draw(st.permutations(range(array.ndim))))
    if array.ndim < max_dims and draw(st.sampled_from([False, False, False, True])):
        array = np.broadcast_to(array, (draw(st.integers(1, 3)), *array.shape))
    return array


def python_values(array):
    """The elements as Python numbers, in C order."""
    return array.ravel().tolist()


@st.composite
def axes_of(draw, ndim):
    """None, an axis, or a tuple of axes: negative ones too."""
    if draw(st.booleans()):
        return draw(st.sampled_from([None, *range(-ndim, ndim)]))
    chosen = draw(st.lists(st.integers(0, ndim - 1), unique=True, max_size=ndim))
    return tuple(axis - ndim if draw(st.booleans()) else axis for axis in chosen)


def lanes(array, axis):
    """The values of each result along axes, and the shape of the results."""
    axes = range(array.ndim) if axis is None else np.atleast_1d(axis) % array.ndim
    axes = sorted(int(axis) for axis in axes)
    kept = [place for place in range(array.ndim) if place not in axes]
    shape = tuple(array.shape[place] for place in kept)
    count = int(np.prod(shape, dtype=int))
    size = int(np.prod([array.shape[place] for place in axes], dtype=int))
    moved = array.transpose(kept + axes).reshape(count, size)
    return [row.tolist() for row in moved], shape
