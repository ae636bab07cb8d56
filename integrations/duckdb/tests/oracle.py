"""Exact results by Python's fractions, each rounded once."""

from fractions import Fraction
from math import inf, isqrt


def rounded(x):
    """The double nearest to a fraction: Python's division of integers is exact."""
    try:
        return x.numerator / x.denominator
    except OverflowError:
        return inf if x > 0 else -inf


def square_root(x):
    """The double nearest to the square root of a fraction."""
    if x == 0:
        return 0.0
    # At least 70 bits of the root, and a last bit that stands for the rest.
    shift = max(0, 140 - (x.numerator.bit_length() - x.denominator.bit_length()))
    shift += shift % 2
    square, rest = divmod(x.numerator << shift, x.denominator)
    root = isqrt(square)
    exact = rest == 0 and root * root == square
    return rounded(Fraction(2 * root + (not exact), 2 << (shift // 2)))


def total(values):
    return sum(map(Fraction, values), Fraction(0))


def mean(values):
    return total(values) / len(values)


def co_moment(x, y):
    """The sum of (x - mean x) (y - mean y), by the textbook: exact here."""
    x, y = list(map(Fraction, x)), list(map(Fraction, y))
    products = sum((a * b for a, b in zip(x, y)), Fraction(0))
    return products - total(x) * total(y) / len(x)


def statistics(values):
    """The results of the aggregates of one column, by name."""
    n, m2 = len(values), co_moment(values, values)
    return {
        "exact_sum": rounded(total(values)),
        "exact_avg": rounded(mean(values)),
        "exact_var_pop": rounded(m2 / n),
        "exact_stddev_pop": square_root(m2 / n),
        "exact_var_samp": rounded(m2 / (n - 1)) if n > 1 else None,
        "exact_stddev_samp": square_root(m2 / (n - 1)) if n > 1 else None,
    }


def pairs(y, x):
    """The results of the aggregates of pairs, by name; neither side is constant."""
    n, xy, xx, yy = len(x), co_moment(x, y), co_moment(x, x), co_moment(y, y)
    correlation = square_root(xy * xy / (xx * yy))
    return {
        "exact_covar_samp": rounded(xy / (n - 1)),
        "exact_covar_pop": rounded(xy / n),
        "exact_corr": -correlation if xy < 0 else correlation,
        "exact_regr_slope": rounded(xy / xx),
        "exact_regr_intercept": rounded(mean(y) - xy / xx * mean(x)),
    }
