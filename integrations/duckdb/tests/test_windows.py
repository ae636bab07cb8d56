"""Window frames of every kind, and ORDER BY within an aggregate: DuckDB before 2.0
gives these another array of states than elsewhere."""

import oracle
from host import DATA, check, connect, fill

C = connect(threads=4)
SINGLES = ["exact_sum", "exact_avg", "exact_var_samp", "exact_var_pop",
           "exact_stddev_samp", "exact_stddev_pop"]


def exact_total(values):
    return oracle.rounded(oracle.total(values))


def test_frames_of_windows():
    for name in ("uniform", "80 binades", "whole range"):
        fill(C, "t", DATA[name], 5_000)
        for frame, low, high in (("99 PRECEDING AND CURRENT ROW", 99, 0),
                                 ("3 PRECEDING AND 2 FOLLOWING", 3, 2),
                                 ("UNBOUNDED PRECEDING AND CURRENT ROW", 10**9, 0)):
            rows = C.execute("SELECT x, exact_sum(x) OVER w, exact_avg(x) OVER w FROM t "
                             f"WINDOW w AS (ORDER BY i ROWS BETWEEN {frame}) ORDER BY i").fetchall()
            values = [row[0] for row in rows]
            step = 1 if low < 100 else 97
            for k in range(0, len(rows), step):
                part = values[max(0, k - low):k + high + 1]
                check(rows[k][1], exact_total(part), name, frame, k)
                if k % 10 == 0:
                    check(rows[k][2], oracle.rounded(oracle.mean(part)), name, frame, k)


def test_other_aggregates_in_windows():
    fill(C, "t", DATA["80 binades"], 1_000)
    names = SINGLES[2:]
    calls = ", ".join(f"{name}(x) OVER w" for name in names)
    rows = C.execute(f"SELECT x, exact_corr(x, i::DOUBLE) OVER w, "
                     f"exact_value(exact_state(x) OVER w), {calls} FROM t WINDOW w AS "
                     "(ORDER BY i ROWS BETWEEN 20 PRECEDING AND CURRENT ROW) ORDER BY i").fetchall()
    values = [row[0] for row in rows]
    for k in range(0, len(rows), 7):
        first = max(0, k - 20)
        part = values[first:k + 1]
        want = oracle.statistics(part)
        if k > 0:
            check(rows[k][1], oracle.pairs(part, range(first, k + 1))["exact_corr"], k)
        check(rows[k][2], want["exact_sum"], "state", k)
        for name, got in zip(names, rows[k][3:]):
            check(got, want[name], name, k)


def parts(rows, key):
    """Rows (i, x, y) by a key."""
    found = {}
    for row in rows:
        found.setdefault(key(*row), []).append(row)
    return found


