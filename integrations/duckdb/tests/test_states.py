"""Stored states: their bytes, damage, tables on disk, and the library's own."""

import ctypes
import os
import random
from pathlib import Path

import oracle
from host import DATA, Folder, check, column, connect, error, fill, one
from run import Skipped

C = connect()


def state_of(*values, type="DOUBLE"):
    rows = ", ".join(f"('{v}'::{type})" for v in values)
    return one(C, f"SELECT exact_state(x) FROM (VALUES {rows}) t(x)")


def value(state):
    return one(C, "SELECT exact_value(?)", [state])


def subtract(a, b):
    return one(C, "SELECT exact_subtract(?::BLOB, ?::BLOB)", [a, b])


def test_equal_values_have_equal_bytes():
    fill(C, "t", DATA["80 binades"], 50_000)
    want = one(C, "SELECT exact_state(x) FROM t")
    for threads in (1, 2, 4):
        C.execute(f"SET threads = {threads}")
        for order in ("i", "x", "-i", "random()"):
            check(one(C, f"SELECT exact_state(x) FROM (SELECT x FROM t ORDER BY {order})"),
                  want, order)
        check(one(C, "SELECT exact_merge(s) FROM (SELECT exact_state(x) s FROM t GROUP BY i % 99)"),
              want, threads)
    check(state_of(1, 2, type="BIGINT"), state_of(2.0, 1.0))


def test_null_is_the_state_of_nothing():
    s = state_of(1.5)
    check(subtract(s, None), s)
    check(value(subtract(None, s)), -1.5)
    check(subtract(None, None), None)
    check(value(None), None)
    check(value(subtract(s, s)), None)
    C.execute("CREATE OR REPLACE TABLE s AS SELECT CASE WHEN i % 2 = 0 THEN ?::BLOB END AS s "
              "FROM range(5001) t(i)", [s])
    check(value(one(C, "SELECT exact_merge(s) FROM s")), 2501 * 1.5)
    empty = subtract(s, s)
    check(one(C, "SELECT exact_merge(?::BLOB)", [empty]), empty)


