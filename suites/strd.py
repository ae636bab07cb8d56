"""NIST's Statistical Reference Datasets: univariate statistics and straight lines.

A certified value is that of the decimals in the file. The doubles nearest to them have a value
of their own, which may agree with it in fewer digits: that of NumAcc4 in 9. So each result is
held to both. It must be the double nearest to the exact value of the doubles, by rational
arithmetic; and the certified value must be that of the decimals, in all of its digits, which
says that the file was read as NIST meant it. Means are also taken of the decimals.
"""

import ctypes
import re
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from library import Refused

ENOUGH = Context(prec=60)


def root(square):
    """The root of a fraction, to 60 digits."""
    with localcontext(ENOUGH):
        return (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()


def as_fraction(number):
    return number if isinstance(number, Fraction) else Fraction(number)


def statistics(columns):
    """Exact statistics by the names that the files have for them."""
    (y, *x) = columns
    n = len(y)
    mean_y = sum(y) / n
    squares = sum((value - mean_y) ** 2 for value in y)
    if not x:
        return {"mean": mean_y, "standard deviation": root(squares / (n - 1))}
    (x,) = x
    mean_x = sum(x) / n
    products = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    widths = sum((value - mean_x) ** 2 for value in x)
    return {
        "intercept": mean_y - products / widths * mean_x,
        "slope": products / widths,
        "r squared": products**2 / (widths * squares),
    }


class Column(ctypes.Structure):
    """tally_column."""

    _fields_ = [
        ("size", ctypes.c_size_t),
        ("type", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
        ("values", ctypes.c_void_p),
        ("count", ctypes.c_size_t),
        ("stride", ctypes.c_ssize_t),
        ("validity", ctypes.c_void_p),
        ("offset", ctypes.c_size_t),
    ]


TALLY_F64 = 1


def column(values):
    array = (ctypes.c_double * len(values))(*values)
    made = Column(ctypes.sizeof(Column), TALLY_F64, 0, ctypes.addressof(array), len(values), 8)
    made.array = array
    return made


def fit(call):
    results = [ctypes.c_double() for _ in range(3)]
    call(*map(ctypes.byref, results))
    return dict(zip(("slope", "intercept", "r squared"), (r.value for r in results), strict=True))


def results(library, columns):
    """Tally's statistics of doubles, by each way that it has."""
    (y, *x) = columns
    if not x:
        one = ctypes.c_size_t(1)
        yield (
            "arrays",
            {
                "mean": library.of_array("tally_mean_f64", y),
                "standard deviation": library.of_array("tally_standard_deviation_f64", y, one),
            },
        )
        moments = library.state("moments")
        moments.add(y)
        deviation = "tally_moments_standard_deviation_f64"
        yield (
            "moments",
            {
                "mean": moments.double("mean_f64"),
                "standard deviation": library.double(deviation, moments.memory, one),
            },
        )
        return
    (x,) = x
    sides = column(x), column(y)
    call = library.call
    pair = [ctypes.byref(side) for side in sides]
    yield "columns", fit(lambda *to: call("tally_column_linear_fit", *pair, *to))
    of_x, of_y = library.state("moments"), library.state("moments")
    products = library.state("product_accumulator")
    of_x.add(x)
    of_y.add(y)
    products.add_pairs(x, y)
    memory = [state.memory for state in (of_x, of_y, products)]
    yield "moments", fit(lambda *to: call("tally_moments_linear_fit", *memory, *to))


NUMBER = r"(-?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)"
CERTIFIED = {
    "mean": rf"Sample Mean[^-.0-9\n]*{NUMBER}",
    "standard deviation": rf"Sample Standard Deviation \(denom\. = n-1\)[^-.0-9\n]*{NUMBER}",
    "intercept": rf"^\s*B0\s+{NUMBER}",
    "slope": rf"^\s*B1\s+{NUMBER}",
    "r squared": rf"^\s*R-Squared\s+{NUMBER}",
}


def read(text):
    """The certified values as texts, and the columns of the data as decimals."""
    certified = {}
    for name, pattern in CERTIFIED.items():
        found = re.search(pattern, text, re.MULTILINE)
        if found:
            certified[name] = found[1]
    data = []
    for line in reversed(text.rstrip().splitlines()):
        words = line.split()
        if not words or not all(re.fullmatch(NUMBER, word) for word in words):
            break
        data.append(words)
    return certified, [list(column) for column in zip(*reversed(data), strict=True)]


def why_not(text, certified, columns):
    """Why a file is not for Tally, or None."""
    if "Reference:" not in text:
        return "files in the same form that are not NIST's"
    if "mean" in certified and len(columns) == 1:
        return None
    if "Nonlinear" in text or "nonlinear" in text:
        return "nonlinear regression"
    if "Analysis of Variance" in text and "B1" not in text:
        return "analysis of variance"
    if "B1" in text and "intercept" not in certified:
        return "lines through the origin"
    if re.search(r"^\s*B2\s", text, re.MULTILINE) or len(columns) > 2:
        return "polynomials and several variables"
    if {"slope", "intercept"} <= certified.keys() and len(columns) == 2:
        return None
    return "other kinds of statistics"


def agrees(certified, exact):
    """Whether the certified digits are those of the exact value, but for a unit of the last."""
    certified = Decimal(certified)
    with localcontext(ENOUGH):
        exact = as_fraction(exact)
        unit = Fraction(10) ** certified.as_tuple().exponent
        return abs(as_fraction(certified) - exact) <= unit


def digits(found, certified):
    """In how many digits they agree; at most 15, which the certified values have."""
    certified = Fraction(Decimal(certified))
    error = abs(Fraction(found) - certified) / abs(certified) if certified else abs(found)
    count = 0
    while count < 15 and error * 10 ** (count + 1) < 1:
        count += 1
    return count


def observations(text):
    """How many rows the file says it has."""
    found = re.search(r"Number of Observations:\s+(\d+)|(\d+)\s+Observations", text)
    return int(found[1] or found[2])


def check_file(library, report, name, certified, columns):
    of_decimals = statistics([[Fraction(word) for word in column] for column in columns])
    doubles = [[float(word) for word in column] for column in columns]
    of_doubles = statistics([[Fraction(value) for value in column] for column in doubles])
    for statistic, value in certified.items():
        report.check(
            f"{name}, {statistic} as certified", agrees(value, of_decimals[statistic]), True
        )
    for way, found in results(library, doubles):
        for statistic, value in found.items():
            place = f"{name}, {statistic} of {way}"
            report.check(place, value.hex(), float(of_doubles[statistic]).hex())
            if way != "moments" and statistic in certified:
                agreed = digits(value, certified[statistic])
                if agreed < 15:
                    print(f"    {place}: {value!r}, {agreed} digits of {certified[statistic]}")
    if "mean" in certified:
        total = library.state("decimal")
        total.feed("\n".join(columns[0]).encode())
        mean = Decimal(total.text("mean_text", 40))
        report.check(
            f"{name}, mean of the decimals", agrees(certified["mean"], as_fraction(mean)), True
        )
        report.leave_out("autocorrelation")


def run(library, folder, report):
    for file in sorted(folder.rglob("*.dat")):
        text = file.read_text(encoding="latin-1")
        certified, columns = read(text)
        why = why_not(text, certified, columns)
        if why:
            report.leave_out(why)
            continue
        report.check(f"{file.stem}, observations", len(columns[0]), observations(text))
        try:
            check_file(library, report, file.stem, certified, columns)
        except Refused as refused:
            report.fail(file.stem, str(refused))
