"""Times Python's sums for another program, which asks by lines on stdin.

names            which sums there are
load COUNT       COUNT doubles follow, as bytes
answer NAME      the bits of a sum, as an integer
time NAME TIMES  nanoseconds of processor time for so many sums
"""

import array
import itertools
import math
import struct
import sys
import time

try:
    import numpy
except ImportError:
    numpy = None

SUMS = {"math.fsum": math.fsum}
VERSIONS = ["Python " + sys.version.split()[0]]
if numpy:
    SUMS["numpy.sum"] = numpy.sum
    VERSIONS.append("numpy " + numpy.__version__)


def load(count):
    """Each sum's values in the form that suits it best."""
    data = array.array("d")
    data.frombytes(sys.stdin.buffer.read(8 * count))
    values = {"math.fsum": data.tolist()}
    if numpy:
        # At the beginning of a cache line, as the others have theirs.
        room = numpy.empty(count + 8)
        skip = -room.ctypes.data % 64 // 8
        values["numpy.sum"] = room[skip : skip + count]
        values["numpy.sum"][:] = data
    return values


def measure(function, values, times):
    clock = time.process_time_ns
    start = clock()
    for _ in itertools.repeat(None, times):
        function(values)
    return clock() - start


def main():
    values = {}
    for line in iter(sys.stdin.buffer.readline, b""):
        command, *words = line.decode().split()
        if command == "names":
            print(", ".join(VERSIONS), *SUMS, sep="\t")
        elif command == "load":
            values.clear()
            values = load(int(words[0]))
            print("loaded")
        elif command == "answer":
            total = float(SUMS[words[0]](values[words[0]]))
            print(struct.unpack("=Q", struct.pack("=d", total))[0])
        elif command == "time":
            print(measure(SUMS[words[0]], values[words[0]], int(words[1])))
        sys.stdout.flush()


main()
