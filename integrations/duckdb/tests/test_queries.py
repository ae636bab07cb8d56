"""What SQL does with aggregates: clauses, prepared statements, spilling, loading."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import oracle
from host import (DATA, HERE, LIBRARY, Folder, check, column, connect, error, extension, fill,
                  one)
from run import Skipped

C = connect(threads=4)


def test_clauses():
    fill(C, "t", DATA["80 binades"], 20_000)
    rows = C.execute("SELECT i, x FROM t").fetchall()

    def total(condition):
        return oracle.rounded(oracle.total([x for i, x in rows if condition(i, x)]))
    check(one(C, "SELECT exact_sum(x) FILTER (WHERE i % 3 = 0) FROM t"),
          total(lambda i, x: i % 3 == 0))
    check(one(C, "SELECT exact_sum(x ORDER BY x DESC) FROM t"), total(lambda i, x: True))
    check(one(C, "SELECT exact_sum(DISTINCT y) FROM (SELECT i % 10 / 10 AS y FROM t)"),
          oracle.rounded(oracle.total([k / 10 for k in range(10)])))
    check(one(C, "SELECT count(*) FROM (SELECT i % 7 FROM t GROUP BY 1 HAVING exact_sum(x) > 0)"),
          sum(total(lambda i, x: i % 7 == k) > 0 for k in range(7)))
    got = C.execute("SELECT i % 2, i % 3, exact_sum(x) FROM t GROUP BY CUBE (1, 2)").fetchall()
    assert len(got) == 12
    for a, b, value in got:
        check(value, total(lambda i, x: a in (None, i % 2) and b in (None, i % 3)), a, b)
    check(one(C, "SELECT (SELECT exact_sum(x) FROM t WHERE i < 10 * k) FROM "
                 "(SELECT 7 AS k)"), total(lambda i, x: i < 70))


def test_prepared_statements():
    C.execute("PREPARE p AS SELECT exact_sum(i / $1::DOUBLE), exact_avg(i) FROM range($2) t(i)")
    for d, n in ((3, 1000), (7, 1), (1, 0), (3, 5000)):
        total, mean = C.execute(f"EXECUTE p({d}, {n})").fetchone()
        values = [i / d for i in range(n)]
        check(total, oracle.rounded(oracle.total(values)) if n else None, d, n)
        check(mean, oracle.rounded(oracle.mean(range(n))) if n else None, d, n)
    check(C.execute("SELECT exact_sum(x) FROM (VALUES (?::DOUBLE), (?)) t(x)",
                    [1e100, -1e100]).fetchone()[0], 0.0)
    check(one(C, "SELECT exact_sum(x) FROM (VALUES (?), (?)) t(x)", [0.1, 0.2]), 0.1 + 0.2)


def test_spilled_groups():
    with Folder() as folder:
        c = connect(folder / "t.duckdb", threads=2, memory_limit="150MB",
                    temp_directory=str(folder / "spill"))
        c.execute("CREATE TABLE t AS SELECT i % 700000 AS g, "
                  "CASE i // 700000 WHEN 0 THEN 1e100 WHEN 1 THEN i % 700000 / 3 ELSE -1e100 END "
                  "AS x FROM range(2100000) t(i)")
        try:
            bad = one(c, "SELECT count(*) FROM (SELECT g, exact_sum(x) s FROM t GROUP BY g) "
                         "WHERE s <> g / 3 OR s IS NULL")
        except duckdb.OutOfMemoryException:
            c.close()
            return "DuckDB ran out of its memory_limit"
        check(bad, 0)
        c.close()


def test_threads_use_one_connection_each():
    from concurrent.futures import ThreadPoolExecutor
    fill(C, "t", DATA["80 binades"], 30_000)
    want = one(C, "SELECT exact_sum(x) FROM t")

    def work(_):
        cursor = C.cursor()
        return [cursor.execute("SELECT exact_sum(x) FROM t").fetchone()[0] for _ in range(20)]
    with ThreadPoolExecutor(4) as pool:
        for totals in pool.map(work, range(8)):
            for total in totals:
                check(total, want)


def test_loading_twice_and_in_two_databases():
    C.execute(f"LOAD '{extension()}'")
    other = connect()
    check(one(other, "SELECT exact_sum(1.5::DOUBLE)"), one(C, "SELECT exact_sum(1.5::DOUBLE)"))
    other.close()
    third = connect()
    check(one(third, "SELECT exact_sum(1.5::DOUBLE)"), 1.5)


def test_a_footer_of_another_platform_is_refused():
    with Folder() as folder:
        file = folder / "tally.duckdb_extension"
        subprocess.run(["sh", HERE / "footer.sh", LIBRARY, file, "plan9_mips", "test"], check=True)
        c = duckdb.connect(config={"allow_unsigned_extensions": "true"})
        assert "plan9_mips" in error(c, f"LOAD '{file}'")
        shutil.copy(LIBRARY, file)
        error(c, f"LOAD '{file}'")
        # Unsigned extensions must be allowed.
        assert "signature" in error(duckdb.connect(), f"LOAD '{extension()}'")


def test_the_command_line_tool():
    tool = shutil.which("duckdb") or shutil.which("duckdb", path=Path(sys.executable).parent)
    if tool is None:
        raise Skipped("no duckdb in PATH, nor beside Python")
    version = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout
    sql = (f"LOAD '{extension()}'; SELECT exact_sum(x) FROM (VALUES (1e100::DOUBLE), (1), "
           "(-1e100)) t(x); SELECT exact_value(exact_state(x)) FROM range(4) t(x); "
           "SELECT max(s) FROM (SELECT exact_sum(x) OVER () s FROM range(4) t(x));")
    result = subprocess.run([tool, "-unsigned", "-noheader", "-list", "-c", sql],
                            capture_output=True, text=True)
    if "defect of issue 21537" in result.stderr:
        return f"DuckDB {version.split()[0]} is refused"
    assert result.returncode == 0 and result.stdout.split() == ["1.0", "6.0", "6"], \
        (result.stdout, result.stderr)
    return f"DuckDB {version.split()[0]}"
