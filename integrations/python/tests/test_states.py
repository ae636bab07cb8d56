"""States of parts as bytes: made, merged and asked, each against rational numbers."""

import math
import random

import numpy as np
import oracle
import pytest
import tally
from arrays import INTEGERS, arrays, axes_of, lanes, python_values
from hypothesis import given
from hypothesis import strategies as st

KINDS = {"sum": tally.Accumulator, "moments": tally.Moments}
# Where the versions of a sealed state are: that of the envelope, and that of the saved form.
ENVELOPE, SAVED = 4, 16


def sample(size, seed=1):
    rng = np.random.default_rng(seed)
    return rng.choice([-1.0, 1.0], size) * 2.0 ** rng.integers(-60, 60, size) * rng.random(size)


def check_values(states, members, kind):
    """The values of states are those of the numbers they are of."""
    names = ["sum", "mean"] + (["var", "std", "norm"] if kind == "moments" else [])
    for name in names:
        want = [oracle.STATISTICS[name](m) for m in members]
        assert oracle.all_same(tally.state_values(states, name), want)
    assert tally.state_values(states, "count").tolist() == list(map(len, members))
    want = [math.nan if len(m) < 2 else oracle.mean(m) for m in members]
    assert oracle.all_same(tally.state_values(states, "mean", min_count=2), want)
    if kind == "moments":
        want = [oracle.variance(m, 1) for m in members]
        assert oracle.all_same(tally.state_values(states, "var", ddof=1), want)


@given(st.data(), arrays(), st.sampled_from(list(KINDS)), st.booleans())
def test_lanes(data, array, kind, skipna):
    axis = data.draw(axes_of(array.ndim))
    states = tally.axis_states(array, axis, kind=kind, skipna=skipna)
    members, _ = lanes(array, axis)
    members = [[v for v in lane if not (skipna and v != v)] for lane in members]
    assert states == [KINDS[kind](m).seal() for m in members]
    check_values(states, members, kind)


@given(st.data(), arrays(), st.sampled_from(list(KINDS)))
def test_lanes_with_a_mask(data, array, kind):
    axis = data.draw(axes_of(array.ndim))
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=array.size, max_size=array.size)))
    mask = mask.astype(bool).reshape(array.shape)
    states = tally.axis_states(array, axis, kind=kind, where=mask)
    values, _ = lanes(array, axis)
    chosen, _ = lanes(mask, axis)
    members = [[v for v, c in zip(lane, there) if c] for lane, there in zip(values, chosen)]
    check_values(states, members, kind)


@pytest.mark.parametrize("shape", [(3000, 300), (20, 3000), (70_000, 9), (2, 500, 70)])
@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i2", "i1", ">f8"])
def test_many_lanes_that_lie_beside_each_other(shape, dtype):
    array = np.clip(sample(math.prod(shape)), -100, 100).reshape(shape).astype(dtype)
    for view in (array, array[::-1, ..., ::2]):
        axis = view.ndim - 2
        states = tally.axis_states(view, axis)
        got = tally.state_values(states)
        rows = np.moveaxis(view, axis, -1).reshape(-1, view.shape[axis])
        assert got.tolist() == [math.fsum(row.tolist()) for row in rows]
        assert states == [tally.Accumulator(row).seal() for row in rows]
        moments = tally.axis_states(view[:, ..., :3], axis, kind="moments")
        some = np.moveaxis(view[:, ..., :3], axis, -1).reshape(-1, view.shape[axis])
        assert moments == [tally.Moments(row).seal() for row in some]


@given(st.data(), arrays(max_dims=1, max_side=40), st.sampled_from(list(KINDS)))
def test_groups(data, values, kind):
    ids = data.draw(st.lists(st.integers(0, 9), min_size=values.size, max_size=values.size))
    groups = np.array(ids, data.draw(st.sampled_from([t for t in INTEGERS if t != "?"])))
    skipna = data.draw(st.booleans())
    there = [data.draw(st.booleans()) for _ in ids]
    members = [[] for _ in range(12)]
    for value, group, counts in zip(values.tolist(), ids, there):
        if counts and not (skipna and value != value):
            members[group].append(value)
    options = {"where": np.array(there, bool), "skipna": skipna, "group_count": 12}
    states = tally.group_states(values, groups, kind=kind, **options)
    assert states == [KINDS[kind](m).seal() for m in members]
    check_values(states, members, kind)


