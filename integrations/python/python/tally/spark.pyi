from dataclasses import dataclass

from pyspark.sql import Column, DataFrame

__all__: list[str]

@dataclass(frozen=True)
class Aggregate:
    statistic: str
    column: str | Column
    ddof: int = 0
    skipna: bool = False
    min_count: int = 1

def sum(column: str | Column, *, skipna: bool = False, min_count: int = 1) -> Aggregate: ...
def mean(column: str | Column, *, skipna: bool = False, min_count: int = 1) -> Aggregate: ...
def var(
    column: str | Column, *, ddof: int = 0, skipna: bool = False, min_count: int = 1
) -> Aggregate: ...
def std(
    column: str | Column, *, ddof: int = 0, skipna: bool = False, min_count: int = 1
) -> Aggregate: ...
def aggregate(frame: DataFrame, /, *keys: str | Column, **aggregates: Aggregate) -> DataFrame: ...
