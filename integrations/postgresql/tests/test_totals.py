"""The aggregates against exact arithmetic, and their edges against the host's."""

import math
import random
import struct
from decimal import Decimal
from fractions import Fraction

from common import (DATA, ONE, TWO, Exact, bits, calls, connect, equal, fresh, one,
                    refused, rows, table)

DATABASE = "totals"


def test_one_column_is_the_true_result_rounded_once():
    count = 0
    with fresh(DATABASE) as connection:
        for name, data in DATA.items():
            for size in (1, 2, 3, 30, 31, 1000, 20_001):
                values = data(size, seed=size)
                table(connection, "t", "x float8", [(x,) for x in values])
                exact = Exact(values).of_one()
                got = rows(connection, f"SELECT {calls(ONE, 'x')} FROM t")[0]
                for function, result in zip(ONE, got):
                    expected = exact[function]
                    equal(result, expected, f"exact_{function} of {size} {name}")
                    count += 1
                assert got[0] == math.fsum(values)
    return f"{count} results"


def test_float4_is_added_as_it_is():
    with fresh(DATABASE) as connection:
        for name, data in DATA.items():
            if name == "cancelling":
                continue  # beyond float4
            values = [struct.unpack("f", struct.pack("f", x))[0] for x in data(5000)]
            table(connection, "t", "x float4", [(x,) for x in values])
            got = rows(connection, f"SELECT {calls(ONE, 'x')}, "
                                   "exact_value(exact_state(x)) FROM t")[0]
            exact = Exact(values).of_one()
            for function, result in zip(ONE + ("sum",), got):
                equal(result, exact[function], f"{function} of {name} as float4")


def test_two_columns_are_the_true_result_rounded_once():
    count = 0
    with fresh(DATABASE) as connection:
        for name, data in DATA.items():
            for size in (1, 2, 3, 31, 32, 1000, 5001):
                x = data(size, seed=size)
                noise = DATA[name](size, seed=size + 99)
                y = [2.5 * a + b for a, b in zip(x, noise)]
                table(connection, "t", "x float8, y float8", zip(x, y))
                exact = Exact(x, y).of_two()
                got = rows(connection, f"SELECT {calls(TWO, 'y, x')} FROM t")[0]
                for function, result in zip(TWO, got):
                    equal(result, exact[function],
                          f"exact_{function} of {size} {name}")
                    count += 1
    return f"{count} results"


NAN, INF = math.nan, math.inf
SPECIAL = {
    "nothing": [], "NULLs": [None, None], "a NULL": [1.0, None, 2.0],
    "zeros": [0.0, 0.0], "one": [5.0], "constant": [3.0, 3.0, 3.0],
    "NaN": [1.0, NAN, 2.0], "one NaN": [NAN], "infinity": [1.0, INF],
    "one infinity": [INF], "minus infinity": [-INF, 1.0],
    "both infinities": [INF, -INF, 1.0], "NaN and infinity": [NAN, INF],
    "subnormals": [5e-324, 5e-324, -5e-324], "largest": [1.7976931348623157e308],
}
# Where ours differs on purpose, with ours: see the table in the README.
DIFFERENT = {("stddev_samp", "subnormals"): 5e-324, ("stddev_pop", "subnormals"): 5e-324}


def test_special_values_are_as_the_host_has_them():
    count = 0
    with fresh(DATABASE) as connection:
        for type_ in ("float8", "float4"):
            for name, values in SPECIAL.items():
                if type_ == "float4" and name in ("subnormals", "largest"):
                    continue
                table(connection, "t", f"x {type_}", [(x,) for x in values])
                ours = rows(connection, f"SELECT {calls(ONE, 'x')} FROM t")[0]
                own = rows(connection, f"SELECT {calls(ONE, 'x', '')} FROM t")[0]
                for function, a, b in zip(ONE, ours, own):
                    if (function, name) in DIFFERENT:
                        b = DIFFERENT[function, name]
                    equal(a, b, f"{function} of {name}, {type_}")
                    count += 1
    return f"{count} results"


