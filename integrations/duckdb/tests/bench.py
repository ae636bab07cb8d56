"""Timings against DuckDB's own aggregates: ratios of interleaved runs, medians.

    bench.py [ROWS [RUNS]] [WORD ...]

Words choose the cases whose names have one of them. The goals are
those of the project: see README.md."""

import os
import resource
import statistics
import subprocess
import sys
import threading
import time

try:
    import duckdb
    from host import connect
except ImportError:
    print(f"skipped: duckdb (no module duckdb in {sys.executable}: pip install duckdb)")
    sys.exit(0)

NUMBERS = [int(a) for a in sys.argv[1:] if a.isdigit()]
WORDS = [a for a in sys.argv[1:] if not a.isdigit()]
ROWS, RUNS = (*NUMBERS, *(4_000_000, 9)[len(NUMBERS):])

TABLE = f"""CREATE TABLE t AS SELECT i, random() AS u,
    (random() - 0.5) * pow(2.0, floor(random() * 81) - 40) AS v,
    CASE WHEN random() < 0.9 THEN random() END AS n, (random() * 1e12)::BIGINT AS k,
    ((random() * 1e12)::BIGINT / 100)::DECIMAL(18, 2) AS d,
    (random() * 99999)::INT AS g, (random() * 999)::INT AS h FROM range({ROWS}) s(i)"""
SORTED = "CREATE TABLE sorted AS SELECT * FROM t ORDER BY g"

EVERY = "SELECT {f} FROM t"
BY_G = "SELECT count(s) FROM (SELECT {f} s FROM t GROUP BY g)"
BY_H = "SELECT count(s) FROM (SELECT {f} s FROM t GROUP BY h)"
BY_G_SORTED = "SELECT count(s) FROM (SELECT {f} s FROM sorted GROUP BY g)"
FRAMES = ("SELECT max(s) FROM (SELECT {f} OVER (ORDER BY i ROWS 99 PRECEDING) s "
          "FROM t WHERE i < 200000)")


def sums(x):
    return (f"exact_sum({x})", f"sum({x})", f"fsum({x})")


# What; the query; ours, DuckDB's own and its Kahan sum, if there is one; the goals
# for the ratios of ours to these two, if there are any.
CASES = [
    ("ungrouped, uniform", EVERY, sums("u"), 1.3, 1.0),
    ("ungrouped, 80 binades", EVERY, sums("v"), 1.3, 1.0),
    ("ungrouped, 10 % NULL", EVERY, sums("n"), 1.3, 1.0),
    ("ungrouped, BIGINT", EVERY, ("exact_sum(k)", "sum(k)"), None, None),
    ("ungrouped, DECIMAL(18,2)", EVERY, ("exact_sum(d)", "sum(d)"), None, None),
    ("100,000 groups, uniform", BY_G, sums("u"), 2.5, None),
    ("100,000 groups, 80 binades", BY_G, sums("v"), 2.5, None),
    ("100,000 groups, BIGINT", BY_G, ("exact_sum(k)", "sum(k)"), None, None),
    ("100,000 groups, sorted", BY_G_SORTED, sums("u"), None, None),
    ("1,000 groups", BY_H, sums("u"), None, None),
    ("avg", EVERY, ("exact_avg(u)", "avg(u)", "favg(u)"), None, None),
    ("var_samp", EVERY, ("exact_var_samp(u)", "var_samp(u)"), None, None),
    ("var_samp, 1,000 groups", BY_H, ("exact_var_samp(u)", "var_samp(u)"), None, None),
    ("corr", EVERY, ("exact_corr(u, v)", "corr(u, v)"), None, None),
    ("corr, 1,000 groups", BY_H, ("exact_corr(u, v)", "corr(u, v)"), None, None),
    ("frames of 100", FRAMES, sums("u"), None, None),
]


