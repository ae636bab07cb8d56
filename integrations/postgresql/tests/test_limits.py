"""Cancelled statements, memory that runs out, and memory that must not grow."""

import math
import resource
import threading
import time

import psycopg

from common import (DATA, ONE, TWO, backend, calls, connect, equal, fresh, one, parallel,
                    refused, rows, table)

DATABASE = "limits"

ALL = (f"{calls(ONE, 'x')}, {calls(TWO, 'x, y')}, exact_state(x), "
       "exact_value(exact_merge(s))")
LONG = (f"SELECT {ALL} FROM (SELECT random() x, random() y, "
        "(SELECT s FROM states) s FROM generate_series(1, 1000000000)) q")


def memory(connection):
    """The bytes in use in all memory contexts of the backend."""
    return one(connection, "SELECT sum(used_bytes)::int8 FROM pg_backend_memory_contexts")


def usable(connection):
    equal(one(connection, "SELECT exact_sum(x) FROM (VALUES (1e100::float8), (1), (-1e100)) "
                          "v(x)"), 1.0, "afterwards")


def states(connection):
    connection.execute("CREATE TABLE states AS SELECT exact_state(x) s "
                       "FROM (VALUES (1e300::float8), (5e-324)) v(x)")


def test_statement_timeout_in_the_middle():
    with fresh(DATABASE) as connection:
        states(connection)
        connection.execute("SET jit = off")
        for workers in (0, 2):
            connection.execute("SET statement_timeout = '150ms'")
            used = []
            for _ in range(6):
                refused(connection, LONG, states=("57014",))
                refused(connection, "SELECT exact_sum(x) OVER (ORDER BY x ROWS 50 PRECEDING) "
                                    "FROM (SELECT random() x FROM "
                                    "generate_series(1, 100000000)) q", states=("57014",))
                connection.execute("RESET statement_timeout")
                used.append(memory(connection))
                connection.execute("SET statement_timeout = '150ms'")
            assert used[-1] <= used[1] + 8192, f"bytes in use after each: {used}"
            connection.execute("RESET statement_timeout")
            usable(connection)
            connection.execute("CREATE TABLE IF NOT EXISTS big AS SELECT random() x, "
                               "random() y, (SELECT s FROM states) s "
                               "FROM generate_series(1, 200000)")
            parallel(connection, 2)
            connection.execute("SET statement_timeout = '30ms'")
            refused(connection, f"SELECT {ALL} FROM big, generate_series(1, 1000)",
                    states=("57014",))
            connection.execute("RESET statement_timeout")
            usable(connection)


def test_pg_cancel_and_terminate_in_the_middle():
    with fresh(DATABASE) as connection, connect() as other:
        states(connection)
        for function, code in (("pg_cancel_backend", "57014"),
                               ("pg_terminate_backend", "57P01")):
            result = []

            def run():
                try:
                    connection.execute(LONG)
                except psycopg.Error as error:
                    result.append(error.sqlstate)

            thread = threading.Thread(target=run)
            pid = backend(connection)
            thread.start()
            end = time.monotonic() + 20
            # Not once: on a busy machine the query may not have begun.
            while thread.is_alive() and time.monotonic() < end:
                time.sleep(0.3)
                one(other, f"SELECT {function}(%s::int4)", pid)
            thread.join(1)
            assert not thread.is_alive() and result == [code], result
            if function == "pg_cancel_backend":
                usable(connection)
    with connect(DATABASE) as connection:
        usable(connection)


def limit(control, pid, room):
    """Lets a backend take so many bytes more than it has; None lifts the limit.
    A program that another backend starts may do this: it has the same user."""
    def run(command):
        control.execute("CREATE TEMP TABLE output (line text)")
        control.execute(f"COPY output FROM PROGRAM '{command}'")
        lines = rows(control, "SELECT line FROM output")
        control.execute("DROP TABLE output")
        return lines

    size = "unlimited"
    if room is not None:
        pages = int(run(f"cat /proc/{pid}/statm")[0][0].split()[0])
        size = pages * resource.getpagesize() + room
    run(f"prlimit --pid {pid} --as={size}:")


def test_out_of_memory_is_an_error():
    """In a backend that may take 12 MB more than it has, or somewhat more: four
    times each, and until a state is the allocation that fails."""
    tries = {}
    with fresh(DATABASE) as connection, connect() as control:
        pid = backend(connection)
        connection.execute(
            "CREATE TABLE t AS SELECT i AS g, 2.0::float8 ^ (i % 1000) AS x, random() AS y "
            "FROM generate_series(1, 300000) i")
        # No ANALYZE: the hash table then starts small, and does not fail itself.
        connection.execute("SET work_mem = '2GB'")
        connection.execute("SET enable_sort = off")
        parallel(connection, 0)
        usable(connection)

        def query(aggregate, x="x"):
            # Eight states for each group, so that few allocations are not ours.
            states = ", ".join(aggregate.replace("(x", f"({i} + x") for i in range(8))
            return (f"SELECT count(q) FROM (SELECT {states} FROM "
                    f"(SELECT g, y, {x} AS x FROM t WHERE g > %s) r GROUP BY g OFFSET 0) q")

        # The query, and the sizes of our allocations that are to fail once:
        # chunks of 128 small sums, and of 25 that have grown. Where buffers
        # of rows come in many sizes, any failure will do.
        anything = ("",)
        queries = {
            "small": (query("exact_sum(x)"), (8192,)),
            "states": (query("exact_state(x)"), (8192,)),
            "grown": (query("exact_sum(x)", "unnest(ARRAY[x, x * 2.0::float8 ^ -1000])"),
                      (8192, 8000)),
            "moments": (query("exact_var_pop(x)", "generate_series(1, mod(g * 7919, 90))"),
                        anything),
            "pairs": (query("exact_corr(x, y)", "generate_series(1, mod(g * 7919, 150))"),
                      anything),
        }
        try:
            for name, (sql, sizes) in queries.items():
                seen = []
                while len(seen) < 4 or not any(f"size {size}" in "".join(seen)
                                               for size in sizes):
                    assert len(seen) < 60, f"{name}, none of {sizes} bytes: {seen}"
                    limit(control, pid, (12 << 20) + (len(seen) * 77 << 10))
                    try:
                        connection.execute(sql, (100 * len(seen),))
                        raise AssertionError(f"{name} does not run out of memory")
                    except psycopg.errors.OutOfMemory as error:
                        seen.append(error.diag.message_detail)
                    usable(connection)
                tries[name] = len(seen)
        finally:
            limit(control, pid, None)
        usable(connection)
    return f"tries {tries}"


