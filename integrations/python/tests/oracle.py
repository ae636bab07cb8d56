"""What results are to be, by rational numbers. Nothing here uses the package."""

import math
from fractions import Fraction


def same(a, b):
    """Equal bits, any NaN like another."""
    a, b = float(a), float(b)
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b and math.copysign(1, a) == math.copysign(1, b)


def all_same(got, want):
    """As many results, and each the same."""
    got, want = list(got), list(want)
    return len(got) == len(want) and all(map(same, got, want))


def rounded(value):
    """The double nearest to a fraction; an infinity beyond the largest."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def root(value):
    """The double nearest to the square root of a fraction."""
    n, d = value.numerator, value.denominator
    # The root of n / d * 4^k has 64 bits and more; its last one stands for all that follow.
    k = max(0, 64 - (n.bit_length() - d.bit_length()) // 2)
    whole, rest = divmod(n << (2 * k), d)
    r = math.isqrt(whole)
    sticky = int(rest != 0 or r * r != whole)
    return rounded(Fraction(2 * r + sticky, 1 << (k + 1)))


def is_special(values):
    return any(isinstance(v, float) and not math.isfinite(v) for v in values)


def special_sum(values):
    specials = {v for v in values if isinstance(v, float) and math.isinf(v)}
    if any(isinstance(v, float) and math.isnan(v) for v in values) or len(specials) > 1:
        return math.nan
    return specials.pop()


def total(values):
    """The sum of Python numbers, as a double."""
    if is_special(values):
        return special_sum(values)
    if values and all(isinstance(v, float) and v == 0 and math.copysign(1, v) < 0 for v in values):
        return -0.0
    exact = sum(map(Fraction, values), Fraction(0))
    if exact == 0:
        return 0.0
    return rounded(exact)


def mean(values):
    if not values:
        return math.nan
    if is_special(values):
        return special_sum(values)
    if all(isinstance(v, float) and v == 0 and math.copysign(1, v) < 0 for v in values):
        return -0.0
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    result = rounded(exact)
    return -0.0 if result == 0 and exact < 0 else result


def exact_variance(values, ddof):
    values = [Fraction(v) for v in values]
    middle = sum(values) / len(values)
    return sum((v - middle) ** 2 for v in values) / (len(values) - ddof)


def variance(values, ddof=0):
    if len(values) <= ddof or is_special(values):
        return math.nan
    return rounded(exact_variance(values, ddof))


def deviation(values, ddof=0):
    if len(values) <= ddof or is_special(values):
        return math.nan
    return root(exact_variance(values, ddof))


def norm(values):
    if any(isinstance(v, float) and math.isnan(v) for v in values):
        return math.nan
    if is_special(values):
        return math.inf
    return root(sum((Fraction(v) ** 2 for v in values), Fraction(0)))


def dot(x, y):
    products = []
    for a, b in zip(x, y):
        specials = [v for v in (a, b) if isinstance(v, float) and not math.isfinite(v)]
        if specials:
            products.append(float(a) * float(b))
        else:
            products.append((a, b))
    special = [p for p in products if not isinstance(p, tuple)]
    if special:
        return special_sum(special)

    def sign(v):
        return math.copysign(1, v)

    zeros = [p for p in products if p[0] == 0 or p[1] == 0]
    if products and len(zeros) == len(products) and all(sign(a) * sign(b) < 0 for a, b in zeros):
        return -0.0
    exact = sum((Fraction(a) * Fraction(b) for a, b in products), Fraction(0))
    if exact == 0:
        return 0.0
    result = rounded(exact)
    return -0.0 if result == 0 and exact < 0 else result


STATISTICS = {
    "sum": total,
    "mean": mean,
    "var": variance,
    "std": deviation,
    "norm": norm,
}


def crc32c(data):
    """The checksum of sealed states (RFC 3720), bit by bit."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def resealed(sealed, place, byte):
    """A sealed state with another byte, and the checksum that goes with it."""
    changed = bytearray(sealed[:-4])
    changed[place] = byte
    return bytes(changed) + crc32c(changed).to_bytes(4, "little")
