"""Several threads at once: right, or an error."""

import copy
import math
import operator
import threading
import time

import numpy as np
import tally


def at_once(count, work):
    """Runs work(number) on threads that begin together; their errors come out."""
    barrier = threading.Barrier(count)
    errors = []

    def run(number):
        barrier.wait()
        try:
            work(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_adding_to_one_sum():
    block = np.random.default_rng(0).standard_normal(200_000)
    for kind in (tally.Accumulator, tally.Moments):
        state = kind()

        def work(number):
            for _ in range(5):
                state.add(block)
                state.add(float(number))
                operator.iadd(state, [0.5, 2**70])
                state.subtract(block)
                copy.copy(state)
                repr(state)

        at_once(4, work)
        want = kind()
        for number in range(4):
            for _ in range(5):
                want.add([float(number), 0.5, 2**70])
        assert state == want


def test_merging_each_into_the_other():
    a, b = tally.Accumulator([1.0]), tally.Accumulator([2.0])

    def work(number):
        for _ in range(2000):
            if number % 2:
                a.merge(b)
                a.unmerge(b)
            else:
                b.merge(a)
                b.unmerge(a)
            assert a == a

    at_once(4, work)


def test_loading_while_others_read():
    state = tally.Accumulator([1.0])
    states = [tally.Accumulator([float(n)] * n).save() for n in range(1, 9)]

    def work(number):
        for turn in range(2000):
            if number == 0:
                state.__setstate__(states[turn % 8])
            else:
                copied = state.copy()
                assert copied.value() == float(copied.count) ** 2

    at_once(3, work)


def test_other_threads_run_meanwhile():
    array = np.random.default_rng(0).standard_normal((3000, 3000))
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    begin = time.perf_counter()
    tally.std(array)
    tally.std(array, axis=0)
    end = time.perf_counter()
    done.set()
    thread.join()
    inside = sum(begin < at < end for at in ticks)
    assert inside > (end - begin) / 0.1


def test_results_from_threads():
    array = np.random.default_rng(0).standard_normal(100_000)
    want = math.fsum(array)
    at_once(4, lambda _: [tally.sum(array) == want or 1 / 0 for _ in range(20)])
