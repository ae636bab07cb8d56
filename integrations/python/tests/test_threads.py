"""Several threads at once: right, or an error."""

import copy
import math
import operator
import sys
import sysconfig
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


def test_lists_that_others_change():
    """Each sum is of a state that the list once had: a change of it is one assignment."""
    few, many = [1.0] * 8, [1.0] * 5000
    integers = [1] * 5000

    def work(number):
        if number == 0:
            for turn in range(3000):
                few[turn % 8] = float(2 - turn % 2)
                many[turn % 5000] = float(2 - turn % 2)
                integers[turn % 5000] = 2 - turn % 2
            return
        for _ in range(100):
            assert 8 <= tally.sum(few) <= 16
            assert 5000 <= tally.sum(many) <= 10000
            assert 5000 <= tally.sum(integers) <= 10000

    at_once(3, work)


def test_lists_that_others_shorten():
    values = [1.0] * 50

    def work(number):
        for turn in range(3000):
            if number == 0:
                values[:] = [1.0] * (turn % 50)
            else:
                assert 0 <= tally.sum(values) <= 50

    at_once(3, work)


def test_the_lock_stays_off():
    """A build without the interpreter's lock does not switch it on for this package."""
    enabled = getattr(sys, "_is_gil_enabled", None)
    built_without = sysconfig.get_config_var("Py_GIL_DISABLED")
    assert not built_without or not enabled()
