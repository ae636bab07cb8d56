"""Exact results, by Python's fractions and integers alone."""

import math
import struct
from fractions import Fraction

OVERFLOW, INVALID = -3, -2


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", value))[0]


def rounded(exact):
    """The status and the double nearest to a fraction."""
    try:
        return 0, float(exact)
    except OverflowError:
        return OVERFLOW, math.inf if exact > 0 else -math.inf


def root(exact):
    """The status and the double nearest to the square root of a fraction."""
    if exact == 0:
        return 0, 0.0
    # As an integer of more bits than a double has, and one that says "and more".
    shift = 0
    while exact * Fraction(4) ** shift < 1 << 140:
        shift += 64
    while exact * Fraction(4) ** shift >= 1 << 400:
        shift -= 64
    scaled = exact * Fraction(4) ** shift
    whole = math.isqrt(scaled.numerator // scaled.denominator)
    more = whole * whole != scaled
    return rounded(Fraction(2 * whole + more, 2) / Fraction(2) ** shift)


def special(values):
    """What NaN and infinities make of a sum, or None if there are none."""
    if any(math.isnan(v) for v in values):
        return math.nan
    signs = {v for v in values if math.isinf(v)}
    return math.nan if len(signs) == 2 else signs.pop() if signs else None


def total(values):
    found = special(values)
    if found is not None:
        return 0, found
    exact = sum(map(Fraction, values))
    if exact == 0:
        negative = values and all(math.copysign(1, v) < 0 for v in values)
        return 0, -0.0 if negative and not any(values) else 0.0
    return rounded(exact)


def mean(values):
    if not values:
        return INVALID, 0.0
    if special(values) is not None:
        return 0, special(values)
    exact = sum(map(Fraction, values)) / len(values)
    if exact == 0:
        return total(values)
    return rounded(exact)


def variance_exact(values, ddof):
    fractions = list(map(Fraction, values))
    count = len(values)
    middle = sum(fractions) / count
    return sum(v * v for v in fractions) / (count - ddof) - middle * middle * count / (count - ddof)


def variance(values, ddof=1):
    if len(values) <= ddof:
        return INVALID, 0.0
    if special(values) is not None:
        return 0, math.nan
    return rounded(variance_exact(values, ddof))


def deviation(values, ddof=0):
    if len(values) <= ddof:
        return INVALID, 0.0
    if special(values) is not None:
        return 0, math.nan
    return root(variance_exact(values, ddof))


def norm(values):
    if any(math.isnan(v) for v in values):
        return 0, math.nan
    if any(math.isinf(v) for v in values):
        return 0, math.inf
    return root(sum(Fraction(v) ** 2 for v in values))


def dot(x, y):
    products = []
    for a, b in zip(x, y):
        if math.isfinite(a) and math.isfinite(b):
            negative = math.copysign(1, a) * math.copysign(1, b) < 0
            products.append(Fraction(a) * Fraction(b) or (-0.0 if negative else 0.0))
        else:
            products.append(a * b)
    found = special([p for p in products if isinstance(p, float)])
    if found is not None:
        return 0, found
    exact = sum(Fraction(p) for p in products)
    if exact == 0:
        negative = products and all(isinstance(p, float) and math.copysign(1, p) < 0 for p in products)
        return 0, -0.0 if negative else 0.0
    return rounded(exact)
