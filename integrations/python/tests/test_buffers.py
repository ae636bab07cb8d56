"""Memory that objects lend without NumPy."""

import array
import ctypes
import mmap

import pytest
import tally


@pytest.mark.parametrize("code", list("bhilqBHILQ"))
def test_arrays_of_the_standard_library(code):
    values = array.array(code, [1, 2, 100])
    assert tally.sum(values) == 103
    assert tally.mean(memoryview(values)[::-2]) == 50.5


def test_floats_and_bytes():
    assert tally.sum(array.array("f", [0.5, 0.25])) == 0.75
    assert tally.sum(b"\x01\x02") == 3
    assert tally.sum(bytearray(b"\xff" * 3)) == 765
    assert tally.sum((ctypes.c_double * 3)(1.0, 2.0, 4.0)) == 7.0
    assert tally.sum(((ctypes.c_short * 2) * 3)((1, 2), (3, 4), (5, 6)), axis=0)[1] == 12


def test_views_of_several_dimensions():
    view = memoryview(bytearray(range(24))).cast("B", (2, 3, 4))
    assert tally.sum(view) == 276
    assert list(tally.sum(view, axis=(0, 2))) == [60, 92, 124]
    floats = memoryview(bytearray(48)).cast("d", (2, 3))
    floats[1, 2] = 5.0
    assert list(tally.sum(floats, axis=1)) == [0.0, 5.0]


def test_memory_of_files():
    with mmap.mmap(-1, 4096) as memory:
        memory[:3] = b"\x01\x02\x03"
        assert tally.sum(memory) == 6


def test_what_is_lent_is_given_back():
    values = array.array("d", [1.0] * 10)
    for call in (tally.sum, tally.var, tally.cumsum, lambda v: tally.sum(v, axis=0)):
        call(values)
        values.append(1.0)  # a BufferError if the memory were still lent
    with pytest.raises(TypeError):
        tally.sum(memoryview(b"abc").cast("c"))
    data = bytearray(8)
    with pytest.raises(ValueError):
        tally.sum(data, axis=3)
    data.append(0)


def test_suboffsets_are_refused():
    # Only a view with plain strides is asked for: an exporter with more says no.
    class Exporter:
        def __buffer__(self, flags):
            raise BufferError("not like this")

    import sys

    if sys.version_info >= (3, 12):
        with pytest.raises((BufferError, TypeError)):
            tally.sum(Exporter())
