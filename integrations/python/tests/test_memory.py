"""No copies, and no leaks."""

import gc
import math
import resource

import numpy as np
import pytest
import tally


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def large():
    """400 MB."""
    array = np.ones(50_000_000)
    array[::7] = 1e16
    return array


@pytest.mark.parametrize(
    "call",
    [
        tally.sum,
        tally.mean,
        lambda a: tally.var(a, skipna=True),
        lambda a: tally.sum(a[::-2]),
        lambda a: tally.sum(a.reshape(-1, 1000), axis=0),
        lambda a: tally.sum(a.reshape(-1, 1000), axis=1),
        lambda a: tally.sum(a.reshape(1000, -1)[:, :-1]),
        lambda a: tally.sum(a.reshape(500, 1000, 100), axis=(0, 2)),
        lambda a: tally.dot(a, a),
        lambda a: tally.Accumulator(a),
        lambda a: tally.average(a, weights=a),
        lambda a: tally.sum(a, where=np.array([True])),
    ],
)
def test_a_large_array_is_not_copied(large, call):
    gc.collect()
    before = max(peak(), resident())
    call(large)
    assert peak() - before < 20 * MEGABYTE


def test_streams_of_large_arrays(large):
    state = tally.Accumulator()
    state.add(large)
    before = max(peak(), resident())
    for _ in range(5):
        state.add(large)
    assert peak() - before < 20 * MEGABYTE
    assert state.count == 6 * large.size


def test_nothing_leaks():
    array = np.ones((100, 100))
    values = list(range(100)) + [0.5, 2**70]

    def work():
        tally.sum(array, axis=0, where=array > 0)
        tally.sum(values)
        tally.cumsum(array, axis=0)
        tally.Accumulator(array).save()
        tally.cov(array[:3])
        for bad in (lambda: tally.sum([None]), lambda: tally.sum(array, axis=9)):
            with pytest.raises((TypeError, ValueError)):
                bad()

    for _ in range(300):
        work()
    gc.collect()
    before = resident()
    for _ in range(3000):
        work()
    gc.collect()
    assert resident() - before < 8 * MEGABYTE


def test_generators_of_any_length():
    tally.sum(1.0 for _ in range(1000))
    before = peak()
    assert tally.sum(0.1 for _ in range(3_000_000)) == 0.1 * 3_000_000
    assert peak() - before < 8 * MEGABYTE
    assert math.isclose(tally.mean(range(10)), 4.5)
