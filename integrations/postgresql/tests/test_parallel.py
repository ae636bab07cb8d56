"""Parallel and partial aggregates: one total, however the rows are split."""

import math
import random

from common import (DATA, ONE, TWO, Exact, calls, equal, fresh, one, parallel, rows,
                    table)

DATABASE = "parallel"


def workers(connection, sql):
    """How many workers a query is given, by its plan."""
    plan = one(connection, f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")[0]["Plan"]

    def find(node):
        return max([node.get("Workers Launched", 0)] +
                   [find(child) for child in node.get("Plans", ())])
    return find(plan)


def test_one_total_for_all_orders_and_workers():
    values = DATA["cancelling"](60_000)
    x, y = values, DATA["binades"](60_000)
    exact = Exact(x, y)
    expected = exact.of_one() | exact.of_two()
    generator = random.Random(10)
    launched = set()
    own = set()
    with fresh(DATABASE) as connection:
        for run in range(50):
            if run % 5 == 0:
                order = list(zip(x, y))
                generator.shuffle(order)
                table(connection, "t", "x float8, y float8", order)
            parallel(connection, run % 5)
            sql = f"SELECT {calls(ONE, 'x')}, {calls(TWO, 'y, x')}, sum(x) FROM t"
            *got, total = rows(connection, sql)[0]
            for function, result in zip(ONE + TWO, got):
                equal(result, expected[function], f"{function}, run {run}")
            own.add(total)
            if run < 5:
                launched.add(workers(connection, sql))
    assert expected["sum"] == math.fsum(x)
    assert max(launched) >= 2, f"no parallel plan: {launched}"
    return f"workers {sorted(launched)}; sum(float8) has {len(own)} totals"


def test_partial_groups():
    """Partial aggregates of groups, hashed and sorted, and spilled to disk."""
    generator = random.Random(11)
    data = [(generator.randrange(3000), x, generator.random())
            for x in DATA["binades"](60_000) + [1e150, -1e150, 5e-324]]
    groups = {}
    for g, x, y in data:
        groups.setdefault(g, []).append((x, y))
    seen = {}
    with fresh(DATABASE) as connection:
        table(connection, "t", "g int4, x float8, y float8", data)
        for setting in ("on", "off"):
            for memory in ("64kB", "64MB"):
                for count in (0, 2, 4):
                    parallel(connection, count)
                    connection.execute(f"SET enable_hashagg = {setting}")
                    connection.execute(f"SET work_mem = '{memory}'")
                    sql = ("SELECT g, exact_sum(x), exact_var_samp(x), exact_covar_pop(y, x),"
                           " exact_state(x)::text, exact_corr(y, x) FROM t GROUP BY g")
                    got = {row[0]: row[1:] for row in rows(connection, sql)}
                    if not seen:
                        seen = got
                    assert got == seen, f"hashagg {setting}, {memory}, {count} workers"
        assert len(seen) == len(groups)
        for g, pairs in groups.items():
            exact = Exact([x for x, _ in pairs], [y for _, y in pairs])
            total, variance, covariance, _, corr = seen[g]
            equal(total, exact.sum(), f"sum of {pairs}")
            equal(variance, exact.var(1), f"variance of {pairs}")
            equal(covariance, exact.covar(0), f"covariance of {pairs}")
            equal(corr, exact.corr(), f"correlation of {pairs}")


def test_states_merged_in_parallel():
    values = DATA["cancelling"](40_000)
    with fresh(DATABASE) as connection:
        table(connection, "t", "i int4, x float8", enumerate(values))
        connection.execute("CREATE TABLE parts AS SELECT i / 7 AS g, exact_state(x) AS s "
                           "FROM t GROUP BY i / 7")
        connection.execute("ANALYZE parts")
        for count in (0, 1, 2, 4):
            parallel(connection, count)
            sql = "SELECT exact_value(exact_merge(s)), exact_merge(s)::text FROM parts"
            equal(rows(connection, sql)[0][0], math.fsum(values), f"{count} workers")
            used = workers(connection, sql)
            assert (used > 0) == (count > 0), f"{used} workers of {count}"


def test_partitions_are_aggregated_apart():
    values = DATA["cancelling"](20_000)
    with fresh(DATABASE) as connection:
        connection.execute("CREATE TABLE t (g int4, x float8) PARTITION BY HASH (g)")
        for i in range(4):
            connection.execute(f"CREATE TABLE t{i} PARTITION OF t FOR VALUES WITH "
                               f"(MODULUS 4, REMAINDER {i})")
        with connection.cursor().copy("COPY t FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int4", "float8"])
            for i, x in enumerate(values):
                copy.write_row((i % 50, x))
        connection.execute("ANALYZE t")
        connection.execute("SET enable_partitionwise_aggregate = on")
        parallel(connection, 2)
        equal(one(connection, "SELECT exact_sum(x) FROM t"), math.fsum(values), "all")
        for g, total in rows(connection, "SELECT g % 5, exact_sum(x) FROM t GROUP BY g % 5"):
            equal(total, math.fsum(x for i, x in enumerate(values) if i % 5 == g), f"{g}")


def test_integers_in_parallel():
    values = [2**63 - 1 - i for i in range(20_000)]
    with fresh(DATABASE) as connection:
        table(connection, "t", "x int8", [(x,) for x in values])
        for count in (0, 2, 4):
            parallel(connection, count)
            got = rows(connection, "SELECT exact_sum(x), exact_state(x)::numeric, "
                                   "exact_avg(x) - avg(x), exact_var_samp(x) - var_samp(x) "
                                   "FROM t")[0]
            assert got == (sum(values), sum(values), 0, 0), got