def test_special_pairs_are_as_the_host_has_them():
    pairs = {name: [(a, b) for a in x for b in y]
             for name, x, y in (
                 (f"{first} and {second}", SPECIAL[first], SPECIAL[second])
                 for first in SPECIAL for second in SPECIAL
                 if first != "largest" and second != "largest"
                 and first != "subnormals" and second != "subnormals")}
    count = 0
    with fresh(DATABASE) as connection:
        for name, data in pairs.items():
            table(connection, "t", "x float8, y float8", data)
            ours = rows(connection, f"SELECT {calls(TWO, 'y, x')} FROM t")[0]
            own = rows(connection, f"SELECT {calls(TWO, 'y, x', '')} FROM t")[0]
            for function, a, b in zip(TWO, ours, own):
                equal(a, b, f"{function} of {name}, {data}")
                count += 1
    return f"{count} results"


def test_negative_zero_overflow_and_back():
    big, tiny = 1.7976931348623157e308, 5e-324
    with fresh(DATABASE) as connection:
        def values(*numbers):
            table(connection, "t", "x float8", [(x,) for x in numbers])

        values(-0.0, -0.0)
        equal(one(connection, "SELECT exact_sum(x) FROM t"), -0.0, "-0.0 twice")
        values(-0.0, 0.0)
        equal(one(connection, "SELECT exact_sum(x) FROM t"), 0.0, "both zeros")
        values(big, big, -big)
        equal(one(connection, "SELECT exact_sum(x) FROM t"), big, "beyond and back")
        refused(connection, "SELECT sum(x) FROM t", states=("22003",))
        values(big, big)
        refused(connection, "SELECT exact_sum(x) FROM t", states=("22003",))
        equal(one(connection, "SELECT exact_avg(x) FROM t"), big, "avg beyond")
        refused(connection, "SELECT exact_value(exact_state(x)) FROM t",
                states=("22003",))
        assert int(one(connection, "SELECT exact_state(x)::numeric FROM t")) == \
            2 * int(big)
        values(big, -big)
        refused(connection, "SELECT exact_var_pop(x) FROM t", states=("22003",))
        equal(one(connection, "SELECT exact_stddev_pop(x) FROM t"), big, "stddev")
        values(tiny, -tiny / 1, tiny)
        equal(one(connection, "SELECT exact_sum(x) FROM t"), tiny, "subnormal")
        values(1e300, 1.0, tiny, -1e300)
        equal(one(connection, "SELECT exact_sum(x) FROM t"), 1.0, "all magnitudes")
        values(1e16, 1.0, 1e-16)
        equal(one(connection, "SELECT exact_sum(x) FROM t"), 1e16 + 2, "tie broken")
        got = one(connection, "SELECT exact_state(x)::numeric FROM t")
        assert Fraction(got) == sum(map(Fraction, (1e16, 1.0, 1e-16))), got


INTEGERS = {
    "beyond 64 bits": [2**63 - 1] * 5 + [-5],
    "below 64 bits": [-(2**63)] * 3 + [1],
    "beyond 2^53": [2**53 + 1, 2**53 + 3, -1, 2**62 + 1],
    "small": list(range(-50, 100)),
    "nothing": [], "NULL": [None, 1, None],
}


def test_integers_are_exact_and_of_the_hosts_types():
    count = 0
    generator = random.Random(5)
    data = dict(INTEGERS)
    data["random"] = [generator.randrange(-(2**63), 2**63) for _ in range(3000)]
    with fresh(DATABASE) as connection:
        for name, values in data.items():
            for type_ in ("int8", "int4", "int2", "numeric"):
                if name not in ("small", "nothing", "NULL") and type_ in ("int4", "int2"):
                    continue
                table(connection, "t", f"x {type_}",
                      [(x if type_ != "numeric" or x is None else Decimal(x),)
                       for x in values])
                ours = rows(connection, f"SELECT {calls(ONE, 'x')} FROM t")[0]
                own = rows(connection, f"SELECT {calls(ONE, 'x', '')} FROM t")[0]
                assert ours == own, f"{name}, {type_}: {ours}, but {own}"
                there = [x for x in values if x is not None]
                total = sum(there) if there else None
                assert ours[0] == total, f"{name}: {ours[0]}, not {total}"
                types = rows(connection, "SELECT pg_typeof(exact_sum(x)), "
                                         "pg_typeof(exact_avg(x)) FROM t")[0]
                assert types == ("numeric", "numeric"), types
                count += 1
            table(connection, "t", "x int8", [(x,) for x in values])
            got = rows(connection, "SELECT exact_state(x)::numeric, "
                                   "exact_value(exact_state(x)) FROM t")[0]
            assert got[0] == total, f"state of {name}: {got}, not {total}"
            equal(got[1], None if total is None else float(total), f"value of {name}")
    return f"{count} columns"


