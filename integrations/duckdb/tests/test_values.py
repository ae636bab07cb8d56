"""Types, NULL, empty groups, NaN, infinities, zeros and overflow."""

from fractions import Fraction
from math import inf, nan

import oracle
from host import check, connect, error, one

C = connect()
SINGLES = ["exact_sum", "exact_avg", "exact_var_samp", "exact_var_pop",
           "exact_stddev_samp", "exact_stddev_pop"]
PAIRS = ["exact_covar_samp", "exact_covar_pop", "exact_corr", "exact_regr_slope",
         "exact_regr_intercept"]
BITS = {"TINYINT": 7, "SMALLINT": 15, "INTEGER": 31, "BIGINT": 63, "UTINYINT": 8,
        "USMALLINT": 16, "UINTEGER": 32, "UBIGINT": 64}


def of(function, values, type="DOUBLE"):
    """A function of literals, each cast."""
    rows = ", ".join(f"('{v}'::{type})" if v is not None else f"(NULL::{type})"
                     for v in values)
    return one(C, f"SELECT {function}(x) FROM (VALUES {rows}) t(x)")


def of_pairs(function, pairs):
    rows = ", ".join("(" + ", ".join("NULL::DOUBLE" if v is None else f"'{v}'::DOUBLE"
                                     for v in pair) + ")" for pair in pairs)
    return one(C, f"SELECT {function}(y, x) FROM (VALUES {rows}) t(y, x)")


def test_extremes_of_every_integer_type():
    for type, bits in BITS.items():
        low = 0 if type[0] == "U" else -(1 << bits)
        high = (1 << bits) - 1
        for values in ([low], [high], [low, high, high], [high] * 40 + [low] * 7, [0, 1]):
            check(of("exact_sum", values + [None], type), sum(values), type, values)
            for name, want in oracle.statistics(values).items():
                if name != "exact_sum":
                    check(of(name, [None] + values, type), want, name, type, values)
            check(one(C, "SELECT exact_value(?)", [of("exact_state", values, type)]),
                  oracle.rounded(oracle.total(values)), "state", type, values)


def test_result_types():
    wanted = {"DOUBLE": "DOUBLE", "FLOAT": "DOUBLE", "DECIMAL(18,2)": "DOUBLE",
              "UHUGEINT": "DOUBLE", "HUGEINT": "HUGEINT", "BOOLEAN": "HUGEINT",
              **dict.fromkeys(BITS, "HUGEINT")}
    for type, result in wanted.items():
        check(one(C, f"SELECT typeof(exact_sum(x)) FROM (SELECT 1::{type} AS x)"), result, type)
        if type != "BOOLEAN":
            check(one(C, f"SELECT typeof(exact_avg(x)) FROM (SELECT 1::{type} AS x)"),
                  "DOUBLE", type)


def test_booleans_are_counted():
    check(of("exact_sum", ["true", None, "true", "false"], "BOOLEAN"), 2)


def test_floats_are_taken_as_they_are():
    import struct
    values = [0.1, 1e-40, 3e38, -3e38, 16777217.0]
    exact = [struct.unpack("f", struct.pack("f", v))[0] for v in values]
    for name, want in oracle.statistics(exact).items():
        check(of(name, values, "FLOAT"), want, name)


def test_hugeints():
    top, bottom = (1 << 127) - 1, -(1 << 127)
    for values in ([top], [bottom], [top, 1, -5], [top, top, bottom, bottom, 7], [bottom, -1, 1]):
        check(of("exact_sum", values, "HUGEINT"), sum(values), values)
        check(of("exact_avg", values + [None], "HUGEINT"),
              oracle.rounded(oracle.mean(values)), values)
    for values in ([top, 1], [bottom, -1], [top] * 9):
        message = error(C, "SELECT exact_sum(x) FROM (VALUES "
                        + ", ".join(f"('{v}'::HUGEINT)" for v in values) + ") t(x)")
        assert "exact_sum: the total is out of range" in message, message


def test_uhugeints():
    top = (1 << 128) - 1
    for values in ([top], [top, top, 1], [top - 1, 0], [top] * 5 + [3]):
        check(of("exact_sum", values + [None], "UHUGEINT"),
              oracle.rounded(oracle.total(values)), values)
        check(of("exact_avg", values, "UHUGEINT"), oracle.rounded(oracle.mean(values)), values)


def test_decimals_are_not_rounded_to_doubles_first():
    for type, values in {
        "DECIMAL(4,1)": ["0.1", "0.2", "-999.9"],
        "DECIMAL(9,2)": ["0.10"] * 30 + ["1234567.89"],
        "DECIMAL(18,6)": ["0.000001", "123456789012.345678"],
        "DECIMAL(38,10)": ["1234567890123456789012345678.0123456789", "0.1", "-0.2"],
        "DECIMAL(38,38)": ["0.12345678901234567890123456789012345678", "-0.1"],
        "DECIMAL(38,0)": ["9" * 38] * 30,
    }.items():
        exact = list(map(Fraction, values))
        check(of("exact_sum", values + [None], type), oracle.rounded(sum(exact)), type)
        check(of("exact_avg", [None] + values, type),
              oracle.rounded(sum(exact) / len(exact)), type)


def test_nothing_and_null_give_null():
    for name in SINGLES + ["exact_state"]:
        check(of(name, [None, None]), None, name)
        for type in ("DOUBLE", "FLOAT", "BIGINT", "DECIMAL(9,2)", "HUGEINT"):
            check(one(C, f"SELECT {name}(x) FROM (SELECT 1::{type} AS x) WHERE x > 2"),
                  None, name, type)
        check(one(C, f"SELECT {name}(NULL)"), None, name)
    check(one(C, "SELECT exact_merge(NULL::BLOB)"), None)
    for name in PAIRS:
        check(of_pairs(name, [(None, 1), (1, None), (None, None)]), None, name)


