"""Times and memory of the aggregates, as ratios to the server's own.

Each ratio is the median of ROUNDS, in each of which both queries run, one after
the other. Times are those of the processor in the server's process, where the
system tells them and no worker takes part, so that a busy machine disturbs them
little. The goals are those of the project.
"""

import os
import statistics
import sys
import time

from common import backend, fresh, one, parallel
from test_limits import peak
from test_parallel import workers

ROUNDS = int(os.environ.get("ROUNDS", "7"))
ROWS = 1_000_000


def processor(connection):
    """The seconds that the server's process has run, or None."""
    try:
        with open(f"/proc/{backend(connection)}/schedstat", encoding="ascii") as file:
            return int(file.read().split()[0]) / 1e9
    except OSError:
        return None


def seconds(connection, sql, serial):
    before = processor(connection) if serial else None
    start = time.perf_counter()
    connection.execute(sql)
    if before is not None:
        return processor(connection) - before
    return time.perf_counter() - start


def compare(connection, ours, own, serial):
    times = []
    for _ in range(ROUNDS):
        times.append((seconds(connection, ours, serial), seconds(connection, own, serial)))
    return (statistics.median(a for a, _ in times), statistics.median(b for _, b in times),
            statistics.median(a / b for a, b in times))


def main():
    missed = []
    with fresh("bench") as connection:
        print(one(connection, "SELECT version()"))
        load = os.getloadavg()[0]
        print(f"{ROWS} rows, medians of {ROUNDS}, {os.cpu_count()} processors, "
              f"load {load:.1f} at the start")
        connection.execute("SELECT setseed(0.5)")
        connection.execute(
            f"CREATE TABLE t AS SELECT i, (random() * 100000)::int4 % 100000 AS g, "
            f"random() AS x, random() AS y, (random() - 0.5) * 2.0::float8 ^ "
            f"(random() * 80 - 40)::int4 AS v, (random() * 1e15)::int8 AS n "
            f"FROM generate_series(1, {ROWS}) i")
        connection.execute("VACUUM ANALYZE t")
        connection.execute("CREATE TABLE w AS SELECT * FROM t LIMIT 100000")
        connection.execute("VACUUM ANALYZE w")
        connection.execute("SET work_mem = '256MB'")
        connection.execute("SET enable_sort = off")
        one(connection, "SELECT count(x) FROM t")

        print(f"{'':46} {'ours':>9} {'own':>9} {'ratio':>6}  goal")

        def line(name, ours, own, ratio, goal, unit):
            met = "" if goal is None or ratio <= goal else "  MISSED"
            if met:
                missed.append(name)
            print(f"{name:46} {ours:9.3f} {own:9.3f} {ratio:6.2f}  "
                  f"{'' if goal is None else f'{goal:.2f}'}{met} {unit}", flush=True)

        def timed(name, ours, own, goal, serial=True):
            line(name, *compare(connection, ours, own, serial), goal, "s")

        one_column = [("exact_sum(x)", "sum(x)"), ("exact_sum(v)", "sum(v)"),
                      ("exact_avg(x)", "avg(x)"), ("exact_var_samp(x)", "var_samp(x)"),
                      ("exact_var_samp(v)", "var_samp(v)"),
                      ("exact_corr(y, x)", "corr(y, x)")]
        for count in (0, 2):
            parallel(connection, count)
            used = workers(connection, "SELECT exact_sum(x) FROM t")
            if used != count:
                print(f"only {used} workers")
                missed.append("workers")
            for ours, own in one_column:
                timed(f"{own}, {count} workers", f"SELECT {ours} FROM t",
                      f"SELECT {own} FROM t", 1.2, count == 0)
        parallel(connection, 0)
        timed("sum(n), bigint", "SELECT exact_sum(n) FROM t", "SELECT sum(n) FROM t", 1.2)
        timed("sum(x::numeric): at least 6 times faster", "SELECT exact_sum(x) FROM t",
              "SELECT sum(x::numeric) FROM t", 1 / 6)

        for ours, own in one_column:
            queries = [f"SELECT g, {f} FROM t GROUP BY g OFFSET 1000000" for f in (ours, own)]
            timed(f"{own}, 100,000 groups", *queries, 1.6)
            kilobytes = [peak(connection, sql)[0] for sql in queries]
            line(f"{own}, 100,000 groups, memory", kilobytes[0] / 1000,
                 kilobytes[1] / 1000, kilobytes[0] / kilobytes[1], 1.6, "MB")

        for ours, own in one_column[:4]:
            queries = [f"SELECT {f} OVER (ORDER BY i ROWS 99 PRECEDING) FROM w OFFSET 1000000"
                       for f in (ours, own)]
            connection.execute("SET enable_sort = on")
            timed(f"{own}, frames of 100", *queries, 0.3)
    if missed:
        print("missed:", ", ".join(missed))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