def test_contexts_do_not_grow():
    with fresh(DATABASE) as connection:
        states(connection)
        table(connection, "t", "g int4, x float8, y float8",
              [(i % 100, x, y) for i, (x, y) in
               enumerate(zip(DATA["cancelling"](2000), DATA["uniform"](2000)))])
        connection.execute("ALTER TABLE t ADD COLUMN s exact_state")
        connection.execute("UPDATE t SET s = (SELECT s FROM states)")
        queries = (f"SELECT {ALL} FROM t", f"SELECT g, {ALL} FROM t GROUP BY g",
                   "SELECT exact_sum(x) OVER w, exact_corr(x, y) OVER w, "
                   "exact_merge(s) OVER w FROM t WINDOW w AS (ORDER BY y ROWS 9 PRECEDING)",
                   "SELECT exact_value(s), s + s, s - s, s::numeric, s::text FROM t")

        def run(times):
            for _ in range(times):
                for sql in queries:
                    connection.execute(sql, prepare=False)
                try:
                    connection.execute("SELECT exact_value('\\x00')")
                except psycopg.Error:
                    pass

        run(3)
        before = memory(connection)
        run(15)
        after = memory(connection)
        assert after <= before + 8192, f"{before} bytes before, {after} after"
        # One statement over many rows keeps nothing of each.
        used = []
        for count in (1000, 100_000):
            connection.execute("BEGIN")
            connection.execute(
                "DECLARE c CURSOR FOR SELECT exact_value(exact_merge(s + s)), "
                "exact_var_samp(exact_value(s - s + s) * 0) FROM states, "
                "(SELECT generate_series(1, %s)) g" % count)
            connection.execute("FETCH 1 FROM c")
            used.append(memory(connection))
            connection.execute("COMMIT")
        assert used[1] <= used[0] + 65536, f"{used} bytes for 1,000 and 100,000 rows"
    return f"{before} bytes before, {after} after"


def peak(connection, sql):
    """The memory and the batches of the hashed aggregate of a plan."""
    def find(node):
        if node["Node Type"] == "Aggregate" and "Peak Memory Usage" in node:
            return node
        for child in node.get("Plans", ()):
            found = find(child)
            if found:
                return found
        return None
    node = find(one(connection, f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")[0]["Plan"])
    return node["Peak Memory Usage"], node.get("HashAgg Batches", 0)


def test_memory_of_many_groups():
    note = []
    with fresh(DATABASE) as connection:
        parallel(connection, 0)
        connection.execute("CREATE TABLE t AS SELECT i % 100000 AS g, random() AS x "
                           "FROM generate_series(1, 1000000) i")
        connection.execute("ANALYZE t")
        connection.execute("SET work_mem = '32MB'")  # in blocks of up to 2 MB
        connection.execute("SET enable_sort = off")
        own, _ = peak(connection, "SELECT g, sum(x) FROM t GROUP BY g")
        for function in ("exact_sum", "exact_avg", "exact_state"):
            ours, batches = peak(connection, f"SELECT g, {function}(x) FROM t GROUP BY g")
            note.append(f"{function} {ours / own:.2f} of sum")
            assert batches <= 1
            # 64 bytes for each group, and a block.
            assert ours <= own + 6400 + 2048, f"{function}: {ours} kB, sum {own} kB"
        own, _ = peak(connection, "SELECT g, var_samp(x) FROM t GROUP BY g")
        ours, _ = peak(connection, "SELECT g, exact_var_samp(x) FROM t GROUP BY g")
        note.append(f"exact_var_samp {ours / own:.2f} of var_samp")
    return ", ".join(note)


def test_spilled_to_disk():
    with fresh(DATABASE) as connection:
        parallel(connection, 0)
        values = DATA["binades"](200_000)
        table(connection, "t", "g int4, x float8",
              ((i % 50_000, x) for i, x in enumerate(values)))
        connection.execute("SET enable_sort = off")
        connection.execute("SET work_mem = '64kB'")
        sql = ("SELECT g, exact_sum(x), exact_stddev_pop(x), exact_state(x)::text "
               "FROM t GROUP BY g")
        _, batches = peak(connection, sql)
        assert batches > 1, "nothing was spilled"
        spilled = sorted(rows(connection, sql))
        connection.execute("SET work_mem = '1GB'")
        assert spilled == sorted(rows(connection, sql))
        for g, total, *_ in spilled[::100]:
            equal(total, math.fsum(values[g::50_000]), f"group {g}")
    return f"{batches} batches"
