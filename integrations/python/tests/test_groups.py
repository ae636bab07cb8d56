"""Groups, each against rational numbers."""

import math

import numpy as np
import oracle
import pytest
import tally
from arrays import INTEGERS, arrays
from hypothesis import given
from hypothesis import strategies as st

GROUPS = {
    "group_sum": oracle.total,
    "group_mean": oracle.mean,
    "group_var": oracle.variance,
}


@given(st.data(), arrays(max_dims=1, max_side=40), st.sampled_from(list(GROUPS)))
def test_groups(data, values, name):
    ids = data.draw(st.lists(st.integers(0, 9), min_size=values.size, max_size=values.size))
    groups = np.array(ids, data.draw(st.sampled_from([t for t in INTEGERS if t != "?"])))
    extra = data.draw(st.none() | st.integers(0, 3))
    skipna = data.draw(st.booleans())
    there = [data.draw(st.booleans()) for _ in ids] if data.draw(st.booleans()) else None
    min_count = data.draw(st.sampled_from([0, 0, 2]))
    count = max([i for i, t in zip(ids, there or [True] * len(ids)) if t], default=-1) + 1
    options = {"skipna": skipna, "min_count": min_count}
    if extra is not None:
        count = max([*ids, -1]) + 1 + extra
        options["group_count"] = count
    if there is not None:
        options["where"] = np.array(there, bool)
    members = [[] for _ in range(count)]
    for value, group, counts in zip(values.tolist(), ids, there or [True] * len(ids)):
        if counts and not (skipna and value != value):
            members[group].append(value)
    integers = name == "group_sum" and values.dtype.kind != "f" and min_count == 0
    if integers and any(not -(2**63) <= sum(map(int, m)) < 2**63 for m in members):
        with pytest.raises(OverflowError, match="does not fit in int64"):
            getattr(tally, name)(values, groups, **options)
        return
    got = getattr(tally, name)(values, groups, **options)
    if integers:
        assert got.dtype == np.int64 and got.tolist() == [sum(map(int, m)) for m in members]
        return
    want = [math.nan if len(m) < min_count else GROUPS[name](m) for m in members]
    assert got.dtype == np.float64
    assert oracle.all_same(got, want)


def test_lists_and_ids_that_are_left_out():
    assert tally.group_sum([1, 2, 4], [0, 1, 0]).tolist() == [5, 2]
    got = tally.group_sum([1.0, 2.0, 4.0], [0, -1, 1], where=[True, False, True])
    assert got.tolist() == [1.0, 4.0]
    assert tally.group_sum([], []).tolist() == []
    assert tally.group_var([1.0, 3.0], [0, 0], ddof=1).tolist() == [2.0]


def test_what_is_refused():
    for values, groups, options, error in (
        ([1.0], [-1], {}, ValueError),
        ([1.0], [3], {"group_count": 3}, ValueError),
        ([1.0], [0], {"group_count": -1}, ValueError),
        ([1.0, 2.0], [0], {}, ValueError),
        ([1.0], [0.0], {}, TypeError),
        ([1.0], ["a"], {}, TypeError),
        (np.ones((1, 1)), np.zeros((1, 1), int), {}, ValueError),
        ([1.0], [2**63], {}, OverflowError),
        ([1.0], np.array([2**63], "u8"), {}, (ValueError, MemoryError)),
    ):
        with pytest.raises(error):
            tally.group_sum(values, groups, **options)
    with pytest.raises(ValueError, match="row 1"):
        tally.group_mean([1.0, 2.0], [0, -1])


def test_many_groups():
    rng = np.random.default_rng(0)
    values = rng.standard_normal(50_000) * 2.0 ** rng.integers(-40, 40, 50_000)
    groups = rng.integers(0, 1000, 50_000)
    got = tally.group_sum(values, groups)
    want = [math.fsum(values[groups == g]) for g in range(1000)]
    assert got.tolist() == want
