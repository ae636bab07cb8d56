"""Stored states: merged, subtracted, damaged, forged."""

import math
import random
import struct

import oracle
from check import connected, same
from data import COLUMNS, binades, cancelling, uniform

# Each function that takes a state, with a good one, ?2, where it takes two.
TAKERS = [
    "select exact_value(?1), ?2 is null",
    "select exact_merge(?1), ?2 is null",
    "select exact_merge(column1) from (values (?2), (?1), (null))",
    "select exact_merge(column1) over (rows 1 preceding) from (values (?1), (?2))",
    "select exact_merge(?1, ?2)",
    "select exact_merge(?2, ?1)",
    "select exact_subtract(?1, ?2)",
    "select exact_subtract(?2, ?1)",
    "select exact_subtract(?1, null), ?2 is null",
    "select exact_merge(null, ?1), ?2 is null",
]


def states(c):
    """One of each kind, among them those that no column has."""
    found = []
    for values in COLUMNS.values():
        c.column(values)
        found.append(c.value("select exact_state(x) from t"))
    found = [s for s in found if s is not None]
    found.append(c.value("select exact_subtract(?1, ?1)", (found[0],)))
    found.append(c.value("select exact_subtract(null, ?)", (found[0],)))
    return list(dict.fromkeys(found))


@connected
def a_state_depends_on_the_values_alone(c):
    for values in (binades(500), cancelling(500), [1, 2.5, 3, -(2**62)], [2**63 - 1] * 9):
        seen = set()
        for _ in range(5):
            random.shuffle(values)
            c.column(values)
            seen.add(c.value("select exact_state(x) from t"))
            seen.add(c.value("select exact_merge(s) from (select exact_state(x) as s from t group by i % 7)"))
            seen.add(c.value("select exact_merge(s) from (select exact_state(x) as s from t group by i)"))
            half = "(select exact_state(x) from t where i % 2 = {})"
            seen.add(c.value(f"select exact_merge({half.format(0)}, {half.format(1)})"))
            whole = "(select exact_state(x) from t)"
            seen.add(c.value(f"select exact_merge(exact_subtract({whole}, {half.format(0)}), {half.format(0)})"))
        same(len(seen), 1, values[:5])
        same(c.value("select exact_value(?)", tuple(seen)), oracle.real_total(values))


@connected
def integers_have_the_state_of_equal_reals(c):
    for values in ([5], [1, 2, 3, 4], [0], [-7, 7], [2**53, 2**53], list(range(-50, 100)), [-1] * 9):
        c.column(values)
        expected = c.value("select exact_state(cast(x as real)) from t")
        same(c.value("select exact_state(x) from t"), expected, values)
        same(c.value("select exact_state(iif(i % 2, x, cast(x as real))) from t"), expected, values)
    c.column([-0.0, 0])
    same(c.value("select exact_value(exact_state(x)) from t"), 0.0)
    for values in ([2**63 - 1] * 7, [-(2**63)] * 9, [2**62, -1, 2**63 - 1, -(2**63)]):
        c.column(values)
        same(c.value("select exact_value(exact_state(x)) from t"), oracle.real_total(values), values)
        same(c.value("select exact_avg(x) from t"), oracle.mean(values), values)


@connected
def subtracting_leaves_the_state_of_the_rest(c):
    for name, values in COLUMNS.items():
        if len(values) < 4:
            continue
        c.column(values)
        rest = c.value("select exact_state(x) from t where i > 3")
        first = c.value("select exact_state(x) from t where i <= 3")
        whole = c.value("select exact_state(x) from t")
        same(c.value("select exact_subtract(?, ?)", (whole, first)), rest, name)
        same(c.value("select exact_merge(?, ?)", (rest, first)), whole, name)
        if whole is not None:
            nothing = c.value("select exact_subtract(?1, ?1)", (whole,))
            same(c.value("select exact_value(?)", (nothing,)), None, name)
            same(c.value("select exact_merge(?, ?)", (whole, nothing)), whole, name)


@connected
def null_is_the_state_of_nothing(c):
    state = c.value("select exact_state(column1) from (values (1), (0.5))")
    same(c.row("select exact_value(null), exact_merge(null), exact_merge(null, null), "
               "exact_subtract(null, null)"), (None,) * 4)
    same(c.row("select exact_merge(?1, null), exact_merge(null, ?1), exact_subtract(?1, null)", (state,)),
         (state,) * 3)
    minus = c.value("select exact_subtract(null, ?)", (state,))
    same(c.value("select exact_value(?)", (minus,)), -1.5)
    same(c.value("select exact_merge(column1) from (values (null), (?), (null))", (state,)), state)
    same(c.value("select exact_merge(column1) from (values (?)) where 0", (state,)), None)
    # A difference of totals of as many values is no total of nothing.
    other = c.value("select exact_state(column1) from (values (1), (0.75))")
    same(c.value("select exact_value(exact_subtract(?, ?))", (other, state)), 0.25)


