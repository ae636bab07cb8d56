"""Tally's functions with the signatures of NumPy's, to be put in their place.

A call is Tally's if Tally takes the arguments; its result then gets the type that NumPy's
would have, and nothing else is done to it. Other calls go on to NumPy: `Theirs` says why.
What Tally refuses with an error, or answers differently, is not mended here: the test that
sees it fails, and is in the table of differences.
"""

import collections
import functools
import inspect
import sys

import numpy as np
import tally
from numpy._core import _methods, fromnumeric, multiarray, numeric
from numpy.lib import _function_base_impl, _nanfunctions_impl
from numpy.linalg import _linalg

# Of the test that runs: the calls that Tally answered, and those that went on to NumPy.
answered = collections.Counter()
passed_on = collections.Counter()


class Theirs(Exception):
    """A call that Tally does not take, with the reason."""


KINDS = {
    "O": "an array of objects",
    "c": "complex numbers",
    "m": "dates and times",
    "M": "dates and times",
    "S": "texts",
    "U": "texts",
    "T": "texts",
    "V": "records",
}


def type_of(a):
    """The type of the elements of an array or a list."""
    if isinstance(a, (list, tuple)):
        try:
            a = np.asarray(a)
        except Exception:
            raise Theirs("a list that is no array") from None
    elif np.isscalar(a):
        raise Theirs("a number alone")
    if type(a) is not np.ndarray:
        raise Theirs("a subclass or another object")
    if a.dtype.kind in KINDS:
        raise Theirs(KINDS[a.dtype.kind])
    if a.dtype.kind == "f" and a.dtype.itemsize > 8:
        raise Theirs("long doubles")
    if a.dtype.kind not in "biuf":
        raise Theirs("a type that is not NumPy's own")
    return a.dtype.newbyteorder("=")


def type_of_sum(dtype):
    """Integers are added up in 64 bits."""
    if dtype.kind in "bi":
        return np.dtype("int64")
    return np.dtype("uint64") if dtype.kind == "u" else dtype


def type_of_mean(dtype):
    return dtype if dtype.kind == "f" else np.dtype("float64")


def typed(result, dtype):
    """What Tally gave, as NumPy types it. An integer that does not fit is an error."""
    if isinstance(result, np.ndarray):
        return result.astype(dtype, copy=False)
    return dtype.type(result)


# Arguments that have no counterpart.
UNKNOWN = ["initial", "mean", "returned", "bias", "fweights", "aweights", "casting"]


def arguments(signature, args, kwargs):
    """What a call gives besides the defaults."""
    try:
        bound = signature.bind(*args, **kwargs).arguments
    except TypeError:
        raise Theirs("wrong arguments") from None
    given = {}
    for name, value in bound.items():
        if value is signature.parameters[name].default or value is np._NoValue or value is None:
            continue
        if isinstance(value, bool) and value is {"where": True, "keepdims": False}.get(name):
            continue
        if name in UNKNOWN:
            raise Theirs(f"{name}=")
        given[name] = value
    if "correction" in given:
        if "ddof" in bound:
            raise Theirs("ddof= and correction=")
        given["ddof"] = given.pop("correction")
    if not isinstance(given.get("ddof", 0), int):
        raise Theirs("ddof= that is not an integer")
    return given


def of_one(ours, result_type):
    """Reductions and running totals."""

    def call(a, out=None, dtype=None, **given):
        wanted, dtype = dtype, result_type(type_of(a))
        if wanted is not None and np.dtype(wanted) != dtype:
            # To add up as float64 is what Tally does with all floats.
            if np.dtype(wanted) != np.dtype("float64"):
                raise Theirs("dtype=")
            dtype = np.dtype("float64")
        if out is not None:
            if type(out) is not np.ndarray or out.dtype not in (dtype, np.dtype("float64")):
                raise Theirs("out= of another type")
            if type_of(out).kind == "f" and out.dtype != np.dtype("float64"):
                raise Theirs("out= of float32 or float16")
            if dtype == np.dtype("uint64"):
                raise Theirs("out= of uint64")
            return ours(a, out=out, **given)
        return typed(ours(a, **given), dtype)

    return call


