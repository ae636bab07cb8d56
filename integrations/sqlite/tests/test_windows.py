"""Window frames of every kind, against direct computation."""

import json
import math
import random

import oracle
from check import connected, same
from data import binades

STARTS = ["unbounded preceding", "2 preceding", "current row", "1 following"]
ENDS = ["3 preceding", "1 preceding", "current row", "2 following", "unbounded following"]
# With any EXCLUDE, "no others" too, SQLite adds each frame up anew; without, it takes out what
# leaves it.
EXCLUDED = ["", *(f"exclude {e}" for e in ("no others", "current row", "group", "ties"))]
ORDER = ["unbounded preceding", " preceding", "current row", " following", "unbounded following"]


def place(bound):
    return ORDER.index(bound.lstrip("0123456789"))


def frames():
    for kind in ("rows", "range", "groups"):
        for start in STARTS:
            for end in ENDS:
                if place(start) <= place(end):
                    for excluded in EXCLUDED:
                        yield f"{kind} between {start} and {end} {excluded}"


def compute(expected, cache, members, rows):
    """Each distinct frame is computed once."""
    key = (expected, frozenset(members))
    if key not in cache:
        cache[key] = expected([rows[i] for i in members])
    return cache[key]


def check(c, rows, functions, frame, cache, partition=""):
    """Which rows are in a frame, json_group_array of their ids says."""
    calls = ", ".join(sql.replace("exact_value(exact_state(x))", "exact_state(x)") + " over w"
                      for sql in functions)
    got = c.rows(f"select i, json_group_array(i) over w, {calls} from t "
                 f"window w as ({partition} order by k {frame})")
    same(len(got), len(rows))
    for i, members, *results in got:
        members = json.loads(members)
        for (sql, expected), result in zip(functions.items(), results, strict=True):
            if isinstance(result, bytes):
                result = c.value("select exact_value(?)", (result,))
            same(result, compute(expected, cache, members, rows), sql, frame, i, members)


def table(c, xs, columns):
    """Keys with ties, some of them NULL."""
    keys = [random.choice([None, 1, 1, 2, 3, 3, 5, 6, 6, 6, 9, 12]) for _ in xs]
    ys = [[1.5, -2, None, 2**60 + 1, 3, random.random()][i % 6] for i in range(len(xs))]
    c.column(zip(keys, xs, ys, strict=True), columns=("k", "x", "y"))
    if columns == "values":
        return {i + 1: x for i, x in enumerate(xs)}
    return {i + 1: (y, x) for i, (y, x) in enumerate(zip(ys, xs, strict=True))}


VALUES = [1, 0.1, None, 1e300, -1e300, 2.0**-300, 7, -0.0, 2**40, 1e16, 3, 0.25, float("inf"), 5, None,
          2**53 + 1, -(2**53) - 3, 0.5, float("-inf"), 1, 2, 3, 1e-320]


@connected
def frames_of_every_kind_have_the_sums_of_their_rows(c):
    cache = {}
    rows = table(c, VALUES, "values")
    for frame in frames():
        check(c, rows, oracle.OF_VALUES, frame, cache)


@connected
def frames_of_every_kind_have_the_correlations_of_their_pairs(c):
    cache = {}
    xs = [v for v in VALUES if v is None or abs(v) < 1e20]
    rows = table(c, xs + [2**62 + 1, 2**53 + 1, 0.5, -(2**63)] * 3, "pairs")
    for frame in frames():
        check(c, rows, oracle.OF_PAIRS, frame, cache)


@connected
def what_has_left_a_frame_leaves_no_trace(c):
    c.column([1e300, float("inf"), 1, 2, float("-inf"), float("inf"), 0.5, 2, 3])
    got = [r[0] for r in c.rows("select exact_sum(x) over (order by i rows 1 preceding) from t")]
    inf = math.inf
    # Two integers have an integer, whatever came before.
    expected = [1e300, inf, inf, 3, -inf, None, inf, 2.5, 5]
    for g, e in zip(got, expected, strict=True):
        same(g, e, got)


@connected
def partitions_and_filters_make_frames_of_their_own(c):
    values = [random.choice([None, 1, 0.5, 1e200, -1e200]) for _ in range(200)]
    c.column(values)
    got = c.rows("select i, x, exact_sum(x) filter (where x < 1e100) over w from t "
                 "window w as (partition by i % 7 order by i rows between 3 preceding and 1 following)")
    same(len(got), len(values))
    for i, _, s in got:
        members = [j for j in range(i - 21, i + 8, 7) if 1 <= j <= len(values)]
        kept = [values[j - 1] for j in members if values[j - 1] is not None and values[j - 1] < 1e100]
        same(s, oracle.total(kept), i)


@connected
def long_windows_that_slide_are_exact_in_every_frame(c):
    for width in (40, 200):
        values = binades(20_000, width)
        c.column(values)
        got = c.rows("select exact_sum(x) over w, exact_avg(x) over w from t "
                     "window w as (order by i rows 99 preceding)")
        for k, (s, m) in enumerate(got):
            frame = values[max(0, k - 99):k + 1]
            if s != math.fsum(frame):
                same(s, math.fsum(frame), width, k)
            if k % 500 == 0:
                same(m, oracle.mean(frame), width, k)


@connected
def states_are_merged_in_frames_too(c):
    values = binades(300, 250)
    c.column(values)
    c.rows("create table p as select i, exact_state(x) as s from t group by i")
    got = c.rows("select exact_merge(s) over (order by i rows 9 preceding) from p")
    for k, (s,) in enumerate(got):
        same(c.value("select exact_value(?)", (s,)), math.fsum(values[max(0, k - 9):k + 1]), k)
    # A frame with no state but NULL has none; merging nothing into it has left no bytes.
    got = c.rows("select exact_merge(iif(i % 3 = 0, s, null)) over (order by i rows 1 preceding) from p")
    for k, (s,) in enumerate(got):
        ids = [i for i in (k, k + 1) if i >= 1 and i % 3 == 0]
        expected = c.value("select exact_merge(s) from p where i in ({})".format(",".join(map(str, ids))))
        same(s, expected, k)
