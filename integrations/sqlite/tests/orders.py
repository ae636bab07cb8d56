"""How many totals the same rows have in 50 orders: ours, and SQLite's own.

    orders.py tally.so [ROWS]

Fails unless ours is one, and it is math.fsum's.
"""

import math
import pathlib
import random
import sys

import data
from hosts import hosts

RUNS = 50
FUNCTIONS = ("exact_sum", "sum", "exact_avg", "avg")


def main():
    extension = pathlib.Path(sys.argv[1]).resolve()
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    random.seed(14)
    columns = {
        "uniform, 0 to 1": data.uniform(rows),
        "money": data.money(rows),
        "80 binades": data.binades(rows),
        "400 binades, most of which cancels": data.cancelling(rows),
    }
    failed = False
    print("| | column | exact_sum | sum | exact_avg | avg | sum is right in |")
    print("|---|---|---|---|---|---|---|")
    for host in hosts():
        c = host.open(extension)
        for name, values in columns.items():
            c.column(values)
            seen = {f: set() for f in FUNCTIONS}
            right = 0
            expected = math.fsum(values)
            for _ in range(RUNS):
                c.rows("drop table if exists s")
                c.rows("create temp table s as select x from t order by random()")
                got = c.row(f"select {', '.join(f + '(x)' for f in FUNCTIONS)} from s")
                for function, total in zip(FUNCTIONS, got, strict=True):
                    seen[function].add(total)
                right += got[1] == expected
            failed |= seen["exact_sum"] != {expected} or len(seen["exact_avg"]) != 1
            counts = " | ".join(str(len(seen[f])) for f in FUNCTIONS)
            print(f"| SQLite {host.version} | {name} | {counts} | {right} of {RUNS} |", flush=True)
        c.close()
    return failed


if __name__ == "__main__":
    sys.exit(main())
