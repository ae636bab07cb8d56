"""Exactly rounded sums and statistics of Python numbers and arrays.

The same numbers give the same result in any order, however they are split:

>>> import tally
>>> tally.sum([1e100, 1.0, -1e100])
1.0
"""

from ._tally import (
    Accumulator,
    DecimalSum,
    LinearFit,
    Moments,
    Products,
    __version__,
    average,
    axis_states,
    corrcoef,
    cov,
    cumsum,
    dot,
    dot_states,
    group_mean,
    group_states,
    group_sum,
    group_var,
    linear_fit,
    mean,
    merge_states,
    norm,
    rolling_mean,
    rolling_std,
    rolling_sum,
    rolling_var,
    state_values,
    std,
    sum,
    var,
)

__all__ = [
    "Accumulator",
    "DecimalSum",
    "LinearFit",
    "Moments",
    "Products",
    "average",
    "axis_states",
    "corrcoef",
    "cov",
    "cumsum",
    "dot",
    "dot_states",
    "group_mean",
    "group_states",
    "group_sum",
    "group_var",
    "linear_fit",
    "mean",
    "merge_states",
    "norm",
    "rolling_mean",
    "rolling_std",
    "rolling_sum",
    "rolling_var",
    "state_values",
    "std",
    "sum",
    "var",
]
