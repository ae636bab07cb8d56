"""Calls the shared library from Python by ctypes: call.py LIBRARY arrays|numpy|callback."""

import ctypes
import fractions
import math
import random
import sys

NULL_REFUSED = -1
STOPPED = -10

library = ctypes.CDLL(sys.argv[1])
library.tally_sum_f64.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
library.tally_last_message.restype = ctypes.c_char_p


def total(pointer, count):
    """The total of count doubles that lie at pointer."""
    result = ctypes.c_double()
    status = library.tally_sum_f64(pointer, count, ctypes.byref(result))
    assert status == 0, library.tally_last_message()
    return result.value


def hard_values(count):
    """Values of all sizes, whose float sum is wrong by any loop."""
    source = random.Random(1)
    return [source.uniform(-1, 1) * 2.0 ** source.randint(-300, 300) for _ in range(count)]


def arrays():
    """Plain arrays, and an accumulator in plain bytes."""
    values = hard_values(1000)
    array = (ctypes.c_double * len(values))(*values)
    assert total(array, len(values)) == math.fsum(values)
    assert library.tally_sum_f64(None, 1, ctypes.byref(ctypes.c_double())) == NULL_REFUSED
    assert library.tally_last_message()

    library.tally_accumulator_size.restype = ctypes.c_size_t
    size = library.tally_accumulator_size()
    add = library.tally_accumulator_add_f64
    add.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
    first, second = ctypes.create_string_buffer(size), ctypes.create_string_buffer(size)
    assert add(first, array, 400) == 0
    assert add(second, ctypes.byref(array, 400 * 8), 600) == 0
    assert library.tally_accumulator_merge(first, second) == 0
    value = ctypes.c_double()
    assert library.tally_accumulator_value_f64(first, ctypes.byref(value)) == 0
    exact = sum(map(fractions.Fraction, values))
    assert value.value == float(exact)


def from_numpy():
    """NumPy's own memory, without a copy."""
    import numpy

    values = numpy.array(hard_values(1000))
    assert total(values.ctypes.data, values.size) == math.fsum(values)
    add = library.tally_accumulator_add_f64_strided
    add.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_ssize_t]
    state = ctypes.create_string_buffer(library.tally_accumulator_size())
    column = values.reshape(100, 10)[::-1, 3]
    assert add(state, column.ctypes.data, column.size, column.strides[0]) == 0
    value = ctypes.c_double()
    assert library.tally_accumulator_value_f64(state, ctypes.byref(value)) == 0
    assert value.value == math.fsum(column)


def callback():
    """A Python function that the library calls, and one that stops it."""
    prototype = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int), ctypes.py_object
    )

    def square(element, result, seen):
        seen.append(element[0])
        result[0] = element[0] ** 2
        return 9 if element[0] == 4 else 0

    library.tally_map.argtypes = [
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_ssize_t,
        prototype,
        ctypes.py_object,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    elements, results = (ctypes.c_int * 4)(2, 3, 4, 5), (ctypes.c_int * 4)()
    seen, done = [], ctypes.c_size_t()
    status = library.tally_map(
        elements, 4, 4, prototype(square), seen, results, ctypes.byref(done)
    )
    assert status == STOPPED and b"9" in library.tally_last_message()
    assert done.value == 2 and seen == [2, 3, 4] and list(results[:2]) == [4, 9]


{"arrays": arrays, "numpy": from_numpy, "callback": callback}[sys.argv[2]]()
