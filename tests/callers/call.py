"""Calls the shared library from Python by ctypes: call.py LIBRARY arrays|numpy|arrow|callback."""

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


# The sizes of ArrowSchema, ArrowArray and ArrowArrayStream, and where each is released.
SCHEMA, ARRAY, STREAM = (72, 56), (80, 64), (40, 24)


class Exported:
    """One of Arrow's structs, to be filled by pyarrow."""

    def __init__(self, kind):
        self.size, self.place = kind
        self.struct = ctypes.create_string_buffer(self.size)
        self.address = ctypes.addressof(self.struct)

    def release(self):
        """Gives it back; it must not have been."""
        callback = ctypes.c_void_p.from_buffer(self.struct, self.place)
        assert callback.value
        ctypes.CFUNCTYPE(None, ctypes.c_void_p)(callback.value)(self.address)
        assert not callback.value


def add_arrow(kind, data, *columns):
    """The text of what is added of an array, a batch or a reader by a state of a kind."""
    state = ctypes.create_string_buffer(1024)
    names = [column if column is None else column.encode() for column in columns]
    if hasattr(data, "read_next_batch"):
        given = [Exported(STREAM)]
        data._export_to_c(given[0].address)
        add = getattr(library, f"tally_{kind}_add_arrow_stream")
    else:
        given = [Exported(SCHEMA), Exported(ARRAY)]
        data._export_to_c(given[1].address, given[0].address)
        add = getattr(library, f"tally_{kind}_add_arrow")
    add.argtypes = [ctypes.c_void_p] * (1 + len(given)) + [ctypes.c_char_p] * len(names)
    status = add(state, *(one.address for one in given), *names)
    message = library.tally_last_message().decode()
    for one in given:
        one.release()
    if status != 0:
        raise ValueError(message)
    text = ctypes.create_string_buffer(2000)
    needed = ctypes.c_size_t()
    value = getattr(library, f"tally_{kind}_value_text")
    value.argtypes = [
        ctypes.c_void_p,
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_void_p,
    ]
    assert value(state, -1, text, len(text), ctypes.byref(needed)) == 0
    return fractions.Fraction(text.value.decode())


def from_arrow():
    """pyarrow's own memory, without a copy: against exact fractions."""
    import decimal

    import pyarrow

    decimal.getcontext().prec = 100
    source = random.Random(2)
    allocated = pyarrow.total_allocated_bytes()

    def exact(values):
        return sum((fractions.Fraction(value) for value in values if value is not None), 0)

    def column(kind, count):
        def one():
            if source.random() < 0.1:
                return None
            if pyarrow.types.is_boolean(kind):
                return source.random() < 0.5
            if pyarrow.types.is_decimal(kind):
                digits = source.randint(1 - 10**kind.precision, 10**kind.precision - 1)
                return decimal.Decimal(digits).scaleb(-kind.scale)
            if pyarrow.types.is_floating(kind):
                return source.uniform(-1, 1) * 2.0 ** source.randint(-9, 9)
            bits = kind.bit_width
            signed = pyarrow.types.is_signed_integer(kind)
            least = -(2 ** (bits - 1)) if signed else 0
            return source.randint(least, least + 2**bits - 1)

        return pyarrow.array([one() for _ in range(count)], type=kind)

    names = "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 bool_".split()
    kinds = [getattr(pyarrow, name)() for name in names]
    decimals = [pyarrow.decimal128(38, 10), pyarrow.decimal128(5, -3), pyarrow.decimal256(76, 40)]
    for name in "decimal32", "decimal64":
        if hasattr(pyarrow, name):
            decimals.append(getattr(pyarrow, name)(9, 4))
    for kind in kinds + decimals:
        state = "decimal" if kind in decimals else "accumulator"
        values = column(kind, 5000)
        others = column(pyarrow.int32(), 5000)
        for part in values, values.slice(13), values.slice(9, 4500), values.slice(7, 0):
            assert add_arrow(state, part, None) == exact(part.to_pylist()), kind
        mask = pyarrow.array([source.random() < 0.2 for _ in range(5000)])
        nested = pyarrow.StructArray.from_arrays([others, values], ["a", "b.c"], mask=mask)
        outer = pyarrow.StructArray.from_arrays([nested], ["in"], mask=mask.slice(0)).slice(11)
        batch = pyarrow.record_batch([outer, values.slice(11)], ["out", "x"])
        inner = [row and row["in"] and row["in"]["b.c"] for row in outer.to_pylist()]
        for path in ".out.in.b\\.c", "[0][0][1]":
            assert add_arrow(state, batch, path) == exact(inner), kind
            assert add_arrow(state, batch.slice(77, 3000), path) == exact(inner[77:3077]), kind
        batches = [batch.slice(0, 10), batch.slice(10, 0), batch.slice(10)]
        reader = pyarrow.RecordBatchReader.from_batches(batch.schema, batches)
        assert add_arrow(state, reader, ".out.in.b\\.c") == exact(inner), kind
        if state == "accumulator":
            pairs = zip(values.slice(11).to_pylist(), inner)
            products = [
                fractions.Fraction(x) * fractions.Fraction(y)
                for x, y in pairs
                if x is not None and y is not None
            ]
            got = add_arrow("product_accumulator", batch, "x", ".out.in.b\\.c")
            assert got == sum(products), kind

    def failing():
        yield pyarrow.record_batch([pyarrow.array([1])], ["x"])
        raise RuntimeError("the producer died")

    schema = pyarrow.schema([("x", pyarrow.int64())])
    for data, column_name, message in (
        (pyarrow.array(["a"]), None, "utf8 string"),
        (pyarrow.array(["a", "b"]).dictionary_encode(), None, "dictionary"),
        (pyarrow.array([None]), None, "null"),
        (pyarrow.array([[1]]), None, "list"),
        (pyarrow.array([1], pyarrow.timestamp("us")), None, "timestamp"),
        (pyarrow.record_batch([pyarrow.array([1])], ["x"]), "y", "no field"),
        (pyarrow.RecordBatchReader.from_batches(schema, failing()), "x", "the producer died"),
    ):
        try:
            add_arrow("accumulator", data, column_name)
            raise AssertionError(message)
        except ValueError as refused:
            assert message in str(refused), refused
    del data, values, others, mask, nested, outer, batch, batches, reader, part, pairs
    assert pyarrow.total_allocated_bytes() == allocated


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


{"arrays": arrays, "numpy": from_numpy, "arrow": from_arrow, "callback": callback}[sys.argv[2]]()
