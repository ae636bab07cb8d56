"""Exactly rounded sums and statistics of Dask's arrays and data frames.

The result does not depend on the chunks, the scheduler or the number of workers. It is the
result of the function of the same name in tally for the whole array:

>>> import dask.array as da
>>> import tally.dask
>>> x = da.from_array([1e100, 1.0, -1e100], chunks=1)
>>> float(tally.dask.sum(x).compute())
1.0
"""

from ._arrays import dot, mean, norm, std, sum, var
from ._groups import group_mean, group_std, group_sum, group_var

__all__ = [
    "dot",
    "group_mean",
    "group_std",
    "group_sum",
    "group_var",
    "mean",
    "norm",
    "std",
    "sum",
    "var",
]