# Two aggregates of one kind in each query: their states lie side by side.
CONSTANT = {
    "frame of all rows": ("OVER ()", lambda i, x, y: 0),
    "frame of a partition": ("OVER (PARTITION BY i % 3)", lambda i, x, y: i % 3),
    "partitions of two rows": ("OVER (PARTITION BY i // 2)", lambda i, x, y: i // 2),
    "partitions of three rows": ("OVER (PARTITION BY i // 3)", lambda i, x, y: i // 3),
    "partitions of a row": ("OVER (PARTITION BY i)", lambda i, x, y: i),
}


def test_frames_that_are_whole_partitions():
    for name in ("80 binades", "whole range"):
        fill(C, "t", DATA[name], 7_000)
        C.execute("CREATE OR REPLACE TABLE p AS SELECT i, x, CASE WHEN i % 5 > 0 THEN x * 3 END "
                  "AS y FROM t")
        rows = C.execute("SELECT i, x, y FROM p").fetchall()
        for what, (over, key) in CONSTANT.items():
            got = C.execute(f"SELECT i, x, y, exact_sum(x) {over}, exact_sum(y) {over}, "
                            f"exact_avg(y) {over}, exact_value(exact_state(x) {over}) "
                            "FROM p").fetchall()
            assert len(got) == len(rows), what
            want = {}
            for k, part in parts(rows, key).items():
                xs, ys = [x for _, x, _ in part], [y for _, _, y in part if y is not None]
                want[k] = (exact_total(xs), exact_total(ys) if ys else None,
                           oracle.rounded(oracle.mean(ys)) if ys else None, exact_total(xs))
            for row in got:
                for a, b in zip(row[3:], want[key(*row[:3])]):
                    check(a, b, name, what, row)


def test_other_aggregates_of_whole_partitions():
    fill(C, "t", DATA["80 binades"], 3_000)
    C.execute("CREATE OR REPLACE TABLE p AS SELECT i, x, x * 2 + i AS y, "
              "(i * 12.34)::DECIMAL(18, 2) AS d, i::HUGEINT AS h FROM t")
    C.execute("CREATE OR REPLACE TABLE s AS SELECT i // 10 AS g, exact_state(x) AS s FROM t "
              "GROUP BY i // 10")
    rows = C.execute("SELECT i, x, y FROM p").fetchall()
    for over, key in list(CONSTANT.values())[:3]:
        names = [*SINGLES[2:], *oracle.pairs([1, 2], [1, 3])]
        calls = [f"{n}({'x' if n in SINGLES else 'y, x'}) {over}" for n in names]
        got = C.execute(f"SELECT i, x, y, exact_sum(d) {over}, exact_sum(h) {over}, "
                        + ", ".join(calls) + " FROM p").fetchall()
        groups = parts(rows, key)
        want = {}
        for k, part in groups.items():
            xs, ys = [r[1] for r in part], [r[2] for r in part]
            want[k] = (oracle.rounded(oracle.Fraction(1234 * sum(r[0] for r in part), 100)),
                       sum(r[0] for r in part),
                       *[{**oracle.statistics(xs), **oracle.pairs(ys, xs)}[n] for n in names])
        for row in got:
            for name, a, b in zip(["decimal", "hugeint", *names], row[3:], want[key(*row[:3])]):
                check(a, b, over, name, row[0])
    whole = exact_total([r[1] for r in rows])
    merged = C.execute("SELECT DISTINCT exact_value(exact_merge(s) OVER ()) FROM s").fetchall()
    assert merged == [(whole,)], (merged, whole)


def test_order_by_within_an_aggregate():
    fill(C, "t", DATA["80 binades"], 9_000)
    C.execute("CREATE OR REPLACE TABLE p AS SELECT i, x, CASE WHEN i % 5 > 0 THEN x * 3 END "
              "AS y FROM t")
    rows = C.execute("SELECT i, x, y FROM p").fetchall()
    for group, key in (("i % 3", lambda i, x, y: i % 3), ("i // 2", lambda i, x, y: i // 2),
                       ("i // 2999", lambda i, x, y: i // 2999), ("0", lambda i, x, y: 0)):
        got = C.execute(f"SELECT {group} AS g, exact_sum(x ORDER BY x DESC), "
                        "exact_sum(y ORDER BY i), exact_value(exact_state(x ORDER BY y)), "
                        f"exact_corr(y, x ORDER BY i DESC) FROM p GROUP BY g").fetchall()
        groups = parts(rows, key)
        assert len(got) == len(groups), group
        for g, *values in got:
            xs = [x for _, x, _ in groups[g]]
            ys = [y for _, _, y in groups[g] if y is not None]
            for a, b in zip(values, (exact_total(xs), exact_total(ys) if ys else None,
                                     exact_total(xs))):
                check(a, b, group, g)
            if len(ys) > 1:
                check(values[3], 1.0, group, g)


def test_frames_without_an_order_and_with_exclusions():
    fill(C, "t", DATA["80 binades"], 5_000)
    values = [x for _, x in C.execute("SELECT i, x FROM t ORDER BY i").fetchall()]
    C.execute("SET threads = 1")
    order = [x for x, in C.execute("SELECT x FROM t").fetchall()]
    got = [s for s, in C.execute("SELECT exact_sum(x) OVER (ROWS UNBOUNDED PRECEDING) "
                                 "FROM t").fetchall()]
    C.execute("SET threads = 4")
    running = oracle.Fraction(0)
    for k, x in enumerate(order):
        running += oracle.Fraction(x)
        check(got[k], oracle.rounded(running), "streaming", k)
    for frame, part in {
        "ROWS 3 PRECEDING EXCLUDE CURRENT ROW": lambda k: values[max(0, k - 3):k],
        "RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING": lambda k: values[max(0, k - 2):k + 2],
        "ROWS BETWEEN 5 FOLLOWING AND 9 FOLLOWING": lambda k: values[k + 5:k + 10],
        "GROUPS 2 PRECEDING": lambda k: values[max(0, k - 2):k + 1],
    }.items():
        got = C.execute(f"SELECT exact_sum(x) OVER (ORDER BY i {frame}) FROM t "
                        "ORDER BY i").fetchall()
        for k in range(0, len(values), 3):
            want = part(k)
            check(got[k][0], exact_total(want) if want else None, frame, k)
    got = C.execute("SELECT exact_sum(DISTINCT x) OVER (ORDER BY i ROWS 9 PRECEDING), "
                    "exact_sum(x) FILTER (WHERE i % 2 = 0) OVER (ORDER BY i ROWS 9 PRECEDING) "
                    "FROM t ORDER BY i").fetchall()
    for k in range(0, len(values), 7):
        check(got[k][0], exact_total(values[max(0, k - 9):k + 1]), "distinct", k)
        even = [values[j] for j in range(max(0, k - 9), k + 1) if j % 2 == 0]
        check(got[k][1], exact_total(even) if even else None, "filter", k)


def test_lists():
    got = C.execute("SELECT l, list_aggregate(l, 'exact_sum') FROM (SELECT g, list(x) AS l FROM "
                    "(SELECT i % 300 AS g, random() - 0.5 AS x FROM range(9000) t(i)) "
                    "GROUP BY g)").fetchall()
    assert len(got) == 300
    for values, total in got:
        check(total, exact_total(values))
