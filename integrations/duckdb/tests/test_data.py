"""Data that breaks sums, in groups, runs and chunks, against exact oracles."""

import math
from collections import defaultdict

import oracle
from host import DATA, cancelling, check, column, connect, fill, one

C = connect(threads=4)
SINGLES = ["exact_sum", "exact_avg", "exact_var_samp", "exact_var_pop",
           "exact_stddev_samp", "exact_stddev_pop"]


def exact_total(values):
    return oracle.rounded(oracle.total(values))


def test_sums_are_those_of_fsum():
    for name, expression in DATA.items():
        fill(C, "t", expression, 150_000)
        values = column(C, "t")
        want = exact_total(values)
        if math.isfinite(want) and name not in ("huge", "whole range"):
            check(want, math.fsum(values), "the oracles", name)  # fsum may overflow on the way
        check(one(C, "SELECT exact_sum(x) FROM t"), want, name)
        check(one(C, "SELECT exact_value(exact_state(x)) FROM t"), want, "state", name)
        check(one(C, "SELECT exact_avg(x) FROM t"),
              oracle.rounded(oracle.mean(values)), "avg", name)


def test_near_total_cancellation():
    for seed in (0.1, 0.2, 0.3):
        cancelling(C, "t", 100_000, seed)
        check(one(C, "SELECT exact_sum(x) FROM t"), 0.1, seed)


def test_statistics_of_every_kind_of_data():
    for name, expression in DATA.items():
        fill(C, "t", expression, 3_000)
        values = column(C, "t")
        for aggregate, want in oracle.statistics(values).items():
            check(one(C, f"SELECT {aggregate}(x) FROM t"), want, aggregate, name)


def test_pairs_of_every_kind_of_data():
    for name, expression in DATA.items():
        fill(C, "t", expression, 2_000)
        C.execute("CREATE OR REPLACE TABLE p AS SELECT x AS y, "
                  f"(x * 0.5 + ({expression}) * 0.25)::DOUBLE AS x FROM t")
        y, x = column(C, "p", "y"), column(C, "p", "x")
        for aggregate, want in oracle.pairs(y, x).items():
            check(one(C, f"SELECT {aggregate}(y, x) FROM p"), want, aggregate, name)


def test_offsets_that_cancel_in_the_textbook_formula():
    fill(C, "t", "1e15 + i % 3 + 1", 3_000)
    check(one(C, "SELECT exact_var_pop(x) FROM t"),
          oracle.statistics(column(C, "t"))["exact_var_pop"])


def grouped(sql):
    groups = defaultdict(list)
    for key, *values in C.execute(sql).fetchall():
        groups[key].append(values[0] if len(values) == 1 else tuple(values))
    return groups


# How rows of one group lie: the chunk's paths, and mixtures of them.
GROUPINGS = {
    "a group a row": "i",
    "scattered": "(random() * 900)::INT",
    "few": "(random() * 4)::INT",
    "one": "0",
    "sorted, long runs": "i // 300",
    "sorted, runs of about 32": "i // 31 + i // 33",
    "runs among scattered rows": "CASE WHEN i % 500 < 60 THEN -1 - i // 500 "
                                 "ELSE (random() * 50)::INT END",
    "NULL is a group": "CASE WHEN i % 3 = 0 THEN NULL ELSE i % 7 END",
}


def test_groups():
    for grouping, key in GROUPINGS.items():
        for name in ("uniform", "80 binades", "whole range"):
            for nulls in ("x", "CASE WHEN random() < 0.7 THEN x END"):
                fill(C, "t", DATA[name], 9_000)
                C.execute(f"CREATE OR REPLACE TABLE g AS SELECT {key} AS g, {nulls} AS x FROM t")
                rows = grouped("SELECT g, x FROM g")
                got = C.execute("SELECT g, exact_sum(x), exact_avg(x), exact_state(x) "
                                "FROM g GROUP BY g").fetchall()
                assert len(got) == len(rows), (grouping, name)
                for g, total, average, state in got:
                    values = [x for x in rows[g] if x is not None]
                    want = exact_total(values) if values else None
                    check(total, want, grouping, name, nulls, g)
                    check(average, oracle.rounded(oracle.mean(values)) if values else None,
                          grouping, name, nulls, g)
                    assert (state is None) == (not values), (grouping, name, g)


