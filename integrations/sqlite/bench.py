"""Times of Tally's aggregates in units of SQLite's own, in one process.

    bench.py tally.so [ROUNDS]

Each figure is the median of ROUNDS (7) ratios: of a query with the one to the same query
with the other, run one after the other.
"""

import pathlib
import random
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "tests"))
from hosts import hosts

ROWS = 500_000

PLAIN = "select {} from u"
GROUPS = "select count(s) from (select {} as s from u group by g)"
ORDERED = "select count(s) from (select {} as s from o group by g)"
FEW = "select count(s) from (select {} as s from u group by g % 100)"
FRAMES = "select count(s) from (select {} over (order by i rows {}) as s from u where i <= 100000)"
HUNDRED = "99 preceding and current row"

# What, the query, ours, SQLite's own, and the goal.
PAIRS = [
    ("sum of reals", PLAIN, "exact_sum(x)", "sum(x)", 1.3),
    ("sum of reals of 80 binades", PLAIN, "exact_sum(w)", "sum(w)", 1.3),
    ("sum of reals of 400 binades", PLAIN, "exact_sum(h)", "sum(h)", 1.3),
    ("sum of integers", PLAIN, "exact_sum(n)", "sum(n)", 1.3),
    ("sum of integers and reals", PLAIN, "exact_sum(m)", "sum(m)", 1.3),
    ("mean of reals", PLAIN, "exact_avg(x)", "avg(x)", 1.3),
    ("100,000 groups, sum", GROUPS, "exact_sum(x)", "sum(x)", 1.3),
    ("100,000 groups, 400 binades", GROUPS, "exact_sum(h)", "sum(h)", 1.3),
    ("100,000 groups, mean", GROUPS, "exact_avg(x)", "avg(x)", 1.3),
    ("100,000 groups of an index, sum", ORDERED, "exact_sum(x)", "sum(x)", 1.3),
    ("100,000 groups of an index, mean", ORDERED, "exact_avg(x)", "avg(x)", 1.3),
    ("100 groups, sum", FEW, "exact_sum(x)", "sum(x)", 1.3),
    ("frames between 99 preceding", FRAMES.format("{}", "between " + HUNDRED),
     "exact_sum(x)", "sum(x)", None),
    ("the same, 400 binades", FRAMES.format("{}", "between " + HUNDRED),
     "exact_sum(h)", "sum(h)", None),
    ("the same, integers", FRAMES.format("{}", "between " + HUNDRED),
     "exact_sum(n)", "sum(n)", None),
    ("running total", FRAMES.format("{}", "unbounded preceding"), "exact_sum(x)", "sum(x)", None),
    ("frames of 100, one excluded",
     FRAMES.replace("<= 100000", "<= 3000").format("{}", f"between {HUNDRED} exclude current row"),
     "exact_sum(x)", "sum(x)", None),
    # SQLite has no variance: the formula of those who need one, which cancels.
    ("variance", PLAIN, "exact_var_pop(x)", "avg(x * x) - avg(x) * avg(x)", None),
    ("covariance", PLAIN, "exact_covar_pop(x, w)", "avg(x * w) - avg(x) * avg(w)", None),
    ("100,000 groups, variance", GROUPS, "exact_var_pop(x)", "avg(x * x) - avg(x) * avg(x)", None),
    ("states of 100,000 groups", GROUPS, "exact_state(x)", "sum(x)", None),
    ("merging 100,000 states", "select {} from s", "exact_merge(state)", "sum(length(state))", None),
]


def seconds(connection, sql):
    start = time.perf_counter()
    connection.rows(sql)
    return time.perf_counter() - start


def fill(connection):
    r = random.Random(14)
    connection.rows("create table u (i integer primary key, g, x, w, h, n, m)")

    def row():
        x = r.random()
        n = r.randrange(-(10**9), 10**9)
        return (r.randrange(100_000), x, (r.random() - 0.5) * 2.0 ** r.randint(-40, 40),
                (r.random() - 0.5) * 2.0 ** r.randint(-200, 200), n, n if n % 2 else x)

    connection.many("insert into u (g, x, w, h, n, m) values (?, ?, ?, ?, ?, ?)",
                    (row() for _ in range(ROWS)))
    connection.rows("create table o as select g, x from u")
    connection.rows("create index by_group on o (g, x)")
    connection.rows("create table s as select exact_state(x) as state from u group by g")


def main():
    extension = pathlib.Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    missed = 0
    for host in hosts():
        connection = host.open(extension)
        fill(connection)
        print(f"{host.name}: {ROWS} rows; time in units of SQLite's own, medians of {rounds}")
        print(f"  {'':34}{'own, ms':>8}{'ratio':>7}{'goal':>6}")
        for what, query, ours, own, goal in PAIRS:
            times = []
            for _ in range(rounds):
                first = seconds(connection, query.format(own))
                times.append((seconds(connection, query.format(ours)) / first, first))
            ratio = statistics.median(t[0] for t in times)
            own_ms = statistics.median(t[1] for t in times) * 1e3
            late = goal is not None and ratio > goal
            missed += late
            print(f"  {what:34}{own_ms:8.1f}{ratio:7.2f}{goal or '':>6}{'  missed' if late else ''}",
                  flush=True)
        connection.close()
    print(f"{missed} goals missed")


if __name__ == "__main__":
    main()
