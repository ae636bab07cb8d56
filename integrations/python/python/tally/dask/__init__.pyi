from typing import Any

# Dask brings its own stubs: lazy arrays are dask.array.Array, aggregations are
# dask.dataframe.Aggregation.
from dask.array import Array
from dask.dataframe import Aggregation

_Axis = int | tuple[int, ...] | None
_SplitEvery = int | dict[int, int] | None

__all__: list[str]

def sum(
    a: Any,
    axis: _Axis = None,
    *,
    keepdims: bool = False,
    where: Any = None,
    skipna: bool = False,
    min_count: int = 0,
    split_every: _SplitEvery = None,
) -> Array: ...
def mean(
    a: Any,
    axis: _Axis = None,
    *,
    keepdims: bool = False,
    where: Any = None,
    skipna: bool = False,
    min_count: int = 0,
    split_every: _SplitEvery = None,
) -> Array: ...
def var(
    a: Any,
    axis: _Axis = None,
    *,
    ddof: int = 0,
    keepdims: bool = False,
    where: Any = None,
    skipna: bool = False,
    min_count: int = 0,
    split_every: _SplitEvery = None,
) -> Array: ...
def std(
    a: Any,
    axis: _Axis = None,
    *,
    ddof: int = 0,
    keepdims: bool = False,
    where: Any = None,
    skipna: bool = False,
    min_count: int = 0,
    split_every: _SplitEvery = None,
) -> Array: ...
def norm(
    a: Any,
    axis: _Axis = None,
    *,
    keepdims: bool = False,
    where: Any = None,
    skipna: bool = False,
    min_count: int = 0,
    split_every: _SplitEvery = None,
) -> Array: ...
def dot(
    x: Any,
    y: Any,
    *,
    where: Any = None,
    skipna: bool = False,
    split_every: _SplitEvery = None,
) -> Array: ...
def group_sum(*, skipna: bool = False, min_count: int = 0) -> Aggregation: ...
def group_mean(*, skipna: bool = False, min_count: int = 0) -> Aggregation: ...
def group_var(*, ddof: int = 0, skipna: bool = False, min_count: int = 0) -> Aggregation: ...
def group_std(*, ddof: int = 0, skipna: bool = False, min_count: int = 0) -> Aggregation: ...
