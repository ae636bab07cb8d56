"""Arrays of other libraries: DLPack and the array interface."""

import ctypes

import numpy as np
import pytest
import tally
from arrays import arrays
from hypothesis import given


class Tensor:
    """An array that is reached by DLPack and by nothing else."""

    def __init__(self, array, versions=True, device=(1, 0)):
        self.array, self.versions, self.device = array, versions, device
        self.calls = []

    def __dlpack_device__(self):
        return self.device

    def __dlpack__(self, **options):
        self.calls.append(options)
        if not self.versions and options:
            raise TypeError("no such argument")
        return self.array.__dlpack__(**options)


class Interface:
    """An array that is reached by the array interface and by nothing else."""

    def __init__(self, array, **changes):
        self.keep = array
        self.__array_interface__ = {**array.__array_interface__, **changes}


NATIVE = [np.dtype(t) for t in ("f8", "f4", "f2", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")]


@given(arrays(types=NATIVE, specials=False))
def test_tensors(array):
    if any(stride % array.itemsize for stride in array.strides):
        return
    array = array.copy(order="K")
    want = tally.Accumulator(array)
    for versions in (True, False):
        tensor = Tensor(array, versions)
        assert tally.Accumulator(tensor) == want
    assert np.shape(tally.norm(Tensor(array), axis=0)) == array.shape[1:]


def test_the_newest_form_is_asked_for():
    tensor = Tensor(np.ones(3))
    assert tally.sum(tensor) == 3.0
    assert tensor.calls == [{"max_version": (1, 0)}]


@pytest.mark.parametrize(("device", "name"), [((2, 0), "CUDA"), ((8, 0), "Metal"), ((99, 0), "another")])
def test_other_devices_are_refused(device, name):
    with pytest.raises(TypeError, match=name):
        tally.sum(Tensor(np.ones(3), device=device))


def test_tensors_are_let_go():
    class Counted(np.ndarray):
        gone = 0

        def __del__(self):
            Counted.gone += 1

    for call in (tally.sum, tally.cumsum, lambda t: tally.sum(t, axis=5)):
        array = np.ones(3).view(Counted)
        gone = Counted.gone
        try:
            call(Tensor(array))
        except ValueError:
            pass
        del array
        assert Counted.gone > gone


class Capsule:
    """A capsule made by hand."""

    def __init__(self, name, **fields):
        class DLTensor(ctypes.Structure):
            _fields_ = [
                ("data", ctypes.c_void_p), ("device_type", ctypes.c_int32), ("device_id", ctypes.c_int32),
                ("ndim", ctypes.c_int32), ("code", ctypes.c_uint8), ("bits", ctypes.c_uint8),
                ("lanes", ctypes.c_uint16), ("shape", ctypes.POINTER(ctypes.c_int64)),
                ("strides", ctypes.POINTER(ctypes.c_int64)), ("byte_offset", ctypes.c_uint64),
            ]

        class Versioned(ctypes.Structure):
            _fields_ = [
                ("major", ctypes.c_uint32), ("minor", ctypes.c_uint32), ("manager", ctypes.c_void_p),
                ("deleter", ctypes.c_void_p), ("flags", ctypes.c_uint64), ("tensor", DLTensor),
            ]

        self.values = (ctypes.c_double * 4)(1.0, 2.0, 4.0, 8.0)
        self.shape = (ctypes.c_int64 * 1)(fields.pop("size", 4))
        self.strides = (ctypes.c_int64 * 1)(fields.pop("stride", 1))
        settings = {
            "data": ctypes.addressof(self.values), "device_type": 1, "device_id": 0, "ndim": 1,
            "code": 2, "bits": 64, "lanes": 1, "shape": self.shape, "strides": self.strides,
            "byte_offset": 0,
        }
        major = fields.pop("major", 1)
        tensor = DLTensor(**{**settings, **fields})
        self.managed = Versioned(major, 0, None, None, 0, tensor) if "versioned" in name else tensor
        self.name = name.encode()

    def __dlpack_device__(self):
        return (1, 0)

    def __dlpack__(self, max_version=None):
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        return new(ctypes.addressof(self.managed), self.name, None)


@pytest.mark.parametrize("name", ["dltensor", "dltensor_versioned"])
def test_capsules_by_hand(name):
    assert tally.sum(Capsule(name)) == 15.0
    assert tally.sum(Capsule(name, size=2, stride=2)) == 5.0
    assert tally.sum(Capsule(name, byte_offset=8, size=3)) == 14.0
    assert tally.sum(Capsule(name, strides=None)) == 15.0
    assert tally.sum(Capsule(name, size=0, data=None)) == 0.0
    assert tally.Accumulator(Capsule(name, ndim=0)).count == 1
    for fields, error in (
        ({"code": 5}, TypeError),
        ({"bits": 128}, TypeError),
        ({"lanes": 2}, TypeError),
        ({"device_type": 2}, TypeError),
        ({"ndim": -1}, ValueError),
        ({"size": -1}, ValueError),
        ({"shape": None}, ValueError),
        ({"stride": 2**60}, ValueError),
        ({"size": 2**62}, ValueError),
        ({"data": None}, ValueError),
    ):
        with pytest.raises(error):
            tally.sum(Capsule(name, **fields))


def test_capsules_of_other_kinds():
    with pytest.raises(ValueError, match="DLPack 2"):
        tally.sum(Capsule("dltensor_versioned", major=2))
    with pytest.raises(ValueError):
        tally.sum(Capsule("used_dltensor"))


def test_brain_floats():
    class Brain(Capsule):
        def __init__(self):
            super().__init__("dltensor", code=4, bits=16, strides=None)
            self.halves = (ctypes.c_uint16 * 4)(0x3F80, 0x4000, 0x4080, 0xC000)
            self.managed.data = ctypes.addressof(self.halves)

    assert tally.sum(Brain()) == 1.0 + 2.0 + 4.0 - 2.0


@given(arrays(specials=False))
def test_interfaces(array):
    want = tally.Accumulator(array)
    assert tally.Accumulator(Interface(array)) == want
    if array.flags.c_contiguous:
        assert tally.Accumulator(Interface(array, strides=None)) == want


def test_interfaces_that_are_wrong():
    array = np.ones(3)
    for changes, error in (
        ({"typestr": "<c16"}, TypeError),
        ({"typestr": "|S8"}, TypeError),
        ({"typestr": "nonsense"}, TypeError),
        ({"typestr": None}, ValueError),
        ({"shape": None}, ValueError),
        ({"shape": (-1,)}, ValueError),
        ({"shape": "x"}, TypeError),
        ({"strides": (8, 8)}, ValueError),
        ({"strides": (2**62,)}, ValueError),
        ({"data": None}, ValueError),
        ({"data": (0, False)}, ValueError),
        ({"mask": Interface(np.ones(3, bool))}, TypeError),
    ):
        with pytest.raises(error):
            tally.sum(Interface(array, **changes))


def test_objects_that_numpy_makes_arrays_of():
    class Array:
        def __array__(self, dtype=None, copy=None):
            return np.arange(4.0)

    assert tally.sum(Array()) == 6.0
    assert tally.sum(Array(), axis=0) == 6.0