def test_columns_of_states():
    C.execute("CREATE OR REPLACE TABLE s AS SELECT i, exact_state(x) AS s FROM "
              "(SELECT i, unnest([i / 7, NULL, i * 1e300, 5e-324]) AS x FROM range(3000) t(i)) "
              "GROUP BY i")
    C.execute("INSERT INTO s SELECT i, NULL FROM range(3000, 3100) t(i)")
    for i, got in C.execute("SELECT i, exact_value(s) FROM s").fetchall():
        want = oracle.rounded(oracle.total([i / 7, i * 1e300, 5e-324])) if i < 3000 else None
        check(got, want, i)
    got = C.execute("SELECT a.i, exact_value(exact_subtract(a.s, b.s)) FROM s a JOIN s b "
                    "ON b.i = a.i // 2 WHERE a.i < 3000").fetchall()
    assert len(got) == 3000
    for i, difference in got:
        a, b = [i / 7, i * 1e300, 5e-324], [-(i // 2) / 7, -(i // 2) * 1e300, -5e-324]
        want = oracle.rounded(oracle.total(a + b))
        check(difference, None if i == 0 else want, i)


def test_subtracting_is_exact_with_specials():
    a = state_of("nan", "inf", 1e308, 1e308, -0.0, 5e-324)
    b = state_of("nan", "inf", 1e308)
    check(value(subtract(a, b)), 1e308)
    message = error(C, "SELECT exact_value(?::BLOB)", [subtract(state_of(1), state_of("nan"))])
    assert "exact_value: " in message and "NaN" in message, message


def library():
    path = Path(os.environ["TALLY_LIBDIR"]) / "libtally.so.0"
    if not path.exists():
        raise Skipped(f"no {path}")
    tally = ctypes.CDLL(str(path))
    for name in ("tally_accumulator_add_f64", "tally_accumulator_save", "tally_saved_seal",
                 "tally_saved_open", "tally_accumulator_load", "tally_accumulator_value_f64"):
        getattr(tally, name).restype = ctypes.c_int32
    return tally


def sealed_bytes(tally, values):
    """What the library itself writes."""
    state = (ctypes.c_uint64 * 40)()
    numbers = (ctypes.c_double * len(values))(*values)
    buffer, size = ctypes.create_string_buffer(400), ctypes.c_size_t()
    assert tally.tally_accumulator_add_f64(state, numbers, ctypes.c_size_t(len(values))) == 0
    assert tally.tally_accumulator_save(state, buffer, ctypes.c_size_t(400),
                                        ctypes.byref(size)) == 0
    assert tally.tally_saved_seal(buffer, size, buffer, ctypes.c_size_t(400),
                                  ctypes.byref(size)) == 0
    return buffer.raw[:size.value]


def seal(tally, saved):
    buffer, size = ctypes.create_string_buffer(len(saved) + 16), ctypes.c_size_t()
    assert tally.tally_saved_seal(saved, ctypes.c_size_t(len(saved)), buffer,
                                  ctypes.c_size_t(len(saved) + 16), ctypes.byref(size)) == 0
    return buffer.raw[:size.value]


def test_states_of_the_library_and_of_sql_are_the_same():
    tally = library()
    for name, expression in DATA.items():
        fill(C, "t", expression, 500)
        values = column(C, "t")
        ours, theirs = one(C, "SELECT exact_state(x) FROM t"), sealed_bytes(tally, values)
        check(ours, theirs, name)
        check(value(theirs), one(C, "SELECT exact_sum(x) FROM t"), name)
        # And the library reads what SQL wrote.
        saved, size, total = ctypes.c_void_p(), ctypes.c_size_t(), ctypes.c_double()
        state = (ctypes.c_uint64 * 40)()
        assert tally.tally_saved_open(ours, ctypes.c_size_t(len(ours)), ctypes.byref(saved),
                                      ctypes.byref(size)) == 0
        assert tally.tally_accumulator_load(saved, size, state) == 0
        assert tally.tally_accumulator_value_f64(state, ctypes.byref(total)) in (0, -3)
        check(total.value, value(ours), name)


# Every function that takes a state, with a damaged one and a good one.
READERS = {
    "exact_value": "SELECT exact_value(?::BLOB)",
    "exact_merge": "SELECT exact_merge(s) FROM (VALUES (?::BLOB)) t(s)",
    "exact_subtract of it": "SELECT exact_subtract(?::BLOB, NULL)",
    "exact_subtract it": "SELECT exact_subtract(NULL, ?::BLOB)",
}


def mutations(state, r):
    """Damage without end: of bits, bytes, lengths and order."""
    while True:
        b = bytearray(state)
        kind = r.randrange(7)
        at = r.randrange(len(b))
        if kind == 0:
            b[at] ^= 1 << r.randrange(8)
        elif kind == 1:
            b[at] = r.randrange(256)
        elif kind == 2:
            del b[at:]
        elif kind == 3:
            b += r.randbytes(r.randrange(1, 20))
        elif kind == 4:
            del b[at:at + r.randrange(1, 9)]
        elif kind == 5:
            b[at:at] = r.randbytes(r.randrange(1, 9))
        else:
            for _ in range(r.randrange(1, 30)):
                b[r.randrange(len(b))] = r.randrange(256)
        if bytes(b) != state:
            yield bytes(b)


def test_damaged_states_are_errors():
    r = random.Random(7)
    states = [state_of(1.5), state_of(*[1e300, 1e-300, -7]), state_of("nan", "inf"),
              state_of(5e-324, 1.7e308)]
    counts = 0
    for state in states:
        for mutated, _ in zip(mutations(state, r), range(750)):
            for name, sql in READERS.items():
                message = error(C, sql, [mutated])
                assert f"Invalid Input Error: {name.split()[0]}: " in message, \
                    (name, mutated, message)
                counts += 1
    check(value(states[0]), 1.5)
    return f"{counts} calls"


def test_damage_in_the_middle_of_a_table():
    C.execute("CREATE OR REPLACE TABLE s AS SELECT i, exact_state(x) s FROM "
              "(SELECT i % 5000 AS i, i * 1e-310 + 1e300 AS x FROM range(10000) t(i)) GROUP BY i")
    C.execute("UPDATE s SET s = s || '\\x00'::BLOB WHERE i = 3210")
    for sql in ("SELECT exact_merge(s) FROM s", "SELECT sum(exact_value(s)) FROM s",
                "SELECT i % 2, exact_merge(s) FROM s GROUP BY 1",
                "SELECT count(exact_subtract(s, s)) FROM s"):
        assert "sealed" in error(C, sql), sql
    C.execute("DELETE FROM s WHERE i = 3210")
    assert one(C, "SELECT count(exact_value(s)) FROM s") == 4999


def test_well_sealed_nonsense_is_an_error_or_a_state():
    tally = library()
    r = random.Random(8)
    refused = 0
    saved = state_of(1.5, 1e200)[12:-4]
    for mutated, _ in zip(mutations(saved, r), range(2000)):
        for sql in READERS.values():
            try:
                C.execute(sql, [seal(tally, mutated)]).fetchall()
            except Exception as e:
                refused += 1
                assert "Invalid Input Error: exact_" in str(e), e
    for junk in (b"", b"TALY", r.randbytes(5000)):
        for sql in READERS.values():
            error(C, sql, [seal(tally, junk)])
    assert refused > 2000, refused
    return f"{refused} of 8000 refused, the others are other states"


def test_totals_kept_in_a_table_on_disk():
    with Folder() as folder:
        file = folder / "totals.duckdb"
        c = connect(file)
        c.execute("CREATE TABLE totals (shop INT PRIMARY KEY, state BLOB)")
        c.execute("CREATE TABLE sales (shop INT, day INT, price DOUBLE)")
        for day in range(5):
            c.execute(f"SELECT setseed(0.{day + 1})").fetchall()
            c.execute(f"INSERT INTO sales SELECT i % 13, {day}, {DATA['80 binades']} "
                      "FROM range(5000) t(i)")
            c.execute("CREATE OR REPLACE TABLE totals AS SELECT shop, exact_merge(state) AS state "
                      "FROM (SELECT shop, state FROM totals UNION ALL "
                      f"SELECT shop, exact_state(price) FROM sales WHERE day = {day} "
                      "GROUP BY shop) GROUP BY shop")
            c.close()
            c = connect(file)
        got = dict(c.execute("SELECT shop, exact_value(state) FROM totals").fetchall())
        want = dict(c.execute("SELECT shop, list(price) FROM sales GROUP BY shop").fetchall())
        assert len(got) == 13
        for shop, prices in want.items():
            check(got[shop], oracle.rounded(oracle.total(prices)), shop)
        # A day is taken out again.
        c.execute("UPDATE totals SET state = exact_subtract(totals.state, d.state) FROM "
                  "(SELECT shop, exact_state(price) AS state FROM sales WHERE day = 2 "
                  "GROUP BY shop) d WHERE d.shop = totals.shop")
        c.execute("DELETE FROM sales WHERE day = 2")
        differ = one(c, "SELECT count(*) FROM totals JOIN (SELECT shop, exact_state(price) AS s "
                        "FROM sales GROUP BY shop) USING (shop) WHERE state <> s")
        check(differ, 0)
        c.close()
