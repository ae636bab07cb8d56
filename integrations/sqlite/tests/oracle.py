"""What exact aggregates give, by Python's fractions: nothing here comes from Tally."""

import math
from fractions import Fraction

LOWEST, HIGHEST = -(2**63), 2**63 - 1
OVERFLOW = "integer overflow"


def rounded(fraction):
    """The double nearest to a fraction, or the infinity of its sign."""
    try:
        return float(fraction)
    except OverflowError:
        return math.inf if fraction > 0 else -math.inf


def root(fraction):
    """The square root of a fraction, rounded once."""
    if fraction == 0:
        return 0.0
    # A root of at least 2^64 in units of 4^-shift: its floor, with a bit that says whether
    # there is more, rounds as the root itself.
    shift = max(0, 80 - (fraction.numerator.bit_length() - fraction.denominator.bit_length()) // 2)
    scaled = (fraction.numerator << 2 * shift) // fraction.denominator
    floor = math.isqrt(scaled)
    inexact = floor * floor != scaled or (fraction * 4**shift).denominator != 1
    return rounded(Fraction(2 * floor + inexact, 2 << shift))


def total(values):
    """exact_sum of what SQLite takes as numbers: ints and floats, and None for NULL."""
    values = [v for v in values if v is not None]
    if not values:
        return None
    if all(isinstance(v, int) for v in values):
        exact = sum(values)
        return exact if LOWEST <= exact <= HIGHEST else OVERFLOW
    return real_total(values)


def real_total(values):
    """The sum as a REAL: exact_value of a state."""
    values = [v for v in values if v is not None]
    if not values:
        return None
    infinities = {v for v in values if isinstance(v, float) and math.isinf(v)}
    if infinities:
        return infinities.pop() if len(infinities) == 1 else None
    if all(isinstance(v, float) and v == 0 and math.copysign(1, v) < 0 for v in values):
        return -0.0
    return rounded(sum(map(Fraction, values)))


def mean(values):
    values = [v for v in values if v is not None]
    if not values:
        return None
    special = real_total(values)
    if special is None or not all(map(math.isfinite, values)):
        return special
    if special == 0 and math.copysign(1, special) < 0:
        return -0.0
    return rounded(sum(map(Fraction, values)) / len(values))


def moments(xs, ys):
    """The sums of squares and products of the distances from the means, and the count."""
    n = len(xs)
    xs, ys = [Fraction(x) for x in xs], [Fraction(y) for y in ys]
    sx, sy = sum(xs), sum(ys)
    products = sum(x * y for x, y in zip(xs, ys, strict=True)) - sx * sy / n
    return n, sx / n, sy / n, products


def variance(values, ddof):
    """The fraction, or None where there is no such number."""
    values = [v for v in values if v is not None]
    if len(values) <= ddof or not all(map(math.isfinite, values)):
        return None
    n, _, _, squares = moments(values, values)
    return squares / (n - ddof)


def var(values, ddof):
    exact = variance(values, ddof)
    return None if exact is None else rounded(exact)


def stddev(values, ddof):
    exact = variance(values, ddof)
    return None if exact is None else root(exact)


def of_pairs(pairs):
    """(n, mean x, mean y, Sxx, Syy, Sxy) of pairs (y, x), or None."""
    pairs = [p for p in pairs if None not in p]
    if not pairs or not all(math.isfinite(v) for p in pairs for v in p):
        return None
    ys, xs = zip(*pairs, strict=True)
    n, mx, my, sxy = moments(xs, ys)
    return n, mx, my, moments(xs, xs)[3], moments(ys, ys)[3], sxy


def covar(pairs, ddof):
    m = of_pairs(pairs)
    return None if m is None or m[0] <= ddof else rounded(m[5] / (m[0] - ddof))


def corr(pairs):
    m = of_pairs(pairs)
    if m is None or m[3] == 0 or m[4] == 0:
        return None
    size = root(m[5] * m[5] / (m[3] * m[4]))
    return -size if m[5] < 0 else size


def slope(pairs):
    m = of_pairs(pairs)
    return None if m is None or m[3] == 0 else rounded(m[5] / m[3])


def intercept(pairs):
    m = of_pairs(pairs)
    return None if m is None or m[3] == 0 else rounded(m[2] - m[5] / m[3] * m[1])


# SQL, and what it gives of the values x of a frame.
OF_VALUES = {
    "exact_sum(x)": total,
    "exact_avg(x)": mean,
    "exact_value(exact_state(x))": real_total,
    "exact_var_samp(x)": lambda v: var(v, 1),
    "exact_var_pop(x)": lambda v: var(v, 0),
    "exact_stddev_samp(x)": lambda v: stddev(v, 1),
    "exact_stddev_pop(x)": lambda v: stddev(v, 0),
}
# The same of its pairs (y, x).
OF_PAIRS = {
    "exact_covar_samp(y, x)": lambda p: covar(p, 1),
    "exact_covar_pop(y, x)": lambda p: covar(p, 0),
    "exact_corr(y, x)": corr,
    "exact_regr_slope(y, x)": slope,
    "exact_regr_intercept(y, x)": intercept,
}