def measure(connection, sql):
    """The seconds that a query takes, and those of the processors."""
    start, busy = time.perf_counter(), time.process_time()
    connection.execute(sql).fetchall()
    return time.perf_counter() - start, time.process_time() - busy


# A loaded machine interrupts what takes longer more often.
LOADED = os.getloadavg()[0] > os.cpu_count()


def verdict(ratio, goal):
    return "" if goal is None else "met" if ratio <= goal else "MISSED"


def report(what, threads, amount, ours, busy, goal, against_fsum=None, faster=None):
    def number(x):
        return "" if x is None else f"{x:.2f}"
    cells = [what, str(threads), amount, number(ours), number(busy),
             "" if goal is None else f"{goal}",
             verdict(busy if LOADED and busy else ours, goal), number(against_fsum),
             "" if against_fsum is None else verdict(against_fsum, faster)]
    print("| " + " | ".join(cells) + " |", flush=True)


def ratio(ours, others, which=0):
    """The median of the ratios of runs next to each other: what else the machine
    does changes between rounds more than within one."""
    return statistics.median(a[which] / b[which] for a, b in zip(ours, others))


def time_cases(threads):
    connection = connect(threads=threads)
    connection.execute("SELECT setseed(0.5)").fetchall()
    connection.execute(TABLE)
    connection.execute(SORTED)
    for what, sql, functions, goal, faster in CASES:
        if WORDS and not any(word in what for word in WORDS):
            continue
        taken = {f: [] for f in functions}
        for _ in range(RUNS):
            for f in functions:
                taken[f].append(measure(connection, sql.format(f=f)))
        ours, own, *kahan = [taken[f] for f in functions]
        report(what, threads, f"{statistics.median(a for a, _ in ours) * 1e3:.1f} ms",
               ratio(ours, own), ratio(ours, own, 1), goal,
               ratio(ours, kahan[0]) if kahan else None, faster)


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * resource.getpagesize()


def grown(function):
    """Bytes that a process's memory grows by while a query of 100,000 groups runs."""
    connection = connect(threads=2)
    connection.execute("CREATE TABLE t AS SELECT (random() * 99999)::INT AS g, random() AS u "
                       "FROM range(2000000)")
    connection.execute("SELECT count(g) FROM t").fetchall()
    before, peak, done = resident(), 0, threading.Event()

    def watch():
        nonlocal peak
        while not done.wait(0.0005):
            peak = max(peak, resident())
    watcher = threading.Thread(target=watch)
    watcher.start()
    connection.execute(f"SELECT count(s) FROM (SELECT {function}(u) s FROM t GROUP BY g)")
    done.set()
    watcher.join()
    return peak - before


def measure_memory():
    functions = ("exact_sum", "sum", "fsum")
    taken = {f: [] for f in functions}
    for _ in range(5):
        for f in functions:
            out = subprocess.run([sys.executable, __file__, "--memory", f], check=True,
                                 capture_output=True, text=True).stdout
            taken[f].append(int(out))
    ours, own, kahan = [statistics.median(taken[f]) for f in functions]
    report("100,000 groups, memory", 2, f"{ours / (1 << 20):.1f} MiB", ours / own, None, 2.5,
           ours / kahan)


def main():
    if sys.argv[1:2] == ["--memory"]:
        print(grown(sys.argv[2]))
        return
    load = os.getloadavg()[0]
    print(f"DuckDB {duckdb.__version__}, {ROWS} rows, ratios are medians of those of {RUNS} "
          f"interleaved runs, {os.cpu_count()} processors, load {load:.1f}"
          + (": the goals are checked in processor time" if LOADED else ""))
    print("| what | threads | time | of its own | in processor time | goal | "
          "| of fsum or favg | faster than fsum |")
    print("|---|---|---|---|---|---|---|---|---|")
    for threads in (1, 2):
        time_cases(threads)
    if not WORDS or "memory" in WORDS:
        measure_memory()


if __name__ == "__main__":
    main()