@connected
def what_is_no_state_is_refused_by_name(c):
    good = c.value("select exact_state(1.5)")
    for value, kind in ((1, "an INTEGER"), (1.5, "a REAL"), ("TALS", "TEXT"), (good.hex(), "TEXT")):
        for sql in TAKERS:
            message = c.error(sql, (value, good))
            assert isinstance(message, str) and f"not {kind}" in message and "exact_" in message, (sql, message)
    message = c.error("select exact_value(?)", (b"",))
    assert isinstance(message, str) and message.startswith("exact_value: "), message


def mutations(state, others):
    """Damage of every kind, each different from the state."""
    kinds = [
        lambda: flip(state, 1),
        lambda: flip(state, 2),
        lambda: flip(state, 8),
        lambda: state[:random.randrange(len(state))],
        lambda: state + random.randbytes(random.randrange(1, 9)),
        lambda: replaced(state, random.randbytes(random.randrange(1, 12))),
        lambda: replaced(state, bytes(random.randrange(1, 12))),
        lambda: state[:(cut := random.randrange(len(state)))] + random.choice(others)[cut:],
        lambda: state + state,
        lambda: random.randbytes(random.randrange(0, 400)),
        lambda: state[random.randrange(1, len(state)):],
    ]
    mutated = random.choice(kinds)()
    return mutated if mutated not in others else flip(state, 1)


def flip(state, bits):
    changed = bytearray(state)
    for bit in random.sample(range(8 * len(state)), bits):
        changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def replaced(state, part):
    at = random.randrange(max(1, len(state) - len(part)))
    return state[:at] + part + state[at + len(part):]


@connected
def each_of_4000_damaged_states_is_an_error_in_every_function(c):
    all_states = states(c)
    assert len({len(s) for s in all_states}) > 3, "small states and large ones"
    good = all_states[0]
    for _ in range(4000):
        damaged = mutations(random.choice(all_states), all_states)
        for sql in TAKERS:
            message = c.error(sql, (damaged, good))
            assert isinstance(message, str) and "exact_" in message, (sql, damaged.hex(), message)
    # The connection goes on.
    same(c.value("select exact_value(?)", (good,)), oracle.real_total(next(iter(COLUMNS.values()))))


def crc32c(data, table=[]):
    if not table:
        for n in range(256):
            for _ in range(8):
                n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
            table.append(n)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def seal(saved):
    body = b"TALS" + bytes([1, 0, 0, 0]) + struct.pack("<I", len(saved)) + saved
    return body + struct.pack("<I", crc32c(body))


@connected
def what_is_forged_does_no_harm(c):
    """The seal is right, and what is within is not, or is of other values."""
    all_states = states(c)
    for state in all_states:
        same(seal(state[12:-4]), state)
    contents = [s[12:-4] for s in all_states]
    refused = 0
    for _ in range(2000):
        forged = seal(mutations(random.choice(contents), contents))
        for sql in TAKERS:
            refused += isinstance(c.error(sql, (forged, all_states[0])), str)
    assert refused > 2000, refused
    # Counts at the edge: refused where they would leave their range.
    largest = bytearray(c.value("select exact_state(1.0)")[12:-4])
    largest[8:16] = struct.pack("<q", 2**63 - 1)
    edge = seal(bytes(largest))
    same(c.value("select exact_value(?)", (edge,)), 1.0)
    message = c.error("select exact_merge(?1, ?1)", (edge,))
    assert isinstance(message, str) and message.startswith("exact_merge: "), message


@connected
def infinities_taken_out_that_were_never_put_in_are_an_error(c):
    state = c.value("select exact_subtract(exact_state(1.0), exact_state(9e999))")
    message = c.error("select exact_value(?)", (state,))
    assert isinstance(message, str) and message.startswith("exact_value: "), message
    same(c.value("select exact_value(exact_merge(?, exact_state(9e999)))", (state,)), 1.0)


@connected
def many_states_have_the_total_of_all_values(c):
    values = uniform(20_000) + binades(20_000, 300)
    random.shuffle(values)
    c.column(values)
    c.rows("create table s as select i % 5000 as g, exact_state(x) as state from t group by i % 5000")
    same(c.value("select exact_value(exact_merge(state)) from s"), math.fsum(values))
    same(c.value("select exact_merge(state) from s"), c.value("select exact_state(x) from t"))
