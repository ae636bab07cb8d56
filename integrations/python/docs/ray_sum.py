"""An exact sum for Ray Data: an aggregation based on Tally's states.

    python ray_sum.py

Needs ray[data], numpy and pandas.
"""

import math

import numpy as np
import pandas
import ray
import tally
from ray.data.aggregate import AggregateFnV2


class ExactSum(AggregateFnV2):
    """The sum of a block, as bytes that Ray keeps in its tables."""

    def __init__(self, on):
        super().__init__(
            f"exact_sum({on})", lambda: tally.Accumulator().seal(), on=on, ignore_nulls=True
        )

    def aggregate_block(self, block):
        return tally.Accumulator(block[self.get_target_column()]).seal()

    def combine(self, current_accumulator, new):
        [merged] = tally.merge_states([current_accumulator, new])
        return merged

    def finalize(self, accumulator):
        return tally.Accumulator.load(accumulator).value()


def main():
    rng = np.random.default_rng(1)
    x = (rng.random(10_000) - 0.5) * 2.0 ** rng.integers(-40, 41, 10_000)
    frame = pandas.DataFrame({"x": x, "shop": np.arange(x.size) % 7})
    for blocks in (2, 5):
        data = ray.data.from_pandas(frame).repartition(blocks)
        exact = data.aggregate(ExactSum("x"))["exact_sum(x)"]
        assert exact == math.fsum(x)
        print(f"{blocks} blocks: exact sum {exact!r}, sum {data.sum('x')!r}")
    for row in data.groupby("shop").aggregate(ExactSum("x")).take_all():
        assert row["exact_sum(x)"] == math.fsum(x[frame["shop"] == row["shop"]])


if __name__ == "__main__":
    ray.init(num_cpus=2)
    main()
