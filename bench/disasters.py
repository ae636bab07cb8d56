#!/usr/bin/env python3
"""The numbers of examples/disasters.c by Python's own functions, and NumPy's if it is
installed: each line is a name, and what it gives."""

import math
import statistics
import sys

SPREAD = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]
NARROW = [1e16, 1e16 + 2, 1e16 + 2]
TENTHS = [0.1] * 10
DOTS = [([1e100, 1.0, 1e100], [1.0, 1.0, -1.0]),
        ([100000001.0, -1.0], [100000001.0, 10000000200000000.0])]
NORMS = [[3e300, 4e300], [3e-200, 4e-200]]
HUGE = [1.7e308, 1.6e308]


def show(name, results):
    print(f"{name:22}", *(f"{result:.17g}" for result in results))


print("Python", sys.version.split()[0])
show("statistics.variance", map(statistics.variance, (SPREAD, NARROW, TENTHS)))
if hasattr(math, "sumprod"):
    show("math.sumprod", (math.sumprod(x, y) for x, y in DOTS))
show("math.hypot", (math.hypot(*sides) for sides in NORMS))
show("statistics.mean", [statistics.mean(HUGE)])
try:
    import numpy
except ImportError:
    print("NumPy is not installed")
else:
    numpy.seterr(all="ignore")
    print("NumPy", numpy.__version__)
    show("numpy.var", (numpy.var(numpy.array(x), ddof=1) for x in (SPREAD, NARROW, TENTHS)))
    show("numpy.dot", (numpy.dot(numpy.array(x), numpy.array(y)) for x, y in DOTS))
    show("numpy.linalg.norm", (numpy.linalg.norm(numpy.array(sides)) for sides in NORMS))
    show("numpy.mean", [numpy.mean(numpy.array(HUGE))])
