"""Text and blobs as numbers: what sum() makes of them."""

import random

from check import connected, same, test

PIECES = ["0", "1", "12", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e3",
          "1e400", "-1e400", "1e-400", ".5", "5.", "0x10", "inf", "nan", "Infinity", " ", "\t", "\n", "+", "-",
          "e", "E5", ".", "abc", "١", "é", "0.1", "00", "1_000", "1,5", "9007199254740993", "\v", "\f"]


def words():
    found = PIECES + ["", "  12  ", "12abc", "-", "--1", "+5", "1 2", "1e", "1e+", "1.5e300x", "-0", "-0.0"]
    found += ["".join(random.choices(PIECES, k=random.randrange(1, 5))) for _ in range(1500)]
    digits = "0123456789+-.eE x"
    return found + ["".join(random.choices(digits, k=random.randrange(1, 30))) for _ in range(1500)]


def compare(c, value, note):
    """One value, and one beside an integer: types and numbers as sum() has them."""
    sql = "select {0}sum(column1), typeof({0}sum(column1))"
    for rows in (", {0}avg(column1) from (values (?1))", " from (values (?1), (1))"):
        got = c.error((sql + rows).format("exact_"), (value,))
        expected = c.error((sql + rows).format(""), (value,))
        # SQLite's own mean of -0.0 is 0.0, which is equal.
        assert got == expected, (note, value, got, expected)


@test
def text_is_the_number_that_the_hosts_sum_takes_it_for(host, extension):
    for encoding in ("UTF-8", "UTF-16le", "UTF-16be"):
        c = host.open(extension)
        c.rows(f"pragma encoding = '{encoding}'")
        for word in words() if encoding == "UTF-8" else words()[:600]:
            compare(c, word, encoding)
        c.close()


@connected
def a_blob_is_the_number_that_the_hosts_sum_takes_it_for(c):
    for word in words()[:1000]:
        compare(c, word.encode(), "blob")
    for _ in range(1000):
        compare(c, random.randbytes(random.randrange(12)), "random blob")
    compare(c, b"12\x0034", "NUL within")


@connected
def columns_of_each_affinity_give_what_the_hosts_sum_gives(c):
    for affinity in ("integer", "real", "numeric", "text", "blob", ""):
        c.rows("drop table if exists a")
        c.rows(f"create table a (x {affinity})")
        c.many("insert into a values (?)", [(v,) for v in (1, 2.0, "3", "4.5", b"6", None, "x", -7, "8 ")])
        got = c.row("select exact_sum(x), typeof(exact_sum(x)), exact_avg(x) from a")
        same(got, c.row("select sum(x), typeof(sum(x)), avg(x) from a"), affinity)


@connected
def text_is_a_number_to_the_other_aggregates_too(c):
    c.column([("1", b"4"), ("2", 5.0), (" 3", "6x"), (None, 1), (1, None)], columns=("y", "x"))
    same(c.value("select exact_var_samp(y) from t where x is not null"), 1.0)
    same(c.value("select exact_regr_slope(y, x) from t"), 1.0)
    same(c.value("select exact_regr_intercept(y, x) from t"), -3.0)
    same(c.value("select exact_sum(y) from t where x is not null"), 6)
    same(c.value("select exact_sum(x) from t where y is not null"), 15.0)


@connected
def a_value_keeps_its_type_beside_the_aggregate(c):
    """The conversion of text to a number is not seen outside."""
    c.column(["12", "x1"])
    same(c.rows("select exact_sum(x), max(typeof(x)), min(x) from t"), [(12.0, "text", "12")])
