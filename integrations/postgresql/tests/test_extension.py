"""The extension as an object: its install, its update, its version."""

import os
import subprocess

import psycopg

from common import bindir, connect, fresh, one, refused, rows

DATABASE = "extension"


def folder(connection):
    share = subprocess.run([bindir("pg_config"), "--sharedir"], check=True,
                           capture_output=True, text=True).stdout.strip()
    return os.path.join(share, "extension")


def test_create_drop_and_schema():
    with fresh(DATABASE) as connection:
        version = one(connection, "SELECT tally_version()")
        installed = one(connection, "SELECT extversion FROM pg_extension "
                                    "WHERE extname = 'tally'")
        assert version == installed, f"library {version}, extension {installed}"
        members = one(connection, "SELECT count(*) FROM pg_depend WHERE refobjid = "
                                  "(SELECT oid FROM pg_extension WHERE extname = 'tally')")
        assert members > 100
        unsafe = rows(connection, "SELECT p.oid::regprocedure FROM pg_proc p, pg_depend d "
                                  "WHERE d.objid = p.oid AND d.refobjid = (SELECT oid FROM "
                                  "pg_extension WHERE extname = 'tally') "
                                  "AND p.proparallel <> 's'")
        assert not unsafe, unsafe
        connection.execute("CREATE SCHEMA elsewhere")
        connection.execute("ALTER EXTENSION tally SET SCHEMA elsewhere")
        assert one(connection, "SELECT elsewhere.exact_sum(x) FROM unnest("
                               "ARRAY[1e100::float8, 1, -1e100]) x") == 1.0
        connection.execute("CREATE TABLE t (s elsewhere.exact_state)")
        refused(connection, "DROP EXTENSION tally", states=("2BP01",))
        connection.execute("DROP EXTENSION tally CASCADE")
        connection.execute("CREATE EXTENSION tally SCHEMA elsewhere")


def test_every_aggregate_is_complete():
    """Each has the functions for parallel plans, partitions and moving frames."""
    with fresh(DATABASE) as connection:
        got = rows(connection,
                   "SELECT a.aggfnoid::regprocedure::text FROM pg_aggregate a, pg_depend d "
                   "WHERE d.objid = a.aggfnoid AND d.refobjid = (SELECT oid FROM pg_extension "
                   "WHERE extname = 'tally') AND (aggcombinefn = 0 OR aggserialfn = 0 OR "
                   "aggdeserialfn = 0 OR aggmtransfn = 0 OR aggminvtransfn = 0 OR "
                   "aggtransspace = 0 OR aggmtransspace = 0)")
        assert not got, got


def test_a_plain_user_may_create_and_use_it():
    with connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS plain")
        connection.execute("DROP ROLE IF EXISTS plain")
        connection.execute("CREATE ROLE plain LOGIN")
        connection.execute("CREATE DATABASE plain OWNER plain")
    with psycopg.connect(dbname="plain", user="plain", autocommit=True) as connection:
        connection.execute("CREATE EXTENSION tally")  # it is trusted
        assert one(connection, "SELECT exact_sum(x) FROM (VALUES (1::float8)) v(x)") == 1
    with connect() as connection:
        connection.execute("DROP DATABASE plain")
        connection.execute("DROP ROLE plain")


def test_update_keeps_states():
    """ALTER EXTENSION UPDATE, by a script that adds a function, as one will."""
    with fresh(DATABASE) as connection:
        where = folder(connection)
        version = one(connection, "SELECT extversion FROM pg_extension "
                                  "WHERE extname = 'tally'")
        script = os.path.join(where, f"tally--{version}--9.9.9.sql")
        with open(script, "w", encoding="ascii") as file:
            file.write("\\echo Use \"ALTER EXTENSION tally UPDATE\". \\quit\n"
                       "CREATE FUNCTION tally_added() RETURNS text "
                       "AS 'MODULE_PATHNAME', 'tally_pg_version' LANGUAGE C STABLE;\n"
                       "CREATE OR REPLACE FUNCTION tally_version() RETURNS text "
                       "AS 'MODULE_PATHNAME', 'tally_pg_version' "
                       "LANGUAGE C STABLE STRICT PARALLEL SAFE;\n")
        try:
            connection.execute("CREATE TABLE totals AS SELECT exact_state(x) s "
                               "FROM generate_series(1, 10) x")
            connection.execute("CREATE VIEW total AS SELECT exact_value(s) FROM totals")
            connection.execute("ALTER EXTENSION tally UPDATE TO '9.9.9'")
            assert one(connection, "SELECT tally_added() = tally_version()")
            assert one(connection, "SELECT * FROM total") == 55
            paths = rows(connection, "SELECT target FROM pg_extension_update_paths('tally') "
                                     "WHERE source = %s AND path IS NOT NULL", version)
            assert ("9.9.9",) in paths
        finally:
            os.remove(script)