def test_ids_that_are_left_out_and_ids_that_are_none():
    values, groups = [1.0, 2.0, 4.0], [0, -1, 1]
    states = tally.group_states(values, groups, where=[True, False, True])
    assert tally.state_values(states).tolist() == [1.0, 4.0]
    assert tally.group_states([], []) == []
    for groups, options, error in (
        ([0, -1, 1], {}, "row 1"),
        ([0, 1, 2], {"group_count": 2}, "row 2"),
        ([0, 1], {}, "the same size, not 3 and 2"),
        ([0, 1, 1], {"kind": "mean"}, "'sum' or 'moments', not 'mean'"),
        ([0, 1, 1], {"group_count": -1}, "group_count"),
    ):
        with pytest.raises(ValueError, match=error):
            tally.group_states(values, groups, **options)
    with pytest.raises(TypeError):
        tally.group_states(values, [0.5, 1.0, 2.0])
    with pytest.raises(MemoryError):
        tally.group_states(values, [0, 1, 2], group_count=2**40)


def test_columns_with_nulls():
    pyarrow = pytest.importorskip("pyarrow")
    values = pyarrow.array([1.5, None, 2.5, 4.0])
    states = tally.group_states(values, [0, 0, 0, 1])
    assert [tally.Accumulator.load(s).count for s in states] == [2, 1]
    assert tally.state_values(states).tolist() == [4.0, 4.0]


@given(arrays(min_dims=1, max_dims=2), st.booleans())
def test_products(array, skipna):
    other = array[::-1].T.copy()
    states = tally.dot_states(array, other, skipna=skipna)
    rows, columns = np.atleast_2d(array), np.atleast_2d(other.T)
    members = []
    for row in rows:
        for column in columns:
            pairs = list(zip(row.tolist(), column.tolist()))
            members.append([p for p in pairs if not (skipna and any(v != v for v in p))])
    assert len(states) == len(members)
    want = [oracle.dot([x for x, _ in m], [y for _, y in m]) for m in members]
    assert oracle.all_same(tally.state_values(states), want)
    assert tally.state_values(states, "count").tolist() == list(map(len, members))
    assert states == [tally.Products(*map(list, zip(*m))).seal() if m else tally.Products().seal()
                      for m in members]  # fmt: skip


@given(st.data(), arrays(max_dims=1, max_side=30), st.sampled_from(list(KINDS)))
def test_parts_in_any_order_make_the_whole(data, values, kind):
    cuts = sorted(data.draw(st.lists(st.integers(0, values.size), max_size=4)))
    parts = [values[a:b] for a, b in zip([0, *cuts], [*cuts, values.size])]
    states = [KINDS[kind](part).seal() for part in parts]
    shuffled = data.draw(st.permutations(states))
    [merged] = tally.merge_states(shuffled)
    assert merged == KINDS[kind](values).seal()
    # Saved states are merged as sealed ones are, and None is nothing.
    saved = [None, *(KINDS[kind](part).save() for part in parts)]
    assert tally.merge_states(saved) == [merged]


def test_parts_of_groups():
    rng = np.random.default_rng(3)
    values, groups = sample(20_000), rng.integers(0, 500, 20_000)
    want = [math.fsum(values[groups == group]) for group in range(500)]
    for count in (1, 2, 7, 100):
        states, ids = [], []
        for part, of in zip(np.array_split(values, count), np.array_split(groups, count)):
            states += tally.group_states(part, of)
            ids += range(of.max() + 1)
        merged = tally.merge_states(states, ids, group_count=501)
        assert merged[500] is None
        assert tally.state_values(merged).tolist() == [*want, 0.0]


def test_a_part_that_is_not_there():
    assert tally.merge_states([]) == [None]
    assert tally.merge_states([None], [0], group_count=2) == [None, None]
    nothing = {"sum": 0.0, "mean": math.nan, "var": math.nan, "norm": 0.0, "count": 0.0}
    for name, want in nothing.items():
        assert oracle.all_same(tally.state_values([None], name), [want])
    assert math.isnan(tally.state_values([None], min_count=1)[0])
    assert tally.state_values([None], integers=True).tolist() == [0]


