"""Aggregates of whole columns and of groups, against fractions and math.fsum."""

import math
import random

import oracle
from check import connected, same
from data import COLUMNS, binades, uniform
from hosts import HostError


@connected
def sums_means_and_variances_are_the_exact_ones_rounded_once(c):
    for name, values in COLUMNS.items():
        c.column(values)
        for sql, expected in oracle.OF_VALUES.items():
            got = c.error(f"select {sql} from t")
            same(got if isinstance(got, str) else got[0][0], expected(values), sql, name)


@connected
def sums_of_reals_are_those_of_fsum(c):
    for name, values in COLUMNS.items():
        if all(isinstance(v, float) and math.isfinite(v) for v in values) and values:
            c.column(values)
            try:
                expected = math.fsum(values)
            except OverflowError:
                continue
            # fsum has no negative zero.
            assert c.value("select exact_sum(x) from t") == expected, name


@connected
def results_of_pairs_are_the_exact_ones_rounded_once(c):
    names = list(COLUMNS)
    chosen = [(a, b) for a in names for b in random.sample(names, 4)] + [(a, a) for a in names]
    for a, b in chosen:
        pairs = list(zip(COLUMNS[a][:60], COLUMNS[b][:60]))
        c.column(pairs, columns=("y", "x"))
        for sql, expected in oracle.OF_PAIRS.items():
            same(c.value(f"select {sql} from t"), expected(pairs), sql, a, b)


@connected
def correlations_of_lines_and_of_near_lines_are_right(c):
    xs = uniform(50)
    for pairs in ([(2 * x, x) for x in xs], [(-x, x) for x in xs], [(1.0, x) for x in xs],
                  [(x, 1.0) for x in xs], [(x + 1e-9 * random.random(), x) for x in xs],
                  [(x * 1e300, x * 1e-300) for x in xs], [(x * 1e308, x * 1e-308) for x in xs],
                  [(2**62 + i, 2**61 - i * i) for i in range(20)], [(1, 2)], []):
        c.column(pairs, columns=("y", "x"))
        for sql, expected in oracle.OF_PAIRS.items():
            same(c.value(f"select {sql} from t"), expected(pairs), sql, pairs)


@connected
def no_rows_and_filtered_rows_are_as_the_hosts_own_have_them(c):
    c.column([1, 2.5, None, 4])
    for f in ("exact_sum", "exact_avg", "exact_state", "exact_var_pop", "exact_stddev_samp"):
        same(c.value(f"select {f}(x) from t where 0"), None, f)
        same(c.rows(f"select {f}(x) from t where 0 group by x"), [], f)
        same(c.value(f"select {f}(x) filter (where x > 9) from t"), None, f)
    same(c.value("select exact_sum(x) filter (where typeof(x) = 'integer') from t"), 5)
    same(c.value("select exact_covar_pop(x, x) from t where 0"), None)
    c.column([1, 1, 0.5, 0.5, 2])
    same(c.value("select exact_sum(distinct x) from t"), 3.5)
    same(c.value("select exact_sum(distinct x) from t where x >= 1"), 3)


# Columns whose own sum is right, so that ours must be the same.
RIGHT = ["nothing", "NULL", "NULLs", "NULL and numbers", "one integer", "one real", "zeros", "one negative zero",
         "integer and negative zero", "small integers", "the largest integer", "the smallest integer",
         "one too large", "one too small", "infinity", "negative infinity", "both infinities",
         "infinity and integers"]


@connected
def null_empty_infinity_and_overflow_are_as_the_hosts_own_have_them(c):
    for name in RIGHT + ["beyond DBL_MAX", "below -DBL_MAX"]:
        c.column(COLUMNS[name])
        sql = "select {0}sum(x), typeof({0}sum(x))"
        if name in RIGHT:
            sql += ", {0}avg(x), typeof({0}avg(x))"
        got, expected = (c.error(sql.format(prefix) + " from t") for prefix in ("exact_", ""))
        # 0.0 and -0.0 are equal to SQLite.
        assert got == expected, (name, got, expected)


@connected
def every_group_of_100000_is_the_sum_of_its_rows(c):
    n = 100_000
    rows = [(g, v) for v, g in zip(binades(3 * n, 150), list(range(n)) * 3)]
    random.shuffle(rows)
    c.column(rows, columns=("g", "x"))
    groups = [[] for _ in range(n)]
    for g, v in rows:
        groups[g].append(v)
    got = c.rows("select g, exact_sum(x), exact_avg(x), exact_value(exact_state(x)) from t group by g")
    same(len(got), n)
    wrong = [(g, s, groups[g]) for g, s, _, v in got if not s == v == math.fsum(groups[g])]
    assert not wrong, (len(wrong), wrong[0])
    for g, _, m, _ in got[::997]:
        same(m, oracle.mean(groups[g]), groups[g])
    got = c.rows("select g, exact_var_samp(x), exact_corr(x, x) from t where g < 2000 group by g")
    for g, v, r in got:
        same(v, oracle.var(groups[g], 1), groups[g])
        same(r, 1.0)


@connected
def the_order_of_the_rows_changes_nothing(c):
    values = COLUMNS["400 binades, cancelling"]
    c.column(values)
    seen = set()
    for _ in range(20):
        c.rows("drop table if exists s")
        c.rows("create temp table s as select x from t order by random()")
        seen.add(c.rows("select exact_sum(x), exact_avg(x), exact_state(x), exact_stddev_pop(x) from s")[0])
    same(len(seen), 1)
    same(seen.pop()[0], math.fsum(values))


@connected
def wrong_numbers_of_arguments_are_refused(c):
    for sql in ("exact_sum()", "exact_sum(1, 2)", "exact_corr(1)", "exact_value()", "exact_merge(1, 2, 3)",
                "exact_subtract(x'00')", "tally_version(1)"):
        message = c.error(f"select {sql}")
        assert "wrong number of arguments" in message, (sql, message)
    message = c.error("select exact_value(x'') over ()")
    assert "may not be used as a window function" in message, message


@connected
def an_overflow_in_one_group_is_an_error_of_the_statement(c):
    c.column([(1, 2**63 - 1), (1, 1), (2, 5)], columns=("g", "x"))
    same(c.error("select g, exact_sum(x) from t group by g"), "integer overflow")
    same(c.rows("select g, exact_sum(x) from t where g = 2 group by g"), [(2, 5)])
    same(c.rows("select g, exact_avg(x) from t group by g"), [(1, 2.0**62), (2, 5.0)])
    try:
        c.rows("select exact_sum(x) over (order by i rows 1 preceding) from t")
    except HostError as error:
        same(str(error), "integer overflow")
    else:
        raise AssertionError("no error")


@connected
def the_version_is_that_of_the_library(c):
    version = c.value("select tally_version()")
    assert [int(part) >= 0 for part in version.split(".")] == [True] * 3, version