def test_groups_are_those_of_single_sums():
    generator = random.Random(6)
    groups = {}
    for _ in range(30_000):
        kind = generator.choice(list(DATA))
        x = DATA[kind](2, seed=generator.random())[0]
        groups.setdefault(generator.randrange(700), []).append(x)
    with fresh(DATABASE) as connection:
        table(connection, "t", "g int4, x float8",
              [(g, x) for g, values in groups.items() for x in values])
        for hashed in ("on", "off"):
            connection.execute(f"SET enable_hashagg = {hashed}")
            got = rows(connection, f"SELECT g, {calls(ONE, 'x')}, "
                                   "exact_state(x)::numeric FROM t GROUP BY g")
            assert len(got) == len(groups)
            for g, *results in got:
                exact = Exact(groups[g]).of_one()
                for function, result in zip(ONE, results):
                    equal(result, exact[function], f"{function} of {groups[g]}")
        got = rows(connection, "SELECT g % 7 AS a, g % 3 AS b, exact_sum(x), "
                               "exact_var_samp(x) FROM t "
                               "GROUP BY GROUPING SETS ((a), (b), (a, b), ())")
        for a, b, total, variance in got:
            values = [x for g, part in groups.items() for x in part
                      if a in (None, g % 7) and b in (None, g % 3)]
            equal(total, math.fsum(values), f"set {a} {b}")
            equal(variance, Exact(values).var(1), f"set {a} {b}")
    return f"{len(groups)} groups, 33 sets"


def test_more_aggregates_at_once_than_have_pools():
    """A rollup that is sorted has a memory context for each of its sets."""
    generator = random.Random(12)
    keys = [tuple(generator.randrange(2) for _ in range(12)) for _ in range(4000)]
    values = DATA["cancelling"](4000)
    names = [f"k{i}" for i in range(12)]
    with fresh(DATABASE) as connection:
        table(connection, "t", ", ".join(f"{name} int4" for name in names) + ", x float8",
              [(*key, x) for key, x in zip(keys, values)])
        connection.execute("SET enable_hashagg = off")
        got = rows(connection,
                   f"SELECT {', '.join(names)}, exact_sum(x), exact_var_pop(x), "
                   f"exact_covar_pop(x, x) FROM t GROUP BY ROLLUP ({', '.join(names)})")
    parts = {}
    for key, x in zip(keys, values):
        for length in range(13):
            parts.setdefault(key[:length], []).append(x)
    assert len(got) == len(parts)
    for *key, total, variance, covariance in got:
        part = parts[tuple(k for k in key if k is not None)]
        exact = Exact(part)
        equal(total, exact.sum(), f"sum of {part}")
        equal(variance, exact.var(0), f"variance of {part}")
        equal(covariance, variance, f"covariance of {part}")
    return f"{len(got)} groups"


def test_filter_distinct_and_order_by():
    values = DATA["binades"](3000)
    values += values[:500]
    with fresh(DATABASE) as connection:
        table(connection, "t", "x float8", [(x,) for x in values])
        equal(one(connection, "SELECT exact_sum(x) FILTER (WHERE x > 0) FROM t"),
              math.fsum(x for x in values if x > 0), "filter")
        equal(one(connection, "SELECT exact_sum(DISTINCT x) FROM t"),
              math.fsum(set(values)), "distinct")
        equal(one(connection, "SELECT exact_sum(x ORDER BY x) FROM t"),
              math.fsum(values), "ordered")
        equal(one(connection, "SELECT exact_corr(x, -x) FROM t"), -1.0, "line")