def test_integers():
    array = np.array([[2**62, 5], [2**62 - 1, -7]])
    states = tally.axis_states(array, axis=0)
    assert tally.state_values(states, integers=True).tolist() == [2**63 - 1, -2]
    states = tally.axis_states(array + [[0, 0], [1, 0]], axis=0)
    with pytest.raises(OverflowError, match="state 0: the sum does not fit in int64"):
        tally.state_values(states, integers=True)
    states = tally.dot_states([2**31, 3], [2**31, -5])
    assert tally.state_values(states, integers=True).tolist() == [2**62 - 15]
    for states, error in (([tally.Accumulator([0.5]).seal()], ValueError),
                          (tally.dot_states([2**62] * 9, [2**62] * 9), OverflowError),
                          (tally.dot_states([2**40], [2**23]), OverflowError)):  # fmt: skip
        with pytest.raises(error, match="state 0"):
            tally.state_values(states, integers=True)
    with pytest.raises(ValueError):
        tally.state_values([], "mean", integers=True)


def test_what_a_state_does_not_tell():
    for state, name in (
        (tally.Accumulator([1.0]), "var"),
        (tally.Accumulator([1.0]), "norm"),
        (tally.Products([1.0], [1.0]), "std"),
    ):
        with pytest.raises(TypeError, match="state 1"):
            tally.state_values([None, state.seal()], name)
    with pytest.raises(ValueError, match="statistic"):
        tally.state_values([], "median")
    for bad in ("text", 3, [3], ["text"]):
        with pytest.raises(TypeError):
            tally.merge_states(bad)


STATES = {
    "sum": tally.Accumulator(sample(50)).seal(),
    "moments": tally.Moments(sample(50)).seal(),
    "products": tally.Products(sample(50), sample(50, 2)).seal(),
    "empty": tally.Accumulator().seal(),
}


@pytest.mark.parametrize("name", list(STATES))
def test_damage_is_found_and_named(name):
    """Thousands of changes: one or more bytes, too few, too many, others' ends."""
    state, numbers = STATES[name], random.Random(7)
    whole = [state, None, state]
    for turn in range(3000):
        damaged = bytearray(state)
        match turn % 4:
            case 0:
                damaged[numbers.randrange(len(damaged))] ^= 1 << numbers.randrange(8)
            case 1:
                for _ in range(numbers.randrange(1, 9)):
                    damaged[numbers.randrange(len(damaged))] = numbers.randrange(256)
            case 2:
                del damaged[numbers.randrange(len(damaged)) :]
            case 3:
                damaged += numbers.randbytes(numbers.randrange(1, 20))
        if damaged == state:
            continue
        states = [*whole, bytes(damaged)]
        # Each of the calls that read states.
        for read in (tally.merge_states, tally.state_values):
            with pytest.raises(ValueError, match="state 3: ") as caught:
                read(states)
            assert caught.value.args, bytes(damaged).hex()


@pytest.mark.parametrize("place", [ENVELOPE, SAVED])
@pytest.mark.parametrize("name", list(STATES))
def test_another_version_is_refused(name, place):
    state = STATES[name]
    assert oracle.resealed(state, place, state[place]) == state
    for version in (0, 2, 255):
        other = oracle.resealed(state, place, version)
        for read in (tally.merge_states, tally.state_values):
            with pytest.raises(ValueError, match=f"state 1: .*version {version}"):
                read([state, other])


def test_kinds_do_not_mix():
    for first, second in (("sum", "moments"), ("moments", "sum"), ("products", "sum")):
        with pytest.raises(ValueError, match="state 1"):
            tally.merge_states([STATES[first], STATES[second]])
    with pytest.raises(ValueError, match="state 0"):
        tally.merge_states([tally.DecimalSum(["0.1"]).seal()])


def test_objects_read_what_they_seal():
    for kind, values in (
        (tally.Accumulator, (sample(9),)),
        (tally.Moments, (sample(9),)),
        (tally.Products, (sample(9), sample(9))),
        (tally.DecimalSum, (["0.10"],)),
    ):
        state = kind(*values)
        assert kind.load(state.seal()) == state
        assert kind.load(bytearray(state.seal())) == state
        damaged = bytearray(state.seal())
        damaged[30] ^= 16
        with pytest.raises(ValueError, match="checksum"):
            kind.load(bytes(damaged))


@given(arrays(min_dims=0))
def test_states_of_all_values(array):
    [state] = tally.axis_states(array)
    assert oracle.same(tally.state_values([state])[0], oracle.total(python_values(array)))