def test_one_value():
    for name in SINGLES:
        check(of(name, [2.5]), None if name.endswith("samp") else
              0.0 if "var" in name or "stddev" in name else 2.5, name)
    for name, want in zip(PAIRS, [None, 0.0, nan, nan, None]):
        check(of_pairs(name, [(1, 2), (None, 3)]), want, name)


def test_constant_sides():
    for name, want in zip(PAIRS, [0.0, 0.0, nan, nan, None]):
        check(of_pairs(name, [(1, 2), (2, 2), (5, 2)]), want, name)
    for name, want in zip(PAIRS, [0.0, 0.0, nan, 0.0, 2.0]):
        check(of_pairs(name, [(2, 1), (2, 2), (2, 5)]), want, name)


def test_nan_and_infinities():
    for values, total in (([nan, 1], nan), ([inf, 1], inf), ([-inf, 1], -inf),
                          ([inf, -inf], nan), ([inf, inf], inf), ([nan, inf], nan)):
        for values in (values, values * 40, values[::-1]):
            check(of("exact_sum", values), total, values)
            check(of("exact_avg", values), total, values)
            check(of("exact_sum", values, "FLOAT"), total, values)
            for name in SINGLES[2:]:
                check(of(name, values), nan, name, values)
    for name in PAIRS:
        for value in (nan, inf, -inf):
            want = None if name == "exact_regr_intercept" else nan
            check(of_pairs(name, [(1, 2), (2, 3), (3, value)]), want, name, value)
            check(of_pairs(name, [(1, 2), (2, 3), (value, 4)]), want, name, value)


def test_these_are_as_duckdb_has_them():
    """What the host does decides: this breaks if a new version changes its mind."""
    for name in ("exact_sum", "exact_avg"):
        for values in ([nan, 1], [inf, 1], [inf, -inf], [None], [1.5], [1e308] * 2):
            if (name, values) != ("exact_avg", [1e308] * 2):
                check(of(name, values), of(name[6:], values), name, values)
    for name in SINGLES[2:]:
        for values in ([None], [1.5], [1.5, 2.5]):
            check(of(name, values), of(name[6:], values), name, values)
    for name in PAIRS:
        for pairs in ([(None, 1)], [(1, 2)], [(1, 2), (2, 2)], [(2, 1), (2, 2)],
                      [(1, 2), (3, 4)]):
            check(of_pairs(name, pairs), of_pairs(name[6:], pairs), name, pairs)


def test_negative_zero():
    check(of("exact_sum", [-0.0, -0.0]), -0.0)
    check(of("exact_sum", [-0.0, 0.0]), 0.0)
    check(of("exact_sum", [1.0, -1.0]), 0.0)
    check(of("exact_avg", [-0.0]), -0.0)


def test_overflow_and_back():
    big = 1.7976931348623157e308
    check(of("exact_sum", [big, big]), inf)
    check(of("exact_sum", [-big, -big]), -inf)
    check(of("exact_sum", [big, big, -big]), big)
    check(of("exact_sum", [big] * 3000 + [-big] * 2999), big)
    check(of("exact_avg", [big] * 3000), big)
    check(of("exact_var_pop", [big, -big]), inf)
    check(of("exact_stddev_pop", [big, -big]), big)
    check(of_pairs("exact_covar_pop", [(big, big), (-big, -big)]), inf)
    check(of_pairs("exact_corr", [(big, big), (-big, -big)]), 1.0)
    check(of_pairs("exact_regr_slope", [(big, 1e-300), (-big, -1e-300)]), inf)


def test_subnormals():
    check(of("exact_sum", [5e-324] * 3), 1.5e-323)
    check(of("exact_sum", [1.0, 5e-324, -1.0]), 5e-324)
    check(of("exact_var_pop", [5e-324, 1e-323]), 0.0)


def test_pairs_of_integers_beyond_2_53():
    y = [2**62 + 1, 2**62 + 2, 2**62 + 4]
    x = [-(2**61) - 1, -(2**61), -(2**61) + 5]
    for name, want in oracle.pairs(y, x).items():
        got = one(C, f"SELECT {name}(y, x) FROM (VALUES "
                  + ", ".join(f"({a}, {b})" for a, b in zip(y, x)) + ") t(y, x)")
        check(got, want, name)
    # One side a BIGINT, one a DOUBLE.
    for cast in ("y, x::DOUBLE", "y::DOUBLE, x"):
        got = one(C, f"SELECT exact_covar_pop({cast}) FROM (VALUES (1, 5), (2, 9)) t(y, x)")
        check(got, 1.0, cast)


def test_other_types_are_errors():
    for literal in ("'abc'", "DATE '2001-01-01'", "[1, 2]", "INTERVAL 1 DAY"):
        for name in ("exact_sum", "exact_avg"):
            assert "the argument is not a number" in error(C, f"SELECT {name}({literal})"), literal
        for name in SINGLES[2:]:
            error(C, f"SELECT {name}({literal}::STRUCT(a INT))")
    assert "No function matches" in error(C, "SELECT exact_value(1)")
    assert "No function matches" in error(C, "SELECT exact_merge(1.5)")
    check(one(C, "SELECT exact_sum('1.5'::DOUBLE)"), 1.5)


def test_version():
    check(one(C, "SELECT count(DISTINCT tally_version()) FROM range(5000)"), 1)
    assert one(C, "SELECT tally_version()").count(".") == 2
