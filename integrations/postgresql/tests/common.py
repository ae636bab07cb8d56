"""Shared by the tests: connections, data, and exact results to compare with."""

import math
import os
import random
import struct
from fractions import Fraction

import psycopg


def connect(database=None):
    return psycopg.connect(dbname=database, autocommit=True, prepare_threshold=None)


def rows(connection, sql, *arguments, **options):
    return connection.execute(sql, arguments or None, **options).fetchall()


def one(connection, sql, *arguments):
    return rows(connection, sql, *arguments)[0][0]


def fresh(name):
    """A new database that has the extension, and a connection to it."""
    with connect() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    connection = connect(name)
    connection.execute("CREATE EXTENSION tally")
    return connection


def parallel(connection, workers):
    """Makes every scan parallel, with so many workers."""
    for setting in ("min_parallel_table_scan_size", "parallel_setup_cost",
                    "parallel_tuple_cost"):
        connection.execute(f"SET {setting} = 0")
    connection.execute(f"SET max_parallel_workers_per_gather = {workers}")


def bits(x):
    """A float as it is: -0.0 is not 0.0, and NaN is NaN."""
    if x is None or not isinstance(x, float):
        return x
    return "nan" if math.isnan(x) else struct.pack(">d", x).hex()


def equal(got, expected, what):
    assert bits(got) == bits(expected), f"{what}: got {got!r}, expected {expected!r}"


def refused(connection, sql, *arguments, states=()):
    """Runs a statement that must fail, and gives its SQLSTATE."""
    try:
        got = rows(connection, sql, *arguments)
    except psycopg.Error as error:
        code = error.sqlstate
        assert not states or code in states, f"{sql}: {code}: {error}"
        return code
    raise AssertionError(f"{sql} {arguments}: no error, but {got}")


# Data

def uniform(count, seed=1):
    generator = random.Random(seed)
    return [generator.random() for _ in range(count)]


def binades(count, seed=2):
    """Both signs, over 80 binades."""
    generator = random.Random(seed)
    return [math.ldexp(generator.random() - 0.5, generator.randint(-40, 40))
            for _ in range(count)]


def cancelling(count, seed=3):
    """2^-200 to 2^200, and nearly all of it taken back."""
    generator = random.Random(seed)
    values = [math.ldexp(generator.random() - 0.5, generator.randint(-200, 200))
              for _ in range(count // 2)]
    values += [-x for x in values[1:]] + [generator.random() * 2.0**-150]
    generator.shuffle(values)
    return values


def money(count, seed=4):
    generator = random.Random(seed)
    return [generator.randint(-100_000, 1_000_000) / 100 for _ in range(count)]


DATA = {"uniform": uniform, "binades": binades, "cancelling": cancelling,
        "money": money}


def table(connection, name, columns, data):
    """Makes a table of these columns, 'x float8' and so on, by COPY."""
    connection.execute(f"DROP TABLE IF EXISTS {name}")
    connection.execute(f"CREATE TABLE {name} ({columns})")
    types = [column.split()[1] for column in columns.split(", ")]
    with connection.cursor().copy(f"COPY {name} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types)
        for row in data:
            copy.write_row(row)
    connection.execute(f"ANALYZE {name}")


# Exact results

SCALE = 1074


def integers(values):
    """The values times 2^1074."""
    result = []
    for x in values:
        numerator, denominator = x.as_integer_ratio()
        result.append((numerator << SCALE) // denominator)
    return result


def root(square):
    """The double nearest to the square root of a Fraction."""
    if square == 0:
        return 0.0
    shift = 1300
    scaled, rest = divmod(square.numerator << (2 * shift), square.denominator)
    result = math.isqrt(scaled)
    exact = rest == 0 and result * result == scaled
    return float(Fraction(2 * result + (not exact), 2 << shift))


class Exact:
    """The true statistics of x, or of pairs of x and y."""

    def __init__(self, x, y=None):
        self.n = len(x)
        x = integers(x)
        self.x, self.xx = sum(x), sum(a * a for a in x)
        if y is not None:
            y = integers(y)
            self.y, self.yy = sum(y), sum(a * a for a in y)
            self.xy = sum(a * b for a, b in zip(x, y))

    def sum(self):
        return float(Fraction(self.x, 1 << SCALE))

    def avg(self):
        return float(Fraction(self.x, self.n << SCALE))

    def _spread(self, a, b, ab, ddof):
        if self.n <= ddof:
            return None
        return Fraction(self.n * ab - a * b, self.n * (self.n - ddof) << 2 * SCALE)

    def var(self, ddof):
        result = self._spread(self.x, self.x, self.xx, ddof)
        return None if result is None else float(result)

    def stddev(self, ddof):
        result = self._spread(self.x, self.x, self.xx, ddof)
        return None if result is None else root(result)

    def covar(self, ddof):
        result = self._spread(self.x, self.y, self.xy, ddof)
        return None if result is None else float(result)

    def corr(self):
        xx = self._spread(self.x, self.x, self.xx, 0)
        yy = self._spread(self.y, self.y, self.yy, 0)
        xy = self._spread(self.x, self.y, self.xy, 0)
        if not xx or not yy:
            return None
        return math.copysign(root(xy * xy / (xx * yy)), xy)

    def line(self):
        """Slope and intercept."""
        xx = self._spread(self.x, self.x, self.xx, 0)
        if not xx:
            return None, None
        slope = self._spread(self.x, self.y, self.xy, 0) / xx
        return float(slope), float((self.y - slope * self.x) / (self.n << SCALE))

    def of_one(self):
        """By the names of the aggregates of one column."""
        return {"sum": self.sum(), "avg": self.avg(),
                "var_samp": self.var(1), "var_pop": self.var(0),
                "stddev_samp": self.stddev(1), "stddev_pop": self.stddev(0)}

    def of_two(self):
        slope, intercept = self.line()
        return {"covar_samp": self.covar(1), "covar_pop": self.covar(0),
                "corr": self.corr(), "regr_slope": slope,
                "regr_intercept": intercept}


ONE = ("sum", "avg", "var_samp", "var_pop", "stddev_samp", "stddev_pop")
TWO = ("covar_samp", "covar_pop", "corr", "regr_slope", "regr_intercept")


def calls(names, arguments, prefix="exact_", over=""):
    return ", ".join(f"{prefix}{name}({arguments}){over}" for name in names)


def backend(connection):
    return connection.info.backend_pid


def bindir(program):
    return os.path.join(os.environ["PGBINDIR"], program)
