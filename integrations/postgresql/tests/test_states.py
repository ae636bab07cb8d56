"""exact_state: its forms, its damage, and totals that are kept in a table."""

import math
import random
import subprocess

import psycopg

from common import (DATA, bindir, equal, fresh, one, refused, rows, table)

DATABASE = "states"

# The SQLSTATE of a damaged state: as text, as binary, in a table.
DAMAGED = ("22P02", "22P03", "XX001")


def sealed(connection, values):
    table(connection, "t", "x float8", [(x,) for x in values])
    return one(connection, "SELECT exact_state(x)::bytea FROM t")


def mutated(state, generator):
    """The state with some bytes changed, cut, added or swapped."""
    result = bytearray(state)
    for _ in range(generator.randint(1, 4)):
        kind = generator.randrange(6)
        at = generator.randrange(len(result)) if result else 0
        if kind == 0 and result:
            result[at] ^= 1 << generator.randrange(8)
        elif kind == 1 and result:
            result[at] = generator.randrange(256)
        elif kind == 2:
            del result[at:]
        elif kind == 3:
            result += generator.randbytes(generator.randint(1, 9))
        elif kind == 4 and result:
            del result[at]
        elif kind == 5:
            result.insert(at, generator.randrange(256))
    return bytes(result)


FUNCTIONS = (
    "exact_value({})", "exact_subtract({}, (SELECT s FROM good))",
    "exact_subtract((SELECT s FROM good), {})", "{} + (SELECT s FROM good)",
    "(SELECT s FROM good) + {}", "{} - (SELECT s FROM good)",
    "(SELECT s FROM good) - {}", "{}::numeric", "{}::float8",
    "(SELECT exact_merge(v) FROM (VALUES ({}), ((SELECT s FROM good))) m(v))",
    "(SELECT exact_value(exact_merge(v)) FROM (VALUES ({})) m(v))",
)


def test_damaged_states_are_refused_by_every_function():
    generator = random.Random(7)
    tried = 0
    with fresh(DATABASE) as connection:
        # Past the checks of the input functions, as damage on disk would be.
        connection.execute("CREATE FUNCTION unchecked(bytea, bytea) RETURNS exact_state "
                           "LANGUAGE internal IMMUTABLE STRICT AS 'byteacat'")
        states = [sealed(connection, data(50)) for data in DATA.values()]
        states.append(sealed(connection, [1e300, 1e-300, 5e-324]))  # has grown
        connection.execute("CREATE TABLE good AS SELECT exact_state(x) s FROM t")
        for state in states:  # and good ones pass
            for function in FUNCTIONS:
                sql = function.format("unchecked(%b, '')")
                rows(connection, f"SELECT {sql}", state)
        for i in range(600):
            state = generator.choice(states)
            damaged = mutated(state, generator)
            if damaged in states:
                continue
            attempts = [(f"SELECT {f.format('unchecked(%b, %b)')}", (damaged, b""))
                        for f in FUNCTIONS]
            attempts.append(("SELECT %b::bytea::exact_state", (damaged,)))
            attempts.append(("SELECT %t::text::exact_state", ("\\x" + damaged.hex(),)))
            for sql, arguments in attempts:
                refused(connection, sql, *arguments, states=DAMAGED)
                tried += 1
            if i % 5 == 0:  # by the binary protocol
                refused_binary(connection, damaged)
                tried += 1
        # A dump of a table with damage in it can still be made.
        assert one(connection, "SELECT unchecked(%b, '')::text", b"\1\2") == "\\x0102"
    return f"{tried} calls"


