"""One column in 50 orders, on 1 to 4 threads: how many totals?

    orders.py [ROWS]"""

import math
import sys

from host import DATA, cancelling, column, connect, fill, one

FUNCTIONS = ("exact_sum", "sum", "fsum")
RUNS = 50


def totals(connection, table):
    """The totals that each function gives, and the right one."""
    right = math.fsum(column(connection, table))
    seen = {f: [] for f in FUNCTIONS}
    for run in range(RUNS):
        connection.execute(f"SET threads = {1 + run % 4}")
        connection.execute(f"SELECT setseed({run / RUNS})").fetchall()
        connection.execute(f"CREATE OR REPLACE TABLE shuffled AS SELECT x FROM {table} "
                           "ORDER BY random()")
        for f in FUNCTIONS:
            seen[f].append(one(connection, f"SELECT {f}(x) FROM shuffled"))
    return seen, right


def measure(rows):
    connection = connect()
    for name in ("uniform", "80 binades", "money", "cancelling"):
        if name == "cancelling":
            cancelling(connection, "t", rows)
        else:
            fill(connection, "t", DATA[name], rows)
        yield name, *totals(connection, "t")


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    print(f"{rows} rows, shuffled {RUNS} times, on 1 to 4 threads: distinct totals "
          "(and runs whose total was that of math.fsum)")
    print("| data | " + " | ".join(FUNCTIONS) + " |")
    print("|---|" + "---|" * len(FUNCTIONS))
    for name, seen, right in measure(rows):
        print(f"| {name} | " + " | ".join(
            f"{len(set(seen[f]))} ({seen[f].count(right)} right)" for f in FUNCTIONS) + " |",
            flush=True)


if __name__ == "__main__":
    main()
