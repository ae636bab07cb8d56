"""DuckDB with the extension loaded, and data that breaks sums."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent.parent
BUILD = Path(os.environ["BUILD"]).resolve()
LIBRARY = Path(os.environ["LIBRARY"]).resolve()


def extension():
    """The extension with the footer of this DuckDB's platform."""
    platform = duckdb.connect().execute("PRAGMA platform").fetchone()[0]
    path = BUILD / "tests" / platform / "tally.duckdb_extension"
    if not path.exists() or path.stat().st_mtime < LIBRARY.stat().st_mtime:
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["sh", HERE / "footer.sh", LIBRARY, path, platform, "test"], check=True
        )
    return path


def connect(database=":memory:", **config):
    config = {"allow_unsigned_extensions": "true", **config}
    connection = duckdb.connect(str(database), config=config)
    connection.execute(f"LOAD '{extension()}'")
    return connection


def one(connection, sql, parameters=()):
    """The only value of a query."""
    rows = connection.execute(sql, list(parameters)).fetchall()
    assert len(rows) == 1 and len(rows[0]) == 1, rows
    return rows[0][0]


def error(connection, sql, parameters=()):
    """The message of a query that must fail."""
    try:
        rows = connection.execute(sql, list(parameters)).fetchall()
    except duckdb.Error as e:
        return str(e)
    raise AssertionError(f"no error: {sql} {parameters} gave {rows}")


def same(a, b):
    """Equal, with signs of zeros, and NaN equal to NaN."""
    if isinstance(a, float) and isinstance(b, float):
        return repr(a) == repr(b)
    return type(a) is type(b) and a == b


def check(got, want, *what):
    assert same(got, want), f"{got!r}, not {want!r}: {what}"


# Expressions of rows of range(n) t(i): DOUBLE.
DATA = {
    "uniform": "random()",
    "80 binades": "(random() - 0.5) * pow(2.0, floor(random() * 81) - 40)",
    "money": "round(random() * 100000) / 100 * CASE WHEN i % 7 = 0 THEN -1 ELSE 1 END",
    "subnormal": "(random() - 0.5) * 1e-305 * 1e-15",
    "huge": "CASE WHEN i % 2 = 0 THEN 1.6e308 ELSE -1.6e308 END + random() * 1e307",
    "whole range": "(random() - 0.5) * pow(2.0, floor(random() * 2000) - 1000)",
}


def fill(connection, table, expression, count, seed=0.25):
    """A table of i and x, of two row groups and more if count is large."""
    connection.execute(f"SELECT setseed({seed})").fetchall()
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS "
        f"SELECT i, ({expression})::DOUBLE AS x FROM range({count}) t(i)"
    )


def cancelling(connection, table, count, seed=0.25):
    """Values of 2^-200 to 2^200 that cancel but for one small number."""
    fill(connection, "half", "(random() - 0.5) * pow(2.0, floor(random() * 401) - 200)",
         count // 2, seed)
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT row_number() OVER (ORDER BY r) AS i, x "
        "FROM (SELECT random() AS r, x FROM (SELECT x FROM half UNION ALL "
        "SELECT -x FROM half UNION ALL SELECT 0.1))"
    )


def column(connection, table, name="x"):
    return [row[0] for row in connection.execute(f"SELECT {name} FROM {table}").fetchall()]


class Folder:
    """A temporary folder."""

    def __enter__(self):
        self.path = Path(tempfile.mkdtemp(prefix="tally-duckdb-"))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path)
