"""Dask's distributed scheduler: workers of a local cluster, some of which die."""

import math
import os
import signal
import time

import numpy as np
import oracle
import pytest

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
da = pytest.importorskip("dask.array")
dd = pytest.importorskip("dask.dataframe")
pandas = pytest.importorskip("pandas")

import tally.dask as td  # noqa: E402

CHUNK, CHUNKS, WORKERS = 500, 60, 2


def values_of(number):
    """The values of a chunk."""
    rng = np.random.default_rng(number)
    return (rng.random(CHUNK) - 0.5) * 2.0 ** rng.integers(-60, 61, CHUNK)


def slow_values_of(number):
    time.sleep(0.1)
    return values_of(number)


ALL = np.concatenate([values_of(number) for number in range(CHUNKS)])
KEYS = np.arange(ALL.size) % 17


def lazy_array():
    slow = dask.delayed(slow_values_of)
    blocks = [da.from_delayed(slow(n), (CHUNK,), float) for n in range(CHUNKS)]
    return da.concatenate(blocks)


def slow_frame(number):
    keys = KEYS[number * CHUNK : (number + 1) * CHUNK]
    return pandas.DataFrame({"key": keys, "x": slow_values_of(number)})


def lazy_frame():
    meta = pandas.DataFrame({"key": KEYS[:0], "x": ALL[:0]})
    return dd.from_map(slow_frame, range(CHUNKS), meta=meta)


@pytest.fixture(scope="module")
def client():
    options = {"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None}
    with dask.config.set({"distributed.scheduler.allowed-failures": 20}):
        with distributed.LocalCluster(processes=True, **options) as cluster:
            with distributed.Client(cluster) as client:
                yield client


QUESTIONS = {
    "sum": (lambda: td.sum(lazy_array()), lambda: math.fsum(ALL)),
    "var": (lambda: td.var(lazy_array(), split_every=3), lambda: oracle.variance(ALL.tolist())),
    "groups": (
        lambda: lazy_frame().groupby("key")["x"].agg(td.group_sum()),
        lambda: [math.fsum(ALL[KEYS == key]) for key in range(17)],
    ),
    "shuffled groups": (
        lambda: lazy_frame().groupby("key")["x"].agg(td.group_sum(), split_out=3),
        lambda: [math.fsum(ALL[KEYS == key]) for key in range(17)],
    ),
}


def listed(result):
    return result.sort_index().tolist() if isinstance(result, pandas.Series) else float(result)


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_workers_of_a_cluster(client, name):
    lazy, want = QUESTIONS[name]
    assert listed(client.compute(lazy()).result(timeout=120)) == want()


@pytest.mark.parametrize("name", ["sum", "groups"])
def test_a_worker_that_dies_changes_nothing(client, name):
    lazy, want = QUESTIONS[name]
    client.wait_for_workers(WORKERS, timeout=60)
    workers = client.run(os.getpid)
    future = client.compute(lazy())
    # In the middle: some chunks are done, and more are not.
    deadline = time.monotonic() + 60
    while not all(client.has_what().values()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not future.done()
    (address, victim) = next(iter(workers.items()))
    os.kill(victim, signal.SIGKILL)
    assert listed(future.result(timeout=120)) == want()
    assert victim not in client.run(os.getpid).values(), "another worker has taken its place"


def state_of_ones(number):
    import tally

    return tally.Accumulator(np.ones(number)).seal()


def test_a_damaged_state_is_an_error_of_the_future(client):
    import tally

    states = client.gather(client.map(state_of_ones, [3, 4]))
    damaged = states[0][:-1] + bytes([states[0][-1] ^ 1])
    future = client.submit(tally.merge_states, [states[1], damaged])
    with pytest.raises(ValueError, match="state 1: .*checksum"):
        future.result(timeout=60)
