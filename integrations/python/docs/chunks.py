"""One column in many chunks: its totals in Dask and in Tally.

    python chunks.py [PICTURE.svg]

prints the totals and draws them. Needs dask[array,dataframe], distributed and matplotlib.
"""

import math
import sys

import dask
import dask.array as da
import dask.dataframe as dd
import numpy as np
import pandas
import tally.dask
from distributed import Client, LocalCluster

ROWS = 1_000_000
CHUNKS = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144]
PARTITIONS = [1, 3, 8, 21]
WORKERS = [1, 2, 3, 4]


def amounts(rows=ROWS):
    """Payments and refunds in cents' steps: most are small, a few are millions."""
    rng = np.random.default_rng(13)
    sizes = np.round(rng.lognormal(mean=4.0, sigma=3.0, size=rows), 2)
    return sizes * rng.choice([1.0, -1.0], size=rows)


def totals_of(lazy_own, lazy_exact):
    return [float(total) for total in dask.compute(lazy_own, lazy_exact)]


def in_chunks(column, chunks=CHUNKS):
    """For each number of chunks: Dask's total and Tally's, of an array."""
    arrays = [da.from_array(column, chunks=-(-column.size // count)) for count in chunks]
    return [totals_of(array.sum(), tally.dask.sum(array)) for array in arrays]


def on_workers(column, workers=WORKERS, partitions=PARTITIONS):
    """For each number of workers and of partitions: the totals of a group of a data frame."""
    frame = pandas.DataFrame({"kind": np.zeros(column.size, int), "amount": column})
    totals = []
    # The frame goes to the workers within the graph, which is small enough here.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    for count in workers:
        options = {"n_workers": count, "threads_per_worker": 1, "dashboard_address": None}
        with LocalCluster(**options) as cluster, Client(cluster):
            for parts in partitions:
                groups = dd.from_pandas(frame, npartitions=parts).groupby("kind")["amount"]
                both = dask.compute(groups.sum(), groups.agg(tally.dask.group_sum()))
                totals.append([float(total.iloc[0]) for total in both])
    return totals


def show(title, totals):
    print(title)
    for name, values in zip(("Dask", "Tally"), zip(*totals)):
        low, high, different = min(values), max(values), len(set(values))
        print(f"  {name:6}{different:3} distinct of {len(values)}  {low!r} to {high!r}")


def draw(panels, right, file):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "tally", "svg.fonttype": "none"})
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(panels), figsize=(10, 4), layout="constrained", sharey=True)
    for axis, (title, (labels, totals)) in zip(axes, panels.items()):
        own, exact = (np.array(values) - right for values in zip(*totals))
        places = range(len(labels))
        axis.plot(places, exact, color="black", linewidth=5, alpha=0.7, label="Tally")
        axis.plot(places, own, "o", color="C0", fillstyle="none", label="Dask")
        axis.set(title=title, xticks=places)
        axis.set_xticklabels(labels, fontsize=7, rotation=90)
        axis.set_yscale("symlog", linthresh=math.ulp(right))
        axis.grid(axis="y", alpha=0.3)
    axes[0].set_ylabel("error of the total")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.savefig(file, metadata={"Date": None})


def main(*files):
    column = amounts()
    places = [f"{workers}, {parts}" for workers in WORKERS for parts in PARTITIONS]
    panels = {
        "an array, by number of chunks": (CHUNKS, in_chunks(column)),
        "a group, by workers and partitions": (places, on_workers(column)),
    }
    for title, (_, totals) in panels.items():
        show(title, totals)
    for file in files:
        draw(panels, math.fsum(column), file)


if __name__ == "__main__":
    main(*sys.argv[1:])
