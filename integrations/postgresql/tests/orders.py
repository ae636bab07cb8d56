"""How many totals one column has: shuffled, and added by 0 to 4 workers.

Prints the table that the documentation shows. Each of 50 runs reads the rows in
an order of its own; ten of them have no worker, ten have one, and so on.
"""

import math
import random
import sys

from common import DATA, bits, fresh, parallel, rows, table

RUNS = 50
ROWS = 100_000
FUNCTIONS = ("exact_sum(x)", "sum(x)", "sum(x::numeric)::float8", "exact_avg(x)", "avg(x)",
             "exact_stddev_samp(x)", "stddev_samp(x)")


def main():
    failed = False
    print(f"Distinct results of {RUNS} runs over {ROWS} rows, and how many runs give "
          "math.fsum's total:\n")
    print("| data | " + " | ".join(f"`{f}`" for f in FUNCTIONS) + " |")
    print("|---" * (len(FUNCTIONS) + 1) + "|")
    with fresh("orders") as connection:
        for name, data in DATA.items():
            values = data(ROWS)
            right = math.fsum(values)
            seen = {f: [] for f in FUNCTIONS}
            generator = random.Random(name)
            for run in range(RUNS):
                generator.shuffle(values)
                table(connection, "t", "x float8", [(x,) for x in values])
                parallel(connection, run % 5)
                got = rows(connection, f"SELECT {', '.join(FUNCTIONS)} FROM t")[0]
                for function, result in zip(FUNCTIONS, got):
                    seen[function].append(result)
            cells = []
            for function, results in seen.items():
                distinct = len(set(map(bits, results)))
                hits = f", {results.count(right)} right" if "sum" in function else ""
                cells.append(f"{distinct}{hits}")
                if function.startswith("exact"):
                    failed |= distinct != 1
            failed |= set(map(bits, seen["exact_sum(x)"])) != {bits(right)}
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    if failed:
        print("FAILED: exact results differ, or are not math.fsum's")
    return failed


if __name__ == "__main__":
    sys.exit(main())
