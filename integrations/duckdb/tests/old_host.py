"""DuckDB before 1.4."""

import duckdb
from host import connect


def test_is_refused():
    try:
        connect()
    except duckdb.Error as e:
        assert "needs DuckDB 1.4 or later" in str(e), e
    else:
        raise AssertionError("loaded")