def average(a, axis=None, weights=None, **given):
    dtype = type_of_mean(type_of(a))
    if weights is not None:
        # An integer among the two makes a float64 of the other.
        both = np.result_type(type_of(a), type_of(weights))
        integers = "f" not in (type_of(a).kind, type_of(weights).kind)
        dtype = np.result_type(both, "float64") if integers else both
    return typed(tally.average(a, axis, weights, **given), dtype)


def dot(a, b, out=None):
    dtype = np.result_type(type_of(a), type_of(b))
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        raise Theirs("a number alone")
    if dtype == np.dtype("bool"):
        raise Theirs("dot of bools, which is a bool")
    if out is not None:
        if type(out) is not np.ndarray or out.dtype not in ("float64", "int64"):
            raise Theirs("out= of another type")
        return tally.dot(a, b, out=out)
    return typed(tally.dot(a, b), dtype)


def of_pairs(ours):
    def call(y=None, dtype=None, **given):
        # numpy.cov calls it m, and numpy.corrcoef x.
        m = given.pop("m") if "m" in given else given.pop("x")
        for a in (m, y):
            if a is not None:
                type_of(a)
        return np.asarray(ours(m, y, **given), dtype)

    return call


def norm(x, ord=None, axis=None, keepdims=False):
    if ord is not None and not (ord == 2 and (np.ndim(x) == 1 or isinstance(axis, int))):
        raise Theirs("another norm")
    if isinstance(axis, tuple) and len(axis) > 2:
        # NumPy refuses it.
        raise Theirs("another norm")
    dtype = type_of_mean(type_of(x))
    return typed(tally.norm(x, axis, keepdims=keepdims), dtype)


def without_nan(ours):
    return functools.partial(ours, skipna=True)


# The name of NumPy's function, what stands in for it, and where it is found.
STAND_INS = [
    ("sum", of_one(tally.sum, type_of_sum), [np, fromnumeric, numeric]),
    ("_sum", of_one(tally.sum, type_of_sum), [_methods]),
    # numpy.mean and the method of arrays come here, and so with the next two.
    ("_mean", of_one(tally.mean, type_of_mean), [_methods]),
    ("_var", of_one(tally.var, type_of_mean), [_methods]),
    ("_std", of_one(tally.std, type_of_mean), [_methods]),
    ("cumsum", of_one(tally.cumsum, type_of_sum), [np, fromnumeric]),
    ("dot", dot, [np, multiarray, numeric]),
    ("average", average, [np, _function_base_impl]),
    ("cov", of_pairs(tally.cov), [np, _function_base_impl]),
    ("corrcoef", of_pairs(tally.corrcoef), [np, _function_base_impl]),
    ("nansum", of_one(without_nan(tally.sum), type_of_sum), [np, _nanfunctions_impl]),
    ("nanmean", of_one(without_nan(tally.mean), type_of_mean), [np, _nanfunctions_impl]),
    ("nanvar", of_one(without_nan(tally.var), type_of_mean), [np, _nanfunctions_impl]),
    ("nanstd", of_one(without_nan(tally.std), type_of_mean), [np, _nanfunctions_impl]),
    ("nancumsum", of_one(without_nan(tally.cumsum), type_of_sum), [np, _nanfunctions_impl]),
    ("norm", norm, [np.linalg, _linalg]),
]


def is_within(frame):
    """Whether NumPy calls, and not a test: above all what the tests compare results with."""
    name = frame.f_globals.get("__name__", "")
    if name == fromnumeric.__name__ and frame.f_back is not None:
        # numpy.mean, which calls _mean, and so on.
        name = frame.f_back.f_globals.get("__name__", "")
    return name.startswith("numpy.") and ".tests." not in name


def stand_in(name, theirs, ours):
    signature = inspect.signature(theirs)

    @functools.wraps(theirs)
    def call(*args, **kwargs):
        if is_within(sys._getframe(1)):
            return theirs(*args, **kwargs)
        answered[name.strip("_")] += 1
        try:
            return ours(**arguments(signature, args, kwargs))
        except Theirs as reason:
            answered[name.strip("_")] -= 1
            passed_on[f"{reason}"] += 1
        return theirs(*args, **kwargs)

    return call


def install():
    for name, ours, modules in STAND_INS:
        theirs = getattr(modules[0], name)
        replaced = stand_in(name, theirs, ours)
        for module in modules:
            if getattr(module, name, None) is theirs:
                setattr(module, name, replaced)
