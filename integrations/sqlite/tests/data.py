"""Columns of numbers that are hard to add up."""

import random


def uniform(n):
    return [random.random() for _ in range(n)]


def binades(n, width=40):
    return [(random.random() - 0.5) * 2.0 ** random.randint(-width, width) for _ in range(n)]


def cancelling(n):
    """2^+-200, of which little is left."""
    half = binades(n // 2, 200)
    values = half + [-v for v in half] + [random.random()]
    random.shuffle(values)
    return values


def money(n):
    return [round(random.uniform(-1000, 1000), 2) for _ in range(n)]


def subnormals(n):
    return [random.choice([-1, 1]) * 5e-324 * random.randrange(2**40) for _ in range(n)]


def beyond(n):
    """Sums that leave the range of doubles on the way, and come back."""
    return [1.7e308] * n + [-1.7e308] * n + uniform(n)


def integers(n, bits=40):
    return [random.randrange(-(2**bits), 2**bits) for _ in range(n)]


def mixed(n):
    return [random.choice([None, random.randrange(-(2**63), 2**63), random.random(), 2.0**-300])
            for _ in range(n)]


COLUMNS = {
    "uniform": uniform(1000),
    "80 binades": binades(1000),
    "400 binades, cancelling": cancelling(1000),
    "money": money(1000),
    "subnormals": subnormals(500),
    "beyond DBL_MAX and back": beyond(10),
    "beyond DBL_MAX": [1.7e308] * 3,
    "below -DBL_MAX": [-1.7e308] * 3,
    "small integers": integers(1000),
    "large integers": integers(1001, 63),
    "integers that leave 64 bits and come back": [2**63 - 1] * 5 + [-(2**63) + 1] * 5,
    "the largest integer": [2**63 - 1],
    "the smallest integer": [-(2**63)],
    "one too large": [2**63 - 1, 1],
    "one too small": [-(2**63), -1],
    "integers and reals": mixed(1000),
    "integers and a real": [2**62, 2**62, 1, 0.5],
    "zeros": [0.0, -0.0],
    "negative zeros": [-0.0, -0.0],
    "integer and negative zero": [0, -0.0],
    "one negative zero": [-0.0],
    "infinity": [1.0, float("inf"), -1e308],
    "negative infinity": [1.0, float("-inf")],
    "both infinities": [float("inf"), float("-inf"), 1.0],
    "infinity and integers": [1, 2, float("inf")],
    "nothing": [],
    "NULL": [None],
    "NULLs": [None] * 10,
    "NULL and numbers": [None, 1, None, 2],
    "one integer": [7],
    "one real": [0.1],
    "equal reals": [0.1] * 10,
    "large and small": [1e100, 1.0, -1e100],
    "near one another": [1e15 + 1, 1e15 + 2, 1e15 + 3],
    "integers near one another": [2**62 + 1, 2**62 + 2, 2**62 + 3],
}