def refused_binary(connection, damaged):
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS received (s exact_state)")
    try:
        with connection.cursor().copy("COPY received FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["bytea"])
            copy.write_row((damaged,))
    except psycopg.Error as error:
        assert error.sqlstate in DAMAGED, error
    else:
        raise AssertionError(f"COPY of {damaged.hex()}: no error")


def test_other_kinds_of_states_are_refused():
    from ctypes import CDLL, byref, c_size_t, create_string_buffer
    library = CDLL("libtally.so.0")
    with fresh(DATABASE) as connection:
        for size, save in ((856, "tally_moments_save"),
                           (584, "tally_product_accumulator_save")):
            state = create_string_buffer(size)
            saved, needed = create_string_buffer(900), c_size_t()
            out = create_string_buffer(1000)
            assert getattr(library, save)(state, saved, c_size_t(900), byref(needed)) == 0
            assert library.tally_saved_seal(saved, needed, out, c_size_t(1000),
                                            byref(needed)) == 0
            refused(connection, "SELECT %b::bytea::exact_state",
                    out.raw[:needed.value], states=("22P03",))


def test_text_form():
    with fresh(DATABASE) as connection:
        state = sealed(connection, [0.1, 0.2])
        text = one(connection, "SELECT exact_state(x)::text FROM t")
        assert text == "\\x" + state.hex()
        for output in ("hex", "escape"):
            connection.execute(f"SET bytea_output = {output}")
            assert one(connection, "SELECT exact_state(x)::text FROM t") == text
        upper = "\\x" + text[2:].upper()
        assert one(connection, "SELECT %t::text::exact_state::text", upper) == text
        bad = ["", "\\", "\\x", "x" + text[2:], text[2:], text + "0", text + " ", " " + text,
               text[:-1], text + "zz", "\\X" + text[2:], "\\x" + "00" * 336,
               "\\x" + "00" * 337, "\\x" + "0" * 100_000, "\\x" + "é" * 20]
        for wrong in bad:
            refused(connection, "SELECT %t::text::exact_state", wrong, states=("22P02",))
        if connection.info.server_version >= 160000:
            got = rows(connection, "SELECT pg_input_is_valid(%t, 'exact_state'), "
                                   "pg_input_is_valid(%t, 'exact_state')", text, "\\x00")
            assert got == [(True, False)], got


def test_copy_binary_and_back():
    with fresh(DATABASE) as connection:
        for data in list(DATA.values()) + [lambda n: [1e300, 5e-324]]:
            values = data(100)
            table(connection, "t", "x float8", [(x,) for x in values])
            connection.execute("DROP TABLE IF EXISTS a, b")
            connection.execute("CREATE TABLE a AS SELECT exact_state(x) s FROM t")
            connection.execute("CREATE TABLE b (s exact_state)")
            with connection.cursor().copy("COPY a TO STDOUT (FORMAT BINARY)") as out:
                content = b"".join(bytes(part) for part in out)
            with connection.cursor().copy("COPY b FROM STDIN (FORMAT BINARY)") as into:
                into.write(content)
            assert one(connection, "SELECT a.s = b.s AND exact_value(b.s) = %s FROM a, b",
                       math.fsum(values))


def test_dump_and_restore():
    with fresh(DATABASE) as connection, fresh("restored") as other:
        table(connection, "t", "g int4, x float8",
              [(i % 37, x) for i, x in enumerate(DATA["cancelling"](2000))])
        connection.execute("CREATE TABLE totals AS "
                           "SELECT g, exact_state(x) AS s FROM t GROUP BY g")
        connection.execute("CREATE INDEX ON totals USING hash (s)")
        connection.execute("CREATE VIEW sums AS SELECT exact_sum(x) FROM t")
        other.close()
        for options in ((), ("--inserts",), ("-Fc",)):
            dump = subprocess.run([bindir("pg_dump"), *options, DATABASE],
                                  check=True, capture_output=True).stdout
            with fresh("restored") as other:
                other.execute("DROP EXTENSION tally")
            program = ["pg_restore", "-e", "-d"] if "-Fc" in options else \
                ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d"]
            subprocess.run([bindir(program[0]), *program[1:], "restored"], input=dump,
                           check=True, capture_output=True)
            with psycopg.connect(dbname="restored") as other:
                sql = "SELECT g, s::text, exact_value(s) FROM totals ORDER BY g"
                assert rows(connection, sql) == rows(other, sql), options
                assert one(connection, "SELECT * FROM sums") == one(other, "SELECT * FROM sums")


def test_totals_kept_in_a_table():
    """A thousand changes by merging and subtracting leave the total exact."""
    generator = random.Random(8)
    values = DATA["cancelling"](3000)
    with fresh(DATABASE) as connection:
        table(connection, "t", "i int4, x float8", enumerate(values[:1000]))
        connection.execute("CREATE TABLE totals AS SELECT exact_state(x) AS s FROM t")
        present = dict(enumerate(values[:1000]))
        for i in range(300):
            new = {1000 + 5 * i + k: values[1000 + 5 * i + k] for k in range(5)}
            old = dict(generator.sample(sorted(present.items()), 4))
            connection.execute(
                "UPDATE totals SET s = exact_subtract(s + "
                "(SELECT exact_state(x) FROM unnest(%s::float8[]) x), "
                "(SELECT exact_state(x) FROM unnest(%s::float8[]) x))",
                (list(new.values()), list(old.values())))
            present |= new
            for key in old:
                del present[key]
            equal(one(connection, "SELECT exact_value(s) FROM totals"),
                  math.fsum(present.values()), f"after {i} changes")
        table(connection, "t", "x float8", [(x,) for x in present.values()])
        assert one(connection, "SELECT s = exact_state(x) FROM totals, t GROUP BY s")


def test_empty_missing_and_delta_states():
    with fresh(DATABASE) as connection:
        connection.execute("CREATE TABLE t (x float8, s exact_state)")
        row = rows(connection, "SELECT exact_state(x), exact_merge(s), "
                               "exact_value(exact_state(x)) FROM t")[0]
        assert row == (None, None, None), row
        connection.execute("INSERT INTO t SELECT x, exact_state(x) FROM "
                           "(VALUES (1.5::float8), (NULL), (2.25)) v(x) GROUP BY x")
        equal(one(connection, "SELECT exact_value(exact_merge(s)) FROM t"), 3.75, "merge")
        assert one(connection, "SELECT bool_and(exact_subtract(s, NULL) = s) FROM t")
        assert one(connection, "SELECT count(s - NULL) FROM t") == 0
        a = "(SELECT exact_state(x) FROM unnest(ARRAY[1.5::float8, 3]) x)"
        b = "(SELECT exact_state(x) FROM unnest(ARRAY[2::float8, 0.25]) x)"
        equal(one(connection, f"SELECT exact_value({a} - {b})"), 2.25, "same counts")
        assert one(connection, f"SELECT exact_value({a} - {a})") is None
        equal(one(connection, f"SELECT exact_value(({a} - {b}) + {b})"), 4.5, "and back")
        nan = "(SELECT exact_state('nan'::float8))"
        assert math.isnan(one(connection, f"SELECT exact_value({a} + {nan})"))
        equal(one(connection, f"SELECT exact_value({a} + {nan} - {nan})"), 4.5, "NaN left")
        refused(connection, f"SELECT exact_value({a} - {nan})", states=("22023",))
        assert one(connection, f"SELECT {nan}::numeric").is_nan()
        equal(one(connection, "SELECT exact_value(exact_state(x)) FROM "
                              "unnest(ARRAY[-0.0::float8, '-0']) x"), -0.0, "-0.0")


def test_states_are_the_same_in_any_order():
    generator = random.Random(9)
    with fresh(DATABASE) as connection:
        for name, data in DATA.items():
            values = data(500)
            seen = set()
            for _ in range(5):
                generator.shuffle(values)
                seen.add(sealed(connection, values))
            assert len(seen) == 1, name
            table(connection, "t", "x float8", [(x,) for x in values])
            assert one(connection, "SELECT count(*) FROM (SELECT exact_merge(s) s "
                                   "FROM (SELECT exact_state(x) s FROM t GROUP BY x) q "
                                   "UNION SELECT exact_state(x) FROM t) r") == 1
            got = rows(connection, "SELECT s, count(*) FROM (SELECT exact_state(x) s FROM t "
                                   "UNION ALL SELECT exact_state(x) FROM t) q GROUP BY s")
            assert len(got) == 1 and got[0][1] == 2


def test_internal_functions_called_by_hand():
    """No call of a part of an aggregate from SQL does harm."""
    with fresh(DATABASE) as connection:
        names = rows(connection,
                     "SELECT p.oid::regproc::text, array_agg(t.typname ORDER BY o) "
                     "FROM pg_proc p, unnest(p.proargtypes) WITH ORDINALITY a(type, o) "
                     "JOIN pg_type t ON t.oid = type, pg_depend d "
                     "WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND "
                     "d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'tally') "
                     "AND p.prokind = 'f' GROUP BY p.oid")
        assert len(names) > 40, names
        samples = {"internal": ["NULL"], "float8": ["1", "NULL"], "float4": ["1", "NULL"],
                   "int8": ["1", "NULL"], "bytea": ["'\\x00'", "NULL", "''", "'\\x7301'"],
                   "exact_state": ["(SELECT exact_state(1::float8))", "NULL"],
                   "cstring": ["'x'", "NULL"]}
        count = 0
        for name, types in names:
            for k in range(4):
                call = ", ".join(samples[t][k % len(samples[t])] + f"::{t}" * (t != "internal")
                                 for t in types)
                try:
                    connection.execute(f"SELECT {name}({call})")
                except psycopg.Error as error:
                    # Most are not even found: SQL has no values for them.
                    assert error.sqlstate in ("0A000", "22P02", "22P03", "42883"), \
                        (name, error)
                count += 1
        assert one(connection, "SELECT 1") == 1
    return f"{count} calls"
