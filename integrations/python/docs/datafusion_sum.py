"""An exact sum for DataFusion: a SQL aggregate function based on Tally's states.

    python datafusion_sum.py

Needs datafusion, numpy and pyarrow.
"""

import math

import numpy as np
import pyarrow
import tally
from datafusion import Accumulator, SessionContext, udaf


class ExactSum(Accumulator):
    """The sum of a partition; its state is one column of bytes."""

    def __init__(self):
        self.sum = tally.Accumulator()

    def update(self, values):
        self.sum.add(values)

    def state(self):
        return [pyarrow.scalar(self.sum.seal())]

    def merge(self, states):
        for state in states[0]:
            self.sum.merge(tally.Accumulator.load(state.as_py()))

    def evaluate(self):
        return pyarrow.scalar(self.sum.value())


FLOAT, STATE = pyarrow.float64(), pyarrow.binary()


def context():
    session = SessionContext()
    session.register_udaf(udaf(ExactSum, FLOAT, FLOAT, [STATE], "immutable", name="exact_sum"))
    return session


def main():
    rng = np.random.default_rng(1)
    x = (rng.random(100_000) - 0.5) * 2.0 ** rng.integers(-40, 41, 100_000)
    shop = np.arange(x.size) % 7
    for partitions in (1, 2, 5, 16):
        parts = zip(np.array_split(x, partitions), np.array_split(shop, partitions))
        batches = [[pyarrow.RecordBatch.from_pydict({"x": a, "shop": b})] for a, b in parts]
        session = context()
        session.register_record_batches("sales", batches)
        row = session.sql("SELECT exact_sum(x) AS exact, sum(x) AS own FROM sales").to_pylist()[0]
        assert row["exact"] == math.fsum(x)
        print(f"{partitions:2} partitions: exact_sum {row['exact']!r}, sum {row['own']!r}")
        by_shop = "SELECT shop, exact_sum(x) AS total FROM sales GROUP BY shop"
        for row in session.sql(by_shop).to_pylist():
            assert row["total"] == math.fsum(x[shop == row["shop"]])


if __name__ == "__main__":
    main()