def test_groups_of_other_types():
    C.execute("SELECT setseed(0.5)").fetchall()
    for type, value in {
        "FLOAT": "random() * 1000 - 500", "TINYINT": "random() * 250 - 125",
        "USMALLINT": "random() * 65000", "BIGINT": "(random() - 0.5) * 9e18",
        "HUGEINT": "((random() - 0.5) * 1e15)::HUGEINT * 9000000000000000000",
        "DECIMAL(4,2)": "random() * 99", "DECIMAL(9,2)": "random() * 1e6",
        "DECIMAL(18,3)": "(random() - 0.5) * 1e14", "DECIMAL(38,6)": "(random() - 0.5) * 1e30",
    }.items():
        for key in ("(random() * 300)::INT", "i // 700", "0"):
            C.execute(f"CREATE OR REPLACE TABLE g AS SELECT {key} AS g, "
                      f"CASE WHEN random() < 0.8 THEN ({value})::{type} END AS x "
                      "FROM range(8000) t(i)")
            rows = grouped("SELECT g, x FROM g")
            for g, total, average in C.execute(
                    "SELECT g, exact_sum(x), exact_avg(x) FROM g GROUP BY g").fetchall():
                values = [x for x in rows[g] if x is not None]
                exact = oracle.total(values)
                whole = type.endswith("INT")
                check(total, None if not values else int(exact) if whole
                      else oracle.rounded(exact), type, key, g)
                check(average, oracle.rounded(exact / len(values)) if values else None,
                      type, key, g)


def test_statistics_of_groups():
    for key in ("(random() * 60)::INT", "i // 400", "i % 2"):
        fill(C, "t", DATA["80 binades"], 5_000)
        C.execute(f"CREATE OR REPLACE TABLE g AS SELECT {key} AS g, "
                  "CASE WHEN random() < 0.9 THEN x END AS y, "
                  "CASE WHEN random() < 0.9 THEN x + random() END AS x FROM t")
        rows = grouped("SELECT g, y, x FROM g")
        names = SINGLES[2:]
        calls = ", ".join(f"{name}(x)" for name in names)
        for g, *got in C.execute(f"SELECT g, {calls} FROM g GROUP BY g").fetchall():
            want = oracle.statistics([x for _, x in rows[g] if x is not None])
            for name, value in zip(names, got):
                check(value, want[name], name, key, g)
        names = list(oracle.pairs([1, 2], [1, 2]))
        calls = ", ".join(f"{name}(y, x)" for name in names)
        for g, *got in C.execute(f"SELECT g, {calls} FROM g GROUP BY g").fetchall():
            whole = [p for p in rows[g] if None not in p]
            want = oracle.pairs([y for y, _ in whole], [x for _, x in whole])
            for name, value in zip(names, got):
                check(value, want[name], name, key, g)


def test_statistics_of_integers_in_groups():
    """Those beyond 2^53 must not become doubles, in few groups nor in many."""
    for type, value in {"BIGINT": "4611686018427387904 + i", "UBIGINT": "9223372036854775808 + i",
                        "INTEGER": "i - 2000", "FLOAT": "i / 7"}.items():
        for key in ("i % 3", "i % 500", "i"):
            C.execute(f"CREATE OR REPLACE TABLE g AS SELECT {key} AS g, ({value})::{type} AS x "
                      "FROM range(4000) t(i)")
            rows = grouped("SELECT g, x FROM g")
            for g, *got in C.execute("SELECT g, exact_var_pop(x), exact_stddev_samp(x) FROM g "
                                     "GROUP BY g").fetchall():
                want = oracle.statistics(rows[g])
                check(got[0], want["exact_var_pop"], type, key, g)
                check(got[1], want["exact_stddev_samp"], type, key, g)
    C.execute("CREATE OR REPLACE TABLE g AS SELECT i % 400 AS g, 4611686018427387904 - i * i AS x, "
              "i AS y FROM range(4000) t(i)")
    rows = grouped("SELECT g, y, x FROM g")
    for g, slope in C.execute("SELECT g, exact_regr_slope(y, x) FROM g GROUP BY g").fetchall():
        want = oracle.pairs([y for y, _ in rows[g]], [x for _, x in rows[g]])
        check(slope, want["exact_regr_slope"], g)


def test_many_partitions_combine_to_one_total():
    fill(C, "t", DATA["whole range"], 400_000)
    values = column(C, "t")
    want = exact_total(values)
    for threads in (1, 2, 3, 4):
        C.execute(f"SET threads = {threads}")
        check(one(C, "SELECT exact_sum(x) FROM t"), want, threads)
        check(one(C, "SELECT exact_value(exact_merge(s)) FROM "
                  "(SELECT exact_state(x) AS s FROM t GROUP BY i % 5000)"), want, threads)
    # Each thread has a table of groups; partitions of them are combined.
    groups = defaultdict(list)
    for i, x in enumerate(values):
        groups[i % 100_000].append(x)
    rows = C.execute("SELECT i % 100000, exact_sum(x) FROM t GROUP BY 1").fetchall()
    assert len(rows) == 100_000
    for g, total in rows:
        check(total, exact_total(groups[g]), "group", g)
