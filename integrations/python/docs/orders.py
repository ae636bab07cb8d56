"""One column in twenty orders: its totals in each library.

    python orders.py [PICTURE.svg]

prints the totals and draws them. Needs numpy, pandas, polars, duckdb and matplotlib.
"""

import math
import sys

import duckdb
import numpy as np
import pandas
import polars
import tally

ROWS = 1_000_000
ORDERS = 20


def amounts(rows=ROWS):
    """Payments and refunds in whole cents: most are small, a few are millions."""
    rng = np.random.default_rng(13)
    sizes = np.round(rng.lognormal(mean=4.0, sigma=3.0, size=rows), 2)
    return sizes * rng.choice([1.0, -1.0], size=rows)


def duckdb_sum(column, threads=1):
    connection = duckdb.connect(config={"threads": threads})
    frame = pandas.DataFrame({"amount": column})
    connection.register("payments", frame)
    return connection.sql("SELECT sum(amount) FROM payments").fetchall()[0][0]


LIBRARIES = {
    "NumPy": lambda column: np.sum(column),
    "pandas": lambda column: pandas.Series(column).sum(),
    "Polars": lambda column: polars.Series(column).sum(),
    "DuckDB": duckdb_sum,
    "Tally": tally.sum,
}


def in_many_orders(column, orders=ORDERS):
    """The totals of each library: of the rows as they are, and shuffled."""
    rng = np.random.default_rng(20)
    totals = {name: [] for name in LIBRARIES}
    for order in range(orders):
        shuffled = rng.permutation(column) if order else column
        for name, total in LIBRARIES.items():
            totals[name].append(float(total(shuffled)))
    return totals


def with_many_threads(column, runs=ORDERS):
    """The totals of the rows as they are, from repeated queries on four threads."""
    return {
        "DuckDB": [duckdb_sum(column, threads=4) for _ in range(runs)],
        "Tally": [tally.sum(column) for _ in range(runs)],
    }


def show(title, totals):
    print(title)
    for name, values in totals.items():
        low, high, different = min(values), max(values), len(set(values))
        print(f"  {name:8}{different:3} distinct  {low!r} to {high!r}")


def draw(panels, file):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "tally", "svg.fonttype": "none"})
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(panels), figsize=(12, 4.5), layout="constrained")
    marks = {"NumPy": "o", "pandas": "x", "Polars": "s", "DuckDB": "^"}
    colours = {name: f"C{place}" for place, name in enumerate(marks)}
    for axis, (title, (column, totals, label)) in zip(axes, panels.items()):
        right = math.fsum(column)
        for name, values in totals.items():
            numbers = range(1, len(values) + 1)
            errors = np.array(values) - right
            if name == "Tally":
                axis.plot(numbers, errors, color="black", linewidth=5, alpha=0.7, label=name)
            else:
                style = {"color": colours[name], "fillstyle": "none"}
                axis.plot(numbers, errors, marks[name], label=name, **style)
        # Linear within a unit in the last place of the total; beyond that logarithmic.
        axis.set_yscale("symlog", linthresh=math.ulp(right))
        largest = max(abs(value - right) for values in totals.values() for value in values)
        powers = [10.0**power for power in range(-7, 5, 2) if 10.0**power <= largest * 10]
        ticks = [-power for power in powers] + [0.0] + powers
        axis.set(title=title, xlabel=label, xticks=[1, 5, 10, 15, 20], yticks=ticks)
        axis.grid(axis="y", alpha=0.3)
    axes[0].set_ylabel("error of the total (symmetric logarithm)")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=5)
    figure.savefig(file, metadata={"Date": None})


def main(*files):
    column = amounts()
    narrow = column.astype(np.float32)
    panels = {
        "float64": (column, in_many_orders(column), "order of the rows"),
        "float32": (narrow, in_many_orders(narrow), "order of the rows"),
        "float64, one order, 4 threads": (column, with_many_threads(column), "run"),
    }
    for title, (_, totals, _) in panels.items():
        show(title, totals)
    for file in files:
        draw(panels, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
